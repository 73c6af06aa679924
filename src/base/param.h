// SPDX-License-Identifier: Apache-2.0
/* One row of a stage's parameter table. From these rows come the parser, the checks, `kaidei explain`, the JSON
 * Schema, the reference manual, the Monte Carlo draw and the labels of the sensitivities: nothing is listed twice. */
#ifndef KD_BASE_PARAM_H
#define KD_BASE_PARAM_H

#include <stddef.h>

#include "base/labels.h"

typedef enum kd_param_kind {
  KD_PARAM_NUMBER, /* double, SI; may be a distribution */
  KD_PARAM_COUNT,  /* double that holds a whole number; may be a distribution, rounded after the draw */
  KD_PARAM_CHOICE, /* int: index into choices */
  KD_PARAM_FLAG,   /* int: 0 or 1, written yes or no */
  KD_PARAM_DATE,   /* double: seconds since 1970-01-01 UTC, written 2027-02-01 or 2027-02-01T12:00 */
  KD_PARAM_TABLE   /* const kd_table *: a CSV file with the columns of `columns`; shared, read-only */
} kd_param_kind;

typedef struct kd_param {
  const char *key; /* inside the stage: "rate"; full key "mineplan.rate"; with labels "economy.price.tb" */
  kd_param_kind kind;
  const char *unit;    /* display unit; its dimension is the wanted one: "t/day", "m", "%vol", "1" for a pure number */
  const char *initial; /* default as a scenario would write it: "350 t/day", "{triangular: [2 m, 5 m, 10 m]}";
                          NULL: must be given; "none": NaN, the stage treats it as not given */
  const char *low,
      *high; /* allowed range as text with unit, inclusive; NULL: open. Append " exclusive" to shut a bound out */
  const char *
      choices; /* KD_PARAM_CHOICE: "closed_circuit|air_lift". KD_PARAM_NUMBER: choices of a required `basis:` or NULL */
  const char *columns;     /* KD_PARAM_TABLE: "area [km2], top [m], grade_la [ppm]?" ; `?` after a column: optional */
  const char *doc;         /* one sentence */
  const char *source;      /* author, year, page of the default; NULL: assumed */
  size_t offset;           /* of the value in the stage's parameter struct */
  size_t basis_offset;     /* of the int basis index, for a number with required basis; else 0 */
  const kd_labels *labels; /* vector parameter: one value for each label, contiguous; NULL: one value */
} kd_param;

#endif
