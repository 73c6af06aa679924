// SPDX-License-Identifier: Apache-2.0
/* The shipped table against what is printed: a check of the generator, for the table is a reconstruction from published
 * statistics and says nothing that they do not say. */
#include <stdlib.h>

#include "unit/deposit/fixture.h"

/* Takaya et al. 2018: over 16 Mt REO, 964 ppm, 2,499 km2; best square of 105 km2 with 1.2 Mt REO; 44 % Y and HREE. */
static void totals_are_the_printed_ones(void **state) {
  fixture f;
  kd_deposit_result r;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  assert_int_equal(kd_deposit_run(&r, &f.p, &f.work), KD_OK);
  assert_true(r.reo > 16.0e9 && r.reo < 16.6e9);
  assert_near(r.mean_grade * 1e6, 964.0, 1.0);
  assert_near(r.area * 1e-6, 2499.0, 0.01);
  assert_near(r.best_square_reo * 1e-9, 1.2, 0.03);
  assert_near(r.best_square_area * 1e-6, 105.0, 0.1);
  assert_near(r.heavy_share, 0.44, 0.01);
  assert_near(r.dry_density, 560.0, 1e-6);
  fixture_close(&f);
}

/* The belt lies in the north-west at 5-7 mbsf over more than 400 km2, and no block is above 7,900 ppm. */
static void belt_lies_where_it_is_said_to(void **state) {
  fixture f;
  kd_block_list list;
  double high = 0.0, west = 0.0, north = 0.0, peak = 0.0;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  assert_int_equal(kd_blocks_read(&list, f.table, 0.0, (double)NAN, f.scratch, &f.err), KD_OK);
  assert_int_equal(list.squares, 24);
  assert_int_equal(list.columns, 96);
  for (size_t i = 0; i < list.count; i++) {
    const kd_block *b = &list.block[i];
    peak = list.rey[i] > peak ? list.rey[i] : peak;
    if (b->top < 4.5 || b->top > 5.5 || list.rey[i] + list.rey[i + 1] < 4000e-6) continue;
    high += b->area;
    west += b->area * b->x;
    north += b->area * b->y;
  }
  assert_true(high > 400e6 && high < 1000e6);
  assert_true(west / high < 30.6e3);
  assert_true(north / high > 20.4e3);
  assert_true(peak < 7900e-6 && peak > 3000e-6);
  fixture_close(&f);
}

/* It names itself a reconstruction, in its source and in its notes. */
static void table_says_what_it_is(void **state) {
  fixture f;
  (void)state;
  fixture_open(&f);
  fixture_ship(&f);
  assert_non_null(strstr(f.table->source, "reconstruction from published statistics"));
  assert_non_null(strstr(f.table->note, "RECONSTRUCTION"));
  fixture_close(&f);
}

/* The generator writes these bytes again, and holds them against the same bars in another language. */
static void generator_agrees(void **state) {
  (void)state;
  if (system("python3 -c '' >/dev/null 2>&1") != 0) skip();
  assert_int_equal(system("python3 '" KD_TEST_SOURCE "/tools/make-minamitorishima.py' --check >/dev/null"), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(totals_are_the_printed_ones),
      cmocka_unit_test(belt_lies_where_it_is_said_to),
      cmocka_unit_test(table_says_what_it_is),
      cmocka_unit_test(generator_agrees),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
