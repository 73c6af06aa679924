// SPDX-License-Identifier: Apache-2.0
/* The ledger of one realisation, physical first. Each stage declares its lines in a static table and posts to them by
 * name; economy alone gives them money. A line may take part in a balance (an account); every account must close. */
#ifndef KD_BASE_LEDGER_H
#define KD_BASE_LEDGER_H

#include <stddef.h>

#include "base/labels.h"
#include "kaidei/context.h"

typedef enum kd_line_kind {
  KD_LINE_USE,       /* consumed: fuel, acid, power, ship days */
  KD_LINE_MAKE,      /* produced for sale or hand-over */
  KD_LINE_WASTE,     /* leaves as residue or loss */
  KD_LINE_EMIT,      /* emission to air or sea */
  KD_LINE_EQUIPMENT, /* a thing to buy, with its size */
  KD_LINE_LABOUR,    /* person-years */
  KD_LINE_TRANSFER,  /* only takes part in a balance */
  KD_LINE_MONEY      /* posted by economy alone */
} kd_line_kind;

typedef enum kd_line_role { KD_ROLE_NONE, KD_ROLE_IN, KD_ROLE_OUT, KD_ROLE_STOCK } kd_line_role;

typedef struct kd_line {
  const char *item; /* "electricity"; full name "lift.electricity" */
  kd_line_kind kind;
  const char *unit; /* display unit; quantities are posted in SI */
  const char *doc;
  const char *account; /* balance this line belongs to: "solids", "water", "element", "energy", "ship_time", "cash";
                          NULL: none. With labels the account is one for each label: "element.tb" */
  kd_line_role role;   /* side of the balance */
  const kd_labels *labels;
} kd_line;

typedef struct kd_ledger_book kd_ledger_book; /* the fixed list of all lines of all stages; shared, read-only */
typedef struct kd_ledger kd_ledger;           /* the quantities of one realisation */

typedef struct kd_balance {
  const char *name; /* "solids", "element.tb" */
  double in, out, stock;
  double closure; /* |in - out - stock| / max(|in|, |out|); 0 when nothing flows */
} kd_balance;

typedef struct kd_ledger_stage {
  const char *stage;
  const kd_line *lines;
  size_t count;
} kd_ledger_stage;

kd_status kd_ledger_book_create(kd_ledger_book **out, kd_context *ctx, const kd_ledger_stage *stages, size_t count);
void kd_ledger_book_destroy(kd_ledger_book **self);
size_t kd_ledger_book_size(const kd_ledger_book *self);                   /* slots: lines times labels */
const char *kd_ledger_book_name(const kd_ledger_book *self, size_t slot); /* "process.acid", "process.product.tb" */
const kd_line *kd_ledger_book_line(const kd_ledger_book *self, size_t slot);
const char *kd_ledger_book_stage(const kd_ledger_book *self, size_t slot);
size_t kd_ledger_book_balances(const kd_ledger_book *self);
const char *kd_ledger_book_balance_name(const kd_ledger_book *self, size_t balance);

kd_status kd_ledger_create(kd_ledger **out, kd_context *ctx, const kd_ledger_book *book);
void kd_ledger_destroy(kd_ledger **self);
void kd_ledger_clear(kd_ledger *self);

/* Adds a quantity (SI) to a line. name: "lift.electricity". self NULL: does nothing. An unknown name is a programmer's
 * error: it asserts, and the ledger refuses to close. */
void kd_ledger_post(kd_ledger *self, const char *name, double quantity);
/* As above for a line with labels: adds quantity[i] to label i, for all labels. */
void kd_ledger_post_vector(kd_ledger *self, const char *name, const double *quantity);

double kd_ledger_get(const kd_ledger *self, const char *name);           /* 0 when self is NULL */
const double *kd_ledger_vector(const kd_ledger *self, const char *name); /* NULL when self is NULL */
double kd_ledger_slot(const kd_ledger *self, size_t slot);
const kd_ledger_book *kd_ledger_get_book(const kd_ledger *self);

/* Sum over all stages of the lines with this item name: "electricity" sums lift., process. ... */
double kd_ledger_item(const kd_ledger *self, const char *item);

void kd_ledger_balance(kd_balance *out, const kd_ledger *self, size_t balance);
/* Checks every balance: KD_E_BALANCE with the name, the sides and the closure when one is worse than tolerance. */
kd_status kd_ledger_close(const kd_ledger *self, double tolerance, kd_error *err);

#endif
