// SPDX-License-Identifier: Apache-2.0
/* Kernels over data sets: experimental variogram, its map, fits. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deposit/estimation_input.h"
#include "deposit/kernels_estimation.h"
#include "deposit/variogram.h"
#include "deposit/variogram_fit.h"

#define DEGREE 0.017453292519943295

const kd_data_slot kd_variogram_slots[1] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples with the columns named by the options"},
};

enum {
  VALUE,
  SECOND,
  KIND,
  CUTOFF,
  WIDTH,
  BOUNDARIES,
  AZIMUTH,
  DIP,
  TOLERANCE,
  DIP_TOLERANCE,
  BAND,
  BANDHEIGHT,
  TREND,
  DRIFT,
  MISSING
};

const kd_field kd_variogram_in[15] = {
    KD_TEXT_FIELD("value", "column of the samples", "value"),
    KD_TEXT_FIELD("second", "second column, for the cross variogram", ""),
    KD_CHOICE_FIELD("kind", "estimator; robust: Cressie and Hawkins 1980", "classical",
                    "classical|robust|madogram|rodogram|pairwise_relative|covariance|cross"),
    KD_LENGTH_FIELD("cutoff", "largest distance of a pair; 0: a third of the diagonal of the box (gstat's default)"),
    KD_LENGTH_FIELD("width", "of a lag; 0: cutoff/15 (gstat's default)"),
    KD_TEXT_FIELD("boundaries", "upper ends of the lags in metres, separated by commas, in place of cutoff and width",
                  ""),
    KD_TEXT_FIELD("azimuth", "directions in degrees clockwise from north, separated by commas; none: all", ""),
    KD_ANGLE_FIELD("dip", "of the directions, positive upward"),
    KD_ANGLE_FIELD("tolerance", "half angle about the azimuth; 0: 90 deg over the number of directions"),
    {.name = "dip_tolerance", .unit = "deg", .doc = "half angle about the dip", .initial = "90 deg", .low = "0 deg"},
    KD_LENGTH_FIELD("bandwidth", "largest distance across the direction; 0: any"),
    KD_LENGTH_FIELD("bandheight", "the same along the vertical; 0: any"),
    KD_COUNT_FIELD("trend", "degree of a trend in the coordinates that is taken off by least squares", "0", "2"),
    KD_TEXT_FIELD("drift", "columns of a drift that is taken off by least squares", ""),
    KD_CHOICE_FIELD("missing", "samples without value", "refuse", "refuse|skip"),
};
const kd_field kd_variogram_out[7] = {
    {.name = "azimuth", .unit = "deg", .doc = "direction; 0 when all"},
    {.name = "dip", .unit = "deg", .doc = "direction"},
    {.name = "lower", .unit = "m", .doc = "of the lag"},
    {.name = "upper", .unit = "m", .doc = "of the lag"},
    {.name = "pairs", .unit = "1", .doc = "number of pairs"},
    {.name = "distance", .unit = "m", .doc = "mean distance of the pairs"},
    {.name = "semivariance", .unit = "1", .doc = "in the square of the unit of the value"},
};

/* Numbers of a list "0, 45, 90". */
static kd_status read_list(double *out, size_t *count, size_t most, const char *text, const char *what, kd_error *err) {
  *count = 0;
  for (const char *at = text + strspn(text, ", \t"); *at != '\0'; at += strspn(at, ", \t")) {
    char *end;
    if (*count == most) return kd_error_set(err, KD_E_SIZE, "%s: at most %zu numbers", what, most);
    out[(*count)++] = strtod(at, &end);
    if (end == at || !isfinite(out[*count - 1]))
      return kd_error_set(err, KD_E_NUMBER, "%s: a number is wanted at '%.40s'", what, at);
    at = end;
  }
  return KD_OK;
}

