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

#include <string.h>

#include "base/context.h"
#include "deposit/covariance_lanes.h"

#define TILE       KD_GRID_TILE
#define TILE_NODES (TILE * TILE)
#define CANDIDATES 192 /* of a tile; more: node by node */
#define WORDS      (CANDIDATES / 64)
#define MOST       KD_GRID_SAMPLES
#define FUNCTIONS  10
#define UNKNOWN    UINT16_MAX

typedef struct tile_set {
  uint64_t mask[WORDS]; /* candidates in it */
  uint16_t head;        /* first node of the set in the tile, linked by next */
  uint16_t count, nodes;
} tile_set;

/* Everything that one thread needs. */
typedef struct grid_space {
  kd_kriging_space one; /* for what goes node by node */
  size_t candidates;
  uint32_t row[CANDIDATES];
  double at[3][CANDIDATES], mapped[3][CANDIDATES], value[CANDIDATES];
  double table[CANDIDATES * CANDIDATES];
  double function[FUNCTIONS][CANDIDATES];
  uint16_t order[CANDIDATES];
  double key[CANDIDATES], limit; /* of the last node searched */
  size_t width, height, sets;
  double node_x[TILE], node_y[TILE], node_z;
  tile_set set[TILE_NODES];
  uint16_t of[TILE_NODES], next[TILE_NODES]; /* set of each node, UNKNOWN before the search */
  uint16_t hash[1024];
  kd_v8 factor[MOST * (MOST + 1) / 2], inverse[MOST], u[MOST], x[FUNCTIONS][MOST];
  kd_v8 normal[FUNCTIONS * FUNCTIONS], beta[FUNCTIONS];
  double estimate[TILE_NODES], variance[TILE_NODES];
  double panel[2][TILE][KD_GRID_ROW]; /* estimates and variances of tiles side by side, on their way to the sink */
} grid_space;

typedef struct grid_run {
  const kd_kriging *k;
  const kd_grid *grid;
  size_t panels_x, tiles_y, most;
  bool one_by_one;
  grid_space *space;     /* by worker */
  kd_grid_totals *total; /* by worker */
  kd_grid_sink *sink;
  void *user;
} grid_run;

/* --- search ------------------------------------------------------------------------------------------------------- */

static void map_place(const kd_search *search, double out[3], double x, double y, double z) {
  if (search->flat) z = 0.0;
  if (!search->mapped) {
    out[0] = x;
    out[1] = y;
    out[2] = z;
    return;
  }
  for (int a = 0; a < 3; a++) out[a] = search->map[3 * a] * x + search->map[3 * a + 1] * y + search->map[3 * a + 2] * z;
}

/* Candidates of the tile, or false when there are too many. */
static bool find_candidates(const grid_run *run, grid_space *s) {
  const kd_search *search = run->k->search;
  kd_search wide = *search;
  double middle[3], corner[3], far = 0.0;
  const double mx = 0.5 * (s->node_x[0] + s->node_x[s->width - 1]);
  const double my = 0.5 * (s->node_y[0] + s->node_y[s->height - 1]);
  map_place(search, middle, mx, my, s->node_z);
  for (int c = 0; c < 4; c++) {
    double sum = 0.0;
    map_place(search, corner, s->node_x[c % 2 ? s->width - 1 : 0], s->node_y[c / 2 ? s->height - 1 : 0], s->node_z);
    for (int a = 0; a < 3; a++) sum += (corner[a] - middle[a]) * (corner[a] - middle[a]);
    far = fmax(far, sqrt(sum));
  }
  const double at[3] = {mx, my, s->node_z};
  wide.rule.minimum = 0;
  wide.radius2 = (double)INFINITY;
  wide.rule.neighbours = run->most;
  wide.all = false;
  const size_t near = kd_search_at(&wide, &s->one.near, at, NULL);
  double reach = near < run->most ? (double)INFINITY : sqrt(s->one.near.distance2[near - 1]) + 2.0 * far;
  if (search->radius2 < (double)INFINITY) reach = fmin(reach, sqrt(search->radius2) + far);
  reach *= 1.0 + 1e-12;
  wide.radius2 = reach * reach;
  s->limit = near > 0 ? s->one.near.distance2[near - 1] : 1.0;
  wide.rule.neighbours = CANDIDATES;
  s->candidates = kd_search_at(&wide, &s->one.near, at, NULL);
  if (s->candidates == CANDIDATES && s->candidates < search->points.count) return false;
  const kd_points *p = &search->points;
  for (size_t i = 0; i < s->candidates; i++) {
    const uint32_t r = s->one.near.index[i];
    double m[3];
    s->row[i] = r;
    s->at[0][i] = p->x[r];
    s->at[1][i] = p->y[r];
    s->at[2][i] = p->z != NULL ? p->z[r] : 0.0;
    map_place(search, m, s->at[0][i], s->at[1][i], s->at[2][i]);
    for (int a = 0; a < 3; a++) s->mapped[a][i] = m[a];
    s->value[i] = run->k->value[r] - (run->k->rule.simple ? run->k->rule.mean : 0.0);
    s->order[i] = (uint16_t)i;
  }
  return true;
}

