// SPDX-License-Identifier: Apache-2.0
/* Kernels of a whole project; part of kernels.c. */
#ifndef KD_ECONOMY_KERNELS_PROJECT_H
#define KD_ECONOMY_KERNELS_PROJECT_H

#include "economy/cash_flow.h"
#include "economy/finance.h"
#include "economy/irr.h"
#include "economy/kernels.h"

static const kd_field project_in[] = {
    {"rate", "%", "Real discount rate.", NULL, "-99 %", "1000 %", NULL, NULL},
    {"construction", "1", "Whole years before production.", "0", "0", "10", NULL, NULL},
    {"life", "1", "Whole years of production.", NULL, "1", "60", NULL, NULL},
    {"ramp_up", "1", "Years from nothing to full rate.", "0", "0", "60", NULL, NULL},
    {"base_date", "1", "Date to which flows are discounted.", "construction", NULL, NULL, "construction|production",
     NULL},
    MONEY("capital", NULL, "First capital."),
    MONEY("renewals", "0 USD", "Renewals over the life."),
    MONEY("closure", "0 USD", "Paid in the year after the last."),
    MONEY("working_capital", "0 USD", "Tied up at full rate."),
    MONEY("revenue", NULL, "Revenue of a full-rate year."),
    MONEY("fixed_cost", "0 USD", "Fixed cost of a year."),
    MONEY("variable_cost", "0 USD", "Variable cost of a full-rate year."),
    {"quantity", "kg", "Sold in a full-rate year.", "0 kg", "0 kg", NULL, NULL, NULL},
    {"tax_rate", "%", "Tax on profit.", "0 %", "0 %", "100 %", NULL, NULL},
    {"depreciation", "1", "Schedule against tax.", "straight_line", NULL, NULL, METHODS, NULL},
    {"depreciation_life", "1", "Years of the schedule.", "10", "1", "60", NULL, NULL}};
static const kd_field project_out[] = {
    RESULT("npv", "USD", "Net present value after tax."),
    RESULT("irr", "%", "Highest internal rate of return; missing when there is none."),
    RESULT("irr_count", "1", "Number of internal rates above -100 %."),
    RESULT("payback", "1", "Years to payback, not discounted; missing when never."),
    RESULT("levelised_cost", "USD/kg", "Cost before tax per kg; missing when nothing is sold."),
    RESULT("break_even_price", "USD/kg", "Price at which the net present value is zero; missing when nothing is sold."),
    RESULT("total_tax", "USD", "Tax over the life."),
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
    RESULT("levelised_cost", "USD/kg", "(capital x recovery factor + yearly cost) / quantity.")};
static kd_status levelised(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (in[2] * kd_capital_recovery(in[0], in[1]) + in[3]) / in[4];
  return KD_OK;
}

static const kd_field tax_in[] = {MONEY("profit", NULL, "Profit of the year before losses brought forward."),
                                  {"losses", "USD", "Losses brought forward.", "0 USD", "0 USD", NULL, NULL, NULL},
                                  {"tax_rate", "%", "Tax rate.", NULL, "0 %", "100 %", NULL, NULL}};
static const kd_field tax_out[] = {RESULT("tax", "USD", "Tax of the year."),
                                   RESULT("carried", "USD", "Losses carried forward.")};
static kd_status tax(double *out, const double *in, kd_work *work) {
  (void)work;
  double taxable = in[0] - in[1];
  out[0] = taxable > 0 ? in[2] * taxable : 0, out[1] = taxable < 0 ? -taxable : 0;
  return KD_OK;
}

static const kd_field ramp_in[] = {{"ramp_up", "1", "Years from nothing to full rate.", NULL, "0", "100", NULL, NULL},
                                   {"year", "1", "Year of production, from 1.", NULL, "1", "1000", NULL, NULL}};
static const kd_field ramp_out[] = {RESULT("activity", "1", "Mean share of the full rate in that year.")};
static kd_status ramp(double *out, const double *in, kd_work *work) {
  (void)work;
  double b = in[1], a = b - 1, r = in[0];
  out[0] = r <= a ? 1 : r >= b ? (a + b) / (2 * r) : (r * r - a * a) / (2 * r) + (b - r);
  return KD_OK;
}

#endif
