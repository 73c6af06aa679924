// SPDX-License-Identifier: Apache-2.0
#include "mineplan/head.h"

#include <string.h>

#include "support/check.h"

/* Share of a fine raster of one cell that lies within half a diameter of a lattice point. */
static double raster_coverage(kd_pattern pattern, double s, int n) {
  const double h = pattern == KD_PATTERN_HEXAGONAL ? s * sqrt(3.0) / 2.0 : s;
  long in = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      const double y = (j + 0.5) / n * h;
      const double lean = pattern == KD_PATTERN_HEXAGONAL ? 0.5 * s * y / h : 0.0;
      const double x = (i + 0.5) / n * s + lean; /* the cell is a parallelogram */
      int hit = 0;
      for (int b = -1; b <= 2 && !hit; b++) {
        for (int a = -2; a <= 2 && !hit; a++) {
          const double cx = a * s + (pattern == KD_PATTERN_HEXAGONAL ? 0.5 * s * b : 0.0), cy = b * h;
          hit = (x - cx) * (x - cx) + (y - cy) * (y - cy) <= 0.25;
        }
      }
      in += hit;
    }
  }
  return (double)in / ((double)n * n);
}

/* Lens formula against counting points, through all of its branches. */
static void coverage_is_that_of_a_raster(void **state) {
  const double spacing[] = {0.5, 0.72, 0.8, 0.88, 0.95, 1.0, 1.1, 1.6};
  (void)state;
  for (size_t i = 0; i < sizeof spacing / sizeof spacing[0]; i++) {
    for (int pattern = 0; pattern < 2; pattern++) {
      const double s = spacing[i];
      assert_near(kd_packing_coverage((kd_pattern)pattern, s), raster_coverage((kd_pattern)pattern, s, 600), 2e-3);
    }
  }
}

/* Coverage is continuous where its branches meet. */
static void branches_meet(void **state) {
  (void)state;
  for (int pattern = 0; pattern < 2; pattern++) {
    const double full = pattern == KD_PATTERN_HEXAGONAL ? sqrt(3.0) / 2.0 : sqrt(0.5);
    assert_near(kd_packing_coverage((kd_pattern)pattern, full * (1.0 + 1e-12)), 1.0, 1e-10);
    assert_near(kd_packing_coverage((kd_pattern)pattern, 1.0 - 1e-12), kd_packing_coverage((kd_pattern)pattern, 1.0),
                1e-10);
  }
}

/* Whatever the pattern and the number of heads, the cycle delivers the rate wanted. */
static void cycle_delivers_the_rate(void **state) {
  (void)state;
  for (int i = 1; i < 200; i++) {
    kd_head_cycle c;
    const double rate = 0.3 * i, won = 24e3;
    assert_int_equal(kd_head_cycle_from(&c, rate, won, 3600.0, 3600.0, (double)NAN, NULL), KD_OK);
    assert_close(c.heads * won / c.cycle, rate, 1e-12);
    assert_close(c.rate * c.cutting, c.heads * won, 1e-12);
    assert_true(c.cutting >= 3600.0 * (1.0 - 1e-6));
    assert_true(c.heads < 1.5 || (c.heads - 1.0) * c.possible < c.wanted);
  }
}

static void too_few_heads_are_refused(void **state) {
  kd_head_cycle c;
  kd_error err = {0};
  (void)state;
  assert_int_equal(kd_head_cycle_from(&c, 1440e3 / 86400.0, 24e3, 3600.0, 3600.0, 4.0, &err), KD_E_INFEASIBLE);
  assert_non_null(strstr(err.text, "5 heads are needed"));
  assert_int_equal(kd_head_cycle_from(&c, 1440e3 / 86400.0, 24e3, 3600.0, 3600.0, 5.0, &err), KD_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(coverage_is_that_of_a_raster),
      cmocka_unit_test(branches_meet),
      cmocka_unit_test(cycle_delivers_the_rate),
      cmocka_unit_test(too_few_heads_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
