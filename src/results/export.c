// SPDX-License-Identifier: Apache-2.0
#include "results/export.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/quantity.h"
#include "results/run.h"
#include "results/sheet.h"

#define BLOCK 256 /* realisations that are held at a time */

static kd_status write_text(const kd_run *run, const char *path, const kd_text *text, kd_error *err) {
  if (text->failed) return kd_error_set(err, KD_E_NOMEM, "%s: out of memory", path);
  return kd_file_write_all(run->ctx, path, text->bytes, text->length, err);
}

/* ---- JSON ---- */

kd_status kd_export_json(kd_text *out, const kd_run *run, kd_error *err) {
  const kd_record *record = kd_run_record(run);
  kd_json json = kd_json_start(out);
  kd_json_open(&json, NULL, '{');
  kd_json_count(&json, "kaidei_export", 1);
  kd_json_open(&json, "run", '{');
  kd_json_count(&json, "seed", record->run.seed);
  kd_json_count(&json, "realisations", record->run.realisations);
  kd_json_text(&json, "name", record->run.name);
  kd_json_text(&json, "version", record->run.version);
  kd_json_text(&json, "scenario_sha256", record->run.scenario_hash);
  kd_json_text(&json, "started", record->run.started);
  kd_json_text(&json, "finished", record->run.finished);
  kd_json_text(&json, "quantiles", "type 7; p90 is the value that 90 % of the realisations do not exceed");
  kd_json_close(&json, '}');
  for (size_t i = 0; i < KD_SHEETS; i++) {
    kd_json_line(&json);
    kd_json_open(&json, kd_sheets[i].name, '[');
    kd_sheet_json(&json, &kd_sheets[i], record);
    kd_json_close(&json, ']');
  }
  kd_json_close(&json, '}');
  kd_text_add(out, "\n");
  return out->failed ? kd_error_set(err, KD_E_NOMEM, "out of memory for the export") : KD_OK;
}

static kd_status export_json(const kd_run *run, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  kd_text text;
  kd_text_init(&text, run->ctx);
  KD_TRY(kd_export_json(&text, run, err));
  KD_TRY(write_text(run, path, &text, err));
out:
  kd_text_free(&text);
  return status;
}

/* ---- samples as CSV, block by block ---- */

typedef struct kd_stream_file {
  const kd_file_layer *layer;
  void *file;
  const char *path;
} kd_stream_file;

static kd_status put(kd_stream_file *self, kd_text *text, kd_error *err) {
  const char *bytes = text->bytes;
  size_t left = text->length;
  if (text->failed) return kd_error_set(err, KD_E_NOMEM, "%s: out of memory", self->path);
  while (left > 0) {
    size_t done = 0;
    const int code = self->layer->write(self->file, bytes, left, &done, self->layer->user);
    if (code == EINTR) continue;
    if (code != 0 || done == 0) {
      const kd_status status = code == ENOSPC || code == EDQUOT || code == EFBIG ? KD_E_DISK : KD_E_IO;
      return kd_error_set(err, status, "%s: cannot write: %s", self->path, strerror(code));
    }
    bytes += done;
    left -= done;
  }
  text->length = 0;
  return KD_OK;
}

static void add_heads(kd_text *text, const kd_record *record) {
  char cell[512];
  kd_text_add(text, "realisation");
  for (size_t c = 0; c < record->columns; c++) {
    const kd_record_column *column = &record->column[c];
    const bool bare = column->unit[0] == '\0' || strcmp(column->unit, "1") == 0;
    snprintf(cell, sizeof cell, bare ? "%s" : "%s [%s]", column->key, column->unit);
    kd_text_add(text, ",");
    kd_cell_csv(text, cell);
  }
  kd_text_add(text, "\n");
}

static kd_status put_rows(kd_stream_file *file, kd_text *text, double *block, const kd_run *run, uint64_t first,
                          size_t count, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = kd_run_record(run);
  for (size_t c = 0; c < record->columns; c++) {
    kd_unit unit;
    KD_TRY(kd_run_block(block + c * BLOCK, run, c, first, count, err));
    if (kd_unit_parse(&unit, record->column[c].unit, NULL, NULL) != KD_OK) continue;
    for (size_t i = 0; i < count; i++) block[c * BLOCK + i] = (block[c * BLOCK + i] - unit.offset) / unit.scale;
  }
  for (size_t i = 0; i < count; i++) {
    kd_text_printf(text, "%llu", (unsigned long long)(first + i));
    for (size_t c = 0; c < record->columns; c++) {
      kd_text_add(text, ",");
      if (isfinite(block[c * BLOCK + i])) kd_text_add_number(text, block[c * BLOCK + i]);
    }
    kd_text_add(text, "\n");
  }
  KD_TRY(put(file, text, err));
out:
  return status;
}

