// SPDX-License-Identifier: Apache-2.0
/* Builds the tree from libfyaml's events. What YAML can do and a scenario does not need is refused here: tags,
 * directives, several documents, keys that are not plain text, and anything too large. An alias is a copy of its
 * anchor's value, and its nodes count. */
#include "scenario/yaml.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libfyaml.h>

#include "base/error.h"

/* libfyaml 0.7.12 loses memory over five pairs of single quotes in a row inside a quoted text: runs that can hold so
 * many are refused. */
#define KD_YAML_QUOTES ((size_t)10)

typedef struct kd_anchor {
  struct kd_anchor *next;
  const char *name;
  const kd_node *node;
} kd_anchor;

typedef struct kd_frame {
  kd_node *node, *last;
  const char *anchor; /* name to give to the node when it is whole */
  const char *key;    /* map: waiting for its value */
  kd_place key_place;
  bool dropped; /* map: the key was refused, its value goes nowhere */
  bool flow;
} kd_frame;

typedef struct kd_builder {
  kd_arena *arena;
  const kd_origin *origin;
  size_t skip;
  kd_diagnostics *all;
  kd_frame frames[KD_YAML_DEPTH];
  size_t depth, nodes, documents;
  kd_anchor *anchors;
  kd_node *root;
  kd_place last; /* of the last token, for values left out */
  bool broken, stop;
} kd_builder;

static void refuse(kd_builder *self, kd_status code, kd_place place, const char *hint, const char *format, ...)
    KD_PRINTF(5, 6);
static void refuse(kd_builder *self, kd_status code, kd_place place, const char *hint, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  kd_diagnostics_addv(self->all, KD_ERROR, code, place, NULL, hint, format, arguments);
  va_end(arguments);
}

static kd_place place_of(kd_builder *self, const struct fy_mark *mark) {
  if (mark == NULL || mark->line < 0) return self->last;
  const unsigned line = (unsigned)mark->line + 1;
  return (kd_place){.origin = self->origin, .offset = self->skip + mark->input_pos, .line = line};
}

/* One more node; NULL when there is no memory or there are too many (`stop` then ends the parse). */
static kd_node *new_node(kd_builder *self, kd_node_kind kind, kd_place place) {
  if (++self->nodes > KD_YAML_NODES) {
    if (!self->stop) {
      refuse(self, KD_E_SIZE, self->last, NULL, "more than %zu values and keys, with aliases expanded", KD_YAML_NODES);
    }
    self->stop = true;
    return NULL;
  }
  kd_node *node = kd_arena_alloc(self->arena, 1, sizeof *node);
  if (node == NULL) {
    self->broken = true;
    self->stop = true;
    return NULL;
  }
  node->kind = kind;
  node->place = place;
  node->text = "";
  return node;
}

static char *copy_text(kd_builder *self, const char *text, size_t count) {
  char *copy = kd_arena_alloc(self->arena, count + 1, 1);
  if (copy == NULL) {
    self->broken = true;
    self->stop = true;
    return NULL;
  }
  memcpy(copy, text, count);
  return copy;
}

/* Text of a token, checked; NULL when it was refused. */
static const char *token_text(kd_builder *self, struct fy_token *token, kd_place place) {
  size_t count = 0;
  const char *text = token != NULL ? fy_token_get_text(token, &count) : "";
  if (text == NULL) { /* libfyaml had no memory */
    self->broken = true;
    self->stop = true;
    return NULL;
  }
  if (memchr(text, '\0', count) != NULL || kd_utf8_check(text, count) != count) {
    refuse(self, KD_E_ENCODING, place, NULL, "an escape makes a character that no text may hold");
    return NULL;
  }
  while (count > 0 && text[count - 1] == '\n') count--; /* what ends a block is no part of a value */
  return copy_text(self, text, count);
}

static void name_anchor(kd_builder *self, const char *name, const kd_node *node) {
  if (name == NULL || name[0] == '\0') return;
  kd_anchor *anchor = kd_arena_alloc(self->arena, 1, sizeof *anchor);
  if (anchor == NULL) {
    self->broken = true;
    self->stop = true;
    return;
  }
  *anchor = (kd_anchor){.next = self->anchors, .name = name, .node = node};
  self->anchors = anchor;
}

