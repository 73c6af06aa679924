// SPDX-License-Identifier: Apache-2.0
/* Kernels of the supply stage: the columns of each, and a short function that calls the equation of security.c. */
#include <math.h>

#include "base/work.h"
#include "supply/leontief.h"
#include "supply/security.h"
#include "supply/tables.h"

#define SOURCES 12
#define RESULT(name, unit, text)                                                                                       \
  { name, unit, text, NULL, NULL, NULL, NULL, NULL }
#define SHARE(name, value, text)                                                                                       \
  { name, "%", text, value, "0 %", "100 %", NULL, NULL }
#define AMOUNT(name, value, text)                                                                                      \
  { name, "t", text, value, "0 t", NULL, NULL, NULL }
#define KERNEL(short_name, full_name, text)                                                                            \
  {                                                                                                                    \
    .name = full_name, .summary = text, .inputs = short_name##_in, .input_count = KD_COUNT(short_name##_in),           \
    .outputs = short_name##_out, .output_count = KD_COUNT(short_name##_out), .eval = short_name                        \
  }

static const char *const source_names[SOURCES] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
static const kd_labels sources = {source_names, SOURCES};

static const kd_field hhi_in[] = {
    {"amount", "1", "Amount of each supplier, in any one unit.", "0", "0", NULL, NULL, &sources},
    {"total", "1",
     "Denominator of the shares, not given: the sum; suppliers not listed add nothing; 2 % short of the sum is "
     "rounding.",
     "none", "0 exclusive", NULL, NULL, NULL}};
static const kd_field hhi_out[] = {RESULT("hhi", "1", "Herfindahl-Hirschman index, sum of (100 s)^2: 0 to 10,000."),
                                   RESULT("equivalent", "1", "Number of equal suppliers with this index, 10,000/hhi.")};
static kd_status hhi(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double sum = 0, share[SOURCES];
  for (size_t i = 0; i < SOURCES; i++) sum += in[i];
  KD_CHECK(sum > 0, work->err, KD_E_MODEL, "amount 0 of every supplier: there is no market");
  double total = isnan(in[SOURCES]) ? sum : in[SOURCES];
  /* A printed world total is rounded, and may fall a little short of the countries listed beside it. */
  KD_CHECK(total >= sum / 1.02, work->err, KD_E_CONTRADICTION, "total %g is less than the sum of the amounts %g", total,
           sum);
  for (size_t i = 0; i < SOURCES; i++) share[i] = in[i] / total;
  out[0] = kd_hhi(share, SOURCES), out[1] = 1e4 / out[0];
out:
  return status;
}

static const kd_field reliance_in[] = {AMOUNT("production", NULL, "Domestic production."),
                                       AMOUNT("imports", NULL, "Imports."), AMOUNT("exports", "0 t", "Exports.")};
static const kd_field reliance_out[] = {
    RESULT("import_reliance", "%",
           "(I - E)/(P + I - E), 0 for a net exporter; refused when that leaves nothing to use; stocks not counted.")};
static kd_status reliance(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_import_reliance(in[0], in[1], in[2]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_MODEL, "production, imports and exports leave nothing to use");
out:
  return status;
}

static const kd_field concentration_in[] = {
    {"share", "%", "Share s of each supplier, together at most 100 %.", "0 %", "0 %", "100 %", NULL, &sources},
    {"governance", "1",
     "World governance indicator of each, -2.5 to 2.5, high is good; taken as 2 (2.5 - w), 0 to 10, high is bad.", "0",
     "-2.5", "2.5", NULL, &sources},
    {"trade", "1", "Trade parameter t of each, 1: no restriction.", "1", "0", "3", NULL, &sources}};
static const kd_field concentration_out[] = {RESULT(
    "concentration", "1", "HHI_WGI,t = sum of s^2 x scaled governance x t, shares as fractions: 0 to 10 at t = 1.")};
