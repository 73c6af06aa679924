// SPDX-License-Identifier: Apache-2.0
/* Normal scores.
 *
 *   F_i = (sum_{j<=i} w_j - w_i/2) / sum w      data in ascending order                                  (1)
 *   y_i = G^-1(F_i)                                                                                      (2)
 *   back, between pairs:   z = z_i + (z_{i+1} - z_i) (y - y_i) / (y_{i+1} - y_i)                          (3)
 *   lower tail:  z = low + (z_1 - low) (G(y)/F_1)^(1/p)                        p = 1: linear              (4)
 *   upper tail:  z = z_n + (high - z_n) ((G(y) - F_n)/(1 - F_n))^(1/p)         p = 1: linear              (5)
 *   hyperbolic:  z = z_n ((1 - F_n)/(1 - G(y)))^(1/p), cut at high where it is given                     (6)
 *
 *   w weight (declustering), G standard normal distribution, p power of a tail
 *
 * Source    Deutsch and Journel 1998, GSLIB, sections V.1.6 and VI.2 (nscore, backtr): the same conventions, with G and
 *           its inverse to full precision. Equal values get one score in the middle of their share by default, so that
 *           the transform is a function of the value; GSLIB breaks such ties at random.
 * Weakness  the tails are not data.
 */
#include "deposit/normal_score.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "numerics/simd.h"

typedef struct item {
  double value, weight;
  size_t place;
} item;

static int by_value(const void *a, const void *b) {
  const item *left = a, *right = b;
  if (left->value != right->value) return left->value < right->value ? -1 : 1;
  return left->place < right->place ? -1 : 1;
}

#define CELLS(count) (4 * (count))

/* Prepares the way back: for each cell of a regular grid from the first to the last score the last pair below it. */
static void prepare(kd_normal_score *self) {
  const double first = self->score[0], last = self->score[self->count - 1];
  self->share_low = kd_normal_cdf(first);
  self->share_high = kd_normal_cdf(last);
  self->guess_scale = last > first ? (double)CELLS(self->count) / (last - first) : 0;
  size_t pair = 0;
  for (size_t cell = 0; cell <= CELLS(self->count); cell++) {
    const double low = self->guess_scale > 0 ? first + (double)cell / self->guess_scale : first;
    while (pair + 2 < self->count && self->score[pair + 1] <= low) pair++;
    self->guess[cell] = (uint32_t)(pair > 0 ? pair - 1 : 0); /* one back, against rounding at the edge of a cell */
  }
}

static kd_status reserve(kd_normal_score *self, size_t count, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  *self = (kd_normal_score){.lower_power = 1, .upper_power = 1};
  KD_CHECK(count > 0, err, KD_E_RANGE, "normal scores want at least one datum");
  KD_CHECK(count < 0x20000000u, err, KD_E_SIZE, "%zu data: at most 536870911 can be scored", count);
  self->value = kd_arena_alloc(scratch, count, sizeof(double));
  self->score = kd_arena_alloc(scratch, count, sizeof(double));
  self->share = kd_arena_alloc(scratch, count, sizeof(double));
  self->guess = kd_arena_alloc(scratch, CELLS(count) + 1, sizeof(uint32_t));
  KD_CHECK(self->value && self->score && self->share && self->guess, err, KD_E_NOMEM, "out of memory for %zu scores",
           count);
out:
  return status;
}

static kd_status sort_items(item *items, double *total, const double *value, const double *weight, size_t count,
                            kd_error *err) {
  kd_status status = KD_OK;
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    const double w = weight != NULL ? weight[i] : 1.0;
    KD_CHECK(isfinite(value[i]), err, KD_E_MISSING, "row %zu: the value is missing: leave the row out", i + 1);
    KD_CHECK(w >= 0 && isfinite(w), err, KD_E_RANGE, "row %zu: weight %g: must be at least 0", i + 1, w);
    items[i] = (item){value[i], w, i};
    sum += w;
  }
  KD_CHECK(sum > 0, err, KD_E_RANGE, "the weights sum to 0");
  qsort(items, count, sizeof *items, by_value);
  *total = sum;
out:
  return status;
}

