// SPDX-License-Identifier: Apache-2.0
/* Kernels of a whole project. */
#include "economy/cash_flow.h"
#include "economy/finance.h"
#include "economy/irr.h"
#include "economy/kernels.h"

static const kd_field project_in[] = {
    {"rate", "%", "Real discount rate a year; all money is of one date, flows at the ends of years.", NULL, "-99 %",
     "1000 %", NULL, NULL},
    {"construction", "1", "Whole years before production; 0: all capital at t = 0.", "0", "0", "10", NULL, NULL},
    {"life", "1", "Whole years of production.", NULL, "1", "60", NULL, NULL},
    {"ramp_up", "1", "Years from nothing to full rate in a straight line; a year runs at its mean activity.", "0", "0",
     "60", NULL, NULL},
    {"base_date", "1", "construction: t = 0, a year before its first year ends; production: t = construction.",
     "construction", NULL, NULL, "construction|production", NULL},
    MONEY("capital", NULL, "First capital, in equal parts at the ends of the construction years."),
    MONEY("renewals", "0 USD", "Renewals, sum over the life, in equal parts; charged against tax at once."),
    MONEY("closure", "0 USD", "Closing, paid at t = construction + life + 1."),
    MONEY("working_capital", "0 USD", "Tied up at full rate, follows the activity; back in the closing year."),
    MONEY("revenue", NULL, "Revenue of a full-rate year."),
    MONEY("fixed_cost", "0 USD", "Fixed cost of a production year, from the first on, whatever the activity."),
    MONEY("variable_cost", "0 USD", "Variable cost of a full-rate year."),
    {"quantity", "kg", "Sold in a full-rate year.", "0 kg", "0 kg", NULL, NULL, NULL},
    {"tax_rate", "%",
     "Tax on revenue - costs - renewals - closing - depreciation - losses brought forward, if above 0.", "0 %", "0 %",
     "100 %", NULL, NULL},
    {"depreciation", "1",
     "Schedule of the first capital against tax, from the first production year; see economy.depreciation.",
     "straight_line", NULL, NULL, METHODS, NULL},
    {"depreciation_life", "1",
     "Years of the schedule; what is left at the end of life is written off in the last year.", "10", "1", "60", NULL,
     NULL}};
static const kd_field project_out[] = {
    RESULT("npv", "USD", "Net present value after tax at the base date."),
    RESULT("irr", "%", "Highest internal rate of return after tax; missing when there is none."),
    RESULT("irr_count", "1", "Number of internal rates above -100 %."),
    RESULT("payback", "1", "Years from t = 0 to payback after tax, not discounted; missing when never."),
    RESULT("levelised_cost", "USD/kg",
           "Present value of all costs before tax over that of the quantity; missing when nothing is sold."),
    RESULT("break_even_price", "USD/kg",
           "Price at which the net present value after tax is zero; missing when nothing is sold."),
    RESULT("total_tax", "USD", "Tax over the life, not discounted."),
    RESULT("net_cash", "USD", "Sum of all flows, not discounted.")};
static kd_status project(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cash_flow flow;
  kd_irr irr;
  double share[KD_DEPRECIATION_YEARS];
  kd_project p = {.rate = in[0],
                  .construction = (int)in[1],
                  .life = (int)in[2],
                  .ramp_up = in[3],
                  .at_production = in[4] > 0,
                  .capital = in[5],
                  .renewals = in[6],
                  .closure = in[7],
                  .working_capital = in[8],
                  .revenue = in[9],
                  .fixed_cost = in[10],
                  .variable_cost = in[11],
                  .quantity = in[12],
                  .tax_rate = in[13],
                  .depreciation = (kd_depreciation)(int)in[14],
                  .depreciation_life = (int)in[15]};
  KD_CHECK(p.ramp_up <= p.life, work->err, KD_E_CONTRADICTION, "ramp_up %g is longer than life %d", p.ramp_up, p.life);
  KD_CHECK(kd_depreciation_schedule(share, p.depreciation, p.depreciation_life) > 0, work->err, KD_E_RANGE,
           "depreciation_life %d: the schedule has none of this length", p.depreciation_life);
  kd_cash_flow_run(&flow, &p);
  kd_irr_all(&irr, flow.flow, flow.count);
  out[0] = flow.npv;
  out[1] = irr.count == 0 ? (double)NAN : irr.rate[irr.count < KD_IRR_ROOTS ? irr.count - 1 : KD_IRR_ROOTS - 1];
  out[2] = (double)irr.count;
  out[3] = kd_payback(flow.flow, flow.count, 0);
  out[4] = kd_cash_flow_levelised(&flow, &p);
  out[5] = kd_cash_flow_break_even(&flow, &p);
  out[6] = flow.total_tax, out[7] = flow.total_flow;
out:
  return status;
}

static const kd_field levelised_in[] = {
    {"rate", "%", "Real discount rate.", NULL, "-99 %", "1000 %", NULL, NULL},
    {"years", "1", "Years of production.", NULL, "0 exclusive", "1000", NULL, NULL},
    MONEY("capital", NULL, "Capital at the base date."),
    MONEY("yearly_cost", "0 USD", "Operating cost of a year."),
    {"quantity", "kg", "Sold in a year.", NULL, "0 kg exclusive", NULL, NULL, NULL}};
static const kd_field levelised_out[] = {
    RESULT("levelised_cost", "USD/kg", "(capital x capital recovery factor + yearly_cost)/quantity.")};
static kd_status levelised(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (in[2] * kd_capital_recovery(in[0], in[1]) + in[3]) / in[4];
  return KD_OK;
}

static const kd_field tax_in[] = {MONEY("profit", NULL, "Profit of the year before losses brought forward."),
                                  {"losses", "USD", "Losses brought forward.", "0 USD", "0 USD", NULL, NULL, NULL},
                                  {"tax_rate", "%", "Tax rate.", NULL, "0 %", "100 %", NULL, NULL}};
static const kd_field tax_out[] = {
    RESULT("tax", "USD", "tax_rate x (profit - losses), 0 when that is below 0."),
    RESULT("carried", "USD", "Losses carried forward, losses - profit, 0 when that is below 0.")};
static kd_status tax(double *out, const double *in, kd_work *work) {
  (void)work;
  double taxable = in[0] - in[1];
  out[0] = taxable > 0 ? in[2] * taxable : 0, out[1] = taxable < 0 ? -taxable : 0;
  return KD_OK;
}

static const kd_field ramp_in[] = {
    {"ramp_up", "1", "Years from nothing to full rate in a straight line; 0: at once.", NULL, "0", "100", NULL, NULL},
    {"year", "1", "Year of production, from 1.", NULL, "1", "1000", NULL, NULL}};
static const kd_field ramp_out[] = {RESULT("activity", "1", "Mean of min(1, time/ramp_up) over that year.")};
static kd_status ramp(double *out, const double *in, kd_work *work) {
  (void)work;
  double b = in[1], a = b - 1, r = in[0];
  out[0] = r <= a ? 1 : r >= b ? (a + b) / (2 * r) : (r * r - a * a) / (2 * r) + (b - r);
  return KD_OK;
}

const kd_kernel kd_economy_project_kernels[] = {
    KERNEL(project, "economy.project",
           "Cash flow of a project: value, rates, payback, levelised cost, break-even price."),
    KERNEL(levelised, "economy.levelised_cost", "Levelised cost of a plant with equal years."),
    KERNEL(tax, "economy.tax", "Tax of a year with losses brought forward."),
    KERNEL(ramp, "economy.ramp", "Mean activity of a production year during ramp-up."),
    {.name = NULL},
};
