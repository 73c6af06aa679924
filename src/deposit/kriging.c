// SPDX-License-Identifier: Apache-2.0
/* Kriging by a Cholesky factor of the covariance matrix of the samples near the place.
 *
 *   C = L L',  v = L^-1 c0,  u = L^-1 z,  F = L^-1 X                                                        (1)
 *   simple      Z* = m + v'L^-1(z - m),           s2 = C00 - v'v                                            (2)
 *   with trend  N = F'F,  b = N^-1 F'u,  r = x0 - F'v                                                       (3)
 *               Z* = v'u + r'b,                   s2 = C00 - v'v + r'N^-1 r                                 (4)
 *   weights     w = L'^-1 (v + F N^-1 r)                                                                    (5)
 *   slope       p = Cov(Z, Z*)/Var(Z*) = w'c0 / w'Cw,  w'Cw = s2 - C00 + 2 w'c0                             (6)
 *   efficiency  KE = (C00 - s2)/C00                                                                         (7)
 *
 *   C   covariances between samples, c0 between samples and the target (block: mean over its points), C00 of the target
 *   X   trend functions at the samples (1, coordinates, their products, external drifts), x0 at the target
 *
 * Without a sill C stands for A - gamma with a level A above all semivariances, which cancels in (4). The nugget is
 * exact (an estimate at a sample is its value) unless it is filtered: then it is an error of measurement, and stands in
 * C only. Inside a block a distance of 0 has the covariance without the nugget.
 *
 * Source    Chiles and Delfiner 2012, ch. 3; conventions of gstat (Pebesma 2004); (6), (7) Krige 1996, Deutsch,
 * Leuangthong and Ortiz 2007. Gauss points: Carr and Palmer 1993. Range     neighbourhoods up to a few thousand
 * samples. The trend is taken as the mean over the points of a block. Weakness  a smooth model without nugget
 * (Gaussian) is close to singular: KD_KRIGED_SINGULAR says so.
 */
#include "deposit/kriging.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define SINGULAR 1e-13 /* least pivot over its diagonal */

