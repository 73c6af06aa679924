// SPDX-License-Identifier: Apache-2.0
/* One tile of a grid that is kriged: what its search and its solution share. */
#ifndef KD_DEPOSIT_KRIGING_TILE_H
#define KD_DEPOSIT_KRIGING_TILE_H

#include "deposit/kriging_grid.h"
#include "numerics/simd.h"

#define KD_TILE_NODES      (KD_GRID_TILE * KD_GRID_TILE)
#define KD_TILE_CANDIDATES 192 /* of a tile; more: node by node */
#define KD_TILE_WORDS      (KD_TILE_CANDIDATES / 64)
#define KD_TILE_MOST       KD_GRID_SAMPLES
#define KD_TILE_FUNCTIONS  10
#define KD_TILE_UNKNOWN    UINT16_MAX

typedef struct kd_tile_set {
  uint64_t mask[KD_TILE_WORDS]; /* candidates in it */
  uint16_t head;                /* first node of the set in the tile, linked by next */
  uint16_t count, nodes;
} kd_tile_set;

/* Everything that one thread needs. */
typedef struct kd_tile_space {
  kd_kriging_space one; /* for what goes node by node */
  size_t candidates;
  uint32_t row[KD_TILE_CANDIDATES];
  double at[3][KD_TILE_CANDIDATES], mapped[3][KD_TILE_CANDIDATES], value[KD_TILE_CANDIDATES];
  double table[KD_TILE_CANDIDATES * KD_TILE_CANDIDATES];
  double function[KD_TILE_FUNCTIONS][KD_TILE_CANDIDATES];
  uint16_t order[KD_TILE_CANDIDATES];
  double key[KD_TILE_CANDIDATES], limit; /* of the last node searched */
  size_t width, height, sets;
  double node_x[KD_GRID_TILE], node_y[KD_GRID_TILE], node_z;
  kd_tile_set set[KD_TILE_NODES];
  uint16_t of[KD_TILE_NODES], next[KD_TILE_NODES]; /* set of each node, KD_TILE_UNKNOWN before the search */
  uint16_t hash[1024];
  kd_v8 factor[KD_TILE_MOST * (KD_TILE_MOST + 1) / 2], inverse[KD_TILE_MOST], u[KD_TILE_MOST],
      x[KD_TILE_FUNCTIONS][KD_TILE_MOST];
  kd_v8 normal[KD_TILE_FUNCTIONS * KD_TILE_FUNCTIONS], beta[KD_TILE_FUNCTIONS];
  double estimate[KD_TILE_NODES], variance[KD_TILE_NODES];
  double panel[2][KD_GRID_TILE]
              [KD_GRID_ROW]; /* estimates and variances of tiles side by side, on their way to the sink */
} kd_tile_space;

typedef struct kd_tile_run {
  const kd_kriging *k;
  const kd_grid *grid;
  size_t panels_x, tiles_y, most;
  bool one_by_one;
  kd_tile_space *space;  /* by worker */
  kd_grid_totals *total; /* by worker */
  kd_grid_sink *sink;
  void *user;
} kd_tile_run;

/* kriging_tile_search.c: the candidates of the tile, false when there are too many; then the set of every node between
 * two corners. */
bool kd_tile_find(const kd_tile_run *run, kd_tile_space *s);
void kd_tile_search(const kd_tile_run *run, kd_tile_space *s, size_t x0, size_t y0, size_t x1, size_t y1);
/* kriging_tile_solve.c: covariances and trend functions of the candidates; then up to eight sets of the same size. */
void kd_tile_prepare(const kd_tile_run *run, kd_tile_space *s);
void kd_tile_krige_sets(const kd_tile_run *run, kd_tile_space *s, const uint16_t *sets, size_t count);

#endif
