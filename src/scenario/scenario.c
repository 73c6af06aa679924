// SPDX-License-Identifier: Apache-2.0
/* Loading a scenario from end to end, and what it answers about itself. */
#include "scenario/scenario.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "scenario/contradictions.h"
#include "scenario/internal.h"

/* ---- contradictions ---- */

typedef struct kd_contradictions {
  kd_loader *loader;
  const char *stage;
} kd_contradictions;

static void on_contradiction(const char *key, const char *message, void *user) {
  kd_contradictions *context = user;
  kd_scenario *self = context->loader->self;
  const size_t length = strlen(context->stage);
  kd_entry *entry = NULL;
  if (key == NULL) {
    kd_diagnostics_fail(context->loader->all);
    return;
  }
  for (size_t i = 0; i < self->count && entry == NULL; i++) {
    const char *full = self->entries[i].slot.key;
    const bool inside = strncmp(full, context->stage, length) == 0 && full[length] == '.';
    if (strcmp(full, key) == 0 || (inside && strcmp(full + length + 1, key) == 0)) entry = &self->entries[i];
  }
  kd_place place = {.origin = NULL};
  if (entry != NULL && entry->node != NULL)
    place = entry->node->place;
  else if (context->loader->main_layer != SIZE_MAX)
    place.origin = context->loader->layers[context->loader->main_layer].origin;
  kd_diagnostics_add(context->loader->all, KD_ERROR, KD_E_CONTRADICTION, place, entry != NULL ? entry->slot.key : key,
                     NULL, "%s", message);
}

/* Asks every stage whose values are sound by themselves. */
static void check_stages(kd_loader *loader) {
  kd_scenario *self = loader->self;
  if (loader->incomplete) return; /* defaults would be blamed for what a broken file says */
  for (size_t s = 0; s < self->list.count; s++) {
    const kd_programme_stage *stage = &self->list.stages[s];
    bool sound = stage->stage->check != NULL;
    for (size_t i = 0; i < self->count && sound; i++)
      if (self->entries[i].slot.stage == s && self->entries[i].bad) sound = false;
    if (!sound) continue;
    kd_contradictions context = {.loader = loader, .stage = stage->stage->name};
    stage->stage->check((const char *)self->medians + stage->params_offset, on_contradiction, &context);
  }
  for (size_t i = 0; i < self->count; i++)
    if (self->entries[i].bad) return; /* what stands in its place would be blamed */
  kd_contradictions context = {.loader = loader, .stage = ""};
  if (self->list.check != NULL) self->list.check(self->medians, on_contradiction, &context);
}

/* ---- building ---- */

static kd_status list_inputs(kd_scenario *self) {
  size_t count = 0;
  for (const kd_source *source = self->sources; source != NULL; source = source->next) count += source->used ? 1 : 0;
  self->inputs = kd_arena_alloc(self->arena, count + 1, sizeof *self->inputs);
  if (self->inputs == NULL) return KD_E_NOMEM;
  for (const kd_source *source = self->sources; source != NULL; source = source->next)
    if (source->used) self->inputs[self->input_count++] = &source->shown;
  return KD_OK;
}

static kd_status create(kd_scenario **out, kd_context *ctx, const kd_load_request *request) {
  kd_status status = KD_OK;
  kd_scenario *self = kd_alloc(ctx, 1, sizeof *self);
  *out = self;
  if (self == NULL) return KD_E_NOMEM;
  self->ctx = ctx;
  self->list = *request->list;
  self->sealed = request->sealed;
  KD_TRY(kd_arena_create(&self->arena, ctx));
  self->path = kd_arena_strdup(self->arena, request->path);
  self->assignments = kd_arena_alloc(self->arena, request->assignment_count + 1, sizeof *self->assignments);
  KD_CHECK(self->path != NULL && self->assignments != NULL, NULL, KD_E_NOMEM, "no memory");
  for (size_t i = 0; i < request->assignment_count; i++) {
    self->assignments[i] = kd_arena_strdup(self->arena, request->assignments[i]);
    KD_CHECK(self->assignments[i] != NULL, NULL, KD_E_NOMEM, "no memory");
  }
  self->assignment_count = request->assignment_count;
out:
  return status;
}

