// SPDX-License-Identifier: Apache-2.0
/* Kernels over data sets of several variables: coregionalisation and co-kriging. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "deposit/cokriging.h"
#include "deposit/estimation_input.h"
#include "deposit/kernels_estimation.h"
#include "deposit/variogram.h"

const kd_data_slot kd_cokriging_slots[3] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples, a column for each variable of the model"},
    {.name = "targets", .columns = KD_SAMPLE_COLUMNS, .doc = "places"},
    {.name = "model", .columns = KD_COREGIONALISATION_COLUMNS, .doc = "linear model of coregionalisation"},
};

enum { METHOD, MEANS, FORM, SEARCH, THREADS = SEARCH + 13 };

const kd_field kd_cokriging_in[17] = {
    KD_CHOICE_FIELD("method", "ordinary: an unknown mean for each variable", "ordinary", "ordinary|simple"),
    KD_TEXT_FIELD("means", "of simple co-kriging, in the order of the model's variables, separated by commas", ""),
    KD_CHOICE_FIELD("form", "auto: factors where that is exact; general: one system always", "auto", "auto|general"),
    KD_SEARCH_FIELDS,
    {.name = "threads",
     .unit = "1",
     .doc = "that work at the same time; they change nothing",
     .initial = "1",
     .low = "1",
     .high = "64"},
};
const kd_field kd_cokriging_out[7] = {
    {.name = "x", .unit = "m", .doc = "place"},
    {.name = "y", .unit = "m", .doc = "place"},
    {.name = "z", .unit = "m", .doc = "place; only where the samples have z"},
    {.name = "VARIABLE", .unit = "1", .doc = "estimate, a column for each variable of the model"},
    {.name = "VARIABLE_variance", .unit = "1", .doc = "its kriging variance"},
    {.name = "samples", .unit = "1", .doc = "values used, of all variables"},
    {.name = "note", .unit = "", .doc = "why there is no estimate"},
};

/* Samples of one variable: rows without a value are left out. */
static kd_status read_variable(kd_estimation_data *out, kd_covariable *v, const kd_table *table, const char *name,
                               kd_work *work) {
  const kd_sample_wish wish = {.value = name, .drift = "", .core = "", .skip_missing = true};
  const kd_status status = kd_estimation_samples(out, table, &wish, work->scratch, work->err);
  *v = (kd_covariable){.points = out->points, .value = out->value};
  return status;
}

static kd_status read_means(kd_cokriging_rule *rule, const char *text, size_t p, kd_error *err) {
  kd_status status = KD_OK;
  size_t count = 0;
  for (const char *at = text + strspn(text, ", "); *at != '\0'; at += strspn(at, ", ")) {
    char *end;
    KD_CHECK(count < p, err, KD_E_SIZE, "means: %zu are wanted, one for each variable", p);
    rule->mean[count++] = strtod(at, &end);
    KD_CHECK(end != at, err, KD_E_NUMBER, "means: a number is wanted at '%.40s'", at);
    at = end;
  }
  KD_CHECK(count == (rule->simple ? p : 0), err, KD_E_MISSING, "means: %zu given, %zu wanted", count,
           rule->simple ? p : (size_t)0);
out:
  return status;
}