kd_status kd_normal_score_fit(kd_normal_score *out, double *score, const double *value, const double *weight,
                              size_t count, kd_ties ties, kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  double total = 0, below = 0;
  item *items;
  KD_TRY(reserve(out, count, scratch, err));
  items = kd_arena_alloc(scratch, count, sizeof *items);
  KD_CHECK(items != NULL, err, KD_E_NOMEM, "out of memory for %zu scores", count);
  KD_TRY(sort_items(items, &total, value, weight, count, err));
  for (size_t i = 0, end; i < count; i = end) {
    double group = items[i].weight;
    for (end = i + 1; end < count && ties == KD_TIES_AVERAGE && items[end].value == items[i].value; end++)
      group += items[end].weight;
    const double share = (below + 0.5 * group) / total;
    below += group;
    /* A weight of nothing at an end has no finite score: it takes the nearest one that double precision has. */
    const double y = kd_normal_quantile(fmin(fmax(share, 0x1p-54), 1 - 0x1p-53));
    for (size_t k = i; k < end && score != NULL; k++) score[items[k].place] = y;
    if (out->count > 0 && y <= out->score[out->count - 1]) continue; /* no weight: no pair of its own */
    out->value[out->count] = items[i].value;
    out->score[out->count] = y;
    out->share[out->count++] = share;
  }
  out->low = out->value[0];
  out->high = out->value[out->count - 1];
  prepare(out);
out:
  return status;
}

kd_status kd_normal_score_set(kd_normal_score *out, const double *value, const double *score, size_t count,
                              kd_arena *scratch, kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(reserve(out, count, scratch, err));
  for (size_t i = 0; i < count; i++) {
    KD_CHECK(isfinite(value[i]) && isfinite(score[i]), err, KD_E_MISSING, "row %zu of the transform: a cell is missing",
             i + 1);
    KD_CHECK(i == 0 || (value[i] >= value[i - 1] && score[i] > score[i - 1]), err, KD_E_RANGE,
             "row %zu of the transform: value %g and score %g must lie above those before, %g and %g", i + 1, value[i],
             score[i], i > 0 ? value[i - 1] : 0, i > 0 ? score[i - 1] : 0);
    out->value[i] = value[i];
    out->score[i] = score[i];
    out->share[i] = kd_normal_cdf(score[i]);
  }
  out->count = count;
  out->low = value[0];
  out->high = value[count - 1];
  prepare(out);
out:
  return status;
}

kd_status kd_normal_score_tails(kd_normal_score *self, kd_tail lower, double lower_power, double low, kd_tail upper,
                                double upper_power, double high, kd_error *err) {
  kd_status status = KD_OK;
  const double first = self->value[0], last = self->value[self->count - 1];
  KD_CHECK(lower_power > 0, err, KD_E_RANGE, "lower power %g: must be above 0", lower_power);
  KD_CHECK(upper_power > 0, err, KD_E_RANGE, "upper power %g: must be above 0", upper_power);
  KD_CHECK(lower != KD_TAIL_HYPERBOLIC, err, KD_E_CHOICE, "the lower tail cannot be hyperbolic: linear or power");
  KD_CHECK(isnan(low) || low <= first, err, KD_E_CONTRADICTION, "minimum %g: must be at most the least value, %g", low,
           first);
  KD_CHECK(isnan(high) || high >= last, err, KD_E_CONTRADICTION, "maximum %g: must be at least the largest value, %g",
           high, last);
  KD_CHECK(upper != KD_TAIL_HYPERBOLIC || last > 0, err, KD_E_CONTRADICTION,
           "a hyperbolic tail wants a largest value above 0, it is %g", last);
  self->lower = lower;
  self->upper = upper;
  self->lower_power = lower == KD_TAIL_LINEAR ? 1 : lower_power;
  self->upper_power = upper == KD_TAIL_LINEAR ? 1 : upper_power;
  self->low = isnan(low) ? first : low;
  self->high = !isnan(high) ? high : upper == KD_TAIL_HYPERBOLIC ? (double)INFINITY : last;
out:
  return status;
}

static double root(double x, double power) {
  return power == 1 ? x : pow(x, 1 / power);
}

static double lower_tail(const kd_normal_score *self, double score) {
  const double first = self->value[0];
  if (self->low == first || self->share_low <= 0) return first;
  return self->low + (first - self->low) * root(kd_normal_cdf(score) / self->share_low, self->lower_power);
}

