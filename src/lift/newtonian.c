// SPDX-License-Identifier: Apache-2.0
/* Pipe friction of a Newtonian fluid: Darcy factor f, dp/dx = f rho V^2/(2D), wall stress f rho V^2/8.
 *
 *   laminar     f = 64/Re                                                               (1)
 *   Colebrook   1/sqrt f = -2 log10(e/(3.7 D) + 2.51/(Re sqrt f))                       (2)
 *   Churchill   f = 8 [ (8/Re)^12 + (A + B)^(-3/2) ]^(1/12)                              (3)
 *               A = (2.457 ln 1/((7/Re)^0.9 + 0.27 e/D))^16,   B = (37530/Re)^16
 *
 *   Re = rho V D/mu [-]       e  roughness [m]      D  bore [m]
 *
 * Source    (2) Colebrook 1939, J. ICE 11, 133; (3) Churchill 1977, Chem. Eng. 84(24), 91.
 * Range     all Re; the blend of (1) and (2) between 2,000 and 4,000 is a convention.
 * Weakness  Darcy's factor is four times Fanning's: every f here is Darcy's.
 */
#include <math.h>
#include <stdbool.h>

#include "lift/friction.h"

#define COLEBROOK_LAMINAR   2000.0
#define COLEBROOK_TURBULENT 4000.0

/* Newton on (2) in s = 1/sqrt f from Haaland's explicit form: quadratic, three steps reach rounding. The left side
 * rises and bends down, so that a step from below the root overshoots at most once; one that leaves s > 0, far below
 * turbulent flow, is halved towards 0. */
double kd_friction_colebrook(double reynolds, double relative_roughness) {
  double a = relative_roughness / 3.7, b = 2.51 / reynolds;
  double s = fmax(-1.8 * log10(6.9 / reynolds + pow(a, 1.11)), 1e-3);
  for (int step = 0; step < 200; step++) {
    double inner = a + b * s;
    double change = (s + 2.0 * log10(inner)) / (1.0 + 2.0 * b / (inner * log(10.0)));
    double next = s - change > 0 ? s - change : 0.5 * s;
    bool done = fabs(next - s) < 1e-14 * s;
    s = next;
    if (done) break;
  }
  return 1.0 / (s * s);
}

double kd_friction_churchill(double reynolds, double relative_roughness) {
  double a = pow(2.457 * log(1.0 / (pow(7.0 / reynolds, 0.9) + 0.27 * relative_roughness)), 16.0);
  double b = pow(37530.0 / reynolds, 16.0);
  /* Below a Reynolds number of about 1e-6 the powers leave the range of a double, and (3) is 64/Re. */
  if (!isfinite(b) || !(reynolds > 1e-3)) return 64.0 / reynolds;
  return 8.0 * pow(pow(8.0 / reynolds, 12.0) + pow(a + b, -1.5), 1.0 / 12.0);
}

double kd_friction_newtonian(double reynolds, double relative_roughness) {
  if (reynolds <= COLEBROOK_LAMINAR) return 64.0 / reynolds;
  double turbulent = kd_friction_colebrook(reynolds, relative_roughness);
  if (reynolds >= COLEBROOK_TURBULENT) return turbulent;
  double w = (reynolds - COLEBROOK_LAMINAR) / (COLEBROOK_TURBULENT - COLEBROOK_LAMINAR);
  w = w * w * (3.0 - 2.0 * w);
  return (1.0 - w) * 64.0 / reynolds + w * turbulent;
}

double kd_newtonian_wall_stress(double density, double viscosity, double bore, double roughness, double velocity) {
  if (!(velocity > 0)) return 0;
  double reynolds = density * velocity * bore / viscosity;
  return kd_friction_newtonian(reynolds, roughness / bore) * density * velocity * velocity / 8.0;
}
