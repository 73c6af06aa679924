// SPDX-License-Identifier: Apache-2.0
#include "lift/kernels_string.h"
const kd_kernel kd_string_kernels[] = {KD_LAST_KERNEL};
