// SPDX-License-Identifier: Apache-2.0
#include "numerics/statistics.h"

#include <math.h>
#include <string.h>

#include "base/pool.h"

#define PAIRWISE_LEAF 128 /* terms that are summed in a row at the leaves of the tree */

size_t kd_keep_finite(double *out, const double *values, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    const double value = values[i];
    if (isfinite(value)) out[kept++] = value;
  }
  return kept;
}

double kd_mean(const double *values, size_t count) {
  if (count == 0) return (double)NAN;
  const double mean = kd_sum(values, count) / (double)count;
  if (isfinite(mean)) return mean;
  /* The sum overflowed: the mean of finite values is finite, so sum the shares instead. */
  double total = 0;
  for (size_t i = 0; i < count; i++) total += values[i] / (double)count;
  return total;
}

/* Sum of (a - ma)(b - mb) by a fixed pairwise tree. */
static double co_moment(const double *a, const double *b, size_t count, double ma, double mb) {
  if (count > PAIRWISE_LEAF) {
    const size_t half = (count / 2 + PAIRWISE_LEAF - 1) / PAIRWISE_LEAF * PAIRWISE_LEAF;
    return co_moment(a, b, half, ma, mb) + co_moment(a + half, b + half, count - half, ma, mb);
  }
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    s0 += (a[i] - ma) * (b[i] - mb);
    s1 += (a[i + 1] - ma) * (b[i + 1] - mb);
    s2 += (a[i + 2] - ma) * (b[i + 2] - mb);
    s3 += (a[i + 3] - ma) * (b[i + 3] - mb);
  }
  for (; i < count; i++) s0 += (a[i] - ma) * (b[i] - mb);
  return (s0 + s1) + (s2 + s3);
}

double kd_sd(const double *values, size_t count, double mean) {
  if (count == 0) return (double)NAN;
  if (count == 1) return 0;
  return sqrt(co_moment(values, values, count, mean, mean) / (double)(count - 1));
}

static void swap(double *a, double *b) {
  const double t = *a;
  *a = *b;
  *b = t;
}

/* Floyd and Rivest: narrows [left, right] round k by first selecting within a sample of it, then partitions. */
static void select_between(double *x, ptrdiff_t left, ptrdiff_t right, ptrdiff_t k) {
  while (right > left) {
    if (right - left > 600) {
      const double n = (double)(right - left + 1), i = (double)(k - left + 1), z = log(n);
      const double s = 0.5 * exp(2 * z / 3), sd = 0.5 * sqrt(z * s * (n - s) / n) * (i < n / 2 ? -1 : 1);
      const double low = floor((double)k - i * s / n + sd), high = floor((double)k + (n - i) * s / n + sd);
      select_between(x, low > (double)left ? (ptrdiff_t)low : left, high < (double)right ? (ptrdiff_t)high : right, k);
    }
    const double t = x[k];
    ptrdiff_t i = left, j = right;
    swap(&x[left], &x[k]);
    if (x[right] > t) swap(&x[right], &x[left]);
    while (i < j) {
      swap(&x[i], &x[j]);
      i++;
      j--;
      while (x[i] < t) i++;
      while (x[j] > t) j--;
    }
    if (x[left] == t) {
      swap(&x[left], &x[j]);
    } else {
      j++;
      swap(&x[j], &x[right]);
    }
    if (j <= k) left = j + 1;
    if (k <= j) right = j - 1;
  }
}

double kd_select(double *values, size_t count, size_t k) {
  select_between(values, 0, (ptrdiff_t)count - 1, (ptrdiff_t)k);
  return values[k];
}

/* Quantile of values[0..count), of which values[from..count) holds the wanted order statistics; *next: where the
 * following, higher quantile may start. */