/* The set with this mask, new or known. */
static uint16_t intern_set(grid_space *s, const uint64_t *mask, size_t count) {
  uint64_t h = 0x9E3779B97F4A7C15u;
  for (int w = 0; w < WORDS; w++) h = (h ^ mask[w]) * 0xD6E8FEB86659FD93u, h ^= h >> 32;
  size_t at = h & 1023;
  while (s->hash[at] != UNKNOWN && memcmp(s->set[s->hash[at]].mask, mask, sizeof s->set[0].mask) != 0)
    at = (at + 1) & 1023;
  if (s->hash[at] == UNKNOWN) {
    tile_set *set = &s->set[s->sets];
    memcpy(set->mask, mask, sizeof set->mask);
    set->count = (uint16_t)count;
    set->nodes = 0;
    set->head = UNKNOWN;
    s->hash[at] = (uint16_t)s->sets++;
  }
  return s->hash[at];
}

/* Candidates by (distance, row): the obvious way, for ties that no threshold can part. */
static void sort_mask(grid_space *s, uint64_t *mask, size_t count) {
  const size_t n = s->candidates;
  for (size_t i = 1; i < n; i++) {
    const uint16_t c = s->order[i];
    const double d = s->key[c];
    size_t j = i;
    for (; j > 0; j--) {
      const uint16_t b = s->order[j - 1];
      if (s->key[b] < d || (s->key[b] == d && s->row[b] < s->row[c])) break;
      s->order[j] = b;
    }
    s->order[j] = c;
  }
  for (size_t i = 0; i < count; i++) mask[s->order[i] / 64] |= (uint64_t)1 << (s->order[i] % 64);
}

KD_INLINE size_t count_below(const double *key, size_t n, double limit) {
  kd_i8 sum = {0};
  for (size_t i = 0; i < n; i += KD_LANES) {
    kd_v8 k;
    kd_v8_load(&k, key + i);
    sum -= k <= limit;
  }
  return (size_t)(((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7])));
}

KD_INLINE void mask_below(uint64_t *mask, const double *key, size_t n, double limit) {
  const kd_i8 lane = {1, 2, 4, 8, 16, 32, 64, 128};
  for (size_t w = 0; 64 * w < n; w++) {
    kd_i8 bits = {0};
    for (size_t i = 64 * w, shift = 0; i < n && shift < 64; i += KD_LANES, shift += KD_LANES) {
      kd_v8 k;
      kd_v8_load(&k, key + i);
      bits |= (k <= limit) & (lane << (int64_t)shift);
    }
    mask[w] = (uint64_t)(((bits[0] | bits[4]) | (bits[1] | bits[5])) | ((bits[2] | bits[6]) | (bits[3] | bits[7])));
  }
}

/* The set of one node: the first `most` candidates inside the radius. The threshold that parts them is sought from that
 * of the node before; the number below grows about as the square of the distance. */
