// SPDX-License-Identifier: Apache-2.0
/* checkpoint.json: what an unfinished run folder holds, so that the same command goes on from there. */
#ifndef KD_RESULTS_CHECKPOINT_H
#define KD_RESULTS_CHECKPOINT_H

#include "results/run.h"

typedef struct kd_checkpoint {
  uint64_t done;
  double seconds; /* wall time so far */
  char started[32];
  kd_seal samples; /* length and head of samples.nc */
} kd_checkpoint;

kd_status kd_checkpoint_write(const kd_run *run, const kd_checkpoint *checkpoint, kd_error *err);

/* Reads the checkpoint of the partial folder if it is one of this very run: same scenario, seed, number of
 * realisations, columns and version. Else *fits is false and `why` says in what it differs. */
kd_status kd_checkpoint_read(kd_checkpoint *out, bool *fits, char *why, size_t capacity, const kd_run *run,
                             kd_error *err);

#endif
