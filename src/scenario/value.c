// SPDX-License-Identifier: Apache-2.0
/* Turns the value of each slot, given or default, into a distribution in SI, a choice, a flag, a date or a table. */
#include "scenario/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

void kd_value_defect(kd_loader *loader, kd_entry *entry, kd_status code, kd_place place, const char *hint,
                     const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (!loader->quiet) kd_diagnostics_addv(loader->all, KD_ERROR, code, place, entry->slot.key, hint, format, arguments);
  va_end(arguments);
  entry->bad = true;
}

void kd_value_warning(kd_loader *loader, kd_entry *entry, kd_status code, kd_place place, const char *hint,
                      const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (!loader->quiet)
    kd_diagnostics_addv(loader->all, KD_WARNING, code, place, entry->slot.key, hint, format, arguments);
  va_end(arguments);
}

kd_place kd_node_at(const kd_node *node, size_t at) {
  return kd_place_shift(node->place, node->inset + at);
}

const kd_distribution_form kd_distribution_forms[KD_DISTRIBUTION_FORMS] = {
    {"uniform", KD_DISTRIBUTION_UNIFORM, 2, "[low, high]"},
    {"triangular", KD_DISTRIBUTION_TRIANGULAR, 3, "[low, mode, high]"},
    {"pert", KD_DISTRIBUTION_PERT, 3, "[low, mode, high]"},
    {"normal", KD_DISTRIBUTION_NORMAL, 2, "[mean, sd]"},
    {"lognormal", KD_DISTRIBUTION_LOGNORMAL, 2, "[median, geometric sd]"},
    {"discrete", KD_DISTRIBUTION_DISCRETE, 0, "{value: weight, ...}"},
    {"empirical", KD_DISTRIBUTION_EMPIRICAL, 0, "file.csv"},
};

static const char *const kd_other_words[] = {"value", "source", "basis", "truncate", "correlate", "file"};
#define KD_OTHER_WORDS (sizeof kd_other_words / sizeof kd_other_words[0])

bool kd_value_is_word(const char *key) {
  for (size_t i = 0; i < KD_OTHER_WORDS; i++)
    if (strcmp(key, kd_other_words[i]) == 0) return true;
  for (size_t i = 0; i < KD_DISTRIBUTION_FORMS; i++)
    if (strcmp(key, kd_distribution_forms[i].name) == 0) return true;
  return false;
}

bool kd_value_missing(kd_loader *loader, kd_entry *entry, const kd_node *node, const char *wanted) {
  if (node->kind == KD_NODE_SCALAR && node->text[0] != '\0') return false;
  const bool nothing = node->kind == KD_NODE_SCALAR;
  kd_value_defect(loader, entry, nothing ? KD_E_MISSING : KD_E_TYPE, node->place, NULL, "%s: %s is wanted here",
                  kd_node_name(node), wanted);
  return true;
}

static void take_source(kd_loader *loader, kd_entry *entry, const kd_node *node) {
  if (kd_value_missing(loader, entry, node, "the text of a source")) return;
  entry->slot.source = node->text;
}