/* Hangs a whole node under its parent, or makes it the root. */
static void attach(kd_builder *self, kd_node *node) {
  if (self->depth == 0) {
    if (self->documents == 1 && self->root == NULL) self->root = node;
    return;
  }
  kd_frame *frame = &self->frames[self->depth - 1];
  if (frame->node->kind == KD_NODE_MAP) {
    node->key = frame->key;
    node->key_place = frame->key_place;
    frame->key = NULL;
    if (frame->dropped) {
      frame->dropped = false;
      return;
    }
  }
  if (frame->last != NULL)
    frame->last->next = node;
  else
    frame->node->first = node;
  frame->last = node;
  frame->node->children++;
}

static bool wants_key(const kd_builder *self) {
  if (self->depth == 0) return false;
  const kd_frame *frame = &self->frames[self->depth - 1];
  return frame->node->kind == KD_NODE_MAP && frame->key == NULL;
}

static void take_key(kd_builder *self, const char *text, kd_place place) {
  kd_frame *frame = &self->frames[self->depth - 1];
  frame->key = text;
  frame->key_place = place;
  if (text[0] == '\0') {
    refuse(self, KD_E_SYNTAX, place, NULL, "a key without a name");
    frame->dropped = true;
  }
}

/* Marks the key that is to come as refused: its value is parsed, and dropped. */
static void drop_key(kd_builder *self, kd_place place) {
  refuse(self, KD_E_SYNTAX, place, NULL, "a key must be plain text");
  kd_frame *frame = &self->frames[self->depth - 1];
  frame->key = "?";
  frame->key_place = place;
  frame->dropped = true;
}

static void on_scalar(kd_builder *self, struct fy_event *event) {
  struct fy_token *token = event->scalar.value;
  kd_place place = place_of(self, fy_event_start_mark(event));
  const enum fy_scalar_style style = token != NULL ? fy_token_scalar_style(token) : FYSS_PLAIN;
  const bool quotes = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
  if (quotes && place.offset > self->skip) place.offset--;
  self->last = place;
  const char *text = token_text(self, token, place);
  if (event->scalar.tag != NULL) refuse(self, KD_E_SYNTAX, place, "leave the tag out", "tags (!...) are not read");
  const char *anchor = event->scalar.anchor != NULL ? token_text(self, event->scalar.anchor, place) : NULL;
  if (wants_key(self)) {
    take_key(self, text != NULL ? text : "?", place);
    if (text == NULL) self->frames[self->depth - 1].dropped = true;
    return;
  }
  kd_node *node = new_node(self, KD_NODE_SCALAR, place);
  if (node == NULL) return;
  if (text == NULL && self->depth > 0) self->frames[self->depth - 1].dropped = true; /* nothing more is said about it */
  node->text = text != NULL ? text : "";
  node->quoted = style != FYSS_PLAIN;
  node->inset = quotes ? 1 : 0;
  name_anchor(self, anchor, node);
  attach(self, node);
}

static void on_start(kd_builder *self, struct fy_event *event, kd_node_kind kind) {
  const kd_place place = place_of(self, fy_event_start_mark(event));
  struct fy_token *tag = kind == KD_NODE_MAP ? event->mapping_start.tag : event->sequence_start.tag;
  struct fy_token *anchor = kind == KD_NODE_MAP ? event->mapping_start.anchor : event->sequence_start.anchor;
  self->last = place;
  if (tag != NULL) refuse(self, KD_E_SYNTAX, place, "leave the tag out", "tags (!...) are not read");
  if (wants_key(self)) drop_key(self, place);
  if (self->depth == KD_YAML_DEPTH) {
    refuse(self, KD_E_SIZE, place, NULL, "nested more than %zu levels deep", KD_YAML_DEPTH);
    self->stop = true;
    return;
  }
  kd_node *node = new_node(self, kind, place);
  if (node == NULL) return;
  kd_frame *frame = &self->frames[self->depth++];
  *frame = (kd_frame){.node = node, .flow = fy_event_get_node_style(event) == FYNS_FLOW};
  if (anchor != NULL) frame->anchor = token_text(self, anchor, place);
}

