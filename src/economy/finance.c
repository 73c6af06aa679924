// SPDX-License-Identifier: Apache-2.0
/* Interest, annuities, scaling, learning.
 *
 *   NPV  = sum F_t (1+r)^-t                                   end of year; mid: t - 1/2, start: t - 1, for t >= 1   (1)
 *   CRF  = r (1+r)^n / ((1+r)^n - 1)                          [1/year]                                              (2)
 *   MIRR = (sum F+_t (1+b)^(n-t) / -sum F-_t (1+a)^-t)^(1/n) - 1      a finance rate, b reinvestment rate           (3)
 *   C    = C0 (S/S0)^n                                        n 0.5-0.7 for plants                                  (4)
 *   C_n  = C_1 n^log2(1-L)                                    L learning rate                                       (5)
 *
 * Source    (1)-(3) any text on engineering economics; (4) Williams 1947; (5) Wright 1936.
 * Range     r > -1. (2) is taken through expm1/log1p, so r = 1e-12 keeps its digits.
 * Weakness  (4) says nothing about parallel trains; the classes of AACE 18R-97 are outer limits, not quantiles.
 */
#include "economy/finance.h"

#include <math.h>

double kd_growth(double rate, double years) {
  return expm1(years * log1p(rate));
}

double kd_npv(double rate, const double *flow, size_t count, kd_timing timing) {
  if (count == 0) return 0;
  double shift = timing == KD_TIMING_MID ? 0.5 : timing == KD_TIMING_START ? 1 : 0;
  double x = 1 / (1 + rate), sum = 0;
  for (size_t t = count; t-- > 1;) sum = (sum + flow[t]) * x;
  if (shift != 0) sum *= exp(shift * log1p(rate));
  return flow[0] + sum;
}

double kd_annuity_factor(double rate, double years) {
  if (rate == 0) return years;
  return -expm1(-years * log1p(rate)) / rate;
}

double kd_capital_recovery(double rate, double years) {
  return 1 / kd_annuity_factor(rate, years);
}

double kd_capital_recovery_rate(double factor, double years) {
  if (factor * years == 1) return 0;
  if (years == 1) return factor - 1;
  /* The annuity factor falls with r from infinity at r = -1 to 0: a bracket in u = ln(1+r), then bisection with secant.
   */
  double target = 1 / factor, low = -1, high = 1;
  while (kd_annuity_factor(expm1(low), years) < target) low *= 2;
  while (kd_annuity_factor(expm1(high), years) > target) high *= 2;
  double f_low = log(kd_annuity_factor(expm1(low), years) / target);
  double f_high = log(kd_annuity_factor(expm1(high), years) / target);
  double u = 0;
  for (int i = 0; i < 200 && high - low > 1e-16 * (fabs(low) + fabs(high)); i++) {
    u = i % 3 == 2 ? 0.5 * (low + high) : low + (high - low) * f_low / (f_low - f_high);
    if (!(u > low && u < high)) u = 0.5 * (low + high);
    double f = log(kd_annuity_factor(expm1(u), years) / target);
    if (f == 0) break;
    if (f > 0) {
      if (u == low) break;
      low = u, f_low = f;
    } else {
      if (u == high) break;
      high = u, f_high = f;
    }
  }
  return expm1(u);
}

double kd_real_rate(double nominal, double inflation) {
  return (nominal - inflation) / (1 + inflation);
}

double kd_wacc(double equity_share, double equity_rate, double debt_rate, double tax_rate) {
  return equity_share * equity_rate + (1 - equity_share) * debt_rate * (1 - tax_rate);
}

double kd_mirr(const double *flow, size_t count, double finance, double reinvest) {
  double future = 0, present = 0, x = 1 / (1 + finance);
  if (count < 2) return (double)NAN;
  for (size_t t = 0; t < count; t++) future = future * (1 + reinvest) + fmax(flow[t], 0);
  for (size_t t = count; t-- > 0;) present = present * x + fmin(flow[t], 0);
  if (!(future > 0) || !(present < 0)) return (double)NAN;
  return expm1(log(future / -present) / (double)(count - 1));
}

double kd_payback(const double *flow, size_t count, double rate) {
  double sum = 0, x = 1, answer = 0;
  for (size_t t = 0; t < count; t++, x /= 1 + rate) {
    double before = sum, paid = flow[t] * x;
    sum += paid;
    if (sum < 0)
      answer = (double)NAN;
    else if (isnan(answer))
      answer = (double)t - 1 + (-before) / paid;
  }
  return answer;
}

double kd_scale_cost(double cost, double size, double reference_size, double exponent) {
  if (size <= 0) return 0;
  return cost * pow(size / reference_size, exponent);
}

double kd_learning_cost(double first, double unit, double rate) {
  return first * pow(unit, log2(1 - rate));
}

double kd_learning_mean(double first, double units, double rate) {
  double b = log2(1 - rate), sum = 0;
  for (double n = units; n >= 1; n -= 1) sum += pow(n, b);
  return first * sum / units;
}

void kd_estimate_accuracy(double *low, double *high, int estimate_class) {
  static const double limits[5][2] = {{0.90, 1.15}, {0.85, 1.20}, {0.80, 1.30}, {0.70, 1.50}, {0.50, 2.00}};
  int i = estimate_class < 1 ? 0 : estimate_class > 5 ? 4 : estimate_class - 1;
  *low = limits[i][0], *high = limits[i][1];
}
