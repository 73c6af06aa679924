// SPDX-License-Identifier: Apache-2.0
/* Conditional simulation of many variables by independent factors.
 *
 *   y_v = score of variable v ,  f = T (y - m)           at the data: scores, then linear or PPMT factors  (1)
 *   f_k simulated one by one, conditional on f_k at the data                                              (2)
 *   z_v = back score of [ m + T^-1 f ]_v                  at every node                                    (3)
 *
 * Variables whose factors depend on each other at some lag are simulated as if they did not: PCA and PPMT take away the
 * dependence at lag 0, MAF also that at one more lag; with two structures in the model MAF takes it away altogether.
 *
 * Source    Chiles and Delfiner 2012, sections 5.6 and 7; Desbarats and Dimitrakopoulos 2000 (MAF); Barnett et al. 2014
 *           (PPMT).
 */
#include "deposit/simulation.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/random.h"
#include "deposit/factors.h"
#include "deposit/fft_ma.h"
#include "numerics/simd.h"

#define STRIP 256 /* nodes brought back at a time */

struct kd_simulation {
  kd_context *ctx;
  kd_arena *arena;
  kd_simulation_spec spec;
  size_t nodes, rows;
  uint32_t *row;
  double **value, *weight; /* of the rows that are used */
  double **factor;
  kd_normal_score *score; /* [variables] */
  kd_factors linear;
  kd_ppmt ppmt;
  kd_node_data placed;
  double **at_node; /* factors of the data on nodes */
};

void kd_simulation_destroy(kd_simulation **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}

size_t kd_simulation_rows(const kd_simulation *self, const uint32_t **row) {
  if (row != NULL) *row = self->row;
  return self->rows;
}

const double *kd_simulation_factor(const kd_simulation *self, size_t v) {
  return self->factor[v];
}

const kd_node_data *kd_simulation_placed(const kd_simulation *self) {
  return &self->placed;
}

/* --- data ------------------------------------------------------------------------------------------------------- */

static kd_status columns(double ***out, size_t n, size_t count, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  double **list = kd_arena_alloc(arena, n + 1, sizeof *list);
  KD_CHECK(list != NULL, err, KD_E_NOMEM, "out of memory for %zu columns", n);
  for (size_t v = 0; v < n; v++) {
    list[v] = kd_arena_alloc(arena, count + 1, sizeof **list);
    KD_CHECK(list[v] != NULL, err, KD_E_NOMEM, "out of memory for %zu values", count);
  }
  *out = list;
out:
  return status;
}

/* Rows with a place and all variables. */
static kd_status take_rows(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  KD_TRY(columns(&self->value, s->variables, s->count, self->arena, err));
  KD_TRY(columns(&self->factor, s->variables, s->count, self->arena, err));
  self->row = kd_arena_alloc(self->arena, s->count + 1, sizeof *self->row);
  self->weight = kd_arena_alloc(self->arena, s->count + 1, sizeof *self->weight);
  KD_CHECK(self->row && self->weight, err, KD_E_NOMEM, "out of memory for %zu data", s->count);
  for (size_t i = 0; i < s->count; i++) {
    bool whole = isfinite(s->x[i]) && (s->y == NULL || isfinite(s->y[i])) && (s->z == NULL || isfinite(s->z[i]));
    for (size_t v = 0; v < s->variables; v++) whole = whole && isfinite(s->value[v][i]);
    if (!whole) continue;
    for (size_t v = 0; v < s->variables; v++) self->value[v][self->rows] = s->value[v][i];
    self->weight[self->rows] = s->weight != NULL ? s->weight[i] : 1;
    self->row[self->rows++] = (uint32_t)i;
  }
out:
  return status;
}

