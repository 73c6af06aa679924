// SPDX-License-Identifier: Apache-2.0
/* Kernels over data sets: kriging and cross-validation. */
#include <math.h>
#include <stdio.h>

#include "deposit/crossvalidation.h"
#include "deposit/estimation_input.h"
#include "deposit/kernels_estimation.h"
#include "deposit/kriging_grid.h"

const kd_data_slot kd_kriging_slots[3] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples with the columns named by the options"},
    {.name = "targets",
     .optional = true,
     .columns = KD_SAMPLE_COLUMNS,
     .doc = "places, with the drift columns; or give a grid"},
    {.name = "model",
     .optional = true,
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures of the model; or the option model"},
};

enum { ORIGIN = KD_KRIGING_OPTIONS, CELL = ORIGIN + 3, NODES = CELL + 3, REPORT = NODES + 3 };

const kd_field kd_kriging_in[KD_KRIGING_OPTIONS + 10] = {
    KD_KRIGING_FIELDS,
    {.name = "origin_x", .unit = "m", .doc = "centre of the first cell of a grid", .initial = "0 m"},
    {.name = "origin_y", .unit = "m", .doc = "centre of the first cell", .initial = "0 m"},
    {.name = "origin_z", .unit = "m", .doc = "centre of the first cell", .initial = "0 m"},
    KD_LENGTH_FIELD("cell_x", "size of a cell of the grid"),
    KD_LENGTH_FIELD("cell_y", "size of a cell"),
    KD_LENGTH_FIELD("cell_z", "size of a cell"),
    KD_COUNT_FIELD("nodes_x", "cells of the grid; x varies fastest; 0: no grid, the targets are given", "0", "1e6"),
    KD_COUNT_FIELD("nodes_y", "cells of the grid", "1", "1e6"),
    KD_COUNT_FIELD("nodes_z", "cells of the grid", "1", "1e6"),
    KD_CHOICE_FIELD("report",
                    "full: with slope, efficiency and weights; estimate: estimate and variance alone, of a grid many "
                    "times faster",
                    "full", "full|estimate"),
};
const kd_field kd_kriging_out[10] = {
    {.name = "x", .unit = "m", .doc = "place"},
    {.name = "y", .unit = "m", .doc = "place"},
    {.name = "z", .unit = "m", .doc = "place; only where the samples have z"},
    {.name = "estimate", .unit = "1", .doc = "in the unit of the value column; empty with a note"},
    {.name = "variance", .unit = "1", .doc = "kriging variance, in its square"},
    {.name = "samples", .unit = "1", .doc = "samples used"},
    {.name = "slope", .unit = "1", .doc = "of the regression of the true on the estimated value"},
    {.name = "efficiency", .unit = "1", .doc = "kriging efficiency, 1 - variance/variance of the block"},
    {.name = "negative", .unit = "1", .doc = "sum of the negative weights"},
    {.name = "note", .unit = "", .doc = "why there is no estimate"},
};

typedef struct places {
  kd_points points;
  const kd_column *drift[KD_KRIGING_DRIFTS];
} places;

