// SPDX-License-Identifier: Apache-2.0
/* Turbulent wall stress of a Herschel-Bulkley fluid, by the named laws.
 *
 *   us = sqrt(tw/rho)    xi = ty/tw    f = 2 tw/(rho V^2) (Fanning)
 *
 *   Wilson-Thomas   V/us = 2.5 ln(rho D us/mw) + 11.6 (a-1) - 2.5 ln a - Om             (1)
 *                   a = 2 (1 + xi n)/(1 + n)   Om = -2.5 ln(1-xi) - 2.5 xi (1 + xi/2)   mw = tw/rate_w
 *   Slatter         V/us = 2.5 ln(R/d85) + B - 3.75                                     (2)
 *                   Rr = 8 rho us^2/(ty + K (8 us / d85)^n)   B = min(2.5 ln Rr + 5.5, 8.5)
 *   Dodge-Metzner   1/sqrt f = 4 n'^-0.75 log10(Re' f^(1-n'/2)) - 0.4 n'^-1.2            (3)
 *                   Re' = 8 rho V^2/tw and n' = d ln tw/d ln(8V/D) of laminar flow at the same velocity
 *   Darby-Melson    f^m = fL^m + fT^m   m = 1.7 + 40000/Re   fT = 10^a Re^-0.193         (4)
 *                   a = -1.47 (1 + 0.146 exp(-2.9e-5 He))   He = rho D^2 ty/mu^2   Re = rho V D/mu
 *
 *   tw  wall stress [Pa]   ty  yield stress [Pa]   K  consistency [Pa s^n]   n  index   mu  plastic viscosity [Pa s]
 *   rho density [kg/m3]    D   bore [m]  R = D/2   V  mean velocity [m/s]    d85  grain size that 85 % pass [m]
 *
 * Source    (1) Wilson and Thomas 1985, Can. J. Chem. Eng. 63, 539, and Thomas and Wilson 1987; (2) Slatter 1995,
 * thesis, Univ. of Cape Town; (3) Dodge and Metzner 1959, AIChE J. 5, 189; (4) Darby and Melson 1981 as revised by
 *           Darby, Mun and Boger 1992, Chem. Eng. 99(9), 116.
 * Range     smooth pipes but for (2), whose wall is as rough as its grains; (3) n' 0.3-1, fitted for power-law fluids;
 *           (4) Bingham fluids: for n other than 1 the tangent at the wall rate 8V/D stands in.
 * Weakness  the laws differ by 10-40 %; none was fitted to deep-sea mud.
 */
#include <math.h>
#include <stdbool.h>

#include "lift/friction.h"
#include "lift/herschel_bulkley.h"

/* Misfit of a law at a wall stress: rises with the stress through zero at the answer. */
typedef double misfit_fn(const kd_pipe_flow *flow, double velocity, double wall_stress);

static double misfit_wilson_thomas(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  const kd_rheology *f = &flow->fluid;
  double shear = sqrt(wall_stress / flow->density), xi = f->yield / wall_stress, n = f->index;
  double rate = kd_herschel_bulkley_wall_rate(f, wall_stress);
  double area = 2.0 * (1.0 + xi * n) / (1.0 + n);
  double omega = -2.5 * log(1.0 - xi) - 2.5 * xi * (1.0 + 0.5 * xi);
  double line = 2.5 * log(flow->density * flow->bore * shear * rate / wall_stress);
  return shear * (line + 11.6 * (area - 1.0) - 2.5 * log(area) - omega) - velocity;
}

static double misfit_slatter(const kd_pipe_flow *flow, double velocity, double wall_stress) {
  const kd_rheology *f = &flow->fluid;
  double shear = sqrt(wall_stress / flow->density);
  double rough = 8.0 * wall_stress / (f->yield + f->consistency * pow(8.0 * shear / flow->grain, f->index));
  double b = fmin(2.5 * log(rough) + 5.5, 8.5);
  return shear * (2.5 * log(0.5 * flow->bore / flow->grain) + b - 3.75) - velocity;
}

/* Root of a misfit in x = ln(tw - floor_stress); the law needs a stress above that floor. Bracket by growing steps from
 * a guess, then Illinois false position. */
static kd_status solve(double *out, misfit_fn *misfit, double floor_stress, const kd_pipe_flow *flow, double velocity) {
  double low = log(0.0025 * flow->density * velocity * velocity), step = 0.5;
  double f_low = misfit(flow, velocity, floor_stress + exp(low));
  double high = low, f_high = f_low;
  for (int i = 0; i < 60 && !(f_high > 0); i++, step *= 1.5) {
    low = high, f_low = f_high;
    high += step;
    f_high = misfit(flow, velocity, floor_stress + exp(high));
  }
  for (int i = 0; i < 60 && !(f_low <= 0); i++, step *= 1.5) {
    high = low, f_high = f_low;
    low -= step;
    f_low = misfit(flow, velocity, floor_stress + exp(low));
  }
  if (!(f_low <= 0 && f_high > 0)) return KD_E_CONVERGENCE;
  int side = 0;
  for (int i = 0; i < 100 && high - low > 1e-13 * fmax(1.0, fabs(low)); i++) {
    double x = (low * f_high - high * f_low) / (f_high - f_low);
    if (!(x > low && x < high)) x = 0.5 * (low + high);
    double f = misfit(flow, velocity, floor_stress + exp(x));
    if (fabs(f) < 1e-13 * velocity) {
      low = high = x;
    } else if (f > 0) {
      high = x, f_high = f;
      if (side > 0) f_low *= 0.5;
      side = 1;
    } else {
      low = x, f_low = f;
      if (side < 0) f_high *= 0.5;
      side = -1;
    }
  }
  *out = floor_stress + exp(0.5 * (low + high));
  return isfinite(*out) ? KD_OK : KD_E_CONVERGENCE;
}

