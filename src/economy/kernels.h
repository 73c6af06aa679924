// SPDX-License-Identifier: Apache-2.0
/* Helpers of the kernel rows of this stage, shared by kernels_*.c, and the kernels by subject, each array ended by a
 * row without name. Money may be in any one unit. */
#ifndef KD_ECONOMY_KERNELS_H
#define KD_ECONOMY_KERNELS_H

#include <math.h>

#include "base/elements.h"
#include "base/kernel.h"
#include "base/work.h"

#define RESULT(name, unit, text)                                                                                       \
  { name, unit, text, NULL, NULL, NULL, NULL, NULL }
#define KERNEL(short_name, full_name, text)                                                                            \
  {                                                                                                                    \
    .name = full_name, .summary = text, .inputs = short_name##_in, .input_count = KD_COUNT(short_name##_in),           \
    .outputs = short_name##_out, .output_count = KD_COUNT(short_name##_out), .eval = short_name                        \
  }
#define RATE(text)                                                                                                     \
  { "rate", "%", text, NULL, "-100 % exclusive", "1e6 %", NULL, NULL }
#define YEARS(text)                                                                                                    \
  { "years", "1", text, NULL, "0 exclusive", "1000", NULL, NULL }
#define MONEY(name, value, text)                                                                                       \
  { name, "USD", text, value, NULL, NULL, NULL, NULL }
#define NUMBER(name, text)                                                                                             \
  { name, "1", text, NULL, NULL, NULL, NULL, NULL }
#define POSITIVE(name, unit, zero, text)                                                                               \
  { name, unit, text, NULL, zero " exclusive", NULL, NULL, NULL }
#define METHODS "straight_line|declining|japan_declining|macrs"
#define PER_ELEMENT(name, unit, value, text)                                                                           \
  { name, unit, text, value, "0 USD/kg", NULL, NULL, &kd_element_labels }

extern const kd_kernel kd_economy_interest_kernels[], kd_economy_cost_kernels[], kd_economy_project_kernels[],
    kd_economy_uncertainty_kernels[];

#endif
