// SPDX-License-Identifier: Apache-2.0
/* Small services on YAML nodes: look up, name, write back. */
#include <ctype.h>
#include <string.h>

#include "scenario/yaml.h"

const kd_node *kd_node_member(const kd_node *map, const char *key) {
  if (map == NULL || map->kind != KD_NODE_MAP) return NULL;
  for (const kd_node *child = map->first; child != NULL; child = child->next)
    if (strcmp(child->key, key) == 0) return child;
  return NULL;
}

kd_node *kd_node_scalar(kd_arena *arena, const char *text, kd_place place) {
  kd_node *node = kd_arena_alloc(arena, 1, sizeof *node);
  if (node == NULL) return NULL;
  node->kind = KD_NODE_SCALAR;
  node->text = text;
  node->place = place;
  return node;
}

const char *kd_node_name(const kd_node *node) {
  switch (node->kind) {
  case KD_NODE_LIST:
    return "a list";
  case KD_NODE_MAP:
    return "a map";
  case KD_NODE_SCALAR:
    break;
  }
  return node->text[0] != '\0' || node->quoted ? "a text" : "nothing";
}

/* Plain in flow and block style alike, whatever a YAML reader makes of types. */
static bool is_plain(const char *text) {
  if (text[0] == '\0' || !(isalnum((unsigned char)text[0]) || text[0] == '.' || text[0] == '-' || text[0] == '+'))
    return false;
  if ((text[0] == '-' || text[0] == '.') && !isdigit((unsigned char)text[1]) && !isalpha((unsigned char)text[1]) &&
      text[1] != '.')
    return false;
  for (const char *c = text; *c != '\0'; c++)
    if (!isalnum((unsigned char)*c) && strchr("_./+-% ^()*", *c) == NULL) return false;
  return text[strlen(text) - 1] != ' ';
}

void kd_yaml_write_scalar(kd_text *out, const char *text) {
  if (is_plain(text)) {
    kd_text_add(out, text);
    return;
  }
  kd_text_add(out, "\"");
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\') {
      kd_text_add(out, "\\");
      kd_text_add_bytes(out, c, 1);
    } else if (*c == '\n') {
      kd_text_add(out, "\\n");
    } else if ((unsigned char)*c < 0x20 || *c == 0x7F) {
      kd_text_printf(out, "\\x%02x", (unsigned)(unsigned char)*c);
    } else {
      kd_text_add_bytes(out, c, 1);
    }
  }
  kd_text_add(out, "\"");
}

void kd_node_write(kd_text *out, const kd_node *node) {
  if (node->kind == KD_NODE_SCALAR) {
    kd_yaml_write_scalar(out, node->text);
    return;
  }
  const bool map = node->kind == KD_NODE_MAP;
  kd_text_add(out, map ? "{" : "[");
  for (const kd_node *child = node->first; child != NULL; child = child->next) {
    if (child != node->first) kd_text_add(out, ", ");
    if (map) {
      kd_yaml_write_scalar(out, child->key);
      kd_text_add(out, ": ");
    }
    kd_node_write(out, child);
  }
  kd_text_add(out, map ? "}" : "]");
}
