// SPDX-License-Identifier: Apache-2.0
/* Laminar pipe flow of a Herschel-Bulkley fluid.
 *
 *   8V/D = 4n / (K^(1/n) tw^3) (tw-ty)^((1+n)/n)
 *          [ (tw-ty)^2/(1+3n) + 2 ty (tw-ty)/(1+2n) + ty^2/(1+n) ]                       (1)
 *   up   = n/(n+1) D/(2 tw) K^(-1/n) (tw-ty)^((1+n)/n)                                   (2)
 *
 *   V   mean velocity     [m/s]        tw  wall shear stress   [Pa]
 *   D   bore              [m]          ty  yield stress        [Pa]
 *   K   consistency       [Pa s^n]     n   flow index          [-]
 *   up  velocity of the plug [m/s]
 *
 * Source    exact integral of the velocity profile; n = 1 is Buckingham-Reiner, ty = 0 the power law.
 * Range     laminar only (transition.c decides); steady shear: a column at rest gels first (gel.c).
 * Weakness  no wall slip, which clays show below about 1 1/s.
 */
#include "lift/herschel_bulkley.h"

#include <math.h>
#include <stdbool.h>

/* The bracket of (1). */
static double bracket(const kd_rheology *f, double excess) {
  double n = f->index;
  return excess * excess / (1.0 + 3.0 * n) + 2.0 * f->yield * excess / (1.0 + 2.0 * n) +
         f->yield * f->yield / (1.0 + n);
}

/* Slope d ln(8V/D) / d ln(tw - ty). */
static double slope(const kd_rheology *f, double excess) {
  double n = f->index;
  double moved = 2.0 * excess * (excess / (1.0 + 3.0 * n) + f->yield / (1.0 + 2.0 * n));
  return (1.0 + n) / n - 3.0 * excess / (f->yield + excess) + moved / bracket(f, excess);
}

/* Wall stress at which (1) gives the wanted mean velocity. Newton in ln(tw-ty), where (1) is nearly straight for every
 * n: its slope lies between 1/n and (1+n)/n, so the steps cannot run away, and five of them reach 1e-12 from the power
 * law. */
kd_status kd_herschel_bulkley_wall_stress(double *out, const kd_rheology *fluid, double bore, double velocity) {
  const double n = fluid->index, ty = fluid->yield;
  if (!(bore > 0 && velocity >= 0 && ty >= 0 && fluid->consistency > 0 && n > 0)) return KD_E_RANGE;
  *out = ty;
  if (!(velocity > 0)) return KD_OK;

  double rate = 8.0 * velocity / bore;
  double power_law = log(fluid->consistency) + n * log(rate * (3.0 * n + 1.0) / (4.0 * n));
  double wanted = log(rate / (4.0 * n)) + log(fluid->consistency) / n;
  double x = power_law;
  if (ty > 0) {
    bool done = false;
    for (int step = 0; step < 50 && !done; step++) {
      double excess = exp(x), wall = ty + excess;
      double miss = (1.0 + n) / n * x + log(bracket(fluid, excess) / (wall * wall * wall)) - wanted;
      double change = miss / slope(fluid, excess);
      x -= change;
      done = fabs(change) < 1e-13 * fmax(1.0, fabs(x));
    }
    if (!done) return KD_E_CONVERGENCE;
  }
  *out = ty + exp(x);
  return isfinite(*out) ? KD_OK : KD_E_RANGE;
}

double kd_herschel_bulkley_velocity(const kd_rheology *fluid, double bore, double wall_stress) {
  const double n = fluid->index, excess = wall_stress - fluid->yield;
  if (!(excess > 0)) return 0;
  double cube = wall_stress * wall_stress * wall_stress;
  double rate = 4.0 * n * excess / cube * pow(excess / fluid->consistency, 1.0 / n) * bracket(fluid, excess);
  return rate * bore / 8.0;
}

double kd_herschel_bulkley_wall_rate(const kd_rheology *fluid, double wall_stress) {
  double excess = wall_stress - fluid->yield;
  return excess > 0 ? pow(excess / fluid->consistency, 1.0 / fluid->index) : 0;
}

double kd_herschel_bulkley_plug_velocity(const kd_rheology *fluid, double bore, double wall_stress) {
  double excess = wall_stress - fluid->yield, n = fluid->index;
  if (!(excess > 0)) return 0;
  return n / (n + 1.0) * bore / (2.0 * wall_stress) * excess * pow(excess / fluid->consistency, 1.0 / n);
}

/* From slope: d ln tw / d ln(8V/D) = (tw - ty)/tw / slope. */
double kd_herschel_bulkley_local_index(const kd_rheology *fluid, double wall_stress) {
  double excess = wall_stress - fluid->yield;
  if (!(excess > 0)) return 0;
  return excess / wall_stress / slope(fluid, excess);
}
