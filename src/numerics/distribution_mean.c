// SPDX-License-Identifier: Apache-2.0
/* Means of the distributions, truncated or not, by their partial expectations
 *
 *   E[X | low <= X <= high] = (M(high) - M(low)) / (F(high) - F(low)),   M(x) = E[X; X <= x]         (1)
 *
 *   uniform      the middle of what is left
 *   triangular   M by parts on both sides of the mode
 *   pert         M(x) = alpha / 6 I_x(alpha + 1, beta) on 0..1
 *   normal       mean + sd (phi(a) - phi(b)) / (Phi(b) - Phi(a))
 *   lognormal    median exp(s^2/2) (Phi(b - s) - Phi(a - s)) / (Phi(b) - Phi(a)),  s = ln(geometric sd)
 *   empirical    trapezoids under the type-7 quantile function
 *
 * Source    closed forms (Johnson, Kotz, Balakrishnan 1994, Continuous Univariate Distributions, vol. 1).
 * Weakness  (1) loses digits when almost nothing is left between low and high; the result is kept inside them.
 */
#include "numerics/distribution.h"

#include <math.h>

#include "base/random.h"
#include "numerics/distribution_pert.h"

#define KD_INVERSE_SQRT_2PI 0.39894228040143267794

/* E[X - a; X <= x] of the triangular distribution (shifted by its lower end to keep digits). */
static double triangular_partial(const double *p, double x) {
  const double a = p[0], m = p[1] - a, b = p[2] - a;
  const double y = fmin(fmax(x - a, 0), b);
  const double rise = fmin(y, m);
  double sum = m > 0 ? 2 * rise * rise * rise / (3 * b * m) : 0;
  if (y > m && b > m) { /* density 2 (b - t) / (b (b - m)) */
    sum += 2 / (b * (b - m)) * (b * (y * y - m * m) / 2 - (y * y * y - m * m * m) / 3);
  }
  return sum;
}

/* P(a < Z <= b) of the standard normal, from the tail that keeps the digits. */
static double normal_between(double a, double b) {
  return a > 0 ? kd_normal_cdf(-a) - kd_normal_cdf(-b) : kd_normal_cdf(b) - kd_normal_cdf(a);
}

static double normal_density(double z) {
  return isfinite(z) ? KD_INVERSE_SQRT_2PI * exp(-0.5 * z * z) : 0;
}

static double bell_mean(const kd_distribution *self) {
  if (self->kind == KD_DISTRIBUTION_NORMAL) {
    const double a = (self->low - self->p[0]) / self->p[1], b = (self->high - self->p[0]) / self->p[1];
    return self->p[0] + self->p[1] * (normal_density(a) - normal_density(b)) / normal_between(a, b);
  }
  const double s = log(self->p[1]);
  const double a = self->low > 0 ? log(self->low / self->p[0]) / s : -(double)INFINITY;
  const double b = isfinite(self->high) ? log(self->high / self->p[0]) / s : (double)INFINITY;
  return self->p[0] * exp(0.5 * s * s) * normal_between(a - s, b - s) / normal_between(a, b);
}

static double pert_mean(const kd_distribution *self) {
  const double a = self->shape[0], b = self->shape[1], low = self->p[0], width = self->p[2] - low;
  if (self->u_low <= 0 && self->u_high >= 1) return low + width * a / 6;
  const double peak = kd_beta_peak(a + 1, b);
  const double from = kd_beta_cdf((self->low - low) / width, a + 1, b, peak);
  const double to = kd_beta_cdf((self->high - low) / width, a + 1, b, peak);
  return low + width * a / 6 * (to - from) / (self->u_high - self->u_low);
}

/* Integral of the piecewise linear quantile function over u_low..u_high. */
static double empirical_mean(const kd_distribution *self) {
  const double last = (double)(self->count - 1);
  double sum = 0;
  for (size_t i = 0; i + 1 < self->count; i++) {
    const double from = fmax(self->u_low * last, (double)i), to = fmin(self->u_high * last, (double)i + 1);
    if (to <= from) continue;
    const double slope = self->values[i + 1] - self->values[i];
    sum += (to - from) * (self->values[i] + slope * (0.5 * (from + to) - (double)i));
  }
  return sum / (last * (self->u_high - self->u_low));
}

static double discrete_mean(const kd_distribution *self) {
  double sum = 0, weight = 0, before = 0;
  for (size_t i = 0; i < self->count; i++) {
    const double own = self->weights[i] - before;
    before = self->weights[i];
    if (self->values[i] < self->low || self->values[i] > self->high) continue;
    sum += own * self->values[i];
    weight += own;
  }
  return sum / weight;
}

static double raw_mean(const kd_distribution *self) {
  const double *p = self->p;
  switch (self->kind) {
  case KD_DISTRIBUTION_UNIFORM:
    return 0.5 * (fmax(p[0], self->low) + fmin(p[1], self->high));
  case KD_DISTRIBUTION_TRIANGULAR:
    return p[0] + (triangular_partial(p, self->high) - triangular_partial(p, self->low)) / (self->u_high - self->u_low);
  case KD_DISTRIBUTION_PERT:
    return pert_mean(self);
  case KD_DISTRIBUTION_NORMAL:
  case KD_DISTRIBUTION_LOGNORMAL:
    return bell_mean(self);
  case KD_DISTRIBUTION_DISCRETE:
    return discrete_mean(self);
  case KD_DISTRIBUTION_EMPIRICAL:
    return empirical_mean(self);
  case KD_DISTRIBUTION_FIXED:
    break;
  }
  return p[0];
}

double kd_distribution_mean(const kd_distribution *self) {
  if (self->kind == KD_DISTRIBUTION_FIXED) return self->p[0];
  return fmin(fmax(raw_mean(self), self->low), self->high);
}
