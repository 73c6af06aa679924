// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "ensemble/ensemble.h"
#include "programme/programme.h"

#define SCENARIO KD_TEST_SOURCE "/scenarios/minamitorishima-2027-full-trial.yaml"

typedef struct fixture {
  kd_context *ctx;
  kd_scenario *scenario;
} fixture;

static int set_up(void **state) {
  static fixture f;
  const kd_context_options options = {.size = sizeof options, .home = KD_TEST_SOURCE};
  assert_int_equal(kd_context_create(&f.ctx, &options), KD_OK);
  assert_int_equal(kd_scenario_load(&f.scenario, f.ctx, SCENARIO, NULL), KD_OK);
  *state = &f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  kd_scenario_destroy(&f->scenario);
  kd_context_destroy(&f->ctx);
  return 0;
}

static kd_ensemble *ensemble_of(const fixture *f, uint64_t seed, size_t threads) {
  kd_ensemble *ensemble = NULL;
  kd_error err = {0};
  assert_int_equal(kd_ensemble_create(&ensemble, f->ctx, f->scenario, seed, threads, &err), KD_OK);
  return ensemble;
}

static size_t find(const kd_ensemble *ensemble, const char *key) {
  for (size_t i = 0; i < kd_ensemble_columns(ensemble); i++) {
    if (strcmp(kd_ensemble_column(ensemble, i)->key, key) == 0) return i;
  }
  fail_msg("no column %s", key);
  return 0;
}

static void columns_have_keys_of_their_own(void **state) {
  kd_ensemble *ensemble = ensemble_of(*state, 1, 1);
  const size_t columns = kd_ensemble_columns(ensemble);
  size_t kinds[4] = {0};
  for (size_t i = 0; i < columns; i++) {
    const kd_outcome_column *column = kd_ensemble_column(ensemble, i);
    kinds[column->kind]++;
    assert_non_null(column->unit);
    assert_true(i == 0 || column->kind >= kd_ensemble_column(ensemble, i - 1)->kind);
    assert_true((column->kind == KD_COLUMN_DRAW) == (column->slot != NULL));
    assert_true((column->kind == KD_COLUMN_OUTPUT) == (column->output != NULL));
    assert_true((column->kind == KD_COLUMN_LEDGER) == (column->line != NULL));
    for (size_t k = 0; k < i; k++) assert_string_not_equal(column->key, kd_ensemble_column(ensemble, k)->key);
  }
  assert_int_equal(kinds[KD_COLUMN_DRAW], kd_scenario_draws(((fixture *)*state)->scenario));
  assert_int_equal(kinds[KD_COLUMN_LEDGER], kd_ledger_book_size(kd_ensemble_book(ensemble)));
  assert_true(kinds[KD_COLUMN_OUTPUT] > 100 && kinds[KD_COLUMN_BALANCE] > 4);
  kd_ensemble_destroy(&ensemble);
  assert_null(ensemble);
  kd_ensemble_destroy(&ensemble);
}

/* A row depends on its number alone: not on threads, the first of the call, or the layout of the answer. */
static void rows_depend_on_their_number_alone(void **state) {
  enum { N = 150 };
  kd_ensemble *one = ensemble_of(*state, 5, 1), *many = ensemble_of(*state, 5, 3);
  const size_t columns = kd_ensemble_columns(one);
  double *a = calloc(columns * N, sizeof *a), *b = calloc(columns * N, sizeof *b);
  assert_int_equal(kd_ensemble_advance(a, N, one, 0, N, NULL), KD_OK);
  assert_int_equal(kd_ensemble_advance(b, N, many, 0, N, NULL), KD_OK);
  assert_memory_equal(a, b, columns * N * sizeof *a);
  assert_int_equal(kd_ensemble_advance(b, 7, many, 93, 5, NULL), KD_OK);
  for (size_t c = 0; c < columns; c++) assert_memory_equal(a + c * N + 93, b + c * 7, 5 * sizeof *a);
  kd_ensemble *other = ensemble_of(*state, 6, 1);
  const size_t grade = find(one, "deposit.mean_grade");
  assert_int_equal(kd_ensemble_advance(b, 1, other, 0, 1, NULL), KD_OK);
  assert_true(b[grade] != a[grade * N]);
  free(a);
  free(b);
  kd_ensemble_destroy(&one);
  kd_ensemble_destroy(&many);
  kd_ensemble_destroy(&other);
}

