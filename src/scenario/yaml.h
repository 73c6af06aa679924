// SPDX-License-Identifier: Apache-2.0
/* YAML text as a small tree with a place for each key and value. Every scalar is text: no implicit types. */
#ifndef KD_SCENARIO_YAML_H
#define KD_SCENARIO_YAML_H

#include "base/arena.h"
#include "scenario/diagnostics.h"

#define KD_YAML_BYTES ((size_t)4 << 20) /* largest text */
#define KD_YAML_NODES ((size_t)100000)  /* largest tree, aliases expanded */
#define KD_YAML_DEPTH ((size_t)24)      /* deepest nesting */

typedef enum kd_node_kind { KD_NODE_SCALAR, KD_NODE_LIST, KD_NODE_MAP } kd_node_kind;

typedef struct kd_node {
  kd_node_kind kind;
  const char *text; /* scalar; "" for a value left out */
  bool quoted;      /* scalar in quotes or a block */
  size_t inset;     /* bytes from place to the first byte of text (1 for quotes) */
  kd_place place;
  const char *key; /* member of a map */
  kd_place key_place;
  struct kd_node *first, *next;
  size_t children;
} kd_node;

/* Parses origin->bytes from byte `skip` on. Defects go to `all`, and *out is then NULL. Errors: KD_E_NOMEM only. */
kd_status kd_yaml_parse(kd_node **out, kd_arena *arena, const kd_origin *origin, size_t skip, kd_diagnostics *all);

/* Member of a map by key, or NULL. */
const kd_node *kd_node_member(const kd_node *map, const char *key);
/* A scalar made by code. */
kd_node *kd_node_scalar(kd_arena *arena, const char *text, kd_place place);
/* "a text", "a list", "a map", "nothing" for messages. */
const char *kd_node_name(const kd_node *node);
/* The node in flow style on one line; quotes where YAML needs them. */
void kd_node_write(kd_text *out, const kd_node *node);
/* A scalar of a resolved file: plain where that is safe, else double-quoted. */
void kd_yaml_write_scalar(kd_text *out, const char *text);

#endif
