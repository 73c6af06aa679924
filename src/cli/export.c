// SPDX-License-Identifier: Apache-2.0
/* kaidei export: a run in the formats of other programs. */
#include "results/export.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/shared.h"

static const kd_option options[] = {
    {"format", 'F', KD_EXPORT_FORMATS, "The format (default: by the ending of the output, else csv).", false},
    {"output", 'o', "PATH", "File or folder (default: RUN.xlsx, RUN.json, or the folder RUN-csv).", false},
};

static const char *const examples[] = {"kaidei export runs/a --format xlsx -o a.xlsx",
                                       "a workbook, units and assumptions first",
                                       "kaidei export runs/a --format csv -o tables", "a folder of tables", NULL};

static bool ends_with(const char *text, const char *ending) {
  const size_t length = strlen(text), size = strlen(ending);
  return length >= size && strcmp(text + length - size, ending) == 0;
}

static const char *format_of(const kd_arguments *arguments) {
  const char *output = kd_value(arguments, "output", "");
  const char *otherwise = ends_with(output, ".xlsx") ? "xlsx" : ends_with(output, ".json") ? "json" : "csv";
  return kd_value(arguments, "format", kd_has(arguments, "json") ? "json" : otherwise);
}

static int export_command(const kd_arguments *arguments, kd_context *ctx) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_run *run = NULL;
  char path[4096];
  const char *folder = arguments->operand[0], *format = format_of(arguments);
  kd_text text;
  kd_text_init(&text, ctx);
  size_t length = strlen(folder);
  while (length > 1 && folder[length - 1] == '/') length--;
  snprintf(path, sizeof path, "%.*s%s%s", (int)length, folder, strcmp(format, "csv") == 0 ? "-" : ".", format);
  const char *output = kd_value(arguments, "output", path);
  KD_TRY(kd_run_open(&run, ctx, folder, &err));
  if (strcmp(format, "json") == 0 && (strcmp(output, "-") == 0 || (kd_has(arguments, "json") && output == path))) {
    KD_TRY(kd_export_json(&text, run, &err));
  } else {
    KD_TRY(kd_export(run, format, output, &err));
    if (!kd_has(arguments, "quiet")) fprintf(stderr, "%s\n", output);
  }
out:
  kd_run_destroy(&run);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  if (status == KD_E_CHOICE) status = KD_E_USAGE;
  err.code = status;
  return kd_fail(&err);
}

const kd_command kd_command_export = {.name = "export",
                                      .operands = "RUN",
                                      .least = 1,
                                      .most = 1,
                                      .summary = "Writes a run as CSV, XLSX or JSON.",
                                      .examples = examples,
                                      .options = options,
                                      .option_count = sizeof options / sizeof options[0],
                                      .run = export_command};
