// SPDX-License-Identifier: Apache-2.0
/* Cores from a table of samples, checked row by row. What only all rows together show is in cores_inspect.c.
 *
 * Rows of one `id` are a core; they may stand in any order. A core stands in one place; its samples do not overlap.
 * Two samples of one interval are duplicates, told with both lines: refused, averaged or the first one kept.
 *
 *   value below a limit L: L/2, L/sqrt 2, 0, L, missing, or a factor times L
 *
 * Source    L/sqrt 2: Hornung and Reed 1990, "Estimation of average concentration in the presence of nondetectable
 *           values", Appl. Occup. Environ. Hyg. 5:46.
 * Weakness  any substitution biases the variance; beyond some 15 % of values below the limit say which rule was taken.
 */
#include "deposit/cores.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "base/number.h"
#include "base/quantity.h"
#include "base/text.h"
#include "deposit/cores_internal.h"

#define KD_DEGREE (3.14159265358979323846 / 180.0)
#define KD_TOUCH  1e-6 /* m: slack of samples that touch */
#define KD_APART  0.5  /* m: rows of one core may differ so much in their place */

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

void kd_cores_tell(kd_core_findings *self, kd_finding_kind kind, kd_status code, unsigned line, const char *format,
                   ...) {
  char text[512];
  va_list args;
  va_start(args, format);
  (void)vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (self->options->report != NULL) self->options->report(kind, code, line, text, self->options->report_user);
  if (kind != KD_FINDING_ERROR || self->first != KD_OK) return;
  self->first = code;
  if (line > 0)
    (void)kd_error_set(self->err, code, "%s:%u: %s", self->name, line, text);
  else
    (void)kd_error_set(self->err, code, "%s: %s", self->name, text);
}

#define TELL(...) kd_cores_tell(&r->findings, KD_FINDING_ERROR, __VA_ARGS__)
#define WARN(...) kd_cores_tell(&r->findings, KD_FINDING_WARNING, KD_OK, __VA_ARGS__)
#define NOTE(...) kd_cores_tell(&r->findings, KD_FINDING_NOTE, KD_OK, __VA_ARGS__)

typedef struct reader {
  kd_cores *out;
  const kd_table *table;
  kd_core_findings findings;
  const kd_cores_options *options;
  kd_work *work;
  const kd_column *id, *lon, *lat, *east, *north, *water, *from, *to, *density, *moisture, *layer;
  const kd_column **column; /* of each variable */
  kd_unit *unit;            /* of each variable's column */
  size_t *slot;             /* hash of ids: core + 1 */
  size_t slots;
} reader;

static unsigned line_of(const reader *r, size_t row) {
  return r->table->line != NULL ? r->table->line[row] : (unsigned)row + 1;
}

static double cell(const kd_column *column, size_t row) {
  return column == NULL ? (double)NAN : column->number[row];
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
                                      "from", "to",  "density", "moisture", "layer"};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp(known[i], name) == 0) return true;
  return false;
}

