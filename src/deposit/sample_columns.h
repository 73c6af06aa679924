// SPDX-License-Identifier: Apache-2.0
/* Columns of a table whose unit the user chooses: values of any element in ppm, %, g/t. */
#ifndef KD_DEPOSIT_SAMPLE_COLUMNS_H
#define KD_DEPOSIT_SAMPLE_COLUMNS_H

#include "base/table.h"
#include "base/work.h"

/* rows values in SI, in the scratch arena; NaN where a cell is empty. NULL when the table has no such column and it is
 * not required. Errors: KD_E_CSV with line and column. */
kd_status kd_sample_column(const double **out, const kd_table *table, const char *name, bool required, kd_work *work);
/* Unit of that column; "1" when there is none. */
const char *kd_sample_unit(const kd_table *table, const char *name);

#define KD_SAMPLE_NAMES 100
/* Names in a list "la, ce, y". Errors: KD_E_MISSING for none, KD_E_DUPLICATE, KD_E_SIZE. */
typedef struct kd_sample_names {
  const char *name[KD_SAMPLE_NAMES];
  size_t count;
} kd_sample_names;
kd_status kd_sample_names_read(kd_sample_names *out, const char *list, kd_work *work);

#endif