kd_status kd_wilson_thomas_wall_stress(double *out, const kd_pipe_flow *flow, double velocity) {
  return solve(out, misfit_wilson_thomas, flow->fluid.yield, flow, velocity);
}

kd_status kd_slatter_wall_stress(double *out, const kd_pipe_flow *flow, double velocity) {
  if (!(flow->grain > 0 && flow->grain < 0.5 * flow->bore)) return KD_E_MODEL;
  return solve(out, misfit_slatter, 0.0, flow, velocity);
}

/* Newton on (3) in s = 1/sqrt f, where it rises and bends one way. */
kd_status kd_dodge_metzner_wall_stress(double *out, const kd_pipe_flow *flow, double velocity) {
  double laminar = 0;
  kd_status status = kd_herschel_bulkley_wall_stress(&laminar, &flow->fluid, flow->bore, velocity);
  if (status != KD_OK) return status;
  double n = kd_herschel_bulkley_local_index(&flow->fluid, laminar), kinetic = flow->density * velocity * velocity;
  if (!(n > 1e-3)) return KD_E_MODEL;
  double log_re = log(8.0 * kinetic / laminar), a = 4.0 * pow(n, -0.75) / log(10.0), b = 0.4 * pow(n, -1.2);
  double s = 10.0;
  for (int step = 0; step < 100; step++) {
    double change = (s - a * (log_re - (2.0 - n) * log(s)) + b) / (1.0 + a * (2.0 - n) / s);
    double next = s - change > 0 ? s - change : 0.5 * s;
    bool done = fabs(next - s) < 1e-14 * s;
    s = next;
    if (done) break;
  }
  *out = 0.5 * kinetic / (s * s);
  return KD_OK;
}

/* Law (4) is explicit: the laminar part is the exact Buckingham-Reiner stress. */
kd_status kd_darby_melson_wall_stress(double *out, const kd_pipe_flow *flow, double velocity) {
  const kd_rheology *f = &flow->fluid;
  kd_rheology bingham = {.yield = f->yield, .consistency = f->consistency, .index = 1.0};
  if (f->index != 1.0) {
    double rate = 8.0 * velocity / flow->bore;
    double stress = f->yield + f->consistency * pow(rate, f->index);
    bingham.consistency = f->index * f->consistency * pow(rate, f->index - 1.0);
    bingham.yield = fmax(stress - bingham.consistency * rate, 0.0);
  }
  double laminar = 0;
  kd_status status = kd_herschel_bulkley_wall_stress(&laminar, &bingham, flow->bore, velocity);
  if (status != KD_OK) return status;
  double mu = bingham.consistency, kinetic = 0.5 * flow->density * velocity * velocity;
  double reynolds = flow->density * velocity * flow->bore / mu;
  double hedstrom = flow->density * flow->bore * flow->bore * bingham.yield / (mu * mu);
  double a = -1.47 * (1.0 + 0.146 * exp(-2.9e-5 * hedstrom));
  double turbulent = pow(10.0, a) * pow(reynolds, -0.193), m = 1.7 + 40000.0 / reynolds;
  double lead = fmax(laminar / kinetic, turbulent), other = fmin(laminar / kinetic, turbulent);
  *out = kinetic * lead * pow(1.0 + pow(other / lead, m), 1.0 / m);
  return KD_OK;
}

kd_status kd_turbulent_wall_stress(double *out, const kd_pipe_flow *flow, double velocity) {
  kd_status status = KD_E_MODEL;
  switch (flow->law) {
  case KD_FRICTION_WILSON_THOMAS:
    status = kd_wilson_thomas_wall_stress(out, flow, velocity);
    break;
  case KD_FRICTION_SLATTER:
    status = kd_slatter_wall_stress(out, flow, velocity);
    break;
  case KD_FRICTION_DODGE_METZNER:
    status = kd_dodge_metzner_wall_stress(out, flow, velocity);
    break;
  case KD_FRICTION_DARBY_MELSON:
    status = kd_darby_melson_wall_stress(out, flow, velocity);
    break;
  case KD_FRICTION_NEWTONIAN:
    *out = kd_newtonian_wall_stress(flow->density, flow->carrier_viscosity > 0 ? flow->carrier_viscosity : 1e-3,
                                    flow->bore, flow->roughness, velocity);
    return KD_OK;
  }
  if (status == KD_OK && flow->carrier_viscosity > 0) {
    double floor =
        kd_newtonian_wall_stress(flow->density, flow->carrier_viscosity, flow->bore, flow->roughness, velocity);
    *out = fmax(*out, floor);
  }
  return status;
}
