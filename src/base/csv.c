// SPDX-License-Identifier: Apache-2.0
/* Reads CSV: RFC 4180 with comment lines and units in the header.
 *
 * The text is copied once. A first pass counts the rows that have as many cells as the header and reports the others;
 * a second pass cuts the cells in place. Cells are then part of the copy, and a row costs no allocation of its own. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/number.h"
#include "base/table_defects.h"
#include "base/text.h"

enum { FILE_MAX = 1 << 30, CELLS_MAX = 100000000, COLUMNS_MAX = 100000 };

typedef struct csv {
  kd_table *table;
  char *bytes; /* NUL-terminated */
  size_t count, at;
  size_t line, line_start;
  bool quiet; /* second pass: all defects were told in the first */
  kd_table_defects *defects;
} csv;

typedef struct cell {
  size_t begin, end, line, column;
  bool doubled, last;
} cell;

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/* Moves over one line end, CRLF, LF or CR, if there is one. */
static bool take_line_end(csv *self) {
  if (self->at >= self->count || (self->bytes[self->at] != '\r' && self->bytes[self->at] != '\n')) return false;
  if (self->bytes[self->at] == '\r' && self->bytes[self->at + 1] == '\n') ++self->at;
  ++self->at;
  ++self->line;
  self->line_start = self->at;
  return true;
}

static void tell(csv *self, size_t line, size_t column, const char *message) {
  if (!self->quiet) kd_table_defect(self->defects, KD_E_CSV, line, column, "%s", message);
}

static void scan_quoted(csv *self, cell *out) {
  bool closed = false;
  out->begin = ++self->at;
  while (self->at < self->count && !closed) {
    char c = self->bytes[self->at];
    if (c == '"' && self->bytes[self->at + 1] == '"') {
      out->doubled = true;
      self->at += 2;
    } else if (c == '"') {
      closed = true;
    } else if (!take_line_end(self)) {
      ++self->at;
    }
  }
  out->end = self->at;
  if (!closed) {
    tell(self, out->line, out->column, "the quote that begins here is never closed");
    return;
  }
  ++self->at;
  while (is_blank(self->bytes[self->at])) ++self->at;
  size_t stray = self->at;
  self->at += strcspn(self->bytes + self->at, ",\r\n");
  if (self->at > stray) {
    tell(self, self->line, stray - self->line_start + 1,
         "text after a closing quote: a comma or the end of the line is wanted");
  }
}

static void scan_plain(csv *self, cell *out) {
  out->begin = self->at;
  self->at += strcspn(self->bytes + self->at, ",\r\n");
  out->end = self->at;
  while (out->end > out->begin && is_blank(self->bytes[out->end - 1])) --out->end;
  const char *quote = memchr(self->bytes + out->begin, '"', out->end - out->begin);
  if (quote) {
    size_t column = (size_t)(quote - self->bytes) - self->line_start + 1;
    tell(self, out->line, column, "a quote inside a cell: put the whole cell in quotes and double this one");
  }
}

/* Reads one cell and the comma or line end behind it. */
static void next_cell(csv *self, cell *out) {
  while (is_blank(self->bytes[self->at])) ++self->at;
  *out = (cell){.line = self->line, .column = self->at - self->line_start + 1};
  if (self->bytes[self->at] == '"') {
    scan_quoted(self, out);
  } else {
    scan_plain(self, out);
  }
  out->last = self->bytes[self->at] != ',';
  if (out->last) {
    (void)take_line_end(self);
  } else {
    ++self->at;
  }
}

/* Ends a cell's text with a NUL in place and undoes doubled quotes. Only once the scanner is past the cell. */
static char *cut_cell(csv *self, const cell *c) {
  char *text = self->bytes + c->begin;
  size_t to = c->end - c->begin;
  if (c->doubled) {
    to = 0;
    for (size_t from = c->begin; from < c->end; ++from) {
      text[to++] = self->bytes[from];
      if (self->bytes[from] == '"') ++from;
    }
  }
  text[to] = '\0';
  return text;
}

static kd_status add_line(csv *self, char **text, const char *bytes, size_t count, kd_error *err) {
  size_t before = *text ? strlen(*text) : 0;
  char *longer = kd_realloc(self->table->ctx, *text, before + count + 2);
  if (!longer) return kd_error_set(err, KD_E_NOMEM, "no memory for a table");
  if (before > 0) longer[before++] = '\n';
  memcpy(longer + before, bytes, count);
  longer[before + count] = '\0';
  *text = longer;
  return KD_OK;
}

