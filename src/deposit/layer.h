// SPDX-License-Identifier: Apache-2.0
/* Top and base of a layer between the cores. */
#ifndef KD_DEPOSIT_LAYER_H
#define KD_DEPOSIT_LAYER_H

#include "deposit/cores.h"
#include "deposit/neighbours.h"

/* Depths below the sea floor at each place [m], base >= top >= 0; open_cores: cores that end inside the layer. Errors:
 * KD_E_MODEL when fewer than two cores meet the layer, KD_E_NOMEM. */
kd_status kd_layer_surfaces(double *top, double *base, size_t *open_cores, const kd_cores *cores, const char *layer,
                            const kd_points *places, kd_work *work);

#endif
