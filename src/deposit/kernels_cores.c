// SPDX-License-Identifier: Apache-2.0
/* Kernels of cores: detection limits, checks, composites, top-cut, duplicates.
 *
 * Duplicates of a sample, a_i and b_i, m_i = (a_i + b_i)/2, n pairs:
 *
 *   CV_avg = sqrt(2/n sum ((a_i - b_i)/(a_i + b_i))^2)      precision of one assay, relative [-]             (1)
 *   bias   = mean(b) / mean(a) - 1                                                                           (2)
 *   HARD_i = |a_i - b_i| / (a_i + b_i)                      half the absolute relative difference            (3)
 *   slope  = sd(b) / sd(a)                                  reduced major axis                               (4)
 *
 * Source    (1) Abzalov 2008, "Quality control of assay data", Explor. Mining Geol. 17:131; Stanley and Lawie 2007,
 *           Geochem. Explor. Environ. Anal. 7:173.
 */
#include "deposit/kernels_cores.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "deposit/composite.h"
#include "base/text_table.h"

/* ---- detection limits ---- */

#define KD_BELOW_FIELD                                                                                                 \
  {.name = "rule",                                                                                                     \
   .unit = "1",                                                                                                        \
   .doc = "what stands for a value below its limit",                                                                   \
   .initial = "half",                                                                                                  \
   .choices = KD_BELOW_CHOICES},                                                                                       \
  {                                                                                                                    \
    .name = "factor", .unit = "1", .doc = "of the limit, with rule factor", .initial = "0.5", .low = "0", .high = "1"  \
  }

static const kd_field kd_below_in[3] = {
    {.name = "limit", .unit = "ppm", .doc = "detection limit", .low = "0 ppm", .high = "1e6 ppm"}, KD_BELOW_FIELD};
static const kd_field kd_below_out[1] = {{.name = "value", .unit = "ppm", .doc = "taken; empty with rule missing"}};

static kd_status kd_below_kernel(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_below_value(in[0], (kd_below)(int)in[1], in[2]);
  return KD_OK;
}

/* ---- checks ---- */

static const kd_data_slot kd_samples_slot[1] = {
    {.name = "samples", .columns = KD_CORE_COLUMNS, .doc = "one row for each sample; any element with its unit"}};

#define KD_TWICE_FIELD                                                                                                 \
  {                                                                                                                    \
    .name = "duplicates", .unit = "1", .doc = "samples of one interval", .initial = "refuse",                          \
    .choices = KD_TWICE_CHOICES                                                                                        \
  }

static const kd_field kd_cores_check_in[3] = {KD_BELOW_FIELD, KD_TWICE_FIELD};
static const kd_field kd_cores_check_out[4] = {
    {.name = "kind", .unit = "1", .doc = "error, warning or note"},
    {.name = "code", .unit = "1", .doc = "status code of an error"},
    {.name = "message", .unit = "1", .doc = "what was found"},
    {.name = "line", .unit = "1", .doc = "line of the file; 0: the table as a whole"}};

static kd_cores_options options_of(const double *in) {
  return (kd_cores_options){.below = (kd_below)(int)in[0],
                            .below_factor = in[1],
                            .twice = (kd_twice)(int)in[2],
                            .origin_lon = (double)NAN,
                            .origin_lat = (double)NAN};
}

typedef struct collector {
  kd_text cells;
  double *line;
  size_t count, capacity;
} collector;

static void collect(kd_finding_kind kind, kd_status code, unsigned line, const char *message, void *user) {
  static const char *const words[] = {"error", "warning", "note"};
  collector *self = user;
  if (self->count >= self->capacity) return;
  kd_text_add_bytes(&self->cells, words[kind], strlen(words[kind]) + 1);
  const char *name = kind == KD_FINDING_ERROR ? kd_status_name(code) : "";
  kd_text_add_bytes(&self->cells, name, strlen(name) + 1);
  kd_text_add_bytes(&self->cells, message, strlen(message) + 1);
  self->line[self->count++] = line;
}

