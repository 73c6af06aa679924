// SPDX-License-Identifier: Apache-2.0
#include "deposit/sample_columns.h"

#include <math.h>
#include <string.h>

#include "base/quantity.h"

const char *kd_sample_unit(const kd_table *table, const char *name) {
  const kd_column *column = kd_table_column(table, name);
  return column != NULL && column->unit[0] != '\0' ? column->unit : "1";
}

kd_status kd_sample_column(const double **out, const kd_table *table, const char *name, bool required, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *column = kd_table_column(table, name);
  const char *file = table->name != NULL ? table->name : "table";
  kd_unit unit;
  double *values;
  *out = NULL;
  KD_CHECK(column != NULL || !required, work->err, KD_E_CSV, "%s:%u: column '%s' is missing", file, table->header,
           name);
  if (column == NULL) goto out;
  values = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *values);
  KD_CHECK(values != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", table->rows);
  status = kd_unit_parse(&unit, column->unit, NULL, work->err);
  if (status != KD_OK) {
    kd_error_context(work->err, "%s:%u: column '%s': ", file, table->header, name);
    goto out;
  }
  for (size_t i = 0; i < table->rows; i++) {
    const bool empty = column->text == NULL || column->text[i][0] == '\0';
    KD_CHECK(empty || isfinite(column->number[i]), work->err, KD_E_CSV,
             "%s:%u: '%s' is not a number: leave the cell empty when the value is missing", file,
             table->line != NULL ? table->line[i] : 0, column->text[i]);
    values[i] = column->is_si ? column->number[i] : kd_unit_si(&unit, column->number[i]);
  }
  *out = values;
out:
  return status;
}

kd_status kd_sample_names_read(kd_sample_names *out, const char *list, kd_work *work) {
  kd_status status = KD_OK;
  char *copy = kd_arena_strdup(work->scratch, list != NULL ? list : "");
  *out = (kd_sample_names){0};
  KD_CHECK(copy != NULL, work->err, KD_E_NOMEM, "out of memory");
  for (char *at = copy; *at != '\0';) {
    at += strspn(at, ", ");
    const size_t length = strcspn(at, ", ");
    if (length == 0) break;
    KD_CHECK(out->count < KD_SAMPLE_NAMES, work->err, KD_E_SIZE, "more than %d variables", KD_SAMPLE_NAMES);
    const bool last = at[length] == '\0';
    at[length] = '\0';
    for (size_t i = 0; i < out->count; i++)
      KD_CHECK(strcmp(out->name[i], at) != 0, work->err, KD_E_DUPLICATE, "variable '%s' is named twice", at);
    out->name[out->count++] = at;
    if (last) break;
    at += length + 1;
  }
  KD_CHECK(out->count > 0, work->err, KD_E_MISSING, "no variable is named: variables=la,ce,...");
out:
  return status;
}
