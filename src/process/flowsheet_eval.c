// SPDX-License-Identifier: Apache-2.0
/* The data kernel process.flowsheet: streams, shares and reactions as tables, the stream table as answer. */
#include <math.h>
#include <string.h>

#include "process/answer.h"
#include "process/flowsheet.h"

typedef struct reader {
  const kd_table *streams, *reactions;
  const char **unit; /* names */
  size_t units, components;
  size_t *column; /* of `streams` for each component's flow or share */
  double *share, *limit, *flow;
  kd_sheet_stream *stream;
  kd_sheet_reaction *reaction;
} reader;

static int unit_of(reader *r, const char *name) {
  if (name == NULL || name[0] == '\0') return -1;
  for (size_t u = 0; u < r->units; u++)
    if (strcmp(r->unit[u], name) == 0) return (int)u;
  r->unit[r->units] = name;
  return (int)r->units++;
}

static bool reserved(const char *name) {
  static const char *const words[] = {"stream", "from", "to", "limit", "unit", "key", "conversion"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strcmp(words[i], name) == 0) return true;
  return false;
}

/* A feed's cells are flows; an outlet's are shares, all of them empty for the outlet that takes the rest. */
static kd_status read_streams(reader *r, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = r->streams;
  const kd_column *from = kd_table_column(t, "from"), *to = kd_table_column(t, "to");
  const kd_column *limit = kd_table_column(t, "limit");
  const size_t n = r->components;
  for (size_t k = 0; k < t->rows; k++) {
    r->stream[k] = (kd_sheet_stream){unit_of(r, from->text[k]), unit_of(r, to->text[k])};
    KD_CHECK(r->stream[k].from >= 0 || r->stream[k].to >= 0, work->err, KD_E_MISSING,
             "streams: row %zu has neither from nor to", k + 1);
    r->limit[k] = limit != NULL ? limit->number[k] : (double)NAN;
    size_t given = 0;
    for (size_t i = 0; i < n; i++) given += isnan(t->column[r->column[i]].number[k]) ? 0 : 1;
    const bool feed = r->stream[k].from < 0, rest = !feed && given == 0;
    for (size_t i = 0; i < n; i++) {
      const double cell = t->column[r->column[i]].number[k];
      KD_CHECK(isnan(cell) || cell >= 0, work->err, KD_E_RANGE, "streams: row %zu: %g: must be at least 0", k + 1,
               cell);
      r->flow[k * n + i] = feed && !isnan(cell) ? cell : 0;
      r->share[k * n + i] = rest ? (double)NAN : isnan(cell) ? 0 : cell;
    }
  }
out:
  return status;
}

static kd_status read_reactions(reader *r, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = r->reactions;
  if (t == NULL) return KD_OK;
  const kd_column *unit = kd_table_column(t, "unit"), *key = kd_table_column(t, "key");
  const kd_column *conversion = kd_table_column(t, "conversion");
  for (size_t k = 0; k < t->rows; k++) {
    double *c = kd_arena_alloc(work->scratch, r->components, sizeof *c);
    KD_CHECK(c != NULL, work->err, KD_E_NOMEM, "out of memory for a reaction");
    const size_t known = r->units;
    kd_sheet_reaction *x = &r->reaction[k];
    *x = (kd_sheet_reaction){
        .unit = unit_of(r, unit->text[k]), .key = -1, .conversion = conversion->number[k], .coefficient = c};
    KD_CHECK(r->units == known && x->unit >= 0, work->err, KD_E_KEY,
             "reactions: row %zu: no stream touches a unit '%s'", k + 1, unit->text[k]);
    for (size_t i = 0; i < r->components; i++) {
      const char *name = r->streams->column[r->column[i]].name;
      const kd_column *of = kd_table_column(t, name);
      c[i] = of != NULL && !isnan(of->number[k]) ? of->number[k] : 0;
      if (strcmp(name, key->text[k]) == 0) x->key = (int)i;
    }
    KD_CHECK(x->key >= 0 && c[x->key] < 0, work->err, KD_E_RANGE,
             "reactions: row %zu: the key '%s' must be a component that is used up (coefficient below 0)", k + 1,
             key->text[k]);
    KD_CHECK(x->conversion >= 0 && x->conversion <= 1, work->err, KD_E_RANGE,
             "reactions: row %zu: conversion %g: must be 0 to 1", k + 1, x->conversion);
  }
out:
  return status;
}

