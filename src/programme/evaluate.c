// SPDX-License-Identifier: Apache-2.0
/* Evaluation of kernels over tables of cases. */
#include "programme/registry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"

static size_t labels_of(const kd_field *field) {
  return field->labels != NULL ? field->labels->count : 1;
}

/* The word of an index in "a|b|c". */
static void choice_word(char *out, size_t capacity, const char *choices, int index) {
  const char *c = choices;
  for (; index > 0 && *c != '\0'; index--) {
    c += strcspn(c, "|");
    if (*c == '|') c++;
  }
  snprintf(out, capacity, "%.*s", (int)strcspn(c, "|"), c);
}

/* The table's column for one flattened input, or NULL. */
static const kd_column *column_for(const kd_table *cases, const kd_field *field, size_t label) {
  char name[128];
  kd_field_name(name, sizeof name, field, label);
  return kd_table_column(cases, name);
}

static bool is_known_column(const kd_kernel *kernel, const char *column) {
  if (strcmp(column, "id") == 0) return true; /* a name for the row, handed through */
  for (size_t i = 0; i < kernel->input_count; i++) {
    for (size_t k = 0; k < labels_of(&kernel->inputs[i]); k++) {
      char name[128];
      kd_field_name(name, sizeof name, &kernel->inputs[i], k);
      if (strcmp(name, column) == 0) return true;
    }
  }
  return false;
}

static kd_status check_columns(const kd_kernel *kernel, const kd_table *cases, kd_error *err) {
  for (size_t c = 0; c < cases->columns; c++) {
    const char *name = cases->column[c].name;
    if (is_known_column(kernel, name)) continue;
    const char *nearest = NULL;
    size_t best = 4;
    for (size_t i = 0; i < kernel->input_count; i++) {
      const size_t distance = kd_edit_distance(kernel->inputs[i].name, name, best);
      if (distance < best) {
        best = distance;
        nearest = kernel->inputs[i].name;
      }
    }
    return kd_error_set(err, KD_E_CSV, "line 1: %s has no input '%s'%s%s%s", kernel->name, name,
                        nearest != NULL ? ": did you mean " : "", nearest != NULL ? nearest : "",
                        nearest != NULL ? "?" : "");
  }
  for (size_t i = 0; i < kernel->input_count; i++) {
    for (size_t k = 0; k < labels_of(&kernel->inputs[i]); k++) {
      const kd_column *column = column_for(cases, &kernel->inputs[i], k);
      char name[128];
      kd_field_name(name, sizeof name, &kernel->inputs[i], k);
      if (column == NULL) {
        if (kernel->inputs[i].initial != NULL) continue;
        return kd_error_set(err, KD_E_CSV, "line 1: the column '%s [%s]' is missing for %s", name,
                            kernel->inputs[i].unit, kernel->name);
      }
      if (kernel->inputs[i].choices != NULL || column->unit[0] == '\0') continue;
      /* The header's unit must be of the field's dimension: try it on one. */
      char probe[160];
      double value;
      snprintf(probe, sizeof probe, "1 %s", column->unit);
      const kd_status status = kd_quantity_in(&value, probe, kernel->inputs[i].unit, NULL, err);
      if (status != KD_OK) {
        kd_error_context(err, "line 1: column '%s': ", name);
        return status;
      }
    }
  }
  return KD_OK;
}

/* Inputs of one row, in order. */
static kd_status read_row(double *in, const kd_kernel *kernel, const kd_table *cases, size_t row, kd_error *err) {
  size_t at = 0;
  for (size_t i = 0; i < kernel->input_count; i++) {
    const kd_field *field = &kernel->inputs[i];
    for (size_t k = 0; k < labels_of(field); k++, at++) {
      const kd_column *column = column_for(cases, field, k);
      const char *text = column != NULL && column->text != NULL ? column->text[row] : NULL;
      kd_status status;
      if (text == NULL || text[0] == '\0')
        status = kd_field_default(&in[at], field, err);
      else
        status = kd_field_read(&in[at], field, k, text, column->unit[0] != '\0' ? column->unit : field->unit, err);
      if (status != KD_OK) return status;
    }
  }
  return KD_OK;
}

