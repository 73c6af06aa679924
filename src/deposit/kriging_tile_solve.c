// SPDX-License-Identifier: Apache-2.0
/* Factors and solutions of the sets of a tile, eight at a time: kriging_grid.c says how. */
#include <math.h>
#include <string.h>

#include "deposit/covariance_lanes.h"
#include "deposit/kriging_tile.h"

/* Covariances between all candidates, error of measurement on the diagonal only. */
KD_CLONES static void fill_table(const kd_tile_run *run, kd_tile_space *s) {
  const kd_kriging *k = run->k;
  for (size_t i = 0; i < s->candidates; i++) {
    double *to = s->table + i * KD_TILE_CANDIDATES;
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
KD_CLONES static void factor_sets(const kd_tile_run *run, kd_tile_space *s, uint16_t member[KD_LANES][KD_TILE_MOST],
                                  size_t n, kd_kriged_note note[KD_LANES]) {
  const size_t m = run->k->functions;
  const kd_v8 least = KD_SPLAT(1e-13 * run->k->bound), zero = KD_SPLAT(0.0);
  kd_i8 bad = {0}, trend = {0};
  for (size_t i = 0; i < n; i++) {
    kd_v8 *row = s->factor + i * (i + 1) / 2;
    const double *from[KD_LANES];
    for (int l = 0; l < KD_LANES; l++) from[l] = s->table + (size_t)member[l][i] * KD_TILE_CANDIDATES;
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
      for (size_t q = 0; q < g; q++) t -= s->normal[f * KD_TILE_FUNCTIONS + q] * s->normal[g * KD_TILE_FUNCTIONS + q];
      if (g < f) {
        s->normal[f * KD_TILE_FUNCTIONS + g] = t / s->normal[g * KD_TILE_FUNCTIONS + g];
      } else {
        trend |= ~(t > 1e-12 * whole);
        kd_v8_sqrt(&s->normal[f * KD_TILE_FUNCTIONS + f], &t);
      }
    }
    kd_v8 t = zero;
    for (size_t i = 0; i < n; i++) t += s->x[f][i] * s->u[i];
    for (size_t q = 0; q < f; q++) t -= s->normal[f * KD_TILE_FUNCTIONS + q] * s->beta[q];
    s->beta[f] = t / s->normal[f * KD_TILE_FUNCTIONS + f];
  }
  for (int l = 0; l < KD_LANES; l++)
    note[l] = bad[l] ? KD_KRIGED_SINGULAR : trend[l] || n < m ? KD_KRIGED_TREND : KD_KRIGED;
}

/* --- solve -------------------------------------------------------------------------------------------------------- */

/* One set's factor out of its lane, rows one after the other: what the nodes of the set share. */
typedef struct lane_factor {
  double factor[KD_TILE_MOST * (KD_TILE_MOST + 1) / 2], inverse[KD_TILE_MOST], u[KD_TILE_MOST],
      x[KD_TILE_FUNCTIONS][KD_TILE_MOST];
  double normal[KD_TILE_FUNCTIONS * KD_TILE_FUNCTIONS], beta[KD_TILE_FUNCTIONS];
  double place[3][KD_TILE_MOST];
} lane_factor;

static void take_lane(lane_factor *f, const kd_tile_run *run, const kd_tile_space *s, const uint16_t *member, size_t n,
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
    for (size_t l = 0; l <= k; l++) f->normal[k * KD_TILE_FUNCTIONS + l] = s->normal[k * KD_TILE_FUNCTIONS + l][lane];
  }
}

