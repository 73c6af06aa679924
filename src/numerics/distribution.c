// SPDX-License-Identifier: Apache-2.0
/* Quantile, distribution function and mean of the distributions that a scenario can name.
 *
 *   X = Q(u_low + u (u_high - u_low)),   u_low = P(X < low),  u_high = P(X <= high)                  (1)
 *
 * Truncation by (1) is exact: no rejection, one uniform number for each draw. A normal (or lognormal) that is cut in
 * its upper tail works with the mirrored variable, so that the small probabilities there keep all their digits.
 *
 * Source    closed forms; empirical: type 7 of Hyndman and Fan 1996; normal quantile: Wichura 1988 (base/random.c).
 */
#include "numerics/distribution.h"

#include <math.h>

#include "base/error.h"
#include "base/random.h"
#include "numerics/distribution_pert.h"

static double clamp(double x, double low, double high) {
  if (x < low) return low;
  return x > high ? high : x;
}

/* The standard normal deviate of x for the normal and the lognormal. */
static double deviate(const kd_distribution *self, double x) {
  if (self->kind == KD_DISTRIBUTION_NORMAL) return (x - self->p[0]) / self->p[1];
  return x > 0 ? log(x / self->p[0]) / log(self->p[1]) : -(double)INFINITY;
}

static double triangular_cdf(const double *p, double x) {
  const double a = p[0], m = p[1], b = p[2];
  if (x <= a) return 0;
  if (x >= b) return 1;
  if (x < m) return (x - a) / (b - a) * ((x - a) / (m - a));
  return 1 - (b - x) / (b - a) * ((b - x) / (b - m));
}

static double triangular_quantile(const double *p, double u) {
  const double a = p[0], m = p[1], b = p[2], at_mode = (m - a) / (b - a);
  if (u < at_mode) return a + sqrt(u * (b - a) * (m - a));
  return b - sqrt((1 - u) * (b - a) * (b - m));
}

/* Largest (`upper`) or smallest u whose type-7 quantile is x: they differ where values are equal. */
static double empirical_cdf(const kd_distribution *self, double x, bool upper) {
  const double *v = self->values;
  const size_t n = self->count;
  if (x < v[0] || (!upper && x == v[0])) return 0;
  if (x > v[n - 1] || (upper && x == v[n - 1])) return 1;
  size_t low = 0, high = n - 1; /* v[low] <= x < v[high] (upper), v[low] < x <= v[high] (lower) */
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2;
    if (upper ? v[middle] <= x : v[middle] < x)
      low = middle;
    else
      high = middle;
  }
  return ((double)low + (x - v[low]) / (v[high] - v[low])) / (double)(n - 1);
}

static double empirical_quantile(const kd_distribution *self, double u) {
  const double place = u * (double)(self->count - 1);
  size_t low = (size_t)place;
  if (low >= self->count - 1) low = self->count - 2;
  return self->values[low] + (place - (double)low) * (self->values[low + 1] - self->values[low]);
}

/* P(X <= x), or P(X < x) unless `upper`. */
static double discrete_cdf(const kd_distribution *self, double x, bool upper) {
  double sum = 0;
  for (size_t i = 0; i < self->count; i++) {
    if (self->values[i] > x || (!upper && self->values[i] == x)) break;
    sum = self->weights[i];
  }
  return sum;
}

/* The smallest value whose cumulative weight reaches u. */
static double discrete_quantile(const kd_distribution *self, double u) {
  size_t low = 0, high = self->count - 1;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (self->weights[middle] >= u)
      high = middle;
    else
      low = middle + 1;
  }
  return self->values[low];
}

/* Distribution function without truncation; of the mirrored variable when the distribution is mirrored. upper: P(X <=
 * x), else P(X < x). */