const char *kd_kriged_note_text(kd_kriged_note note) {
  static const char *const text[] = {"",
                                     "no sample in reach",
                                     "fewer samples in reach than the minimum",
                                     "singular: samples stand so close that the model cannot tell them apart",
                                     "trend not determined: too few samples, or collinear ones",
                                     "drift missing at the target"};
  return text[note];
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

kd_status kd_block_points(double at[3][KD_BLOCK_POINTS], double *weight, size_t *count, const double size[3],
                          int points, kd_error *err) {
  kd_status status = KD_OK;
  /* Gauss points as gstat has them: ten printed digits, and weights in single precision, so that results agree. */
  static const double gauss[4] = {-0.4305681558, -0.1699905218, 0.1699905218, 0.4305681558};
  static const double gauss_weight[4] = {0.1739274226, 0.3260725774, 0.3260725774, 0.1739274226};
  const int n = points > 0 ? points : 4;
  int side[3];
  size_t total = 1;
  for (int a = 0; a < 3; a++) {
    KD_CHECK(isfinite(size[a]) && size[a] >= 0.0, err, KD_E_RANGE, "block size %g m: must be at least 0 m", size[a]);
    side[a] = size[a] > 0.0 ? n : 1;
    total *= (size_t)side[a];
  }
  KD_CHECK(total <= KD_BLOCK_POINTS, err, KD_E_RANGE, "a block of %zu points: at most %d", total, KD_BLOCK_POINTS);
  *count = 0;
  for (int i = 0; i < side[0]; i++) {
    for (int j = 0; j < side[1]; j++) {
      for (int k = 0; k < side[2]; k++) {
        const int place[3] = {i, j, k};
        double w = 1.0;
        for (int a = 0; a < 3; a++) {
          const bool only = side[a] == 1;
          const double u = only ? 0.0 : points > 0 ? -0.5 + (0.5 + place[a]) / n : gauss[place[a]];
          at[a][*count] = u * size[a];
          w *= only ? 1.0 : points > 0 ? 1.0 / n : gauss_weight[place[a]];
        }
        weight[(*count)++] = points > 0 ? w : (double)(float)w;
      }
    }
  }
out:
  return status;
}

/* --- setting up --------------------------------------------------------------------------------------------------- */

static double covariance(const kd_kriging *self, double dx, double dy, double dz) {
  if (self->model->has_sill) return kd_covariance_at(self->model, dx, dy, dz);
  return self->bound - kd_semivariance(self->model, dx, dy, dz);
}

/* Between two points of a block, or a sample and one: no nugget at no distance. */
static double inner_covariance(const kd_kriging *self, double dx, double dy, double dz) {
  if (dx == 0.0 && dy == 0.0 && dz == 0.0) return self->bound - self->model->nugget;
  return covariance(self, dx, dy, dz);
}

static size_t functions_of(const kd_kriging_rule *rule, bool flat) {
  static const size_t terms[2][3] = {{1, 4, 10}, {1, 3, 6}};
  return rule->simple ? 0 : terms[flat][rule->trend] + rule->drifts;
}

/* Trend functions at a place, coordinates centred and scaled. */
static void functions_at(const kd_kriging *self, double *f, const double at[3], const double *drift) {
  const bool flat = self->points.z == NULL;
  const int axes = flat ? 2 : 3;
  double u[3];
  size_t k = 0;
  if (self->functions == 0) return;
  f[k++] = 1.0;
  for (int a = 0; a < 3; a++) u[a] = (at[a] - self->centre[a]) / self->scale;
  for (int a = 0; a < axes && self->rule.trend >= 1; a++) f[k++] = u[a];
  for (int a = 0; a < axes && self->rule.trend >= 2; a++)
    for (int b = a; b < axes; b++) f[k++] = u[a] * u[b];
  for (size_t d = 0; d < self->rule.drifts; d++) f[k++] = drift[d];
}

static void place_of(const kd_points *points, double at[3], size_t i) {
  at[0] = points->x[i];
  at[1] = points->y[i];
  at[2] = points->z != NULL ? points->z[i] : 0.0;
}

static kd_status check_samples(const kd_kriging *self, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  size_t pair[2];
  const kd_points *p = &self->points;
  KD_CHECK(p->count > 0, err, KD_E_MISSING, "no samples");
  for (size_t i = 0; i < p->count; i++) {
    KD_CHECK(isfinite(p->x[i]) && isfinite(p->y[i]) && (p->z == NULL || isfinite(p->z[i])), err, KD_E_MISSING,
             "sample %zu: a coordinate is missing", i + 1);
    KD_CHECK(isfinite(self->value[i]), err, KD_E_MISSING, "sample %zu: the value is missing", i + 1);
    for (size_t d = 0; d < self->rule.drifts; d++)
      KD_CHECK(isfinite(self->drift[d][i]), err, KD_E_MISSING, "sample %zu: drift %zu is missing", i + 1, d + 1);
  }
  if (self->error <= 0.0 && kd_points_duplicate(pair, p, arena))
    KD_CHECK(false, err, KD_E_DUPLICATE, "samples %zu and %zu stand at one place (%.10g, %.10g)", pair[0] + 1,
             pair[1] + 1, p->x[pair[0]], p->y[pair[0]]);
out:
  return status;
}

static void centre_coordinates(kd_kriging *self) {
  double low[3] = {(double)INFINITY, (double)INFINITY, (double)INFINITY},
         high[3] = {-(double)INFINITY, -(double)INFINITY, -(double)INFINITY}, extent = 0.0;
  for (size_t i = 0; i < self->points.count; i++) {
    double at[3];
    place_of(&self->points, at, i);
    for (int a = 0; a < 3; a++) {
      low[a] = fmin(low[a], at[a]);
      high[a] = fmax(high[a], at[a]);
    }
  }
  for (int a = 0; a < 3; a++) {
    self->centre[a] = 0.5 * (low[a] + high[a]);
    extent += (high[a] - low[a]) * (high[a] - low[a]);
  }
  self->scale = extent > 0.0 ? sqrt(extent) : 1.0;
}

/* The weight of two points of a block. Gauss weights multiply in single precision, as in gstat. */
static double pair_weight(const kd_kriging *self, size_t i, size_t j) {
  if (self->rule.block_points > 0) return self->block_weight[i] * self->block_weight[j];
  const float a = (float)self->block_weight[i], b = (float)self->block_weight[j], product = a * b;
  return (double)product;
}

kd_status kd_kriging_create(kd_kriging *out, const kd_points *points, const double *value, const double *const *drift,
                            const kd_covariance *model, const kd_kriging_rule *rule, const kd_search *search,
                            kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_kriging){.points = *points, .value = value, .model = model, .rule = *rule, .search = search};
  KD_CHECK(rule->trend >= 0 && rule->trend <= 2, err, KD_E_RANGE, "trend %d: 0, 1 or 2 is wanted", rule->trend);
  KD_CHECK(rule->drifts <= KD_KRIGING_DRIFTS, err, KD_E_SIZE, "%zu drifts: at most %d", rule->drifts,
           KD_KRIGING_DRIFTS);
  KD_CHECK(!rule->simple || (rule->trend == 0 && rule->drifts == 0), err, KD_E_CONTRADICTION,
           "simple kriging has a known mean: no trend, no drift");
  KD_CHECK(!rule->simple || isfinite(rule->mean), err, KD_E_MISSING, "simple kriging wants the mean");
  KD_CHECK(!rule->simple || model->has_sill, err, KD_E_CONTRADICTION,
           "simple kriging wants a model with a sill: power, linear, logarithmic and spline have none");
  KD_CHECK(model->count > 0 && (!model->has_sill || model->sill > 0.0), err, KD_E_RANGE,
           "the sill of the model is 0: must be above 0");
  for (size_t d = 0; d < rule->drifts; d++) out->drift[d] = drift[d];
  out->error = rule->filter_nugget ? model->nugget : model->error;
  KD_TRY(check_samples(out, arena, err));
  out->functions = functions_of(rule, points->z == NULL);
  centre_coordinates(out);
  out->bound = kd_covariance_bound(model, 2.0 * out->scale);
  out->block_count = 0;
  out->block_covariance = out->bound - out->error;
  if (rule->block[0] > 0.0 || rule->block[1] > 0.0 || rule->block[2] > 0.0) {
    KD_TRY(kd_block_points(out->block_at, out->block_weight, &out->block_count, rule->block, rule->block_points, err));
    double sum = 0.0, whole = 0.0, single = 0.0;
    for (size_t i = 0; i < out->block_count; i++) {
      single += out->block_weight[i];
      for (size_t j = 0; j < out->block_count; j++) whole += pair_weight(out, i, j);
    }
    for (size_t i = 0; i < out->block_count; i++)
      for (size_t j = 0; j < out->block_count; j++)
        sum += pair_weight(out, i, j) * inner_covariance(out, out->block_at[0][i] - out->block_at[0][j],
                                                         out->block_at[1][i] - out->block_at[1][j],
                                                         out->block_at[2][i] - out->block_at[2][j]);
    /* Weights in single precision do not add up to 1. With a trend the semivariances are averaged, level - sum w gamma,
     * as gstat does; without one the covariances. */
    out->block_covariance = sum + (rule->simple ? 0.0 : out->bound * (1.0 - whole));
    out->block_shift = rule->simple ? 0.0 : out->bound * (1.0 - single);
  }
out:
  return status;
}