static kd_status transform_linear(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  const size_t n = s->variables;
  double *in = kd_arena_alloc(self->arena, n, sizeof *in), *out = kd_arena_alloc(self->arena, n, sizeof *out);
  double **place = NULL;
  const double *places[3] = {NULL, NULL, NULL};
  const double *given[3] = {s->x, s->y, s->z};
  KD_CHECK(in && out, err, KD_E_NOMEM, "out of memory for %zu variables", n);
  KD_TRY(columns(&place, 3, self->rows, self->arena, err));
  for (int a = 0; a < 3; a++) {
    if (given[a] == NULL) continue;
    for (size_t i = 0; i < self->rows; i++) place[a][i] = given[a][self->row[i]];
    places[a] = place[a];
  }
  if (s->transform == KD_TRANSFORM_PCA)
    KD_TRY(kd_factors_pca(&self->linear, (const double *const *)self->factor, self->weight, self->rows, n, true,
                          self->arena, err));
  else
    KD_TRY(kd_factors_maf(&self->linear, (const double *const *)self->factor, self->weight, self->rows, n, places,
                          s->maf_lag, s->maf_tolerance, self->arena, err));
  for (size_t i = 0; i < self->rows; i++) {
    for (size_t v = 0; v < n; v++) in[v] = self->factor[v][i];
    kd_factors_forward(out, &self->linear, in);
    for (size_t v = 0; v < n; v++) self->factor[v][i] = out[v];
  }
out:
  return status;
}

static kd_status set_tails(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  for (size_t v = 0; v < self->spec.variables && self->spec.tail != NULL; v++) {
    const kd_simulation_tail *t = &self->spec.tail[v];
    status = kd_normal_score_tails(&self->score[v], t->lower, t->lower_power, t->low, t->upper, t->upper_power, t->high,
                                   err);
    if (status != KD_OK) kd_error_context(err, "variable %zu: ", v + 1);
    KD_TRY(status);
  }
out:
  return status;
}

static kd_status transform_data(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  const size_t n = s->variables;
  if (s->transform == KD_TRANSFORM_NONE || self->rows == 0) {
    for (size_t v = 0; v < n; v++) memcpy(self->factor[v], self->value[v], self->rows * sizeof(double));
    KD_CHECK(s->transform == KD_TRANSFORM_NONE, err, KD_E_RANGE, "no datum has all variables: nothing to transform");
    goto out;
  }
  if (s->transform == KD_TRANSFORM_PPMT) {
    KD_TRY(kd_ppmt_fit(&self->ppmt, self->factor, (const double *const *)self->value, self->weight, self->rows, n,
                       &s->ppmt, self->arena, err));
    self->score = self->ppmt.margin;
    KD_TRY(set_tails(self, err));
    goto out;
  }
  self->score = kd_arena_alloc(self->arena, n, sizeof *self->score);
  KD_CHECK(self->score != NULL, err, KD_E_NOMEM, "out of memory for %zu variables", n);
  for (size_t v = 0; v < n; v++) {
    status = kd_normal_score_fit(&self->score[v], self->factor[v], self->value[v], self->weight, self->rows,
                                 KD_TIES_AVERAGE, self->arena, err);
    if (status != KD_OK) kd_error_context(err, "variable %zu: ", v + 1);
    KD_TRY(status);
  }
  KD_TRY(set_tails(self, err));
  if (s->transform != KD_TRANSFORM_SCORES) KD_TRY(transform_linear(self, err));
out:
  return status;
}

static kd_status place_data(kd_simulation *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation_spec *s = &self->spec;
  const double *given[3] = {s->x, s->y, s->z};
  double **place = NULL;
  KD_TRY(columns(&place, 3, self->rows, self->arena, err));
  for (int a = 0; a < 3; a++)
    for (size_t i = 0; i < self->rows && given[a] != NULL; i++) place[a][i] = given[a][self->row[i]];
  KD_TRY(kd_node_data_place(&self->placed, &s->grid, place[0], s->y != NULL ? place[1] : NULL,
                            s->z != NULL ? place[2] : NULL, self->rows, self->arena, err));
  KD_TRY(columns(&self->at_node, s->variables, self->placed.count, self->arena, err));
  for (size_t v = 0; v < s->variables; v++)
    for (size_t i = 0; i < self->placed.count; i++) self->at_node[v][i] = self->factor[v][self->placed.row[i]];
out:
  return status;
}

