// SPDX-License-Identifier: Apache-2.0
/* Holds a table against the columns that are wanted, and turns its numbers into SI. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/number.h"
#include "base/quantity.h"
#include "base/table_defects.h"
#include "base/text.h"

typedef struct binder {
  kd_table *table;
  const char *columns;
  kd_table_defects defects;
} binder;

static kd_column *find_column(const binder *self, const char *name) {
  for (size_t i = 0; i < self->table->columns; ++i) {
    if (strcmp(self->table->column[i].name, name) == 0) return &self->table->column[i];
  }
  return NULL;
}

static bool is_wanted(const binder *self, const char *name) {
  kd_wanted_column wanted;
  bool rest, broken = false;
  for (const char *list = self->columns; kd_wanted_next(&wanted, &list, &rest, &broken);) {
    if (strcmp(wanted.name, name) == 0) return true;
  }
  return false;
}

static size_t word_limit(const char *word) {
  return strlen(word) < 3 ? 0 : strlen(word) < 7 ? 1 : 2;
}

/* The wanted column that is absent and nearest to name; "" when none is near. */
static void nearest_absent(const binder *self, char *out, size_t capacity, const char *name) {
  kd_wanted_column wanted;
  bool rest, broken = false;
  size_t best = word_limit(name) + 1;
  out[0] = '\0';
  for (const char *list = self->columns; kd_wanted_next(&wanted, &list, &rest, &broken);) {
    size_t distance = kd_edit_distance(name, wanted.name, word_limit(name));
    if (distance >= best || find_column(self, wanted.name)) continue;
    best = distance;
    kd_text_clip(out, capacity, wanted.name, strlen(wanted.name));
  }
}

/* The unwanted column of the table that is nearest to a wanted name, or NULL. */
static const kd_column *nearest_unwanted(const binder *self, const char *wanted) {
  const kd_column *found = NULL;
  size_t best = word_limit(wanted) + 1;
  for (size_t i = 0; i < self->table->columns; ++i) {
    const kd_column *column = &self->table->column[i];
    size_t distance = kd_edit_distance(column->name, wanted, word_limit(wanted));
    if (distance >= best || is_wanted(self, column->name)) continue;
    best = distance;
    found = column;
  }
  return found;
}

/* "a, b [m], c", cut when it is long. */
static void list_columns(const binder *self, char *out, size_t capacity) {
  kd_text text;
  kd_text_init(&text, self->table->ctx);
  for (size_t i = 0; i < self->table->columns; ++i) {
    kd_text_printf(&text, "%s%s", i > 0 ? ", " : "", self->table->column[i].name);
  }
  kd_text_clip(out, capacity, text.bytes ? text.bytes : "", text.bytes ? text.length : 0);
  kd_text_free(&text);
}

static void tell_missing(binder *self, const kd_wanted_column *wanted, bool rest) {
  char there[256], label[176];
  const kd_column *near = nearest_unwanted(self, wanted->name);
  if (near && !rest) return; /* told as an unknown column */
  kd_text text;
  kd_text_init(&text, self->table->ctx);
  kd_text_printf(&text, wanted->has_unit ? "%s [%s]" : "%s", wanted->name, wanted->unit);
  kd_text_clip(label, sizeof label, text.bytes ? text.bytes : wanted->name,
               text.bytes ? text.length : strlen(wanted->name));
  kd_text_free(&text);
  if (near) {
    kd_text_clip(there, sizeof there, near->name, strlen(near->name));
    kd_table_defect(&self->defects, KD_E_CSV, self->table->header, near->at, "column '%s' is missing: is it '%s'?",
                    label, there);
    return;
  }
  list_columns(self, there, sizeof there);
  kd_table_defect(&self->defects, KD_E_CSV, self->table->header, 1, "column '%s' is missing: the columns are %s", label,
                  there);
}

static void tell_unknown(binder *self) {
  char shown[64], near[96], list[256];
  for (size_t i = 0; i < self->table->columns; ++i) {
    const kd_column *column = &self->table->column[i];
    if (is_wanted(self, column->name)) continue;
    kd_text_clip(shown, sizeof shown, column->name, strlen(column->name));
    nearest_absent(self, near, sizeof near, column->name);
    kd_text_clip(list, sizeof list, self->columns, strlen(self->columns));
    if (near[0]) {
      kd_table_defect(&self->defects, KD_E_CSV, self->table->header, column->at,
                      "unknown column '%s': did you mean %s?", shown, near);
    } else {
      kd_table_defect(&self->defects, KD_E_CSV, self->table->header, column->at, "unknown column '%s': known are %s",
                      shown, list);
    }
  }
}

