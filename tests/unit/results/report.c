// SPDX-License-Identifier: Apache-2.0
/* The page of a real run and of odd ones: whole, closed to scripts and to the network, and silent on what is missing.
 */
#include "results/report.h"

#include <time.h>

#include "fake.h"
#include "kaidei/scenario.h"

/* Every tag that opens closes again, in order. `where` holds the first fault. */
static int well_formed(const char *page, char where[96]) {
  static const char *const empty[] = {"meta", "br", "!doctype"};
  char stack[64][16];
  size_t depth = 0;
  for (const char *at = strchr(page, '<'); at != NULL; at = strchr(at, '<')) {
    const char *end = strchr(at, '>');
    snprintf(where, 96, "%.90s", at);
    if (end == NULL) return 0;
    const int closing = at[1] == '/';
    const char *name = at + 1 + closing;
    const size_t length = strcspn(name, " />");
    int single = end[-1] == '/';
    for (size_t i = 0; i < 3; i++) single |= strlen(empty[i]) == length && strncmp(name, empty[i], length) == 0;
    if (length == 0 || length > 15) return 0;
    if (closing) {
      if (depth == 0 || strlen(stack[depth - 1]) != length || strncmp(stack[depth - 1], name, length) != 0) return 0;
      depth--;
    } else if (!single) {
      if (depth == 64) return 0;
      snprintf(stack[depth++], 16, "%.*s", (int)length, name);
    }
    at = end;
  }
  where[0] = '\0';
  return depth == 0;
}

/* What no page may hold. */
static void assert_sound(const char *page) {
  char where[96];
  if (!well_formed(page, where)) fail_msg("not well formed at: %s", where);
  assert_non_null(strstr(page, "Content-Security-Policy"));
  assert_non_null(strstr(page, "default-src 'none'"));
  static const char *const banned[] = {"<script", "javascript:", "src=\"", "href=", "@import", "url(http", "onerror=\"",
                                       ">nan",    ">-nan",       ">inf",   "\"nan", "\"inf",   "NaN"};
  for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++) {
    const char *at = strstr(page, banned[i]);
    if (at != NULL) fail_msg("the page holds %.60s", at);
  }
}

static kd_text page_of(const sandbox *box, const kd_run *run) {
  kd_text page;
  kd_error err;
  kd_text_init(&page, box->ctx);
  assert_int_equal(kd_report_write(&page, run, &err), KD_OK);
  return page;
}

/* ---- a hostile run ---- */

#define EVIL "<script>alert(\"x\")</script>&'"

