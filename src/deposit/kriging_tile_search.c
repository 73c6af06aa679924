// SPDX-License-Identifier: Apache-2.0
/* Which samples each node of a tile uses: kriging_grid.c says how. */
#include <math.h>
#include <string.h>

#include "deposit/covariance_lanes.h"
#include "deposit/kriging_tile.h"

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
bool kd_tile_find(const kd_tile_run *run, kd_tile_space *s) {
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
  wide.rule.neighbours = KD_TILE_CANDIDATES;
  s->candidates = kd_search_at(&wide, &s->one.near, at, NULL);
  if (s->candidates == KD_TILE_CANDIDATES && s->candidates < search->points.count) return false;
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
static uint16_t intern_set(kd_tile_space *s, const uint64_t *mask, size_t count) {
  uint64_t h = 0x9E3779B97F4A7C15u;
  for (int w = 0; w < KD_TILE_WORDS; w++) h = (h ^ mask[w]) * 0xD6E8FEB86659FD93u, h ^= h >> 32;
  size_t at = h & 1023;
  while (s->hash[at] != KD_TILE_UNKNOWN && memcmp(s->set[s->hash[at]].mask, mask, sizeof s->set[0].mask) != 0)
    at = (at + 1) & 1023;
  if (s->hash[at] == KD_TILE_UNKNOWN) {
    kd_tile_set *set = &s->set[s->sets];
    memcpy(set->mask, mask, sizeof set->mask);
    set->count = (uint16_t)count;
    set->nodes = 0;
    set->head = KD_TILE_UNKNOWN;
    s->hash[at] = (uint16_t)s->sets++;
  }
  return s->hash[at];
}

/* Candidates by (distance, row): the obvious way, for ties that no threshold can part. */
static void sort_mask(kd_tile_space *s, uint64_t *mask, size_t count) {
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
KD_CLONES static void search_node(const kd_tile_run *run, kd_tile_space *s, size_t node) {
  const kd_search *search = run->k->search;
  const size_t n = s->candidates, most = n < run->most ? n : run->most;
  double p[3], low = 0.0, high = search->radius2, limit = s->limit;
  uint64_t mask[KD_TILE_WORDS] = {0};
  size_t count = 0;
  map_place(search, p, s->node_x[node % KD_GRID_TILE], s->node_y[node / KD_GRID_TILE], s->node_z);
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
void kd_tile_search(const kd_tile_run *run, kd_tile_space *s, size_t x0, size_t y0, size_t x1, size_t y1) {
  const size_t corner[4] = {y0 * KD_GRID_TILE + x0, y0 * KD_GRID_TILE + x1, y1 * KD_GRID_TILE + x1,
                            y1 * KD_GRID_TILE + x0};
  for (int c = 0; c < 4; c++)
    if (s->of[corner[c]] == KD_TILE_UNKNOWN) search_node(run, s, corner[c]);
  if (x1 - x0 <= 1 && y1 - y0 <= 1) return;
  const uint16_t set = s->of[corner[0]];
  /* Inside a radius only a full set is proved by its corners: the furthest sample is nearer in between. */
  const bool full = run->k->search->radius2 == (double)INFINITY || s->set[set].count == run->most;
  if (full && set == s->of[corner[1]] && set == s->of[corner[2]] && set == s->of[corner[3]]) {
    for (size_t y = y0; y <= y1; y++)
      for (size_t x = x0; x <= x1; x++) s->of[y * KD_GRID_TILE + x] = set;
    return;
  }
  const size_t mx = x0 + (x1 - x0) / 2, my = y0 + (y1 - y0) / 2;
  const size_t rx = mx > x0 ? mx : x1, ry = my > y0 ? my : y1; /* halves share a line unless they are two nodes wide */
  kd_tile_search(run, s, x0, y0, mx > x0 ? mx : x0, my > y0 ? my : y0);
  if (x1 > x0) kd_tile_search(run, s, rx, y0, x1, my > y0 ? my : y0);
  if (y1 > y0) kd_tile_search(run, s, x0, ry, mx > x0 ? mx : x0, y1);
  if (x1 > x0 && y1 > y0) kd_tile_search(run, s, rx, ry, x1, y1);
}