/* Passes over empty lines and comments. keep: comments become the source and the note of the table. */
static kd_status skip_noise(csv *self, bool keep, kd_error *err) {
  kd_status status = KD_OK;
  for (;;) {
    size_t at = self->at;
    while (is_blank(self->bytes[at])) ++at;
    if (self->bytes[at] == '#') {
      size_t end = at + strcspn(self->bytes + at, "\r\n");
      self->at = end;
      ++at;
      while (at < end && is_blank(self->bytes[at])) ++at;
      while (end > at && is_blank(self->bytes[end - 1])) --end;
      bool source = strncmp(self->bytes + at, "source:", 7) == 0;
      if (source) {
        for (at += 7; at < end && is_blank(self->bytes[at]);) ++at;
      }
      char **text = source ? &self->table->source : &self->table->note;
      if (keep && end > at) KD_TRY(add_line(self, text, self->bytes + at, end - at, err));
    } else if (at < self->count && self->bytes[at] != '\r' && self->bytes[at] != '\n') {
      break; /* a row */
    } else {
      self->at = at;
    }
    if (!take_line_end(self)) break;
  }
out:
  return status;
}

/* Splits "name [unit]" in place and stores copies. */
static kd_status set_header_cell(csv *self, kd_column *column, const cell *c, kd_error *err) {
  kd_status status = KD_OK;
  char shown[64];
  char *text = cut_cell(self, c), *unit = strchr(text, '[');
  size_t length = strlen(text);
  if (unit) {
    if (text[length - 1] != ']' || strchr(unit + 1, '[') || strchr(unit, ']') != text + length - 1) {
      kd_text_clip(shown, sizeof shown, text, length);
      kd_table_defect(self->defects, KD_E_CSV, c->line, c->column, "column '%s': write it as name [unit]", shown);
    } else if (text + length - 1 == unit + 1) {
      kd_table_defect(self->defects, KD_E_CSV, c->line, c->column,
                      "empty unit: write [1] for a pure number, or no brackets");
    }
    text[length - 1] = text[length - 1] == ']' ? '\0' : text[length - 1];
    *unit++ = '\0';
    length = strlen(text);
    while (length > 0 && is_blank(text[length - 1])) text[--length] = '\0';
  }
  if (length == 0) {
    kd_table_defect(self->defects, KD_E_CSV, c->line, c->column, "the name of column %u is missing", column->place);
  }
  column->at = (unsigned)c->column;
  column->name = kd_strdup(self->table->ctx, text);
  column->unit = kd_strdup(self->table->ctx, unit ? unit : "");
  KD_CHECK(column->name && column->unit, err, KD_E_NOMEM, "no memory for a table");
out:
  return status;
}

static void check_names(csv *self) {
  const kd_table *table = self->table;
  char shown[64];
  for (size_t i = 1; i < table->columns; ++i) {
    const kd_column *column = &table->column[i], *first = kd_table_column(table, column->name);
    if (first == column || column->name[0] == '\0') continue;
    kd_text_clip(shown, sizeof shown, column->name, strlen(column->name));
    kd_table_defect(self->defects, KD_E_DUPLICATE, table->header, column->at,
                    "column '%s' is there twice: columns %u and %u", shown, first->place, column->place);
  }
}

static kd_status read_header(csv *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_table *table = self->table;
  size_t capacity = 0;
  cell c = {.last = false};
  KD_TRY(skip_noise(self, true, err));
  if (self->at >= self->count) {
    kd_table_defect(self->defects, KD_E_CSV, self->line, 1, "the table is empty: a header line is wanted");
    goto out;
  }
  table->header = (unsigned)self->line;
  while (!c.last) {
    KD_CHECK(table->columns < COLUMNS_MAX, err, KD_E_SIZE, "more than %d columns", COLUMNS_MAX);
    if (table->columns == capacity) {
      capacity = capacity ? capacity * 2 : 16;
      kd_column *more = kd_realloc(table->ctx, table->column, capacity * sizeof *more);
      KD_CHECK(more, err, KD_E_NOMEM, "no memory for a table");
      table->column = more;
    }
    next_cell(self, &c);
    kd_column *column = &table->column[table->columns++];
    *column = (kd_column){.place = (unsigned)table->columns};
    KD_TRY(set_header_cell(self, column, &c, err));
  }
  check_names(self);
out:
  return status;
}

/* First pass: how many rows fit the header. */
static kd_status count_rows(csv *self, kd_error *err) {
  kd_status status = KD_OK;
  for (;;) {
    KD_TRY(skip_noise(self, true, err));
    if (self->at >= self->count) break;
    size_t cells = 0, line = self->line;
    cell c = {.last = false};
    for (; !c.last; ++cells) next_cell(self, &c);
    if (cells == self->table->columns) {
      ++self->table->rows;
    } else {
      kd_table_defect(self->defects, KD_E_CSV, line, c.column, "the row has %zu cells where the header has %zu", cells,
                      self->table->columns);
    }
  }
out:
  return status;
}