static kd_status concentration(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double scaled[SOURCES], sum = 0;
  for (size_t i = 0; i < SOURCES; i++) scaled[i] = kd_governance_scale(in[SOURCES + i]), sum += in[i];
  KD_CHECK(sum <= 1 + 1e-9, work->err, KD_E_CONTRADICTION, "the shares sum to %g %%: must be at most 100 %%",
           100 * sum);
  out[0] = kd_weighted_concentration(in, scaled, in + 2 * SOURCES, SOURCES);
out:
  return status;
}

static const kd_field ec_in[] = {
    {"global_concentration", "1", "HHI_WGI,t of world supply, shares as fractions; none: the other is used.", "none",
     "0", "15", NULL, NULL},
    {"sourcing_concentration", "1", "HHI_WGI,t of own sourcing, likewise; none: the other is used.", "none", "0", "15",
     NULL, NULL},
    SHARE("import_reliance", NULL, "Net import reliance of a country."),
    SHARE("recycling", "0 %", "End-of-life recycling input rate."),
    {"substitution", "1", "Substitution index of supply risk.", "1", "0", "1", NULL, NULL}};
static const kd_field ec_out[] = {
    RESULT("supply_risk", "1",
           "[global x IR/2 + sourcing x (1 - IR/2)] x (1 - recycling) x substitution; critical from 1.0."),
    RESULT("critical", "1", "1 when the supply risk, to one decimal, is at least 1.0.")};
static kd_status ec(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_ec_supply_risk(in[0], in[1], in[2], in[3], in[4]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_MISSING,
           "one of global_concentration and sourcing_concentration must be given");
  out[1] = round(10 * out[0]) / 10 >= 1 ? 1 : 0;
out:
  return status;
}

static const kd_field nassar_in[] = {{"disruption", "1", "Disruption potential DP.", NULL, "0", "1", NULL, NULL},
                                     {"exposure", "1", "Trade exposure TE.", NULL, "0", "1", NULL, NULL},
                                     {"vulnerability", "1", "Economic vulnerability EV.", NULL, "0", "1", NULL, NULL}};
static const kd_field nassar_out[] = {
    RESULT("supply_risk", "1", "(DP x TE x EV)^(1/3), the geometric mean; listed from 0.40.")};
static kd_status nassar(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_nassar_risk(in[0], in[1], in[2]);
  return KD_OK;
}

static const kd_field exposure_in[] = {
    AMOUNT("primary", NULL, "Primary production."),
    AMOUNT("secondary", "0 t", "Secondary production."),
    AMOUNT("imports", NULL, "Imports."),
    AMOUNT("exports", "0 t", "Exports."),
    {"stock_release", "t", "Stock released (added: negative).", "0 t", NULL, NULL, NULL, NULL}};
static const kd_field exposure_out[] = {
    RESULT("exposure", "1",
           "(I - E + S)/(primary + secondary + I - E + S), S the stock released; below 0 for a net exporter.")};
static kd_status exposure(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_trade_exposure(in[0], in[1], in[2], in[3], in[4]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_MODEL, "production, trade and stock leave nothing to use");
out:
  return status;
}

static const kd_field disruption_in[] = {
    {"share", "%", "Share PS of each producer in world production, together at most 100 %.", "0 %", "0 %", "100 %",
     NULL, &sources},
    {"ability", "1", "Ability to supply index ASI of each, 0 (able) to 1: (100 - PPI)/100.", "0", "0", "1", NULL,
     &sources},
    {"willingness", "1", "Willingness to supply index WSI of each, 0 (willing) to 1.", "0", "0", "1", NULL, &sources}};
static const kd_field disruption_out[] = {
    RESULT("disruption", "1", "DP = sum of PS^2 ASI WSI, shares as fractions, not rescaled.")};
static kd_status disruption(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double sum = 0;
  out[0] = 0;
  for (size_t i = 0; i < SOURCES; i++) sum += in[i], out[0] += in[i] * in[i] * in[SOURCES + i] * in[2 * SOURCES + i];
  KD_CHECK(sum <= 1 + 1e-9, work->err, KD_E_CONTRADICTION, "the shares sum to %g %%: must be at most 100 %%",
           100 * sum);
out:
  return status;
}

