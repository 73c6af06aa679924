// SPDX-License-Identifier: Apache-2.0
#include "base/ledger.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"

typedef struct kd_book_line {
  const kd_line *line;
  const char *stage;
  char *name;           /* "campaign.fuel" */
  size_t first, labels; /* slots first .. first+labels-1 */
  uint32_t item_hash;
} kd_book_line;

struct kd_ledger_book {
  kd_context *ctx;
  kd_book_line *line;
  size_t lines;
  size_t slots;
  size_t *slot_line; /* line of each slot */
  char **slot_name;  /* with label */
  int *slot_balance; /* balance a slot takes part in, or -1 */
  char **balance;    /* names */
  size_t balances, balance_capacity;
  size_t *bucket; /* open addressing over line names: line + 1, or 0 */
  size_t buckets; /* power of two */
};

struct kd_ledger {
  kd_context *ctx;
  const kd_ledger_book *book;
  double *quantity;
  bool unknown_name; /* somebody posted to a line that does not exist */
};

static uint32_t hash_text(const char *text) {
  uint32_t hash = 2166136261u; /* FNV-1a */
  for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) hash = (hash ^ *c) * 16777619u;
  return hash;
}

static size_t labels_of(const kd_line *line) {
  return line->labels != NULL ? line->labels->count : 1;
}

static char *joined(kd_context *ctx, const char *a, const char *b) {
  const size_t bytes = strlen(a) + strlen(b) + 2;
  char *text = kd_alloc(ctx, bytes, 1);
  if (text != NULL) snprintf(text, bytes, "%s.%s", a, b);
  return text;
}

/* Index of a balance by name, made when it is new; -1 when there is no memory. */
static int find_balance(kd_ledger_book *self, const char *account, const char *label) {
  char *name = label != NULL ? joined(self->ctx, account, label) : kd_strdup(self->ctx, account);
  if (name == NULL) return -1;
  for (size_t i = 0; i < self->balances; i++) {
    if (strcmp(self->balance[i], name) == 0) {
      kd_free(self->ctx, name);
      return (int)i;
    }
  }
  if (self->balances == self->balance_capacity) {
    const size_t capacity = self->balance_capacity == 0 ? 32 : self->balance_capacity * 2;
    char **larger = kd_realloc(self->ctx, self->balance, capacity * sizeof *larger);
    if (larger == NULL) {
      kd_free(self->ctx, name);
      return -1;
    }
    self->balance = larger;
    self->balance_capacity = capacity;
  }
  self->balance[self->balances] = name;
  return (int)self->balances++;
}

static kd_status add_line(kd_ledger_book *self, size_t index) {
  kd_book_line *entry = &self->line[index];
  const kd_line *line = entry->line;
  for (size_t k = 0; k < entry->labels; k++) {
    const size_t slot = entry->first + k;
    const char *label = line->labels != NULL ? line->labels->names[k] : NULL;
    self->slot_line[slot] = index;
    self->slot_name[slot] = label != NULL ? joined(self->ctx, entry->name, label) : kd_strdup(self->ctx, entry->name);
    if (self->slot_name[slot] == NULL) return KD_E_NOMEM;
    self->slot_balance[slot] = -1;
    if (line->account == NULL || line->role == KD_ROLE_NONE) continue;
    /* Only the element account is kept for each label; other accounts sum over the labels. */
    self->slot_balance[slot] = find_balance(self, line->account, strcmp(line->account, "element") == 0 ? label : NULL);
    if (self->slot_balance[slot] < 0) return KD_E_NOMEM;
  }
  size_t bucket = hash_text(entry->name) & (self->buckets - 1);
  while (self->bucket[bucket] != 0) bucket = (bucket + 1) & (self->buckets - 1);
  self->bucket[bucket] = index + 1;
  return KD_OK;
}

