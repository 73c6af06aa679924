// SPDX-License-Identifier: Apache-2.0
/* How diagnostics are kept, sorted and shown. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

static kd_diagnostics *refused(const char *text, size_t count, const char *const *sets, size_t set_count) {
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  assert_int_not_equal(
      kd_scenario_load_bytes(&s, fixture_ctx, &fake_list, "trial.yaml", text, count, sets, set_count, &all), KD_OK);
  assert_null(s);
  assert_non_null(all);
  return all;
}

static void shows(const kd_diagnostics *all, bool colour, const char *wanted) {
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  kd_diagnostics_write(&text, all, colour);
  assert_string_equal(text.bytes, wanted);
  kd_text_free(&text);
}

static void test_line_and_caret(void **state) {
  (void)state;
  static const char text[] = "kaidei: 1\nlift:\n  length: 6 km\n  bore: 0.25 kg\n";
  kd_diagnostics *all = refused(text, sizeof text - 1, NULL, 0);
  shows(all, false,
        "trial.yaml:4:14: error: 0.25 kg is a mass: a length is wanted, such as m or km [lift.bore]\n"
        "     4 |   bore: 0.25 kg\n"
        "       |              ^\n"
        "1 error\n");
  shows(all, true,
        "\033[1mtrial.yaml:4:14: \033[0m\033[1;31merror: \033[0m\033[1m0.25 kg is a mass: a length is wanted, such as "
        "m or "
        "km\033[0m [lift.bore]\n"
        "     4 |   bore: 0.25 kg\n"
        "       |              \033[32m^\033[0m\n"
        "1 error\n");
  kd_diagnostics_destroy(&all);
}

static void test_hint(void **state) {
  (void)state;
  static const char text[] = "kaidei: 1\nlift:\n  length: 6 km\n  bor: 0.25 m\n";
  kd_diagnostics *all = refused(text, sizeof text - 1, NULL, 0);
  shows(all, false,
        "trial.yaml:4:3: error: lift has no key bor [lift.bor]\n"
        "     4 |   bor: 0.25 m\n"
        "       |   ^\n"
        "  hint: did you mean bore?\n"
        "1 error\n");
  kd_diagnostics_destroy(&all);
}

/* Wide characters take two cells, combining marks none, tabs run to the next stop; columns count characters. */
static void test_caret_under_wide_text(void **state) {
  (void)state;
  static const char text[] = "kaidei: 1\nlift: {length: 6 km, method: {source: \"海泥 e\xCC\x81\tx\", value: pump}}\n";
  kd_diagnostics *all = refused(text, sizeof text - 1, NULL, 0);
  shows(all, false,
        "trial.yaml:2:57: error: pump is not one of closed_circuit|air_lift [lift.method]\n"
        "     2 | lift: {length: 6 km, method: {source: \"海泥 e\xCC\x81   x\", value: pump}}\n"
        "       |                                                            ^\n"
        "  hint: known are closed_circuit|air_lift\n"
        "1 error\n");
  kd_diagnostics_destroy(&all);
}

static void test_assignment(void **state) {
  (void)state;
  static const char text[] = "kaidei: 1\nlift: {length: 6 km}\n";
  const char *const sets[] = {"sell.price.tb=1100 USD/kq"};
  kd_diagnostics *all = refused(text, sizeof text - 1, sets, 1);
  const kd_diagnostic *d = kd_diagnostics_get(all, 0);
  assert_string_equal(d->file, "");
  assert_int_equal(d->column, 24);
  kd_text shown;
  kd_text_init(&shown, fixture_ctx);
  kd_diagnostics_write(&shown, all, false);
  assert_non_null(strstr(shown.bytes, "--set sell.price.tb=1100 USD/kq:24: error: "));
  kd_text_free(&shown);
  kd_diagnostics_destroy(&all);
}

static void test_json(void **state) {
  (void)state;
  static const char text[] = "kaidei: 2\nlift:\n  length: 6 km\n  bor: \"a\\\"b\"\n  bore: {normal: [0.5 m, 0.3 m]}\n";
  kd_diagnostics *all = refused(text, sizeof text - 1, NULL, 0);
  kd_text out;
  kd_text_init(&out, fixture_ctx);
  kd_diagnostics_write_json(&out, all);
  json_t *json = json_loads(out.bytes, 0, NULL);
  assert_non_null(json);
  assert_int_equal(json_integer_value(json_object_get(json, "errors")), 2);
  assert_int_equal(json_integer_value(json_object_get(json, "warnings")), 1);
  const json_t *second = json_array_get(json_object_get(json, "diagnostics"), 1);
  assert_string_equal(json_string_value(json_object_get(second, "code")), "KD_E_KEY");
  assert_string_equal(json_string_value(json_object_get(second, "hint")), "did you mean bore?");
  assert_string_equal(json_string_value(json_object_get(second, "file")), "trial.yaml");
  assert_int_equal(json_integer_value(json_object_get(second, "line")), 4);
  json_decref(json);
  kd_text_free(&out);
  kd_diagnostics_destroy(&all);
}

/* 200 are kept, the rest is counted; the first is still the first. */
static void test_many(void **state) {
  (void)state;
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  kd_text_add(&text, "kaidei: 1\nlift:\n  length: 6 km\n");
  for (int i = 0; i < 350; i++) kd_text_printf(&text, "  wrong_%d: 1\n", i);
  kd_diagnostics *all = refused(text.bytes, text.length, NULL, 0);
  assert_int_equal(kd_diagnostics_count(all), KD_DIAGNOSTICS_MAX);
  assert_int_equal(kd_diagnostics_errors(all), 350);
  assert_int_equal(kd_diagnostics_more(all), 150);
  assert_string_equal(kd_diagnostics_get(all, 0)->key, "lift.wrong_0");
  assert_null(kd_diagnostics_get(all, KD_DIAGNOSTICS_MAX));
  kd_text out;
  kd_text_init(&out, fixture_ctx);
  kd_diagnostics_write(&out, all, false);
  assert_non_null(strstr(out.bytes, "and 150 more\n350 errors\n"));
  kd_text_free(&out);
  kd_text_free(&text);
  kd_diagnostics_destroy(&all);
}

static void test_nothing(void **state) {
  (void)state;
  assert_int_equal(kd_diagnostics_count(NULL), 0);
  assert_int_equal(kd_diagnostics_errors(NULL), 0);
  assert_null(kd_diagnostics_get(NULL, 0));
  kd_diagnostics *none = NULL;
  kd_diagnostics_destroy(&none);
  kd_diagnostics_destroy(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_line_and_caret), cmocka_unit_test(test_hint), cmocka_unit_test(test_caret_under_wide_text),
      cmocka_unit_test(test_assignment),     cmocka_unit_test(test_json), cmocka_unit_test(test_many),
      cmocka_unit_test(test_nothing),
  };
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
