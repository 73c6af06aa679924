// SPDX-License-Identifier: Apache-2.0
/* Tables as such: making, freeing, finding columns, writing. csv.c reads them, table_bind.c checks them. */
#include "base/table.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "base/table_defects.h"
#include "base/text.h"

enum { FILE_MAX = 1 << 30 };

void kd_table_defect(kd_table_defects *self, kd_status code, size_t line, size_t column, const char *format, ...) {
  kd_error local;
  va_list args;
  if (self->count++ >= KD_TABLE_DEFECTS_MAX) return;
  va_start(args, format);
  (void)vsnprintf(local.text, sizeof local.text, format, args);
  va_end(args);
  if (self->report) self->report(code, (unsigned)line, (unsigned)column, local.text, self->user);
  if (self->first != KD_OK) return;
  self->first = code;
  const char *name = self->name ? self->name : "table";
  (void)kd_error_set(self->err, code, "%s:%u:%u: %s", name, (unsigned)line, (unsigned)column, local.text);
}

/* Copies text[0..count) without blanks at its ends; false when it does not fit. */
static bool copy_trimmed(char *out, size_t capacity, const char *text, size_t count) {
  while (count > 0 && (*text == ' ' || *text == '\n')) ++text, --count;
  while (count > 0 && (text[count - 1] == ' ' || text[count - 1] == '\n')) --count;
  if (count >= capacity) return false;
  memcpy(out, text, count);
  out[count] = '\0';
  return true;
}

bool kd_wanted_next(kd_wanted_column *out, const char **list, bool *rest, bool *broken) {
  *out = (kd_wanted_column){.optional = false};
  while (**list == ' ' || **list == '\n') ++*list;
  if (**list == '\0') return false;
  const char *start = *list;
  size_t length = strcspn(start, ",");
  *list = start + length + (start[length] == ',' ? 1 : 0);
  while (length > 0 && start[length - 1] == ' ') --length;
  if (length == 3 && strncmp(start, "...", 3) == 0) {
    *rest = true;
    return kd_wanted_next(out, list, rest, broken);
  }
  if (length > 0 && start[length - 1] == '?') {
    out->optional = true;
    --length;
    while (length > 0 && start[length - 1] == ' ') --length;
  }
  size_t bracket = strcspn(start, "[");
  bool fits;
  if (bracket < length) {
    bool closed = start[length - 1] == ']';
    out->has_unit = true;
    fits = closed && copy_trimmed(out->unit, sizeof out->unit, start + bracket + 1, length - bracket - 2) &&
           copy_trimmed(out->name, sizeof out->name, start, bracket);
  } else {
    fits = copy_trimmed(out->name, sizeof out->name, start, length);
  }
  if (!fits || out->name[0] == '\0') {
    *broken = true;
    return false;
  }
  return true;
}

static size_t at_least_one(size_t n) {
  return n > 0 ? n : 1;
}

kd_status kd_table_create(kd_table **out, kd_context *ctx, const char *columns, size_t rows, kd_error *err) {
  kd_status status = KD_OK;
  kd_wanted_column wanted;
  kd_unit unit;
  bool rest = false, broken = false;
  size_t count = 0;
  *out = NULL;
  for (const char *list = columns; kd_wanted_next(&wanted, &list, &rest, &broken);) ++count;
  kd_table *self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self, err, KD_E_NOMEM, "no memory for a table");
  self->ctx = ctx;
  KD_CHECK(!broken && !rest && count > 0, err, KD_E_INTERNAL, "bad column list '%s'", columns);
  self->rows = rows;
  self->column = kd_alloc(ctx, count, sizeof *self->column);
  KD_CHECK(self->column, err, KD_E_NOMEM, "no memory for a table");
  const char *list = columns;
  for (; kd_wanted_next(&wanted, &list, &rest, &broken); ++self->columns) {
    kd_column *column = &self->column[self->columns];
    KD_TRY(kd_unit_parse(&unit, wanted.unit, NULL, err));
    column->name = kd_strdup(ctx, wanted.name);
    column->unit = kd_strdup(ctx, wanted.unit);
    column->number = kd_alloc(ctx, at_least_one(rows), sizeof *column->number);
    column->place = (unsigned)self->columns + 1;
    column->is_si = true;
    if (!column->name || !column->unit || !column->number) {
      ++self->columns; /* so that what was made is freed */
      status = kd_error_set(err, KD_E_NOMEM, "no memory for a table of %zu rows", rows);
      goto out;
    }
    for (size_t i = 0; i < rows; ++i) column->number[i] = (double)NAN;
  }
  *out = self;
  self = NULL;