static double raw_cdf(const kd_distribution *self, double x, bool upper) {
  const double *p = self->p;
  switch (self->kind) {
  case KD_DISTRIBUTION_UNIFORM:
    return clamp((x - p[0]) / (p[1] - p[0]), 0, 1);
  case KD_DISTRIBUTION_TRIANGULAR:
    return triangular_cdf(p, x);
  case KD_DISTRIBUTION_PERT:
    return kd_beta_cdf((x - p[0]) / (p[2] - p[0]), self->shape[0], self->shape[1], self->peak);
  case KD_DISTRIBUTION_NORMAL:
  case KD_DISTRIBUTION_LOGNORMAL:
    return kd_normal_cdf(self->mirrored ? -deviate(self, x) : deviate(self, x));
  case KD_DISTRIBUTION_DISCRETE:
    return discrete_cdf(self, x, upper);
  case KD_DISTRIBUTION_EMPIRICAL:
    return empirical_cdf(self, x, upper);
  case KD_DISTRIBUTION_FIXED:
    break;
  }
  return x > p[0] || (upper && x == p[0]) ? 1 : 0;
}

static double raw_quantile(const kd_distribution *self, double u) {
  const double *p = self->p;
  switch (self->kind) {
  case KD_DISTRIBUTION_UNIFORM:
    return p[0] + u * (p[1] - p[0]);
  case KD_DISTRIBUTION_TRIANGULAR:
    return triangular_quantile(p, u);
  case KD_DISTRIBUTION_PERT:
    return p[0] + (p[2] - p[0]) * kd_pert_quantile(self, u);
  case KD_DISTRIBUTION_NORMAL:
    return p[0] + p[1] * (self->mirrored ? -kd_normal_quantile(u) : kd_normal_quantile(u));
  case KD_DISTRIBUTION_LOGNORMAL:
    return p[0] * exp(self->shape[0] * (self->mirrored ? -kd_normal_quantile(u) : kd_normal_quantile(u)));
  case KD_DISTRIBUTION_DISCRETE:
    return discrete_quantile(self, u);
  case KD_DISTRIBUTION_EMPIRICAL:
    return empirical_quantile(self, u);
  case KD_DISTRIBUTION_FIXED:
    break;
  }
  return p[0];
}

/* Checks low <= mode <= high of the three bounded kinds. */
static kd_status check_bounds(const kd_distribution *self, kd_error *err) {
  kd_status status = KD_OK;
  const double low = self->p[0];
  const bool has_mode = self->kind != KD_DISTRIBUTION_UNIFORM;
  const double high = has_mode ? self->p[2] : self->p[1], mode = has_mode ? self->p[1] : low;
  KD_CHECK(low <= high, err, KD_E_DISTRIBUTION, "lower end %.6g is above the upper end %.6g", low, high);
  KD_CHECK(mode >= low, err, KD_E_DISTRIBUTION, "mode %.6g is below the lower end %.6g", mode, low);
  KD_CHECK(mode <= high, err, KD_E_DISTRIBUTION, "mode %.6g is above the upper end %.6g", mode, high);
out:
  return status;
}

static kd_status check_values(const kd_distribution *self, kd_error *err) {
  kd_status status = KD_OK;
  const bool discrete = self->kind == KD_DISTRIBUTION_DISCRETE;
  const size_t least = discrete ? 1 : 2;
  KD_CHECK(self->count >= least && self->values != NULL, err, KD_E_DISTRIBUTION, "%zu values: at least %zu are needed",
           self->count, least);
  KD_CHECK(!discrete || self->weights != NULL, err, KD_E_DISTRIBUTION, "the values have no weights");
  for (size_t i = 0; i < self->count; i++) {
    KD_CHECK(isfinite(self->values[i]), err, KD_E_DISTRIBUTION, "value %zu is not finite", i + 1);
    KD_CHECK(i == 0 || self->values[i] >= self->values[i - 1], err, KD_E_DISTRIBUTION, "the values are not sorted");
  }
out:
  return status;
}

