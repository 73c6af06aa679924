// SPDX-License-Identifier: Apache-2.0
/* The variogram of the main variable's normal scores and a model for it; then those of the factors.
 *
 *   across: pairs whose depths differ by at most half a composite          down: pairs of one core
 *   model: partial sills that add up to 1; each structure with a range across and one down; a zonal structure, without
 *   end across, for what lies in layers
 *
 * Structures are chosen by variogram_choice.c. A factor takes the kinds of structures of the main variable and its own
 * sills and ranges: one that is noise comes out as a nugget alone.
 *
 * Source    Cressie 1985, Math. Geol. 17:563 (weights N/model^2).
 * Weakness  few cores give few pairs at short lags, so that the nugget comes from the pairs down the cores.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "deposit/model_internal.h"
#include "deposit/variogram.h"

#define KD_HALF_TURN 3.14159265358979323846
#define KD_MOST_LAGS (KD_MODEL_LAGS * (KD_MODEL_AZIMUTHS + 1))

/* Experimental variograms along one way, for the fit and for the reader. */
typedef struct lag_list {
  size_t count;
  double pairs[KD_MOST_LAGS], distance[KD_MOST_LAGS], gamma[KD_MOST_LAGS], azimuth[KD_MOST_LAGS], dip[KD_MOST_LAGS];
} lag_list;

static kd_status take_lags(kd_model_lags *out, lag_list *all, const kd_points *points, const double *score,
                           kd_variogram_rule *rule, double width, bool fit, kd_work *work) {
  kd_status status = KD_OK;
  kd_lag lag[KD_MODEL_LAGS + 1];
  KD_TRY(kd_variogram_lags(rule, width * KD_MODEL_LAGS, width, work->err));
  rule->directional = true;
  KD_TRY(kd_variogram(lag, points, score, NULL, rule, NULL, work->scratch, work->err));
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
    const bool any = l < rule->lags && lag[l].pairs > 0.0;
    out->pairs[l] = any ? lag[l].pairs : 0.0;
    out->distance[l] = any ? lag[l].distance : ((double)l + 0.5) * width;
    out->gamma[l] = any ? lag[l].gamma : (double)NAN;
    if (!any || !fit || !(lag[l].distance > 0.0)) continue;
    all->pairs[all->count] = lag[l].pairs;
    all->distance[all->count] = lag[l].distance;
    all->gamma[all->count] = lag[l].gamma;
    all->azimuth[all->count] = rule->azimuth;
    all->dip[all->count++] = rule->dip;
  }
out:
  return status;
}

/* All lags of one variable. out: across, down, then the azimuths when there are any. */
static kd_status experiment(kd_model_lags *across, kd_model_lags *down, kd_model_lags *toward, lag_list *all,
                            const kd_model *m, const kd_model_data *d, const double *score, const kd_model_options *o,
                            kd_work *work) {
  kd_status status = KD_OK;
  const kd_cores *c = &m->composites;
  const kd_points points = {.count = d->count, .x = d->x, .y = d->y, .z = d->z};
  kd_variogram_rule *rule = kd_arena_alloc(work->scratch, 1, sizeof *rule);
  const kd_variogram_rule any = {.tolerance = KD_HALF_TURN,
                                 .dip_tolerance = KD_HALF_TURN,
                                 .bandwidth = (double)INFINITY,
                                 .bandheight = (double)INFINITY};
  double widest = 0.0;
  KD_CHECK(rule != NULL, work->err, KD_E_NOMEM, "no memory for the variogram");
  for (size_t a = 0; a < c->count; a++)
    for (size_t b = a + 1; b < c->count; b++)
      widest = fmax(widest, hypot(c->core[a].x - c->core[b].x, c->core[a].y - c->core[b].y));
  const double width = fmax(m->spacing * 0.5, 0.7 * widest / KD_MODEL_LAGS);
  all->count = 0;
  *rule = any;
  rule->bandheight = 0.5 * o->composite.length;
  KD_TRY(take_lags(across, all, &points, score, rule, width, toward == NULL, work));
  for (size_t k = 0; toward != NULL && k < KD_MODEL_AZIMUTHS; k++) {
    *rule = any;
    rule->bandheight = 0.5 * o->composite.length;
    rule->azimuth = KD_HALF_TURN * (double)k / KD_MODEL_AZIMUTHS;
    rule->tolerance = 0.5 * KD_HALF_TURN / KD_MODEL_AZIMUTHS;
    KD_TRY(take_lags(&toward[k], all, &points, score, rule, width, true, work));
  }
  *rule = any;
  rule->dip = 0.5 * KD_HALF_TURN;
  rule->dip_tolerance = KD_HALF_TURN / 180.0;
  rule->bandwidth = 1.0;
  KD_TRY(take_lags(down, all, &points, score, rule, o->composite.length, true, work));
out:
  return status;
}

