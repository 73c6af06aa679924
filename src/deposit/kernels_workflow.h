// SPDX-License-Identifier: Apache-2.0
#ifndef KD_DEPOSIT_KERNELS_WORKFLOW_H
#define KD_DEPOSIT_KERNELS_WORKFLOW_H

#include "base/kernel.h"

/* Quality control of assays, choice of a variogram model, surfaces of a layer; ended by a row without name. */
extern const kd_kernel kd_workflow_kernels[];

#endif
