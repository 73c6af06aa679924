// SPDX-License-Identifier: Apache-2.0
/* The record of a run: everything that is known of it but the samples themselves, as plain tables in memory. The store
 * writes it to run.sqlite and reads it back; the report, the exports and the comparison read it here.
 * All texts belong to the record (its arena), so that it outlives the scenario and the ensemble it came from. */
#ifndef KD_RESULTS_RECORD_H
#define KD_RESULTS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/exhibit.h"
#include "base/ledger.h"
#include "numerics/statistics.h"

typedef enum kd_record_kind { KD_RECORD_DRAW, KD_RECORD_OUTPUT, KD_RECORD_LEDGER, KD_RECORD_BALANCE } kd_record_kind;

/* One column of the samples: one variable of samples.nc, one row of the table summary. */
typedef struct kd_record_column {
  const char *key;  /* "lift.energy_per_tonne"; unique in the run, and the name of the variable */
  const char *unit; /* display unit */
  const char *doc;
  const char *stage; /* "" for balances */
  kd_record_kind kind;
  int headline; /* 1..9: in the first table of a run, in this order; 0: not */
  /* Ledger columns only, else "" and KD_ROLE_NONE. */
  const char *item;  /* "electricity" */
  const char *label; /* "tb"; "" for a line without labels */
  kd_line_kind line;
  kd_line_role role;
  const char *account; /* balance it takes part in: "solids", "element.tb"; "" none */
} kd_record_column;

/* A parameter as the scenario resolved it. */
typedef struct kd_record_parameter {
  const char *key, *text;   /* text: as a scenario writes it */
  double value;             /* median of a distribution; NaN for a value that is not a number */
  const char *unit;         /* display unit */
  const char *distribution; /* "fixed", "triangular", ... */
  const char *source;       /* NULL: none */
  bool assumed, given, random;
  const char *doc;
} kd_record_parameter;

/* Statistics of a column over all realisations that have a finite value. */
typedef struct kd_record_summary {
  kd_statistics si, shown; /* shown: in the display unit */
} kd_record_summary;

typedef struct kd_record_ledger {
  const char *key, *stage, *item, *label, *kind, *unit, *doc;
  double quantity; /* mean over the realisations, display unit: means add up, quantiles do not */
  double p10, p50, p90;
  double money; /* mean, USD 2026; NaN: not priced line by line */
} kd_record_ledger;

typedef struct kd_record_product {
  const char *element, *form;
  double purity; /* %, median */
  double tonnes; /* a year, mean */
  double p10, p50, p90;
} kd_record_product;

typedef struct kd_record_balance {
  const char *what, *unit;
  double in, out, stock; /* means, display unit */
  double closure;        /* the worst of all realisations */
} kd_record_balance;

typedef struct kd_record_sensitivity {
  const char *output, *parameter;
  double rank_correlation; /* Spearman's rho over the first `realisations` */
  bool assumed;            /* the parameter has no source */
  uint64_t realisations;
} kd_record_sensitivity;

typedef struct kd_record_input {
  const char *path, *sha256;
} kd_record_input;

/* Who, what, when. What follows `locale` differs between machines and times. */
typedef struct kd_record_run {
  const char *name, *version, *scenario_hash;
  uint64_t seed, realisations;
  const char *worst_balance;
  double worst_closure;
  const char *compiler, *flags, *libraries, *machine, *locale, *started, *finished;
  uint64_t threads;
  double seconds; /* of wall time, over all parts of an interrupted run */
} kd_record_run;

typedef struct kd_record {
  kd_context *ctx;
  kd_arena *arena;
  kd_record_run run;
  kd_record_column *column;
  kd_record_summary *summary; /* one for each column */
  size_t columns;
  kd_record_parameter *parameter;
  size_t parameters;
  kd_record_ledger *ledger;
  size_t ledgers;
  kd_record_product *product;
  size_t products;
  kd_record_balance *balance;
  size_t balances;
  kd_record_sensitivity *sensitivity;
  size_t sensitivities;
  kd_record_input *input;
  size_t inputs;
  kd_exhibit *exhibit; /* numbers behind pictures of the whole run: its ground, its mine plan */
  size_t exhibits;
} kd_record;

kd_status kd_record_create(kd_record **out, kd_context *ctx, kd_error *err);
void kd_record_destroy(kd_record **self);

/* Zeroed memory and copies of text in the record's arena. A NULL text stays NULL. */
kd_status kd_record_alloc(void *out, kd_record *self, size_t count, size_t size, kd_error *err);
kd_status kd_record_text(const char **out, kd_record *self, const char *text, kd_error *err);

/* Index of a column, or -1. */
ptrdiff_t kd_record_find(const kd_record *self, const char *key);
const kd_record_parameter *kd_record_find_parameter(const kd_record *self, const char *key); /* NULL: none */

/* Copies exhibits behind those that are there. Errors: KD_E_NOMEM. */
kd_status kd_record_add_exhibits(kd_record *self, const kd_exhibit *exhibit, size_t count, kd_error *err);
const kd_exhibit *kd_record_exhibit(const kd_record *self, const char *name); /* NULL: none */
/* Cell of a row by the name of its column ("grade", without unit); NaN: no such column. */
double kd_exhibit_cell(const kd_exhibit *self, size_t row, const char *column);

/* Statistics in the display unit: a spread has no offset. */
void kd_statistics_show(kd_statistics *out, const kd_statistics *si, const char *unit);

/* "draw", "output", "ledger", "balance"; "use", "make", ...; "in", "out", "stock", "". */
const char *kd_record_kind_name(kd_record_kind kind);
const char *kd_line_kind_name(kd_line_kind kind);
const char *kd_line_role_name(kd_line_role role);

#endif