static const kd_field vulnerability_in[] = {
    {"value_added", "USD", "Value added VA of each industry that uses the mineral.", "0 USD", "0 USD", NULL, NULL,
     &sources},
    {"expenditure", "USD", "What each spends on the mineral, EXP.", "0 USD", "0 USD", NULL, NULL, &sources},
    {"profit", "USD", "Operating profit OP of each, above 0 where something is spent.", "0 USD", NULL, NULL, NULL,
     &sources},
    {"gdp", "USD", "Gross domestic product.", NULL, "0 USD exclusive", NULL, NULL, NULL}};
static const kd_field vulnerability_out[] = {
    RESULT("vulnerability", "1", "EV = sum of VA/GDP x EXP/OP, not rescaled.")};
static kd_status vulnerability(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = 0;
  for (size_t i = 0; i < SOURCES; i++) {
    double spent = in[SOURCES + i], profit = in[2 * SOURCES + i];
    if (spent == 0) continue;
    KD_CHECK(profit > 0, work->err, KD_E_RANGE, "profit_%zu: must be above 0, for expenditure_%zu is", i + 1, i + 1);
    out[0] += in[i] / in[3 * SOURCES] * spent / profit;
  }
out:
  return status;
}

static const kd_field gpr_in[] = {
    {"hhi", "1", "HHI of world production with shares as fractions, 0 to 1.", NULL, "0", "1", NULL, NULL},
    {"governance", "1", "Political instability g of each exporter, 0 (good) to 1 (bad).", "0", "0", "1", NULL,
     &sources},
    {"imports", "t", "Imports f from each.", "0 t", "0 t", NULL, NULL, &sources},
    AMOUNT("production", "0 t", "Domestic production P, without risk.")};
static const kd_field gpr_out[] = {RESULT("geopolrisk", "1", "hhi x import_risk."),
                                   RESULT("import_risk", "1", "sum(g f)/(P + sum f).")};
static kd_status gpr(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double weighted = 0, total = 0;
  for (size_t i = 0; i < SOURCES; i++) weighted += in[1 + i] * in[1 + SOURCES + i], total += in[1 + SOURCES + i];
  KD_CHECK(total + in[1 + 2 * SOURCES] > 0, work->err, KD_E_MODEL,
           "no production and no imports: there is nothing to use");
  out[0] = kd_geopolrisk(in[0], weighted, in[1 + 2 * SOURCES], total);
  out[1] = weighted / (total + in[1 + 2 * SOURCES]);
out:
  return status;
}

static const kd_field isoelastic_in[] = {
    {"supply_left", "%", "Share s of the supply left at the old price; above 100 %: more supply.", NULL,
     "0 % exclusive", "10000 %", NULL, NULL},
    {"supply_elasticity", "1", "Price elasticity of supply eps.", NULL, "0", "100", NULL, NULL},
    {"demand_elasticity", "1", "Price elasticity of demand eta, as a positive number.", NULL, "0", "100", NULL, NULL}};
static const kd_field isoelastic_out[] = {RESULT("price_ratio", "1", "New price over old, s^(-1/(eps + eta))."),
                                          RESULT("quantity_ratio", "1", "New quantity over old, s^(eta/(eps + eta)).")};
static kd_status isoelastic(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] + in[2] > 0, work->err, KD_E_RANGE,
           "supply_elasticity and demand_elasticity are both 0: the price has no limit");
  kd_isoelastic(&out[0], &out[1], in[0], in[1], in[2]);
  KD_CHECK(isfinite(out[0]), work->err, KD_E_MODEL, "elasticities %g and %g: the price has no finite value", in[1],
           in[2]);
out:
  return status;
}

static const kd_field stock_in[] = {{"stock", "day", "Stock in days of demand.", NULL, "0 day", NULL, NULL, NULL},
                                    SHARE("cut", NULL, "Share of supply that stops, over demand."),
                                    {"own", "%", "Own output over demand.", "0 %", "0 %", NULL, NULL, NULL}};
