// SPDX-License-Identifier: Apache-2.0
#include "deposit/simulation_grid.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

size_t kd_simulation_nodes(const kd_simulation_grid *grid) {
  return grid->n[0] * grid->n[1] * grid->n[2];
}

kd_status kd_simulation_grid_check(const kd_simulation_grid *grid, kd_error *err) {
  kd_status status = KD_OK;
  double nodes = 1;
  for (int a = 0; a < 3; a++) {
    KD_CHECK(grid->n[a] >= 1, err, KD_E_RANGE, "the grid has %zu nodes along %c: must be at least 1", grid->n[a],
             'x' + a);
    KD_CHECK(grid->spacing[a] > 0 && isfinite(grid->spacing[a]), err, KD_E_RANGE,
             "spacing of the grid along %c, %g m: must be above 0 m", 'x' + a, grid->spacing[a]);
    KD_CHECK(isfinite(grid->origin[a]), err, KD_E_RANGE, "the origin of the grid along %c is not a number", 'x' + a);
    nodes *= (double)grid->n[a];
  }
  KD_CHECK(nodes < 0x1p31, err, KD_E_SIZE, "a grid of %g nodes: at most 2147483647", nodes);
out:
  return status;
}

typedef struct placed {
  double distance;
  uint32_t node, row;
} placed;

static int by_node(const void *a, const void *b) {
  const placed *left = a, *right = b;
  if (left->node != right->node) return left->node < right->node ? -1 : 1;
  if (left->distance != right->distance) return left->distance < right->distance ? -1 : 1;
  return left->row < right->row ? -1 : 1;
}

kd_status kd_node_data_place(kd_node_data *out, const kd_simulation_grid *grid, const double *x, const double *y,
                             const double *z, size_t count, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  size_t inside = 0;
  placed *all = kd_arena_alloc(scratch, count + 1, sizeof *all);
  *out = (kd_node_data){.node = kd_arena_alloc(scratch, count + 1, sizeof(uint32_t)),
                        .row = kd_arena_alloc(scratch, count + 1, sizeof(uint32_t))};
  KD_CHECK(all && out->node && out->row, err, KD_E_NOMEM, "out of memory for %zu data", count);
  for (size_t i = 0; i < count; i++) {
    const double at[3] = {x[i], y != NULL ? y[i] : grid->origin[1], z != NULL ? z[i] : grid->origin[2]};
    double index[3], distance = 0;
    int in = 1;
    for (int a = 0; a < 3; a++) {
      const double cell = (at[a] - grid->origin[a]) / grid->spacing[a];
      index[a] = floor(cell + 0.5);
      in = in && index[a] >= 0 && index[a] < (double)grid->n[a];
      distance += (cell - index[a]) * (cell - index[a]) * grid->spacing[a] * grid->spacing[a];
    }
    if (!in) {
      out->outside++;
      continue;
    }
    const size_t node = ((size_t)index[2] * grid->n[1] + (size_t)index[1]) * grid->n[0] + (size_t)index[0];
    all[inside++] = (placed){distance, (uint32_t)node, (uint32_t)i};
  }
  qsort(all, inside, sizeof *all, by_node);
  for (size_t i = 0; i < inside; i++) {
    if (out->count > 0 && out->node[out->count - 1] == all[i].node) {
      out->shared++;
      continue;
    }
    out->node[out->count] = all[i].node;
    out->row[out->count++] = all[i].row;
  }
out:
  return status;
}
