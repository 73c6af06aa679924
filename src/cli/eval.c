// SPDX-License-Identifier: Apache-2.0
/* kaidei eval: any kernel over a table of cases. */
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/shared.h"
#include "programme/registry.h"

static const kd_option options[] = {
    {"input", 'i', "FILE", "Cases: a CSV file with header cells `name [unit]`; - is standard input.", false},
    {"output", 'o', "FILE", "Where the results go (default: standard output).", false},
    {"list", 0, NULL, "Lists the kernels with their inputs, outputs and units.", false},
    {"data", 0, "NAME=FILE", "A table for a kernel over a data set.", true},
    {"set", 's', "KEY=VALUE", "An option of a kernel over a data set.", true},
};

static const char *const examples[] = {"kaidei eval --list", "names the kernels",
                                       "kaidei eval lift.herschel_bulkley.wall_stress -i cases.csv -o out.csv",
                                       "one output row for each input row", NULL};

static void report(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  (void)code;
  fprintf(stderr, "%s:%u:%u: error: %s\n", (const char *)user, line, column, message);
}

/* Reads a table from a file or, for "-", from standard input. */
static kd_status read_table(kd_table **out, kd_context *ctx, const char *path, kd_error *err) {
  if (strcmp(path, "-") != 0) return kd_table_read(out, ctx, path, report, (void *)(uintptr_t)path, err);
  kd_text text;
  kd_text_init(&text, ctx);
  char bytes[1 << 14];
  for (size_t got; (got = fread(bytes, 1, sizeof bytes, stdin)) > 0;) kd_text_add_bytes(&text, bytes, got);
  kd_status status = text.failed ? kd_error_set(err, KD_E_NOMEM, "out of memory for standard input") : KD_OK;
  if (status == KD_OK) {
    status = kd_table_parse(out, ctx, "standard input", text.bytes != NULL ? text.bytes : "", text.length, report,
                            (void *)(uintptr_t) "standard input", err);
  }
  kd_text_free(&text);
  return status;
}

static kd_status eval_plain(kd_text *text, const kd_kernel *kernel, const kd_arguments *arguments, kd_work *work) {
  kd_status status = KD_OK;
  kd_table *cases = NULL;
  const char *input = kd_value(arguments, "input", NULL);
  KD_CHECK(input != NULL, work->err, KD_E_USAGE, "%s wants a table of cases: -i FILE", kernel->name);
  KD_CHECK(!kd_has(arguments, "data") && !kd_has(arguments, "set"), work->err, KD_E_USAGE,
           "%s takes a table of cases only: --data and --set are for kernels over a data set", kernel->name);
  KD_TRY(read_table(&cases, work->ctx, input, work->err));
  status = kd_kernel_eval_csv(text, kernel, cases, kd_has(arguments, "json"), work);
  if (status != KD_OK) kd_error_context(work->err, "%s: ", input);
out:
  kd_table_destroy(&cases);
  return status;
}

static kd_status eval_data(kd_text *text, const kd_kernel *kernel, const kd_arguments *arguments, kd_work *work) {
  kd_status status = KD_OK;
  const char *given[KD_MAX_VALUES], *sets[KD_MAX_VALUES];
  const size_t givens = kd_values(given, arguments, "data"), set_count = kd_values(sets, arguments, "set");
  kd_table **data = kd_alloc(work->ctx, kernel->data_count, sizeof *data);
  KD_CHECK(data != NULL, work->err, KD_E_NOMEM, "out of memory");
  for (size_t i = 0; i < kernel->data_count; i++) {
    const kd_data_slot *slot = &kernel->data[i];
    const size_t length = strlen(slot->name);
    const char *path = NULL;
    for (size_t k = 0; k < givens; k++) {
      if (strncmp(given[k], slot->name, length) == 0 && given[k][length] == '=') path = given[k] + length + 1;
    }
    if (path == NULL && slot->optional) continue;
    KD_CHECK(path != NULL, work->err, KD_E_USAGE, "%s wants --data %s=FILE with the columns %s", kernel->name,
             slot->name, slot->columns);
    KD_TRY(read_table(&data[i], work->ctx, path, work->err));
    KD_TRY(kd_table_bind(data[i], slot->columns, report, (void *)(uintptr_t)path, work->err));
  }
  status = kd_kernel_eval_data(text, kernel, (const kd_table *const *)data, sets, set_count, kd_has(arguments, "json"),
                               work);
out:
  for (size_t i = 0; data != NULL && i < kernel->data_count; i++) kd_table_destroy(&data[i]);
  kd_free(work->ctx, data);
  return status;
}

static int eval(const kd_arguments *arguments, kd_context *ctx) {
  kd_status status = KD_OK;
  kd_error err = {0};
  kd_arena *scratch = NULL;
  kd_text text;
  int code = 0;
  kd_text_init(&text, ctx);
  if (kd_has(arguments, "list")) {
    kd_kernel_list(&text, kd_has(arguments, "json"));
    return kd_print(&text);
  }
  KD_CHECK(arguments->operands == 1, &err, KD_E_USAGE,
           "eval wants the name of a kernel: `kaidei eval --list` names them");
  const kd_kernel *kernel = kd_kernel_find(arguments->operand[0], &err);
  KD_TRY(kernel != NULL ? KD_OK : err.code);
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK, &err, KD_E_NOMEM, "out of memory");
  kd_stream rng;
  kd_stream_start(&rng, 1, kd_stream_id(kernel->name), 0);
  kd_work work = {.ctx = ctx, .scratch = scratch, .rng = &rng, .err = &err};
  status =
      kernel->eval != NULL ? eval_plain(&text, kernel, arguments, &work) : eval_data(&text, kernel, arguments, &work);
  KD_TRY(status);
  const char *output = kd_value(arguments, "output", NULL);
  if (output != NULL && strcmp(output, "-") != 0) {
    KD_TRY(kd_file_write_all(ctx, output, text.bytes, text.length, &err));
    kd_text_free(&text);
  } else {
    code = kd_print(&text);
  }
out:
  kd_text_free(&text);
  kd_arena_destroy(&scratch);
  if (status != KD_OK) {
    err.code = status;
    code = kd_fail(&err);
  }
  return code;
}

const kd_command kd_command_eval = {
    .name = "eval",
    .operands = "[KERNEL]",
    .least = 0,
    .most = 1,
    .summary = "Evaluates any model equation over a table of cases.",
    .about = "One output row for each input row, in order. A refused row has empty outputs and its reason in the "
             "column `error`. A kernel "
             "over a data set takes its tables with --data and scalar options with --set, and answers with one table.",
    .examples = examples,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = eval,
};
