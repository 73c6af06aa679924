// SPDX-License-Identifier: Apache-2.0
/* One draw of all parameters: the medians, with every random slot replaced. Each slot has its own stream of random
 * numbers, named by its key, so that what is drawn for one never depends on the others. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "scenario/internal.h"

static size_t offset_of(const kd_stage_list *list, const kd_slot *slot) {
  const size_t size = slot->param->kind == KD_PARAM_CHOICE || slot->param->kind == KD_PARAM_FLAG ? sizeof(int)
                      : slot->param->kind == KD_PARAM_TABLE                                      ? sizeof(kd_table *)
                                                                                                 : sizeof(double);
  return list->stages[slot->stage].params_offset + slot->param->offset + slot->label * size;
}

static void store_median(kd_scenario *self, const kd_entry *entry) {
  char *params = self->medians;
  const kd_slot *slot = &entry->slot;
  char *at = params + offset_of(&self->list, slot);
  double value = kd_distribution_quantile(&slot->distribution, 0.5);
  if (slot->param->kind == KD_PARAM_TABLE) {
    memcpy(at, &entry->table, sizeof entry->table);
  } else if (slot->param->kind == KD_PARAM_CHOICE || slot->param->kind == KD_PARAM_FLAG) {
    const int index = isnan(value) ? 0 : (int)value;
    memcpy(at, &index, sizeof index);
  } else {
    if (entry->whole) value = floor(value + 0.5);
    memcpy(at, &value, sizeof value);
  }
  if (slot->param->kind == KD_PARAM_NUMBER && slot->param->choices != NULL) {
    char *basis = params + self->list.stages[slot->stage].params_offset + slot->param->basis_offset;
    memcpy(basis, &entry->basis, sizeof entry->basis);
  }
}

kd_status kd_load_draws(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  size_t count = 0;
  for (size_t i = 0; i < self->count; i++)
    if (self->entries[i].slot.random) self->entries[i].slot.draw = count++;
  self->draws = count;
  self->drawn = kd_arena_alloc(self->arena, count + 1, sizeof *self->drawn);
  self->draw_entry = kd_arena_alloc(self->arena, count + 1, sizeof *self->draw_entry);
  self->medians = kd_arena_alloc(self->arena, 1, self->list.params_size);
  KD_CHECK(self->drawn != NULL && self->draw_entry != NULL && self->medians != NULL, NULL, KD_E_NOMEM, "no memory");
  for (size_t i = 0; i < self->count; i++) {
    const kd_entry *entry = &self->entries[i];
    store_median(self, entry);
    if (!entry->slot.random) continue;
    self->draw_entry[entry->slot.draw] = entry;
    self->drawn[entry->slot.draw] = (kd_drawn){.distribution = &entry->slot.distribution,
                                               .offset = offset_of(&self->list, &entry->slot),
                                               .stream = kd_stream_id(entry->slot.key),
                                               .whole = entry->whole};
  }
out:
  return status;
}

static void store(void *out, double *draws, const kd_drawn *drawn, size_t index, double u) {
  double value = kd_distribution_quantile(drawn->distribution, u);
  if (drawn->whole) value = floor(value + 0.5);
  memcpy((char *)out + drawn->offset, &value, sizeof value);
  if (draws != NULL) draws[index] = value;
}

static double uniform_of(const kd_drawn *drawn, uint64_t seed, uint64_t realisation) {
  kd_stream stream;
  kd_stream_start(&stream, seed, drawn->stream, realisation);
  return kd_stream_uniform(&stream);
}

void kd_draw_into(void *out, double *draws, const kd_scenario *self, uint64_t seed, uint64_t realisation) {
  memcpy(out, self->medians, self->list.params_size);
  for (size_t i = 0; i < self->draws; i++) {
    if (self->drawn[i].grouped) continue;
    store(out, draws, &self->drawn[i], i, uniform_of(&self->drawn[i], seed, realisation));
  }
  double z[KD_GROUP_MAX];
  for (size_t g = 0; g < self->group_count; g++) {
    const kd_copula *group = &self->groups[g];
    for (size_t i = 0; i < group->count; i++) {
      const size_t index = group->draw[i];
      z[i] = kd_normal_quantile(uniform_of(&self->drawn[index], seed, realisation));
      const double *row = group->factor + i * (i + 1) / 2;
      double y = 0;
      for (size_t k = 0; k <= i; k++) y += row[k] * z[k];
      double u = kd_normal_cdf(y);
      if (!(u < 1)) u = 1 - 0x1p-53; /* beyond 8 sd */
      if (!(u > 0)) u = 0x1p-1022;
      store(out, draws, &self->drawn[index], index, u);
    }
  }
}

void kd_scenario_draw(kd_programme_params *out, double *draws, const kd_scenario *self, uint64_t seed,
                      uint64_t realisation) {
  kd_draw_into(out, draws, self, seed, realisation);
}

const kd_programme_params *kd_scenario_medians(const kd_scenario *self) {
  return self->medians;
}
