// SPDX-License-Identifier: Apache-2.0
/* Rank correlation by a Gaussian copula.
 *
 *   r = 2 sin(pi rho / 6)                                                                             (1)
 *   y = L z,   L L' = R,   u_i = Phi(y_i)                                                             (2)
 *
 *   rho  Spearman rank correlation of a pair, as given      r  correlation of the normal deviates
 *   z    independent standard normal deviates, one a slot   R  matrix of r of one connected group, 0 where no pair is
 * given
 *
 * Source    (1) Pearson 1907, "On further methods of determining correlation"; Kruskal 1958.
 * Range     R must be positive definite. Pivots below 1e-10 are refused.
 * Weakness  (1) is exact for continuous distributions; ties (discrete, counts) weaken the correlation that is seen.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/quantity.h"
#include "scenario/value.h"

#define KD_PI          3.14159265358979323846
#define KD_LEAST_PIVOT 1e-10

static double copula(double rho) {
  return 2 * sin(KD_PI * rho / 6);
}

/* 0: default, else 1 + index of the layer that gave the value. */
static size_t rank_of(const kd_loader *loader, const kd_entry *entry) {
  return entry->node != NULL ? (size_t)(entry->layer - loader->layers) + 1 : 0;
}

static void unknown_partner(kd_loader *loader, kd_entry *entry, const kd_node *with) {
  const kd_scenario *self = loader->self;
  char hint[320] = "";
  kd_suggestion near;
  kd_suggest_start(&near, with->text);
  const size_t length = strlen(with->text);
  for (size_t i = 0; i < self->count && hint[0] == '\0'; i++) {
    const char *key = self->entries[i].slot.key;
    kd_suggest(&near, key);
    if (strncmp(key, with->text, length) == 0 && key[length] == '.')
      snprintf(hint, sizeof hint, "%s has one value for each label: for example %s", with->text, key);
  }
  if (hint[0] == '\0' && near.best != NULL) snprintf(hint, sizeof hint, "did you mean %s?", near.best);
  if (hint[0] == '\0') snprintf(hint, sizeof hint, "a full key is wanted, such as %s", self->entries[0].slot.key);
  kd_value_defect(loader, entry, KD_E_CORRELATION, kd_node_at(with, 0), hint, "no such key: %s", with->text);
}

/* The entry named by `with`, or NULL after a defect or when there is nothing left to correlate with. */
static kd_entry *find_partner(kd_loader *loader, kd_entry *entry, const kd_node *with) {
  kd_scenario *self = loader->self;
  kd_entry *partner = NULL;
  for (size_t i = 0; i < self->count && partner == NULL; i++)
    if (strcmp(self->entries[i].slot.key, with->text) == 0) partner = &self->entries[i];
  if (partner == NULL) {
    unknown_partner(loader, entry, with);
    return NULL;
  }
  if (partner == entry) {
    kd_value_defect(loader, entry, KD_E_CORRELATION, kd_node_at(with, 0), NULL, "%s: correlated with itself",
                    with->text);
    return NULL;
  }
  if (partner->slot.random) return partner;
  if (partner->bad) return NULL;
  if (rank_of(loader, entry) == 0 && rank_of(loader, partner) > 0) return NULL; /* a default steps back */
  if (rank_of(loader, partner) > rank_of(loader, entry))
    kd_value_warning(loader, entry, KD_E_CORRELATION, kd_node_at(with, 0), NULL,
                     "%s was given a value that does not vary: the correlation is left out", with->text);
  else
    kd_value_defect(loader, entry, KD_E_CORRELATION, kd_node_at(with, 0), "give it a distribution",
                    "%s does not vary: nothing to correlate with", with->text);
  return NULL;
}

static kd_status add_pair(kd_loader *loader, kd_entry *entry, kd_entry *partner, double rho, const kd_node *node) {
  kd_scenario *self = loader->self;
  const size_t i = (size_t)(entry - self->entries), j = (size_t)(partner - self->entries);
  const size_t rank = rank_of(loader, entry);
  kd_pair pair = {.a = i < j ? i : j, .b = i < j ? j : i, .rho = rho, .place = node->place, .layer = rank};
  for (size_t k = 0; k < self->pair_count; k++) {
    kd_pair *known = &self->pairs[k];
    if (known->a != pair.a || known->b != pair.b) continue;
    if (rank > known->layer) {
      *known = pair;
    } else if (rank == known->layer && known->rho != rho) {
      kd_value_defect(loader, entry, KD_E_CORRELATION, node->place, NULL,
                      "rho %g between %s and %s, but %g is given at line %u", rho, entry->slot.key, partner->slot.key,
                      known->rho, known->place.line);
    }
    return KD_OK;
  }
  if (self->pair_count == loader->pair_room) {
    const size_t room = 2 * loader->pair_room + 16;
    kd_pair *grown = kd_arena_alloc(self->arena, room, sizeof *grown);
    if (grown == NULL) return KD_E_NOMEM;
    if (self->pair_count > 0) memcpy(grown, self->pairs, self->pair_count * sizeof *grown);
    self->pairs = grown;
    loader->pair_room = room;
  }
  self->pairs[self->pair_count++] = pair;
  return KD_OK;
}

