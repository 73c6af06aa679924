// SPDX-License-Identifier: Apache-2.0
/* Kernels of block models: the whole way from cores, and the arithmetic of its report. Quantiles are of type 7. */
#include "deposit/kernels_model.h"

#include <math.h>
#include <string.h>

#include "base/elements.h"
#include "base/error.h"
#include "base/text_table.h"
#include "deposit/model.h"
#include "numerics/statistics.h"

/* ---- the whole way ---- */

const kd_data_slot kd_block_model_slots[2] = {
    {.name = "samples", .columns = KD_CORE_COLUMNS, .doc = "one row for each core sample"},
    {.name = "domain", .columns = KD_POLYGON_COLUMNS, .doc = "polygons of the ground, in metres", .optional = true}};

const kd_field kd_block_model_in[24] = {
    {.name = "composite", .unit = "m", .doc = "length of a composite", .initial = "1 m", .low = "0 m exclusive"},
    {.name = "block",
     .unit = "m",
     .doc = "side of a block; 0: a quarter of the spacing",
     .initial = "0 m",
     .low = "0 m"},
    {.name = "block_height", .unit = "m", .doc = "0: the composite", .initial = "0 m", .low = "0 m"},
    {.name = "bottom", .unit = "m", .doc = "of the model; 0: the deepest sample", .initial = "0 m", .low = "0 m"},
    {.name = "margin",
     .unit = "m",
     .doc = "beyond the cores; -1 m: half their spacing",
     .initial = "-1 m",
     .low = "-1 m"},
    {.name = "topcut",
     .unit = "1",
     .doc = "quantile at which grades are cut; 1: none",
     .initial = "1",
     .low = "0",
     .high = "1"},
    {.name = "neighbours",
     .unit = "1",
     .doc = "composites of an estimate",
     .initial = "24",
     .low = "1",
     .high = "2000"},
    {.name = "nodes",
     .unit = "1",
     .doc = "neighbours of a simulated block",
     .initial = "24",
     .low = "2",
     .high = "256"},
    {.name = "realisations", .unit = "1", .doc = "simulations", .initial = "50", .low = "0", .high = "1000"},
    {.name = "seed", .unit = "1", .doc = "of the simulations", .initial = "1", .low = "0", .high = "1e15"},
    {.name = "density",
     .unit = "t/m3",
     .doc = "where no sample has one; 0: refuse",
     .initial = "0 t/m3",
     .low = "0 t/m3"},
    {.name = "cutoff", .unit = "ppm", .doc = "of the map of probability", .initial = "400 ppm", .low = "0 ppm"},
    {.name = "production",
     .unit = "t",
     .doc = "dry mud of a year, for the classes",
     .initial = "50000 t",
     .low = "0 t exclusive"},
    {.name = "below",
     .unit = "1",
     .doc = "values below a limit",
     .initial = "half",
     .choices = "half|root_two|zero|limit|missing"},
    {.name = "duplicates",
     .unit = "1",
     .doc = "samples of one interval",
     .initial = "refuse",
     .choices = KD_TWICE_CHOICES},
    {.name = "assumed",
     .unit = "1",
     .doc = "inputs are assumed: all is an exploration target",
     .initial = "no",
     .choices = "no|yes"},
    {.name = "estimator",
     .unit = "1",
     .doc = "kriging; linear, quadratic: with a trend",
     .initial = "ordinary",
     .choices = "ordinary|simple|linear|quadratic"},
    {.name = "support",
     .unit = "1",
     .doc = "of the estimate; point: the nugget is filtered",
     .initial = "point",
     .choices = "point|block"},
    {.name = "transform",
     .unit = "1",
     .doc = "of the scores to independent factors",
     .initial = "pca",
     .choices = KD_SIMULATION_TRANSFORMS},
    {.name = "simulate", .unit = "1", .doc = "engine", .initial = "sequential", .choices = KD_SIMULATION_METHODS},
    {.name = "factor_variograms",
     .unit = "1",
     .doc = "own: each factor its own; shared: the main grade's",
     .initial = "own",
     .choices = "own|shared"},
    {.name = "variogram",
     .unit = "",
     .doc = "of the scores; empty: chosen and fitted",
     .initial = "",
     .choices = KD_ANY_TEXT},
    {.name = "families",
     .unit = "",
     .doc = "structures to choose from",
     .initial = "spherical, exponential",
     .choices = KD_ANY_TEXT},
    {.name = "layer",
     .unit = "",
     .doc = "the layer of that name alone; empty: all",
     .initial = "",
     .choices = KD_ANY_TEXT}};