static kd_status check_parameters(const kd_distribution *self, kd_error *err) {
  kd_status status = KD_OK;
  const int needed = self->kind == KD_DISTRIBUTION_TRIANGULAR || self->kind == KD_DISTRIBUTION_PERT ? 3 : 2;
  switch (self->kind) {
  case KD_DISTRIBUTION_FIXED:
    return KD_OK;
  case KD_DISTRIBUTION_DISCRETE:
  case KD_DISTRIBUTION_EMPIRICAL:
    return check_values(self, err);
  default:
    break;
  }
  for (int i = 0; i < needed; i++)
    KD_CHECK(isfinite(self->p[i]), err, KD_E_DISTRIBUTION, "parameter %d is not finite", i + 1);
  if (self->kind == KD_DISTRIBUTION_NORMAL)
    KD_CHECK(self->p[1] > 0, err, KD_E_DISTRIBUTION, "standard deviation %.6g: must be above 0", self->p[1]);
  else if (self->kind == KD_DISTRIBUTION_LOGNORMAL) {
    KD_CHECK(self->p[0] > 0, err, KD_E_DISTRIBUTION, "median %.6g: must be above 0", self->p[0]);
    KD_CHECK(self->p[1] > 1, err, KD_E_DISTRIBUTION, "geometric standard deviation %.6g: must be above 1", self->p[1]);
  } else {
    KD_TRY(check_bounds(self, err));
  }
out:
  return status;
}

kd_status kd_distribution_prepare(kd_distribution *self, kd_error *err) {
  kd_status status = KD_OK;
  self->mirrored = false;
  self->u_low = 0;
  self->u_high = 1;
  KD_CHECK(!isnan(self->low) && !isnan(self->high) && self->low <= self->high, err, KD_E_DISTRIBUTION,
           "truncation: %.6g is above %.6g", self->low, self->high);
  KD_TRY(check_parameters(self, err));
  /* A distribution without width is its one value. */
  const bool bounded = self->kind >= KD_DISTRIBUTION_UNIFORM && self->kind <= KD_DISTRIBUTION_PERT;
  if (bounded && self->p[0] >= (self->kind == KD_DISTRIBUTION_UNIFORM ? self->p[1] : self->p[2]))
    self->kind = KD_DISTRIBUTION_FIXED;
  if (self->kind == KD_DISTRIBUTION_FIXED) return KD_OK;
  if (self->kind == KD_DISTRIBUTION_PERT) kd_pert_prepare(self);
  if (self->kind == KD_DISTRIBUTION_LOGNORMAL) self->shape[0] = log(self->p[1]);
  const bool bell = self->kind == KD_DISTRIBUTION_NORMAL || self->kind == KD_DISTRIBUTION_LOGNORMAL;
  self->mirrored = bell && isfinite(self->low) && deviate(self, self->low) > 0;
  if (isfinite(self->low)) self->u_low = raw_cdf(self, self->low, false);
  if (isfinite(self->high)) self->u_high = raw_cdf(self, self->high, true);
  if (self->mirrored) { /* u runs the other way: the upper end comes first */
    const double at_low = self->u_low;
    self->u_low = isfinite(self->high) ? self->u_high : 0;
    self->u_high = at_low;
  }
  KD_CHECK(self->u_high > self->u_low, err, KD_E_DISTRIBUTION, "no probability between %.6g and %.6g", self->low,
           self->high);
out:
  return status;
}

double kd_distribution_quantile(const kd_distribution *self, double u) {
  if (self->kind == KD_DISTRIBUTION_FIXED) return self->p[0];
  const double along = self->mirrored ? 1 - u : u;
  const double x = raw_quantile(self, self->u_low + along * (self->u_high - self->u_low));
  return clamp(x, self->low, self->high);
}

double kd_distribution_cdf(const kd_distribution *self, double x) {
  if (self->kind == KD_DISTRIBUTION_FIXED) return x >= self->p[0] ? 1 : 0;
  if (x < self->low) return 0;
  if (x >= self->high) return 1;
  const double share = clamp((raw_cdf(self, x, true) - self->u_low) / (self->u_high - self->u_low), 0, 1);
  return self->mirrored ? 1 - share : share;
}
