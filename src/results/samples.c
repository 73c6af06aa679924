// SPDX-License-Identifier: Apache-2.0
#include "results/samples.h"

#include <hdf5.h>
#include <netcdf.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/quantity.h"
#include "results/disk.h"

struct kd_samples {
  kd_context *ctx;
  char *path;
  int file;
  bool is_open;
  size_t columns;
  uint64_t n;
  int *variable; /* netCDF id of each column */
};

static kd_status refuse(const kd_samples *self, int code, kd_status blame, const char *action, kd_error *err) {
  if (code == NC_ENOMEM) blame = KD_E_NOMEM;
  return kd_error_set(err, blame, "%s: cannot %s: %s", self->path, action,
                      blame == KD_E_DISK ? "the disk is full" : nc_strerror(code));
}

/* Runs a netCDF call; on failure leaves through out with the file, what was done, and the library's words. */
#define NC_TRY(call, self, err, blame, action)                                                                         \
  do {                                                                                                                 \
    const int nc_code = (call);                                                                                        \
    if (nc_code != NC_NOERR) {                                                                                         \
      status = refuse((self), nc_code, (blame), (action), (err));                                                      \
      goto out;                                                                                                        \
    }                                                                                                                  \
  } while (0)

/* ---- units ---- */

static size_t add_base(char *out, size_t capacity, size_t used, const char *name, int power) {
  if (power == 0 || used >= capacity) return used;
  const char *gap = used > 0 ? " " : "";
  const int length = power == 1 ? snprintf(out + used, capacity - used, "%s%s", gap, name)
                                : snprintf(out + used, capacity - used, "%s%s%d", gap, name, power);
  return length > 0 ? used + (size_t)length : used;
}

void kd_samples_unit(char *out, size_t capacity, const char *unit) {
  kd_unit parsed;
  if (unit == NULL || kd_unit_parse(&parsed, unit, NULL, NULL) != KD_OK) {
    snprintf(out, capacity, "%s", unit != NULL ? unit : "");
    return;
  }
  const kd_dimension d = parsed.dimension;
  size_t used = 0;
  out[0] = '\0';
  used = add_base(out, capacity, used, "USD", d.money);
  used = add_base(out, capacity, used, "kg", d.mass);
  used = add_base(out, capacity, used, "m", d.length);
  used = add_base(out, capacity, used, "s", d.time);
  used = add_base(out, capacity, used, "A", d.current);
  used = add_base(out, capacity, used, "K", d.temperature);
  used = add_base(out, capacity, used, "mol", d.amount);
  if (used == 0) snprintf(out, capacity, "1");
}

/* ---- life ---- */

static kd_status make(kd_samples **out, kd_context *ctx, const char *path, size_t columns, uint64_t n, kd_error *err) {
  kd_samples *self = kd_alloc(ctx, 1, sizeof *self);
  if (self != NULL) {
    *self = (kd_samples){.ctx = ctx, .columns = columns, .n = n};
    self->path = kd_strdup(ctx, path);
    self->variable = kd_alloc(ctx, columns > 0 ? columns : 1, sizeof *self->variable);
  }
  *out = self;
  if (self != NULL && self->path != NULL && self->variable != NULL) return KD_OK;
  return kd_error_set(err, KD_E_NOMEM, "%s: out of memory for %zu columns", path, columns);
}

static void release(kd_samples **self) {
  kd_context *ctx = (*self)->ctx;
  kd_free(ctx, (*self)->variable);
  kd_free(ctx, (*self)->path);
  kd_free(ctx, *self);
  *self = NULL;
}

static kd_status close_file(kd_samples **self, kd_error *err) {
  kd_status status = KD_OK;
  if (self == NULL || *self == NULL) return KD_OK;
  if ((*self)->is_open) NC_TRY(nc_close((*self)->file), *self, err, kd_disk_blame((*self)->path), "close it");
out:
  release(self);
  return status;
}

static kd_status put_text(kd_samples *self, int variable, const char *name, const char *text, kd_error *err) {
  kd_status status = KD_OK;
  if (text == NULL || text[0] == '\0') return KD_OK;
  NC_TRY(nc_put_att_text(self->file, variable, name, strlen(text), text), self, err, kd_disk_blame(self->path),
         "describe it");
out:
  return status;
}

