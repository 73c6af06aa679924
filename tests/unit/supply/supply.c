// SPDX-License-Identifier: Apache-2.0
/* The stage on its shipped tables: published losses, the calendar of controls, displacement of imports, cover. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/check.h"

#include "base/quantity.h"
#include "supply/market.h"
#include "supply/security.h"

#define YEAR 31557600.0

typedef struct fixture {
  kd_context *ctx;
  kd_table *tables[8];
  size_t table_count;
  kd_error err;
  kd_work work;
  kd_supply_params p;
  kd_products products;
  kd_resource resource;
  kd_supply_result result;
} fixture;

static double plain(const kd_param *row) {
  double value = (double)NAN;
  char text[64];
  const char *from = strchr(row->initial, '[');
  if (strcmp(row->initial, "none") == 0) return (double)NAN;
  snprintf(text, sizeof text, "%.*s", from != NULL ? (int)strcspn(from + 1, ",") : 63,
           from != NULL ? from + 1 : row->initial);
  kd_error err = {0};
  if (kd_quantity_in(&value, text, row->unit, NULL, &err) != KD_OK) fail_msg("%s: %s", row->key, err.text);
  return value;
}

static int setup(void **state) {
  fixture *f = calloc(1, sizeof *f);
  assert_int_equal(kd_context_create(&f->ctx, NULL), KD_OK);
  for (size_t i = 0; i < kd_supply_stage.param_count; i++) {
    const kd_param *row = &kd_supply_stage.params[i];
    char *at = (char *)&f->p + row->offset, path[4096];
    assert_non_null(row->key);
    if (row->kind == KD_PARAM_NUMBER)
      for (size_t k = 0; k < (row->labels != NULL ? row->labels->count : 1); k++)
        ((double *)(void *)at)[k] = plain(row);
    if (row->kind == KD_PARAM_DATE) *(double *)(void *)at = kd_market_date(row->initial);
    if (row->kind != KD_PARAM_TABLE) continue;
    kd_table **table = &f->tables[f->table_count++];
    snprintf(path, sizeof path, "%s/%s", KD_TEST_SOURCE, row->initial);
    if (kd_table_read(table, f->ctx, path, NULL, NULL, &f->err) != KD_OK) fail_msg("%s", f->err.text);
    if (kd_table_bind(*table, row->columns, NULL, NULL, &f->err) != KD_OK) fail_msg("%s", f->err.text);
    *(const kd_table **)(void *)at = *table;
  }
  f->work = (kd_work){.ctx = f->ctx, .err = &f->err};
  *state = f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < f->table_count; i++) kd_table_destroy(&f->tables[i]);
  kd_context_destroy(&f->ctx);
  free(f);
  return 0;
}

/* Output of this many tonnes of oxide a year. */
static void make(fixture *f, kd_element_id e, double oxide) {
  f->products.product[e].element = oxide * 1e3 / kd_oxide_factor(e);
  f->products.product[e].form = KD_FORM_OXIDE;
}

static void run(fixture *f) {
  if (kd_supply_run(&f->result, &f->p, &f->products, &f->resource, &f->work) != KD_OK) fail_msg("%s", f->err.text);
}

static double tn(double value) {
  return kd_quantity_show(value, "tnJPY");
}

static void published_losses_of_one_year(void **state) {
  fixture *f = *state;
  run(f);
  const kd_supply_result *r = &f->result;
  assert_close(r->loss_share[KD_EMBARGO_NRI], 0.0043, 1e-12);
  assert_close(r->loss_share[KD_EMBARGO_MIZUHO], 0.0088, 1e-12);
  assert_close(r->loss_share[KD_EMBARGO_DIR], 0.013, 1e-12);
  assert_near(tn(r->loss[KD_EMBARGO_NRI]), 2.6, 0.05);
  assert_near(tn(r->loss[KD_EMBARGO_DIR]), 7.0, 0.05);
  for (size_t k = 0; k < KD_EMBARGO_METHODS; k++) assert_true(r->avoided[k] == 0);
  f->p.embargo_duration = YEAR / 4; /* printed for three months: 0.11 %, 0.66 tn JPY */
  run(f);
  assert_near(100 * r->loss_share[KD_EMBARGO_NRI], 0.11, 0.005);
  assert_near(tn(r->loss[KD_EMBARGO_NRI]), 0.66, 0.02);
}

