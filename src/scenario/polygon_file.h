// SPDX-License-Identifier: Apache-2.0
/* Domains from files: CSV (KD_POLYGON_COLUMNS), GeoJSON (RFC 7946) or GeoPackage, by the ending of the name. */
#ifndef KD_SCENARIO_POLYGON_FILE_H
#define KD_SCENARIO_POLYGON_FILE_H

#include "numerics/polygon.h"

/* Polygon and MultiPolygon features of the file; of a GeoPackage the first layer of features. Memory is
 * work->scratch's. Coordinates of GeoJSON, and of a GeoPackage in EPSG:4326, are degrees: out->geographic. Errors:
 * KD_E_NOTFOUND, KD_E_IO, KD_E_CSV, KD_E_SYNTAX, KD_E_CORRUPT, KD_E_MODEL for an empty polygon. */
kd_status kd_polygons_load(kd_polygons *out, const char *path, kd_work *work);

#endif