const kd_field kd_block_model_out[13] = {{.name = "variable", .unit = "1", .doc = "element, or the sum rey"},
                                         {.name = "grade", .unit = "ppm", .doc = "of the estimate, by dry mass"},
                                         {.name = "metal", .unit = "t", .doc = "of the estimate"},
                                         {.name = "oxide", .unit = "t", .doc = "of an element"},
                                         {.name = "p10", .unit = "t", .doc = "metal over the realisations"},
                                         {.name = "p50", .unit = "t", .doc = "metal over the realisations"},
                                         {.name = "p90", .unit = "t", .doc = "metal over the realisations"},
                                         {.name = "tonnage", .unit = "t", .doc = "dry, of all blocks"},
                                         {.name = "blocks", .unit = "1", .doc = "blocks"},
                                         {.name = "measured", .unit = "%", .doc = "of the main metal"},
                                         {.name = "indicated", .unit = "%", .doc = "of the main metal"},
                                         {.name = "inferred", .unit = "%", .doc = "of the main metal"},
                                         {.name = "exploration_target", .unit = "%", .doc = "of the main metal"}};

static kd_model_options options_of(const double *in) {
  kd_model_options o = kd_model_defaults;
  o.composite.length = in[0];
  o.dx = o.dy = in[1];
  o.dz = in[2];
  if (in[3] > 0.0) o.bottom = in[3];
  if (in[4] >= 0.0) o.margin = in[4];
  o.topcut = in[5];
  o.search.neighbours = (size_t)in[6];
  o.nodes = (size_t)in[7];
  o.realisations = (size_t)in[8];
  o.seed = (uint64_t)in[9];
  if (in[10] > 0.0) o.density = in[10];
  o.cutoff = in[11];
  o.production = in[12];
  o.assumed = in[15] > 0.5;
  o.estimator.simple = in[16] == 1.0;
  o.estimator.trend = in[16] > 1.0 ? (int)in[16] - 1 : 0;
  o.block = in[17] == 1.0;
  o.estimator.filter_nugget = !o.block;
  o.transform = (kd_simulation_transform)(int)in[18];
  o.method = (kd_simulation_method)(int)in[19];
  o.own_variograms = in[20] == 0.0;
  return o;
}

enum { VARIOGRAM = 21, FAMILIES, LAYER };

kd_status kd_block_model_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_covariance variogram = {0};
  kd_cores cores;
  kd_polygons domain;
  kd_text names;
  kd_model *m = kd_arena_alloc(work->scratch, 1, sizeof *m);
  kd_model_options o = options_of(in);
  const kd_cores_options reading = {.below = (kd_below)(int)in[13],
                                    .below_factor = 0.5,
                                    .twice = (kd_twice)(int)in[14],
                                    .origin_lon = (double)NAN,
                                    .origin_lat = (double)NAN};
  *out = NULL;
  kd_text_init(&names, work->ctx);
  KD_CHECK(m != NULL, work->err, KD_E_NOMEM, "no memory for the model");
  if (work->texts[VARIOGRAM][0] != '\0') {
    KD_TRY(kd_covariance_parse(&variogram, work->texts[VARIOGRAM], work->err));
    o.variogram = &variogram;
  }
  KD_TRY(kd_families_read(&o.choice, work->texts[FAMILIES], work->err));
  if (work->texts[LAYER][0] != '\0') o.layer = work->texts[LAYER];
  KD_TRY(kd_cores_read(&cores, data[0], &reading, work));
  KD_TRY(kd_cores_inspect(&cores, cores.variables, &reading, work));
  if (data[1] != NULL) {
    KD_TRY(kd_polygons_read(&domain, data[1], work));
    KD_CHECK(!domain.geographic, work->err, KD_E_BASIS, "the domain is in degrees: give it in metres");
    o.domain = &domain;
  }
  KD_TRY(kd_model_run(m, &cores, &o, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "variable, grade [ppm], metal [t], oxide [t], p10 [t], p50 [t], p90 [t], tonnage [t], blocks "
                         "[1], measured [%], indicated [%], inferred [%], exploration_target [%]",
                         m->variables, work->err));
  for (size_t v = 0; v < m->variables; v++) {
    const bool drawn = m->realisations > 0;
    const double main = m->total[m->main];
    const double cell[12] = {m->total[v] / m->tonnage,
                             m->total[v],
                             m->element[v] >= 0 ? m->total[v] * kd_oxide_factor((kd_element_id)m->element[v])
                                                : (double)NAN,
                             drawn ? m->totals[v].p10 : (double)NAN,
                             drawn ? m->totals[v].p50 : (double)NAN,
                             drawn ? m->totals[v].p90 : (double)NAN,
                             m->tonnage,
                             (double)m->blocks,
                             m->class_metal[0] / main,
                             m->class_metal[1] / main,
                             m->class_metal[2] / main,
                             m->class_metal[3] / main};
    kd_text_add_bytes(&names, m->name[v], strlen(m->name[v]) + 1);
    for (size_t c = 0; c < 12; c++) (*out)->column[c + 1].number[v] = cell[c];
  }
  KD_TRY(kd_table_take_texts(*out, 1, &names, work->err));