kd_status kd_cokriging_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_coregionalisation *model = kd_arena_alloc(work->scratch, 1, sizeof *model);
  kd_estimation_data samples[KD_VARIABLES_MAX];
  kd_covariable variable[KD_VARIABLES_MAX];
  kd_cokriging_rule rule = {.simple = options[METHOD] == 1.0, .general = options[FORM] == 1.0};
  kd_search_rule search;
  kd_cokriging *cokriging;
  kd_points targets;
  kd_pool *pool = NULL;
  kd_text columns;
  kd_text_init(&columns, work->ctx);
  *out = NULL;
  KD_CHECK(model != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(kd_coregionalisation_read(model, data[2], work->err));
  const size_t p = model->variables;
  KD_TRY(read_means(&rule, work->texts[MEANS], p, work->err));
  for (size_t v = 0; v < p; v++) KD_TRY(read_variable(&samples[v], &variable[v], data[0], model->name[v], work));
  kd_search_rule_read(&search, options + SEARCH);
  KD_CHECK(search.per_core == 0, work->err, KD_E_CONTRADICTION, "per_core is not known to co-kriging");
  const bool flat = samples[0].z == NULL;
  KD_TRY(kd_points_read(&targets, data[1], flat, work->scratch, work->err));
  KD_TRY(kd_cokriging_create(&cokriging, variable, model, &rule, &search, work->scratch, work->err));
  const size_t n = targets.count;
  double *estimate = kd_arena_alloc(work->scratch, n * p, sizeof *estimate);
  double *variance = kd_arena_alloc(work->scratch, n * p, sizeof *variance);
  kd_kriged_note *note = kd_arena_alloc(work->scratch, n, sizeof *note);
  size_t *used = kd_arena_alloc(work->scratch, n, sizeof *used);
  KD_CHECK(estimate != NULL && variance != NULL && note != NULL && used != NULL, work->err, KD_E_NOMEM,
           "no memory for %zu targets", n);
  KD_TRY(kd_pool_create(&pool, work->ctx, (size_t)options[THREADS], work->err));
  KD_TRY(kd_cokriging_share(cokriging, estimate, variance, note, used, &targets, pool, work->scratch, work->err));
  kd_text_printf(&columns, "x [m], y [m]%s", flat ? "" : ", z [m]");
  for (size_t v = 0; v < p; v++)
    kd_text_printf(&columns, ", %s [%s], %s_variance [%s]", model->name[v], samples[v].unit_text, model->name[v],
                   samples[v].square_text);
  kd_text_add(&columns, ", samples [1], note");
  KD_CHECK(!columns.failed, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(kd_table_create(out, work->ctx, columns.bytes, n, work->err));
  KD_TRY(kd_column_set_text(*out, (*out)->columns - 1, work->err));
  for (size_t i = 0; i < n; i++) {
    size_t c = 0;
    (*out)->column[c++].number[i] = targets.x[i];
    (*out)->column[c++].number[i] = targets.y[i];
    if (!flat) (*out)->column[c++].number[i] = targets.z[i];
    for (size_t v = 0; v < p; v++) {
      const kd_unit *unit = &samples[v].unit;
      (*out)->column[c++].number[i] = kd_unit_si(unit, estimate[i * p + v]);
      (*out)->column[c++].number[i] =
          variance[i * p + v] * (samples[v].square_text[0] == '1' ? 1.0 : unit->scale * unit->scale);
    }
    (*out)->column[c++].number[i] = (double)used[i];
    (*out)->column[c].text[i] = kd_kriged_note_text(note[i]);
  }
out:
  kd_pool_destroy(&pool);
  kd_text_free(&columns);
  return status;
}

/* --- fit of a linear model of coregionalisation ------------------------------------------------------------------- */

const kd_data_slot kd_coregionalisation_slots[2] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples, a column for each variable"},
    {.name = "model", .columns = KD_STRUCTURE_COLUMNS, .doc = "structures and their ranges", .optional = true},
};
const kd_field kd_coregionalisation_in[5] = {
    KD_TEXT_FIELD("values", "columns of the variables, separated by commas", NULL),
    KD_TEXT_FIELD("model", "structures with their ranges, such as 1 nugget + 1 spherical(900 m)", ""),
    KD_LENGTH_FIELD("cutoff", "largest distance of a pair; 0: a third of the diagonal"),
    KD_LENGTH_FIELD("width", "of a lag; 0: cutoff/15"),
    KD_CHOICE_FIELD("weight", "of a lag of N pairs at distance h", "pairs_over_h2", "pairs_over_h2|pairs"),
};
const kd_field kd_coregionalisation_out[11] = {
    {.name = "first", .unit = "", .doc = "variable"},
    {.name = "second", .unit = "", .doc = "variable"},
    {.name = "structure", .unit = "", .doc = "of the model"},
    {.name = "sill", .unit = "1", .doc = "of the pair, in the product of the units of the columns"},
    {.name = "range", .unit = "m", .doc = "along the major axis"},
    {.name = "semi", .unit = "m", .doc = "across it"},
    {.name = "minor", .unit = "m", .doc = "along the third axis"},
    {.name = "azimuth", .unit = "deg", .doc = "of the major axis"},
    {.name = "dip", .unit = "deg", .doc = "of the major axis"},
    {.name = "rake", .unit = "deg", .doc = "about the major axis"},
    {.name = "shape", .unit = "1", .doc = "smoothness or exponent"},
};

static kd_status lmc_table(kd_table **out, const kd_coregionalisation *lmc, kd_work *work) {
  kd_status status = KD_OK;
  const size_t p = lmc->variables, pairs = p * (p + 1) / 2;
  size_t row = 0;
  KD_TRY(kd_table_create(out, work->ctx,
                         "first, second, structure, sill [1], range [m], semi [m], minor [m], azimuth [deg], dip "
                         "[deg], rake [deg], shape [1]",
                         pairs * lmc->structures, work->err));
  for (size_t c = 0; c < 3; c++) KD_TRY(kd_column_set_text(*out, c, work->err));
  for (size_t k = 0; k < lmc->structures; k++) {
    const kd_structure *s = &lmc->structure[k].structure[0];
    for (size_t i = 0; i < p; i++) {
      for (size_t j = 0; j <= i; j++, row++) {
        char *first = kd_arena_strdup(work->scratch, lmc->name[i]),
             *second = kd_arena_strdup(work->scratch, lmc->name[j]);
        KD_CHECK(first != NULL && second != NULL, work->err, KD_E_NOMEM, "no memory");
        (*out)->column[0].text[row] = first;
        (*out)->column[1].text[row] = second;
        (*out)->column[2].text[row] = kd_structure_words[s->kind];
        const bool bare = s->kind <= KD_MEASUREMENT_ERROR;
        const double cell[] = {lmc->sill[k][i * p + j],
                               bare ? (double)NAN : s->range,
                               bare ? (double)NAN : s->semi,
                               bare ? (double)NAN : s->minor,
                               s->azimuth,
                               s->dip,
                               s->rake,
                               s->shape};
        for (size_t c = 0; c < KD_COUNT(cell); c++) (*out)->column[3 + c].number[row] = cell[c];
      }
    }
  }
out:
  return status;
}