/* Takes a least-squares trend off the values. */
static kd_status take_trend(kd_estimation_data *s, double *value, int degree, kd_arena *arena, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = s->points.count, axes = s->z != NULL ? 3 : 2;
  double *f[KD_KRIGING_FUNCTIONS], a[KD_KRIGING_FUNCTIONS * KD_KRIGING_FUNCTIONS], b[KD_KRIGING_FUNCTIONS];
  size_t m = 0;
  const double *axis[3] = {s->x, s->y, s->z};
  double centre[3] = {0.0}, scale[3];
  for (size_t k = 0; k < axes; k++) {
    scale[k] = 0.0;
    for (size_t i = 0; i < n; i++) centre[k] += axis[k][i] / (double)n;
    for (size_t i = 0; i < n; i++) scale[k] = fmax(scale[k], fabs(axis[k][i] - centre[k]));
    if (!(scale[k] > 0.0)) scale[k] = 1.0;
  }
  for (size_t k = 0; k < KD_KRIGING_FUNCTIONS; k++) {
    f[k] = kd_arena_alloc(arena, n, sizeof(double));
    KD_CHECK(f[k] != NULL, err, KD_E_NOMEM, "no memory for %zu samples", n);
  }
  for (size_t i = 0; i < n; i++) {
    double u[3] = {0.0};
    m = 0;
    f[m++][i] = 1.0;
    for (size_t k = 0; k < axes; k++) u[k] = (axis[k][i] - centre[k]) / scale[k];
    for (size_t k = 0; k < axes && degree >= 1; k++) f[m++][i] = u[k];
    for (size_t k = 0; k < axes && degree >= 2; k++)
      for (size_t l = k; l < axes; l++) f[m++][i] = u[k] * u[l];
    for (size_t d = 0; d < s->drifts; d++) f[m++][i] = s->drift[d][i];
  }
  for (int round = 0; round < 2; round++) { /* the second takes off what rounding left */
    for (size_t k = 0; k < m; k++) {
      b[k] = 0.0;
      for (size_t i = 0; i < n; i++) b[k] += f[k][i] * value[i];
      for (size_t l = 0; l <= k; l++) {
        a[k * m + l] = 0.0;
        for (size_t i = 0; i < n; i++) a[k * m + l] += f[k][i] * f[l][i];
      }
    }
    KD_CHECK(kd_cholesky(a, m, m, 1e-13), err, KD_E_CONTRADICTION,
             "the trend cannot be told apart: too few samples, or collinear ones");
    kd_cholesky_forward(a, m, m, b);
    kd_cholesky_backward(a, m, m, b);
    for (size_t k = 0; k < m; k++)
      for (size_t i = 0; i < n; i++) value[i] -= b[k] * f[k][i];
  }
out:
  return status;
}

typedef struct pair_data {
  kd_estimation_data samples;
  double *first, *second;
} pair_data;

static kd_status read_pair(pair_data *out, const kd_table *table, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const char *const *text = work->texts;
  kd_sample_wish wish = {
      .value = text[VALUE], .drift = text[DRIFT], .core = "", .skip_missing = options[MISSING] == 1.0};
  kd_estimation_data other;
  const bool cross = (int)options[KIND] == KD_VARIOGRAM_CROSS;
  out->second = NULL;
  KD_CHECK(cross == (text[SECOND][0] != '\0'), work->err, KD_E_CONTRADICTION,
           "kind=cross and second=COLUMN go together");
  KD_CHECK(!cross || !wish.skip_missing, work->err, KD_E_CONTRADICTION,
           "a cross variogram wants both values at every sample: missing=refuse");
  KD_TRY(kd_estimation_samples(&out->samples, table, &wish, work->scratch, work->err));
  KD_CHECK(out->samples.points.count > 1, work->err, KD_E_SIZE, "one sample makes no pair");
  out->first = out->samples.value;
  if (cross) {
    wish.value = text[SECOND];
    KD_TRY(kd_estimation_samples(&other, table, &wish, work->scratch, work->err));
    out->second = other.value;
  }
  const int degree = (int)options[TREND];
  if (degree > 0 || out->samples.drifts > 0 || (int)options[KIND] == KD_VARIOGRAM_COVARIANCE) {
    KD_TRY(take_trend(&out->samples, out->first, degree, work->scratch, work->err));
    if (cross) KD_TRY(take_trend(&out->samples, out->second, degree, work->scratch, work->err));
  }
out:
  return status;
}

