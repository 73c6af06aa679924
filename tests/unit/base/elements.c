// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

#include "base/elements.h"

/* Element-to-oxide factors as tabulated in rare-earth practice (four decimals). */
static void oxide_factors(void **state) {
  (void)state;
  const double printed[KD_REY] = {1.1728, 1.2284, 1.2082, 1.1664, 1.1596, 1.1579, 1.1526, 1.1762,
                                  1.1477, 1.1455, 1.1435, 1.1421, 1.1387, 1.1372, 1.2699};
  for (int i = 0; i < KD_REY; i++) assert_near(kd_oxide_factor((kd_element_id)i), printed[i], 6e-5);
  assert_near(kd_oxide_factor(KD_SC), 1.5338, 6e-5);
}

static void found_by_any_case(void **state) {
  (void)state;
  assert_int_equal(kd_element_find("Tb"), KD_TB);
  assert_int_equal(kd_element_find("tb"), KD_TB);
  assert_int_equal(kd_element_find("Y"), KD_Y);
  assert_int_equal(kd_element_find("yb"), KD_YB);
  assert_int_equal(kd_element_find("Pm"), -1);
  assert_int_equal(kd_element_find(""), -1);
}

static void heavy_and_light(void **state) {
  (void)state;
  int heavy = 0;
  for (int i = 0; i < KD_REY; i++) heavy += kd_elements[i].heavy ? 1 : 0;
  assert_int_equal(heavy, 10); /* Eu..Lu and Y */
  assert_false(kd_elements[KD_SM].heavy);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(oxide_factors), cmocka_unit_test(found_by_any_case),
                                     cmocka_unit_test(heavy_and_light)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