out:
  kd_text_free(&names);
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

/* ---- classes ---- */

const kd_field kd_production_class_in[5] = {
    {.name = "error_quarter", .unit = "%", .doc = "at 90 % confidence, on a quarter's production", .low = "0 %"},
    {.name = "error_year", .unit = "%", .doc = "at 90 % confidence, on a year's production", .low = "0 %"},
    {.name = "limit", .unit = "%", .doc = "of measured and indicated", .initial = "15 %", .low = "0 %"},
    {.name = "inferred_limit", .unit = "%", .doc = "on a year, of inferred", .initial = "50 %", .low = "0 %"},
    {.name = "assumed",
     .unit = "1",
     .doc = "inputs are assumed or reconstructed",
     .initial = "no",
     .choices = "no|yes"}};
const kd_field kd_production_class_out[1] = {{.name = "class",
                                              .unit = "1",
                                              .doc = "in CRIRSCO's words",
                                              .choices = "measured|indicated|inferred|exploration_target"}};

kd_status kd_production_class_kernel(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double limit[2] = {in[2], in[3]};
  KD_CHECK(in[2] <= in[3], work->err, KD_E_CONTRADICTION, "limit %g %% is above inferred_limit %g %%", in[2] * 100.0,
           in[3] * 100.0);
  out[0] = kd_class_by_production(in[0], in[1], limit, in[4] > 0.5);
out:
  return status;
}

const kd_data_slot kd_error90_slot[1] = {
    {.name = "values", .columns = "value [1]", .doc = "metal of a volume in each realisation"}};
const kd_field kd_error90_in[1] = {{.name = "confidence",
                                    .unit = "%",
                                    .doc = "of the two-sided band",
                                    .initial = "90 %",
                                    .low = "0 % exclusive",
                                    .high = "100 %"}};
const kd_field kd_error90_out[6] = {{.name = "count", .unit = "1", .doc = "realisations"},
                                    {.name = "mean", .unit = "1", .doc = "mean"},
                                    {.name = "sd", .unit = "1", .doc = "standard deviation"},
                                    {.name = "low", .unit = "1", .doc = "lower end of the band"},
                                    {.name = "high", .unit = "1", .doc = "upper end of the band"},
                                    {.name = "relative_error", .unit = "%", .doc = "half the band over the mean"}};

kd_status kd_error90_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double *value = kd_arena_alloc(work->scratch, data[0]->rows + 1, sizeof *value);
  *out = NULL;
  KD_CHECK(value != NULL, work->err, KD_E_NOMEM, "no memory for %zu values", data[0]->rows);
  const size_t n = kd_keep_finite(value, kd_table_column(data[0], "value")->number, data[0]->rows);
  KD_CHECK(n >= 2, work->err, KD_E_MISSING, "%zu values: at least 2 are wanted", n);
  const double mean = kd_mean(value, n), sd = kd_sd(value, n, mean);
  const double low = kd_quantile(value, n, 0.5 - 0.5 * in[0]), high = kd_quantile(value, n, 0.5 + 0.5 * in[0]);
  KD_CHECK(mean > 0.0, work->err, KD_E_RANGE, "mean %g: must be above 0", mean);
  KD_TRY(kd_table_create(out, work->ctx, "count [1], mean [1], sd [1], low [1], high [1], relative_error [%]", 1,
                         work->err));
  const double cell[6] = {(double)n, mean, sd, low, high, 0.5 * (high - low) / mean};
  for (size_t c = 0; c < 6; c++) (*out)->column[c].number[0] = cell[c];