static kd_status read_lags(kd_variogram_rule *rule, const kd_points *points, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(read_list(rule->upper, &rule->lags, KD_LAGS_MAX, work->texts[BOUNDARIES], "boundaries", work->err));
  if (rule->lags > 0) {
    KD_CHECK(options[CUTOFF] == 0.0 && options[WIDTH] == 0.0, work->err, KD_E_CONTRADICTION,
             "give boundaries, or cutoff and width");
    for (size_t k = 0; k < rule->lags; k++)
      KD_CHECK(rule->upper[k] > (k > 0 ? rule->upper[k - 1] : 0.0), work->err, KD_E_RANGE,
               "boundaries must rise from above 0 m: %g", rule->upper[k]);
    goto out;
  }
  const double cutoff = options[CUTOFF] > 0.0 ? options[CUTOFF] : kd_variogram_cutoff(points);
  KD_CHECK(cutoff > 0.0, work->err, KD_E_RANGE, "all samples stand at one place");
  KD_TRY(kd_variogram_lags(rule, cutoff, options[WIDTH] > 0.0 ? options[WIDTH] : cutoff / 15.0, work->err));
out:
  return status;
}

kd_status kd_variogram_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_variogram_rule *rule = kd_arena_alloc(work->scratch, 1, sizeof *rule);
  kd_lag *lag = kd_arena_alloc(work->scratch, KD_LAGS_MAX * 37, sizeof *lag);
  double azimuth[36];
  pair_data pair;
  size_t directions, rows = 0;
  char columns[256];
  *out = NULL;
  KD_CHECK(rule != NULL && lag != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(read_pair(&pair, data[0], options, work));
  rule->kind = (kd_variogram_kind)options[KIND];
  KD_TRY(read_lags(rule, &pair.samples.points, options, work));
  KD_TRY(read_list(azimuth, &directions, KD_COUNT(azimuth), work->texts[AZIMUTH], "azimuth", work->err));
  rule->directional = directions > 0;
  if (directions == 0) azimuth[directions++] = 0.0;
  rule->dip = options[DIP];
  rule->tolerance = options[TOLERANCE] > 0.0 ? options[TOLERANCE] : 90.0 * DEGREE / (double)directions;
  rule->dip_tolerance = options[DIP_TOLERANCE];
  rule->bandwidth = options[BAND] > 0.0 ? options[BAND] : (double)INFINITY;
  rule->bandheight = options[BANDHEIGHT] > 0.0 ? options[BANDHEIGHT] : (double)INFINITY;
  rule->directional = rule->directional || rule->dip_tolerance < 89.999999 * DEGREE;
  for (size_t d = 0; d < directions; d++) {
    rule->azimuth = azimuth[d] * DEGREE;
    KD_TRY(kd_variogram(lag + d * rule->lags, &pair.samples.points, pair.first, pair.second, rule, NULL, work->scratch,
                        work->err));
    for (size_t k = 0; k < rule->lags; k++) rows += lag[d * rule->lags + k].pairs > 0.0;
  }
  const bool pure = rule->kind == KD_VARIOGRAM_PAIRWISE_RELATIVE || rule->kind == KD_VARIOGRAM_MADOGRAM ||
                    rule->kind == KD_VARIOGRAM_RODOGRAM || rule->kind == KD_VARIOGRAM_CROSS;
  const char *square = pure ? "1" : pair.samples.square_text;
  const double unit = square[0] == '1' ? 1.0 : pair.samples.unit.scale * pair.samples.unit.scale;
  snprintf(columns, sizeof columns,
           "azimuth [deg], dip [deg], lower [m], upper [m], pairs [1], distance [m], semivariance [%s]", square);
  KD_TRY(kd_table_create(out, work->ctx, columns, rows, work->err));
  rows = 0;
  for (size_t d = 0; d < directions; d++) {
    for (size_t k = 0; k < rule->lags; k++) {
      const kd_lag *l = &lag[d * rule->lags + k];
      if (!(l->pairs > 0.0)) continue;
      const double cell[] = {azimuth[d] * DEGREE, rule->dip, k > 0 ? rule->upper[k - 1] : 0.0,
                             rule->upper[k],      l->pairs,  l->distance,
                             l->gamma * unit};
      for (size_t c = 0; c < KD_COUNT(cell); c++) (*out)->column[c].number[rows] = cell[c];
      rows++;
    }
  }
out:
  return status;
}

/* --- map ---------------------------------------------------------------------------------------------------------- */