static kd_status export_samples(const kd_run *run, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = kd_run_record(run);
  kd_stream_file file = {&run->ctx->files, NULL, path};
  kd_text text;
  char temporary[KD_RUN_PATH + 8];
  snprintf(temporary, sizeof temporary, "%s.part", path);
  kd_text_init(&text, run->ctx);
  double *block = kd_alloc(run->ctx, BLOCK * (record->columns + 1), sizeof *block);
  KD_CHECK(block != NULL, err, KD_E_NOMEM, "%s: out of memory", path);
  int code = file.layer->open(&file.file, temporary, KD_OPEN_CREATE, file.layer->user);
  KD_CHECK(code == 0, err, KD_E_IO, "%s: cannot create it: %s", path, strerror(code));
  add_heads(&text, record);
  for (uint64_t first = 0; first < record->run.realisations; first += BLOCK) {
    const uint64_t left = record->run.realisations - first;
    KD_TRY(put_rows(&file, &text, block, run, first, left < BLOCK ? (size_t)left : BLOCK, err));
  }
  code = file.layer->sync(file.file, file.layer->user);
  const int closed = file.layer->close(file.file, file.layer->user);
  file.file = NULL;
  code = code != 0 ? code : closed;
  if (code == 0) code = file.layer->rename(temporary, path, file.layer->user);
  KD_CHECK(code == 0, err, code == ENOSPC || code == EDQUOT ? KD_E_DISK : KD_E_IO, "%s: cannot be written: %s", path,
           strerror(code));
out:
  if (file.file != NULL) file.layer->close(file.file, file.layer->user);
  if (status != KD_OK) file.layer->remove(temporary, file.layer->user);
  kd_free(run->ctx, block);
  kd_text_free(&text);
  return status;
}

/* ---- CSV ---- */

static kd_status export_sheet(const kd_run *run, const kd_sheet *sheet, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  kd_text text;
  kd_text_init(&text, run->ctx);
  kd_sheet_csv(&text, sheet, kd_run_record(run));
  KD_TRY(write_text(run, path, &text, err));
out:
  kd_text_free(&text);
  return status;
}

static kd_status export_csv(const kd_run *run, const char *path, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *files = &run->ctx->files;
  char inner[KD_RUN_PATH], name[64];
  bool made = false;
  const size_t length = strlen(path);
  if (length > 4 && strcmp(path + length - 4, ".csv") == 0) return export_sheet(run, &kd_sheets[0], path, err);
  const int code = files->make_folder(path, files->user);
  KD_CHECK(code == 0 || code == EEXIST, err, code == ENOSPC ? KD_E_DISK : KD_E_IO, "%s: cannot create it: %s", path,
           strerror(code));
  made = code == 0;
  for (size_t i = 0; i < KD_SHEETS; i++) {
    snprintf(name, sizeof name, "%s.csv", kd_sheets[i].name);
    KD_TRY(kd_path_join(inner, sizeof inner, path, name, err));
    KD_TRY(export_sheet(run, &kd_sheets[i], inner, err));
  }
  KD_TRY(kd_path_join(inner, sizeof inner, path, "samples.csv", err));
  KD_TRY(export_samples(run, inner, err));
out:
  if (status != KD_OK && made) kd_folder_remove(run->ctx, path, NULL);
  return status;
}

kd_status kd_export(const kd_run *run, const char *format, const char *path, kd_error *err) {
  if (path == NULL || path[0] == '\0') return kd_error_set(err, KD_E_USAGE, "an export needs a path to write to");
  if (strlen(path) >= KD_RUN_PATH - 64) return kd_error_set(err, KD_E_SIZE, "%.60s...: the path is too long", path);
  if (strcmp(format, "csv") == 0) return export_csv(run, path, err);
  if (strcmp(format, "json") == 0) return export_json(run, path, err);
  if (strcmp(format, "xlsx") == 0) return kd_export_xlsx(run, path, err);
  return kd_error_set(err, KD_E_CHOICE, "format '%s': must be csv, xlsx or json", format);
}