static int compare_keys(const void *left, const void *right) {
  const kd_node *a = *(const kd_node *const *)left, *b = *(const kd_node *const *)right;
  const int order = strcmp(a->key, b->key);
  if (order != 0) return order;
  return a->place.offset < b->place.offset ? -1 : a->place.offset > b->place.offset;
}

/* Reports keys that are given twice and takes the later ones out. */
static void check_duplicates(kd_builder *self, kd_node *map) {
  if (map->children < 2) return;
  kd_node **sorted = kd_arena_alloc(self->arena, map->children, sizeof *sorted);
  if (sorted == NULL) {
    self->broken = true;
    self->stop = true;
    return;
  }
  size_t n = 0;
  for (kd_node *child = map->first; child != NULL; child = child->next) sorted[n++] = child;
  qsort(sorted, n, sizeof *sorted, compare_keys);
  for (size_t i = 1, kept = 0; i < n; i++) {
    if (strcmp(sorted[kept]->key, sorted[i]->key) != 0) {
      kept = i;
      continue;
    }
    refuse(self, KD_E_DUPLICATE, sorted[i]->key_place, NULL, "%s is given twice: first at line %u, column %u",
           sorted[i]->key, sorted[kept]->key_place.line, kd_place_column(sorted[kept]->key_place));
    sorted[i]->key = NULL; /* taken out below */
  }
  kd_node **link = &map->first;
  while (*link != NULL) {
    if ((*link)->key != NULL) {
      link = &(*link)->next;
    } else {
      *link = (*link)->next;
      map->children--;
    }
  }
}

static void on_end(kd_builder *self, struct fy_event *event) {
  if (self->depth == 0) return;
  self->last = place_of(self, fy_event_start_mark(event));
  kd_frame *frame = &self->frames[--self->depth];
  kd_node *node = frame->node;
  const char *anchor = frame->anchor;
  if (node->kind == KD_NODE_MAP) check_duplicates(self, node);
  name_anchor(self, anchor, node);
  /* A collection in key position was refused at its start; its parent goes on to the value. */
  if (self->depth > 0) {
    kd_frame *parent = &self->frames[self->depth - 1];
    if (parent->node->kind == KD_NODE_MAP && parent->dropped && parent->key != NULL &&
        parent->key_place.offset == node->place.offset)
      return;
  }
  attach(self, node);
}

/* A copy that hangs under `depth` collections. */
static kd_node *copy_node(kd_builder *self, const kd_node *from, size_t depth) {
  if (from->kind != KD_NODE_SCALAR && depth == KD_YAML_DEPTH) {
    refuse(self, KD_E_SIZE, self->last, NULL, "nested more than %zu levels deep", KD_YAML_DEPTH);
    self->stop = true;
    return NULL;
  }
  kd_node *copy = new_node(self, from->kind, from->place);
  if (copy == NULL) return NULL;
  copy->text = from->text;
  copy->quoted = from->quoted;
  copy->inset = from->inset;
  copy->key = from->key;
  copy->key_place = from->key_place;
  copy->children = from->children;
  kd_node **link = &copy->first;
  for (const kd_node *child = from->first; child != NULL; child = child->next) {
    *link = copy_node(self, child, depth + 1);
    if (*link == NULL) return NULL;
    link = &(*link)->next;
  }
  return copy;
}

static void on_alias(kd_builder *self, struct fy_event *event) {
  kd_place place = place_of(self, fy_event_start_mark(event));
  if (place.offset > self->skip && self->origin->bytes[place.offset - 1] == '*') place.offset--;
  self->last = place;
  const char *name = token_text(self, event->alias.anchor, place);
  if (name == NULL) name = "?";
  if (wants_key(self)) {
    drop_key(self, place);
    return;
  }
  const kd_anchor *anchor = self->anchors;
  while (anchor != NULL && strcmp(anchor->name, name) != 0) anchor = anchor->next;
  kd_node *node = NULL;
  if (anchor == NULL) {
    refuse(self, KD_E_SYNTAX, place, NULL, "alias *%s: no anchor &%s before it", name, name);
    node = new_node(self, KD_NODE_SCALAR, place);
    /* The value is unknown: leave it out, so that nothing more is said about it. */
    if (node != NULL && self->depth > 0) self->frames[self->depth - 1].dropped = true;
  } else {
    node = copy_node(self, anchor->node, self->depth);
  }
  if (node != NULL) attach(self, node);
}

