// SPDX-License-Identifier: Apache-2.0
/* Experimental variogram: pairs of samples gathered by distance and direction.
 *
 *   classical  g(h) = 1/2N sum (z_i - z_j)^2             robust  g(h) = 1/2 (1/N sum |z_i - z_j|^(1/2))^4 / (0.457 +
 * 0.494/N) cross      g(h) = 1/2N sum (a_i - a_j)(b_i - b_j)    madogram, rodogram: powers 1 and 1/2 of |z_i - z_j|,
 * over 2N
 *
 * A pair belongs to a direction when the angle between it and the azimuth in the plane, and the angle to the dip in the
 * vertical plane, are within their tolerances, and when it is no further from the line than the bandwidths.
 *
 * Source    Cressie and Hawkins 1980, Math. Geol. 12, 115; bins and directions as gstat's (Pebesma 2004); bandwidths as
 *           GSLIB's gamv (Deutsch and Journel 1998).
 * Weakness  one sample far off its neighbours rules the classical estimate; use the robust one beside it.
 */
#include "deposit/variogram.h"

#include <math.h>
#include <string.h>

#include "deposit/covariance_lanes.h"

#define HALF_TURN 3.14159265358979323846

kd_status kd_variogram_lags(kd_variogram_rule *rule, double cutoff, double width, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(isfinite(cutoff) && cutoff > 0.0, err, KD_E_RANGE, "cutoff %g m: must be above 0 m", cutoff);
  KD_CHECK(isfinite(width) && width > 0.0, err, KD_E_RANGE, "width %g m: must be above 0 m", width);
  const double count = ceil(cutoff / width * (1.0 - 1e-15));
  KD_CHECK(count <= KD_LAGS_MAX, err, KD_E_SIZE, "cutoff %g m over width %g m makes %g lags: at most %d", cutoff, width,
           count, KD_LAGS_MAX);
  rule->lags = (size_t)count;
  rule->width = width;
  for (size_t k = 0; k < rule->lags; k++) rule->upper[k] = fmin(width * (double)(k + 1), cutoff);
  rule->upper[rule->lags - 1] = cutoff;
out:
  return status;
}

double kd_variogram_cutoff(const kd_points *points) {
  double sum = 0.0;
  const double *axis[3] = {points->x, points->y, points->z};
  for (int a = 0; a < 3; a++) {
    double low = (double)INFINITY, high = -(double)INFINITY;
    for (size_t i = 0; axis[a] != NULL && i < points->count; i++) {
      low = fmin(low, axis[a][i]);
      high = fmax(high, axis[a][i]);
    }
    if (high > low) sum += (high - low) * (high - low);
  }
  return sqrt(sum) / 3.0;
}

/* Lag of a distance, or rule->lags when it is beyond the last. A distance on a boundary belongs below it. */
static size_t lag_of(const kd_variogram_rule *rule, double d) {
  if (!(d <= rule->upper[rule->lags - 1])) return rule->lags;
  if (rule->width > 0.0) {
    const double u = d / rule->width, f = floor(u);
    const size_t k = u == f && f > 0.0 ? (size_t)f - 1 : (size_t)f;
    return k < rule->lags ? k : rule->lags - 1;
  }
  size_t k = 0;
  while (d > rule->upper[k]) k++;
  return k;
}

/* Sines and cosines of a rule's direction and tolerances. */
typedef struct direction {
  double x, y, flat, steep, least, least_dip;
} direction;

/* Whether a pair lies along the direction, either way. */
static bool along(const kd_variogram_rule *r, const direction *u, double dx, double dy, double dz, double d) {
  const double flat2 = dx * dx + dy * dy, ux = u->x, uy = u->y;
  if (d == 0.0) return true;
  if (r->tolerance < 0.5 * HALF_TURN && flat2 > 0.0 && fabs((dx * ux + dy * uy) / sqrt(flat2)) < u->least) return false;
  if (r->dip_tolerance < 0.5 * HALF_TURN && fabs((sqrt(flat2) * u->flat + dz * u->steep) / d) < u->least_dip)
    return false;
  if (isfinite(r->bandwidth) && fabs(dx * uy - dy * ux) > r->bandwidth) return false;
  if (isfinite(r->bandheight)) {
    const double run = dx * ux + dy * uy;
    if (fabs(dz * u->flat - run * u->steep) > r->bandheight) return false;
  }
  return true;
}