static void tell_cell(binder *self, const kd_column *column, size_t row, const kd_wanted_column *wanted) {
  static const char *const missing[] = {"-",   "--",  "NA",   "N/A",  "n/a",  "na", "nan",
                                        "NaN", "NAN", "null", "NULL", "none", "?"};
  const kd_table *table = self->table;
  const char *text = column->text[row], *why;
  char shown[64];
  double value;
  size_t used, start = table->start[row], offset = (size_t)(text - table->storage), line = table->line[row];
  /* A quoted cell before this one may hold line ends: those count. */
  for (size_t i = start; i < offset; ++i) {
    if (table->storage[i] == '\n') ++line, start = i + 1;
  }
  if (offset > start && table->storage[offset - 1] == '"') --offset;
  kd_number_fault fault = kd_number_scan(&value, &used, text, strlen(text));
  why = kd_number_fault_text(fault);
  if (fault == KD_NUMBER_OK) {
    why = text[used] ? "is not a number alone: the unit stands in the header" : "is too large in this unit";
  }
  for (size_t i = 0; i < sizeof missing / sizeof missing[0]; ++i) {
    if (strcmp(text, missing[i]) == 0) why = "is not a number: leave the cell empty when the value is missing";
  }
  kd_text_clip(shown, sizeof shown, text, strlen(text));
  kd_table_defect(&self->defects, KD_E_CSV, line, offset - start + 1,
                  "'%s' %s (a number in column '%s [%s]' is wanted)", shown, why, wanted->name,
                  column->unit[0] ? column->unit : wanted->unit);
}

static kd_status bind_column(binder *self, kd_column *column, const kd_wanted_column *wanted, kd_error *err) {
  kd_status status = KD_OK;
  kd_error why = {.code = KD_OK};
  kd_unit given, target;
  char label[64], shown[32];
  if (!wanted->has_unit) goto out;
  KD_CHECK(kd_unit_parse(&target, wanted->unit, NULL, NULL) == KD_OK, err, KD_E_INTERNAL, "bad unit in '%s'",
           self->columns);
  kd_text_clip(shown, sizeof shown, column->name, strlen(column->name));
  kd_status unit_status = kd_unit_parse(&given, column->unit, NULL, &why);
  if (unit_status == KD_OK) {
    (void)snprintf(label, sizeof label, "column '%s'", shown);
    unit_status = kd_unit_accept(&given, column->unit[0] != '\0', &target, label, wanted->unit, &why);
  } else {
    kd_error_context(&why, "column '%s': ", shown);
  }
  if (unit_status != KD_OK) {
    kd_table_defect(&self->defects, unit_status, self->table->header, column->at, "%s", why.text);
    goto out;
  }
  for (size_t row = 0; column->text && row < self->table->rows; ++row) {
    bool missing = isnan(column->number[row]);
    double si = column->is_si ? column->number[row] : kd_unit_si(&given, column->number[row]);
    if ((missing && column->text[row][0]) || isinf(si)) {
      tell_cell(self, column, row, wanted);
    } else if (!missing) {
      column->number[row] = si;
    }
  }
  column->is_si = true;
out:
  return status;
}

kd_status kd_table_bind(kd_table *self, const char *columns, kd_table_report_fn *report, void *user, kd_error *err) {
  kd_status status = KD_OK;
  binder b = {.table = self, .columns = columns};
  b.defects = (kd_table_defects){.name = self->name, .report = report, .user = user, .err = err};
  kd_wanted_column wanted;
  bool rest = false, broken = false;
  for (const char *list = columns; kd_wanted_next(&wanted, &list, &rest, &broken);) continue; /* learns rest */
  KD_CHECK(!broken, err, KD_E_INTERNAL, "bad column list '%s'", columns);
  if (!rest) tell_unknown(&b);
  for (const char *list = columns; kd_wanted_next(&wanted, &list, &rest, &broken);) {
    kd_column *column = find_column(&b, wanted.name);
    if (column) {
      KD_TRY(bind_column(&b, column, &wanted, err));
    } else if (!wanted.optional) {
      tell_missing(&b, &wanted, rest);
    }
  }
  if (self->rows == 0) {
    kd_table_defect(&b.defects, KD_E_CSV, self->header, 1, "the table has no rows");
  }
  status = b.defects.first;
out:
  return status;
}