/* Trend functions at eight places; the mean over a block where it differs from the value at its middle. */
static void node_functions(const kd_kriging *k, kd_v8 *r, double at[3][KD_LANES]) {
  for (int l = 0; l < KD_LANES; l++) {
    double f[KD_TILE_FUNCTIONS], sum[KD_TILE_FUNCTIONS] = {0.0};
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
KD_CLONES static void solve_nodes(const kd_tile_run *run, const lane_factor *f, size_t n, double at[3][KD_LANES],
                                  double estimate[KD_LANES], double variance[KD_LANES]) {
  const kd_kriging *k = run->k;
  const size_t m = k->functions;
  kd_v8 v[KD_TILE_MOST], r[KD_TILE_FUNCTIONS], px, py, pz, z = KD_SPLAT(k->rule.simple ? k->rule.mean : 0.0);
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
    for (size_t b = 0; b < a; b++) r[a] -= f->normal[a * KD_TILE_FUNCTIONS + b] * r[b];
    r[a] /= f->normal[a * KD_TILE_FUNCTIONS + a];
    z += r[a] * f->beta[a];
    s2 += r[a] * r[a];
  }
  const kd_i8 rounded = (s2 < KD_SPLAT(0.0)) & (s2 > KD_SPLAT(-1e-9 * k->bound));
  const kd_v8 zero = KD_SPLAT(0.0);
  kd_v8_select(&s2, &rounded, &zero, &s2);
  kd_v8_store(estimate, &z);
  kd_v8_store(variance, &s2);
}

static void solve_set(const kd_tile_run *run, kd_tile_space *s, const lane_factor *f, const kd_tile_set *set) {
  uint16_t node = set->head;
  while (node != KD_TILE_UNKNOWN) {
    double at[3][KD_LANES], estimate[KD_LANES], variance[KD_LANES];
    uint16_t nodes[KD_LANES];
    size_t count = 0;
    for (; node != KD_TILE_UNKNOWN && count < KD_LANES; node = s->next[node]) nodes[count++] = node;
    for (size_t l = 0; l < KD_LANES; l++) {
      const uint16_t place = nodes[l < count ? l : 0];
      at[0][l] = s->node_x[place % KD_GRID_TILE];
      at[1][l] = s->node_y[place / KD_GRID_TILE];
      at[2][l] = s->node_z;
    }
    solve_nodes(run, f, set->count, at, estimate, variance);
    for (size_t l = 0; l < count; l++) {
      s->estimate[nodes[l]] = estimate[l];
      s->variance[nodes[l]] = variance[l];
    }
  }
}

void kd_tile_prepare(const kd_tile_run *run, kd_tile_space *s) {
  fill_table(run, s);
  for (size_t i = 0; i < s->candidates && run->k->functions > 0; i++) {
    double f[KD_TILE_FUNCTIONS];
    place_functions(run->k, f, s->at[0][i], s->at[1][i], s->at[2][i]);
    for (size_t m = 0; m < run->k->functions; m++) s->function[m][i] = f[m];
  }
}

static size_t members_of(uint16_t *member, const kd_tile_set *set) {
  size_t n = 0;
  for (int w = 0; w < KD_TILE_WORDS; w++)
    for (uint64_t bits = set->mask[w]; bits != 0; bits &= bits - 1)
      member[n++] = (uint16_t)(64 * w + __builtin_ctzll(bits));
  return n;
}

/* Factors and solves up to eight sets of the same size. */
void kd_tile_krige_sets(const kd_tile_run *run, kd_tile_space *s, const uint16_t *sets, size_t count) {
  uint16_t member[KD_LANES][KD_TILE_MOST];
  kd_kriged_note note[KD_LANES];
  lane_factor f;
  const size_t n = s->set[sets[0]].count;
  for (size_t l = 0; l < KD_LANES; l++) members_of(member[l], &s->set[sets[l < count ? l : 0]]);
  factor_sets(run, s, member, n, note);
  for (size_t l = 0; l < count; l++) {
    const kd_tile_set *set = &s->set[sets[l]];
    if (note[l] == KD_KRIGED) {
      take_lane(&f, run, s, member[l], n, (int)l);
      solve_set(run, s, &f, set);
      continue;
    }
    for (uint16_t node = set->head; node != KD_TILE_UNKNOWN; node = s->next[node])
      s->estimate[node] = s->variance[node] = (double)NAN;
  }
}
