// SPDX-License-Identifier: Apache-2.0
/* Helpers of the kernel rows of this stage, shared by kernels_*.c, one file a subject. */
#ifndef KD_PROCESS_KERNELS_H
#define KD_PROCESS_KERNELS_H

#include "base/kernel.h"

#define KD_IN(name_, unit_, low_, high_, doc_)                                                                         \
  { .name = name_, .unit = unit_, .doc = doc_, .low = low_, .high = high_ }
#define KD_IN_OPTION(name_, unit_, initial_, low_, high_, doc_)                                                        \
  { .name = name_, .unit = unit_, .doc = doc_, .initial = initial_, .low = low_, .high = high_ }
#define KD_IN_CHOICE(name_, choices_, doc_)                                                                            \
  { .name = name_, .unit = "", .doc = doc_, .choices = choices_ }
#define KD_IN_CHOICE_OPTION(name_, choices_, initial_, doc_)                                                           \
  { .name = name_, .unit = "", .doc = doc_, .initial = initial_, .choices = choices_ }
#define KD_OUT(name_, unit_, doc_)                                                                                     \
  { .name = name_, .unit = unit_, .doc = doc_ }
#define KD_KERNEL(name_, id_, summary_)                                                                                \
  {                                                                                                                    \
    .name = name_, .summary = summary_, .inputs = id_##_in, .input_count = KD_COUNT(id_##_in), .outputs = id_##_out,   \
    .output_count = KD_COUNT(id_##_out), .eval = id_                                                                   \
  }
#define KD_KERNEL_DATA(name_, id_, outs_, data_, ins_, summary_)                                                       \
  {                                                                                                                    \
    .name = name_, .summary = summary_, .inputs = ins_, .input_count = KD_COUNT(ins_), .outputs = outs_,               \
    .output_count = KD_COUNT(outs_), .data = data_, .data_count = KD_COUNT(data_), .eval_table = id_                   \
  }

#define KD_ELEMENT_CHOICES "la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu|y"

#endif
