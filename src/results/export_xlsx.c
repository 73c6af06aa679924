// SPDX-License-Identifier: Apache-2.0
/* The workbook. Texts are written as texts, never as formulas; what is missing stays an empty cell. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"
#include "results/disk.h"
#include "results/export.h"
#include "results/run.h"
#include "results/sheet.h"

#define BLOCK     256   /* realisations that are held at a time */
#define LONGEST   32767 /* bytes of a text that a cell holds */
#define QUANTILES 21    /* 0, 5, ... 100 % */

typedef struct kd_book {
  const kd_run *run;
  const kd_record *record;
  lxw_workbook *workbook;
  lxw_format *head, *wrap;
  kd_error *err;
} kd_book;

static void put_text(lxw_worksheet *sheet, size_t row, size_t column, const char *text, lxw_format *format) {
  char cut[LONGEST + 1];
  if (text == NULL || text[0] == '\0') return;
  if (strlen(text) > LONGEST) {
    kd_text_clip(cut, sizeof cut, text, strlen(text));
    text = cut;
  }
  worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, text, format);
}

static void put_number(lxw_worksheet *sheet, size_t row, size_t column, double value) {
  if (isfinite(value)) worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, value, NULL);
}

static kd_status add_sheet(lxw_worksheet **out, kd_book *book, const char *name) {
  *out = workbook_add_worksheet(book->workbook, name);
  if (*out == NULL) return kd_error_set(book->err, KD_E_NOMEM, "out of memory for the sheet %s", name);
  return KD_OK;
}

/* ---- units and assumptions ---- */

/* What an assumed parameter moves most: the largest rank correlation with a headline output. */
static double strongest(const kd_record *record, const char *key, const char **output) {
  double best = 0;
  *output = "";
  for (size_t i = 0; i < record->sensitivities; i++) {
    const kd_record_sensitivity *s = &record->sensitivity[i];
    if (strcmp(s->parameter, key) != 0 || !(fabs(s->rank_correlation) > fabs(best))) continue;
    best = s->rank_correlation;
    *output = s->output;
  }
  return best;
}

static kd_status write_assumptions(kd_book *book) {
  kd_status status = KD_OK;
  const kd_record *record = book->record;
  const kd_record_run *run = &record->run;
  lxw_worksheet *sheet = NULL;
  char text[256];
  size_t row = 0;
  KD_TRY(add_sheet(&sheet, book, "Units and assumptions"));
  worksheet_set_column(sheet, 0, 0, 34, NULL);
  worksheet_set_column(sheet, 1, 1, 60, NULL);
  snprintf(text, sizeof text, "%llu realisations, seed %llu, kaidei %s", (unsigned long long)run->realisations,
           (unsigned long long)run->seed, run->version);
  const char *const lines[][2] = {
      {"Scenario", run->name},
      {"Run", text},
      {"P10, P50, P90",
       "Type-7 quantiles: P90 is the value that 90 % of the realisations do not exceed. They do not add "
       "up from line to line; means do."},
      {"Units", "Every table names its unit. Samples are in display units, named in the head of each column."},
      {"Money", "Held in US dollars of 2026; a unit names another currency and year where it differs."},
      {"Ledger", "Quantities are means over the realisations."},
      {"Worst balance", run->worst_balance},
      {"Scenario SHA-256", run->scenario_hash}};
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++, row++) {
    put_text(sheet, row, 0, lines[i][0], book->head);
    put_text(sheet, row, 1, lines[i][1], book->wrap);
  }
  row++;
  const char *const heads[] = {"Assumed (no source)", "Value", "Unit", "Moves most", "Rank correlation"};
  for (size_t c = 0; c < 5; c++) put_text(sheet, row, c, heads[c], book->head);
  for (size_t i = 0; i < record->parameters; i++) {
    const kd_record_parameter *parameter = &record->parameter[i];
    const char *output = "";
    if (!parameter->assumed) continue;
    row++;
    const double rho = strongest(record, parameter->key, &output);
    put_text(sheet, row, 0, parameter->key, NULL);
    put_text(sheet, row, 1, parameter->text, NULL);
    put_text(sheet, row, 2, parameter->unit, NULL);
    put_text(sheet, row, 3, output, NULL);
    if (output[0] != '\0') put_number(sheet, row, 4, rho);
  }
out:
  return status;
}

/* ---- the tables ---- */

