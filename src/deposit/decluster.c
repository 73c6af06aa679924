// SPDX-License-Identifier: Apache-2.0
/* Cell declustering.
 *
 *   w_i = (1/K) sum_k [ 1/n_k(i) ] / C_k                                                                  (1)
 *   m(s) = sum_i w_i v_i / sum_i w_i ,  s* = the edge of the lowest (or highest) m                        (2)
 *
 *   n_k(i)  data in the cell of datum i, origin k of K      C_k  cells that hold data, origin k
 *   s       edge of a cell along x [m]; along y and z times a ratio
 *
 * Origins are moved along the diagonal by min(s/K, half the extent), the first lies `margin` below the data.
 * Edges run from smallest to largest in equal steps. The mean with equal weights is the first candidate: where no edge
 * goes beyond it all weights are 1, unless one edge alone is asked for.
 *
 * Source    Journel 1983; Deutsch 1989, "DECLUS"; conventions of Deutsch and Journel 1998, GSLIB, section VI.2.
 * Weakness  the edge of the lowest mean overcorrects where high values are not what was sampled densely; give the
 *           spacing of the sparse data as the one edge then.
 */
#include "deposit/decluster.h"

#include <math.h>
#include <stdint.h>

#include "base/error.h"

typedef struct axis {
  const double *at;
  double low, extent, ratio;
} axis;

static void measure(axis *self, const double *at, size_t count, double ratio) {
  *self = (axis){.at = at, .ratio = ratio};
  if (at == NULL) return;
  double low = at[0], high = at[0];
  for (size_t i = 1; i < count; i++) {
    low = fmin(low, at[i]);
    high = fmax(high, at[i]);
  }
  self->low = low;
  self->extent = high - low;
}

typedef struct tally {
  uint64_t *key;  /* of the cell of each datum */
  uint64_t *seen; /* hash table of cells; 0 empty */
  uint32_t *held; /* data in the cell */
  uint32_t *slot; /* of each datum */
  size_t slots;   /* a power of two */
} tally;

static size_t slot_of(tally *self, uint64_t key) {
  size_t slot = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (self->slots - 1);
  while (self->seen[slot] != 0 && self->seen[slot] != key) slot = (slot + 1) & (self->slots - 1);
  self->seen[slot] = key;
  return slot;
}

/* Adds 1/n(i)/C for one edge and one origin. */
static void add_origin(double *weight, tally *cells, const axis axes[3], size_t count, double edge, size_t origin,
                       const kd_decluster_options *options) {
  for (size_t i = 0; i < count; i++) cells->key[i] = 1;
  for (size_t a = 0; a < 3; a++) {
    if (axes[a].at == NULL) continue;
    const double side = edge * axes[a].ratio;
    const double shift = fmin(side / (double)options->origins, 0.5 * axes[a].extent);
    const double start = axes[a].low - options->margin - (double)origin * shift;
    for (size_t i = 0; i < count; i++) {
      const uint64_t cell = (uint64_t)((axes[a].at[i] - start) / side);
      cells->key[i] = cells->key[i] << 21 | (cell & 0x1fffff);
    }
  }
  for (size_t s = 0; s < cells->slots; s++) cells->seen[s] = cells->held[s] = 0;
  size_t occupied = 0;
  for (size_t i = 0; i < count; i++) {
    const size_t slot = slot_of(cells, cells->key[i]);
    cells->slot[i] = (uint32_t)slot;
    occupied += cells->held[slot]++ == 0 ? 1 : 0;
  }
  const double share = 1.0 / (double)occupied;
  for (size_t i = 0; i < count; i++) weight[i] += share / (double)cells->held[cells->slot[i]];
}

