// SPDX-License-Identifier: Apache-2.0
/* From a circuit of extraction, scrub and strip to a chain of contacts.
 *
 *   organic   U_j = U_(j-1) + fed - drawn - crud + w_(j+1) - w_j,     w_j = eps A_j carried down                    (1)
 *   aqueous   A_j = A_(j+1) + fed - drawn + rho (U_(j-1) - U_j)       rho carried up, none with fresh organic       (2)
 *   strip     the aqueous of the first strip stage parts: the reflux goes on down, the rest is the product          (3)
 *   ideal     no strip stages: a share `reflux` of the metal in the organic product returns with the scrub          (4)
 *   base      Na+ + (HA)2 = NaA.HA + H+, D = K c/h: a metal of valence 1 that comes with the organic                (5)
 *
 *   rho, eps  entrainment, m3 aqueous per m3 organic and the other way
 *
 * Source    balances. (5) as for any cation exchanger; its constant has to be given.
 * Weakness  one extractant strength throughout; the reflux keeps the acid of the strip liquor unless the scrub feed
 *           neutralises it.
 */
#include "process/extraction.h"

#include <math.h>
#include <string.h>

#define KD_RECYCLES 60

typedef struct builder {
  const kd_extraction *in;
  size_t n, metals, k, feed_stage, top; /* top: last scrub stage */
  kd_contact *stage;
  double *feed, *inlet, *ln_k, *slope, *valence, *ligands;
} builder;

static kd_status check(const kd_extraction *in, kd_error *err) {
  kd_status status = KD_OK;
  size_t n = in->extraction + in->scrub + in->strip, metals = in->isotherm.components;
  KD_CHECK(in->isotherm.level != KD_ISOTHERM_BETA, err, KD_E_MODEL, "a circuit needs a pH line or mass action");
  KD_CHECK(in->extraction >= 1 && n <= KD_CONTACTOR_STAGES, err, KD_E_RANGE,
           "extraction %zu, scrub %zu, strip %zu: at least 1 extraction stage, at most %d in all", in->extraction,
           in->scrub, in->strip, KD_CONTACTOR_STAGES);
  KD_CHECK(metals >= 1 && metals < KD_CONTACTOR_COMPONENTS, err, KD_E_RANGE, "metals %zu: must be 1 to %d", metals,
           KD_CONTACTOR_COMPONENTS - 1);
  KD_CHECK(in->organic_flow > 0, err, KD_E_RANGE, "organic_flow %g: must be above 0", in->organic_flow);
  KD_CHECK(in->feed_flow > 0, err, KD_E_RANGE, "feed_flow %g: must be above 0", in->feed_flow);
  KD_CHECK(in->strip == 0 || in->strip_flow > 0, err, KD_E_RANGE, "strip_flow %g: must be above 0", in->strip_flow);
  KD_CHECK(in->reflux >= 0 && in->reflux < 1, err, KD_E_RANGE, "reflux %g: must be at least 0 and below 1", in->reflux);
  KD_CHECK(in->scrub == 0 || in->scrub_flow > 0 || (in->reflux > 0 && in->strip > 0), err, KD_E_RANGE,
           "scrub_flow %g: must be above 0 where there are scrub stages", in->scrub_flow);
  KD_CHECK(in->side_stage <= n && in->draw_stage <= n, err, KD_E_RANGE,
           "side_stage %zu, draw_stage %zu: must be 1 to %zu, or 0 for none", in->side_stage, in->draw_stage, n);
  KD_CHECK(in->aqueous_in_organic >= 0 && in->aqueous_in_organic < 1 && in->organic_in_aqueous >= 0 &&
               in->organic_in_aqueous < 1 && in->crud >= 0 && in->crud < 1,
           err, KD_E_RANGE, "entrainment %g and %g, crud %g: must be at least 0 and below 1", in->aqueous_in_organic,
           in->organic_in_aqueous, in->crud);
out:
  return status;
}

