// SPDX-License-Identifier: Apache-2.0
/* Change of support.
 *
 *   f = block variance / point variance (of the same mean)
 *   affine               z_v = m + sqrt(f) (z - m)                                                       (1)
 *   indirect lognormal   z_v = a z^b,  b = sqrt(ln(f CV^2 + 1) / ln(CV^2 + 1)),
 *                        a = m (f CV^2 + 1)^(-1/2) (sqrt(CV^2 + 1) / m)^b, then times m / mean(z_v)       (2)
 *   discrete Gaussian    z = phi(Y) = sum_p phi_p H_p(Y),  z_v = sum_p phi_p r^p H_p(Y),
 *                        sum_(p>=1) phi_p^2 r^(2p) = f sum_(p>=1) phi_p^2                                 (3)
 *   above a cut-off      T = 1 - G(y),  Q = phi_0 T - g(y) sum_(p>=1) phi_p r^p H_(p-1)(y) / sqrt p,
 *                        phi_r(y) = cut-off                                                              (4)
 *   lognormal            T = G(ln(m/z)/s - s/2),  Q = m G(ln(m/z)/s + s/2),  s^2 = ln(1 + CV^2),
 *                        blocks: CV_v^2 = f CV^2                                                          (5)
 *
 *   H_p normalised Hermite polynomials, H_p g = (1/sqrt p!) d^p g/dy^p, so that H_1 = -y
 *   phi_p = sum_i (z_i - z_(i+1)) H_(p-1)(y_i) g(y_i) / sqrt p, y_i the score of the share up to datum i   (6)
 *
 * Source    (1), (2) Isaaks and Srivastava 1989, ch. 19; (3)-(6) Matheron 1976; Chiles and Delfiner 2012, sections 6.2
 *           and 6.4.
 * Weakness  (1) keeps the shape, which is right for f near 1 only; (3) takes points inside a block as drawn at random
 *           given the block. A series of few polynomials swings beyond the data: it is used between the first points
 *           right and left of the median where it turns or leaves the range of the data.
 */
#include "deposit/support.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/random.h"

#define INV_SQRT_2PI 0.39894228040143267794
#define FARTHEST     8.0 /* score beyond which nothing is looked for */

double kd_support_affine(double value, double mean, double factor) {
  return mean + sqrt(factor) * (value - mean);
}

double kd_support_indirect_lognormal(double value, double mean, double cv, double factor) {
  if (cv <= 0) return value;
  const double block = factor * cv * cv + 1, point = cv * cv + 1;
  const double b = sqrt(log(block) / log(point));
  return mean / sqrt(block) * pow(sqrt(point) * value / mean, b);
}

double kd_lognormal_block_cv(double cv, double factor) {
  return cv * sqrt(factor);
}

kd_recovery kd_recovery_lognormal(double mean, double cv, double cutoff) {
  kd_recovery out = {1, mean, mean};
  if (cutoff <= 0) return out;
  if (cv <= 0) {
    if (mean < cutoff) out = (kd_recovery){0, (double)NAN, 0};
    return out;
  }
  const double s = sqrt(log1p(cv * cv)), centre = log(mean / cutoff) / s;
  out.tonnage = kd_normal_cdf(centre - 0.5 * s);
  out.metal = mean * kd_normal_cdf(centre + 0.5 * s);
  out.grade = out.tonnage > 0 ? out.metal / out.tonnage : (double)NAN;
  return out;
}

void kd_hermite(double *out, size_t count, double y) {
  if (count > 0) out[0] = 1;
  if (count > 1) out[1] = -y;
  for (size_t p = 1; p + 1 < count; p++)
    out[p + 1] = (-y * out[p] - sqrt((double)p) * out[p - 1]) / sqrt((double)(p + 1));
}

typedef struct pair {
  double value, weight;
} pair;

static int ascending(const void *a, const void *b) {
  const double left = ((const pair *)a)->value, right = ((const pair *)b)->value;
  return left < right ? -1 : left > right ? 1 : 0;
}

double kd_anamorphosis_value(const kd_anamorphosis *self, double r, double score) {
  double before = 1, here = -score, power = r;
  double sum = self->coefficient[0];
  for (size_t p = 1; p < self->count; p++) {
    sum += self->coefficient[p] * power * here;
    const double next = (-score * here - sqrt((double)p) * before) / sqrt((double)(p + 1));
    before = here;
    here = next;
    power *= r;
  }
  return sum;
}

/* Walks from the median outward as long as the series rises and stays inside the range. */
static double walk(const kd_anamorphosis *self, double r, double direction) {
  const double step = 1.0 / 256;
  double y = 0, value = kd_anamorphosis_value(self, r, 0);
  for (int i = 1; i <= (int)(FARTHEST / step); i++) {
    const double next = kd_anamorphosis_value(self, r, direction * step * i);
    if (direction * (next - value) <= 0 || next < self->low || next > self->high) break;
    y = direction * step * i;
    value = next;
  }
  return y;
}

