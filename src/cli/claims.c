// SPDX-License-Identifier: Apache-2.0
/* kaidei claims: what is in print, recomputed. */
#include "claims/claims.h"

#include <stdio.h>
#include <unistd.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/shared.h"

static const kd_option options[] = {
    {"realisations", 'n', "N", "Realisations of each scenario (default 1000).", false},
    {"seed", 0, "N", "Seed of all random numbers (default 1).", false},
    {"threads", 'j', "N", "Threads (default: one for each processor).", false},
    {"output", 'o', "DIR", "Folder for the runs (default runs/claims).", false},
    {"set", 's', "KEY=VALUE", "Sets a key in every scenario, in scenario syntax.", true},
    {"only", 0, "ID", "Judges one claim.", false},
};

static const char *const examples[] = {"kaidei claims", "every claim, with verdict and figures",
                                       "kaidei claims --set campaign.duration=300day --json",
                                       "recomputed with another value", NULL};

static int step(const char *what, uint64_t done, uint64_t all, void *user) {
  (void)what;
  return kd_progress_step(done, all, user);
}

static int claims(const kd_arguments *arguments, kd_context *ctx) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_claims *all = NULL;
  kd_progress progress;
  char folder[4096];
  uint64_t realisations = 1000, seed = 1, threads = 0;
  const char *assignments[KD_MAX_VALUES];
  const size_t count = kd_values(assignments, arguments, "set");
  const char *output = kd_value(arguments, "output", "runs/claims");
  kd_text text;
  kd_text_init(&text, ctx);
  kd_progress_start(&progress, arguments);
  KD_TRY(kd_whole(&realisations, arguments, "realisations", 1000, 1, 100000000, &err));
  KD_TRY(kd_whole(&seed, arguments, "seed", 1, 0, UINT64_MAX / 2, &err));
  KD_TRY(kd_whole(&threads, arguments, "threads", 0, 1, 1024, &err));
  KD_TRY(kd_path_join(folder, sizeof folder, ctx->home, "claims", &err));
  KD_TRY(kd_claims_read(&all, ctx, folder, &err));
  kd_folder_make_parents(ctx, output);
  ctx->files.make_folder(output, ctx->files.user);
  const kd_claims_options opt = {.realisations = realisations,
                                 .seed = seed,
                                 .threads = (size_t)threads,
                                 .folder = output,
                                 .assignments = assignments,
                                 .assignment_count = count,
                                 .only = kd_value(arguments, "only", NULL),
                                 .progress = step,
                                 .user = &progress};
  status = kd_claims_judge(all, &opt, &err);
  kd_progress_end(&progress);
  KD_TRY(status);
  if (kd_has(arguments, "json"))
    kd_claims_write_json(&text, all);
  else
    kd_claims_write(&text, all);
out:
  kd_claims_destroy(&all);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  err.code = status;
  return kd_fail(&err);
}

const kd_command kd_command_claims = {
    .name = "claims",
    .operands = "",
    .summary = "Recomputes the printed claims: holds, fails, or cannot be known, and why.",
    .about = "Every computed figure is one that the run store of its scenario holds as well. --set recomputes with "
             "other values.",
    .examples = examples,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = claims,
};
