// SPDX-License-Identifier: Apache-2.0
/* Kernels of block models and their report, for the table of kernels.c. */
#ifndef KD_DEPOSIT_KERNELS_MODEL_H
#define KD_DEPOSIT_KERNELS_MODEL_H

#include "base/kernel.h"

#define KD_MODEL_KERNEL_COUNT 5

#define KD_MODEL_TABLE(name_, summary_, data_, in_, out_, eval_)                                                       \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

extern const kd_field kd_block_model_in[24], kd_block_model_out[13], kd_production_class_in[5],
    kd_production_class_out[1], kd_error90_in[1], kd_error90_out[6], kd_spread_curve_in[3], kd_spread_curve_out[13],
    kd_slices_in[2], kd_slices_out[5];
extern const kd_data_slot kd_block_model_slots[2], kd_error90_slot[1], kd_spread_curve_slot[1], kd_slices_slot[1];
kd_kernel_fn kd_production_class_kernel;
kd_kernel_table_fn kd_block_model_kernel, kd_error90_kernel, kd_spread_curve_kernel, kd_slices_kernel;

#define KD_MODEL_KERNELS                                                                                               \
  KD_MODEL_TABLE("deposit.block_model", "from core samples to a simulated block model: grade and metal by element",    \
                 kd_block_model_slots, kd_block_model_in, kd_block_model_out, kd_block_model_kernel),                  \
      {.name = "deposit.class_by_production",                                                                          \
       .summary = "resource class from the errors on a quarter's and a year's production",                             \
       .inputs = kd_production_class_in,                                                                               \
       .input_count = KD_COUNT(kd_production_class_in),                                                                \
       .outputs = kd_production_class_out,                                                                             \
       .output_count = KD_COUNT(kd_production_class_out),                                                              \
       .eval = kd_production_class_kernel},                                                                            \
      KD_MODEL_TABLE("deposit.error_at_90", "relative error at 90 % confidence of realisations: (P95 - P5)/(2 mean)",  \
                     kd_error90_slot, kd_error90_in, kd_error90_out, kd_error90_kernel),                               \
      KD_MODEL_TABLE("deposit.grade_tonnage_spread",                                                                   \
                     "grade-tonnage curve over realisations: P10, P50, P90 of tonnage, grade and metal",               \
                     kd_spread_curve_slot, kd_spread_curve_in, kd_spread_curve_out, kd_spread_curve_kernel),           \
      KD_MODEL_TABLE("deposit.slices", "means of slices along an axis", kd_slices_slot, kd_slices_in, kd_slices_out,   \
                     kd_slices_kernel)

#endif
