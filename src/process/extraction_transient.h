// SPDX-License-Identifier: Apache-2.0
/* Start-up of an extraction circuit with mass action or pH lines: full and partial circulation, then normal. */
#ifndef KD_PROCESS_EXTRACTION_TRANSIENT_H
#define KD_PROCESS_EXTRACTION_TRANSIENT_H

#include "process/extraction.h"

typedef struct kd_circulation {
  kd_extraction circuit;          /* in normal work; stage_time gives the holdups */
  double full_time, partial_time; /* s; full circulation, then partial */
  double partial_share;           /* of feed and products in that time */
  double time;                    /* s to follow */
  size_t points;                  /* rows */
} kd_circulation;

typedef struct kd_circulation_row {
  double time, ph;                                                             /* s; of the raffinate */
  double held;                                                                 /* all metals in all stages, mol */
  int phase;                                                                   /* 0 full, 1 partial, 2 normal */
  double raffinate[KD_CONTACTOR_COMPONENTS], product[KD_CONTACTOR_COMPONENTS]; /* mol/m3; product: organic out of the
                                                                                  last scrub stage */
} kd_circulation_row;

/* Rows lie in scratch. Errors: those of the circuit; KD_E_CONVERGENCE of a time step. */
kd_status kd_circulation_run(kd_circulation_row **out, const kd_circulation *in, kd_work *work);

#endif
