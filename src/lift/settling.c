// SPDX-License-Identifier: Apache-2.0
/* Grains that settle in the rising slurry.
 *
 *   Ruby-Zanke   v = (10 nu/d)(sqrt(1 + R g d^3/(100 nu^2)) - 1),   R = (rs - r)/r                 (1)
 *   Rowe         vh = v (1-c)^b,  b = (4.7 + 0.41 Re^0.75)/(1 + 0.175 Re^0.75),  Re = v d/nu        (2)
 *   held up      d < ty / (Y (rs - r) g)                                                            (3)
 *   Durand       Vd = F sqrt(2 g D R)                                                               (4)
 *
 *   d  grain [m]    nu  kinematic viscosity [m2/s]    rs, r  density of grain and carrier [kg/m3]    c  share by volume
 *   ty yield stress [Pa]    D  bore [m]    F  Durand's factor, 1.34 for sand over 1-2 mm
 *
 * Source    (1) Ruby 1933 as written by Zanke 1977; (2) Rowe 1987, Chem. Eng. Sci. 42, 2795; (4) Durand and Condolios
 *           1952; (3) yield number Y 0.048-0.061 in print, 1/18 assumed.
 * Weakness  (1) is for water: in a shear-thinning carrier the viscosity at the grain's own shear rate is not known.
 */
#include "lift/settling.h"

#include <math.h>

double kd_settling_ruby_zanke(double diameter, double grain_density, double density, double viscosity, double gravity) {
  double nu = viscosity / density, excess = (grain_density - density) / density;
  double q = excess * gravity * diameter * diameter * diameter / (100.0 * nu * nu);
  /* sqrt(1+q) - 1 without cancellation for fine grains, where (1) becomes a Stokes law. */
  return 10.0 * nu / diameter * q / (sqrt(1.0 + q) + 1.0);
}

double kd_settling_rowe_exponent(double grain_reynolds) {
  double r = pow(grain_reynolds, 0.75);
  return (4.7 + 0.41 * r) / (1.0 + 0.175 * r);
}

double kd_settling_hindered(double terminal, double grain_reynolds, double solids) {
  return terminal * pow(1.0 - solids, kd_settling_rowe_exponent(grain_reynolds));
}

double kd_settling_suspended_diameter(double yield, double grain_density, double density, double gravity,
                                      double yield_number) {
  return yield / (yield_number * (grain_density - density) * gravity);
}

double kd_settling_durand_velocity(double bore, double grain_density, double density, double factor, double gravity) {
  return factor * sqrt(2.0 * gravity * bore * (grain_density - density) / density);
}
