// SPDX-License-Identifier: Apache-2.0
/* kaidei compare: two runs side by side, differences only. */
#include "results/compare.h"

#include "base/error.h"
#include "cli/commands.h"
#include "cli/shared.h"

static const char *const examples[] = {"kaidei compare runs/a runs/b", "what differs, and what that did", NULL};

static int compare(const kd_arguments *arguments, kd_context *ctx) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_run *left = NULL, *right = NULL;
  kd_text text;
  kd_text_init(&text, ctx);
  KD_TRY(kd_run_open(&left, ctx, arguments->operand[0], &err));
  KD_TRY(kd_run_open(&right, ctx, arguments->operand[1], &err));
  if (kd_has(arguments, "json"))
    KD_TRY(kd_compare_json(&text, left, right, &err));
  else
    KD_TRY(kd_compare_text(&text, left, right, &err));
out:
  kd_run_destroy(&left);
  kd_run_destroy(&right);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  err.code = status;
  return kd_fail(&err);
}

const kd_command kd_command_compare = {.name = "compare",
                                       .operands = "RUN RUN",
                                       .least = 2,
                                       .most = 2,
                                       .summary = "Shows what differs between two runs.",
                                       .examples = examples,
                                       .run = compare};
