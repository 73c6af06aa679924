// SPDX-License-Identifier: Apache-2.0
/* The constant path of a sequential simulation.
 *
 *   level l of a node    the largest l with 2^l dividing all its indices, capped; high levels first
 *   tile                 T nodes along each axis, in strides 2^l; colour = parity of the tile's number along each axis
 *   order in a level     by colour, then by tile row by row, then by a fixed random key inside the tile
 *
 * The keys are the same in every tile. So the nodes that come before a node, seen from it, are the same for all nodes
 * at the same place of two tiles by two: away from the edges of the grid and from data a level has some (2T)^d
 * neighbourhoods however large the grid, and as many systems to solve. Within a tile the order is random; between
 * colours each tile finds what was simulated on all its sides, so that no direction is preferred.
 *
 * Source    multiple grids: Tran 1994, Computers and Geosciences 20, 1161; constant path: Nussbaumer, Mariethoz,
 *           Gravey, Gloaguen, Holliger 2018, Computers and Geosciences 112. The repeating tiles are our own.
 * Weakness  neighbourhoods that are too small show as a faint pattern of the period of two tiles, the same in all
 *           realisations, where a path that is random everywhere spreads it.
 */
#include "deposit/multigrid_path.h"

#include <string.h>

#include "base/random.h"

void kd_multigrid_path_prepare(kd_multigrid_path *out, const kd_simulation_grid *grid, int levels, uint64_t seed) {
  size_t longest = 1;
  int dimensions = 0;
  memset(out, 0, sizeof *out);
  out->grid = grid;
  for (int a = 0; a < 3; a++) {
    longest = grid->n[a] > longest ? grid->n[a] : longest;
    dimensions += grid->n[a] > 1 ? 1 : 0;
  }
  out->levels = levels;
  if (levels <= 0)
    for (out->levels = 1; out->levels < 6 && longest >> (out->levels + 3) > 0; out->levels++) continue;
  if (out->levels > KD_PATH_LEVELS) out->levels = KD_PATH_LEVELS;
  const int shift = dimensions <= 1 ? 6 : dimensions == 2 ? 4 : 3;
  out->tile_nodes = 1;
  for (int a = 0; a < 3; a++) {
    out->shift[a] = grid->n[a] > 1 ? shift : 0;
    out->tile[a] = 1 << out->shift[a];
    out->tile_nodes *= (size_t)out->tile[a];
  }
  /* A random order of the tile's nodes: Fisher and Yates. */
  kd_stream rng;
  kd_stream_start(&rng, seed, kd_stream_id("deposit.multigrid_path"), 0);
  for (size_t i = 0; i < out->tile_nodes; i++) out->visit[i] = (uint16_t)i;
  for (size_t i = out->tile_nodes; i > 1; i--) {
    const size_t j = (size_t)(kd_stream_uniform(&rng) * (double)i);
    const uint16_t swap = out->visit[i - 1];
    out->visit[i - 1] = out->visit[j];
    out->visit[j] = swap;
  }
  for (size_t i = 0; i < out->tile_nodes; i++) out->key[out->visit[i]] = (uint16_t)i;
}

int kd_path_level(const kd_multigrid_path *self, const int32_t index[3]) {
  const uint32_t any = (uint32_t)(index[0] | index[1] | index[2]);
  int level = 0;
  while (level < self->levels - 1 && (any >> level & 1) == 0) level++;
  return level;
}

/* Position of a node in a tile. */
static size_t inside(const kd_multigrid_path *self, const int32_t u[3]) {
  const size_t x = (size_t)(u[0] & (self->tile[0] - 1)), y = (size_t)(u[1] & (self->tile[1] - 1)),
               z = (size_t)(u[2] & (self->tile[2] - 1));
  return (((z << self->shift[1]) + y) << self->shift[0]) + x;
}

