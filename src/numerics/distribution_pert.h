// SPDX-License-Identifier: Apache-2.0
/* The beta distribution with alpha + beta = 6 behind PERT, on 0..1. */
#ifndef KD_NUMERICS_DISTRIBUTION_PERT_H
#define KD_NUMERICS_DISTRIBUTION_PERT_H

#include "numerics/distribution.h"

/* Regularised incomplete beta function I_x(a, b) for x in 0..1, a and b from 1 to about 6; absolute error below 1e-14.
 * peak is 1 / B(a, b). */
double kd_beta_cdf(double x, double a, double b, double peak);

/* 1 / B(a, b) for a + b up to about 8. */
double kd_beta_peak(double a, double b);

/* Fills shape, peak and series of a PERT distribution whose p[] are checked (low < high). */
void kd_pert_prepare(kd_distribution *self);

/* Quantile on 0..1 of the untruncated distribution. */
double kd_pert_quantile(const kd_distribution *self, double u);

#endif