KD_CLONES static void search_node(const grid_run *run, grid_space *s, size_t node) {
  const kd_search *search = run->k->search;
  const size_t n = s->candidates, most = n < run->most ? n : run->most;
  double p[3], low = 0.0, high = search->radius2, limit = s->limit;
  uint64_t mask[WORDS] = {0};
  size_t count = 0;
  map_place(search, p, s->node_x[node % TILE], s->node_y[node / TILE], s->node_z);
  for (size_t i = 0; i < n; i += KD_LANES) {
    kd_v8 x, y, z;
    kd_v8_load(&x, s->mapped[0] + i);
    kd_v8_load(&y, s->mapped[1] + i);
    kd_v8_load(&z, s->mapped[2] + i);
    x -= p[0];
    y -= p[1];
    z -= p[2];
    x = x * x + y * y + z * z;
    kd_v8_store(s->key + i, &x);
  }
  for (size_t i = n; i % KD_LANES != 0; i++) s->key[i] = (double)NAN;
  if (high < (double)INFINITY || n == most) count = count_below(s->key, n, high);
  if (count > 0 && count <= most) {
    mask_below(mask, s->key, n, high);
  } else if (count == 0 && high < (double)INFINITY) {
    count = 0;
  } else {
    for (int i = 0; i < 40; i++) {
      if (!(limit > low && limit < high)) limit = high < (double)INFINITY ? 0.5 * (low + high) : 2.0 * low + 1.0;
      count = count_below(s->key, n, limit);
      if (count == most) break;
      if (count > most)
        high = limit;
      else
        low = limit;
      limit *= i < 8 && count > 0 ? (double)most / (double)count : -1.0; /* then by halves */
    }
    if (count == most) {
      s->limit = limit;
      mask_below(mask, s->key, n, limit);
    } else {
      count = most;
      sort_mask(s, mask, count);
    }
  }
  if (count < search->rule.minimum) {
    count = 0;
    memset(mask, 0, sizeof mask);
  }
  s->of[node] = intern_set(s, mask, count);
}

/* Sets of the nodes [x0, x1] x [y0, y1]: corners first. */
static void search_block(const grid_run *run, grid_space *s, size_t x0, size_t y0, size_t x1, size_t y1) {
  const size_t corner[4] = {y0 * TILE + x0, y0 * TILE + x1, y1 * TILE + x1, y1 * TILE + x0};
  for (int c = 0; c < 4; c++)
    if (s->of[corner[c]] == UNKNOWN) search_node(run, s, corner[c]);
  if (x1 - x0 <= 1 && y1 - y0 <= 1) return;
  const uint16_t set = s->of[corner[0]];
  /* Inside a radius only a full set is proved by its corners: the furthest sample is nearer in between. */
  const bool full = run->k->search->radius2 == (double)INFINITY || s->set[set].count == run->most;
  if (full && set == s->of[corner[1]] && set == s->of[corner[2]] && set == s->of[corner[3]]) {
    for (size_t y = y0; y <= y1; y++)
      for (size_t x = x0; x <= x1; x++) s->of[y * TILE + x] = set;
    return;
  }
  const size_t mx = x0 + (x1 - x0) / 2, my = y0 + (y1 - y0) / 2;
  const size_t rx = mx > x0 ? mx : x1, ry = my > y0 ? my : y1; /* halves share a line unless they are two nodes wide */
  search_block(run, s, x0, y0, mx > x0 ? mx : x0, my > y0 ? my : y0);
  if (x1 > x0) search_block(run, s, rx, y0, x1, my > y0 ? my : y0);
  if (y1 > y0) search_block(run, s, x0, ry, mx > x0 ? mx : x0, y1);
  if (x1 > x0 && y1 > y0) search_block(run, s, rx, ry, x1, y1);
}

/* --- factor ------------------------------------------------------------------------------------------------------- */

/* Covariances between all candidates, error of measurement on the diagonal only. */
KD_CLONES static void fill_table(const grid_run *run, grid_space *s) {
  const kd_kriging *k = run->k;
  for (size_t i = 0; i < s->candidates; i++) {
    double *to = s->table + i * CANDIDATES;
    for (size_t j = 0; j < s->candidates; j += KD_LANES) {
      kd_v8 x, y, z, c;
      kd_v8_load(&x, s->at[0] + j);
      kd_v8_load(&y, s->at[1] + j);
      kd_v8_load(&z, s->at[2] + j);
      x -= s->at[0][i];
      y -= s->at[1][i];
      z -= s->at[2][i];
      kd_covariance_lanes(&c, k->model, k->bound, k->bound - k->error, &x, &y, &z);
      kd_v8_store(to + j, &c);
    }
    to[i] = k->bound;
  }
}