static kd_status set_flows(builder *b, kd_error *err) {
  kd_status status = KD_OK;
  const kd_extraction *in = b->in;
  size_t n = b->n, last = n - 1;
  for (size_t j = 0; j < n; j++) {
    kd_contact *s = &b->stage[j];
    bool strips = j > b->top;
    *s = (kd_contact){.entrained = in->aqueous_in_organic,
                      .efficiency = strips ? in->strip_efficiency : in->efficiency,
                      .extractant = in->extractant,
                      .fixed_ph = strips ? (double)NAN : in->ph,
                      .up_organic = in->organic_flow};
  }
  /* (1) and (2) hang together through the entrainment, which is small: a few passes settle them. */
  for (int pass = 0; pass < 60; pass++) {
    double flow = 0;
    for (size_t j = n; j-- > 0;) {
      kd_contact *s = &b->stage[j];
      double up = s->up_organic + s->out_organic, below = j > 0 ? s[-1].up_organic : 0;
      if (pass == 0) up = below = 0;
      flow += in->aqueous_in_organic * (below - up);
      if (j == last && in->strip > 0) flow += in->strip_flow;
      if (j == b->top) flow += in->scrub_flow;
      if (j == b->feed_stage && !in->feed_organic) flow += in->feed_flow;
      if (in->side_stage == j + 1) flow += in->side_flow;
      s->out_aqueous = 0;
      if (in->draw_stage == j + 1 && in->draw_phase == KD_DRAW_AQUEOUS) s->out_aqueous = in->draw_flow;
      if (in->strip > 0 && j == b->top + 1) s->out_aqueous += (1 - in->reflux) * flow;
      flow -= s->out_aqueous;
      KD_CHECK(flow > 0 || (flow > -1e-12 * in->organic_flow && s->out_aqueous > 0), err, KD_E_INFEASIBLE,
               "stage %zu: no aqueous is left (%g); draws and entrainment take more than comes", j + 1, flow);
      s->down_aqueous = fmax(flow, 0);
      s->down_organic = in->organic_in_aqueous * s->down_aqueous;
    }
    flow = in->organic_flow;
    for (size_t j = 0; j < n; j++) {
      kd_contact *s = &b->stage[j];
      if (j == b->feed_stage && in->feed_organic) flow += in->feed_flow;
      flow += (j < last ? s[1].down_organic : 0) - s->down_organic;
      double out = in->organic_in_aqueous * s->out_aqueous;
      if (in->draw_stage == j + 1 && in->draw_phase == KD_DRAW_ORGANIC) out += in->draw_flow;
      if (j == b->feed_stage) out += in->crud * in->organic_flow;
      flow -= out;
      KD_CHECK(flow > 0, err, KD_E_INFEASIBLE, "stage %zu: no organic is left (%g)", j + 1, flow);
      s->up_organic = j < last ? flow : 0;
      s->out_organic = j < last ? out : out + flow;
      s->strip_return = 0;
      if (j == last && in->strip == 0) s->strip_return = in->reflux * flow / s->out_organic;
    }
    if (in->aqueous_in_organic == 0 && in->organic_in_aqueous == 0) break;
  }
  for (size_t j = 0; j < n; j++) {
    kd_contact *s = &b->stage[j];
    s->volume_aqueous = (s->down_aqueous + s->out_aqueous) * in->stage_time;
    s->volume_organic = (s->up_organic + s->out_organic) * in->stage_time;
  }
out:
  return status;
}

