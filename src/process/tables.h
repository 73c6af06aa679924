// SPDX-License-Identifier: Apache-2.0
/* Tables of the stage that live in files of their own; their sizes are held to these by static assertions. */
#ifndef KD_PROCESS_TABLES_H
#define KD_PROCESS_TABLES_H

#include "base/stage.h"

#define KD_PROCESS_LINES   59
#define KD_PROCESS_PARAMS  79
#define KD_PROCESS_KERNELS 39

extern const kd_line kd_process_lines[];
extern const kd_param kd_process_params_rows[];
extern const kd_kernel kd_process_kernels[];
extern const kd_kernel kd_extraction_kernels[], kd_plant_kernels[]; /* each ended by a row without name */

#endif
