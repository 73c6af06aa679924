// SPDX-License-Identifier: Apache-2.0
/* Normal scores: values to a standard normal variable by rank, and back with tails beyond the data. */
#ifndef KD_DEPOSIT_NORMAL_SCORE_H
#define KD_DEPOSIT_NORMAL_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "kaidei/error.h"

typedef enum kd_tail { KD_TAIL_LINEAR, KD_TAIL_POWER, KD_TAIL_HYPERBOLIC } kd_tail;
#define KD_LOWER_TAILS "linear|power"
#define KD_UPPER_TAILS "linear|power|hyperbolic"

typedef enum kd_ties { KD_TIES_AVERAGE, KD_TIES_ORDER } kd_ties;
#define KD_TIES "average|order"

/* The transform: pairs, ascending in both; strictly ascending in score. */
typedef struct kd_normal_score {
  double *value, *score, *share; /* [count]; share: distribution function at the pair, its middle */
  size_t count;
  kd_tail lower, upper;
  double lower_power, upper_power;
  double low, high;             /* values at the ends of the tails */
  double share_low, share_high; /* G of the first and the last score */
  uint32_t *guess;              /* first pair of each cell of a regular grid over the scores, for the way back */
  double guess_scale;
} kd_normal_score;

/* Builds the transform from data with weights (NULL: equal) and writes the score of each datum. ties: equal values get
 * one score in the middle of their share, or follow each other in the order of the data. score may be NULL.
 * Errors: KD_E_RANGE (no data, weights that are negative or sum to 0), KD_E_MISSING (a missing value), KD_E_NOMEM. */
kd_status kd_normal_score_fit(kd_normal_score *out, double *score, const double *value, const double *weight,
                              size_t count, kd_ties ties, kd_arena *scratch, kd_error *err);

/* Takes pairs as they stand. Errors: KD_E_RANGE when they do not ascend. */
kd_status kd_normal_score_set(kd_normal_score *out, const double *value, const double *score, size_t count,
                              kd_arena *scratch, kd_error *err);

/* The tails. low and high: NaN: the least and the largest value of the data. Errors: KD_E_RANGE, KD_E_CONTRADICTION. */
kd_status kd_normal_score_tails(kd_normal_score *self, kd_tail lower, double lower_power, double low, kd_tail upper,
                                double upper_power, double high, kd_error *err);

/* Score of a value: linear between pairs, the tails' inverse outside. */
double kd_normal_score_forward(const kd_normal_score *self, double value);
double kd_normal_score_back(const kd_normal_score *self, double score);
/* Many at once; out may be score. */
void kd_normal_score_back_many(double *out, const kd_normal_score *self, const double *score, size_t count);

#endif