static void place_functions(const kd_kriging *k, double *f, double x, double y, double z) {
  const bool flat = k->points.z == NULL;
  const int axes = flat ? 2 : 3;
  const double u[3] = {(x - k->centre[0]) / k->scale, (y - k->centre[1]) / k->scale, (z - k->centre[2]) / k->scale};
  size_t m = 0;
  if (k->functions == 0) return;
  f[m++] = 1.0;
  for (int a = 0; a < axes && k->rule.trend >= 1; a++) f[m++] = u[a];
  for (int a = 0; a < axes && k->rule.trend >= 2; a++)
    for (int b = a; b < axes; b++) f[m++] = u[a] * u[b];
}

/* Rows of eight sets of n samples: member[lane][i] is a candidate. ok[lane]: pivots above the limit. */
KD_CLONES static void factor_sets(const grid_run *run, grid_space *s, uint16_t member[KD_LANES][MOST], size_t n,
                                  kd_kriged_note note[KD_LANES]) {
  const size_t m = run->k->functions;
  const kd_v8 least = KD_SPLAT(1e-13 * run->k->bound), zero = KD_SPLAT(0.0);
  kd_i8 bad = {0}, trend = {0};
  for (size_t i = 0; i < n; i++) {
    kd_v8 *row = s->factor + i * (i + 1) / 2;
    const double *from[KD_LANES];
    for (int l = 0; l < KD_LANES; l++) from[l] = s->table + (size_t)member[l][i] * CANDIDATES;
    for (size_t j = 0; j <= i; j++) {
      const kd_v8 *other = s->factor + j * (j + 1) / 2;
      kd_v8 a = zero, b = zero, c = zero;
      for (int l = 0; l < KD_LANES; l++) a[l] = from[l][member[l][j]];
      size_t q = 0;
      for (; q + 2 <= j; q += 2) {
        b += row[q] * other[q];
        c += row[q + 1] * other[q + 1];
      }
      if (q < j) b += row[q] * other[q];
      a -= b + c;
      if (j < i) {
        row[j] = a * s->inverse[j];
      } else {
        bad |= ~(a > least);
        kd_v8_sqrt(&row[i], &a);
        s->inverse[i] = 1.0 / row[i];
      }
    }
    const kd_v8 *l = row;
    kd_v8 t;
    for (int k = 0; k < KD_LANES; k++) t[k] = s->value[member[k][i]];
    for (size_t q = 0; q < i; q++) t -= l[q] * s->u[q];
    s->u[i] = t * s->inverse[i];
    for (size_t f = 0; f < m; f++) {
      for (int k = 0; k < KD_LANES; k++) t[k] = s->function[f][member[k][i]];
      for (size_t q = 0; q < i; q++) t -= l[q] * s->x[f][q];
      s->x[f][i] = t * s->inverse[i];
    }
  }
  for (size_t f = 0; f < m; f++) {
    for (size_t g = 0; g <= f; g++) {
      kd_v8 t = zero;
      for (size_t i = 0; i < n; i++) t += s->x[f][i] * s->x[g][i];
      const kd_v8 whole = t;
      for (size_t q = 0; q < g; q++) t -= s->normal[f * FUNCTIONS + q] * s->normal[g * FUNCTIONS + q];
      if (g < f) {
        s->normal[f * FUNCTIONS + g] = t / s->normal[g * FUNCTIONS + g];
      } else {
        trend |= ~(t > 1e-12 * whole);
        kd_v8_sqrt(&s->normal[f * FUNCTIONS + f], &t);
      }
    }
    kd_v8 t = zero;
    for (size_t i = 0; i < n; i++) t += s->x[f][i] * s->u[i];
    for (size_t q = 0; q < f; q++) t -= s->normal[f * FUNCTIONS + q] * s->beta[q];
    s->beta[f] = t / s->normal[f * FUNCTIONS + f];
  }
  for (int l = 0; l < KD_LANES; l++)
    note[l] = bad[l] ? KD_KRIGED_SINGULAR : trend[l] || n < m ? KD_KRIGED_TREND : KD_KRIGED;
}

/* --- solve -------------------------------------------------------------------------------------------------------- */