static kd_status write_table(kd_book *book, const kd_sheet *table) {
  kd_status status = KD_OK;
  lxw_worksheet *sheet = NULL;
  char name[32];
  snprintf(name, sizeof name, "%c%s", toupper((unsigned char)table->name[0]), table->name + 1);
  KD_TRY(add_sheet(&sheet, book, name));
  worksheet_set_column(sheet, 0, 0, 34, NULL);
  worksheet_freeze_panes(sheet, 1, 1);
  for (size_t c = 0; c < table->columns; c++) put_text(sheet, 0, c, table->heads[c], book->head);
  const size_t rows = table->rows(book->record);
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < table->columns; c++) {
      const kd_cell cell = table->cell(book->record, r, c);
      if (cell.kind == KD_CELL_TEXT) put_text(sheet, r + 1, c, cell.text, NULL);
      if (cell.kind == KD_CELL_NUMBER) put_number(sheet, r + 1, c, cell.number);
      if (cell.kind == KD_CELL_FLAG) put_text(sheet, r + 1, c, cell.number != 0 ? "yes" : "no", NULL);
    }
  }
  if (strcmp(table->name, "products") == 0 && rows > 0) {
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_COLUMN);
    KD_CHECK(chart != NULL, book->err, KD_E_NOMEM, "out of memory for a chart");
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, name, 1, 0, (lxw_row_t)rows, 0);
    chart_series_set_values(series, name, 1, 3, (lxw_row_t)rows, 3);
    chart_title_set_name(chart, "Product in a year, mean [t]");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    worksheet_insert_chart(sheet, 1, 8, chart);
  }
out:
  return status;
}

/* ---- quantile curves of the headline outputs ---- */

static void chart_quantiles(kd_book *book, lxw_worksheet *sheet, size_t columns) {
  const size_t first = 1;
  if (columns < 2) return;
  lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_SCATTER_STRAIGHT);
  if (chart == NULL) return;
  lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
  chart_series_set_categories(series, "Quantiles", 1, (lxw_col_t)first, QUANTILES, (lxw_col_t)first);
  chart_series_set_values(series, "Quantiles", 1, 0, QUANTILES, 0);
  chart_title_set_name(chart, "Share of realisations that do not exceed it [%]");
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  worksheet_insert_chart(sheet, QUANTILES + 3, 1, chart);
}

static kd_status write_quantiles(kd_book *book) {
  kd_status status = KD_OK;
  const kd_record *record = book->record;
  const size_t n = (size_t)record->run.realisations;
  lxw_worksheet *sheet = NULL;
  double *values = kd_alloc(record->ctx, n, sizeof *values), *curve = NULL;
  size_t *column = kd_alloc(record->ctx, record->columns + 1, sizeof *column), columns = 0;
  KD_CHECK(values != NULL && column != NULL, book->err, KD_E_NOMEM, "out of memory for the quantiles");
  for (size_t i = 0; i < record->columns; i++) {
    if (record->column[i].kind == KD_RECORD_OUTPUT && record->column[i].headline > 0) column[columns++] = i;
  }
  curve = kd_alloc(record->ctx, QUANTILES * (columns + 1), sizeof *curve);
  KD_CHECK(curve != NULL, book->err, KD_E_NOMEM, "out of memory for the quantiles");
  KD_TRY(add_sheet(&sheet, book, "Quantiles"));
  worksheet_set_column(sheet, 0, (lxw_col_t)(columns + 1), 18, NULL);
  put_text(sheet, 0, 0, "not exceeded by [%]", book->head);
  for (size_t k = 0; k < columns; k++) {
    char head[512];
    const kd_record_column *c = &record->column[column[k]];
    snprintf(head, sizeof head, "%s [%s]", c->key, c->unit);
    put_text(sheet, 0, k + 1, head, book->head);
    KD_TRY(kd_run_block(values, book->run, column[k], 0, n, book->err));
    const size_t kept = kd_keep_finite(values, values, n);
    for (size_t q = 0; q < QUANTILES; q++) {
      curve[k * QUANTILES + q] = kd_quantile(values, kept, (double)q / (QUANTILES - 1));
    }
  }
  for (size_t q = 0; q < QUANTILES; q++) {
    put_number(sheet, q + 1, 0, 100.0 * (double)q / (QUANTILES - 1));
    for (size_t k = 0; k < columns; k++) {
      put_number(sheet, q + 1, k + 1, kd_quantity_show(curve[k * QUANTILES + q], record->column[column[k]].unit));
    }
  }
  chart_quantiles(book, sheet, columns + 1);
out:
  kd_free(record->ctx, values);
  kd_free(record->ctx, curve);
  kd_free(record->ctx, column);
  return status;
}

