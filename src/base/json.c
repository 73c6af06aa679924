// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

kd_json kd_json_start(kd_text *out) {
  return (kd_json){.out = out};
}

static void break_line(kd_json *self) {
  if (self->next_line) kd_text_add(self->out, "\n");
  self->next_line = false;
}

/* What stands before a value: a comma, a new line, the key. */
static void begin(kd_json *self, const char *key) {
  if (self->follows) kd_text_add(self->out, self->next_line ? "," : ", ");
  break_line(self);
  if (key != NULL) {
    kd_text_add_json(self->out, key);
    kd_text_add(self->out, ": ");
  }
  self->follows = true;
}

void kd_json_open(kd_json *self, const char *key, char bracket) {
  begin(self, key);
  kd_text_add_bytes(self->out, &bracket, 1);
  self->follows = false;
}

void kd_json_close(kd_json *self, char bracket) {
  break_line(self);
  kd_text_add_bytes(self->out, &bracket, 1);
  self->follows = true;
}

void kd_json_line(kd_json *self) {
  self->next_line = true;
}

void kd_json_text(kd_json *self, const char *key, const char *value) {
  begin(self, key);
  kd_text_add_json(self->out, value);
}

void kd_json_number(kd_json *self, const char *key, double value) {
  begin(self, key);
  kd_text_add_number(self->out, value);
}

void kd_json_count(kd_json *self, const char *key, unsigned long long value) {
  begin(self, key);
  kd_text_printf(self->out, "%llu", value);
}

void kd_json_flag(kd_json *self, const char *key, bool value) {
  begin(self, key);
  kd_text_add(self->out, value ? "true" : "false");
}

void kd_json_null(kd_json *self, const char *key) {
  kd_json_text(self, key, NULL);
}
