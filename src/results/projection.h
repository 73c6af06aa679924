// SPDX-License-Identifier: Apache-2.0
/* Map projections of PROJ, behind one file. Without PROJ in the build only the local transverse Mercator of
 * deposit/transverse_mercator.c and UTM zones are there. */
#ifndef KD_RESULTS_PROJECTION_H
#define KD_RESULTS_PROJECTION_H

#include "base/context.h"
#include "kaidei/error.h"

typedef struct kd_projection kd_projection;

/* crs: "EPSG:32656", "+proj=laea +lat_0=22 +lon_0=154", or WKT; a projected system in metres. Errors: KD_E_CHOICE with
 * PROJ's reason, KD_E_NOMEM; KD_E_MODEL when the build is without PROJ and crs is no UTM zone of WGS 84. */
kd_status kd_projection_create(kd_projection **out, kd_context *ctx, const char *crs, kd_error *err);
void kd_projection_destroy(kd_projection **self);

/* A kd_project_fn: lon, lat [rad] to east, north [m]; user: kd_projection. */
kd_status kd_projection_forward(double *east, double *north, double lon, double lat, void *user, kd_error *err);

/* The transverse Mercator that it is; NULL when it is another. */
const struct kd_mercator *kd_projection_mercator(const kd_projection *self);

/* "9.1.1", or "none". */
const char *kd_projection_version(void);

#endif
