// SPDX-License-Identifier: Apache-2.0
/* kaidei explain and kaidei schema: what the parameter tables say. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/shared.h"
#include "scenario/scenario.h"

static int explain(const kd_arguments *arguments, kd_context *ctx) {
  kd_error err = {0};
  kd_text text;
  kd_text_init(&text, ctx);
  const kd_status status = kd_explain(&text, ctx, arguments->operand[0], kd_has(arguments, "json"), &err);
  if (status == KD_OK) return kd_print(&text);
  kd_text_free(&text);
  return kd_fail(&err);
}

static int schema(const kd_arguments *arguments, kd_context *ctx) {
  (void)arguments;
  kd_text text;
  kd_text_init(&text, ctx);
  kd_schema_write(&text, ctx);
  return kd_print(&text);
}

static const char *const explain_examples[] = {"kaidei explain lift.bore", "one key", "kaidei explain lift",
                                               "all keys of a stage", NULL};
static const char *const schema_examples[] = {"kaidei schema > kaidei.schema.json", "for editors that check YAML",
                                              NULL};

const kd_command kd_command_explain = {.name = "explain",
                                       .operands = "KEY",
                                       .least = 1,
                                       .most = 1,
                                       .summary = "Tells what a parameter is: unit, default, range, source.",
                                       .examples = explain_examples,
                                       .run = explain};

const kd_command kd_command_schema = {.name = "schema",
                                      .operands = "",
                                      .summary = "Prints the JSON Schema of scenario files.",
                                      .examples = schema_examples,
                                      .run = schema};