static kd_status set_home(kd_loader *loader) {
  kd_scenario *self = loader->self;
  const size_t count = strlen(self->ctx->home);
  char *home = kd_arena_alloc(self->arena, count + 2, 1);
  if (home == NULL) return KD_E_NOMEM;
  memcpy(home, self->ctx->home, count);
  if (count > 0 && home[count - 1] != '/') home[count] = '/';
  loader->home = home;
  return KD_OK;
}

/* The file's name without folder and extension. */
static kd_status default_name(kd_scenario *self) {
  const char *slash = strrchr(self->path, '/');
  char *name = kd_arena_strdup(self->arena, slash != NULL ? slash + 1 : self->path);
  if (name == NULL) return KD_E_NOMEM;
  char *dot = strrchr(name, '.');
  if (dot != NULL && dot != name) *dot = '\0';
  self->name = name;
  return KD_OK;
}

static kd_status fill(kd_loader *loader, const kd_load_request *request) {
  kd_status status = KD_OK;
  KD_TRY(set_home(loader));
  KD_TRY(default_name(loader->self));
  KD_TRY(kd_load_entries(loader));
  KD_TRY(kd_load_layers(loader, request));
  KD_TRY(kd_load_bind(loader));
  KD_TRY(kd_load_values(loader));
  KD_TRY(kd_load_draws(loader));
  KD_TRY(kd_load_correlations(loader));
  check_stages(loader);
  KD_TRY(kd_load_hash(loader));
  KD_TRY(list_inputs(loader->self));
out:
  return status;
}

kd_status kd_scenario_build(kd_scenario **out, kd_context *ctx, const kd_load_request *request, kd_diagnostics **all) {
  kd_status status = KD_OK;
  kd_loader loader = {.main_layer = SIZE_MAX, .home = ""};
  *out = NULL;
  if (all != NULL) *all = NULL;
  KD_TRY(kd_diagnostics_create(&loader.all, ctx));
  KD_TRY(create(&loader.self, ctx, request));
  KD_TRY(fill(&loader, request));
  KD_CHECK(!kd_diagnostics_failed(loader.all), NULL, KD_E_NOMEM, "no memory");
  kd_diagnostics_sort(loader.all);
  status = kd_diagnostics_status(loader.all);
out:
  if (status == KD_OK)
    *out = loader.self;
  else
    kd_scenario_destroy(&loader.self);
  if (all != NULL && status != KD_E_NOMEM)
    *all = loader.all;
  else
    kd_diagnostics_destroy(&loader.all);
  return status;
}

kd_stage_list kd_stage_list_programme(void) {
  return (kd_stage_list){.stages = kd_programme_stages,
                         .count = KD_PROGRAMME_STAGES,
                         .params_size = sizeof(kd_programme_params),
                         .check = kd_contradictions_between_stages};
}

kd_status kd_scenario_load_bytes(kd_scenario **out, kd_context *ctx, const kd_stage_list *list, const char *name,
                                 const char *bytes, size_t count, const char *const *assignments,
                                 size_t assignment_count, kd_diagnostics **all) {
  const kd_load_request request = {.list = list,
                                   .path = name,
                                   .bytes = bytes,
                                   .count = count,
                                   .sealed = true,
                                   .assignments = assignments,
                                   .assignment_count = assignment_count};
  return kd_scenario_build(out, ctx, &request, all);
}

kd_status kd_scenario_load(kd_scenario **out, kd_context *ctx, const char *path, kd_diagnostics **all) {
  return kd_scenario_load_set(out, ctx, path, NULL, 0, all);
}

kd_status kd_scenario_load_set(kd_scenario **out, kd_context *ctx, const char *path, const char *const *assignments,
                               size_t count, kd_diagnostics **all) {
  const kd_stage_list list = kd_stage_list_programme();
  const kd_load_request request = {.list = &list, .path = path, .assignments = assignments, .assignment_count = count};
  return kd_scenario_build(out, ctx, &request, all);
}

