// SPDX-License-Identifier: Apache-2.0
/* Discounted cash flow in real money.
 *
 *   F_t = R_t - O_t - I_t - N_t - K_t - T_t - (W_t - W_{t-1}),      NPV = sum F_t (1+r)^-t                     (1)
 *   T_t = tax rate x max(0, R_t - O_t - N_t - K_t - D_t - losses brought forward)                              (2)
 *   LC  = sum (I + N + K + O + dW)_t (1+r)^-t / sum q_t (1+r)^-t                                               (3)
 *   break-even price: NPV(p q) = 0, root of a rising function that is straight between a few kinks             (4)
 *
 *   R revenue, O operating cost, I first capital, N renewals, K closure, D depreciation, W working capital: all in
 *   money of the base date; q kg sold; r real rate; t = 0 the base date, flows at the ends of years. Activity in
 *   production year k is the mean of min(1, time/ramp) over the year.
 *
 * Source    standard engineering economics; timing stated because start against end of year moves NPV by a factor 1+r.
 * Range     construction 0..10 years, life 1..60 years, real rate above -1.
 * Weakness  all equity, no loans; one tax with losses carried forward without end; renewals charged at once;
 *           depreciation of nominal cost is not eroded by inflation here (real terms), which favours the project a
 *           little.
 */
#include "economy/cash_flow.h"

#include <math.h>
#include <string.h>

/* Mean of min(1, t/ramp) over production year k = 1, 2, ... */
static double activity(double ramp, int k) {
  double a = k - 1, b = k;
  if (ramp <= a) return 1;
  if (ramp >= b) return (a + b) / (2 * ramp);
  return (ramp * ramp - a * a) / (2 * ramp) + (b - ramp);
}

static void lay_out_years(kd_cash_flow *out, const kd_project *p) {
  out->count = (size_t)(p->construction + p->life + 2);
  double x = 1 / (1 + p->rate), factor = p->at_production ? pow(1 + p->rate, p->construction) : 1;
  for (size_t t = 0; t < out->count; t++, factor *= x) {
    int k = (int)t - p->construction;
    bool runs = k >= 1 && k <= p->life;
    out->factor[t] = factor;
    out->running[t] = runs ? 1 : 0;
    out->activity[t] = runs ? activity(p->ramp_up, k) : 0;
    out->charge[t] = 0;
  }
}

static void lay_out_depreciation(kd_cash_flow *out, const kd_project *p) {
  double share[KD_DEPRECIATION_YEARS], left = 1;
  size_t years = kd_depreciation_schedule(share, p->depreciation, p->depreciation_life);
  for (int k = 1; k <= p->life; k++) {
    double part = (size_t)k <= years ? share[k - 1] : 0;
    if (k == p->life) part = left;
    out->charge[p->construction + k] = part * p->capital;
    left -= part;
  }
}

/* First capital of year t. */
static double capital_of(const kd_project *p, size_t t) {
  if (p->construction == 0) return t == 0 ? p->capital : 0;
  return t >= 1 && t <= (size_t)p->construction ? p->capital / p->construction : 0;
}

/* Flows of year t with the yearly revenue given; *losses carries what is brought forward (not below 0). */
static double flow_of(double *tax, double *losses, const kd_cash_flow *self, const kd_project *p, size_t t,
                      double revenue) {
  double activity_before = t > 0 ? self->activity[t - 1] : 0;
  double earned = (revenue - p->variable_cost) * self->activity[t] - p->fixed_cost * self->running[t] -
                  p->renewals / p->life * self->running[t] - (t + 1 == self->count ? p->closure : 0);
  double profit = earned - self->charge[t] - *losses;
  *losses = profit < 0 ? -profit : 0;
  *tax = profit > 0 ? p->tax_rate * profit : 0;
  return earned - *tax - capital_of(p, t) - p->working_capital * (self->activity[t] - activity_before);
}

void kd_cash_flow_run(kd_cash_flow *out, const kd_project *p) {
  double losses = 0;
  lay_out_years(out, p);
  lay_out_depreciation(out, p);
  out->pv_quantity = out->pv_activity = out->pv_running = 0;
  out->pv_capital = out->pv_working = out->npv = out->total_tax = out->total_flow = 0;
  for (size_t t = 0; t < out->count; t++) {
    double before = t > 0 ? out->activity[t - 1] : 0;
    out->flow[t] = flow_of(&out->tax[t], &losses, out, p, t, p->revenue);
    out->pv_activity += out->activity[t] * out->factor[t];
    out->pv_running += out->running[t] * out->factor[t];
    out->pv_capital += capital_of(p, t) * out->factor[t];
    out->pv_working += p->working_capital * (out->activity[t] - before) * out->factor[t];
    out->npv += out->flow[t] * out->factor[t];
    out->total_tax += out->tax[t];
    out->total_flow += out->flow[t];
  }
  out->pv_quantity = p->quantity * out->pv_activity;
  out->pv_renewals = p->renewals / p->life * out->pv_running;
  out->pv_closure = p->closure * out->factor[out->count - 1];
}

double kd_cash_flow_npv(const kd_cash_flow *self, const kd_project *p, double revenue) {
  double losses = 0, tax, sum = 0;
  for (size_t t = 0; t < self->count; t++) sum += flow_of(&tax, &losses, self, p, t, revenue) * self->factor[t];
  return sum;
}

double kd_cash_flow_levelised(const kd_cash_flow *self, const kd_project *p) {
  if (!(self->pv_quantity > 0)) return (double)NAN;
  double cost = self->pv_capital + self->pv_renewals + self->pv_closure + self->pv_working +
                p->variable_cost * self->pv_activity + p->fixed_cost * self->pv_running;
  return cost / self->pv_quantity;
}

double kd_cash_flow_break_even(const kd_cash_flow *self, const kd_project *p) {
  if (!(self->pv_quantity > 0)) return (double)NAN;
  /* Bracket in yearly revenue: without tax it is the levelised cost; tax can only raise it. */
  double low = kd_cash_flow_levelised(self, p) * p->quantity;
  double f_low = kd_cash_flow_npv(self, p, low);
  double step = fabs(low) + fabs(p->capital) + fabs(p->fixed_cost) + fabs(p->variable_cost);
  if (f_low >= 0 || step == 0) return low / p->quantity;
  double high = low, f_high = f_low;
  for (int i = 0; i < 60 && f_high < 0; i++) {
    low = high, f_low = f_high;
    high += 0.25 * step * (double)(1 << (i < 20 ? i : 20));
    f_high = kd_cash_flow_npv(self, p, high);
  }
  if (f_high < 0) return (double)NAN;
  /* Illinois: straight pieces make it end in a few steps. */
  int side = 0;
  double x = high;
  for (int i = 0; i < 100 && high - low > 1e-15 * fabs(high) && f_high != 0; i++) {
    x = (f_low * high - f_high * low) / (f_low - f_high);
    if (!(x > low && x < high)) x = 0.5 * (low + high);
    double f = kd_cash_flow_npv(self, p, x);
    if (f < 0) {
      low = x, f_low = f;
      if (side < 0) f_high *= 0.5;
      side = -1;
    } else {
      high = x, f_high = f;
      if (f == 0) break;
      if (side > 0) f_low *= 0.5;
      side = 1;
    }
  }
  return x / p->quantity;
}
