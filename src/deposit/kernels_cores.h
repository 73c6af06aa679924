// SPDX-License-Identifier: Apache-2.0
/* Kernels of cores, composites and polygons, for the table of kernels.c. */
#ifndef KD_DEPOSIT_KERNELS_CORES_H
#define KD_DEPOSIT_KERNELS_CORES_H

#include "base/kernel.h"

#define KD_CORE_KERNEL_COUNT 9

#define KD_CORE_ROW(name_, summary_, in_, out_, eval_)                                                                 \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }
#define KD_CORE_TABLE(name_, summary_, data_, in_, out_, eval_)                                                        \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

extern const kd_field kd_mercator_in[5], kd_mercator_out[2], kd_mercator_inverse_in[5], kd_mercator_inverse_out[2];
extern const kd_field kd_below_in[3], kd_below_out[1];
extern const kd_field kd_cores_check_in[3], kd_cores_check_out[4], kd_cores_summary_out[13];
extern const kd_field kd_composite_in[9], kd_composite_out[7];
extern const kd_field kd_topcut_in[2], kd_topcut_out[9];
extern const kd_field kd_duplicates_in[1], kd_duplicates_out[9];
extern const kd_field kd_inside_in[1], kd_inside_out[3];
extern const kd_data_slot kd_samples_slot[1], kd_topcut_slot[1], kd_duplicates_slot[1], kd_inside_slots[2];
kd_kernel_fn kd_mercator_kernel, kd_mercator_inverse_kernel, kd_below_kernel;
kd_kernel_table_fn kd_cores_check_kernel, kd_cores_summary_kernel, kd_composite_kernel, kd_topcut_kernel,
    kd_duplicates_kernel, kd_inside_kernel;

#define KD_CORE_KERNELS                                                                                                \
  KD_CORE_ROW("deposit.project", "longitude and latitude to metres: transverse Mercator on WGS 84", kd_mercator_in,    \
              kd_mercator_out, kd_mercator_kernel),                                                                    \
      KD_CORE_ROW("deposit.unproject", "metres to longitude and latitude: transverse Mercator on WGS 84",              \
                  kd_mercator_inverse_in, kd_mercator_inverse_out, kd_mercator_inverse_kernel),                        \
      KD_CORE_ROW("deposit.below_detection", "what stands for a value below its detection limit", kd_below_in,         \
                  kd_below_out, kd_below_kernel),                                                                      \
      KD_CORE_TABLE("deposit.cores_check",                                                                             \
                    "everything found in a table of core samples: errors, warnings and notes with their lines",        \
                    kd_samples_slot, kd_cores_check_in, kd_cores_check_out, kd_cores_check_kernel),                    \
      KD_CORE_TABLE("deposit.cores_summary", "statistics of each grade of a table of core samples, by length",         \
                    kd_samples_slot, kd_cores_check_in, kd_cores_summary_out, kd_cores_summary_kernel),                \
      KD_CORE_TABLE("deposit.composite", "composites of core samples: means over equal lengths, cores or layers",      \
                    kd_samples_slot, kd_composite_in, kd_composite_out, kd_composite_kernel),                          \
      KD_CORE_TABLE("deposit.topcut", "values cut at a cap or at a quantile: what it does to the mean and the metal",  \
                    kd_topcut_slot, kd_topcut_in, kd_topcut_out, kd_topcut_kernel),                                    \
      KD_CORE_TABLE("deposit.duplicates", "precision of assays from pairs of duplicates", kd_duplicates_slot,          \
                    kd_duplicates_in, kd_duplicates_out, kd_duplicates_kernel),                                        \
      KD_CORE_TABLE("deposit.inside", "which points lie inside a domain of polygons with holes", kd_inside_slots,      \
                    kd_inside_in, kd_inside_out, kd_inside_kernel)

#endif
