// SPDX-License-Identifier: Apache-2.0
/* The cascade of cascade.c, solved as a chain of contacts in which every organic carries its full load (level BETA).
 *
 *   aqueous volumes are the mole flows, so that the aqueous concentrations come out as mole shares of sum 1.
 *
 * Beyond cascade.c: a loaded organic as feed, an aqueous side feed, Murphree's efficiency.
 *
 * Source    as cascade.c, which is the oracle of this one. Cost: a few milliseconds at 800 stages and 15 components.
 */
#include <math.h>

#include "process/cascade.h"
#include "process/contactor.h"

static kd_status flows(kd_contact *stage, size_t n, const kd_cascade *in, double side, kd_error *err) {
  kd_status status = KD_OK;
  double fed = in->feed_organic ? 1 : 0, product = in->s + fed - in->w;
  double raffinate = 1 + side + in->w - in->s - fed - in->draw, down = in->w;
  KD_CHECK(product > 0, err, KD_E_INFEASIBLE, "w %g: must be below s %g%s, or no organic product is left", in->w, in->s,
           in->feed_organic ? " + 1" : "");
  KD_CHECK(raffinate > 0, err, KD_E_INFEASIBLE, "s %g, w %g, draw %g: no raffinate is left", in->s, in->w, in->draw);
  for (size_t j = n; j-- > 0;) {
    bool last = j + 1 == n;
    if (j + 1 == in->extraction) down += 1 - fed;
    if (j + 1 == in->side_stage) down += side;
    double up = j + 1 >= in->extraction ? in->s + fed : in->s;
    double draw = j + 1 == in->draw_stage ? in->draw : 0;
    down -= draw;
    KD_CHECK(down > 0, err, KD_E_INFEASIBLE, "draw %g: more than the aqueous flow of stage %zu", in->draw, j + 1);
    stage[j] = (kd_contact){.up_organic = last ? 0 : up,
                            .out_organic = last ? up : 0,
                            .strip_return = last ? in->w / up : 0,
                            .down_aqueous = j == 0 ? raffinate : down,
                            .out_aqueous = draw,
                            .efficiency = in->efficiency > 0 ? in->efficiency : 1,
                            .load = 1,
                            .fixed_ph = (double)NAN};
  }
out:
  return status;
}

static kd_status check(const kd_cascade *in, kd_error *err) {
  kd_status status = KD_OK;
  size_t n = in->extraction + in->scrub, k = in->components;
  KD_CHECK(k >= 2 && k <= KD_CONTACTOR_COMPONENTS, err, KD_E_RANGE, "components %zu: must be 2 to %d", k,
           KD_CONTACTOR_COMPONENTS);
  KD_CHECK(in->extraction >= 1 && in->scrub >= 1 && n <= KD_CONTACTOR_STAGES, err, KD_E_RANGE,
           "extraction %zu and scrub %zu: at least 1 stage each, at most %d together", in->extraction, in->scrub,
           KD_CONTACTOR_STAGES);
  KD_CHECK(in->draw_stage <= n && in->draw_stage != 1, err, KD_E_RANGE,
           "draw_stage %zu: must be 2 to %zu, or 0 for none", in->draw_stage, n);
  KD_CHECK(in->side_stage <= n, err, KD_E_RANGE, "side_stage %zu: must be 1 to %zu, or 0 for none", in->side_stage, n);
  KD_CHECK(in->efficiency >= 0 && in->efficiency <= 1, err, KD_E_RANGE, "efficiency %g: must be above 0 and at most 1",
           in->efficiency);
  KD_CHECK(in->s > 0 && in->w > 0 && in->draw >= 0, err, KD_E_RANGE,
           "s %g, w %g, draw %g: s and w must be above 0, draw at least 0", in->s, in->w, in->draw);
  for (size_t i = 0; i < k; i++)
    KD_CHECK(in->beta[i] > 0 && in->feed[i] > 0 && isfinite(in->beta[i]) && isfinite(in->feed[i]), err, KD_E_RANGE,
             "component %zu: beta %g and feed %g must be above 0", i + 1, in->beta[i], in->feed[i]);
out:
  return status;
}

kd_status kd_cascade_solve_fast(kd_cascade_profile *out, const kd_cascade *in, kd_work *work) {
  kd_status status = KD_OK;
  size_t n = in->extraction + in->scrub, k = in->components;
  kd_contactor_profile profile;
  KD_TRY(check(in, work->err));
  kd_contact *stage = kd_arena_alloc(work->scratch, n, sizeof *stage);
  double *feed = kd_arena_alloc(work->scratch, n * k + k, sizeof *feed);
  KD_CHECK(stage != NULL && feed != NULL, work->err, KD_E_NOMEM, "out of memory for a cascade of %zu stages", n);
  double total = 0, *ln_beta = feed + n * k;
  for (size_t i = 0; i < k; i++) total += in->feed[i];
  for (size_t i = 0; i < k; i++) {
    feed[(in->extraction - 1) * k + i] = in->feed[i] / total;
    ln_beta[i] = log(in->beta[i]);
  }
  double side = 0;
  for (size_t i = 0; i < k && in->side_stage > 0; i++) {
    KD_CHECK(in->side[i] >= 0 && isfinite(in->side[i]), work->err, KD_E_RANGE,
             "side %g of component %zu: must be at least 0", in->side[i], i + 1);
    feed[(in->side_stage - 1) * k + i] += in->side[i] / total;
    side += in->side[i] / total;
  }
  KD_TRY(flows(stage, n, in, side, work->err));
  kd_contactor chain = {.isotherm = {.level = KD_ISOTHERM_BETA, .components = k, .ln_k = ln_beta},
                        .stages = n,
                        .stage = stage,
                        .feed = feed};
  KD_TRY(kd_contactor_profile_alloc(&profile, &chain, work));
  KD_TRY(kd_contactor_solve(&profile, &chain, false, work));
  *out = (kd_cascade_profile){.stages = n,
                              .aqueous = profile.aqueous,
                              .organic = profile.organic,
                              .product = in->s + (in->feed_organic ? 1 : 0) - in->w,
                              .raffinate = stage[0].down_aqueous,
                              .sweeps = profile.newtons,
                              .closure = profile.closure};
out:
  return status;
}
