// SPDX-License-Identifier: Apache-2.0
/* run.sqlite back into a record. Nothing in the file is trusted: a text may be missing, a number may be a text. */
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "results/store.h"

#define APPLICATION_ID 1263487045
#define FORMAT_VERSION 1

/* More than any run of ours has: a damaged file must not ask for all memory. */
#define KD_EXHIBITS      64
#define KD_EXHIBIT_WIDTH 64
#define KD_EXHIBIT_ROWS  1000000

typedef struct kd_reader {
  sqlite3 *db;
  sqlite3_stmt *row;
  const char *path;
  kd_record *record;
  kd_error *err;
} kd_reader;

static kd_status damaged(const kd_reader *reader, int code) {
  const bool memory = (code & 0xff) == SQLITE_NOMEM;
  return kd_error_set(reader->err, memory ? KD_E_NOMEM : KD_E_CORRUPT, "%s: cannot be read: %s", reader->path,
                      reader->db != NULL ? sqlite3_errmsg(reader->db) : sqlite3_errstr(code));
}

static kd_status query(kd_reader *reader, const char *sql) {
  sqlite3_finalize(reader->row);
  reader->row = NULL;
  const int code = sqlite3_prepare_v2(reader->db, sql, -1, &reader->row, NULL);
  return code == SQLITE_OK ? KD_OK : damaged(reader, code);
}

/* Steps to the next row; *more is false behind the last. */
static kd_status next(kd_reader *reader, bool *more) {
  const int code = sqlite3_step(reader->row);
  *more = code == SQLITE_ROW;
  return code == SQLITE_ROW || code == SQLITE_DONE ? KD_OK : damaged(reader, code);
}

static kd_status count_rows(size_t *out, kd_reader *reader, const char *sql) {
  kd_status status = KD_OK;
  bool more = false;
  KD_TRY(query(reader, sql));
  KD_TRY(next(reader, &more));
  const sqlite3_int64 count = more ? sqlite3_column_int64(reader->row, 0) : 0;
  KD_CHECK(count >= 0 && count < 100000000, reader->err, KD_E_CORRUPT, "%s: holds %lld rows", reader->path,
           (long long)count);
  *out = (size_t)count;
out:
  return status;
}

/* ---- cells ---- */

/* A text; NULL becomes "" (or stays NULL where `may_be_null`). */
static kd_status text(const char **out, kd_reader *reader, int column, bool may_be_null) {
  const char *found = (const char *)sqlite3_column_text(reader->row, column);
  return kd_record_text(out, reader->record, found == NULL && !may_be_null ? "" : found, reader->err);
}

static double number(kd_reader *reader, int column) {
  return sqlite3_column_type(reader->row, column) == SQLITE_NULL ? (double)NAN
                                                                 : sqlite3_column_double(reader->row, column);
}

static uint64_t whole(kd_reader *reader, int column) {
  const sqlite3_int64 value = sqlite3_column_int64(reader->row, column);
  return value > 0 ? (uint64_t)value : 0;
}

/* Consecutive text columns from `column`, each into the pointer given; ends at NULL. */
static kd_status texts(kd_reader *reader, int column, ...) {
  kd_status status = KD_OK;
  va_list arguments;
  va_start(arguments, column);
  for (;;) {
    const char **out = va_arg(arguments, const char **);
    if (out == NULL) break;
    KD_TRY(text(out, reader, column++, false));
  }
out:
  va_end(arguments);
  return status;
}

/* Index of the name that the function gives for it, or -1. */
static int index_of(const char *name, int count, const char *(*name_of)(int index)) {
  for (int i = 0; i < count; i++) {
    if (strcmp(name_of(i), name) == 0) return i;
  }
  return -1;
}

static const char *kind_name(int index) {
  return kd_record_kind_name((kd_record_kind)index);
}
static const char *line_name(int index) {
  return kd_line_kind_name((kd_line_kind)index);
}
static const char *role_name(int index) {
  return kd_line_role_name((kd_line_role)index);
}

/* ---- tables ---- */