kd_status kd_kriging_space_create(kd_kriging_space *out, kd_arena *arena, const kd_kriging *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_search_rule *rule = &self->search->rule;
  size_t n = self->points.count;
  if (rule->neighbours > 0 && rule->neighbours < n) n = rule->neighbours;
  *out = (kd_kriging_space){.capacity = n};
  KD_TRY(kd_search_space_create(&out->near, arena, self->search, err));
  out->set = kd_arena_alloc(arena, n + 1, sizeof *out->set);
  out->factor = kd_arena_alloc(arena, n * n + 1, sizeof(double));
  out->x = kd_arena_alloc(arena, n * (self->functions + 1) + 1, sizeof(double));
  out->z = kd_arena_alloc(arena, n + 1, sizeof(double));
  out->c = kd_arena_alloc(arena, 2 * n + 2, sizeof(double));
  out->w = kd_arena_alloc(arena, n + 1, sizeof(double));
  KD_CHECK(out->set != NULL && out->factor != NULL && out->x != NULL && out->z != NULL && out->c != NULL &&
               out->w != NULL,
           err, KD_E_NOMEM, "no memory for a neighbourhood of %zu samples", n);
out:
  return status;
}

/* --- one set of samples ------------------------------------------------------------------------------------------- */

static double sample_covariance(const kd_kriging *self, size_t a, size_t b) {
  const kd_points *p = &self->points;
  const double dx = p->x[a] - p->x[b], dy = p->y[a] - p->y[b], dz = p->z != NULL ? p->z[a] - p->z[b] : 0.0;
  const double c = covariance(self, dx, dy, dz);
  return dx == 0.0 && dy == 0.0 && dz == 0.0 ? c - self->error : c;
}