/* Sorts the members of a value map into `out`. `number`: distributions are allowed. False when it holds no value. */
static bool read_map(kd_value_map *out, kd_loader *loader, kd_entry *entry, const kd_node *map, bool number) {
  const bool table = entry->slot.param->kind == KD_PARAM_TABLE; /* its file may be called value as well */
  const char *value_key = table ? "file" : "value";
  *out = (kd_value_map){.form = NULL};
  for (const kd_node *child = map->first; child != NULL; child = child->next) {
    const kd_distribution_form *form = NULL;
    for (size_t i = 0; i < KD_DISTRIBUTION_FORMS; i++)
      if (strcmp(child->key, kd_distribution_forms[i].name) == 0) form = &kd_distribution_forms[i];
    if (strcmp(child->key, "source") == 0) {
      take_source(loader, entry, child);
    } else if (strcmp(child->key, value_key) == 0 || (table && strcmp(child->key, "value") == 0) ||
               (form != NULL && number)) {
      if (out->value != NULL)
        kd_value_defect(loader, entry, KD_E_DUPLICATE, child->key_place, NULL, "%s and %s: one of them only",
                        out->value->key, child->key);
      out->value = child;
      out->form = form;
    } else if (form != NULL || strcmp(child->key, "truncate") == 0 || strcmp(child->key, "correlate") == 0) {
      if (!number)
        kd_value_defect(loader, entry, KD_E_DISTRIBUTION, child->key_place, NULL,
                        "%s: only a number or a count can be uncertain", child->key);
      else if (child->key[0] == 't')
        out->truncate = child;
      else
        out->correlate = child;
    } else if (strcmp(child->key, "basis") == 0) {
      out->basis = child;
    } else {
      char hint[128];
      kd_suggestion near;
      kd_suggest_start(&near, child->key);
      kd_suggest(&near, value_key);
      for (size_t i = 1; i < KD_OTHER_WORDS - 1; i++) kd_suggest(&near, kd_other_words[i]); /* not value, not file */
      for (size_t i = 0; i < KD_DISTRIBUTION_FORMS && number; i++) kd_suggest(&near, kd_distribution_forms[i].name);
      snprintf(hint, sizeof hint, "did you mean %s?", near.best != NULL ? near.best : value_key);
      kd_value_defect(loader, entry, KD_E_KEY, child->key_place, hint, "a value has no part called %s", child->key);
    }
  }
  if (out->value != NULL) return true;
  if (!entry->bad)
    kd_value_defect(loader, entry, KD_E_MISSING, map->place, NULL, "no value: write {%s: ...}%s", value_key,
                    number ? " or a distribution" : "");
  return false;
}

/* `basis` stands where the parameter asks for one, and nowhere else. */
static void check_basis(kd_loader *loader, kd_entry *entry, const kd_node *node, const kd_node *basis) {
  const kd_param *param = entry->slot.param;
  const bool wanted = param->kind == KD_PARAM_NUMBER && param->choices != NULL;
  char hint[256];
  if (!wanted) {
    if (basis != NULL)
      kd_value_defect(loader, entry, KD_E_BASIS, basis->key_place, "leave it out", "%s has no basis", param->key);
    return;
  }
  if (basis == NULL) {
    char first[64];
    kd_choice_name(first, sizeof first, param->choices, 0);
    snprintf(hint, sizeof hint, "write {value: %.80s, basis: %s}, where basis is %s",
             node->kind == KD_NODE_SCALAR && node->text[0] != '\0' ? node->text : "...", first, param->choices);
    kd_value_defect(loader, entry, KD_E_BASIS, node->place, hint,
                    "basis is missing: the same rate is 2.5 times less dry solid as wet mud");
    return;
  }
  if (kd_value_missing(loader, entry, basis, "a basis")) return;
  entry->basis = kd_choice_index(param->choices, basis->text);
  entry->basis_text = basis->text;
  if (entry->basis >= 0) return;
  snprintf(hint, sizeof hint, "known are %s", param->choices);
  kd_value_defect(loader, entry, KD_E_BASIS, kd_node_at(basis, 0), hint, "%s is no basis of %s", basis->text,
                  param->key);
}

static void suggest_choice(char *hint, size_t capacity, const char *choices, const char *text) {
  char name[64], best[64] = "";
  size_t least = SIZE_MAX;
  for (size_t i = 0; i < kd_choice_count(choices); i++) {
    kd_choice_name(name, sizeof name, choices, (int)i);
    kd_suggestion near;
    kd_suggest_start(&near, text);
    kd_suggest(&near, name);
    if (near.best == NULL || near.distance >= least) continue;
    least = near.distance;
    memcpy(best, name, sizeof best);
  }
  if (best[0] != '\0')
    snprintf(hint, capacity, "did you mean %s?", best);
  else
    snprintf(hint, capacity, "known are %s", choices);
}