/* One set's factor out of its lane, rows one after the other: what the nodes of the set share. */
typedef struct lane_factor {
  double factor[MOST * (MOST + 1) / 2], inverse[MOST], u[MOST], x[FUNCTIONS][MOST];
  double normal[FUNCTIONS * FUNCTIONS], beta[FUNCTIONS];
  double place[3][MOST];
} lane_factor;

static void take_lane(lane_factor *f, const grid_run *run, const grid_space *s, const uint16_t *member, size_t n,
                      int lane) {
  const size_t m = run->k->functions;
  for (size_t i = 0; i < n * (n + 1) / 2; i++) f->factor[i] = s->factor[i][lane];
  for (size_t i = 0; i < n; i++) {
    f->inverse[i] = s->inverse[i][lane];
    f->u[i] = s->u[i][lane];
    for (size_t k = 0; k < m; k++) f->x[k][i] = s->x[k][i][lane];
    for (int a = 0; a < 3; a++) f->place[a][i] = s->at[a][member[i]];
  }
  for (size_t k = 0; k < m; k++) {
    f->beta[k] = s->beta[k][lane];
    for (size_t l = 0; l <= k; l++) f->normal[k * FUNCTIONS + l] = s->normal[k * FUNCTIONS + l][lane];
  }
}

/* Trend functions at eight places; the mean over a block where it differs from the value at its middle. */
static void node_functions(const kd_kriging *k, kd_v8 *r, double at[3][KD_LANES]) {
  for (int l = 0; l < KD_LANES; l++) {
    double f[FUNCTIONS], sum[FUNCTIONS] = {0.0};
    if (k->block_count == 0 || k->rule.trend < 2) {
      place_functions(k, sum, at[0][l], at[1][l], at[2][l]);
    } else {
      for (size_t b = 0; b < k->block_count; b++) {
        place_functions(k, f, at[0][l] + k->block_at[0][b], at[1][l] + k->block_at[1][b], at[2][l] + k->block_at[2][b]);
        for (size_t m = 0; m < k->functions; m++) sum[m] += k->block_weight[b] * f[m];
      }
    }
    for (size_t m = 0; m < k->functions; m++) r[m][l] = sum[m];
  }
}

/* Eight nodes of one set. */
KD_CLONES static void solve_nodes(const grid_run *run, const lane_factor *f, size_t n, double at[3][KD_LANES],
                                  double estimate[KD_LANES], double variance[KD_LANES]) {
  const kd_kriging *k = run->k;
  const size_t m = k->functions;
  kd_v8 v[MOST], r[FUNCTIONS], px, py, pz, z = KD_SPLAT(k->rule.simple ? k->rule.mean : 0.0);
  kd_v8 s2 = KD_SPLAT(k->block_covariance);
  kd_v8_load(&px, at[0]);
  kd_v8_load(&py, at[1]);
  kd_v8_load(&pz, at[2]);
  for (size_t i = 0; i < n; i++) {
    const kd_v8 dx = f->place[0][i] - px, dy = f->place[1][i] - py, dz = f->place[2][i] - pz;
    if (k->block_count == 0) {
      kd_covariance_lanes(&v[i], k->model, k->bound, k->bound - k->error, &dx, &dy, &dz);
      continue;
    }
    v[i] = KD_SPLAT(k->block_shift);
    for (size_t b = 0; b < k->block_count; b++) {
      kd_v8 c;
      const kd_v8 bx = dx - k->block_at[0][b], by = dy - k->block_at[1][b], bz = dz - k->block_at[2][b];
      kd_covariance_lanes(&c, k->model, k->bound, k->bound - k->model->nugget, &bx, &by, &bz);
      v[i] += c * k->block_weight[b];
    }
  }
  for (size_t i = 0; i < n; i++) {
    const double *row = f->factor + i * (i + 1) / 2;
    kd_v8 a = v[i], b = KD_SPLAT(0.0), c = b, d = b;
    size_t q = 0;
    for (; q + 4 <= i; q += 4) {
      a -= row[q] * v[q];
      b += row[q + 1] * v[q + 1];
      c += row[q + 2] * v[q + 2];
      d += row[q + 3] * v[q + 3];
    }
    for (; q < i; q++) a -= row[q] * v[q];
    a -= b + (c + d);
    v[i] = a * f->inverse[i];
    z += v[i] * f->u[i];
    s2 -= v[i] * v[i];
  }
  if (m == 1) {
    r[0] = KD_SPLAT(1.0);
  } else if (m > 1) {
    node_functions(k, r, at);
  }
  for (size_t a = 0; a < m; a++) {
    for (size_t i = 0; i < n; i++) r[a] -= f->x[a][i] * v[i];
    for (size_t b = 0; b < a; b++) r[a] -= f->normal[a * FUNCTIONS + b] * r[b];
    r[a] /= f->normal[a * FUNCTIONS + a];
    z += r[a] * f->beta[a];
    s2 += r[a] * r[a];
  }
  const kd_i8 rounded = (s2 < KD_SPLAT(0.0)) & (s2 > KD_SPLAT(-1e-9 * k->bound));
  const kd_v8 zero = KD_SPLAT(0.0);
  kd_v8_select(&s2, &rounded, &zero, &s2);
  kd_v8_store(estimate, &z);
  kd_v8_store(variance, &s2);
}

