// SPDX-License-Identifier: Apache-2.0
/* Kernels of what realisations say together: error, grade-tonnage curve, slices. Quantiles are of type 7. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "deposit/kernels_cores.h"
#include "numerics/statistics.h"

static const kd_data_slot kd_error90_slot[1] = {
    {.name = "values", .columns = "value [1]", .doc = "metal of a volume in each realisation"}};
static const kd_field kd_error90_in[1] = {{.name = "confidence",
                                           .unit = "%",
                                           .doc = "of the two-sided band",
                                           .initial = "90 %",
                                           .low = "0 % exclusive",
                                           .high = "100 %"}};
static const kd_field kd_error90_out[6] = {
    {.name = "count", .unit = "1", .doc = "realisations"},
    {.name = "mean", .unit = "1", .doc = "mean"},
    {.name = "sd", .unit = "1", .doc = "standard deviation"},
    {.name = "low", .unit = "1", .doc = "lower end of the band"},
    {.name = "high", .unit = "1", .doc = "upper end of the band"},
    {.name = "relative_error", .unit = "%", .doc = "half the band over the mean"}};

static kd_status kd_error90_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
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

static const kd_data_slot kd_spread_curve_slot[1] = {
    {.name = "blocks",
     .columns = "realisation [1], mass [t], grade [ppm]",
     .doc = "a block in a realisation; realisations are told by their number"}};
static const kd_field kd_spread_curve_in[3] = {
    {.name = "cutoff", .unit = "ppm", .doc = "first cut-off", .initial = "0 ppm", .low = "0 ppm"},
    {.name = "step", .unit = "ppm", .doc = "distance of the cut-offs", .initial = "500 ppm", .low = "0 ppm exclusive"},
    {.name = "count", .unit = "1", .doc = "number of cut-offs", .initial = "1", .low = "1", .high = "1000"}};
static const kd_field kd_spread_curve_out[13] = {
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

static kd_status kd_spread_curve_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
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

static const kd_data_slot kd_slices_slot[1] = {{.name = "points",
                                                .columns = "at [m], value [1], weight [1]?",
                                                .doc = "place along the axis, value, weight (all 1)"}};
static const kd_field kd_slices_in[2] = {{.name = "width", .unit = "m", .doc = "of a slice", .low = "0 m exclusive"},
                                         {.name = "origin", .unit = "m", .doc = "edge of a slice", .initial = "0 m"}};
static const kd_field kd_slices_out[5] = {{.name = "at", .unit = "m", .doc = "middle of the slice"},
                                          {.name = "count", .unit = "1", .doc = "values"},
                                          {.name = "weight", .unit = "1", .doc = "sum"},
                                          {.name = "mean", .unit = "1", .doc = "by weight"},
                                          {.name = "sd", .unit = "1", .doc = "by weight, over all"}};

static kd_status kd_slices_kernel(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
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

#define TABLE(name_, summary_, data_, in_, out_, eval_)                                                                \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

const kd_kernel kd_realisation_kernels[] = {
    TABLE("deposit.error_at_90", "relative error at 90 % confidence of realisations: (P95 - P5)/(2 mean)",
          kd_error90_slot, kd_error90_in, kd_error90_out, kd_error90_kernel),
    TABLE("deposit.grade_tonnage_spread",
          "grade-tonnage curve over realisations: P10, P50, P90 of tonnage, grade and metal", kd_spread_curve_slot,
          kd_spread_curve_in, kd_spread_curve_out, kd_spread_curve_kernel),
    TABLE("deposit.slices", "means of slices along an axis", kd_slices_slot, kd_slices_in, kd_slices_out,
          kd_slices_kernel),
    {0}};
