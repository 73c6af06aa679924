// SPDX-License-Identifier: Apache-2.0
/* Runs: a scenario, many realisations, one folder. */
#ifndef KAIDEI_RUN_H
#define KAIDEI_RUN_H

#include "kaidei/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kd_run kd_run;

typedef struct kd_run_options {
  size_t size;           /* sizeof(kd_run_options): the struct grows at its end */
  uint64_t realisations; /* 1 .. 10^8 */
  uint64_t seed;
  size_t threads;     /* 0: one for each processor */
  const char *folder; /* the run folder itself */
  int force;          /* non-zero: an existing run folder is replaced when the new one is whole */
} kd_run_options;

/* P10, P50 and P90 are type-7 quantiles: P90 is the value that 90 % of the realisations do not exceed. SI. Where a
 * realisation has no value (a date that is never reached, a cost per kilogram of nothing), the figures are those of the
 * realisations that have one, and `missing` says how many have none. */
typedef struct kd_summary {
  const char *key, *unit; /* borrowed from the run */
  double mean, sd, p10, p50, p90;
  uint64_t missing;
} kd_summary;

/* Called between chunks; non-zero asks the run to stop: it then keeps its checkpoint and returns KD_E_INTERRUPTED. */
typedef int kd_progress_fn(uint64_t done, uint64_t all, void *user);

/* Starts a run, or resumes the one that was interrupted in the same folder if scenario and seed are the same.
 * Errors: KD_E_EXISTS, KD_E_IO, KD_E_RANGE, KD_E_NOMEM. The scenario must live as long as the run. */
kd_status kd_run_create(kd_run **out, kd_context *ctx, const kd_scenario *scenario, const kd_run_options *opt,
                        kd_error *err);
/* Runs up to `realisations` more (0: all that are left). */
kd_status kd_run_advance(kd_run *self, uint64_t realisations, kd_progress_fn *progress, void *user, kd_error *err);
/* Balances, summaries, report; then the folder appears under its final name. */
kd_status kd_run_finish(kd_run *self, kd_error *err);
/* Opens a finished run for reading. */
kd_status kd_run_open(kd_run **out, kd_context *ctx, const char *folder, kd_error *err);

uint64_t kd_run_realisations(const kd_run *self);
size_t kd_run_columns(const kd_run *self); /* draws, outputs, ledger and balances */
const char *kd_run_column_key(const kd_run *self, size_t index);
kd_status kd_run_summary(kd_summary *out, const kd_run *self, const char *key, kd_error *err);
/* Copies the first n realisations of one column (SI) into out. */
kd_status kd_run_series(double *out, size_t n, const kd_run *self, const char *key, kd_error *err);

/* The report of a finished run as one HTML page. *out belongs to the caller: kd_string_free. */
kd_status kd_run_report(char **out, const kd_run *self, kd_error *err);
/* format: "csv", "xlsx" or "json". Errors: KD_E_CHOICE, KD_E_DISK, KD_E_IO, KD_E_CORRUPT, KD_E_NOMEM. */
kd_status kd_run_export(const kd_run *self, const char *format, const char *path, kd_error *err);
/* What differs between two runs: text, or JSON. *out belongs to the caller: kd_string_free. */
kd_status kd_run_compare(char **out, const kd_run *left, const kd_run *right, int json, kd_error *err);

void kd_run_destroy(kd_run **self);

#ifdef __cplusplus
}
#endif
#endif
