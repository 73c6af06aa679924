// SPDX-License-Identifier: Apache-2.0
/* A constant path over a grid, coarse nodes first, that repeats itself from tile to tile. */
#ifndef KD_DEPOSIT_MULTIGRID_PATH_H
#define KD_DEPOSIT_MULTIGRID_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "deposit/simulation_grid.h"

#define KD_PATH_LEVELS   8
#define KD_PATH_TILE_MAX 4096 /* nodes of a tile */

typedef struct kd_multigrid_path {
  const kd_simulation_grid *grid;
  int levels;      /* the coarsest is levels - 1, of stride 2^(levels - 1) */
  int32_t tile[3]; /* nodes of a tile along each axis, in strides; a power of two, 1 along an axis of one node */
  int shift[3];    /* its logarithm */
  size_t tile_nodes;
  uint16_t key[KD_PATH_TILE_MAX];   /* order within a tile */
  uint16_t visit[KD_PATH_TILE_MAX]; /* its inverse */
} kd_multigrid_path;

/* levels: 0 for a number that fits the grid. seed: of the order within a tile. */
void kd_multigrid_path_prepare(kd_multigrid_path *out, const kd_simulation_grid *grid, int levels, uint64_t seed);

/* Level of a node: the largest stride that divides all its indices. */
int kd_path_level(const kd_multigrid_path *self, const int32_t index[3]);

/* Is node b before node a, both by their index over the stride of a's level? a's level is `level`; indices may be
 * negative: the path goes on beyond the grid. */
bool kd_path_before(const kd_multigrid_path *self, int level, const int32_t b[3], const int32_t a[3]);

/* Number of the place of a node in the pattern of tiles, two tiles wide along each axis; u is index over stride. */
size_t kd_path_class(const kd_multigrid_path *self, const int32_t u[3]);
size_t kd_path_classes(const kd_multigrid_path *self);
/* Index over stride of the first node of a class at or above 0. */
void kd_path_class_index(int32_t u[3], const kd_multigrid_path *self, size_t number);

/* All nodes in order; first[level] .. first of the next finer one are the places of a level. order: nodes of the grid.
 */
void kd_multigrid_path_order(uint32_t *order, size_t first[KD_PATH_LEVELS + 1], const kd_multigrid_path *self);

#endif
