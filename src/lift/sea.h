// SPDX-License-Identifier: Apache-2.0
/* The sea round the string: temperature, salinity, pressure and density by depth, from a measured profile. */
#ifndef KD_LIFT_SEA_H
#define KD_LIFT_SEA_H

#include <stddef.h>

#include "base/table.h"
#include "base/work.h"

typedef struct kd_sea_node {
  double depth;        /* m, down */
  double salinity;     /* absolute, kg/kg */
  double conservative; /* conservative temperature, degC */
  double temperature;  /* in situ, degC */
  double pressure;     /* sea pressure, Pa */
  double density;      /* kg/m3 */
} kd_sea_node;

typedef struct kd_sea {
  const kd_sea_node *node; /* from the surface to the bottom */
  size_t count;
  double latitude; /* rad */
  double depth;    /* m, of the last node */
} kd_sea;

#define KD_SEA_COLUMNS "depth [m], temperature [degC], salinity [1]"

/* Integrates dp/dz = rho(SA, CT, p) g(latitude, z) down the profile to `depth`. Salinity and conservative temperature
 * are linear between the rows; above the first and below the last row they are constant. Errors: KD_E_RANGE for a
 * profile that is empty, unsorted or has missing values, KD_E_NOMEM. */
kd_status kd_sea_create(kd_sea *out, const kd_table *profile, double latitude, double depth, kd_work *work);

/* State at a depth between 0 and the bottom: salinity and temperatures linear, pressure and density by cubic Hermite
 * and linear interpolation between the nodes. */
void kd_sea_at(kd_sea_node *out, const kd_sea *self, double depth);

/* Mean density of the water from the surface to the bottom, kg/m3. */
double kd_sea_mean_density(const kd_sea *self);

#endif
