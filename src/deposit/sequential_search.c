// SPDX-License-Identifier: Apache-2.0
/* Neighbours of a node in a sequential simulation: nodes before it on the path, and data.
 *
 * Nodes are looked at by their lags in the order of the covariance, the largest first, on the lattice of the level;
 * data stand in buckets and take their places among them by covariance. Equal covariances in a fixed order: the nearer,
 * then the lag with the lower z, y, x.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "deposit/sequential_internal.h"

#define SPIRAL_MOST 200000

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

kd_status kd_spiral_build(kd_sequential *self, int level, kd_error *err) {
  kd_status status = KD_OK;
  kd_spiral *s = &self->spirals[level];
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
size_t kd_neighbours_nodes(kd_stencil *out, const kd_sequential *self, int level, const int32_t u[3], bool endless) {
  const kd_spiral *s = &self->spirals[level];
  const size_t *n = self->grid.n;
  const size_t i0 = (size_t)u[0] << level, i1 = (size_t)u[1] << level, i2 = (size_t)u[2] << level;
  const uint32_t rank = endless ? 0 : self->rank[(i2 * n[1] + i1) * n[0] + i0];
  size_t i = 0;
  out->count = 0;
  for (; i < s->count && out->count < self->neighbours; i++) {
    const int32_t q[3] = {u[0] + s->lag[i][0], u[1] + s->lag[i][1], u[2] + s->lag[i][2]};
    if (!endless) {
      if (q[0] < 0 || q[1] < 0 || q[2] < 0) continue;
      const size_t x = (size_t)q[0] << level, y = (size_t)q[1] << level, z = (size_t)q[2] << level;
      if (x >= n[0] || y >= n[1] || z >= n[2]) continue;
      const size_t node = (z * n[1] + y) * n[0] + x;
      if (self->rank[node] > rank) continue;
      if ((self->mark[node] & 1) != 0) continue; /* a datum: comes from the other side */
    } else if (!kd_path_before(&self->path, level, q, u)) {
      continue;
    }
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
void kd_neighbours_box(int32_t box[3], const kd_sequential *self, int level, size_t looked, bool full) {
  const kd_spiral *s = &self->spirals[level];
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
bool kd_neighbours_touch(const kd_sequential *self, const kd_path_pattern *p, int level, const int32_t at[3]) {
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

void kd_neighbours_data(kd_stencil *out, const kd_sequential *self, const int32_t at[3], const int32_t box[3]) {
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

void kd_node_index(int32_t at[3], const kd_simulation_grid *grid, uint32_t node) {
  at[0] = (int32_t)(node % grid->n[0]);
  at[1] = (int32_t)(node / grid->n[0] % grid->n[1]);
  at[2] = (int32_t)(node / grid->n[0] / grid->n[1]);
}

/* --- data ------------------------------------------------------------------------------------------------------- */

/* Marks the nodes of each level that a datum may reach. */
void kd_sequential_mark(kd_sequential *self) {
  for (int level = 0; level < self->path.levels; level++) {
    int32_t box[3] = {0, 0, 0};
    for (size_t c = 0; c < self->classes; c++) {
      const kd_path_pattern *p = &self->patterns[(size_t)level * self->classes + c];
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
kd_status kd_sequential_take(kd_sequential *self, const kd_node_data *data, const double *value, kd_error *err) {
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
  KD_CHECK(self->datum && self->datum_node && self->datum_value && self->datum_row && self->bucket_first, err,
           KD_E_NOMEM, "out of memory for %zu data", count);
  for (size_t i = 0; i < count; i++) {
    int32_t at[3];
    KD_CHECK(isfinite(value[i]), err, KD_E_MISSING, "datum %zu has no value", i + 1);
    kd_node_index(at, &self->grid, data->node[i]);
    self->bucket_first[bucket_of(self, at) + 2]++;
  }
  for (size_t b = 2; b < total + 2; b++) self->bucket_first[b] += self->bucket_first[b - 1];
  for (size_t i = 0; i < count; i++) { /* shifted by one while it fills */
    int32_t at[3];
    kd_node_index(at, &self->grid, data->node[i]);
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
