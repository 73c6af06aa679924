// SPDX-License-Identifier: Apache-2.0
/* The writer's separators, lines and escapes, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "base/context.h"
#include "base/json.h"

static int make(void **state) {
  return kd_context_create((kd_context **)state, NULL) == KD_OK ? 0 : 1;
}

static int drop(void **state) {
  kd_context_destroy((kd_context **)state);
  return 0;
}

static void separators_stand_between_values_only(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  kd_json json = kd_json_start(&text);
  kd_json_open(&json, NULL, '{');
  kd_json_open(&json, "empty", '[');
  kd_json_close(&json, ']');
  kd_json_open(&json, "list", '[');
  kd_json_number(&json, NULL, 0.1);
  kd_json_number(&json, NULL, (double)NAN);
  kd_json_open(&json, NULL, '{');
  kd_json_close(&json, '}');
  kd_json_text(&json, NULL, "a \"b\"\n");
  kd_json_close(&json, ']');
  kd_json_flag(&json, "yes", true);
  kd_json_flag(&json, "no", false);
  kd_json_null(&json, "none");
  kd_json_count(&json, "all", UINT64_MAX);
  kd_json_close(&json, '}');
  assert_false(text.failed);
  assert_string_equal(text.bytes,
                      "{\"empty\": [], \"list\": [0.1, null, {}, \"a \\\"b\\\"\\n\"], \"yes\": true, \"no\": "
                      "false, \"none\": null, \"all\": 18446744073709551615}");
  kd_text_free(&text);
}

static void a_line_begins_where_it_is_asked_for(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  kd_json json = kd_json_start(&text);
  kd_json_open(&json, NULL, '[');
  for (int i = 0; i < 2; i++) {
    kd_json_line(&json);
    kd_json_count(&json, NULL, (unsigned long long)i);
  }
  kd_json_line(&json);
  kd_json_close(&json, ']');
  assert_string_equal(text.bytes, "[\n0,\n1\n]");
  kd_text_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(separators_stand_between_values_only, make, drop),
      cmocka_unit_test_setup_teardown(a_line_begins_where_it_is_asked_for, make, drop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
