// SPDX-License-Identifier: Apache-2.0
#include "results/samples.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/quantity.h"
#include "results/classic.h"

#define DIMENSION    "realisation"
#define BUFFER       ((size_t)1 << 18) /* bytes: neighbours are written, and read, together */
#define LARGEST_HEAD ((uint64_t)64 << 20)

struct kd_samples {
  kd_context *ctx;
  char *path;
  void *file;
  bool writable;
  size_t columns;
  uint64_t n, begin;     /* place of the first value */
  unsigned char *buffer; /* bytes of the file from `at`: written and not yet out, or read ahead */
  uint64_t at;
  size_t held;
};

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

/* ---- the buffer ---- */

static kd_status refuse(const kd_samples *self, int code, const char *action, kd_error *err) {
  return kd_file_refuse(err, code, action, self->path);
}

static kd_status flush(kd_samples *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *layer = &self->ctx->files;
  if (!self->writable || self->held == 0) return KD_OK;
  int code = layer->seek(self->file, self->at, layer->user);
  if (code == 0) code = kd_file_write_fully(layer, self->file, (const char *)self->buffer, self->held);
  self->held = 0; /* what could not be written is not tried again when the file is closed */
  if (code != 0) status = refuse(self, code, "write", err);
  return status;
}

static kd_status put_values(kd_samples *self, uint64_t place, const double *values, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  while (count > 0) {
    const size_t room = (BUFFER - self->held) / sizeof(double);
    if (place != self->at + self->held || room == 0) {
      KD_TRY(flush(self, err));
      self->at = place;
      continue;
    }
    const size_t now = count < room ? count : room;
    kd_classic_encode(self->buffer + self->held, values, now);
    self->held += now * sizeof(double);
    place += now * sizeof(double);
    values += now;
    count -= now;
  }
out:
  return status;
}

/* Reads ahead from a place; at least `least` bytes must be there. */
static kd_status fill(kd_samples *self, uint64_t place, size_t least, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *layer = &self->ctx->files;
  self->at = place;
  self->held = 0;
  int code = layer->seek(self->file, place, layer->user);
  while (code == 0 && self->held < least) {
    size_t got = 0;
    code = layer->read(self->file, self->buffer + self->held, BUFFER - self->held, &got, layer->user);
    if (code == EINTR)
      code = 0;
    else if (code == 0 && got == 0)
      return kd_error_set(err, KD_E_CORRUPT, "%s: it is cut off", self->path);
    self->held += got;
  }
  if (code != 0) status = refuse(self, code, "read", err);
  return status;
}

static kd_status get_values(double *out, kd_samples *self, uint64_t place, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  while (count > 0) {
    const size_t most = BUFFER / sizeof(double), now = count < most ? count : most;
    const size_t bytes = now * sizeof(double);
    if (place < self->at || place + bytes > self->at + self->held) KD_TRY(fill(self, place, bytes, err));
    kd_classic_decode(out, self->buffer + (place - self->at), now);
    out += now;
    place += bytes;
    count -= now;
  }
out:
  return status;
}

static uint64_t place_of(const kd_samples *self, size_t column, uint64_t realisation) {
  return self->begin + (column * self->n + realisation) * sizeof(double);
}

/* ---- life ---- */

static kd_status make(kd_samples **out, kd_context *ctx, const char *path, size_t columns, uint64_t n, kd_error *err) {
  kd_samples *self = kd_alloc(ctx, 1, sizeof *self);
  if (self != NULL) {
    *self = (kd_samples){.ctx = ctx, .columns = columns, .n = n};
    self->path = kd_strdup(ctx, path);
    self->buffer = kd_alloc(ctx, BUFFER, 1);
  }
  *out = self;
  if (self != NULL && self->path != NULL && self->buffer != NULL) return KD_OK;
  return kd_error_set(err, KD_E_NOMEM, "%s: out of memory for %zu columns", path, columns);
}