static double quantile_from(double *values, size_t count, size_t from, double p, size_t *next) {
  const double h = (double)(count - 1) * p;
  size_t k = (size_t)h;
  if (k > count - 1) k = count - 1;
  if (k < from) k = from;
  select_between(values, (ptrdiff_t)from, (ptrdiff_t)count - 1, (ptrdiff_t)k);
  *next = k;
  const double below = values[k], share = h - (double)k;
  if (share <= 0 || k + 1 >= count) return below;
  double above = values[k + 1];
  for (size_t i = k + 2; i < count; i++) above = values[i] < above ? values[i] : above;
  return below + share * (above - below);
}

double kd_quantile(double *values, size_t count, double p) {
  size_t next;
  if (count == 0) return (double)NAN;
  return quantile_from(values, count, 0, p < 0 ? 0 : p > 1 ? 1 : p, &next);
}

void kd_describe(kd_statistics *out, double *values, size_t count) {
  const size_t n = kd_keep_finite(values, values, count);
  *out = (kd_statistics){n, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
  if (n == 0) return;
  /* Mean and spread first: selection reorders the values, and a sum follows the order. */
  out->mean = kd_mean(values, n);
  out->sd = kd_sd(values, n, out->mean);
  size_t next = 0;
  out->p10 = quantile_from(values, n, next, 0.1, &next);
  out->p50 = quantile_from(values, n, next, 0.5, &next);
  out->p90 = quantile_from(values, n, next, 0.9, &next);
}

#define RADIX_BITS   11
#define RADIX_SIZE   (1U << RADIX_BITS)
#define RADIX_PASSES 6 /* 6 * 11 bits cover 64 */

/* Maps a double to an unsigned whole number of the same order; both zeros to one. */
static uint64_t order_key(double value) {
  const double plain = value + 0.0;
  uint64_t bits;
  memcpy(&bits, &plain, sizeof bits);
  return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static void radix_sort(kd_rank_item *items, kd_rank_item *other, size_t count) {
  uint32_t start[RADIX_SIZE];
  for (unsigned pass = 0; pass < RADIX_PASSES; pass++) {
    const unsigned shift = pass * RADIX_BITS;
    memset(start, 0, sizeof start);
    for (size_t i = 0; i < count; i++) start[items[i].key >> shift & (RADIX_SIZE - 1)]++;
    uint32_t before = 0;
    for (unsigned d = 0; d < RADIX_SIZE; d++) {
      const uint32_t here = start[d];
      start[d] = before;
      before += here;
    }
    for (size_t i = 0; i < count; i++) other[start[items[i].key >> shift & (RADIX_SIZE - 1)]++] = items[i];
    kd_rank_item *t = items;
    items = other;
    other = t;
  }
}

void kd_ranks(double *rank, const double *values, size_t count, kd_rank_item *scratch) {
  for (size_t i = 0; i < count; i++) scratch[i] = (kd_rank_item){order_key(values[i]), (uint32_t)i};
  radix_sort(scratch, scratch + count, count); /* an even number of passes ends where it began */
  for (size_t first = 0; first < count;) {
    size_t last = first;
    while (last + 1 < count && scratch[last + 1].key == scratch[first].key) last++;
    const double mean_rank = 0.5 * ((double)first + (double)last) + 1;
    for (size_t i = first; i <= last; i++) rank[scratch[i].index] = mean_rank;
    first = last + 1;
  }
}

double kd_co_moment(const double *a, const double *b, size_t count, double mean_a, double mean_b) {
  return co_moment(a, b, count, mean_a, mean_b);
}

double kd_correlation_of(double ab, double aa, double bb) {
  if (!(aa > 0) || !(bb > 0)) return (double)NAN;
  const double r = ab / (sqrt(aa) * sqrt(bb));
  return r > 1 ? 1 : r < -1 ? -1 : r;
}

double kd_correlation(const double *a, const double *b, size_t count) {
  if (count < 2) return (double)NAN;
  const double ma = kd_mean(a, count), mb = kd_mean(b, count);
  const double aa = co_moment(a, a, count, ma, ma), bb = co_moment(b, b, count, mb, mb);
  if (!(aa > 0) || !(bb > 0)) return (double)NAN;
  return kd_correlation_of(co_moment(a, b, count, ma, mb), aa, bb);
}
