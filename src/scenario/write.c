// SPDX-License-Identifier: Apache-2.0
/* The resolved scenario as a file of its own: every key with its value, its source and its correlations. */
#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "scenario/internal.h"

/* `correlate:` is written once for each pair, on the side that comes first. */
static void write_correlations(kd_text *out, const kd_scenario *self, const kd_entry *entry) {
  const size_t index = (size_t)(entry - self->entries);
  size_t count = 0;
  for (size_t k = 0; k < self->pair_count; k++) {
    if (self->pairs[k].a != index) continue;
    char rho[64];
    kd_number_text(rho, sizeof rho, self->pairs[k].rho);
    kd_text_printf(out, "%s{with: %s, rho: %s}", count++ == 0 ? ", correlate: [" : ", ",
                   self->entries[self->pairs[k].b].slot.key, rho);
  }
  if (count > 0) kd_text_add(out, "]");
}

static bool has_pair(const kd_scenario *self, const kd_entry *entry) {
  for (size_t k = 0; k < self->pair_count; k++)
    if (self->pairs[k].a == (size_t)(entry - self->entries)) return true;
  return false;
}

static void write_value(kd_text *out, const kd_scenario *self, const kd_entry *entry) {
  const kd_slot *slot = &entry->slot;
  const bool distribution = slot->text[0] == '{';
  if (!distribution && slot->source == NULL && entry->basis_text == NULL) {
    kd_yaml_write_scalar(out, slot->text);
    return;
  }
  if (distribution) {
    kd_text_add_bytes(out, slot->text, strlen(slot->text) - 1); /* without the last brace */
  } else {
    kd_text_add(out, slot->param->kind == KD_PARAM_TABLE ? "{file: " : "{value: ");
    kd_yaml_write_scalar(out, slot->text);
  }
  if (entry->basis_text != NULL) kd_text_printf(out, ", basis: %s", entry->basis_text);
  if (has_pair(self, entry)) write_correlations(out, self, entry);
  if (slot->source != NULL) {
    kd_text_add(out, ", source: ");
    kd_yaml_write_scalar(out, slot->source);
  }
  kd_text_add(out, "}");
}

kd_status kd_scenario_write(kd_text *out, const kd_scenario *self) {
  kd_text_add(out, "kaidei: 1\nname: ");
  kd_yaml_write_scalar(out, self->name);
  if (self->description != NULL) {
    kd_text_add(out, "\ndescription: ");
    kd_yaml_write_scalar(out, self->description);
  }
  kd_text_add(out, "\n");
  size_t stage = SIZE_MAX;
  for (size_t i = 0; i < self->count; i++) {
    const kd_entry *entry = &self->entries[i];
    const kd_slot *slot = &entry->slot;
    if (slot->stage != stage) {
      stage = slot->stage;
      kd_text_printf(out, "%s:\n", self->list.stages[stage].stage->name);
    }
    if (slot->param->labels == NULL) {
      kd_text_printf(out, "  %s: ", slot->param->key);
    } else {
      if (slot->label == 0) kd_text_printf(out, "  %s:\n", slot->param->key);
      kd_text_printf(out, "    %s: ", slot->param->labels->names[slot->label]);
    }
    write_value(out, self, entry);
    kd_text_add(out, "\n");
  }
  return out->failed ? KD_E_NOMEM : KD_OK;
}
