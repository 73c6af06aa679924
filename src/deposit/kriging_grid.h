// SPDX-License-Identifier: Apache-2.0
/* Kriging of a regular grid, tile by tile: the same numbers as kd_kriging_at, many times faster. */
#ifndef KD_DEPOSIT_KRIGING_GRID_H
#define KD_DEPOSIT_KRIGING_GRID_H

#include "base/pool.h"
#include "deposit/kriging.h"

#define KD_GRID_TILE 16
#define KD_GRID_ROW  1024 /* nodes along x that come back at a time */

typedef struct kd_grid {
  double origin[3]; /* centre of the first cell [m] */
  double cell[3];   /* [m] */
  size_t nodes[3];  /* x varies fastest */
} kd_grid;

/* `count` nodes along x from node number `first` on, KD_GRID_ROW at most. Called from several threads at once, each
 * node once. A node without estimate holds NaN in both. */
typedef kd_status kd_grid_sink(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                               kd_error *err);

typedef struct kd_grid_totals {
  size_t nodes, kriged, sets; /* nodes with an estimate; sets of samples that were factored */
} kd_grid_totals;

/* Points and blocks, any trend, no drift; nearest samples, with or without radius or ellipsoid. Sectors, cores and
 * neighbourhoods above KD_GRID_SAMPLES go node by node. The same bits for any number of threads; pool may be NULL.
 * Memory does not grow with the grid. Errors: KD_E_CONTRADICTION for a drift, KD_E_NOMEM, and those of the sink. */
#define KD_GRID_SAMPLES 64
kd_status kd_kriging_grid(kd_grid_totals *out, const kd_kriging *self, const kd_grid *grid, kd_pool *pool,
                          kd_grid_sink *sink, void *user, kd_context *ctx, kd_error *err);

#endif
