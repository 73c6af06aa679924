// SPDX-License-Identifier: Apache-2.0
/* Sequential Gaussian simulation.
 *
 *   z_p = sum_i w_pi z_i + sd_p e_p          nodes p in the order of the path, i before p                 (1)
 *
 *   w, sd  simple kriging of node p from its nearest neighbours (sequential_system.c): data, and nodes before it
 *   e_p    standard normal, number p of (seed, stream, realisation): the same whatever the path
 *
 * Neighbours are the ones of the largest covariance with the node; equal ones in a fixed order. Nodes of the same place
 * in the pattern of the path (multigrid_path.c) share one system, where neither the edge of the grid nor a datum comes
 * between; the others have their own. All systems are solved once, in any order, then applied to every realisation.
 *
 * Structures that are long across each other take a path each: sequential_split.c.
 *
 * Source    Johnson 1987; Deutsch and Journel 1998, GSLIB, section V.2.3; Nussbaumer et al. 2018 (constant path).
 * Weakness  exact with all nodes as neighbours; with some 24 of them the covariance at long lags is a little off:
 *           reproduction.c says how much. Data stand on nodes.
 */
#include "deposit/sequential_internal.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "numerics/normals.h"
#include "numerics/simd.h"

#define CHUNK 4096 /* places of the path in one task */

void kd_sequential_destroy(kd_sequential **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  for (size_t g = 0; (*self)->split != NULL && g < (*self)->split->parts; g++)
    kd_sequential_destroy(&(*self)->split->part[g]);
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}

size_t kd_sequential_systems(const kd_sequential *self) {
  return self->systems;
}

size_t kd_sequential_places(const kd_sequential *self) {
  return self->places;
}

/* --- systems ---------------------------------------------------------------------------------------------------- */

/* Room of one worker: eight stencils and the matrices. */
static size_t work_size(size_t neighbours) {
  return 8 * neighbours * 3 + kd_stencil_work(neighbours) + 64;
}

static double *take_stencils(kd_stencil s[8], double *work, size_t neighbours) {
  for (size_t k = 0; k < 8; k++) {
    s[k] = (kd_stencil){.c = work + k * neighbours,
                        .lag = (int32_t(*)[3])(void *)(work + 8 * neighbours + 2 * k * neighbours)};
  }
  return work + 24 * neighbours;
}

static void store_systems(kd_sequential *self, const kd_stencil s[8], const size_t slot[8], size_t count,
                          double *work) {
  double *weight[8] = {NULL}, sd[8];
  for (size_t k = 0; k < count; k++) weight[k] = self->weight + slot[k] * self->neighbours;
  kd_stencil_solve(weight, sd, s, count, &self->lags, work);
  for (size_t k = 0; k < count; k++) {
    self->sd[slot[k]] = sd[k];
    self->count[slot[k]] = (uint16_t)s[k].count;
    for (size_t i = 0; i < s[k].count; i++) {
      const int64_t row = (int64_t)s[k].lag[i][2] * (int64_t)self->grid.n[1] + s[k].lag[i][1];
      self->jump[slot[k] * self->neighbours + i] = (int32_t)(row * (int64_t)self->grid.n[0] + s[k].lag[i][0]);
    }
  }
}

/* Does a level have nodes enough for shared systems to save any work? */
static bool is_shared(const kd_sequential *self, int level) {
  size_t nodes = 1;
  for (int a = 0; a < 3; a++) nodes *= ((self->grid.n[a] - 1) >> level) + 1;
  return nodes > 2 * self->classes;
}

/* Eight classes of one level. */
static kd_status solve_classes(size_t chunk, size_t worker, void *user, kd_error *err) {
  kd_sequential *self = user;
  kd_stencil s[8];
  size_t slot[8], count = 0;
  (void)err;
  double *work = take_stencils(s, self->work[worker], self->neighbours);
  for (size_t at = chunk * 8; at < chunk * 8 + 8 && at < self->classes * (size_t)self->path.levels; at++) {
    const int level = (int)(at / self->classes);
    int32_t u[3];
    kd_path_pattern *p = &self->patterns[at];
    if (!is_shared(self, level)) continue;
    kd_path_class_index(u, &self->path, at % self->classes);
    if (level < self->path.levels - 1 && ((u[0] | u[1] | u[2]) & 1) == 0) continue; /* of a coarser level */
    (void)kd_neighbours_nodes(&s[count], self, level, u, true);
    *p = (kd_path_pattern){.known = s[count].count == self->neighbours};
    if (p->known) p->last = fabs(s[count].c[self->neighbours - 1]);
    for (size_t i = 0; i < s[count].count; i++) {
      for (int a = 0; a < 3; a++) {
        const int32_t d = s[count].lag[i][a] / (1 << level);
        p->low[a] = d < p->low[a] ? d : p->low[a];
        p->high[a] = d > p->high[a] ? d : p->high[a];
      }
    }
    slot[count++] = at;
  }
  store_systems(self, s, slot, count, work);
  return KD_OK;
}