static void enough_of_everything_avoids_everything(void **state) {
  fixture *f = *state;
  for (int e = 0; e < KD_ELEMENTS; e++) make(f, (kd_element_id)e, 1e6);
  run(f);
  const kd_supply_result *r = &f->result;
  for (size_t k = 0; k < KD_EMBARGO_METHODS; k++) {
    assert_close(r->avoided[k], r->loss[k], 1e-12);
    assert_near(r->remaining[k], 0, 1e-6 * r->loss[k]);
    assert_close(r->insurance_value[k], kd_insurance_value(r->avoided[k], 0.05, 0.03, 20), 1e-12);
  }
  assert_true(r->import_dependence_after == 0 && r->china_share_after == 0 && r->hhi_after == 0);
}

static void light_elements_avoid_nothing(void **state) {
  fixture *f = *state;
  make(f, KD_LA, 1e6), make(f, KD_CE, 1e6), make(f, KD_ND, 1e6), make(f, KD_PR, 1e6);
  run(f);
  for (size_t k = 0; k < KD_EMBARGO_METHODS; k++) assert_true(f->result.avoided[k] == 0);
  assert_true(f->result.import_dependence_after < f->result.import_dependence_before);
}

static void loss_avoided_rises_with_output(void **state) {
  fixture *f = *state;
  double last = -1;
  for (double dy = 0; dy <= 1000; dy += 50) {
    make(f, KD_DY, dy);
    run(f);
    double avoided = f->result.avoided[KD_EMBARGO_NRI];
    assert_true(avoided >= last);
    assert_true(avoided <= f->result.loss[KD_EMBARGO_NRI]);
    last = avoided;
  }
  double weight = 0, dy = 0, w[KD_ELEMENTS];
  kd_market_weights(w, f->p.weight_table);
  for (int e = 0; e < KD_ELEMENTS; e++)
    if (f->result.shortage[e] > 0) weight += w[e], dy = w[KD_DY];
  assert_close(f->result.critical_cover[KD_EMBARGO_NRI], dy / weight, 1e-12);
}

static void calendar_by_date(void **state) {
  fixture *f = *state;
  static const struct {
    const char *date;
    int dy, er, nd;
  } day[] = {{"2010-10-15", 3, 3, 3}, {"2011-01-01", 0, 0, 0}, {"2025-04-03", 0, 0, 0}, {"2025-04-04", 2, 0, 0},
             {"2025-10-20", 2, 0, 0}, {"2026-07-01", 2, 1, 0}, {"2030-01-01", 2, 1, 0}};
  for (size_t i = 0; i < sizeof day / sizeof *day; i++) {
    double state_of[KD_ELEMENTS];
    kd_market_controls(state_of, f->p.control_table, kd_market_date(day[i].date));
    assert_true(state_of[KD_DY] == day[i].dy && state_of[KD_ER] == day[i].er && state_of[KD_ND] == day[i].nd);
  }
}

static void dates(void **state) {
  (void)state;
  assert_true(kd_market_date("1970-01-01") == 0);
  assert_true(kd_market_date("2000-03-01") == 951868800);
  assert_true(kd_market_date("2026-02-28") + 86400 == kd_market_date("2026-03-01"));
  assert_true(isnan(kd_market_date("")) && isnan(kd_market_date("2026-13-01")) && isnan(kd_market_date("2026/01/01")));
  assert_true(isnan(kd_market_date("2026-01-0x")));
}

static void shares_sum_to_one(void **state) {
  fixture *f = *state;
  double share[KD_ELEMENTS][KD_SUPPLIERS];
  kd_market_imports(share, f->p.import_table);
  for (int e = 0; e < KD_ELEMENTS; e++) {
    double sum = 0;
    for (int s = 0; s < KD_SUPPLIERS; s++) sum += share[e][s];
    assert_close(sum, 1, 1e-12);
  }
  assert_true(share[KD_DY][KD_SUPPLIER_CHINA] == 1);
}