static kd_status read_run(kd_reader *reader) {
  kd_status status = KD_OK;
  bool more = false;
  kd_record_run *run = &reader->record->run;
  const char *seed = NULL;
  KD_TRY(query(reader, "SELECT name, version, scenario_sha256, seed, started, finished, compiler, flags, libraries,"
                       " machine, locale, worst_balance, worst_closure, realisations, threads, seconds FROM run"));
  KD_TRY(next(reader, &more));
  KD_CHECK(more, reader->err, KD_E_CORRUPT, "%s: the table run is empty", reader->path);
  KD_TRY(texts(reader, 0, &run->name, &run->version, &run->scenario_hash, &seed, &run->started, &run->finished,
               &run->compiler, &run->flags, &run->libraries, &run->machine, &run->locale, &run->worst_balance,
               (const char **)NULL));
  run->seed = strtoull(seed, NULL, 10);
  run->worst_closure = number(reader, 12);
  run->realisations = whole(reader, 13);
  run->threads = whole(reader, 14);
  run->seconds = number(reader, 15);
  KD_CHECK(run->realisations >= 1 && run->realisations <= 100000000, reader->err, KD_E_CORRUPT, "%s: %llu realisations",
           reader->path, (unsigned long long)run->realisations);
out:
  return status;
}

static kd_status read_parameters(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM parameter"));
  KD_TRY(kd_record_alloc(&record->parameter, record, count, sizeof *record->parameter, reader->err));
  KD_TRY(query(reader, "SELECT key, text, unit, distribution, doc, source, si_value, assumed, given, random"
                       " FROM parameter ORDER BY rowid"));
  for (bool more = true; record->parameters < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_record_parameter *p = &record->parameter[record->parameters++];
    KD_TRY(texts(reader, 0, &p->key, &p->text, &p->unit, &p->distribution, &p->doc, (const char **)NULL));
    KD_TRY(text(&p->source, reader, 5, true));
    p->value = number(reader, 6);
    p->assumed = whole(reader, 7) != 0;
    p->given = whole(reader, 8) != 0;
    p->random = whole(reader, 9) != 0;
  }
out:
  return status;
}

static kd_status read_summary_row(kd_reader *reader, kd_record_column *c, kd_record_summary *s) {
  kd_status status = KD_OK;
  const char *kind = NULL, *line = NULL, *role = NULL;
  KD_TRY(texts(reader, 0, &c->key, &c->unit, &kind, &c->doc, &c->stage, &c->item, &c->label, &line, &role, &c->account,
               (const char **)NULL));
  const int kind_index = index_of(kind, 4, kind_name), line_index = index_of(line, 8, line_name);
  const int role_index = index_of(role, 4, role_name);
  KD_CHECK(c->key[0] != '\0' && kind_index >= 0 && role_index >= 0 &&
               (kind_index != KD_RECORD_LEDGER || line_index >= 0),
           reader->err, KD_E_CORRUPT, "%s: summary of '%s' cannot be read", reader->path, c->key);
  c->kind = (kd_record_kind)kind_index;
  c->line = line_index >= 0 ? (kd_line_kind)line_index : KD_LINE_USE;
  c->role = (kd_line_role)role_index;
  c->headline = sqlite3_column_int(reader->row, 10);
  const size_t count = (size_t)whole(reader, 11);
  s->shown = (kd_statistics){
      count, number(reader, 12), number(reader, 13), number(reader, 14), number(reader, 15), number(reader, 16)};
  s->si = (kd_statistics){
      count, number(reader, 17), number(reader, 18), number(reader, 19), number(reader, 20), number(reader, 21)};
out:
  return status;
}

static kd_status read_summaries(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM summary"));
  KD_TRY(kd_record_alloc(&record->column, record, count, sizeof *record->column, reader->err));
  KD_TRY(kd_record_alloc(&record->summary, record, count, sizeof *record->summary, reader->err));
  KD_TRY(query(reader, "SELECT key, unit, kind, doc, stage, item, label, line, role, account, headline, count,"
                       " mean, sd, p10, p50, p90, si_mean, si_sd, si_p10, si_p50, si_p90 FROM summary ORDER BY rowid"));
  for (bool more = true; record->columns < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    KD_TRY(read_summary_row(reader, &record->column[record->columns], &record->summary[record->columns]));
    record->columns++;
  }
out:
  return status;
}

