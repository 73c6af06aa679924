// SPDX-License-Identifier: Apache-2.0
/* Which value belongs to which slot: walks every layer from the lowest, so that the last one wins key by key. Unknown
 * keys and keys of the wrong shape are found here, in all layers. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "scenario/internal.h"

static const char *const kd_top_keys[] = {"kaidei", "name", "description", "extends"};
#define KD_TOP_KEYS (sizeof kd_top_keys / sizeof kd_top_keys[0])

static size_t labels_of(const kd_param *param) {
  return param->labels != NULL ? param->labels->count : 1;
}

static char *full_key(kd_arena *arena, const char *stage, const kd_param *param, size_t label) {
  const char *name = param->labels != NULL ? param->labels->names[label] : NULL;
  const size_t room = strlen(stage) + strlen(param->key) + (name != NULL ? strlen(name) : 0) + 3;
  char *key = kd_arena_alloc(arena, room, 1);
  if (key == NULL) return NULL;
  snprintf(key, room, "%s.%s%s%s", stage, param->key, name != NULL ? "." : "", name != NULL ? name : "");
  return key;
}

static int by_key(const void *left, const void *right) {
  const kd_entry *a = *(const kd_entry *const *)left, *b = *(const kd_entry *const *)right;
  return strcmp(a->slot.key, b->slot.key);
}

kd_status kd_load_entries(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  const kd_stage_list *list = &self->list;
  size_t count = 0, n = 0;
  for (size_t s = 0; s < list->count; s++)
    for (size_t i = 0; i < list->stages[s].stage->param_count; i++)
      count += labels_of(&list->stages[s].stage->params[i]);
  self->entries = kd_arena_alloc(self->arena, count + 1, sizeof *self->entries);
  self->sorted = kd_arena_alloc(self->arena, count + 1, sizeof *self->sorted);
  KD_CHECK(self->entries != NULL && self->sorted != NULL, NULL, KD_E_NOMEM, "no memory");
  self->count = count;
  for (size_t s = 0; s < list->count; s++) {
    const kd_stage *stage = list->stages[s].stage;
    for (size_t i = 0; i < stage->param_count; i++) {
      for (size_t label = 0; label < labels_of(&stage->params[i]); label++, n++) {
        kd_slot *slot = &self->entries[n].slot;
        slot->key = full_key(self->arena, stage->name, &stage->params[i], label);
        KD_CHECK(slot->key != NULL, NULL, KD_E_NOMEM, "no memory");
        slot->param = &stage->params[i];
        slot->stage = s;
        slot->label = label;
        slot->text = "";
        self->sorted[n] = &self->entries[n];
      }
    }
  }
  qsort(self->sorted, count, sizeof *self->sorted, by_key);
out:
  return status;
}

static void complain(kd_loader *loader, kd_status code, kd_place place, const char *key, const char *hint,
                     const char *format, ...) KD_PRINTF(6, 7);
static void complain(kd_loader *loader, kd_status code, kd_place place, const char *key, const char *hint,
                     const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  kd_diagnostics_addv(loader->all, KD_ERROR, code, place, key, hint, format, arguments);
  va_end(arguments);
}

/* Another stage that has this key, or NULL. */
static const kd_stage *owner_of(const kd_stage_list *list, const char *key) {
  for (size_t s = 0; s < list->count; s++)
    for (size_t i = 0; i < list->stages[s].stage->param_count; i++)
      if (strcmp(list->stages[s].stage->params[i].key, key) == 0) return list->stages[s].stage;
  return NULL;
}

static const char *did_you_mean(char *out, size_t capacity, const kd_suggestion *near) {
  if (near->best == NULL) return NULL;
  snprintf(out, capacity, "did you mean %s?", near->best);
  return out;
}

static void unknown_top(kd_loader *loader, const kd_node *node) {
  const kd_stage_list *list = &loader->self->list;
  char hint[256];
  const char *shown = NULL;
  kd_suggestion near;
  kd_suggest_start(&near, node->key);
  for (size_t i = 0; i < KD_TOP_KEYS; i++) kd_suggest(&near, kd_top_keys[i]);
  for (size_t s = 0; s < list->count; s++) kd_suggest(&near, list->stages[s].stage->name);
  const kd_stage *owner = owner_of(list, node->key);
  const char *dot = strchr(node->key, '.');
  if (owner != NULL) {
    snprintf(hint, sizeof hint, "that key belongs to %s: write it under `%s:`", owner->name, owner->name);
    shown = hint;
  } else if (dot != NULL && node->place.origin->name[0] != '\0') {
    snprintf(hint, sizeof hint, "write keys nested: %.*s: {%s: ...}", (int)(dot - node->key), node->key, dot + 1);
    shown = hint;
  } else if (strcmp(node->key, "<<") == 0) {
    shown = "merge keys are not read; a file can extend another with `extends:`";
  } else {
    shown = did_you_mean(hint, sizeof hint, &near);
  }
  complain(loader, KD_E_KEY, node->key_place, node->key, shown, "no such key: %s", node->key);
}

static void unknown_param(kd_loader *loader, const kd_stage *stage, const kd_node *node) {
  char hint[256], key[256];
  const char *shown = NULL;
  const kd_stage *owner = owner_of(&loader->self->list, node->key);
  if (owner != NULL) {
    snprintf(hint, sizeof hint, "that key belongs to %s: %s.%s", owner->name, owner->name, node->key);
    shown = hint;
  } else {
    kd_suggestion near;
    kd_suggest_start(&near, node->key);
    for (size_t i = 0; i < stage->param_count; i++) kd_suggest(&near, stage->params[i].key);
    shown = did_you_mean(hint, sizeof hint, &near);
  }
  snprintf(key, sizeof key, "%s.%s", stage->name, node->key);
  complain(loader, KD_E_KEY, node->key_place, key, shown, "%s has no key %s", stage->name, node->key);
}

