// SPDX-License-Identifier: Apache-2.0
/* Kernels over data sets: indicator kriging, neighbourhood analysis, swath plots. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "deposit/estimation_input.h"
#include "deposit/kernels_estimation.h"

static kd_status read_numbers(double *out, size_t *count, size_t most, const char *text, const char *what,
                              kd_error *err) {
  *count = 0;
  for (const char *at = text; *at != '\0';) {
    char *end;
    if (*at == ',' || *at == ' ') {
      at++;
      continue;
    }
    if (*count == most) return kd_error_set(err, KD_E_SIZE, "%s: at most %zu numbers", what, most);
    out[*count] = strtod(at, &end);
    if (end == at || !isfinite(out[*count]))
      return kd_error_set(err, KD_E_NUMBER, "%s: a number is wanted at '%.40s'", what, at);
    if (*count > 0 && !(out[*count] > out[*count - 1]))
      return kd_error_set(err, KD_E_RANGE, "%s must rise: %g follows %g", what, out[*count], out[*count - 1]);
    ++*count;
    at = end;
  }
  return *count > 0 ? KD_OK : kd_error_set(err, KD_E_MISSING, "%s: numbers are wanted, separated by commas", what);
}

/* --- indicator kriging -------------------------------------------------------------------------------------------- */

/* The share below each cut-off is kriged from the indicators z <= cut-off. Order relations are put right by the mean of
 * an upward and a downward pass inside [0, 1] (Deutsch and Journel 1998, IV.1). */

enum { CUTOFFS_MAX = 50 };

const kd_data_slot kd_indicator_slots[3] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples with the columns named by the options"},
    {.name = "targets", .columns = KD_SAMPLE_COLUMNS, .doc = "places"},
    {.name = "model",
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures of the indicators' model; or the option model",
     .optional = true},
};
const kd_field kd_indicator_in[KD_KRIGING_OPTIONS + 1] = {
    KD_KRIGING_FIELDS,
    KD_TEXT_FIELD("cutoffs", "rising, in the unit of the value column, separated by commas", NULL),
};
const kd_field kd_indicator_out[6] = {
    {.name = "x", .unit = "m", .doc = "place"},
    {.name = "y", .unit = "m", .doc = "place"},
    {.name = "cutoff", .unit = "1", .doc = "cut-off, in the unit of the value column"},
    {.name = "probability", .unit = "1", .doc = "that the value is at most the cut-off, order relations put right"},
    {.name = "raw", .unit = "1", .doc = "the same as kriged"},
    {.name = "note", .unit = "", .doc = "why there is none"},
};

/* The mean of the largest so far from below and the least so far from above. */
static void put_in_order(double *p, size_t n) {
  double up[CUTOFFS_MAX], down[CUTOFFS_MAX];
  for (size_t k = 0; k < n; k++) {
    const double inside = fmin(1.0, fmax(0.0, p[k]));
    up[k] = k > 0 ? fmax(inside, up[k - 1]) : inside;
  }
  for (size_t k = n; k-- > 0;) {
    const double inside = fmin(1.0, fmax(0.0, p[k]));
    down[k] = k + 1 < n ? fmin(inside, down[k + 1]) : inside;
  }
  for (size_t k = 0; k < n; k++) p[k] = 0.5 * (up[k] + down[k]);
}

