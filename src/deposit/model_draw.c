// SPDX-License-Identifier: Apache-2.0
/* Histograms of a block model drawn anew for each realisation, by parameter_draw.c.
 *
 *   z*_v   values of another sample at the places of the composites: their histogram is the realisation's     (1)
 *   y_va = score of composite a under it ,  f_ka = sum_v g_kv (y_va - mean_v) ,  G = (L'L)^-1 L'              (2)
 *
 *   L  loadings of the factors: score v = mean_v + sum_k l_vk factor k
 *
 * Weakness  the variograms are taken as known.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/random.h"
#include "deposit/model_simulate.h"
#include "deposit/parameter_draw.h"
#include "numerics/cholesky.h"

struct kd_model_draw {
  kd_context *ctx;
  size_t simulated, factors, lanes, count; /* count: nodes with composites */
  kd_score_sampler *sampler;               /* [models] */
  const kd_score_sampler *of[KD_MODEL_VARIABLE];
  uint32_t stream[KD_MODEL_VARIABLE];
  double back[KD_MODEL_VARIABLE * KD_MODEL_VARIABLE], inverse[KD_MODEL_VARIABLE * KD_MODEL_VARIABLE];
  const double *value[KD_MODEL_VARIABLE];
  kd_normal_score given[KD_MODEL_VARIABLE];
  uint32_t *at;               /* [composites] its place among the nodes, or UINT32_MAX */
  double *shares;             /* [nodes] composites in it */
  kd_arena *arena[8];         /* of each lane */
  kd_normal_score *score[8];  /* [simulated] */
  double *table;              /* [lanes][simulated][KD_MODEL_TABLE] */
  double *factor;             /* [factors][nodes][lanes] */
  const kd_model_fields *run; /* of the batch that is being drawn */
};

const kd_normal_score *kd_model_draw_back(const kd_model_draw *self, size_t lane, size_t s) {
  return &self->score[lane][s];
}

const double *kd_model_draw_table(const kd_model_draw *self, size_t lane, size_t s) {
  return self->table + (lane * self->simulated + s) * KD_MODEL_TABLE;
}

const double *kd_model_draw_factor(const kd_model_draw *self, size_t k, size_t node) {
  return self->factor + (k * self->count + node) * self->lanes;
}

void kd_model_draw_close(kd_model_draw **self) {
  if (self == NULL || *self == NULL) return;
  for (size_t r = 0; r < 8; r++) kd_arena_destroy(&(*self)->arena[r]);
  *self = NULL; /* its memory is the scratch arena's */
}

/* G of (2), row k at k * simulated. */
static kd_status invert_loadings(kd_model_draw *self, const kd_model_data *d, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->factors, p = self->simulated;
  double square[KD_MODEL_VARIABLE * KD_MODEL_VARIABLE], column[KD_MODEL_VARIABLE];
  for (size_t j = 0; j < n; j++) {
    for (size_t k = 0; k < n; k++) {
      square[j * n + k] = 0.0;
      for (size_t s = 0; s < p; s++) square[j * n + k] += d->loading[s][j] * d->loading[s][k];
    }
  }
  KD_CHECK(kd_cholesky(square, n, n, 1e-13), err, KD_E_MODEL, "the factors of the elements determine each other");
  for (size_t s = 0; s < p; s++) {
    for (size_t k = 0; k < n; k++) {
      self->back[s * n + k] = d->loading[s][k];
      column[k] = d->loading[s][k];
    }
    kd_cholesky_forward(square, n, n, column);
    kd_cholesky_backward(square, n, n, column);
    for (size_t k = 0; k < n; k++) self->inverse[k * p + s] = column[k];
  }
out:
  return status;
}

/* Which node each composite lies in. */
static void find_nodes(kd_model_draw *self, const kd_model_fields *f) {
  const kd_conditioning *c = &f->given;
  for (size_t i = 0; i < f->d->count; i++) {
    const size_t node = kd_model_node_at(&f->m->grid, f->d->x[i], f->d->y[i], f->d->z[i]);
    size_t low = 0, high = c->count;
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (c->node[middle] < node)
        low = middle + 1;
      else
        high = middle;
    }
    self->at[i] = low < c->count && c->node[low] == node ? (uint32_t)low : UINT32_MAX;
    if (self->at[i] != UINT32_MAX) self->shares[low] += 1.0;
  }
}