/* The first failing realisation is named, whatever thread met it. */
static void failing_realisation_is_named(void **state) {
  const fixture *f = *state;
  kd_scenario *scenario = NULL;
  kd_ensemble *ensemble = NULL;
  kd_error err = {0};
  /* More is wanted than the ground holds. */
  const char *const assignments[] = {"mineplan.rate={value: 1000000000 t/day, basis: dry_solids}"};
  kd_diagnostics *all = NULL;
  if (kd_scenario_load_set(&scenario, f->ctx, SCENARIO, assignments, 1, &all) != KD_OK) {
    assert_true(kd_diagnostics_errors(all) > 0); /* refused before it runs: as good */
    kd_diagnostics_destroy(&all);
    return;
  }
  kd_diagnostics_destroy(&all);
  assert_int_equal(kd_ensemble_create(&ensemble, f->ctx, scenario, 1, 2, &err), KD_OK);
  double *out = calloc(kd_ensemble_columns(ensemble) * 200, sizeof *out);
  const kd_status status = kd_ensemble_advance(out, 200, ensemble, 1000, 200, &err);
  if (status != KD_OK) assert_non_null(strstr(err.text, "realisation 1000: "));
  free(out);
  kd_ensemble_destroy(&ensemble);
  kd_scenario_destroy(&scenario);
}

static kd_table *feed_of(kd_context *ctx, const char *text) {
  kd_table *feed = NULL;
  assert_int_equal(kd_table_parse(&feed, ctx, "feed", text, strlen(text), NULL, NULL, NULL), KD_OK);
  return feed;
}

static void stage_runs_at_the_medians(void **state) {
  const fixture *f = *state;
  kd_ensemble *ensemble = ensemble_of(f, 1, 1);
  const size_t columns = kd_ensemble_columns(ensemble);
  double *row = calloc(columns, sizeof *row), *again = calloc(columns, sizeof *row);
  for (size_t stage = 0; stage < KD_PROGRAMME_STAGES; stage++) {
    kd_error err = {0};
    if (kd_ensemble_stage(row, ensemble, stage, NULL, &err) != KD_OK) fail_msg("stage %zu: %s", stage, err.text);
    assert_int_equal(kd_ensemble_stage(again, ensemble, stage, NULL, &err), KD_OK);
    assert_memory_equal(row, again, columns * sizeof *row);
    for (size_t i = 0; i < columns; i++) {
      const kd_outcome_column *column = kd_ensemble_column(ensemble, i);
      if (column->kind == KD_COLUMN_DRAW) assert_true(isfinite(row[i]));
    }
  }
  free(row);
  free(again);
  kd_ensemble_destroy(&ensemble);
}

static void stage_takes_a_feed(void **state) {
  const fixture *f = *state;
  kd_ensemble *ensemble = ensemble_of(f, 1, 1);
  const size_t columns = kd_ensemble_columns(ensemble), lift = 2;
  double *plain = calloc(columns, sizeof *plain), *fed = calloc(columns, sizeof *fed);
  kd_error err = {0};
  const kd_exchange *slurry = NULL;
  for (size_t i = 0; i < KD_PROGRAMME_FEEDS; i++) {
    if (kd_programme_feeds[i].stage == lift) slurry = kd_programme_feeds[i].exchange;
  }
  assert_non_null(slurry);
  char text[256];
  snprintf(text, sizeof text, "%s [%s]\n%s\n", slurry->fields[0].name, slurry->fields[0].unit, "17");
  assert_int_equal(kd_ensemble_stage(plain, ensemble, lift, NULL, &err), KD_OK);
  kd_table *feed = feed_of(f->ctx, text);
  assert_int_equal(kd_ensemble_stage(fed, ensemble, lift, feed, &err), KD_OK);
  kd_table_destroy(&feed);
  assert_true(memcmp(plain, fed, columns * sizeof *plain) != 0);

  const struct {
    const char *text, *reason;
    kd_status status;
  } bad[] = {{"no_such_thing [1]\n1\n", "takes no such thing", KD_E_CSV},
             {"no_such_thing [1]\n1\n2\n", "2 rows", KD_E_CSV}};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    feed = feed_of(f->ctx, bad[i].text);
    assert_int_equal(kd_ensemble_stage(fed, ensemble, lift, feed, &err), bad[i].status);
    assert_non_null(strstr(err.text, bad[i].reason));
    kd_table_destroy(&feed);
  }
  snprintf(text, sizeof text, "%s [USD]\n1\n", slurry->fields[0].name);
  feed = feed_of(f->ctx, text);
  assert_int_equal(kd_ensemble_stage(fed, ensemble, lift, feed, &err), KD_E_DIMENSION);
  assert_non_null(strstr(err.text, slurry->fields[0].name));
  kd_table_destroy(&feed);
  free(plain);
  free(fed);
  kd_ensemble_destroy(&ensemble);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(columns_have_keys_of_their_own),
      cmocka_unit_test(rows_depend_on_their_number_alone),
      cmocka_unit_test(failing_realisation_is_named),
      cmocka_unit_test(stage_runs_at_the_medians),
      cmocka_unit_test(stage_takes_a_feed),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
