// SPDX-License-Identifier: Apache-2.0
/* Tables of the stage, each in its own file. */
#ifndef KD_ECONOMY_TABLES_H
#define KD_ECONOMY_TABLES_H

#include "base/stage.h"

enum { KD_ECONOMY_PARAMS = 81, KD_ECONOMY_OUTPUTS = 42, KD_ECONOMY_LINES = 16 };

extern const kd_param kd_economy_param_table[KD_ECONOMY_PARAMS];
extern const kd_output kd_economy_output_table[KD_ECONOMY_OUTPUTS];
extern const kd_line kd_economy_line_table[KD_ECONOMY_LINES];

void kd_economy_check(const void *params, kd_contradiction_fn *report, void *user);

#endif