/* One {with: key, rho: number}. */
static kd_status read_pair(kd_loader *loader, kd_entry *entry, const kd_node *map) {
  if (map->kind != KD_NODE_MAP) {
    kd_value_defect(loader, entry, KD_E_TYPE, map->place, NULL,
                    "%s: a correlation is written {with: economy.price.tb, rho: 0.8}", kd_node_name(map));
    return KD_OK;
  }
  bool good = true;
  for (const kd_node *child = map->first; child != NULL; child = child->next) {
    if (strcmp(child->key, "with") == 0 || strcmp(child->key, "rho") == 0) continue;
    kd_value_defect(loader, entry, KD_E_KEY, child->key_place, "a correlation has the parts with and rho",
                    "no such part: %s", child->key);
    good = false;
  }
  const kd_node *with = kd_node_member(map, "with"), *rho = kd_node_member(map, "rho");
  if (with == NULL || rho == NULL) {
    if (good)
      kd_value_defect(loader, entry, KD_E_MISSING, map->place, NULL, "%s is missing: write {with: key, rho: 0.8}",
                      with == NULL ? "with" : "rho");
    return KD_OK;
  }
  double value = (double)NAN;
  size_t at = 0;
  kd_error err = {KD_OK, ""};
  if (kd_value_missing(loader, entry, rho, "a number")) {
    good = false;
  } else if (kd_quantity_in(&value, rho->text, "1", &at, &err) != KD_OK) {
    kd_value_defect(loader, entry, err.code, kd_node_at(rho, at), NULL, "%s", err.text);
    good = false;
  } else if (!(value > -1 && value < 1)) {
    kd_value_defect(loader, entry, KD_E_CORRELATION, kd_node_at(rho, 0), "for +1 or -1 use one and the same parameter",
                    "rho %s: must be above -1 and below 1", rho->text);
    good = false;
  }
  if (kd_value_missing(loader, entry, with, "a full key")) return KD_OK;
  kd_entry *partner = find_partner(loader, entry, with);
  return good && partner != NULL ? add_pair(loader, entry, partner, value, map) : KD_OK;
}

static kd_status read_pairs(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  for (size_t i = 0; i < self->count; i++) {
    kd_entry *entry = &self->entries[i];
    if (entry->correlate == NULL || !entry->slot.random) continue;
    loader->quiet = entry->echo;
    if (entry->correlate->kind != KD_NODE_LIST) {
      KD_TRY(read_pair(loader, entry, entry->correlate));
      continue;
    }
    for (const kd_node *child = entry->correlate->first; child != NULL; child = child->next)
      KD_TRY(read_pair(loader, entry, child));
  }
out:
  loader->quiet = false;
  return status;
}

/* Root of the group of an entry (union by the lower index, paths halved). */
static size_t root_of(size_t *parent, size_t i) {
  while (parent[i] != i) {
    parent[i] = parent[parent[i]];
    i = parent[i];
  }
  return i;
}

static double rho_of(const kd_scenario *self, size_t a, size_t b, const kd_pair **given) {
  for (size_t k = 0; k < self->pair_count; k++) {
    const kd_pair *pair = &self->pairs[k];
    if ((pair->a == a && pair->b == b) || (pair->a == b && pair->b == a)) {
      *given = pair;
      return pair->rho;
    }
  }
  *given = NULL;
  return 0;
}

/* Packed lower Cholesky factor in place; false when a pivot is too small. */
static bool factorise(double *packed, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double *row = packed + i * (i + 1) / 2;
    for (size_t j = 0; j <= i; j++) {
      const double *other = packed + j * (j + 1) / 2;
      double sum = row[j];
      for (size_t k = 0; k < j; k++) sum -= row[k] * other[k];
      if (j < i) {
        row[j] = sum / other[j];
      } else {
        if (!(sum > KD_LEAST_PIVOT)) return false;
        row[i] = sqrt(sum);
      }
    }
  }
  return true;
}

