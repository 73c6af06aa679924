// SPDX-License-Identifier: Apache-2.0
#include "ensemble/ensemble.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/context.h"
#include "base/error.h"
#include "base/ledger.h"
#include "base/quantity.h"

#define KD_CHUNK 64 /* realisations a worker takes at a time: a constant, so that threads cannot matter */

typedef struct kd_ensemble_worker {
  kd_arena *scratch;
  kd_ledger *ledger;
  kd_programme_params *params;
  kd_programme_result *result;
  double *drawn; /* one number for each random parameter */
} kd_ensemble_worker;

struct kd_ensemble {
  kd_context *ctx;
  const kd_scenario *scenario;
  uint64_t seed;
  kd_pool *pool;
  kd_ledger_book *book;
  kd_outcome_column *column;
  size_t columns, draws, outputs, slots, balances;
  kd_arena *names;       /* texts of the columns */
  size_t *output_offset; /* of each output column in kd_programme_result */
  uint32_t stream[KD_PROGRAMME_STAGES];
  kd_ensemble_worker *worker;
  void *prepared[KD_PROGRAMME_STAGES]; /* by the stages, once for all realisations */
};

/* What one advance hands to its workers. */
typedef struct kd_advance {
  kd_ensemble *self;
  double *out;
  size_t stride;
  uint64_t first;
  size_t count;
} kd_advance;

/* ---- columns ---- */

static char *key_of(kd_arena *names, const char *stage, const char *key, const char *label) {
  char text[256];
  if (label != NULL)
    snprintf(text, sizeof text, "%s.%s.%s", stage, key, label);
  else
    snprintf(text, sizeof text, "%s.%s", stage, key);
  return kd_arena_strdup(names, text);
}

static size_t labels_of(const kd_labels *labels) {
  return labels != NULL ? labels->count : 1;
}

static size_t count_outputs(void) {
  size_t count = 0;
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    for (size_t i = 0; i < stage->output_count; i++) count += labels_of(stage->outputs[i].labels);
  }
  return count;
}

static void describe_draws(kd_ensemble *self, kd_outcome_column *column) {
  for (size_t i = 0; i < self->draws; i++) {
    const kd_slot *slot = kd_scenario_draw_slot(self->scenario, i);
    column[i] = (kd_outcome_column){.key = slot->key,
                                    .unit = slot->param->unit,
                                    .doc = slot->param->doc,
                                    .kind = KD_COLUMN_DRAW,
                                    .stage = kd_programme_stages[slot->stage].stage->name,
                                    .slot = slot,
                                    .label = slot->label};
  }
}

static kd_status describe_outputs(kd_ensemble *self, kd_outcome_column *column) {
  size_t at = 0;
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    for (size_t i = 0; i < stage->output_count; i++) {
      const kd_output *output = &stage->outputs[i];
      for (size_t k = 0; k < labels_of(output->labels); k++, at++) {
        column[at] = (kd_outcome_column){.key = key_of(self->names, stage->name, output->key,
                                                       output->labels != NULL ? output->labels->names[k] : NULL),
                                         .unit = output->unit,
                                         .doc = output->doc,
                                         .kind = KD_COLUMN_OUTPUT,
                                         .stage = stage->name,
                                         .output = output,
                                         .label = k};
        if (column[at].key == NULL) return KD_E_NOMEM;
        self->output_offset[at] = kd_programme_stages[s].result_offset + output->offset + k * sizeof(double);
      }
    }
  }
  return KD_OK;
}

static kd_status describe_ledger(kd_ensemble *self, kd_outcome_column *column) {
  size_t label = 0;
  for (size_t i = 0; i < self->slots; i++, column++) {
    const kd_line *line = kd_ledger_book_line(self->book, i);
    label = i > 0 && kd_ledger_book_line(self->book, i - 1) == line ? label + 1 : 0;
    char text[256];
    snprintf(text, sizeof text, "ledger.%s", kd_ledger_book_name(self->book, i));
    *column = (kd_outcome_column){.key = kd_arena_strdup(self->names, text),
                                  .unit = line->unit,
                                  .doc = line->doc,
                                  .kind = KD_COLUMN_LEDGER,
                                  .stage = kd_ledger_book_stage(self->book, i),
                                  .line = line,
                                  .label = label};
    if (column->key == NULL) return KD_E_NOMEM;
  }
  for (size_t i = 0; i < self->balances; i++, column++) {
    char text[256];
    snprintf(text, sizeof text, "balance.%s", kd_ledger_book_balance_name(self->book, i));
    *column = (kd_outcome_column){.key = kd_arena_strdup(self->names, text),
                                  .unit = "1",
                                  .kind = KD_COLUMN_BALANCE,
                                  .stage = "",
                                  .doc = "|in - out - stock| over the larger side"};
    if (column->key == NULL) return KD_E_NOMEM;
  }
  return KD_OK;
}

