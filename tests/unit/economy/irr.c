// SPDX-License-Identifier: Apache-2.0
/* All rates of return: polynomials built from chosen roots give those roots back, whatever their number. */
#include "support/check.h"

#include "economy/finance.h"
#include "economy/irr.h"

/* Flows whose present value is sign x prod (1 - x (1 + r_i)) with x = 1/(1+r): zero at every r_i. */
static size_t flows_with_roots(double *flow, const double *rate, size_t count, double sign) {
  flow[0] = sign;
  for (size_t n = 0; n < count; n++) {
    flow[n + 1] = 0;
    for (size_t t = n + 1; t > 0; t--) flow[t] -= flow[t - 1] * (1 + rate[n]);
  }
  return count + 1;
}

static void one_root(void **state) {
  (void)state;
  const double flow[] = {-1000, 300, 300, 300, 300, 300};
  kd_irr irr;
  kd_irr_all(&irr, flow, 6);
  assert_int_equal(irr.count, 1);
  assert_int_equal(irr.sign_changes, 1);
  assert_near(kd_npv(irr.rate[0], flow, 6, KD_TIMING_END), 0, 1e-10);
  assert_near(irr.rate[0], 0.152382371, 1e-8); /* (P/A, i, 5) = 10/3 */
}

static void no_root(void **state) {
  (void)state;
  const double paid[] = {-1, -2, -3}, nothing[] = {0, 0, 0}, above[] = {1, -2, 1.5};
  kd_irr irr;
  kd_irr_all(&irr, paid, 3);
  assert_int_equal(irr.count, 0);
  kd_irr_all(&irr, nothing, 3);
  assert_int_equal(irr.count, 0);
  kd_irr_all(&irr, above, 3); /* x2 1.5 - 2x + 1 has no real root */
  assert_int_equal(irr.count, 0);
  assert_int_equal(irr.sign_changes, 2);
}

static void two_and_more_roots(void **state) {
  (void)state;
  const double sets[][5] = {{0.25, 4.0, (double)NAN, (double)NAN, (double)NAN},
                            {-0.5, 0.1, (double)NAN, (double)NAN, (double)NAN},
                            {0, 0.1, 0.2, (double)NAN, (double)NAN},
                            {-0.9, -0.2, 0.07, 0.5, (double)NAN},
                            {-0.3, 0.01, 0.1, 1.0, 8.0}};
  for (size_t s = 0; s < 5; s++) {
    double flow[8];
    size_t count = 0;
    while (count < 5 && !isnan(sets[s][count])) count++;
    for (int side = -1; side <= 1; side += 2) {
      kd_irr irr;
      kd_irr_all(&irr, flow, flows_with_roots(flow, sets[s], count, side));
      assert_int_equal(irr.count, count);
      for (size_t i = 0; i < count; i++) assert_near(irr.rate[i], sets[s][i], 1e-9 * (1 + fabs(sets[s][i])));
    }
  }
}

static void double_root_is_one(void **state) {
  (void)state;
  const double flow[] = {1, -2.2, 1.21};
  kd_irr irr;
  kd_irr_all(&irr, flow, 3);
  assert_true(irr.count <= 2); /* rounding may part it by about 1e-8 */
  assert_true(irr.count >= 1);
  for (size_t i = 0; i < irr.count; i++) assert_near(irr.rate[i], 0.1, 1e-6);
}

/* A mine: 3 years of building, 40 of profit, a closing cost that turns the sum. */
static void long_life_with_closing_cost(void **state) {
  (void)state;
  double flow[45];
  for (size_t t = 0; t < 45; t++) flow[t] = t == 0 ? 0 : t <= 3 ? -100 : 40;
  flow[44] = -200;
  kd_irr irr;
  kd_irr_all(&irr, flow, 45);
  assert_int_equal(irr.sign_changes, 2);
  assert_int_equal(irr.count, 2);
  assert_true(irr.rate[0] < 0 && irr.rate[1] > 0);
  assert_near(kd_npv(irr.rate[1], flow, 45, KD_TIMING_END), 0, 1e-9);
}

static void leading_and_trailing_zeros(void **state) {
  (void)state;
  const double flow[] = {0, 0, -100, 110, 0, 0};
  kd_irr irr;
  kd_irr_all(&irr, flow, 6);
  assert_int_equal(irr.count, 1);
  assert_near(irr.rate[0], 0.1, 1e-14);
}

static void extreme_rates(void **state) {
  (void)state;
  const double high[] = {-1, 1001}, low[] = {-1000, 1};
  kd_irr irr;
  kd_irr_all(&irr, high, 2);
  assert_close(irr.rate[0], 1000, 1e-12);
  kd_irr_all(&irr, low, 2);
  assert_close(irr.rate[0], -0.999, 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(one_root),
                                     cmocka_unit_test(no_root),
                                     cmocka_unit_test(two_and_more_roots),
                                     cmocka_unit_test(double_root_is_one),
                                     cmocka_unit_test(long_life_with_closing_cost),
                                     cmocka_unit_test(leading_and_trailing_zeros),
                                     cmocka_unit_test(extreme_rates)};
  return cmocka_run_group_tests_name("unit/economy/irr", tests, NULL, NULL);
}