static void set_fixed(kd_entry *entry, double value) {
  entry->slot.distribution = (kd_distribution){
      .kind = KD_DISTRIBUTION_FIXED, .p = {value}, .low = -(double)INFINITY, .high = (double)INFINITY};
}

static void read_word(kd_loader *loader, kd_entry *entry, const kd_node *node) {
  const kd_param *param = entry->slot.param;
  char hint[256];
  kd_error err = {KD_OK, ""};
  size_t at = 0;
  double value = (double)NAN;
  if (param->kind == KD_PARAM_CHOICE) {
    const int index = kd_choice_index(param->choices, node->text);
    suggest_choice(hint, sizeof hint, param->choices, node->text);
    if (index < 0)
      kd_value_defect(loader, entry, KD_E_CHOICE, kd_node_at(node, 0), hint, "%s is not one of %s", node->text,
                      param->choices);
    value = index;
  } else if (param->kind == KD_PARAM_FLAG) {
    const int index = kd_choice_index("no|yes|false|true", node->text);
    if (index < 0)
      kd_value_defect(loader, entry, KD_E_CHOICE, kd_node_at(node, 0), NULL, "%s: yes or no is wanted here",
                      node->text);
    value = index % 2;
  } else if (strcmp(node->text, "none") == 0 && param->initial != NULL && strcmp(param->initial, "none") == 0) {
    value = (double)NAN;
  } else if (kd_date_parse(&value, node->text, &at, &err) != KD_OK) {
    kd_value_defect(loader, entry, err.code, kd_node_at(node, at), NULL, "%s", err.text);
  }
  set_fixed(entry, value);
  if (!entry->bad && param->kind == KD_PARAM_DATE) kd_limits_check(loader, entry, node);
}

/* Text that loads to the same value: what was written, without source, basis and correlation. */
static kd_status set_text(kd_loader *loader, kd_entry *entry, const kd_value_map *map, const kd_node *node) {
  kd_status status = KD_OK;
  kd_text text;
  kd_text_init(&text, loader->self->ctx);
  if (map->form != NULL) {
    kd_text_printf(&text, "{%s: ", map->value->key);
    if (entry->path != NULL)
      kd_yaml_write_scalar(&text, entry->path);
    else
      kd_node_write(&text, map->value);
    if (map->truncate != NULL) {
      kd_text_add(&text, ", truncate: ");
      kd_node_write(&text, map->truncate);
    }
    kd_text_add(&text, "}");
  } else if (entry->path != NULL) {
    kd_text_add(&text, entry->path);
  } else if (node->kind == KD_NODE_SCALAR) {
    kd_text_add(&text, node->text);
  }
  KD_CHECK(!text.failed, NULL, KD_E_NOMEM, "no memory");
  if (text.bytes != NULL) entry->slot.text = kd_arena_strdup(loader->self->arena, text.bytes);
  KD_CHECK(entry->slot.text != NULL, NULL, KD_E_NOMEM, "no memory");
out:
  kd_text_free(&text);
  return status;
}

static kd_status resolve(kd_loader *loader, kd_entry *entry, const kd_node *node) {
  kd_status status = KD_OK;
  const kd_param *param = entry->slot.param;
  const bool number = param->kind == KD_PARAM_NUMBER || param->kind == KD_PARAM_COUNT;
  kd_value_map map = {.value = node};
  entry->slot.source = entry->source;
  set_fixed(entry, (double)NAN);
  if (node->kind == KD_NODE_MAP && !read_map(&map, loader, entry, node, number)) return KD_OK;
  const bool none = map.form == NULL && map.value->kind == KD_NODE_SCALAR && strcmp(map.value->text, "none") == 0;
  if (!none || map.basis != NULL) check_basis(loader, entry, map.value, map.basis);
  if (number) {
    KD_TRY(kd_value_number(loader, entry, &map));
  } else if (!kd_value_missing(loader, entry, map.value, param->kind == KD_PARAM_TABLE ? "a file" : "one word")) {
    if (param->kind == KD_PARAM_TABLE)
      KD_TRY(kd_value_table(loader, entry, map.value));
    else
      read_word(loader, entry, map.value);
  }
  KD_TRY(set_text(loader, entry, &map, map.value));
out:
  return status;
}