static void on_document(kd_builder *self, struct fy_event *event) {
  struct fy_document_state *document = event->document_start.document_state;
  self->documents++;
  const struct fy_mark *mark = fy_event_start_mark(event);
  kd_place place = place_of(self, mark);
  if (mark == NULL && self->documents > 1) place = self->last;
  if (document != NULL && (fy_document_state_version_explicit(document) || fy_document_state_tags_explicit(document)))
    refuse(self, KD_E_SYNTAX, place, NULL, "directives (%%YAML, %%TAG) are not read");
  if (self->documents == 2) refuse(self, KD_E_SYNTAX, place, NULL, "a second document: a scenario is one document");
}

static void on_event(kd_builder *self, struct fy_event *event) {
  switch (event->type) {
  case FYET_DOCUMENT_START:
    on_document(self, event);
    break;
  case FYET_SCALAR:
    on_scalar(self, event);
    break;
  case FYET_ALIAS:
    on_alias(self, event);
    break;
  case FYET_MAPPING_START:
    on_start(self, event, KD_NODE_MAP);
    break;
  case FYET_SEQUENCE_START:
    on_start(self, event, KD_NODE_LIST);
    break;
  case FYET_MAPPING_END:
  case FYET_SEQUENCE_END:
    on_end(self, event);
    break;
  default:
    break;
  }
}

/* libfyaml's own findings; a bracket that is still open is the usual cause, so it is named. */
static void report_syntax(kd_builder *self, struct fy_diag *diag) {
  void *iterator = NULL;
  const struct fy_diag_error *error;
  size_t found = 0;
  char hint[128] = "";
  for (size_t i = self->depth; i > 0; i--) {
    const kd_frame *frame = &self->frames[i - 1];
    if (!frame->flow) continue;
    kd_error text;
    kd_error_set(&text, KD_E_SYNTAX, "the %c at line %u, column %u is not closed yet",
                 frame->node->kind == KD_NODE_MAP ? '{' : '[', frame->node->place.line,
                 kd_place_column(frame->node->place));
    memcpy(hint, text.text, strlen(text.text) + 1);
    break;
  }
  while ((error = fy_diag_errors_iterate(diag, &iterator)) != NULL) {
    const unsigned line = error->line > 0 ? (unsigned)error->line : 1;
    unsigned column = error->column > 0 ? (unsigned)error->column : 1;
    if (line == 1) column += kd_place_column((kd_place){self->origin, self->skip, 1}) - 1;
    if (error->msg != NULL && strstr(error->msg, "out of memory") == NULL) {
      kd_diagnostics_add_at(self->all, KD_E_SYNTAX, self->origin, line, column, NULL, hint, error->msg);
      found++;
    }
  }
  if (found > 0) return;
  if (errno == ENOMEM)
    self->broken = true;
  else
    refuse(self, KD_E_SYNTAX, self->last, NULL, "the text cannot be parsed beyond this place");
}

static kd_status run_parser(kd_builder *self, struct fy_parser *parser, struct fy_diag *diag) {
  kd_status status = KD_OK;
  if (fy_parser_set_string(parser, self->origin->bytes + self->skip, self->origin->count - self->skip) != 0)
    return KD_E_NOMEM;
  bool ended = false;
  errno = 0;
  while (!ended && !self->stop) {
    struct fy_event *event = fy_parser_parse(parser);
    if (event == NULL) {
      self->stop = true;
      report_syntax(self, diag);
      break;
    }
    ended = event->type == FYET_STREAM_END;
    on_event(self, event);
    fy_parser_event_free(parser, event);
  }
  if (self->broken) status = KD_E_NOMEM;
  return status;
}

