// SPDX-License-Identifier: Apache-2.0
/* The registry of kernels: every equation of every stage, by name, over a table of cases. */
#ifndef KD_PROGRAMME_REGISTRY_H
#define KD_PROGRAMME_REGISTRY_H

#include <stdbool.h>

#include "base/kernel.h"
#include "base/text.h"

/* The kernel of that name; NULL and KD_E_KEY with a suggestion in err when there is none. */
const kd_kernel *kd_kernel_find(const char *name, kd_error *err);
size_t kd_kernel_count(void);
const kd_kernel *kd_kernel_get(size_t index);

/* Number of doubles of a field list, vectors flattened. */
size_t kd_fields_width(const kd_field *fields, size_t count);
/* Name of one member: "grade" or "grade_la". */
void kd_field_name(char *out, size_t capacity, const kd_field *field, size_t label);

/* Reads one input from text with unit ("0.25 m"; a bare number is SI, or in `unit` when that is not NULL) and checks
 * its range or choice. Errors: KD_E_NUMBER, KD_E_UNIT, KD_E_DIMENSION, KD_E_CHOICE, KD_E_RANGE. */
kd_status kd_field_read(double *si, const kd_field *field, size_t label, const char *text, const char *unit,
                        kd_error *err);
/* The default of an input; KD_E_MISSING when it has none. */
kd_status kd_field_default(double *si, const kd_field *field, kd_error *err);

/* All kernels with their inputs, outputs and units: text, or JSON as documented for `kaidei eval --list --json`. */
void kd_kernel_list(kd_text *out, bool json);

/* Evaluates a plain kernel over CSV text, header cells `name [unit]`: one output row for each input row, in order; a
 * refused row has empty outputs and its reason in the column `error`. Output columns carry the inputs' columns first
 * when echo is set. A defect of the table itself (unknown column, missing column) is an error of the whole: KD_E_CSV.
 */
kd_status kd_kernel_eval_csv(kd_text *out, const kd_kernel *kernel, const kd_table *cases, bool json, kd_work *work);

/* Evaluates a data kernel: tables bound to its slots in order, options as "key=value". Writes one CSV table. */
kd_status kd_kernel_eval_data(kd_text *out, const kd_kernel *kernel, const kd_table *const *data,
                              const char *const *options, size_t option_count, bool json, kd_work *work);

#endif
