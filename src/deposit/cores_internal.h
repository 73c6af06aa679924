// SPDX-License-Identifier: Apache-2.0
/* Where the findings about a table of cores go: each to the caller's function, the first error to the record too. */
#ifndef KD_DEPOSIT_CORES_INTERNAL_H
#define KD_DEPOSIT_CORES_INTERNAL_H

#include "base/quantity.h"
#include "deposit/cores.h"

typedef struct kd_core_findings {
  const char *name;
  const kd_cores_options *options;
  kd_error *err;
  kd_status first; /* first error, KD_OK as long as there is none */
} kd_core_findings;

/* line 0: the table as a whole. */
void kd_cores_tell(kd_core_findings *self, kd_finding_kind kind, kd_status code, unsigned line, const char *format, ...)
    KD_PRINTF(5, 6);

/* A table that is being read. */
typedef struct kd_core_reader {
  kd_cores *out;
  const kd_table *table;
  kd_core_findings findings;
  const kd_cores_options *options;
  kd_work *work;
  const kd_column *id, *lon, *lat, *east, *north, *water, *from, *to, *density, *moisture, *layer, *kind;
  const kd_column **column; /* of each variable */
  kd_unit *unit;            /* of each variable's column */
  size_t *slot;             /* hash of ids: core + 1 */
  size_t slots;
} kd_core_reader;

unsigned kd_core_line(const kd_core_reader *self, size_t row);
/* cores_grades.c: the columns that hold grades, and one cell of them: kg/kg, NaN when it is missing. */
kd_status kd_core_find_variables(kd_core_reader *self);
void kd_core_read_grade(kd_core_reader *self, size_t variable, size_t row, double *value, double *limit);

#endif
