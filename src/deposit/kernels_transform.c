// SPDX-License-Identifier: Apache-2.0
/* Kernels of declustering and normal scores. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/quantity.h"
#include "deposit/decluster.h"
#include "deposit/kernels_simulation.h"
#include "deposit/normal_score.h"
#include "deposit/sample_columns.h"

/* --- deposit.decluster ------------------------------------------------------------------------------------------ */

const kd_field kd_decluster_in[9] = {
    {.name = "smallest",
     .unit = "m",
     .doc = "smallest edge of a cell; none: the mean distance of the data, (area/count)^(1/2)",
     .initial = "none",
     .low = "0 m exclusive"},
    {.name = "largest",
     .unit = "m",
     .doc = "largest edge; none: half the longest extent",
     .initial = "none",
     .low = "0 m exclusive"},
    {.name = "steps", .unit = "1", .doc = "steps between them", .initial = "24", .low = "0", .high = "10000"},
    {.name = "origins", .unit = "1", .doc = "origins of the cells tried", .initial = "5", .low = "1", .high = "1000"},
    {.name = "seek", .doc = "edge of the lowest or highest mean", .choices = "lowest|highest", .initial = "lowest"},
    {.name = "ratio_y", .unit = "1", .doc = "edge along y over x", .initial = "1", .low = "0 exclusive"},
    {.name = "ratio_z", .unit = "1", .doc = "edge along z over x", .initial = "1", .low = "0 exclusive"},
    {.name = "margin", .unit = "m", .doc = "first origin below the data", .initial = "0.01 m", .low = "0 m exclusive"},
    {.name = "report", .doc = "one row a datum or one a size", .choices = "weights|sizes", .initial = "weights"},
};
const kd_field kd_decluster_out[6] = {
    {.name = "value", .unit = "1", .doc = "as given"},
    {.name = "weight", .unit = "1", .doc = "mean 1"},
    {.name = "cell_size", .unit = "m", .doc = "chosen edge; 0: equal weights; with report=sizes each edge tried"},
    {.name = "mean", .unit = "1", .doc = "declustered mean; with report=sizes of each edge"},
    {.name = "naive_mean", .unit = "1", .doc = "with equal weights"},
    {.name = "row", .unit = "1", .doc = "of the data, from 1"},
};
const kd_data_slot kd_decluster_data[1] = {
    {.name = "samples", .columns = "x [m], y [m]?, z [m]?, ...", .doc = "places and value, the value in any unit"}};

static double extent(const double *at, size_t count) {
  double low = at[0], high = at[0];
  for (size_t i = 1; i < count; i++) {
    low = fmin(low, at[i]);
    high = fmax(high, at[i]);
  }
  return high - low;
}

/* Edges from the data where they are not given. */
static void default_edges(kd_decluster_options *o, const double *x, const double *y, size_t count) {
  const double wide = extent(x, count), high = y != NULL ? extent(y, count) : 0;
  const double longest = fmax(wide, high), area = wide * (y != NULL ? high : wide);
  const double spacing = area > 0 ? sqrt(area / (double)count) : longest / (double)count;
  if (isnan(o->smallest)) o->smallest = spacing > 0 ? spacing : 1.0;
  if (isnan(o->largest)) o->largest = fmax(0.5 * longest, o->smallest);
}

static kd_status read_places(const double *at[3], const kd_table *table, kd_work *work) {
  kd_status status = KD_OK;
  static const char *const names[3] = {"x", "y", "z"};
  for (int a = 0; a < 3; a++) {
    KD_TRY(kd_sample_column(&at[a], table, names[a], a == 0, work));
    for (size_t i = 0; at[a] != NULL && i < table->rows; i++)
      KD_CHECK(isfinite(at[a][i]), work->err, KD_E_CSV, "%s:%u: %s is missing",
               table->name != NULL ? table->name : "table", table->line != NULL ? table->line[i] : 0, names[a]);
  }
out:
  return status;
}

static kd_status decluster_sizes(kd_table **out, const kd_decluster_result *r, const char *unit, kd_work *work) {
  kd_status status = KD_OK;
  char columns[256];
  snprintf(columns, sizeof columns, "cell_size [m], mean [%s]", unit);
  KD_TRY(kd_table_create(out, work->ctx, columns, r->tried, work->err));
  for (size_t i = 0; i < r->tried; i++) {
    (*out)->column[0].number[i] = r->size_tried[i];
    (*out)->column[1].number[i] = r->mean_tried[i];
  }
out:
  return status;
}

