// SPDX-License-Identifier: Apache-2.0
/* The command: finds the word's table, parses, runs. Only this folder prints. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/shared.h"

const kd_command *const kd_commands[] = {
    &kd_command_run,      &kd_command_check,   &kd_command_deposit, &kd_command_mineplan,   &kd_command_lift,
    &kd_command_campaign, &kd_command_process, &kd_command_plume,   &kd_command_economy,    &kd_command_supply,
    &kd_command_explain,  &kd_command_schema,  &kd_command_claims,  &kd_command_eval,       &kd_command_compare,
    &kd_command_report,   &kd_command_export,  &kd_command_doctor,  &kd_command_completion, &kd_command_man,
};
const size_t kd_command_count = sizeof kd_commands / sizeof kd_commands[0];

const kd_command *kd_command_find(const char *name) {
  for (size_t i = 0; i < kd_command_count; i++) {
    if (strcmp(kd_commands[i]->name, name) == 0) return kd_commands[i];
  }
  return NULL;
}

static int unknown_command(const char *word) {
  const char *nearest = NULL;
  size_t best = 4;
  for (size_t i = 0; i < kd_command_count; i++) {
    const size_t distance = kd_edit_distance(kd_commands[i]->name, word, best);
    if (distance < best) {
      best = distance;
      nearest = kd_commands[i]->name;
    }
  }
  if (nearest != NULL)
    fprintf(stderr, "kaidei: no command '%s': did you mean %s?\n", word, nearest);
  else
    fprintf(stderr, "kaidei: no command '%s': `kaidei --help` lists them\n", word);
  return 2;
}

static int help(kd_context *ctx, const kd_command *command) {
  kd_text text;
  kd_text_init(&text, ctx);
  if (command != NULL)
    kd_command_help(&text, command);
  else
    kd_program_help(&text);
  return kd_print(&text);
}

static int dispatch(int count, char **words, kd_context *ctx) {
  const char *word = count > 1 ? words[1] : "--help";
  if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0)
    return printf("kaidei %s\n", KD_VERSION) > 0 ? 0 : 5;
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
    if (count < 3) return help(ctx, NULL);
    const kd_command *command = kd_command_find(words[2]);
    return command != NULL ? help(ctx, command) : unknown_command(words[2]);
  }
  const kd_command *command = kd_command_find(word);
  if (command == NULL) return unknown_command(word);
  kd_error err = {0};
  kd_arguments arguments;
  if (kd_arguments_parse(&arguments, command, count - 2, words + 2, &err) != KD_OK) {
    kd_fail(&err);
    fprintf(stderr, "`kaidei %s --help` shows how it is used\n", command->name);
    return 2;
  }
  if (kd_has(&arguments, "help")) return help(ctx, command);
  return command->run(&arguments, ctx);
}

static void print_log(kd_log_level level, const char *line, void *user) {
  (void)user;
  if (level <= KD_LOG_INFO) fprintf(stderr, "kaidei: %s\n", line);
}

/* A standard stream that the caller closed must not become the number of a file of ours, which talk would then be
 * written into: it is filled with one that refuses. */
static void hold_standard_streams(void) {
  for (int stream = 0; stream < 3; stream++)
    if (fcntl(stream, F_GETFD) == -1 && errno == EBADF) (void)!open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
}

int main(int count, char **words) {
  kd_context *ctx = NULL;
  hold_standard_streams();
  const kd_context_options options = {.size = sizeof options, .log = print_log, .home = getenv("KAIDEI_HOME")};
  if (kd_context_create(&ctx, &options) != KD_OK) {
    fprintf(stderr, "kaidei: out of memory\n");
    return 5;
  }
  kd_watch_interrupts();
  const int code = dispatch(count, words, ctx);
  kd_context_destroy(&ctx);
  return code;
}