static kd_status kd_cores_check_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cores cores;
  kd_error first = {0};
  kd_work inner = *work;
  kd_cores_options options = options_of(in);
  collector all = {.capacity = 10000};
  *out = NULL;
  kd_text_init(&all.cells, work->ctx);
  all.line = kd_arena_alloc(work->scratch, all.capacity, sizeof *all.line);
  KD_CHECK(all.line != NULL, work->err, KD_E_NOMEM, "no memory for the findings");
  options.report = collect;
  options.report_user = &all;
  inner.err = &first;
  status = kd_cores_read(&cores, data[0], &options, &inner);
  if (status == KD_OK) status = kd_cores_inspect(&cores, cores.variables, &options, &inner);
  KD_CHECK(status != KD_E_NOMEM, work->err, status, "%s", first.text);
  KD_TRY(kd_table_create(out, work->ctx, "kind, code, message, line [1]", all.count, work->err));
  for (size_t i = 0; i < all.count; i++) (*out)->column[3].number[i] = all.line[i];
  KD_TRY(kd_table_take_texts(*out, 3, &all.cells, work->err));
out:
  kd_text_free(&all.cells);
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* ---- summary ---- */

static const kd_field kd_cores_summary_out[13] = {
    {.name = "variable", .unit = "1", .doc = "grade"},
    {.name = "samples", .unit = "1", .doc = "with a value"},
    {.name = "below", .unit = "1", .doc = "of them below a detection limit"},
    {.name = "missing", .unit = "1", .doc = "without a value"},
    {.name = "length", .unit = "m", .doc = "of core with a value"},
    {.name = "least", .unit = "ppm", .doc = "least value"},
    {.name = "p25", .unit = "ppm", .doc = "quartile by length"},
    {.name = "median", .unit = "ppm", .doc = "by length"},
    {.name = "p75", .unit = "ppm", .doc = "quartile by length"},
    {.name = "most", .unit = "ppm", .doc = "largest value"},
    {.name = "mean", .unit = "ppm", .doc = "by length"},
    {.name = "sd", .unit = "ppm", .doc = "by length"},
    {.name = "cv", .unit = "1", .doc = "sd over mean"}};

static kd_status summarise(double *cell[12], size_t row, const kd_cores *cores, const kd_variable *v,
                           const double *length, kd_work *work) {
  kd_status status = KD_OK;
  kd_topcut t;
  double quantile[3], least = (double)INFINITY, most = -(double)INFINITY, sum = 0.0;
  kd_topcut_apply(&t, v->value, length, cores->samples, (double)INFINITY);
  for (size_t i = 0; i < cores->samples; i++) {
    if (isnan(v->value[i])) continue;
    least = fmin(least, v->value[i]);
    most = fmax(most, v->value[i]);
    sum += length[i];
  }
  for (int q = 0; q < 3; q++) {
    quantile[q] = (double)NAN;
    if (v->measured > 0)
      KD_TRY(kd_weighted_quantile(&quantile[q], v->value, length, cores->samples, 0.25 * (q + 1), work->scratch,
                                  work->err));
  }
  const double all[12] = {(double)v->measured,
                          (double)v->below,
                          (double)(cores->samples - v->measured),
                          sum,
                          v->measured > 0 ? least : (double)NAN,
                          quantile[0],
                          quantile[1],
                          quantile[2],
                          v->measured > 0 ? most : (double)NAN,
                          t.mean,
                          t.cv * t.mean,
                          t.cv};
  for (size_t k = 0; k < 12; k++) cell[k][row] = all[k];
out:
  return status;
}

static kd_status kd_cores_summary_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cores cores;
  kd_text names;
  const kd_cores_options options = options_of(in);
  *out = NULL;
  kd_text_init(&names, work->ctx);
  KD_TRY(kd_cores_read(&cores, data[0], &options, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "variable, samples [1], below [1], missing [1], length [m], least [ppm], p25 [ppm], median "
                         "[ppm], p75 [ppm], most [ppm], mean [ppm], sd [ppm], cv [1]",
                         cores.variables, work->err));
  double *cell[12], *length = kd_arena_alloc(work->scratch, cores.samples + 1, sizeof(double));
  KD_CHECK(length != NULL, work->err, KD_E_NOMEM, "no memory for %zu samples", cores.samples);
  for (size_t i = 0; i < cores.samples; i++) length[i] = cores.sample[i].to - cores.sample[i].from;
  for (size_t k = 0; k < 12; k++) cell[k] = (*out)->column[k + 1].number;
  for (size_t v = 0; v < cores.variables; v++) {
    kd_text_add_bytes(&names, cores.variable[v].name, strlen(cores.variable[v].name) + 1);
    KD_TRY(summarise(cell, v, &cores, &cores.variable[v], length, work));
  }
  KD_TRY(kd_table_take_texts(*out, 1, &names, work->err));
