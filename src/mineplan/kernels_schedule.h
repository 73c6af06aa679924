// SPDX-License-Identifier: Apache-2.0
/* Kernels of the plan over sites and years, for the table of kernels.c. */
#ifndef KD_MINEPLAN_KERNELS_SCHEDULE_H
#define KD_MINEPLAN_KERNELS_SCHEDULE_H

#include "base/kernel.h"

#define KD_SCHEDULE_KERNEL_COUNT 4

#define KD_SCHEDULE_TABLE(name_, summary_, data_, in_, out_, eval_)                                                    \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

extern const kd_field kd_schedule_in[12], kd_schedule_out[9], kd_schedule_gap_out[12], kd_route_in[1], kd_route_out[4];
extern const kd_field kd_panels_in[3], kd_panels_out[7];
extern const kd_data_slot kd_schedule_slots[2], kd_route_slot[1], kd_panels_slots[2];
kd_kernel_table_fn kd_schedule_kernel, kd_schedule_gap_kernel, kd_route_kernel, kd_panels_kernel;

#define KD_SCHEDULE_KERNELS                                                                                            \
  KD_SCHEDULE_TABLE("mineplan.schedule", "which sites are mined in which year and in which order", kd_schedule_slots,  \
                    kd_schedule_in, kd_schedule_out, kd_schedule_kernel),                                              \
      KD_SCHEDULE_TABLE("mineplan.schedule_gap",                                                                       \
                        "the greedy plan, the programme and the programme with whole visits beside each other",        \
                        kd_schedule_slots, kd_schedule_in, kd_schedule_gap_out, kd_schedule_gap_kernel),               \
      KD_SCHEDULE_TABLE("mineplan.route", "a short open way through all points: nearest next, then exchange of edges", \
                        kd_route_slot, kd_route_in, kd_route_out, kd_route_kernel),                                    \
      KD_SCHEDULE_TABLE("mineplan.panels",                                                                             \
                        "columns gathered into panels of the least mining width, less the ground to keep out of",      \
                        kd_panels_slots, kd_panels_in, kd_panels_out, kd_panels_kernel)

#endif
