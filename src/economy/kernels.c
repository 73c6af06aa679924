// SPDX-License-Identifier: Apache-2.0
/* Kernels of the economy stage: the columns of each, and a short function that calls the equation. The formulas stand
 * in finance.c, irr.c, depreciation.c, allocation.c, cash_flow.c and uncertainty.c. Money may be in any one unit. */
#include <math.h>

#include "base/elements.h"
#include "economy/allocation.h"
#include "economy/cash_flow.h"
#include "economy/finance.h"
#include "economy/irr.h"
#include "economy/tables.h"
#include "economy/uncertainty.h"
#include "base/work.h"

#define RESULT(name, unit, text)                                                                                       \
  { name, unit, text, NULL, NULL, NULL, NULL, NULL }
#define KERNEL(short_name, full_name, text)                                                                            \
  {                                                                                                                    \
    .name = full_name, .summary = text, .inputs = short_name##_in, .input_count = KD_COUNT(short_name##_in),           \
    .outputs = short_name##_out, .output_count = KD_COUNT(short_name##_out), .eval = short_name                        \
  }

/* Interest, annuities and series of flows */

#define FLOWS 41

static const char *const flow_names[FLOWS] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10",
                                              "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21",
                                              "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
                                              "33", "34", "35", "36", "37", "38", "39", "40"};
static const kd_labels flow_labels = {flow_names, FLOWS};
static const char *const root_names[KD_IRR_ROOTS] = {"1", "2", "3", "4", "5", "6", "7", "8"};
static const kd_labels root_labels = {root_names, KD_IRR_ROOTS};

#define RATE(text)                                                                                                     \
  { "rate", "%", text, NULL, "-100 % exclusive", "1e6 %", NULL, NULL }
#define YEARS(text)                                                                                                    \
  { "years", "1", text, NULL, "0 exclusive", "1000", NULL, NULL }
#define FLOW                                                                                                           \
  { "flow", "USD", "Flow of year 0, 1, ... 40; those not given are 0.", "0 USD", NULL, NULL, NULL, &flow_labels }

static const kd_field npv_in[] = {RATE("Discount rate a year."),
                                  {"timing", "1", "When in a year flows are paid; flow_0 is at the base date.", "end",
                                   NULL, NULL, "end|mid|start", NULL},
                                  FLOW};
static const kd_field npv_out[] = {RESULT("npv", "USD", "Net present value at the base date.")};
static kd_status npv(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_npv(in[0], in + 2, FLOWS, (kd_timing)(int)in[1]);
  return KD_OK;
}

static const kd_field irr_in[] = {FLOW};
static const kd_field irr_out[] = {
    RESULT("count", "1", "Different real rates above -100 %."),
    RESULT("sign_changes", "1", "Sign changes of the flows: an upper bound of the count."),
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
    {"finance_rate", "%", "Rate at which outflows are financed.", NULL, "-100 % exclusive", "1e6 %", NULL, NULL},
    {"reinvestment_rate", "%", "Rate at which inflows are put to work.", NULL, "-100 % exclusive", "1e6 %", NULL, NULL},
    {"periods", "1", "Last year of the series.", NULL, "1", "40", NULL, NULL},
    FLOW};
static const kd_field mirr_out[] = {RESULT("mirr", "%", "Modified internal rate of return.")};
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
    RESULT("payback", "1", "Years until the running sum stays at or above zero; missing when it never does.")};
static kd_status payback(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_payback(in + 1, FLOWS, in[0]);
  return KD_OK;
}

static const kd_field crf_in[] = {RATE("Interest rate a year."), YEARS("Years of recovery.")};
static const kd_field crf_out[] = {RESULT("factor", "1", "Capital recovery factor a year."),
                                   RESULT("annuity", "1", "Present worth of one a year.")};
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
static const kd_field real_rate_out[] = {RESULT("real", "%", "Real rate.")};
static kd_status real_rate(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_real_rate(in[0], in[1]);
  return KD_OK;
}