static void set_feeds(builder *b) {
  const kd_extraction *in = b->in;
  size_t k = b->k, last = b->n - 1;
  memset(b->feed, 0, b->n * k * sizeof *b->feed);
  for (size_t i = 0; i < b->metals; i++) {
    b->feed[b->feed_stage * k + i] += in->feed_flow * in->feed[i];
    if (in->side_stage > 0) b->feed[(in->side_stage - 1) * k + i] += in->side_flow * in->side[i];
    b->feed[i] += in->organic_flow * b->inlet[i];
    b->stage[0].acid -= in->organic_flow * b->inlet[i] * b->valence[i];
    if (in->feed_organic) b->stage[b->feed_stage].acid -= in->feed_flow * in->feed[i] * b->valence[i];
  }
  if (!in->feed_organic) b->stage[b->feed_stage].acid += in->feed_flow * in->feed_acid;
  if (in->side_stage > 0) b->stage[in->side_stage - 1].acid += in->side_flow * in->side_acid;
  b->stage[b->top].acid += in->scrub_flow * in->scrub_acid;
  if (in->strip > 0) b->stage[last].acid += in->strip_flow * in->strip_acid;
  b->stage[0].acid -= in->organic_flow * in->base;
  if (b->k > b->metals) {
    b->inlet[b->metals] = in->base;
    b->feed[b->metals] = in->organic_flow * in->base;
  }
}

static kd_status build(builder *b, const kd_extraction *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_isotherm *iso = &in->isotherm;
  bool ion = isfinite(in->ion_log_k) && in->base > 0;
  size_t n = in->extraction + in->scrub + in->strip, metals = iso->components, k = metals + (ion ? 1 : 0);
  *b = (builder){.in = in, .n = n, .metals = metals, .k = k};
  b->feed_stage = in->extraction - 1;
  b->top = in->extraction + in->scrub - 1;
  b->stage = kd_arena_alloc(work->scratch, n, sizeof *b->stage);
  double *p = kd_arena_alloc(work->scratch, n * k + 5 * k, sizeof *p);
  KD_CHECK(b->stage != NULL && p != NULL, work->err, KD_E_NOMEM, "out of memory for a circuit of %zu stages", n);
  b->feed = p, p += n * k;
  b->inlet = p, p += k;
  b->ln_k = p, p += k;
  b->slope = p, p += k;
  b->valence = p, p += k;
  b->ligands = p;
  for (size_t i = 0; i < metals; i++) {
    b->ln_k[i] = iso->ln_k[i];
    b->slope[i] = iso->slope != NULL ? iso->slope[i] : 1;
    b->valence[i] = iso->valence != NULL ? iso->valence[i] : 3;
    b->ligands[i] = iso->ligands != NULL ? iso->ligands[i] : 3;
  }
  if (ion) {
    b->ln_k[metals] = in->ion_log_k * log(10);
    b->slope[metals] = iso->level == KD_ISOTHERM_MASS ? 1 / iso->proton_order : 1;
    b->valence[metals] = 1;
    b->ligands[metals] = 1;
  }
out:
  return status;
}

static void results(kd_extraction_result *out, const builder *b) {
  const kd_contactor_profile *p = &out->profile;
  size_t k = b->k, last = b->n - 1, strip = b->top + 1;
  out->raffinate_flow = b->stage[0].down_aqueous;
  out->product_flow = b->in->strip > 0 ? b->stage[strip].out_aqueous : b->stage[last].out_organic;
  out->product_acid = b->in->strip > 0 ? p->acid[strip] : 0;
  out->closure = 0;
  for (size_t i = 0; i < b->metals; i++) {
    kd_extraction_metal *m = &out->metal[i];
    *m = (kd_extraction_metal){0};
    double in = 0, gone = 0;
    for (size_t j = 0; j < b->n; j++) {
      const kd_contact *s = &b->stage[j];
      double o = p->organic[j * k + i], a = p->aqueous[j * k + i], metal = s->out_organic * (1 - s->strip_return) * o;
      in += b->feed[j * k + i];
      double d = exp(kd_isotherm_ln_d(&out->chain.isotherm, i, p->driver[j]));
      double back = s->down_organic * o / (1 + s->entrained / d);
      bool product = b->in->strip > 0 && j == strip, drawn = b->in->draw_stage == j + 1;
      if (product)
        m->product += s->out_aqueous * a + metal;
      else if (drawn && j < last)
        m->draw += s->out_aqueous * a + metal;
      else if (j < last)
        m->crud += metal;
      else
        *(b->in->strip > 0 ? &m->organic : &m->product) += metal;
      if (j == 0) m->raffinate = s->down_aqueous * a + back;
    }
    if (b->in->recycle && b->in->strip > 0) {
      in -= b->in->organic_flow * b->inlet[i];
      m->organic -= b->in->organic_flow * b->inlet[i]; /* what does not come back */
    }
    m->feed = in;
    gone = m->raffinate + m->product + m->draw + m->organic + m->crud;
    if (in > 0) out->closure = fmax(out->closure, fabs(gone / in - 1));
  }
}