/* Names three slots whose correlations exclude each other, and the range that the weakest link may have. */
static bool blame_triple(kd_loader *loader, const size_t *member, size_t n) {
  kd_scenario *self = loader->self;
  for (size_t i = 0; i < n; i++) {
    for (size_t j = i + 1; j < n; j++) {
      for (size_t k = j + 1; k < n; k++) {
        const size_t m[3] = {member[i], member[j], member[k]};
        const kd_pair *given[3];
        double rho[3], r[3];
        const kd_pair *last = NULL;
        size_t weakest = 0;
        for (size_t e = 0; e < 3; e++) { /* link e lies opposite to member e */
          rho[e] = rho_of(self, m[(e + 1) % 3], m[(e + 2) % 3], &given[e]);
          r[e] = copula(rho[e]);
          if (given[e] != NULL && (last == NULL || given[e] > last)) last = given[e];
          if (given[e] == NULL || (given[weakest] != NULL && fabs(rho[e]) < fabs(rho[weakest]))) weakest = e;
        }
        const double determinant = 1 + 2 * r[0] * r[1] * r[2] - r[0] * r[0] - r[1] * r[1] - r[2] * r[2];
        if (determinant > KD_LEAST_PIVOT || last == NULL) continue;
        const double p = r[(weakest + 1) % 3], q = r[(weakest + 2) % 3];
        const double half = sqrt((1 - p * p) * (1 - q * q));
        const double low = 6 / KD_PI * asin((p * q - half) / 2), high = 6 / KD_PI * asin((p * q + half) / 2);
        const char *key[3];
        for (size_t e = 0; e < 3; e++) key[e] = self->entries[m[e]].slot.key;
        char hint[512];
        snprintf(hint, sizeof hint, "rho between %.120s and %.120s %s: it must lie between %.3f and %.3f",
                 key[(weakest + 1) % 3], key[(weakest + 2) % 3],
                 given[weakest] != NULL ? "does not fit the others" : "is not given and counts as 0", low, high);
        kd_value_defect(loader, &self->entries[last->a], KD_E_CORRELATION, last->place, hint,
                        "%s, %s and %s cannot be correlated by %.3g, %.3g and %.3g at once", key[0], key[1], key[2],
                        rho[2], rho[0], rho[1]);
        return true;
      }
    }
  }
  return false;
}

static void blame_group(kd_loader *loader, const size_t *member, size_t n) {
  kd_scenario *self = loader->self;
  if (n <= 64 && blame_triple(loader, member, n)) return;
  const kd_pair *last = NULL;
  for (size_t k = 0; k < self->pair_count; k++)
    for (size_t i = 0; i < n; i++)
      if (self->pairs[k].a == member[i]) last = &self->pairs[k];
  if (last == NULL) return;
  char names[400];
  size_t used = 0;
  for (size_t i = 0; i < n && used + 96 < sizeof names; i++)
    used += (size_t)snprintf(names + used, sizeof names - used, "%s%.90s", i > 0 ? ", " : "",
                             self->entries[member[i]].slot.key);
  kd_value_defect(loader, &self->entries[last->a], KD_E_CORRELATION, last->place,
                  "pairs that are not given count as 0; weaken the strongest ones, or give those that are missing",
                  "the correlations among %s%s cannot hold at once: their matrix is not positive definite", names,
                  used + 96 < sizeof names ? "" : " ...");
}

static kd_status make_group(kd_loader *loader, const size_t *member, size_t n) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  kd_copula *group = &self->groups[self->group_count];
  if (n > KD_GROUP_MAX) {
    kd_value_defect(loader, &self->entries[member[0]], KD_E_CORRELATION, self->entries[member[0]].shown->place, NULL,
                    "%zu values hang together by correlations: at most %zu can", n, KD_GROUP_MAX);
    return KD_OK;
  }
  group->draw = kd_arena_alloc(self->arena, n, sizeof *group->draw);
  group->factor = kd_arena_alloc(self->arena, n * (n + 1) / 2, sizeof *group->factor);
  KD_CHECK(group->draw != NULL && group->factor != NULL, NULL, KD_E_NOMEM, "no memory");
  for (size_t i = 0; i < n; i++) {
    group->draw[i] = self->entries[member[i]].slot.draw;
    for (size_t j = 0; j <= i; j++) {
      const kd_pair *given;
      group->factor[i * (i + 1) / 2 + j] = i == j ? 1 : copula(rho_of(self, member[i], member[j], &given));
    }
  }
  group->count = n;
  if (factorise(group->factor, n))
    self->group_count++;
  else
    blame_group(loader, member, n);
out:
  return status;
}

static int by_members(const void *left, const void *right) {
  const kd_pair *x = left, *y = right;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

kd_status kd_load_correlations(kd_loader *loader) {
  kd_status status = KD_OK;
  kd_scenario *self = loader->self;
  KD_TRY(read_pairs(loader));
  if (self->pair_count == 0) return KD_OK;
  size_t *parent = kd_arena_alloc(self->arena, self->count, sizeof *parent);
  size_t *member = kd_arena_alloc(self->arena, self->count, sizeof *member);
  self->groups = kd_arena_alloc(self->arena, self->pair_count, sizeof *self->groups);
  KD_CHECK(parent != NULL && member != NULL && self->groups != NULL, NULL, KD_E_NOMEM, "no memory");
  for (size_t i = 0; i < self->count; i++) parent[i] = i;
  for (size_t k = 0; k < self->pair_count; k++) {
    const size_t a = root_of(parent, self->pairs[k].a), b = root_of(parent, self->pairs[k].b);
    parent[a > b ? a : b] = a > b ? b : a;
  }
  for (size_t root = 0; root < self->count; root++) {
    if (root_of(parent, root) != root) continue;
    size_t n = 0;
    for (size_t i = root; i < self->count; i++)
      if (root_of(parent, i) == root) member[n++] = i;
    if (n > 1) KD_TRY(make_group(loader, member, n));
  }
  for (size_t g = 0; g < self->group_count; g++)
    for (size_t i = 0; i < self->groups[g].count; i++) self->drawn[self->groups[g].draw[i]].grouped = true;
  qsort(self->pairs, self->pair_count, sizeof *self->pairs, by_members);
out:
  return status;
}
