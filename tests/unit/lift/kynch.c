// SPDX-License-Identifier: Apache-2.0
/* Batch settling: solids are conserved by the closed form at every time, against quadrature of the fan. */
#include "support/check.h"

#include "lift/kynch.h"

/* Solids [m] in the column at a time: below the interface, uniform above the front, the fan below it. */
static double solids_in_column(const kd_batch *b, const kd_batch_state *s, double time) {
  const double top = fmin(s->interface, s->front);
  double sum = s->interface > s->front ? (s->interface - s->front) * b->solids : 0;
  /* The fan: z = -G'(c) t between c = s->tangent or s->below at the top and the packing at the floor. Integral of c dz
   * = [c z] + integral of z dc from the top's c to the packing. */
  const double c1 = s->interface > s->front ? s->tangent : s->below;
  const int n = 20000;
  double inside = 0, slope;
  for (int i = 0; i <= n; i++) {
    const double c = c1 + (b->packing - c1) * i / n;
    kd_batch_flux(&slope, b, c);
    inside += -slope * time * (i == 0 || i == n ? 1 : i % 2 ? 4 : 2);
  }
  return sum + c1 * top + inside * (b->packing - c1) / n / 3;
}

static void solids_are_conserved(void **state) {
  (void)state;
  static const kd_batch column[] = {{1.0, 0.05, 1e-3, 0.6, 4.65},
                                    {3.0, 0.2, 5e-3, 1.0, 4.65},
                                    {2.0, 0.45, 1e-3, 0.6, 3.0},
                                    {0.4, 0.01, 1e-4, 0.35, 5.5},
                                    {1.0, 0.3, 1e-2, 0.62, 2.0}};
  for (size_t i = 0; i < sizeof column / sizeof column[0]; i++) {
    kd_batch_state s, at;
    assert_int_equal(kd_batch_at(&s, &column[i], 0), KD_OK);
    for (double t = 0.1; t < 30; t *= 1.7) {
      const double time = t * s.end_of_constant;
      assert_int_equal(kd_batch_at(&at, &column[i], time), KD_OK);
      assert_close(solids_in_column(&column[i], &at, time), column[i].solids * column[i].height, 1e-6);
      assert_true(at.interface >= at.final_height && at.interface <= column[i].height);
    }
    /* Interface and share are continuous where the front arrives; both tend to the bed. */
    assert_int_equal(kd_batch_at(&s, &column[i], s.end_of_constant * (1 - 1e-12)), KD_OK);
    assert_int_equal(kd_batch_at(&at, &column[i], s.end_of_constant * (1 + 1e-12)), KD_OK);
    assert_close(at.interface, s.interface, 1e-9);
    assert_close(at.below, s.tangent, 1e-6);
    assert_int_equal(kd_batch_at(&at, &column[i], 1e9 * s.end_of_constant), KD_OK);
    assert_close(at.interface, s.final_height, 1e-2);
  }
}

/* n = 1: one shock, everything in one line: closed by hand. */
static void linear_hindrance_is_one_shock(void **state) {
  (void)state;
  const kd_batch b = {1.0, 0.1, 1e-3, 0.5, 1.0};
  kd_batch_state s;
  assert_int_equal(kd_batch_at(&s, &b, 500), KD_OK);
  assert_close(s.interface, 1 - 0.8e-3 * 500, 1e-12);
  assert_close(s.front, 0.1 * 0.8e-3 / 0.4 * 500, 1e-12);
  assert_close(s.end_of_constant, 1000, 1e-12);
  assert_int_equal(kd_batch_at(&s, &b, 2000), KD_OK);
  assert_close(s.interface, 0.2, 1e-12);
}

static void what_is_no_column_is_refused(void **state) {
  (void)state;
  kd_batch_state s;
  assert_int_equal(kd_batch_at(&s, &(kd_batch){1, 0.7, 1e-3, 0.6, 4}, 1), KD_E_RANGE);
  assert_int_equal(kd_batch_at(&s, &(kd_batch){1, 0.1, 1e-3, 0.6, 0.5}, 1), KD_E_RANGE);
  assert_int_equal(kd_batch_at(&s, &(kd_batch){1, 0.1, 1e-3, 0.6, 4}, -1), KD_E_RANGE);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(solids_are_conserved),
                                     cmocka_unit_test(linear_hindrance_is_one_shock),
                                     cmocka_unit_test(what_is_no_column_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
