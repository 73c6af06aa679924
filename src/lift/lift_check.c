// SPDX-License-Identifier: Apache-2.0
/* Contradictions among the parameters of the lift, each with the value, the limit and what to change. */
#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "lift/circuit.h"
#include "lift/friction.h"
#include "lift/lift_table.h"

typedef struct reporter {
  kd_contradiction_fn *report;
  void *user;
  char text[320];
} reporter;

#define REPORT(r, key, ...)                                                                                            \
  do {                                                                                                                 \
    snprintf((r)->text, sizeof(r)->text, __VA_ARGS__);                                                                 \
    (r)->report("lift." key, (r)->text, (r)->user);                                                                    \
  } while (0)

static void check_pipes(const kd_lift_params *p, reporter *r) {
  double outer = kd_lift_outer_diameter(p);
  if (!(outer > p->bore))
    REPORT(r, "outer_diameter", "outer_diameter %g m must be above the bore %g m; give a wall or a larger diameter",
           outer, p->bore);
  if (p->method == KD_LIFT_CLOSED_CIRCUIT && p->conduit == KD_CONDUIT_ANNULUS && !(p->conduit_bore > outer))
    REPORT(
        r, "conduit_bore",
        "conduit_bore %g m must be above the outer diameter %g m of the riser that hangs in it; widen it or make the "
        "conduit parallel",
        p->conduit_bore, outer);
  if (!isnan(p->d85) && !(p->d85 < 0.5 * p->bore))
    REPORT(r, "d85", "d85 %g m must be below half the bore %g m", p->d85, p->bore);
  if (!(p->grain_size < p->bore))
    REPORT(r, "grain_size", "grain_size %g m must be below the bore %g m: it would plug the pipe", p->grain_size,
           p->bore);
  if (p->friction - 1 == KD_FRICTION_SLATTER && isnan(p->d85))
    REPORT(r, "friction", "friction slatter needs the grain size d85; give d85 or take wilson_thomas");
}

static void check_rheology(const kd_lift_params *p, reporter *r) {
  bool bingham = p->rheology == KD_RHEOLOGY_STATED && p->index == 1.0;
  if (p->transition == KD_TRANSITION_HANKS && !bingham)
    REPORT(r, "transition", "transition hanks is for Bingham fluids: state a rheology of index 1, or take slatter");
  if (p->rheology == KD_RHEOLOGY_TABLE && !p->rheology_table)
    REPORT(r, "rheology_table", "rheology is table but no rheology_table is given; give one or choose another law");
  if (!(p->liquid_limit > p->plastic_limit))
    REPORT(r, "liquid_limit", "liquid_limit %g must be above plastic_limit %g", p->liquid_limit, p->plastic_limit);
}

/* Whether the plant moves the column at all: a question to the scenario, since a draw that cannot is thinned. */
static void check_column(const kd_lift_params *p, double depth, reporter *r) {
  if (p->rheology == KD_RHEOLOGY_TABLE || isnan(depth)) return;
  kd_rheology fluid;
  kd_error err;
  if (kd_lift_rheology(&fluid, p, p->solids, 2650, 1025, &err) != KD_OK) return;
  double needed = 4.0 * fluid.yield * (depth + p->deck_height) / p->bore;
  if (p->method != KD_LIFT_AIR_LIFT && !(needed < p->rated_pressure))
    REPORT(r, "rated_pressure",
           "rated_pressure %.4g MPa cannot move the column: yield stress %.4g Pa over %g m in a bore of %g m needs "
           "%.4g MPa; "
           "widen bore, lower solids or raise rated_pressure",
           p->rated_pressure * 1e-6, fluid.yield, depth, p->bore, needed * 1e-6);
}

static void check_plant(const kd_lift_params *p, double depth, reporter *r) {
  if (p->method == KD_LIFT_AIR_LIFT && !isnan(p->injection_depth) && p->injection_depth > depth)
    REPORT(r, "injection_depth", "injection_depth %g m is below the foot at %g m; inject higher", p->injection_depth,
           depth);
  if (p->operability == 1 && p->operability_table == NULL)
    REPORT(r, "operability_table",
           "operability is table but no operability_table is given; write one by `kaidei lift "
           "SCENARIO --operability` or set operability to number");
  if (p->wave_limit_run > p->wave_limit_hang)
    REPORT(r, "wave_limit_run", "wave_limit_run %g m must not be above wave_limit_hang %g m", p->wave_limit_run,
           p->wave_limit_hang);
  if (p->wave_limit_lift > p->wave_limit_hang)
    REPORT(r, "wave_limit_lift", "wave_limit_lift %g m must not be above wave_limit_hang %g m", p->wave_limit_lift,
           p->wave_limit_hang);
}

void kd_lift_contradictions(const kd_lift_params *p, double depth, kd_contradiction_fn *report, void *user) {
  reporter r = {.report = report, .user = user};
  check_pipes(p, &r);
  check_rheology(p, &r);
  check_column(p, depth, &r);
  check_plant(p, depth, &r);
}

/* Keeps the first message. */
static void first(const char *key, const char *message, void *user) {
  kd_error *err = user;
  (void)key;
  if (err->code == KD_OK) kd_error_set(err, KD_E_CONTRADICTION, "%s", message);
}

kd_status kd_lift_contradiction(const kd_lift_params *p, double depth, kd_error *err) {
  kd_error found = {.code = KD_OK};
  reporter r = {.report = first, .user = &found};
  check_pipes(p, &r);
  check_rheology(p, &r);
  check_plant(p, depth, &r);
  return found.code == KD_OK ? KD_OK : kd_error_set(err, found.code, "%s", found.text);
}
