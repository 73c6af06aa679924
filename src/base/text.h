// SPDX-License-Identifier: Apache-2.0
/* A growing text buffer, the edit distance behind "did you mean", and UTF-8 checks. */
#ifndef KD_BASE_TEXT_H
#define KD_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "kaidei/context.h"

typedef struct kd_text kd_text;
struct kd_text {
  kd_context *ctx;
  char *bytes; /* NUL-terminated once something was added; NULL before */
  size_t length, capacity;
  bool failed; /* out of memory at some time: the text is incomplete */
};

void kd_text_init(kd_text *self, kd_context *ctx);
void kd_text_free(kd_text *self);
void kd_text_add(kd_text *self, const char *text);
void kd_text_add_bytes(kd_text *self, const char *bytes, size_t count);
void kd_text_printf(kd_text *self, const char *format, ...) KD_PRINTF(2, 3);
void kd_text_add_number(kd_text *self, double value);   /* shortest round-trip; "null" for NaN and infinities */
void kd_text_add_json(kd_text *self, const char *text); /* quoted and escaped JSON string; NULL gives null */
void kd_text_add_html(kd_text *self, const char *text); /* & < > " ' escaped */

/* Copies count bytes of foreign text for a message: control characters and invalid UTF-8 become '?', what does not fit
 * is cut at a character and ends in "...". capacity at least 8. */
void kd_text_clip(char *out, size_t capacity, const char *text, size_t count);

/* Damerau-Levenshtein distance, capped at limit + 1. */
size_t kd_edit_distance(const char *a, const char *b, size_t limit);
/* Offset of the first byte that is not valid UTF-8, or count. */
size_t kd_utf8_check(const char *bytes, size_t count);

#endif