/* Eight places with systems of their own. */
static kd_status solve_own(size_t chunk, size_t worker, void *user, kd_error *err) {
  kd_sequential *self = user;
  kd_stencil s[8];
  (void)err;
  double *work = take_stencils(s, self->work[worker], self->neighbours);
  const size_t shared = self->classes * (size_t)self->path.levels, own = self->systems - shared;
  for (size_t start = chunk * 64; start < chunk * 64 + 64 && start < own; start += 8) {
    size_t slot[8], count = 0;
    for (; count < 8 && start + count < own; count++) {
      int32_t at[3], u[3], box[3];
      kd_node_index(at, &self->grid, self->order[self->own[start + count]]);
      const int level = kd_path_level(&self->path, at);
      for (int a = 0; a < 3; a++) u[a] = at[a] >> level;
      const size_t looked = kd_neighbours_nodes(&s[count], self, level, u, false);
      kd_neighbours_box(box, self, level, looked, s[count].count == self->neighbours);
      if (self->data > 0) kd_neighbours_data(&s[count], self, at, box);
      slot[count] = shared + start + count;
    }
    store_systems(self, s, slot, count, work);
  }
  return KD_OK;
}

/* Which places share a system: those away from edges and data. Places of one chunk; use = UINT32_MAX: its own. */
static kd_status classify(size_t chunk, size_t worker, void *user, kd_error *err) {
  kd_sequential *self = user;
  (void)worker;
  (void)err;
  for (size_t p = chunk * CHUNK; p < (chunk + 1) * CHUNK && p < self->places; p++) {
    int32_t at[3], u[3];
    const uint32_t node = self->order[p];
    kd_node_index(at, &self->grid, node);
    const int level = kd_path_level(&self->path, at);
    for (int a = 0; a < 3; a++) u[a] = at[a] >> level;
    const size_t slot = (size_t)level * self->classes + kd_path_class(&self->path, u);
    const kd_path_pattern *t = &self->patterns[slot];
    bool clean = t->known;
    for (int a = 0; a < 3; a++)
      clean = clean && u[a] + t->low[a] >= 0 && ((int64_t)(u[a] + t->high[a]) << level) < (int64_t)self->grid.n[a];
    if (clean && self->mark[node] != 0) clean = !kd_neighbours_touch(self, t, level, at);
    self->use[p] = clean ? (uint32_t)slot : UINT32_MAX;
  }
  return KD_OK;
}

/* --- preparing -------------------------------------------------------------------------------------------------- */

static kd_status check(const kd_simulation_grid *grid, const kd_covariance *model, const kd_sequential_options *o,
                       kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(kd_simulation_grid_check(grid, err));
  KD_CHECK(model->count > 0, err, KD_E_MISSING, "the model of the variogram has no structure");
  KD_CHECK(model->has_sill && model->sill > 0, err, KD_E_MODEL,
           "a simulation wants a model with a sill above 0: power, linear, logarithmic and spline have none");
  KD_CHECK(o->neighbours >= 1 && o->neighbours <= 2000, err, KD_E_RANGE, "%zu neighbours: must be between 1 and 2000",
           o->neighbours);
  KD_CHECK(isnan(o->radius) || o->radius > 0, err, KD_E_RANGE, "radius %g m: must be above 0 m", o->radius);
out:
  return status;
}

static kd_status reserve(kd_sequential *self, size_t systems, kd_error *err) {
  kd_status status = KD_OK;
  self->systems = systems;
  self->jump = kd_arena_alloc(self->arena, systems * self->neighbours, sizeof *self->jump);
  self->weight = kd_arena_alloc(self->arena, systems * self->neighbours, sizeof *self->weight);
  self->sd = kd_arena_alloc(self->arena, systems, sizeof *self->sd);
  self->count = kd_arena_alloc(self->arena, systems, sizeof *self->count);
  KD_CHECK(self->jump && self->weight && self->sd && self->count, err, KD_E_NOMEM,
           "out of memory for %zu systems of %zu neighbours", systems, self->neighbours);
out:
  return status;
}

