// SPDX-License-Identifier: Apache-2.0
/* Realisations of a simulation that was created: factors simulated, brought back, handed over.
 *
 * A batch is what the threads need to be busy: some realisations of every factor. A task makes `width` of them for one
 * factor (a pair of one transform, or eight side by side), then strips of nodes are brought back. With parameters drawn
 * anew a task has its own engine, and each realisation its own transforms and so its own scores at the data. Factors
 * of the same model share an engine.
 */
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "deposit/simulation_internal.h"
#include "numerics/simd.h"

#define STRIP 256 /* nodes brought back at a time */

/* Room that each thread must have; a transform of a drawn model may need more than the one before. */
static kd_status make_room(kd_batch *r, size_t threads, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables;
  size_t size = 2 * n * STRIP + 2 * n;
  if (self->spec.method == KD_SIMULATE_SEQUENTIAL && r->width == KD_SEQUENTIAL_LANES &&
      size < self->nodes * KD_SEQUENTIAL_LANES + 8)
    size = self->nodes * KD_SEQUENTIAL_LANES + 8;
  for (size_t i = 0; i < n * r->engines; i++) {
    const size_t wanted = r->engine[i].fft != NULL ? kd_fft_ma_work(r->engine[i].fft) : 0;
    size = wanted > size ? wanted : size;
  }
  for (size_t t = 0; t < threads && size > r->work_size; t++) {
    kd_free(self->ctx, r->work[t]);
    r->work[t] = kd_alloc(self->ctx, size, sizeof(double));
    KD_CHECK(r->work[t] != NULL, err, KD_E_NOMEM, "out of memory for %zu numbers", size);
  }
  if (size > r->work_size) r->work_size = size;
out:
  return status;
}

/* --- fields ----------------------------------------------------------------------------------------------------- */

static const double *data_of(const kd_batch *r, size_t v, size_t k) {
  return r->drawn != NULL ? r->drawn[k].at_node[v] : r->sim->at_node[v];
}

/* One task: `width` realisations of one factor. */
static kd_status simulate_factor(size_t chunk, size_t worker, void *user, kd_error *err) {
  const kd_batch *r = user;
  const kd_simulation *self = r->sim;
  const size_t v = chunk / r->tasks, task = chunk % r->tasks, start = task * r->width;
  const kd_engine *e = kd_batch_engine(r, v, task);
  double **field = r->field + v * r->batch + start;
  const uint64_t seed = self->spec.seed, at = r->first + start;
  const uint32_t stream = kd_batch_stream("factor", v);
  (void)err;
  if (e->fft != NULL) {
    kd_fft_ma_pair_at(field[0], field[1], e->fft, data_of(r, v, start), data_of(r, v, start + 1), seed, stream, at / 2,
                      r->work[worker]);
  } else if (r->width == KD_SEQUENTIAL_LANES) {
    const double *value[KD_SEQUENTIAL_LANES];
    double *z = (double *)(((uintptr_t)r->work[worker] + 63) & ~(uintptr_t)63);
    for (size_t k = 0; k < KD_SEQUENTIAL_LANES; k++) value[k] = data_of(r, v, start + k);
    kd_sequential_eight_at(z, e->sequential, value, seed, stream, at);
    for (size_t strip = 0; strip < self->nodes; strip += STRIP)
      for (size_t k = 0; k < KD_SEQUENTIAL_LANES; k++)
        for (size_t i = strip; i < self->nodes && i < strip + STRIP; i++) field[k][i] = z[i * KD_SEQUENTIAL_LANES + k];
  } else {
    kd_sequential_one_at(field[0], e->sequential, data_of(r, v, start), seed, stream, at);
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
  const kd_batch *r = user;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables, strips = (self->nodes + 64 * STRIP - 1) / (64 * STRIP);
  const size_t k = chunk / strips, from = chunk % strips * 64 * STRIP;
  const kd_normal_score *score = r->drawn != NULL ? r->drawn[k].score : self->score;
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
      kd_normal_score_back_many(r->field[v * r->batch + k] + start, &score[v], y + v * STRIP, count);
  }
  return KD_OK;
}

/* Data are values, not what their factors come back to: the same but for rounding. */
static void restore_data(const kd_batch *r, size_t k) {
  const kd_simulation *self = r->sim;
  for (size_t v = 0; v < self->spec.variables; v++) {
    for (size_t i = 0; i < self->placed.count; i++) {
      const double value = self->value[v][self->placed.row[i]];
      if (!isnan(value)) r->field[v * r->batch + k][self->placed.node[i]] = value;
    }
  }
}

/* --- run -------------------------------------------------------------------------------------------------------- */

/* One batch from simulated factors to the caller. */
static kd_status deliver(kd_batch *r, size_t first, size_t count, kd_pool *pool, kd_realisation_fn *each, void *user,
                         kd_reproduction *check, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables, strips = (self->nodes + 64 * STRIP - 1) / (64 * STRIP);
  const double *list[1000];
  if (r->drawn != NULL) KD_TRY(kd_pool_run(pool, r->batch, kd_batch_data, r, err));
  KD_TRY(kd_pool_run(pool, n * r->tasks, simulate_factor, r, err));
  for (size_t k = 0; k < r->batch && check != NULL; k++) {
    if (r->first + k < first || r->first + k >= first + count) continue;
    for (size_t v = 0; v < n; v++) list[v] = r->field[v * r->batch + k];
    kd_reproduction_add_factors(check, list, pool);
  }
  if (self->spec.transform != KD_TRANSFORM_NONE) KD_TRY(kd_pool_run(pool, r->batch * strips, bring_back, r, err));
  for (size_t k = 0; k < r->batch; k++) {
    if (r->first + k < first || r->first + k >= first + count) continue;
    restore_data(r, k);
    for (size_t v = 0; v < n; v++) list[v] = r->field[v * r->batch + k];
    if (check != NULL) kd_reproduction_add_values(check, list, pool);
    if (each != NULL) KD_TRY(each(r->first + k, list, self->nodes, user, err));
  }
out:
  return status;
}