kd_status kd_indicator_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_kriging_setup *setup = kd_arena_alloc(work->scratch, 1, sizeof *setup);
  kd_kriging_space space;
  kd_points targets;
  double cutoff[CUTOFFS_MAX], raw[CUTOFFS_MAX], p[CUTOFFS_MAX];
  size_t count;
  char columns[256];
  *out = NULL;
  KD_CHECK(setup != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(read_numbers(cutoff, &count, CUTOFFS_MAX, work->texts[KD_KRIGING_OPTIONS], "cutoffs", work->err));
  KD_TRY(kd_kriging_setup_read(setup, data[0], data[2], options, work));
  KD_CHECK(setup->rule.drifts == 0, work->err, KD_E_CONTRADICTION, "indicator kriging takes no drift");
  KD_TRY(kd_points_read(&targets, data[1], setup->samples.z == NULL, work->scratch, work->err));
  const size_t n = setup->samples.points.count;
  double *indicator = kd_arena_alloc(work->scratch, n * count, sizeof *indicator);
  kd_kriging *each = kd_arena_alloc(work->scratch, count, sizeof *each);
  double *found = kd_arena_alloc(work->scratch, targets.count * count, sizeof *found);
  kd_kriged_note *note = kd_arena_alloc(work->scratch, targets.count, sizeof *note);
  KD_CHECK(indicator != NULL && each != NULL && found != NULL && note != NULL, work->err, KD_E_NOMEM,
           "no memory for %zu cut-offs", count);
  KD_TRY(kd_kriging_space_create(&space, work->scratch, &setup->kriging, work->err));
  for (size_t k = 0; k < count; k++) {
    for (size_t i = 0; i < n; i++) indicator[k * n + i] = setup->samples.value[i] <= cutoff[k] ? 1.0 : 0.0;
    setup->kriging.value = indicator + k * n;
    space.count = 0; /* other values: the factored set is not theirs */
    for (size_t t = 0; t < targets.count; t++) {
      const double at[3] = {targets.x[t], targets.y[t], targets.z != NULL ? targets.z[t] : 0.0};
      kd_kriged kriged;
      kd_kriging_at(&setup->kriging, &space, &kriged, at, NULL, NULL);
      found[t * count + k] = kriged.estimate;
      note[t] = kriged.note;
    }
  }
  snprintf(columns, sizeof columns, "x [m], y [m], cutoff [%s], probability [1], raw [1], note",
           setup->samples.unit_text);
  KD_TRY(kd_table_create(out, work->ctx, columns, targets.count * count, work->err));
  KD_TRY(kd_column_set_text(*out, 5, work->err));
  for (size_t t = 0; t < targets.count; t++) {
    for (size_t k = 0; k < count; k++) p[k] = raw[k] = found[t * count + k];
    if (note[t] == KD_KRIGED) put_in_order(p, count);
    for (size_t k = 0; k < count; k++) {
      const size_t row = t * count + k;
      const double cell[] = {targets.x[t], targets.y[t], kd_unit_si(&setup->samples.unit, cutoff[k]), p[k], raw[k]};
      for (size_t c = 0; c < KD_COUNT(cell); c++) (*out)->column[c].number[row] = cell[c];
      (*out)->column[5].text[row] = kd_kriged_note_text(note[t]);
    }
  }
out:
  return status;
}

/* --- neighbourhood analysis --------------------------------------------------------------------------------------- */

/* Quantitative kriging neighbourhood analysis: how slope, efficiency and negative weights change with the number of
 * neighbours (Vann, Jackson and Bertoli 2003). */

const kd_data_slot kd_neighbourhood_slots[3] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples with the columns named by the options"},
    {.name = "targets",
     .columns = KD_SAMPLE_COLUMNS,
     .doc = "places; without: each sample left out in turn",
     .optional = true},
    {.name = "model", .columns = KD_STRUCTURE_COLUMNS, .doc = "structures; or the option model", .optional = true},
};
const kd_field kd_neighbourhood_in[KD_KRIGING_OPTIONS + 1] = {
    KD_KRIGING_FIELDS,
    KD_TEXT_FIELD("numbers", "of neighbours to try, rising, separated by commas", "4,8,12,16,20,24,32,48"),
};
const kd_field kd_neighbourhood_out[9] = {
    {.name = "neighbours", .unit = "1", .doc = "samples at most"},
    {.name = "places", .unit = "1", .doc = "with an estimate"},
    {.name = "samples", .unit = "1", .doc = "mean number used"},
    {.name = "slope", .unit = "1", .doc = "mean slope of the regression of true on estimated"},
    {.name = "slope_above_095", .unit = "1", .doc = "share of places with a slope above 0.95"},
    {.name = "efficiency", .unit = "1", .doc = "mean kriging efficiency"},
    {.name = "variance", .unit = "1", .doc = "mean kriging variance"},
    {.name = "negative", .unit = "1", .doc = "mean sum of the negative weights"},
    {.name = "mean_square_error", .unit = "1", .doc = "of the samples left out; empty with targets"},
};

