// SPDX-License-Identifier: Apache-2.0
/* Cascades, solvent extraction, train design and the open plant case, by name, for `kaidei eval`. */
#include "process/kernels_cascade.h"
#include "process/kernels_extraction.h"

#include "process/tables.h"

const kd_kernel kd_extraction_kernels[] = {
    {.name = "process.cascade",
     .summary = "Stage profile of a rigorous cascade with constant separation factors.",
     .inputs = cascade_in,
     .input_count = KD_COUNT(cascade_in),
     .outputs = cascade_out,
     .output_count = KD_COUNT(cascade_out),
     .data = cascade_data,
     .data_count = KD_COUNT(cascade_data),
     .eval_table = cascade},
    KD_KERNELS_EXTRACTION,
    {.name = NULL},
};
