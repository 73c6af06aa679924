// SPDX-License-Identifier: Apache-2.0
/* Linear factors of many variables: principal components, minimum/maximum autocorrelation factors. */
#ifndef KD_DEPOSIT_FACTORS_H
#define KD_DEPOSIT_FACTORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "kaidei/error.h"

/* factor = forward (y - mean), y = mean + back factor; matrices n x n row by row, in the scratch arena. */
typedef struct kd_factors {
  size_t n;
  double *mean, *forward, *back;
  double *eigenvalue; /* PCA: variance of each component; MAF: variogram at the lag of each factor, least first */
} kd_factors;

/* y[n][count], weight NULL: equal. unit: factors of variance 1, else of variance eigenvalue. Covariances divide by the
 * sum of the weights. Errors: KD_E_RANGE (fewer than 2 data), KD_E_MISSING, KD_E_MODEL (variables that determine each
 * other), KD_E_NOMEM. */
kd_status kd_factors_pca(kd_factors *out, const double *const *y, const double *weight, size_t count, size_t n,
                         bool unit, kd_arena *scratch, kd_error *err);

/* Pairs whose distance is within tolerance of the lag; places[3], NULL for an axis without. Errors as above, and
 * KD_E_RANGE when no pair is that far apart. */
kd_status kd_factors_maf(kd_factors *out, const double *const *y, const double *weight, size_t count, size_t n,
                         const double *const places[3], double lag, double tolerance, kd_arena *scratch, kd_error *err);

/* out[n] from in[n]; out must not be in. */
void kd_factors_forward(double *out, const kd_factors *self, const double *in);
void kd_factors_back(double *out, const kd_factors *self, const double *in);

/* Weighted covariance matrix and means. */
kd_status kd_covariance_matrix(double *matrix, double *mean, const double *const *y, const double *weight, size_t count,
                               size_t n, kd_error *err);

#endif
