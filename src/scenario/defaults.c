// SPDX-License-Identifier: Apache-2.0
/* Defaults of the parameter tables as nodes. Those that are maps are parsed together, as one list: a parser of its own
 * for each would be most of what loading a scenario costs. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "scenario/internal.h"

static kd_status make_origin(const kd_origin **out, kd_loader *loader, const kd_entry *entry) {
  kd_arena *arena = loader->self->arena;
  const kd_param *param = entry->slot.param;
  const size_t room = strlen(entry->slot.key) + 16;
  kd_origin *origin = kd_arena_alloc(arena, 1, sizeof *origin);
  char *name = kd_arena_alloc(arena, room, 1);
  if (origin == NULL || name == NULL) return KD_E_NOMEM;
  snprintf(name, room, "default of %s", entry->slot.key);
  *origin = (kd_origin){
      .name = name, .bytes = param->initial, .count = strlen(param->initial), .folder = "", .order = KD_ORDER_DEFAULT};
  if (param->kind == KD_PARAM_TABLE) origin->folder = loader->home;
  *out = origin;
  return KD_OK;
}

kd_status kd_load_default(const kd_node **out, kd_loader *loader, const kd_entry *entry) {
  kd_status status = KD_OK;
  const kd_origin *origin = NULL;
  kd_node *node = NULL;
  *out = NULL;
  KD_TRY(make_origin(&origin, loader, entry));
  if (origin->bytes[0] == '{') {
    KD_TRY(kd_yaml_parse(&node, loader->self->arena, origin, 0, loader->all));
  } else {
    node = kd_node_scalar(loader->self->arena, origin->bytes, (kd_place){origin, 0, 1});
    KD_CHECK(node != NULL, NULL, KD_E_NOMEM, "no memory");
  }
  *out = node;
out:
  return status;
}

/* The first entry of a parameter whose default is a map on one line. */
static bool is_listed(const kd_entry *entry, size_t index) {
  const kd_param *param = entry->slot.param;
  return param->initial != NULL && param->initial[0] == '{' && strchr(param->initial, '\n') == NULL &&
         (index == 0 || entry[-1].slot.param != param);
}

/* Moves the places of a tree from the list to the default that it was made of. */
static void move(kd_node *node, const kd_origin *origin, size_t start) {
  node->place = (kd_place){origin, node->place.offset - start, 1};
  if (node->key != NULL) node->key_place = (kd_place){origin, node->key_place.offset - start, 1};
  for (kd_node *child = node->first; child != NULL; child = child->next) move(child, origin, start);
}

static kd_status share(kd_loader *loader, kd_node *list) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  size_t start = 0;
  kd_node *item = list->first;
  for (size_t i = 0; i < self->count && item != NULL; i++) {
    kd_entry *entry = &self->entries[i];
    if (i > 0 && entry[-1].slot.param == entry->slot.param) entry->initial = entry[-1].initial;
    if (!is_listed(entry, i)) continue;
    const kd_origin *origin = NULL;
    KD_TRY(make_origin(&origin, loader, entry));
    start += strlen("- ");
    kd_node *next = item->next;
    item->next = NULL;
    move(item, origin, start);
    entry->initial = item;
    item = next;
    start += origin->count + strlen("\n");
  }
out:
  return status;
}

kd_status kd_load_defaults(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  kd_diagnostics *quiet = NULL; /* a list that is not sound is dropped: each default then tells its own defects */
  kd_node *list = NULL;
  size_t items = 0;
  kd_text text;
  kd_text_init(&text, self->ctx);
  for (size_t i = 0; i < self->count; i++) {
    if (!is_listed(&self->entries[i], i)) continue;
    kd_text_add(&text, "- ");
    kd_text_add(&text, self->entries[i].slot.param->initial);
    kd_text_add(&text, "\n");
    items++;
  }
  KD_CHECK(!text.failed, NULL, KD_E_NOMEM, "no memory");
  if (items == 0) goto out;
  KD_TRY(kd_diagnostics_create(&quiet, self->ctx));
  const kd_origin origin = {
      .name = "defaults", .bytes = text.bytes, .count = text.length, .folder = "", .order = KD_ORDER_DEFAULT};
  KD_TRY(kd_yaml_parse(&list, self->arena, &origin, 0, quiet));
  const bool sound =
      list != NULL && list->kind == KD_NODE_LIST && list->children == items && kd_diagnostics_count(quiet) == 0;
  if (sound) KD_TRY(share(loader, list));
out:
  kd_diagnostics_destroy(&quiet);
  kd_text_free(&text);
  return status;
}