out:
  return status;
}

/* ---- curve over realisations ---- */

const kd_data_slot kd_spread_curve_slot[1] = {
    {.name = "blocks",
     .columns = "realisation [1], mass [t], grade [ppm]",
     .doc = "a block in a realisation; realisations are told by their number"}};
const kd_field kd_spread_curve_in[3] = {
    {.name = "cutoff", .unit = "ppm", .doc = "first cut-off", .initial = "0 ppm", .low = "0 ppm"},
    {.name = "step", .unit = "ppm", .doc = "distance of the cut-offs", .initial = "500 ppm", .low = "0 ppm exclusive"},
    {.name = "count", .unit = "1", .doc = "number of cut-offs", .initial = "1", .low = "1", .high = "1000"}};
const kd_field kd_spread_curve_out[13] = {
    {.name = "cutoff", .unit = "ppm", .doc = "cut-off"},
    {.name = "tonnage_p10", .unit = "t", .doc = "10 % of the realisations do not exceed it"},
    {.name = "tonnage_p50", .unit = "t", .doc = "median"},
    {.name = "tonnage_p90", .unit = "t", .doc = "90 % do not exceed it"},
    {.name = "tonnage_mean", .unit = "t", .doc = "mean"},
    {.name = "grade_p10", .unit = "ppm", .doc = "of realisations with any block above"},
    {.name = "grade_p50", .unit = "ppm", .doc = "median"},
    {.name = "grade_p90", .unit = "ppm", .doc = "90 % do not exceed it"},
    {.name = "grade_mean", .unit = "ppm", .doc = "mean"},
    {.name = "metal_p10", .unit = "t", .doc = "10 % do not exceed it"},
    {.name = "metal_p50", .unit = "t", .doc = "median"},
    {.name = "metal_p90", .unit = "t", .doc = "90 % do not exceed it"},
    {.name = "metal_mean", .unit = "t", .doc = "mean"}};

/* Number of each row's realisation, from 0, in the order met. */
static size_t number_realisations(size_t *index, const double *label, size_t rows, double *met) {
  size_t count = 0;
  for (size_t i = 0; i < rows; i++) {
    size_t r = i > 0 && label[i] == label[i - 1] ? index[i - 1] : 0;
    while (r < count && met[r] != label[i]) r++;
    if (r == count) met[count++] = label[i];
    index[i] = r;
  }
  return count;
}

kd_status kd_spread_curve_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const size_t rows = data[0]->rows, cuts = (size_t)in[2];
  const double *label = kd_table_column(data[0], "realisation")->number,
               *mass = kd_table_column(data[0], "mass")->number, *grade = kd_table_column(data[0], "grade")->number;
  size_t *index = kd_arena_alloc(work->scratch, rows + 1, sizeof *index);
  double *met = kd_arena_alloc(work->scratch, rows + 1, sizeof *met);
  *out = NULL;
  KD_CHECK(index != NULL && met != NULL, work->err, KD_E_NOMEM, "no memory for %zu blocks", rows);
  for (size_t i = 0; i < rows; i++)
    KD_CHECK(mass[i] >= 0.0 && grade[i] >= 0.0 && isfinite(label[i]), work->err, KD_E_RANGE,
             "row %zu: realisation, mass and grade are wanted, at least 0", i + 1);
  const size_t n = number_realisations(index, label, rows, met);
  double *sum = kd_arena_alloc(work->scratch, 3 * n + 1, sizeof *sum);
  KD_CHECK(sum != NULL, work->err, KD_E_NOMEM, "no memory for %zu realisations", n);
  KD_TRY(kd_table_create(out, work->ctx,
                         "cutoff [ppm], tonnage_p10 [t], tonnage_p50 [t], tonnage_p90 [t], tonnage_mean [t], grade_p10 "
                         "[ppm], grade_p50 [ppm], grade_p90 [ppm], grade_mean [ppm], metal_p10 [t], metal_p50 [t], "
                         "metal_p90 [t], metal_mean [t]",
                         cuts, work->err));
  for (size_t k = 0; k < cuts; k++) {
    const double cutoff = in[0] + in[1] * (double)k;
    double *tonnage = sum, *metal = sum + n, *mean = sum + 2 * n;
    memset(sum, 0, 3 * n * sizeof *sum);
    for (size_t i = 0; i < rows; i++) {
      if (!(grade[i] >= cutoff)) continue;
      tonnage[index[i]] += mass[i];
      metal[index[i]] += mass[i] * grade[i];
    }
    for (size_t r = 0; r < n; r++) mean[r] = tonnage[r] > 0.0 ? metal[r] / tonnage[r] : (double)NAN;
    double *const group[3] = {tonnage, mean, metal};
    (*out)->column[0].number[k] = cutoff;
    for (size_t g = 0; g < 3; g++) {
      kd_statistics s;
      kd_describe(&s, group[g], n);
      const double cell[4] = {s.p10, s.p50, s.p90, s.mean};
      for (size_t c = 0; c < 4; c++) (*out)->column[1 + 4 * g + c].number[k] = s.count > 0 ? cell[c] : (double)NAN;
    }
  }
