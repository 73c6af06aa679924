// SPDX-License-Identifier: Apache-2.0
/* Start-up of a cascade in time: full circulation, partial circulation, normal. */
#ifndef KD_PROCESS_CASCADE_TRANSIENT_H
#define KD_PROCESS_CASCADE_TRANSIENT_H

#include "process/cascade.h"

typedef struct kd_startup {
  kd_cascade cascade;                    /* without draw */
  double organic_holdup, aqueous_holdup; /* mol in each phase of a stage over mol/s fed: seconds */
  double full_time, partial_time;        /* s */
  double partial_share;                  /* of feed and products in partial circulation */
  double time;                           /* s to follow */
  size_t points;
} kd_startup;

typedef struct kd_startup_row {
  double time;
  int phase; /* 0 full, 1 partial, 2 normal */
  double raffinate[KD_CASCADE_COMPONENTS], product[KD_CASCADE_COMPONENTS];
} kd_startup_row;

/* Rows at equal times from 0 to in->time, in scratch. */
kd_status kd_startup_run(kd_startup_row **out, const kd_startup *in, kd_work *work);

#endif
