// SPDX-License-Identifier: Apache-2.0
/* Kernel of the check of a simulation: fields that were made anywhere, against samples and models. */
#include <math.h>

#include "base/error.h"
#include "base/quantity.h"
#include "deposit/kernels_simulation.h"
#include "deposit/sample_columns.h"
#include "deposit/simulation_input.h"

typedef struct checked {
  kd_simulation_grid grid;
  kd_sample_names names;
  const double *value[KD_SAMPLE_NAMES], *sample[KD_SAMPLE_NAMES];
  kd_covariance model[KD_SAMPLE_NAMES];
  const char *unit[KD_SAMPLE_NAMES];
} checked;

const kd_field kd_reproduction_in[11] = {
    {.name = "variables",
     .unit = "",
     .doc = "columns of both tables, separated by commas",
     .choices = KD_ANY_TEXT,
     .initial = "value"},
    {.name = "model",
     .unit = "",
     .doc = "of the variogram of each variable, as for deposit.cosimulation; empty: not checked",
     .choices = KD_ANY_TEXT,
     .initial = ""},
    KD_SIMULATION_GRID_FIELDS,
};
const kd_field kd_reproduction_out[9] = {
    {.name = "check", .unit = "", .doc = "mean, sd, P10, P50, P90, variogram, correlation or cross_variogram"},
    {.name = "variable", .unit = "", .doc = "or factor"},
    {.name = "other", .unit = "", .doc = "the other variable of a correlation; axis of a variogram"},
    {.name = "unit", .unit = "", .doc = "of wanted, found, sd"},
    {.name = "lag", .unit = "m", .doc = "of a variogram"},
    {.name = "wanted", .unit = "1", .doc = "of the samples or of the model"},
    {.name = "found", .unit = "1", .doc = "mean over the realisations"},
    {.name = "sd", .unit = "1", .doc = "between realisations"},
    {.name = "error", .unit = "1", .doc = "(found - wanted) over the standard error of found"},
};
const kd_data_slot kd_reproduction_data[2] = {
    {.name = "realisations",
     .columns = "...",
     .doc = "nodes in the order of the grid, x fastest, realisation after realisation"},
    {.name = "samples",
     .columns = "weight [1]?, x [m]?, y [m]?, z [m]?, ...",
     .doc = "variables, weights, and places: with them the cross-variograms are checked too",
     .optional = true},
};

/* A column in the unit of its header, which is that of the model too. */
static kd_status shown_column(const double **out, const kd_table *table, const char *name, kd_work *work) {
  kd_status status = KD_OK;
  const double *si;
  double *shown;
  kd_unit unit;
  KD_TRY(kd_sample_column(&si, table, name, true, work));
  KD_TRY(kd_unit_parse(&unit, kd_sample_unit(table, name), NULL, work->err));
  shown = kd_arena_alloc(work->scratch, table->rows + 1, sizeof *shown);
  KD_CHECK(shown != NULL, work->err, KD_E_NOMEM, "out of memory for %zu rows", table->rows);
  for (size_t i = 0; i < table->rows; i++) shown[i] = kd_unit_value(&unit, si[i]);
  *out = shown;
out:
  return status;
}

kd_status kd_reproduction_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  checked *self = kd_arena_alloc(work->scratch, 1, sizeof *self);
  const double *field[KD_SAMPLE_NAMES], *weight = NULL;
  kd_reproduction check;
  *out = NULL;
  KD_CHECK(self != NULL, work->err, KD_E_NOMEM, "out of memory");
  KD_TRY(kd_sample_names_read(&self->names, work->texts[0], work));
  kd_simulation_grid_read(&self->grid, options + 2);
  KD_TRY(kd_simulation_grid_check(&self->grid, work->err));
  const size_t n = self->names.count, nodes = kd_simulation_nodes(&self->grid), rows = data[0]->rows;
  const bool has_model = work->texts[1] != NULL && work->texts[1][0] != '\0';
  KD_CHECK(rows > 0 && rows % nodes == 0, work->err, KD_E_CONTRADICTION,
           "%zu rows of realisations are no multiple of the %zu nodes of the grid", rows, nodes);
  for (size_t v = 0; v < n; v++) {
    self->unit[v] = kd_sample_unit(data[0], self->names.name[v]);
    KD_TRY(shown_column(&self->value[v], data[0], self->names.name[v], work));
    for (size_t i = 0; i < rows; i++)
      KD_CHECK(isfinite(self->value[v][i]), work->err, KD_E_MISSING, "row %zu of the realisations: %s is missing",
               i + 1, self->names.name[v]);
    if (data[1] != NULL) KD_TRY(shown_column(&self->sample[v], data[1], self->names.name[v], work));
    for (size_t i = 0; data[1] != NULL && i < data[1]->rows; i++)
      KD_CHECK(isfinite(self->sample[v][i]), work->err, KD_E_MISSING,
               "row %zu of the samples: %s is missing: leave the row out", i + 1, self->names.name[v]);
  }
  if (data[1] != NULL) KD_TRY(kd_sample_column(&weight, data[1], "weight", false, work));
  if (has_model) KD_TRY(kd_simulation_models_read(self->model, n, work->texts[1], work));
  KD_TRY(kd_reproduction_open(&check, &self->grid, n, data[1] != NULL ? self->sample : NULL, weight,
                              data[1] != NULL ? data[1]->rows : 0, has_model ? self->model : NULL, work->scratch,
                              work->err));
  if (data[1] != NULL) {
    const double *place[3] = {NULL, NULL, NULL};
    static const char *const axes[3] = {"x", "y", "z"};
    for (int a = 0; a < 3; a++) KD_TRY(kd_sample_column(&place[a], data[1], axes[a], false, work));
    KD_TRY(kd_reproduction_want_cross(&check, place, self->sample, data[1]->rows, work->scratch, work->err));
  }
  for (size_t r = 0; r < rows / nodes; r++) {
    for (size_t v = 0; v < n; v++) field[v] = self->value[v] + r * nodes;
    kd_reproduction_add_factors(&check, field, NULL);
    kd_reproduction_add_values(&check, field, NULL);
  }
  kd_reproduction_close(&check);
  KD_TRY(kd_reproduction_table(out, work->ctx, &check, self->names.name, self->unit, true, work->err));
out:
  return status;
}
