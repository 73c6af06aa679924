// SPDX-License-Identifier: Apache-2.0
/* The best cut of each column of a table of blocks, as a kernel. */
#include <math.h>

#include "base/error.h"
#include "mineplan/best_cut.h"
#include "mineplan/head.h"
#include "mineplan/kernels_schedule.h"

#define KD_PI 3.14159265358979323846

static const kd_data_slot slots[] = {
    {.name = "blocks",
     .columns = "column [1], top [m], thickness [m], density [t/m3], value [1]",
     .doc = "layers of each column from the top down; value: of 1 t dry of it, lifted"}};
enum { DIAMETER, LENGTH, PATTERN, SPACING, RECOVERY, FIXED, PENETRATION, LIFT, COST, LEAST };
static const kd_field in[] = {
    {.name = "head_diameter", .unit = "m", .doc = "of the tube", .initial = "3.5 m", .low = "0 m exclusive"},
    {.name = "head_length", .unit = "m", .doc = "of the tube", .initial = "5.6 m", .low = "0 m exclusive"},
    {.name = "pattern", .unit = "1", .doc = "of the holes", .initial = "hexagonal", .choices = "hexagonal|square"},
    {.name = "spacing", .unit = "1", .doc = "of the holes over the diameter", .initial = "1", .low = "0 exclusive"},
    {.name = "recovery", .unit = "%", .doc = "of the cut", .initial = "100 %", .low = "0 % exclusive", .high = "100 %"},
    {.name = "fixed",
     .unit = "min",
     .doc = "of a bite without cutting: lower, raise, step",
     .initial = "40 min",
     .low = "0 min"},
    {.name = "penetration_rate",
     .unit = "m/h",
     .doc = "of the head, through the cover too",
     .initial = "5 m/h",
     .low = "0 m/h exclusive"},
    {.name = "lift",
     .unit = "t/h",
     .doc = "dry that goes up at most; 1e9: no limit",
     .initial = "1e9 t/h",
     .low = "0 t/h exclusive"},
    {.name = "cost", .unit = "1", .doc = "of 1 t dry lifted, in the unit of the value", .initial = "0", .low = "0"},
    {.name = "least", .unit = "m", .doc = "thickness lifted at least", .initial = "0 m", .low = "0 m"}};
static const kd_field out_fields[] = {
    {.name = "column", .unit = "1", .doc = "of the table"},
    {.name = "cover", .unit = "m", .doc = "top of the best cut"},
    {.name = "bottom", .unit = "m", .doc = "bottom of it"},
    {.name = "bites", .unit = "1", .doc = "insertions for the hole"},
    {.name = "dry", .unit = "t", .doc = "lifted by the hole"},
    {.name = "value", .unit = "1", .doc = "of it, cost taken off"},
    {.name = "time", .unit = "h", .doc = "of the hole"},
    {.name = "rate", .unit = "1", .doc = "value in an hour"},
    {.name = "whole_rate", .unit = "1", .doc = "the same of a cut of all the ground"}};

static kd_status cut_kernel(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const double *column = kd_table_column(t, "column")->number, *top = kd_table_column(t, "top")->number,
               *thickness = kd_table_column(t, "thickness")->number, *density = kd_table_column(t, "density")->number,
               *value = kd_table_column(t, "value")->number;
  kd_layer_of_mud *layer = kd_arena_alloc(work->scratch, t->rows + 1, sizeof *layer);
  const kd_cut_rules rules = {.area = KD_PI / 4.0 * o[DIAMETER] * o[DIAMETER] *
                                      kd_packing_fresh((kd_pattern)(int)o[PATTERN], o[SPACING]),
                              .fixed = o[FIXED],
                              .penetration = o[PENETRATION],
                              .head_length = o[LENGTH],
                              .recovery = o[RECOVERY],
                              .lift = o[LIFT] >= 2.7e8 ? (double)INFINITY : o[LIFT],
                              .cost = o[COST] * 1e-3,
                              .least = o[LEAST]};
  size_t columns = 0, at = 0;
  *out = NULL;
  KD_CHECK(layer != NULL, work->err, KD_E_NOMEM, "no memory for %zu layers", t->rows);
  for (size_t i = 0; i < t->rows; i++) {
    const bool same = i > 0 && column[i] == column[i - 1];
    KD_CHECK(thickness[i] > 0.0 && top[i] >= 0.0 && density[i] > 0.0 && isfinite(value[i]), work->err, KD_E_RANGE,
             "row %zu: thickness %g m and density %g t/m3 must be above 0, top %g m at least 0 m, value a number",
             i + 1, thickness[i], density[i] * 1e-3, top[i]);
    KD_CHECK(!same || top[i] >= top[i - 1] + thickness[i - 1] - 1e-9, work->err, KD_E_CSV,
             "row %zu: top %g m lies above the bottom of the layer before it, %g m", i + 1, top[i],
             top[i - 1] + thickness[i - 1]);
    layer[i] = (kd_layer_of_mud){top[i], top[i] + thickness[i], density[i], value[i] * 1e-3};
    columns += !same;
  }
  KD_TRY(kd_table_create(out, work->ctx,
                         "column [1], cover [m], bottom [m], bites [1], dry [t], value [1], time [h], rate [1], "
                         "whole_rate [1]",
                         columns, work->err));
  for (size_t i = 0, end; i < t->rows; i = end) {
    kd_best_cut best;
    for (end = i + 1; end < t->rows && column[end] == column[i];) end++;
    status = kd_best_cut_find(&best, layer + i, end - i, &rules, work->scratch, work->err);
    if (status != KD_OK) kd_error_context(work->err, "column %g: ", column[i]);
    KD_TRY(status);
    const kd_best_cut whole = kd_cut_rate(layer + i, end - i, &rules, 0.0, layer[end - 1].bottom);
    const double cell[9] = {column[i],  best.cover,   best.bottom,        best.bites,         best.dry,
                            best.value, best.seconds, best.rate * 3600.0, whole.rate * 3600.0};
    for (size_t c = 0; c < 9; c++) (*out)->column[c].number[at] = cell[c];
    at++;
  }
out:
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}

const kd_kernel kd_cut_kernels[] = {{.name = "mineplan.best_cut",
                                     .summary = "the cut of each column that gives the most value per ship hour",
                                     .inputs = in,
                                     .input_count = KD_COUNT(in),
                                     .outputs = out_fields,
                                     .output_count = KD_COUNT(out_fields),
                                     .data = slots,
                                     .data_count = KD_COUNT(slots),
                                     .eval_table = cut_kernel},
                                    {0}};