kd_status kd_anamorphosis_fit(kd_anamorphosis *out, const double *value, const double *weight, size_t data,
                              size_t count, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double total = 0, below = 0;
  pair *pairs = kd_arena_alloc(scratch, data + 1, sizeof *pairs);
  double *h = kd_arena_alloc(scratch, count + 1, sizeof *h);
  *out = (kd_anamorphosis){.coefficient = kd_arena_alloc(scratch, count + 1, sizeof(double)), .count = count};
  KD_CHECK(pairs && h && out->coefficient, err, KD_E_NOMEM, "out of memory for %zu data", data);
  KD_CHECK(data > 0, err, KD_E_RANGE, "an anamorphosis wants at least one datum");
  KD_CHECK(count >= 2, err, KD_E_RANGE, "%zu polynomials: must be at least 2", count);
  for (size_t i = 0; i < data; i++) {
    const double w = weight != NULL ? weight[i] : 1;
    KD_CHECK(isfinite(value[i]), err, KD_E_MISSING, "row %zu: the value is missing: leave the row out", i + 1);
    KD_CHECK(w >= 0 && isfinite(w), err, KD_E_RANGE, "row %zu: weight %g: must be at least 0", i + 1, w);
    pairs[i] = (pair){value[i], w};
    total += w;
  }
  KD_CHECK(total > 0, err, KD_E_RANGE, "the weights sum to 0");
  qsort(pairs, data, sizeof *pairs, ascending);
  for (size_t i = 0; i < data; i++) {
    out->coefficient[0] += pairs[i].value * (pairs[i].weight / total);
    below += pairs[i].weight;
    if (i + 1 == data || pairs[i + 1].value == pairs[i].value || below <= 0 || below >= total) continue;
    const double y = kd_normal_quantile(below / total), density = INV_SQRT_2PI * exp(-0.5 * y * y);
    kd_hermite(h, count, y);
    for (size_t p = 1; p < count; p++)
      out->coefficient[p] += (pairs[i].value - pairs[i + 1].value) * h[p - 1] * density / sqrt((double)p);
  }
  out->low = pairs[0].value;
  out->high = pairs[data - 1].value;
  out->score_low = walk(out, 1, -1);
  out->score_high = walk(out, 1, 1);
out:
  return status;
}

double kd_anamorphosis_variance(const kd_anamorphosis *self) {
  double sum = 0;
  for (size_t p = 1; p < self->count; p++) sum += self->coefficient[p] * self->coefficient[p];
  return sum;
}

double kd_anamorphosis_support(const kd_anamorphosis *self, double factor) {
  const double wanted = factor * kd_anamorphosis_variance(self);
  double low = 0, high = 1;
  if (factor >= 1 || wanted <= 0) return 1;
  for (int i = 0; i < 200 && high - low > 1e-16; i++) {
    const double r = 0.5 * (low + high);
    double sum = 0, power = 1;
    for (size_t p = 1; p < self->count; p++) {
      power *= r * r;
      sum += self->coefficient[p] * self->coefficient[p] * power;
    }
    *(sum < wanted ? &low : &high) = r;
  }
  return 0.5 * (low + high);
}

kd_recovery kd_recovery_gaussian(const kd_anamorphosis *self, double r, double cutoff) {
  double low = walk(self, r, -1), high = walk(self, r, 1);
  kd_recovery out = {1, self->coefficient[0], self->coefficient[0]};
  if (cutoff <= kd_anamorphosis_value(self, r, low)) return out;
  if (cutoff > kd_anamorphosis_value(self, r, high)) return (kd_recovery){0, (double)NAN, 0};
  for (int i = 0; i < 200 && high - low > 1e-15; i++) {
    const double y = 0.5 * (low + high);
    *(kd_anamorphosis_value(self, r, y) < cutoff ? &low : &high) = y;
  }
  const double y = 0.5 * (low + high), density = INV_SQRT_2PI * exp(-0.5 * y * y);
  double before = 0, here = 1, power = 1, tail = 0; /* here = H_(p-1) */
  for (size_t p = 1; p < self->count; p++) {
    power *= r;
    tail += self->coefficient[p] * power * here / sqrt((double)p);
    const double next = (-y * here - sqrt((double)(p - 1)) * before) / sqrt((double)p);
    before = here;
    here = next;
  }
  out.tonnage = kd_normal_cdf(-y);
  out.metal = self->coefficient[0] * out.tonnage - density * tail;
  out.grade = out.tonnage > 0 ? out.metal / out.tonnage : (double)NAN;
  return out;
}