/* The first error as one line with its place. */
static void tell_first(const kd_diagnostics *all, kd_error *err) {
  for (size_t i = 0; i < kd_diagnostics_count(all); i++) {
    const kd_diagnostic *d = kd_diagnostics_get(all, i);
    if (d->severity != KD_ERROR) continue;
    kd_error_set(err, d->code, "%s%s%s%s", d->message, d->hint[0] != '\0' ? " (" : "", d->hint,
                 d->hint[0] != '\0' ? ")" : "");
    if (d->file[0] != '\0' && d->line > 0)
      kd_error_context(err, "%s:%u:%u: ", d->file, d->line, d->column);
    else if (d->key[0] != '\0')
      kd_error_context(err, "%s: ", d->key);
    return;
  }
}

kd_status kd_scenario_set(kd_scenario *self, const char *key, const char *text, kd_error *err) {
  kd_status status = KD_OK;
  kd_context *ctx = self->ctx;
  kd_scenario *fresh = NULL;
  kd_diagnostics *all = NULL;
  const size_t room = strlen(key) + strlen(text) + 2;
  char *assignment = kd_alloc(ctx, room, 1);
  const char **assignments = kd_alloc(ctx, self->assignment_count + 1, sizeof *assignments);
  KD_CHECK(assignment != NULL && assignments != NULL, err, KD_E_NOMEM, "out of memory");
  snprintf(assignment, room, "%s=%s", key, text);
  for (size_t i = 0; i < self->assignment_count; i++) assignments[i] = self->assignments[i];
  assignments[self->assignment_count] = assignment;
  const kd_load_request request = {.list = &self->list,
                                   .path = self->path,
                                   .sealed = self->sealed,
                                   .assignments = assignments,
                                   .assignment_count = self->assignment_count + 1,
                                   .sources = self->sources};
  status = kd_scenario_build(&fresh, ctx, &request, &all);
  KD_CHECK(status != KD_E_NOMEM, err, KD_E_NOMEM, "out of memory");
  if (status != KD_OK) {
    tell_first(all, err);
    goto out;
  }
  const kd_scenario old = *self;
  *self = *fresh;
  *fresh = old;
out:
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&fresh);
  kd_free(ctx, assignments);
  kd_free(ctx, assignment);
  return status;
}

void kd_scenario_destroy(kd_scenario **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  for (size_t i = 0; i < (*self)->table_count; i++) kd_table_destroy(&(*self)->tables[i]);
  kd_free(ctx, (*self)->tables);
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}

/* ---- answers ---- */

const char *kd_scenario_name(const kd_scenario *self) {
  return self->name;
}

size_t kd_scenario_slots(const kd_scenario *self) {
  return self->count;
}

const kd_slot *kd_scenario_slot(const kd_scenario *self, size_t index) {
  return index < self->count ? &self->entries[index].slot : NULL;
}

static int compare_key(const void *key, const void *entry) {
  return strcmp(key, (*(const kd_entry *const *)entry)->slot.key);
}

const kd_slot *kd_scenario_find(const kd_scenario *self, const char *key) {
  const kd_entry *const *found = bsearch(key, self->sorted, self->count, sizeof *self->sorted, compare_key);
  return found != NULL ? &(*found)->slot : NULL;
}

size_t kd_scenario_draws(const kd_scenario *self) {
  return self->draws;
}

const kd_slot *kd_scenario_draw_slot(const kd_scenario *self, size_t draw) {
  return draw < self->draws ? &self->draw_entry[draw]->slot : NULL;
}

const char *kd_scenario_hash(const kd_scenario *self) {
  return self->hash;
}

size_t kd_scenario_inputs(const kd_scenario *self) {
  return self->input_count;
}

const kd_input_file *kd_scenario_input(const kd_scenario *self, size_t index) {
  return index < self->input_count ? self->inputs[index] : NULL;
}
