// SPDX-License-Identifier: Apache-2.0
/* Start-up of an extraction circuit on its real holdups.
 *
 *   d(V_a a + V_o o)/dt of contactor.c in every stage; volumes those of normal work, flow times stage_time          (1)
 *   with phi the share of the normal feed (0, partial_share, 1):
 *     feed, side feed and draw      phi times normal; organic, base, scrub and strip acid as in normal work (2)
 *     raffinate                     1 - phi of its metal goes into the soap of the first stage (3) product 1 - phi of
 * its metal comes back, neutralised, to the last scrub stage            (4) start: every stage holds feed liquor and
 * fresh organic in equilibrium, at the phase ratio of the feed stage      (5)
 *
 * Numerics  implicit Euler, steps that grow by 1.05 from a hundredth of stage_time to a quarter of it (normal work: of
 *           the spacing of the rows); what returns by (3), and by (4) from strip stages, is that of the step before:
 *           first order, and the metal held drifts by no more than a step's flow. An ideal strip returns implicitly.
 *           Organic that is recycled comes back with the metal it held a step before.
 * Source    balances; the sequence of circulations is the practice described by Xu's theory (Cheng et al. 2014).
 * Weakness  flows change at once between the three; mixer and settler are one mixed volume; the soap takes up the metal
 *           of the raffinate whole.
 */
#include "process/extraction_transient.h"

#include <math.h>
#include <string.h>

#define KD_TRICKLE 1e-9 /* share of the feed in full circulation: a chain must be open somewhere */
#define KD_FIRST   0.01 /* first step over stage_time */
#define KD_GROWTH  1.05

typedef struct follower {
  const kd_circulation *in;
  kd_extraction_result normal, now; /* chains of normal work, and of the present phase */
  kd_contactor chain;               /* of the present step: arrays below */
  kd_contactor_profile p;
  kd_contact *stage;
  double *feed, *inlet;
  size_t n, k, metals, top; /* top: last scrub stage */
  double phi;
} follower;

static kd_status check(const kd_circulation *in, kd_error *err) {
  kd_status status = KD_OK;
  const kd_extraction *c = &in->circuit;
  KD_CHECK(c->stage_time > 0 && isfinite(c->stage_time), err, KD_E_RANGE, "stage_time %g s: must be above 0 s",
           c->stage_time);
  KD_CHECK(in->time > 0 && in->points >= 2, err, KD_E_RANGE, "time %g s, points %zu: must be above 0, and at least 2",
           in->time, in->points);
  KD_CHECK(in->full_time >= 0 && in->partial_time >= 0, err, KD_E_RANGE,
           "full_time %g s, partial_time %g s: must be at least 0", in->full_time, in->partial_time);
  KD_CHECK(in->partial_share > 0 && in->partial_share <= 1, err, KD_E_RANGE,
           "partial_share %g: must be above 0 and at most 1", in->partial_share);
  KD_CHECK(!(in->full_time > 0) || c->scrub_flow > 0 || (c->strip > 0 && c->reflux > 0), err, KD_E_INFEASIBLE,
           "full_time %g s: without feed no aqueous flows; a scrub flow or a reflux is wanted", in->full_time);
out:
  return status;
}

/* The circuit with a share phi of its feed and draws. */
static kd_status set_phase(follower *f, double phi, kd_work *work) {
  kd_status status = KD_OK;
  kd_extraction c = f->in->circuit;
  f->phi = fmax(phi, KD_TRICKLE);
  c.feed_flow *= f->phi;
  c.side_flow *= f->phi;
  c.draw_flow *= f->phi;
  if (c.strip == 0) c.reflux = 1 - f->phi * (1 - c.reflux);
  KD_TRY(kd_extraction_chain(&f->now, &c, work));
  memcpy(f->stage, f->now.chain.stage, f->n * sizeof *f->stage);
  for (size_t j = 0; j < f->n; j++) {
    f->stage[j].volume_aqueous = f->normal.chain.stage[j].volume_aqueous;
    f->stage[j].volume_organic = f->normal.chain.stage[j].volume_organic;
  }
  f->chain = f->now.chain;
  f->chain.stage = f->stage;
  f->chain.feed = f->feed;
  f->chain.inlet_organic = f->inlet;
out:
  return status;
}

/* What comes back in this step: (3), (4) and the organic. */
static void set_returns(follower *f) {
  const kd_extraction *c = &f->in->circuit;
  const kd_isotherm *iso = &f->chain.isotherm;
  const kd_contactor_profile *p = &f->p;
  size_t k = f->k, strip = f->top + 1, last = f->n - 1;
  memcpy(f->feed, f->now.chain.feed, f->n * k * sizeof *f->feed);
  memcpy(f->inlet, f->now.chain.inlet_organic, k * sizeof *f->inlet);
  f->stage[0].acid = f->now.chain.stage[0].acid;
  for (size_t i = 0; i < f->metals; i++) {
    const kd_contact *s = &f->stage[0];
    double d = exp(kd_isotherm_ln_d(iso, i, p->driver[0]));
    double raffinate = s->down_aqueous * p->aqueous[i] + s->down_organic * p->organic[i] / (1 + s->entrained / d);
    f->feed[i] += (1 - f->phi) * fmax(raffinate, 0);
    if (c->strip > 0)
      f->feed[f->top * k + i] += (1 - f->phi) * fmax(f->stage[strip].out_aqueous * p->aqueous[strip * k + i], 0);
    if (c->strip > 0 && c->recycle) {
      double o = fmax(p->organic[last * k + i], 0);
      f->inlet[i] += o;
      f->feed[i] += c->organic_flow * o;
      f->stage[0].acid -= c->organic_flow * o * iso->valence[i];
    }
  }
}

