// SPDX-License-Identifier: Apache-2.0
/* Parameters of the supply stage. A row without source is assumed. */
#include "supply/market.h"
#include "supply/tables.h"

#define AT(field) offsetof(kd_supply_params, field)
#define NUMBER(name, display, value, least, most, text, from)                                                          \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_NUMBER, .unit = display, .initial = value, .low = least, .high = most, .doc = text, \
    .source = from, .offset = AT(name)                                                                                 \
  }
#define VECTOR(name, display, least, most, text)                                                                       \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_NUMBER, .unit = display, .initial = "none", .low = least, .high = most,             \
    .doc = text, .offset = AT(name), .labels = &kd_element_labels                                                      \
  }
#define CHOICE(name, list, value, text)                                                                                \
  { .key = #name, .kind = KD_PARAM_CHOICE, .initial = value, .choices = list, .doc = text, .offset = AT(name) }
#define TABLE(name, file, list, text)                                                                                  \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_TABLE, .initial = file, .columns = list, .doc = text,                               \
    .source = "each row of the table carries its source", .offset = AT(name)                                           \
  }

const kd_param kd_supply_param_table[KD_SUPPLY_PARAMS] = {
    TABLE(demand_table, "data/supply/demand.csv", KD_DEMAND_COLUMNS, "Demand for oxide by region and element."),
    TABLE(import_table, "data/supply/imports.csv", KD_IMPORT_COLUMNS, "Suppliers of Japan's imports by element."),
    TABLE(weight_table, "data/supply/weights.csv", KD_WEIGHT_COLUMNS,
          "Weight of each element in the harm of an embargo."),
    TABLE(control_table, "data/supply/export_controls.csv", KD_CONTROL_COLUMNS, "Calendar of export controls."),
    CHOICE(demand_set, "recent|takaya_2018", "recent",
           "World demand: of recent years, or that behind the years of supply printed in Takaya et al. 2018."),
    VECTOR(japan_demand, "t/year", "0 t/year", "1e7 t/year", "Demand of Japan for oxide in place of the table's."),
    VECTOR(world_demand, "t/year", "0 t/year", "1e8 t/year", "Demand of the world for oxide in place of the table's."),
    NUMBER(demand_factor, "1", "{lognormal: [1, 1.15]}", "0.05", "20", "Factor common to all demands.", NULL),
    NUMBER(recycled, "%", "1 %", "0 %", "100 %", "Share of Japan's demand met by its own recycling.", NULL),
    CHOICE(displacement, "largest|proportional", "largest",
           "Which imports the output displaces: of the largest supplier first, or of all in proportion."),
    CHOICE(embargo_scope, "controlled|all", "controlled",
           "What an embargo cuts off: the elements on the control calendar that day, or all."),
    {.key = "embargo_date",
     .kind = KD_PARAM_DATE,
     .initial = "2026-07-01",
     .doc = "Day on which the control calendar is read.",
     .offset = AT(embargo_date)},
    NUMBER(embargo_duration, "years", "1 year", "0 years", "20 years", "Length of the embargo.",
           "the published estimates are for one year"),
    NUMBER(stock, "days", "60 days", "0 days", "3650 days", "Stock in days of demand, for days of cover.",
           "Mizuho: 60 days (42 national and 18 private in the old system)"),
    NUMBER(gdp_nominal, "tnJPY", "604.7 tnJPY", "1 tnJPY", "10000 tnJPY", "Gross domestic product a year, nominal.",
           "derived: 2.6 tn JPY over 0.43 % (NRI, Kiuchi)"),
    NUMBER(gdp_real, "tnJPY", "538 tnJPY", "1 tnJPY", "10000 tnJPY", "Gross domestic product a year, real.",
           "derived: 7 tn JPY over 1.3 % (DIR)"),
    NUMBER(nri_loss, "%", "0.43 %", "0 %", "100 %", "Loss of GDP by one year without, linear in time.",
           "NRI (Kiuchi), December 2025: 0.11 % in three months, 0.43 % in twelve"),
    NUMBER(mizuho_loss, "%", "0.88 %", "0 %", "100 %", "Loss of GDP by one year without, after the stock is used up.",
           "Mizuho, as reported: 0.88 % after 60 days of stock"),
    NUMBER(mizuho_stock, "days", "60 days", "0 days", "365 days", "Stock in Mizuho's estimate.",
           "Mizuho, as reported: 60 days"),
    NUMBER(dir_loss, "%", "1.3 %", "0 %", "100 %", "Loss of real GDP by one year without.",
           "Daiwa Institute of Research, 5 December 2025: 1.3 %, about 7 tn JPY"),
    VECTOR(weight, "1", "0", "1e6", "Weight of the element in the harm in place of the table's."),
    NUMBER(embargo_hazard, "%", "5 %", "0 %", "100 %", "Chance of an embargo in a year.", NULL),
    NUMBER(discount_rate, "%", "3 %", "0 %", "50 %", "Real social discount rate a year.", NULL),
    NUMBER(horizon, "years", "20 years", "1 year", "200 years", "Years over which the output insures.", NULL),
};