static const kd_field wacc_in[] = {
    {"equity_share", "%", "Share of equity; the rest is debt.", NULL, "0 %", "100 %", NULL, NULL},
    {"equity_rate", "%", "Cost of equity.", NULL, "-100 %", "1000 %", NULL, NULL},
    {"debt_rate", "%", "Cost of debt before tax.", NULL, "-100 %", "1000 %", NULL, NULL},
    {"tax_rate", "%", "Tax rate.", "0 %", "0 %", "100 %", NULL, NULL}};
static const kd_field wacc_out[] = {RESULT("wacc", "%", "Weighted average cost of capital after tax.")};
static kd_status wacc(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_wacc(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

static const kd_field scale_in[] = {
    {"cost", "USD", "Cost of the reference plant.", NULL, "0 USD", NULL, NULL, NULL},
    {"size", "1", "Size wanted, in the unit of the reference size.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"reference_size", "1", "Size of the reference plant.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"exponent", "1", "Scale exponent.", "0.6", "-1", "3", NULL, NULL}};
static const kd_field scale_out[] = {RESULT("scaled", "USD", "Cost of the plant of the size wanted.")};
static kd_status scale(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_scale_cost(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

static const kd_field escalate_in[] = {
    {"cost", "USD", "Cost at the date of the first index.", NULL, NULL, NULL, NULL, NULL},
    {"index_from", "1", "Cost index then.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"index_to", "1", "Cost index now.", NULL, "0 exclusive", NULL, NULL, NULL}};
static const kd_field escalate_out[] = {RESULT("escalated", "USD", "Cost at the date of the second index.")};
static kd_status escalate(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[2] / in[1];
  return KD_OK;
}

static const kd_field learning_in[] = {
    {"first", "USD", "Cost of the first unit.", NULL, "0 USD", NULL, NULL, NULL},
    {"unit", "1", "Number of the unit (whole for the mean).", NULL, "1", "1e6", NULL, NULL},
    {"learning_rate", "%", "Fall of the cost with each doubling.", NULL, "0 %", "99 %", NULL, NULL}};
static const kd_field learning_out[] = {RESULT("cost", "USD", "Cost of that unit."),
                                        RESULT("mean", "USD", "Mean cost of units 1 to that one.")};
static kd_status learning(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_learning_cost(in[0], in[1], in[2]);
  out[1] = kd_learning_mean(in[0], floor(in[1]), in[2]);
  return KD_OK;
}

static const kd_field accuracy_in[] = {
    {"estimate", "USD", "Point estimate.", NULL, "0 USD", NULL, NULL, NULL},
    {"estimate_class", "1", "AACE class.", NULL, NULL, NULL, "class_1|class_2|class_3|class_4|class_5", NULL}};
static const kd_field accuracy_out[] = {RESULT("low", "USD", "Lower outer limit."),
                                        RESULT("high", "USD", "Upper outer limit.")};
static kd_status accuracy(double *out, const double *in, kd_work *work) {
  (void)work;
  double low, high;
  kd_estimate_accuracy(&low, &high, (int)in[1] + 1);
  out[0] = in[0] * low, out[1] = in[0] * high;
  return KD_OK;
}

/* Depreciation, joint costs and whole projects */

#define SCHEDULE 63
#define MONEY(name, value, text)                                                                                       \
  { name, "USD", text, value, NULL, NULL, NULL, NULL }
#define METHODS "straight_line|declining|japan_declining|macrs"

static const kd_field charge_in[] = {
    {"method", "1", "Schedule.", NULL, NULL, NULL, METHODS, NULL},
    {"life", "1", "Years of the schedule (macrs: its class).", NULL, "1", "60", NULL, NULL},
    {"year", "1", "Year asked for, from 1.", NULL, "1", "64", NULL, NULL},
    MONEY("cost", "1 USD", "Cost of the asset.")};
static const kd_field charge_out[] = {RESULT("charge", "USD", "Written off in that year."),
                                      RESULT("book", "USD", "Book value after that year.")};
static kd_status charge(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double share[KD_DEPRECIATION_YEARS], left = 1;
  size_t years = kd_depreciation_schedule(share, (kd_depreciation)(int)in[0], (int)in[1]), year = (size_t)in[2];
  KD_CHECK(in[1] == floor(in[1]) && in[2] == floor(in[2]), work->err, KD_E_RANGE, "life %g, year %g: must be whole",
           in[1], in[2]);
  KD_CHECK(years > 0, work->err, KD_E_RANGE,
           "life %g: the schedule has none of this length (japan_declining 3 to 20; macrs 3, 5, 7, 10, 15, 20)", in[1]);
  for (size_t k = 0; k < year && k < years; k++) left -= share[k];
  if (year >= years) left = 0;
  out[0] = year <= years ? share[year - 1] * in[3] : 0;
  out[1] = left * in[3];
out:
  return status;
}

#define PER_ELEMENT(name, unit, value, text)                                                                           \
  { name, unit, text, value, "0 USD/kg", NULL, NULL, &kd_element_labels }
static const kd_field joint_in[] = {
    {"joint_cost", "USD", "Cost shared by all products.", NULL, NULL, NULL, NULL, NULL},
    {"quantity", "kg", "Quantity of each product.", "0 kg", "0 kg", NULL, NULL, &kd_element_labels},
    PER_ELEMENT("price", "USD/kg", "0 USD/kg", "Price of each product."),
    PER_ELEMENT("separable", "USD/kg", "0 USD/kg", "Cost of each product after the split.")};
#define RULE(name, text)                                                                                               \
  { name, "USD/kg", text, NULL, NULL, NULL, NULL, &kd_element_labels }
static const kd_field joint_out[] = {RULE("by_mass", "Shared out by mass."), RULE("by_value", "Shared out by worth."),
                                     RULE("by_net_value", "Shared out by net realisable value."),
                                     RULE("by_credit", "All other products credited at market.")};
static kd_status joint(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double *q = in + 1, *p = q + KD_ELEMENTS, *c = p + KD_ELEMENTS;
  double mass = 0;
  for (size_t e = 0; e < KD_ELEMENTS; e++) mass += q[e];
  KD_CHECK(mass > 0, work->err, KD_E_MODEL,
           "quantity 0 kg of every product: there is nothing to share the cost out to");
  kd_allocate_by_mass(out, KD_ELEMENTS, in[0], q, c);
  kd_allocate_by_value(out + KD_ELEMENTS, KD_ELEMENTS, in[0], q, p, c);
  kd_allocate_by_net_value(out + 2 * KD_ELEMENTS, KD_ELEMENTS, in[0], q, p, c);
  kd_allocate_by_credit(out + 3 * KD_ELEMENTS, KD_ELEMENTS, in[0], q, p, c);
out:
  return status;
}

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

static const kd_field basket_in[] = {
    {"oxide", "kg", "Oxide of each element sold.", "0 kg", "0 kg", NULL, NULL, &kd_element_labels},
    PER_ELEMENT("price", "USD/kg", "0 USD/kg", "Price of each oxide.")};
static const kd_field basket_out[] = {
    RESULT("basket_price", "USD/kg", "Worth per kg of mixed oxide."),
    {"share", "%", "Share of each element in the worth.", NULL, NULL, NULL, NULL, &kd_element_labels}};
static kd_status basket(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double mass = 0, worth = 0;
  for (size_t e = 0; e < KD_ELEMENTS; e++) mass += in[e], worth += in[e] * in[KD_ELEMENTS + e];
  KD_CHECK(mass > 0, work->err, KD_E_MODEL, "oxide 0 kg of every element: the basket is empty");
  out[0] = worth / mass;
  for (size_t e = 0; e < KD_ELEMENTS; e++) out[1 + e] = worth > 0 ? in[e] * in[KD_ELEMENTS + e] / worth : 0;
out:
  return status;
}

static const kd_field loan_in[] = {MONEY("principal", NULL, "Loan."),
                                   {"rate", "%", "Interest rate a year.", NULL, "0 %", "1000 %", NULL, NULL},
                                   {"years", "1", "Whole years of equal payments.", NULL, "1", "200", NULL, NULL},
                                   {"year", "1", "Year asked for.", "1", "1", "200", NULL, NULL}};
static const kd_field loan_out[] = {RESULT("payment", "USD", "Payment of each year."),
                                    RESULT("interest", "USD", "Interest in the payment of that year."),
                                    RESULT("balance", "USD", "Owed after that year.")};
static kd_status loan(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[3] <= in[2], work->err, KD_E_CONTRADICTION, "year %g is after the last of %g", in[3], in[2]);
  out[0] = in[0] * kd_capital_recovery(in[1], in[2]);
  out[1] = in[1] * out[0] * kd_annuity_factor(in[1], in[2] - in[3] + 1);
  out[2] = out[0] * kd_annuity_factor(in[1], in[2] - in[3]);
out:
  return status;
}

static const kd_field metal_in[] = {
    {"oxide_price", "USD/kg", "Price of the oxide.", NULL, "0 USD/kg", NULL, NULL, NULL},
    {"element", "1", "Element.", NULL, NULL, NULL, "la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu|y|sc", NULL},
    {"premium", "USD/kg", "Conversion, per kg of metal.", "0 USD/kg", NULL, NULL, NULL, NULL}};
static const kd_field metal_out[] = {RESULT("metal_price", "USD/kg", "Price of the metal."),
                                     RESULT("oxide_factor", "kg/kg", "Oxide per metal.")};
static kd_status metal(double *out, const double *in, kd_work *work) {
  (void)work;
  out[1] = kd_oxide_factor((kd_element_id)(int)in[1]);
  out[0] = out[1] * in[0] + in[2];
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

/* Uncertain costs and prices, the option to wait */

#define NUMBER(name, text)                                                                                             \
  { name, "1", text, NULL, NULL, NULL, NULL, NULL }
#define POSITIVE(name, unit, zero, text)                                                                               \
  { name, unit, text, NULL, zero " exclusive", NULL, NULL, NULL }

static const kd_field moments_out[] = {RESULT("mean", "1", "Mean."), RESULT("variance", "1", "Variance."),
                                       RESULT("sd", "1", "Standard deviation.")};
static const kd_field moments_median_out[] = {RESULT("mean", "1", "Mean."), RESULT("variance", "1", "Variance."),
                                              RESULT("sd", "1", "Standard deviation."),
                                              RESULT("median", "1", "Median.")};

static kd_status three_points(const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[0] <= in[1] && in[1] <= in[2], work->err, KD_E_DISTRIBUTION, "low %g, mode %g, high %g: must not fall",
           in[0], in[1], in[2]);
  KD_CHECK(in[0] < in[2], work->err, KD_E_DISTRIBUTION, "low %g: must be below high %g", in[0], in[2]);
out:
  return status;
}

static const kd_field triangular_in[] = {NUMBER("low", "Low end."), NUMBER("mode", "Mode."),
                                         NUMBER("high", "High end.")};
#define triangular_out moments_median_out
static kd_status triangular(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(three_points(in, work));
  kd_moments m = kd_triangular_moments(in[0], in[1], in[2]);
  out[0] = m.mean, out[1] = m.variance, out[2] = sqrt(m.variance), out[3] = m.median;
out:
  return status;
}

#define pert_in  triangular_in
#define pert_out moments_out
static kd_status pert(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(three_points(in, work));
  kd_moments m = kd_pert_moments(in[0], in[1], in[2]);
  out[0] = m.mean, out[1] = m.variance, out[2] = sqrt(m.variance);
out:
  return status;
}

static const kd_field lognormal_in[] = {POSITIVE("median", "1", "0", "Median."),
                                        {"gsd", "1", "Geometric standard deviation.", NULL, "1", "1e6", NULL, NULL}};
static const kd_field lognormal_out[] = {RESULT("mean", "1", "Mean."), RESULT("variance", "1", "Variance."),
                                         RESULT("sd", "1", "Standard deviation."),
                                         RESULT("cv", "1", "Coefficient of variation.")};
static kd_status lognormal(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_moments m = kd_lognormal_moments(in[0], in[1]);
  out[0] = m.mean, out[1] = m.variance, out[2] = sqrt(m.variance), out[3] = out[2] / out[0];
  return KD_OK;
}

static const kd_field gsd_in[] = {{"cv", "1", "Coefficient of variation.", NULL, "0", "1e6", NULL, NULL}};
static const kd_field gsd_out[] = {RESULT("gsd", "1", "Geometric standard deviation.")};
static kd_status gsd(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_lognormal_gsd(in[0]);
  return KD_OK;
}

static const kd_field price_out[] = {RESULT("mean", "USD/kg", "Expected price."),
                                     RESULT("sd", "USD/kg", "Standard deviation."),
                                     RESULT("median", "USD/kg", "Median price.")};
static void price_moments(double *out, kd_moments m) {
  out[0] = m.mean, out[1] = sqrt(m.variance), out[2] = m.median;
}

#define VOLATILITY                                                                                                     \
  { "volatility", "%", "Volatility, for a root of a year.", NULL, "0 % exclusive", "1000 %", NULL, NULL }
#define HORIZON                                                                                                        \
  { "years", "1", "Years ahead.", NULL, "0", "1000", NULL, NULL }

static const kd_field gbm_in[] = {POSITIVE("price", "USD/kg", "0 USD/kg", "Price now."),
                                  {"drift", "%", "Drift a year.", NULL, "-1000 %", "1000 %", NULL, NULL},
                                  VOLATILITY,
                                  HORIZON};
#define gbm_out price_out
static kd_status gbm(double *out, const double *in, kd_work *work) {
  (void)work;
  price_moments(out, kd_gbm_moments(in[0], in[1], in[2], in[3]));
  return KD_OK;
}

static const kd_field schwartz_in[] = {
    POSITIVE("price", "USD/kg", "0 USD/kg", "Price now."),
    POSITIVE("level", "USD/kg", "0 USD/kg", "Level to which ln price reverts: exp(theta)."),
    {"reversion", "1", "Speed of reversion, per year.", NULL, "0 exclusive", "1000", NULL, NULL},
    VOLATILITY,
    HORIZON};
#define schwartz_out price_out
static kd_status schwartz(double *out, const double *in, kd_work *work) {
  (void)work;
  price_moments(out, kd_schwartz_moments(in[0], in[1], in[2], in[3], in[4]));
  return KD_OK;
}

#define OPTION_RATES                                                                                                   \
  {"rate", "%", "Riskless rate a year.", NULL, "0 % exclusive", "1000 %", NULL, NULL},                                 \
      {"yield", "%", "What the project pays out a year, per value.", NULL, "0 %", "1000 %", NULL, NULL}, VOLATILITY
static const kd_field perpetual_out[] = {
    RESULT("root", "1", "Root of the characteristic equation."),
    RESULT("trigger", "USD", "Value at which to act; missing when waiting is for ever."),
    RESULT("option", "USD", "Worth of the option.")};

static const kd_field invest_in[] = {POSITIVE("value", "USD", "0 USD", "Worth of the project now."),
                                     POSITIVE("cost", "USD", "0 USD", "Cost of investing."), OPTION_RATES};
#define invest_out perpetual_out
static kd_status invest(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_perpetual o = kd_option_to_invest(in[0], in[1], in[2], in[3], in[4]);
  out[0] = o.root, out[1] = isinf(o.trigger) ? (double)NAN : o.trigger, out[2] = o.value;
  return KD_OK;
}

static const kd_field abandon_in[] = {POSITIVE("value", "USD", "0 USD", "Worth of the project now."),
                                      POSITIVE("salvage", "USD", "0 USD", "What leaving it pays."), OPTION_RATES};
#define abandon_out perpetual_out
static kd_status abandon(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_perpetual o = kd_option_to_abandon(in[0], in[1], in[2], in[3], in[4]);
  out[0] = o.root, out[1] = o.trigger, out[2] = o.value;
  return KD_OK;
}

static const kd_field european_in[] = {
    POSITIVE("value", "USD", "0 USD", "Worth of the underlying now."),
    POSITIVE("strike", "USD", "0 USD", "Price of exercise."),
    {"rate", "%", "Riskless rate a year, continuous.", NULL, "-100 %", "1000 %", NULL, NULL},
    {"yield", "%", "Yield of the underlying, continuous.", "0 %", "-100 %", "1000 %", NULL, NULL},
    VOLATILITY,
    {"years", "1", "Years to expiry.", NULL, "0 exclusive", "1000", NULL, NULL},
    {"kind", "1", "Call or put.", NULL, NULL, NULL, "call|put", NULL}};
static const kd_field european_out[] = {RESULT("option", "USD", "Worth of the option.")};
static kd_status european(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_option_european(in[0], in[1], in[2], in[3], in[4], in[5], in[6] > 0);
  return KD_OK;
}

const kd_kernel kd_economy_kernel_table[KD_ECONOMY_KERNELS] = {
    KERNEL(npv, "economy.npv", "Net present value of yearly flows."),
    KERNEL(irr, "economy.irr", "All internal rates of return of yearly flows."),
    KERNEL(mirr, "economy.mirr", "Modified internal rate of return."),
    KERNEL(payback, "economy.payback", "Payback of yearly flows, plain or discounted."),
    KERNEL(crf, "economy.capital_recovery", "Capital recovery factor and present worth of an annuity."),
    KERNEL(crf_rate, "economy.capital_recovery.rate", "Interest rate behind a capital recovery factor."),
    KERNEL(real_rate, "economy.real_rate", "Real from nominal rate."),
    KERNEL(wacc, "economy.wacc", "Weighted average cost of capital after tax."),
    KERNEL(scale, "economy.scale_cost", "Cost of a plant of another size."),
    KERNEL(escalate, "economy.escalate", "Cost at another date by a cost index."),
    KERNEL(learning, "economy.learning", "Cost of the n-th unit by Wright's learning curve."),
    KERNEL(accuracy, "economy.accuracy", "Outer limits of an estimate by its AACE class."),
    KERNEL(charge, "economy.depreciation", "Depreciation of a year by schedule, and the book value after it."),
    KERNEL(joint, "economy.joint_cost", "Cost per kg of joint products under four rules."),
    KERNEL(project, "economy.project",
           "Cash flow of a project: value, rates, payback, levelised cost, break-even price."),
    KERNEL(levelised, "economy.levelised_cost", "Levelised cost of a plant with equal years."),
    KERNEL(tax, "economy.tax", "Tax of a year with losses brought forward."),
    KERNEL(basket, "economy.basket", "Worth of a basket of oxides per kg, and what makes it."),
    KERNEL(loan, "economy.loan", "Loan with equal payments."),
    KERNEL(metal, "economy.metal_price", "Price of a metal from its oxide."),
    KERNEL(ramp, "economy.ramp", "Mean activity of a production year during ramp-up."),
    KERNEL(triangular, "economy.moments.triangular", "Moments of a triangular estimate."),
    KERNEL(pert, "economy.moments.pert", "Moments of a PERT estimate (lambda 4)."),
    KERNEL(lognormal, "economy.moments.lognormal", "Moments of a lognormal factor."),
    KERNEL(gsd, "economy.moments.gsd", "Geometric standard deviation from a coefficient of variation."),
    KERNEL(gbm, "economy.price.gbm", "Price after some years of geometric Brownian motion."),
    KERNEL(schwartz, "economy.price.schwartz", "Price after some years of Schwartz's one-factor reversion."),
    KERNEL(invest, "economy.option.invest", "Perpetual option to invest."),
    KERNEL(abandon, "economy.option.abandon", "Perpetual option to abandon."),
    KERNEL(european, "economy.option.european", "European option by Black and Scholes."),
};
