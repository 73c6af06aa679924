// SPDX-License-Identifier: Apache-2.0
/* Numbers and counts: a quantity, or a distribution of quantities. In a list either every entry has its unit, or the
 * last carries it for all: [2, 5, 10 m]. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "scenario/value.h"

#define KD_LIST_MAX ((size_t)3)

/* One quantity of the parameter's dimension; false after a defect. */
static bool read_quantity(double *out, kd_loader *loader, kd_entry *entry, const kd_node *node, const char *unit) {
  kd_error err = {KD_OK, ""};
  size_t at = 0;
  if (kd_value_missing(loader, entry, node, "a quantity")) return false;
  if (kd_quantity_in(out, node->text, unit, &at, &err) == KD_OK) return true;
  kd_value_defect(loader, entry, err.code, kd_node_at(node, at), NULL, "%s", err.text);
  return false;
}

typedef struct kd_item {
  const kd_node *node;
  kd_unit unit;
  double si;
  bool has_unit, open, shared; /* open: `none` in truncate; shared: has the unit of the last entry */
} kd_item;

/* Parses the entries without looking at dimensions. */
static bool parse_items(kd_item *items, kd_loader *loader, kd_entry *entry, const kd_node *list, bool open) {
  bool good = true;
  size_t i = 0;
  for (const kd_node *node = list->first; node != NULL; node = node->next, i++) {
    kd_error err = {KD_OK, ""};
    size_t at = 0;
    items[i] = (kd_item){.node = node};
    if (kd_value_missing(loader, entry, node, "a quantity")) {
      good = false;
    } else if (open && strcmp(node->text, "none") == 0) {
      items[i].open = true;
    } else if (kd_quantity_parse(&items[i].si, &items[i].unit, &items[i].has_unit, node->text, &at, &err) != KD_OK) {
      kd_value_defect(loader, entry, err.code, kd_node_at(node, at), NULL, "%s", err.text);
      good = false;
    }
  }
  return good;
}

/* The unit of the last entry holds for all, when no other entry has one. */
static void share_unit(kd_item *items, size_t count) {
  size_t last = count;
  for (size_t i = 0; i < count; i++)
    if (!items[i].open) last = i;
  if (last == count || !items[last].has_unit) return;
  for (size_t i = 0; i < last; i++)
    if (!items[i].open && items[i].has_unit) return;
  for (size_t i = 0; i < last; i++) {
    if (items[i].open) continue;
    items[i].unit = items[last].unit;
    items[i].si = kd_unit_si(&items[last].unit, items[i].si);
    items[i].shared = true;
  }
}

/* Reads a list of quantities of the parameter's dimension into SI. */
static bool read_items(kd_item *items, kd_loader *loader, kd_entry *entry, const kd_node *list, size_t count,
                       bool open) {
  if (!parse_items(items, loader, entry, list, open)) return false;
  bool good = true, any_unit = false;
  for (size_t i = 0; i < count; i++) any_unit = any_unit || items[i].has_unit;
  share_unit(items, count);
  for (size_t i = 0; i < count; i++) {
    const kd_item *item = &items[i];
    if (item->open || item->shared) continue; /* a wrong shared unit is told once, where it stands */
    kd_error err = {KD_OK, ""};
    size_t at = 0;
    double si;
    if (kd_quantity_in(&si, item->node->text, entry->slot.param->unit, &at, &err) == KD_OK) continue;
    kd_value_defect(loader, entry, err.code, kd_node_at(item->node, at),
                    any_unit && !item->has_unit ? "give each entry its unit, or only the last one" : NULL, "%s",
                    err.text);
    good = false;
  }
  return good;
}

static bool is_list_of(kd_loader *loader, kd_entry *entry, const kd_node *node, size_t count, const char *name,
                       const char *shape) {
  if (node->kind == KD_NODE_LIST && node->children == count) return true;
  if (node->kind == KD_NODE_LIST)
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, node->place, NULL, "%s: %s takes %zu entries, here are %zu",
                    shape, name, count, node->children);
  else
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, node->place, NULL, "%s: %s is written %s: %s", kd_node_name(node),
                    name, name, shape);
  return false;
}

/* a <= b, told in the words of the file. */
static bool in_order(kd_loader *loader, kd_entry *entry, const kd_item *a, const kd_item *b, const char *a_name,
                     const char *b_name) {
  if (a->si <= b->si) return true;
  kd_value_defect(loader, entry, KD_E_DISTRIBUTION, kd_node_at(a->node, 0), NULL, "%s %s is above %s %s", a_name,
                  a->node->text, b_name, b->node->text);
  return false;
}

