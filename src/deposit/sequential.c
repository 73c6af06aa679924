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
 * Source    Johnson 1987; Deutsch and Journel 1998, GSLIB, section V.2.3; Nussbaumer et al. 2018 (constant path).
 * Weakness  exact with all nodes as neighbours; with some 24 of them the covariance at long lags is a little off:
 *           reproduction.c says how much. Data stand on nodes.
 */
#include "deposit/sequential.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "deposit/multigrid_path.h"
#include "deposit/sequential_system.h"
#include "numerics/normals.h"
#include "numerics/simd.h"

#define SPIRAL_MOST 200000
#define CHUNK       4096 /* places of the path in one task */

/* Lags of a level, the largest covariance first. */
typedef struct spiral {
  size_t count;
  int32_t (*lag)[3]; /* in strides */
  double *c;
  int32_t (*box)[3]; /* the farthest along each axis up to here */
} spiral;

/* Shared systems of a level. */
typedef struct pattern {
  int32_t low[3], high[3]; /* box of the neighbours, in strides */
  double last;             /* covariance of the last neighbour: a datum with more comes before it */
  bool known;
} pattern;

struct kd_sequential {
  kd_context *ctx;
  kd_arena *arena;
  kd_simulation_grid grid;
  kd_multigrid_path path;
  kd_covariance model;
  kd_lag_table lags;
  spiral spirals[KD_PATH_LEVELS];
  pattern *patterns; /* [levels][classes] */
  size_t classes, neighbours, nodes, places, systems;
  double radius;
  size_t data;
  uint32_t *datum_node;
  int32_t (*datum)[3];
  double *datum_value;
  uint32_t *datum_row; /* its number as it was given */
  uint8_t *mark; /* of each node: 1 a datum, 2 near one */
  size_t bucket_edge, buckets[3];
  uint32_t *bucket_first; /* data are sorted by bucket */
  uint32_t *order, *use;  /* node and system of each place */
  int32_t *jump;          /* [systems][neighbours] */
  double *weight, *sd;
  uint16_t *count;
  uint32_t *own; /* places with a system of their own */
  size_t first[KD_PATH_LEVELS + 1];
  double **work; /* of each worker */
};

