// SPDX-License-Identifier: Apache-2.0
/* Grades of a table of cores: which columns hold them, and what a cell of them says.
 *
 *   value below a limit L: L/2, L/sqrt 2, 0, L, missing, or a factor times L
 *
 * Source    L/sqrt 2: Hornung and Reed 1990, "Estimation of average concentration in the presence of nondetectable
 *           values", Appl. Occup. Environ. Hyg. 5:46.
 * Weakness  any substitution biases the variance; beyond some 15 % of values below the limit say which rule was taken.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "base/number.h"
#include "base/quantity.h"
#include "base/text.h"
#include "deposit/cores_internal.h"

#define TELL(...) kd_cores_tell(&r->findings, KD_FINDING_ERROR, __VA_ARGS__)
#define WARN(...) kd_cores_tell(&r->findings, KD_FINDING_WARNING, KD_OK, __VA_ARGS__)
#define NOTE(...) kd_cores_tell(&r->findings, KD_FINDING_NOTE, KD_OK, __VA_ARGS__)

double kd_below_value(double limit, kd_below rule, double factor) {
  switch (rule) {
  case KD_BELOW_HALF:
    return limit / 2.0;
  case KD_BELOW_ROOT_TWO:
    return limit / sqrt(2.0);
  case KD_BELOW_ZERO:
    return 0.0;
  case KD_BELOW_LIMIT:
    return limit;
  case KD_BELOW_FACTOR:
    return limit * factor;
  case KD_BELOW_MISSING:
    break;
  }
  return (double)NAN;
}

unsigned kd_core_line(const kd_core_reader *r, size_t row) {
  return r->table->line != NULL ? r->table->line[row] : (unsigned)row + 1;
}

/* ---- which columns hold grades ---- */

/* "grade_nd", "Nd", "nd2o3" to "nd"; factor: element in the column's compound. */
static int name_variable(char out[32], double *factor, const char *name) {
  char low[32] = "";
  const char *part = strncmp(name, "grade_", 6) == 0 ? name + 6 : name;
  for (size_t i = 0; i + 1 < sizeof low && part[i] != '\0'; i++) low[i] = (char)tolower((unsigned char)part[i]);
  *factor = 1.0;
  for (int e = 0; e < KD_ELEMENTS; e++) {
    char oxide[32] = "";
    const char *formula = kd_elements[e].oxide;
    for (size_t i = 0; i + 1 < sizeof oxide && formula[i] != '\0'; i++)
      oxide[i] = (char)tolower((unsigned char)formula[i]);
    if (strcmp(low, oxide) == 0) {
      *factor = 1.0 / kd_oxide_factor((kd_element_id)e);
    } else if (strcmp(low, kd_elements[e].key) != 0) {
      continue;
    }
    snprintf(out, 32, "%s", kd_elements[e].key);
    return e;
  }
  snprintf(out, 32, "%s", low);
  return -1;
}

static bool is_known(const char *name) {
  static const char *const known[] = {"id",   "lon", "lat",     "east",     "north", "water_depth",
                                      "from", "to",  "density", "moisture", "layer", "kind"};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp(known[i], name) == 0) return true;
  return false;
}

/* Whether a column holds a grade; tells what is odd about it. */
static bool holds_grade(kd_core_reader *r, kd_unit *unit, const kd_column *column, const char *name, int element) {
  kd_unit ppm;
  kd_error why = {0};
  const bool ours = element >= 0 || strcmp(name, "rey") == 0 || strcmp(name, "reo") == 0;
  (void)kd_unit_parse(&ppm, "ppm", NULL, NULL);
  if (column->unit[0] == '\0') {
    if (ours)
      TELL(KD_E_UNIT, r->table->header, "column '%s' has no unit: write '%s [ppm]' or '%s [%%wt]'", column->name,
           column->name, column->name);
    else
      NOTE(r->table->header, "column '%s' is not used: it has no unit", column->name);
    return false;
  }
  if (kd_unit_parse(unit, column->unit, NULL, &why) != KD_OK) {
    TELL(KD_E_UNIT, r->table->header, "column '%s': %s", column->name, why.text);
    return false;
  }
  const kd_dimension none = {0};
  if (kd_dimension_equal(unit->dimension, ppm.dimension)) return true;
  if (strcmp(column->unit, "%") == 0 && kd_dimension_equal(unit->dimension, none)) return true;
  if (ours)
    TELL(KD_E_DIMENSION, r->table->header, "column '%s [%s]': a share by mass is wanted, as ppm, g/t or %%wt",
         column->name, column->unit);
  else
    NOTE(r->table->header, "column '%s [%s]' is not used: it is no share by mass", column->name, column->unit);
  return false;
}