/* A directive before the first content: libfyaml gives up on some without a word. */
static bool has_directive(const kd_origin *origin, size_t skip, kd_diagnostics *all) {
  unsigned line = 1;
  for (size_t i = skip; i < origin->count; line++) {
    const char c = origin->bytes[i];
    if (c == '%') {
      kd_diagnostics_add(all, KD_ERROR, KD_E_SYNTAX, (kd_place){origin, i, line}, NULL, "leave it out",
                         "directives (%%YAML, %%TAG) are not read");
      return true;
    }
    if (c != '#' && c != '\n' && c != '\r') return false;
    while (i < origin->count && origin->bytes[i] != '\n') i++;
    i++;
  }
  return false;
}

/* Size, encoding and control characters. True when the text may be parsed. */
static bool check_text(const kd_origin *origin, size_t skip, kd_diagnostics *all) {
  const kd_place whole = {.origin = origin};
  if (origin->count - skip > KD_YAML_BYTES) {
    kd_diagnostics_add(all, KD_ERROR, KD_E_SIZE, whole, NULL, NULL, "%zu bytes: at most %zu are read",
                       origin->count - skip, KD_YAML_BYTES);
    return false;
  }
  const char *what = NULL;
  size_t bad = kd_utf8_check(origin->bytes, origin->count), quotes = 0;
  unsigned line = 1;
  for (size_t i = 0; i < origin->count && i <= bad; i++) {
    const unsigned char c = (unsigned char)origin->bytes[i];
    const bool lone = c == '\r' && (i + 1 == origin->count || origin->bytes[i + 1] != '\n');
    if (i == bad) {
      what = "not UTF-8 text";
    } else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
      what = "a control character";
    } else if (lone) {
      what = "a carriage return without a line feed";
    }
    quotes = c == '\'' ? quotes + 1 : 0;
    if (quotes == KD_YAML_QUOTES) {
      kd_diagnostics_add(all, KD_ERROR, KD_E_SYNTAX, (kd_place){origin, i + 1 - quotes, line}, NULL, NULL,
                         "%zu single quotes in a row are not read", quotes);
      return false;
    }
    if (what != NULL) {
      kd_diagnostics_add(all, KD_ERROR, KD_E_ENCODING, (kd_place){origin, i, line}, NULL, NULL, "byte 0x%02X: %s",
                         (unsigned)c, what);
      return false;
    }
    line += c == '\n';
  }
  return true;
}

kd_status kd_yaml_parse(kd_node **out, kd_arena *arena, const kd_origin *origin, size_t skip, kd_diagnostics *all) {
  kd_status status = KD_OK;
  *out = NULL;
  if (!check_text(origin, skip, all)) return KD_OK;
  if (skip == 0 && origin->count >= 3 && memcmp(origin->bytes, "\xEF\xBB\xBF", 3) == 0) skip = 3;
  if (skip >= origin->count || (origin->name[0] != '\0' && has_directive(origin, skip, all))) return KD_OK;
  struct fy_parser *parser = NULL;
  struct fy_diag *diag = NULL;
  kd_builder *builder = kd_arena_alloc(arena, 1, sizeof *builder);
  KD_CHECK(builder != NULL, NULL, KD_E_NOMEM, "no memory");
  *builder = (kd_builder){.arena = arena, .origin = origin, .skip = skip, .all = all};
  builder->last = (kd_place){.origin = origin, .offset = skip, .line = 1};
  struct fy_diag_cfg diag_options;
  fy_diag_cfg_default(&diag_options);
  diag_options.fp = NULL;
  diag_options.output_fn = NULL;
  diag_options.colorize = false;
  diag_options.level = FYET_ERROR;
  diag = fy_diag_create(&diag_options);
  KD_CHECK(diag != NULL, NULL, KD_E_NOMEM, "no memory");
  fy_diag_set_collect_errors(diag, true);
  const struct fy_parse_cfg options = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DISABLE_MMAP_OPT |
                                                FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
                                       .diag = diag};
  parser = fy_parser_create(&options);
  KD_CHECK(parser != NULL, NULL, KD_E_NOMEM, "no memory");
  KD_TRY(run_parser(builder, parser, diag));
  if (!builder->stop) *out = builder->root;
out:
  if (parser != NULL) fy_parser_destroy(parser);
  if (diag != NULL) fy_diag_destroy(diag);
  return status;
}