/* The recycled organic settles. */
static kd_status recycle(kd_extraction_result *out, builder *b, kd_work *work) {
  kd_status status = KD_OK;
  size_t k = b->k, last = b->n - 1;
  double change = 1;
  for (int pass = 0; pass < KD_RECYCLES && change > 1e-13; pass++) {
    change = 0;
    b->stage[0].acid = b->stage[b->feed_stage].acid = b->stage[b->top].acid = b->stage[last].acid = 0;
    if (b->in->side_stage > 0) b->stage[b->in->side_stage - 1].acid = 0;
    for (size_t i = 0; i < b->metals; i++) {
      double now = out->profile.organic[last * k + i], feed = b->in->feed_flow * b->in->feed[i];
      change = fmax(change, fabs(now - b->inlet[i]) * b->in->organic_flow / (feed > 0 ? feed : 1));
      b->inlet[i] = now;
    }
    set_feeds(b);
    KD_TRY(kd_contactor_solve(&out->profile, &out->chain, true, work));
  }
  KD_CHECK(change <= 1e-10, work->err, KD_E_CONVERGENCE, "recycled organic: still changing by %.2g of the feed",
           change);
out:
  return status;
}

/* Flows, feeds and isotherm of the chain; the profile is the caller's. */
static kd_status set_chain(kd_extraction_result *out, builder *b, const kd_extraction *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(check(in, work->err));
  KD_TRY(build(b, in, work));
  KD_TRY(set_flows(b, work->err));
  set_feeds(b);
  out->chain = (kd_contactor){
      .isotherm = in->isotherm, .stages = b->n, .stage = b->stage, .feed = b->feed, .inlet_organic = b->inlet};
  out->chain.isotherm.components = b->k;
  out->chain.isotherm.ln_k = b->ln_k;
  out->chain.isotherm.slope = b->slope;
  out->chain.isotherm.valence = b->valence;
  out->chain.isotherm.ligands = b->ligands;
  out->stages = b->n;
  out->metals = b->metals;
  out->components = b->k;
out:
  return status;
}

kd_status kd_extraction_chain(kd_extraction_result *out, const kd_extraction *in, kd_work *work) {
  builder b;
  *out = (kd_extraction_result){0};
  return set_chain(out, &b, in, work);
}

kd_status kd_extraction_solve(kd_extraction_result *out, const kd_extraction *in, bool warm, kd_work *work) {
  kd_status status = KD_OK;
  builder b;
  KD_TRY(set_chain(out, &b, in, work));
  if (!warm) {
    KD_TRY(kd_contactor_profile_alloc(&out->profile, &out->chain, work));
    out->metal = kd_arena_alloc(work->scratch, b.metals, sizeof *out->metal);
    KD_CHECK(out->metal != NULL, work->err, KD_E_NOMEM, "out of memory for %zu metals", b.metals);
  }
  KD_TRY(kd_contactor_solve(&out->profile, &out->chain, warm, work));
  if (in->recycle && in->strip > 0) KD_TRY(recycle(out, &b, work));
  results(out, &b);
out:
  return status;
}