kd_status kd_model_draw_open(kd_model_draw **out, const kd_model_fields *f, kd_work *work) {
  kd_status status = KD_OK;
  const kd_model_data *d = f->d;
  const kd_sites sites = {d->count, d->x, d->y, d->z};
  kd_model_draw *self = kd_arena_alloc(work->scratch, 1, sizeof *self);
  *out = self;
  KD_CHECK(f->o->transform != KD_TRANSFORM_PPMT, work->err, KD_E_CONTRADICTION,
           "a drawn histogram goes with the transforms scores, pca and maf, not with ppmt");
  KD_CHECK(self != NULL, work->err, KD_E_NOMEM, "no memory to draw histograms");
  self->ctx = f->ctx;
  self->simulated = d->simulated;
  self->factors = d->factors;
  self->lanes = f->lanes;
  self->count = f->given.count;
  self->sampler = kd_arena_alloc(work->scratch, f->engines, sizeof *self->sampler);
  self->at = kd_arena_alloc(work->scratch, d->count + 1, sizeof *self->at);
  self->shares = kd_arena_alloc(work->scratch, self->count + 1, sizeof *self->shares);
  self->table = kd_arena_alloc(work->scratch, self->lanes * self->simulated, KD_MODEL_TABLE * sizeof(double));
  self->factor = kd_arena_alloc(work->scratch, self->factors * self->count + 1, self->lanes * sizeof(double));
  KD_CHECK(self->sampler && self->at && self->shares && self->table && self->factor, work->err, KD_E_NOMEM,
           "no memory to draw histograms");
  for (size_t j = 0; j < f->engines; j++)
    KD_TRY(kd_score_sampler_prepare(&self->sampler[j], f->engine_model[j], &sites, work->scratch, work->err));
  for (size_t k = 0; k < self->factors; k++) {
    char name[64];
    snprintf(name, sizeof name, "deposit.model.histogram_%zu", k + 1);
    self->stream[k] = kd_stream_id(name);
    self->of[k] = &self->sampler[f->given.model[k]];
  }
  for (size_t s = 0; s < self->simulated; s++) {
    self->value[s] = d->value[d->variable[s]];
    self->given[s] = d->back[d->variable[s]];
  }
  for (size_t r = 0; r < self->lanes; r++) KD_TRY(kd_arena_create(&self->arena[r], f->ctx));
  KD_TRY(invert_loadings(self, d, work->err));
  find_nodes(self, f);
out:
  return status;
}

/* Chunk: the realisation of one lane. */
static kd_status draw_lane(size_t lane, size_t worker, void *user, kd_error *err) {
  kd_status status = KD_OK;
  kd_model_draw *self = user;
  const kd_model_fields *f = self->run;
  const size_t n = self->factors, p = self->simulated;
  double y[KD_MODEL_VARIABLE];
  const kd_histograms histograms = {.variables = p,
                                    .factors = n,
                                    .count = f->d->count,
                                    .value = self->value,
                                    .weight = f->m->weight,
                                    .given = self->given,
                                    .mean = f->d->mean,
                                    .back = self->back,
                                    .sampler = self->of,
                                    .stream = self->stream};
  (void)worker;
  kd_arena_reset(self->arena[lane]);
  self->score[lane] = kd_arena_alloc(self->arena[lane], p, sizeof *self->score[lane]);
  KD_CHECK(self->score[lane] != NULL, err, KD_E_NOMEM, "no memory to draw histograms");
  KD_TRY(kd_histograms_draw(self->score[lane], &histograms, f->o->seed, f->first + lane, self->arena[lane], err));
  for (size_t c = 0; c < n * self->count; c++) self->factor[c * self->lanes + lane] = 0.0;
  for (size_t i = 0; i < f->d->count; i++) {
    const size_t at = self->at[i];
    if (at == UINT32_MAX) continue;
    for (size_t s = 0; s < p; s++) y[s] = kd_histogram_score(&self->score[lane][s], self->value[s][i]) - f->d->mean[s];
    for (size_t k = 0; k < n; k++) {
      double sum = 0.0;
      for (size_t s = 0; s < p; s++) sum += self->inverse[k * p + s] * y[s];
      self->factor[(k * self->count + at) * self->lanes + lane] += sum / self->shares[at];
    }
  }
  for (size_t s = 0; s < p; s++)
    KD_TRY(kd_model_tabulate(self->table + (lane * p + s) * KD_MODEL_TABLE, f, s, &self->score[lane][s], 4, err));
out:
  return status;
}

kd_status kd_model_draw_batch(kd_model_draw *self, const kd_model_fields *f, kd_error *err) {
  self->run = f;
  return kd_pool_run(f->o->pool, self->lanes, draw_lane, self, err);
}
