// SPDX-License-Identifier: Apache-2.0
/* The tables of the mine plan stage: kernels.c fills what tables.c puts into kd_mineplan_stage. */
#ifndef KD_MINEPLAN_TABLES_H
#define KD_MINEPLAN_TABLES_H

#include "base/kernel.h"
#include "mineplan/kernels_schedule.h"

#define KD_MINEPLAN_KERNELS 10
extern const kd_kernel kd_mineplan_kernels[KD_MINEPLAN_KERNELS];

#endif
