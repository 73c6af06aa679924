// SPDX-License-Identifier: Apache-2.0
/* kaidei check: every error and warning of a scenario, nothing run. */
#include <stdio.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/shared.h"
#include "scenario/diagnostics.h"
#include "scenario/scenario.h"

static const kd_option options[] = {
    {"set", 's', "KEY=VALUE", "Sets a key of the scenario, in scenario syntax.", true},
    {"resolved", 0, NULL, "Prints the resolved scenario: every key, its value and its source.", false},
};

static int check(const kd_arguments *arguments, kd_context *ctx) {
  kd_error err = {0};
  char path[4096];
  const char *assignments[KD_MAX_VALUES];
  const size_t count = kd_values(assignments, arguments, "set");
  if (kd_scenario_path(path, sizeof path, ctx, arguments->operand[0], &err) != KD_OK) {
    kd_fail(&err);
    return 3;
  }
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  const kd_status status = kd_scenario_load_set(&scenario, ctx, path, assignments, count, &all);
  kd_text text;
  kd_text_init(&text, ctx);
  int code = kd_status_exit_code(status);
  if (kd_has(arguments, "json")) {
    kd_diagnostics_write_json(&text, all);
    const int printed = kd_print(&text);
    code = code != 0 ? code : printed;
  } else {
    if (all != NULL) kd_diagnostics_write(&text, all, kd_use_colour(arguments, STDERR_FILENO));
    if (text.bytes != NULL) fputs(text.bytes, stderr);
    kd_text_free(&text);
    if (status == KD_OK && kd_has(arguments, "resolved")) {
      kd_text_init(&text, ctx);
      kd_scenario_write(&text, scenario);
      code = kd_print(&text);
    } else if (status == KD_OK) {
      size_t assumed = 0;
      for (size_t i = 0; i < kd_scenario_slots(scenario); i++)
        assumed += kd_scenario_slot(scenario, i)->assumed ? 1 : 0;
      printf("%s: %zu parameters, %zu of them random, %zu assumed; no errors, %zu warning%s\n",
             kd_scenario_name(scenario), kd_scenario_slots(scenario), kd_scenario_draws(scenario), assumed,
             kd_diagnostics_count(all), kd_diagnostics_count(all) == 1 ? "" : "s");
    }
  }
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  return code;
}

static const char *const examples[] = {"kaidei check my.yaml",
                                       "tells all that is wrong with it, with place and suggestion", NULL};

const kd_command kd_command_check = {
    .name = "check",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "Checks a scenario and tells every error and warning at once.",
    .examples = examples,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = check,
};
