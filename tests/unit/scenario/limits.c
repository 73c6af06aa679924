// SPDX-License-Identifier: Apache-2.0
/* Texts made to exhaust the reader: refused with a reason, soon, whatever their shape. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Loads a made text; it must be refused with `code` among the errors, within a few seconds. */
static void refused(kd_text *text, kd_status code, const char *says) {
  assert_false(text->failed);
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  const double start = seconds();
  const kd_status status =
      kd_scenario_load_bytes(&s, fixture_ctx, &fake_list, "big.yaml", text->bytes, text->length, NULL, 0, &all);
  const double took = seconds() - start;
  assert_int_not_equal(status, KD_OK);
  bool found = false;
  for (size_t i = 0; i < kd_diagnostics_count(all); i++) {
    const kd_diagnostic *d = kd_diagnostics_get(all, i);
    found = found || (d->code == code && strstr(d->message, says) != NULL);
  }
  if (!found) {
    fixture_print(all);
    fail_msg("no %s \"%s\"", kd_status_name(code), says);
  }
  assert_true(took < 20); /* under sanitizers and beside other work; a tenth of a second otherwise */
  kd_diagnostics_destroy(&all);
  kd_text_free(text);
}

static kd_text repeated(const char *before, const char *piece, size_t count, const char *after) {
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  kd_text_add(&text, before);
  for (size_t i = 0; i < count; i++) kd_text_add(&text, piece);
  kd_text_add(&text, after);
  return text;
}

static void test_file_too_large(void **state) {
  (void)state;
  kd_text text = repeated("kaidei: 1\n", "# nothing but comments in here, line after line\n", 100000, "");
  refused(&text, KD_E_SIZE, "at most 4194304 are read");
}

static void test_too_many_nodes(void **state) {
  (void)state;
  kd_text text = repeated("kaidei: 1\nx: [", "1,", 200000, "1]\n");
  refused(&text, KD_E_SIZE, "more than 100000 values");
  text = repeated("kaidei: 1\nx: {", "a: 1,", 200000, "}\n");
  refused(&text, KD_E_SIZE, "more than 100000 values");
  text = repeated("kaidei: 1\n", "- ", 20000, "1\n");
  refused(&text, KD_E_SYNTAX, "");
}

static void test_too_deep(void **state) {
  (void)state;
  kd_text text = repeated("kaidei: 1\nx: ", "[", 100000, "");
  refused(&text, KD_E_SIZE, "nested more than 24 levels");
  text = repeated("kaidei: 1\nx: ", "{a: ", 100000, "");
  refused(&text, KD_E_SIZE, "nested more than 24 levels");
  text = repeated("kaidei: 1\nx:\n  ? ", "? ", 100000, "");
  refused(&text, KD_E_SIZE, "nested more than 24 levels");
  text = repeated("kaidei: 1\nx:\n  ", "- ", 100000, "1");
  refused(&text, KD_E_SIZE, "nested more than 24 levels");
}