kd_status kd_ledger_book_create(kd_ledger_book **out, kd_context *ctx, const kd_ledger_stage *stages, size_t count) {
  kd_status status = KD_OK;
  *out = NULL;
  kd_ledger_book *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return KD_E_NOMEM;
  self->ctx = ctx;
  for (size_t s = 0; s < count; s++) self->lines += stages[s].count;
  self->line = kd_alloc(ctx, self->lines, sizeof *self->line);
  self->buckets = 64;
  while (self->buckets < 2 * self->lines) self->buckets *= 2;
  self->bucket = kd_alloc(ctx, self->buckets, sizeof *self->bucket);
  KD_CHECK(self->line != NULL && self->bucket != NULL, NULL, KD_E_NOMEM, "out of memory");
  size_t index = 0;
  for (size_t s = 0; s < count; s++) {
    for (size_t i = 0; i < stages[s].count; i++, index++) {
      kd_book_line *entry = &self->line[index];
      *entry = (kd_book_line){.line = &stages[s].lines[i],
                              .stage = stages[s].stage,
                              .first = self->slots,
                              .labels = labels_of(&stages[s].lines[i]),
                              .item_hash = hash_text(stages[s].lines[i].item)};
      entry->name = joined(ctx, stages[s].stage, stages[s].lines[i].item);
      KD_CHECK(entry->name != NULL, NULL, KD_E_NOMEM, "out of memory");
      self->slots += entry->labels;
    }
  }
  self->slot_line = kd_alloc(ctx, self->slots, sizeof *self->slot_line);
  self->slot_name = kd_alloc(ctx, self->slots, sizeof *self->slot_name);
  self->slot_balance = kd_alloc(ctx, self->slots, sizeof *self->slot_balance);
  KD_CHECK(self->slot_line != NULL && self->slot_name != NULL && self->slot_balance != NULL, NULL, KD_E_NOMEM,
           "out of memory");
  for (size_t i = 0; i < self->lines; i++) KD_TRY(add_line(self, i));
  *out = self;
  self = NULL;
out:
  kd_ledger_book_destroy(&self);
  return status;
}

void kd_ledger_book_destroy(kd_ledger_book **self) {
  if (self == NULL || *self == NULL) return;
  kd_ledger_book *book = *self;
  kd_context *ctx = book->ctx;
  for (size_t i = 0; book->line != NULL && i < book->lines; i++) kd_free(ctx, book->line[i].name);
  for (size_t i = 0; book->slot_name != NULL && i < book->slots; i++) kd_free(ctx, book->slot_name[i]);
  for (size_t i = 0; i < book->balances; i++) kd_free(ctx, book->balance[i]);
  kd_free(ctx, book->line);
  kd_free(ctx, book->bucket);
  kd_free(ctx, book->slot_line);
  kd_free(ctx, book->slot_name);
  kd_free(ctx, book->slot_balance);
  kd_free(ctx, book->balance);
  kd_free(ctx, book);
  *self = NULL;
}

size_t kd_ledger_book_size(const kd_ledger_book *self) {
  return self->slots;
}
const char *kd_ledger_book_name(const kd_ledger_book *self, size_t slot) {
  return self->slot_name[slot];
}
const kd_line *kd_ledger_book_line(const kd_ledger_book *self, size_t slot) {
  return self->line[self->slot_line[slot]].line;
}
const char *kd_ledger_book_stage(const kd_ledger_book *self, size_t slot) {
  return self->line[self->slot_line[slot]].stage;
}
size_t kd_ledger_book_balances(const kd_ledger_book *self) {
  return self->balances;
}
const char *kd_ledger_book_balance_name(const kd_ledger_book *self, size_t balance) {
  return self->balance[balance];
}

kd_status kd_ledger_create(kd_ledger **out, kd_context *ctx, const kd_ledger_book *book) {
  *out = NULL;
  kd_ledger *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return KD_E_NOMEM;
  self->ctx = ctx;
  self->book = book;
  self->quantity = kd_alloc(ctx, book->slots, sizeof *self->quantity);
  if (self->quantity == NULL) {
    kd_free(ctx, self);
    return KD_E_NOMEM;
  }
  *out = self;
  return KD_OK;
}

void kd_ledger_destroy(kd_ledger **self) {
  if (self == NULL || *self == NULL) return;
  kd_context *ctx = (*self)->ctx;
  kd_free(ctx, (*self)->quantity);
  kd_free(ctx, *self);
  *self = NULL;
}