out:
  kd_table_destroy(&self);
  return status;
}

void kd_table_destroy(kd_table **self) {
  if (!self || !*self) return;
  kd_table *table = *self;
  kd_context *ctx = table->ctx;
  for (size_t i = 0; i < table->columns; ++i) {
    kd_column *column = &table->column[i];
    kd_free(ctx, column->name);
    kd_free(ctx, column->unit);
    kd_free(ctx, column->number);
    kd_free(ctx, (void *)column->text);
  }
  kd_free(ctx, table->column);
  kd_free(ctx, table->name);
  kd_free(ctx, table->source);
  kd_free(ctx, table->note);
  kd_free(ctx, table->line);
  kd_free(ctx, table->start);
  kd_free(ctx, table->storage);
  kd_free(ctx, table);
  *self = NULL;
}

const kd_column *kd_table_column(const kd_table *self, const char *name) {
  for (size_t i = 0; i < self->columns; ++i) {
    if (strcmp(self->column[i].name, name) == 0) return &self->column[i];
  }
  return NULL;
}

kd_status kd_table_read(kd_table **out, kd_context *ctx, const char *path, kd_table_report_fn *report, void *user,
                        kd_error *err) {
  kd_status status = KD_OK;
  char *bytes = NULL;
  size_t count = 0;
  *out = NULL;
  KD_TRY(kd_file_read_all(&bytes, &count, ctx, path, FILE_MAX, err));
  KD_TRY(kd_table_parse(out, ctx, path, bytes, count, report, user, err));
out:
  kd_free(ctx, bytes);
  return status;
}

/* Quotes where the reader needs them: for commas, quotes and line ends, for blanks at the ends, and for what would be a
 * comment or a byte order mark at the start of a line. */
static void write_cell(kd_text *out, const char *text) {
  size_t length = strlen(text);
  char first = text[0], last = length > 0 ? text[length - 1] : '\0';
  bool ends = first == '#' || first == '\xEF' || first == ' ' || first == '\t' || last == ' ' || last == '\t';
  if (!ends && text[strcspn(text, ",\"\r\n")] == '\0') {
    kd_text_add(out, text);
    return;
  }
  kd_text_add(out, "\"");
  for (const char *c = text; *c; ++c) kd_text_add_bytes(out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
  kd_text_add(out, "\"");
}

static void write_comment(kd_text *out, const char *head, const char *text) {
  while (text && *text) {
    size_t length = strcspn(text, "\n");
    kd_text_add(out, head);
    kd_text_add_bytes(out, text, length);
    kd_text_add(out, "\n");
    text += length + (text[length] == '\n' ? 1 : 0);
  }
}

static void write_value(kd_text *out, const kd_column *column, const kd_unit *unit, size_t row, bool alone) {
  double value = column->number[row];
  bool missing = isnan(value) && (!column->text || !column->text[row][0]);
  if (missing && alone) {
    kd_text_add(out, "\"\""); /* an empty line would not be a row */
  } else if (column->text && (column->is_text || isnan(value))) {
    write_cell(out, column->text[row]);
  } else if (!isnan(value)) {
    kd_text_add_number(out, column->is_si ? kd_unit_value(unit, value) : value);
  }
}

void kd_table_write(kd_text *out, const kd_table *self) {
  kd_unit *units = kd_alloc(self->ctx, at_least_one(self->columns), sizeof *units);
  if (!units) {
    out->failed = true;
    return;
  }
  write_comment(out, "# source: ", self->source);
  write_comment(out, "# ", self->note);
  for (size_t i = 0; i < self->columns; ++i) {
    const kd_column *column = &self->column[i];
    (void)kd_unit_parse(&units[i], column->unit, NULL, NULL); /* an unknown one was never bound: numbers stay as read */
    if (i > 0) kd_text_add(out, ",");
    kd_text name;
    kd_text_init(&name, self->ctx);
    kd_text_printf(&name, column->unit[0] ? "%s [%s]" : "%s", column->name, column->unit);
    write_cell(out, name.bytes ? name.bytes : "");
    out->failed = out->failed || name.failed;
    kd_text_free(&name);
  }
  kd_text_add(out, "\n");
  for (size_t row = 0; row < self->rows; ++row) {
    for (size_t i = 0; i < self->columns; ++i) {
      if (i > 0) kd_text_add(out, ",");
      write_value(out, &self->column[i], &units[i], row, self->columns == 1);
    }
    kd_text_add(out, "\n");
  }
  kd_free(self->ctx, units);
}