static kd_status describe_columns(kd_ensemble *self, kd_error *err) {
  kd_status status = KD_OK;
  self->draws = kd_scenario_draws(self->scenario);
  self->outputs = count_outputs();
  self->slots = kd_ledger_book_size(self->book);
  self->balances = kd_ledger_book_balances(self->book);
  self->columns = self->draws + self->outputs + self->slots + self->balances;
  self->column = kd_alloc(self->ctx, self->columns, sizeof *self->column);
  self->output_offset = kd_alloc(self->ctx, self->outputs, sizeof *self->output_offset);
  KD_CHECK(self->column != NULL && self->output_offset != NULL, err, KD_E_NOMEM, "out of memory for %zu columns",
           self->columns);
  describe_draws(self, self->column);
  if (describe_outputs(self, self->column + self->draws) != KD_OK ||
      describe_ledger(self, self->column + self->draws + self->outputs) != KD_OK) {
    status = kd_error_set(err, KD_E_NOMEM, "out of memory for %zu columns", self->columns);
  }
out:
  return status;
}

/* ---- life ---- */

static kd_status create_book(kd_ensemble *self) {
  kd_ledger_stage stages[KD_PROGRAMME_STAGES];
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) {
    const kd_stage *stage = kd_programme_stages[s].stage;
    stages[s] = (kd_ledger_stage){stage->name, stage->lines, stage->line_count};
  }
  return kd_ledger_book_create(&self->book, self->ctx, stages, KD_PROGRAMME_STAGES);
}

static kd_status create_worker(kd_ensemble *self, kd_ensemble_worker *worker) {
  if (kd_arena_create(&worker->scratch, self->ctx) != KD_OK) return KD_E_NOMEM;
  if (kd_ledger_create(&worker->ledger, self->ctx, self->book) != KD_OK) return KD_E_NOMEM;
  worker->params = kd_alloc(self->ctx, 1, sizeof *worker->params);
  worker->result = kd_alloc(self->ctx, 1, sizeof *worker->result);
  worker->drawn = kd_alloc(self->ctx, self->draws, sizeof *worker->drawn);
  return worker->params != NULL && worker->result != NULL && worker->drawn != NULL ? KD_OK : KD_E_NOMEM;
}

kd_status kd_ensemble_create(kd_ensemble **out, kd_context *ctx, const kd_scenario *scenario, uint64_t seed,
                             size_t threads, kd_error *err) {
  kd_status status = KD_OK;
  *out = NULL;
  kd_ensemble *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for an ensemble");
  self->ctx = ctx;
  self->scenario = scenario;
  self->seed = seed;
  KD_TRY(kd_pool_create(&self->pool, ctx, threads, err));
  KD_CHECK(kd_arena_create(&self->names, ctx) == KD_OK && create_book(self) == KD_OK, err, KD_E_NOMEM,
           "out of memory for the ledger");
  KD_TRY(describe_columns(self, err));
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++) self->stream[s] = kd_stream_id(kd_programme_stages[s].stage->name);
  self->worker = kd_alloc(ctx, kd_pool_threads(self->pool), sizeof *self->worker);
  KD_CHECK(self->worker != NULL, err, KD_E_NOMEM, "out of memory for %zu workers", threads);
  for (size_t i = 0; i < kd_pool_threads(self->pool); i++) {
    KD_CHECK(create_worker(self, &self->worker[i]) == KD_OK, err, KD_E_NOMEM, "out of memory for worker %zu", i);
  }
  KD_TRY(kd_programme_prepare(self->prepared, kd_scenario_medians(scenario), seed, ctx, err));
  *out = self;
  self = NULL;
