// SPDX-License-Identifier: Apache-2.0
/* samples.nc: every draw and outcome of a run by realisation, netCDF after the CF conventions 1.9, in the classic
 * format with 64-bit offsets.
 *
 * One dimension, `realisation`, and one double variable for each column, named by its key (dots are part of the name).
 * Values are SI; `units` is the SI unit as udunits reads it, or as text where udunits knows none (money is "USD" of
 * 2026); `kd_display_unit` is the unit of the tables; `kd_kind` is draw, output, ledger or balance; `long_name` says
 * what it is. NaN is a missing value.
 *
 * Variables lie in one piece each, so that the layout, and with it every byte, is settled when the first block is
 * written: a block changes values alone. That makes writing flat in memory, a whole column one read, and a file cut off
 * by kill -9 usable up to its last checkpoint; an interrupted and resumed file has the same bytes as an undisturbed
 * one.
 */
#ifndef KD_RESULTS_SAMPLES_H
#define KD_RESULTS_SAMPLES_H

#include "results/record.h"

typedef struct kd_samples kd_samples;

/* What the file says of itself. */
typedef struct kd_samples_head {
  const char *title, *version, *scenario_hash;
  uint64_t seed;
} kd_samples_head;

/* Creates a file for n realisations. Errors: KD_E_IO, KD_E_DISK, KD_E_NOMEM. */
kd_status kd_samples_create(kd_samples **out, kd_context *ctx, const char *path, const kd_samples_head *head,
                            const kd_record_column *column, size_t columns, uint64_t n, kd_error *err);

/* Opens an existing file, to go on writing or to read. Errors: KD_E_CORRUPT when it is not a file of ours with exactly
 * these columns and realisations. */
kd_status kd_samples_open(kd_samples **out, kd_context *ctx, const char *path, bool writable,
                          const kd_record_column *column, size_t columns, uint64_t n, kd_error *err);

/* Writes realisations first .. first+count-1 of all columns from data[column * stride + i]. */
kd_status kd_samples_write(kd_samples *self, uint64_t first, size_t count, const double *data, size_t stride,
                           kd_error *err);
/* All that was written is in the hands of the operating system when this returns. */
kd_status kd_samples_sync(kd_samples *self, kd_error *err);

kd_status kd_samples_read(double *out, kd_samples *self, size_t column, uint64_t first, size_t count, kd_error *err);

/* Closes; an error of the last write shows here. *self is NULL afterwards in any case. */
kd_status kd_samples_close(kd_samples **self, kd_error *err);

/* The SI unit of a display unit as udunits writes it: "kg m-3", "1", "USD kg-1"; a text that is no unit is kept. */
void kd_samples_unit(char *out, size_t capacity, const char *unit);

#endif
