// SPDX-License-Identifier: Apache-2.0
/* The layers of a scenario, lowest first: what the file extends, the file, the assignments. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "scenario/internal.h"

#define KD_ORDER_ASSIGNMENT ((unsigned)1 << 20) /* diagnostics: files first, then assignments */

static const char *folder_of(kd_arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  if (slash == NULL) return "";
  const size_t count = (size_t)(slash - path) + 1;
  char *folder = kd_arena_alloc(arena, count + 1, 1);
  if (folder != NULL) memcpy(folder, path, count);
  return folder;
}

static kd_origin *new_origin(kd_loader *loader, const char *name, const char *bytes, size_t count) {
  kd_arena *arena = loader->self->arena;
  kd_origin *origin = kd_arena_alloc(arena, 1, sizeof *origin);
  if (origin == NULL) return NULL;
  *origin = (kd_origin){.name = name, .bytes = bytes, .count = count, .folder = folder_of(arena, name)};
  origin->order = loader->origins++;
  return origin->folder != NULL ? origin : NULL;
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

/* `kaidei: 1` says which rules the file follows. */
static void check_version(kd_loader *loader, const kd_layer *layer) {
  const kd_node *node = kd_node_member(layer->root, "kaidei");
  if (node == NULL) {
    complain(loader, KD_E_MISSING, (kd_place){.origin = layer->origin}, "kaidei", "write `kaidei: 1` at the top",
             "the file does not say that it is a scenario");
  } else if (node->kind != KD_NODE_SCALAR || strcmp(node->text, "1") != 0) {
    complain(loader, KD_E_CHOICE, node->place, "kaidei", NULL, "%s: scenario version 1 is the one known",
             node->kind == KD_NODE_SCALAR && node->text[0] != '\0' ? node->text : kd_node_name(node));
  }
}

/* Parses one file into a layer; root stays NULL when it is not a map. */
static kd_status read_layer(kd_layer *out, kd_loader *loader, const kd_source *source) {
  kd_status status = KD_OK;
  kd_node *root = NULL;
  const kd_origin *origin = new_origin(loader, source->shown.path, source->bytes, source->count);
  *out = (kd_layer){.origin = origin, .file = true};
  if (origin == NULL) return KD_E_NOMEM;
  const size_t before = kd_diagnostics_errors(loader->all);
  KD_TRY(kd_yaml_parse(&root, loader->self->arena, origin, 0, loader->all));
  if (root != NULL && root->kind == KD_NODE_MAP) {
    out->root = root;
    check_version(loader, out);
  } else if (root != NULL && root->kind == KD_NODE_LIST) {
    complain(loader, KD_E_TYPE, root->place, NULL, NULL, "a list: a scenario is a map of keys");
  } else if (root != NULL && root->text[0] != '\0') {
    complain(loader, KD_E_TYPE, root->place, NULL, "every line is `key: value`", "a text: a scenario is a map of keys");
  } else if (kd_diagnostics_errors(loader->all) == before) {
    complain(loader, KD_E_MISSING, (kd_place){.origin = origin}, NULL, "begin with `kaidei: 1`",
             "the file holds no scenario");
  }
  loader->incomplete = loader->incomplete || out->root == NULL;
out:
  return status;
}

/* "a.yaml -> b.yaml -> a.yaml" */
static const char *chain_text(kd_loader *loader, const kd_layer *chain, size_t count, const char *last) {
  size_t room = strlen(last) + 1;
  for (size_t i = 0; i < count; i++) room += strlen(chain[i].origin->name) + 4;
  char *text = kd_arena_alloc(loader->self->arena, room, 1);
  if (text == NULL) return last;
  size_t used = 0;
  for (size_t i = 0; i < count; i++)
    used += (size_t)snprintf(text + used, room - used, "%s -> ", chain[i].origin->name);
  snprintf(text + used, room - used, "%s", last);
  return text;
}

/* Follows `extends` of the last file of the chain. *next is NULL at the end, or when it cannot be followed. */
static kd_status follow(const kd_source **next, kd_loader *loader, const kd_layer *chain, size_t count) {
  kd_status status = KD_OK;
  const kd_layer *last = &chain[count - 1];
  const kd_node *node = kd_node_member(last->root, "extends");
  const char *path = NULL, *tried = NULL;
  *next = NULL;
  if (node == NULL) return KD_OK;
  const bool before = loader->incomplete;
  loader->incomplete = true;
  if (node->kind != KD_NODE_SCALAR || node->text[0] == '\0') {
    complain(loader, KD_E_TYPE, node->place, "extends", NULL, "%s: the name of one file is wanted here",
             kd_node_name(node));
    return KD_OK;
  }
  KD_TRY(kd_find_file(&path, &tried, loader, last->origin, node->text, "scenarios"));
  if (path == NULL) {
    complain(loader, KD_E_EXTENDS, node->place, "extends",
             "it is looked for beside the file, and among the shipped scenarios", "no such file: %s", tried);
    return KD_OK;
  }
  for (size_t i = 0; i < count; i++) {
    if (strcmp(chain[i].origin->name, path) != 0) continue;
    complain(loader, KD_E_EXTENDS, node->place, "extends", NULL, "the files extend each other: %s",
             chain_text(loader, chain + i, count - i, path));
    return KD_OK;
  }
  if (count == KD_EXTENDS_MAX) {
    complain(loader, KD_E_EXTENDS, node->place, "extends", NULL, "more than %zu files extend each other",
             KD_EXTENDS_MAX);
    return KD_OK;
  }
  kd_error err = {KD_OK, ""};
  KD_TRY(kd_load_file(next, loader, path, KD_YAML_BYTES, &err));
  loader->incomplete = before || *next == NULL;
  if (*next == NULL) complain(loader, KD_E_EXTENDS, node->place, "extends", NULL, "%s", err.text);
out:
  return status;
}

static kd_status load_files(kd_loader *loader, const char *path) {
  kd_status status = KD_OK;
  kd_layer chain[KD_EXTENDS_MAX];
  size_t count = 0;
  const kd_source *source = NULL;
  kd_error err = {KD_OK, ""};
  loader->main_layer = SIZE_MAX;
  KD_TRY(kd_load_file(&source, loader, path, KD_YAML_BYTES, &err));
  if (source == NULL) {
    const kd_origin *origin = new_origin(loader, path, "", 0);
    KD_CHECK(origin != NULL, NULL, KD_E_NOMEM, "no memory");
    const size_t prefix = strlen(path); /* the place names the file already */
    const bool named = strncmp(err.text, path, prefix) == 0 && strncmp(err.text + prefix, ": ", 2) == 0;
    complain(loader, err.code, (kd_place){.origin = origin}, NULL, NULL, "%s", err.text + (named ? prefix + 2 : 0));
    return KD_OK;
  }
  while (source != NULL) {
    KD_TRY(read_layer(&chain[count], loader, source));
    count++;
    KD_TRY(follow(&source, loader, chain, count));
  }
  for (size_t i = 0; i < count; i++) loader->layers[i] = chain[count - 1 - i];
  loader->count = count;
  loader->main_layer = count - 1;
out:
  return status;
}

/* Wraps a value in maps, one for each word of the dotted key. */
static kd_status wrap(kd_node **out, kd_loader *loader, const kd_origin *origin, size_t key_length, kd_node *value) {
  kd_arena *arena = loader->self->arena;
  size_t end = key_length;
  *out = value;
  while (*out != NULL) {
    size_t start = end;
    while (start > 0 && origin->bytes[start - 1] != '.') start--;
    char *word = kd_arena_alloc(arena, end - start + 1, 1);
    kd_node *map = kd_arena_alloc(arena, 1, sizeof *map);
    if (word == NULL || map == NULL) return KD_E_NOMEM;
    memcpy(word, origin->bytes + start, end - start);
    (*out)->key = word;
    (*out)->key_place = (kd_place){origin, start, 1};
    *map = (kd_node){.kind = KD_NODE_MAP, .text = "", .place = {origin, start, 1}, .first = *out, .children = 1};
    *out = map;
    if (start == 0) break;
    end = start - 1;
  }
  return KD_OK;
}

static bool key_is_fine(const char *text, size_t length) {
  if (length == 0 || text[0] == '.' || text[length - 1] == '.') return false;
  size_t words = 1;
  for (size_t i = 0; i < length; i++) {
    const char c = text[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!letter && c != '.' && c != '-') return false;
    words += c == '.';
    if (c == '.' && text[i + 1] == '.') return false;
  }
  return words < 8;
}

static kd_status read_assignment(kd_loader *loader, const char *text) {
  kd_status status = KD_OK;
  kd_layer *layer = &loader->layers[loader->count];
  kd_node *value = NULL, *root = NULL;
  const size_t count = strlen(text), length = strcspn(text, "=");
  const bool readable = kd_utf8_check(text, count) == count;
  kd_origin *origin = new_origin(loader, "", text, count);
  KD_CHECK(origin != NULL, NULL, KD_E_NOMEM, "no memory");
  origin->order += KD_ORDER_ASSIGNMENT;
  const kd_place start = {origin, 0, 1};
  if (readable && (text[length] == '\0' || !key_is_fine(text, length))) {
    complain(loader, KD_E_SYNTAX, start, NULL, "for example --set mineplan.rate='{value: 350 t/day, basis: wet_mud}'",
             "an assignment is written key=value, with the full key");
    return KD_OK;
  }
  const size_t skip = readable ? length + 1 : 0, errors = kd_diagnostics_errors(loader->all);
  KD_TRY(kd_yaml_parse(&value, loader->self->arena, origin, skip, loader->all));
  if (kd_diagnostics_errors(loader->all) != errors) return KD_OK;
  if (value == NULL) value = kd_node_scalar(loader->self->arena, "", (kd_place){origin, skip, 1});
  KD_CHECK(value != NULL, NULL, KD_E_NOMEM, "no memory");
  KD_TRY(wrap(&root, loader, origin, length, value));
  *layer = (kd_layer){.origin = origin, .root = root};
  loader->count++;
out:
  return status;
}

kd_status kd_load_layers(kd_loader *loader, const kd_load_request *request) {
  kd_status status = KD_OK;
  kd_arena *arena = loader->self->arena;
  loader->layers = kd_arena_alloc(arena, KD_EXTENDS_MAX + request->assignment_count, sizeof *loader->layers);
  KD_CHECK(loader->layers != NULL, NULL, KD_E_NOMEM, "no memory");
  for (const kd_source *source = request->sources; source != NULL; source = source->next)
    KD_TRY(kd_load_known(loader, source->shown.path, source->bytes, source->count, source->shown.sha256));
  if (request->bytes != NULL) KD_TRY(kd_load_known(loader, request->path, request->bytes, request->count, NULL));
  KD_TRY(load_files(loader, loader->self->path));
  for (size_t i = 0; i < request->assignment_count; i++) KD_TRY(read_assignment(loader, loader->self->assignments[i]));
out:
  return status;
}
