// SPDX-License-Identifier: Apache-2.0
/* Leontief's model against the textbook pair, its own identities, and tables that cannot be. */
#include <string.h>

#include "support/check.h"

#include "supply/leontief.h"

/* Miller and Blair 2009, section 2.2: A = (0.15 0.25; 0.20 0.05), f = (600, 1500): x = (1247.5, 1841.6). */
static void textbook_pair(void **state) {
  (void)state;
  double a[] = {0.15, 0.25, 0.20, 0.05}, x[] = {600, 1500};
  kd_error err = {0};
  assert_int_equal(kd_leontief_solve(x, a, 2, &err), KD_OK);
  assert_near(x[0], 1247.5, 0.05);
  assert_near(x[1], 1841.6, 0.05);
}

/* x = A x + f for a table of 60 sectors made by a fixed rule; rows that need a pivot too. */
static void balance_of_a_large_table(void **state) {
  (void)state;
  enum { N = 60 };
  static double a[N * N], copy[N * N];
  double x[N], f[N];
  kd_error err = {0};
  for (int i = 0; i < N; i++) {
    f[i] = 10 + i % 7;
    for (int j = 0; j < N; j++) a[i * N + j] = (double)((i * 37 + j * 11) % 23) / 23 * 0.02;
  }
  memcpy(copy, a, sizeof a), memcpy(x, f, sizeof f);
  assert_int_equal(kd_leontief_solve(x, a, N, &err), KD_OK);
  for (int i = 0; i < N; i++) {
    double sum = f[i];
    for (int j = 0; j < N; j++) sum += copy[i * N + j] * x[j];
    assert_close(sum, x[i], 1e-12);
  }
}

static void nothing_left_to_sell(void **state) {
  (void)state;
  double a[] = {1, 0, 0, 0.5}, x[] = {1, 1};
  kd_error err = {0};
  assert_int_equal(kd_leontief_solve(x, a, 2, &err), KD_E_MODEL);
  assert_non_null(strstr(err.text, "singular at sector 1"));
}

static void kernel_over_tables(void **state) {
  (void)state;
  kd_work work = {0};
  kd_error err = {0};
  kd_table *coefficients = NULL, *demand = NULL, *out = NULL;
  assert_int_equal(kd_context_create(&work.ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&work.scratch, work.ctx), KD_OK);
  work.err = &err;
  const char *pairs = "from [1],to [1],coefficient [1]\n1,1,0.15\n1,2,0.25\n2,1,0.2\n2,2,0.05\n";
  const char *final = "sector [1],demand [1],value_added [1]\n1,600,0.65\n2,1500,0.7\n";
  assert_int_equal(kd_table_parse(&coefficients, work.ctx, "a", pairs, strlen(pairs), NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_table_parse(&demand, work.ctx, "f", final, strlen(final), NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_table_bind(coefficients, kd_leontief_data[0].columns, NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_table_bind(demand, kd_leontief_data[1].columns, NULL, NULL, &err), KD_OK);
  const kd_table *data[] = {coefficients, demand};
  if (kd_leontief_kernel(&out, data, NULL, &work) != KD_OK) fail_msg("%s", err.text);
  /* Value added equals final demand when the rest of each column is value added: v = 1 - column sum. */
  assert_close(out->column[2].number[0] + out->column[2].number[1], 2100, 1e-12);
  kd_table_destroy(&out);
  coefficients->column[0].number[0] = 3;
  assert_int_equal(kd_leontief_kernel(&out, data, NULL, &work), KD_E_RANGE);
  assert_null(out);
  kd_table_destroy(&coefficients);
  kd_table_destroy(&demand);
  kd_arena_destroy(&work.scratch);
  kd_context_destroy(&work.ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(textbook_pair), cmocka_unit_test(balance_of_a_large_table),
                                     cmocka_unit_test(nothing_left_to_sell), cmocka_unit_test(kernel_over_tables)};
  return cmocka_run_group_tests_name("unit/supply/leontief", tests, NULL, NULL);
}
