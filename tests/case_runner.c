// SPDX-License-Identifier: Apache-2.0
/* Runs one file of numeric truth over the registry of kernels.
 *
 *   kernel     lift.herschel_bulkley.wall_stress
 *   tolerance  1e-9 relative                    (or: 1e-6 absolute, in SI)
 *   -- a comment; it becomes the name of the case that follows
 *   given      bore 0.25 m   velocity 1.2 m/s   (a bare number is in SI)
 *   expect     wall_stress 5.780190282708 Pa
 *   refuse     KD_E_RANGE "text that the message must hold"
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/quantity.h"
#include "programme/registry.h"

#define MAX_WIDTH 1024

typedef struct runner {
  const char *path;
  int line, passed, failed;
  const kd_kernel *kernel;
  double tolerance;
  int relative;
  char title[256];
  double in[MAX_WIDTH], out[MAX_WIDTH];
  int given;        /* a case is open */
  kd_status status; /* of the case */
  kd_error err;
  kd_context *ctx;
  kd_arena *scratch;
} runner;

static void fail(runner *self, const char *what, const char *detail) {
  self->failed++;
  printf("%s:%d: FAILED %s: %s%s%s\n", self->path, self->line, self->title, what, detail[0] != '\0' ? ": " : "",
         detail);
}

#define FAIL(what, detail)                                                                                             \
  do {                                                                                                                 \
    fail(self, what, detail);                                                                                          \
    return;                                                                                                            \
  } while (0)

/* Index of a flattened field by name, and the field. */
static int find_field(const kd_field **field, size_t *label, const kd_field *fields, size_t count, const char *name) {
  int at = 0;
  for (size_t i = 0; i < count; i++) {
    const size_t labels = fields[i].labels != NULL ? fields[i].labels->count : 1;
    for (size_t k = 0; k < labels; k++, at++) {
      char text[128];
      kd_field_name(text, sizeof text, &fields[i], k);
      if (strcmp(text, name) != 0) continue;
      *field = &fields[i];
      *label = k;
      return at;
    }
  }
  return -1;
}

/* Splits "name value unit name value" into words, in place. */
static size_t split(char **words, size_t capacity, char *text) {
  size_t count = 0;
  for (char *c = text; *c != '\0' && count < capacity;) {
    while (isspace((unsigned char)*c)) c++;
    if (*c == '\0') break;
    words[count++] = c;
    while (*c != '\0' && !isspace((unsigned char)*c)) c++;
    if (*c != '\0') *c++ = '\0';
  }
  return count;
}

/* Joins the words of one value: everything up to the next field name. */
static size_t join_value(char *out, size_t capacity, char **words, size_t at, size_t count, const kd_field *fields,
                         size_t field_count) {
  const kd_field *field;
  size_t label;
  out[0] = '\0';
  size_t used = 0;
  for (; at < count; at++) {
    if (used > 0 && find_field(&field, &label, fields, field_count, words[at]) >= 0) break;
    const int put = snprintf(out + used, capacity - used, used > 0 ? " %s" : "%s", words[at]);
    used += put > 0 ? (size_t)put : 0;
  }
  return at;
}

static void given(runner *self, char *text) {
  char *words[256];
  const size_t count = split(words, 256, text);
  const kd_kernel *kernel = self->kernel;
  self->given = 1;
  self->status = KD_OK;
  memset(&self->err, 0, sizeof self->err);
  int have[MAX_WIDTH] = {0};
  for (size_t i = 0; i < count && self->status == KD_OK;) {
    const kd_field *field;
    size_t label;
    const int at = find_field(&field, &label, kernel->inputs, kernel->input_count, words[i]);
    if (at < 0) {
      fail(self, "no such input", words[i]);
      self->given = 0;
      return;
    }
    char value[256];
    i = join_value(value, sizeof value, words, i + 1, count, kernel->inputs, kernel->input_count);
    have[at] = 1;
    self->status = kd_field_read(&self->in[at], field, label, value, NULL, &self->err);
  }
  size_t at = 0;
  for (size_t i = 0; i < kernel->input_count; i++) {
    for (size_t k = 0; k < (kernel->inputs[i].labels != NULL ? kernel->inputs[i].labels->count : 1); k++, at++) {
      if (self->status == KD_OK && !have[at])
        self->status = kd_field_default(&self->in[at], &kernel->inputs[i], &self->err);
    }
  }
  if (self->status != KD_OK) return;
  kd_arena_reset(self->scratch);
  kd_stream rng;
  kd_stream_start(&rng, 1, kd_stream_id(kernel->name), 0);
  kd_work work = {.ctx = self->ctx, .scratch = self->scratch, .rng = &rng, .err = &self->err};
  self->status = kernel->eval(self->out, self->in, &work);
}