static kd_status define_head(kd_samples *self, const kd_samples_head *head, kd_error *err) {
  kd_status status = KD_OK;
  char source[128], seed[32];
  snprintf(source, sizeof source, "kaidei %s", head->version);
  snprintf(seed, sizeof seed, "%llu", (unsigned long long)head->seed);
  KD_TRY(put_text(self, NC_GLOBAL, "Conventions", "CF-1.9", err));
  KD_TRY(put_text(self, NC_GLOBAL, "title", head->title, err));
  KD_TRY(put_text(self, NC_GLOBAL, "source", source, err));
  KD_TRY(put_text(self, NC_GLOBAL, "comment",
                  "Draws and outcomes by realisation, SI. Money is US dollars of 2026. NaN is a missing value.", err));
  KD_TRY(put_text(self, NC_GLOBAL, "kd_scenario_sha256", head->scenario_hash, err));
  KD_TRY(put_text(self, NC_GLOBAL, "kd_seed", seed, err));
out:
  return status;
}

static kd_status define_column(kd_samples *self, size_t index, int dimension, const kd_record_column *column,
                               kd_error *err) {
  kd_status status = KD_OK;
  char unit[64];
  const char *action = "define a variable";
  int *variable = &self->variable[index];
  NC_TRY(nc_def_var(self->file, column->key, NC_DOUBLE, 1, &dimension, variable), self, err, kd_disk_blame(self->path),
         action);
  NC_TRY(nc_def_var_fill(self->file, *variable, NC_NOFILL, NULL), self, err, KD_E_IO, action);
  NC_TRY(nc_def_var_chunking(self->file, *variable, NC_CONTIGUOUS, NULL), self, err, KD_E_IO, action);
  kd_samples_unit(unit, sizeof unit, column->unit);
  KD_TRY(put_text(self, *variable, "units", unit, err));
  KD_TRY(put_text(self, *variable, "long_name", column->doc, err));
  KD_TRY(put_text(self, *variable, "kd_kind", kd_record_kind_name(column->kind), err));
  KD_TRY(put_text(self, *variable, "kd_display_unit", column->unit, err));
out:
  if (status != KD_OK) kd_error_context(err, "%s: ", column->key);
  return status;
}

static kd_status create_file(kd_samples **out, kd_context *ctx, const char *path, const kd_samples_head *head,
                             const kd_record_column *column, size_t columns, uint64_t n, kd_error *err) {
  kd_status status = KD_OK;
  kd_samples *self = NULL;
  int dimension = 0, before = 0;
  *out = NULL;
  KD_TRY(make(&self, ctx, path, columns, n, err));
  NC_TRY(nc_create(path, NC_NETCDF4 | NC_CLOBBER, &self->file), self, err, kd_disk_blame(path), "create it");
  self->is_open = true;
  NC_TRY(nc_set_fill(self->file, NC_NOFILL, &before), self, err, KD_E_IO, "set it up");
  NC_TRY(nc_def_dim(self->file, "realisation", (size_t)n, &dimension), self, err, KD_E_IO, "set it up");
  KD_TRY(define_head(self, head, err));
  for (size_t i = 0; i < columns; i++) KD_TRY(define_column(self, i, dimension, &column[i], err));
  NC_TRY(nc_enddef(self->file), self, err, kd_disk_blame(path), "set it up");
  *out = self;
  self = NULL;
out:
  close_file(&self, NULL);
  return status;
}

static kd_status find_column(kd_samples *self, size_t index, int dimension, const char *key, kd_error *err) {
  kd_status status = KD_OK;
  nc_type type = NC_NAT;
  int dimensions = 0, of[NC_MAX_VAR_DIMS];
  NC_TRY(nc_inq_varid(self->file, key, &self->variable[index]), self, err, KD_E_CORRUPT, "find a variable");
  NC_TRY(nc_inq_var(self->file, self->variable[index], NULL, &type, &dimensions, NULL, NULL), self, err, KD_E_CORRUPT,
         "read a variable");
  KD_CHECK(type == NC_DOUBLE && dimensions == 1, err, KD_E_CORRUPT, "%s: not one double for each realisation",
           self->path);
  NC_TRY(nc_inq_vardimid(self->file, self->variable[index], of), self, err, KD_E_CORRUPT, "read a variable");
  KD_CHECK(of[0] == dimension, err, KD_E_CORRUPT, "%s: not one double for each realisation", self->path);
out:
  if (status != KD_OK) kd_error_context(err, "%s: ", key);
  return status;
}

