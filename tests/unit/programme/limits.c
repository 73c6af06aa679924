// SPDX-License-Identifier: Apache-2.0
/* Every parameter of the chain at both ends of its declared range and at each of its choices, one at a time, over the
 * trial of 2027: the chain either runs, with balances closed and headline results that are finite, or refuses with a
 * message that says what to change. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/context.h"
#include "base/error.h"
#include "ensemble/ensemble.h"
#include "kaidei/scenario.h"
#include "scenario/internal.h"
#include "scenario/scenario.h"

#define SCENARIO KD_TEST_SOURCE "/scenarios/minamitorishima-2027-full-trial.yaml"
#define ROWS     3
#define COLUMNS  4096

typedef struct tally {
  int ran, refused, failed;
} tally;

static double outcome[ROWS * COLUMNS];

/* What has no value only when no mud comes up. */
static void expect_values(const kd_ensemble *ensemble, const char *assignment) {
  const size_t columns = kd_ensemble_columns(ensemble);
  const double *no_mud = NULL;
  for (size_t c = 0; c < columns; c++)
    if (strcmp(kd_ensemble_column(ensemble, c)->key, "campaign.no_mud") == 0) no_mud = &outcome[c * ROWS];
  assert_non_null(no_mud);
  for (size_t c = 0; c < columns; c++) {
    const kd_outcome_column *column = kd_ensemble_column(ensemble, c);
    if (column->kind == KD_COLUMN_OUTPUT && column->output->headline == 0) continue;
    for (size_t i = 0; i < ROWS; i++) {
      const double value = outcome[c * ROWS + i];
      if (isfinite(value)) continue;
      const bool excused = column->kind == KD_COLUMN_OUTPUT && isnan(value) && no_mud[i] == 1;
      if (!excused) fail_msg("%s: %s is %g in realisation %zu", assignment, column->key, value, i);
    }
  }
}

/* A message names a value or a limit, and is one line. */
static void expect_reason(const char *message, const char *assignment) {
  if (strlen(message) < 15 || strchr(message, '\n') != NULL) fail_msg("%s: '%s' is no reason", assignment, message);
}

/* Runs a few realisations with one value changed. */
static void run_with(kd_context *ctx, const char *key, const char *value, tally *sum) {
  char assignment[512];
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  kd_ensemble *ensemble = NULL;
  kd_error err = {0};
  snprintf(assignment, sizeof assignment, "%s=%s", key, value);
  const char *const set[] = {assignment};
  if (kd_scenario_load_set(&scenario, ctx, SCENARIO, set, 1, &all) != KD_OK) {
    assert_true(kd_diagnostics_errors(all) > 0);
    for (size_t i = 0; i < kd_diagnostics_count(all); i++)
      expect_reason(kd_diagnostics_get(all, i)->message, assignment);
    sum->refused++;
  } else {
    assert_int_equal(kd_ensemble_create(&ensemble, ctx, scenario, 1, 1, &err), KD_OK);
    assert_true(kd_ensemble_columns(ensemble) < COLUMNS);
    const kd_status status = kd_ensemble_advance(outcome, ROWS, ensemble, 0, ROWS, &err);
    if (status == KD_OK) { /* the balances have closed */
      expect_values(ensemble, assignment);
      sum->ran++;
    } else { /* what is asked cannot be done: that is all that may go wrong */
      if (status != KD_E_INFEASIBLE && status != KD_E_MODEL) fail_msg("%s: %d: %s", assignment, (int)status, err.text);
      assert_non_null(strstr(err.text, "realisation 0: "));
      assert_true(strstr(err.text, "; ") != NULL); /* ...; what to change */
      sum->failed++;
    }
  }
  kd_ensemble_destroy(&ensemble);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
}

/* The end of a range as a value: "0 m exclusive" is a little way inside. */
static void end_of_range(char *out, size_t capacity, const kd_param *param, const char *end) {
  char *after = NULL;
  double number = strtod(end, &after);
  const char *cut = strstr(after, " exclusive");
  const int length = (int)(cut != NULL ? (size_t)(cut - after) : strlen(after));
  if (cut != NULL && end == param->low)
    number = number + 1e-6 * (fabs(number) > 0 ? fabs(number) : strtod(param->high, NULL));
  if (cut != NULL && end == param->high) number = number * (1 - 1e-6);
  const bool basis = param->kind == KD_PARAM_NUMBER && param->choices != NULL;
  snprintf(out, capacity, basis ? "{value: %.9g%.*s, basis: wet_mud}" : "%.9g%.*s", number, length, after);
}

static void try_parameter(kd_context *ctx, const kd_slot *slot, tally *sum) {
  const kd_param *param = slot->param;
  char value[256];
  if (param->kind == KD_PARAM_NUMBER || param->kind == KD_PARAM_COUNT) {
    for (int side = 0; side < 2; side++) {
      const char *end = side == 0 ? param->low : param->high;
      if (end == NULL) continue;
      end_of_range(value, sizeof value, param, end);
      run_with(ctx, slot->key, value, sum);
    }
  } else if (param->kind == KD_PARAM_CHOICE) {
    for (size_t i = 0; i < kd_choice_count(param->choices); i++) {
      kd_choice_name(value, sizeof value, param->choices, (int)i);
      run_with(ctx, slot->key, value, sum);
    }
  } else if (param->kind == KD_PARAM_FLAG) {
    run_with(ctx, slot->key, "yes", sum);
    run_with(ctx, slot->key, "no", sum);
  }
}

static void every_parameter_at_its_limits(void **state) {
  (void)state;
  kd_context *ctx = NULL;
  kd_scenario *scenario = NULL;
  tally sum = {0, 0, 0};
  const kd_context_options options = {.size = sizeof options, .home = KD_TEST_SOURCE};
  assert_int_equal(kd_context_create(&ctx, &options), KD_OK);
  assert_int_equal(kd_scenario_load(&scenario, ctx, SCENARIO, NULL), KD_OK);
  for (size_t i = 0; i < kd_scenario_slots(scenario); i++) {
    const kd_slot *slot = kd_scenario_slot(scenario, i);
    if (slot->label < 2) try_parameter(ctx, slot, &sum); /* of a vector two stand for all */
  }
  printf("ran %d, refused %d, failed %d\n", sum.ran, sum.refused, sum.failed);
  assert_true(sum.ran > 600 && sum.refused > 20 && sum.failed < 10);
  kd_scenario_destroy(&scenario);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_parameter_at_its_limits)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
