// SPDX-License-Identifier: Apache-2.0
/* Collects every defect of a scenario with its place, and prints them with the line and a caret. */
#ifndef KD_SCENARIO_DIAGNOSTICS_H
#define KD_SCENARIO_DIAGNOSTICS_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/text.h"
#include "kaidei/scenario.h"

#define KD_DIAGNOSTICS_MAX 200 /* kept; the rest is counted */

/* One text that values come from: a file, an assignment, or a default of a parameter table. */
typedef struct kd_origin {
  const char *name;  /* path as shown; "" for an assignment */
  const char *bytes; /* the text; an assignment's is "key=value" */
  size_t count;
  const char *folder; /* relative names are looked up here; "": the working folder */
  unsigned order;     /* diagnostics are sorted by it */
} kd_origin;

typedef struct kd_place {
  const kd_origin *origin; /* NULL: no place */
  size_t offset;           /* byte in origin->bytes */
  unsigned line;           /* from 1; 0: the origin as a whole */
} kd_place;

/* Column in characters, from 1. */
unsigned kd_place_column(kd_place place);
/* The place `bytes` further on the same line. */
kd_place kd_place_shift(kd_place place, size_t bytes);

kd_status kd_diagnostics_create(kd_diagnostics **out, kd_context *ctx);

/* Adds a diagnostic; key and hint may be NULL. An allocation that fails is remembered: kd_diagnostics_failed. */
void kd_diagnostics_add(kd_diagnostics *self, kd_severity severity, kd_status code, kd_place place, const char *key,
                        const char *hint, const char *format, ...) KD_PRINTF(7, 8);
void kd_diagnostics_addv(kd_diagnostics *self, kd_severity severity, kd_status code, kd_place place, const char *key,
                         const char *hint, const char *format, va_list arguments) KD_PRINTF(7, 0);
/* The same for a line and column (in characters) that a reader of another format has found. */
void kd_diagnostics_add_at(kd_diagnostics *self, kd_status code, const kd_origin *origin, unsigned line,
                           unsigned column, const char *key, const char *hint, const char *message);

bool kd_diagnostics_failed(const kd_diagnostics *self);
void kd_diagnostics_fail(kd_diagnostics *self); /* a reader ran out of memory: the list is not the whole truth */
/* Sorts by origin, line and column; what has no line comes last in its origin. Adding order decides ties. */
void kd_diagnostics_sort(kd_diagnostics *self);
/* Code of the first error, KD_OK when there is none. */
kd_status kd_diagnostics_status(const kd_diagnostics *self);
size_t kd_diagnostics_more(const kd_diagnostics *self); /* counted, but not kept */

/* Nearest candidate within a third of the word's length, or NULL. */
typedef struct kd_suggestion {
  const char *word;
  const char *best;
  size_t distance;
} kd_suggestion;
void kd_suggest_start(kd_suggestion *self, const char *word);
void kd_suggest(kd_suggestion *self, const char *candidate);

/* "file:line:column: error: message", the line, a caret, the hint; then a count. */
void kd_diagnostics_write(kd_text *out, const kd_diagnostics *self, bool colour);
/* {"errors": n, "warnings": n, "more": n, "diagnostics": [{...}]} */
void kd_diagnostics_write_json(kd_text *out, const kd_diagnostics *self);

#endif
