// SPDX-License-Identifier: Apache-2.0
/* A flowsheet of named streams and units, its recycles converged together. Any unit of flow. */
#ifndef KD_PROCESS_FLOWSHEET_H
#define KD_PROCESS_FLOWSHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"
#include "base/work.h"

typedef enum kd_tear_method { KD_TEAR_NEWTON, KD_TEAR_ANDERSON, KD_TEAR_WEGSTEIN, KD_TEAR_DIRECT } kd_tear_method;

typedef struct kd_sheet_stream {
  int from, to; /* units; -1: a feed, a product */
} kd_sheet_stream;

/* In a unit the inflows are mixed, react in order, and are split over the outlets. */
typedef struct kd_sheet_reaction {
  int unit;
  int key;                   /* component that sets the extent */
  double conversion;         /* of what comes of it; less when another reactant runs out */
  const double *coefficient; /* components: made +, used -; that of the key below 0 */
} kd_sheet_reaction;

typedef struct kd_sheet {
  size_t units, streams, components, reactions;
  const kd_sheet_stream *stream;
  const double *share; /* streams x components: part of the unit's contents; NaN: the rest, for one outlet of a unit */
  const double *limit; /* streams: most of all components together that the stream carries; NaN: none. What is over
                          goes to the outlet of the rest */
  const kd_sheet_reaction *reaction;
} kd_sheet;

typedef struct kd_sheet_result {
  size_t tears, iterations; /* streams torn; times the whole sheet was computed */
  double residual;          /* worst change of a torn flow over the largest flow */
  double closure;           /* worst component of in - out - reaction over in */
} kd_sheet_result;

/* flow (streams x components): in: feeds filled; out: everything. Errors: KD_E_CONTRADICTION, KD_E_CONVERGENCE. */
kd_status kd_sheet_solve(kd_sheet_result *out, double *flow, const kd_sheet *sheet, kd_tear_method method,
                         double tolerance, size_t most, kd_work *work);

/* The data kernel process.flowsheet. */
kd_status kd_flowsheet_eval(kd_table **out, const kd_table *const *data, const double *options, kd_work *work);

#endif
