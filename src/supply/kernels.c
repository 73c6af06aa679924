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
    {"amount", "1", "Amount of each supplier.", "0", "0", NULL, NULL, &sources},
    {"total", "1", "Denominator; not given: the sum of the amounts.", "none", "0 exclusive", NULL, NULL, NULL}};
static const kd_field hhi_out[] = {RESULT("hhi", "1", "Herfindahl-Hirschman index, 0 to 10,000."),
                                   RESULT("equivalent", "1", "Number of equal suppliers with this index.")};
static kd_status hhi(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double sum = 0, share[SOURCES];
  for (size_t i = 0; i < SOURCES; i++) sum += in[i];
  KD_CHECK(sum > 0, work->err, KD_E_MODEL, "amount 0 of every supplier: there is no market");
  double total = isnan(in[SOURCES]) ? sum : in[SOURCES];
  KD_CHECK(total >= sum * (1 - 1e-9), work->err, KD_E_CONTRADICTION, "total %g is less than the sum of the amounts %g",
           total, sum);
  for (size_t i = 0; i < SOURCES; i++) share[i] = in[i] / total;
  out[0] = kd_hhi(share, SOURCES), out[1] = 1e4 / out[0];
out:
  return status;
}

static const kd_field reliance_in[] = {AMOUNT("production", NULL, "Domestic production."),
                                       AMOUNT("imports", NULL, "Imports."), AMOUNT("exports", "0 t", "Exports.")};
static const kd_field reliance_out[] = {
    RESULT("import_reliance", "%", "Net imports over what is used; 0 for a net exporter.")};
static kd_status reliance(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_import_reliance(in[0], in[1], in[2]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_MODEL, "production, imports and exports leave nothing to use");
out:
  return status;
}

static const kd_field concentration_in[] = {
    {"share", "%", "Share of each supplier.", "0 %", "0 %", "100 %", NULL, &sources},
    {"governance", "1", "World governance indicator of each, -2.5 to 2.5.", "0", "-2.5", "2.5", NULL, &sources},
    {"trade", "1", "Trade parameter of each.", "1", "0", "3", NULL, &sources}};
static const kd_field concentration_out[] = {
    RESULT("concentration", "1", "Sum of squared shares by governance (0 to 10) and trade.")};
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
    {"global_concentration", "1", "Weighted concentration of world supply; none: the other is used.", "none", "0", "15",
     NULL, NULL},
    {"sourcing_concentration", "1", "Weighted concentration of own sourcing; none: the other is used.", "none", "0",
     "15", NULL, NULL},
    SHARE("import_reliance", NULL, "Import reliance."),
    SHARE("recycling", "0 %", "End-of-life recycling input rate."),
    {"substitution", "1", "Substitution index of supply risk.", "1", "0", "1", NULL, NULL}};
static const kd_field ec_out[] = {RESULT("supply_risk", "1", "Supply risk; critical from 1.0."),
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

static const kd_field nassar_in[] = {{"disruption", "1", "Disruption potential.", NULL, "0", "1", NULL, NULL},
                                     {"exposure", "1", "Trade exposure.", NULL, "0", "1", NULL, NULL},
                                     {"vulnerability", "1", "Economic vulnerability.", NULL, "0", "1", NULL, NULL}};
static const kd_field nassar_out[] = {RESULT("supply_risk", "1", "Cube root of the product; listed from 0.40.")};
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
static const kd_field exposure_out[] = {RESULT("exposure", "1", "Net imports and stock release over what is used.")};
static kd_status exposure(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  out[0] = kd_trade_exposure(in[0], in[1], in[2], in[3], in[4]);
  KD_CHECK(!isnan(out[0]), work->err, KD_E_MODEL, "production, trade and stock leave nothing to use");
out:
  return status;
}

static const kd_field gpr_in[] = {
    {"hhi", "1", "Concentration of world production, 0 to 1.", NULL, "0", "1", NULL, NULL},
    {"governance", "1", "Instability of each exporter, 0 to 1.", "0", "0", "1", NULL, &sources},
    {"imports", "t", "Imports from each.", "0 t", "0 t", NULL, NULL, &sources},
    AMOUNT("production", "0 t", "Domestic production.")};
static const kd_field gpr_out[] = {RESULT("geopolrisk", "1", "Geopolitical supply risk."),
                                   RESULT("import_risk", "1", "Weighted imports over what is used.")};
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
    {"supply_left", "%", "Share of the supply left at the old price.", NULL, "0 % exclusive", "10000 %", NULL, NULL},
    {"supply_elasticity", "1", "Price elasticity of supply.", NULL, "0", "100", NULL, NULL},
    {"demand_elasticity", "1", "Price elasticity of demand, positive.", NULL, "0", "100", NULL, NULL}};
