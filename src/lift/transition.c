// SPDX-License-Identifier: Apache-2.0
/* Where laminar pipe flow of a Herschel-Bulkley fluid ends, and the combined wall law.
 *
 *   Slatter        Re3 = 8 rho Va^2/(ty + K (8 Va/Ds)^n) = 2,100, the plug taken out:            (1)
 *                  Dp = D ty/tw,  Ds = D - Dp,  Va = (Q - up Ap)/(A - Ap)
 *   Metzner-Reed   Re2 = 8 rho V^2/tw = 2,100                                                     (2)
 *   Ryan-Johnson   Z = max over r of (R rho/tw) u |du/dr| = 808                                   (3)
 *   Hanks          x/(1-x)^3 = He/16,800,  Rec = He/(8x) (1 - 4x/3 + x^4/3)   (n = 1)             (4)
 *   Wilson-Thomas  Vc = 19 sqrt(ty/rho), large pipes                                              (5)
 *
 *   V mean velocity [m/s]   tw laminar wall stress at V [Pa]   D = 2R bore [m]   up, Ap velocity and area of the plug
 *
 *   combined: tw = (1-w) laminar + w max(laminar, turbulent), w a smooth step of the Reynolds number over 2,100-3,000
 *
 * With t = (r/R - xi)/(1 - xi) and m = (n+1)/n the profile is u = up (1 - t^m), so that (3) has its maximum at
 * t^m = (m-1)/(2m-1); for ty = 0 it is 6464 n (n+2)^((n+2)/(n+1))/(1+3n)^2 in Re2.
 *
 * Source    (1) Slatter 1995, thesis; (2) Metzner and Reed 1955, AIChE J. 1, 434; (3) Ryan and Johnson 1959, AIChE J.
 * 5, 433; (4) Hanks 1963, AIChE J. 9, 306; (5) rule after Wilson and Thomas, constant assumed. Range     (4) Bingham
 * only, (5) needs a yield stress. Weakness: the criteria differ by 30 %.
 */
#include <math.h>

#include "lift/friction.h"
#include "lift/herschel_bulkley.h"

#define RYAN_JOHNSON_CRITICAL 808.0
#define HANKS_CRITICAL        16800.0
#define QUICK_RULE            19.0

double kd_reynolds_slatter(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  const kd_rheology *f = &flow->fluid;
  double xi = f->yield / wall_stress;
  if (!(xi < 1.0)) return 0;
  double plug = kd_herschel_bulkley_plug_velocity(f, flow->bore, wall_stress);
  double annulus = (velocity - plug * xi * xi) / (1.0 - xi * xi);
  if (!(annulus > 0)) return 0;
  double sheared = flow->bore * (1.0 - xi);
  return 8.0 * flow->density * annulus * annulus / (f->yield + f->consistency * pow(8.0 * annulus / sheared, f->index));
}

double kd_reynolds_metzner_reed(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  return 8.0 * flow->density * velocity * velocity / wall_stress;
}

double kd_reynolds_ryan_johnson(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  (void)velocity;
  const kd_rheology *f = &flow->fluid;
  double m = (f->index + 1.0) / f->index, top = (m - 1.0) / (2.0 * m - 1.0);
  double plug = kd_herschel_bulkley_plug_velocity(f, flow->bore, wall_stress);
  double rate = kd_herschel_bulkley_wall_rate(f, wall_stress);
  double z = 0.5 * flow->bore * flow->density / wall_stress * plug * (1.0 - top) * rate * pow(top, (m - 1.0) / m);
  return KD_REYNOLDS_CRITICAL * z / RYAN_JOHNSON_CRITICAL;
}

/* Critical velocity by (4): Newton on the cube root keeps x in (0, 1). */
static double hanks_velocity(const kd_pipe_flow *flow) {
  double mu = flow->fluid.consistency;
  double hedstrom = flow->density * flow->bore * flow->bore * flow->fluid.yield / (mu * mu);
  if (!(hedstrom > 0)) return KD_REYNOLDS_CRITICAL * mu / (flow->density * flow->bore);
  double low = 0, high = 1;
  for (int i = 0; i < 200; i++) {
    double x = 0.5 * (low + high), y = 1.0 - x;
    if (x * HANKS_CRITICAL > hedstrom * y * y * y)
      high = x;
    else
      low = x;
    if (high - low < 1e-16 * high) break;
  }
  double x = 0.5 * (low + high);
  double reynolds = hedstrom / (8.0 * x) * (1.0 - 4.0 / 3.0 * x + x * x * x * x / 3.0);
  return reynolds * mu / (flow->density * flow->bore);
}

double kd_reynolds_hanks(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  (void)wall_stress;
  return KD_REYNOLDS_CRITICAL * velocity / hanks_velocity(flow);
}