void kd_sequential_destroy(kd_sequential **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
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

/* --- the lags of a level ---------------------------------------------------------------------------------------- */

typedef struct candidate {
  double c, distance;
  int32_t lag[3];
} candidate;

static int by_covariance(const void *a, const void *b) {
  const candidate *p = a, *q = b;
  if (fabs(p->c) != fabs(q->c)) return fabs(p->c) > fabs(q->c) ? -1 : 1;
  if (p->distance != q->distance) return p->distance < q->distance ? -1 : 1;
  for (int k = 2; k >= 0; k--)
    if (p->lag[k] != q->lag[k]) return p->lag[k] < q->lag[k] ? -1 : 1;
  return 0;
}

/* Half widths of a box of enough lags, in the shape of the covariance. */
static void choose_box(int32_t half[3], const kd_sequential *self, int level) {
  double reach[3], scale = 0.25, wanted = 4.0 * (double)self->neighbours;
  kd_covariance_reach(reach, &self->model, 0.05);
  for (int a = 0; a < 3; a++)
    if (self->grid.n[a] > 1) wanted *= 4;
  if (level == self->path.levels - 1) wanted *= 8;
  for (int turn = 0; turn < 60; turn++, scale *= 1.2) {
    double lags = 1;
    bool whole = true;
    for (int a = 0; a < 3; a++) {
      const double most = (double)((self->grid.n[a] - 1) >> level);
      const double far =
          fmax(1.0, reach[a] > 0 ? scale * reach[a] / self->grid.spacing[a] / (double)(1 << level) : scale * 4);
      const double take = fmin(ceil(far), most);
      whole = whole && take == most;
      if (lags * (2 * take + 1) > SPIRAL_MOST) return;
      half[a] = (int32_t)take;
      lags *= 2 * take + 1;
    }
    if (whole || lags >= wanted) return;
  }
}

static kd_status build_spiral(kd_sequential *self, int level, kd_error *err) {
  kd_status status = KD_OK;
  spiral *s = &self->spirals[level];
  int32_t half[3] = {0, 0, 0};
  choose_box(half, self, level);
  const size_t most = (size_t)(2 * half[0] + 1) * (size_t)(2 * half[1] + 1) * (size_t)(2 * half[2] + 1);
  candidate *all = kd_alloc(self->ctx, most, sizeof *all);
  s->lag = kd_arena_alloc(self->arena, most, sizeof *s->lag);
  s->box = kd_arena_alloc(self->arena, most, sizeof *s->box);
  s->c = kd_arena_alloc(self->arena, most, sizeof *s->c);
  KD_CHECK(all && s->lag && s->box && s->c, err, KD_E_NOMEM, "out of memory for %zu lags", most);
  for (int32_t z = -half[2]; z <= half[2]; z++) {
    for (int32_t y = -half[1]; y <= half[1]; y++) {
      for (int32_t x = -half[0]; x <= half[0]; x++) {
        if (x == 0 && y == 0 && z == 0) continue;
        const double d[3] = {(double)(x * (1 << level)) * self->grid.spacing[0],
                             (double)(y * (1 << level)) * self->grid.spacing[1],
                             (double)(z * (1 << level)) * self->grid.spacing[2]};
        const double distance = sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        const double c = kd_lag_covariance(&self->lags, x * (1 << level), y * (1 << level), z * (1 << level));
        if (isnan(self->radius) ? fabs(c) <= 1e-9 * self->model.sill : distance > self->radius) continue;
        all[s->count++] = (candidate){c, distance, {x, y, z}};
      }
    }
  }
  qsort(all, s->count, sizeof *all, by_covariance);
  for (size_t i = 0; i < s->count; i++) {
    s->c[i] = all[i].c;
    for (int a = 0; a < 3; a++) {
      const int32_t d = all[i].lag[a];
      s->lag[i][a] = d;
      s->box[i][a] = abs(d);
      if (i > 0 && s->box[i - 1][a] > s->box[i][a]) s->box[i][a] = s->box[i - 1][a];
    }
  }
out:
  kd_free(self->ctx, all);
  return status;
}

/* --- neighbours ------------------------------------------------------------------------------------------------- */

/* Nearest nodes before the node at u; on the endless grid when `endless`. Returns how many lags were looked at. */
static size_t search_nodes(kd_stencil *out, const kd_sequential *self, int level, const int32_t u[3], bool endless) {
  const spiral *s = &self->spirals[level];
  const size_t *n = self->grid.n;
  size_t i = 0;
  out->count = 0;
  for (; i < s->count && out->count < self->neighbours; i++) {
    const int32_t q[3] = {u[0] + s->lag[i][0], u[1] + s->lag[i][1], u[2] + s->lag[i][2]};
    if (!endless) {
      if (q[0] < 0 || q[1] < 0 || q[2] < 0) continue;
      const size_t x = (size_t)q[0] << level, y = (size_t)q[1] << level, z = (size_t)q[2] << level;
      if (x >= n[0] || y >= n[1] || z >= n[2]) continue;
      if ((self->mark[(z * n[1] + y) * n[0] + x] & 1) != 0) continue; /* a datum: comes from the other side */
    }
    if (!kd_path_before(&self->path, level, q, u)) continue;
    out->c[out->count] = s->c[i];
    for (int a = 0; a < 3; a++) out->lag[out->count][a] = s->lag[i][a] * (1 << level);
    out->count++;
  }
  return i;
}

/* Puts a datum in its place by covariance, the last one out when all places are taken. */
static void insert_datum(kd_stencil *s, size_t most, const int32_t lag[3], double c) {
  size_t i = s->count;
  if (i == most && !(fabs(c) > fabs(s->c[i - 1]))) return;
  if (i == most) i--;
  for (; i > 0 && fabs(c) > fabs(s->c[i - 1]); i--) {
    s->c[i] = s->c[i - 1];
    memcpy(s->lag[i], s->lag[i - 1], sizeof s->lag[i]);
  }
  s->c[i] = c;
  memcpy(s->lag[i], lag, sizeof s->lag[i]);
  if (s->count < most) s->count++;
}

/* Farthest lag along each axis, in spacings, at which a datum may still come before the last node found. */
static void datum_box(int32_t box[3], const kd_sequential *self, int level, size_t looked, bool full) {
  const spiral *s = &self->spirals[level];
  for (int a = 0; a < 3; a++) {
    const int32_t strides = s->count == 0 ? 0 : s->box[full && looked > 0 ? looked - 1 : s->count - 1][a];
    box[a] = (strides + 1) * (1 << level);
    if (!full && !isnan(self->radius)) box[a] = (int32_t)fmin(self->radius / self->grid.spacing[a], 1e9);
  }
}

/* Buckets that a box round a node touches. */
static void bucket_range(size_t from[3], size_t to[3], const kd_sequential *self, const int32_t at[3],
                         const int32_t box[3]) {
  for (int a = 0; a < 3; a++) {
    const int32_t low = at[a] > box[a] ? at[a] - box[a] : 0;
    const int32_t high =
        (int64_t)at[a] + box[a] < (int64_t)self->grid.n[a] ? at[a] + box[a] : (int32_t)self->grid.n[a] - 1;
    from[a] = (size_t)low / self->bucket_edge;
    to[a] = (size_t)high / self->bucket_edge;
  }
}

/* Is there a datum that belongs among the neighbours of a node with this pattern? */
static bool is_touched(const kd_sequential *self, const pattern *p, int level, const int32_t at[3]) {
  size_t from[3], to[3];
  int32_t box[3];
  for (int a = 0; a < 3; a++) box[a] = ((-p->low[a] > p->high[a] ? -p->low[a] : p->high[a]) + 1) * (1 << level);
  bucket_range(from, to, self, at, box);
  for (size_t z = from[2]; z <= to[2]; z++) {
    for (size_t y = from[1]; y <= to[1]; y++) {
      const size_t row = (z * self->buckets[1] + y) * self->buckets[0];
      for (uint32_t i = self->bucket_first[row + from[0]]; i < self->bucket_first[row + to[0] + 1]; i++) {
        const int32_t *d = self->datum[i];
        const int32_t lag[3] = {d[0] - at[0], d[1] - at[1], d[2] - at[2]};
        if (abs(lag[0]) > box[0] || abs(lag[1]) > box[1] || abs(lag[2]) > box[2]) continue;
        if (fabs(kd_lag_covariance(&self->lags, lag[0], lag[1], lag[2])) >= p->last) return true;
      }
    }
  }
  return false;
}

static void search_data(kd_stencil *out, const kd_sequential *self, const int32_t at[3], const int32_t box[3]) {
  size_t from[3], to[3];
  bucket_range(from, to, self, at, box);
  for (size_t z = from[2]; z <= to[2]; z++) {
    for (size_t y = from[1]; y <= to[1]; y++) {
      const size_t row = (z * self->buckets[1] + y) * self->buckets[0];
      for (uint32_t i = self->bucket_first[row + from[0]]; i < self->bucket_first[row + to[0] + 1]; i++) {
        const int32_t lag[3] = {self->datum[i][0] - at[0], self->datum[i][1] - at[1], self->datum[i][2] - at[2]};
        if (abs(lag[0]) > box[0] || abs(lag[1]) > box[1] || abs(lag[2]) > box[2]) continue;
        const double c = kd_lag_covariance(&self->lags, lag[0], lag[1], lag[2]);
        if (isnan(self->radius)) {
          if (fabs(c) <= 1e-9 * self->model.sill) continue;
        } else {
          const double dx = lag[0] * self->grid.spacing[0], dy = lag[1] * self->grid.spacing[1],
                       dz = lag[2] * self->grid.spacing[2];
          if (sqrt(dx * dx + dy * dy + dz * dz) > self->radius) continue;
        }
        insert_datum(out, self->neighbours, lag, c);
      }
    }
  }
}

static void node_index(int32_t at[3], const kd_simulation_grid *grid, uint32_t node) {
  at[0] = (int32_t)(node % grid->n[0]);
  at[1] = (int32_t)(node / grid->n[0] % grid->n[1]);
  at[2] = (int32_t)(node / grid->n[0] / grid->n[1]);
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
    pattern *p = &self->patterns[at];
    if (!is_shared(self, level)) continue;
    kd_path_class_index(u, &self->path, at % self->classes);
    if (level < self->path.levels - 1 && ((u[0] | u[1] | u[2]) & 1) == 0) continue; /* of a coarser level */
    (void)search_nodes(&s[count], self, level, u, true);
    *p = (pattern){.known = s[count].count == self->neighbours};
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
      node_index(at, &self->grid, self->order[self->own[start + count]]);
      const int level = kd_path_level(&self->path, at);
      for (int a = 0; a < 3; a++) u[a] = at[a] >> level;
      const size_t looked = search_nodes(&s[count], self, level, u, false);
      datum_box(box, self, level, looked, s[count].count == self->neighbours);
      if (self->data > 0) search_data(&s[count], self, at, box);
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
    node_index(at, &self->grid, node);
    const int level = kd_path_level(&self->path, at);
    for (int a = 0; a < 3; a++) u[a] = at[a] >> level;
    const size_t slot = (size_t)level * self->classes + kd_path_class(&self->path, u);
    const pattern *t = &self->patterns[slot];
    bool clean = t->known;
    for (int a = 0; a < 3; a++)
      clean = clean && u[a] + t->low[a] >= 0 && ((int64_t)(u[a] + t->high[a]) << level) < (int64_t)self->grid.n[a];
    if (clean && self->mark[node] != 0) clean = !is_touched(self, t, level, at);
    self->use[p] = clean ? (uint32_t)slot : UINT32_MAX;
  }
  return KD_OK;
}