static void test_alias_bomb(void **state) {
  (void)state;
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  kd_text_add(&text, "kaidei: 1\na0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
  for (int i = 1; i < 15; i++) {
    kd_text_printf(&text, "a%d: &a%d [*a%d", i, i, i - 1);
    for (int k = 1; k < 10; k++) kd_text_printf(&text, ", *a%d", i - 1);
    kd_text_add(&text, "]\n");
  }
  refused(&text, KD_E_SIZE, "with aliases expanded");
}

static void test_many_anchors(void **state) {
  (void)state;
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  kd_text_add(&text, "kaidei: 1\n");
  for (int i = 0; i < 30000; i++) kd_text_printf(&text, "k%d: &a%d 1\n", i, i);
  refused(&text, KD_E_KEY, "no such key: k0");
}

static void test_many_keys(void **state) {
  (void)state;
  kd_text text;
  kd_text_init(&text, fixture_ctx);
  kd_text_add(&text, "kaidei: 1\nlift:\n");
  for (int i = 0; i < 90000; i++) kd_text_printf(&text, "  k%d: 1\n", i);
  refused(&text, KD_E_KEY, "lift has no key k0");
  text = repeated("kaidei: 1\nlift:\n", "  bore: 1 m\n", 90000, "");
  refused(&text, KD_E_DUPLICATE, "bore is given twice");
}

static void test_long_tokens(void **state) {
  (void)state;
  kd_text text = repeated("kaidei: 1\nlift: {length: 6 km, bore: \"", "x", 4000000, "\"}\n");
  refused(&text, KD_E_NUMBER, "");
  text = repeated("kaidei: 1\nlift: {length: 6 km, ", "x", 4000000, ": 1}\n");
  refused(&text, KD_E_KEY, "lift has no key");
  text = repeated("kaidei: 1\nlift: {length: 6 km, bore: 0.", "0", 4000000, "1 m}\n");
  refused(&text, KD_E_NUMBER, "number");
}

static const char *wide_names[300];
static char wide_texts[300][8];
static const kd_labels wide_labels = {wide_names, 300};
typedef struct wide_params {
  double weight[300], other;
} wide_params;

/* More slots in one correlated group than a draw has room for. */
static void test_group_too_large(void **state) {
  (void)state;
  static const kd_param table[] = {
      {.key = "weight", .kind = KD_PARAM_NUMBER, .unit = "1", .initial = "1", .doc = "w", .labels = &wide_labels},
      {.key = "other",
       .kind = KD_PARAM_NUMBER,
       .unit = "1",
       .initial = "{uniform: [0, 1]}",
       .doc = "o",
       .offset = offsetof(wide_params, other)}};
  static const kd_stage stage = {.name = "wide", .params = table, .param_count = 2, .params_size = sizeof(wide_params)};
  static const kd_programme_stage stages[] = {{&stage, 0, 0}};
  const kd_stage_list list = {stages, 1, sizeof(wide_params), NULL};
  static const char text[] = "kaidei: 1\nwide: {weight: {uniform: [0, 1], correlate: {with: wide.other, rho: 0.01}}}\n";
  kd_scenario *s = NULL;
  kd_diagnostics *all = NULL;
  for (size_t i = 0; i < 300; i++) {
    snprintf(wide_texts[i], sizeof wide_texts[i], "w%zu", i);
    wide_names[i] = wide_texts[i];
  }
  assert_int_equal(kd_scenario_load_bytes(&s, fixture_ctx, &list, "wide.yaml", text, strlen(text), NULL, 0, &all),
                   KD_E_CORRELATION);
  assert_int_equal(kd_diagnostics_count(all), 1);
  assert_non_null(strstr(kd_diagnostics_get(all, 0)->message, "301 values hang together"));
  kd_diagnostics_destroy(&all);
}

/* Every 1-byte cut of a sound file either loads or is refused; nothing breaks. */
static void test_every_cut(void **state) {
  (void)state;
  static const char text[] = "kaidei: 1\nname: \"a\"\nlift: {length: 6 km, bore: {uniform: [20, 30 cm], source: 'x'}}\n"
                             "sell:\n  price: {tb: &p 5 USD/kg, dy: *p}\n";
  size_t sound = 0;
  for (size_t n = 0; n < sizeof text; n++) {
    kd_scenario *s = NULL;
    kd_diagnostics *all = NULL;
    const kd_status status = kd_scenario_load_bytes(&s, fixture_ctx, &fake_list, "cut.yaml", text, n, NULL, 0, &all);
    assert_true((status == KD_OK) == (s != NULL));
    assert_true((status == KD_OK) == (kd_diagnostics_errors(all) == 0));
    sound += status == KD_OK;
    kd_diagnostics_destroy(&all);
    kd_scenario_destroy(&s);
  }
  assert_true(sound >= 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_file_too_large),  cmocka_unit_test(test_too_many_nodes),
      cmocka_unit_test(test_too_deep),        cmocka_unit_test(test_alias_bomb),
      cmocka_unit_test(test_many_anchors),    cmocka_unit_test(test_many_keys),
      cmocka_unit_test(test_long_tokens),     cmocka_unit_test(test_every_cut),
      cmocka_unit_test(test_group_too_large),
  };
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
