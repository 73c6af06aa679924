// SPDX-License-Identifier: Apache-2.0
/* Claims from YAML. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "claims/claims.h"
#include "scenario/yaml.h"

#define KD_CLAIMS_MAX 256

typedef struct kd_claim_names {
  char name[KD_CLAIMS_MAX][96];
  size_t count;
} kd_claim_names;

static int take_name(const char *name, void *user) {
  kd_claim_names *names = user;
  const size_t length = strlen(name);
  if (length < 6 || strcmp(name + length - 5, ".yaml") != 0 || length >= sizeof names->name[0]) return 0;
  if (names->count == KD_CLAIMS_MAX) return 1;
  memcpy(names->name[names->count++], name, length + 1);
  return 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(a, b);
}

/* A text member; NULL when it is not there. */
static const char *text_of(const kd_node *root, const char *key) {
  const kd_node *node = kd_node_member(root, key);
  return node != NULL && node->kind == KD_NODE_SCALAR ? node->text : NULL;
}

static kd_status need(const char **out, const kd_node *root, const char *path, const char *key, kd_error *err) {
  *out = text_of(root, key);
  return *out != NULL ? KD_OK : kd_error_set(err, KD_E_MISSING, "%s: the claim has no '%s'", path, key);
}

/* Splits "550 atm" into a number and its unit. */
static kd_status split_quantity(double *value, const char **unit, const char *text, const char *path, kd_error *err) {
  kd_unit read;
  bool has_unit;
  double si;
  const kd_status status = kd_quantity_parse(&si, &read, &has_unit, text, NULL, err);
  if (status != KD_OK) {
    kd_error_context(err, "%s: ", path);
    return status;
  }
  *value = (si - read.offset) / read.scale;
  if (unit != NULL) {
    const char *blank = strchr(text, ' ');
    *unit = has_unit ? (blank != NULL ? blank + 1 : text + strcspn(text, "%")) : "1";
  }
  return KD_OK;
}

static kd_status read_rule(kd_claim *claim, const kd_node *root, const char *path, kd_error *err) {
  static const struct {
    const char *name;
    kd_rule rule;
  } rules[] = {{"equals", KD_RULE_EQUALS}, {"at_least", KD_RULE_AT_LEAST}, {"at_most", KD_RULE_AT_MOST}};
  const kd_node *node = kd_node_member(root, "rule");
  if (node == NULL) return kd_error_set(err, KD_E_MISSING, "%s: the claim has no 'rule'", path);
  const kd_node *between = node->kind == KD_NODE_MAP ? kd_node_member(node, "between") : NULL;
  if (between != NULL && between->kind == KD_NODE_LIST && between->children == 2) {
    claim->rule = KD_RULE_BETWEEN;
    kd_status status = split_quantity(&claim->low, NULL, between->first->text, path, err);
    if (status == KD_OK) status = split_quantity(&claim->high, &claim->unit, between->first->next->text, path, err);
    return status;
  }
  for (size_t i = 0; node->kind == KD_NODE_SCALAR && i < sizeof rules / sizeof rules[0]; i++) {
    if (strcmp(rules[i].name, node->text) != 0) continue;
    claim->rule = rules[i].rule;
    return KD_OK;
  }
  return kd_error_set(err, KD_E_CHOICE,
                      "%s:%u: rule: one of equals, at_least, at_most, {between: [low, high]} is wanted", path,
                      node->place.line);
}

