// SPDX-License-Identifier: Apache-2.0
/* Numbers behind a picture of the report: what a stage made before an ensemble, shown once for the whole run. */
#ifndef KD_BASE_EXHIBIT_H
#define KD_BASE_EXHIBIT_H

#include <stddef.h>

typedef struct kd_exhibit {
  const char *name;    /* "ground_columns": the table of run.sqlite that holds it */
  const char *columns; /* "x [m], grade [ppm]": values are in these units */
  const char *doc;     /* what it is, in a sentence; may be NULL */
  size_t rows, width;
  const double *value; /* [rows][width]; NaN: none */
} kd_exhibit;

#endif