kd_status kd_simulation_create(kd_simulation **out, kd_context *ctx, const kd_simulation_spec *spec, kd_error *err) {
  kd_status status = KD_OK;
  kd_simulation *self = NULL;
  *out = NULL;
  KD_TRY(kd_simulation_grid_check(&spec->grid, err));
  KD_CHECK(spec->variables >= 1 && spec->variables <= 1000, err, KD_E_RANGE,
           "%zu variables: must be between 1 and 1000", spec->variables);
  self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "out of memory");
  self->ctx = ctx;
  KD_CHECK(kd_arena_create(&self->arena, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  self->spec = *spec;
  self->nodes = kd_simulation_nodes(&spec->grid);
  KD_TRY(take_rows(self, err));
  KD_TRY(transform_data(self, err));
  KD_TRY(place_data(self, err));
  *out = self;
  self = NULL;
out:
  kd_simulation_destroy(&self);
  return status;
}

/* --- realisations ----------------------------------------------------------------------------------------------- */

/* One run: engines by variable, fields of a batch of realisations. */
typedef struct run {
  kd_simulation *sim;
  const kd_covariance *models;
  kd_sequential **sequential;
  kd_fft_ma **fft;
  size_t first, batch, width; /* batch realisations from `first` on; a task makes `width` of them */
  double **field;             /* [variables * batch][nodes] */
  double **work;              /* of each worker */
  size_t work_size;
} run;

/* The engine of one factor by transform. */
static kd_status make_fft(size_t v, size_t worker, void *user, kd_error *err) {
  run *r = user;
  const kd_simulation *self = r->sim;
  (void)worker;
  const kd_status status = kd_fft_ma_create(&r->fft[v], self->ctx, &self->spec.grid, &r->models[v], &self->placed,
                                            self->at_node[v], self->spec.tolerance, err);
  if (status == KD_OK) kd_fft_ma_trim(r->fft[v]);
  if (status != KD_OK) kd_error_context(err, "factor %zu: ", v + 1);
  return status;
}

static kd_status make_engines(run *r, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  kd_simulation *self = r->sim;
  const kd_simulation_spec *s = &self->spec;
  if (r->fft != NULL) {
    KD_TRY(kd_pool_run(pool, s->variables, make_fft, r, err));
    for (size_t v = 0; v < s->variables; v++) {
      const size_t size = kd_fft_ma_work(r->fft[v]);
      r->work_size = size > r->work_size ? size : r->work_size;
    }
    goto out;
  }
  for (size_t v = 0; v < s->variables; v++) { /* each by all threads */
    status = kd_sequential_create(&r->sequential[v], self->ctx, &s->grid, &r->models[v], &self->placed,
                                  self->at_node[v], &s->search, pool, err);
    if (status != KD_OK) kd_error_context(err, "factor %zu: ", v + 1);
    KD_TRY(status);
  }
  if (r->width == KD_SEQUENTIAL_LANES) r->work_size = self->nodes * KD_SEQUENTIAL_LANES + 8;
out:
  return status;
}

/* Stream of a factor's normal numbers. */
static uint32_t stream_of(size_t v) {
  char name[48];
  snprintf(name, sizeof name, "deposit.simulation.factor_%zu", v + 1);
  return kd_stream_id(name);
}

/* One task: `width` realisations of one factor. */
static kd_status simulate_factor(size_t chunk, size_t worker, void *user, kd_error *err) {
  const run *r = user;
  const kd_simulation *self = r->sim;
  const size_t tasks = r->batch / r->width, v = chunk / tasks, start = chunk % tasks * r->width;
  double **field = r->field + v * r->batch + start;
  const uint64_t seed = self->spec.seed, at = r->first + start;
  (void)err;
  if (r->fft != NULL) {
    kd_fft_ma_pair(field[0], field[1], r->fft[v], seed, stream_of(v), at / 2, r->work[worker]);
  } else if (r->width == KD_SEQUENTIAL_LANES) {
    double *z = (double *)(((uintptr_t)r->work[worker] + 63) & ~(uintptr_t)63);
    kd_sequential_eight(z, r->sequential[v], seed, stream_of(v), at);
    for (size_t strip = 0; strip < self->nodes; strip += STRIP)
      for (size_t k = 0; k < KD_SEQUENTIAL_LANES; k++)
        for (size_t i = strip; i < self->nodes && i < strip + STRIP; i++) field[k][i] = z[i * KD_SEQUENTIAL_LANES + k];
  } else {
    kd_sequential_one(field[0], r->sequential[v], seed, stream_of(v), at);
  }
  return KD_OK;
}

/* y = m + B f for a strip of nodes; out and in: [n][STRIP]. */
KD_CLONES static void back_linear(double *restrict out, const double *restrict in, const kd_factors *linear) {
  const size_t n = linear->n;
  for (size_t v = 0; v < n; v++) {
    double *to = out + v * STRIP;
    for (size_t i = 0; i < STRIP; i++) to[i] = linear->mean[v];
    for (size_t k = 0; k < n; k++) {
      const double b = linear->back[v * n + k];
      const double *from = in + k * STRIP;
      for (size_t i = 0; i < STRIP; i++) to[i] += b * from[i];
    }
  }
}

/* Equation (3) for a strip of one realisation; chunk = realisation and strip. */
static kd_status bring_back(size_t chunk, size_t worker, void *user, kd_error *err) {
  const run *r = user;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables, strips = (self->nodes + 64 * STRIP - 1) / (64 * STRIP);
  const size_t k = chunk / strips, from = chunk % strips * 64 * STRIP;
  double *in = r->work[worker], *out = in + n * STRIP;
  (void)err;
  for (size_t start = from; start < from + 64 * STRIP && start < self->nodes; start += STRIP) {
    const size_t count = self->nodes - start < STRIP ? self->nodes - start : STRIP;
    for (size_t v = 0; v < n; v++) memcpy(in + v * STRIP, r->field[v * r->batch + k] + start, count * sizeof *in);
    const double *y = in;
    if (self->spec.transform == KD_TRANSFORM_PPMT) {
      double *one = out, *work = out + n;
      for (size_t i = 0; i < count; i++) {
        for (size_t v = 0; v < n; v++) one[v] = in[v * STRIP + i];
        kd_ppmt_back(one, &self->ppmt, one, work);
        for (size_t v = 0; v < n; v++) r->field[v * r->batch + k][start + i] = one[v];
      }
      continue;
    }
    if (self->spec.transform != KD_TRANSFORM_SCORES) {
      back_linear(out, in, &self->linear);
      y = out;
    }
    for (size_t v = 0; v < n; v++)
      kd_normal_score_back_many(r->field[v * r->batch + k] + start, &self->score[v], y + v * STRIP, count);
  }
  return KD_OK;
}

/* Data are values, not what their factors come back to: the same but for rounding. */
static void restore_data(const run *r, size_t k) {
  const kd_simulation *self = r->sim;
  for (size_t v = 0; v < self->spec.variables; v++)
    for (size_t i = 0; i < self->placed.count; i++)
      r->field[v * r->batch + k][self->placed.node[i]] = self->value[v][self->placed.row[i]];
}

static kd_status reserve(run *r, size_t threads, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables, back = 2 * n * STRIP + 2 * n;
  if (r->work_size < back) r->work_size = back;
  for (size_t i = 0; i < n * r->batch; i++) {
    r->field[i] = kd_alloc(self->ctx, self->nodes, sizeof(double));
    KD_CHECK(r->field[i] != NULL, err, KD_E_NOMEM, "out of memory for %zu fields of %zu nodes", n * r->batch,
             self->nodes);
  }
  for (size_t t = 0; t < threads; t++) {
    r->work[t] = kd_alloc(self->ctx, r->work_size, sizeof(double));
    KD_CHECK(r->work[t] != NULL, err, KD_E_NOMEM, "out of memory for %zu numbers", r->work_size);
  }
out:
  return status;
}

/* One batch from simulated factors to the caller. */
static kd_status deliver(run *r, size_t first, size_t count, kd_pool *pool, kd_realisation_fn *each, void *user,
                         kd_reproduction *check, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables, strips = (self->nodes + 64 * STRIP - 1) / (64 * STRIP);
  const double *list[1000];
  KD_TRY(kd_pool_run(pool, n * (r->batch / r->width), simulate_factor, r, err));
  for (size_t k = 0; k < r->batch && check != NULL; k++) {
    if (r->first + k < first || r->first + k >= first + count) continue;
    for (size_t v = 0; v < n; v++) list[v] = r->field[v * r->batch + k];
    kd_reproduction_add_factors(check, list);
  }
  if (self->spec.transform != KD_TRANSFORM_NONE) KD_TRY(kd_pool_run(pool, r->batch * strips, bring_back, r, err));
  for (size_t k = 0; k < r->batch; k++) {
    if (r->first + k < first || r->first + k >= first + count) continue;
    restore_data(r, k);
    for (size_t v = 0; v < n; v++) list[v] = r->field[v * r->batch + k];
    if (check != NULL) kd_reproduction_add_values(check, list);
    if (each != NULL) KD_TRY(each(r->first + k, list, self->nodes, user, err));
  }
out:
  return status;
}

kd_status kd_simulation_run(kd_simulation *self, const kd_covariance *models, size_t first, size_t count, kd_pool *pool,
                            kd_realisation_fn *each, void *user, kd_reproduction *check, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->spec.variables, threads = kd_pool_threads(pool);
  const bool by_fft = self->spec.method == KD_SIMULATE_FFT;
  run r = {.sim = self, .models = models};
  /* Eight at a time where they fit into some 512 MiB; a pair for each transform. */
  const bool lanes = (double)self->nodes * (double)(n + threads) * 64 < 0x1p29 && count > 1;
  r.width = by_fft ? 2 : lanes ? KD_SEQUENTIAL_LANES : 1;
  r.batch = n >= threads ? r.width : r.width * ((threads + n - 1) / n);
  if (by_fft)
    r.fft = kd_alloc(self->ctx, n, sizeof *r.fft);
  else
    r.sequential = kd_alloc(self->ctx, n, sizeof *r.sequential);
  r.field = kd_alloc(self->ctx, n * r.batch, sizeof *r.field);
  r.work = kd_alloc(self->ctx, threads, sizeof *r.work);
  KD_CHECK((r.fft || r.sequential) && r.field && r.work, err, KD_E_NOMEM, "out of memory");
  KD_TRY(make_engines(&r, pool, err));
  KD_TRY(reserve(&r, threads, err));
  if (check != NULL)
    KD_TRY(kd_reproduction_open(check, &self->spec.grid, n, (const double *const *)self->value, self->weight,
                                self->rows, models, self->arena, err));
  for (r.first = first / r.batch * r.batch; r.first < first + count; r.first += r.batch)
    KD_TRY(deliver(&r, first, count, pool, each, user, check, err));
  if (check != NULL) kd_reproduction_close(check);
out:
  for (size_t v = 0; v < n; v++) {
    if (r.sequential != NULL) kd_sequential_destroy(&r.sequential[v]);
    if (r.fft != NULL) kd_fft_ma_destroy(&r.fft[v]);
  }
  for (size_t i = 0; r.field != NULL && i < n * r.batch; i++) kd_free(self->ctx, r.field[i]);
  for (size_t t = 0; r.work != NULL && t < threads; t++) kd_free(self->ctx, r.work[t]);
  kd_free(self->ctx, r.sequential);
  kd_free(self->ctx, (void *)r.fft);
  kd_free(self->ctx, (void *)r.field);
  kd_free(self->ctx, (void *)r.work);
  return status;
}