out:
  kd_text_free(&names);
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* ---- composites ---- */

static const kd_field kd_composite_in[9] = {
    KD_BELOW_FIELD,
    KD_TWICE_FIELD,
    {.name = "by", .unit = "1", .doc = "what a composite is", .initial = "length", .choices = KD_COMPOSITE_BY_CHOICES},
    {.name = "weight",
     .unit = "1",
     .doc = "of a sample: its length, or its length times its dry density",
     .initial = "length",
     .choices = KD_COMPOSITE_WEIGHT_CHOICES},
    {.name = "length", .unit = "m", .doc = "of a composite", .initial = "1 m", .low = "0 m exclusive"},
    {.name = "start", .unit = "m", .doc = "top of the first one below the sea floor", .initial = "0 m", .low = "0 m"},
    {.name = "end", .unit = "m", .doc = "bottom of the last one", .initial = "1e6 m", .low = "0 m exclusive"},
    {.name = "coverage",
     .unit = "1",
     .doc = "least share of a composite that samples must cover",
     .initial = "0.5",
     .low = "0",
     .high = "1"}};
static const kd_field kd_composite_out[7] = {
    {.name = "id", .unit = "1", .doc = "core"},
    {.name = "x", .unit = "m", .doc = "east"},
    {.name = "y", .unit = "m", .doc = "north"},
    {.name = "from", .unit = "m", .doc = "top"},
    {.name = "to", .unit = "m", .doc = "bottom"},
    {.name = "density", .unit = "t/m3", .doc = "dry, mean by length"},
    {.name = "moisture", .unit = "%", .doc = "mean by length; then a column for each grade, in ppm"}};

static kd_status composite_table(kd_table **out, const kd_cores *cores, kd_work *work) {
  kd_status status = KD_OK;
  kd_text columns, ids;
  kd_text_init(&columns, work->ctx);
  kd_text_init(&ids, work->ctx);
  kd_text_add(&columns, "id, x [m], y [m], from [m], to [m], density [t/m3], moisture [%]");
  for (size_t v = 0; v < cores->variables; v++) kd_text_printf(&columns, ", %s [ppm]", cores->variable[v].name);
  KD_CHECK(!columns.failed, work->err, KD_E_NOMEM, "no memory for the table");
  KD_TRY(kd_table_create(out, work->ctx, columns.bytes, cores->samples, work->err));
  kd_column *column = (*out)->column;
  for (size_t i = 0; i < cores->samples; i++) {
    const kd_sample *s = &cores->sample[i];
    const kd_core *core = &cores->core[s->core];
    kd_text_add_bytes(&ids, core->id, strlen(core->id) + 1);
    const double cell[6] = {core->x, core->y, s->from, s->to, s->density, s->moisture};
    for (size_t k = 0; k < 6; k++) column[k + 1].number[i] = cell[k];
    for (size_t v = 0; v < cores->variables; v++) column[7 + v].number[i] = cores->variable[v].value[i];
  }
  KD_TRY(kd_table_take_texts(*out, 1, &ids, work->err));
out:
  kd_text_free(&columns);
  kd_text_free(&ids);
  return status;
}

static kd_status kd_composite_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cores cores, composites;
  const kd_cores_options options = options_of(in);
  const kd_composite_options how = {.by = (kd_composite_by)(int)in[3],
                                    .weight = (kd_composite_weight)(int)in[4],
                                    .length = in[5],
                                    .start = in[6],
                                    .end = in[7] >= 1e6 ? (double)NAN : in[7],
                                    .coverage = in[8]};
  *out = NULL;
  KD_TRY(kd_cores_read(&cores, data[0], &options, work));
  KD_TRY(kd_composite(&composites, &cores, &how, work));
  KD_TRY(composite_table(out, &composites, work));
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* ---- top-cut ---- */