/* --- data ------------------------------------------------------------------------------------------------------- */

/* Marks the nodes of each level that a datum may reach. */
static void mark_data(kd_sequential *self) {
  for (int level = 0; level < self->path.levels; level++) {
    int32_t box[3] = {0, 0, 0};
    for (size_t c = 0; c < self->classes; c++) {
      const pattern *p = &self->patterns[(size_t)level * self->classes + c];
      for (int a = 0; a < 3; a++) {
        box[a] = -p->low[a] > box[a] ? -p->low[a] : box[a];
        box[a] = p->high[a] > box[a] ? p->high[a] : box[a];
      }
    }
    for (size_t i = 0; i < self->data; i++) {
      size_t low[3], high[3];
      for (int a = 0; a < 3; a++) {
        const int32_t u = self->datum[i][a] >> level, last = (int32_t)((self->grid.n[a] - 1) >> level);
        low[a] = (size_t)(u > box[a] + 1 ? u - box[a] - 1 : 0);
        high[a] = (size_t)(u + box[a] + 2 < last ? u + box[a] + 2 : last);
      }
      for (size_t z = low[2]; z <= high[2]; z++)
        for (size_t y = low[1]; y <= high[1]; y++)
          for (size_t x = low[0]; x <= high[0]; x++)
            self->mark[((z << level) * self->grid.n[1] + (y << level)) * self->grid.n[0] + (x << level)] |= 2;
    }
  }
}

