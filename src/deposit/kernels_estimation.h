// SPDX-License-Identifier: Apache-2.0
/* Kernels of the variogram and of estimation, for the table of kernels.c. */
#ifndef KD_DEPOSIT_KERNELS_ESTIMATION_H
#define KD_DEPOSIT_KERNELS_ESTIMATION_H

#include "base/kernel.h"

#define KD_ESTIMATION_KERNEL_COUNT 1

#define KD_ESTIMATION_ROW(name_, summary_, in_, out_, eval_)                                                           \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }

extern const kd_field kd_semivariance_in[12], kd_semivariance_out[3];
kd_kernel_fn kd_semivariance_kernel;

#define KD_ESTIMATION_KERNELS                                                                                          \
  KD_ESTIMATION_ROW("deposit.semivariance",                                                                            \
                    "semivariance and covariance of one structure with its anisotropy, at a lag (dx, dy, dz)",         \
                    kd_semivariance_in, kd_semivariance_out, kd_semivariance_kernel)

#endif
