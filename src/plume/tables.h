// SPDX-License-Identifier: Apache-2.0
/* The tables of the plume stage. */
#ifndef KD_PLUME_TABLES_H
#define KD_PLUME_TABLES_H

#include "plume/plume.h"

enum { KD_PLUME_KERNELS = 28 };
extern const kd_kernel kd_plume_kernels[KD_PLUME_KERNELS];

#endif