kd_status kd_decluster_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *table = data[0];
  const size_t count = table->rows;
  const char *unit = kd_sample_unit(table, "value");
  const double *at[3], *value;
  kd_decluster_result result;
  kd_decluster_options o = {.smallest = options[0],
                            .largest = options[1],
                            .sizes = (size_t)options[2],
                            .origins = (size_t)options[3],
                            .lowest = options[4] == 0,
                            .ratio_y = options[5],
                            .ratio_z = options[6],
                            .margin = options[7]};
  char columns[256];
  double *weight = kd_arena_alloc(work->scratch, count + 1, sizeof *weight);
  *out = NULL;
  KD_CHECK(weight != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", count);
  KD_TRY(read_places(at, table, work));
  KD_TRY(kd_sample_column(&value, table, "value", true, work));
  for (size_t i = 0; i < count; i++)
    KD_CHECK(isfinite(value[i]), work->err, KD_E_CSV, "%s:%u: value is missing: leave the row out",
             table->name != NULL ? table->name : "table", table->line != NULL ? table->line[i] : 0);
  default_edges(&o, at[0], at[1], count);
  KD_TRY(kd_decluster(weight, &result, at[0], at[1], at[2], value, count, &o, work->scratch, work->err));
  if (options[8] == 1) {
    KD_TRY(decluster_sizes(out, &result, unit, work));
    goto out;
  }
  snprintf(columns, sizeof columns, "row [1], value [%s], weight [1], cell_size [m], mean [%s], naive_mean [%s]", unit,
           unit, unit);
  KD_TRY(kd_table_create(out, work->ctx, columns, count, work->err));
  for (size_t i = 0; i < count; i++) {
    const double row[6] = {(double)(i + 1), value[i], weight[i], result.size, result.mean, result.naive_mean};
    for (size_t c = 0; c < 6; c++) (*out)->column[c].number[i] = row[c];
  }
out:
  return status;
}

/* --- deposit.normal_score --------------------------------------------------------------------------------------- */

const kd_field kd_normal_score_in[1] = {
    {.name = "ties",
     .doc = "equal values: one score in the middle of their share, or in the order of the rows",
     .choices = KD_TIES,
     .initial = "average"},
};
const kd_field kd_normal_score_out[4] = {
    {.name = "row", .unit = "1", .doc = "of the data, from 1"},
    {.name = "value", .unit = "1", .doc = "as given"},
    {.name = "score", .unit = "1", .doc = "normal score"},
    {.name = "share", .unit = "1", .doc = "distribution function at the datum, the middle of its step"},
};
const kd_data_slot kd_normal_score_data[1] = {
    {.name = "samples", .columns = "weight [1]?, ...", .doc = "value in any unit, and weight; equal when not given"}};

kd_status kd_normal_score_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *table = data[0];
  const double *value, *weight;
  kd_normal_score transform;
  char columns[256];
  double *score = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *score);
  *out = NULL;
  KD_CHECK(score != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", table->rows);
  KD_TRY(kd_sample_column(&value, table, "value", true, work));
  KD_TRY(kd_sample_column(&weight, table, "weight", false, work));
  KD_TRY(kd_normal_score_fit(&transform, score, value, weight, table->rows, (kd_ties)options[0], work->scratch,
                             work->err));
  snprintf(columns, sizeof columns, "row [1], value [%s], score [1], share [1]", kd_sample_unit(table, "value"));
  KD_TRY(kd_table_create(out, work->ctx, columns, table->rows, work->err));
  for (size_t i = 0; i < table->rows; i++) {
    size_t low = 0, high = transform.count; /* the pair with this score */
    while (high - low > 1) {
      const size_t middle = (low + high) / 2;
      *(transform.score[middle] <= score[i] ? &low : &high) = middle;
    }
    const double row[4] = {(double)(i + 1), value[i], score[i], transform.share[low]};
    for (size_t c = 0; c < 4; c++) (*out)->column[c].number[i] = row[c];
  }
out:
  return status;
}

/* --- deposit.back_transform ------------------------------------------------------------------------------------- */

