// SPDX-License-Identifier: Apache-2.0
/* Finds a unit by its name, with or without a prefix, and the nearest known name of an unknown one. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/units_table.h"

enum { NAME_MAX_BYTES = 40 };

static const kd_prefix no_prefix = {"", 1, 1};

/* Whether a row takes a prefix. The letter u in the table stands for both signs of micro as well. */
static bool takes(const kd_unit_row *row, const kd_prefix *prefix, bool money) {
  if (!row->prefixes) return false;
  if (money || row->prefixes[0] == '$') return money && row->prefixes[0] == '$';
  char letter = (unsigned char)prefix->name[0] >= 0x80 ? 'u' : prefix->name[0];
  return strchr(row->prefixes, letter) != NULL;
}

/* The i-th prefix of both lists, SI first; *money tells which. NULL past the end. */
static const kd_prefix *prefix_at(size_t i, bool *money) {
  *money = i >= kd_prefix_count;
  if (!*money) return &kd_prefixes[i];
  i -= kd_prefix_count;
  return i < kd_money_prefix_count ? &kd_money_prefixes[i] : NULL;
}

const kd_unit_row *kd_units_find(const kd_prefix **prefix, const char *name) {
  *prefix = &no_prefix;
  for (size_t i = 0; i < kd_unit_row_count; ++i) {
    if (strcmp(kd_unit_rows[i].name, name) == 0) return &kd_unit_rows[i];
  }
  bool money;
  for (size_t p = 0; (*prefix = prefix_at(p, &money)) != NULL; ++p) {
    size_t length = strlen((*prefix)->name);
    if (strncmp(name, (*prefix)->name, length) != 0) continue;
    for (size_t i = 0; i < kd_unit_row_count; ++i) {
      if (takes(&kd_unit_rows[i], *prefix, money) && strcmp(kd_unit_rows[i].name, name + length) == 0) {
        return &kd_unit_rows[i];
      }
    }
  }
  return NULL;
}

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_but_case(const char *a, const char *b) {
  while (*a && lower(*a) == lower(*b)) ++a, ++b;
  return *a == '\0' && *b == '\0';
}

typedef struct nearest {
  const char *name; /* what was written */
  size_t limit, distance;
  char best[NAME_MAX_BYTES];
} nearest;

/* A mistake of case is nearer than any other; a word of one or two letters is likened by case alone. */
static void consider(nearest *n, const char *prefix, const char *unit) {
  char candidate[NAME_MAX_BYTES];
  (void)snprintf(candidate, sizeof candidate, "%s%s", prefix, unit);
  size_t distance = same_but_case(n->name, candidate) ? 0 : 1 + kd_edit_distance(n->name, candidate, n->limit);
  if (strlen(candidate) < 2 && distance > 0) return;
  if (distance < n->distance) {
    n->distance = distance;
    (void)snprintf(n->best, sizeof n->best, "%s", candidate);
  }
}

bool kd_units_nearest(char *out, size_t capacity, const char *name) {
  size_t length = strlen(name);
  nearest n = {.name = name, .limit = length < 3 ? 0 : length < 6 ? 1 : 2};
  n.distance = n.limit + 2;
  bool money;
  for (size_t i = 0; i < kd_unit_row_count; ++i) consider(&n, "", kd_unit_rows[i].name);
  for (size_t i = 0; i < kd_unit_row_count; ++i) {
    const kd_prefix *prefix;
    for (size_t p = 0; (prefix = prefix_at(p, &money)) != NULL; ++p) {
      if (takes(&kd_unit_rows[i], prefix, money)) consider(&n, prefix->name, kd_unit_rows[i].name);
    }
  }
  if (n.best[0] == '\0') return false;
  (void)snprintf(out, capacity, "%s", n.best);
  return true;
}

const char *kd_units_advice(const char *name) {
  for (size_t i = 0; i < kd_unit_trap_count; ++i) {
    if (strcmp(kd_unit_traps[i].name, name) == 0) return kd_unit_traps[i].advice;
  }
  return NULL;
}

size_t kd_unit_count(void) {
  return kd_unit_row_count;
}

void kd_unit_describe(const char **name, const char **definition, const char **group, size_t index) {
  const kd_unit_row *row = &kd_unit_rows[index < kd_unit_row_count ? index : 0];
  *name = row->name;
  *definition = row->definition;
  *group = row->group;
}
