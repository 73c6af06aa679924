// SPDX-License-Identifier: Apache-2.0
/* layers.gpkg: maps of a run as an OGC GeoPackage 1.3, written over SQLite, for QGIS and its kin.
 * Coordinates are metres east and north of the deposit's origin: no position on the globe is claimed (srs_id -1,
 * "undefined Cartesian"). Source: OGC 12-128r17, GeoPackage Encoding Standard 1.3. */
#ifndef KD_RESULTS_LAYERS_H
#define KD_RESULTS_LAYERS_H

#include <stddef.h>

#include "base/table.h"
#include "deposit/deposit.h"
#include "results/record.h"

typedef struct kd_feature {
  const char *name;
  const double *ring;  /* x0 y0 x1 y1 ... of the outer ring, first point again at the end [m] */
  size_t points;       /* points of the ring, 4 at least */
  const double *value; /* one for each field; NaN: NULL */
} kd_feature;

/* One map of polygons. */
typedef struct kd_layer {
  const char *name;         /* table: "deposit" */
  const char *description;  /* shown by GIS programs: what it is and where it comes from */
  const char *const *field; /* names with their unit: "reo_t", "rey_ppm" */
  size_t fields;
  const kd_feature *feature;
  size_t features;
  const char *wkt; /* coordinate system as WKT 1; NULL: undefined, metres of the deposit's own grid */
} kd_layer;

/* Errors: KD_E_DISK, KD_E_IO, KD_E_NOMEM, KD_E_RANGE for a ring that is none. */
kd_status kd_layers_write(kd_context *ctx, const char *path, const kd_layer *layer, size_t count, kd_error *err);

/* Fields of the layer of a table of blocks. */
enum { KD_LAYER_TONNAGE = 2, KD_LAYER_GRADE = 3 };

/* The columns of a table of blocks as squares of their area, with thickness, dry tonnage, grade and rare-earth oxide,
 * all before any uncertainty. *out is NULL when the table has no place for its blocks. Memory is the record's. */
kd_status kd_layer_deposit(const kd_layer **out, kd_record *record, const kd_table *blocks, double density,
                           kd_error *err);

/* All maps of a run: its ground, as the table of blocks or the block model of the cores has it, and the sites of its
 * mine plan from the exhibits of the record. *out: *count of them. */
kd_status kd_layers_of_run(kd_layer **out, size_t *count, kd_record *record, const kd_deposit_params *deposit,
                           kd_error *err);

#endif
