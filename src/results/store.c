// SPDX-License-Identifier: Apache-2.0
#include "results/store.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "results/disk.h"

#define APPLICATION_ID "1263487045" /* "KODE": tells our files from others (PRAGMA application_id) */
#define FORMAT_VERSION "1"

static const char schema[] =
    "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA application_id = " APPLICATION_ID "; PRAGMA user_version = " FORMAT_VERSION "; BEGIN;"
    "CREATE TABLE run (name TEXT, version TEXT, scenario_sha256 TEXT, seed TEXT, realisations INTEGER,"
    " threads INTEGER, started TEXT, finished TEXT, seconds REAL, compiler TEXT, flags TEXT, libraries TEXT,"
    " machine TEXT, locale TEXT, worst_balance TEXT, worst_closure REAL);"
    "CREATE TABLE parameter (key TEXT PRIMARY KEY, text TEXT, si_value REAL, unit TEXT, distribution TEXT, source TEXT,"
    " assumed INTEGER, given INTEGER, random INTEGER, doc TEXT);"
    "CREATE TABLE summary (key TEXT PRIMARY KEY, unit TEXT, mean REAL, sd REAL, p10 REAL, p50 REAL, p90 REAL,"
    " kind TEXT, doc TEXT, stage TEXT, headline INTEGER, count INTEGER,"
    " si_mean REAL, si_sd REAL, si_p10 REAL, si_p50 REAL, si_p90 REAL,"
    " item TEXT, label TEXT, line TEXT, role TEXT, account TEXT, missing INTEGER);"
    "CREATE TABLE ledger (stage TEXT, item TEXT, label TEXT, kind TEXT, quantity REAL, unit TEXT, money REAL,"
    " p10 REAL, p50 REAL, p90 REAL, key TEXT, doc TEXT);"
    "CREATE TABLE product (element TEXT, form TEXT, purity REAL, tonnes_per_year REAL, p10 REAL, p50 REAL, p90 REAL);"
    "CREATE TABLE balance (what TEXT, \"in\" REAL, \"out\" REAL, stock REAL, closure REAL, unit TEXT);"
    "CREATE TABLE sensitivity (output TEXT, parameter TEXT, rank_correlation REAL, assumed INTEGER,"
    " realisations INTEGER);"
    "CREATE TABLE input (path TEXT, sha256 TEXT);"
    "CREATE TABLE exhibit (name TEXT PRIMARY KEY, columns TEXT, doc TEXT);"
    "CREATE TABLE note (subject TEXT, text TEXT);"
    "INSERT INTO note VALUES"
    "('p10, p50, p90', 'Type-7 quantiles over the realisations: P90 is the value that 90 % of them do not exceed, P10"
    " the value that 10 % do not exceed. They do not add up from line to line; means do.'),"
    "('summary', 'One row for each variable of samples.nc, in the display unit; the si_ columns are in SI. count: the"
    " realisations that have a finite value, missing: those that have none (a date never reached, a cost per kilogram "
    "of"
    " nothing); mean and quantiles are of those that have one.'),"
    "('parameter', 'si_value is the median of a distribution. assumed = 1: no source, neither in the scenario nor in"
    " the defaults. given = 1: set by the scenario, else a default.'),"
    "('ledger', 'quantity is the mean over the realisations; money is its mean cost in US dollars of 2026, empty where"
    " a line is not priced by itself.'),"
    "('product', 'tonnes_per_year is the mean mass of the product (the compound named by form); purity is in % of all"
    " rare-earth compounds in it.'),"
    "('balance', 'in, out and stock are means; closure is |in - out - stock| over the larger side, the worst of all"
    " realisations. A run with a closure above 1e-10 fails.'),"
    "('sensitivity', 'Spearman rank correlation of a drawn parameter with a headline output, over the first"
    " realisations (their number is given; at most 100000). Empty where one of them does not vary.'),"
    "('exhibit', 'One row for each table that stands behind a picture of the report: ground_ and plan_. Their columns "
    "have"
    " their unit in the name.'),"
    "('money', 'US dollars of 2026 inside; display units name another currency and year where they differ.');";

typedef struct kd_store {
  sqlite3 *db;
  sqlite3_stmt *statement;
  const char *path;
  kd_error *err;
} kd_store;

