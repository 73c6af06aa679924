// SPDX-License-Identifier: Apache-2.0
/* Economy at the modes of its defaults, with a ledger filled as the chain fills it: what the tests begin from. */
#ifndef KD_TEST_ECONOMY_FIXTURE_H
#define KD_TEST_ECONOMY_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"

#include "base/quantity.h"
#include "base/table.h"
#include "economy/cost.h"
#include "economy/economy.h"

typedef struct fixture {
  kd_context *ctx;
  kd_arena *scratch;
  kd_ledger_book *book;
  kd_ledger *ledger;
  kd_table *prices;
  kd_error err;
  kd_work work;
  kd_economy_params p;
  kd_products products;
  kd_economy_result result;
} fixture;

static int choice_index(const char *choices, const char *word) {
  int index = 0;
  size_t length = strlen(word);
  for (const char *c = choices; *c != '\0'; index++) {
    size_t span = strcspn(c, "|");
    if (span == length && strncmp(c, word, length) == 0) return index;
    c += span;
    if (*c == '|') c++;
  }
  return -1;
}

static double si(const char *text, const char *unit) {
  double value = (double)NAN;
  kd_error err = {0};
  if (kd_quantity_in(&value, text, unit, NULL, &err) != KD_OK) fail_msg("'%s': %s", text, err.text);
  return value;
}

/* Mode of a triangular, median of a lognormal, else the value. */
static double middle(const kd_param *row) {
  char text[96];
  const char *from = row->initial;
  if (strcmp(from, "none") == 0) return (double)NAN;
  if (from[0] == '{') {
    from = strchr(from, '[') + 1;
    if (strstr(row->initial, "triangular") != NULL) from = strchr(from, ',') + 1;
  }
  while (*from == ' ') from++;
  snprintf(text, sizeof text, "%.*s", (int)(row->initial[0] == '{' ? strcspn(from, ",]") : strlen(from)), from);
  return si(text, row->unit);
}

static void set_defaults(void *params, const kd_stage *stage) {
  for (size_t i = 0; i < stage->param_count; i++) {
    const kd_param *row = &stage->params[i];
    char *at = (char *)params + row->offset;
    if (row->key == NULL) fail_msg("row %zu of %s has no key", i, stage->name);
    if (row->kind == KD_PARAM_NUMBER)
      for (size_t k = 0; k < (row->labels != NULL ? row->labels->count : 1); k++)
        ((double *)(void *)at)[k] = middle(row);
    if (row->kind == KD_PARAM_CHOICE) *(int *)(void *)at = choice_index(row->choices, row->initial);
    if (row->kind == KD_PARAM_FLAG) *(int *)(void *)at = strcmp(row->initial, "yes") == 0;
  }
}

static kd_table *read_table(kd_context *ctx, const char *path, const char *columns) {
  char full[4096];
  kd_table *table = NULL;
  kd_error err = {0};
  snprintf(full, sizeof full, "%s/%s", KD_TEST_SOURCE, path);
  if (kd_table_read(&table, ctx, full, NULL, NULL, &err) != KD_OK) fail_msg("%s: %s", path, err.text);
  if (kd_table_bind(table, columns, NULL, NULL, &err) != KD_OK) fail_msg("%s: %s", path, err.text);
  return table;
}

/* The lines that other stages post and economy prices. */
static const char *const activity_names[] = {"transit", "lifting"};
static const kd_labels activity_labels = {activity_names, 2};
static const kd_line sea_lines[] = {{.item = "solids_cut", .unit = "t"},
                                    {.item = "solids_stirred", .unit = "t"},
                                    {.item = "solids_returned", .unit = "t"},
                                    {.item = "fuel", .unit = "t"},
                                    {.item = "ship_time", .unit = "h"},
                                    {.item = "support_ship_time", .unit = "h"},
                                    {.item = "carrier_time", .unit = "h"},
                                    {.item = "labour", .kind = KD_LINE_LABOUR, .unit = "year"},
                                    {.item = "productive_time", .unit = "h", .labels = &activity_labels}};
static const kd_line land_lines[] = {{.item = "acid_hcl", .unit = "t"},
                                     {.item = "base_naoh", .unit = "t"},
                                     {.item = "lime", .unit = "t"},
                                     {.item = "oxalic_acid", .unit = "t"},
                                     {.item = "electricity", .unit = "kWh"},
                                     {.item = "electricity_dewatering", .unit = "kWh"},
                                     {.item = "grid_loss", .unit = "kWh"},
                                     {.item = "fresh_water", .unit = "t"},
                                     {.item = "residue", .unit = "t"},
                                     {.item = "labour", .unit = "year"},
                                     {.item = "solids_rejected", .unit = "t"},
                                     {.item = "leach_plant", .unit = "kg/s"}};

