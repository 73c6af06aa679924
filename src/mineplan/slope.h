// SPDX-License-Identifier: Apache-2.0
/* Slope of the sea floor from a regular grid of depths. */
#ifndef KD_MINEPLAN_SLOPE_H
#define KD_MINEPLAN_SLOPE_H

#include "base/table.h"
#include "base/work.h"
#include "numerics/polygon.h"

typedef enum kd_slope_method { KD_SLOPE_HORN, KD_SLOPE_ZEVENBERGEN } kd_slope_method;
#define KD_SLOPE_METHODS "horn|zevenbergen_thorne"

/* Columns of a table of the sea floor: a row for each place, slopes or depths on a regular grid, in any order. */
#define KD_FLOOR_COLUMNS "lon [deg]?, lat [deg]?, east [m]?, north [m]?, depth [m]?, slope [deg]?"

typedef struct kd_floor {
  double *x, *y;  /* [count] m; rad while geographic */
  double *slope;  /* [count] rad, NaN: not known */
  double *aspect; /* [count] rad from north by east, the way down; NaN: not known or flat; NULL: slopes were given */
  size_t count;
  bool geographic;
  /* private: buckets for the nearest place */
  double low_x, low_y, cell;
  size_t nx, ny;
  size_t *start, *item;
} kd_floor;

/* From a table bound with KD_FLOOR_COLUMNS. A given slope goes before the depth. Errors: KD_E_MISSING, KD_E_RANGE,
 * KD_E_MODEL for depths that are on no regular grid, KD_E_DUPLICATE, KD_E_SIZE, KD_E_NOMEM. */
kd_status kd_floor_read(kd_floor *out, const kd_table *table, kd_slope_method method, kd_work *work);

/* Turns degrees into metres, then makes ready for kd_floor_slope. project: may be NULL when not geographic. */
kd_status kd_floor_place(kd_floor *self, kd_place_fn *project, void *user, kd_work *work);

/* Slope at the nearest place, rad; NaN when that is not known. */
double kd_floor_slope(const kd_floor *self, double x, double y);

#endif
