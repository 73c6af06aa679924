// SPDX-License-Identifier: Apache-2.0
/* Every plain kernel of every stage over hundreds of inputs inside its declared ranges: a finite answer, or a refusal
 * that says why. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"
#include "programme/registry.h"
#include "support/check.h"

#define TRIALS 200

static uint64_t seed = 1;

static double uniform(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (double)(seed >> 11) / 9007199254740992.0;
}

static double bound(const char *text, const kd_field *field, double open, bool *exclusive) {
  char quantity[64];
  *exclusive = false;
  if (text == NULL) return open;
  const char *word = strstr(text, " exclusive");
  *exclusive = word != NULL;
  snprintf(quantity, sizeof quantity, "%.*s", (int)(word != NULL ? word - text : (long)strlen(text)), text);
  double si = (double)NAN;
  kd_error err = {0};
  if (kd_quantity_in(&si, quantity, field->unit, NULL, &err) != KD_OK) fail_msg("%s: %s", field->name, err.text);
  return si;
}

static size_t choices_of(const char *choices) {
  size_t count = 1;
  for (const char *c = choices; *c != '\0'; c++) count += *c == '|';
  return count;
}

/* A value inside of the field's range: an end now and then, else spread over it, by order of magnitude where it is
 * wide. */
static double sample(const kd_field *field) {
  if (field->choices != NULL) return floor(uniform() * (double)choices_of(field->choices));
  bool low_out, high_out;
  kd_unit unit;
  assert_int_equal(kd_unit_parse(&unit, field->unit, NULL, NULL), KD_OK);
  double scale = unit.scale, low = bound(field->low, field, -10 * scale, &low_out);
  double high = bound(field->high, field, fmax(low, 0) + 1000 * scale, &high_out), pick = uniform();
  if (pick < 0.05 && !low_out) return low;
  if (pick > 0.95 && !high_out) return high;
  double value = low + (high - low) * uniform();
  if (uniform() < 0.5) value = low + (high - low) * pow(10, -6 * uniform());
  return value > low && value < high ? value : 0.5 * (low + high);
}

/* Kernels that leave an output empty where it has no value: no second root, no wave, no break-even. */
static const char *const may_leave_empty[] = {
    "deposit.below_detection",
    "deposit.semivariance",
    "deposit.support.lognormal",
    "economy.irr",
    "economy.joint_cost",
    "economy.learning",
    "economy.option.invest",
    "economy.payback",
    "economy.project",
    "lift.settling.batch",
    "lift.string.heave_transfer",
    "lift.wave.moments",
    "process.cascade.least_design",
    "process.extraction.record",
    "process.uky",
    "supply.stock_days",
};

/* Kernels whose inputs must agree with each other (shares that add up to one, a mode within its elements), so that
 * chance hardly ever gives them a case they take. */
static const char *const may_refuse_all[] = {
    "lift.string.beam_mode",         "process.uky", "process.zone.passes", "supply.disruption_potential",
    "supply.weighted_concentration",
};

/* Solvers: a case takes milliseconds or more; the transients have tests of their own. */
static int trials_of(const char *kernel) {
  if (strncmp(kernel, "lift.transient.", 15) == 0) return 0;
  if (strcmp(kernel, "process.uky") == 0 || strcmp(kernel, "process.zone.passes") == 0) return 5;
  return TRIALS;
}

static bool is_listed(const char *kernel, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(kernel, list[i]) == 0) return true;
  }
  return false;
}

static void answers_are_finite(void **state) {
  (void)state;
  kd_context *ctx = NULL;
  kd_arena *scratch = NULL;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&scratch, ctx), KD_OK);
  for (size_t i = 0; i < kd_kernel_count(); i++) {
    const kd_kernel *kernel = kd_kernel_get(i);
    if (kernel->eval == NULL) continue;
    size_t answered = 0;
    for (int trial = 0; trial < trials_of(kernel->name); trial++) {
      double in[256], out[256];
      size_t width = 0, outputs = 0;
      for (size_t f = 0; f < kernel->input_count; f++) {
        size_t n = kernel->inputs[f].labels != NULL ? kernel->inputs[f].labels->count : 1;
        bool none = kernel->inputs[f].initial != NULL && strcmp(kernel->inputs[f].initial, "none") == 0;
        for (size_t k = 0; k < n; k++) in[width++] = none && uniform() < 0.5 ? (double)NAN : sample(&kernel->inputs[f]);
      }
      for (size_t f = 0; f < kernel->output_count; f++)
        outputs += kernel->outputs[f].labels != NULL ? kernel->outputs[f].labels->count : 1;
      kd_error err = {0};
      kd_stream rng;
      kd_stream_start(&rng, 1, 1, 0);
      kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err, .rng = &rng};
      kd_status status = kernel->eval(out, in, &work);
      if (status != KD_OK) {
        assert_true(err.text[0] != '\0');
        continue;
      }
      answered++;
      for (size_t k = 0; k < outputs; k++) {
        if (isfinite(out[k]) || isinf(out[k])) continue; /* what is infinite, eval refuses */
        if (is_listed(kernel->name, may_leave_empty, KD_COUNT(may_leave_empty))) continue;
        fail_msg("%s: output %zu is %g", kernel->name, k, out[k]);
      }
    }
    if (answered == 0 && trials_of(kernel->name) > 0 &&
        !is_listed(kernel->name, may_refuse_all, KD_COUNT(may_refuse_all)))
      fail_msg("%s: refused every case", kernel->name);
    kd_arena_reset(scratch);
  }
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(answers_are_finite)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
