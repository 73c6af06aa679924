// SPDX-License-Identifier: Apache-2.0
/* The tables of the supply stage, gathered in stage.c. */
#ifndef KD_SUPPLY_TABLES_H
#define KD_SUPPLY_TABLES_H

#include "supply/supply.h"

enum { KD_SUPPLY_PARAMS = 24, KD_SUPPLY_OUTPUTS = 33, KD_SUPPLY_KERNELS = 17 };

extern const kd_param kd_supply_param_table[KD_SUPPLY_PARAMS];
extern const kd_output kd_supply_output_table[KD_SUPPLY_OUTPUTS];
extern const kd_kernel kd_supply_kernel_table[KD_SUPPLY_KERNELS];

#endif