static const kd_field stock_out[] = {
    RESULT("days", "day", "stock/(cut - own); missing when own output covers the cut: never.")};
static kd_status stock(double *out, const double *in, kd_work *work) {
  (void)work;
  double days = kd_stock_days(in[0], in[1], in[2]);
  out[0] = isinf(days) ? (double)NAN : days;
  return KD_OK;
}

static const kd_field embargo_in[] = {
    {"method", "1", "Whose estimate.", NULL, NULL, NULL, "nri|mizuho|dir", NULL},
    {"duration", "year", "Length of the embargo.", "1 year", "0 year", NULL, NULL, NULL},
    {"gdp", "tnJPY", "Gross domestic product a year: nominal, for dir real.", "604.7 tnJPY", "0 tnJPY", NULL, NULL,
     NULL},
    SHARE("cover", "0 %", "Share of the critical shortage covered by own output.")};
static const kd_field embargo_out[] = {RESULT("loss_share", "%",
                                              "Loss of a year's GDP: nri 0.43 % a year and dir 1.3 % a year, linear; "
                                              "mizuho 0.88 % in the year, nothing in the "
                                              "first 60 days of stock, then linear (year of 365.25 days)."),
                                       RESULT("loss", "tnJPY", "Loss in money, loss_share x gdp."),
                                       RESULT("avoided", "tnJPY", "Part avoided by own output, loss x cover.")};
static kd_status embargo(double *out, const double *in, kd_work *work) {
  (void)work;
  const double year = 31557600, stock_time = 60 * 86400.0;
  out[0] = (int)in[0] == KD_EMBARGO_NRI      ? kd_embargo_nri(0.0043, in[1], year)
           : (int)in[0] == KD_EMBARGO_MIZUHO ? kd_embargo_mizuho(0.0088, in[1], stock_time, year)
                                             : kd_embargo_dir(0.013, in[1], year);
  out[1] = out[0] * in[2], out[2] = out[1] * in[3];
  return KD_OK;
}

static const kd_field insurance_in[] = {
    {"avoided", "bnJPY", "Loss avoided when an embargo strikes.", NULL, "0 bnJPY", NULL, NULL, NULL},
    {"hazard", "%", "Chance of an embargo in a year.", NULL, "0 %", "100 %", NULL, NULL},
    {"rate", "%", "Real discount rate.", NULL, "-99 %", "1000 %", NULL, NULL},
    {"years", "1", "Years insured.", NULL, "0", "1000", NULL, NULL}};
static const kd_field insurance_out[] = {
    RESULT("insurance_value", "bnJPY", "Expected present value, yearly x (1 - (1+r)^-n)/r: paid at the ends of years."),
    RESULT("yearly", "bnJPY", "Expected worth of a year, avoided x hazard.")};
static kd_status insurance(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_insurance_value(in[0], in[1], in[2], in[3]), out[1] = in[0] * in[1];
  return KD_OK;
}

static const kd_field certainty_in[] = {
    {"income", "bnJPY", "Income of a year.", NULL, "0 bnJPY exclusive", NULL, NULL, NULL},
    {"loss", "bnJPY", "Loss when it strikes.", NULL, "0 bnJPY", NULL, NULL, NULL},
    {"hazard", "%", "Chance in a year.", NULL, "0 %", "100 %", NULL, NULL},
    {"aversion", "1", "Relative risk aversion; 1 is logarithmic.", NULL, "0", "50", NULL, NULL}};
static const kd_field certainty_out[] = {
    RESULT("certainty_loss", "bnJPY",
           "Certain loss c with u(income - c) = (1 - hazard) u(income) + hazard u(income - loss), u = x^(1-a)/(1-a)."),
    RESULT("expected_loss", "bnJPY", "Expected loss, hazard x loss.")};
static kd_status certainty(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] < in[0], work->err, KD_E_RANGE, "loss must be below income, and is %g of it", in[1] / in[0]);
  out[0] = kd_certainty_loss(in[0], in[1], in[2], in[3]), out[1] = in[1] * in[2];
out:
  return status;
}

