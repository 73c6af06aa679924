// SPDX-License-Identifier: Apache-2.0
/* A table with named columns and units: what a CSV file becomes, what data kernels take and give.
 * CSV: comma separated, RFC 4180 quotes, header cells `name [unit]`, lines that begin with '#' are comments (kept as
 * notes: a line `# source: ...` is the source of the table). Empty cells are missing: NaN or "". UTF-8, BOM allowed. */
#ifndef KD_BASE_TABLE_H
#define KD_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "kaidei/context.h"

typedef struct kd_column {
  char *name;
  char *unit;        /* as written in the header; "" none */
  bool is_text;      /* every column is read as text too; is_text: at least one cell is not a number */
  double *number;    /* rows values in SI after kd_table_bind, in the header's unit before; NaN: missing */
  const char **text; /* rows texts, trimmed; NULL for tables made by code */
  unsigned place;    /* column position in the file, from 1: the first column is 1 */
  unsigned at;       /* byte of the header cell in its line, from 1; 0 for tables made by code */
  bool is_si;        /* private: number is in SI */
} kd_column;

typedef struct kd_table {
  kd_context *ctx;
  char *name;   /* file name or NULL */
  char *source; /* text of `# source:` or NULL */
  char *note;   /* other comment lines, joined by newlines, or NULL */
  size_t columns, rows;
  kd_column *column;
  unsigned *line;  /* line of the file for each row; NULL for tables made by code */
  char *storage;   /* private: the text */
  size_t *start;   /* private: offset of each row in storage */
  unsigned header; /* line of the header; 0 for tables made by code */
} kd_table;

/* A defect of a table. column: byte of the cell in its line, from 1. */
typedef void kd_table_report_fn(kd_status code, unsigned line, unsigned column, const char *message, void *user);

/* Parses CSV text. Every defect is reported (line and column in the file); the first is the status returned.
 * Errors: KD_E_CSV, KD_E_ENCODING, KD_E_DUPLICATE, KD_E_SIZE, KD_E_NOMEM. name is for messages. */
kd_status kd_table_parse(kd_table **out, kd_context *ctx, const char *name, const char *bytes, size_t count,
                         kd_table_report_fn *report, void *user, kd_error *err);
kd_status kd_table_read(kd_table **out, kd_context *ctx, const char *path, kd_table_report_fn *report, void *user,
                        kd_error *err);
/* An empty numeric table: names and units separated by commas, "cutoff [ppm], tonnage [t]". Values are in SI. */
kd_status kd_table_create(kd_table **out, kd_context *ctx, const char *columns, size_t rows, kd_error *err);
void kd_table_destroy(kd_table **self);

/* Checks the table against a column list (kd_param.columns) and turns numbers into SI by the header's units. A wanted
 * column without unit in the list ("site", "element") is text. All defects are reported. */
kd_status kd_table_bind(kd_table *self, const char *columns, kd_table_report_fn *report, void *user, kd_error *err);

/* Appends the table as CSV: source and note as comment lines, numbers in the header's units, shortest round-trip.
 * Memory failures show in out->failed. */
struct kd_text;
void kd_table_write(struct kd_text *out, const kd_table *self);

const kd_column *kd_table_column(const kd_table *self, const char *name); /* NULL: none */

#endif
