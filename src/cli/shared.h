// SPDX-License-Identifier: Apache-2.0
/* What several commands share: loading a scenario by path or name, printing, progress, the interrupt flag. */
#ifndef KD_CLI_SHARED_H
#define KD_CLI_SHARED_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/command.h"
#include "kaidei/scenario.h"

/* Prints the error on stderr ("kaidei: ...") and returns the exit code of its status. */
int kd_fail(const kd_error *err);
/* Writes a text to stdout, frees it, and returns 0, or the exit code of a failure. */
int kd_print(kd_text *text);

bool kd_is_terminal(int descriptor);
bool kd_use_colour(const kd_arguments *arguments, int descriptor);

/* Path of a scenario: the file itself, else a shipped one by name. KD_E_NOTFOUND with a suggestion. */
kd_status kd_scenario_path(char *out, size_t capacity, kd_context *ctx, const char *name, kd_error *err);
/* The shipped scenarios that can be run: name and title; text or JSON. */
void kd_scenario_list(kd_text *out, kd_context *ctx, bool json);

/* Loads with --set assignments and prints every diagnostic on stderr (or as JSON on stdout when `json_out` is set).
 * Returns 0 and *out, or an exit code. */
int kd_open_scenario(kd_scenario **out, const kd_arguments *arguments, kd_context *ctx, const char *name);

/* True once Ctrl-C or a termination was asked for; a second Ctrl-C ends at once. */
bool kd_interrupted(void);
void kd_watch_interrupts(void);

/* A progress line on stderr, redrawn at most ten times a second, on a terminal only. */
typedef struct kd_progress {
  bool shown;
  double started, drawn; /* seconds of a steady clock */
  uint64_t first;        /* realisations done before this process began */
  bool begun;
} kd_progress;
void kd_progress_start(kd_progress *self, const kd_arguments *arguments);
int kd_progress_step(uint64_t done, uint64_t all, void *user); /* a kd_progress_fn; user: kd_progress */
void kd_progress_end(kd_progress *self);
double kd_clock(void);

/* "1,234" / "0.00123" / "1.23e9": four digits, for tables on a terminal. */
void kd_short_number(char *out, size_t capacity, double value);

/* One stage alone, the one that the command is named after: stage.c. */
int kd_stage_command(const kd_arguments *arguments, kd_context *ctx);

extern const kd_option kd_option_set; /* --set KEY=VALUE */

#endif
