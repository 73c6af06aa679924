// SPDX-License-Identifier: Apache-2.0
/* Densities of water-saturated mud. */
#ifndef KD_DEPOSIT_DENSITY_H
#define KD_DEPOSIT_DENSITY_H

#include "kaidei/error.h"

typedef struct kd_mud_state {
  double porosity;      /* m3 pore per m3 in place */
  double solids;        /* m3 solid per m3 in place */
  double wet_density;   /* kg/m3 in place */
  double water_ratio;   /* kg water per kg dry solid */
  double water_content; /* kg water per kg wet mud */
} kd_mud_state;

/* State of a saturated mud. KD_E_CONTRADICTION when the dry bulk density is not below the grain density. */
kd_status kd_mud_state_from(kd_mud_state *out, double dry_density, double grain_density, double pore_density,
                            kd_error *err);
double kd_mud_dry_density(double porosity, double grain_density);

#endif
