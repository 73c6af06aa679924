// SPDX-License-Identifier: Apache-2.0
#ifndef KD_DEPOSIT_KERNELS_DRAW_H
#define KD_DEPOSIT_KERNELS_DRAW_H

#include "base/kernel.h"

extern const kd_kernel kd_draw_kernels[]; /* ended by a row without name */

#endif