static void expect(runner *self, char *text) {
  char *words[256], detail[512];
  if (!self->given) FAIL("`expect` without a readable `given`", "");
  if (self->status != KD_OK) FAIL("refused", self->err.text);
  const kd_kernel *kernel = self->kernel;
  const size_t count = split(words, 256, text);
  for (size_t i = 0; i < count;) {
    const kd_field *field;
    size_t label;
    char value[256];
    const int at = find_field(&field, &label, kernel->outputs, kernel->output_count, words[i]);
    if (at < 0) FAIL("no such output", words[i]);
    const char *name = words[i];
    i = join_value(value, sizeof value, words, i + 1, count, kernel->outputs, kernel->output_count);
    const kd_field open = {
        .name = field->name, .unit = field->unit, .choices = field->choices, .labels = field->labels};
    double wanted = (double)NAN;
    kd_error err = {0};
    if (kd_field_read(&wanted, &open, label, value, NULL, &err) != KD_OK) FAIL("unreadable expectation", err.text);
    const double gap = fabs(self->out[at] - wanted),
                 limit = self->relative ? self->tolerance * fabs(wanted) : self->tolerance;
    if (gap <= limit) {
      self->passed++;
      continue;
    }
    snprintf(detail, sizeof detail, "%s is %.17g, wanted %.17g (SI), off by %.3g, allowed %.3g", name, self->out[at],
             wanted, gap, limit);
    fail(self, "wrong", detail);
  }
}

static void refuse(runner *self, char *text) {
  if (!self->given) FAIL("`refuse` without a readable `given`", "");
  char *quote = strchr(text, '"'), *end = strrchr(text, '"');
  char code[64];
  if (sscanf(text, "%63s", code) != 1) FAIL("`refuse` wants a code", "");
  if (self->status == KD_OK) FAIL("was not refused", "");
  if (strcmp(kd_status_name(self->status), code) != 0) FAIL("refused by another code", kd_status_name(self->status));
  if (quote != NULL && end > quote) {
    *end = '\0';
    if (strstr(self->err.text, quote + 1) == NULL) FAIL("another message", self->err.text);
  }
  self->passed++;
}

static void one_line(runner *self, char *line) {
  line[strcspn(line, "\r\n")] = '\0';
  while (isspace((unsigned char)*line)) line++;
  if (*line == '\0' || *line == '#') return;
  if (strncmp(line, "--", 2) == 0) {
    snprintf(self->title, sizeof self->title, "%s", line + 2 + strspn(line + 2, " "));
    return;
  }
  char *rest = line + strcspn(line, " \t");
  if (*rest != '\0') *rest++ = '\0';
  rest += strspn(rest, " \t");
  if (strcmp(line, "kernel") == 0) {
    self->kernel = kd_kernel_find(rest, &self->err);
    if (self->kernel == NULL) fail(self, "kernel", self->err.text);
  } else if (self->kernel == NULL) {
    fail(self, "no kernel before", line);
  } else if (strcmp(line, "tolerance") == 0) {
    char *kind = NULL;
    self->tolerance = strtod(rest, &kind);
    self->relative = strstr(kind, "relative") != NULL;
    if (!self->relative && strstr(kind, "absolute") == NULL)
      fail(self, "tolerance is neither relative nor absolute", rest);
  } else if (strcmp(line, "given") == 0) {
    given(self, rest);
  } else if (strcmp(line, "expect") == 0) {
    expect(self, rest);
  } else if (strcmp(line, "refuse") == 0) {
    refuse(self, rest);
  } else {
    fail(self, "no such verb", line);
  }
}

int main(int count, char **words) {
  static runner self;
  self.tolerance = 1e-12;
  self.relative = 1;
  if (count != 2) {
    fprintf(stderr, "usage: case_runner FILE.case\n");
    return 2;
  }
  self.path = words[1];
  FILE *file = fopen(words[1], "r");
  if (file == NULL || kd_context_create(&self.ctx, NULL) != KD_OK ||
      kd_arena_create(&self.scratch, self.ctx) != KD_OK) {
    fprintf(stderr, "case_runner: cannot open %s\n", words[1]);
    return 2;
  }
  char line[8192];
  while (fgets(line, sizeof line, file) != NULL) {
    self.line++;
    one_line(&self, line);
  }
  fclose(file);
  kd_arena_destroy(&self.scratch);
  kd_context_destroy(&self.ctx);
  printf("%d passed, %d failed\n", self.passed, self.failed);
  return self.failed > 0 || self.passed == 0 ? 1 : 0; /* a file that expects nothing is a defect */
}