out:
  kd_ensemble_destroy(&self);
  return status;
}

void kd_ensemble_destroy(kd_ensemble **self) {
  if (self == NULL || *self == NULL) return;
  kd_ensemble *ensemble = *self;
  kd_context *ctx = ensemble->ctx;
  for (size_t i = 0; ensemble->worker != NULL && i < kd_pool_threads(ensemble->pool); i++) {
    kd_arena_destroy(&ensemble->worker[i].scratch);
    kd_ledger_destroy(&ensemble->worker[i].ledger);
    kd_free(ctx, ensemble->worker[i].params);
    kd_free(ctx, ensemble->worker[i].result);
    kd_free(ctx, ensemble->worker[i].drawn);
  }
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++)
    if (ensemble->prepared[s] != NULL) kd_programme_stages[s].stage->release(&ensemble->prepared[s]);
  kd_free(ctx, ensemble->worker);
  kd_free(ctx, ensemble->column);
  kd_free(ctx, ensemble->output_offset);
  kd_ledger_book_destroy(&ensemble->book);
  kd_arena_destroy(&ensemble->names);
  kd_pool_destroy(&ensemble->pool);
  kd_free(ctx, ensemble);
  *self = NULL;
}

size_t kd_ensemble_columns(const kd_ensemble *self) {
  return self->columns;
}
const kd_outcome_column *kd_ensemble_column(const kd_ensemble *self, size_t index) {
  return &self->column[index];
}
const void *kd_ensemble_prepared(const kd_ensemble *self, size_t stage) {
  return self->prepared[stage];
}
const kd_ledger_book *kd_ensemble_book(const kd_ensemble *self) {
  return self->book;
}

/* ---- realisations ---- */

static double value_at(const void *record, size_t offset) {
  double value;
  memcpy(&value, (const unsigned char *)record + offset, sizeof value);
  return value;
}

/* Sets a worker up for one realisation. */
static kd_work start(kd_stream *streams, kd_ensemble *self, kd_ensemble_worker *worker, uint64_t realisation,
                     kd_error *err) {
  for (size_t s = 0; s < KD_PROGRAMME_STAGES; s++)
    kd_stream_start(&streams[s], self->seed, self->stream[s], realisation);
  kd_arena_reset(worker->scratch);
  kd_ledger_clear(worker->ledger);
  memset(worker->result, 0, sizeof *worker->result);
  return (kd_work){.ctx = self->ctx,
                   .scratch = worker->scratch,
                   .ledger = worker->ledger,
                   .err = err,
                   .all_prepared = (const void *const *)self->prepared};
}

/* Writes what the chain left on a worker behind the draws of the row. */
static void write_row(double *row, size_t stride, const kd_ensemble *self, const kd_ensemble_worker *worker) {
  double *out = row + self->draws * stride;
  for (size_t i = 0; i < self->outputs; i++, out += stride) *out = value_at(worker->result, self->output_offset[i]);
  for (size_t i = 0; i < self->slots; i++, out += stride) *out = kd_ledger_slot(worker->ledger, i);
  for (size_t i = 0; i < self->balances; i++, out += stride) {
    kd_balance balance;
    kd_ledger_balance(&balance, worker->ledger, i);
    *out = balance.closure;
  }
}

static kd_status do_chunk(size_t chunk, size_t index, void *user, kd_error *err) {
  const kd_advance *advance = user;
  kd_ensemble *self = advance->self;
  kd_ensemble_worker *worker = &self->worker[index];
  const size_t begin = chunk * KD_CHUNK;
  const size_t end = begin + KD_CHUNK < advance->count ? begin + KD_CHUNK : advance->count;
  for (size_t i = begin; i < end; i++) {
    const uint64_t realisation = advance->first + i;
    double *row = advance->out + i;
    kd_scenario_draw(worker->params, worker->drawn, self->scenario, self->seed, realisation);
    for (size_t k = 0; k < self->draws; k++) row[k * advance->stride] = worker->drawn[k];
    kd_stream streams[KD_PROGRAMME_STAGES];
    kd_work work = start(streams, self, worker, realisation, err);
    const kd_status status = kd_programme_run(worker->result, worker->params, streams, 0, KD_PROGRAMME_STAGES, &work);
    if (status != KD_OK) {
      kd_error_context(err, "realisation %llu: ", (unsigned long long)realisation);
      return status;
    }
    write_row(row, advance->stride, self, worker);
  }
  return KD_OK;
}