static kd_fit_lags lags_of(const lag_list *all) {
  return (kd_fit_lags){.count = all->count,
                       .pairs = all->pairs,
                       .distance = all->distance,
                       .gamma = all->gamma,
                       .azimuth = all->azimuth,
                       .dip = all->dip};
}

/* Three digits are all that a fit can know. */
static double rounded(double value) {
  const double power = pow(10.0, floor(log10(value)) - 2.0);
  return round(value / power) * power;
}

/* The model with ranges of three digits and sills that add up to 1. */
static kd_status round_model(kd_covariance *out, const kd_covariance *model, kd_error *err) {
  kd_status status = KD_OK;
  double rest = 1.0;
  *out = (kd_covariance){0};
  for (size_t i = 0; i < model->count; i++) {
    kd_structure s = model->structure[i];
    s.sill = i + 1 < model->count ? fmin(rest, round(s.sill / model->sill * 1e3) * 1e-3) : rest;
    rest = fmax(0.0, rest - s.sill);
    if (!kd_structure_is_flat(&s)) {
      const double across = rounded(s.range);
      s.minor = s.minor == s.range ? across : rounded(s.minor);
      s.semi = s.semi == s.range ? across : rounded(s.semi);
      s.range = across;
    }
    if (s.sill > 0.0 || (out->count == 0 && i + 1 == model->count)) KD_TRY(kd_covariance_add(out, &s, err));
  }
out:
  return status;
}

/* Ranges that the search takes from a model. */
static void take_ranges(kd_model *m) {
  m->nugget = m->variogram.nugget;
  m->range_across = 0.0;
  for (size_t i = 0; i < m->variogram.count; i++) {
    const kd_structure *s = &m->variogram.structure[i];
    if (kd_structure_is_flat(s)) continue;
    if (m->range_across > 0.0 && s->range > 100.0 * m->range_across) continue; /* layers without end */
    if (s->range <= m->range_across) continue;
    m->range_across = s->range;
    m->range_down = s->minor;
  }
  if (!(m->range_across > 0.0)) { /* a nugget alone */
    m->range_across = m->spacing;
    m->range_down = m->spacing * 1e-3;
  }
}

kd_status kd_model_variogram(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  lag_list *all = kd_arena_alloc(work->scratch, 1, sizeof *all);
  kd_choice_rule rule = o->choice;
  bool down = false;
  KD_CHECK(all != NULL, work->err, KD_E_NOMEM, "no memory for the variogram");
  m->directions = rule.anisotropy ? KD_MODEL_AZIMUTHS : 0;
  KD_TRY(experiment(&m->across, &m->down, rule.anisotropy ? m->toward : NULL, all, m, d, d->score[m->main], o, work));
  if (o->variogram != NULL) {
    m->variogram = *o->variogram;
    take_ranges(m);
    goto out;
  }
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) down = down || m->down.pairs[l] > 0.0;
  rule.vertical = rule.vertical && down;
  const kd_fit_lags lags = lags_of(all);
  KD_CHECK(all->count > 0, work->err, KD_E_MODEL,
           "no two composites lie within reach of each other: no variogram; give one by --variogram");
  KD_TRY(kd_variogram_choose(&m->choices, &lags, &rule, work->scratch, work->err));
  KD_TRY(round_model(&m->variogram, &m->choices.choice[0].fit.model, work->err));
  m->fitted = true;
  take_ranges(m);
