// SPDX-License-Identifier: Apache-2.0
/* All kernels of solvent extraction beyond the closed forms; part of kernels.c. */
#ifndef KD_PROCESS_KERNELS_EXTRACTION_H
#define KD_PROCESS_KERNELS_EXTRACTION_H

#include "process/kernels_circuit.h"
#include "process/kernels_circulation.h"
#include "process/kernels_design.h"
#include "process/kernels_extractant.h"
#include "process/kernels_stage.h"
#include "process/kernels_uky.h"

#define KD_KERNELS_EXTRACTION                                                                                          \
  KD_KERNELS_CIRCUIT, KD_KERNEL_CIRCULATION, KD_KERNEL_UKY, KD_KERNELS_DESIGN, KD_KERNELS_STAGE, KD_KERNEL_RECORD

#endif
