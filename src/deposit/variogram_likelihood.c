// SPDX-License-Identifier: Apache-2.0
/* A model fitted to the samples themselves by maximum likelihood, of all of them or of their contrasts (REML).
 *
 *   -2 ln L = n ln 2pi + ln|C| + r'C^-1 r,  r = z - mean                                                         (1)
 *   REML: n - 1 for n, and + ln|1'C^-1 1|                                                                        (2)
 *
 * Logarithms of sills and ranges by downhill simplex from four starts.
 *
 * Source    Mardia and Marshall 1984, Biometrika 71:135; Kitanidis 1983, Water Resour. Res. 19:909 (REML).
 * Range     3 to 5000 samples: n^3/3 operations for each evaluation.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/variogram_fit.h"

typedef struct likelihood {
  const kd_points *points;
  const double *value;
  kd_covariance model;
  bool restricted;
  double *factor, *one, *z;
  double mean;
} likelihood;

static double deviance(const double *x, void *user) {
  likelihood *l = user;
  const size_t n = l->points->count;
  size_t at = 0;
  kd_covariance model = {0};
  for (size_t i = 0; i < l->model.count; i++) {
    kd_structure s = l->model.structure[i];
    const double f = !kd_structure_is_flat(&s) ? exp(x[at + 1]) / s.range : 1.0;
    s.sill = exp(x[at++]);
    if (!kd_structure_is_flat(&s)) {
      s.range *= f;
      s.semi *= f;
      s.minor *= f;
      at++;
    }
    if (kd_covariance_add(&model, &s, NULL) != KD_OK) return (double)INFINITY;
  }
  const kd_points *p = l->points;
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j <= i; j++)
      l->factor[i * n + j] =
          kd_covariance_at(&model, p->x[i] - p->x[j], p->y[i] - p->y[j], p->z != NULL ? p->z[i] - p->z[j] : 0.0);
    l->one[i] = 1.0;
    l->z[i] = l->value[i];
  }
  if (!kd_cholesky(l->factor, n, n, 1e-14)) return (double)INFINITY;
  kd_cholesky_forward(l->factor, n, n, l->one);
  kd_cholesky_forward(l->factor, n, n, l->z);
  double oo = 0.0, oz = 0.0, zz = 0.0, log_determinant = 0.0;
  for (size_t i = 0; i < n; i++) {
    oo += l->one[i] * l->one[i];
    oz += l->one[i] * l->z[i];
    zz += l->z[i] * l->z[i];
    log_determinant += 2.0 * log(l->factor[i * n + i]);
  }
  l->mean = oz / oo;
  const double degrees = l->restricted ? (double)n - 1.0 : (double)n;
  return degrees * log(2.0 * 3.14159265358979323846) + log_determinant + (zz - oz * oz / oo) +
         (l->restricted ? log(oo) : 0.0);
}

kd_status kd_likelihood_fit(kd_likelihood *out, const kd_points *points, const double *value,
                            const kd_covariance *start, bool restricted, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = points->count;
  likelihood l = {.points = points, .value = value, .model = *start, .restricted = restricted};
  double x[KD_SIMPLEX_MAX] = {0.0}, by[KD_SIMPLEX_MAX], mean = 0.0, variance = 0.0, extent;
  size_t m = 0, flat = 0;
  *out = (kd_likelihood){0};
  KD_CHECK(start->has_sill, err, KD_E_CONTRADICTION, "a likelihood wants a model with a sill");
  KD_CHECK(n >= 3 && n <= 5000, err, KD_E_SIZE, "likelihood of %zu samples: 3 to 5000", n);
  l.factor = kd_arena_alloc(arena, n * n, sizeof(double));
  l.one = kd_arena_alloc(arena, n, sizeof(double));
  l.z = kd_arena_alloc(arena, n, sizeof(double));
  KD_CHECK(l.factor != NULL && l.one != NULL && l.z != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
  for (size_t i = 0; i < n; i++) mean += value[i] / (double)n;
  for (size_t i = 0; i < n; i++) variance += (value[i] - mean) * (value[i] - mean) / (double)n;
  size_t same = 0;
  while (same < n && value[same] == value[0]) same++;
  KD_CHECK(same < n, err, KD_E_RANGE, "all values are the same: no variogram can be fitted");
  double low[2] = {(double)INFINITY, (double)INFINITY}, high[2] = {-(double)INFINITY, -(double)INFINITY};
  for (size_t i = 0; i < n; i++) {
    low[0] = fmin(low[0], points->x[i]);
    high[0] = fmax(high[0], points->x[i]);
    low[1] = fmin(low[1], points->y[i]);
    high[1] = fmax(high[1], points->y[i]);
  }
  extent = hypot(high[0] - low[0], high[1] - low[1]);
  for (size_t i = 0; i < start->count; i++) flat += kd_structure_is_flat(&start->structure[i]);
  double best = (double)INFINITY, kept[KD_SIMPLEX_MAX] = {0.0};
  for (int s = 0; s < 4; s++) {
    static const double share[] = {0.0, 0.05, 0.15, 0.4};
    m = 0;
    for (size_t i = 0; i < start->count; i++) {
      const kd_structure *t = &start->structure[i];
      const double part = kd_structure_is_flat(t) ? 0.2 : 0.8 / (double)(start->count - flat);
      x[m] = log(s == 0 && t->sill > 0.0 ? t->sill : part * variance);
      by[m++] = 0.4;
      if (kd_structure_is_flat(t)) continue;
      x[m] = log(s == 0 ? t->range : share[s] * extent * (double)(i + 1));
      by[m++] = 0.4;
    }
    double f = kd_simplex(x, by, m, 150 * m, 1e-6, deviance, &l, &out->evaluations);
    for (size_t i = 0; i < m; i++) by[i] = 0.05;
    if (f < best) f = kd_simplex(x, by, m, 300 * m, 1e-8, deviance, &l, &out->evaluations);
    if (!(f < best)) continue;
    best = f;
    memcpy(kept, x, sizeof kept);
  }
  KD_CHECK(isfinite(best), err, KD_E_CONVERGENCE, "the covariance matrix is singular at every start: add a nugget");
  out->log_likelihood = -0.5 * deviance(kept, &l);
  out->mean = l.mean;
  size_t at = 0;
  for (size_t i = 0; i < start->count; i++) {
    kd_structure s = start->structure[i];
    s.sill = exp(kept[at++]);
    if (!kd_structure_is_flat(&s)) {
      const double f = exp(kept[at++]) / s.range;
      s.range *= f;
      s.semi *= f;
      s.minor *= f;
    }
    KD_TRY(kd_covariance_add(&out->model, &s, err));
  }
out:
  return status;
}