static kd_status prepare(reader *r, const kd_table *const *data, kd_work *work) {
  kd_status status = KD_OK;
  kd_arena *a = work->scratch;
  const kd_table *t = data[0];
  *r = (reader){.streams = t, .reactions = data[1]};
  const size_t reactions = data[1] != NULL ? data[1]->rows : 0;
  r->unit = kd_arena_alloc(a, 2 * t->rows + reactions + 1, sizeof *r->unit);
  r->column = kd_arena_alloc(a, t->columns, sizeof *r->column);
  KD_CHECK(r->unit && r->column, work->err, KD_E_NOMEM, "out of memory for a flowsheet");
  for (size_t c = 0; c < t->columns; c++)
    if (!reserved(t->column[c].name)) r->column[r->components++] = c;
  KD_CHECK(r->components > 0, work->err, KD_E_MISSING, "streams: no column of a component");
  r->share = kd_arena_alloc(a, t->rows * r->components, sizeof *r->share);
  r->flow = kd_arena_alloc(a, t->rows * r->components, sizeof *r->flow);
  r->limit = kd_arena_alloc(a, t->rows, sizeof *r->limit);
  r->stream = kd_arena_alloc(a, t->rows, sizeof *r->stream);
  r->reaction = kd_arena_alloc(a, reactions + 1, sizeof *r->reaction);
  KD_CHECK(r->share && r->flow && r->limit && r->stream && r->reaction, work->err, KD_E_NOMEM,
           "out of memory for a flowsheet");
  KD_TRY(read_streams(r, work));
  KD_TRY(read_reactions(r, work));
out:
  return status;
}

kd_status kd_flowsheet_eval(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  reader r;
  kd_sheet_result result = {0};
  kd_text csv, columns;
  *out = NULL;
  kd_text_init(&csv, work->ctx);
  kd_text_init(&columns, work->ctx);
  KD_TRY(prepare(&r, data, work));
  const kd_sheet sheet = {.units = r.units,
                          .streams = r.streams->rows,
                          .components = r.components,
                          .reactions = r.reactions != NULL ? r.reactions->rows : 0,
                          .stream = r.stream,
                          .share = r.share,
                          .limit = r.limit,
                          .reaction = r.reaction};
  KD_TRY(kd_sheet_solve(&result, r.flow, &sheet, (kd_tear_method)options[0], options[1], (size_t)options[2], work));
  const char *const *name = kd_table_column(r.streams, "stream")->text;
  const char *const *from = kd_table_column(r.streams, "from")->text, *const *to =
                                                                          kd_table_column(r.streams, "to")->text;
  kd_text_add(&csv, "stream,from,to,total [1]");
  kd_text_add(&columns, "stream, from, to, total [1]");
  for (size_t i = 0; i < r.components; i++) {
    kd_text_printf(&csv, ",%s [1]", r.streams->column[r.column[i]].name);
    kd_text_printf(&columns, ", %s [1]", r.streams->column[r.column[i]].name);
  }
  kd_text_add(&csv, ",walks [1],residual [1],closure [1]\n");
  kd_text_add(&columns, ", walks [1], residual [1], closure [1]");
  for (size_t k = 0; k < sheet.streams; k++) {
    double total = 0;
    for (size_t i = 0; i < r.components; i++) total += r.flow[k * r.components + i];
    kd_answer_word(&csv, name[k], true);
    kd_answer_word(&csv, from[k], false);
    kd_answer_word(&csv, to[k], false);
    kd_answer_number(&csv, total);
    for (size_t i = 0; i < r.components; i++) kd_answer_number(&csv, r.flow[k * r.components + i]);
    kd_answer_number(&csv, (double)result.iterations);
    kd_answer_number(&csv, result.residual);
    kd_answer_number(&csv, result.closure);
    kd_text_add(&csv, "\n");
  }
  KD_CHECK(!columns.failed, work->err, KD_E_NOMEM, "out of memory for the answer");
  status = kd_answer_table(out, &csv, columns.bytes, work->err);
out:
  kd_text_free(&csv);
  kd_text_free(&columns);
  return status;
}
