// SPDX-License-Identifier: Apache-2.0
/* kaidei run: the whole chain, many times, one folder. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/shared.h"
#include "cli/summary.h"
#include "kaidei/run.h"

static const kd_option options[] = {
    {"realisations", 'n', "N", "Number of realisations (default 1000).", false},
    {"seed", 0, "N", "Seed of all random numbers (default 1).", false},
    {"threads", 'j', "N", "Threads (default: one for each processor). The results do not depend on it.", false},
    {"output", 'o', "DIR", "The run folder itself (default runs/SCENARIO).", false},
    {"force", 'f', NULL, "Replaces an existing run folder once the new run is whole.", false},
    {"set", 's', "KEY=VALUE", "Sets a key of the scenario, in scenario syntax.", true},
};

static const char *const examples[] = {"kaidei run",
                                       "lists the shipped scenarios",
                                       "kaidei run minamitorishima-2027-full-trial",
                                       "runs one, 1,000 realisations, into runs/",
                                       "kaidei run my.yaml -n 10000 -o runs/a --set lift.bore=0.3m",
                                       "your file, one key changed",
                                       NULL};

/* runs/NAME for a scenario path or name. */
static void default_folder(char *out, size_t capacity, const char *scenario) {
  const char *slash = strrchr(scenario, '/');
  const char *name = slash != NULL ? slash + 1 : scenario;
  size_t length = strlen(name);
  if (length > 5 && strcmp(name + length - 5, ".yaml") == 0) length -= 5;
  snprintf(out, capacity, "runs/%.*s", (int)length, name);
}

static int list(const kd_arguments *arguments, kd_context *ctx) {
  kd_text text;
  kd_text_init(&text, ctx);
  const bool json = kd_has(arguments, "json");
  if (!json) kd_text_add(&text, "Shipped scenarios, for `kaidei run NAME`:\n");
  kd_scenario_list(&text, ctx, json);
  return kd_print(&text);
}

static int show(kd_run *run, const kd_arguments *arguments, kd_context *ctx, const char *folder, double seconds) {
  kd_error err = {0};
  kd_text text;
  kd_text_init(&text, ctx);
  const kd_status status = kd_summary_write(&text, run, folder, kd_has(arguments, "json"), &err);
  if (status != KD_OK) {
    kd_text_free(&text);
    return kd_fail(&err);
  }
  const int code = kd_print(&text);
  if (!kd_has(arguments, "quiet")) {
    fprintf(stderr, "%llu realisations in %.2f s. The report: %s/report.html\n",
            (unsigned long long)kd_run_realisations(run), seconds, folder);
  }
  return code;
}

static int run_command(const kd_arguments *arguments, kd_context *ctx) {
  if (arguments->operands == 0) return list(arguments, ctx);
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_scenario *scenario = NULL;
  kd_run *run = NULL;
  kd_progress progress;
  char folder[4096];
  int code = 0;
  uint64_t realisations = 1000, seed = 1, threads = 0;
  const double started = kd_clock();
  default_folder(folder, sizeof folder, arguments->operand[0]);
  const char *output = kd_value(arguments, "output", folder);
  KD_TRY(kd_whole(&realisations, arguments, "realisations", 1000, 1, 100000000, &err));
  KD_TRY(kd_whole(&seed, arguments, "seed", 1, 0, UINT64_MAX / 2, &err));
  KD_TRY(kd_whole(&threads, arguments, "threads", 0, 1, 1024, &err));
  code = kd_open_scenario(&scenario, arguments, ctx, arguments->operand[0]);
  if (code != 0) return code;
  const int above = kd_folder_make_parents(ctx, output);
  const kd_run_options opt = {.size = sizeof opt,
                              .realisations = realisations,
                              .seed = seed,
                              .threads = (size_t)threads,
                              .folder = output,
                              .force = kd_has(arguments, "force")};
  kd_progress_start(&progress, arguments);
  status = kd_run_create(&run, ctx, scenario, &opt, &err);
  if (status == KD_E_NOTFOUND && above != 0)
    kd_error_set(&err, status, "%s: the folder above it cannot be made: %s", output, strerror(above));
  KD_TRY(status);
  status = kd_run_advance(run, 0, kd_progress_step, &progress, &err);
  kd_progress_end(&progress);
  KD_TRY(status);
  KD_TRY(kd_run_finish(run, &err));
  code = show(run, arguments, ctx, output, kd_clock() - started);
out:
  if (status != KD_OK) {
    err.code = status;
    code = kd_fail(&err);
    if (status == KD_E_INTERRUPTED) fprintf(stderr, "the same command goes on where this one stopped\n");
  }
  kd_run_destroy(&run);
  kd_scenario_destroy(&scenario);
  return code;
}

const kd_command kd_command_run = {
    .name = "run",
    .operands = "[SCENARIO]",
    .least = 0,
    .most = 1,
    .summary = "Runs the whole chain under its uncertainty and writes a run folder.",
    .about = "SCENARIO is a YAML file or the name of a shipped one. Prints P10, P50 and P90 of the headline results: "
             "P90 is the value that "
             "90 % of the realisations do not exceed. An interrupted run goes on when the same command is given again.",
    .examples = examples,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run_command,
};
