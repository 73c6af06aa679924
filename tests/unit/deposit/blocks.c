// SPDX-License-Identifier: Apache-2.0
#include "unit/deposit/fixture.h"

static void expect_refusal(const char *csv, double density, kd_status code, const char *text) {
  fixture f;
  kd_block_list list;
  fixture_open(&f);
  fixture_parse(&f, csv);
  assert_int_equal(kd_blocks_read(&list, f.table, 0.0, density, f.scratch, &f.err), code);
  if (strstr(f.err.text, text) == NULL) fail_msg("wanted '%s' in '%s'", text, f.err.text);
  fixture_close(&f);
}

/* Columns and squares are numbered in the order of the rows; units come from the header; tops stack up. */
static void reads_a_small_table(void **state) {
  fixture f;
  kd_block_list list;
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, "square,column [1],area [km2],thickness [m],density [t/m3],rey [ppm]\n"
                    "B1,7,2,1,0.5,1000\nB1,7,2,2,0.5,2000\nA1,9,1,1,,500\n");
  assert_int_equal(kd_blocks_read(&list, f.table, 30e-6, 600.0, f.scratch, &f.err), KD_OK);
  assert_int_equal(list.count, 3);
  assert_int_equal(list.columns, 2);
  assert_int_equal(list.squares, 2);
  assert_int_equal(list.block[1].column, 0);
  assert_int_equal(list.block[2].column, 1);
  assert_int_equal(list.block[2].square, 1);
  assert_near(list.block[1].top, 1.0, 0.0);
  assert_near(list.block[2].top, 0.0, 0.0);
  assert_near(list.block[2].density, 600.0, 0.0);
  assert_near(list.mass[1], 2e6 * 2.0 * 500.0, 0.0);
  assert_close(list.rey[1], 2000e-6, 1e-15);
  assert_near(list.grade[KD_SC][0], 30e-6, 0.0);
  fixture_close(&f);
}

static void refuses_bad_rows_by_line(void **state) {
  (void)state;
  expect_refusal("area [km2],thickness [m],density [t/m3],rey [ppm]\n1,1,0.5,100\n0,1,0.5,100\n", (double)NAN, KD_E_CSV,
                 "blocks.csv:3: area 0 km2: must be above 0 km2");
  expect_refusal("area [km2],thickness [m],density [t/m3],rey [ppm]\n1,-1,0.5,100\n", (double)NAN, KD_E_CSV,
                 "thickness -1 m");
  expect_refusal("area [km2],thickness [m],density [t/m3],rey [ppm]\n1,1,-0.5,100\n", (double)NAN, KD_E_CSV,
                 "density -0.5 t/m3");
  expect_refusal("area [km2],thickness [m],rey [ppm]\n1,1,100\n", (double)NAN, KD_E_MISSING, "no density");
  expect_refusal("area [km2],thickness [m],density [t/m3],rey [ppm]\n1,1,0.5,\n", (double)NAN, KD_E_CSV,
                 "blocks.csv:2: rey is missing");
  expect_refusal("area [km2],thickness [m],density [t/m3],rey [ppm]\n1,1,0.5,-5\n", (double)NAN, KD_E_CSV, "negative");
  expect_refusal("area [km2],thickness [m],density [t/m3],rey [ppm],grade_sc [ppm]\n1,1,0.5,5,-1\n", (double)NAN,
                 KD_E_CSV, "grade_sc is missing or negative");
}

static void refuses_a_half_list_of_elements(void **state) {
  (void)state;
  expect_refusal("area [km2],thickness [m],density [t/m3],grade_la [ppm],grade_y [ppm]\n1,1,0.5,100,100\n", (double)NAN,
                 KD_E_CSV, "2 of the 15");
  expect_refusal("area [km2],thickness [m],density [t/m3]\n1,1,0.5\n", (double)NAN, KD_E_CSV, "the column rey alone");
}

static void refuses_a_column_upside_down(void **state) {
  (void)state;
  expect_refusal("column [1],area [km2],top [m],thickness [m],density [t/m3],rey [ppm]\n"
                 "1,1,0,2,0.5,100\n1,1,1,2,0.5,100\n",
                 (double)NAN, KD_E_CSV, "top 1 m lies above the bottom of the block before it, 2 m");
}

/* The stage's own check tells of rows that do not stand together. */
static char told[256];
static void listen(const char *key, const char *message, void *user) {
  (void)key;
  (void)user;
  snprintf(told, sizeof told, "%s", message);
}

static void check_finds_scattered_columns(void **state) {
  fixture f;
  (void)state;
  fixture_open(&f);
  fixture_parse(&f, "column [1],area [km2],top [m],thickness [m],density [t/m3],rey [ppm]\n"
                    "1,1,0,2,0.5,100\n2,1,0,2,0.5,100\n1,1,2,2,0.5,100\n");
  kd_deposit_stage.check(&f.p, listen, NULL);
  assert_non_null(strstr(told, "column 1 do not stand together"));
  f.p.dry_density = 3000.0;
  fixture_parse(&f, "area [km2],thickness [m],rey [ppm]\n1,2,100\n");
  kd_deposit_stage.check(&f.p, listen, NULL);
  assert_non_null(strstr(told, "not below the grain density"));
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_a_small_table),
      cmocka_unit_test(refuses_bad_rows_by_line),
      cmocka_unit_test(refuses_a_half_list_of_elements),
      cmocka_unit_test(refuses_a_column_upside_down),
      cmocka_unit_test(check_finds_scattered_columns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
