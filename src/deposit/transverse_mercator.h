// SPDX-License-Identifier: Apache-2.0
/* Longitude and latitude to metres east and north, and back. */
#ifndef KD_DEPOSIT_TRANSVERSE_MERCATOR_H
#define KD_DEPOSIT_TRANSVERSE_MERCATOR_H

#include "kaidei/error.h"

typedef struct kd_mercator {
  double lon, lat;                /* rad, of the origin, which goes to (false_east, false_north) */
  double scale;                   /* on the central meridian: 1, or 0.9996 for UTM */
  double false_east, false_north; /* m */
} kd_mercator;

/* Angles in rad. KD_E_RANGE for a latitude beyond 90 degrees or a place more than 80 degrees from the meridian. */
kd_status kd_mercator_forward(double *east, double *north, const kd_mercator *self, double lon, double lat,
                              kd_error *err);
kd_status kd_mercator_inverse(double *lon, double *lat, const kd_mercator *self, double east, double north,
                              kd_error *err);

/* The UTM zone, 1 to 60, north or south. */
kd_mercator kd_mercator_utm(int zone, int south);

#endif