static kd_status read_ledger(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM ledger"));
  KD_TRY(kd_record_alloc(&record->ledger, record, count, sizeof *record->ledger, reader->err));
  KD_TRY(query(reader, "SELECT key, stage, item, label, kind, unit, doc, quantity, money, p10, p50, p90"
                       " FROM ledger ORDER BY rowid"));
  for (bool more = true; record->ledgers < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_record_ledger *l = &record->ledger[record->ledgers++];
    KD_TRY(texts(reader, 0, &l->key, &l->stage, &l->item, &l->label, &l->kind, &l->unit, &l->doc, (const char **)NULL));
    l->quantity = number(reader, 7);
    l->money = number(reader, 8);
    l->p10 = number(reader, 9);
    l->p50 = number(reader, 10);
    l->p90 = number(reader, 11);
  }
out:
  return status;
}

static kd_status read_products(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM product"));
  KD_TRY(kd_record_alloc(&record->product, record, count, sizeof *record->product, reader->err));
  KD_TRY(query(reader, "SELECT element, form, purity, tonnes_per_year, p10, p50, p90 FROM product ORDER BY rowid"));
  for (bool more = true; record->products < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_record_product *p = &record->product[record->products++];
    KD_TRY(texts(reader, 0, &p->element, &p->form, (const char **)NULL));
    p->purity = number(reader, 2);
    p->tonnes = number(reader, 3);
    p->p10 = number(reader, 4);
    p->p50 = number(reader, 5);
    p->p90 = number(reader, 6);
  }
out:
  return status;
}

static kd_status read_balances(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM balance"));
  KD_TRY(kd_record_alloc(&record->balance, record, count, sizeof *record->balance, reader->err));
  KD_TRY(query(reader, "SELECT what, unit, \"in\", \"out\", stock, closure FROM balance ORDER BY rowid"));
  for (bool more = true; record->balances < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_record_balance *b = &record->balance[record->balances++];
    KD_TRY(texts(reader, 0, &b->what, &b->unit, (const char **)NULL));
    b->in = number(reader, 2);
    b->out = number(reader, 3);
    b->stock = number(reader, 4);
    b->closure = number(reader, 5);
  }
out:
  return status;
}

static kd_status read_sensitivities(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM sensitivity"));
  KD_TRY(kd_record_alloc(&record->sensitivity, record, count, sizeof *record->sensitivity, reader->err));
  KD_TRY(query(reader, "SELECT output, parameter, rank_correlation, assumed, realisations"
                       " FROM sensitivity ORDER BY rowid"));
  for (bool more = true; record->sensitivities < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_record_sensitivity *s = &record->sensitivity[record->sensitivities++];
    KD_TRY(texts(reader, 0, &s->output, &s->parameter, (const char **)NULL));
    s->rank_correlation = number(reader, 2);
    s->assumed = whole(reader, 3) != 0;
    s->realisations = whole(reader, 4);
  }
out:
  return status;
}

static kd_status read_inputs(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM input"));
  KD_TRY(kd_record_alloc(&record->input, record, count, sizeof *record->input, reader->err));
  KD_TRY(query(reader, "SELECT path, sha256 FROM input ORDER BY rowid"));
  for (bool more = true; record->inputs < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_record_input *input = &record->input[record->inputs++];
    KD_TRY(texts(reader, 0, &input->path, &input->sha256, (const char **)NULL));
  }
out:
  return status;
}

/* The rows of one exhibit, whose name and columns are known. */
static kd_status read_exhibit(kd_reader *reader, kd_exhibit *e) {
  kd_status status = KD_OK;
  size_t rows = 0, width = 1;
  double *value = NULL;
  char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", e->name);
  KD_CHECK(sql != NULL, reader->err, KD_E_NOMEM, "%s: out of memory", reader->path);
  for (const char *c = e->columns; *c != '\0'; c++) width += *c == ',';
  KD_TRY(count_rows(&rows, reader, sql));
  sqlite3_free(sql);
  sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY rowid", e->name);
  KD_CHECK(sql != NULL, reader->err, KD_E_NOMEM, "%s: out of memory", reader->path);
  KD_TRY(query(reader, sql));
  KD_CHECK((size_t)sqlite3_column_count(reader->row) == width && width <= KD_EXHIBIT_WIDTH && rows <= KD_EXHIBIT_ROWS,
           reader->err, KD_E_CORRUPT, "%s: the table %s has %d columns, %zu are told", reader->path, e->name,
           sqlite3_column_count(reader->row), width);
  KD_TRY(kd_record_alloc(&value, reader->record, rows + 1, width * sizeof *value, reader->err));
  e->value = value;
  e->width = width;
  for (bool more = true; e->rows < rows; e->rows++) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    for (size_t c = 0; c < width; c++) *value++ = number(reader, (int)c);
  }