kd_status kd_core_find_variables(kd_core_reader *r) {
  kd_status status = KD_OK;
  kd_cores *out = r->out;
  const size_t columns = r->table->columns;
  out->variable = kd_arena_alloc(r->work->scratch, columns, sizeof *out->variable);
  r->column = kd_arena_alloc(r->work->scratch, columns, sizeof *r->column);
  r->unit = kd_arena_alloc(r->work->scratch, columns, sizeof *r->unit);
  KD_CHECK(out->variable != NULL && r->column != NULL && r->unit != NULL, r->work->err, KD_E_NOMEM,
           "no memory for %zu columns", columns);
  for (size_t c = 0; c < columns; c++) {
    const kd_column *column = &r->table->column[c];
    kd_variable v = {0};
    double factor;
    if (is_known(column->name)) continue;
    v.element = name_variable(v.name, &factor, column->name);
    if (!holds_grade(r, &r->unit[out->variables], column, v.name, v.element)) continue;
    const size_t twin = kd_cores_variable(out, v.name);
    if (twin < out->variables) {
      TELL(KD_E_DUPLICATE, r->table->header, "the columns '%s' and '%s' both give %s", r->column[twin]->name,
           column->name, v.name);
      continue;
    }
    v.unit = column->unit;
    v.factor = factor;
    v.to_si = factor * kd_unit_si(&r->unit[out->variables], 1.0);
    v.value = kd_arena_alloc(r->work->scratch, r->table->rows, sizeof(double));
    v.limit = kd_arena_alloc(r->work->scratch, r->table->rows, sizeof(double));
    if (r->kind != NULL) {
      v.control = kd_arena_alloc(r->work->scratch, r->table->rows, sizeof(double));
      v.control_limit = kd_arena_alloc(r->work->scratch, r->table->rows, sizeof(double));
      KD_CHECK(v.control != NULL && v.control_limit != NULL, r->work->err, KD_E_NOMEM, "no memory for %zu samples",
               r->table->rows);
    }
    KD_CHECK(v.value != NULL && v.limit != NULL, r->work->err, KD_E_NOMEM, "no memory for %zu samples", r->table->rows);
    r->column[out->variables] = column;
    out->variable[out->variables++] = v;
  }
  if (out->variables == 0)
    TELL(KD_E_MISSING, r->table->header,
         "no column of grades: name an element with its unit, as 'nd [ppm]' or 'rey [ppm]'");
out:
  return status;
}

/* ---- one cell of a grade ---- */

static void tell_cell(kd_core_reader *r, const kd_column *column, unsigned line, const char *text) {
  double value;
  size_t used = 0;
  char shown[64];
  const kd_number_fault fault = kd_number_scan(&value, &used, text, strlen(text));
  kd_text_clip(shown, sizeof shown, text, strlen(text));
  if (fault == KD_NUMBER_OK)
    TELL(KD_E_CSV, line, "%s '%s': the unit stands in the header (%s), not in a cell: are units mixed?", column->name,
         shown, column->unit);
  else
    TELL(KD_E_CSV, line,
         "%s '%s' is not a number: leave the cell empty when the value is missing, write <0.5 when it "
         "is below a limit of 0.5",
         column->name, shown);
}

void kd_core_read_grade(kd_core_reader *r, size_t v, size_t row, double *value, double *limit) {
  const kd_variable *variable = &r->out->variable[v];
  const kd_column *column = r->column[v];
  const char *text = column->text != NULL ? column->text[row] : NULL;
  const unsigned line = kd_core_line(r, row);
  double number = column->number[row];
  *value = *limit = (double)NAN;
  if (text != NULL && text[0] == '<') {
    do text++;
    while (*text == ' ');
    if (!kd_number_read(&number, text, strlen(text)) || number < 0.0) {
      tell_cell(r, column, line, text);
      return;
    }
    *limit = kd_unit_si(&r->unit[v], number) * variable->factor;
    *value = kd_below_value(*limit, r->options->below, r->options->below_factor);
    return;
  }
  if (text != NULL && text[0] == '>') {
    do text++;
    while (*text == ' ');
    if (!kd_number_read(&number, text, strlen(text))) {
      tell_cell(r, column, line, text);
      return;
    }
    WARN(line, "%s is above the upper limit of the method: taken as %g %s", column->name, number, column->unit);
  }
  if (isnan(number)) {
    if (text != NULL && text[0] != '\0') tell_cell(r, column, line, text);
    return;
  }
  if (number < 0.0) {
    TELL(KD_E_RANGE, line, "%s %g %s: must be at least 0 %s (write <%g for a value below a limit)", column->name,
         number, column->unit, column->unit, -number);
    return;
  }
  number = kd_unit_si(&r->unit[v], number) * variable->factor;
  if (number > 1.0) {
    TELL(KD_E_RANGE, line, "%s %s %s is more than the whole sample: is the unit of the column right?", column->name,
         text != NULL ? text : "", column->unit);
    return;
  }
  *value = number;
}