kd_status kd_samples_close(kd_samples **self, kd_error *err) {
  if (self == NULL || *self == NULL) return KD_OK;
  kd_samples *samples = *self;
  kd_context *ctx = samples->ctx;
  kd_status status = KD_OK;
  if (samples->file != NULL) {
    status = flush(samples, err);
    const int code = ctx->files.close(samples->file, ctx->files.user);
    if (status == KD_OK && code != 0 && samples->writable) status = refuse(samples, code, "close", err);
  }
  kd_free(ctx, samples->buffer);
  kd_free(ctx, samples->path);
  kd_free(ctx, samples);
  *self = NULL;
  return status;
}

static kd_status open_as(kd_samples *self, kd_open_mode mode, kd_error *err) {
  const kd_file_layer *layer = &self->ctx->files;
  self->file = NULL;
  const int code = layer->open(&self->file, self->path, mode, layer->user);
  if (code == 0) {
    self->writable = mode != KD_OPEN_READ;
    return KD_OK;
  }
  self->file = NULL;
  return refuse(self, code, mode == KD_OPEN_CREATE ? "create" : "open", err);
}

static kd_status write_head(kd_samples *self, const kd_samples_head *head, const kd_record_column *column,
                            kd_error *err) {
  kd_status status = KD_OK;
  char source[128], seed[32], unit[64];
  kd_text text;
  kd_text_init(&text, self->ctx);
  snprintf(source, sizeof source, "kaidei %s", head->version);
  snprintf(seed, sizeof seed, "%llu", (unsigned long long)head->seed);
  const kd_classic_attribute about[] = {
      {"Conventions", "CF-1.9"},
      {"title", head->title},
      {"source", source},
      {"comment", "Draws and outcomes by realisation, SI. Money is US dollars of 2026. NaN is a missing value."},
      {"kd_scenario_sha256", head->scenario_hash},
      {"kd_seed", seed}};
  kd_classic_start(&text, DIMENSION, self->n, about, sizeof about / sizeof about[0], self->columns);
  for (size_t i = 0; i < self->columns; i++) {
    kd_samples_unit(unit, sizeof unit, column[i].unit);
    const kd_classic_attribute attribute[] = {{"units", unit},
                                              {"long_name", column[i].doc},
                                              {"kd_kind", kd_record_kind_name(column[i].kind)},
                                              {"kd_display_unit", column[i].unit}};
    kd_classic_variable(&text, column[i].key, attribute, sizeof attribute / sizeof attribute[0], self->n);
  }
  self->begin = kd_classic_end(&text, DIMENSION);
  KD_CHECK(self->begin > 0, err, KD_E_NOMEM, "%s: out of memory for %zu columns", self->path, self->columns);
  const kd_file_layer *layer = &self->ctx->files;
  const int code = kd_file_write_fully(layer, self->file, text.bytes, text.length);
  if (code != 0) status = refuse(self, code, "write", err);
out:
  kd_text_free(&text);
  return status;
}

kd_status kd_samples_create(kd_samples **out, kd_context *ctx, const char *path, const kd_samples_head *head,
                            const kd_record_column *column, size_t columns, uint64_t n, kd_error *err) {
  kd_status status = KD_OK;
  kd_samples *self = NULL;
  const double missing = (double)NAN;
  *out = NULL;
  KD_TRY(make(&self, ctx, path, columns, n, err));
  KD_TRY(open_as(self, KD_OPEN_CREATE, err));
  KD_TRY(write_head(self, head, column, err));
  /* The last value gives the file its full length: from now on only values change. What is not written is a hole. */
  if (columns > 0 && n > 0) KD_TRY(put_values(self, place_of(self, columns - 1, n - 1), &missing, 1, err));
  KD_TRY(flush(self, err));
  *out = self;
  self = NULL;
out:
  kd_samples_close(&self, NULL);
  return status;
}

