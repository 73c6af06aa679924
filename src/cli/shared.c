// SPDX-License-Identifier: Apache-2.0
#include "cli/shared.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "scenario/diagnostics.h"

const kd_option kd_option_set = {"set", 's', "KEY=VALUE", "Sets a key of the scenario, in scenario syntax.", true};

int kd_fail(const kd_error *err) {
  fprintf(stderr, "kaidei: %s\n", err->text[0] != '\0' ? err->text : kd_status_text(err->code));
  return kd_status_exit_code(err->code);
}

int kd_print(kd_text *text) {
  int code = 0;
  if (text->failed) {
    fprintf(stderr, "kaidei: out of memory for the output\n");
    code = 5;
  } else if (text->bytes != NULL &&
             (fwrite(text->bytes, 1, text->length, stdout) != text->length || fflush(stdout) != 0)) {
    fprintf(stderr, "kaidei: cannot write to standard output\n");
    code = 5;
  }
  kd_text_free(text);
  return code;
}

bool kd_is_terminal(int descriptor) {
  const char *kind = getenv("TERM");
  return isatty(descriptor) == 1 && (kind == NULL || strcmp(kind, "dumb") != 0);
}

bool kd_use_colour(const kd_arguments *arguments, int descriptor) {
  const char *none = getenv("NO_COLOR");
  return kd_is_terminal(descriptor) && (none == NULL || none[0] == '\0') && !kd_has(arguments, "no-color");
}

/* ---- scenarios by name ---- */

typedef struct kd_scenario_names {
  kd_context *ctx;
  char name[128][96];
  size_t count;
} kd_scenario_names;

static int take_name(const char *name, void *user) {
  kd_scenario_names *names = user;
  const size_t length = strlen(name);
  if (length < 6 || strcmp(name + length - 5, ".yaml") != 0 || names->count == 128 ||
      length - 5 >= sizeof names->name[0])
    return 0;
  memcpy(names->name[names->count], name, length - 5);
  names->name[names->count++][length - 5] = '\0';
  return 0;
}

static int by_text(const void *a, const void *b) {
  return strcmp(a, b);
}

static void list_names(kd_scenario_names *names, kd_context *ctx) {
  char folder[4096];
  names->ctx = ctx;
  names->count = 0;
  if (kd_path_join(folder, sizeof folder, ctx->home, "scenarios", NULL) != KD_OK) return;
  ctx->files.list(folder, take_name, names, ctx->files.user);
  qsort(names->name, names->count, sizeof names->name[0], by_text);
}

kd_status kd_scenario_path(char *out, size_t capacity, kd_context *ctx, const char *name, kd_error *err) {
  kd_file_info info;
  if (ctx->files.inspect(&info, name, ctx->files.user) == 0 && !info.is_folder) {
    const int written = snprintf(out, capacity, "%s", name);
    return written >= 0 && (size_t)written < capacity ? KD_OK
                                                      : kd_error_set(err, KD_E_SIZE, "%s: the path is too long", name);
  }
  kd_scenario_names names;
  list_names(&names, ctx);
  const char *nearest = NULL;
  size_t best = 8;
  for (size_t i = 0; i < names.count; i++) {
    if (strcmp(names.name[i], name) == 0) {
      const int written = snprintf(out, capacity, "%s/scenarios/%s.yaml", ctx->home, name);
      return written >= 0 && (size_t)written < capacity
                 ? KD_OK
                 : kd_error_set(err, KD_E_SIZE, "%s: the path is too long", name);
    }
    const size_t distance = kd_edit_distance(names.name[i], name, best);
    if (distance < best) {
      best = distance;
      nearest = names.name[i];
    }
  }
  if (nearest != NULL) return kd_error_set(err, KD_E_NOTFOUND, "no scenario '%s': did you mean %s?", name, nearest);
  return kd_error_set(err, KD_E_NOTFOUND,
                      "no scenario '%s': neither a file nor a shipped one; `kaidei run` lists those", name);
}

/* Adds one scenario to the list if it can be run: what others merely extend is left out. */
static void list_one(kd_text *out, kd_context *ctx, const char *name, bool json, bool *first) {
  char path[4096];
  kd_scenario *scenario = NULL;
  if (kd_scenario_path(path, sizeof path, ctx, name, NULL) != KD_OK) return;
  if (kd_scenario_load(&scenario, ctx, path, NULL) != KD_OK) return;
  if (json) {
    kd_text_add(out, *first ? "{\"scenario\": " : ", {\"scenario\": ");
    kd_text_add_json(out, name);
    kd_text_add(out, ", \"name\": ");
    kd_text_add_json(out, kd_scenario_name(scenario));
    kd_text_add(out, "}");
  } else {
    kd_text_printf(out, "  %-36s %s\n", name, kd_scenario_name(scenario));
  }
  *first = false;
  kd_scenario_destroy(&scenario);
}