/* One output cell in the display unit. */
static void add_value(kd_text *out, const kd_field *field, double si, bool json) {
  if (field->choices != NULL && isfinite(si)) {
    char word[64];
    choice_word(word, sizeof word, field->choices, (int)si);
    if (json)
      kd_text_add_json(out, word);
    else
      kd_text_add(out, word);
    return;
  }
  if (json || isfinite(si)) kd_text_add_number(out, kd_quantity_show(si, field->unit));
}

static void add_csv_text(kd_text *out, const char *text) {
  kd_text_add(out, "\"");
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"') kd_text_add(out, "\"");
    kd_text_add_bytes(out, c, 1);
  }
  kd_text_add(out, "\"");
}

static void add_header(kd_text *out, const kd_kernel *kernel, bool with_id) {
  if (with_id) kd_text_add(out, "id,");
  for (size_t i = 0; i < kernel->output_count; i++) {
    for (size_t k = 0; k < labels_of(&kernel->outputs[i]); k++) {
      char name[128];
      kd_field_name(name, sizeof name, &kernel->outputs[i], k);
      if (kernel->outputs[i].choices != NULL)
        kd_text_printf(out, "%s,", name);
      else
        kd_text_printf(out, "%s [%s],", name, kernel->outputs[i].unit);
    }
  }
  kd_text_add(out, "error\n");
}

static void add_row(kd_text *out, const kd_kernel *kernel, const double *values, const char *id, const char *reason,
                    bool json) {
  if (json) kd_text_add(out, "{");
  if (id != NULL && json) {
    kd_text_add(out, "\"id\": ");
    kd_text_add_json(out, id);
    kd_text_add(out, ", ");
  } else if (id != NULL) {
    add_csv_text(out, id);
    kd_text_add(out, ",");
  }
  size_t at = 0;
  for (size_t i = 0; i < kernel->output_count; i++) {
    for (size_t k = 0; k < labels_of(&kernel->outputs[i]); k++, at++) {
      if (json) {
        char name[128];
        kd_field_name(name, sizeof name, &kernel->outputs[i], k);
        kd_text_add_json(out, name);
        kd_text_add(out, ": ");
      }
      if (reason == NULL)
        add_value(out, &kernel->outputs[i], values[at], json);
      else if (json)
        kd_text_add(out, "null");
      kd_text_add(out, json ? ", " : ",");
    }
  }
  if (json) kd_text_add(out, "\"error\": ");
  if (json)
    kd_text_add_json(out, reason);
  else if (reason != NULL)
    add_csv_text(out, reason);
  kd_text_add(out, json ? "}" : "\n");
}

kd_status kd_kernel_eval_csv(kd_text *out, const kd_kernel *kernel, const kd_table *cases, bool json, kd_work *work) {
  kd_status status = check_columns(kernel, cases, work->err);
  if (status != KD_OK) return status;
  const size_t inputs = kd_fields_width(kernel->inputs, kernel->input_count);
  const size_t outputs = kd_fields_width(kernel->outputs, kernel->output_count);
  const kd_column *id = kd_table_column(cases, "id");
  if (json)
    kd_text_add(out, "[");
  else
    add_header(out, kernel, id != NULL);
  for (size_t row = 0; row < cases->rows; row++) {
    kd_arena_reset(work->scratch);
    double *in = kd_arena_alloc(work->scratch, inputs, sizeof *in),
           *values = kd_arena_alloc(work->scratch, outputs, sizeof *values);
    if (in == NULL || values == NULL)
      return kd_error_set(work->err, KD_E_NOMEM, "out of memory for a row of %zu numbers", inputs + outputs);
    kd_error refused = {0};
    kd_work inner = *work;
    inner.err = &refused;
    status = read_row(in, kernel, cases, row, &refused);
    if (status == KD_OK) status = kernel->eval(values, in, &inner);
    if (status == KD_E_NOMEM) return kd_error_set(work->err, status, "%s", refused.text); /* no fault of the row */
    for (size_t i = 0; status == KD_OK && i < outputs; i++) {
      if (isinf(values[i])) status = kd_error_set(&refused, KD_E_NAN, "a result is not finite");
    }
    if (json) kd_text_add(out, row == 0 ? "\n" : ",\n");
    add_row(out, kernel, values, id != NULL ? id->text[row] : NULL, status == KD_OK ? NULL : refused.text, json);
  }
  if (json) kd_text_add(out, "\n]\n");
  return out->failed ? kd_error_set(work->err, KD_E_NOMEM, "out of memory for the results") : KD_OK;
}

