// SPDX-License-Identifier: Apache-2.0
/* Ratings of a pipe against pressure.
 *
 *   burst      p = 2 k fy t/D                                                          Barlow                      (1)
 *   collapse   yield       2 Y (D/t - 1)/(D/t)^2
 *              plastic     Y (A/(D/t) - B) - C
 *              transition  Y (F/(D/t) - G)
 *              elastic     46.95e6/((D/t) (D/t - 1)^2)                                 psi; API 5C3                (2)
 *   axial      Y' = Y (sqrt(1 - 0.75 (S/Y)^2) - 0.5 S/Y)                               S axial stress              (3)
 *   inside     p_outside = p_collapse + (1 - 2 t/D) p_inside                                                       (4)
 *   oval       p^2 - (2 fy t/D + (1 + 3 u D/t) pe) p + 2 fy t/D pe = 0,  pe = 2E/(1-v^2) /((D/t)(D/t - 1)^2)       (5)
 *   oval       (p - pe)(p^2 - pp^2) = p pe pp f0 D/t,  pe = 2E (t/D)^3/(1-v^2),  pp = 2 a fy t/D                   (6)
 *
 *   rupture    p = 2 kd fu s/(D - s),  kd = (1/2)^(n+1) + (1/sqrt 3)^(n+1),  s = k t - ka a                        (7)
 *              n = 0.1693 - 0.812e-3 fy [ksi] where it is not measured
 *
 *   D, t  outer diameter, wall     fy, Y  yield strength     k  share of the wall that counts, 0.875
 *   u  (Dmax-Dmin)/(Dmax+Dmin)     f0  (Dmax-Dmin)/D         a  fabrication factor
 *
 * Source    (1)-(4) API Bulletin 5C3, 6th ed. 1994 (API TR 5C3 clause 8 keeps the formulas), coefficients as functions
 *           of the yield strength in psi; (5) Timoshenko and Gere, Theory of elastic stability §7.5; (6) DNV-ST-F101;
 * (7) Klever and Stewart 1998 as in API TR 5C3 (ISO/TR 10400). Range     (2) yield strengths of casing and tubing, 40
 * to 140 ksi; new pipe to API tolerances. The rated pressure is the difference over the wall for an empty pipe, (4)
 * turns it into a difference under inner pressure. Weakness  (2) is a fit to tests with its own safety in it; no
 * bending, no wear.
 */
#include <math.h>

#include "lift/string_static.h"

#define PSI 6894.757293168361 /* Pa: exact by the pound and the inch */

double kd_burst_barlow(double outer_diameter, double wall, double yield, double tolerance) {
  return tolerance * 2 * yield * wall / outer_diameter;
}

double kd_rupture_ductile(double outer_diameter, double sound, double tensile, double hardening) {
  const double k = pow(0.5, hardening + 1) + pow(1 / sqrt(3.0), hardening + 1);
  return 2 * k * tensile * sound / (outer_diameter - sound);
}

double kd_collapse_api(kd_collapse_mode *mode, double outer_diameter, double wall, double yield, double axial_stress,
                       double inner_pressure) {
  const double s = axial_stress / yield; /* compression does not raise the rating: API takes tension only */
  double y = yield / PSI;
  if (s > 0) y *= s < 1 ? sqrt(1 - 0.75 * s * s) - 0.5 * s : 0;
  const double r = outer_diameter / wall, y2 = y * y;
  const double a = 2.8762 + 0.10679e-5 * y + 0.21301e-10 * y2 - 0.53132e-16 * y2 * y;
  const double b = 0.026233 + 0.50609e-6 * y;
  const double c = -465.93 + 0.030867 * y - 0.10483e-7 * y2 + 0.36989e-13 * y2 * y;
  const double q = 3 * (b / a) / (2 + b / a);
  const double f = 46.95e6 * q * q * q / (y * (q - b / a) * (1 - q) * (1 - q)), g = f * b / a;
  double p;
  kd_collapse_mode found;
  if (!(y > 0)) { /* the tension alone yields the wall */
    if (mode) *mode = KD_COLLAPSE_YIELD;
    return 0;
  }
  const double yp = (sqrt((a - 2) * (a - 2) + 8 * (b + c / y)) + (a - 2)) / (2 * (b + c / y));
  const double pt = y * (a - f) / (c + y * (b - g)), te = (2 + b / a) / (3 * b / a);
  if (r <= yp)
    found = KD_COLLAPSE_YIELD, p = 2 * y * (r - 1) / (r * r);
  else if (r <= pt)
    found = KD_COLLAPSE_PLASTIC, p = y * (a / r - b) - c;
  else if (r <= te)
    found = KD_COLLAPSE_TRANSITION, p = y * (f / r - g);
  else
    found = KD_COLLAPSE_ELASTIC, p = 46.95e6 / (r * (r - 1) * (r - 1));
  if (mode) *mode = found;
  /* Difference over the wall: p_outside - p_inside = p - 2 t/D p_inside. */
  return fmax(p * PSI - 2 / r * fmax(inner_pressure, 0), 0);
}

double kd_collapse_timoshenko(double outer_diameter, double wall, double yield, double modulus, double poisson,
                              double ovality) {
  const double r = outer_diameter / wall, pe = 2 * modulus / (1 - poisson * poisson) / (r * (r - 1) * (r - 1));
  const double py = 2 * yield / r, half = 0.5 * (py + (1 + 3 * ovality * r) * pe);
  return py * pe / (half + sqrt(half * half - py * pe)); /* the smaller root, without cancellation */
}

double kd_collapse_dnv(double outer_diameter, double wall, double yield, double modulus, double poisson, double ovality,
                       double fabrication) {
  const double r = outer_diameter / wall, pe = 2 * modulus / (r * r * r * (1 - poisson * poisson));
  const double pp = 2 * fabrication * yield / r, k = pe * pp * ovality * r;
  double low = 0, high = fmin(pe, pp); /* the cubic is positive at 0 and not above 0 at the smaller of both */
  for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
    const double p = 0.5 * (low + high);
    if ((p - pe) * (p * p - pp * pp) > p * k)
      low = p;
    else
      high = p;
  }
  return 0.5 * (low + high);
}