/* ---- samples ---- */

static kd_status write_samples(kd_book *book) {
  kd_status status = KD_OK;
  const kd_record *record = book->record;
  const size_t n =
      record->run.realisations < KD_EXPORT_XLSX_ROWS ? (size_t)record->run.realisations : KD_EXPORT_XLSX_ROWS;
  lxw_worksheet *sheet = NULL;
  double *block = kd_alloc(record->ctx, BLOCK * (record->columns + 1), sizeof *block);
  KD_CHECK(block != NULL, book->err, KD_E_NOMEM, "out of memory for the samples");
  KD_TRY(add_sheet(&sheet, book, "Samples"));
  worksheet_freeze_panes(sheet, 1, 1);
  put_text(sheet, 0, 0, "realisation", book->head);
  for (size_t c = 0; c < record->columns; c++) {
    char head[512];
    snprintf(head, sizeof head, "%s [%s]", record->column[c].key, record->column[c].unit);
    put_text(sheet, 0, c + 1, head, book->head);
  }
  for (size_t first = 0; first < n; first += BLOCK) {
    const size_t count = n - first < BLOCK ? n - first : BLOCK;
    for (size_t c = 0; c < record->columns; c++) {
      kd_unit unit;
      KD_TRY(kd_run_block(block + c * BLOCK, book->run, c, first, count, book->err));
      if (kd_unit_parse(&unit, record->column[c].unit, NULL, NULL) != KD_OK) continue;
      for (size_t i = 0; i < count; i++) block[c * BLOCK + i] = (block[c * BLOCK + i] - unit.offset) / unit.scale;
    }
    for (size_t i = 0; i < count; i++) {
      put_number(sheet, first + i + 1, 0, (double)(first + i));
      for (size_t c = 0; c < record->columns; c++) put_number(sheet, first + i + 1, c + 1, block[c * BLOCK + i]);
    }
  }
out:
  kd_free(record->ctx, block);
  return status;
}

kd_status kd_export_xlsx(const kd_run *run, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *files = &run->ctx->files;
  char temporary[KD_RUN_PATH + 8];
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  kd_book book = {.run = run, .record = kd_run_record(run), .err = err};
  snprintf(temporary, sizeof temporary, "%s.part", path);
  /* The library prints when it cannot create its file: try that first. */
  void *file = NULL;
  const int refused = files->open(&file, temporary, KD_OPEN_CREATE, files->user);
  if (refused != 0) return kd_error_set(err, KD_E_IO, "%s: cannot create it: %s", path, strerror(refused));
  files->close(file, files->user);
  book.workbook = workbook_new_opt(temporary, &options);
  KD_CHECK(book.workbook != NULL, err, KD_E_NOMEM, "%s: out of memory for a workbook", path);
  book.head = workbook_add_format(book.workbook);
  book.wrap = workbook_add_format(book.workbook);
  KD_CHECK(book.head != NULL && book.wrap != NULL, err, KD_E_NOMEM, "%s: out of memory for a workbook", path);
  format_set_bold(book.head);
  format_set_text_wrap(book.wrap);
  KD_TRY(write_assumptions(&book));
  for (size_t i = 0; i < KD_SHEETS; i++) KD_TRY(write_table(&book, &kd_sheets[i]));
  KD_TRY(write_quantiles(&book));
  KD_TRY(write_samples(&book));
out:
  if (book.workbook != NULL) {
    const lxw_error code = workbook_close(book.workbook);
    if (status == KD_OK && code != LXW_NO_ERROR) {
      status = kd_error_set(err, code == LXW_ERROR_MEMORY_MALLOC_FAILED ? KD_E_NOMEM : kd_disk_blame(temporary),
                            "%s: cannot be written: %s", path, lxw_strerror(code));
    }
  }
  if (status == KD_OK && files->rename(temporary, path, files->user) != 0) {
    status = kd_error_set(err, KD_E_IO, "%s: cannot be given its name", path);
  }
  if (status != KD_OK) files->remove(temporary, files->user);
  return status;
}
