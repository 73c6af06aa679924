// SPDX-License-Identifier: Apache-2.0
/* Kriging of a grid in tiles of 16 x 16 nodes.
 *
 * Search    The samples that any node of a tile may need stand within r + 2R of its middle, r the distance of the k-th
 *           sample from the middle and R the half diagonal: a list of candidates per tile. Along the tile their order
 *           by distance is kept by insertion from one node to the next. Where the four corners of a block of nodes have
 *           the same k nearest samples, every node between them has (order-k Voronoi cells are convex: Shamos and Hoey
 *           1975), so its search is left out; else the block is split.
 * Factor    Nodes with the same samples share a factor. Sets are factored eight at a time, one in each lane, from a
 *           table of the covariances between candidates: C = L L', then U = L^-1 [z, X] and the small normal matrix.
 * Solve     Eight nodes of one set at a time: v = L^-1 c0, estimate = v'u + r'b, variance = C00 - v'v + r'N^-1 r; the
 *           notation of kriging.c. No back-substitution.
 *
 * Range     as kd_kriging_at; the order of additions differs, so results agree to rounding (1e-12 of the spread).
 * Weakness  a tie between two samples at a distance that rounding decides may fall differently inside a block whose
 *           corners agree.
 */
#include "deposit/kriging_grid.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "deposit/kriging_tile.h"

static void krige_one_by_one(const kd_tile_run *run, kd_tile_space *s, kd_grid_totals *total) {
  for (size_t y = 0; y < s->height; y++) {
    for (size_t x = 0; x < s->width; x++) {
      const double at[3] = {s->node_x[x], s->node_y[y], s->node_z};
      kd_kriged k;
      kd_kriging_at(run->k, &s->one, &k, at, NULL, NULL);
      s->estimate[y * KD_GRID_TILE + x] = k.estimate;
      s->variance[y * KD_GRID_TILE + x] = k.variance;
      total->sets++;
    }
  }
}

static void krige_tile(const kd_tile_run *run, kd_tile_space *s, kd_grid_totals *total) {
  if (run->one_by_one || !kd_tile_find(run, s)) {
    krige_one_by_one(run, s, total);
    return;
  }
  memset(s->hash, 0xFF, sizeof s->hash);
  memset(s->of, 0xFF, sizeof s->of);
  s->sets = 0;
  kd_tile_search(run, s, 0, 0, s->width - 1, s->height - 1);
  kd_tile_prepare(run, s);
  for (size_t y = s->height; y-- > 0;) {
    for (size_t x = s->width; x-- > 0;) {
      const size_t node = y * KD_GRID_TILE + x;
      kd_tile_set *set = &s->set[s->of[node]];
      s->next[node] = set->head;
      set->head = (uint16_t)node;
      set->nodes++;
    }
  }
  /* Sets in the order of their sizes, then as they were found: eight of one size at a time. */
  for (size_t n = 0; n <= run->most; n++) {
    uint16_t batch[KD_LANES];
    size_t count = 0;
    for (size_t i = 0; i < s->sets; i++) {
      if (s->set[i].count != n) continue;
      if (n == 0) {
        const bool known = run->k->rule.simple && run->k->search->rule.minimum == 0;
        for (uint16_t node = s->set[i].head; node != KD_TILE_UNKNOWN; node = s->next[node]) {
          s->estimate[node] = known ? run->k->rule.mean : (double)NAN;
          s->variance[node] = known ? run->k->block_covariance : (double)NAN;
        }
        continue;
      }
      batch[count++] = (uint16_t)i;
      if (count < KD_LANES) continue;
      kd_tile_krige_sets(run, s, batch, count);
      count = 0;
    }
    if (count > 0) kd_tile_krige_sets(run, s, batch, count);
  }
  total->sets += s->sets;
}

/* One tile of a panel, at x0 along the grid and `column` in the panel. */
static void run_tile(const kd_tile_run *run, kd_tile_space *s, kd_grid_totals *total, size_t x0, size_t column) {
  const kd_grid *g = run->grid;
  s->width = x0 + KD_GRID_TILE < g->nodes[0] ? KD_GRID_TILE : g->nodes[0] - x0;
  for (size_t i = 0; i < s->width; i++) s->node_x[i] = g->origin[0] + g->cell[0] * (double)(x0 + i);
  krige_tile(run, s, total);
  for (size_t y = 0; y < s->height; y++) {
    const double *estimate = s->estimate + y * KD_GRID_TILE, *variance = s->variance + y * KD_GRID_TILE;
    for (size_t x = 0; x < s->width; x++) total->kriged += (size_t)!isnan(estimate[x]);
    memcpy(s->panel[0][y] + column, estimate, s->width * sizeof *estimate);
    memcpy(s->panel[1][y] + column, variance, s->width * sizeof *variance);
  }
}