kd_status kd_coregionalisation_kernel(kd_table **out, const kd_table *const *data, const double *options,
                                      kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *column[KD_VARIABLES_MAX];
  kd_coregionalisation *lmc = kd_arena_alloc(work->scratch, 1, sizeof *lmc);
  kd_variogram_rule *rule = kd_arena_alloc(work->scratch, 1, sizeof *rule);
  kd_estimation_data samples[KD_VARIABLES_MAX];
  kd_covariable variable[KD_VARIABLES_MAX];
  kd_covariance model;
  size_t p;
  *out = NULL;
  KD_CHECK(lmc != NULL && rule != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(kd_columns_find(column, &p, KD_VARIABLES_MAX, data[0], work->texts[0], "values", work->err));
  KD_CHECK(p >= 1, work->err, KD_E_MISSING, "values: the columns of the variables are wanted");
  KD_TRY(kd_model_read(&model, work->texts[1], data[1], work->err));
  KD_CHECK(model.has_sill, work->err, KD_E_CONTRADICTION, "coregionalisation wants structures with a sill");
  lmc->variables = p;
  lmc->structures = model.count;
  for (size_t k = 0; k < model.count; k++) {
    kd_structure s = model.structure[k];
    s.sill = 1.0;
    KD_TRY(kd_covariance_add(&lmc->structure[k], &s, work->err));
  }
  for (size_t v = 0; v < p; v++) {
    const kd_sample_wish wish = {.value = column[v]->name, .drift = "", .core = ""};
    snprintf(lmc->name[v], sizeof lmc->name[v], "%s", column[v]->name);
    KD_TRY(kd_estimation_samples(&samples[v], data[0], &wish, work->scratch, work->err));
    variable[v] = (kd_covariable){.points = samples[v].points, .value = samples[v].value};
  }
  const double cutoff = options[2] > 0.0 ? options[2] : kd_variogram_cutoff(&variable[0].points);
  KD_TRY(kd_variogram_lags(rule, cutoff, options[3] > 0.0 ? options[3] : cutoff / 15.0, work->err));
  kd_lag *lag = kd_arena_alloc(work->scratch, rule->lags, sizeof *lag);
  double *gamma = kd_arena_alloc(work->scratch, rule->lags * p * p, sizeof *gamma);
  double *distance = kd_arena_alloc(work->scratch, rule->lags, sizeof *distance);
  double *weight = kd_arena_alloc(work->scratch, rule->lags, sizeof *weight);
  KD_CHECK(lag != NULL && gamma != NULL && distance != NULL && weight != NULL, work->err, KD_E_NOMEM, "no memory");
  size_t used = 0;
  for (size_t i = 0; i < p; i++) {
    for (size_t j = 0; j <= i; j++) {
      rule->kind = i == j ? KD_VARIOGRAM_CLASSICAL : KD_VARIOGRAM_CROSS;
      KD_TRY(kd_variogram(lag, &variable[i].points, variable[i].value, i == j ? NULL : variable[j].value, rule, NULL,
                          work->scratch, work->err));
      used = 0;
      for (size_t k = 0; k < rule->lags; k++) {
        if (!(lag[k].pairs > 0.0) || !(lag[k].distance > 0.0)) continue;
        gamma[used * p * p + i * p + j] = gamma[used * p * p + j * p + i] = lag[k].gamma;
        distance[used] = lag[k].distance;
        weight[used++] = options[4] == 1.0 ? lag[k].pairs : lag[k].pairs / (lag[k].distance * lag[k].distance);
      }
    }
  }
  KD_CHECK(used > 0, work->err, KD_E_MISSING, "no lag holds a pair");
  /* Each pair counts by its own size: in units of the standard deviations of its variables. */
  double scale[KD_VARIABLES_MAX];
  for (size_t i = 0; i < p; i++) {
    scale[i] = 0.0;
    for (size_t k = 0; k < used; k++) scale[i] += gamma[k * p * p + i * p + i] / (double)used;
    KD_CHECK(scale[i] > 0.0, work->err, KD_E_RANGE, "%s: all values are the same", lmc->name[i]);
    scale[i] = sqrt(scale[i]);
  }
  for (size_t k = 0; k < used; k++)
    for (size_t c = 0; c < p * p; c++) gamma[k * p * p + c] /= scale[c / p] * scale[c % p];
  (void)kd_coregionalisation_fit(lmc, used, distance, weight, gamma);
  for (size_t k = 0; k < lmc->structures; k++)
    for (size_t c = 0; c < p * p; c++) lmc->sill[k][c] *= scale[c / p] * scale[c % p];
  KD_TRY(lmc_table(out, lmc, work));
out:
  return status;
}
