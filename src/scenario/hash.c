// SPDX-License-Identifier: Apache-2.0
/* The identity of a scenario: SHA-256 over all that decides the result, in the order of the parameter tables. Names,
 * sources and the way a value is written do not count. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "scenario/internal.h"

static void add_number(kd_text *out, double value) {
  char text[64];
  kd_number_text(text, sizeof text, value);
  kd_text_printf(out, " %s", isinf(value) ? (value > 0 ? "inf" : "-inf") : text);
}

static void add_entry(kd_text *out, const kd_entry *entry) {
  const kd_distribution *d = &entry->slot.distribution;
  kd_text_printf(out, "%s %d", entry->slot.key, (int)d->kind);
  if (entry->slot.param->kind == KD_PARAM_TABLE) {
    kd_text_printf(out, " %s\n", entry->table != NULL ? entry->sha256 : "none");
    return;
  }
  const size_t parameters = d->kind == KD_DISTRIBUTION_FIXED ? 1 : 3;
  for (size_t i = 0; i < parameters; i++) add_number(out, d->p[i]);
  for (size_t i = 0; i < d->count; i++) {
    add_number(out, d->values[i]);
    if (d->kind == KD_DISTRIBUTION_DISCRETE) add_number(out, d->weights[i]);
  }
  if (d->kind != KD_DISTRIBUTION_FIXED) {
    add_number(out, d->low);
    add_number(out, d->high);
  }
  if (entry->basis_text != NULL) kd_text_printf(out, " %s", entry->basis_text);
  kd_text_add(out, "\n");
}

kd_status kd_load_hash(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  kd_text text;
  kd_text_init(&text, self->ctx);
  kd_text_add(&text, "kaidei 1\n");
  for (size_t i = 0; i < self->count; i++) add_entry(&text, &self->entries[i]);
  for (size_t k = 0; k < self->pair_count; k++) {
    kd_text_printf(&text, "%s %s", self->entries[self->pairs[k].a].slot.key, self->entries[self->pairs[k].b].slot.key);
    add_number(&text, self->pairs[k].rho);
    kd_text_add(&text, "\n");
  }
  KD_CHECK(!text.failed, NULL, KD_E_NOMEM, "no memory");
  kd_sha256_hex(self->hash, text.bytes, text.length);
out:
  kd_text_free(&text);
  return status;
}