static const kd_data_slot kd_topcut_slot[1] = {
    {.name = "values", .columns = "value [ppm], weight [1]?", .doc = "grades and their weights (all 1)"}};
static const kd_field kd_topcut_in[2] = {{.name = "cap",
                                          .unit = "ppm",
                                          .doc = "values above are cut to it; 0: by quantile",
                                          .initial = "0 ppm",
                                          .low = "0 ppm"},
                                         {.name = "quantile",
                                          .unit = "1",
                                          .doc = "share of the weight at or below the cap",
                                          .initial = "0.99",
                                          .low = "0",
                                          .high = "1"}};
static const kd_field kd_topcut_out[9] = {{.name = "cap", .unit = "ppm", .doc = "cap"},
                                          {.name = "count", .unit = "1", .doc = "values"},
                                          {.name = "cut", .unit = "1", .doc = "values above the cap"},
                                          {.name = "mean", .unit = "ppm", .doc = "before"},
                                          {.name = "mean_cut", .unit = "ppm", .doc = "after"},
                                          {.name = "cv", .unit = "1", .doc = "sd over mean before"},
                                          {.name = "cv_cut", .unit = "1", .doc = "sd over mean after"},
                                          {.name = "lost", .unit = "%", .doc = "metal above the cap"},
                                          {.name = "cut_share", .unit = "%", .doc = "values above the cap, of all"}};

static kd_status kd_topcut_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const size_t rows = data[0]->rows;
  const kd_column *value = kd_table_column(data[0], "value"), *weight = kd_table_column(data[0], "weight");
  const double *w = weight != NULL ? weight->number : NULL;
  double *copy = kd_arena_alloc(work->scratch, rows + 1, sizeof *copy), cap = in[0];
  kd_topcut t;
  *out = NULL;
  KD_CHECK(copy != NULL, work->err, KD_E_NOMEM, "no memory for %zu values", rows);
  memcpy(copy, value->number, rows * sizeof *copy);
  for (size_t i = 0; w != NULL && i < rows; i++)
    KD_CHECK(w[i] >= 0.0, work->err, KD_E_RANGE, "%s:%u: weight %g: must be at least 0",
             data[0]->name != NULL ? data[0]->name : "values",
             data[0]->line != NULL ? data[0]->line[i] : (unsigned)i + 1, w[i]);
  if (!(cap > 0.0)) KD_TRY(kd_weighted_quantile(&cap, copy, w, rows, in[1], work->scratch, work->err));
  kd_topcut_apply(&t, copy, w, rows, cap);
  KD_CHECK(t.count > 0, work->err, KD_E_MISSING, "no values to cut");
  KD_TRY(kd_table_create(out, work->ctx,
                         "cap [ppm], count [1], cut [1], mean [ppm], mean_cut [ppm], cv [1], cv_cut [1], lost [%], "
                         "cut_share [%]",
                         1, work->err));
  const double cell[9] = {t.cap,    (double)t.count, (double)t.cut,
                          t.mean,   t.mean_cut,      t.cv,
                          t.cv_cut, t.lost,          (double)t.cut / (double)t.count};
  for (size_t k = 0; k < 9; k++) (*out)->column[k].number[0] = cell[k];
out:
  return status;
}

/* ---- duplicates ---- */

static const kd_data_slot kd_duplicates_slot[1] = {
    {.name = "pairs", .columns = "first [ppm], second [ppm]", .doc = "two assays of one sample"}};
static const kd_field kd_duplicates_in[1] = {{.name = "wanted",
                                              .unit = "%",
                                              .doc = "half absolute relative difference that a good pair keeps within",
                                              .initial = "10 %",
                                              .low = "0 %"}};