static size_t bucket_of(const kd_sequential *self, const int32_t at[3]) {
  const size_t e = self->bucket_edge;
  return ((size_t)at[2] / e * self->buckets[1] + (size_t)at[1] / e) * self->buckets[0] + (size_t)at[0] / e;
}

/* Copies the data, sorted into buckets of some four of them. */
static kd_status take_data(kd_sequential *self, const kd_node_data *data, const double *value, kd_error *err) {
  kd_status status = KD_OK;
  size_t total = 1;
  const size_t count = data != NULL ? data->count : 0;
  double volume = 1;
  int dimensions = 0;
  for (int a = 0; a < 3; a++) {
    volume *= (double)self->grid.n[a];
    dimensions += self->grid.n[a] > 1 ? 1 : 0;
  }
  const double edge = pow(4 * volume / (double)(count + 1), 1.0 / (dimensions > 0 ? dimensions : 1));
  self->bucket_edge = (size_t)fmax(2, floor(edge));
  for (int a = 0; a < 3; a++) {
    self->buckets[a] = (self->grid.n[a] - 1) / self->bucket_edge + 1;
    total *= self->buckets[a];
  }
  self->data = count;
  self->datum = kd_arena_alloc(self->arena, count + 1, sizeof *self->datum);
  self->datum_node = kd_arena_alloc(self->arena, count + 1, sizeof *self->datum_node);
  self->datum_value = kd_arena_alloc(self->arena, count + 1, sizeof *self->datum_value);
  self->datum_row = kd_arena_alloc(self->arena, count + 1, sizeof *self->datum_row);
  self->bucket_first = kd_arena_alloc(self->arena, total + 2, sizeof *self->bucket_first);
  KD_CHECK(self->datum && self->datum_node && self->datum_value && self->datum_row && self->bucket_first, err, KD_E_NOMEM,
           "out of memory for %zu data", count);
  for (size_t i = 0; i < count; i++) {
    int32_t at[3];
    KD_CHECK(isfinite(value[i]), err, KD_E_NAN, "datum %zu has no value", i + 1);
    node_index(at, &self->grid, data->node[i]);
    self->bucket_first[bucket_of(self, at) + 2]++;
  }
  for (size_t b = 2; b < total + 2; b++) self->bucket_first[b] += self->bucket_first[b - 1];
  for (size_t i = 0; i < count; i++) { /* shifted by one while it fills */
    int32_t at[3];
    node_index(at, &self->grid, data->node[i]);
    const uint32_t place = self->bucket_first[bucket_of(self, at) + 1]++;
    memcpy(self->datum[place], at, sizeof at);
    self->datum_node[place] = data->node[i];
    self->datum_value[place] = value[i];
    self->datum_row[place] = (uint32_t)i;
    self->mark[data->node[i]] |= 1;
  }
out:
  return status;
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
  mark_data(self);
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

kd_status kd_sequential_create(kd_sequential **out, kd_context *ctx, const kd_simulation_grid *grid,
                               const kd_covariance *model, const kd_node_data *data, const double *value,
                               const kd_sequential_options *options, kd_pool *pool, kd_error *err) {
  kd_status status = KD_OK;
  kd_sequential *self = NULL;
  const size_t threads = kd_pool_threads(pool);
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
  kd_multigrid_path_prepare(&self->path, &self->grid, options->levels, options->path_seed);
  self->classes = kd_path_classes(&self->path);
  self->patterns = kd_arena_alloc(self->arena, self->classes * (size_t)self->path.levels, sizeof *self->patterns);
  self->mark = kd_arena_alloc(self->arena, self->nodes, 1);
  self->order = kd_arena_alloc(self->arena, self->nodes, sizeof *self->order);
  self->use = kd_arena_alloc(self->arena, self->nodes, sizeof *self->use);
  self->work = kd_arena_alloc(self->arena, threads, sizeof *self->work);
  KD_CHECK(self->patterns && self->mark && self->order && self->use && self->work, err, KD_E_NOMEM,
           "out of memory for %zu nodes", self->nodes);
  for (size_t t = 0; t < threads; t++) {
    self->work[t] = kd_arena_alloc(self->arena, work_size(self->neighbours), sizeof(double));
    KD_CHECK(self->work[t] != NULL, err, KD_E_NOMEM, "out of memory for systems of %zu", self->neighbours);
  }
  KD_TRY(kd_lag_table_prepare(&self->lags, &self->model, &self->grid, 1 << 18, self->arena, err));
  for (int level = 0; level < self->path.levels; level++) KD_TRY(build_spiral(self, level, err));
  KD_TRY(take_data(self, data, value, err));
  kd_multigrid_path_order(self->order, self->first, &self->path);
  for (size_t i = 0; i < self->nodes; i++)
    if ((self->mark[self->order[i]] & 1) == 0) self->order[self->places++] = self->order[i];
  KD_TRY(solve_all(self, pool, err));
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
  kd_normals_lanes(out, self->nodes, KD_LANES, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++)
    for (size_t k = 0; k < KD_LANES; k++) out[self->datum_node[i] * (size_t)KD_LANES + k] = self->datum_value[i];
  apply_eight((kd_v8 *)out, self);
}

void kd_sequential_eight_at(double *out, const kd_sequential *self, const double *const value[KD_SEQUENTIAL_LANES],
                            uint64_t seed, uint32_t stream, uint64_t realisation) {
  kd_normals_lanes(out, self->nodes, KD_LANES, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++)
    for (size_t k = 0; k < KD_LANES; k++)
      out[self->datum_node[i] * (size_t)KD_LANES + k] = value[k][self->datum_row[i]];
  apply_eight((kd_v8 *)out, self);
}

void kd_sequential_one_at(double *out, const kd_sequential *self, const double *value, uint64_t seed, uint32_t stream,
                          uint64_t realisation) {
  kd_normals(out, self->nodes, 0, seed, stream, realisation);
  for (size_t i = 0; i < self->data; i++) out[self->datum_node[i]] = value[self->datum_row[i]];
  apply_one(out, self);
}

void kd_sequential_one(double *out, const kd_sequential *self, uint64_t seed, uint32_t stream, uint64_t realisation) {
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