double kd_reynolds_wilson_thomas(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  (void)wall_stress;
  return KD_REYNOLDS_CRITICAL * velocity / (QUICK_RULE * sqrt(flow->fluid.yield / flow->density));
}

double kd_reynolds(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  switch (flow->transition) {
  case KD_TRANSITION_SLATTER:
    return kd_reynolds_slatter(flow, velocity, wall_stress);
  case KD_TRANSITION_METZNER_REED:
    return kd_reynolds_metzner_reed(flow, velocity, wall_stress);
  case KD_TRANSITION_RYAN_JOHNSON:
    return kd_reynolds_ryan_johnson(flow, velocity, wall_stress);
  case KD_TRANSITION_HANKS:
    return kd_reynolds_hanks(flow, velocity, wall_stress);
  case KD_TRANSITION_WILSON_THOMAS:
    return kd_reynolds_wilson_thomas(flow, velocity, wall_stress);
  }
  return kd_reynolds_slatter(flow, velocity, wall_stress);
}

/* ln(Re/2,100) of the laminar state at x = ln(tw - ty): each such state is explicit, and rises with the stress. */
static double distance(double *velocity, const kd_pipe_flow *flow, double x) {
  double wall = flow->fluid.yield + exp(x);
  *velocity = kd_herschel_bulkley_velocity(&flow->fluid, flow->bore, wall);
  double reynolds = *velocity > 0 ? kd_reynolds(flow, *velocity, wall) : 0;
  return fmax(log(reynolds / KD_REYNOLDS_CRITICAL), -700.0);
}

/* False position (Illinois) between states that are surely laminar and surely turbulent. */
static kd_status critical_by_stress(double *out, const kd_pipe_flow *flow) {
  double low = -3, high = 0, velocity = 0;
  double f_low = distance(&velocity, flow, low), f_high = distance(&velocity, flow, high);
  for (int i = 0; i < 30 && f_low > 0; i++)
    high = low, f_high = f_low, low -= 2, f_low = distance(&velocity, flow, low);
  for (int i = 0; i < 30 && f_high < 0; i++)
    low = high, f_low = f_high, high += 2, f_high = distance(&velocity, flow, high);
  if (!(f_low <= 0 && f_high >= 0)) return KD_E_CONVERGENCE;
  int side = 0;
  for (int i = 0; i < 100 && high - low > 1e-13 * fmax(1.0, fabs(low)); i++) {
    double x = (low * f_high - high * f_low) / (f_high - f_low), f = distance(&velocity, flow, x);
    if (fabs(f) < 1e-12) break;
    if (f > 0) {
      high = x, f_high = f;
      if (side > 0) f_low *= 0.5;
      side = 1;
    } else {
      low = x, f_low = f;
      if (side < 0) f_high *= 0.5;
      side = -1;
    }
  }
  *out = velocity;
  return KD_OK;
}

kd_status kd_critical_velocity(double *out, const kd_pipe_flow *flow) {
  switch (flow->transition) {
  case KD_TRANSITION_HANKS:
    if (flow->fluid.index != 1.0) return KD_E_MODEL;
    *out = hanks_velocity(flow);
    return KD_OK;
  case KD_TRANSITION_WILSON_THOMAS:
    if (!(flow->fluid.yield > 0)) return KD_E_MODEL;
    *out = QUICK_RULE * sqrt(flow->fluid.yield / flow->density);
    return KD_OK;
  case KD_TRANSITION_SLATTER:
  case KD_TRANSITION_METZNER_REED:
  case KD_TRANSITION_RYAN_JOHNSON:
    break;
  }
  return critical_by_stress(out, flow);
}

kd_status kd_wall_stress(double *out, double *reynolds, kd_regime *regime, const kd_pipe_flow *flow, double velocity) {
  double laminar = 0, turbulent = 0;
  kd_status status = kd_herschel_bulkley_wall_stress(&laminar, &flow->fluid, flow->bore, velocity);
  if (status != KD_OK) return status;
  double re = velocity > 0 ? kd_reynolds(flow, velocity, laminar) : 0;
  double w = (re - KD_REYNOLDS_CRITICAL) / (KD_REYNOLDS_TURBULENT - KD_REYNOLDS_CRITICAL);
  w = w <= 0 ? 0 : w >= 1 ? 1 : w * w * (3.0 - 2.0 * w);
  if (w > 0) status = kd_turbulent_wall_stress(&turbulent, flow, velocity);
  *out = (1.0 - w) * laminar + w * fmax(laminar, turbulent);
  if (reynolds) *reynolds = re;
  if (regime) *regime = w <= 0 ? KD_REGIME_LAMINAR : w >= 1 ? KD_REGIME_TURBULENT : KD_REGIME_TRANSITION;
  return status;
}
