// SPDX-License-Identifier: Apache-2.0
/* What a batch of realisations needs before its fields: an engine for each factor, and, where histograms are drawn or
 * gaps filled, the data of each realisation. */
#include <math.h>
#include <stdio.h>

#include "base/context.h"
#include "base/error.h"
#include "base/random.h"
#include "deposit/simulation_internal.h"

/* --- engines ---------------------------------------------------------------------------------------------------- */

uint32_t kd_batch_stream(const char *what, size_t v) {
  char name[64];
  snprintf(name, sizeof name, "deposit.simulation.%s_%zu", what, v + 1);
  return kd_stream_id(name);
}

kd_sites kd_batch_sites(const kd_simulation *self) {
  return (kd_sites){self->rows, self->place[0], self->place[1], self->place[2]};
}

kd_engine *kd_batch_engine(const kd_batch *r, size_t v, size_t task) {
  return &r->engine[r->shares[v] * r->engines + task % r->engines];
}

/* Realisations that share a drawn variogram. */
static uint64_t group_of(const kd_batch *r, uint64_t realisation) {
  return realisation / (r->sim->spec.method == KD_SIMULATE_FFT ? 2 : KD_SEQUENTIAL_LANES);
}

void kd_engine_close(kd_engine *e) {
  kd_sequential_destroy(&e->sequential);
  kd_fft_ma_destroy(&e->fft);
  kd_arena_destroy(&e->arena);
}

/* The engine by transform; what a histogram is drawn from. */
static kd_status make_fft(kd_engine *e, const kd_batch *r, size_t v, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  KD_TRY(kd_fft_ma_create(&e->fft, self->ctx, &self->spec.grid, &e->model, &self->placed, self->at_node[v],
                          self->spec.tolerance, err));
  kd_fft_ma_trim(e->fft);
out:
  return status;
}

static kd_status make_sampler(kd_engine *e, const kd_batch *r, kd_error *err) {
  kd_status status = KD_OK;
  if (!r->sim->spec.draw_histogram) return status;
  const kd_sites sites = kd_batch_sites(r->sim);
  if (e->arena == NULL) KD_TRY(kd_arena_create(&e->arena, r->sim->ctx));
  kd_arena_reset(e->arena);
  KD_TRY(kd_score_sampler_prepare(&e->sampler, &e->model, &sites, e->arena, err));
out:
  return status;
}

/* Chunk v: the engine of factor v that all tasks use. */
static kd_status make_shared(size_t v, size_t worker, void *user, kd_error *err) {
  kd_batch *r = user;
  kd_status status = KD_OK;
  kd_engine *e = &r->engine[v];
  (void)worker;
  if (r->shares[v] != v) return status;
  e->model = r->models[v];
  if (r->sim->spec.method == KD_SIMULATE_FFT) KD_TRY(make_fft(e, r, v, err));
  KD_TRY(make_sampler(e, r, err));
out:
  if (status != KD_OK) kd_error_context(err, "factor %zu: ", v + 1);
  return status;
}

kd_status kd_batch_posterior(size_t v, size_t worker, void *user, kd_error *err) {
  kd_batch *r = user;
  kd_status status = KD_OK;
  kd_arena *arena = NULL;
  kd_sites sites = kd_batch_sites(r->sim);
  (void)worker;
  sites.count = r->sim->whole;
  KD_TRY(kd_arena_create(&arena, r->sim->ctx));
  KD_TRY(kd_variogram_posterior_find(&r->posterior[v], &r->models[v], &sites, r->sim->factor[v], arena, err));
out:
  kd_arena_destroy(&arena);
  if (status != KD_OK) kd_error_context(err, "factor %zu: ", v + 1);
  return status;
}

/* Chunk: factor and task; the engine of a variogram drawn anew. */
static kd_status make_drawn(size_t chunk, size_t worker, void *user, kd_error *err) {
  kd_batch *r = user;
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t v = chunk / r->engines, task = chunk % r->engines;
  const uint64_t group = group_of(r, r->first + task * r->width);
  kd_engine *e = &r->engine[chunk];
  kd_stream rng;
  (void)worker;
  if (e->group == group + 1) return status;
  kd_sequential_destroy(&e->sequential);
  kd_fft_ma_destroy(&e->fft);
  e->group = group + 1;
  kd_stream_start(&rng, self->spec.seed, kd_batch_stream("variogram", v), group);
  const double pick = kd_stream_uniform(&rng), nugget = kd_stream_uniform(&rng), range = kd_stream_uniform(&rng);
  kd_variogram_posterior_draw(&e->model, &r->posterior[v], pick, nugget, range);
  if (self->spec.method == KD_SIMULATE_FFT) KD_TRY(make_fft(e, r, v, err));
  KD_TRY(make_sampler(e, r, err));
out:
  if (status != KD_OK) kd_error_context(err, "factor %zu: ", v + 1);
  return status;
}

