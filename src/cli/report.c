// SPDX-License-Identifier: Apache-2.0
/* kaidei report: writes the report of a run again. */
#include "results/report.h"

#include <stdio.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/shared.h"

static const kd_option options[] = {
    {"output", 'o', "FILE", "Where the page goes (default: report.html in the run folder); - is standard output.",
     false},
};

static const char *const examples[] = {"kaidei report runs/a -o a.html", "one offline page, to send or to print", NULL};

static int report(const kd_arguments *arguments, kd_context *ctx) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_run *run = NULL;
  char path[4096];
  kd_text text;
  kd_text_init(&text, ctx);
  const char *output = kd_value(arguments, "output", NULL);
  KD_TRY(kd_run_open(&run, ctx, arguments->operand[0], &err));
  KD_TRY(kd_report_write(&text, run, &err));
  if (output == NULL) KD_TRY(kd_path_join(path, sizeof path, arguments->operand[0], "report.html", &err));
  if (output == NULL || output[0] != '-' || output[1] != '\0') {
    KD_TRY(kd_file_write_all(ctx, output != NULL ? output : path, text.bytes, text.length, &err));
    kd_text_free(&text);
    if (!kd_has(arguments, "quiet")) fprintf(stderr, "%s\n", output != NULL ? output : path);
  }
out:
  kd_run_destroy(&run);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  err.code = status;
  return kd_fail(&err);
}

const kd_command kd_command_report = {
    .name = "report",
    .operands = "RUN",
    .least = 1,
    .most = 1,
    .summary = "Writes the report of a run again: one offline page.",
    .examples = examples,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = report,
};