/* Widths, batch and all arrays. */
static kd_status open_run(kd_batch *r, size_t count, size_t threads, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables;
  const bool draws = self->spec.draw_variogram;
  /* Eight at a time where they fit into some 512 MiB; a pair for each transform. */
  const bool lanes = (double)self->nodes * (double)(n + threads) * 64 < 0x1p29 && count > 1;
  r->width = self->spec.method == KD_SIMULATE_FFT ? 2 : lanes ? KD_SEQUENTIAL_LANES : 1;
  r->tasks = n >= threads ? 1 : (threads + n - 1) / n;
  r->batch = r->width * r->tasks;
  r->engines = draws ? r->tasks : 1;
  r->engine = kd_alloc(self->ctx, n * r->engines, sizeof *r->engine);
  r->shares = kd_alloc(self->ctx, n, sizeof *r->shares);
  r->field = kd_alloc(self->ctx, n * r->batch, sizeof *r->field);
  r->work = kd_alloc(self->ctx, threads, sizeof *r->work);
  KD_CHECK(r->engine && r->shares && r->field && r->work, err, KD_E_NOMEM, "out of memory");
  for (size_t v = 0; v < n; v++) {
    r->shares[v] = v;
    for (size_t u = v; u-- > 0 && !draws;)
      if (memcmp(&r->models[u], &r->models[v], sizeof r->models[v]) == 0) r->shares[v] = r->shares[u];
  }
  if (draws) {
    r->posterior = kd_alloc(self->ctx, n, sizeof *r->posterior);
    KD_CHECK(r->posterior != NULL, err, KD_E_NOMEM, "out of memory");
  }
  if (self->spec.draw_histogram || self->spec.impute) {
    r->drawn = kd_alloc(self->ctx, r->batch, sizeof *r->drawn);
    KD_CHECK(r->drawn != NULL, err, KD_E_NOMEM, "out of memory");
    for (size_t k = 0; k < r->batch; k++) KD_TRY(kd_arena_create(&r->drawn[k].arena, self->ctx));
  }
  for (size_t i = 0; i < n * r->batch; i++) {
    r->field[i] = kd_alloc(self->ctx, self->nodes, sizeof(double));
    KD_CHECK(r->field[i] != NULL, err, KD_E_NOMEM, "out of memory for %zu fields of %zu nodes", n * r->batch,
             self->nodes);
  }
out:
  return status;
}

static void close_run(kd_batch *r, size_t threads) {
  kd_context *ctx = r->sim->ctx;
  const size_t n = r->sim->spec.variables;
  for (size_t i = 0; r->engine != NULL && i < n * r->engines; i++) kd_engine_close(&r->engine[i]);
  for (size_t k = 0; r->drawn != NULL && k < r->batch; k++) kd_arena_destroy(&r->drawn[k].arena);
  for (size_t i = 0; r->field != NULL && i < n * r->batch; i++) kd_free(ctx, r->field[i]);
  for (size_t t = 0; r->work != NULL && t < threads; t++) kd_free(ctx, r->work[t]);
  kd_free(ctx, r->engine);
  kd_free(ctx, r->shares);
  kd_free(ctx, r->posterior);
  kd_free(ctx, r->drawn);
  kd_free(ctx, (void *)r->field);
  kd_free(ctx, (void *)r->work);
}

kd_status kd_simulation_run(kd_simulation *self, const kd_covariance *models, size_t first, size_t count, kd_pool *pool,
                            kd_realisation_fn *each, void *user, kd_reproduction *check, kd_error *err) {
  kd_status status = KD_OK;
  const size_t threads = kd_pool_threads(pool);
  kd_batch r = {.sim = self, .models = models};
  KD_TRY(open_run(&r, count, threads, err));
  if (r.posterior != NULL) KD_TRY(kd_pool_run(pool, self->spec.variables, kd_batch_posterior, &r, err));
  if (self->spec.impute) {
    const kd_sites sites = kd_batch_sites(self);
    KD_TRY(kd_imputation_prepare(&r.imputation, (const double *const *)self->y, self->spec.variables, &sites,
                                 self->spec.transform == KD_TRANSFORM_SCORES ? NULL : &self->linear, models,
                                 self->arena, err));
  }
  if (check != NULL)
    KD_TRY(kd_reproduction_open(check, &self->spec.grid, self->spec.variables, (const double *const *)self->value,
                                self->weight, self->rows, models, self->arena, err));
  if (check != NULL)
    KD_TRY(kd_reproduction_want_cross(check, (const double *const *)self->place, (const double *const *)self->value,
                                      self->whole, self->arena, err));
  for (r.first = first / r.batch * r.batch; r.first < first + count; r.first += r.batch) {
    KD_TRY(kd_batch_engines(&r, pool, err));
    KD_TRY(make_room(&r, threads, err));
    KD_TRY(deliver(&r, first, count, pool, each, user, check, err));
  }
  if (check != NULL) kd_reproduction_close(check);
out:
  close_run(&r, threads);
  return status;
}