/* One panel: a row of tiles, KD_GRID_ROW nodes long, so that the sink gets long pieces. */
static kd_status run_panel(size_t chunk, size_t worker, void *user, kd_error *err) {
  kd_tile_run *run = user;
  kd_tile_space *s = &run->space[worker];
  const kd_grid *g = run->grid;
  const size_t px = chunk % run->panels_x, ty = chunk / run->panels_x % run->tiles_y;
  const size_t iz = chunk / run->panels_x / run->tiles_y, first = px * KD_GRID_ROW, y0 = ty * KD_GRID_TILE;
  const size_t count = first + KD_GRID_ROW < g->nodes[0] ? KD_GRID_ROW : g->nodes[0] - first;
  s->height = y0 + KD_GRID_TILE < g->nodes[1] ? KD_GRID_TILE : g->nodes[1] - y0;
  for (size_t i = 0; i < s->height; i++) s->node_y[i] = g->origin[1] + g->cell[1] * (double)(y0 + i);
  s->node_z = run->k->points.z != NULL ? g->origin[2] + g->cell[2] * (double)iz : 0.0;
  for (size_t x = 0; x < count; x += KD_GRID_TILE) run_tile(run, s, &run->total[worker], first + x, x);
  for (size_t y = 0; y < s->height; y++) {
    const kd_status status = run->sink((iz * g->nodes[1] + y0 + y) * g->nodes[0] + first, count, s->panel[0][y],
                                       s->panel[1][y], run->user, err);
    if (status != KD_OK) return status;
  }
  return KD_OK;
}

kd_status kd_kriging_grid(kd_grid_totals *out, const kd_kriging *self, const kd_grid *grid, kd_pool *pool,
                          kd_grid_sink *sink, void *user, kd_context *ctx, kd_error *err) {
  kd_status status = KD_OK;
  const kd_search_rule *rule = &self->search->rule;
  const size_t threads = pool != NULL ? kd_pool_threads(pool) : 1, samples = self->points.count;
  kd_tile_run run = {.k = self, .grid = grid, .sink = sink, .user = user};
  kd_arena *arena = NULL;
  *out = (kd_grid_totals){0};
  KD_CHECK(self->rule.drifts == 0, err, KD_E_CONTRADICTION, "a grid carries no drift: give targets with its columns");
  KD_CHECK(grid->nodes[0] > 0 && grid->nodes[1] > 0 && grid->nodes[2] > 0, err, KD_E_RANGE, "a grid without nodes");
  run.most = rule->neighbours > 0 && rule->neighbours < samples ? rule->neighbours : samples;
  run.one_by_one =
      rule->sectors > 0 || rule->per_core > 0 || run.most > KD_TILE_MOST || self->functions > KD_TILE_FUNCTIONS;
  run.panels_x = (grid->nodes[0] + KD_GRID_ROW - 1) / KD_GRID_ROW;
  run.tiles_y = (grid->nodes[1] + KD_GRID_TILE - 1) / KD_GRID_TILE;
  KD_TRY(kd_arena_create(&arena, ctx));
  run.space = kd_arena_alloc(arena, threads, sizeof *run.space);
  run.total = kd_arena_alloc(arena, threads, sizeof *run.total);
  KD_CHECK(run.space != NULL && run.total != NULL, err, KD_E_NOMEM, "no memory for %zu threads", threads);
  for (size_t t = 0; t < threads; t++) KD_TRY(kd_kriging_space_create(&run.space[t].one, arena, self, err));
  const size_t chunks = run.panels_x * run.tiles_y * grid->nodes[2];
  if (pool != NULL) KD_TRY(kd_pool_run(pool, chunks, run_panel, &run, err));
  for (size_t c = 0; pool == NULL && c < chunks; c++) KD_TRY(run_panel(c, 0, &run, err));
  out->nodes = grid->nodes[0] * grid->nodes[1] * grid->nodes[2];
  for (size_t t = 0; t < threads; t++) {
    out->kriged += run.total[t].kriged;
    out->sets += run.total[t].sets;
  }
out:
  kd_arena_destroy(&arena);
  return status;
}