kd_status kd_neighbourhood_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_kriging_setup *setup = kd_arena_alloc(work->scratch, 1, sizeof *setup);
  double number[CUTOFFS_MAX];
  size_t count;
  kd_points where;
  *out = NULL;
  KD_CHECK(setup != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(read_numbers(number, &count, CUTOFFS_MAX, work->texts[KD_KRIGING_OPTIONS], "numbers", work->err));
  KD_TRY(kd_kriging_setup_read(setup, data[0], data[2], options, work));
  KD_CHECK(setup->rule.drifts == 0 || data[1] == NULL, work->err, KD_E_CONTRADICTION,
           "with a drift the analysis runs over the samples: no targets");
  where = setup->samples.points;
  if (data[1] != NULL) KD_TRY(kd_points_read(&where, data[1], setup->samples.z == NULL, work->scratch, work->err));
  KD_TRY(kd_table_create(out, work->ctx,
                         "neighbours [1], places [1], samples [1], slope [1], slope_above_095 [1], efficiency [1], "
                         "variance [1], negative [1], mean_square_error [1]",
                         count, work->err));
  for (size_t k = 0; k < count; k++) {
    kd_kriging_space space;
    double sum[9] = {0.0};
    KD_CHECK(number[k] >= 1.0 && number[k] == floor(number[k]), work->err, KD_E_RANGE, "numbers: %g is no whole number",
             number[k]);
    setup->search.rule.neighbours = (size_t)number[k];
    setup->search.all = false;
    KD_TRY(kd_kriging_space_create(&space, work->scratch, &setup->kriging, work->err));
    for (size_t i = 0; i < where.count; i++) {
      const double at[3] = {where.x[i], where.y[i], where.z != NULL ? where.z[i] : 0.0};
      const kd_search_skip skip = {.value = (uint32_t)i};
      double drift[KD_KRIGING_DRIFTS];
      kd_kriged one;
      for (size_t d = 0; d < setup->rule.drifts; d++) drift[d] = setup->samples.drift[d][i];
      kd_kriging_at(&setup->kriging, &space, &one, at, drift, data[1] == NULL ? &skip : NULL);
      if (one.note != KD_KRIGED) continue;
      const double error = data[1] == NULL ? setup->samples.value[i] - one.estimate : (double)NAN;
      const double add[] = {
          0.0,          1.0,          (double)one.samples, one.slope, one.slope > 0.95 ? 1.0 : 0.0, one.efficiency,
          one.variance, one.negative, error * error};
      for (size_t c = 0; c < KD_COUNT(add); c++) sum[c] += add[c];
    }
    (*out)->column[0].number[k] = number[k];
    (*out)->column[1].number[k] = sum[1];
    for (size_t c = 2; c < 9; c++) (*out)->column[c].number[k] = sum[1] > 0.0 ? sum[c] / sum[1] : (double)NAN;
  }
out:
  return status;
}

/* --- swath -------------------------------------------------------------------------------------------------------- */

const kd_data_slot kd_swath_check_slots[2] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples"},
    {.name = "estimates", .columns = KD_SAMPLE_COLUMNS, .doc = "estimates, as deposit.kriging gives them"},
};
const kd_field kd_swath_check_in[6] = {
    KD_TEXT_FIELD("value", "column of the samples", "value"),
    KD_TEXT_FIELD("estimate", "column of the estimates", "estimate"),
    KD_CHOICE_FIELD("axis", "across which the swaths are cut", "x", "x|y|z"),
    {.name = "width", .unit = "m", .doc = "of a swath", .low = "0 m exclusive"},
    {.name = "origin", .unit = "m", .doc = "where a swath begins", .initial = "0 m"},
    KD_TEXT_FIELD("weight", "column of declustering weights of the samples; none: all the same", ""),
};
const kd_field kd_swath_check_out[6] = {
    {.name = "lower", .unit = "m", .doc = "of the swath"}, {.name = "upper", .unit = "m", .doc = "of the swath"},
    {.name = "samples", .unit = "1", .doc = "in it"},      {.name = "sample_mean", .unit = "1", .doc = "their mean"},
    {.name = "estimates", .unit = "1", .doc = "in it"},    {.name = "estimate_mean", .unit = "1", .doc = "their mean"},
};

