// SPDX-License-Identifier: Apache-2.0
/* Slope of the sea floor as a kernel over a table of depths. */
#include <math.h>

#include "base/error.h"
#include "mineplan/kernels_schedule.h"
#include "mineplan/slope.h"

static const kd_data_slot slots[] = {
    {.name = "depths",
     .columns = KD_FLOOR_COLUMNS,
     .doc = "depths on a regular grid, in any order, cells may be missing; lon and lat, or east and north"}};
static const kd_field in[] = {{.name = "method",
                               .unit = "1",
                               .doc = "horn: eight neighbours; zevenbergen_thorne: four",
                               .initial = "horn",
                               .choices = KD_SLOPE_METHODS}};
static const kd_field out_fields[] = {
    {.name = "row", .unit = "1", .doc = "of the table, from 1, those without a depth left out of the count"},
    {.name = "slope", .unit = "deg", .doc = "from the level"},
    {.name = "slope_share", .unit = "%", .doc = "rise over run"},
    {.name = "aspect", .unit = "deg", .doc = "the way down, from north by east; empty on level ground"}};

static kd_status slope_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_floor floor_;
  *out = NULL;
  KD_CHECK(kd_table_column(data[0], "slope") == NULL, work->err, KD_E_CONTRADICTION,
           "the column slope is given: nothing is left to compute");
  KD_TRY(kd_floor_read(&floor_, data[0], (kd_slope_method)(int)options[0], work));
  KD_TRY(
      kd_table_create(out, work->ctx, "row [1], slope [deg], slope_share [%], aspect [deg]", floor_.count, work->err));
  for (size_t i = 0; i < floor_.count; i++) {
    const double cell[4] = {(double)i + 1.0, floor_.slope[i], tan(floor_.slope[i]), floor_.aspect[i]};
    for (size_t c = 0; c < 4; c++) (*out)->column[c].number[i] = cell[c];
  }
out:
  return status;
}

const kd_kernel kd_slope_kernels[] = {{.name = "mineplan.slope",
                                       .summary = "slope and aspect of the sea floor from a grid of depths",
                                       .inputs = in,
                                       .input_count = KD_COUNT(in),
                                       .outputs = out_fields,
                                       .output_count = KD_COUNT(out_fields),
                                       .data = slots,
                                       .data_count = KD_COUNT(slots),
                                       .eval_table = slope_kernel},
                                      {0}};