static const kd_field isoelastic_out[] = {RESULT("price_ratio", "1", "New price over old."),
                                          RESULT("quantity_ratio", "1", "New quantity over old.")};
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
                                    SHARE("cut", NULL, "Share of supply that stops."),
                                    {"own", "%", "Own output over demand.", "0 %", "0 %", NULL, NULL, NULL}};
static const kd_field stock_out[] = {RESULT("days", "day", "Days until the stock is used up; missing: never.")};
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
static const kd_field embargo_out[] = {RESULT("loss_share", "%", "Loss of GDP."),
                                       RESULT("loss", "tnJPY", "Loss in money."),
                                       RESULT("avoided", "tnJPY", "Part avoided by own output.")};
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
static const kd_field insurance_out[] = {RESULT("insurance_value", "bnJPY", "Expected present value."),
                                         RESULT("yearly", "bnJPY", "Expected worth of a year.")};
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
static const kd_field certainty_out[] = {RESULT("certainty_loss", "bnJPY", "Certain loss that is as bad."),
                                         RESULT("expected_loss", "bnJPY", "Expected loss.")};
static kd_status certainty(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] < in[0], work->err, KD_E_RANGE, "loss must be below income");
  out[0] = kd_certainty_loss(in[0], in[1], in[2], in[3]), out[1] = in[1] * in[2];
out:
  return status;
}

static const kd_field importance_in[] = {
    {"share", "%", "Share of the use in each sector.", "0 %", "0 %", "100 %", NULL, &sources},
    {"value", "1", "Value added of each sector.", "0", "0", NULL, NULL, &sources},
    {"largest", "1", "Value added of the largest sector.", NULL, "0 exclusive", NULL, NULL, NULL},
    {"substitution", "1", "Substitution index of importance.", "1", "0", "1", NULL, NULL}};
static const kd_field importance_out[] = {
    RESULT("importance", "1", "Economic importance, 0 to 10; critical from 2.8.")};
static kd_status importance(double *out, const double *in, kd_work *work) {
  (void)work;
  double sum = 0;
  for (size_t i = 0; i < SOURCES; i++) sum += in[i] * in[SOURCES + i];
  out[0] = 10 * sum / in[2 * SOURCES] * in[2 * SOURCES + 1];
  return KD_OK;
}

static const kd_field lasting_in[] = {
    {"resource", "t", "Oxide in place.", NULL, "0 t", NULL, NULL, NULL},
    {"demand", "t/year", "Demand a year.", NULL, "0 t/year exclusive", NULL, NULL, NULL},
    {"recovery", "%", "Share of the resource that becomes product.", "100 %", "0 %", "100 %", NULL, NULL}};
static const kd_field lasting_out[] = {RESULT("lasting", "year", "Years of demand in place.")};
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
    KERNEL(hhi, "supply.hhi", "Concentration of suppliers."),
    KERNEL(reliance, "supply.import_reliance", "Import reliance."),
    KERNEL(concentration, "supply.weighted_concentration", "Concentration weighted by governance and trade (EC 2017)."),
    KERNEL(ec, "supply.ec_supply_risk", "Supply risk of the European Commission 2017."),
    KERNEL(importance, "supply.ec_importance", "Economic importance of the European Commission 2017."),
    KERNEL(nassar, "supply.nassar", "Supply risk of Nassar et al. 2020."),
    KERNEL(exposure, "supply.trade_exposure", "Trade exposure of Nassar et al. 2020."),
    KERNEL(gpr, "supply.geopolrisk", "Geopolitical supply risk."),
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
