// SPDX-License-Identifier: Apache-2.0
/* Kernel of collocated co-kriging. */
#include <math.h>
#include <stdio.h>

#include "deposit/collocated.h"
#include "deposit/estimation_input.h"
#include "deposit/kernels_estimation.h"

const kd_data_slot kd_collocated_slots[4] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples of the primary"},
    {.name = "targets", .columns = KD_SAMPLE_COLUMNS, .doc = "places, with the column of the secondary"},
    {.name = "model",
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures of the primary's model; or the option model",
     .optional = true},
    {.name = "secondary_model",
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures of the secondary's model; or the option secondary_model",
     .optional = true},
};

enum { VALUE, SECONDARY, MODEL, MARKOV, SECOND_MODEL, RESIDUAL, RHO, MEAN, SECOND_MEAN, SECOND_VARIANCE, SEARCH };
enum { SEARCH_CORE = SEARCH + 11, DUPLICATES = SEARCH + 13, MISSING };

const kd_field kd_collocated_in[25] = {
    KD_TEXT_FIELD("value", "column of the samples: the primary, which is estimated", "value"),
    KD_TEXT_FIELD("secondary", "column of the targets: the secondary", "secondary"),
    KD_TEXT_FIELD("model", "variogram model of the primary, such as 0.1 nugget + 0.9 spherical(900 m)", ""),
    KD_CHOICE_FIELD("markov",
                    "mm1: the cross-covariance has the shape of the primary's; mm2: of the secondary's covariance",
                    "mm1", KD_MARKOVS),
    KD_TEXT_FIELD("secondary_model", "variogram model of the secondary, for mm2", ""),
    KD_TEXT_FIELD("residual_model",
                  "mm2: model of the part of the primary without the secondary, sill (1 - rho^2) of the primary's; "
                  "then the primary's model follows from both",
                  ""),
    {.name = "rho", .unit = "1", .doc = "correlation of primary and secondary at one place", .low = "-1", .high = "1"},
    {.name = "mean", .unit = "1", .doc = "known mean of the primary, in the unit of its column"},
    {.name = "secondary_mean", .unit = "1", .doc = "known mean of the secondary, in the unit of its column"},
    {.name = "secondary_variance",
     .unit = "1",
     .doc = "variance of the secondary, for mm1; mm2 has the sill of secondary_model",
     .initial = "none",
     .low = "0 exclusive"},
    KD_SEARCH_FIELDS,
    KD_CHOICE_FIELD("duplicates", "samples at one place", "refuse", "refuse|average|first"),
    KD_CHOICE_FIELD("missing", "samples without value", "refuse", "refuse|skip"),
};
const kd_field kd_collocated_out[10] = {
    {.name = "x", .unit = "m", .doc = "place"},
    {.name = "y", .unit = "m", .doc = "place"},
    {.name = "z", .unit = "m", .doc = "place; only where the samples have z"},
    {.name = "estimate", .unit = "1", .doc = "of the primary"},
    {.name = "variance", .unit = "1", .doc = "co-kriging variance"},
    {.name = "samples", .unit = "1", .doc = "of the primary, used"},
    {.name = "secondary_weight", .unit = "1", .doc = "of the secondary value less its mean, units of the columns"},
    {.name = "primary_estimate", .unit = "1", .doc = "simple kriging of the primary alone"},
    {.name = "primary_variance", .unit = "1", .doc = "simple kriging variance of the primary alone"},
    {.name = "note", .unit = "", .doc = "why there is no estimate, or none with the secondary"},
};

typedef struct collocation {
  kd_estimation_data samples;
  kd_covariance model, secondary, residual;
  kd_search search;
  kd_kriging kriging;
  kd_collocated_rule rule;
} collocation;

static kd_status read_models(collocation *c, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const char *const *text = work->texts;
  const bool second = options[MARKOV] == 1.0, residual = text[RESIDUAL][0] != '\0';
  const bool given = text[SECOND_MODEL][0] != '\0' || data[3] != NULL;
  c->rule = (kd_collocated_rule){.markov = second ? KD_MARKOV_2 : KD_MARKOV_1,
                                 .correlation = options[RHO],
                                 .mean = options[SECOND_MEAN],
                                 .variance = options[SECOND_VARIANCE],
                                 .secondary = second ? &c->secondary : NULL};
  if (!second) {
    KD_CHECK(!given && !residual, work->err, KD_E_CONTRADICTION,
             "secondary_model and residual_model belong to markov=mm2");
    KD_CHECK(!isnan(c->rule.variance), work->err, KD_E_MISSING, "markov=mm1 wants secondary_variance");
    KD_TRY(kd_model_read(&c->model, text[MODEL], data[2], work->err));
    goto out;
  }
  KD_CHECK(given, work->err, KD_E_MISSING, "markov=mm2 wants secondary_model, as an option or as a table");
  KD_CHECK(isnan(c->rule.variance), work->err, KD_E_CONTRADICTION,
           "secondary_variance belongs to markov=mm1: mm2 has the sill of secondary_model");
  status = kd_model_read(&c->secondary, text[SECOND_MODEL], data[3], work->err);
  if (status != KD_OK) kd_error_context(work->err, "secondary_model: ");
  KD_TRY(status);
  c->rule.variance = c->secondary.sill;
  if (!residual) {
    KD_TRY(kd_model_read(&c->model, text[MODEL], data[2], work->err));
    goto out;
  }
  KD_CHECK(text[MODEL][0] == '\0' && data[2] == NULL, work->err, KD_E_CONTRADICTION,
           "residual_model implies the model of the primary: give one of both");
  status = kd_covariance_parse(&c->residual, text[RESIDUAL], work->err);
  if (status != KD_OK) kd_error_context(work->err, "residual_model: ");
  KD_TRY(status);
  KD_TRY(kd_collocated_implied(&c->model, &c->secondary, &c->residual, options[RHO], work->err));
out:
  return status;
}

