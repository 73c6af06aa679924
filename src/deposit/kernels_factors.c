// SPDX-License-Identifier: Apache-2.0
/* Kernels of the factors of many variables. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "deposit/factors.h"
#include "deposit/kernels_simulation.h"
#include "deposit/ppmt.h"
#include "deposit/sample_columns.h"

/* --- deposit.factors -------------------------------------------------------------------------------------------- */

const kd_field kd_factors_in[6] = {
    {.name = "variables", .unit = "", .doc = "columns, separated by commas", .choices = KD_ANY_TEXT},
    {.name = "method", .unit = "", .doc = "kind", .choices = "pca|pca_unscaled|maf", .initial = "pca"},
    {.name = "scores", .unit = "", .doc = "normal scores first", .choices = "no|yes", .initial = "no"},
    {.name = "lag", .unit = "m", .doc = "of the pairs of maf", .initial = "0 m", .low = "0 m"},
    {.name = "tolerance", .unit = "m", .doc = "of that lag; none: half of it", .initial = "none", .low = "0 m"},
    {.name = "report",
     .unit = "",
     .doc = "factors at the data, or the matrices: factor = sum forward (y - mean), y = mean + sum back factor",
     .choices = "factors|matrix",
     .initial = "factors"},
};
const kd_field kd_factors_out[3] = {
    {.name = "row", .unit = "1", .doc = "of the data; of a matrix the factor"},
    {.name = "factor_*", .unit = "1", .doc = "factor; with report=matrix forward_* and back_* by variable"},
    {.name = "eigenvalue", .unit = "1", .doc = "report=matrix: variance (pca), variogram at the lag (maf)"},
};
const kd_data_slot kd_factors_data[1] = {{.name = "samples",
                                          .columns = "x [m]?, y [m]?, z [m]?, weight [1]?, ...",
                                          .doc = "variables in any unit; places for maf"}};

/* Variables of the rows that have all of them; row: their numbers. */
typedef struct variables {
  kd_sample_names names;
  const double *column[KD_SAMPLE_NAMES];
  double *value[KD_SAMPLE_NAMES];
  double *weight, *at[3];
  const double *places[3];
  uint32_t *row;
  size_t count;
} variables;

