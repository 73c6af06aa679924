// SPDX-License-Identifier: Apache-2.0
/* One row of a stage's output table: feeds the run store, JSON, the report and the web app. Values are doubles in SI.
 */
#ifndef KD_BASE_OUTPUT_H
#define KD_BASE_OUTPUT_H

#include <stddef.h>

#include "base/labels.h"

typedef struct kd_output {
  const char *key;         /* inside the stage: "energy_per_tonne"; full key "lift.energy_per_tonne" */
  const char *unit;        /* display unit */
  const char *doc;         /* one sentence */
  size_t offset;           /* of the double (or of the first of the labels' doubles) in the stage's result struct */
  const kd_labels *labels; /* NULL: one value */
  int headline;            /* 1..9: shown in the first table of a run, in this order; 0: not */
} kd_output;

#endif
