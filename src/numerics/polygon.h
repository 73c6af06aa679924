// SPDX-License-Identifier: Apache-2.0
/* Polygons with holes: the domain of an estimate, ground to keep out of. */
#ifndef KD_NUMERICS_POLYGON_H
#define KD_NUMERICS_POLYGON_H

#include <stdbool.h>

#include "base/table.h"
#include "base/work.h"

/* Columns of a table of corners, ring after ring: rows of one ring stand together and in order; the last corner may
 * repeat the first. A second ring of the same polygon is a hole. */
#define KD_POLYGON_COLUMNS "polygon?, ring?, lon [deg]?, lat [deg]?, east [m]?, north [m]?"

typedef struct kd_ring {
  double *x, *y; /* [points], open: the last corner is not the first */
  size_t points;
  size_t polygon; /* rings of one polygon follow one another, the outer one first */
  unsigned line;  /* where it begins, 0 not known */
} kd_ring;

typedef struct kd_polygons {
  kd_ring *ring;
  size_t rings, polygons;
  double low_x, high_x, low_y, high_y;
  bool geographic; /* x is longitude and y latitude [rad] */
} kd_polygons;

/* From a table that kd_table_bind has seen with KD_POLYGON_COLUMNS. KD_E_MISSING, KD_E_MODEL for a polygon without
 * area, KD_E_RANGE for a latitude beyond 90 degrees. */
kd_status kd_polygons_read(kd_polygons *out, const kd_table *table, kd_work *work);

/* Turns lon, lat [rad] into east, north [m]. */
typedef kd_status kd_place_fn(double *east, double *north, double lon, double lat, void *user, kd_error *err);

/* Turns degrees into metres, corner by corner; nothing to do when they are metres. */
kd_status kd_polygons_project(kd_polygons *self, const char *name, kd_place_fn *project, void *user, kd_error *err);

/* Box and checks, once the rings are filled: KD_E_MODEL for no ring, or a ring without area. name: for messages. */
kd_status kd_polygons_close(kd_polygons *self, const char *name, kd_error *err);

/* Even-odd rule inside each polygon; inside any polygon is inside. */
bool kd_polygons_contain(const kd_polygons *self, double x, double y);

/* Area of a ring by the shoelace formula, positive counter-clockwise; centroid. */
double kd_ring_area(const kd_ring *self, double *centre_x, double *centre_y);
/* Area of polygon p: its outer ring less its holes. */
double kd_polygons_area(const kd_polygons *self, size_t p);

#endif
