// SPDX-License-Identifier: Apache-2.0
/* Help, man pages and shell completion, all from the option tables. */
#include <string.h>

#include "cli/command.h"

static const char *const exit_codes = "0 ok, 1 the run failed, 2 wrong use, 3 invalid input, 4 not converged or a "
                                      "balance broken, 5 memory, disk or file, 6 interrupted";

static void help_option(kd_text *out, const kd_option *option) {
  char left[64];
  kd_text line;
  kd_text_init(&line, out->ctx);
  if (option->letter != 0)
    kd_text_printf(&line, "-%c, ", option->letter);
  else
    kd_text_add(&line, "    ");
  kd_text_printf(&line, "--%s%s%s", option->name, option->value != NULL ? " " : "",
                 option->value != NULL ? option->value : "");
  const size_t length = line.length < sizeof left ? line.length : sizeof left - 1;
  if (line.bytes != NULL) memcpy(left, line.bytes, length);
  left[line.bytes != NULL ? length : 0] = '\0';
  kd_text_free(&line);
  kd_text_printf(out, "  %-28s %s%s\n", left, option->doc, option->repeatable ? " May be repeated." : "");
}

void kd_command_help(kd_text *out, const kd_command *command) {
  kd_text_printf(out, "kaidei %s%s%s%s\n\n%s\n", command->name, command->operands[0] != '\0' ? " " : "",
                 command->operands, " [options]", command->summary);
  if (command->about != NULL) kd_text_printf(out, "%s\n", command->about);
  if (command->examples != NULL) {
    kd_text_add(out, "\nExamples\n");
    for (const char *const *e = command->examples; *e != NULL; e += 2) kd_text_printf(out, "  %-60s %s\n", e[0], e[1]);
  }
  kd_text_add(out, "\nOptions\n");
  for (size_t i = 0; i < command->option_count; i++) help_option(out, &command->options[i]);
  for (size_t i = 0; i < kd_common_option_count; i++) help_option(out, &kd_common_options[i]);
  kd_text_printf(out, "\nExit codes: %s.\n", exit_codes);
}

void kd_program_help(kd_text *out) {
  kd_text_add(out,
              "kaidei follows deep-sea rare-earth mud from the seabed to separated metals and a safer supply.\n\n"
              "  kaidei run minamitorishima-2027-full-trial -n 1000    the whole chain, with its uncertainty\n"
              "  kaidei claims                                         what is in print, recomputed\n\nCommands\n");
  for (size_t i = 0; i < kd_command_count; i++)
    kd_text_printf(out, "  %-12s %s\n", kd_commands[i]->name, kd_commands[i]->summary);
  kd_text_add(out, "\n`kaidei COMMAND --help` tells more. ");
  kd_text_printf(out, "Exit codes: %s.\n", exit_codes);
}

/* Text for troff: a dot or quote at the start of a line and every backslash are guarded, hyphens kept as they are. */
static void add_troff(kd_text *out, const char *text) {
  if (text[0] == '.' || text[0] == '\'') kd_text_add(out, "\\&");
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '\\')
      kd_text_add(out, "\\e");
    else if (*c == '-')
      kd_text_add(out, "\\-");
    else
      kd_text_add_bytes(out, c, 1);
  }
}

static void man_option(kd_text *out, const kd_option *option) {
  kd_text_add(out, ".TP\n\\fB");
  if (option->letter != 0) kd_text_printf(out, "\\-%c\\fR, \\fB", option->letter);
  kd_text_add(out, "\\-\\-");
  add_troff(out, option->name);
  kd_text_add(out, "\\fR");
  if (option->value != NULL) kd_text_printf(out, " \\fI%s\\fR", option->value);
  kd_text_add(out, "\n");
  add_troff(out, option->doc);
  kd_text_add(out, "\n");
}