const kd_field kd_back_transform_in[6] = {
    {.name = "lower", .doc = "lower tail", .choices = KD_LOWER_TAILS, .initial = "linear"},
    {.name = "lower_power", .unit = "1", .doc = "of a power tail", .initial = "1", .low = "0 exclusive"},
    {.name = "minimum",
     .unit = "1",
     .doc = "end of it, in the unit of the values; none: least value",
     .initial = "none"},
    {.name = "upper", .doc = "upper tail", .choices = KD_UPPER_TAILS, .initial = "linear"},
    {.name = "upper_power", .unit = "1", .doc = "of a power or hyperbolic tail", .initial = "1", .low = "0 exclusive"},
    {.name = "maximum",
     .unit = "1",
     .doc = "end of it, in the unit of the values; none: largest value, or no end for a "
            "hyperbolic tail",
     .initial = "none"},
};
const kd_field kd_back_transform_out[2] = {
    {.name = "score", .unit = "1", .doc = "as given"},
    {.name = "value", .unit = "1", .doc = "in the unit of the transform's values"},
};
const kd_data_slot kd_back_transform_data[2] = {
    {.name = "transform",
     .columns = "score [1]?, weight [1]?, ...",
     .doc = "value in any unit with score; or with weight or nothing, to be scored here"},
    {.name = "scores", .columns = "score [1]", .doc = "scores to bring back"},
};

static int by_score(const void *a, const void *b) {
  const double *left = a, *right = b;
  for (int k = 0; k < 2; k++)
    if (left[k] != right[k]) return left[k] < right[k] ? -1 : 1;
  return 0;
}

/* The transform of a table: its pairs in ascending order, equal ones once. */
static kd_status read_transform(kd_normal_score *out, const kd_table *table, kd_work *work) {
  kd_status status = KD_OK;
  const double *value, *score, *weight;
  double(*pairs)[2] = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *pairs);
  double *v = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *v);
  double *s = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *s);
  size_t count = 0;
  KD_CHECK(pairs && v && s, work->err, KD_E_NOMEM, "out of memory for %zu rows", table->rows);
  KD_TRY(kd_sample_column(&value, table, "value", true, work));
  KD_TRY(kd_sample_column(&score, table, "score", false, work));
  KD_TRY(kd_sample_column(&weight, table, "weight", false, work));
  if (score == NULL) {
    KD_TRY(kd_normal_score_fit(out, NULL, value, weight, table->rows, KD_TIES_AVERAGE, work->scratch, work->err));
    goto out;
  }
  for (size_t i = 0; i < table->rows; i++) {
    pairs[i][0] = score[i];
    pairs[i][1] = value[i];
  }
  qsort(pairs, table->rows, sizeof *pairs, by_score);
  for (size_t i = 0; i < table->rows; i++) {
    if (count > 0 && pairs[i][0] == s[count - 1] && pairs[i][1] == v[count - 1]) continue;
    s[count] = pairs[i][0];
    v[count++] = pairs[i][1];
  }
  KD_TRY(kd_normal_score_set(out, v, s, count, work->scratch, work->err));
out:
  return status;
}

kd_status kd_back_transform_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_normal_score transform;
  const double *score;
  double ends[2];
  char columns[256];
  const char *unit = kd_sample_unit(data[0], "value");
  kd_unit read;
  *out = NULL;
  KD_TRY(read_transform(&transform, data[0], work));
  KD_TRY(kd_unit_parse(&read, unit, NULL, work->err));
  ends[0] = kd_unit_si(&read, options[2]);
  ends[1] = kd_unit_si(&read, options[5]);
  KD_TRY(kd_normal_score_tails(&transform, (kd_tail)options[0], options[1], ends[0], (kd_tail)options[3], options[4],
                               ends[1], work->err));
  KD_TRY(kd_sample_column(&score, data[1], "score", true, work));
  snprintf(columns, sizeof columns, "score [1], value [%s]", unit);
  KD_TRY(kd_table_create(out, work->ctx, columns, data[1]->rows, work->err));
  for (size_t i = 0; i < data[1]->rows; i++) {
    (*out)->column[0].number[i] = score[i];
    (*out)->column[1].number[i] = isnan(score[i]) ? score[i] : kd_normal_score_back(&transform, score[i]);
  }
out:
  return status;
}
