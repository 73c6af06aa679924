// SPDX-License-Identifier: Apache-2.0
/* Realisations of the chain by the thousand: each row depends on (scenario, seed, realisation) alone. */
#ifndef KD_ENSEMBLE_ENSEMBLE_H
#define KD_ENSEMBLE_ENSEMBLE_H

#include "base/pool.h"
#include "base/table.h"
#include "scenario/scenario.h"

typedef enum kd_column_kind {
  KD_COLUMN_DRAW,   /* the value of a random parameter */
  KD_COLUMN_OUTPUT, /* an output of a stage */
  KD_COLUMN_LEDGER, /* a ledger slot */
  KD_COLUMN_BALANCE /* closure of a balance */
} kd_column_kind;

/* One column of the outcome. All texts borrowed from the ensemble. */
typedef struct kd_outcome_column {
  const char *key;  /* "mineplan.rate", "lift.energy_per_tonne", "process.product.tb", "element.tb" */
  const char *unit; /* display unit; values are SI */
  const char *doc;
  kd_column_kind kind;
  const char *stage;       /* "" for balances */
  const kd_slot *slot;     /* draws */
  const kd_output *output; /* outputs */
  const kd_line *line;     /* ledger */
  size_t label;
} kd_outcome_column;

typedef struct kd_ensemble kd_ensemble;

kd_status kd_ensemble_create(kd_ensemble **out, kd_context *ctx, const kd_scenario *scenario, uint64_t seed,
                             size_t threads, kd_error *err);
void kd_ensemble_destroy(kd_ensemble **self);

size_t kd_ensemble_columns(const kd_ensemble *self);
const kd_outcome_column *kd_ensemble_column(const kd_ensemble *self, size_t index);
const kd_ledger_book *kd_ensemble_book(const kd_ensemble *self);
/* What the stage made before the first realisation; NULL: nothing. */
const void *kd_ensemble_prepared(const kd_ensemble *self, size_t stage);

/* Computes realisations first .. first+count-1 into out[column * stride + i] (SI), i = 0 .. count-1: column-major, so
 * that a column can be written in one piece. Errors: the failing realisation's, with its number in front. */
kd_status kd_ensemble_advance(double *out, size_t stride, kd_ensemble *self, uint64_t first, size_t count,
                              kd_error *err);

/* One stage alone: what lies upstream runs at the medians of all parameters; feed (may be NULL) is a table of one row
 * whose columns `name [unit]` replace members of what the stage is fed with. out: the full outcome row, NaN for what
 * was not run. Errors: the stage's, or KD_E_CSV for the feed. */
kd_status kd_ensemble_stage(double *out, kd_ensemble *self, size_t stage, const kd_table *feed, kd_error *err);
/* Parameters and results of that run, borrowed until the next one. */
const kd_programme_params *kd_ensemble_stage_params(const kd_ensemble *self);
const kd_programme_result *kd_ensemble_stage_result(const kd_ensemble *self);

#endif
