// SPDX-License-Identifier: Apache-2.0
/* run.json: program, machine, inputs, balances, and the digests of the files beside it. Its last member is a digest of
 * all before it, so that damage to any of the files shows. */
#ifndef KD_RESULTS_PROVENANCE_H
#define KD_RESULTS_PROVENANCE_H

#include "results/record.h"

/* Fills the facts about program, machine and time in record->run. */
kd_status kd_provenance_fill(kd_record *record, kd_error *err);

/* The time now, "2027-02-01T12:00:00Z", and a clock for durations in s. */
void kd_provenance_now(char out[32]);
double kd_provenance_clock(void);

/* Writes run.json into a folder that holds all its other files. */
kd_status kd_provenance_write(const char *folder, kd_record *record, kd_error *err);

/* What is known of a file. The head of samples.nc is all but the values, which follow it to the end: it alone steers
 * the reading library, so that a file of gigabytes can be opened safely after a look at its head. */
typedef struct kd_seal {
  uint64_t bytes, head; /* head: bytes before the values; 0 for other files */
  char sha256[65], head_sha256[65];
} kd_seal;

/* Takes the digests of a file; values: bytes at its end that are plain values. */
kd_status kd_seal_take(kd_seal *out, kd_context *ctx, const char *path, uint64_t values, kd_error *err);

/* As above, of the head alone: sha256 is left empty. */
kd_status kd_seal_take_head(kd_seal *out, kd_context *ctx, const char *path, uint64_t values, kd_error *err);

/* One file against its seal: wholly up to 256 MiB, above that by length and head. Errors: KD_E_CORRUPT, KD_E_IO. */
kd_status kd_seal_check(const kd_seal *seal, kd_context *ctx, const char *path, kd_error *err);

/* Checks run.json and the files named there but samples.nc, whose seal is given back: it is checked when the samples
 * are wanted. Errors: KD_E_NOTFOUND, KD_E_CORRUPT. */
kd_status kd_provenance_check(kd_seal *samples, kd_context *ctx, const char *folder, kd_error *err);

#endif
