// SPDX-License-Identifier: Apache-2.0
/* The train: its sequence against trying every one, its products' closure, and the chain read from a table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/check.h"

#include "base/table.h"
#include "process/plant.h"

static void chain_of(kd_train_input *in, size_t count, const double *beta, const double *moles) {
  memset(in, 0, sizeof *in);
  in->count = count;
  for (size_t k = 0; k < count; k++) {
    in->order[k] = (int)k;
    in->moles[k] = moles[k];
    if (k + 1 < count) in->beta[k] = beta[k];
  }
  in->purity = 0.9999;
  in->slip = 0.005;
  in->reflux = 1.2;
  in->efficiency = 1;
}

/* Least sum of S_min times feed over every order of cutting i..j. */
static double brute(const kd_train_input *in, size_t i, size_t j) {
  if (i == j) return 0;
  double best = (double)INFINITY;
  for (size_t k = i; k < j; k++) {
    double total = 0, above = 0;
    for (size_t e = i; e <= j; e++) total += in->moles[e], above += e > k ? in->moles[e] : 0;
    double here = total * kd_xu_s_min(in->beta[k], above / total, KD_FEED_AQUEOUS);
    best = fmin(best, here + brute(in, i, k) + brute(in, k + 1, j));
  }
  return best;
}

static void sequence_is_the_cheapest(void **state) {
  (void)state;
  unsigned seed = 12345;
  for (int trial = 0; trial < 50; trial++) {
    double beta[8], moles[8];
    for (int k = 0; k < 8; k++) {
      seed = seed * 1103515245u + 12345u;
      beta[k] = 1.2 + (seed >> 16 & 1023) / 100.0;
      seed = seed * 1103515245u + 12345u;
      moles[k] = 0.01 + (seed >> 16 & 1023) / 1000.0;
    }
    kd_train_input in;
    kd_train t;
    kd_error err = {0};
    chain_of(&in, 8, beta, moles);
    assert_int_equal(kd_train_design(&t, &in, &err), KD_OK);
    assert_int_equal(t.cuts, 7);
    assert_close(t.reagent_floor, 3 * brute(&in, 0, 7), 1e-12);
    assert_close(t.reagent, 1.2 * t.reagent_floor, 1e-12);
  }
}

static void absent_elements_are_left_out(void **state) {
  (void)state;
  const double beta[4] = {2, 3, 1.5}, with_gap[4] = {1, 0, 2, 0}, joined_beta[2] = {6}, joined[2] = {1, 2};
  kd_train_input in;
  kd_train a, b;
  kd_error err = {0};
  chain_of(&in, 4, beta, with_gap);
  assert_int_equal(kd_train_design(&a, &in, &err), KD_OK);
  chain_of(&in, 2, joined_beta, joined);
  assert_int_equal(kd_train_design(&b, &in, &err), KD_OK);
  assert_int_equal(a.cuts, 1);
  assert_true(a.cut[0].beta == 6 && a.stages == b.stages);
  const double nothing[4] = {0};
  chain_of(&in, 4, beta, nothing);
  assert_int_equal(kd_train_design(&a, &in, &err), KD_OK);
  assert_true(a.cuts == 0 && a.stages == 0 && a.reagent == 0);
}

static void factor_of_one_is_refused(void **state) {
  (void)state;
  const double beta[2] = {1}, moles[2] = {1, 1};
  kd_train_input in;
  kd_train t;
  kd_error err = {0};
  chain_of(&in, 2, beta, moles);
  assert_int_equal(kd_train_design(&t, &in, &err), KD_E_RANGE);
  assert_non_null(strstr(err.text, "separation factor of Ce over La, 1: must be above 1"));
}

static void contents_close_and_hold_the_purity(void **state) {
  (void)state;
  const double oxide[5] = {0.003, 10, 0.4, 0, 250};
  for (int i = 0; i < 3; i++) {
    const double purity = (double[]){0.6, 0.99, 0.999999}[i];
    double content[25];
    kd_product_contents(content, oxide, 5, purity);
    for (size_t e = 0; e < 5; e++) {
      double column = 0, row = 0;
      for (size_t p = 0; p < 5; p++) {
        assert_true(content[p * 5 + e] >= 0);
        column += content[p * 5 + e];
        row += content[e * 5 + p];
      }
      assert_near(column, oxide[e], 1e-12 * 260);
      if (oxide[e] > 0) assert_true(content[e * 5 + e] >= purity * row * (1 - 1e-12));
    }
  }
  double alone;
  kd_product_contents(&alone, &oxide[1], 1, 0.9);
  assert_true(alone == 10);
}

