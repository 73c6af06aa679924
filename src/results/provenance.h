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

/* Checks run.json and the files named there but samples.nc, whose digest is given back: it is checked when the samples
 * are wanted. Errors: KD_E_NOTFOUND, KD_E_CORRUPT. */
kd_status kd_provenance_check(char samples_digest[65], kd_context *ctx, const char *folder, kd_error *err);

/* One file against its digest. */
kd_status kd_provenance_check_file(kd_context *ctx, const char *path, const char *digest, kd_error *err);

#endif