static void set_entry(kd_entry *entry, const kd_layer *layer, const kd_node *node, const char *source) {
  entry->node = node;
  entry->layer = layer;
  entry->source = source;
}

static bool is_label(const kd_param *param, const char *word) {
  for (size_t i = 0; i < param->labels->count; i++)
    if (strcmp(param->labels->names[i], word) == 0) return true;
  return false;
}

/* A map under a vector parameter: by label, unless it is one value map for all labels. */
static bool maps_labels(const kd_param *param, const kd_node *node) {
  if (node->kind != KD_NODE_MAP) return false;
  for (const kd_node *child = node->first; child != NULL; child = child->next)
    if (is_label(param, child->key)) return true;
  for (const kd_node *child = node->first; child != NULL; child = child->next)
    if (kd_value_is_word(child->key)) return false;
  return true;
}

static void bind_labels(kd_loader *loader, const kd_layer *layer, kd_entry *first, const kd_node *map) {
  const kd_param *param = first->slot.param;
  const kd_node *shared = kd_node_member(map, "source");
  const char *source = NULL;
  if (shared != NULL && !is_label(param, "source")) {
    if (shared->kind == KD_NODE_SCALAR && shared->text[0] != '\0')
      source = shared->text;
    else
      complain(loader, KD_E_TYPE, shared->place, NULL, NULL, "%s: the text of a source is wanted",
               kd_node_name(shared));
  }
  for (const kd_node *child = map->first; child != NULL; child = child->next) {
    if (child == shared && !is_label(param, "source")) continue;
    size_t label = 0;
    while (label < param->labels->count && strcmp(param->labels->names[label], child->key) != 0) label++;
    if (label < param->labels->count) {
      set_entry(&first[label], layer, child, source);
      continue;
    }
    char hint[256], key[256];
    kd_suggestion near;
    kd_suggest_start(&near, child->key);
    for (size_t i = 0; i < param->labels->count; i++) kd_suggest(&near, param->labels->names[i]);
    const char *shown = did_you_mean(hint, sizeof hint, &near);
    if (shown == NULL && kd_value_is_word(child->key)) shown = "give each label its own {value: ..., ...}";
    if (shown == NULL) {
      snprintf(hint, sizeof hint, "the labels are %s, %s ... %s", param->labels->names[0],
               param->labels->names[param->labels->count > 1 ? 1 : 0], param->labels->names[param->labels->count - 1]);
      shown = hint;
    }
    snprintf(key, sizeof key, "%s.%s.%s", loader->self->list.stages[first->slot.stage].stage->name, param->key,
             child->key);
    complain(loader, KD_E_KEY, child->key_place, key, shown, "%s has no label %s", param->key, child->key);
  }
}

static void bind_stage(kd_loader *loader, const kd_layer *layer, size_t stage_index, const kd_node *map) {
  kd_scenario *self = loader->self;
  const kd_stage *stage = self->list.stages[stage_index].stage;
  if (map->kind != KD_NODE_MAP) {
    if (map->kind == KD_NODE_SCALAR && map->text[0] == '\0' && !map->quoted) return; /* `lift:` with nothing in it */
    complain(loader, KD_E_TYPE, map->place, stage->name, NULL, "%s: a map of the keys of %s is wanted here",
             kd_node_name(map), stage->name);
    return;
  }
  for (const kd_node *child = map->first; child != NULL; child = child->next) {
    kd_entry *first = NULL;
    for (size_t i = 0; i < self->count && first == NULL; i++)
      if (self->entries[i].slot.stage == stage_index && strcmp(self->entries[i].slot.param->key, child->key) == 0)
        first = &self->entries[i];
    if (first == NULL) {
      unknown_param(loader, stage, child);
    } else if (first->slot.param->labels == NULL) {
      set_entry(first, layer, child, NULL);
    } else if (maps_labels(first->slot.param, child)) {
      bind_labels(loader, layer, first, child);
    } else {
      for (size_t label = 0; label < first->slot.param->labels->count; label++)
        set_entry(&first[label], layer, child, NULL);
    }
  }
}

static void bind_top(kd_loader *loader, const kd_layer *layer, const kd_node *node) {
  kd_scenario *self = loader->self;
  for (size_t s = 0; s < self->list.count; s++) {
    if (strcmp(node->key, self->list.stages[s].stage->name) != 0) continue;
    bind_stage(loader, layer, s, node);
    return;
  }
  size_t known = 0;
  while (known < KD_TOP_KEYS && strcmp(node->key, kd_top_keys[known]) != 0) known++;
  if (known == KD_TOP_KEYS) {
    unknown_top(loader, node);
  } else if (!layer->file && (strcmp(node->key, "kaidei") == 0 || strcmp(node->key, "extends") == 0)) {
    complain(loader, KD_E_KEY, node->key_place, node->key, NULL, "%s stands in a file: it cannot be set", node->key);
  } else if (strcmp(node->key, "name") == 0 || strcmp(node->key, "description") == 0) {
    if (node->kind != KD_NODE_SCALAR || node->text[0] == '\0')
      complain(loader, KD_E_TYPE, node->place, node->key, NULL, "%s: a text is wanted here", kd_node_name(node));
    else if (node->key[0] == 'n')
      self->name = node->text;
    else
      self->description = node->text;
  }
}

kd_status kd_load_bind(kd_loader *loader) {
  for (size_t i = 0; i < loader->count; i++) {
    const kd_layer *layer = &loader->layers[i];
    if (layer->root == NULL) continue;
    for (const kd_node *child = layer->root->first; child != NULL; child = child->next) bind_top(loader, layer, child);
  }
  return KD_OK;
}
