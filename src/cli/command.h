// SPDX-License-Identifier: Apache-2.0
/* Commands and their options: one table each, from which come the parser, --help, shell completion and man pages. */
#ifndef KD_CLI_COMMAND_H
#define KD_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "kaidei/context.h"

#define KD_MAX_VALUES 256 /* values of one repeatable option, or positional arguments */

typedef struct kd_option {
  const char *name;  /* "realisations" */
  char letter;       /* 'n', or 0 */
  const char *value; /* name of its value, "N"; NULL: a switch */
  const char *doc;   /* one sentence */
  bool repeatable;
} kd_option;

typedef struct kd_arguments kd_arguments;

typedef struct kd_command {
  const char *name;
  const char *operands;        /* "SCENARIO", "RUN RUN", "[KEY]" */
  size_t least, most;          /* number of operands */
  const char *summary;         /* one line */
  const char *about;           /* a paragraph for --help and the man page; may be NULL */
  const char *const *examples; /* pairs: command line, what it does; ends with NULL */
  const kd_option *options;    /* beside the common ones */
  size_t option_count;
  int (*run)(const kd_arguments *arguments, kd_context *ctx);
} kd_command;

struct kd_arguments {
  const kd_command *command;
  const char *operand[KD_MAX_VALUES];
  size_t operands;
  struct {
    const kd_option *option;
    const char *value;
  } given[KD_MAX_VALUES];
  size_t givens;
};

extern const kd_option kd_common_options[]; /* help, json, quiet, no-color */
extern const size_t kd_common_option_count;
extern const kd_command *const kd_commands[];
extern const size_t kd_command_count;

/* Parses argv behind the command's name. Errors: KD_E_USAGE with a suggestion. */
kd_status kd_arguments_parse(kd_arguments *out, const kd_command *command, int count, char *const *words,
                             kd_error *err);

bool kd_has(const kd_arguments *self, const char *option);
const char *kd_value(const kd_arguments *self, const char *option, const char *otherwise);
/* Values of a repeatable option into out (room for KD_MAX_VALUES); returns how many. */
size_t kd_values(const char **out, const kd_arguments *self, const char *option);
/* A whole number within [low, high]. KD_E_USAGE otherwise. */
kd_status kd_whole(uint64_t *out, const kd_arguments *self, const char *option, uint64_t otherwise, uint64_t low,
                   uint64_t high, kd_error *err);

const kd_command *kd_command_find(const char *name); /* NULL: none */
void kd_command_help(kd_text *out, const kd_command *command);
void kd_program_help(kd_text *out);
void kd_manual_page(kd_text *out, const kd_command *command); /* NULL: the page of the program */
/* shell: "bash", "zsh" or "fish"; false when it is another. */
bool kd_completion(kd_text *out, const char *shell);

#endif