static kd_status read_variables(variables *out, const kd_table *table, const char *list, kd_work *work) {
  static const char *const axis[3] = {"x", "y", "z"};
  kd_status status = KD_OK;
  const double *weight, *given[3];
  const size_t rows = table->rows;
  KD_TRY(kd_sample_names_read(&out->names, list, work));
  out->row = kd_arena_alloc(work->scratch, rows + 1, sizeof *out->row);
  out->weight = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
  KD_CHECK(out->row && out->weight, work->err, KD_E_NOMEM, "out of memory for %zu rows", rows);
  for (size_t v = 0; v < out->names.count; v++) {
    KD_TRY(kd_sample_column(&out->column[v], table, out->names.name[v], true, work));
    out->value[v] = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
    KD_CHECK(out->value[v] != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", rows);
  }
  KD_TRY(kd_sample_column(&weight, table, "weight", false, work));
  for (int a = 0; a < 3; a++) {
    KD_TRY(kd_sample_column(&given[a], table, axis[a], false, work));
    out->at[a] = kd_arena_alloc(work->scratch, rows + 1, sizeof(double));
    KD_CHECK(out->at[a] != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", rows);
    out->places[a] = given[a] != NULL ? out->at[a] : NULL;
  }
  for (size_t i = 0; i < rows; i++) {
    bool whole = true;
    for (size_t v = 0; v < out->names.count; v++) whole = whole && isfinite(out->column[v][i]);
    if (!whole) continue;
    for (size_t v = 0; v < out->names.count; v++) out->value[v][out->count] = out->column[v][i];
    for (int a = 0; a < 3; a++) out->at[a][out->count] = given[a] != NULL ? given[a][i] : 0;
    out->weight[out->count] = weight != NULL ? weight[i] : 1;
    out->row[out->count++] = (uint32_t)i;
  }
out:
  return status;
}

/* "row [1], factor_1 [1], ..." */
static kd_status create(kd_table **out, const char *first, const char *word, const char *const *names, size_t n,
                        const char *last, size_t rows, kd_work *work) {
  kd_text text;
  kd_text_init(&text, work->ctx);
  kd_text_add(&text, first);
  for (size_t v = 0; v < n; v++) {
    if (names != NULL)
      kd_text_printf(&text, ", %s%s [1]", word, names[v]);
    else
      kd_text_printf(&text, ", %s%zu [1]", word, v + 1);
  }
  kd_text_add(&text, last);
  const kd_status status = text.failed ? kd_error_set(work->err, KD_E_NOMEM, "out of memory")
                                       : kd_table_create(out, work->ctx, text.bytes, rows, work->err);
  kd_text_free(&text);
  return status;
}

static kd_status matrix_table(kd_table **out, const kd_factors *f, const kd_sample_names *names, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = f->n;
  kd_text text;
  kd_text_init(&text, work->ctx);
  kd_text_add(&text, "row [1], eigenvalue [1]");
  for (size_t v = 0; v < n; v++) kd_text_printf(&text, ", forward_%s [1]", names->name[v]);
  for (size_t v = 0; v < n; v++) kd_text_printf(&text, ", back_%s [1]", names->name[v]);
  KD_CHECK(!text.failed, work->err, KD_E_NOMEM, "out of memory");
  KD_TRY(kd_table_create(out, work->ctx, text.bytes, n, work->err));
  for (size_t k = 0; k < n; k++) {
    (*out)->column[0].number[k] = (double)(k + 1);
    (*out)->column[1].number[k] = f->eigenvalue[k];
    for (size_t v = 0; v < n; v++) {
      (*out)->column[2 + v].number[k] = f->forward[k * n + v];
      (*out)->column[2 + n + v].number[k] = f->back[v * n + k];
    }
  }
out:
  kd_text_free(&text);
  return status;
}

kd_status kd_factors_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  variables v = {0};
  kd_factors f;
  const int method = (int)options[1];
  double in[KD_SAMPLE_NAMES], factor[KD_SAMPLE_NAMES];
  *out = NULL;
  KD_TRY(read_variables(&v, data[0], work->texts[0], work));
  const size_t n = v.names.count;
  for (size_t k = 0; k < n && options[2] == 1; k++) {
    kd_normal_score transform;
    KD_TRY(kd_normal_score_fit(&transform, v.value[k], v.value[k], v.weight, v.count, KD_TIES_AVERAGE, work->scratch,
                               work->err));
  }
  if (method == 2)
    KD_TRY(kd_factors_maf(&f, (const double *const *)v.value, v.weight, v.count, n, v.places, options[3],
                          isnan(options[4]) ? 0.5 * options[3] : options[4], work->scratch, work->err));
  else
    KD_TRY(kd_factors_pca(&f, (const double *const *)v.value, v.weight, v.count, n, method == 0, work->scratch,
                          work->err));
  if (options[5] == 1) {
    KD_TRY(matrix_table(out, &f, &v.names, work));
    goto out;
  }
  KD_TRY(create(out, "row [1]", "factor_", NULL, n, "", v.count, work));
  for (size_t i = 0; i < v.count; i++) {
    for (size_t k = 0; k < n; k++) in[k] = v.value[k][i];
    kd_factors_forward(factor, &f, in);
    (*out)->column[0].number[i] = v.row[i] + 1.0;
    for (size_t k = 0; k < n; k++) (*out)->column[1 + k].number[i] = factor[k];
  }
out:
  return status;
}

/* --- deposit.ppmt ----------------------------------------------------------------------------------------------- */

const kd_field kd_ppmt_in[4] = {
    {.name = "variables", .unit = "", .doc = "columns, separated by commas", .choices = KD_ANY_TEXT},
    {.name = "iterations", .unit = "1", .doc = "most steps", .initial = "50", .low = "0", .high = "10000"},
    {.name = "index",
     .unit = "1",
     .doc = "stop when no direction has a projection index above this; none: (15 + variables) over the number of data",
     .initial = "none",
     .low = "0"},
    {.name = "report",
     .unit = "",
     .doc = "factors at the data, or the steps",
     .choices = "factors|steps",
     .initial = "factors"},
};
const kd_field kd_ppmt_out[1] = {
    {.name = "factor_*", .unit = "1", .doc = "factors; values of the variables when scores are given; steps: index"}};
const kd_data_slot kd_ppmt_data[2] = {
    {.name = "samples", .columns = "weight [1]?, ...", .doc = "variables in any unit"},
    {.name = "factors",
     .columns = "factor_1 [1], ...",
     .doc = "factors to bring back to values, columns factor_1, factor_2, ...",
     .optional = true},
};

static kd_status bring_back(kd_table **out, const kd_table *given, const kd_ppmt *p, const variables *v,
                            const kd_table *samples, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = v->names.count;
  const double *factor[KD_SAMPLE_NAMES];
  double one[KD_SAMPLE_NAMES], room[KD_SAMPLE_NAMES];
  char name[32];
  kd_text text;
  kd_text_init(&text, work->ctx);
  for (size_t k = 0; k < n; k++) {
    snprintf(name, sizeof name, "factor_%zu", k + 1);
    KD_TRY(kd_sample_column(&factor[k], given, name, true, work));
    kd_text_printf(&text, "%s%s [%s]", k > 0 ? ", " : "", v->names.name[k], kd_sample_unit(samples, v->names.name[k]));
  }
  KD_CHECK(!text.failed, work->err, KD_E_NOMEM, "out of memory");
  KD_TRY(kd_table_create(out, work->ctx, text.bytes, given->rows, work->err));
  for (size_t i = 0; i < given->rows; i++) {
    bool whole = true;
    for (size_t k = 0; k < n; k++) {
      one[k] = factor[k][i];
      whole = whole && isfinite(one[k]);
    }
    if (whole) kd_ppmt_back(one, p, one, room);
    for (size_t k = 0; k < n; k++) (*out)->column[k].number[i] = whole ? one[k] : (double)NAN;
  }
out:
  kd_text_free(&text);
  return status;
}

kd_status kd_ppmt_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  variables v = {0};
  kd_ppmt p;
  double *factor[KD_SAMPLE_NAMES];
  *out = NULL;
  KD_TRY(read_variables(&v, data[0], work->texts[0], work));
  const size_t n = v.names.count;
  const kd_ppmt_options o = {(size_t)options[1],
                             isnan(options[2]) ? (15.0 + (double)n) / (double)(v.count + 1) : options[2]};
  for (size_t k = 0; k < n; k++) {
    factor[k] = kd_arena_alloc(work->scratch, v.count + 1, sizeof(double));
    KD_CHECK(factor[k] != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", v.count);
  }
  KD_TRY(kd_ppmt_fit(&p, factor, (const double *const *)v.value, v.weight, v.count, n, &o, work->scratch, work->err));
  if (data[1] != NULL) {
    KD_TRY(bring_back(out, data[1], &p, &v, data[0], work));
    goto out;
  }
  if (options[3] == 1) {
    KD_TRY(create(out, "step [1], index [1]", "direction_", v.names.name, n, "", p.steps, work));
    for (size_t s = 0; s < p.steps; s++) {
      (*out)->column[0].number[s] = (double)(s + 1);
      (*out)->column[1].number[s] = p.index[s];
      for (size_t k = 0; k < n; k++) (*out)->column[2 + k].number[s] = p.direction[s * n + k];
    }
    goto out;
  }
  KD_TRY(create(out, "row [1]", "factor_", NULL, n, "", v.count, work));
  for (size_t i = 0; i < v.count; i++) {
    (*out)->column[0].number[i] = v.row[i] + 1.0;
    for (size_t k = 0; k < n; k++) (*out)->column[1 + k].number[i] = factor[k][i];
  }
out:
  return status;
}