/* Engines node by node: each by all threads. */
static kd_status make_sequential(kd_batch *r, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  for (size_t i = 0; i < self->spec.variables * r->engines && self->spec.method == KD_SIMULATE_SEQUENTIAL; i++) {
    const size_t v = i / r->engines;
    if (r->shares[v] != v || r->engine[i].sequential != NULL) continue;
    status = kd_sequential_create(&r->engine[i].sequential, self->ctx, &self->spec.grid, &r->engine[i].model,
                                  &self->placed, self->at_node[v], &self->spec.search, pool, err);
    if (status != KD_OK) kd_error_context(err, "factor %zu: ", v + 1);
    KD_TRY(status);
  }
out:
  return status;
}

/* Engines of this batch. */
kd_status kd_batch_engines(kd_batch *r, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = r->sim->spec.variables;
  if (r->posterior != NULL)
    KD_TRY(kd_pool_run(pool, n * r->engines, make_drawn, r, err));
  else if (r->engine[0].model.count == 0)
    KD_TRY(kd_pool_run(pool, n, make_shared, r, err));
  KD_TRY(make_sequential(r, pool, err));
out:
  return status;
}

/* --- data of one realisation ------------------------------------------------------------------------------------ */

/* Histograms of one realisation from another sample at the same places. */
static kd_status draw_histograms(const kd_batch *r, size_t k, kd_error *err) {
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables;
  const bool linear = self->spec.transform != KD_TRANSFORM_SCORES;
  kd_drawn_data *d = &r->drawn[k];
  const kd_score_sampler **sampler = kd_arena_alloc(d->arena, n, sizeof *sampler);
  uint32_t *stream = kd_arena_alloc(d->arena, n, sizeof *stream);
  kd_normal_score *score = kd_arena_alloc(d->arena, n, sizeof *score);
  KD_CHECK(score && sampler && stream, err, KD_E_NOMEM, "out of memory for %zu histograms", n);
  for (size_t v = 0; v < n; v++) {
    sampler[v] = &kd_batch_engine(r, v, k / r->width)->sampler;
    stream[v] = kd_batch_stream("histogram", v);
  }
  const kd_histograms histograms = {.variables = n,
                                    .factors = n,
                                    .count = self->rows,
                                    .value = (const double *const *)self->value,
                                    .weight = self->weight,
                                    .given = self->score,
                                    .mean = linear ? self->linear.mean : NULL,
                                    .back = linear ? self->linear.back : NULL,
                                    .sampler = sampler,
                                    .stream = stream};
  KD_TRY(kd_histograms_draw(score, &histograms, self->spec.seed, r->first + k, d->arena, err));
  d->score = score;
out:
  return status;
}

/* Chunk k: what the data of one realisation are worth: scores by its histograms, gaps filled, factors on the nodes. */
kd_status kd_batch_data(size_t k, size_t worker, void *user, kd_error *err) {
  const kd_batch *r = user;
  kd_status status = KD_OK;
  const kd_simulation *self = r->sim;
  const size_t n = self->spec.variables, rows = self->rows;
  kd_drawn_data *d = &r->drawn[k];
  double **y = NULL;
  (void)worker;
  kd_arena_reset(d->arena);
  d->score = self->score;
  KD_TRY(kd_simulation_columns(&y, n, rows, d->arena, err));
  KD_TRY(kd_simulation_columns(&d->at_node, n, self->placed.count, d->arena, err));
  if (self->spec.draw_histogram) KD_TRY(draw_histograms(r, k, err));
  for (size_t v = 0; v < n; v++)
    for (size_t i = 0; i < rows; i++)
      y[v][i] = self->spec.draw_histogram ? kd_histogram_score(&d->score[v], self->value[v][i]) : self->y[v][i];
  if (self->spec.impute) {
    uint32_t *stream = kd_arena_alloc(d->arena, n, sizeof *stream);
    KD_CHECK(stream != NULL, err, KD_E_NOMEM, "out of memory for %zu variables", n);
    for (size_t v = 0; v < n; v++) stream[v] = kd_batch_stream("imputation", v);
    KD_TRY(kd_imputation_draw(y, &r->imputation, self->spec.seed, stream, r->first + k, d->arena, err));
  }
  double *in = kd_arena_alloc(d->arena, n, sizeof *in), *out = kd_arena_alloc(d->arena, n, sizeof *out);
  KD_CHECK(in && out, err, KD_E_NOMEM, "out of memory for %zu variables", n);
  for (size_t i = 0; i < self->placed.count; i++) {
    for (size_t v = 0; v < n; v++) in[v] = out[v] = y[v][self->placed.row[i]];
    if (self->spec.transform != KD_TRANSFORM_SCORES) kd_factors_forward(out, &self->linear, in);
    for (size_t v = 0; v < n; v++) d->at_node[v][i] = out[v];
  }
out:
  return status;
}
