// SPDX-License-Identifier: Apache-2.0
/* What every simulation works on: a regular grid of nodes and data that stand on some of them. */
#ifndef KD_DEPOSIT_SIMULATION_GRID_H
#define KD_DEPOSIT_SIMULATION_GRID_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "kaidei/error.h"

/* Node (i, j, k) has the number (k n[1] + j) n[0] + i and lies at origin + (i, j, k) spacing. */
typedef struct kd_simulation_grid {
  size_t n[3];
  double origin[3];  /* centre of the first node [m] */
  double spacing[3]; /* [m], above 0 */
} kd_simulation_grid;

size_t kd_simulation_nodes(const kd_simulation_grid *grid);
/* Errors: KD_E_RANGE, KD_E_SIZE (2^31 nodes or more). */
kd_status kd_simulation_grid_check(const kd_simulation_grid *grid, kd_error *err);

/* Data moved to their nearest node. Of several on one node the nearest stays; data outside the grid are left out. */
typedef struct kd_node_data {
  size_t count;
  uint32_t *node;         /* ascending */
  uint32_t *row;          /* of the datum */
  size_t outside, shared; /* left out: beyond the grid, and with a nearer one on their node */
} kd_node_data;

/* y, z may be NULL: 0. */
kd_status kd_node_data_place(kd_node_data *out, const kd_simulation_grid *grid, const double *x, const double *y,
                             const double *z, size_t count, kd_arena *scratch, kd_error *err);

#endif
