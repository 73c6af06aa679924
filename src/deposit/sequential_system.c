// SPDX-License-Identifier: Apache-2.0
/* Simple kriging of a standard variable, eight systems side by side.
 *
 *   C w = c ,  sd^2 = C(0) - c^T w ,  by C = L L^T, y = L^-1 c, sd^2 = C(0) - y^T y, w = L^-T y
 *
 *   C covariances between the neighbours, c with the node
 *
 * Systems of unlike size are filled up with rows of the unit matrix. A pivot below 1e-12 of the sill means that the
 * neighbours before determine this one: it is left without weight.
 */
#include "deposit/sequential_system.h"

#include <math.h>

#include "deposit/covariance_lanes.h"
#include "numerics/simd.h"

size_t kd_stencil_work(size_t n) {
  return (n * (n + 1) / 2 + n) * KD_LANES + KD_LANES + n * KD_LANES / 2;
}

/* Are all lags between the neighbours in the table? */
static bool is_near(const kd_stencil *s, const kd_lag_table *t) {
  int32_t farthest[3] = {0, 0, 0};
  for (size_t i = 0; i < s->count; i++)
    for (int a = 0; a < 3; a++) {
      const int32_t d = s->lag[i][a] < 0 ? -s->lag[i][a] : s->lag[i][a];
      if (d > farthest[a]) farthest[a] = d;
    }
  return 2 * farthest[0] <= t->half[0] && 2 * farthest[1] <= t->half[1] && 2 * farthest[2] <= t->half[2];
}

/* The covariances of eight systems of n neighbours, from the table; place: of each neighbour in it, lane by lane. */
KD_CLONES static void fill_eight(double *restrict lower, double *restrict b, int32_t *restrict place,
                                 const kd_stencil *s, size_t n, const kd_lag_table *t) {
  const double *restrict value = t->value + t->centre;
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < KD_LANES; k++) {
      const int32_t *p = s[k].lag[i];
      place[i * KD_LANES + k] = (int32_t)(p[0] * t->step[0] + p[1] * t->step[1] + p[2] * t->step[2]);
      b[i * KD_LANES + k] = s[k].c[i];
    }
  }
  for (size_t i = 0; i < n; i++) {
    const int32_t *restrict from = place + i * KD_LANES;
    for (size_t j = 0; j <= i; j++, lower += KD_LANES)
      for (size_t k = 0; k < KD_LANES; k++) lower[k] = value[from[k] - place[j * KD_LANES + k]];
  }
}

/* The covariances of one system, into its lane of the packed lower triangle. */
static void fill_lane(double *lower, double *b, const kd_stencil *s, size_t n, const kd_lag_table *t) {
  const bool near = is_near(s, t);
  double *row = lower;
  for (size_t i = 0; i < n; row += ++i * KD_LANES) {
    b[i * KD_LANES] = i < s->count ? s->c[i] : 0;
    if (i >= s->count) {
      for (size_t j = 0; j < i; j++) row[j * KD_LANES] = 0;
      row[i * KD_LANES] = 1;
      continue;
    }
    const int32_t *p = s->lag[i];
    row[i * KD_LANES] = t->value[t->centre];
    if (near) {
      const double *from = t->value + t->centre + p[0] * t->step[0] + p[1] * t->step[1] + p[2] * t->step[2];
      for (size_t j = 0; j < i; j++) {
        const int32_t *q = s->lag[j];
        row[j * KD_LANES] = from[-(q[0] * t->step[0] + q[1] * t->step[1] + q[2] * t->step[2])];
      }
    } else {
      for (size_t j = 0; j < i; j++) {
        const int32_t *q = s->lag[j];
        row[j * KD_LANES] = kd_lag_covariance(t, p[0] - q[0], p[1] - q[1], p[2] - q[2]);
      }
    }
  }
}

/* Factor, variance and weights in all lanes; b becomes the weights. */
KD_CLONES static void factor_and_solve(kd_v8 *lower, kd_v8 *b, kd_v8 *variance, size_t n, double sill) {
  kd_v8 left = KD_SPLAT(sill);
  kd_v8 *row = lower;
  for (size_t i = 0; i < n; row += ++i) {
    const kd_v8 *other = lower;
    for (size_t j = 0; j < i; other += ++j) {
      kd_v8 s0 = row[j], s1 = KD_SPLAT(0.0);
      size_t k = 0;
      for (; k + 2 <= j; k += 2) {
        s0 -= row[k] * other[k];
        s1 -= row[k + 1] * other[k + 1];
      }
      if (k < j) s0 -= row[k] * other[k];
      row[j] = (s0 + s1) * other[j]; /* the diagonal holds reciprocals */
    }
    kd_v8 pivot = row[i], y = b[i];
    for (size_t k = 0; k < i; k++) {
      pivot -= row[k] * row[k];
      y -= row[k] * b[k];
    }
    const kd_v8 none = KD_SPLAT(0.0);
    const kd_i8 full = pivot > KD_SPLAT(1e-12 * sill);
    kd_v8_sqrt(&pivot, &pivot);
    pivot = 1.0 / pivot;
    kd_v8_select(&row[i], &full, &pivot, &none);
    b[i] = y * row[i];
    left -= b[i] * b[i];
  }
  for (size_t i = n; i-- > 0;) {
    row = lower + i * (i + 1) / 2;
    b[i] = b[i] * row[i];
    for (size_t k = 0; k < i; k++) b[k] -= row[k] * b[i];
  }
  *variance = left;
}

void kd_stencil_solve(double *const weight[8], double sd[8], const kd_stencil *stencil, size_t stencils,
                      const kd_lag_table *lags, double *work) {
  size_t n = 0;
  static const kd_stencil none = {0};
  for (size_t k = 0; k < stencils; k++) n = stencil[k].count > n ? stencil[k].count : n;
  kd_v8 *lower = (kd_v8 *)(((uintptr_t)work + 63) & ~(uintptr_t)63), *b = lower + n * (n + 1) / 2, variance;
  bool alike = stencils == KD_LANES;
  for (size_t k = 0; alike && k < KD_LANES; k++) alike = stencil[k].count == n && is_near(&stencil[k], lags);
  if (alike) fill_eight((double *)lower, (double *)b, (int32_t *)(void *)(b + n), stencil, n, lags);
  for (size_t k = 0; !alike && k < KD_LANES; k++)
    fill_lane((double *)lower + k, (double *)b + k, k < stencils ? &stencil[k] : &none, n, lags);
  const double sill = lags->value[lags->centre];
  factor_and_solve(lower, b, &variance, n, sill);
  for (size_t k = 0; k < stencils; k++) {
    for (size_t i = 0; i < stencil[k].count; i++) weight[k][i] = b[i][k];
    sd[k] = variance[k] > 1e-15 * sill ? sqrt(variance[k]) : 0;
  }
}