/* (5), from a single contact. */
static kd_status fill(follower *f, kd_work *work) {
  kd_status status = KD_OK;
  const kd_extraction *c = &f->in->circuit;
  const kd_contact *s = &f->normal.chain.stage[c->extraction - 1];
  kd_extraction one = *c;
  kd_extraction_result r = {0};
  one.extraction = 1;
  one.scrub = one.strip = one.side_stage = one.draw_stage = 0;
  one.reflux = one.scrub_flow = one.crud = one.aqueous_in_organic = one.organic_in_aqueous = 0;
  one.efficiency = 1;
  one.feed_organic = one.recycle = false;
  one.feed_flow = s->down_aqueous + s->out_aqueous;
  KD_TRY(kd_extraction_solve(&r, &one, false, work));
  for (size_t j = 0; j < f->n; j++) {
    memcpy(f->p.organic + j * f->k, r.profile.organic, f->k * sizeof *f->p.organic);
    memcpy(f->p.aqueous + j * f->k, r.profile.aqueous, f->k * sizeof *f->p.aqueous);
    f->p.driver[j] = r.profile.driver[0];
    f->p.acid[j] = r.profile.acid[0];
    f->p.extractant[j] = r.profile.extractant[0];
  }
out:
  return status;
}

static kd_status begin(follower *f, const kd_circulation *in, kd_work *work) {
  kd_status status = KD_OK;
  *f = (follower){.in = in, .top = in->circuit.extraction + in->circuit.scrub - 1};
  KD_TRY(kd_extraction_chain(&f->normal, &in->circuit, work));
  f->n = f->normal.stages;
  f->k = f->normal.components;
  f->metals = f->normal.metals;
  f->stage = kd_arena_alloc(work->scratch, f->n, sizeof *f->stage);
  f->feed = kd_arena_alloc(work->scratch, (f->n + 1) * f->k, sizeof *f->feed);
  KD_CHECK(f->stage != NULL && f->feed != NULL, work->err, KD_E_NOMEM, "out of memory for %zu stages", f->n);
  f->inlet = f->feed + f->n * f->k;
  KD_TRY(kd_contactor_profile_alloc(&f->p, &f->normal.chain, work));
  KD_TRY(fill(f, work));
out:
  return status;
}

static void record(kd_circulation_row *row, const follower *f, double time, int phase) {
  row->time = time;
  row->phase = phase;
  row->ph = -log10(f->p.acid[0] / 1000);
  row->held = 0;
  for (size_t i = 0; i < f->metals; i++) {
    row->raffinate[i] = f->p.aqueous[i];
    row->product[i] = f->p.organic[f->top * f->k + i];
    for (size_t j = 0; j < f->n; j++) {
      const kd_contact *s = &f->normal.chain.stage[j];
      row->held += s->volume_aqueous * f->p.aqueous[j * f->k + i] + s->volume_organic * f->p.organic[j * f->k + i];
    }
  }
}

kd_status kd_circulation_run(kd_circulation_row **out, const kd_circulation *in, kd_work *work) {
  kd_status status = KD_OK;
  follower f;
  KD_TRY(check(in, work->err));
  KD_TRY(begin(&f, in, work));
  kd_circulation_row *rows = kd_arena_alloc(work->scratch, in->points, sizeof *rows);
  KD_CHECK(rows != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", in->points);
  const double ends[3] = {in->full_time, in->full_time + in->partial_time, (double)INFINITY};
  const double share[3] = {0, in->partial_share, 1};
  double time = 0, spacing = in->time / (double)(in->points - 1), hold = in->circuit.stage_time, dt = KD_FIRST * hold;
  int phase = 0, built = -1;
  while (phase < 2 && ends[phase] <= 0) phase++;
  record(&rows[0], &f, 0, phase);
  for (size_t row = 1; row < in->points; row++) {
    double until = spacing * (double)row;
    while (time < until * (1 - 1e-12)) {
      while (phase < 2 && time >= ends[phase] * (1 - 1e-12)) phase++;
      if (built != phase) {
        KD_TRY(set_phase(&f, share[phase], work));
        dt = KD_FIRST * hold;
        built = phase;
      }
      set_returns(&f);
      double step = fmin(fmin(dt, until - time), ends[phase] - time);
      KD_TRY(kd_contactor_advance(&f.p, &f.chain, step, work));
      time += step;
      dt =
          fmin(KD_GROWTH * dt, phase == 2 && !in->circuit.recycle ? 0.25 * spacing : fmin(0.25 * spacing, 0.25 * hold));
    }
    record(&rows[row], &f, until, phase);
  }
  *out = rows;
out:
  return status;
}
