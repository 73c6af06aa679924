// SPDX-License-Identifier: Apache-2.0
/* Projection pursuit multivariate transform.
 *
 *   1. normal scores of each variable, then sphering: covariance I                                       (factors.c)
 *   2. until no direction is left: the direction a of the largest projection index
 *        I(a) = 1/2 sum_(j=1..10) (2j + 1) [ E P_j(2 G(a.y) - 1) ]^2                                       (1)
 *      then y <- y + a (G^-1 F(a.y) - a.y): the projection becomes normal, all that is orthogonal stays     (2)
 *   back: the steps in reverse, each by its table of pairs (a.y before, after), then (1.) backwards
 *
 *   P_j Legendre polynomials, G standard normal distribution, F that of the projected data
 *
 * Directions: all axes and all bisectors of two axes, the best of them climbed up the gradient of (1). Beyond the table
 * of a step the first and last pair are carried on in parallel to the diagonal.
 *
 * Source    Friedman 1987, JASA 82, 249; Barnett, Manchuk, Deutsch 2014, Mathematical Geosciences 46, 337.
 * Weakness  few data leave nothing but noise to pursue: the index of N normal data has the mean ORDER/(2N) in a given
 *           direction, and more in the best one; a limit below some 3 ORDER/N chases noise. Correlation between the
 *           factors at lags other than 0 stays; use MAF where that matters.
 */
#include "deposit/ppmt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"

#define ORDER        10
#define INV_SQRT_2PI 0.39894228040143267794

/* Mean of each Legendre polynomial over the projection; gradient of (1) too when it is not NULL. */
static double pursue(const double *y, const double *weight, size_t count, size_t n, const double *a, double *gradient) {
  double mean[ORDER + 1] = {0}, total = 0;
  for (size_t i = 0; i < count; i++) {
    const double w = weight != NULL ? weight[i] : 1;
    double t = 0;
    for (size_t v = 0; v < n; v++) t += a[v] * y[i * n + v];
    const double r = 2 * kd_normal_cdf(t) - 1;
    double before = 1, here = r;
    total += w;
    for (int j = 1; j <= ORDER; j++) {
      mean[j] += w * here;
      const double next = ((2 * j + 1) * r * here - j * before) / (j + 1);
      before = here;
      here = next;
    }
  }
  double index = 0;
  for (int j = 1; j <= ORDER; j++) {
    mean[j] /= total;
    index += 0.5 * (2 * j + 1) * mean[j] * mean[j];
  }
  if (gradient == NULL) return index;
  for (size_t v = 0; v < n; v++) gradient[v] = 0;
  for (size_t i = 0; i < count; i++) {
    const double w = weight != NULL ? weight[i] : 1;
    double t = 0, slope = 0, p0 = 1, d0 = 0, d1 = 1;
    for (size_t v = 0; v < n; v++) t += a[v] * y[i * n + v];
    const double r = 2 * kd_normal_cdf(t) - 1;
    double p1 = r;
    for (int j = 1; j <= ORDER; j++) { /* P'_(j+1) = P'_(j-1) + (2j + 1) P_j */
      slope += (2 * j + 1) * mean[j] * d1;
      const double p2 = ((2 * j + 1) * r * p1 - j * p0) / (j + 1), d2 = d0 + (2 * j + 1) * p1;
      p0 = p1, p1 = p2, d0 = d1, d1 = d2;
    }
    slope *= w / total * 2 * INV_SQRT_2PI * exp(-0.5 * t * t);
    for (size_t v = 0; v < n; v++) gradient[v] += slope * (y[i * n + v] - t * a[v]); /* along the unit sphere */
  }
  return index;
}

double kd_ppmt_index(const double *y, const double *weight, size_t count, size_t n, const double *direction) {
  return pursue(y, weight, count, n, direction, NULL);
}

static void normalise(double *a, size_t n) {
  double square = 0;
  for (size_t v = 0; v < n; v++) square += a[v] * a[v];
  for (size_t v = 0; v < n; v++) a[v] /= sqrt(square);
}

/* Best of the axes and bisectors, climbed. work: 3 n doubles. */
static double find_direction(double *best, const double *y, const double *weight, size_t count, size_t n,
                             double *work) {
  double top = -1, *a = work, *gradient = work + n;
  for (size_t i = 0; i < n; i++) {
    for (size_t j = i; j < n; j++) {
      for (int sign = -1; sign <= (i == j ? -1 : 1); sign += 2) {
        memset(a, 0, n * sizeof *a);
        a[i] = 1;
        if (j != i) a[j] = sign;
        normalise(a, n);
        const double index = pursue(y, weight, count, n, a, NULL);
        if (index <= top) continue;
        top = index;
        memcpy(best, a, n * sizeof *a);
      }
    }
  }
  double step = 0.5;
  for (int turn = 0; turn < 40 && step > 1e-3; turn++) {
    double length = 0;
    (void)pursue(y, weight, count, n, best, gradient);
    for (size_t v = 0; v < n; v++) length += gradient[v] * gradient[v];
    if (!(length > 0)) break;
    for (; step > 1e-3; step *= 0.5) {
      for (size_t v = 0; v < n; v++) a[v] = best[v] + step * gradient[v] / sqrt(length);
      normalise(a, n);
      const double index = pursue(y, weight, count, n, a, NULL);
      if (index <= top) continue;
      top = index;
      memcpy(best, a, n * sizeof *a);
      break;
    }
  }
  return top;
}