/* Whether a column holds a grade; tells what is odd about it. */
static bool holds_grade(reader *r, kd_unit *unit, const kd_column *column, const char *name, int element) {
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

static kd_status find_variables(reader *r) {
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

static void tell_cell(reader *r, const kd_column *column, unsigned line, const char *text) {
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

static void read_grade(reader *r, size_t v, size_t row, size_t at) {
  kd_variable *variable = &r->out->variable[v];
  const kd_column *column = r->column[v];
  const char *text = column->text != NULL ? column->text[row] : NULL;
  const unsigned line = line_of(r, row);
  double number = column->number[row];
  variable->value[at] = variable->limit[at] = (double)NAN;
  if (text != NULL && text[0] == '<') {
    do text++;
    while (*text == ' ');
    if (!kd_number_read(&number, text, strlen(text)) || number < 0.0) {
      tell_cell(r, column, line, text);
      return;
    }
    variable->limit[at] = kd_unit_si(&r->unit[v], number) * variable->factor;
    variable->value[at] = kd_below_value(variable->limit[at], r->options->below, r->options->below_factor);
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
  variable->value[at] = number;
}

/* ---- cores ---- */

static size_t find_core(reader *r, const char *id) {
  size_t hash = 2166136261u;
  for (const char *c = id; *c != '\0'; c++) hash = (hash ^ (unsigned char)*c) * 16777619u;
  hash ^= hash >> 15;
  for (size_t i = hash & (r->slots - 1);; i = (i + 1) & (r->slots - 1)) {
    if (r->slot[i] == 0) {
      r->slot[i] = ++r->out->count;
      return r->out->count - 1;
    }
    if (strcmp(r->out->core[r->slot[i] - 1].id, id) == 0) return r->slot[i] - 1;
  }
}

/* Longitude and latitude of a row; false when they are told to be wrong. */
static bool read_lonlat(reader *r, size_t row, double *lon, double *lat) {
  const unsigned line = line_of(r, row);
  *lon = cell(r->lon, row);
  *lat = cell(r->lat, row);
  if (isnan(*lon) || isnan(*lat)) {
    TELL(KD_E_MISSING, line, "%s is missing", isnan(*lon) ? "lon" : "lat");
    return false;
  }
  if (fabs(*lat) > 90.0 * KD_DEGREE * (1 + 1e-12)) {
    TELL(KD_E_RANGE, line, "lat %g deg: must be at most 90 deg%s", *lat / KD_DEGREE,
         fabs(*lon) <= 90.0 * KD_DEGREE ? ": are lon and lat swapped?" : "");
    return false;
  }
  if (fabs(*lon) > 360.0 * KD_DEGREE) {
    TELL(KD_E_RANGE, line, "lon %g deg: must be at most 360 deg", *lon / KD_DEGREE);
    return false;
  }
  return true;
}

static bool read_place(reader *r, size_t row, kd_core *core) {
  *core = (kd_core){.lon = (double)NAN, .lat = (double)NAN, .x = (double)NAN, .y = (double)NAN};
  core->water_depth = cell(r->water, row);
  if (r->east != NULL) {
    core->x = cell(r->east, row);
    core->y = cell(r->north, row);
    if (isnan(core->x) || isnan(core->y)) {
      TELL(KD_E_MISSING, line_of(r, row), "%s is missing", isnan(core->x) ? "east" : "north");
      return false;
    }
  }
  if (r->lon != NULL && !read_lonlat(r, row, &core->lon, &core->lat)) return false;
  if (!isnan(core->water_depth) && !(core->water_depth >= 0.0 && core->water_depth <= 12000.0)) {
    TELL(KD_E_RANGE, line_of(r, row), "water_depth %g m: must be 0 m to 12000 m, downwards", core->water_depth);
    return false;
  }
  return true;
}

/* The core of a row, opened when it is new. False when the row cannot be used. */
static bool read_core(reader *r, size_t row, size_t *core) {
  const unsigned line = line_of(r, row);
  const char *id = r->id->text != NULL ? r->id->text[row] : "";
  kd_core here;
  if (id[0] == '\0') {
    TELL(KD_E_MISSING, line, "id is missing: which core is it?");
    return false;
  }
  if (!read_place(r, row, &here)) return false;
  const size_t known = r->out->count;
  *core = find_core(r, id);
  kd_core *there = &r->out->core[*core];
  if (*core == known) {
    here.id = id;
    here.line = line;
    *there = here;
    return true;
  }
  const double degree = KD_APART / 6.4e6;
  const bool same = r->east != NULL ? hypot(here.x - there->x, here.y - there->y) <= KD_APART
                                    : fabs(here.lon - there->lon) <= degree && fabs(here.lat - there->lat) <= degree;
  if (!same) {
    if (r->east != NULL)
      TELL(KD_E_CONTRADICTION, line, "core %s stands at %.10g, %.10g m here and at %.10g, %.10g m in line %u", id,
           here.x, here.y, there->x, there->y, there->line);
    else
      TELL(KD_E_CONTRADICTION, line,
           "core %s stands at lon %.10g, lat %.10g deg here and at lon %.10g, lat %.10g deg in line %u", id,
           here.lon / KD_DEGREE, here.lat / KD_DEGREE, there->lon / KD_DEGREE, there->lat / KD_DEGREE, there->line);
  }
  return same;
}

static bool read_interval(reader *r, size_t row, kd_sample *s) {
  const unsigned line = line_of(r, row);
  s->from = cell(r->from, row);
  s->to = cell(r->to, row);
  s->density = cell(r->density, row);
  s->moisture = cell(r->moisture, row);
  s->layer = r->layer != NULL && r->layer->text != NULL ? r->layer->text[row] : "";
  s->line = line;
  s->row = row;
  if (isnan(s->from) || isnan(s->to))
    TELL(KD_E_MISSING, line, "%s is missing", isnan(s->from) ? "from" : "to");
  else if (s->from < 0.0)
    TELL(KD_E_RANGE, line, "from %g m: must be at least 0 m, depths count down from the sea floor", s->from);
  else if (s->from > s->to)
    TELL(KD_E_CONTRADICTION, line, "from %g m lies below to %g m: are they swapped?", s->from, s->to);
  else if (s->to - s->from <= KD_TOUCH)
    TELL(KD_E_RANGE, line, "from %g m to %g m: an interval of nothing", s->from, s->to);
  else if (!isnan(s->density) && !(s->density > 0.0 && s->density < 5000.0))
    TELL(KD_E_RANGE, line, "density %g t/m3: must be above 0 t/m3 and below 5 t/m3", s->density * 1e-3);
  else if (!isnan(s->moisture) && !(s->moisture >= 0.0 && s->moisture < 1.0))
    TELL(KD_E_RANGE, line, "moisture %g %%: must be 0 %% to below 100 %%, water over wet mud", s->moisture * 100.0);
  else
    return true;
  return false;
}

static int compare(const void *a_, const void *b_) {
  const kd_sample *a = a_, *b = b_;
  if (a->core != b->core) return a->core < b->core ? -1 : 1;
  if (a->from != b->from) return a->from < b->from ? -1 : 1;
  if (a->to != b->to) return a->to < b->to ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static kd_status allocate(reader *r) {
  kd_status status = KD_OK;
  const size_t rows = r->table->rows;
  for (r->slots = 16; r->slots < 4 * rows;) r->slots *= 2;
  r->out->core = kd_arena_alloc(r->work->scratch, rows + 1, sizeof *r->out->core);
  r->out->sample = kd_arena_alloc(r->work->scratch, rows + 1, sizeof *r->out->sample);
  r->slot = kd_arena_alloc(r->work->scratch, r->slots, sizeof *r->slot);
  KD_CHECK(r->out->core != NULL && r->out->sample != NULL && r->slot != NULL, r->work->err, KD_E_NOMEM,
           "no memory for %zu samples", rows);
out:
  return status;
}

static void read_rows(reader *r) {
  kd_cores *out = r->out;
  for (size_t row = 0; row < r->table->rows; row++) {
    kd_sample s = {0};
    if (!read_core(r, row, &s.core)) continue;
    if (read_interval(r, row, &s)) out->sample[out->samples++] = s;
  }
  qsort(out->sample, out->samples, sizeof *out->sample, compare);
  for (size_t i = 0; i < out->samples; i++)
    for (size_t v = 0; v < out->variables; v++) read_grade(r, v, out->sample[i].row, i);
}

/* ---- duplicates ---- */

static double mean_of(double a, double na, double b) {
  if (isnan(a)) return b;
  return isnan(b) ? a : (a * na + b) / (na + 1.0);
}

/* Folds sample `at` into sample `into`, of which `weight` were folded before. */
static void fold(reader *r, size_t into, size_t at, double weight) {
  kd_cores *out = r->out;
  kd_sample *a = &out->sample[into];
  const kd_sample *b = &out->sample[at];
  a->density = mean_of(a->density, weight, b->density);
  a->moisture = mean_of(a->moisture, weight, b->moisture);
  for (size_t v = 0; v < out->variables; v++) {
    kd_variable *x = &out->variable[v];
    x->value[into] = mean_of(x->value[into], weight, x->value[at]);
    if (isnan(x->limit[at])) x->limit[into] = (double)NAN; /* measured once is measured */
  }
}

static void keep(kd_cores *out, size_t to, size_t from) {
  if (to == from) return;
  out->sample[to] = out->sample[from];
  for (size_t v = 0; v < out->variables; v++) {
    out->variable[v].value[to] = out->variable[v].value[from];
    out->variable[v].limit[to] = out->variable[v].limit[from];
  }
}

static void settle_duplicates(reader *r) {
  kd_cores *out = r->out;
  size_t count = 0;
  double weight = 1.0;
  for (size_t i = 0; i < out->samples; i++) {
    const kd_sample *s = &out->sample[i], *before = count > 0 ? &out->sample[count - 1] : NULL;
    const char *id = out->core[s->core].id;
    if (before == NULL || before->core != s->core || s->from >= before->to - KD_TOUCH) {
      keep(out, count++, i);
      weight = 1.0;
    } else if (fabs(s->from - before->from) > KD_TOUCH || fabs(s->to - before->to) > KD_TOUCH) {
      TELL(KD_E_CONTRADICTION, s->line, "core %s: %g m to %g m overlaps %g m to %g m of line %u", id, s->from, s->to,
           before->from, before->to, before->line);
    } else if (r->options->twice == KD_TWICE_REFUSE) {
      TELL(KD_E_DUPLICATE, s->line,
           "core %s: %g m to %g m stands in line %u as well: a duplicate (average them, or keep "
           "the first)",
           id, s->from, s->to, before->line);
    } else {
      const bool average = r->options->twice == KD_TWICE_AVERAGE;
      if (average) fold(r, count - 1, i, weight++);
      out->merged++;
      WARN(s->line, "core %s: %g m to %g m stands in line %u as well: %s", id, s->from, s->to, before->line,
           average ? "averaged" : "left out");
    }
  }
  out->samples = count;
}

static void close_cores(reader *r) {
  kd_cores *out = r->out;
  for (size_t c = 0; c < out->count; c++) out->core[c].first = out->core[c].end = 0;
  for (size_t i = 0; i < out->samples; i++) {
    kd_core *core = &out->core[out->sample[i].core];
    if (core->end == 0) core->first = i;
    core->end = i + 1;
  }
  for (size_t v = 0; v < out->variables; v++) {
    kd_variable *x = &out->variable[v];
    x->measured = x->below = 0;
    for (size_t i = 0; i < out->samples; i++) {
      x->measured += !isnan(x->value[i]) ? 1u : 0u;
      x->below += !isnan(x->limit[i]) ? 1u : 0u;
    }
    if (x->measured == 0) WARN(0, "no sample has a value of %s", x->name);
  }
}

/* ---- places ---- */

/* Mean position on the sphere, so that cores on both sides of the date line have their middle between them. */
static void middle(const kd_cores *cores, double *lon, double *lat) {
  double x = 0, y = 0, z = 0;
  for (size_t c = 0; c < cores->count; c++) {
    const kd_core *k = &cores->core[c];
    x += cos(k->lat) * cos(k->lon);
    y += cos(k->lat) * sin(k->lon);
    z += sin(k->lat);
  }
  *lon = atan2(y, x);
  *lat = atan2(z, hypot(x, y));
}

static kd_status project(reader *r) {
  kd_status status = KD_OK;
  kd_cores *out = r->out;
  const kd_cores_options *o = r->options;
  out->local = (kd_mercator){.lon = (double)NAN, .lat = (double)NAN, .scale = 1.0};
  if (r->east != NULL) goto out;
  out->projected = true;
  middle(out, &out->local.lon, &out->local.lat);
  if (!isnan(o->origin_lon)) out->local.lon = o->origin_lon;
  if (!isnan(o->origin_lat)) out->local.lat = o->origin_lat;
  for (size_t c = 0; c < out->count; c++) {
    kd_core *k = &out->core[c];
    kd_error why = {0};
    const kd_status code = o->project != NULL ? o->project(&k->x, &k->y, k->lon, k->lat, o->project_user, &why)
                                              : kd_mercator_forward(&k->x, &k->y, &out->local, k->lon, k->lat, &why);
    if (code == KD_OK) continue;
    TELL(code, k->line, "core %s: %s", k->id, why.text);
  }
out:
  return status;
}

static void open_columns(reader *r) {
  const kd_table *t = r->table;
  r->id = kd_table_column(t, "id");
  r->lon = kd_table_column(t, "lon");
  r->lat = kd_table_column(t, "lat");
  r->east = kd_table_column(t, "east");
  r->north = kd_table_column(t, "north");
  r->water = kd_table_column(t, "water_depth");
  r->from = kd_table_column(t, "from");
  r->to = kd_table_column(t, "to");
  r->density = kd_table_column(t, "density");
  r->moisture = kd_table_column(t, "moisture");
  r->layer = kd_table_column(t, "layer");
  if ((r->lon == NULL) != (r->lat == NULL))
    TELL(KD_E_MISSING, t->header, "%s is given without %s", r->lon != NULL ? "lon" : "lat",
         r->lon != NULL ? "lat" : "lon");
  else if ((r->east == NULL) != (r->north == NULL))
    TELL(KD_E_MISSING, t->header, "%s is given without %s", r->east != NULL ? "east" : "north",
         r->east != NULL ? "north" : "east");
  else if (r->lon == NULL && r->east == NULL)
    TELL(KD_E_MISSING, t->header,
         "no place of the cores: the columns lon [deg] and lat [deg], or east [m] and north "
         "[m], are wanted");
  if (t->rows == 0) TELL(KD_E_CSV, t->header, "the table has no rows");
}

kd_status kd_cores_read(kd_cores *out, const kd_table *table, const kd_cores_options *options, kd_work *work) {
  kd_status status = KD_OK;
  reader r_ = {.out = out, .table = table, .options = options, .work = work}, *r = &r_;
  r->findings =
      (kd_core_findings){.name = table->name != NULL ? table->name : "cores", .options = options, .err = work->err};
  *out = (kd_cores){.name = r->findings.name};
  open_columns(r);
  KD_TRY(r->findings.first);
  KD_TRY(find_variables(r));
  KD_TRY(allocate(r));
  read_rows(r);
  settle_duplicates(r);
  KD_TRY(r->findings.first);
  close_cores(r);
  KD_TRY(project(r));
  status = r->findings.first;
out:
  return status;
}

size_t kd_cores_variable(const kd_cores *self, const char *name) {
  size_t v = 0;
  while (v < self->variables && strcmp(self->variable[v].name, name) != 0) v++;
  return v;
}