/* Shares of the oxides in mud of 2,652 ppm, by the two-component vector of docs/theory/deposit.md. */
static const double oxide_share[KD_REY] = {0.1452, 0.0836, 0.0425, 0.1789, 0.0387, 0.0094, 0.0446, 0.0073,
                                           0.0432, 0.0093, 0.0253, 0.0034, 0.0206, 0.0031, 0.3449};

static void sell_oxides(kd_products *products, double oxide) {
  double sum = 0;
  memset(products, 0, sizeof *products);
  for (size_t e = 0; e < KD_REY; e++) sum += oxide_share[e];
  for (size_t e = 0; e < KD_REY; e++) {
    kd_product *item = &products->product[e];
    item->form = KD_FORM_OXIDE;
    item->mass = oxide * oxide_share[e] / sum;
    item->element = item->mass / kd_oxide_factor((kd_element_id)e);
    item->purity = 0.9999;
  }
  products->oxide_equivalent = oxide;
}

/* A year of `capacity` t dry a day over `days`, `recovery` of 2,652 ppm, the ship in hand all year. */
static void fill_year(fixture *f, double capacity, double days, double recovery) {
  double dry = capacity * 1e3 * days, scale = capacity / 1400, cake = dry / 0.6;
  double lifting[2] = {0, days * 86400};
  kd_ledger_clear(f->ledger);
  kd_ledger_post(f->ledger, "campaign.solids_cut", dry * 1.02);
  kd_ledger_post(f->ledger, "campaign.solids_stirred", dry * 0.02);
  kd_ledger_post(f->ledger, "campaign.fuel", 80e3 * days + 0.020 * dry);
  kd_ledger_post(f->ledger, "campaign.ship_time", KD_YEAR);
  kd_ledger_post(f->ledger, "campaign.support_ship_time", KD_YEAR);
  kd_ledger_post(f->ledger, "campaign.carrier_time", cake / 50e6 * 14 * 86400); /* 50,000 t in a cycle of 14 days */
  kd_ledger_post_vector(f->ledger, "campaign.productive_time", lifting);
  kd_ledger_post(f->ledger, "process.labour", 120 * pow(scale, 0.3) * KD_YEAR);
  kd_ledger_post(f->ledger, "process.leach_plant", capacity * 1e3 / 86400);
  kd_ledger_post(f->ledger, "process.residue", cake);
  kd_ledger_post(f->ledger, "process.acid_hcl", 0.10 * dry);
  kd_ledger_post(f->ledger, "process.base_naoh", 0.005 * dry);
  kd_ledger_post(f->ledger, "process.lime", 0.05 * dry);
  kd_ledger_post(f->ledger, "process.oxalic_acid", 2.0 * dry * 3.195e-3 * recovery);
  kd_ledger_post(f->ledger, "process.electricity", dry * 30 * 3.6e3); /* 30 kWh/t */
  kd_ledger_post(f->ledger, "process.fresh_water", 2 * dry);
  sell_oxides(&f->products, dry * 3.195e-3 * recovery);
}

static int setup(void **state) {
  fixture *f = calloc(1, sizeof *f);
  const kd_ledger_stage stages[] = {{"campaign", sea_lines, KD_COUNT(sea_lines)},
                                    {"process", land_lines, KD_COUNT(land_lines)},
                                    {"economy", kd_economy_stage.lines, kd_economy_stage.line_count}};
  assert_int_equal(kd_context_create(&f->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&f->scratch, f->ctx), KD_OK);
  assert_int_equal(kd_ledger_book_create(&f->book, f->ctx, stages, KD_COUNT(stages)), KD_OK);
  assert_int_equal(kd_ledger_create(&f->ledger, f->ctx, f->book), KD_OK);
  set_defaults(&f->p, &kd_economy_stage);
  for (size_t i = 0; i < kd_economy_stage.param_count; i++) {
    const kd_param *row = &kd_economy_stage.params[i];
    if (row->kind == KD_PARAM_TABLE) f->prices = read_table(f->ctx, row->initial, row->columns);
  }
  f->p.price_table = f->prices;
  f->work = (kd_work){.ctx = f->ctx, .scratch = f->scratch, .ledger = f->ledger, .err = &f->err};
  fill_year(f, 3500, 270, 0.76);
  *state = f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  kd_table_destroy(&f->prices);
  kd_ledger_destroy(&f->ledger);
  kd_ledger_book_destroy(&f->book);
  kd_arena_destroy(&f->scratch);
  kd_context_destroy(&f->ctx);
  free(f);
  return 0;
}

static void run(fixture *f) {
  if (kd_economy_run(&f->result, &f->p, &f->products, &f->work) != KD_OK) fail_msg("%s", f->err.text);
}

#endif