static void man_program(kd_text *out) {
  kd_text_add(out, ".TH KAIDEI 1\n.SH NAME\nkaidei \\- deep\\-sea rare\\-earth mud from seabed to supply\n"
                   ".SH SYNOPSIS\n\\fBkaidei\\fR \\fICOMMAND\\fR [options]\n.SH COMMANDS\n");
  for (size_t i = 0; i < kd_command_count; i++) {
    kd_text_add(out, ".TP\n\\fB");
    add_troff(out, kd_commands[i]->name);
    kd_text_add(out, "\\fR\n");
    add_troff(out, kd_commands[i]->summary);
    kd_text_add(out, "\n");
  }
}

void kd_manual_page(kd_text *out, const kd_command *command) {
  if (command == NULL) {
    man_program(out);
  } else {
    kd_text_printf(out, ".TH KAIDEI-%s 1\n.SH NAME\nkaidei\\-%s \\- ", command->name, command->name);
    add_troff(out, command->summary);
    kd_text_printf(out, "\n.SH SYNOPSIS\n\\fBkaidei %s\\fR %s [options]\n", command->name, command->operands);
    if (command->about != NULL) {
      kd_text_add(out, ".SH DESCRIPTION\n");
      add_troff(out, command->about);
      kd_text_add(out, "\n");
    }
    kd_text_add(out, ".SH OPTIONS\n");
    for (size_t i = 0; i < command->option_count; i++) man_option(out, &command->options[i]);
    for (size_t i = 0; i < kd_common_option_count; i++) man_option(out, &kd_common_options[i]);
    if (command->examples != NULL) kd_text_add(out, ".SH EXAMPLES\n");
    for (const char *const *e = command->examples; e != NULL && *e != NULL; e += 2) {
      kd_text_add(out, ".TP\n\\fB");
      add_troff(out, e[0]);
      kd_text_add(out, "\\fR\n");
      add_troff(out, e[1]);
      kd_text_add(out, "\n");
    }
  }
  kd_text_add(out, ".SH EXIT STATUS\n");
  add_troff(out, exit_codes);
  kd_text_add(out, "\n");
}

static void bash(kd_text *out) {
  kd_text_add(out, "_kaidei() {\n  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}\n"
                   "  if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"");
  for (size_t i = 0; i < kd_command_count; i++) kd_text_printf(out, "%s%s", i == 0 ? "" : " ", kd_commands[i]->name);
  kd_text_add(out, "\" -- \"$word\")); return; fi\n  case \"$command\" in\n");
  for (size_t i = 0; i < kd_command_count; i++) {
    kd_text_printf(out, "    %s) [[ $word == -* ]] && COMPREPLY=($(compgen -W \"", kd_commands[i]->name);
    for (size_t k = 0; k < kd_commands[i]->option_count; k++)
      kd_text_printf(out, "--%s ", kd_commands[i]->options[k].name);
    for (size_t k = 0; k < kd_common_option_count; k++) kd_text_printf(out, "--%s ", kd_common_options[k].name);
    kd_text_add(out, "\" -- \"$word\")) ;;\n");
  }
  kd_text_add(out, "  esac\n}\ncomplete -o default -F _kaidei kaidei\n");
}

static void fish(kd_text *out) {
  for (size_t i = 0; i < kd_command_count; i++) {
    const kd_command *command = kd_commands[i];
    kd_text_printf(out, "complete -c kaidei -n __fish_use_subcommand -a %s -d '%s'\n", command->name, command->summary);
    for (size_t k = 0; k < command->option_count; k++) {
      kd_text_printf(out, "complete -c kaidei -n '__fish_seen_subcommand_from %s' -l %s%s\n", command->name,
                     command->options[k].name, command->options[k].value != NULL ? " -r" : "");
    }
  }
}

bool kd_completion(kd_text *out, const char *shell) {
  if (strcmp(shell, "bash") == 0)
    bash(out);
  else if (strcmp(shell, "fish") == 0)
    fish(out);
  else if (strcmp(shell, "zsh") == 0) {
    kd_text_add(out, "#compdef kaidei\nautoload -U +X bashcompinit && bashcompinit\n");
    bash(out);
  } else
    return false;
  return true;
}