out:
  return status;
}

typedef struct factor_fit {
  kd_model *m;
  const kd_model_data *d;
  const kd_model_options *o;
  kd_context *ctx;
} factor_fit;

static kd_status fit_factor(size_t k, size_t worker, void *user, kd_error *err) {
  kd_status status = KD_OK;
  const factor_fit *f = user;
  kd_arena *arena = NULL;
  kd_model_lags across, down;
  kd_fit fit;
  kd_fit_rule rule = {.weight = f->o->choice.weight, .vertical = true, .sill = 1.0};
  (void)worker;
  KD_TRY(kd_arena_create(&arena, f->ctx));
  kd_work work = {.ctx = f->ctx, .scratch = arena, .err = err};
  lag_list *all = kd_arena_alloc(arena, 1, sizeof *all);
  KD_CHECK(all != NULL, err, KD_E_NOMEM, "no memory for the variogram");
  KD_TRY(experiment(&across, &down, NULL, all, f->m, f->d, f->d->factor[k], f->o, &work));
  rule.vertical = false;
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) rule.vertical = rule.vertical || down.pairs[l] > 0.0;
  const kd_fit_lags lags = lags_of(all);
  kd_covariance start = f->m->variogram;
  if (start.nugget <= 0.0) { /* noise must be able to come out as noise */
    start = (kd_covariance){0};
    KD_TRY(kd_covariance_add(
        &start,
        &(kd_structure){
            .kind = KD_NUGGET, .sill = 0.1, .range = (double)NAN, .semi = (double)NAN, .minor = (double)NAN},
        err));
    for (size_t i = 0; i < f->m->variogram.count && start.count < KD_STRUCTURES_MAX; i++)
      KD_TRY(kd_covariance_add(&start, &f->m->variogram.structure[i], err));
  }
  KD_TRY(kd_variogram_fit(&fit, &lags, &start, &rule, arena, err));
  KD_TRY(round_model(&f->m->factor_model[k], &fit.model, err));
out:
  kd_arena_destroy(&arena);
  return status;
}

kd_status kd_model_factor_variograms(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work) {
  kd_status status = KD_OK;
  factor_fit f = {.m = m, .d = d, .o = o, .ctx = work->ctx};
  for (size_t k = 0; k < d->factors; k++) m->factor_model[k] = m->variogram;
  if (!o->own_variograms || d->factors < 2) goto out;
  KD_TRY(kd_pool_run(o->pool, d->factors, fit_factor, &f, work->err));
out:
  return status;
}

void kd_model_variogram_text(char *out, size_t capacity, const kd_covariance *variogram) {
  out[0] = '\0';
  for (size_t i = 0; i < variogram->count; i++) {
    const kd_structure *s = &variogram->structure[i];
    const size_t used = strlen(out);
    const char *join = i > 0 ? " + " : "";
    if (kd_structure_is_flat(s))
      snprintf(out + used, capacity - used, "%s%.4g %s", join, s->sill, kd_structure_words[s->kind]);
    else if (s->azimuth != 0.0 || s->dip != 0.0 || s->rake != 0.0)
      snprintf(out + used, capacity - used,
               "%s%.4g %s(%.4g m, semi %.4g m, minor %.4g m, azimuth %.4g deg, dip %.4g deg, rake %.4g deg)", join,
               s->sill, kd_structure_words[s->kind], s->range, s->semi, s->minor, s->azimuth * 180.0 / KD_HALF_TURN,
               s->dip * 180.0 / KD_HALF_TURN, s->rake * 180.0 / KD_HALF_TURN);
    else
      snprintf(out + used, capacity - used, "%s%.4g %s(%.4g m, semi %.4g m, minor %.4g m)", join, s->sill,
               kd_structure_words[s->kind], s->range, s->semi, s->minor);
  }
}
