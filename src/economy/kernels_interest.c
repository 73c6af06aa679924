// SPDX-License-Identifier: Apache-2.0
/* Kernels of interest, annuities, loans and series of flows. */
#include "economy/finance.h"
#include "economy/irr.h"
#include "economy/kernels.h"

#define FLOWS 41

static const char *const flow_names[FLOWS] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10",
                                              "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21",
                                              "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
                                              "33", "34", "35", "36", "37", "38", "39", "40"};
static const kd_labels flow_labels = {flow_names, FLOWS};
static const char *const root_names[KD_IRR_ROOTS] = {"1", "2", "3", "4", "5", "6", "7", "8"};
static const kd_labels root_labels = {root_names, KD_IRR_ROOTS};

#define FLOW                                                                                                           \
  { "flow", "USD", "Flow of year 0, 1, ... 40; those not given are 0.", "0 USD", NULL, NULL, NULL, &flow_labels }

static const kd_field npv_in[] = {
    RATE("Discount rate a year, compounded yearly; real or nominal like the flows."),
    {"timing", "1",
     "When flow_1, flow_2, ... are paid: end of their year (t), mid (t - 1/2), start (t - 1). flow_0 is at the base "
     "date in each.",
     "end", NULL, NULL, "end|mid|start", NULL},
    FLOW};
static const kd_field npv_out[] = {RESULT("npv", "USD", "Net present value at the base date, flow_0 not discounted.")};
static kd_status npv(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_npv(in[0], in + 2, FLOWS, (kd_timing)(int)in[1]);
  return KD_OK;
}

static const kd_field irr_in[] = {FLOW};
static const kd_field irr_out[] = {
    RESULT("count", "1", "Number of different real rates above -100 %; a double root counts once."),
    RESULT("sign_changes", "1", "Sign changes of the flows (Descartes): an upper bound of the count, zeros left out."),
    {"irr", "%", "The rates in ascending order; missing beyond the count.", NULL, NULL, NULL, NULL, &root_labels}};
static kd_status irr(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_irr all;
  kd_irr_all(&all, in, FLOWS);
  out[0] = (double)all.count, out[1] = (double)all.sign_changes;
  for (size_t i = 0; i < KD_IRR_ROOTS; i++) out[2 + i] = i < all.count ? all.rate[i] : (double)NAN;
  return KD_OK;
}

static const kd_field mirr_in[] = {
    {"finance_rate", "%", "Rate a at which payments (flows below 0) are brought to year 0.", NULL, "-100 % exclusive",
     "1e6 %", NULL, NULL},
    {"reinvestment_rate", "%", "Rate b at which receipts (flows above 0) are carried to year n.", NULL,
     "-100 % exclusive", "1e6 %", NULL, NULL},
    {"periods", "1", "Last year n of the series: whole; later flows must be 0.", NULL, "1", "40", NULL, NULL},
    FLOW};
static const kd_field mirr_out[] = {
    RESULT("mirr", "%", "(future value of receipts / present value of payments)^(1/n) - 1.")};
static kd_status mirr(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  size_t periods = (size_t)in[2];
  for (size_t t = periods + 1; t < FLOWS; t++)
    KD_CHECK(in[3 + t] == 0, work->err, KD_E_CONTRADICTION, "flow_%zu is given but periods is %zu", t, periods);
  out[0] = kd_mirr(in + 3, periods + 1, in[0], in[1]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_MODEL, "the flows need at least one payment and one receipt");
out:
  return status;
}

static const kd_field payback_in[] = {
    {"rate", "%", "Discount rate; 0 gives the plain payback.", "0 %", "-100 % exclusive", "1e6 %", NULL, NULL}, FLOW};
static const kd_field payback_out[] = {
    RESULT("payback", "1",
           "Years from flow_0 until the running sum is at or above zero for good, linear within the year; 0 when never "
           "below; missing when it ends below.")};
static kd_status payback(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_payback(in + 1, FLOWS, in[0]);
  return KD_OK;
}

static const kd_field crf_in[] = {RATE("Interest rate a year."), YEARS("Years of recovery.")};
static const kd_field crf_out[] = {
    RESULT("factor", "1", "Capital recovery factor a year, r(1+r)^n/((1+r)^n - 1); 1/n at r = 0."),
    RESULT("annuity", "1", "Present worth of one a year paid at the ends of n years, (1 - (1+r)^-n)/r.")};
static kd_status crf(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_capital_recovery(in[0], in[1]);
  out[1] = kd_annuity_factor(in[0], in[1]);
  return KD_OK;
}

static const kd_field crf_rate_in[] = {
    {"factor", "1", "Capital recovery factor a year.", NULL, "0 exclusive", "1e6", NULL, NULL},
    YEARS("Years of recovery.")};
static const kd_field crf_rate_out[] = {RESULT("rate", "%", "Rate with this capital recovery factor.")};
static kd_status crf_rate(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_capital_recovery_rate(in[0], in[1]);
  return KD_OK;
}