static double term(kd_variogram_kind kind, const double *a, const double *b, size_t i, size_t j) {
  const double d = a[i] - a[j];
  switch (kind) {
  case KD_VARIOGRAM_ROBUST:
  case KD_VARIOGRAM_RODOGRAM:
    return sqrt(fabs(d));
  case KD_VARIOGRAM_MADOGRAM:
    return fabs(d);
  case KD_VARIOGRAM_PAIRWISE_RELATIVE:
    return 4.0 * d * d / ((a[i] + a[j]) * (a[i] + a[j]));
  case KD_VARIOGRAM_COVARIANCE:
    return a[i] * a[j];
  case KD_VARIOGRAM_CROSS:
    return d * (b[i] - b[j]);
  default:
    return d * d;
  }
}

/* Sums to means. */
static void close_lag(kd_lag *lag, kd_variogram_kind kind) {
  const double n = lag->pairs;
  if (n <= 0.0) {
    lag->distance = lag->gamma = (double)NAN;
    return;
  }
  lag->distance /= n;
  if (kind == KD_VARIOGRAM_ROBUST)
    lag->gamma = 0.5 * pow(lag->gamma / n, 4.0) / (0.457 + 0.494 / n);
  else
    lag->gamma /= kind == KD_VARIOGRAM_COVARIANCE ? n : 2.0 * n;
}

void kd_variogram_reference(kd_lag *out, const kd_points *points, const double *a, const double *b,
                            const kd_variogram_rule *rule) {
  const direction u = {.x = sin(rule->azimuth),
                       .y = cos(rule->azimuth),
                       .flat = cos(rule->dip),
                       .steep = sin(rule->dip),
                       .least = cos(rule->tolerance),
                       .least_dip = cos(rule->dip_tolerance)};
  for (size_t k = 0; k < rule->lags; k++) out[k] = (kd_lag){0};
  for (size_t i = 0; i < points->count; i++) {
    for (size_t j = 0; j < i; j++) {
      const double dx = points->x[i] - points->x[j], dy = points->y[i] - points->y[j];
      const double dz = points->z != NULL ? points->z[i] - points->z[j] : 0.0;
      const double d = sqrt(dx * dx + dy * dy + dz * dz);
      const size_t k = lag_of(rule, d);
      if (k >= rule->lags || (rule->directional && !along(rule, &u, dx, dy, dz, d))) continue;
      out[k].pairs += 1.0;
      out[k].distance += d;
      out[k].gamma += term(rule->kind, a, b, i, j);
    }
  }
  for (size_t k = 0; k < rule->lags; k++) close_lag(&out[k], rule->kind);
}

void kd_variogram_map(kd_lag *out, const kd_points *points, const double *a, const double *b, double cell,
                      size_t half) {
  const size_t side = 2 * half + 1;
  for (size_t k = 0; k < side * side; k++) out[k] = (kd_lag){0};
  const double reach = ((double)half + 0.5) * cell;
  for (size_t i = 0; i < points->count; i++) {
    for (size_t j = 0; j < points->count; j++) {
      const double dx = points->x[i] - points->x[j], dy = points->y[i] - points->y[j];
      if (i == j || !(fabs(dx) < reach) || !(fabs(dy) < reach)) continue;
      const size_t column = (size_t)floor((dx + reach) / cell), row = (size_t)floor((dy + reach) / cell);
      if (column >= side || row >= side) continue;
      kd_lag *lag = &out[row * side + column];
      lag->pairs += 1.0;
      lag->distance += sqrt(dx * dx + dy * dy);
      lag->gamma += b != NULL ? (a[i] - a[j]) * (b[i] - b[j]) : (a[i] - a[j]) * (a[i] - a[j]);
    }
  }
  for (size_t k = 0; k < side * side; k++) close_lag(&out[k], KD_VARIOGRAM_CLASSICAL);
}

/* --- the fast path ------------------------------------------------------------------------------------------------ */

/* All directions, classical or cross: tiles of TILE samples in the order of a k-d tree; a tile pair beyond the cutoff
 * is left out whole. Inside, distances and products go into buffers in vectors, then into LANES private histograms of
 * four doubles, which the processor adds as one. Chunks are fixed, and their histograms are added in their order. */

#define TILE   128
#define LANES  4
#define CHUNKS 64
#define EXTRA  3

typedef double quad __attribute__((vector_size(32), aligned(32)));

