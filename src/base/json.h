// SPDX-License-Identifier: Apache-2.0
/* JSON written as it is known, value after value, into a text. The writer puts the separators; key is NULL inside an
 * array and at the root. Numbers keep every digit (shortest round-trip) and NaN becomes null.
 *
 *   kd_json json = kd_json_start(out);
 *   kd_json_open(&json, NULL, '{');
 *   kd_json_text(&json, "name", "bore");
 *   kd_json_close(&json, '}');                                                                   {"name": "bore"} */
#ifndef KD_BASE_JSON_H
#define KD_BASE_JSON_H

#include "base/text.h"

typedef struct kd_json {
  kd_text *out;   /* memory failures show in out->failed */
  bool follows;   /* a value stands before the next one: it wants a comma */
  bool next_line; /* the next value begins a line of its own */
} kd_json;

kd_json kd_json_start(kd_text *out);

void kd_json_open(kd_json *self, const char *key, char bracket); /* '{' or '[' */
void kd_json_close(kd_json *self, char bracket);                 /* '}' or ']' */
void kd_json_line(kd_json *self); /* the next value, or the bracket that closes, begins a line of its own */

void kd_json_text(kd_json *self, const char *key, const char *value); /* NULL: null */
void kd_json_number(kd_json *self, const char *key, double value);
void kd_json_count(kd_json *self, const char *key, unsigned long long value);
void kd_json_flag(kd_json *self, const char *key, bool value);
void kd_json_null(kd_json *self, const char *key);

#endif
