// SPDX-License-Identifier: Apache-2.0
#ifndef KD_DEPOSIT_KERNELS_CORES_H
#define KD_DEPOSIT_KERNELS_CORES_H

#include "base/kernel.h"

/* Cores and composites; places and domains; block models; what realisations say together. Each ended by a row without
 * name. */
extern const kd_kernel kd_core_kernels[], kd_place_kernels[], kd_model_kernels[], kd_realisation_kernels[];

#endif