/* Options of a data kernel from "key=value" texts; what stood behind '=' goes to texts. */
static kd_status read_options(double *in, const char **texts, const kd_kernel *kernel, const char *const *options,
                              size_t count, kd_error *err) {
  size_t at = 0;
  bool used[64] = {false};
  for (size_t i = 0; i < kernel->input_count; i++) {
    const kd_field *field = &kernel->inputs[i];
    for (size_t k = 0; k < labels_of(field); k++, at++) {
      char name[128];
      kd_field_name(name, sizeof name, field, k);
      const size_t length = strlen(name);
      const char *text = NULL;
      for (size_t o = 0; o < count; o++) {
        if (strncmp(options[o], name, length) != 0 || options[o][length] != '=') continue;
        text = options[o] + length + 1;
        if (o < KD_COUNT(used)) used[o] = true;
      }
      texts[at] = text != NULL || !KD_IS_TEXT(field) ? text : field->initial;
      in[at] = (double)NAN;
      if (KD_IS_TEXT(field) && texts[at] == NULL)
        return kd_error_set(err, KD_E_MISSING, "%s wants the option %s: %s", kernel->name, name, field->doc);
      if (KD_IS_TEXT(field)) continue;
      const kd_status status = text != NULL ? kd_field_read(&in[at], field, k, text, field->unit, err)
                                            : kd_field_default(&in[at], field, err);
      if (status != KD_OK) return status;
    }
  }
  for (size_t o = 0; o < count; o++) {
    if (o < KD_COUNT(used) && !used[o])
      return kd_error_set(err, KD_E_KEY, "%s has no option '%s'", kernel->name, options[o]);
  }
  return KD_OK;
}

static void add_table(kd_text *out, const kd_table *table, bool json) {
  if (json) kd_text_add(out, "[");
  for (size_t c = 0; !json && c < table->columns; c++) {
    const kd_column *column = &table->column[c];
    kd_text_printf(out, c == 0 ? "%s" : ",%s", column->name);
    if (!column->is_text) kd_text_printf(out, " [%s]", column->unit);
  }
  if (!json) kd_text_add(out, "\n");
  for (size_t r = 0; r < table->rows; r++) {
    if (json) kd_text_add(out, r == 0 ? "\n{" : ",\n{");
    for (size_t c = 0; c < table->columns; c++) {
      const kd_column *column = &table->column[c];
      if (c > 0) kd_text_add(out, json ? ", " : ",");
      if (json) {
        kd_text_add_json(out, column->name);
        kd_text_add(out, ": ");
      }
      if (column->is_text && column->text != NULL) {
        if (json)
          kd_text_add_json(out, column->text[r]);
        else
          add_csv_text(out, column->text[r]);
      } else if (json || isfinite(column->number[r])) {
        kd_text_add_number(out, kd_quantity_show(column->number[r], column->unit));
      }
    }
    kd_text_add(out, json ? "}" : "\n");
  }
  if (json) kd_text_add(out, "\n]\n");
}

kd_status kd_kernel_eval_data(kd_text *out, const kd_kernel *kernel, const kd_table *const *data,
                              const char *const *options, size_t option_count, bool json, kd_work *work) {
  const size_t inputs = kd_fields_width(kernel->inputs, kernel->input_count);
  double *in = kd_arena_alloc(work->scratch, inputs, sizeof *in);
  const char **texts = kd_arena_alloc(work->scratch, inputs, sizeof *texts);
  if (in == NULL || texts == NULL) return kd_error_set(work->err, KD_E_NOMEM, "out of memory for %zu options", inputs);
  kd_status status = read_options(in, texts, kernel, options, option_count, work->err);
  if (status != KD_OK) return status;
  kd_table *table = NULL;
  kd_work inner = *work;
  inner.texts = texts;
  status = kernel->eval_table(&table, data, in, &inner);
  if (status == KD_OK) add_table(out, table, json);
  kd_table_destroy(&table);
  if (status == KD_OK && out->failed) status = kd_error_set(work->err, KD_E_NOMEM, "out of memory for the results");
  return status;
}