out:
  sqlite3_free(sql);
  return status;
}

/* Runs of earlier versions have none. */
static kd_status read_exhibits(kd_reader *reader) {
  kd_status status = KD_OK;
  kd_record *record = reader->record;
  size_t count = 0, there = 0;
  KD_TRY(count_rows(&there, reader, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'exhibit'"));
  if (there == 0) goto out;
  KD_TRY(count_rows(&count, reader, "SELECT count(*) FROM exhibit"));
  KD_CHECK(count <= KD_EXHIBITS, reader->err, KD_E_CORRUPT, "%s: tells of %zu exhibits", reader->path, count);
  KD_TRY(kd_record_alloc(&record->exhibit, record, count, sizeof *record->exhibit, reader->err));
  KD_TRY(query(reader, "SELECT name, columns, doc FROM exhibit ORDER BY rowid"));
  for (bool more = true; record->exhibits < count;) {
    KD_TRY(next(reader, &more));
    if (!more) break;
    kd_exhibit *e = &record->exhibit[record->exhibits++];
    KD_TRY(texts(reader, 0, &e->name, &e->columns, &e->doc, (const char **)NULL));
  }
  for (size_t i = 0; i < record->exhibits; i++) KD_TRY(read_exhibit(reader, &record->exhibit[i]));
out:
  return status;
}

/* Is it a file of ours, of a format we know? */
static kd_status check_format(kd_reader *reader) {
  kd_status status = KD_OK;
  size_t application = 0, version = 0;
  KD_TRY(count_rows(&version, reader, "PRAGMA user_version"));
  KD_TRY(query(reader, "PRAGMA application_id"));
  bool more = false;
  KD_TRY(next(reader, &more));
  application = more ? (size_t)whole(reader, 0) : 0;
  KD_CHECK(application == APPLICATION_ID, reader->err, KD_E_CORRUPT, "%s: not a run store of kaidei", reader->path);
  KD_CHECK(version == FORMAT_VERSION, reader->err, KD_E_CORRUPT, "%s: format %zu, this program reads format %d",
           reader->path, version, FORMAT_VERSION);
out:
  return status;
}

kd_status kd_store_read(kd_record **out, kd_context *ctx, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  kd_reader reader = {.path = path, .err = err};
  *out = NULL;
  KD_TRY(kd_record_create(&reader.record, ctx, err));
  const int code = sqlite3_open_v2(path, &reader.db, SQLITE_OPEN_READONLY, NULL);
  KD_CHECK(code == SQLITE_OK, err, (code & 0xff) == SQLITE_NOMEM ? KD_E_NOMEM : KD_E_NOTFOUND, "%s: cannot open it: %s",
           path, sqlite3_errstr(code));
  sqlite3_exec(reader.db, "PRAGMA trusted_schema = 0; PRAGMA cell_size_check = 1", NULL, NULL, NULL);
  KD_TRY(check_format(&reader));
  KD_TRY(read_run(&reader));
  KD_TRY(read_parameters(&reader));
  KD_TRY(read_summaries(&reader));
  KD_TRY(read_ledger(&reader));
  KD_TRY(read_products(&reader));
  KD_TRY(read_balances(&reader));
  KD_TRY(read_sensitivities(&reader));
  KD_TRY(read_inputs(&reader));
  KD_TRY(read_exhibits(&reader));
  *out = reader.record;
  reader.record = NULL;
out:
  sqlite3_finalize(reader.row);
  sqlite3_close(reader.db);
  kd_record_destroy(&reader.record);
  return status;
}