static void solve_set(const grid_run *run, grid_space *s, const lane_factor *f, const tile_set *set) {
  uint16_t node = set->head;
  while (node != UNKNOWN) {
    double at[3][KD_LANES], estimate[KD_LANES], variance[KD_LANES];
    uint16_t nodes[KD_LANES];
    size_t count = 0;
    for (; node != UNKNOWN && count < KD_LANES; node = s->next[node]) nodes[count++] = node;
    for (size_t l = 0; l < KD_LANES; l++) {
      const uint16_t place = nodes[l < count ? l : 0];
      at[0][l] = s->node_x[place % TILE];
      at[1][l] = s->node_y[place / TILE];
      at[2][l] = s->node_z;
    }
    solve_nodes(run, f, set->count, at, estimate, variance);
    for (size_t l = 0; l < count; l++) {
      s->estimate[nodes[l]] = estimate[l];
      s->variance[nodes[l]] = variance[l];
    }
  }
}

/* --- one tile ----------------------------------------------------------------------------------------------------- */

static void krige_one_by_one(const grid_run *run, grid_space *s, kd_grid_totals *total) {
  for (size_t y = 0; y < s->height; y++) {
    for (size_t x = 0; x < s->width; x++) {
      const double at[3] = {s->node_x[x], s->node_y[y], s->node_z};
      kd_kriged k;
      kd_kriging_at(run->k, &s->one, &k, at, NULL, NULL);
      s->estimate[y * TILE + x] = k.estimate;
      s->variance[y * TILE + x] = k.variance;
      total->sets++;
    }
  }
}

static size_t members_of(uint16_t *member, const tile_set *set) {
  size_t n = 0;
  for (int w = 0; w < WORDS; w++)
    for (uint64_t bits = set->mask[w]; bits != 0; bits &= bits - 1)
      member[n++] = (uint16_t)(64 * w + __builtin_ctzll(bits));
  return n;
}

/* Factors and solves up to eight sets of the same size. */
static void krige_sets(const grid_run *run, grid_space *s, const uint16_t *sets, size_t count) {
  uint16_t member[KD_LANES][MOST];
  kd_kriged_note note[KD_LANES];
  lane_factor f;
  const size_t n = s->set[sets[0]].count;
  for (size_t l = 0; l < KD_LANES; l++) members_of(member[l], &s->set[sets[l < count ? l : 0]]);
  factor_sets(run, s, member, n, note);
  for (size_t l = 0; l < count; l++) {
    const tile_set *set = &s->set[sets[l]];
    if (note[l] == KD_KRIGED) {
      take_lane(&f, run, s, member[l], n, (int)l);
      solve_set(run, s, &f, set);
      continue;
    }
    for (uint16_t node = set->head; node != UNKNOWN; node = s->next[node])
      s->estimate[node] = s->variance[node] = (double)NAN;
  }
}