bool kd_path_before(const kd_multigrid_path *self, int level, const int32_t b[3], const int32_t a[3]) {
  if (level < self->levels - 1 && ((b[0] | b[1] | b[2]) & 1) == 0) return true; /* of a coarser level */
  int32_t ta[3], tb[3];
  int colour_a = 0, colour_b = 0;
  for (int k = 2; k >= 0; k--) {
    ta[k] = a[k] >> self->shift[k]; /* of negative numbers: rounds down, as gcc and clang do */
    tb[k] = b[k] >> self->shift[k];
    if (self->shift[k] == 0) continue;
    colour_a = 2 * colour_a + (ta[k] & 1);
    colour_b = 2 * colour_b + (tb[k] & 1);
  }
  if (colour_a != colour_b) return colour_b < colour_a;
  for (int k = 2; k >= 0; k--)
    if (ta[k] != tb[k]) return tb[k] < ta[k];
  return self->key[inside(self, b)] < self->key[inside(self, a)];
}

size_t kd_path_classes(const kd_multigrid_path *self) {
  size_t count = 1;
  for (int a = 0; a < 3; a++) count *= self->shift[a] > 0 ? 2 * (size_t)self->tile[a] : 1;
  return count;
}

size_t kd_path_class(const kd_multigrid_path *self, const int32_t u[3]) {
  size_t number = 0;
  for (int a = 2; a >= 0; a--)
    if (self->shift[a] > 0) number = number * 2 * (size_t)self->tile[a] + (size_t)(u[a] & (2 * self->tile[a] - 1));
  return number;
}

void kd_path_class_index(int32_t u[3], const kd_multigrid_path *self, size_t number) {
  for (int a = 0; a < 3; a++) {
    const size_t width = self->shift[a] > 0 ? 2 * (size_t)self->tile[a] : 1;
    u[a] = (int32_t)(number % width);
    number /= width;
  }
}

/* The nodes of a level in one tile. */
static size_t order_tile(uint32_t *order, const kd_multigrid_path *self, int level, const int32_t tile[3],
                         const int32_t count[3]) {
  const size_t *n = self->grid->n;
  size_t written = 0;
  for (size_t i = 0; i < self->tile_nodes; i++) {
    const int32_t at = self->visit[i];
    const int32_t u[3] = {(tile[0] << self->shift[0]) + (at & (self->tile[0] - 1)),
                          (tile[1] << self->shift[1]) + (at >> self->shift[0] & (self->tile[1] - 1)),
                          (tile[2] << self->shift[2]) + (at >> (self->shift[0] + self->shift[1]))};
    if (u[0] >= count[0] || u[1] >= count[1] || u[2] >= count[2]) continue;
    if (level < self->levels - 1 && ((u[0] | u[1] | u[2]) & 1) == 0) continue;
    order[written++] =
        (uint32_t)((((size_t)u[2] << level) * n[1] + ((size_t)u[1] << level)) * n[0] + ((size_t)u[0] << level));
  }
  return written;
}

void kd_multigrid_path_order(uint32_t *order, size_t first[KD_PATH_LEVELS + 1], const kd_multigrid_path *self) {
  size_t written = 0;
  for (int level = self->levels - 1; level >= 0; level--) {
    int32_t count[3], tiles[3], t[3];
    first[level] = written;
    for (int a = 0; a < 3; a++) {
      count[a] = (int32_t)((self->grid->n[a] - 1) >> level) + 1; /* strides along the axis */
      tiles[a] = (count[a] + self->tile[a] - 1) >> self->shift[a];
    }
    for (int colour = 0; colour < 8; colour++) {
      int bits = colour, odd[3] = {0, 0, 0}, step[3];
      for (int a = 0; a < 3; a++) {
        step[a] = self->shift[a] > 0 ? 2 : 1;
        if (self->shift[a] == 0) continue;
        odd[a] = bits & 1;
        bits >>= 1;
      }
      if (bits != 0) break; /* fewer than three dimensions: no more colours */
      for (t[2] = odd[2]; t[2] < tiles[2]; t[2] += step[2])
        for (t[1] = odd[1]; t[1] < tiles[1]; t[1] += step[1])
          for (t[0] = odd[0]; t[0] < tiles[0]; t[0] += step[0])
            written += order_tile(order + written, self, level, t, count);
    }
  }
  first[self->levels] = 0;
}
