// SPDX-License-Identifier: Apache-2.0
/* Operating window: the steady stage at every bore, rate and share, held against five limits in this order.
 *
 *   pump        the plant lifts the rate unthinned
 *   deposition  V >= settling_factor x hindered velocity of the coarsest grain
 *   plug        in-place share of coarse grains c V/(V - w) <= 0.3 (half of a packed bed, assumed)
 *   pressure    rated pressure >= restart pressure after the rest; top stress <= 0.67 of yield
 *   surge       pump pressure + rho a V <= 0.67 x 2 t fy/D (Barlow)
 *   cost        energy x price + annuity (string mass x price + power x price)/(rate x hours)      (1)
 *
 * The wall, and the conduit over the riser, keep their ratios when the bore changes; a stated outer diameter gives way.
 *
 * Source    API RP 16Q's 0.67 as a plain design factor; prices of (1) are assumed and belong to the caller.
 */
#include "lift/design.h"

#include <math.h>

#include "base/error.h"
#include "lift/lift_table.h"

#define CROWDED       0.3
#define DESIGN_FACTOR 0.67

void kd_design_defaults(kd_design_options *out, const kd_lift_params *p, const kd_slurry *feed) {
  *out = (kd_design_options){.bores = 8,
                             .shares = 10,
                             .rates = 10,
                             .least_bore = 0.5 * p->bore,
                             .most_bore = 1.5 * p->bore,
                             .least_solids = fmin(0.25 * p->solids, 0.01),
                             .most_solids = fmin(2.5 * p->solids, 0.3),
                             .least_rate = 0.25 * feed->dry_rate,
                             .most_rate = 2.0 * feed->dry_rate,
                             .rheology_factor = 1,
                             .energy_price = 0.25 / 3.6e6,
                             .string_price = 12,
                             .plant_price = 3,
                             .annuity = 0.15,
                             .hours = 5000 * 3600.0};
}

static double between(double low, double high, size_t i, size_t n) {
  return n > 1 ? low * pow(high / low, (double)i / (double)(n - 1)) : low;
}

static kd_design_limit judge(kd_design_point *d, const kd_lift_result *r, const kd_lift_params *p,
                             const kd_slurry *feed) {
  const double coarse = r->slurry_solids * feed->coarse_share;
  const bool slow = r->velocity <= r->settling_velocity;
  d->velocity = r->velocity, d->pump_pressure = r->pump_pressure, d->energy = r->energy_per_tonne;
  d->deposition_margin = r->deposition_margin, d->restart_margin = r->restart_margin;
  d->crowding = slow ? 1 : coarse * r->velocity / (r->velocity - r->settling_velocity);
  const double outer = kd_lift_outer_diameter(p), burst = (outer - p->bore) / outer * p->yield_strength;
  d->surge_margin = DESIGN_FACTOR * burst / (r->pump_pressure + r->water_hammer);
  if (r->derating < 0.999 || r->thinning < 0.999) return KD_DESIGN_PUMP;
  if (d->deposition_margin < 1) return KD_DESIGN_DEPOSITION;
  if (d->crowding > CROWDED) return KD_DESIGN_PLUG;
  const bool restart = p->method != KD_LIFT_AIR_LIFT && d->restart_margin < 1;
  if (restart || r->utilisation > DESIGN_FACTOR) return KD_DESIGN_PRESSURE;
  return d->surge_margin < 1 ? KD_DESIGN_SURGE : KD_DESIGN_FREE;
}

static kd_status check(const kd_design_options *o, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(o->bores > 0 && o->shares > 0 && o->rates > 0 && o->bores * o->shares * o->rates <= 100000, err, KD_E_SIZE,
           "window of %zu x %zu x %zu points: from 1 to 100,000", o->bores, o->shares, o->rates);
  KD_CHECK(o->least_bore > 0 && o->most_bore >= o->least_bore, err, KD_E_RANGE,
           "bores %g to %g m: both must be above 0 m and rise", o->least_bore, o->most_bore);
  KD_CHECK(o->least_solids > 0 && o->most_solids >= o->least_solids && o->most_solids < 0.6, err, KD_E_RANGE,
           "solids %g to %g %%vol: above 0, below 60, rising", o->least_solids * 100, o->most_solids * 100);
  KD_CHECK(o->least_rate > 0 && o->most_rate >= o->least_rate, err, KD_E_RANGE,
           "rates %g to %g kg/s: both must be above 0 kg/s and rise", o->least_rate, o->most_rate);
out:
  return status;
}

kd_status kd_lift_design(kd_design *out, const kd_design_options *o, const kd_lift_params *p, const kd_slurry *feed,
                         kd_arena *runs, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_design){.count = o->bores * o->shares * o->rates};
  KD_TRY(check(o, work->err));
  out->point = kd_arena_alloc(work->scratch, out->count, sizeof *out->point);
  KD_CHECK(out->point, work->err, KD_E_NOMEM, "no memory for %zu points", out->count);
  size_t at = 0;
  for (size_t b = 0; b < o->bores; b++) {
    kd_lift_params own = *p;
    own.bore = between(o->least_bore, o->most_bore, b, o->bores);
    own.wall = 0.5 * (kd_lift_outer_diameter(p) - p->bore) * own.bore / p->bore;
    own.outer_diameter = (double)NAN;
    own.conduit_bore = p->conduit_bore * own.bore / p->bore;
    own.conduit_wall = p->conduit_wall * own.bore / p->bore;
    own.rheology_factor = p->rheology_factor * o->rheology_factor;
    for (size_t r = 0; r < o->rates; r++) {
      for (size_t c = 0; c < o->shares; c++, at++) {
        kd_slurry mud = *feed;
        kd_lift_result result;
        kd_error refused = {0};
        kd_work inner = *work;
        kd_arena_reset(runs);
        inner.scratch = runs, inner.ledger = NULL, inner.err = &refused;
        mud.dry_rate = between(o->least_rate, o->most_rate, r, o->rates);
        own.solids = between(o->least_solids, o->most_solids, c, o->shares);
        kd_design_point *d = &out->point[at];
        *d = (kd_design_point){.bore = own.bore, .solids = own.solids, .dry_rate = mud.dry_rate};
        d->velocity = d->pump_pressure = d->energy = d->cost = (double)NAN;
        status = kd_lift_run(&result, &own, &mud, &inner);
        if (status == KD_E_NOMEM) return kd_error_set(work->err, status, "%s", refused.text);
        d->limit = status == KD_OK ? judge(d, &result, &own, feed) : KD_DESIGN_PUMP;
        out->limited[d->limit]++;
        if (status == KD_OK) {
          const double plant = o->annuity * (result.string_mass * o->string_price + result.power * o->plant_price);
          d->cost = d->energy * o->energy_price + plant / (mud.dry_rate * o->hours);
        }
        status = KD_OK;
        if (d->limit != KD_DESIGN_FREE) continue;
        if (!out->least_energy || d->energy < out->least_energy->energy) out->least_energy = d;
        if (!out->least_cost || d->cost < out->least_cost->cost) out->least_cost = d;
      }
    }
  }
out:
  return status;
}