static kd_status add_side(double *to[3], double first, double width, size_t swaths, const kd_table *table,
                          const char *axis, const char *what, const char *value, const char *weight, kd_error *err) {
  kd_status status = KD_OK;
  const kd_column *place = kd_table_column(table, axis), *v, *w = NULL;
  size_t found;
  KD_TRY(kd_columns_find(&v, &found, 1, table, value, what, err));
  KD_CHECK(found == 1 && place != NULL, err, KD_E_MISSING, "a column %s and a column of values are wanted", axis);
  KD_TRY(kd_columns_find(&w, &found, 1, table, weight, "weight", err));
  for (size_t r = 0; r < table->rows; r++) {
    double number, by = 1.0;
    KD_TRY(kd_cell_number(&number, table, v, r, err));
    if (w != NULL) KD_TRY(kd_cell_number(&by, table, w, r, err));
    const double at = floor((place->number[r] - first) / width);
    if (isnan(number) || isnan(by) || !(at >= 0.0) || !(at < (double)swaths)) continue;
    to[0][(size_t)at] += 1.0;
    to[1][(size_t)at] += by;
    to[2][(size_t)at] += by * number;
  }
out:
  return status;
}

kd_status kd_swath_check_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  static const char *const axes[] = {"x", "y", "z"};
  const char *axis = axes[(int)options[2]], *const *text = work->texts;
  double low = (double)INFINITY, high = -(double)INFINITY, *to[2][3];
  size_t rows = 0;
  *out = NULL;
  for (int d = 0; d < 2; d++) {
    const kd_column *place = kd_table_column(data[d], axis);
    KD_CHECK(place != NULL, work->err, KD_E_MISSING, "%s: no column %s", d == 0 ? "samples" : "estimates", axis);
    for (size_t r = 0; r < data[d]->rows; r++) {
      if (place->number[r] < low) low = place->number[r];
      if (place->number[r] > high) high = place->number[r];
    }
  }
  KD_CHECK(low <= high, work->err, KD_E_MISSING, "no sample and no estimate has a place along %s", axis);
  const double width = options[3], first = options[4] + width * floor((low - options[4]) / width);
  KD_CHECK((high - first) / width < 1e6, work->err, KD_E_SIZE, "more than a million swaths");
  const size_t swaths = (size_t)floor((high - first) / width) + 1;
  for (int d = 0; d < 2; d++)
    for (int k = 0; k < 3; k++) {
      to[d][k] = kd_arena_alloc(work->scratch, swaths, sizeof(double));
      KD_CHECK(to[d][k] != NULL, work->err, KD_E_NOMEM, "no memory for %zu swaths", swaths);
    }
  KD_TRY(add_side(to[0], first, width, swaths, data[0], axis, "value", text[0], text[5], work->err));
  KD_TRY(add_side(to[1], first, width, swaths, data[1], axis, "estimate", text[1], "", work->err));
  for (size_t s = 0; s < swaths; s++) rows += to[0][0][s] + to[1][0][s] > 0.0;
  KD_TRY(kd_table_create(out, work->ctx,
                         "lower [m], upper [m], samples [1], sample_mean [1], estimates [1], estimate_mean [1]", rows,
                         work->err));
  rows = 0;
  for (size_t s = 0; s < swaths; s++) {
    if (!(to[0][0][s] + to[1][0][s] > 0.0)) continue;
    const double cell[] = {first + width * (double)s,
                           first + width * (double)(s + 1),
                           to[0][0][s],
                           to[0][1][s] > 0.0 ? to[0][2][s] / to[0][1][s] : (double)NAN,
                           to[1][0][s],
                           to[1][1][s] > 0.0 ? to[1][2][s] / to[1][1][s] : (double)NAN};
    for (size_t c = 0; c < KD_COUNT(cell); c++) (*out)->column[c].number[rows] = cell[c];
    rows++;
  }
out:
  return status;
}
