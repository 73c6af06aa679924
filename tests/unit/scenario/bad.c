// SPDX-License-Identifier: Apache-2.0
/* Malformed scenarios: every file of tests/cases/bad says in comments what must be reported, and nothing else may be.
 *
 *   # expect: LINE:COLUMN CODE "part of message or hint"     in this file; 0:0 the file as a whole
 *   # expect: NAME:LINE:COLUMN CODE "..."                    in another file
 *   # expect: set:COLUMN CODE "..."                          in an assignment
 *   # warn: ...                                              the same for a warning
 *   # set: key=value                                         an assignment laid over the file
 *
 * Files whose names begin with '_' are parts of other cases. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/context.h"
#include "base/files.h"
#include "scenario/diagnostics.h"
#include "scenario/internal.h"

#define MAX_EXPECTED    64
#define MAX_ASSIGNMENTS 8

typedef struct expectation {
  kd_severity severity;
  char file[128]; /* "" this file, "set" an assignment */
  unsigned line, column;
  char code[64], says[256];
  bool met;
} expectation;

typedef struct bad_case {
  char path[2048];
  const char *base; /* name without folders */
  expectation expected[MAX_EXPECTED];
  size_t count;
  char assignments[MAX_ASSIGNMENTS][512];
  size_t assignment_count;
} bad_case;

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash != NULL ? slash + 1 : path;
}

/* Reads "[NAME:]LINE:COLUMN CODE "text"". */
static void read_expectation(bad_case *self, kd_severity severity, const char *text) {
  expectation *e = &self->expected[self->count];
  assert_true(self->count < MAX_EXPECTED);
  *e = (expectation){.severity = severity};
  char place[128];
  if (sscanf(text, "%127s %63s \"%255[^\"]\"", place, e->code, e->says) != 3)
    fail_msg("%s: malformed expectation: %s", self->path, text);
  char *last = strrchr(place, ':');
  if (last == NULL) fail_msg("%s: malformed place: %s", self->path, place);
  *last = '\0';
  e->column = (unsigned)strtoul(last + 1, NULL, 10);
  if (strcmp(place, "set") == 0) {
    memcpy(e->file, "set", 4);
    e->line = 1;
  } else {
    char *before = strrchr(place, ':');
    if (before != NULL) {
      *before = '\0';
      memcpy(e->file, place, strlen(place) + 1);
    }
    e->line = (unsigned)strtoul(before != NULL ? before + 1 : place, NULL, 10);
  }
  self->count++;
}

static void read_case(bad_case *self, kd_context *ctx) {
  char *bytes = NULL;
  size_t count = 0;
  assert_int_equal(kd_file_read_all(&bytes, &count, ctx, self->path, (size_t)16 << 20, NULL), KD_OK);
  for (char *line = bytes; line < bytes + count;) {
    char *end = memchr(line, '\n', (size_t)(bytes + count - line));
    if (end == NULL) end = bytes + count;
    *end = '\0';
    if (strncmp(line, "# expect: ", 10) == 0) read_expectation(self, KD_ERROR, line + 10);
    if (strncmp(line, "# warn: ", 8) == 0) read_expectation(self, KD_WARNING, line + 8);
    if (strncmp(line, "# set: ", 7) == 0) {
      assert_true(self->assignment_count < MAX_ASSIGNMENTS);
      snprintf(self->assignments[self->assignment_count++], 512, "%s", line + 7);
    }
    line = end + 1;
  }
  kd_free(ctx, bytes);
}

static bool meets(const bad_case *self, const expectation *e, const kd_diagnostic *d) {
  if (e->met || e->severity != d->severity || strcmp(e->code, kd_status_name(d->code)) != 0) return false;
  if (e->line != d->line || e->column != d->column) return false;
  const char *file = base_name(d->file);
  if (strcmp(e->file, "set") == 0 ? d->file[0] != '\0' : strcmp(file, e->file[0] != '\0' ? e->file : self->base) != 0)
    return false;
  return strstr(d->message, e->says) != NULL || strstr(d->hint, e->says) != NULL;
}

static size_t run_case(bad_case *self, kd_context *ctx) {
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  const char *assignments[MAX_ASSIGNMENTS];
  for (size_t i = 0; i < self->assignment_count; i++) assignments[i] = self->assignments[i];
  const kd_status status = kd_scenario_load_set(&scenario, ctx, self->path, assignments, self->assignment_count, &all);
  size_t wrong = 0, errors = 0;
  kd_status first = KD_OK;
  for (size_t i = 0; i < kd_diagnostics_count(all); i++) {
    const kd_diagnostic *d = kd_diagnostics_get(all, i);
    size_t k = 0;
    while (k < self->count && !meets(self, &self->expected[k], d)) k++;
    if (k < self->count) {
      self->expected[k].met = true;
    } else {
      print_error("%s: not expected: %s:%u:%u %s %s \"%s\" hint \"%s\"\n", self->base, base_name(d->file), d->line,
                  d->column, d->severity == KD_ERROR ? "error" : "warning", kd_status_name(d->code), d->message,
                  d->hint);
      wrong++;
    }
    if (d->severity == KD_ERROR && errors++ == 0) first = d->code;
  }
  for (size_t k = 0; k < self->count; k++) {
    if (self->expected[k].met) continue;
    const expectation *e = &self->expected[k];
    print_error("%s: not reported: %s:%u:%u %s \"%s\"\n", self->base, e->file, e->line, e->column, e->code, e->says);
    wrong++;
  }
  if (self->count == 0 || errors != kd_diagnostics_errors(all) || status != first ||
      (errors > 0) != (scenario == NULL)) {
    print_error("%s: status %s, %zu errors\n", self->base, kd_status_name(status), errors);
    wrong++;
  }
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  return wrong;
}

static int by_name(const void *a, const void *b) {
  return strcmp(a, b);
}

/* Runs every file of one folder; *cases counts them. */
static size_t run_folder(const char *folder, kd_context *ctx, size_t *cases) {
  static char names[512][128];
  size_t count = 0, wrong = 0;
  DIR *open = opendir(folder);
  assert_non_null(open);
  for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
    const size_t length = strlen(entry->d_name);
    if (length < 6 || length >= 128 || entry->d_name[0] == '_' || strcmp(entry->d_name + length - 5, ".yaml") != 0)
      continue;
    assert_true(count < 512);
    memcpy(names[count++], entry->d_name, length + 1);
  }
  closedir(open);
  qsort(names, count, sizeof names[0], by_name);
  for (size_t i = 0; i < count; i++) {
    bad_case *self = calloc(1, sizeof *self);
    assert_non_null(self);
    snprintf(self->path, sizeof self->path, "%s/%s", folder, names[i]);
    self->base = base_name(self->path);
    read_case(self, ctx);
    wrong += run_case(self, ctx);
    free(self);
  }
  *cases += count;
  return wrong;
}

static void test_every_file(void **state) {
  (void)state;
  static const char *const folders[] = {"syntax", "keys", "values", "distributions", "correlations", "files", "stages"};
  kd_context *ctx = NULL;
  size_t cases = 0, wrong = 0;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  for (size_t i = 0; i < KD_COUNT(folders); i++) {
    char folder[1024];
    snprintf(folder, sizeof folder, KD_TEST_SOURCE "/tests/cases/bad/%s", folders[i]);
    wrong += run_folder(folder, ctx, &cases);
  }
  kd_context_destroy(&ctx);
  assert_int_equal(wrong, 0);
  assert_true(cases >= 120);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_file)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