static double upper_tail(const kd_normal_score *self, double score) {
  const double last = self->value[self->count - 1];
  const double above = kd_normal_cdf(-score), rest = kd_normal_cdf(-self->score[self->count - 1]);
  if (self->high == last || rest <= 0) return last;
  if (self->upper == KD_TAIL_HYPERBOLIC)
    return above > 0 ? fmin(last * root(rest / above, self->upper_power), self->high) : self->high;
  return last + (self->high - last) * root((rest - above) / rest, self->upper_power);
}

double kd_normal_score_back(const kd_normal_score *self, double score) {
  const double first = self->score[0];
  if (!(score > first)) return score == first ? self->value[0] : lower_tail(self, score);
  if (score >= self->score[self->count - 1]) return upper_tail(self, score);
  size_t i = self->guess[(size_t)((score - first) * self->guess_scale)];
  const double *s = self->score + 1;
  i += s[i] < score ? 1 : 0; /* two steps without a jump that would be guessed wrong; i stays below the last pair */
  i += s[i] < score ? 1 : 0;
  while (s[i] < score) i++;
  const double share = (score - self->score[i]) / (self->score[i + 1] - self->score[i]);
  return self->value[i] + (self->value[i + 1] - self->value[i]) * share;
}

#define BLOCK 64

/* A block without a jump: the pair of each score by three steps from the guess, then the values; true where a score
 * lies in a tail or farther from its guess and has to go by itself. */
KD_CLONES static void back_block(double *restrict out, int32_t *restrict alone, const kd_normal_score *self,
                                 const double *restrict y) {
  const double *restrict score = self->score, *restrict value = self->value;
  const uint32_t *restrict guess = self->guess;
  const double first = score[0], last = score[self->count - 1], scale = self->guess_scale;
  const int32_t most = (int32_t)self->count - 2;
  double c[BLOCK];
  int32_t i[BLOCK];
  for (int k = 0; k < BLOCK; k++) {
    const double low = y[k] > first ? y[k] : first;
    c[k] = low < last ? low : last;
  }
  for (int k = 0; k < BLOCK; k++) i[k] = (int32_t)guess[(int32_t)((c[k] - first) * scale)];
  for (int step = 0; step < 3; step++)
    for (int k = 0; k < BLOCK; k++) i[k] += (i[k] < most) & (score[i[k] + 1] < c[k]);
  for (int k = 0; k < BLOCK; k++) {
    const double a = score[i[k]], b = score[i[k] + 1], u = value[i[k]], v = value[i[k] + 1];
    out[k] = u + (v - u) * ((c[k] - a) / (b - a));
    alone[k] = !(y[k] > first) | !(y[k] < last) | (b < c[k]);
  }
}

void kd_normal_score_back_many(double *out, const kd_normal_score *self, const double *score, size_t count) {
  size_t from = 0;
  for (; self->count > 2 && from + BLOCK <= count; from += BLOCK) {
    double z[BLOCK];
    int32_t alone[BLOCK];
    back_block(z, alone, self, score + from);
    for (size_t k = 0; k < BLOCK; k++)
      if (alone[k]) z[k] = kd_normal_score_back(self, score[from + k]);
    memcpy(out + from, z, sizeof z);
  }
  for (; from < count; from++) out[from] = kd_normal_score_back(self, score[from]);
}

double kd_normal_score_forward(const kd_normal_score *self, double value) {
  const size_t last = self->count - 1;
  if (isnan(value)) return value;
  if (value < self->value[0]) {
    if (value <= self->low) return kd_normal_quantile(0x1p-54);
    const double share = pow((value - self->low) / (self->value[0] - self->low), self->lower_power);
    return kd_normal_quantile(fmax(self->share_low * share, 0x1p-54));
  }
  if (value > self->value[last]) {
    const double rest = kd_normal_cdf(-self->score[last]), top = self->value[last];
    double above = rest * pow(top / value, self->upper_power);
    if (self->upper != KD_TAIL_HYPERBOLIC)
      above = rest * (1 - pow((fmin(value, self->high) - top) / (self->high - top), self->upper_power));
    return -kd_normal_quantile(fmax(above, 0x1p-54));
  }
  size_t low = 0, high = last; /* value[low] <= value <= value[high] */
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    if (self->value[middle] <= value)
      low = middle;
    else
      high = middle;
  }
  if (value == self->value[low]) return self->score[low];
  const double width = self->value[high] - self->value[low];
  return width > 0 ? self->score[low] + (self->score[high] - self->score[low]) * (value - self->value[low]) / width
                   : self->score[high];
}
