// SPDX-License-Identifier: Apache-2.0
/* Reading a run: its tables from the record, its samples from samples.nc, which is opened when first asked for. */
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "results/provenance.h"
#include "results/run.h"
#include "results/store.h"

kd_status kd_run_open(kd_run **out, kd_context *ctx, const char *folder, kd_error *err) {
  kd_status status = KD_OK;
  char path[KD_RUN_PATH];
  *out = NULL;
  kd_run *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) return kd_error_set(err, KD_E_NOMEM, "out of memory for a run");
  self->ctx = ctx;
  self->state = KD_RUN_WHOLE;
  self->lock = -1;
  self->reader = kd_alloc(ctx, 1, sizeof(kd_samples *));
  KD_CHECK(self->reader != NULL, err, KD_E_NOMEM, "out of memory for a run");
  KD_CHECK(strlen(folder) < sizeof self->folder - 64, err, KD_E_SIZE, "%.60s...: the path is too long", folder);
  snprintf(self->folder, sizeof self->folder, "%s", folder);
  KD_TRY(kd_provenance_check(&self->samples, ctx, folder, err));
  KD_TRY(kd_path_join(path, sizeof path, folder, "run.sqlite", err));
  KD_TRY(kd_store_read(&self->record, ctx, path, err));
  self->done = self->record->run.realisations;
  *out = self;
  self = NULL;
out:
  kd_run_destroy(&self);
  return status;
}

const kd_record *kd_run_record(const kd_run *self) {
  return self->record;
}
const char *kd_run_folder(const kd_run *self) {
  return self->folder;
}
uint64_t kd_run_realisations(const kd_run *self) {
  return self->record->run.realisations;
}
size_t kd_run_columns(const kd_run *self) {
  return self->record->columns;
}
const char *kd_run_column_key(const kd_run *self, size_t index) {
  return index < self->record->columns ? self->record->column[index].key : NULL;
}

static kd_status find(size_t *out, const kd_run *self, const char *key, kd_error *err) {
  const ptrdiff_t index = kd_record_find(self->record, key);
  if (index < 0) return kd_error_set(err, KD_E_KEY, "%s: no such column in %s", key, self->folder);
  *out = (size_t)index;
  return KD_OK;
}

kd_status kd_run_summary(kd_summary *out, const kd_run *self, const char *key, kd_error *err) {
  kd_status status = KD_OK;
  size_t index = 0;
  KD_CHECK(self->record->summary != NULL, err, KD_E_USAGE, "%s: summaries are there when the run is finished",
           self->folder);
  KD_TRY(find(&index, self, key, err));
  const kd_statistics *si = &self->record->summary[index].si;
  const kd_record_column *column = &self->record->column[index];
  *out = (kd_summary){column->key, column->unit, si->mean, si->sd,
                      si->p10,     si->p50,      si->p90,  self->record->run.realisations - si->count};
out:
  return status;
}

/* A damaged file must never reach the HDF5 library: its digest is checked first. */
static kd_status open_samples(const kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  char path[KD_RUN_PATH];
  KD_TRY(kd_path_join(path, sizeof path, self->folder, "samples.nc", err));
  KD_TRY(kd_seal_check(&self->samples, self->ctx, path, err));
  KD_TRY(kd_samples_open(self->reader, self->ctx, path, false, self->record->column, self->record->columns,
                         self->record->run.realisations, err));
out:
  return status;
}

kd_status kd_run_block(double *out, const kd_run *self, size_t column, uint64_t first, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(self->record->summary != NULL, err, KD_E_USAGE, "%s: series are there when the run is finished",
           self->folder);
  if (*self->reader == NULL) KD_TRY(open_samples(self, err));
  KD_TRY(kd_samples_read(out, *self->reader, column, first, count, err));
out:
  return status;
}

kd_status kd_run_series(double *out, size_t n, const kd_run *self, const char *key, kd_error *err) {
  kd_status status = KD_OK;
  size_t index = 0;
  KD_TRY(find(&index, self, key, err));
  KD_CHECK(n <= self->record->run.realisations, err, KD_E_RANGE, "%zu realisations: the run has %llu", n,
           (unsigned long long)self->record->run.realisations);
  KD_TRY(kd_run_block(out, self, index, 0, n, err));
out:
  return status;
}