kd_status kd_kriging_tabulate(kd_kriging *self, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->points.count;
  double *pairs = kd_arena_alloc(arena, n * n + 1, sizeof *pairs);
  KD_CHECK(pairs != NULL, err, KD_E_NOMEM, "no memory for the covariances of %zu samples", n);
  for (size_t a = 0; a < n; a++)
    for (size_t b = 0; b < a; b++) pairs[a * n + b] = sample_covariance(self, a, b);
  self->pairs = pairs;
out:
  return status;
}

/* (1) and N of (3) for the set; remembers what came of it. */
static kd_kriged_note factor_set(const kd_kriging *self, kd_kriging_space *s, size_t n) {
  const kd_points *p = &self->points;
  const size_t m = self->functions;
  for (size_t i = 0; i < n; i++) {
    const size_t a = s->set[i];
    for (size_t j = 0; j < i; j++) {
      const size_t b = s->set[j];
      s->factor[i * s->capacity + j] = self->pairs == NULL ? sample_covariance(self, a, b)
                                                           : self->pairs[a > b ? a * p->count + b : b * p->count + a];
    }
    s->factor[i * s->capacity + i] = self->bound;
  }
  if (!kd_cholesky(s->factor, n, s->capacity, SINGULAR)) return KD_KRIGED_SINGULAR;
  for (size_t i = 0; i < n; i++) s->z[i] = self->value[s->set[i]] - (self->rule.simple ? self->rule.mean : 0.0);
  kd_cholesky_forward(s->factor, n, s->capacity, s->z);
  if (m == 0) return KD_KRIGED;
  if (n < m) return KD_KRIGED_TREND;
  for (size_t i = 0; i < n; i++) {
    double at[3], drift[KD_KRIGING_DRIFTS], f[KD_KRIGING_FUNCTIONS];
    place_of(p, at, s->set[i]);
    for (size_t d = 0; d < self->rule.drifts; d++) drift[d] = self->drift[d][s->set[i]];
    functions_at(self, f, at, drift);
    for (size_t k = 0; k < m; k++) s->x[k * n + i] = f[k];
  }
  for (size_t k = 0; k < m; k++) kd_cholesky_forward(s->factor, n, s->capacity, s->x + k * n);
  for (size_t k = 0; k < m; k++) {
    for (size_t l = 0; l <= k; l++) {
      double sum = 0.0;
      for (size_t i = 0; i < n; i++) sum += s->x[k * n + i] * s->x[l * n + i];
      s->normal[k * m + l] = sum;
    }
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += s->x[k * n + i] * s->z[i];
    s->beta[k] = sum;
  }
  if (!kd_cholesky(s->normal, m, m, 1e-12)) return KD_KRIGED_TREND;
  kd_cholesky_forward(s->normal, m, m, s->beta);
  return KD_KRIGED;
}

/* c0: covariances of the samples with the target. */
static void target_covariances(const kd_kriging *self, const kd_kriging_space *s, double *c, size_t n,
                               const double at[3]) {
  const kd_points *p = &self->points;
  for (size_t i = 0; i < n; i++) {
    const uint32_t a = s->set[i];
    const double dx = p->x[a] - at[0], dy = p->y[a] - at[1], dz = p->z != NULL ? p->z[a] - at[2] : 0.0;
    if (self->block_count == 0) {
      c[i] = covariance(self, dx, dy, dz);
      if (dx == 0.0 && dy == 0.0 && dz == 0.0) c[i] -= self->error;
      continue;
    }
    double sum = self->block_shift;
    for (size_t b = 0; b < self->block_count; b++)
      sum += self->block_weight[b] *
             inner_covariance(self, dx - self->block_at[0][b], dy - self->block_at[1][b], dz - self->block_at[2][b]);
    c[i] = sum;
  }
}

static void target_functions(const kd_kriging *self, double *f, const double at[3], const double *drift) {
  if (self->block_count == 0 || self->rule.trend < 2) {
    functions_at(self, f, at, drift);
    return;
  }
  double g[KD_KRIGING_FUNCTIONS];
  for (size_t k = 0; k < self->functions; k++) f[k] = 0.0;
  for (size_t b = 0; b < self->block_count; b++) {
    const double place[3] = {at[0] + self->block_at[0][b], at[1] + self->block_at[1][b], at[2] + self->block_at[2][b]};
    functions_at(self, g, place, drift);
    for (size_t k = 0; k < self->functions; k++) f[k] += self->block_weight[b] * g[k];
  }
}