kd_status kd_ensemble_advance(double *out, size_t stride, kd_ensemble *self, uint64_t first, size_t count,
                              kd_error *err) {
  kd_advance advance = {self, out, stride, first, count};
  return kd_pool_run(self->pool, (count + KD_CHUNK - 1) / KD_CHUNK, do_chunk, &advance, err);
}

/* ---- one stage alone ---- */

/* Puts one row of a table over the exchange structs that a stage is fed with. */
static kd_status apply_feed(kd_programme_result *result, size_t stage, const kd_table *feed, kd_error *err) {
  if (feed->rows != 1) return kd_error_set(err, KD_E_CSV, "the feed has %zu rows, one is wanted", feed->rows);
  for (size_t c = 0; c < feed->columns; c++) {
    const kd_column *column = &feed->column[c];
    bool known = false;
    for (size_t f = 0; f < KD_PROGRAMME_FEEDS; f++) {
      const kd_exchange *exchange = kd_programme_feeds[f].exchange;
      if (kd_programme_feeds[f].stage != stage) continue;
      for (size_t i = 0; i < exchange->count; i++) {
        const kd_exchange_field *field = &exchange->fields[i];
        for (size_t k = 0; k < labels_of(field->labels); k++) {
          char name[96], quantity[128];
          double si;
          snprintf(name, sizeof name, "%s%s%s", field->name, field->labels != NULL ? "_" : "",
                   field->labels != NULL ? field->labels->names[k] : "");
          if (strcmp(name, column->name) != 0) continue;
          snprintf(quantity, sizeof quantity, "%s %s", column->text[0],
                   column->unit[0] != '\0' ? column->unit : field->unit);
          const kd_status status = kd_quantity_in(&si, quantity, field->unit, NULL, err);
          if (status != KD_OK) {
            kd_error_context(err, "feed column '%s': ", name);
            return status;
          }
          memcpy((unsigned char *)result + kd_programme_feeds[f].result_offset + field->offset + k * sizeof si, &si,
                 sizeof si);
          known = true;
        }
      }
    }
    if (!known) {
      return kd_error_set(err, KD_E_CSV, "feed column '%s': the stage %s takes no such thing", column->name,
                          kd_programme_stages[stage].stage->name);
    }
  }
  return KD_OK;
}

kd_status kd_ensemble_stage(double *out, kd_ensemble *self, size_t stage, const kd_table *feed, kd_error *err) {
  kd_status status = KD_OK;
  kd_ensemble_worker *worker = &self->worker[0];
  kd_stream streams[KD_PROGRAMME_STAGES];
  for (size_t i = 0; i < self->columns; i++) out[i] = (double)NAN;
  *worker->params = *kd_scenario_medians(self->scenario);
  kd_work work = start(streams, self, worker, 0, err);
  if (stage > 0) KD_TRY(kd_programme_run(worker->result, worker->params, streams, 0, stage - 1, &work));
  if (feed != NULL) KD_TRY(apply_feed(worker->result, stage, feed, err));
  KD_TRY(kd_programme_run(worker->result, worker->params, streams, stage, stage, &work));
  write_row(out, 1, self, worker);
  for (size_t i = 0; i < self->draws; i++) {
    const kd_slot *slot = kd_scenario_draw_slot(self->scenario, i);
    out[i] = value_at(worker->params, kd_programme_stages[slot->stage].params_offset + slot->param->offset +
                                          slot->label * sizeof(double));
  }
  /* What was not run is not known, rather than zero; balances close only over the whole chain. */
  for (size_t i = self->draws; i < self->columns; i++) {
    bool known = false;
    for (size_t s = 0; s <= stage; s++)
      known = known || strcmp(self->column[i].stage, kd_programme_stages[s].stage->name) == 0;
    if (!known) out[i] = (double)NAN;
  }
out:
  return status;
}

const kd_programme_params *kd_ensemble_stage_params(const kd_ensemble *self) {
  return self->worker[0].params;
}

const kd_programme_result *kd_ensemble_stage_result(const kd_ensemble *self) {
  return self->worker[0].result;
}