/* The default as a node, for one label. *out is NULL when there is none. */
static kd_status default_node(const kd_node **out, kd_loader *loader, const kd_entry *entry) {
  kd_status status = KD_OK;
  const kd_param *param = entry->slot.param;
  const kd_node *node = entry->initial;
  *out = NULL;
  if (param->initial == NULL) return KD_OK;
  if (node == NULL) KD_TRY(kd_load_default(&node, loader, entry));
  *out = node;
  if (node == NULL || param->labels == NULL || node->kind != KD_NODE_MAP) return KD_OK;
  for (const kd_node *child = node->first; child != NULL; child = child->next)
    if (kd_value_is_word(child->key)) return KD_OK; /* one value for all labels */
  *out = kd_node_member(node, param->labels->names[entry->slot.label]);
out:
  return status;
}

/* A parameter without default that nobody gave; a vector is told once, by its first missing label. */
static void tell_missing(kd_loader *loader, kd_entry *entry) {
  const kd_scenario *self = loader->self;
  const kd_param *param = entry->slot.param;
  const char *stage = self->list.stages[entry->slot.stage].stage->name;
  entry->bad = true;
  if (loader->main_layer == SIZE_MAX || loader->incomplete) return; /* that is told already */
  if (entry > self->entries && entry[-1].slot.param == param && entry[-1].bad && entry[-1].node == NULL) return;
  const kd_layer *main = &loader->layers[loader->main_layer];
  const kd_node *map = kd_node_member(main->root, stage);
  kd_place place = {.origin = main->origin};
  if (map != NULL) place = map->key_place;
  char hint[256];
  snprintf(hint, sizeof hint, "%s: %.180s", param->key, param->doc != NULL ? param->doc : "");
  kd_value_defect(loader, entry, KD_E_MISSING, place, hint, "%s must be given", entry->slot.key);
}

/* Given and default alike: place, source, assumed. A source that begins with the word "assumed" says so itself. */
static void describe(kd_entry *entry) {
  kd_slot *slot = &entry->slot;
  slot->given = entry->node != NULL;
  if (slot->given && entry->layer->file) {
    slot->file = entry->layer->origin->name;
    slot->line = entry->node->place.line;
    slot->column = kd_place_column(entry->node->place);
  }
  if (!slot->given && slot->source == NULL) slot->source = slot->param->source;
  slot->assumed = slot->source == NULL || strncmp(slot->source, "assumed", strlen("assumed")) == 0;
}

kd_status kd_load_values(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  KD_TRY(kd_load_defaults(loader));
  for (size_t i = 0; i < self->count; i++) {
    kd_entry *entry = &self->entries[i];
    const kd_node *node = entry->node;
    entry->whole = entry->slot.param->kind == KD_PARAM_COUNT;
    entry->echo = node != NULL && entry->slot.label > 0 && entry[-1].node == node; /* one value for all labels */
    loader->quiet = entry->echo;
    if (node == NULL) KD_TRY(default_node(&node, loader, entry));
    if (node == NULL) {
      set_fixed(entry, (double)NAN);
      tell_missing(loader, entry);
    } else {
      entry->shown = node;
      KD_TRY(resolve(loader, entry, node));
      if (entry->bad) set_fixed(entry, (double)NAN); /* nothing half-read goes on */
    }
    describe(entry);
  }
out:
  loader->quiet = false;
  return status;
}
