// SPDX-License-Identifier: Apache-2.0
/* Cores from a table of samples, checked row by row. What only all rows together show is in cores_inspect.c.
 *
 * Rows of one `id` are a core; they may stand in any order. A core stands in one place; its samples do not overlap.
 * Two samples of one interval are duplicates, told with both lines: refused, averaged or the first one kept.
 * Rows of quality control (column kind) are set aside: qaqc.c speaks of them.
 */
#include "deposit/cores.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "deposit/cores_internal.h"

#define KD_DEGREE  (3.14159265358979323846 / 180.0)
#define KD_DEEPEST 1e4  /* m below the sea floor */
#define KD_TOUCH   1e-6 /* m: slack of samples that touch */
#define KD_APART   0.5  /* m: rows of one core may differ so much in their place */

#define TELL(...) kd_cores_tell(&r->findings, KD_FINDING_ERROR, __VA_ARGS__)
#define WARN(...) kd_cores_tell(&r->findings, KD_FINDING_WARNING, KD_OK, __VA_ARGS__)

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

static double cell(const kd_column *column, size_t row) {
  return column == NULL ? (double)NAN : column->number[row];
}

/* ---- cores ---- */

static size_t find_core(kd_core_reader *r, const char *id) {
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
static bool read_lonlat(kd_core_reader *r, size_t row, double *lon, double *lat) {
  const unsigned line = kd_core_line(r, row);
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

static bool read_place(kd_core_reader *r, size_t row, kd_core *core) {
  *core = (kd_core){.lon = (double)NAN, .lat = (double)NAN, .x = (double)NAN, .y = (double)NAN};
  core->water_depth = cell(r->water, row);
  if (r->east != NULL) {
    core->x = cell(r->east, row);
    core->y = cell(r->north, row);
    if (isnan(core->x) || isnan(core->y)) {
      TELL(KD_E_MISSING, kd_core_line(r, row), "%s is missing", isnan(core->x) ? "east" : "north");
      return false;
    }
  }
  if (r->lon != NULL && !read_lonlat(r, row, &core->lon, &core->lat)) return false;
  if (!isnan(core->water_depth) && !(core->water_depth >= 0.0 && core->water_depth <= 12000.0)) {
    TELL(KD_E_RANGE, kd_core_line(r, row), "water_depth %g m: must be 0 m to 12000 m, downwards", core->water_depth);
    return false;
  }
  return true;
}

/* The core of a row, opened when it is new. False when the row cannot be used. */
static bool read_core(kd_core_reader *r, size_t row, size_t *core) {
  const unsigned line = kd_core_line(r, row);
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

static bool read_interval(kd_core_reader *r, size_t row, kd_sample *s) {
  const unsigned line = kd_core_line(r, row);
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
  else if (s->to > KD_DEEPEST)
    TELL(KD_E_RANGE, line, "to %g m: must be at most %g m below the sea floor: is the unit right?", s->to, KD_DEEPEST);
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

static kd_status allocate(kd_core_reader *r) {
  kd_status status = KD_OK;
  const size_t rows = r->table->rows;
  for (r->slots = 16; r->slots < 4 * rows;) r->slots *= 2;
  r->out->core = kd_arena_alloc(r->work->scratch, rows + 1, sizeof *r->out->core);
  r->out->sample = kd_arena_alloc(r->work->scratch, rows + 1, sizeof *r->out->sample);
  r->slot = kd_arena_alloc(r->work->scratch, r->slots, sizeof *r->slot);
  r->out->control = kd_arena_alloc(r->work->scratch, rows + 1, sizeof *r->out->control);
  KD_CHECK(r->out->control != NULL && r->out->core != NULL && r->out->sample != NULL && r->slot != NULL, r->work->err,
           KD_E_NOMEM, "no memory for %zu samples", rows);
out:
  return status;
}

/* Kind of a row; false when its word is none. */
static bool find_control(kd_core_reader *r, size_t row, kd_control_kind *out) {
  const char *word = r->kind != NULL && r->kind->text != NULL ? r->kind->text[row] : "";
  *out = kd_control_kind_find(word);
  if (*out != KD_CONTROL_KINDS) return true;
  TELL(KD_E_CHOICE, kd_core_line(r, row),
       "kind '%.40s': sample, duplicate, standard, certified, certified_sd or blank is wanted", word);
  return false;
}

static void take_control(kd_core_reader *r, size_t row, kd_control_kind kind) {
  const char *id = r->id->text != NULL ? r->id->text[row] : "";
  kd_control *c = &r->out->control[r->out->controls];
  *c = (kd_control){.kind = kind,
                    .id = id,
                    .word = r->kind->text[row],
                    .from = cell(r->from, row),
                    .to = cell(r->to, row),
                    .line = kd_core_line(r, row)};
  if (id[0] == '\0' && kind != KD_CONTROL_BLANK) {
    TELL(KD_E_MISSING, c->line, "id is missing: which %s is it?", kind == KD_CONTROL_DUPLICATE ? "core" : "standard");
    return;
  }
  if (kind == KD_CONTROL_DUPLICATE && (isnan(c->from) || isnan(c->to))) {
    TELL(KD_E_MISSING, c->line, "%s is missing: which sample is it the duplicate of?", isnan(c->from) ? "from" : "to");
    return;
  }
  for (size_t v = 0; v < r->out->variables; v++) {
    kd_variable *x = &r->out->variable[v];
    kd_core_read_grade(r, v, row, &x->control[r->out->controls], &x->control_limit[r->out->controls]);
  }
  r->out->controls++;
}

static void read_rows(kd_core_reader *r) {
  kd_cores *out = r->out;
  for (size_t row = 0; row < r->table->rows; row++) {
    kd_sample s = {0};
    kd_control_kind control;
    if (!find_control(r, row, &control)) continue;
    if (control != KD_CONTROL_NONE) {
      take_control(r, row, control);
      continue;
    }
    if (!read_core(r, row, &s.core)) continue;
    if (read_interval(r, row, &s)) out->sample[out->samples++] = s;
  }
  qsort(out->sample, out->samples, sizeof *out->sample, compare);
  for (size_t i = 0; i < out->samples; i++)
    for (size_t v = 0; v < out->variables; v++)
      kd_core_read_grade(r, v, out->sample[i].row, &out->variable[v].value[i], &out->variable[v].limit[i]);
}

/* ---- duplicates ---- */

static double mean_of(double a, double na, double b) {
  if (isnan(a)) return b;
  return isnan(b) ? a : (a * na + b) / (na + 1.0);
}

/* Folds sample `at` into sample `into`, of which `weight` were folded before. */
static void fold(kd_core_reader *r, size_t into, size_t at, double weight) {
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

static void settle_duplicates(kd_core_reader *r) {
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

static void close_cores(kd_core_reader *r) {
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

static kd_status project(kd_core_reader *r) {
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
    TELL(code, k->line, "core %s: %s%s", k->id, why.text,
         fabs(k->lon) <= 90.0 * KD_DEGREE ? ": are lon and lat swapped?" : "");
  }
out:
  return status;
}

static void open_columns(kd_core_reader *r) {
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
  r->kind = kd_table_column(t, "kind");
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
  kd_core_reader r_ = {.out = out, .table = table, .options = options, .work = work}, *r = &r_;
  r->findings =
      (kd_core_findings){.name = table->name != NULL ? table->name : "cores", .options = options, .err = work->err};
  *out = (kd_cores){.name = r->findings.name};
  open_columns(r);
  KD_TRY(r->findings.first);
  KD_TRY(kd_core_find_variables(r));
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
