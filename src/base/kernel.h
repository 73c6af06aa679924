// SPDX-License-Identifier: Apache-2.0
/* A kernel: one model equation, reachable through `kaidei eval` with columns by parameter name, so that anyone
 * can hold our numbers against their own. Plain kernels map one row of inputs to one row of outputs; data kernels
 * take whole tables and answer with one table. */
#ifndef KD_BASE_KERNEL_H
#define KD_BASE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/work.h"

typedef struct kd_field {
  const char *name; /* snake_case, the field's word: "wall_stress" */
  const char *unit; /* display unit of the column; values passed to eval are SI */
  const char *doc;
  const char *initial;     /* default as text with unit, makes the input optional; NULL: required. Outputs: NULL */
  const char *low, *high;  /* allowed range as in kd_param; NULL: open */
  const char *choices;     /* text column: "wilson_thomas|slatter"; the value is the index; KD_ANY_TEXT: see below */
  const kd_labels *labels; /* NULL, or one column for each label: "grade_la", "grade_ce", ... */
} kd_field;

/* choices of an option of a data kernel that is read as it stands: its text is work->texts[index], its value NaN. */
#define KD_ANY_TEXT       ""
#define KD_IS_TEXT(field) ((field)->choices != NULL && (field)->choices[0] == '\0')

typedef struct kd_kernel kd_kernel;

/* in: all inputs in the order of the table, vectors flattened; out likewise. Errors go to work->err. */
typedef kd_status kd_kernel_fn(double *out, const double *in, kd_work *work);

/* data: one table for each name in kernel->data, in that order, NULL for an optional one that is not given; options: as
 * `in` of a plain kernel; work->texts: their texts, in the same order. */
typedef kd_status kd_kernel_table_fn(kd_table **out, const kd_table *const *data, const double *options, kd_work *work);

typedef struct kd_data_slot {
  const char *name;    /* --data NAME=file.csv */
  const char *columns; /* as kd_param.columns */
  const char *doc;
  bool optional; /* the table may be left out: the kernel then gets NULL */
} kd_data_slot;

struct kd_kernel {
  const char *name; /* "lift.herschel_bulkley.wall_stress" */
  const char *summary;
  const kd_field *inputs;
  size_t input_count;
  const kd_field *outputs;
  size_t output_count;
  kd_kernel_fn *eval; /* NULL for a data kernel */
  const kd_data_slot *data;
  size_t data_count;
  kd_kernel_table_fn *eval_table; /* NULL for a plain kernel */
};

#define KD_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