/* Solves the shared systems, finds who shares, then solves the rest. */
static kd_status solve_all(kd_sequential *self, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  const size_t shared = self->classes * (size_t)self->path.levels;
  const int32_t *jump;
  const double *weight, *sd;
  const uint16_t *count;
  size_t own = 0;
  KD_TRY(reserve(self, shared, err));
  KD_TRY(kd_pool_run(pool, (shared + 7) / 8, solve_classes, self, err));
  kd_sequential_mark(self);
  KD_TRY(kd_pool_run(pool, (self->places + CHUNK - 1) / CHUNK, classify, self, err));
  for (size_t p = 0; p < self->places; p++) own += self->use[p] == UINT32_MAX ? 1 : 0;
  self->own = kd_arena_alloc(self->arena, own + 1, sizeof *self->own);
  KD_CHECK(self->own != NULL, err, KD_E_NOMEM, "out of memory for %zu places", own);
  own = 0;
  for (size_t p = 0; p < self->places; p++) {
    if (self->use[p] != UINT32_MAX) continue;
    self->own[own] = (uint32_t)p;
    self->use[p] = (uint32_t)(shared + own++);
  }
  jump = self->jump;
  weight = self->weight;
  sd = self->sd;
  count = self->count;
  KD_TRY(reserve(self, shared + own, err));
  memcpy(self->jump, jump, shared * self->neighbours * sizeof *self->jump);
  memcpy(self->weight, weight, shared * self->neighbours * sizeof *self->weight);
  memcpy(self->sd, sd, shared * sizeof *self->sd);
  memcpy(self->count, count, shared * sizeof *self->count);
  KD_TRY(kd_pool_run(pool, (own + 63) / 64, solve_own, self, err));
out:
  return status;
}

/* Engines of the parts of a model that no one path takes. */
static kd_status split(kd_sequential *self, const kd_covariance *part, size_t parts, const kd_node_data *data,
                       const double *value, const kd_sequential_options *options, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  self->split = kd_arena_alloc(self->arena, 1, sizeof *self->split);
  KD_CHECK(self->split != NULL, err, KD_E_NOMEM, "out of memory");
  *self->split = (kd_sequential_split){
      .ctx = self->ctx, .parts = parts, .nodes = self->nodes, .lags = &self->lags, .grid = &self->grid};
  for (size_t g = 0; g < parts; g++) {
    KD_TRY(
        kd_sequential_create(&self->split->part[g], self->ctx, &self->grid, &part[g], NULL, NULL, options, pool, err));
    self->systems += self->split->part[g]->systems;
    self->places += self->split->part[g]->places;
  }
  KD_TRY(kd_split_take(self->split, data, value, self->arena, err));
out:
  return status;
}

kd_status kd_sequential_create(kd_sequential **out, kd_context *ctx, const kd_simulation_grid *grid,
                               const kd_covariance *model, const kd_node_data *data, const double *value,
                               const kd_sequential_options *options, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  kd_sequential *self = NULL;
  const size_t threads = kd_pool_threads(pool);
  kd_covariance part[KD_STRUCTURES_MAX];
  *out = NULL;
  KD_TRY(check(grid, model, options, err));
  self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "out of memory");
  self->ctx = ctx;
  KD_CHECK(kd_arena_create(&self->arena, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  self->grid = *grid;
  self->model = *model;
  self->nodes = kd_simulation_nodes(grid);
  self->neighbours = options->neighbours;
  self->radius = options->radius;
  KD_TRY(kd_lag_table_prepare(&self->lags, &self->model, &self->grid, 1 << 18, self->arena, err));
  const size_t parts = kd_split_models(part, model, grid);
  if (parts > 1) {
    KD_TRY(split(self, part, parts, data, value, options, pool, err));
    goto done;
  }
  kd_multigrid_path_prepare(&self->path, &self->grid, options->levels, options->path_seed);
  self->classes = kd_path_classes(&self->path);
  self->patterns = kd_arena_alloc(self->arena, self->classes * (size_t)self->path.levels, sizeof *self->patterns);
  self->mark = kd_arena_alloc(self->arena, self->nodes, 1);
  self->order = kd_arena_alloc(self->arena, self->nodes, sizeof *self->order);
  self->use = kd_arena_alloc(self->arena, self->nodes, sizeof *self->use);
  self->rank = kd_arena_alloc(self->arena, self->nodes, sizeof *self->rank);
  self->work = kd_arena_alloc(self->arena, threads, sizeof *self->work);
  KD_CHECK(self->patterns && self->mark && self->order && self->use && self->rank && self->work, err, KD_E_NOMEM,
           "out of memory for %zu nodes", self->nodes);
  for (size_t t = 0; t < threads; t++) {
    self->work[t] = kd_arena_alloc(self->arena, work_size(self->neighbours), sizeof(double));
    KD_CHECK(self->work[t] != NULL, err, KD_E_NOMEM, "out of memory for systems of %zu", self->neighbours);
  }
  for (int level = 0; level < self->path.levels; level++) KD_TRY(kd_spiral_build(self, level, err));
  KD_TRY(kd_sequential_take(self, data, value, err));
  kd_multigrid_path_order(self->order, self->first, &self->path);
  for (size_t i = 0; i < self->nodes; i++) self->rank[self->order[i]] = (uint32_t)i;
  for (size_t i = 0; i < self->nodes; i++)
    if ((self->mark[self->order[i]] & 1) == 0) self->order[self->places++] = self->order[i];
  KD_TRY(solve_all(self, pool, err));
done:
  *out = self;
  self = NULL;
out:
  kd_sequential_destroy(&self);
  return status;
}

/* --- realisations ----------------------------------------------------------------------------------------------- */

/* (1), four sums side by side in an order that both ways of running keep. */
KD_CLONES static void apply_eight(kd_v8 *z, const kd_sequential *self) {
  for (size_t p = 0; p < self->places; p++) {
    const size_t slot = self->use[p], count = self->count[slot];
    const int32_t *jump = self->jump + slot * self->neighbours;
    const double *w = self->weight + slot * self->neighbours;
    kd_v8 *at = z + self->order[p];
    kd_v8 s0 = *at * self->sd[slot], s1 = KD_SPLAT(0.0), s2 = s1, s3 = s1;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
      s0 += at[jump[i]] * w[i];
      s1 += at[jump[i + 1]] * w[i + 1];
      s2 += at[jump[i + 2]] * w[i + 2];
      s3 += at[jump[i + 3]] * w[i + 3];
    }
    for (; i < count; i++) s0 += at[jump[i]] * w[i];
    *at = (s0 + s1) + (s2 + s3);
  }
}