/* The meaning of an SQLite result code. */
static kd_status refuse(const kd_store *store, int code, const char *action) {
  kd_status status = kd_disk_blame(store->path);
  if ((code & 0xff) == SQLITE_FULL) status = KD_E_DISK;
  if ((code & 0xff) == SQLITE_NOMEM) status = KD_E_NOMEM;
  return kd_error_set(store->err, status, "%s: cannot %s: %s", store->path, action,
                      store->db != NULL ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
}

static kd_status execute(kd_store *store, const char *sql) {
  const int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
  return code == SQLITE_OK ? KD_OK : refuse(store, code, "write it");
}

/* ---- rows ---- */

/* Starts the insertion of rows into a table of so many columns. */
static kd_status prepare(kd_store *store, const char *sql) {
  sqlite3_finalize(store->statement);
  store->statement = NULL;
  const int code = sqlite3_prepare_v2(store->db, sql, -1, &store->statement, NULL);
  return code == SQLITE_OK ? KD_OK : refuse(store, code, "write it");
}

/* One row. format: t text, n number (NaN is NULL), i whole number; binding failures show in the step. */
static kd_status insert(kd_store *store, const char *format, ...) {
  va_list arguments;
  int code = SQLITE_OK;
  va_start(arguments, format);
  for (int i = 0; format[i] != '\0' && code == SQLITE_OK; i++) {
    if (format[i] == 't') {
      const char *text = va_arg(arguments, const char *);
      code = text != NULL ? sqlite3_bind_text(store->statement, i + 1, text, -1, SQLITE_STATIC)
                          : sqlite3_bind_null(store->statement, i + 1);
    } else if (format[i] == 'n') {
      const double value = va_arg(arguments, double);
      code = isnan(value) ? sqlite3_bind_null(store->statement, i + 1)
                          : sqlite3_bind_double(store->statement, i + 1, value);
    } else {
      code = sqlite3_bind_int64(store->statement, i + 1, va_arg(arguments, sqlite3_int64));
    }
  }
  va_end(arguments);
  if (code == SQLITE_OK) code = sqlite3_step(store->statement);
  if (code != SQLITE_DONE) return refuse(store, code, "write a row");
  sqlite3_reset(store->statement);
  return KD_OK;
}

static sqlite3_int64 whole(uint64_t value) {
  return (sqlite3_int64)value;
}

static kd_status write_run(kd_store *store, const kd_record_run *run) {
  kd_status status = KD_OK;
  char seed[32]; /* as text: the whole range of 64 bits, which SQLite's integers lack */
  sqlite3_snprintf(sizeof seed, seed, "%llu", (unsigned long long)run->seed);
  KD_TRY(prepare(store, "INSERT INTO run VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  KD_TRY(insert(store,
                "ttttiittntttttt"
                "n",
                run->name, run->version, run->scenario_hash, seed, whole(run->realisations), whole(run->threads),
                run->started, run->finished, run->seconds, run->compiler, run->flags, run->libraries, run->machine,
                run->locale, run->worst_balance, run->worst_closure));
out:
  return status;
}

static kd_status write_parameters(kd_store *store, const kd_record *record) {
  kd_status status = KD_OK;
  KD_TRY(prepare(store, "INSERT INTO parameter VALUES (?,?,?,?,?,?,?,?,?,?)"));
  for (size_t i = 0; i < record->parameters; i++) {
    const kd_record_parameter *p = &record->parameter[i];
    KD_TRY(insert(store, "ttntttiiit", p->key, p->text, p->value, p->unit, p->distribution, p->source,
                  whole(p->assumed), whole(p->given), whole(p->random), p->doc));
  }
out:
  return status;
}

static kd_status write_summaries(kd_store *store, const kd_record *record) {
  kd_status status = KD_OK;
  KD_TRY(prepare(store, "INSERT INTO summary VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *c = &record->column[i];
    const kd_statistics *si = &record->summary[i].si, *shown = &record->summary[i].shown;
    const bool ledger = c->kind == KD_RECORD_LEDGER;
    KD_TRY(insert(store, "ttnnnnntttiinnnnnttttti", c->key, c->unit, shown->mean, shown->sd, shown->p10, shown->p50,
                  shown->p90, kd_record_kind_name(c->kind), c->doc, c->stage, whole((uint64_t)c->headline),
                  whole(si->count), si->mean, si->sd, si->p10, si->p50, si->p90, c->item, c->label,
                  ledger ? kd_line_kind_name(c->line) : "", kd_line_role_name(c->role), c->account,
                  whole(record->run.realisations - si->count)));
  }
out:
  return status;
}

static kd_status write_ledger(kd_store *store, const kd_record *record) {
  kd_status status = KD_OK;
  KD_TRY(prepare(store, "INSERT INTO ledger VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"));
  for (size_t i = 0; i < record->ledgers; i++) {
    const kd_record_ledger *l = &record->ledger[i];
    KD_TRY(insert(store, "ttttntnnnntt", l->stage, l->item, l->label, l->kind, l->quantity, l->unit, l->money, l->p10,
                  l->p50, l->p90, l->key, l->doc));
  }
  KD_TRY(prepare(store, "INSERT INTO product VALUES (?,?,?,?,?,?,?)"));
  for (size_t i = 0; i < record->products; i++) {
    const kd_record_product *p = &record->product[i];
    KD_TRY(insert(store, "ttnnnnn", p->element, p->form, p->purity, p->tonnes, p->p10, p->p50, p->p90));
  }
  KD_TRY(prepare(store, "INSERT INTO balance VALUES (?,?,?,?,?,?)"));
  for (size_t i = 0; i < record->balances; i++) {
    const kd_record_balance *b = &record->balance[i];
    KD_TRY(insert(store, "tnnnnt", b->what, b->in, b->out, b->stock, b->closure, b->unit));
  }
out:
  return status;
}

static kd_status write_sensitivities(kd_store *store, const kd_record *record) {
  kd_status status = KD_OK;
  KD_TRY(prepare(store, "INSERT INTO sensitivity VALUES (?,?,?,?,?)"));
  for (size_t i = 0; i < record->sensitivities; i++) {
    const kd_record_sensitivity *s = &record->sensitivity[i];
    KD_TRY(insert(store, "ttnii", s->output, s->parameter, s->rank_correlation, whole(s->assumed),
                  whole(s->realisations)));
  }
  KD_TRY(prepare(store, "INSERT INTO input VALUES (?,?)"));
  for (size_t i = 0; i < record->inputs; i++) {
    KD_TRY(insert(store, "tt", record->input[i].path, record->input[i].sha256));
  }
out:
  return status;
}

/* CREATE TABLE "name" ("x [m]" REAL, ...) of the columns of an exhibit. */
static kd_status create_exhibit(kd_store *store, const kd_exhibit *e) {
  kd_status status = KD_OK;
  sqlite3_str *sql = sqlite3_str_new(store->db), *rows = sqlite3_str_new(store->db);
  char *text = NULL, *insert_text = NULL;
  sqlite3_str_appendf(sql, "CREATE TABLE \"%w\" (", e->name);
  sqlite3_str_appendf(rows, "INSERT INTO \"%w\" VALUES (", e->name);
  for (const char *c = e->columns; *c != '\0';) {
    const size_t length = strcspn(c, ",");
    sqlite3_str_appendf(sql, "%s\"%.*s\" REAL", c == e->columns ? "" : ", ", (int)length, c);
    sqlite3_str_appendall(rows, c == e->columns ? "?" : ",?");
    c += length;
    while (*c == ',' || *c == ' ') c++;
  }
  sqlite3_str_appendall(sql, ")");
  sqlite3_str_appendall(rows, ")");
  text = sqlite3_str_finish(sql);
  insert_text = sqlite3_str_finish(rows);
  KD_CHECK(text != NULL && insert_text != NULL, store->err, KD_E_NOMEM, "%s: out of memory", store->path);
  KD_TRY(execute(store, text));
  KD_TRY(prepare(store, insert_text));
out:
  sqlite3_free(text);
  sqlite3_free(insert_text);
  return status;
}

static kd_status write_exhibits(kd_store *store, const kd_record *record) {
  kd_status status = KD_OK;
  for (size_t i = 0; i < record->exhibits; i++) {
    const kd_exhibit *e = &record->exhibit[i];
    KD_TRY(prepare(store, "INSERT INTO exhibit VALUES (?,?,?)"));
    KD_TRY(insert(store, "ttt", e->name, e->columns, e->doc));
    KD_TRY(create_exhibit(store, e));
    for (size_t r = 0; r < e->rows; r++) {
      int code = SQLITE_OK;
      for (size_t c = 0; c < e->width && code == SQLITE_OK; c++) {
        const double value = e->value[r * e->width + c];
        code = isnan(value) ? sqlite3_bind_null(store->statement, (int)c + 1)
                            : sqlite3_bind_double(store->statement, (int)c + 1, value);
      }
      if (code == SQLITE_OK) code = sqlite3_step(store->statement);
      if (code != SQLITE_DONE) return refuse(store, code, "write a row");
      sqlite3_reset(store->statement);
    }
  }
out:
  return status;
}

kd_status kd_store_write(kd_context *ctx, const char *path, const kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  kd_store store = {.path = path, .err = err};
  (void)ctx;
  const int code = sqlite3_open_v2(path, &store.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (code != SQLITE_OK) {
    status = refuse(&store, code, "create it");
    goto out;
  }
  KD_TRY(execute(&store, schema));
  KD_TRY(write_run(&store, &record->run));
  KD_TRY(write_parameters(&store, record));
  KD_TRY(write_summaries(&store, record));
  KD_TRY(write_ledger(&store, record));
  KD_TRY(write_sensitivities(&store, record));
  KD_TRY(write_exhibits(&store, record));
  sqlite3_finalize(store.statement);
  store.statement = NULL;
  KD_TRY(execute(&store, "COMMIT"));
out:
  sqlite3_finalize(store.statement);
  const int closed = sqlite3_close(store.db);
  if (status == KD_OK && closed != SQLITE_OK) status = kd_error_set(err, KD_E_IO, "%s: cannot close it", path);
  return status;
}
