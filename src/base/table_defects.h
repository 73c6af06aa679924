// SPDX-License-Identifier: Apache-2.0
/* Where the defects of a table go: each to the caller's function, the first to the error record as well. */
#ifndef KD_BASE_TABLE_DEFECTS_H
#define KD_BASE_TABLE_DEFECTS_H

#include "base/table.h"

enum { KD_TABLE_DEFECTS_MAX = 1000 }; /* more are counted, but not told */

typedef struct kd_table_defects {
  const char *name; /* of the table, may be NULL */
  kd_table_report_fn *report;
  void *user;
  kd_error *err;
  kd_status first; /* KD_OK as long as there is none */
  size_t count;
} kd_table_defects;

void kd_table_defect(kd_table_defects *self, kd_status code, size_t line, size_t column, const char *format, ...)
    KD_PRINTF(5, 6);

/* One entry of a column list, "grade_la [ppm]?". */
typedef struct kd_wanted_column {
  char name[96], unit[64];
  bool has_unit, optional;
} kd_wanted_column;

/* Reads the next entry and moves *list on. *rest is set by "...": other columns are allowed. Returns false at the end
 * of the list; a malformed list is a defect of the program: *broken. */
bool kd_wanted_next(kd_wanted_column *out, const char **list, bool *rest, bool *broken);

#endif