static kd_status read_chain(kd_train_input *in, const char *csv, kd_error *err) {
  kd_context *ctx = NULL;
  kd_table *table = NULL;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  kd_status status = kd_table_parse(&table, ctx, "test.csv", csv, strlen(csv), NULL, NULL, err);
  if (status == KD_OK) status = kd_table_bind(table, "lighter, heavier, beta [1], status?", NULL, NULL, err);
  if (status == KD_OK) status = kd_separation_chain(in, table, 1, err);
  kd_table_destroy(&table);
  kd_context_destroy(&ctx);
  return status;
}

#define HEAD "lighter,heavier,beta [1]\nLa,Ce,6.83\nCe,Pr,2.03\nPr,Nd,1.55\nNd,Sm,10.6\nSm,Eu,2.34\nEu,Gd,1.46\n"
#define TAIL "Gd,Tb,5.8\nTb,Dy,2.82\nDy,Ho,2\nHo,Y,1.652\nY,Er,1.652\nEr,Tm,3.34\nTm,Yb,3.56\n"

static void tables_are_read_or_refused(void **state) {
  (void)state;
  kd_train_input in, built_in;
  kd_error err = {0};
  assert_int_equal(read_chain(&in, HEAD TAIL "Yb,Lu,1.78\n", &err), KD_OK);
  assert_int_equal(kd_separation_chain(&built_in, NULL, 1, &err), KD_OK);
  for (size_t k = 0; k < KD_REY; k++) {
    assert_int_equal(in.order[k], built_in.order[k]);
    if (k + 1 < KD_REY) assert_close(in.beta[k], built_in.beta[k], 1e-15);
  }
  assert_int_equal(read_chain(&in, HEAD TAIL, &err), KD_E_CONTRADICTION);
  assert_non_null(strstr(err.text, "13 rows"));
  assert_int_equal(read_chain(&in, HEAD TAIL "Tm,Lu,1.78\n", &err), KD_E_CONTRADICTION);
  assert_non_null(strstr(err.text, "row 14 does not go on from Yb"));
  assert_int_equal(read_chain(&in, HEAD TAIL "Yb,La,1.78\n", &err), KD_E_CONTRADICTION);
  assert_int_equal(read_chain(&in, HEAD TAIL "Yb,Xx,1.78\n", &err), KD_E_CONTRADICTION);
  assert_non_null(strstr(err.text, "\"Xx\""));
  assert_int_equal(read_chain(&in, HEAD TAIL "Yb,Lu,0.9\n", &err), KD_E_RANGE);
  assert_int_equal(read_chain(&in, HEAD TAIL "Yb,Lu,\n", &err), KD_E_RANGE);
}

static void shipped_tables_are_chains(void **state) {
  (void)state;
  const char *names[] = {"separation_factors.csv", "separation_factors_d2ehpa.csv"};
  for (size_t i = 0; i < 2; i++) {
    kd_context *ctx = NULL;
    kd_table *table = NULL;
    kd_error err = {0};
    kd_train_input in, built_in;
    char path[4096];
    snprintf(path, sizeof path, "%s/data/process/%s", KD_TEST_SOURCE, names[i]);
    assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
    if (kd_table_read(&table, ctx, path, NULL, NULL, &err) != KD_OK) fail_msg("%s", err.text);
    if (kd_table_bind(table, "lighter, heavier, beta [1], status?", NULL, NULL, &err) != KD_OK)
      fail_msg("%s", err.text);
    if (kd_separation_chain(&in, table, 1, &err) != KD_OK) fail_msg("%s", err.text);
    assert_int_equal(kd_separation_chain(&built_in, NULL, 1, &err), KD_OK);
    for (size_t k = 0; i == 0 && k + 1 < KD_REY; k++) assert_close(in.beta[k], built_in.beta[k], 1e-15);
    kd_table_destroy(&table);
    kd_context_destroy(&ctx);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sequence_is_the_cheapest),   cmocka_unit_test(absent_elements_are_left_out),
      cmocka_unit_test(factor_of_one_is_refused),   cmocka_unit_test(contents_close_and_hold_the_purity),
      cmocka_unit_test(tables_are_read_or_refused), cmocka_unit_test(shipped_tables_are_chains),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