void kd_scenario_list(kd_text *out, kd_context *ctx, bool json) {
  kd_scenario_names names;
  bool first = true;
  list_names(&names, ctx);
  if (json) kd_text_add(out, "[");
  for (size_t i = 0; i < names.count; i++) list_one(out, ctx, names.name[i], json, &first);
  if (json) kd_text_add(out, "]\n");
}

int kd_open_scenario(kd_scenario **out, const kd_arguments *arguments, kd_context *ctx, const char *name) {
  kd_error err = {0};
  char path[4096];
  const char *assignments[KD_MAX_VALUES];
  const size_t count = kd_values(assignments, arguments, "set");
  *out = NULL;
  if (kd_scenario_path(path, sizeof path, ctx, name, &err) != KD_OK) {
    kd_fail(&err);
    return err.code == KD_E_NOTFOUND ? 3 : kd_status_exit_code(err.code);
  }
  kd_diagnostics *all = NULL;
  const kd_status status = kd_scenario_load_set(out, ctx, path, assignments, count, &all);
  const bool silent = status == KD_OK && kd_has(arguments, "quiet");
  if (all != NULL && kd_diagnostics_count(all) > 0 && !silent) {
    kd_text text;
    kd_text_init(&text, ctx);
    kd_diagnostics_write(&text, all, kd_use_colour(arguments, STDERR_FILENO));
    if (text.bytes != NULL) fputs(text.bytes, stderr);
    kd_text_free(&text);
  } else if (status != KD_OK) {
    fprintf(stderr, "kaidei: %s: %s\n", path, kd_status_text(status));
  }
  kd_diagnostics_destroy(&all);
  return kd_status_exit_code(status);
}

/* ---- interrupts: the one piece of state that a signal can reach ---- */

static volatile sig_atomic_t interrupts = 0;

static void on_interrupt(int signal_number) {
  if (interrupts > 0) _exit(6);
  interrupts = signal_number;
}

bool kd_interrupted(void) {
  return interrupts != 0;
}

void kd_watch_interrupts(void) {
  struct sigaction action = {0};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  signal(SIGXFSZ, SIG_IGN); /* a file that grows beyond the limit of the user: the write says so, and is told */
}

/* ---- progress ---- */

double kd_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void kd_progress_start(kd_progress *self, const kd_arguments *arguments) {
  *self = (kd_progress){.shown = kd_is_terminal(STDERR_FILENO) && !kd_has(arguments, "quiet"), .started = kd_clock()};
}

int kd_progress_step(uint64_t done, uint64_t all, void *user) {
  kd_progress *self = user;
  const double now = kd_clock();
  if (!self->begun) {
    self->begun = true;
    self->first = done;
  }
  if (self->shown && now - self->drawn > 0.1 && all > 0) {
    const double share = (double)done / (double)all, spent = now - self->started;
    const double rate = (double)(done - self->first) / spent;
    fprintf(stderr, "\r\033[K%3.0f %%  %llu of %llu realisations", 100 * share, (unsigned long long)done,
            (unsigned long long)all);
    if (rate > 0) fprintf(stderr, ", %.0f s left", (double)(all - done) / rate);
    fflush(stderr);
    self->drawn = now;
  }
  return kd_interrupted() ? 1 : 0;
}

void kd_progress_end(kd_progress *self) {
  if (self->shown && self->drawn > 0) fputs("\r\033[K", stderr);
}

void kd_short_number(char *out, size_t capacity, double value) {
  const double size = fabs(value);
  if (!isfinite(value))
    snprintf(out, capacity, "-");
  else if (size == 0)
    snprintf(out, capacity, "0");
  else if (size >= 1e7 || size < 1e-4)
    snprintf(out, capacity, "%.3e", value);
  else if (size >= 1000) {
    const long long whole = (long long)llround(size);
    char digits[32];
    const int length = snprintf(digits, sizeof digits, "%lld", whole);
    size_t at = 0;
    if (value < 0 && at + 1 < capacity) out[at++] = '-';
    for (int i = 0; i < length && at + 2 < capacity; i++) {
      if (i > 0 && (length - i) % 3 == 0) out[at++] = ',';
      out[at++] = digits[i];
    }
    out[at] = '\0';
  } else
    snprintf(out, capacity, "%.4g", value);
}