static void krige_tile(const grid_run *run, grid_space *s, kd_grid_totals *total) {
  if (run->one_by_one || !find_candidates(run, s)) {
    krige_one_by_one(run, s, total);
    return;
  }
  memset(s->hash, 0xFF, sizeof s->hash);
  memset(s->of, 0xFF, sizeof s->of);
  s->sets = 0;
  search_block(run, s, 0, 0, s->width - 1, s->height - 1);
  fill_table(run, s);
  for (size_t i = 0; i < s->candidates && run->k->functions > 0; i++) {
    double f[FUNCTIONS];
    place_functions(run->k, f, s->at[0][i], s->at[1][i], s->at[2][i]);
    for (size_t m = 0; m < run->k->functions; m++) s->function[m][i] = f[m];
  }
  for (size_t y = s->height; y-- > 0;) {
    for (size_t x = s->width; x-- > 0;) {
      const size_t node = y * TILE + x;
      tile_set *set = &s->set[s->of[node]];
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
        for (uint16_t node = s->set[i].head; node != UNKNOWN; node = s->next[node]) {
          s->estimate[node] = known ? run->k->rule.mean : (double)NAN;
          s->variance[node] = known ? run->k->block_covariance : (double)NAN;
        }
        continue;
      }
      batch[count++] = (uint16_t)i;
      if (count < KD_LANES) continue;
      krige_sets(run, s, batch, count);
      count = 0;
    }
    if (count > 0) krige_sets(run, s, batch, count);
  }
  total->sets += s->sets;
}

/* One tile of a panel, at x0 along the grid and `column` in the panel. */
static void run_tile(const grid_run *run, grid_space *s, kd_grid_totals *total, size_t x0, size_t column) {
  const kd_grid *g = run->grid;
  s->width = x0 + TILE < g->nodes[0] ? TILE : g->nodes[0] - x0;
  for (size_t i = 0; i < s->width; i++) s->node_x[i] = g->origin[0] + g->cell[0] * (double)(x0 + i);
  krige_tile(run, s, total);
  for (size_t y = 0; y < s->height; y++) {
    const double *estimate = s->estimate + y * TILE, *variance = s->variance + y * TILE;
    for (size_t x = 0; x < s->width; x++) total->kriged += (size_t)!isnan(estimate[x]);
    memcpy(s->panel[0][y] + column, estimate, s->width * sizeof *estimate);
    memcpy(s->panel[1][y] + column, variance, s->width * sizeof *variance);
  }
}

/* One panel: a row of tiles, KD_GRID_ROW nodes long, so that the sink gets long pieces. */
static kd_status run_panel(size_t chunk, size_t worker, void *user, kd_error *err) {
  grid_run *run = user;
  grid_space *s = &run->space[worker];
  const kd_grid *g = run->grid;
  const size_t px = chunk % run->panels_x, ty = chunk / run->panels_x % run->tiles_y;
  const size_t iz = chunk / run->panels_x / run->tiles_y, first = px * KD_GRID_ROW, y0 = ty * TILE;
  const size_t count = first + KD_GRID_ROW < g->nodes[0] ? KD_GRID_ROW : g->nodes[0] - first;
  s->height = y0 + TILE < g->nodes[1] ? TILE : g->nodes[1] - y0;
  for (size_t i = 0; i < s->height; i++) s->node_y[i] = g->origin[1] + g->cell[1] * (double)(y0 + i);
  s->node_z = run->k->points.z != NULL ? g->origin[2] + g->cell[2] * (double)iz : 0.0;
  for (size_t x = 0; x < count; x += TILE) run_tile(run, s, &run->total[worker], first + x, x);
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
  grid_run run = {.k = self, .grid = grid, .sink = sink, .user = user};
  kd_arena *arena = NULL;
  *out = (kd_grid_totals){0};
  KD_CHECK(self->rule.drifts == 0, err, KD_E_CONTRADICTION, "a grid carries no drift: give targets with its columns");
  KD_CHECK(grid->nodes[0] > 0 && grid->nodes[1] > 0 && grid->nodes[2] > 0, err, KD_E_RANGE, "a grid without nodes");
  run.most = rule->neighbours > 0 && rule->neighbours < samples ? rule->neighbours : samples;
  run.one_by_one = rule->sectors > 0 || rule->per_core > 0 || run.most > MOST || self->functions > FUNCTIONS;
  run.panels_x = (grid->nodes[0] + KD_GRID_ROW - 1) / KD_GRID_ROW;
  run.tiles_y = (grid->nodes[1] + TILE - 1) / TILE;
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
