// SPDX-License-Identifier: Apache-2.0
/* Moments of the distributions of cost estimates, stochastic prices, and the option to wait, by closed forms. */
#ifndef KD_ECONOMY_UNCERTAINTY_H
#define KD_ECONOMY_UNCERTAINTY_H

typedef struct kd_moments {
  double mean, variance, sd, median;
} kd_moments;

kd_moments kd_triangular_moments(double low, double mode, double high);
kd_moments kd_pert_moments(double low, double mode,
                           double high); /* median by the usual approximation (a+6m+b)/8: NaN here */
kd_moments kd_lognormal_moments(double median, double gsd);
double kd_lognormal_gsd(double cv); /* geometric sd of a lognormal with this coefficient of variation */

/* Price after `years`: geometric Brownian motion dS = mu S dt + sigma S dW. */
kd_moments kd_gbm_moments(double price, double drift, double volatility, double years);
/* Schwartz (1997) one-factor: d ln S = kappa (theta - ln S) dt + sigma dW; theta = ln of the long-run level `level`. */
kd_moments kd_schwartz_moments(double price, double level, double reversion, double volatility, double years);

/* The option to invest I in a project worth V, dV/V = (rate - yield) dt + sigma dW, at any time for ever. */
typedef struct kd_perpetual {
  double root;    /* positive root b1 of the characteristic equation */
  double trigger; /* V* */
  double value;   /* of the option at V; V - I when V is at or above V* */
} kd_perpetual;

kd_perpetual kd_option_to_invest(double value, double cost, double rate, double yield, double volatility);
/* The option to leave a project worth V for a salvage A at any time for ever. */
kd_perpetual kd_option_to_abandon(double value, double salvage, double rate, double yield, double volatility);

/* European option (Black and Scholes 1973) on V with dividend yield. */
double kd_option_european(double value, double strike, double rate, double yield, double volatility, double years,
                          int is_put);

#endif
