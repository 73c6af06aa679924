// SPDX-License-Identifier: Apache-2.0
/* A growing text buffer, the edit distance behind "did you mean", and UTF-8 checks. */
#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/quantity.h"

enum { KD_EDIT_MAX = 80 }; /* longer words are never likened */

static bool text_reserve(kd_text *self, size_t extra) {
  if (self->failed) return false;
  if (extra > SIZE_MAX / 4 || self->length > SIZE_MAX / 4) {
    self->failed = true;
    return false;
  }
  size_t need = self->length + extra + 1;
  if (need <= self->capacity) return true;
  size_t capacity = self->capacity ? self->capacity : 64;
  while (capacity < need) capacity *= 2;
  char *bytes = kd_realloc(self->ctx, self->bytes, capacity);
  if (!bytes) {
    self->failed = true;
    return false;
  }
  self->bytes = bytes;
  self->capacity = capacity;
  return true;
}

void kd_text_init(kd_text *self, kd_context *ctx) {
  *self = (kd_text){.ctx = ctx};
}

void kd_text_free(kd_text *self) {
  if (!self || !self->ctx) return;
  kd_free(self->ctx, self->bytes);
  kd_text_init(self, self->ctx);
}

void kd_text_add_bytes(kd_text *self, const char *bytes, size_t count) {
  if (!text_reserve(self, count)) return;
  if (count) memcpy(self->bytes + self->length, bytes, count);
  self->length += count;
  self->bytes[self->length] = '\0';
}

void kd_text_add(kd_text *self, const char *text) {
  kd_text_add_bytes(self, text, strlen(text));
}

void kd_text_printf(kd_text *self, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int count = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (count < 0) {
    self->failed = true;
  } else if (text_reserve(self, (size_t)count)) {
    (void)vsnprintf(self->bytes + self->length, (size_t)count + 1, format, again);
    self->length += (size_t)count;
  }
  va_end(again);
}

void kd_text_add_number(kd_text *self, double value) {
  char buffer[40];
  if (!isfinite(value)) {
    kd_text_add(self, "null");
    return;
  }
  size_t length = kd_number_text(buffer, sizeof buffer, value);
  kd_text_add_bytes(self, buffer, length);
}

/* Length of the valid UTF-8 sequence at the start of bytes, or 0. Overlong forms, surrogates and code points over
 * U+10FFFF are not valid (Unicode 15, table 3-7). */
static size_t utf8_sequence(const char *bytes, size_t left) {
  const unsigned char *b = (const unsigned char *)bytes;
  if (left == 0) return 0;
  if (b[0] < 0x80) return 1;
  size_t length = b[0] >= 0xC2 && b[0] <= 0xDF ? 2 : (b[0] & 0xF0) == 0xE0 ? 3 : b[0] >= 0xF0 && b[0] <= 0xF4 ? 4 : 0;
  if (length == 0 || length > left) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((b[i] & 0xC0) != 0x80) return 0;
  }
  if (b[0] == 0xE0 && b[1] < 0xA0) return 0;
  if (b[0] == 0xED && b[1] > 0x9F) return 0;
  if (b[0] == 0xF0 && b[1] < 0x90) return 0;
  if (b[0] == 0xF4 && b[1] > 0x8F) return 0;
  return length;
}

size_t kd_utf8_check(const char *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    size_t length = utf8_sequence(bytes + at, count - at);
    if (length == 0) return at;
    at += length;
  }
  return count;
}

static void json_byte(kd_text *self, unsigned char c, char next) {
  switch (c) {
  case '"':
    kd_text_add(self, "\\\"");
    return;
  case '\\':
    kd_text_add(self, "\\\\");
    return;
  case '\b':
    kd_text_add(self, "\\b");
    return;
  case '\f':
    kd_text_add(self, "\\f");
    return;
  case '\n':
    kd_text_add(self, "\\n");
    return;
  case '\r':
    kd_text_add(self, "\\r");
    return;
  case '\t':
    kd_text_add(self, "\\t");
    return;
  default:
    break;
  }
  /* "</" and "<!" would end or hide a script element when the JSON stands inside an HTML page. */
  bool closes = c == '<' && (next == '/' || next == '!');
  if (c < 0x20 || c == 0x7F || closes) {
    kd_text_printf(self, "\\u%04x", (unsigned)c);
  } else {
    kd_text_add_bytes(self, (const char *)&c, 1);
  }
}

void kd_text_add_json(kd_text *self, const char *text) {
  if (!text) {
    kd_text_add(self, "null");
    return;
  }
  size_t left = strlen(text);
  kd_text_add(self, "\"");
  while (left > 0) {
    size_t length = utf8_sequence(text, left);
    if (length == 1) {
      json_byte(self, (unsigned char)text[0], text[1]);
    } else if (length == 0) {
      kd_text_add(self, "\xEF\xBF\xBD");
      length = 1;
    } else {
      kd_text_add_bytes(self, text, length);
    }
    text += length;
    left -= length;
  }
  kd_text_add(self, "\"");
}

void kd_text_add_html(kd_text *self, const char *text) {
  size_t left = text ? strlen(text) : 0;
  while (left > 0) {
    size_t length = utf8_sequence(text, left);
    switch (length == 0 ? 0 : text[0]) {
    case 0:
      kd_text_add(self, "\xEF\xBF\xBD");
      length = 1;
      break;
    case '&':
      kd_text_add(self, "&amp;");
      break;
    case '<':
      kd_text_add(self, "&lt;");
      break;
    case '>':
      kd_text_add(self, "&gt;");
      break;
    case '"':
      kd_text_add(self, "&quot;");
      break;
    case '\'':
      kd_text_add(self, "&#39;");
      break;
    default:
      kd_text_add_bytes(self, text, length);
      break;
    }
    text += length;
    left -= length;
  }
}

void kd_text_clip(char *out, size_t capacity, const char *text, size_t count) {
  assert(capacity >= 8);
  size_t used = 0, at = 0;
  while (at < count) {
    size_t length = utf8_sequence(text + at, count - at);
    bool plain = length > 1 || (length == 1 && (unsigned char)text[at] >= 0x20 && text[at] != 0x7F);
    size_t put = plain ? length : 1;
    if (used + put + 4 > capacity) {
      memcpy(out + used, "...", 3);
      used += 3;
      break;
    }
    if (plain) {
      memcpy(out + used, text + at, length);
    } else {
      out[used] = '?';
    }
    used += put;
    at += length ? length : 1;
  }
  out[used] = '\0';
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

size_t kd_edit_distance(const char *a, const char *b, size_t limit) {
  size_t n = strlen(a), m = strlen(b);
  size_t row[3][KD_EDIT_MAX + 1];
  if (n > KD_EDIT_MAX || m > KD_EDIT_MAX || (n > m ? n - m : m - n) > limit) return limit + 1;
  for (size_t j = 0; j <= m; ++j) row[0][j] = j;
  for (size_t i = 1; i <= n; ++i) {
    size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
    now[0] = i;
    for (size_t j = 1; j <= m; ++j) {
      size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      now[j] = least(least(before[j] + 1, now[j - 1] + 1), before[j - 1] + cost);
      /* Two neighbours swapped count as one mistake. */
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = least(now[j], earlier[j - 2] + 1);
    }
  }
  return least(row[n % 3][m], limit + 1);
}
