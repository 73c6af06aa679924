// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"

static int make(void **state) {
  return kd_context_create((kd_context **)state, NULL) == KD_OK ? 0 : 1;
}

static int drop(void **state) {
  kd_context_destroy((kd_context **)state);
  return 0;
}

static void grows_and_stays_terminated(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  assert_null(text.bytes);
  for (int i = 0; i < 1000; ++i) kd_text_printf(&text, "%d,", i);
  assert_int_equal(text.length, 10 * 2 + 90 * 3 + 900 * 4);
  assert_int_equal(strlen(text.bytes), text.length);
  kd_text_add_bytes(&text, "", 0);
  kd_text_add(&text, "end");
  assert_string_equal(text.bytes + text.length - 3, "end");
  assert_false(text.failed);
  kd_text_free(&text);
  assert_null(text.bytes);
  kd_text_free(NULL);
}

static void numbers_are_short_or_null(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  const double values[] = {0.1, (double)NAN, (double)INFINITY, 1e300, -3};
  for (size_t i = 0; i < 5; ++i) {
    kd_text_add_number(&text, values[i]);
    kd_text_add(&text, " ");
  }
  assert_string_equal(text.bytes, "0.1 null null 1e300 -3 ");
  kd_text_free(&text);
}

static void json_is_escaped(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  kd_text_add_json(&text, NULL);
  kd_text_add_json(&text, "");
  kd_text_add_json(&text, "a\"b\\c\b\f\n\r\t\x01\x1f\x7f/<b></script><!--\xC2\xB5\xE2\x82\xAC\xF0\x9F\x8C\x8A");
  kd_text_add_json(&text, "\xff x \xC3");
  assert_string_equal(text.bytes,
                      "null\"\"\"a\\\"b\\\\c\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f/<b>\\u003c/script>\\u003c!--"
                      "\xC2\xB5\xE2\x82\xAC\xF0\x9F\x8C\x8A\"\"\xEF\xBF\xBD x \xEF\xBF\xBD\"");
  kd_text_free(&text);
}

static void html_is_escaped(void **state) {
  kd_text text;
  kd_text_init(&text, *state);
  kd_text_add_html(&text, NULL);
  kd_text_add_html(&text, "<a href=\"x\">&'\xC2\xB5\xff");
  assert_string_equal(text.bytes, "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\xC2\xB5\xEF\xBF\xBD");
  kd_text_free(&text);
}

/* Unicode 15, table 3-7: the borders of well-formed sequences. */
static void utf8_borders(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t valid;
  } cases[] = {{"abc", 3},
               {"\xC2\x80", 2},
               {"\xDF\xBF", 2},
               {"\xE0\xA0\x80", 3},
               {"\xEF\xBF\xBF", 3},
               {"\xED\x9F\xBF", 3},
               {"\xEE\x80\x80", 3},
               {"\xF0\x90\x80\x80", 4},
               {"\xF4\x8F\xBF\xBF", 4},
               {"a\xC1\xBF", 1},
               {"\xC0\x80", 0},
               {"\xE0\x9F\xBF", 0},
               {"\xED\xA0\x80", 0},
               {"\xF0\x8F\xBF\xBF", 0},
               {"\xF4\x90\x80\x80", 0},
               {"\xF5\x80\x80\x80", 0},
               {"\x80", 0},
               {"a\xE2\x82", 1},
               {"\xF0\x90\x80", 0},
               {"\xE2\x28\xA1", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    assert_int_equal(kd_utf8_check(cases[i].bytes, strlen(cases[i].bytes)), cases[i].valid);
  }
  assert_int_equal(kd_utf8_check("a\0b", 3), 3);
}

static void foreign_text_is_clipped(void **state) {
  (void)state;
  char out[12];
  kd_text_clip(out, sizeof out, "short", 5);
  assert_string_equal(out, "short");
  kd_text_clip(out, sizeof out, "a\nb\x7f\xff", 5);
  assert_string_equal(out, "a?b??");
  kd_text_clip(out, sizeof out, "abcdefghijklmnop", 16);
  assert_string_equal(out, "abcdefgh...");
  kd_text_clip(out, sizeof out, "abcdefg\xC2\xB5xyz", 12);
  assert_string_equal(out, "abcdefg...");
  kd_text_clip(out, sizeof out, "", 0);
  assert_string_equal(out, "");
}

static void edit_distances(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    size_t limit, distance;
  } cases[] = {{"", "", 2, 0},
               {"a", "", 2, 1},
               {"kitten", "sitting", 5, 3},
               {"kitten", "sitting", 2, 3},
               {"ab", "ba", 2, 1},
               {"rate", "rtae", 2, 1},
               {"gradee", "grade", 2, 1},
               {"abc", "abcdefgh", 2, 3},
               {"ca", "abc", 3, 3},
               {"depth", "depth", 0, 0},
               {"x", "y", 0, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    assert_int_equal(kd_edit_distance(cases[i].a, cases[i].b, cases[i].limit), cases[i].distance);
    assert_int_equal(kd_edit_distance(cases[i].b, cases[i].a, cases[i].limit), cases[i].distance);
  }
  char longer[200];
  memset(longer, 'a', sizeof longer - 1);
  longer[sizeof longer - 1] = '\0';
  assert_int_equal(kd_edit_distance(longer, longer, 3), 4);
}

static void *refuse(size_t bytes, void *user) {
  int *left = user;
  if (--*left < 0) return NULL;
  return malloc(bytes);
}

static void *refuse_more(void *memory, size_t bytes, void *user) {
  int *left = user;
  if (--*left < 0) return NULL;
  return realloc(memory, bytes);
}

static void release(void *memory, void *user) {
  (void)user;
  free(memory);
}

/* Without memory the text is marked as incomplete and stays safe to use. */
static void lack_of_memory_is_kept(void **state) {
  (void)state;
  int left = 100;
  kd_allocator allocator = {refuse, refuse_more, release, &left};
  kd_context_options options = {.size = sizeof options, .allocator = &allocator};
  kd_context *ctx;
  kd_text text;
  assert_int_equal(kd_context_create(&ctx, &options), KD_OK);
  kd_text_init(&text, ctx);
  kd_text_add(&text, "ok");
  left = 0;
  for (int i = 0; i < 200; ++i) kd_text_printf(&text, "%d", i);
  assert_true(text.failed);
  kd_text_add(&text, "x");
  kd_text_add_json(&text, "x");
  assert_true(text.length < text.capacity);
  kd_text_free(&text);
  kd_text_init(&text, ctx);
  kd_text_add_bytes(&text, "x", SIZE_MAX / 2);
  assert_true(text.failed);
  kd_text_free(&text);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(grows_and_stays_terminated, make, drop),
      cmocka_unit_test_setup_teardown(numbers_are_short_or_null, make, drop),
      cmocka_unit_test_setup_teardown(json_is_escaped, make, drop),
      cmocka_unit_test_setup_teardown(html_is_escaped, make, drop),
      cmocka_unit_test(utf8_borders),
      cmocka_unit_test(foreign_text_is_clipped),
      cmocka_unit_test(edit_distances),
      cmocka_unit_test(lack_of_memory_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