/* The targets of the table, or the nodes of the grid of the options. */
static kd_status read_places(places *out, const kd_table *targets, const double *options, const kd_kriging_setup *setup,
                             kd_work *work) {
  kd_status status = KD_OK;
  size_t drifts = 0, n[3], count = 1;
  double *at[3];
  const bool flat = setup->samples.z == NULL;
  const double *grid = options + NODES;
  KD_CHECK((targets != NULL) != (grid[0] > 0.0), work->err, KD_E_MISSING,
           "give the places as --data targets=FILE or as a grid (nodes_x, cell_x, origin_x, ...), one of both");
  if (targets != NULL) {
    KD_TRY(kd_points_read(&out->points, targets, flat, work->scratch, work->err));
    KD_TRY(kd_columns_find(out->drift, &drifts, KD_KRIGING_DRIFTS, targets, work->texts[KD_OPTION_DRIFT],
                           "targets: drift", work->err));
    goto out;
  }
  KD_CHECK(setup->rule.drifts == 0, work->err, KD_E_CONTRADICTION, "a drift wants targets that carry its columns");
  for (int a = 0; a < 3; a++) {
    n[a] = (size_t)grid[a];
    KD_CHECK(n[a] >= 1, work->err, KD_E_RANGE, "nodes of the grid: must be at least 1");
    KD_CHECK(n[a] == 1 || options[CELL + a] > 0.0, work->err, KD_E_RANGE, "cells of the grid must be above 0 m");
    count *= n[a];
    KD_CHECK(count <= 20000000, work->err, KD_E_SIZE, "a grid of more than 2e7 nodes does not go into one table");
  }
  for (int a = 0; a < 3; a++) {
    at[a] = kd_arena_alloc(work->scratch, count, sizeof(double));
    KD_CHECK(at[a] != NULL, work->err, KD_E_NOMEM, "no memory for %zu nodes", count);
  }
  for (size_t i = 0; i < count; i++) {
    const size_t place[3] = {i % n[0], i / n[0] % n[1], i / n[0] / n[1]};
    for (int a = 0; a < 3; a++) at[a][i] = options[ORIGIN + a] + options[CELL + a] * (double)place[a];
  }
  out->points = (kd_points){.count = count, .x = at[0], .y = at[1], .z = flat ? NULL : at[2]};
out:
  return status;
}

typedef struct grid_table {
  double *estimate, *variance;
  const kd_unit *unit;
  double square;
} grid_table;

static kd_status put_row(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                         kd_error *err) {
  const grid_table *to = user;
  (void)err;
  for (size_t i = 0; i < count; i++) {
    to->estimate[first + i] = kd_unit_si(to->unit, estimate[i]);
    to->variance[first + i] = variance[i] * to->square;
  }
  return KD_OK;
}

/* Estimate and variance of a grid by tiles. */
static kd_status krige_grid(kd_table **out, const kd_kriging_setup *setup, const places *where, const double *options,
                            kd_work *work) {
  kd_status status = KD_OK;
  const kd_estimation_data *s = &setup->samples;
  const bool flat = s->z == NULL;
  kd_grid_totals totals;
  char columns[256];
  kd_grid grid;
  for (int a = 0; a < 3; a++) {
    grid.origin[a] = options[ORIGIN + a];
    grid.cell[a] = options[CELL + a];
    grid.nodes[a] = (size_t)options[NODES + a];
  }
  snprintf(columns, sizeof columns, "x [m], y [m]%s, estimate [%s], variance [%s]", flat ? "" : ", z [m]", s->unit_text,
           s->square_text);
  KD_TRY(kd_table_create(out, work->ctx, columns, where->points.count, work->err));
  kd_column *column = (*out)->column;
  for (size_t i = 0; i < where->points.count; i++) {
    column[0].number[i] = where->points.x[i];
    column[1].number[i] = where->points.y[i];
    if (!flat) column[2].number[i] = where->points.z[i];
  }
  grid_table to = {.estimate = column[flat ? 2 : 3].number,
                   .variance = column[flat ? 3 : 4].number,
                   .unit = &s->unit,
                   .square = s->square_text[0] == '1' ? 1.0 : s->unit.scale * s->unit.scale};
  KD_TRY(kd_kriging_grid(&totals, &setup->kriging, &grid, NULL, put_row, &to, work->ctx, work->err));
out:
  return status;
}

