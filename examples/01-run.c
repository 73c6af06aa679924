// SPDX-License-Identifier: Apache-2.0
/* Step 1: a scenario in, an answer out, over the public interface alone.
 *
 *   cost of a kilogram = present value of all costs / present value of the oxides sold
 *
 * Build: cc 01-run.c -lkaidei ... (the tests build and run it). */
#include <stdio.h>
#include <stdlib.h>

#include "kaidei.h"

static int fail(const kd_error *err) {
  fprintf(stderr, "%s: %s\n", kd_status_name(err->code), err->text);
  return 1;
}

int main(int count, char **words) {
  if (count != 3) {
    fprintf(stderr, "usage: 01-run SCENARIO.yaml FOLDER\n");
    return 2;
  }
  kd_context *ctx = NULL;
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  kd_run *run = NULL;
  kd_error err = {0};
  if (kd_context_create(&ctx, NULL) != KD_OK) return 1;

  /* Load: every defect at once, with its place. */
  if (kd_scenario_load(&scenario, ctx, words[1], &all) != KD_OK) {
    for (size_t i = 0; i < kd_diagnostics_count(all); i++) {
      const kd_diagnostic *d = kd_diagnostics_get(all, i);
      fprintf(stderr, "%s:%u:%u: %s\n", d->file, d->line, d->column, d->message);
    }
    return 3;
  }

  /* Run 200 realisations on two threads; the numbers do not depend on the threads. */
  const kd_run_options opt = {
      .size = sizeof opt, .realisations = 200, .seed = 1, .threads = 2, .folder = words[2], .force = 1};
  if (kd_run_create(&run, ctx, scenario, &opt, &err) != KD_OK || kd_run_advance(run, 0, NULL, NULL, &err) != KD_OK ||
      kd_run_finish(run, &err) != KD_OK) {
    return fail(&err);
  }

  /* Ask: P10, P50 and P90 in SI; money is US dollars of 2026. */
  kd_summary cost;
  if (kd_run_summary(&cost, run, "economy.levelised_cost_usd", &err) != KD_OK) return fail(&err);
  printf("cost per kg of oxides: %.0f USD (P10 %.0f, P90 %.0f)\n", cost.p50, cost.p10, cost.p90);

  kd_run_destroy(&run);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  kd_context_destroy(&ctx);
  return 0;
}