static void apply_one(double *z, const kd_sequential *self) {
  for (size_t p = 0; p < self->places; p++) {
    const size_t slot = self->use[p], count = self->count[slot];
    const int32_t *jump = self->jump + slot * self->neighbours;
    const double *w = self->weight + slot * self->neighbours;
    double *at = z + self->order[p];
    double s0 = *at * self->sd[slot], s1 = 0, s2 = 0, s3 = 0;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
      s0 += at[jump[i]] * w[i];
      s1 += at[jump[i + 1]] * w[i + 1];
      s2 += at[jump[i + 2]] * w[i + 2];
      s3 += at[jump[i + 3]] * w[i + 3];
    }
    for (; i < count; i++) s0 += at[jump[i]] * w[i];
    *at = (s0 + s1) + (s2 + s3);
  }
}

void kd_sequential_eight(double *out, const kd_sequential *self, uint64_t seed, uint32_t stream, uint64_t realisation) {
  if (self->split != NULL) {
    kd_split_run(out, self->split, KD_LANES, NULL, seed, stream, realisation);
    return;
  }
  kd_normals_lanes(out, self->nodes, KD_LANES, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++)
    for (size_t k = 0; k < KD_LANES; k++) out[self->datum_node[i] * (size_t)KD_LANES + k] = self->datum_value[i];
  apply_eight((kd_v8 *)out, self);
}

void kd_sequential_eight_at(double *out, const kd_sequential *self, const double *const value[KD_SEQUENTIAL_LANES],
                            uint64_t seed, uint32_t stream, uint64_t realisation) {
  if (self->split != NULL) {
    kd_split_run(out, self->split, KD_LANES, value, seed, stream, realisation);
    return;
  }
  kd_normals_lanes(out, self->nodes, KD_LANES, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++)
    for (size_t k = 0; k < KD_LANES; k++)
      out[self->datum_node[i] * (size_t)KD_LANES + k] = value[k][self->datum_row[i]];
  apply_eight((kd_v8 *)out, self);
}

void kd_sequential_one_at(double *out, const kd_sequential *self, const double *value, uint64_t seed, uint32_t stream,
                          uint64_t realisation) {
  if (self->split != NULL) {
    kd_split_run(out, self->split, 1, &value, seed, stream, realisation);
    return;
  }
  kd_normals(out, self->nodes, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++) out[self->datum_node[i]] = value[self->datum_row[i]];
  apply_one(out, self);
}

void kd_sequential_one(double *out, const kd_sequential *self, uint64_t seed, uint32_t stream, uint64_t realisation) {
  if (self->split != NULL) {
    kd_split_run(out, self->split, 1, NULL, seed, stream, realisation);
    return;
  }
  kd_normals(out, self->nodes, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++) out[self->datum_node[i]] = self->datum_value[i];
  apply_one(out, self);
}

size_t kd_sequential_system(uint32_t *node, double *weight, double *sd, const kd_sequential *self, uint32_t at) {
  for (size_t p = 0; p < self->places; p++) {
    if (self->order[p] != at) continue;
    const size_t slot = self->use[p];
    for (size_t i = 0; i < self->count[slot]; i++) {
      node[i] = at + (uint32_t)self->jump[slot * self->neighbours + i];
      weight[i] = self->weight[slot * self->neighbours + i];
    }
    *sd = self->sd[slot];
    return self->count[slot];
  }
  return 0;
}