static kd_status allocate_rows(kd_table *table, kd_error *err) {
  kd_status status = KD_OK;
  size_t rows = table->rows > 0 ? table->rows : 1;
  KD_CHECK(rows <= CELLS_MAX / table->columns, err, KD_E_SIZE, "%zu rows of %zu columns: more than %d cells", rows,
           table->columns, CELLS_MAX);
  table->line = kd_alloc(table->ctx, rows, sizeof *table->line);
  table->start = kd_alloc(table->ctx, rows, sizeof *table->start);
  KD_CHECK(table->line && table->start, err, KD_E_NOMEM, "no memory for a table of %zu rows", rows);
  for (size_t i = 0; i < table->columns; ++i) {
    kd_column *column = &table->column[i];
    column->number = kd_alloc(table->ctx, rows, sizeof *column->number);
    column->text = kd_alloc(table->ctx, rows, sizeof *column->text);
    KD_CHECK(column->number && column->text, err, KD_E_NOMEM, "no memory for a table of %zu rows", rows);
  }
out:
  return status;
}

/* Second pass: cuts the cells of the rows that fit. */
static void cut_rows(csv *self) {
  kd_table *table = self->table;
  size_t row = 0;
  while (row < table->rows) {
    (void)skip_noise(self, false, NULL);
    size_t cells = 0;
    cell c = {.last = false};
    table->line[row] = (unsigned)self->line;
    table->start[row] = self->line_start;
    for (; !c.last; ++cells) {
      next_cell(self, &c);
      if (cells < table->columns) table->column[cells].text[row] = cut_cell(self, &c);
    }
    if (cells == table->columns) ++row;
  }
  for (size_t i = 0; i < table->columns; ++i) {
    kd_column *column = &table->column[i];
    for (row = 0; row < table->rows; ++row) {
      const char *text = column->text[row];
      bool number = kd_number_read(&column->number[row], text, strlen(text));
      if (!number && *text) column->is_text = true;
    }
  }
}

/* NUL bytes and invalid UTF-8, each once; false when there is any. */
static bool check_bytes(csv *self) {
  size_t bad = kd_utf8_check(self->bytes, self->count);
  const char *nul = memchr(self->bytes, '\0', self->count);
  size_t nul_at = nul ? (size_t)(nul - self->bytes) : self->count;
  size_t first = bad < nul_at ? bad : nul_at, line = 1, start = 0;
  if (first == self->count) return true;
  for (size_t i = 0; i < first; ++i) {
    if (self->bytes[i] == '\n' || (self->bytes[i] == '\r' && self->bytes[i + 1] != '\n')) ++line, start = i + 1;
  }
  if (nul_at <= bad) {
    kd_table_defect(self->defects, KD_E_ENCODING, line, first - start + 1, "a NUL byte: the file is not text");
  } else {
    kd_table_defect(self->defects, KD_E_ENCODING, line, first - start + 1, "byte 0x%02X is not valid UTF-8",
                    (unsigned)(unsigned char)self->bytes[first]);
  }
  return false;
}

static kd_status parse_text(csv *self, kd_error *err) {
  kd_status status = KD_OK;
  if (!check_bytes(self)) goto out;
  if (self->count >= 3 && memcmp(self->bytes, "\xEF\xBB\xBF", 3) == 0) self->at = self->line_start = 3;
  KD_TRY(read_header(self, err));
  if (self->table->columns == 0) goto out;
  csv after_header = *self;
  KD_TRY(count_rows(self, err));
  if (self->defects->first != KD_OK) goto out;
  KD_TRY(allocate_rows(self->table, err));
  after_header.quiet = true;
  cut_rows(&after_header);
out:
  return status;
}

kd_status kd_table_parse(kd_table **out, kd_context *ctx, const char *name, const char *bytes, size_t count,
                         kd_table_report_fn *report, void *user, kd_error *err) {
  kd_status status = KD_OK;
  kd_table_defects defects = {.name = name, .report = report, .user = user, .err = err};
  *out = NULL;
  kd_table *self = kd_alloc(ctx, 1, sizeof *self);
  KD_CHECK(self, err, KD_E_NOMEM, "no memory for a table");
  self->ctx = ctx;
  KD_CHECK(count <= FILE_MAX, err, KD_E_SIZE, "%s: %zu bytes: a table has at most %d", name ? name : "table", count,
           FILE_MAX);
  self->storage = kd_alloc(ctx, count + 1, 1);
  self->name = name ? kd_strdup(ctx, name) : NULL;
  KD_CHECK(self->storage && (self->name || !name), err, KD_E_NOMEM, "no memory for a table of %zu bytes", count);
  if (count > 0) memcpy(self->storage, bytes, count);
  csv reader = {.table = self, .bytes = self->storage, .count = count, .line = 1, .defects = &defects};
  KD_TRY(parse_text(&reader, err));
  KD_TRY(defects.first);
  *out = self;
  self = NULL;
out:
  kd_table_destroy(&self);
  return status;
}