static kd_status read_all(collocation *c, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  const kd_sample_wish wish = {.value = work->texts[VALUE],
                               .drift = "",
                               .core = work->texts[SEARCH_CORE],
                               .skip_missing = options[MISSING] == 1.0,
                               .duplicates = (kd_duplicate_rule)options[DUPLICATES]};
  const kd_kriging_rule simple = {.simple = true, .mean = options[MEAN]};
  kd_search_rule search;
  KD_TRY(read_models(c, data, options, work));
  KD_TRY(kd_estimation_samples(&c->samples, data[0], &wish, work->scratch, work->err));
  kd_search_rule_read(&search, options + SEARCH);
  KD_TRY(kd_search_create(&c->search, work->scratch, &c->samples.points, c->samples.core, &search, work->err));
  KD_TRY(kd_kriging_create(&c->kriging, &c->samples.points, c->samples.value, NULL, &c->model, &simple, &c->search,
                           work->scratch, work->err));
  KD_TRY(kd_collocated_check(&c->kriging, &c->rule, work->err));
out:
  return status;
}

kd_status kd_collocated_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  collocation *c = kd_arena_alloc(work->scratch, 1, sizeof *c);
  const kd_column *secondary = NULL;
  size_t found;
  kd_points targets;
  kd_kriging_space space;
  char columns[640];
  *out = NULL;
  KD_CHECK(c != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(read_all(c, data, options, work));
  KD_TRY(kd_columns_find(&secondary, &found, 1, data[1], work->texts[SECONDARY], "secondary", work->err));
  KD_CHECK(found == 1, work->err, KD_E_MISSING, "secondary: the name of a column of the targets is wanted");
  const kd_estimation_data *s = &c->samples;
  KD_TRY(kd_points_read(&targets, data[1], s->z == NULL, work->scratch, work->err));
  KD_TRY(kd_kriging_space_create(&space, work->scratch, &c->kriging, work->err));
  double *scratch = kd_arena_alloc(work->scratch, space.capacity + 1, sizeof *scratch);
  KD_CHECK(scratch != NULL, work->err, KD_E_NOMEM, "no memory");
  snprintf(columns, sizeof columns,
           "x [m], y [m]%s, estimate [%s], variance [%s], samples [1], secondary_weight [1], primary_estimate [%s], "
           "primary_variance [%s], note",
           s->z != NULL ? ", z [m]" : "", s->unit_text, s->square_text, s->unit_text, s->square_text);
  KD_TRY(kd_table_create(out, work->ctx, columns, targets.count, work->err));
  KD_TRY(kd_column_set_text(*out, (*out)->columns - 1, work->err));
  const double square = s->square_text[0] == '1' ? 1.0 : s->unit.scale * s->unit.scale;
  for (size_t i = 0; i < targets.count; i++) {
    const double at[3] = {targets.x[i], targets.y[i], targets.z != NULL ? targets.z[i] : 0.0};
    double value;
    kd_collocated k;
    KD_TRY(kd_cell_number(&value, data[1], secondary, i, work->err));
    kd_collocated_at(&c->kriging, &c->rule, &space, scratch, &k, at, value);
    const double row[] = {at[0],
                          at[1],
                          at[2],
                          kd_unit_si(&s->unit, k.estimate),
                          k.variance * square,
                          (double)k.kriged.samples,
                          k.weight,
                          kd_unit_si(&s->unit, k.kriged.estimate),
                          k.kriged.variance * square};
    size_t column = 0;
    for (size_t f = 0; f < KD_COUNT(row); f++)
      if (f != 2 || s->z != NULL) (*out)->column[column++].number[i] = row[f];
    (*out)->column[column].text[i] = kd_collocated_note_text(&k);
  }
out:
  return status;
}
