// SPDX-License-Identifier: Apache-2.0
/* kaidei completion and kaidei man, from the option tables. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/shared.h"

static int completion(const kd_arguments *arguments, kd_context *ctx) {
  kd_text text;
  kd_text_init(&text, ctx);
  if (kd_completion(&text, arguments->operand[0])) return kd_print(&text);
  kd_text_free(&text);
  fprintf(stderr, "kaidei: no completion for '%s': one of bash, zsh, fish is wanted\n", arguments->operand[0]);
  return 2;
}

static int man(const kd_arguments *arguments, kd_context *ctx) {
  const kd_command *command = arguments->operands > 0 ? kd_command_find(arguments->operand[0]) : NULL;
  if (arguments->operands > 0 && command == NULL) {
    fprintf(stderr, "kaidei: no command '%s'\n", arguments->operand[0]);
    return 2;
  }
  kd_text text;
  kd_text_init(&text, ctx);
  kd_manual_page(&text, command);
  return kd_print(&text);
}

static const char *const completion_examples[] = {
    "kaidei completion bash > ~/.local/share/bash-completion/completions/kaidei", "for the next shell", NULL};
static const char *const man_examples[] = {"kaidei man run | man -l -", "the page of one command", NULL};

const kd_command kd_command_completion = {.name = "completion",
                                          .operands = "SHELL",
                                          .least = 1,
                                          .most = 1,
                                          .summary = "Prints shell completion for bash, zsh or fish.",
                                          .examples = completion_examples,
                                          .run = completion};

const kd_command kd_command_man = {.name = "man",
                                   .operands = "[COMMAND]",
                                   .least = 0,
                                   .most = 1,
                                   .summary = "Prints a man page.",
                                   .examples = man_examples,
                                   .run = man};
