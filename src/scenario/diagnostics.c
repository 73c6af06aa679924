// SPDX-License-Identifier: Apache-2.0
#include "scenario/diagnostics.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/context.h"
#include "base/error.h"

#define KD_LINE_SHOWN ((size_t)400) /* bytes of a source line that are kept */

typedef struct kd_record {
  kd_diagnostic shown;
  unsigned order; /* of the origin */
  size_t number;  /* of adding */
} kd_record;

struct kd_diagnostics {
  kd_context *ctx;
  kd_arena *arena;
  kd_record records[KD_DIAGNOSTICS_MAX];
  size_t count, errors, more;
  bool failed;
};

static bool starts_character(char c) {
  return ((unsigned char)c & 0xC0) != 0x80;
}

static size_t line_start(const kd_origin *origin, size_t offset) {
  size_t start = offset;
  while (start > 0 && origin->bytes[start - 1] != '\n') start--;
  const bool mark = start == 0 && offset >= 3 && memcmp(origin->bytes, "\xEF\xBB\xBF", 3) == 0; /* byte order mark */
  return mark ? 3 : start;
}

unsigned kd_place_column(kd_place place) {
  if (place.origin == NULL || place.line == 0) return 0;
  const size_t end = place.offset < place.origin->count ? place.offset : place.origin->count;
  unsigned column = 1;
  for (size_t i = line_start(place.origin, end); i < end; i++) column += starts_character(place.origin->bytes[i]);
  return column;
}

kd_place kd_place_shift(kd_place place, size_t bytes) {
  const kd_origin *origin = place.origin;
  if (origin == NULL) return place;
  for (size_t i = 0; i < bytes; i++)
    if (place.offset + i >= origin->count || origin->bytes[place.offset + i] == '\n') return place;
  place.offset += bytes;
  return place;
}

kd_status kd_diagnostics_create(kd_diagnostics **out, kd_context *ctx) {
  kd_diagnostics *self = kd_alloc(ctx, 1, sizeof *self);
  *out = NULL;
  if (self == NULL) return KD_E_NOMEM;
  self->ctx = ctx;
  if (kd_arena_create(&self->arena, ctx) != KD_OK) {
    kd_free(ctx, self);
    return KD_E_NOMEM;
  }
  *out = self;
  return KD_OK;
}

void kd_diagnostics_destroy(kd_diagnostics **self) {
  if (self == NULL || *self == NULL) return;
  kd_arena_destroy(&(*self)->arena);
  kd_free((*self)->ctx, *self);
  *self = NULL;
}

static const char *keep(kd_diagnostics *self, const char *text, size_t count) {
  if (text == NULL || count == 0) return "";
  char *copy = kd_arena_alloc(self->arena, count + 1, 1);
  if (copy == NULL) {
    self->failed = true;
    return "";
  }
  memcpy(copy, text, count);
  return copy;
}

/* The line around an offset, cut to a length that a terminal can bear (whole characters). */
static const char *keep_line(kd_diagnostics *self, const kd_origin *origin, size_t offset) {
  if (offset > origin->count) offset = origin->count;
  const size_t start = line_start(origin, offset);
  size_t end = start;
  while (end < origin->count && origin->bytes[end] != '\n' && origin->bytes[end] != '\0') end++;
  if (end > start && origin->bytes[end - 1] == '\r') end--;
  if (end - start > KD_LINE_SHOWN) {
    end = start + KD_LINE_SHOWN;
    while (end > start && !starts_character(origin->bytes[end])) end--;
  }
  if (kd_utf8_check(origin->bytes + start, end - start) != end - start) return "";
  return keep(self, origin->bytes + start, end - start);
}

/* Makes room and counts; NULL when the list is full. */
static kd_record *next_record(kd_diagnostics *self, kd_severity severity) {
  if (severity == KD_ERROR) self->errors++;
  if (self->count == KD_DIAGNOSTICS_MAX) {
    self->more++;
    return NULL;
  }
  kd_record *record = &self->records[self->count];
  record->number = self->count++;
  record->shown = (kd_diagnostic){.severity = severity, .file = "", .key = "", .message = "", .hint = "", .text = ""};
  record->order = UINT32_MAX;
  return record;
}