kd_status kd_kriging_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_kriging_setup *setup = kd_arena_alloc(work->scratch, 1, sizeof *setup);
  kd_kriging_space space;
  places where = {0};
  char columns[512];
  *out = NULL;
  KD_CHECK(setup != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(kd_kriging_setup_read(setup, data[0], data[2], options, work));
  KD_TRY(read_places(&where, data[1], options, setup, work));
  if (options[REPORT] == 1.0 && data[1] == NULL) {
    KD_TRY(krige_grid(out, setup, &where, options, work));
    goto out;
  }
  KD_TRY(kd_kriging_space_create(&space, work->scratch, &setup->kriging, work->err));
  snprintf(columns, sizeof columns,
           "x [m], y [m]%s, estimate [%s], variance [%s], samples [1], slope [1], efficiency [1], negative [1], note",
           setup->samples.z != NULL ? ", z [m]" : "", setup->samples.unit_text, setup->samples.square_text);
  KD_TRY(kd_table_create(out, work->ctx, columns, where.points.count, work->err));
  KD_TRY(kd_column_set_text(*out, (*out)->columns - 1, work->err));
  const double unit = setup->samples.unit.scale;
  const double square = setup->samples.square_text[0] == '1' ? 1.0 : unit * unit;
  for (size_t i = 0; i < where.points.count; i++) {
    const kd_points *p = &where.points;
    const double at[3] = {p->x[i], p->y[i], p->z != NULL ? p->z[i] : 0.0};
    double drift[KD_KRIGING_DRIFTS];
    kd_kriged k;
    for (size_t d = 0; d < setup->rule.drifts; d++)
      KD_TRY(kd_cell_number(&drift[d], data[1], where.drift[d], i, work->err));
    kd_kriging_at(&setup->kriging, &space, &k, at, drift, NULL);
    const double row[] = {at[0],
                          at[1],
                          at[2],
                          kd_unit_si(&setup->samples.unit, k.estimate),
                          k.variance * square,
                          (double)k.samples,
                          k.slope,
                          k.efficiency,
                          k.note == KD_KRIGED ? k.negative : (double)NAN};
    size_t c = 0;
    for (size_t f = 0; f < KD_COUNT(row); f++)
      if (f != 2 || p->z != NULL) (*out)->column[c++].number[i] = row[f];
    (*out)->column[c].text[i] = kd_kriged_note_text(k.note);
  }
out:
  return status;
}

/* --- cross-validation --------------------------------------------------------------------------------------------- */

const kd_data_slot kd_crossvalidation_slots[2] = {
    {.name = "samples", .columns = KD_SAMPLE_COLUMNS, .doc = "samples with the columns named by the options"},
    {.name = "model",
     .optional = true,
     .columns = KD_STRUCTURE_COLUMNS,
     .doc = "structures of the model; or the option model"},
};
const kd_field kd_crossvalidation_in[KD_KRIGING_OPTIONS + 3] = {
    KD_KRIGING_FIELDS,
    KD_COUNT_FIELD("folds", "0: each sample is left out alone; k: rows k apart together", "0", "1e6"),
    KD_TEXT_FIELD("fold", "column that names the fold of a sample, in place of folds", ""),
    KD_CHOICE_FIELD("report", "samples: a row for each; summary: its statistics", "samples", "samples|summary"),
};
const kd_field kd_crossvalidation_out[10] = {
    {.name = "x", .unit = "m", .doc = "place"},
    {.name = "y", .unit = "m", .doc = "place"},
    {.name = "z", .unit = "m", .doc = "place; only where the samples have z"},
    {.name = "observed", .unit = "1", .doc = "the sample's value"},
    {.name = "estimate", .unit = "1", .doc = "from the other samples"},
    {.name = "variance", .unit = "1", .doc = "kriging variance"},
    {.name = "residual", .unit = "1", .doc = "observed - estimate"},
    {.name = "zscore", .unit = "1", .doc = "residual over the kriging standard deviation"},
    {.name = "samples", .unit = "1", .doc = "samples used"},
    {.name = "note", .unit = "", .doc = "why there is no estimate"},
};

static kd_status summary_table(kd_table **out, const kd_crossvalidation *cv, const kd_estimation_data *samples,
                               kd_work *work) {
  kd_status status = KD_OK;
  const double value[] = {(double)cv->count,      cv->mean_error,  cv->mean_square, cv->mean_zscore,
                          cv->mean_square_zscore, cv->correlation, cv->slope,       cv->intercept,
                          cv->efficiency,         cv->inside_90,   cv->absolute,    cv->r2};
  KD_TRY(kd_table_create(out, work->ctx,
                         "count [1], mean_error [1], mean_square_error [1], mean_zscore [1], mean_square_zscore [1], "
                         "correlation [1], slope [1], intercept [1], mean_efficiency [1], inside_90 [1], "
                         "mean_absolute_error [1], efficiency [1]",
                         1, work->err));
  for (size_t c = 0; c < KD_COUNT(value); c++) (*out)->column[c].number[0] = value[c];
  (void)samples;
out:
  return status;
}