static kd_status open_file(kd_samples **out, kd_context *ctx, const char *path, bool writable,
                           const kd_record_column *column, size_t columns, uint64_t n, kd_error *err) {
  kd_status status = KD_OK;
  kd_samples *self = NULL;
  int dimension = 0;
  size_t length = 0;
  *out = NULL;
  KD_TRY(make(&self, ctx, path, columns, n, err));
  NC_TRY(nc_open(path, writable ? NC_WRITE : NC_NOWRITE, &self->file), self, err, KD_E_CORRUPT, "open it");
  self->is_open = true;
  NC_TRY(nc_inq_dimid(self->file, "realisation", &dimension), self, err, KD_E_CORRUPT, "find the realisations");
  NC_TRY(nc_inq_dimlen(self->file, dimension, &length), self, err, KD_E_CORRUPT, "count the realisations");
  KD_CHECK(length == n, err, KD_E_CORRUPT, "%s: holds %zu realisations, not %llu", path, length, (unsigned long long)n);
  for (size_t i = 0; i < columns; i++) KD_TRY(find_column(self, i, dimension, column[i].key, err));
  *out = self;
  self = NULL;
out:
  close_file(&self, NULL);
  return status;
}

/* ---- values ---- */

static kd_status write_block(kd_samples *self, uint64_t first, size_t count, const double *data, size_t stride,
                             kd_error *err) {
  kd_status status = KD_OK;
  const size_t start = (size_t)first;
  for (size_t i = 0; i < self->columns; i++) {
    NC_TRY(nc_put_vara_double(self->file, self->variable[i], &start, &count, data + i * stride), self, err,
           kd_disk_blame(self->path), "write it");
  }
out:
  return status;
}

static kd_status sync_file(kd_samples *self, kd_error *err) {
  kd_status status = KD_OK;
  NC_TRY(nc_sync(self->file), self, err, kd_disk_blame(self->path), "write it");
out:
  return status;
}

static kd_status read_block(double *out, kd_samples *self, size_t column, uint64_t first, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  const size_t start = (size_t)first;
  KD_CHECK(column < self->columns && first <= self->n && count <= self->n - first, err, KD_E_RANGE,
           "%s: holds %llu realisations of %zu columns", self->path, (unsigned long long)self->n, self->columns);
  if (count == 0) goto out;
  NC_TRY(nc_get_vara_double(self->file, self->variable[column], &start, &count, out), self, err, KD_E_CORRUPT,
         "read it");
out:
  return status;
}

/* ---- one at a time ---- */

/* The netCDF library keeps a list of open files of its own and does not guard it: every call goes through this gate, so
 * that several runs may go on in one process. It is the one thing of this house that a whole process shares. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

/* HDF5 prints its errors by itself, thread by thread, unless told not to; netCDF tells it in one thread only. */
static void enter(void) {
  pthread_mutex_lock(&gate);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

#define GATED(call)                                                                                                    \
  do {                                                                                                                 \
    enter();                                                                                                           \
    const kd_status gated_status = (call);                                                                             \
    pthread_mutex_unlock(&gate);                                                                                       \
    return gated_status;                                                                                               \
  } while (0)

kd_status kd_samples_create(kd_samples **out, kd_context *ctx, const char *path, const kd_samples_head *head,
                            const kd_record_column *column, size_t columns, uint64_t n, kd_error *err) {
  GATED(create_file(out, ctx, path, head, column, columns, n, err));
}

kd_status kd_samples_open(kd_samples **out, kd_context *ctx, const char *path, bool writable,
                          const kd_record_column *column, size_t columns, uint64_t n, kd_error *err) {
  GATED(open_file(out, ctx, path, writable, column, columns, n, err));
}

kd_status kd_samples_write(kd_samples *self, uint64_t first, size_t count, const double *data, size_t stride,
                           kd_error *err) {
  GATED(write_block(self, first, count, data, stride, err));
}

kd_status kd_samples_sync(kd_samples *self, kd_error *err) {
  GATED(sync_file(self, err));
}

kd_status kd_samples_read(double *out, kd_samples *self, size_t column, uint64_t first, size_t count, kd_error *err) {
  GATED(read_block(out, self, column, first, count, err));
}

kd_status kd_samples_close(kd_samples **self, kd_error *err) {
  GATED(close_file(self, err));
}
