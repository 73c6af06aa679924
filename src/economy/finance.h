// SPDX-License-Identifier: Apache-2.0
/* Closed forms of engineering economics: interest, annuities, cost scaling, learning, estimate classes.
 * Rates are fractions for one period; periods are counted in years; money is in the caller's unit. */
#ifndef KD_ECONOMY_FINANCE_H
#define KD_ECONOMY_FINANCE_H

#include <stddef.h>

/* When in a year a flow is paid. */
typedef enum kd_timing { KD_TIMING_END, KD_TIMING_MID, KD_TIMING_START } kd_timing;

/* Present value of flow[0 .. count-1], flow[t] at the end of year t (mid: half a year, start: a year earlier; flow[0]
 * is at the base date in all three). rate above -1. */
double kd_npv(double rate, const double *flow, size_t count, kd_timing timing);

/* (1+r)^n - 1 without loss of digits for small r; n may be a fraction. */
double kd_growth(double rate, double years);

/* Present worth of 1 a year at the ends of years 1..n: (1 - (1+r)^-n) / r, n for r = 0. */
double kd_annuity_factor(double rate, double years);
/* Capital recovery factor r (1+r)^n / ((1+r)^n - 1) = 1 / annuity factor; 1/n for r = 0. */
double kd_capital_recovery(double rate, double years);
/* Rate at which the capital recovery factor is `factor` over `years`: the inverse of the line above. The rate is above
 * -1 for every factor above 0; negative when factor < 1/years. */
double kd_capital_recovery_rate(double factor, double years);

/* (1+nominal) / (1+inflation) - 1 */
double kd_real_rate(double nominal, double inflation);
/* Weighted cost of capital after tax: E re + D rd (1 - tax), shares of equity and debt summing to 1. */
double kd_wacc(double equity_share, double equity_rate, double debt_rate, double tax_rate);

/* Modified internal rate: (FV of inflows at `reinvest` / PV of outflows at `finance`)^(1/n) - 1, n = count-1.
 * NaN when there are no inflows or no outflows. */
double kd_mirr(const double *flow, size_t count, double finance, double reinvest);

/* Years until the running sum of flow turns and stays at or above zero, straight line inside a year; rate > -1 (0:
 * plain payback). NaN when the sum ends below zero; 0 when it never was below. */
double kd_payback(const double *flow, size_t count, double rate);

/* Cost of a plant of another size: C0 (S/S0)^n. */
double kd_scale_cost(double cost, double size, double reference_size, double exponent);

/* Learning (Wright 1936): cost of unit n is C1 n^b with b = log2(1 - rate). */
double kd_learning_cost(double first, double unit, double rate);
/* Mean cost of units 1..n, by the exact sum (n up to 1e6, whole). */
double kd_learning_mean(double first, double units, double rate);

/* Accuracy of an estimate class 5..1 as factors on the estimate: usual outer limits of AACE 18R-97. */
void kd_estimate_accuracy(double *low, double *high, int estimate_class);

#endif
