// SPDX-License-Identifier: Apache-2.0
/* Tables of the stage that live in files of their own; their sizes are held to these by static assertions. */
#ifndef KD_PROCESS_TABLES_H
#define KD_PROCESS_TABLES_H

#include "base/stage.h"

#define KD_PROCESS_LINES  68
#define KD_PROCESS_PARAMS 85

extern const kd_line kd_process_lines[];
extern const kd_param kd_process_params_rows[];

/* Kernels by subject, each list ended by a row without name. */
extern const kd_kernel kd_process_cascade_kernels[], kd_process_circuit_kernels[], kd_process_circulation_kernels[],
    kd_process_classify_kernels[], kd_process_column_kernels[], kd_process_design_kernels[],
    kd_process_dewater_kernels[], kd_process_extractant_kernels[], kd_process_flowsheet_kernels[],
    kd_process_leach_kernels[], kd_process_liquor_kernels[], kd_process_metal_kernels[], kd_process_refine_kernels[],
    kd_process_separation_kernels[], kd_process_sorption_kernels[], kd_process_speciation_kernels[],
    kd_process_stage_kernels[], kd_process_uky_kernels[];

#endif