static void names_and_texts_are_escaped(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(3);
  kd_run_source source = fake_source(box->ctx, &chain);
  source.record->run.name = EVIL;
  source.record->parameter[0].text = EVIL;
  source.record->parameter[0].doc = EVIL;
  source.record->parameter[1].source = EVIL;
  source.record->column[FAKE_MASS].doc = EVIL;
  source.record->column[FAKE_LATE].stage = EVIL;
  kd_run_options options = {.size = sizeof options, .realisations = 60, .seed = 1, .threads = 1};
  options.folder = sandbox_path(path, box, "evil");
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(kd_run_start(&run, box->ctx, &source, &options, &err), KD_OK);
  assert_int_equal(kd_run_advance(run, 0, NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_run_finish(run, &err), KD_OK);
  kd_text page = page_of(box, run);
  assert_sound(page.bytes);
  assert_non_null(strstr(page.bytes, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;"));
  kd_text_free(&page);
  kd_run_destroy(&run);
}

static void figures_without_their_columns_are_left_out(void **state) {
  const sandbox *box = *state;
  char path[256];
  fake_chain chain = fake_chain_of(5);
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(fake_run(box->ctx, &chain, sandbox_path(path, box, "bare"), 40, &err), KD_OK);
  assert_int_equal(kd_run_open(&run, box->ctx, path, &err), KD_OK);
  kd_text page = page_of(box, run);
  assert_sound(page.bytes);
  assert_null(strstr(page.bytes, "<svg")); /* none of its columns is one that a picture shows */
  assert_null(strstr(page.bytes, "class=\"answer\""));
  assert_null(strstr(page.bytes, "reconstruction"));
  assert_non_null(strstr(page.bytes, "process.mass"));
  kd_text_free(&page);
  kd_run_destroy(&run);
}

/* ---- a real run ---- */

static kd_run *real_run(const sandbox *box, const char *name) {
  char path[256];
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  kd_run *run = NULL;
  kd_error err;
  assert_int_equal(
      kd_scenario_load(&scenario, box->ctx, KD_TEST_SOURCE "/scenarios/minamitorishima-2027-full-trial.yaml", &all),
      KD_OK);
  kd_diagnostics_destroy(&all);
  const kd_run_options options = {
      .size = sizeof options, .realisations = 200, .seed = 1, .threads = 1, .folder = sandbox_path(path, box, name)};
  if (kd_run_create(&run, box->ctx, scenario, &options, &err) != KD_OK) fail_msg("%s", err.text);
  assert_int_equal(kd_run_advance(run, 0, NULL, NULL, &err), KD_OK);
  assert_int_equal(kd_run_finish(run, &err), KD_OK);
  kd_scenario_destroy(&scenario);
  return run;
}

static void the_whole_chain_is_on_the_page(void **state) {
  const sandbox *box = *state;
  kd_run *run = real_run(box, "real");
  kd_text page = page_of(box, run);
  assert_sound(page.bytes);
  assert_true(page.length < 500 * 1024);
  static const char *const wanted[] = {"class=\"answer\"",
                                       "One campaign, planned for",
                                       "Rare-earth oxides in place",
                                       "Dry mud in the campaign",
                                       "Rare earths and scandium in the campaign",
                                       "Money of the campaign",
                                       "levelised cost",
                                       "worth at market",
                                       "by-product credit",
                                       "Cost of a kilogram",
                                       "Net present value",
                                       "rank correlation",
                                       "Assumed inputs, by how much they move",
                                       "demand of Japan",
                                       "by three published methods",
                                       "Daiwa Institute of Research",
                                       "a reconstruction, not assays",
                                       "reconstruction from published statistics",
                                       "First mud on deck",
                                       "2027-02-",
                                       "Where the ship&#39;s hours go",
                                       "above 0.1 mm",
                                       "run.sqlite"};
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
    if (strstr(page.bytes, wanted[i]) == NULL) fail_msg("the page lacks: %s", wanted[i]);
  }
  /* Every picture is followed by its numbers: as many drawers at least as pictures. */
  size_t pictures = 0, drawers = 0;
  for (const char *at = page.bytes; (at = strstr(at, "<svg")) != NULL; at++) pictures++;
  for (const char *at = page.bytes; (at = strstr(at, "numbers and source")) != NULL; at++) drawers++;
  assert_true(pictures >= 8);
  assert_true(drawers >= pictures);
  kd_text_free(&page);
  kd_run_destroy(&run);
}

static void a_run_without_a_finite_value_has_a_page(void **state) {
  const sandbox *box = *state;
  kd_run *run = real_run(box, "empty");
  kd_record *record = (kd_record *)(uintptr_t)kd_run_record(run);
  const double none = (double)NAN;
  for (size_t i = 0; i < record->columns; i++)
    record->summary[i].shown = (kd_statistics){0, none, none, none, none, none};
  for (size_t i = 0; i < record->ledgers; i++) record->ledger[i].quantity = none;
  for (size_t i = 0; i < record->sensitivities; i++) record->sensitivity[i].rank_correlation = none;
  for (size_t i = 0; i < record->parameters; i++) record->parameter[i].value = none;
  const size_t exhibits = record->exhibits;
  record->exhibits = 0;
  kd_text page = page_of(box, run);
  record->exhibits = exhibits;
  assert_sound(page.bytes);
  assert_null(strstr(page.bytes, "<svg"));
  kd_text_free(&page);
  kd_run_destroy(&run);
}

/* Values that the chain does not give today, one prefix at a time: nothing, all the same, negative, huge. */
static void odd_values_leave_the_page_whole(void **state) {
  static const double values[] = {0, -1e12, 1e300, 1e-300};
  const sandbox *box = *state;
  kd_run *run = real_run(box, "odd");
  kd_record *record = (kd_record *)(uintptr_t)kd_run_record(run);
  for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
    const double v = values[k];
    for (size_t i = 0; i < record->columns; i++) record->summary[i].shown = (kd_statistics){200, v, 0, v, v, v};
    for (size_t i = 0; i < record->ledgers; i++) record->ledger[i].quantity = v;
    kd_text page = page_of(box, run);
    assert_sound(page.bytes);
    kd_text_free(&page);
  }
  kd_run_destroy(&run);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(names_and_texts_are_escaped, sandbox_open, sandbox_close),
      cmocka_unit_test_setup_teardown(figures_without_their_columns_are_left_out, sandbox_open, sandbox_close),
      cmocka_unit_test_setup_teardown(the_whole_chain_is_on_the_page, sandbox_open, sandbox_close),
      cmocka_unit_test_setup_teardown(a_run_without_a_finite_value_has_a_page, sandbox_open, sandbox_close),
      cmocka_unit_test_setup_teardown(odd_values_leave_the_page_whole, sandbox_open, sandbox_close),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
