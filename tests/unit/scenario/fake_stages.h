// SPDX-License-Identifier: Apache-2.0
/* Three small stages that have every kind of parameter, for tests of the loader alone. */
#ifndef KD_TEST_FAKE_STAGES_H
#define KD_TEST_FAKE_STAGES_H

#include <math.h>
#include <stddef.h>

#include "scenario/internal.h"

static const char *const fake_metals[] = {"la", "tb", "dy"};
static const kd_labels fake_metal_labels = {fake_metals, 3};

typedef struct fake_dig_params {
  double rate;
  int rate_basis;
  double column, heads, porosity;
  const kd_table *blocks;
} fake_dig_params;

typedef struct fake_lift_params {
  int method, heated;
  double bore, depth, start, end, temperature, spare, length;
} fake_lift_params;

typedef struct fake_sell_params {
  double price[3], factor, tax, bonus[3];
} fake_sell_params;

typedef struct fake_params {
  fake_dig_params dig;
  fake_lift_params lift;
  fake_sell_params sell;
} fake_params;

#define FAKE_AT(type, field) .offset = offsetof(type, field)

static const kd_param fake_dig_table[] = {
    {.key = "rate",
     .kind = KD_PARAM_NUMBER,
     .unit = "t/day",
     .initial = "{value: 350 t/day, basis: wet_mud}",
     .low = "0 t/day exclusive",
     .high = "100000 t/day",
     .choices = "wet_mud|slurry|dry_solids",
     .doc = "Mud lifted in a day.",
     FAKE_AT(fake_dig_params, rate),
     .basis_offset = offsetof(fake_dig_params, rate_basis)},
    {.key = "column",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .initial = "{triangular: [2 m, 5 m, 10 m]}",
     .low = "0 m exclusive",
     .high = "30 m",
     .doc = "Thickness that is dug.",
     .source = "Takaya 2018",
     FAKE_AT(fake_dig_params, column)},
    {.key = "heads",
     .kind = KD_PARAM_COUNT,
     .initial = "2",
     .unit = "1",
     .low = "1",
     .high = "12",
     .doc = "Mining heads.",
     FAKE_AT(fake_dig_params, heads)},
    {.key = "porosity",
     .kind = KD_PARAM_NUMBER,
     .unit = "%vol",
     .initial = "70 %vol",
     .low = "0 %vol",
     .high = "100 %vol",
     .doc = "Share of water in the ground.",
     FAKE_AT(fake_dig_params, porosity)},
    {.key = "blocks",
     .kind = KD_PARAM_TABLE,
     .initial = "none",
     .columns = "name, area [km2], grade [ppm], top [m]?",
     .doc = "Blocks of the deposit.",
     FAKE_AT(fake_dig_params, blocks)},
};

static const kd_param fake_lift_table[] = {
    {.key = "method",
     .kind = KD_PARAM_CHOICE,
     .initial = "closed_circuit",
     .choices = "closed_circuit|air_lift",
     .doc = "How the mud is lifted.",
     FAKE_AT(fake_lift_params, method)},
    {.key = "heated",
     .kind = KD_PARAM_FLAG,
     .initial = "no",
     .doc = "Heated riser.",
     FAKE_AT(fake_lift_params, heated)},
    {.key = "bore",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .initial = "0.25 m",
     .low = "0 m exclusive",
     .high = "2 m",
     .doc = "Inner diameter.",
     FAKE_AT(fake_lift_params, bore)},
    {.key = "depth",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .initial = "{normal: [5.7 km, 50 m]}",
     .low = "0 m",
     .high = "11 km",
     .doc = "Water depth.",
     .source = "JAMSTEC 2026",
     FAKE_AT(fake_lift_params, depth)},
    {.key = "start",
     .kind = KD_PARAM_DATE,
     .initial = "2027-02-01",
     .low = "2020-01-01",
     .doc = "First day.",
     FAKE_AT(fake_lift_params, start)},
    {.key = "end", .kind = KD_PARAM_DATE, .initial = "none", .doc = "Last day.", FAKE_AT(fake_lift_params, end)},
    {.key = "temperature",
     .kind = KD_PARAM_NUMBER,
     .unit = "degC",
     .initial = "2 degC",
     .low = "-2 degC",
     .high = "40 degC",
     .doc = "Of the water.",
     FAKE_AT(fake_lift_params, temperature)},
    {.key = "spare",
     .kind = KD_PARAM_NUMBER,
     .unit = "km",
     .initial = "none",
     .low = "0 km",
     .doc = "Spare pipe.",
     FAKE_AT(fake_lift_params, spare)},
    {.key = "length",
     .kind = KD_PARAM_NUMBER,
     .unit = "m",
     .low = "0 m",
     .doc = "Length of the string.",
     FAKE_AT(fake_lift_params, length)},
};

static const kd_param fake_sell_table[] = {
    {.key = "price",
     .kind = KD_PARAM_NUMBER,
     .unit = "USD/kg",
     .initial = "{la: {value: 1 USD/kg, source: list}, tb: {lognormal: [1000 USD/kg, 1.5]}, dy: 300 USD/kg}",
     .low = "0 USD/kg",
     .doc = "Price by metal.",
     .labels = &fake_metal_labels,
     FAKE_AT(fake_sell_params, price)},
    {.key = "factor",
     .kind = KD_PARAM_NUMBER,
     .unit = "1",
     .initial = "{lognormal: [1, 1.3], correlate: {with: sell.price.tb, rho: 0.5}}",
     .low = "0 exclusive",
     .doc = "Common factor on cost.",
     FAKE_AT(fake_sell_params, factor)},
    {.key = "tax",
     .kind = KD_PARAM_NUMBER,
     .unit = "%",
     .initial = "30 %",
     .low = "0 %",
     .high = "100 %",
     .doc = "Tax rate.",
     FAKE_AT(fake_sell_params, tax)},
    {.key = "bonus",
     .kind = KD_PARAM_NUMBER,
     .unit = "%",
     .initial = "{uniform: [0 %, 10 %]}",
     .low = "0 %",
     .high = "100 %",
     .doc = "Bonus by metal.",
     .labels = &fake_metal_labels,
     FAKE_AT(fake_sell_params, bonus)},
};

static void fake_lift_check(const void *params, kd_contradiction_fn *report, void *user) {
  const fake_lift_params *p = params;
  if (p->length < p->depth) report("length", "the string is shorter than the water is deep", user);
}

static const kd_stage fake_dig = {.name = "dig",
                                  .summary = "Digs.",
                                  .params = fake_dig_table,
                                  .param_count = KD_COUNT(fake_dig_table),
                                  .params_size = sizeof(fake_dig_params)};
static const kd_stage fake_lift = {.name = "lift",
                                   .summary = "Lifts.",
                                   .params = fake_lift_table,
                                   .param_count = KD_COUNT(fake_lift_table),
                                   .params_size = sizeof(fake_lift_params),
                                   .check = fake_lift_check};
static const kd_stage fake_sell = {.name = "sell",
                                   .summary = "Sells.",
                                   .params = fake_sell_table,
                                   .param_count = KD_COUNT(fake_sell_table),
                                   .params_size = sizeof(fake_sell_params)};

static const kd_programme_stage fake_stages[] = {{&fake_dig, offsetof(fake_params, dig), 0},
                                                 {&fake_lift, offsetof(fake_params, lift), 0},
                                                 {&fake_sell, offsetof(fake_params, sell), 0}};

static const kd_stage_list fake_list = {fake_stages, 3, sizeof(fake_params), NULL};

#endif
