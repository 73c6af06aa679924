// SPDX-License-Identifier: Apache-2.0
/* Fits a model to an experimental variogram by weighted least squares, or to the samples by likelihood. */
#ifndef KD_DEPOSIT_VARIOGRAM_FIT_H
#define KD_DEPOSIT_VARIOGRAM_FIT_H

#include "deposit/covariance.h"
#include "deposit/kriging.h"

typedef enum kd_fit_weight {
  KD_FIT_PAIRS_OVER_SQUARE_LAG,   /* N/h^2: gstat's method 7 */
  KD_FIT_PAIRS,                   /* N: method 1 */
  KD_FIT_PAIRS_OVER_SQUARE_GAMMA, /* N/gamma^2, gamma of the starting model: method 2 (Cressie 1985) */
  KD_FIT_EQUAL,                   /* 1: method 6 */
  KD_FIT_RELATIVE                 /* N/gamma^2, gamma of the model that is fitted */
} kd_fit_weight;

typedef struct kd_fit_lags {
  size_t count;
  const double *pairs, *distance, *gamma;
  const double *azimuth, *dip; /* of each lag [rad]; NULL: 0 */
} kd_fit_lags;

typedef struct kd_fit_rule {
  kd_fit_weight weight;
  bool local; /* Gauss-Newton from the given model with gstat's steps and its stop; else many starts to the minimum */
  bool anisotropy; /* azimuth and ratio of a common ellipse are fitted as well (many starts only) */
  bool fix_sills, fix_ranges;
  bool vertical; /* the range down (minor) of each structure is fitted by itself; a range across above a hundred times
                    the longest lag stays: what lies in layers (many starts only) */
  double sill;   /* that the partial sills add up to; 0: not known (many starts only) */
} kd_fit_rule;

typedef struct kd_fit {
  kd_covariance model;
  double sse;        /* weighted sum of squared residuals; relative: of gamma over model less 1 */
  size_t iterations; /* of the local search, or evaluations */
  bool converged;
} kd_fit;

/* start: kinds, shapes and starting values. Errors: KD_E_RANGE, KD_E_NOMEM, KD_E_CONVERGENCE. */
kd_status kd_variogram_fit(kd_fit *out, const kd_fit_lags *lags, const kd_covariance *start, const kd_fit_rule *rule,
                           kd_arena *arena, kd_error *err);

typedef struct kd_likelihood {
  kd_covariance model;
  double log_likelihood; /* with the constants; restricted: of the contrasts */
  double mean;           /* generalised least squares estimate of the constant */
  size_t evaluations;
} kd_likelihood;

/* Maximum likelihood (restricted: REML) of sills and ranges for samples with a constant mean. */
kd_status kd_likelihood_fit(kd_likelihood *out, const kd_points *points, const double *value,
                            const kd_covariance *start, bool restricted, kd_arena *arena, kd_error *err);

/* Downhill simplex (Nelder and Mead 1965) from `x` with steps; leaves the best in x and returns its value. */
typedef double kd_simplex_fn(const double *x, void *user);
double kd_simplex(double *x, const double *step, size_t n, size_t most, double tolerance, kd_simplex_fn *f, void *user,
                  size_t *evaluations);
#define KD_SIMPLEX_MAX 20

#endif
