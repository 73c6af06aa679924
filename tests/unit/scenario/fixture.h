// SPDX-License-Identifier: Apache-2.0
/* Loading text over the small stages, in one line. */
#ifndef KD_TEST_SCENARIO_FIXTURE_H
#define KD_TEST_SCENARIO_FIXTURE_H

#include "support/check.h"

#include <string.h>

#include "base/context.h"
#include "fake_stages.h"
#include "scenario/diagnostics.h"

#define HEAD "kaidei: 1\nlift: {length: 6 km}\n" /* what the small stages ask for */

static kd_context *fixture_ctx;

static inline int fixture_open(void **state) {
  (void)state;
  return kd_context_create(&fixture_ctx, NULL) == KD_OK ? 0 : 1;
}

static inline int fixture_close(void **state) {
  (void)state;
  kd_context_destroy(&fixture_ctx);
  return 0;
}

static inline void fixture_print(const kd_diagnostics *all) {
  for (size_t i = 0; i < kd_diagnostics_count(all); i++) {
    const kd_diagnostic *d = kd_diagnostics_get(all, i);
    print_error("%s:%u:%u: %s: %s\n", d->file, d->line, d->column, kd_status_name(d->code), d->message);
  }
}

/* Loads text that must be sound; warnings are returned in *warnings (may be NULL). */
static inline kd_scenario *loaded_with(const char *text, const char *const *sets, size_t count, size_t *warnings) {
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  const kd_status status =
      kd_scenario_load_bytes(&scenario, fixture_ctx, &fake_list, "test.yaml", text, strlen(text), sets, count, &all);
  if (status != KD_OK) fixture_print(all);
  assert_int_equal(status, KD_OK);
  if (warnings != NULL) *warnings = kd_diagnostics_count(all);
  kd_diagnostics_destroy(&all);
  return scenario;
}

static inline kd_scenario *loaded(const char *text) {
  size_t warnings = 0;
  kd_scenario *scenario = loaded_with(text, NULL, 0, &warnings);
  assert_int_equal(warnings, 0);
  return scenario;
}

static inline const fake_params *medians(const kd_scenario *scenario) {
  return (const fake_params *)(const void *)kd_scenario_medians(scenario);
}

#endif