static const kd_field kd_duplicates_out[9] = {
    {.name = "pairs", .unit = "1", .doc = "pairs with both values"},
    {.name = "mean_first", .unit = "ppm", .doc = "mean of the first"},
    {.name = "mean_second", .unit = "ppm", .doc = "mean of the second"},
    {.name = "bias", .unit = "%", .doc = "of the second, relative"},
    {.name = "cv", .unit = "%", .doc = "precision of one assay, equation (1)"},
    {.name = "hard_mean", .unit = "%", .doc = "mean half absolute relative difference"},
    {.name = "within", .unit = "%", .doc = "pairs within the wanted difference"},
    {.name = "slope", .unit = "1", .doc = "of the reduced major axis"},
    {.name = "correlation", .unit = "1", .doc = "of the pairs"}};

static kd_status kd_duplicates_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double *a = kd_table_column(data[0], "first")->number, *b = kd_table_column(data[0], "second")->number;
  double n = 0, sa = 0, sb = 0, cv = 0, hard = 0, within = 0, aa = 0, bb = 0, ab = 0;
  *out = NULL;
  for (size_t i = 0; i < data[0]->rows; i++) {
    if (isnan(a[i]) || isnan(b[i])) continue;
    KD_CHECK(a[i] >= 0.0 && b[i] >= 0.0 && a[i] + b[i] > 0.0, work->err, KD_E_RANGE,
             "%s:%u: a pair must not be negative, and not both 0", data[0]->name != NULL ? data[0]->name : "pairs",
             data[0]->line != NULL ? data[0]->line[i] : (unsigned)i + 1);
    const double d = (a[i] - b[i]) / (a[i] + b[i]);
    n++;
    sa += a[i];
    sb += b[i];
    cv += d * d;
    hard += fabs(d);
    within += fabs(d) <= in[0];
  }
  KD_CHECK(n > 0, work->err, KD_E_MISSING, "no pair has both values");
  for (size_t i = 0; i < data[0]->rows; i++) {
    if (isnan(a[i]) || isnan(b[i])) continue;
    aa += (a[i] - sa / n) * (a[i] - sa / n);
    bb += (b[i] - sb / n) * (b[i] - sb / n);
    ab += (a[i] - sa / n) * (b[i] - sb / n);
  }
  KD_TRY(kd_table_create(out, work->ctx,
                         "pairs [1], mean_first [ppm], mean_second [ppm], bias [%], cv [%], hard_mean [%], within [%], "
                         "slope [1], correlation [1]",
                         1, work->err));
  const double spread = sqrt(aa * bb);
  const double cell[9] = {n,
                          sa / n,
                          sb / n,
                          sb / sa - 1.0,
                          sqrt(2.0 * cv / n),
                          hard / n,
                          within / n,
                          aa > 0.0 ? copysign(sqrt(bb / aa), ab) : (double)NAN,
                          spread > 0.0 ? ab / spread : (double)NAN};
  for (size_t k = 0; k < 9; k++) (*out)->column[k].number[0] = cell[k];
out:
  return status;
}

#define ROW(name_, summary_, in_, out_, eval_)                                                                         \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }
#define TABLE(name_, summary_, data_, in_, out_, eval_)                                                                \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

const kd_kernel kd_core_kernels[] = {
    ROW("deposit.below_detection", "what stands for a value below its detection limit", kd_below_in, kd_below_out,
        kd_below_kernel),
    TABLE("deposit.cores_check",
          "everything found in a table of core samples: errors, warnings and notes with their lines", kd_samples_slot,
          kd_cores_check_in, kd_cores_check_out, kd_cores_check_kernel),
    TABLE("deposit.cores_summary", "statistics of each grade of a table of core samples, by length", kd_samples_slot,
          kd_cores_check_in, kd_cores_summary_out, kd_cores_summary_kernel),
    TABLE("deposit.composite", "composites of core samples: means over equal lengths, cores or layers", kd_samples_slot,
          kd_composite_in, kd_composite_out, kd_composite_kernel),
    TABLE("deposit.topcut", "values cut at a cap or at a quantile: what it does to the mean and the metal",
          kd_topcut_slot, kd_topcut_in, kd_topcut_out, kd_topcut_kernel),
    TABLE("deposit.duplicates", "precision of assays from pairs of duplicates", kd_duplicates_slot, kd_duplicates_in,
          kd_duplicates_out, kd_duplicates_kernel),
    {0}};
