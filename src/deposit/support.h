// SPDX-License-Identifier: Apache-2.0
/* Change of support: the distribution of blocks from the distribution of points. */
#ifndef KD_DEPOSIT_SUPPORT_H
#define KD_DEPOSIT_SUPPORT_H

#include <stddef.h>

#include "base/arena.h"
#include "deposit/normal_score.h"

typedef enum kd_support_method {
  KD_SUPPORT_NONE,
  KD_SUPPORT_AFFINE,
  KD_SUPPORT_LOGNORMAL, /* indirect lognormal */
  KD_SUPPORT_GAUSSIAN   /* discrete Gaussian model */
} kd_support_method;
#define KD_SUPPORT_METHODS "none|affine|indirect_lognormal|discrete_gaussian"

/* factor: variance of blocks over variance of points, 0 < factor <= 1. */
double kd_support_affine(double value, double mean, double factor);
/* Before the correction of the mean: a value^b of equation (2). cv: coefficient of variation of the points. */
double kd_support_indirect_lognormal(double value, double mean, double cv, double factor);

/* Share, mean and metal above a cut-off of a lognormal variable with this mean and coefficient of variation; metal per
 * unit of all tonnage. */
typedef struct kd_recovery {
  double tonnage, grade, metal;
} kd_recovery;
kd_recovery kd_recovery_lognormal(double mean, double cv, double cutoff);
/* Coefficient of variation of blocks of a lognormal variable under the discrete Gaussian model. */
double kd_lognormal_block_cv(double cv, double factor);

/* Value of the normalised Hermite polynomials H_0 .. H_(count - 1) at y: orthonormal for the normal distribution, with
 * H_1 = -y (the sign of the field). */
void kd_hermite(double *out, size_t count, double y);

/* Gaussian anamorphosis: value = sum_p coefficient[p] H_p(score). */
typedef struct kd_anamorphosis {
  double *coefficient;
  size_t count;
  double low, high;             /* the range that the series may take */
  double score_low, score_high; /* beyond these the series is not monotonic: its value stays */
} kd_anamorphosis;

/* Coefficients by exact integration of the transform's straight steps: value as a step function of the share, as the
 * data are. Errors: KD_E_RANGE, KD_E_NOMEM. */
kd_status kd_anamorphosis_fit(kd_anamorphosis *out, const double *value, const double *weight, size_t data,
                              size_t count, kd_arena *scratch, kd_error *err);
double kd_anamorphosis_variance(const kd_anamorphosis *self);
/* Change of support coefficient r: sum_p coefficient_p^2 r^(2p) = factor * variance. KD_E_CONVERGENCE never happens:
 * bisection. */
double kd_anamorphosis_support(const kd_anamorphosis *self, double factor);
double kd_anamorphosis_value(const kd_anamorphosis *self, double r, double score);
/* Tonnage and metal above a cut-off, for blocks of coefficient r. */
kd_recovery kd_recovery_gaussian(const kd_anamorphosis *self, double r, double cutoff);

#endif
