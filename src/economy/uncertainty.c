// SPDX-License-Identifier: Apache-2.0
/* Moments, stochastic prices and perpetual options.
 *
 *   triangular   mean (a+m+b)/3, variance (a2+m2+b2-am-ab-mb)/18
 *   PERT         mean mu = (a+4m+b)/6, variance (mu-a)(b-mu)/7                                     (lambda = 4)
 *   lognormal    s = ln gsd: mean M exp(s2/2), variance mean2 (exp(s2)-1); gsd = exp(sqrt(ln(1+cv2)))
 *   GBM          ln S_t ~ N(ln S_0 + (mu - sigma2/2) t, sigma2 t)
 *   Schwartz     ln S_t ~ N(e^-kt ln S_0 + (1-e^-kt) theta, sigma2 (1-e^-2kt)/2k)
 *   b1           = 1/2 - (r-d)/s2 + sqrt(((r-d)/s2 - 1/2)2 + 2r/s2),   V* = b1/(b1-1) I,   F = (V*-I)(V/V*)^b1
 *   b2           the other root: V* = b2/(b2-1) A,   F = (A-V*)(V/V*)^b2
 *
 * Source    Dixit and Pindyck 1994, chapters 5 and 7; Schwartz 1997 (J. Finance 52, model 1); Black and Scholes 1973.
 * Range     volatility above 0; yield above 0 for the option to invest (else waiting is for ever: trigger infinite).
 * Weakness  one state variable; a rare-earth basket jumps with trade controls, which none of these knows.
 */
#include "economy/uncertainty.h"

#include <math.h>

#include "base/random.h"

kd_moments kd_triangular_moments(double a, double m, double b) {
  kd_moments out = {.mean = (a + m + b) / 3};
  out.variance = ((b - a) * (b - a) - (m - a) * (b - m)) / 18;
  out.sd = sqrt(out.variance);
  double half = 0.5 * (b - a);
  out.median = m - a >= half ? a + sqrt(half * (m - a)) : b - sqrt(half * (b - m));
  return out;
}

kd_moments kd_pert_moments(double a, double m, double b) {
  kd_moments out = {.mean = (a + 4 * m + b) / 6, .median = (double)NAN};
  out.variance = (out.mean - a) * (b - out.mean) / 7;
  out.sd = sqrt(out.variance);
  return out;
}

static kd_moments lognormal(double log_median, double log_variance) {
  kd_moments out = {.median = exp(log_median)};
  out.mean = exp(log_median + 0.5 * log_variance);
  /* Neither by way of the variance, which may overflow, nor of the mean, which may vanish. */
  out.sd = exp(log_median + log_variance) * sqrt(-expm1(-log_variance));
  out.variance = out.sd * out.sd;
  return out;
}

kd_moments kd_lognormal_moments(double median, double gsd) {
  double s = log(gsd);
  return lognormal(log(median), s * s);
}

double kd_lognormal_gsd(double cv) {
  return exp(sqrt(log1p(cv * cv)));
}

kd_moments kd_gbm_moments(double price, double drift, double volatility, double years) {
  double variance = volatility * volatility * years;
  return lognormal(log(price) + drift * years - 0.5 * variance, variance);
}

kd_moments kd_schwartz_moments(double price, double level, double reversion, double volatility, double years) {
  double fade = exp(-reversion * years);
  double variance = volatility * volatility * -expm1(-2 * reversion * years) / (2 * reversion);
  return lognormal(fade * log(price) + (1 - fade) * log(level), variance);
}

/* Roots of s2/2 b(b-1) + (r-d) b - r = 0. */
static double root(double rate, double yield, double volatility, double sign) {
  double s2 = volatility * volatility, a = 0.5 - (rate - yield) / s2;
  return a + sign * sqrt(a * a + 2 * rate / s2);
}

kd_perpetual kd_option_to_invest(double value, double cost, double rate, double yield, double volatility) {
  kd_perpetual out = {.root = root(rate, yield, volatility, 1)};
  out.trigger = out.root > 1 ? out.root / (out.root - 1) * cost : (double)INFINITY;
  if (value >= out.trigger)
    out.value = value - cost;
  else if (isinf(out.trigger))
    out.value = value;
  else
    out.value = (out.trigger - cost) * pow(value / out.trigger, out.root);
  return out;
}

kd_perpetual kd_option_to_abandon(double value, double salvage, double rate, double yield, double volatility) {
  kd_perpetual out = {.root = root(rate, yield, volatility, -1)};
  out.trigger = out.root / (out.root - 1) * salvage;
  out.value = value <= out.trigger ? salvage - value : (salvage - out.trigger) * pow(value / out.trigger, out.root);
  return out;
}

double kd_option_european(double value, double strike, double rate, double yield, double volatility, double years,
                          int is_put) {
  double spread = volatility * sqrt(years), forward = value * exp(-yield * years), owed = strike * exp(-rate * years);
  double d1 = log(forward / owed) / spread + 0.5 * spread, d2 = d1 - spread;
  if (is_put) return owed * kd_normal_cdf(-d2) - forward * kd_normal_cdf(-d1);
  return forward * kd_normal_cdf(d1) - owed * kd_normal_cdf(d2);
}