static void dependence_of_japan(void **state) {
  fixture *f = *state;
  run(f);
  assert_true(f->result.china_share_before > 0.60 && f->result.china_share_before < 0.80); /* print: 60 to 80 % */
  assert_close(f->result.import_dependence_before, 0.99, 1e-12);
  assert_close(f->result.hhi[KD_DY], 1e4 * 0.99 * 0.99, 1e-12);
  make(f, KD_DY, 335); /* half of the demand of 670 t */
  run(f);
  assert_close(f->result.japan_share[KD_DY], 0.5, 1e-9);
  assert_close(f->result.import_dependence[KD_DY], 0.49, 1e-9);
  assert_close(f->result.hhi_with[KD_DY], 1e4 * 0.49 * 0.49, 1e-8);
  assert_close(f->result.days_of_cover[KD_DY] / 86400, 60 / 0.99, 1e-9);
  assert_close(f->result.days_of_cover_with[KD_DY] / 86400, 60 / 0.49, 1e-9);
  assert_true(isnan(f->result.days_of_cover[KD_ND])); /* never on the list: never runs out */
}

static void displacement_largest_or_proportional(void **state) {
  fixture *f = *state;
  make(f, KD_ND, 1000); /* Vietnam leads neodymium */
  run(f);
  assert_close(f->result.china_share_with[KD_ND], f->result.china_share[KD_ND], 1e-12);
  f->p.displacement = KD_DISPLACE_PROPORTIONAL;
  run(f);
  double left = 1 - 1000.0 / (4125 * 0.99);
  assert_close(f->result.china_share_with[KD_ND], f->result.china_share[KD_ND] * left, 1e-9);
  make(f, KD_ND, 5000);
  run(f);
  assert_close(f->result.surplus[KD_ND] * YEAR / 1e3, 5000 - 4125 * 0.99, 1e-9);
}

static void years_in_place(void **state) {
  fixture *f = *state;
  f->resource.element[KD_DY] = 635e6 / kd_oxide_factor(KD_DY);
  f->p.demand_set = KD_DEMAND_TAKAYA_2018;
  run(f);
  assert_close(f->result.years_world[KD_DY] / YEAR, 635e3 / 870, 1e-9); /* 730 years in print */
  assert_true(isnan(f->result.years_world[KD_LA]));
}

static size_t found;
static void count(const char *key, const char *message, void *user) {
  (void)key, (void)message, (void)user;
  found++;
}

static void contradictions(void **state) {
  fixture *f = *state;
  found = 0;
  kd_supply_stage.check(&f->p, count, NULL);
  assert_int_equal(found, 0);
  for (int e = 0; e < KD_ELEMENTS; e++) f->p.weight[e] = 0;
  kd_supply_stage.check(&f->p, count, NULL);
  assert_int_equal(found, 1);
}

static void every_row_has_its_source(void **state) {
  fixture *f = *state;
  for (size_t t = 0; t < f->table_count; t++) {
    const kd_column *source = kd_table_column(f->tables[t], "source"),
                    *assumed = kd_table_column(f->tables[t], "assumed");
    for (size_t row = 0; row < f->tables[t]->rows; row++) {
      assert_true(source->text[row][0] != '\0');
      assert_true(strcmp(assumed->text[row], "yes") == 0 || strcmp(assumed->text[row], "no") == 0);
    }
  }
}

static void measures(void **state) {
  (void)state;
  const double share[] = {0.5, 0.3, 0.2};
  assert_close(kd_hhi(share, 3), 3800, 1e-13);
  assert_true(isnan(kd_import_reliance(0, 0, 0)));
  assert_true(isinf(kd_stock_days(60, 0.5, 0.5)));
  assert_true(kd_embargo_mizuho(0.0088, 10, 60, 365) == 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {TEST(published_losses_of_one_year),
                                     TEST(enough_of_everything_avoids_everything),
                                     TEST(light_elements_avoid_nothing),
                                     TEST(loss_avoided_rises_with_output),
                                     TEST(calendar_by_date),
                                     TEST(dates),
                                     TEST(shares_sum_to_one),
                                     TEST(dependence_of_japan),
                                     TEST(displacement_largest_or_proportional),
                                     TEST(years_in_place),
                                     TEST(contradictions),
                                     TEST(every_row_has_its_source),
                                     TEST(measures)};
  return cmocka_run_group_tests_name("unit/supply/supply", tests, NULL, NULL);
}