typedef struct fast {
  const double *x, *y, *z, *a, *b; /* in the order of the tree, padded to whole tiles */
  size_t count, tiles, lags;
  const double *low[3], *high[3]; /* boxes of the tiles */
  double cutoff, inverse, width;
  bool flat, one;  /* no z; one variable */
  quad *histogram; /* CHUNKS of LANES of lags + EXTRA bins */
} fast;

/* Distances, products and lags of one sample against eight others. The lag by h/width is set right where rounding has
 * put it one off; a distance on a boundary belongs below it. Rounding to an integer by adding 1.5 2^52. Bin 0 takes
 * distance 0, 1 .. lags the lags, lags + 1 what rounding puts behind the last, lags + 2 what is beyond the cutoff. */
KD_INLINE void gather(quad *add, uint64_t *place, const fast *f, size_t from, const double *at, bool flat, bool one) {
  const kd_v8 beyond = KD_SPLAT((double)f->lags + 1.0), magic = KD_SPLAT(6755399441055744.0);
  kd_v8 x, y, z, a, b, h;
  kd_v8_load(&x, f->x + from);
  kd_v8_load(&y, f->y + from);
  kd_v8_load(&a, f->a + from);
  x = at[0] - x;
  y = at[1] - y;
  a = at[3] - a;
  x = x * x + y * y;
  if (!flat) {
    kd_v8_load(&z, f->z + from);
    z = at[2] - z;
    x += z * z;
  }
  if (one) {
    a = a * a;
  } else {
    kd_v8_load(&b, f->b + from);
    a = a * (at[4] - b);
  }
  kd_v8_sqrt(&h, &x);
  kd_v8 k = (h * f->inverse + magic) - magic; /* nearest boundary: the lag is k or the one below */
  const kd_i8 below = h <= k * f->width, out = h > f->cutoff;
  k += (kd_v8)(below & (kd_i8)KD_SPLAT(-1.0));
  kd_v8_select(&k, &out, &beyond, &k);
  k = (k * 32.0 + 32.0) + magic; /* bytes to the bin in the low 32 bits */
  memcpy(place, &k, sizeof k);
  /* {distance, product, 1, 0} of each pair, one behind the other */
  const kd_v8 pair = {1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0};
  const kd_v8 low = __builtin_shufflevector(h, a, 0, 8, 1, 9, 2, 10, 3, 11);
  const kd_v8 high = __builtin_shufflevector(h, a, 4, 12, 5, 13, 6, 14, 7, 15);
  const kd_v8 each[4] = {__builtin_shufflevector(low, pair, 0, 1, 8, 9, 2, 3, 8, 9),
                         __builtin_shufflevector(low, pair, 4, 5, 8, 9, 6, 7, 8, 9),
                         __builtin_shufflevector(high, pair, 0, 1, 8, 9, 2, 3, 8, 9),
                         __builtin_shufflevector(high, pair, 4, 5, 8, 9, 6, 7, 8, 9)};
  memcpy(add, each, sizeof each);
}

static bool reaches(const fast *f, size_t s, size_t t) {
  double sum = 0.0;
  for (int a = 0; a < 3; a++) {
    const double gap = fmax(0.0, fmax(f->low[a][s] - f->high[a][t], f->low[a][t] - f->high[a][s]));
    sum += gap * gap;
  }
  return sum * (1.0 - 1e-12) <= f->cutoff * f->cutoff;
}

KD_INLINE void pair_rows(const fast *f, quad *lane, size_t s, size_t t, bool flat, bool one) {
  quad add[KD_LANES];
  uint64_t place[KD_LANES];
  const size_t first = t * TILE, stride = f->lags + EXTRA;
  const size_t size = first + TILE < f->count ? TILE : f->count - first;
  char *bins = (char *)lane;
  for (size_t i = s * TILE; i < (s + 1) * TILE && i < f->count; i++) {
    const double at[5] = {f->x[i], f->y[i], f->z[i], f->a[i], f->b[i]};
    const size_t n = s == t ? i - first : size;
    size_t k = 0;
    for (; k + KD_LANES <= n; k += KD_LANES) {
      gather(add, place, f, first + k, at, flat, one);
      for (size_t l = 0; l < KD_LANES; l++)
        *(quad *)(bins + (l % LANES) * stride * sizeof(quad) + (uint32_t)place[l]) += add[l];
    }
    if (k < n) gather(add, place, f, first + k, at, flat, one);
    for (size_t l = 0; k + l < n; l++)
      *(quad *)(bins + (l % LANES) * stride * sizeof(quad) + (uint32_t)place[l]) += add[l];
  }
}