static void fill(kd_diagnostics *self, kd_record *record, kd_status code, const kd_origin *origin, const char *key,
                 const char *hint, const char *message) {
  kd_diagnostic *shown = &record->shown;
  shown->code = code;
  shown->key = keep(self, key, key != NULL ? strlen(key) : 0);
  shown->hint = keep(self, hint, hint != NULL ? strlen(hint) : 0);
  shown->message = keep(self, message, strlen(message));
  if (origin == NULL) return;
  record->order = origin->order;
  shown->file = keep(self, origin->name, strlen(origin->name));
}

void kd_diagnostics_addv(kd_diagnostics *self, kd_severity severity, kd_status code, kd_place place, const char *key,
                         const char *hint, const char *format, va_list arguments) {
  kd_record *record = next_record(self, severity);
  if (record == NULL) return;
  char message[KD_ERROR_TEXT_MAX];
  vsnprintf(message, sizeof message, format, arguments);
  const size_t whole = strlen(message);
  message[kd_utf8_check(message, whole)] = '\0'; /* a cut in the middle of a character */
  fill(self, record, code, place.origin, key, hint, message);
  if (place.origin == NULL || place.line == 0) return;
  record->shown.line = place.line;
  record->shown.column = kd_place_column(place);
  record->shown.text = keep_line(self, place.origin, place.offset);
}

void kd_diagnostics_add(kd_diagnostics *self, kd_severity severity, kd_status code, kd_place place, const char *key,
                        const char *hint, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  kd_diagnostics_addv(self, severity, code, place, key, hint, format, arguments);
  va_end(arguments);
}

void kd_diagnostics_add_at(kd_diagnostics *self, kd_status code, const kd_origin *origin, unsigned line,
                           unsigned column, const char *key, const char *hint, const char *message) {
  kd_record *record = next_record(self, KD_ERROR);
  if (record == NULL) return;
  fill(self, record, code, origin, key, hint, message);
  record->shown.line = line;
  record->shown.column = line > 0 ? column : 0;
  if (line == 0) return;
  size_t offset = 0;
  for (unsigned i = 1; i < line && offset < origin->count; offset++) i += origin->bytes[offset] == '\n';
  record->shown.text = keep_line(self, origin, offset);
}

bool kd_diagnostics_failed(const kd_diagnostics *self) {
  return self->failed;
}

void kd_diagnostics_fail(kd_diagnostics *self) {
  self->failed = true;
}

static int compare(const void *left, const void *right) {
  const kd_record *a = left, *b = right;
  if (a->order != b->order) return a->order < b->order ? -1 : 1;
  const unsigned line_a = a->shown.line - 1, line_b = b->shown.line - 1; /* 0 wraps: last */
  if (line_a != line_b) return line_a < line_b ? -1 : 1;
  if (a->shown.column != b->shown.column) return a->shown.column < b->shown.column ? -1 : 1;
  return a->number < b->number ? -1 : a->number > b->number;
}

void kd_diagnostics_sort(kd_diagnostics *self) {
  qsort(self->records, self->count, sizeof self->records[0], compare);
}

kd_status kd_diagnostics_status(const kd_diagnostics *self) {
  for (size_t i = 0; i < self->count; i++)
    if (self->records[i].shown.severity == KD_ERROR) return self->records[i].shown.code;
  return self->errors > 0 ? KD_E_SYNTAX : KD_OK;
}

size_t kd_diagnostics_count(const kd_diagnostics *self) {
  return self != NULL ? self->count : 0;
}

size_t kd_diagnostics_errors(const kd_diagnostics *self) {
  return self != NULL ? self->errors : 0;
}

size_t kd_diagnostics_more(const kd_diagnostics *self) {
  return self != NULL ? self->more : 0;
}

const kd_diagnostic *kd_diagnostics_get(const kd_diagnostics *self, size_t index) {
  return self != NULL && index < self->count ? &self->records[index].shown : NULL;
}

void kd_suggest_start(kd_suggestion *self, const char *word) {
  *self = (kd_suggestion){.word = word, .distance = strlen(word) / 3 + 1};
  if (self->distance > 4) self->distance = 4;
}

void kd_suggest(kd_suggestion *self, const char *candidate) {
  const size_t limit = self->distance;
  if (limit == 0) return;
  const size_t distance = kd_edit_distance(self->word, candidate, limit);
  if (distance > limit || (self->best != NULL && distance == limit)) return;
  if (distance >= strlen(self->word)) return; /* a word of which nothing is left is no neighbour */
  self->best = candidate;
  self->distance = distance;
}
