// SPDX-License-Identifier: Apache-2.0
/* Start-up of a cascade of constant separation factors.
 *
 *   all stages begin full of feed; then the balances of contactor.c with d(V_a a + V_o o)/dt, each organic at its full
 *   load. Flows of the three times, with phi the share of the normal feed (0, partial_share, 1):
 *     feed phi, organic product phi (S - W), raffinate phi (1 + W - S), S kept
 *     full circulation phi = 0: all organic product comes back as scrub, W = S, no raffinate                       (1)
 *
 * Numerics  implicit Euler, steps that grow from a hundredth of a stage's holdup by 1.05 up to a quarter of the spacing
 *           of the rows; first order: the error of a row is that of the step.
 * Source    balances; the sequence of circulations is the practice described by Xu's theory (Cheng et al. 2014).
 * Weakness  flows change at once between the three; phases are well mixed in mixer and settler together.
 */
#include "process/cascade_transient.h"

#include <math.h>
#include <string.h>

#include "process/contactor.h"

#define KD_TRICKLE 1e-9 /* raffinate in full circulation: a chain must be open somewhere */

static void set_flows(kd_contact *stage, double *feed, const kd_startup *in, double share, double total) {
  const kd_cascade *c = &in->cascade;
  size_t n = c->extraction + c->scrub, k = c->components;
  double phi = fmax(share, KD_TRICKLE), product = phi * (c->s - c->w), down = c->s - product;
  for (size_t j = n; j-- > 0;) {
    bool last = j + 1 == n;
    if (j + 1 == c->extraction) down += phi;
    stage[j] = (kd_contact){.up_organic = last ? 0 : c->s,
                            .out_organic = last ? c->s : 0,
                            .strip_return = last ? 1 - product / c->s : 0,
                            .down_aqueous = j == 0 ? down - c->s : down,
                            .efficiency = 1,
                            .load = 1,
                            .fixed_ph = (double)NAN,
                            .volume_organic = in->organic_holdup,
                            .volume_aqueous = in->aqueous_holdup};
  }
  for (size_t i = 0; i < k; i++) feed[(c->extraction - 1) * k + i] = phi * c->feed[i] / total;
}

static void record(kd_startup_row *row, const kd_contactor_profile *p, size_t n, size_t k, double time, int phase) {
  double a = 0, o = 0;
  for (size_t i = 0; i < k; i++) a += p->aqueous[i], o += p->organic[(n - 1) * k + i];
  row->time = time;
  row->phase = phase;
  for (size_t i = 0; i < k; i++) {
    row->raffinate[i] = p->aqueous[i] / a;
    row->product[i] = p->organic[(n - 1) * k + i] / o;
  }
}

static kd_status check(const kd_startup *in, kd_error *err) {
  kd_status status = KD_OK;
  const kd_cascade *c = &in->cascade;
  KD_CHECK(c->s > c->w && c->w > 0, err, KD_E_INFEASIBLE, "w %g: must be above 0 and below s %g", c->w, c->s);
  KD_CHECK(1 + c->w - c->s > 0, err, KD_E_INFEASIBLE, "s %g, w %g: no raffinate is left", c->s, c->w);
  KD_CHECK(in->organic_holdup > 0 && in->aqueous_holdup >= 0, err, KD_E_RANGE,
           "holdups %g and %g s: organic must be above 0", in->organic_holdup, in->aqueous_holdup);
  KD_CHECK(in->time > 0 && in->points >= 2, err, KD_E_RANGE, "time %g s, points %zu: must be above 0, and at least 2",
           in->time, in->points);
  KD_CHECK(c->extraction >= 1 && c->scrub >= 1 && c->extraction + c->scrub <= KD_CONTACTOR_STAGES, err, KD_E_RANGE,
           "extraction %zu and scrub %zu: at least 1 stage each, at most %d together", c->extraction, c->scrub,
           KD_CONTACTOR_STAGES);
  for (size_t i = 0; i < c->components; i++)
    KD_CHECK(c->beta[i] > 0 && c->feed[i] > 0, err, KD_E_RANGE, "component %zu: beta %g and feed %g must be above 0",
             i + 1, c->beta[i], c->feed[i]);
out:
  return status;
}

kd_status kd_startup_run(kd_startup_row **out, const kd_startup *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_cascade *c = &in->cascade;
  size_t n = c->extraction + c->scrub, k = c->components;
  double total = 0, level = 0, ln_beta[KD_CASCADE_COMPONENTS];
  KD_TRY(check(in, work->err));
  kd_startup_row *rows = kd_arena_alloc(work->scratch, in->points, sizeof *rows);
  kd_contact *stage = kd_arena_alloc(work->scratch, n, sizeof *stage);
  double *feed = kd_arena_alloc(work->scratch, n * k, sizeof *feed);
  KD_CHECK(rows != NULL && stage != NULL && feed != NULL, work->err, KD_E_NOMEM, "out of memory for %zu stages", n);
  for (size_t i = 0; i < k; i++) total += c->feed[i], ln_beta[i] = log(c->beta[i]);
  for (size_t i = 0; i < k; i++) level += c->feed[i] / total / c->beta[i];
  kd_contactor chain = {.isotherm = {.level = KD_ISOTHERM_BETA, .components = k, .ln_k = ln_beta},
                        .stages = n,
                        .stage = stage,
                        .feed = feed};
  kd_contactor_profile p;
  KD_TRY(kd_contactor_profile_alloc(&p, &chain, work));
  for (size_t j = 0; j < n; j++) {
    p.driver[j] = log(level); /* aqueous shares sum to 1 beside an organic of the feed's composition */
    for (size_t i = 0; i < k; i++) {
      p.organic[j * k + i] = c->feed[i] / total;
      p.aqueous[j * k + i] = c->feed[i] / total * exp(-ln_beta[i]) / level;
    }
  }
  double time = 0, spacing = in->time / (double)(in->points - 1);
  double dt = 0.01 * (in->organic_holdup + in->aqueous_holdup);
  const double ends[3] = {in->full_time, in->full_time + in->partial_time, (double)INFINITY};
  int phase = 0;
  record(&rows[0], &p, n, k, 0, 0);
  for (size_t row = 1; row < in->points; row++) {
    double until = spacing * (double)row;
    while (time < until * (1 - 1e-12)) {
      while (phase < 2 && time >= ends[phase] * (1 - 1e-12)) phase++;
      set_flows(stage, feed, in, phase == 0 ? 0 : phase == 1 ? in->partial_share : 1, total);
      double step = fmin(fmin(dt, until - time), ends[phase] - time);
      kd_contactor_profile kept = p;
      KD_TRY(kd_contactor_advance(&kept, &chain, step, work));
      p = kept;
      time += step;
      dt = fmin(1.05 * dt, 0.25 * spacing);
    }
    record(&rows[row], &p, n, k, until, phase);
  }
  *out = rows;
out:
  return status;
}