static bool check_bounded(kd_loader *loader, kd_entry *entry, const kd_node *list, const kd_item *items, size_t count) {
  if (!in_order(loader, entry, &items[0], &items[count - 1], "low", "high")) return false;
  if (count == 3 && !in_order(loader, entry, &items[0], &items[1], "low", "mode")) return false;
  if (count == 3 && !in_order(loader, entry, &items[1], &items[2], "mode", "high")) return false;
  if (items[0].si >= items[count - 1].si)
    kd_value_warning(loader, entry, KD_E_DISTRIBUTION, list->place, "write the value alone",
                     "low and high are equal: the value does not vary");
  return true;
}

static bool read_bell(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_node *list) {
  kd_item items[KD_LIST_MAX];
  const kd_node *spread = list->first->next;
  if (out->kind == KD_DISTRIBUTION_NORMAL) {
    if (!read_items(items, loader, entry, list, 2, false)) return false;
    out->p[0] = items[0].si;
    out->p[1] = items[1].si - items[1].unit.offset; /* a difference: 2 degC is 2 K */
    if (out->p[1] > 0) return true;
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, kd_node_at(spread, 0), NULL,
                    "standard deviation %s: must be above 0", spread->text);
    return false;
  }
  const bool median = read_quantity(&out->p[0], loader, entry, list->first, entry->slot.param->unit);
  const bool factor = read_quantity(&out->p[1], loader, entry, spread, "1");
  if (!median || !factor) return false;
  if (!(out->p[0] > 0))
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, kd_node_at(list->first, 0), NULL, "median %s: must be above 0",
                    list->first->text);
  if (!(out->p[1] > 1))
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, kd_node_at(spread, 0),
                    "it is a factor: two thirds of the values lie between median / factor and median x factor",
                    "geometric standard deviation %s: must be above 1", spread->text);
  return !entry->bad;
}

typedef struct kd_weighted {
  double value, weight;
  const kd_node *node;
} kd_weighted;

static int by_value(const void *left, const void *right) {
  const kd_weighted *a = left, *b = right;
  return a->value < b->value ? -1 : a->value > b->value;
}

/* {value: weight, ...}: the values are the keys. */
static kd_status read_discrete(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_node *map) {
  kd_status status = KD_OK;
  kd_arena *arena = loader->self->arena;
  if (map->kind != KD_NODE_MAP || map->children == 0) {
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, map->place, NULL, "%s: discrete is written {value: weight, ...}",
                    kd_node_name(map));
    return KD_OK;
  }
  const size_t count = map->children;
  kd_weighted *pairs = kd_arena_alloc(arena, count, sizeof *pairs);
  double *values = kd_arena_alloc(arena, count, sizeof *values),
         *weights = kd_arena_alloc(arena, count, sizeof *weights);
  KD_CHECK(pairs != NULL && values != NULL && weights != NULL, NULL, KD_E_NOMEM, "no memory");
  double sum = 0;
  size_t n = 0;
  for (const kd_node *child = map->first; child != NULL; child = child->next, n++) {
    const kd_node key = {.kind = KD_NODE_SCALAR, .text = child->key, .place = child->key_place};
    pairs[n].node = child;
    read_quantity(&pairs[n].value, loader, entry, &key, entry->slot.param->unit);
    if (!read_quantity(&pairs[n].weight, loader, entry, child, "1")) continue;
    if (pairs[n].weight < 0)
      kd_value_defect(loader, entry, KD_E_DISTRIBUTION, kd_node_at(child, 0), NULL, "weight %s: must be at least 0",
                      child->text);
    sum += pairs[n].weight;
  }
  if (entry->bad) return KD_OK;
  if (!(sum > 0) || !isfinite(sum)) {
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, map->place, NULL, "the weights sum to %g: must be above 0", sum);
    return KD_OK;
  }
  qsort(pairs, count, sizeof *pairs, by_value);
  double so_far = 0;
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && pairs[i].value <= pairs[i - 1].value)
      kd_value_defect(loader, entry, KD_E_DUPLICATE, pairs[i].node->key_place, NULL, "%s and %s are the same value",
                      pairs[i - 1].node->key, pairs[i].node->key);
    so_far += pairs[i].weight;
    values[i] = pairs[i].value;
    weights[i] = i + 1 < count ? so_far / sum : 1;
  }
  out->values = values;
  out->weights = weights;
  out->count = count;