/* (2), (4) to (7) from a factored set. */
static void solve_target(const kd_kriging *self, kd_kriging_space *s, kd_kriged *out, size_t n, const double at[3],
                         const double *drift) {
  const size_t m = self->functions;
  double *v = s->c, *c0 = s->c + s->capacity + 1, r[KD_KRIGING_FUNCTIONS];
  target_covariances(self, s, c0, n, at);
  memcpy(v, c0, n * sizeof *v);
  kd_cholesky_forward(s->factor, n, s->capacity, v);
  double estimate = 0.0, vv = 0.0;
  for (size_t i = 0; i < n; i++) {
    estimate += v[i] * s->z[i];
    vv += v[i] * v[i];
  }
  double variance = self->block_covariance - vv;
  memcpy(s->w, v, n * sizeof *v);
  if (m > 0) {
    target_functions(self, r, at, drift);
    for (size_t k = 0; k < m; k++)
      for (size_t i = 0; i < n; i++) r[k] -= s->x[k * n + i] * v[i];
    kd_cholesky_forward(s->normal, m, m, r);
    for (size_t k = 0; k < m; k++) {
      estimate += r[k] * s->beta[k];
      variance += r[k] * r[k];
    }
    kd_cholesky_backward(s->normal, m, m, r);
    for (size_t k = 0; k < m; k++)
      for (size_t i = 0; i < n; i++) s->w[i] += s->x[k * n + i] * r[k];
  } else {
    estimate += self->rule.mean;
  }
  kd_cholesky_backward(s->factor, n, s->capacity, s->w);
  double cover = 0.0, sum = 0.0;
  for (size_t i = 0; i < n; i++) {
    cover += s->w[i] * c0[i];
    sum += s->w[i];
    if (s->w[i] < 0.0) out->negative += s->w[i];
  }
  /* Rounding may leave a variance of -1e-15 of the sill at a sample: that is 0. */
  if (variance < 0.0 && variance > -1e-9 * self->bound) variance = 0.0;
  out->estimate = estimate;
  out->variance = variance;
  out->mean_weight = m == 0 ? 1.0 - sum : 0.0;
  if (self->model->has_sill) {
    const double spread = variance - self->block_covariance + 2.0 * cover;
    out->slope = m == 0 ? 1.0 : spread > 0.0 ? cover / spread : (double)NAN;
    out->efficiency = 1.0 - variance / self->block_covariance;
  }
}

void kd_kriging_at(const kd_kriging *self, kd_kriging_space *space, kd_kriged *out, const double at[3],
                   const double *drift, const kd_search_skip *skip) {
  const size_t n = kd_search_at(self->search, &space->near, at, skip);
  const bool few = n == 0 && space->near.found > 0;
  kd_kriging_from(self, space, out, space->near.index, n, at, drift);
  if (out->note == KD_KRIGED_NONE && few) out->note = KD_KRIGED_FEW;
}

void kd_kriging_from(const kd_kriging *self, kd_kriging_space *space, kd_kriged *out, const uint32_t *set, size_t n,
                     const double at[3], const double *drift) {
  *out = (kd_kriged){.estimate = (double)NAN, .variance = (double)NAN, .slope = (double)NAN, .efficiency = (double)NAN};
  out->samples = n;
  for (size_t d = 0; d < self->rule.drifts; d++)
    if (drift == NULL || !isfinite(drift[d])) out->note = KD_KRIGED_DRIFT;
  if (out->note != KD_KRIGED) return;
  if (n == 0 && self->rule.simple && self->search->rule.minimum == 0) {
    out->estimate = self->rule.mean; /* nothing is known but the mean */
    out->variance = self->block_covariance;
    out->mean_weight = 1.0;
    out->efficiency = 0.0;
    return;
  }
  if (n == 0) {
    out->note = KD_KRIGED_NONE;
    return;
  }
  if (n != space->count || memcmp(space->set, set, n * sizeof *space->set) != 0) {
    memcpy(space->set, set, n * sizeof *space->set);
    space->count = n;
    space->factored = factor_set(self, space, n);
  }
  out->note = space->factored;
  if (out->note == KD_KRIGED) solve_target(self, space, out, n, at, drift);
}