/* Equation (2) with its table; t and score: count doubles. */
static kd_status make_normal(kd_ppmt *self, double *y, const double *weight, double *t, double *score,
                             kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = self->n;
  const double *a = self->direction + self->steps * n;
  double *before = self->projection + self->steps * self->count, *after = self->score + self->steps * self->count;
  kd_normal_score pairs;
  for (size_t i = 0; i < self->count; i++) {
    t[i] = 0;
    for (size_t v = 0; v < n; v++) t[i] += a[v] * y[i * n + v];
  }
  KD_TRY(kd_normal_score_fit(&pairs, score, t, weight, self->count, KD_TIES_AVERAGE, scratch, err));
  for (size_t i = 0; i < self->count; i++) {
    for (size_t v = 0; v < n; v++) y[i * n + v] += a[v] * (score[i] - t[i]);
    const size_t k = i < pairs.count ? i : pairs.count - 1; /* ties leave fewer pairs: the last one again */
    before[i] = pairs.value[k];
    after[i] = pairs.score[k];
  }
out:
  return status;
}

static kd_status reserve(kd_ppmt *out, size_t count, size_t n, size_t steps, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_ppmt){.n = n, .count = count};
  out->margin = kd_arena_alloc(scratch, n, sizeof *out->margin);
  out->direction = kd_arena_alloc(scratch, (steps + 1) * n, sizeof(double));
  out->projection = kd_arena_alloc(scratch, steps * count + 1, sizeof(double));
  out->score = kd_arena_alloc(scratch, steps * count + 1, sizeof(double));
  out->index = kd_arena_alloc(scratch, steps + 1, sizeof(double));
  KD_CHECK(out->margin && out->direction && out->projection && out->score && out->index, err, KD_E_NOMEM,
           "out of memory for %zu steps of %zu data", steps, count);
out:
  return status;
}

kd_status kd_ppmt_fit(kd_ppmt *out, double *const *factor, const double *const *value, const double *weight,
                      size_t count, size_t n, const kd_ppmt_options *options, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double *y, *t, *score, *work;
  KD_CHECK(n >= 1, err, KD_E_RANGE, "no variables");
  KD_CHECK(count > n, err, KD_E_RANGE, "%zu data of %zu variables: more data than variables are wanted", count, n);
  KD_TRY(reserve(out, count, n, options->iterations, scratch, err));
  y = kd_arena_alloc(scratch, count * n, sizeof *y);
  t = kd_arena_alloc(scratch, count, sizeof *t);
  score = kd_arena_alloc(scratch, count, sizeof *score);
  work = kd_arena_alloc(scratch, 3 * n, sizeof *work);
  KD_CHECK(y && t && score && work, err, KD_E_NOMEM, "out of memory for %zu data", count);
  for (size_t v = 0; v < n; v++)
    KD_TRY(kd_normal_score_fit(&out->margin[v], factor[v], value[v], weight, count, KD_TIES_AVERAGE, scratch, err));
  KD_TRY(kd_factors_pca(&out->sphere, (const double *const *)factor, weight, count, n, true, scratch, err));
  /* Sphering by S^(-1/2): the factors stay as near to the variables as they can. */
  for (size_t i = 0; i < count; i++) {
    for (size_t v = 0; v < n; v++) work[v] = factor[v][i];
    kd_factors_forward(work + n, &out->sphere, work);
    for (size_t v = 0; v < n; v++) {
      double sum = 0; /* Q times the components: Q = back / sqrt(eigenvalue) */
      for (size_t k = 0; k < n; k++) sum += out->sphere.back[v * n + k] / sqrt(out->sphere.eigenvalue[k]) * work[n + k];
      y[i * n + v] = sum;
    }
  }
  for (; out->steps < options->iterations && n > 1; out->steps++) {
    double *a = out->direction + out->steps * n;
    out->index[out->steps] = find_direction(a, y, weight, count, n, work);
    if (!(out->index[out->steps] > options->index)) break;
    KD_TRY(make_normal(out, y, weight, t, score, scratch, err));
  }
  for (size_t i = 0; i < count; i++)
    for (size_t v = 0; v < n; v++) factor[v][i] = y[i * n + v];
out:
  return status;
}

/* Value of the table of one step at a score. */
static double undo(const double *before, const double *after, size_t count, double score) {
  size_t low = 0, high = count - 1;
  if (!(score > after[0])) return before[0] + (score - after[0]);
  if (score >= after[high]) return before[high] + (score - after[high]);
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    *(after[middle] <= score ? &low : &high) = middle;
  }
  return before[low] + (before[high] - before[low]) * (score - after[low]) / (after[high] - after[low]);
}

void kd_ppmt_back(double *out, const kd_ppmt *self, const double *factor, double *work) {
  const size_t n = self->n;
  if (out != factor) memcpy(out, factor, n * sizeof *out);
  for (size_t s = self->steps; s-- > 0;) {
    const double *a = self->direction + s * n;
    double t = 0;
    for (size_t v = 0; v < n; v++) t += a[v] * out[v];
    const double change = undo(self->projection + s * self->count, self->score + s * self->count, self->count, t) - t;
    for (size_t v = 0; v < n; v++) out[v] += a[v] * change;
  }
  for (size_t k = 0; k < n; k++) { /* components: Q^T y */
    work[k] = 0;
    for (size_t v = 0; v < n; v++) work[k] += self->sphere.back[v * n + k] / sqrt(self->sphere.eigenvalue[k]) * out[v];
  }
  kd_factors_back(out, &self->sphere, work);
  for (size_t v = 0; v < n; v++) out[v] = kd_normal_score_back(&self->margin[v], out[v]);
}