kd_status kd_crossvalidation_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_kriging_setup *setup = kd_arena_alloc(work->scratch, 1, sizeof *setup);
  char columns[512];
  const kd_column *fold = NULL;
  size_t found;
  *out = NULL;
  KD_CHECK(setup != NULL, work->err, KD_E_NOMEM, "no memory");
  KD_TRY(kd_kriging_setup_read(setup, data[0], data[1], options, work));
  const kd_estimation_data *s = &setup->samples;
  const size_t n = s->points.count, folds = (size_t)options[KD_KRIGING_OPTIONS];
  uint32_t *all = kd_arena_alloc(work->scratch, data[0]->rows, sizeof *all);
  uint32_t *group = kd_arena_alloc(work->scratch, n, sizeof *group);
  kd_kriged *each = kd_arena_alloc(work->scratch, n, sizeof *each);
  KD_CHECK(all != NULL && group != NULL && each != NULL, work->err, KD_E_NOMEM, "no memory for %zu samples", n);
  KD_TRY(kd_columns_find(&fold, &found, 1, data[0], work->texts[KD_KRIGING_OPTIONS + 1], "fold", work->err));
  KD_CHECK(fold == NULL || folds == 0, work->err, KD_E_CONTRADICTION, "folds and fold: give one of both");
  KD_CHECK(folds != 1 && folds <= n, work->err, KD_E_RANGE, "folds %zu: 0 or 2 to the number of samples, %zu", folds,
           n);
  if (fold != NULL) KD_TRY(kd_column_groups(all, fold, data[0]->rows, work->scratch, work->err));
  for (size_t i = 0; i < n; i++)
    group[i] = fold != NULL ? all[s->row[i]] : folds > 0 ? (uint32_t)(i % folds) : (uint32_t)i;
  kd_crossvalidation cv;
  KD_TRY(kd_crossvalidate(&cv, each, &setup->kriging, group, work->scratch, work->err));
  if (options[KD_KRIGING_OPTIONS + 2] == 1.0) {
    KD_TRY(summary_table(out, &cv, s, work));
    goto out;
  }
  snprintf(columns, sizeof columns,
           "x [m], y [m]%s, observed [%s], estimate [%s], variance [%s], residual [%s], zscore [1], samples [1], note",
           s->z != NULL ? ", z [m]" : "", s->unit_text, s->unit_text, s->square_text, s->unit_text);
  KD_TRY(kd_table_create(out, work->ctx, columns, n, work->err));
  KD_TRY(kd_column_set_text(*out, (*out)->columns - 1, work->err));
  const double unit = s->unit.scale;
  const double square = s->square_text[0] == '1' ? 1.0 : unit * unit;
  for (size_t i = 0; i < n; i++) {
    const kd_kriged *k = &each[i];
    const double residual = s->value[i] - k->estimate;
    const double row[] = {s->x[i],
                          s->y[i],
                          s->z != NULL ? s->z[i] : 0.0,
                          kd_unit_si(&s->unit, s->value[i]),
                          kd_unit_si(&s->unit, k->estimate),
                          k->variance * square,
                          residual * unit,
                          k->variance > 0.0 ? residual / sqrt(k->variance) : (double)NAN,
                          (double)k->samples};
    size_t c = 0;
    for (size_t f = 0; f < KD_COUNT(row); f++)
      if (f != 2 || s->z != NULL) (*out)->column[c++].number[i] = row[f];
    (*out)->column[c].text[i] = kd_kriged_note_text(k->note);
  }
out:
  return status;
}