out:
  return status;
}

/* ---- swaths ---- */

const kd_data_slot kd_slices_slot[1] = {{.name = "points",
                                         .columns = "at [m], value [1], weight [1]?",
                                         .doc = "place along the axis, value, weight (all 1)"}};
const kd_field kd_slices_in[2] = {{.name = "width", .unit = "m", .doc = "of a slice", .low = "0 m exclusive"},
                                  {.name = "origin", .unit = "m", .doc = "edge of a slice", .initial = "0 m"}};
const kd_field kd_slices_out[5] = {{.name = "at", .unit = "m", .doc = "middle of the slice"},
                                   {.name = "count", .unit = "1", .doc = "values"},
                                   {.name = "weight", .unit = "1", .doc = "sum"},
                                   {.name = "mean", .unit = "1", .doc = "by weight"},
                                   {.name = "sd", .unit = "1", .doc = "by weight, over all"}};

kd_status kd_slices_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const size_t rows = data[0]->rows;
  const double *at = kd_table_column(data[0], "at")->number, *value = kd_table_column(data[0], "value")->number;
  const kd_column *weights = kd_table_column(data[0], "weight");
  double low = (double)INFINITY, high = -(double)INFINITY;
  size_t kept = 0;
  *out = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (isnan(value[i])) continue;
    KD_CHECK(isfinite(at[i]), work->err, KD_E_MISSING, "row %zu: its place is missing", i + 1);
    low = fmin(low, floor((at[i] - in[1]) / in[0]));
    high = fmax(high, floor((at[i] - in[1]) / in[0]));
  }
  KD_CHECK(high >= low, work->err, KD_E_MISSING, "no values");
  KD_CHECK(high - low < 1e6, work->err, KD_E_SIZE, "%g slices: at most 1e6", high - low + 1.0);
  const size_t slices = (size_t)(high - low) + 1;
  double(*sum)[4] = kd_arena_alloc(work->scratch, slices, sizeof *sum);
  KD_CHECK(sum != NULL, work->err, KD_E_NOMEM, "no memory for %zu slices", slices);
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < rows; i++) {
      if (isnan(value[i])) continue;
      double *s = sum[(size_t)(floor((at[i] - in[1]) / in[0]) - low)];
      const double w = weights != NULL ? weights->number[i] : 1.0;
      if (pass == 0) {
        s[0] += 1.0;
        s[1] += w;
        s[2] += w * value[i];
      } else if (s[1] > 0.0) {
        s[3] += w * (value[i] - s[2] / s[1]) * (value[i] - s[2] / s[1]);
      }
    }
  }
  for (size_t k = 0; k < slices; k++) kept += sum[k][1] > 0.0 ? 1u : 0u;
  KD_TRY(kd_table_create(out, work->ctx, "at [m], count [1], weight [1], mean [1], sd [1]", kept, work->err));
  kept = 0;
  for (size_t k = 0; k < slices; k++) {
    const double *s = sum[k];
    if (!(s[1] > 0.0)) continue;
    const double cell[5] = {in[1] + (low + (double)k + 0.5) * in[0], s[0], s[1], s[2] / s[1], sqrt(s[3] / s[1])};
    for (size_t c = 0; c < 5; c++) (*out)->column[c].number[kept] = cell[c];
    kept++;
  }
out:
  return status;
}
