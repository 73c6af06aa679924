// SPDX-License-Identifier: Apache-2.0
/* Solvent extraction, train design and the open plant case, by name, for `kaidei eval`. */
#include "process/kernels_extraction.h"

#include "process/tables.h"

const kd_kernel kd_extraction_kernels[] = {KD_KERNELS_EXTRACTION, {.name = NULL}};