static kd_status read_sets(kd_claim *claim, kd_arena *arena, const kd_node *root, const char *path, kd_error *err) {
  const kd_node *map = kd_node_member(root, "set");
  for (const kd_node *node = map != NULL ? map->first : NULL; node != NULL; node = node->next) {
    if (claim->sets == KD_CLAIM_SETS)
      return kd_error_set(err, KD_E_SIZE, "%s: more than %d keys are set", path, KD_CLAIM_SETS);
    char line[1024], value[768];
    const int put = snprintf(value, sizeof value, "%s", node->kind == KD_NODE_SCALAR ? node->text : "");
    if (node->kind != KD_NODE_SCALAR || put >= (int)sizeof value) {
      return kd_error_set(err, KD_E_TYPE, "%s:%u: set: %s wants a plain value", path, node->place.line, node->key);
    }
    snprintf(line, sizeof line, "%s=%s", node->key, value);
    claim->set[claim->sets] = kd_arena_strdup(arena, line);
    if (claim->set[claim->sets++] == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for claims");
  }
  return KD_OK;
}

static kd_status read_claim(kd_claim *claim, kd_arena *arena, const kd_node *root, const char *path, kd_error *err) {
  static const char *const known[] = {"kaidei", "id",   "statement", "said_by", "printed", "scenario", "key",
                                      "set",    "rule", "tolerance", "words",   "cannot",  "hangs_on"};
  kd_status status = KD_OK;
  for (const kd_node *node = root->first; node != NULL; node = node->next) {
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) found = found || strcmp(known[i], node->key) == 0;
    KD_CHECK(found, err, KD_E_KEY, "%s:%u: a claim has no key '%s'", path, node->key_place.line, node->key);
  }
  KD_TRY(need(&claim->id, root, path, "id", err));
  KD_TRY(need(&claim->statement, root, path, "statement", err));
  KD_TRY(need(&claim->said_by, root, path, "said_by", err));
  KD_TRY(need(&claim->words, root, path, "words", err));
  claim->cannot = text_of(root, "cannot");
  claim->scenario = text_of(root, "scenario");
  claim->key = text_of(root, "key");
  claim->printed_text = text_of(root, "printed");
  claim->printed = claim->low = claim->high = (double)NAN;
  claim->unit = "1";
  if (claim->printed_text != NULL)
    KD_TRY(split_quantity(&claim->printed, &claim->unit, claim->printed_text, path, err));
  const char *tolerance = text_of(root, "tolerance");
  if (tolerance != NULL) KD_TRY(kd_quantity_in(&claim->tolerance, tolerance, "1", NULL, err));
  KD_CHECK(claim->cannot != NULL || (claim->scenario != NULL && claim->key != NULL), err, KD_E_MISSING,
           "%s: a claim wants `scenario` and `key`, or `cannot` with the reason", path);
  if (claim->key != NULL) KD_TRY(read_rule(claim, root, path, err));
  KD_TRY(read_sets(claim, arena, root, path, err));
out:
  return status;
}

static kd_status read_file(kd_claims *self, const char *path, kd_claim *claim, kd_error *err) {
  kd_status status = KD_OK;
  char *bytes = NULL;
  size_t count = 0;
  kd_diagnostics *all = NULL;
  kd_node *root = NULL;
  KD_TRY(kd_file_read_all(&bytes, &count, self->ctx, path, KD_YAML_BYTES, err));
  KD_TRY(kd_diagnostics_create(&all, self->ctx));
  kd_origin *origin = kd_arena_alloc(self->arena, 1, sizeof *origin);
  KD_CHECK(origin != NULL, err, KD_E_NOMEM, "out of memory for claims");
  *origin = (kd_origin){.name = path, .bytes = bytes, .count = count, .folder = ""};
  KD_TRY(kd_yaml_parse(&root, self->arena, origin, 0, all));
  KD_CHECK(!kd_diagnostics_failed(all), err, KD_E_NOMEM, "out of memory for claims");
  if (kd_diagnostics_errors(all) > 0) {
    const kd_diagnostic *first = kd_diagnostics_get(all, 0);
    status = kd_error_set(err, first->code, "%s:%u:%u: %s", path, first->line, first->column, first->message);
    goto out;
  }
  KD_CHECK(root != NULL && root->kind == KD_NODE_MAP, err, KD_E_TYPE, "%s: a claim is a map of keys", path);
  KD_TRY(read_claim(claim, self->arena, root, path, err));
out:
  if (status == KD_E_NOMEM) kd_error_set(err, status, "%s: out of memory", path);
  kd_diagnostics_destroy(&all);
  kd_free(self->ctx, bytes);
  return status;
}

kd_status kd_claims_read(kd_claims **out, kd_context *ctx, const char *folder, kd_error *err) {
  kd_status status = KD_OK;
  kd_claim_names *names = NULL;
  *out = NULL;
  kd_claims *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for claims");
  self->ctx = ctx;
  KD_CHECK(kd_arena_create(&self->arena, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory for claims");
  names = kd_alloc(ctx, 1, sizeof *names);
  KD_CHECK(names != NULL, err, KD_E_NOMEM, "out of memory for claims");
  KD_CHECK(ctx->files.list(folder, take_name, names, ctx->files.user) == 0, err, KD_E_NOTFOUND,
           "%s: there are no claims here", folder);
  qsort(names->name, names->count, sizeof names->name[0], by_name);
  self->claim = kd_arena_alloc(self->arena, names->count, sizeof *self->claim);
  KD_CHECK(self->claim != NULL, err, KD_E_NOMEM, "out of memory for %zu claims", names->count);
  for (size_t i = 0; i < names->count; i++) {
    char path[4096];
    KD_TRY(kd_path_join(path, sizeof path, folder, names->name[i], err));
    const char *kept = kd_arena_strdup(self->arena, path);
    KD_CHECK(kept != NULL, err, KD_E_NOMEM, "out of memory for claims");
    KD_TRY(read_file(self, kept, &self->claim[self->count], err));
    self->count++;
  }
  *out = self;
  self = NULL;
out:
  kd_free(ctx, names);
  kd_claims_destroy(&self);
  return status;
}

void kd_claims_destroy(kd_claims **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_arena_destroy(&(*self)->arena);
  kd_free(ctx, *self);
  *self = NULL;
}