KD_CLONES static void pair_tiles(const fast *f, quad *lane, size_t s, size_t t) {
  if (f->flat && f->one)
    pair_rows(f, lane, s, t, true, true);
  else
    pair_rows(f, lane, s, t, false, false);
}

static kd_status run_chunk(size_t chunk, size_t worker, void *user, kd_error *err) {
  const fast *f = user;
  quad *lane = f->histogram + chunk * LANES * (f->lags + EXTRA);
  (void)worker;
  (void)err;
  for (size_t s = chunk; s < f->tiles; s += CHUNKS)
    for (size_t t = 0; t <= s; t++)
      if (reaches(f, s, t)) pair_tiles(f, lane, s, t);
  return KD_OK;
}

static kd_status fast_setup(fast *f, const kd_points *points, const double *a, const double *b,
                            const kd_variogram_rule *rule, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  kd_search tree;
  const size_t n = points->count;
  const double *from[5] = {points->x, points->y, points->z, a, b != NULL ? b : a};
  double *to[5], *box[6];
  *f = (fast){
      .count = n, .tiles = (n + TILE - 1) / TILE, .lags = rule->lags, .flat = points->z == NULL, .one = b == NULL};
  f->cutoff = rule->upper[rule->lags - 1];
  f->inverse = 1.0 / rule->width;
  f->width = rule->width;
  KD_TRY(kd_search_create(&tree, arena, points, NULL, &(kd_search_rule){0}, err));
  for (int c = 0; c < 5; c++) {
    to[c] = kd_arena_alloc(arena, n + TILE, sizeof(double));
    KD_CHECK(to[c] != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
    for (size_t i = 0; from[c] != NULL && i < n; i++) to[c][i] = from[c][tree.order[i]];
  }
  for (int c = 0; c < 6; c++) {
    box[c] = kd_arena_alloc(arena, f->tiles, sizeof(double));
    KD_CHECK(box[c] != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
  }
  for (size_t t = 0; t < f->tiles; t++) {
    for (int c = 0; c < 3; c++) {
      double low = (double)INFINITY, high = -(double)INFINITY;
      for (size_t i = t * TILE; i < (t + 1) * TILE && i < n; i++) {
        low = fmin(low, to[c][i]);
        high = fmax(high, to[c][i]);
      }
      box[c][t] = low;
      box[3 + c][t] = high;
    }
  }
  f->x = to[0];
  f->y = to[1];
  f->z = to[2];
  f->a = to[3];
  f->b = to[4];
  for (int c = 0; c < 3; c++) {
    f->low[c] = box[c];
    f->high[c] = box[3 + c];
  }
  f->histogram = kd_arena_alloc(arena, (size_t)CHUNKS * LANES * (f->lags + EXTRA), sizeof(quad));
  KD_CHECK(f->histogram != NULL, err, KD_E_NOMEM, "no memory for %zu lags", f->lags);
out:
  return status;
}

kd_status kd_variogram(kd_lag *out, const kd_points *points, const double *a, const double *b,
                       const kd_variogram_rule *rule, kd_pool *pool, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  fast f;
  const bool square = rule->kind == KD_VARIOGRAM_CLASSICAL || rule->kind == KD_VARIOGRAM_CROSS;
  if (rule->directional || !square || !(rule->width > 0.0) || points->count < 2 * TILE) {
    kd_variogram_reference(out, points, a, b, rule);
    goto out;
  }
  KD_TRY(fast_setup(&f, points, a, b, rule, arena, err));
  if (pool != NULL) KD_TRY(kd_pool_run(pool, CHUNKS, run_chunk, &f, err));
  for (size_t c = 0; pool == NULL && c < CHUNKS; c++) KD_TRY(run_chunk(c, 0, &f, err));
  for (size_t k = 0; k < f.lags; k++) out[k] = (kd_lag){0};
  for (size_t k = 0; k < f.lags + 2; k++) {
    quad sum = {0.0, 0.0, 0.0, 0.0};
    for (size_t c = 0; c < (size_t)CHUNKS * LANES; c++) sum += f.histogram[c * (f.lags + EXTRA) + k];
    kd_lag *lag = &out[k == 0 ? 0 : k > f.lags ? f.lags - 1 : k - 1];
    lag->pairs += sum[2];
    lag->distance += sum[0];
    lag->gamma += sum[1];
  }
  for (size_t k = 0; k < f.lags; k++) close_lag(&out[k], rule->kind);
out:
  return status;
}