void kd_ledger_clear(kd_ledger *self) {
  memset(self->quantity, 0, self->book->slots * sizeof *self->quantity);
  self->unknown_name = false;
}

static const kd_book_line *find_line(const kd_ledger_book *book, const char *name) {
  size_t bucket = hash_text(name) & (book->buckets - 1);
  for (; book->bucket[bucket] != 0; bucket = (bucket + 1) & (book->buckets - 1)) {
    const kd_book_line *line = &book->line[book->bucket[bucket] - 1];
    if (strcmp(line->name, name) == 0) return line;
  }
  return NULL;
}

void kd_ledger_post(kd_ledger *self, const char *name, double quantity) {
  if (self == NULL) return;
  const kd_book_line *line = find_line(self->book, name);
  assert(line != NULL && line->labels == 1);
  if (line == NULL)
    self->unknown_name = true;
  else
    self->quantity[line->first] += quantity;
}

void kd_ledger_post_vector(kd_ledger *self, const char *name, const double *quantity) {
  if (self == NULL) return;
  const kd_book_line *line = find_line(self->book, name);
  assert(line != NULL);
  if (line == NULL) {
    self->unknown_name = true;
    return;
  }
  for (size_t i = 0; i < line->labels; i++) self->quantity[line->first + i] += quantity[i];
}

double kd_ledger_get(const kd_ledger *self, const char *name) {
  const double *vector = kd_ledger_vector(self, name);
  return vector != NULL ? vector[0] : 0;
}

const double *kd_ledger_vector(const kd_ledger *self, const char *name) {
  if (self == NULL) return NULL;
  const kd_book_line *line = find_line(self->book, name);
  return line != NULL ? &self->quantity[line->first] : NULL;
}

double kd_ledger_slot(const kd_ledger *self, size_t slot) {
  return self->quantity[slot];
}
const kd_ledger_book *kd_ledger_get_book(const kd_ledger *self) {
  return self->book;
}

double kd_ledger_item(const kd_ledger *self, const char *item) {
  if (self == NULL) return 0;
  const uint32_t hash = hash_text(item);
  double sum = 0;
  for (size_t i = 0; i < self->book->lines; i++) {
    const kd_book_line *line = &self->book->line[i];
    if (line->item_hash != hash || strcmp(line->line->item, item) != 0) continue;
    for (size_t k = 0; k < line->labels; k++) sum += self->quantity[line->first + k];
  }
  return sum;
}

void kd_ledger_balance(kd_balance *out, const kd_ledger *self, size_t balance) {
  *out = (kd_balance){.name = self->book->balance[balance]};
  for (size_t i = 0; i < self->book->slots; i++) {
    if (self->book->slot_balance[i] != (int)balance) continue;
    const double quantity = self->quantity[i];
    switch (self->book->line[self->book->slot_line[i]].line->role) {
    case KD_ROLE_IN:
      out->in += quantity;
      break;
    case KD_ROLE_OUT:
      out->out += quantity;
      break;
    case KD_ROLE_STOCK:
      out->stock += quantity;
      break;
    case KD_ROLE_NONE:
      break;
    }
  }
  const double size = fmax(fmax(fabs(out->in), fabs(out->out)), fabs(out->stock));
  const double gap = fabs(out->in - out->out - out->stock);
  out->closure = size > 0 || isnan(size) || isnan(gap) ? gap / size : 0;
}

kd_status kd_ledger_close(const kd_ledger *self, double tolerance, kd_error *err) {
  if (self->unknown_name)
    return kd_error_set(err, KD_E_INTERNAL, "something was posted to a ledger line that does not exist");
  for (size_t i = 0; i < self->book->balances; i++) {
    kd_balance balance;
    kd_ledger_balance(&balance, self, i);
    if (balance.closure <= tolerance) continue; /* a NaN does not pass */
    return kd_error_set(err, KD_E_BALANCE,
                        "the balance of %s does not close: in %.12g, out %.12g, stock %.12g, closure %.3g above %.3g",
                        balance.name, balance.in, balance.out, balance.stock, balance.closure, tolerance);
  }
  return KD_OK;
}