static kd_status check_head(kd_samples *self, const unsigned char *bytes, size_t count, const kd_record_column *column,
                            kd_error *err) {
  kd_status status = KD_OK;
  kd_classic_reader head;
  char name[KD_CLASSIC_NAME];
  size_t variables = 0;
  uint64_t begin = 0;
  bool placed = true;
  kd_classic_open(&head, &variables, bytes, count, DIMENSION);
  KD_CHECK(head.why == NULL, err, KD_E_CORRUPT, "%s: %s", self->path, head.why);
  KD_CHECK(head.n == self->n, err, KD_E_CORRUPT, "%s: holds %llu realisations, not %llu", self->path,
           (unsigned long long)head.n, (unsigned long long)self->n);
  for (size_t i = 0; i < self->columns; i++) {
    KD_CHECK(i < variables, err, KD_E_CORRUPT, "%s: has no variable %s", self->path, column[i].key);
    kd_classic_next(&head, name, &begin);
    KD_CHECK(head.why == NULL, err, KD_E_CORRUPT, "%s: %s", self->path, head.why);
    KD_CHECK(strcmp(name, column[i].key) == 0, err, KD_E_CORRUPT, "%s: has %s in the place of %s", self->path, name,
             column[i].key);
    placed = placed && begin == place_of(self, i, 0);
  }
  KD_CHECK(variables == self->columns, err, KD_E_CORRUPT, "%s: holds %zu variables, not %zu", self->path, variables,
           self->columns);
  KD_CHECK(placed, err, KD_E_CORRUPT, "%s: its values do not lie where they must", self->path);
out:
  return status;
}

/* The head is what stands before the values, and these take what the run has of them. */
static kd_status read_head(kd_samples *self, const kd_record_column *column, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *layer = &self->ctx->files;
  kd_file_info info;
  unsigned char *bytes = NULL;
  size_t held = 0;
  int code = layer->inspect(&info, self->path, layer->user);
  KD_CHECK(code == 0, err, KD_E_CORRUPT, "%s: it is gone", self->path);
  const uint64_t values = self->columns * self->n * sizeof(double);
  /* Where the shape is another, its head says so: as much as there may be is read. */
  self->begin = info.bytes > values ? info.bytes - values : info.bytes;
  const size_t count = (size_t)(self->begin < LARGEST_HEAD ? self->begin : LARGEST_HEAD);
  bytes = kd_alloc(self->ctx, count, 1);
  KD_CHECK(bytes != NULL, err, KD_E_NOMEM, "%s: out of memory for its head of %zu bytes", self->path, count);
  while (code == 0 && held < count) {
    size_t got = 0;
    code = layer->read(self->file, bytes + held, count - held, &got, layer->user);
    if (code == EINTR)
      code = 0;
    else if (code == 0 && got == 0)
      code = EIO;
    held += got;
  }
  if (code != 0) {
    status = refuse(self, code, "read", err);
    goto out;
  }
  KD_TRY(check_head(self, bytes, count, column, err));
out:
  kd_free(self->ctx, bytes);
  return status;
}

kd_status kd_samples_open(kd_samples **out, kd_context *ctx, const char *path, bool writable,
                          const kd_record_column *column, size_t columns, uint64_t n, kd_error *err) {
  kd_status status = KD_OK;
  kd_samples *self = NULL;
  *out = NULL;
  KD_TRY(make(&self, ctx, path, columns, n, err));
  KD_TRY(open_as(self, KD_OPEN_READ, err));
  KD_TRY(read_head(self, column, err));
  if (writable) {
    ctx->files.close(self->file, ctx->files.user);
    KD_TRY(open_as(self, KD_OPEN_UPDATE, err));
  }
  *out = self;
  self = NULL;
out:
  kd_samples_close(&self, NULL);
  return status;
}

/* ---- values ---- */

kd_status kd_samples_write(kd_samples *self, uint64_t first, size_t count, const double *data, size_t stride,
                           kd_error *err) {
  kd_status status = KD_OK;
  for (size_t i = 0; i < self->columns; i++) {
    KD_TRY(put_values(self, place_of(self, i, first), data + i * stride, count, err));
  }
out:
  return status;
}

kd_status kd_samples_sync(kd_samples *self, kd_error *err) {
  return flush(self, err);
}

kd_status kd_samples_read(double *out, kd_samples *self, size_t column, uint64_t first, size_t count, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(column < self->columns && first <= self->n && count <= self->n - first, err, KD_E_RANGE,
           "%s: holds %llu realisations of %zu columns", self->path, (unsigned long long)self->n, self->columns);
  KD_CHECK(!self->writable, err, KD_E_USAGE, "%s: is being written", self->path);
  KD_TRY(get_values(out, self, place_of(self, column, first), count, err));
out:
  return status;
}
