// SPDX-License-Identifier: Apache-2.0
/* run.sqlite: the tables of a run, so that a person with any SQLite tool finds the answer.
 *
 *   run          one row: who, what, when; the only table that may hold a time or a fact about the machine
 *   parameter    key, text, si_value (median), unit, distribution, source, assumed, given, random, doc
 *   summary      key, unit, mean, sd, p10, p50, p90 (display unit), kind, doc, ...; one row for each variable of
 * samples.nc ledger       stage, item, label, kind, quantity (mean), unit, money product      element, form, purity,
 * tonnes a year balance      what, in, out, stock (means), closure (the worst) sensitivity  output, parameter,
 * rank_correlation, assumed input        path, sha256 of each file that was read note         what the words mean: P90
 * is the value that 90 % of the realisations do not exceed
 */
#ifndef KD_RESULTS_STORE_H
#define KD_RESULTS_STORE_H

#include "results/record.h"

/* Writes a new file. Errors: KD_E_DISK, KD_E_IO, KD_E_NOMEM. */
kd_status kd_store_write(kd_context *ctx, const char *path, const kd_record *record, kd_error *err);

/* Reads a file back. Errors: KD_E_NOTFOUND, KD_E_CORRUPT, KD_E_NOMEM. */
kd_status kd_store_read(kd_record **out, kd_context *ctx, const char *path, kd_error *err);

#endif
