// SPDX-License-Identifier: Apache-2.0
/* The plant but for extraction, by name, for `kaidei eval`: speciation, leach and liquor, columns, dewatering, metal,
 * the flowsheet. */
#include "process/kernels_column.h"
#include "process/kernels_dewater.h"
#include "process/kernels_flowsheet.h"
#include "process/kernels_liquor.h"
#include "process/kernels_metal.h"
#include "process/kernels_speciation.h"

#include "process/tables.h"

const kd_kernel kd_plant_kernels[] = {KD_KERNEL_SPECIATION, KD_KERNELS_LIQUOR,   KD_KERNELS_COLUMN, KD_KERNELS_DEWATER,
                                      KD_KERNELS_METAL,     KD_KERNEL_FLOWSHEET, {.name = NULL}};
