// SPDX-License-Identifier: Apache-2.0
/* Kernels of the plan over sites and years, and of the sea floor. */
#ifndef KD_MINEPLAN_KERNELS_SCHEDULE_H
#define KD_MINEPLAN_KERNELS_SCHEDULE_H

#include "base/kernel.h"

/* Ended by a row without a name. */
extern const kd_kernel kd_schedule_kernels[];
extern const kd_kernel kd_slope_kernels[];
extern const kd_kernel kd_cut_kernels[];

extern const kd_data_slot kd_schedule_slots[2];

#endif