out:
  return status;
}

static bool read_truncation(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_node *node) {
  kd_item items[KD_LIST_MAX];
  if (!is_list_of(loader, entry, node, 2, "truncate", "[low, high], either may be none")) return false;
  if (!read_items(items, loader, entry, node, 2, true)) return false;
  if (!items[0].open) out->low = items[0].si;
  if (!items[1].open) out->high = items[1].si;
  if (items[0].open || items[1].open) return true;
  return in_order(loader, entry, &items[0], &items[1], "low", "high");
}

static kd_status read_distribution(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_value_map *map) {
  kd_status status = KD_OK;
  const kd_distribution_form *form = map->form;
  const kd_node *node = map->value;
  kd_item items[KD_LIST_MAX];
  out->kind = form->kind;
  if (form->parameters > 0 && !is_list_of(loader, entry, node, form->parameters, form->name, form->shape)) return KD_OK;
  switch (form->kind) {
  case KD_DISTRIBUTION_DISCRETE:
    return read_discrete(out, loader, entry, node);
  case KD_DISTRIBUTION_EMPIRICAL:
    return kd_value_empirical(out, loader, entry, node);
  case KD_DISTRIBUTION_NORMAL:
  case KD_DISTRIBUTION_LOGNORMAL:
    read_bell(out, loader, entry, node);
    return KD_OK;
  default:
    break;
  }
  if (!read_items(items, loader, entry, node, form->parameters, false)) return KD_OK;
  for (size_t i = 0; i < form->parameters; i++) out->p[i] = items[i].si;
  check_bounded(loader, entry, node, items, form->parameters);
  return status;
}

static void check_whole(kd_loader *loader, kd_entry *entry, const kd_node *node, double value) {
  if (entry->whole && isfinite(value) && value != floor(value))
    kd_value_defect(loader, entry, KD_E_NUMBER, kd_node_at(node, 0), NULL, "%s: a whole number is wanted here",
                    node->text);
}

static void read_plain(kd_distribution *out, kd_loader *loader, kd_entry *entry, const kd_value_map *map) {
  const kd_node *node = map->value;
  const kd_param *param = entry->slot.param;
  if (map->truncate != NULL)
    kd_value_defect(loader, entry, KD_E_DISTRIBUTION, map->truncate->key_place, NULL,
                    "truncate: a plain value has nothing to cut");
  if (map->correlate != NULL)
    kd_value_defect(loader, entry, KD_E_CORRELATION, map->correlate->key_place, NULL,
                    "correlate: a plain value does not vary");
  if (node->kind == KD_NODE_LIST) {
    kd_value_defect(loader, entry, KD_E_TYPE, node->place, "a range is written {uniform: [low, high]}",
                    "a list: one quantity is wanted here");
    return;
  }
  const bool may_be_none = param->initial != NULL && strcmp(param->initial, "none") == 0;
  if (may_be_none && node->kind == KD_NODE_SCALAR && strcmp(node->text, "none") == 0) return;
  if (read_quantity(&out->p[0], loader, entry, node, param->unit)) check_whole(loader, entry, node, out->p[0]);
}

kd_status kd_value_number(kd_loader *loader, kd_entry *entry, const kd_value_map *map) {
  kd_status status = KD_OK;
  kd_distribution *out = &entry->slot.distribution;
  kd_error err = {KD_OK, ""};
  if (map->form == NULL) {
    read_plain(out, loader, entry, map);
  } else {
    KD_TRY(read_distribution(out, loader, entry, map));
    if (map->truncate != NULL) read_truncation(out, loader, entry, map->truncate);
    entry->correlate = map->correlate;
  }
  if (entry->bad) return KD_OK;
  if (kd_distribution_prepare(out, &err) != KD_OK) {
    const kd_node *at = map->truncate != NULL ? map->truncate : map->value;
    if (map->truncate != NULL)
      kd_value_defect(loader, entry, KD_E_DISTRIBUTION, at->place, NULL, "no value of the distribution lies in there");
    else
      kd_value_defect(loader, entry, err.code, at->place, NULL, "%s", err.text);
    return KD_OK;
  }
  kd_limits_check(loader, entry, map->value);
  entry->slot.random = !entry->bad && out->kind != KD_DISTRIBUTION_FIXED;
out:
  return status;
}