static const kd_field real_rate_in[] = {
    {"nominal", "%", "Nominal rate.", NULL, "-100 % exclusive", "1e6 %", NULL, NULL},
    {"inflation", "%", "Inflation.", NULL, "-100 % exclusive", "1e6 %", NULL, NULL}};
static const kd_field real_rate_out[] = {RESULT("real", "%", "Real rate, (1 + nominal)/(1 + inflation) - 1 (Fisher).")};
static kd_status real_rate(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_real_rate(in[0], in[1]);
  return KD_OK;
}

static const kd_field nominal_rate_in[] = {
    {"real", "%", "Real rate.", NULL, "-100 % exclusive", "1e6 %", NULL, NULL},
    {"inflation", "%", "Inflation.", NULL, "-100 % exclusive", "1e6 %", NULL, NULL}};
static const kd_field nominal_rate_out[] = {
    RESULT("nominal", "%", "Nominal rate, (1 + real)(1 + inflation) - 1 (Fisher).")};
static kd_status nominal_rate(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] + in[1] + in[0] * in[1];
  return KD_OK;
}

static const kd_field discount_in[] = {RATE("Rate a year, compounded yearly."),
                                       {"years", "1", "Years t, need not be whole.", NULL, "0", "1000", NULL, NULL}};
static const kd_field discount_out[] = {RESULT("discount", "1", "Present worth of one paid then, (1+r)^-t."),
                                        RESULT("compound", "1", "What one put by now has become, (1+r)^t.")};
static kd_status discount(double *out, const double *in, kd_work *work) {
  (void)work;
  double growth = in[1] * log1p(in[0]);
  out[0] = exp(-growth), out[1] = exp(growth);
  return KD_OK;
}

static const kd_field equivalent_in[] = {RATE("Discount rate a year."), YEARS("Years."),
                                         MONEY("present", NULL, "Present value, of costs or of flows.")};
static const kd_field equivalent_out[] = {
    RESULT("yearly", "USD", "Equal yearly amount at the ends of the years, present x capital recovery factor.")};
static kd_status equivalent(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[2] * kd_capital_recovery(in[0], in[1]);
  return KD_OK;
}

static const kd_field wacc_in[] = {
    {"equity_share", "%", "Share of equity; the rest is debt.", NULL, "0 %", "100 %", NULL, NULL},
    {"equity_rate", "%", "Cost of equity.", NULL, "-100 %", "1000 %", NULL, NULL},
    {"debt_rate", "%", "Cost of debt before tax.", NULL, "-100 %", "1000 %", NULL, NULL},
    {"tax_rate", "%", "Tax rate.", "0 %", "0 %", "100 %", NULL, NULL}};
static const kd_field wacc_out[] = {RESULT("wacc", "%", "equity x equity_rate + debt x debt_rate x (1 - tax_rate).")};
static kd_status wacc(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_wacc(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

static const kd_field loan_in[] = {
    MONEY("principal", NULL, "Loan taken at year 0."),
    {"rate", "%", "Interest rate a year.", NULL, "0 %", "1000 %", NULL, NULL},
    {"years", "1", "Whole years of equal payments, each at the end of its year.", NULL, "1", "200", NULL, NULL},
    {"year", "1", "Year asked for, from 1.", "1", "1", "200", NULL, NULL}};
static const kd_field loan_out[] = {
    RESULT("payment", "USD", "Payment of each year, principal x capital recovery factor."),
    RESULT("interest", "USD", "Interest in the payment of that year, rate x what was owed before it."),
    RESULT("balance", "USD", "Owed after the payment of that year.")};
static kd_status loan(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[3] <= in[2], work->err, KD_E_CONTRADICTION, "year %g is after the last of %g", in[3], in[2]);
  out[0] = in[0] * kd_capital_recovery(in[1], in[2]);
  out[1] = in[1] * out[0] * kd_annuity_factor(in[1], in[2] - in[3] + 1);
  out[2] = out[0] * kd_annuity_factor(in[1], in[2] - in[3]);
out:
  return status;
}

const kd_kernel kd_economy_interest_kernels[] = {
    KERNEL(npv, "economy.npv", "Net present value of yearly flows."),
    KERNEL(irr, "economy.irr", "All internal rates of return of yearly flows."),
    KERNEL(mirr, "economy.mirr", "Modified internal rate of return."),
    KERNEL(payback, "economy.payback", "Payback of yearly flows, plain or discounted."),
    KERNEL(crf, "economy.capital_recovery", "Capital recovery factor and present worth of an annuity."),
    KERNEL(crf_rate, "economy.capital_recovery.rate", "Interest rate behind a capital recovery factor."),
    KERNEL(real_rate, "economy.real_rate", "Real from nominal rate."),
    KERNEL(nominal_rate, "economy.nominal_rate", "Nominal from real rate."),
    KERNEL(discount, "economy.discount_factor", "Discount and compound factors of a single payment."),
    KERNEL(equivalent, "economy.equivalent_annual", "Equivalent annual value of a present value."),
    KERNEL(wacc, "economy.wacc", "Weighted average cost of capital after tax."),
    KERNEL(loan, "economy.loan", "Loan with equal payments."),
    {.name = NULL},
};