static const kd_field importance_in[] = {
    {"share", "%", "Share A of the use in each sector, together at most 100 %.", "0 %", "0 %", "100 %", NULL, &sources},
    {"value", "1", "Value added Q of each sector.", "0", "0", NULL, NULL, &sources},
    {"largest", "1", "Value added of the largest sector.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"substitution", "1", "Substitution index of importance.", "1", "0", "1", NULL, NULL}};
static const kd_field importance_out[] = {
    RESULT("importance", "1", "10 x sum(A Q)/largest x substitution, 0 to 10; critical from 2.8.")};
static kd_status importance(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double sum = 0, shares = 0;
  for (size_t i = 0; i < SOURCES; i++) sum += in[i] * in[SOURCES + i], shares += in[i];
  KD_CHECK(shares <= 1 + 1e-9, work->err, KD_E_CONTRADICTION, "the shares sum to %g %%: must be at most 100 %%",
           100 * shares);
  out[0] = 10 * sum / in[2 * SOURCES] * in[2 * SOURCES + 1];
out:
  return status;
}

static const kd_field lasting_in[] = {
    {"resource", "t", "Oxide in place, in the unit of the demand.", NULL, "0 t", NULL, NULL, NULL},
    {"demand", "t/year", "Demand a year.", NULL, "0 t/year exclusive", NULL, NULL, NULL},
    {"recovery", "%", "Share of the resource that becomes product.", "100 %", "0 %", "100 %", NULL, NULL}};
static const kd_field lasting_out[] = {RESULT("lasting", "year", "resource x recovery/demand.")};
static kd_status lasting(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[2] / in[1];
  return KD_OK;
}

static const kd_field leontief_out[] = {
    {.name = "sector", .unit = "1", .doc = "Number of the sector, from 1."},
    {.name = "output", .unit = "1", .doc = "Gross output, in the unit of the demand."},
    {.name = "value_added", .unit = "1", .doc = "Value added, in the unit of the demand."},
};

const kd_kernel kd_supply_kernel_table[KD_SUPPLY_KERNELS] = {
    KERNEL(hhi, "supply.hhi", "Herfindahl-Hirschman index of suppliers."),
    KERNEL(reliance, "supply.import_reliance", "Import reliance."),
    KERNEL(concentration, "supply.weighted_concentration", "Concentration weighted by governance and trade (EC 2017)."),
    KERNEL(ec, "supply.ec_supply_risk", "Supply risk of the European Commission 2017."),
    KERNEL(importance, "supply.ec_importance", "Economic importance of the European Commission 2017."),
    KERNEL(nassar, "supply.nassar", "Supply risk of Nassar et al. 2020."),
    KERNEL(exposure, "supply.trade_exposure", "Trade exposure of Nassar et al. 2020."),
    KERNEL(disruption, "supply.disruption_potential", "Disruption potential of Nassar et al. 2020."),
    KERNEL(vulnerability, "supply.economic_vulnerability", "Economic vulnerability of Nassar et al. 2020."),
    KERNEL(gpr, "supply.geopolrisk", "Geopolitical supply risk GeoPolRisk (Gemechu et al. 2016)."),
    KERNEL(isoelastic, "supply.isoelastic", "Price and quantity when a share of supply is left."),
    KERNEL(stock, "supply.stock_days", "Days that a stock lasts."),
    KERNEL(embargo, "supply.embargo", "Loss by an embargo by one of three published methods."),
    KERNEL(insurance, "supply.insurance_value", "Expected worth of avoiding a loss."),
    KERNEL(certainty, "supply.certainty_loss", "Certainty-equivalent loss under risk aversion."),
    KERNEL(lasting, "supply.years_of_demand", "Years of demand in place."),
    {.name = "supply.leontief",
     .summary = "Output and value added that a final demand calls for, by an input-output table.",
     .data = kd_leontief_data,
     .data_count = KD_COUNT(kd_leontief_data),
     .outputs = leontief_out,
     .output_count = KD_COUNT(leontief_out),
     .eval_table = kd_leontief_kernel},
};