const kd_field kd_variogram_map_in[5] = {
    KD_TEXT_FIELD("value", "column of the samples", "value"),
    KD_TEXT_FIELD("second", "second column, for a cross variogram", ""),
    {.name = "cell", .unit = "m", .doc = "size of a cell of the map", .low = "0 m exclusive"},
    {.name = "half",
     .unit = "1",
     .doc = "cells on each side of the middle one",
     .initial = "10",
     .low = "1",
     .high = "200"},
    KD_CHOICE_FIELD("missing", "samples without value", "refuse", "refuse|skip"),
};
const kd_field kd_variogram_map_out[4] = {
    {.name = "dx", .unit = "m", .doc = "lag to the east, middle of the cell"},
    {.name = "dy", .unit = "m", .doc = "lag to the north"},
    {.name = "pairs", .unit = "1", .doc = "pairs, each counted both ways"},
    {.name = "semivariance", .unit = "1", .doc = "mean of their half square differences"},
};

kd_status kd_variogram_map_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const size_t half = (size_t)options[3], side = 2 * half + 1;
  const char *const *text = work->texts;
  kd_sample_wish wish = {.value = text[0], .drift = "", .core = "", .skip_missing = options[4] == 1.0};
  kd_estimation_data first, second = {0};
  kd_lag *lag = kd_arena_alloc(work->scratch, side * side, sizeof *lag);
  *out = NULL;
  KD_CHECK(lag != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(kd_estimation_samples(&first, data[0], &wish, work->scratch, work->err));
  if (text[1][0] != '\0') {
    wish.value = text[1];
    KD_TRY(kd_estimation_samples(&second, data[0], &wish, work->scratch, work->err));
    KD_CHECK(second.points.count == first.points.count, work->err, KD_E_CONTRADICTION,
             "a cross variogram wants both values at every sample");
  }
  kd_variogram_map(lag, &first.points, first.value, second.value, options[2], half);
  KD_TRY(kd_table_create(out, work->ctx, "dx [m], dy [m], pairs [1], semivariance [1]", side * side, work->err));
  for (size_t k = 0; k < side * side; k++) {
    (*out)->column[0].number[k] = ((double)(k % side) - (double)half) * options[2];
    (*out)->column[1].number[k] = ((double)(k / side) - (double)half) * options[2];
    (*out)->column[2].number[k] = lag[k].pairs;
    (*out)->column[3].number[k] = lag[k].gamma;
  }
out:
  return status;
}

/* --- fits --------------------------------------------------------------------------------------------------------- */

