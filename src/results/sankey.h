// SPDX-License-Identifier: Apache-2.0
/* A Sankey picture: a trunk that runs from left to right and gives off branches; widths are to scale. */
#ifndef KD_RESULTS_SANKEY_H
#define KD_RESULTS_SANKEY_H

#include <stddef.h>

#include "base/text.h"

typedef struct kd_flow {
  const char *label;
  double value; /* in `unit`; flows below 1e-9 of the whole are left out */
  const char *colour;
  int rank;          /* column in which it leaves or joins the trunk, from 0 */
  const char *shown; /* the value in words, "8.4 million JPY"; NULL: value and unit */
} kd_flow;

typedef struct kd_sankey {
  const char *title, *unit;
  const kd_flow *in; /* join the trunk from the left, rank 0 */
  size_t ins;
  const kd_flow *out; /* leave it; those of the last rank are where the trunk ends */
  size_t outs;
  int ranks;                 /* columns */
  const char *const *column; /* what each column is, written below the trunk; NULL: nothing */
} kd_sankey;

void kd_sankey_write(kd_text *out, const kd_sankey *sankey);

#endif
