// SPDX-License-Identifier: Apache-2.0
/* Maps as tables: polygons of GeoJSON and GeoPackage, depths of an ESRI ASCII grid. */
#ifndef KD_SCENARIO_MAP_FILE_H
#define KD_SCENARIO_MAP_FILE_H

#include <stdbool.h>

#include "base/text.h"
#include "base/work.h"

/* Whether the ending of the name tells of such a file: .geojson, .json, .gpkg, .asc. */
bool kd_map_file(const char *path);

/* The file as CSV text: KD_POLYGON_COLUMNS, or east, north (lon, lat where all coordinates are degrees) and depth.
 * bytes: what was read of it (a GeoPackage is opened by its path). Errors: those of kd_polygons_load; KD_E_CSV with the
 * line for a grid. */
kd_status kd_map_text(kd_text *out, const char *path, const char *bytes, size_t count, kd_work *work);

#endif