static kd_status check(const axis axes[3], size_t count, const kd_decluster_options *o, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(count > 0, err, KD_E_RANGE, "declustering wants at least one datum");
  KD_CHECK(count < 0x40000000u, err, KD_E_SIZE, "%zu data: at most 1073741823 can be declustered", count);
  KD_CHECK(o->smallest > 0, err, KD_E_RANGE, "smallest cell %g m: must be above 0 m", o->smallest);
  KD_CHECK(o->largest >= o->smallest, err, KD_E_RANGE, "largest cell %g m: must be at least the smallest, %g m",
           o->largest, o->smallest);
  KD_CHECK(o->origins >= 1, err, KD_E_RANGE, "0 origins: must be at least 1");
  for (size_t a = 0; a < 3; a++) {
    const double side = o->smallest * axes[a].ratio;
    KD_CHECK(side > 0, err, KD_E_RANGE, "ratio of the cells %g: must be above 0", axes[a].ratio);
    KD_CHECK((2 * axes[a].extent + o->margin) / side < 0x1p21, err, KD_E_RANGE,
             "cells of %g m over an extent of %g m: at most 2097152 along an axis", side, axes[a].extent);
  }
out:
  return status;
}

static double weighted_mean(const double *weight, const double *value, size_t count) {
  double sum = 0, total = 0;
  for (size_t i = 0; i < count; i++) {
    sum += weight[i] * value[i];
    total += weight[i];
  }
  return sum / total;
}

kd_status kd_decluster(double *weight, kd_decluster_result *out, const double *x, const double *y, const double *z,
                       const double *value, size_t count, const kd_decluster_options *options, kd_arena *scratch,
                       kd_error *err) {
  kd_status status = KD_OK;
  axis axes[3];
  tally cells = {.slots = 16};
  double *trial = NULL;
  const size_t edges = options->sizes + 1;
  KD_CHECK(count > 0, err, KD_E_RANGE, "declustering wants at least one datum");
  measure(&axes[0], x, count, 1.0);
  measure(&axes[1], y, count, options->ratio_y);
  measure(&axes[2], z, count, options->ratio_z);
  KD_TRY(check(axes, count, options, err));
  while (cells.slots < 2 * count) cells.slots *= 2;
  cells.key = kd_arena_alloc(scratch, count, sizeof *cells.key);
  cells.slot = kd_arena_alloc(scratch, count, sizeof *cells.slot);
  cells.seen = kd_arena_alloc(scratch, cells.slots, sizeof *cells.seen);
  cells.held = kd_arena_alloc(scratch, cells.slots, sizeof *cells.held);
  trial = kd_arena_alloc(scratch, count, sizeof *trial);
  out->size_tried = kd_arena_alloc(scratch, edges + 1, sizeof(double));
  out->mean_tried = kd_arena_alloc(scratch, edges + 1, sizeof(double));
  KD_CHECK(cells.key && cells.slot && cells.seen && cells.held && trial && out->size_tried && out->mean_tried, err,
           KD_E_NOMEM, "out of memory to decluster %zu data", count);
  for (size_t i = 0; i < count; i++) weight[i] = 1;
  out->naive_mean = out->mean = weighted_mean(weight, value, count);
  out->size = out->size_tried[0] = 0;
  out->mean_tried[0] = out->naive_mean;
  out->tried = edges + 1;
  for (size_t e = 0; e < edges; e++) {
    const double step = options->sizes > 0 ? (options->largest - options->smallest) / (double)options->sizes : 0;
    const double edge = options->smallest + step * (double)e;
    for (size_t i = 0; i < count; i++) trial[i] = 0;
    for (size_t k = 0; k < options->origins; k++) add_origin(trial, &cells, axes, count, edge, k, options);
    const double mean = weighted_mean(trial, value, count);
    out->size_tried[e + 1] = edge;
    out->mean_tried[e + 1] = mean;
    if (edges > 1 && !(options->lowest ? mean < out->mean : mean > out->mean)) continue;
    out->mean = mean;
    out->size = edge;
    const double scale = (double)count / (double)options->origins; /* the sum over the data of (1) before /K is K */
    for (size_t i = 0; i < count; i++) weight[i] = trial[i] * scale;
  }
out:
  return status;
}
