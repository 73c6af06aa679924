// SPDX-License-Identifier: Apache-2.0
/* Modified Bessel function of the second kind, for the covariance of Matern. */
#ifndef KD_NUMERICS_BESSEL_H
#define KD_NUMERICS_BESSEL_H

/* K_order(x), x > 0, order >= 0; relative error about 1e-14. 0 when it underflows, infinite when it overflows. */
double kd_bessel_k(double order, double x);

/* x^order K_order(x) / (2^(order-1) Gamma(order)), order > 0: 1 at x = 0, falling to 0. The correlation of Matern. */
double kd_bessel_matern(double order, double x);

#endif
