// SPDX-License-Identifier: Apache-2.0
/* How fast it sinks.
 *
 *   Stokes            w = R g d² / (18 nu)                                              (1)
 *   Ferguson-Church   w = R g d² / (C1 nu + sqrt(0.75 C2 R g d³))                       (2)
 *   Rubey             w = sqrt(R g d) [sqrt(2/3 + 36 nu²/(R g d³)) - sqrt(36 nu²/(R g d³))]   (3)
 *   Zanke             w = 10 nu/d [sqrt(1 + 0.01 R g d³/nu²) - 1]                       (4)
 *   Soulsby           w = nu/d [sqrt(10.36² + 1.049 R g d³/nu²) - 10.36]                (5)
 *   Winterwerp floc   w = R g Dp^(3-nf) D^(nf-1) / (18 nu (1 + 0.15 Re^0.687)), Re = w D/nu   (6)
 *   floc size         D = Dp + kA c / (kB sqrt(G))     (nf = 2)                          (7)
 *   Rouse             C/Ca = [((h-z)/z) (a/(h-a))]^P,  P = w/(kappa u*)                  (8)
 *
 *   R  submerged specific density [-]   d, D, Dp  diameters of grain, floc, primary grain [m]   nu  viscosity [m2/s]
 *   c  mass concentration [kg/m3]       G  shear rate [1/s]   kA [m2/kg], kB [s^0.5/m2]
 *
 * Source    Stokes 1851; Ferguson and Church 2004 (eq. 4); Rubey 1933; Zanke 1977; Soulsby 1997; Winterwerp 1998; Rouse
 *           1937. kA 14.6 and kB 14,000 are carried as assumed.
 * Range     (1) Re < 1; (2) to (5) silt to gravel; (6), (7) flocs of cohesive mud.
 * Weakness  one fractal dimension; the time to reach the floc size of (7) grows as the plume thins.
 */
#include "plume/settling.h"

#include <math.h>

#include "plume/near_field.h"

double kd_plume_settling_stokes(double diameter, double submerged, double viscosity) {
  return submerged * KD_GRAVITY * diameter * diameter / (18 * viscosity);
}

double kd_plume_settling_ferguson_church(double diameter, double submerged, double viscosity, double c1, double c2) {
  const double rg = submerged * KD_GRAVITY;
  return rg * diameter * diameter / (c1 * viscosity + sqrt(0.75 * c2 * rg * diameter * diameter * diameter));
}

double kd_plume_settling_rubey(double diameter, double submerged, double viscosity) {
  const double rg = submerged * KD_GRAVITY, k = 36 * viscosity * viscosity / (rg * diameter * diameter * diameter);
  /* the difference of roots, written without cancellation for fine grains */
  return sqrt(rg * diameter) * (2.0 / 3.0) / (sqrt(2.0 / 3.0 + k) + sqrt(k));
}

double kd_plume_settling_zanke(double diameter, double submerged, double viscosity) {
  const double x = 0.01 * submerged * KD_GRAVITY * diameter * diameter * diameter / (viscosity * viscosity);
  return 10 * viscosity / diameter * x / (sqrt(1 + x) + 1);
}

double kd_plume_settling_soulsby(double diameter, double submerged, double viscosity) {
  const double x = 1.049 * submerged * KD_GRAVITY * diameter * diameter * diameter / (viscosity * viscosity);
  return viscosity / diameter * x / (sqrt(10.36 * 10.36 + x) + 10.36);
}

double kd_plume_settling_floc(double diameter, double primary, double fractal, double submerged, double viscosity) {
  const double slow =
      submerged * KD_GRAVITY * pow(primary, 3 - fractal) * pow(diameter, fractal - 1) / (18 * viscosity);
  double w = slow; /* Newton on w (1 + 0.15 (w D/nu)^0.687) = slow: convex, from above */
  for (int i = 0; i < 60; i++) {
    const double drag = 0.15 * pow(w * diameter / viscosity, 0.687), f = w * (1 + drag) - slow;
    const double next = w - f / (1 + 1.687 * drag);
    if (fabs(next - w) <= 1e-15 * w) return next;
    w = next;
  }
  return w;
}

double kd_floc_equilibrium(double primary, double concentration, double shear, double growth, double breakup) {
  return primary + growth * concentration / (breakup * sqrt(shear));
}

double kd_shear_rate(double dissipation, double viscosity) {
  return sqrt(dissipation / viscosity);
}

double kd_plume_settling_hindered(double free_velocity, double volume_share, double exponent) {
  return free_velocity * pow(1 - volume_share, exponent);
}

double kd_rouse_number(double settling, double shear_velocity, double karman) {
  return settling / (karman * shear_velocity);
}

double kd_rouse_profile(double height, double depth, double reference, double settling, double shear_velocity,
                        double karman) {
  return pow((depth - height) / height * reference / (depth - reference),
             kd_rouse_number(settling, shear_velocity, karman));
}
