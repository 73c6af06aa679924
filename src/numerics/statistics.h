// SPDX-License-Identifier: Apache-2.0
/* Statistics of a sample. Missing values (NaN) are the caller's to leave out: kd_keep_finite.
 *
 * Quantiles are of type 7 (Hyndman and Fan 1996, "Sample quantiles in statistical packages"): with the sample sorted,
 * h = (n - 1) p, Q = x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]), counting from 0.
 * Order statistics are found by selection (Floyd and Rivest 1975, Algorithm 489) without a full sort; being values of
 * the sample itself they are the same bits whatever the order of work. Sums are pairwise.
 */
#ifndef KD_NUMERICS_STATISTICS_H
#define KD_NUMERICS_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

typedef struct kd_statistics {
  size_t count;    /* finite values */
  double mean, sd; /* sd with n - 1; 0 for one value, NaN for none */
  double p10, p50, p90;
} kd_statistics;

/* Copies the finite values in order; returns how many. out may be values. */
size_t kd_keep_finite(double *out, const double *values, size_t count);

double kd_mean(const double *values, size_t count);
double kd_sd(const double *values, size_t count, double mean);

/* Puts the k-th smallest (from 0) at values[k], smaller ones before it and larger ones after it. */
double kd_select(double *values, size_t count, size_t k);

/* Type-7 quantile of finite values, 0 <= p <= 1; NaN for none. Reorders values. */
double kd_quantile(double *values, size_t count, double p);

/* All of kd_statistics at once. Reorders values and drops those that are not finite. */
void kd_describe(kd_statistics *out, double *values, size_t count);

/* Work space of kd_ranks, for samples of up to the size it was made for. */
typedef struct kd_rank_item {
  uint64_t key;
  uint32_t index;
} kd_rank_item;

/* Ranks from 1, ties get their average. scratch: 2 * count items; count below 2^32. Values must be finite. */
void kd_ranks(double *rank, const double *values, size_t count, kd_rank_item *scratch);

/* Product-moment correlation; NaN when a side does not vary or count < 2. Of ranks: Spearman's rho. */
double kd_correlation(const double *a, const double *b, size_t count);

/* Sum of (a - mean_a)(b - mean_b), and the correlation that three such sums make: for many pairs of a few samples,
 * whose own sums need be taken once. */
double kd_co_moment(const double *a, const double *b, size_t count, double mean_a, double mean_b);
double kd_correlation_of(double ab, double aa, double bb);

#endif