const kd_data_slot kd_variogram_fit_slots[2] = {
    {.name = "lags",
     .columns = "pairs [1], distance [m], semivariance, azimuth [deg]?, dip [deg]?, ...",
     .doc = "an experimental variogram, as deposit.experimental_variogram gives it"},
    {.name = "model",
     .optional = true,
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures and starting values; or the option model"},
};
const kd_field kd_variogram_fit_in[6] = {
    KD_TEXT_FIELD("model", "structures and starting values, such as 1 nugget + 1 spherical(900 m)", ""),
    KD_CHOICE_FIELD("weight", "of a lag of N pairs at distance h: gstat's methods 7, 1, 2, 6", "pairs_over_h2",
                    "pairs_over_h2|pairs|pairs_over_gamma2|equal"),
    KD_CHOICE_FIELD("search", "global: many starts, to the minimum; local: from the model with gstat's steps and stop",
                    "global", "global|local"),
    KD_CHOICE_FIELD("anisotropy", "whether azimuth and ratio of a common ellipse are fitted", "no", "no|yes"),
    KD_CHOICE_FIELD("fix_sills", "whether the sills stay", "no", "no|yes"),
    KD_CHOICE_FIELD("fix_ranges", "whether the ranges stay", "no", "no|yes"),
};
const kd_field kd_variogram_fit_out[10] = {
    {.name = "structure", .unit = "", .doc = "of the model"},
    {.name = "sill", .unit = "1", .doc = "partial sill, in the unit of the semivariance"},
    {.name = "range", .unit = "m", .doc = "range parameter along the major axis"},
    {.name = "semi", .unit = "m", .doc = "across it"},
    {.name = "minor", .unit = "m", .doc = "along the third axis"},
    {.name = "azimuth", .unit = "deg", .doc = "of the major axis"},
    {.name = "dip", .unit = "deg", .doc = "of the major axis"},
    {.name = "rake", .unit = "deg", .doc = "about the major axis"},
    {.name = "shape", .unit = "1", .doc = "smoothness or exponent"},
    {.name = "objective", .unit = "1", .doc = "weighted sum of squares; likelihood: its logarithm"},
};

static kd_status model_table(kd_table **out, const kd_covariance *model, double objective, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(kd_table_create(out, work->ctx,
                         "structure, sill [1], range [m], semi [m], minor [m], azimuth [deg], dip [deg], rake [deg], "
                         "shape [1], objective [1]",
                         model->count, work->err));
  KD_TRY(kd_column_set_text(*out, 0, work->err));
  for (size_t i = 0; i < model->count; i++) {
    const kd_structure *s = &model->structure[i];
    const bool flat = s->kind <= KD_MEASUREMENT_ERROR;
    double turn = fmod(s->azimuth, 3.14159265358979323846);
    if (turn < 0.0) turn += 3.14159265358979323846;
    const double cell[] = {
        0.0,      s->sill,  flat ? 0.0 : s->range, flat ? 0.0 : s->semi, flat ? 0.0 : s->minor, turn, s->dip, s->rake,
        s->shape, objective};
    (*out)->column[0].text[i] = kd_structure_words[s->kind];
    for (size_t c = 1; c < KD_COUNT(cell); c++) (*out)->column[c].number[i] = cell[c];
  }
out:
  return status;
}

kd_status kd_variogram_fit_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_covariance start;
  kd_fit fit;
  const kd_column *azimuth = kd_table_column(data[0], "azimuth"), *dip = kd_table_column(data[0], "dip");
  const kd_column *gamma = kd_table_column(data[0], "semivariance");
  const kd_fit_lags lags = {.count = data[0]->rows,
                            .pairs = kd_table_column(data[0], "pairs")->number,
                            .distance = kd_table_column(data[0], "distance")->number,
                            .gamma = gamma->number,
                            .azimuth = azimuth != NULL ? azimuth->number : NULL,
                            .dip = dip != NULL ? dip->number : NULL};
  const kd_fit_rule rule = {.weight = (kd_fit_weight)options[1],
                            .local = options[2] == 1.0,
                            .anisotropy = options[3] == 1.0,
                            .fix_sills = options[4] == 1.0,
                            .fix_ranges = options[5] == 1.0};
  *out = NULL;
  KD_CHECK(!(rule.local && rule.anisotropy), work->err, KD_E_CONTRADICTION, "anisotropy=yes wants search=global");
  for (size_t r = 0; r < data[0]->rows; r++) {
    double number;
    KD_TRY(kd_cell_number(&number, data[0], gamma, r, work->err));
  }
  KD_TRY(kd_model_read(&start, work->texts[0], data[1], work->err));
  KD_TRY(kd_variogram_fit(&fit, &lags, &start, &rule, work->scratch, work->err));
  KD_TRY(model_table(out, &fit.model, fit.sse, work));
out:
  return status;
}

const kd_data_slot kd_likelihood_slots[2] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples"},
    {.name = "model",
     .optional = true,
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures and starting values; or the option model"},
};
const kd_field kd_likelihood_in[4] = {
    KD_TEXT_FIELD("value", "column of the samples", "value"),
    KD_TEXT_FIELD("model", "structures and starting values", ""),
    KD_CHOICE_FIELD("method", "maximum likelihood, or restricted (REML)", "reml", "reml|ml"),
    KD_CHOICE_FIELD("missing", "samples without value", "refuse", "refuse|skip"),
};

kd_status kd_likelihood_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_covariance start;
  kd_likelihood fit;
  kd_estimation_data samples;
  size_t twins[2];
  const kd_sample_wish wish = {.value = work->texts[0], .drift = "", .core = "", .skip_missing = options[3] == 1.0};
  *out = NULL;
  KD_TRY(kd_model_read(&start, work->texts[1], data[1], work->err));
  KD_TRY(kd_estimation_samples(&samples, data[0], &wish, work->scratch, work->err));
  KD_CHECK(!kd_points_duplicate(twins, &samples.points, work->scratch), work->err, KD_E_DUPLICATE,
           "samples %zu and %zu stand at one place", twins[0] + 1, twins[1] + 1);
  KD_TRY(kd_likelihood_fit(&fit, &samples.points, samples.value, &start, options[2] == 0.0, work->scratch, work->err));
  KD_TRY(model_table(out, &fit.model, fit.log_likelihood, work));
out:
  return status;
}
