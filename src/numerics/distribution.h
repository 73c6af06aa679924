// SPDX-License-Identifier: Apache-2.0
/* One-dimensional distributions by their quantile functions, so that a draw is one uniform number and truncation and
 * rank correlation are exact.
 *
 *   uniform a b | triangular a m b | pert a m b (lambda 4) | normal mean sd | lognormal median gsd |
 *   discrete values weights | empirical sorted values (type-7 interpolation)
 */
#ifndef KD_NUMERICS_DISTRIBUTION_H
#define KD_NUMERICS_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "kaidei/error.h"

typedef enum kd_distribution_kind {
  KD_DISTRIBUTION_FIXED,
  KD_DISTRIBUTION_UNIFORM,
  KD_DISTRIBUTION_TRIANGULAR,
  KD_DISTRIBUTION_PERT,
  KD_DISTRIBUTION_NORMAL,
  KD_DISTRIBUTION_LOGNORMAL,
  KD_DISTRIBUTION_DISCRETE,
  KD_DISTRIBUTION_EMPIRICAL
} kd_distribution_kind;

#define KD_PERT_TERMS 40 /* the series of distribution_pert.c reaches 1e-13 of the range for every mode */

typedef struct kd_distribution {
  kd_distribution_kind kind;
  double p[3];           /* parameters in the order above; fixed: p[0] */
  const double *values;  /* discrete, empirical: sorted ascending; borrowed */
  const double *weights; /* discrete: cumulative, ends at 1; borrowed */
  size_t count;
  double low, high;     /* truncation, -(double)INFINITY and (double)INFINITY when none */
  double u_low, u_high; /* distribution function at low and high; set by kd_distribution_prepare */
  bool mirrored;        /* normal, lognormal cut in the upper tail: u_low and u_high are of the mirrored variable */
  double shape[2];      /* pert: alpha and beta of the beta distribution on 0..1, alpha + beta = 6 */
  double peak;          /* pert: 1 / B(alpha, beta) */
  double series[2][KD_PERT_TERMS]; /* pert: Chebyshev coefficients of the lower and the (mirrored) upper half */
} kd_distribution;

/* Checks the parameters and prepares the truncation. Errors: KD_E_DISTRIBUTION with the reason ("mode 5 is above the
 * upper end 3", "no probability between low and high"). */
kd_status kd_distribution_prepare(kd_distribution *self, kd_error *err);

double kd_distribution_quantile(const kd_distribution *self, double u); /* u in (0, 1); of the truncated distribution */
double kd_distribution_cdf(const kd_distribution *self, double x);      /* of the truncated distribution */
double kd_distribution_mean(const kd_distribution *self);               /* of the truncated distribution */

#endif
