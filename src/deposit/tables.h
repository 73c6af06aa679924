// SPDX-License-Identifier: Apache-2.0
/* The tables of the deposit stage: kernels.c fills what tables.c puts into kd_deposit_stage. */
#ifndef KD_DEPOSIT_TABLES_H
#define KD_DEPOSIT_TABLES_H

#include "base/kernel.h"
#include "deposit/kernels_draw.h"
#include "deposit/kernels_simulation.h"

#define KD_DEPOSIT_KERNELS 9
extern const kd_kernel kd_deposit_kernels[KD_DEPOSIT_KERNELS];
extern const kd_kernel kd_grade_tonnage_kernels[]; /* ended by a row without name */

#endif
