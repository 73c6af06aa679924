// SPDX-License-Identifier: Apache-2.0
/* Changing a loaded scenario; a refused value leaves it as it was. */
#include "fixture.h"

static void test_accepted(void **state) {
  (void)state;
  kd_scenario *s = loaded(HEAD);
  char before[65];
  kd_error err = {0};
  memcpy(before, kd_scenario_hash(s), 65);
  assert_int_equal(kd_scenario_set(s, "lift.bore", "{uniform: [20, 30 cm]}", &err), KD_OK);
  assert_true(kd_scenario_find(s, "lift.bore")->random);
  assert_string_not_equal(before, kd_scenario_hash(s));
  assert_int_equal(kd_scenario_set(s, "sell.price.tb", "7 USD/kg", &err), KD_OK);
  assert_close(medians(s)->sell.price[1], 7, 1e-15);
  assert_true(kd_scenario_find(s, "lift.bore")->random); /* the first change is still there */
  assert_int_equal(kd_scenario_set(s, "lift.bore", "25 cm", &err), KD_OK);
  assert_int_equal(kd_scenario_set(s, "sell.price.tb", "{lognormal: [1000 USD/kg, 1.5]}", &err), KD_OK);
  assert_string_equal(before, kd_scenario_hash(s));
  assert_string_equal(kd_scenario_name(s), "test");
  kd_scenario_destroy(&s);
}

static void test_refused(void **state) {
  (void)state;
  static const struct {
    const char *key, *text;
    kd_status code;
    const char *says;
  } cases[] = {
      {"lift.bore", "3 m", KD_E_RANGE, "3 m: must be at most 2 m"},
      {"lift.bor", "1 m", KD_E_KEY, "did you mean bore?"},
      {"lift.bore", "1 kg", KD_E_DIMENSION, "length"},
      {"lift.bore", "{uniform: [1 m", KD_E_SYNTAX, "not closed"},
      {"lift.length", "1 km", KD_E_CONTRADICTION, "shorter than the water"},
      {"dig.rate", "5 t/day", KD_E_BASIS, "basis"},
      {"", "5", KD_E_SYNTAX, "key=value"},
      {"lift", "5", KD_E_TYPE, "map"},
      {"lift.start", "2019-12-31", KD_E_RANGE, "2019-12-31: must be at least 2020-01-01"},
  };
  kd_scenario *s = loaded(HEAD);
  char before[65];
  memcpy(before, kd_scenario_hash(s), 65);
  const kd_slot *slot = kd_scenario_find(s, "lift.bore");
  for (size_t i = 0; i < KD_COUNT(cases); i++) {
    kd_error err = {0};
    assert_int_equal(kd_scenario_set(s, cases[i].key, cases[i].text, &err), cases[i].code);
    assert_int_equal(err.code, cases[i].code);
    if (strstr(err.text, cases[i].says) == NULL) fail_msg("%s: %s", cases[i].key, err.text);
    assert_string_equal(before, kd_scenario_hash(s));
    assert_ptr_equal(slot, kd_scenario_find(s, "lift.bore"));
    assert_int_equal(kd_scenario_set(s, cases[i].key, cases[i].text, NULL), cases[i].code);
  }
  kd_scenario_destroy(&s);
}

/* The place of a contradiction is that of the key to change, in the file here. */
static void test_refusal_names_the_file(void **state) {
  (void)state;
  kd_scenario *s = loaded(HEAD);
  kd_error err = {0};
  assert_int_equal(kd_scenario_set(s, "lift.depth", "7 km", &err), KD_E_CONTRADICTION);
  assert_non_null(strstr(err.text, "test.yaml:2:16: the string is shorter"));
  kd_scenario_destroy(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused),
                                     cmocka_unit_test(test_refusal_names_the_file)};
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
