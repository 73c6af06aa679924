// SPDX-License-Identifier: Apache-2.0
#include "results/record.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"

kd_status kd_record_create(kd_record **out, kd_context *ctx, kd_error *err) {
  *out = NULL;
  kd_record *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for the record of a run");
  self->ctx = ctx;
  if (kd_arena_create(&self->arena, ctx) != KD_OK) {
    kd_free(ctx, self);
    return kd_error_set(err, KD_E_NOMEM, "out of memory for the record of a run");
  }
  *out = self;
  return KD_OK;
}

void kd_record_destroy(kd_record **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}

kd_status kd_record_alloc(void *out, kd_record *self, size_t count, size_t size, kd_error *err) {
  void *memory = kd_arena_alloc(self->arena, count > 0 ? count : 1, size);
  memcpy(out, &memory, sizeof memory);
  if (memory == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for %zu rows", count);
  return KD_OK;
}

kd_status kd_record_text(const char **out, kd_record *self, const char *text, kd_error *err) {
  *out = NULL;
  if (text == NULL) return KD_OK;
  *out = kd_arena_strdup(self->arena, text);
  if (*out == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for a text of %zu bytes", strlen(text));
  return KD_OK;
}

ptrdiff_t kd_record_find(const kd_record *self, const char *key) {
  for (size_t i = 0; i < self->columns; i++) {
    if (strcmp(self->column[i].key, key) == 0) return (ptrdiff_t)i;
  }
  return -1;
}

const kd_record_parameter *kd_record_find_parameter(const kd_record *self, const char *key) {
  for (size_t i = 0; i < self->parameters; i++) {
    if (strcmp(self->parameter[i].key, key) == 0) return &self->parameter[i];
  }
  return NULL;
}

void kd_statistics_show(kd_statistics *out, const kd_statistics *si, const char *unit) {
  *out = *si;
  kd_unit parsed;
  if (kd_unit_parse(&parsed, unit, NULL, NULL) != KD_OK) return; /* a date or a text: shown as it is */
  out->mean = kd_quantity_show(si->mean, unit);
  out->sd = si->sd / parsed.scale;
  out->p10 = kd_quantity_show(si->p10, unit);
  out->p50 = kd_quantity_show(si->p50, unit);
  out->p90 = kd_quantity_show(si->p90, unit);
}

const char *kd_record_kind_name(kd_record_kind kind) {
  static const char *const names[] = {"draw", "output", "ledger", "balance"};
  return names[kind];
}

const char *kd_line_kind_name(kd_line_kind kind) {
  static const char *const names[] = {"use", "make", "waste", "emit", "equipment", "labour", "transfer", "money"};
  return names[kind];
}

const char *kd_line_role_name(kd_line_role role) {
  static const char *const names[] = {"", "in", "out", "stock"};
  return names[role];
}
