// SPDX-License-Identifier: Apache-2.0
#include "results/run.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "results/analysis.h"
#include "results/checkpoint.h"
#include "results/disk.h"
#include "results/lock.h"
#include "results/provenance.h"
#include "results/report.h"
#include "results/store.h"

#define MOST_REALISATIONS UINT64_C(100000000)
#define SPARE             (UINT64_C(4) << 20) /* bytes for all but the samples: tables, report, heads */

/* ---- the folder ---- */

static bool exists(kd_context *ctx, const char *path) {
  kd_file_info info;
  return ctx->files.inspect(&info, path, ctx->files.user) == 0;
}

/* Takes the folder's name without slashes at its end; the working name stands beside it. */
static kd_status name_folders(kd_run *self, const char *folder, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(folder != NULL && folder[0] != '\0', err, KD_E_USAGE, "a run needs a folder to write to");
  size_t length = strlen(folder);
  while (length > 1 && folder[length - 1] == '/') length--;
  KD_CHECK(length < KD_RUN_PATH - 64, err, KD_E_SIZE, "%.60s...: the path of a run folder has at most %d bytes", folder,
           KD_RUN_PATH - 65);
  snprintf(self->folder, sizeof self->folder, "%.*s", (int)length, folder);
  const char *slash = strrchr(self->folder, '/');
  const char *name = slash != NULL ? slash + 1 : self->folder;
  KD_CHECK(name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0, err, KD_E_USAGE,
           "%s: a run folder needs a name of its own", self->folder);
  snprintf(self->partial, sizeof self->partial, "%.*s.partial", KD_RUN_PATH - 64, self->folder);
out:
  return status;
}

static int stop_at_first(const char *name, void *user) {
  (void)name;
  *(bool *)user = false;
  return 1;
}

/* May this be replaced? Only a run folder, or an empty one: never somebody's home. */
static kd_status check_replaceable(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *files = &self->ctx->files;
  char path[KD_RUN_PATH];
  kd_file_info info;
  bool empty = true;
  if (files->inspect(&info, self->folder, files->user) != 0) goto out;
  KD_CHECK(self->force, err, KD_E_EXISTS, "%s: exists already; --force replaces it", self->folder);
  KD_CHECK(info.is_folder, err, KD_E_EXISTS, "%s: is a file, not a run folder: it is not replaced", self->folder);
  files->list(self->folder, stop_at_first, &empty, files->user);
  KD_TRY(kd_path_join(path, sizeof path, self->folder, "run.json", err));
  KD_CHECK(empty || exists(self->ctx, path), err, KD_E_EXISTS,
           "%s: is not a run folder (it has no run.json): it is not replaced", self->folder);
out:
  return status;
}

static kd_status make_partial(kd_run *self, kd_error *err) {
  const kd_file_layer *files = &self->ctx->files;
  const int code = files->make_folder(self->partial, files->user);
  if (code == 0) return KD_OK;
  if (code == ENOENT) {
    return kd_error_set(err, KD_E_NOTFOUND, "%s: the folder that should hold it does not exist", self->folder);
  }
  const kd_status status = code == ENOSPC || code == EDQUOT ? KD_E_DISK : KD_E_IO;
  return kd_error_set(err, status, "%s: cannot create it: %s", self->partial, strerror(code));
}

/* ---- start ---- */

static kd_status samples_path(char out[KD_RUN_PATH], const char *folder, kd_error *err) {
  return kd_path_join(out, KD_RUN_PATH, folder, "samples.nc", err);
}

/* Goes on where an interrupted run of the same scenario and seed stopped. *resumed tells whether there was one. */
static kd_status resume(kd_run *self, bool *resumed, kd_error *err) {
  kd_status status = KD_OK;
  kd_record *record = self->record;
  kd_checkpoint checkpoint = {0};
  char path[KD_RUN_PATH], why[128];
  kd_error trouble = {KD_OK, ""};
  *resumed = false;
  if (!exists(self->ctx, self->partial)) goto out;
  KD_TRY(kd_lock_take(&self->lock, self->partial, err));
  bool fits = false;
  KD_TRY(kd_checkpoint_read(&checkpoint, &fits, why, sizeof why, self, err));
  if (fits) {
    KD_TRY(samples_path(path, self->partial, err));
    /* Damage must not reach the netCDF library: the head of the file is checked first. */
    kd_status opened = kd_seal_check(&checkpoint.samples, self->ctx, path, &trouble);
    if (opened == KD_OK) {
      opened = kd_samples_open(&self->writer, self->ctx, path, true, record->column, record->columns,
                               record->run.realisations, &trouble);
    }
    if (opened == KD_E_NOMEM) {
      status = kd_error_set(err, opened, "%s", trouble.text);
      goto out;
    }
    if (opened != KD_OK) snprintf(why, sizeof why, "its samples are damaged");
    fits = opened == KD_OK;
  }
  if (!fits) {
    kd_log(self->ctx, KD_LOG_WARNING, "%s: cannot go on from it (%s): starting afresh", self->partial, why);
    kd_lock_release(&self->lock);
    KD_TRY(kd_folder_remove(self->ctx, self->partial, err));
    goto out;
  }
  self->done = checkpoint.done;
  self->seconds_before = checkpoint.seconds;
  KD_TRY(kd_record_text(&record->run.started, record, checkpoint.started, err));
  kd_log(self->ctx, KD_LOG_INFO, "%s: going on after %llu of %llu realisations", self->partial,
         (unsigned long long)self->done, (unsigned long long)record->run.realisations);
  *resumed = true;
out:
  return status;
}

static kd_status make_samples(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = self->record;
  const kd_record_run *run = &record->run;
  const kd_samples_head head = {run->name, run->version, run->scenario_hash, run->seed};
  char path[KD_RUN_PATH];
  KD_TRY(samples_path(path, self->partial, err));
  KD_TRY(kd_samples_create(&self->writer, self->ctx, path, &head, record->column, record->columns, run->realisations,
                           err));
out:
  return status;
}

static kd_status start_afresh(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_record *record = self->record;
  const kd_record_run *run = &record->run;
  char now[32];
  bool made = false;
  KD_TRY(make_partial(self, err));
  made = true;
  KD_TRY(kd_lock_take(&self->lock, self->partial, err));
  const uint64_t need = run->realisations * record->columns * sizeof(double);
  const uint64_t room = kd_disk_free(self->partial);
  KD_CHECK(need + SPARE < room, err, KD_E_DISK, "%s: needs %.0f MB, the disk has %.0f MB left", self->folder,
           ceil((double)(need + SPARE) / 1e6), (double)room / 1e6);
  kd_provenance_now(now);
  KD_TRY(kd_record_text(&record->run.started, record, now, err));
  KD_TRY(make_samples(self, err));
out:
  if (status != KD_OK && made) kd_folder_remove(self->ctx, self->partial, NULL);
  return status;
}

kd_status kd_run_start(kd_run **out, kd_context *ctx, const kd_run_source *source, const kd_run_options *opt,
                       kd_error *err) {
  kd_status status = KD_OK;
  *out = NULL;
  kd_run *self = kd_alloc(ctx, 1, sizeof *self);
  if (self == NULL) {
    kd_record *record = source->record;
    kd_record_destroy(&record);
    if (source->release != NULL) source->release(source->user);
    return kd_error_set(err, KD_E_NOMEM, "out of memory for a run");
  }
  self->ctx = ctx;
  self->source = *source;
  self->record = source->record;
  self->force = opt->force != 0;
  self->lock = -1;
  self->began = kd_provenance_clock();
  KD_CHECK(opt->realisations >= 1 && opt->realisations <= MOST_REALISATIONS, err, KD_E_RANGE,
           "%llu realisations: must be from 1 to %llu", (unsigned long long)opt->realisations,
           (unsigned long long)MOST_REALISATIONS);
  KD_TRY(name_folders(self, opt->folder, err));
  KD_TRY(check_replaceable(self, err));
  kd_record_run *run = &self->record->run;
  run->seed = opt->seed;
  run->realisations = opt->realisations;
  run->threads = opt->threads;
  KD_TRY(kd_provenance_fill(self->record, err));
  const uint64_t rows = opt->realisations < KD_RUN_BLOCK ? opt->realisations : KD_RUN_BLOCK;
  self->block = kd_alloc(ctx, (size_t)rows * (self->record->columns + 1), sizeof *self->block);
  self->reader = kd_alloc(ctx, 1, sizeof(kd_samples *));
  KD_CHECK(self->block != NULL && self->reader != NULL, err, KD_E_NOMEM, "out of memory for %zu columns",
           self->record->columns);
  bool resumed = false;
  KD_TRY(resume(self, &resumed, err));
  if (!resumed) KD_TRY(start_afresh(self, err));
  self->opened = true;
  *out = self;
  self = NULL;
out:
  kd_run_destroy(&self);
  return status;
}

/* ---- realisations ---- */

/* What was computed is safe with the operating system, and the checkpoint says how far it goes. */
static kd_status keep(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_checkpoint checkpoint = {.done = self->done,
                              .seconds = self->seconds_before + kd_provenance_clock() - self->began};
  snprintf(checkpoint.started, sizeof checkpoint.started, "%s", self->record->run.started);
  char path[KD_RUN_PATH];
  KD_TRY(kd_samples_sync(self->writer, err));
  KD_TRY(samples_path(path, self->partial, err));
  KD_TRY(kd_seal_take_head(&checkpoint.samples, self->ctx, path,
                           self->record->run.realisations * self->record->columns * sizeof(double), err));
  KD_TRY(kd_checkpoint_write(self, &checkpoint, err));
out:
  return status;
}

/* Nothing is left of a run that failed in its model or its balances. A full disk or a lack of memory may pass: what was
 * done up to the last checkpoint then stays. */
static void abandon(kd_run *self, kd_status why) {
  const bool passing = why == KD_E_DISK || why == KD_E_IO || why == KD_E_NOMEM;
  kd_samples_close(&self->writer, NULL);
  kd_lock_release(&self->lock);
  self->state = KD_RUN_FAILED;
  char path[KD_RUN_PATH];
  if (passing && kd_path_join(path, sizeof path, self->partial, "checkpoint.json", NULL) == KD_OK &&
      exists(self->ctx, path))
    return;
  kd_folder_remove(self->ctx, self->partial, NULL);
}

kd_status kd_run_advance(kd_run *self, uint64_t realisations, kd_progress_fn *progress, void *user, kd_error *err) {
  kd_status status = KD_OK;
  if (self->state != KD_RUN_GOING) return kd_error_set(err, KD_E_USAGE, "%s: the run is over", self->folder);
  const uint64_t all = self->record->run.realisations;
  const uint64_t left = all - self->done;
  const uint64_t target = realisations == 0 || realisations > left ? all : self->done + realisations;
  while (self->done < target) {
    const uint64_t wanted = target - self->done;
    const size_t count = wanted < KD_RUN_BLOCK ? (size_t)wanted : KD_RUN_BLOCK;
    KD_TRY(self->source.advance(self->block, count, self->source.user, self->done, count, err));
    KD_TRY(kd_samples_write(self->writer, self->done, count, self->block, count, err));
    self->done += count;
    KD_TRY(keep(self, err));
    if (progress != NULL && progress(self->done, all, user) != 0 && self->done < target) {
      return kd_error_set(err, KD_E_INTERRUPTED,
                          "interrupted after %llu of %llu realisations; the same command goes on",
                          (unsigned long long)self->done, (unsigned long long)all);
    }
  }
out:
  if (status != KD_OK) abandon(self, status);
  return status;
}

/* ---- finish ---- */

static kd_status verify(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record *record = self->record;
  char path[KD_RUN_PATH];
  KD_TRY(kd_samples_close(&self->writer, err));
  KD_TRY(samples_path(path, self->partial, err));
  KD_TRY(kd_samples_open(self->reader, self->ctx, path, false, record->column, record->columns,
                         record->run.realisations, err));
out:
  return status;
}

static kd_status check_balances(const kd_run *self, kd_error *err) {
  for (size_t i = 0; i < self->record->balances; i++) {
    const kd_record_balance *balance = &self->record->balance[i];
    if (balance->closure <= KD_RUN_CLOSURE) continue;
    return kd_error_set(err, KD_E_BALANCE, "balance %s: closes to %.3g, the limit is %g", balance->what,
                        balance->closure, KD_RUN_CLOSURE);
  }
  return KD_OK;
}

/* A file that a library wrote is on the disk when this returns. */
static kd_status settle(kd_run *self, const char *name, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *files = &self->ctx->files;
  char path[KD_RUN_PATH];
  void *file = NULL;
  KD_TRY(kd_path_join(path, sizeof path, self->partial, name, err));
  int code = files->open(&file, path, KD_OPEN_READ, files->user);
  if (code == 0) {
    code = files->sync(file, files->user);
    const int closed = files->close(file, files->user);
    code = code != 0 ? code : closed;
  }
  KD_CHECK(code == 0, err, kd_disk_blame(self->partial), "%s: cannot be written to the disk: %s", path, strerror(code));
out:
  return status;
}

static kd_status stamp(kd_run *self, kd_error *err) {
  char now[32];
  kd_provenance_now(now);
  self->record->run.seconds = self->seconds_before + kd_provenance_clock() - self->began;
  return kd_record_text(&self->record->run.finished, self->record, now, err);
}

/* run.json comes last: it holds the digests of the others. */
static kd_status write_tables(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  kd_record *record = self->record;
  const kd_file_layer *files = &self->ctx->files;
  char path[KD_RUN_PATH];
  KD_TRY(kd_path_join(path, sizeof path, self->partial, "scenario.yaml", err));
  KD_TRY(kd_file_write_all(self->ctx, path, self->source.scenario, self->source.scenario_length, err));
  KD_TRY(kd_path_join(path, sizeof path, self->partial, "run.sqlite", err));
  files->remove(path, files->user); /* what a finish that failed may have left */
  KD_TRY(kd_store_write(self->ctx, path, record, err));
  KD_TRY(settle(self, "run.sqlite", err));
  KD_TRY(settle(self, "samples.nc", err));
  if (self->source.layers > 0) {
    KD_TRY(kd_path_join(path, sizeof path, self->partial, "layers.gpkg", err));
    files->remove(path, files->user);
    KD_TRY(kd_layers_write(self->ctx, path, self->source.layer, self->source.layers, err));
    KD_TRY(settle(self, "layers.gpkg", err));
  }
  KD_TRY(kd_provenance_write(self->partial, record, err));
  KD_TRY(kd_path_join(path, sizeof path, self->partial, "checkpoint.json", err));
  files->remove(path, files->user);
  KD_TRY(kd_path_join(path, sizeof path, self->partial, KD_LOCK_NAME, err));
  files->remove(path, files->user);
out:
  return status;
}

static kd_status write_report(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  char path[KD_RUN_PATH];
  kd_text page;
  kd_text_init(&page, self->ctx);
  KD_TRY(kd_report_write(&page, self, err));
  KD_CHECK(!page.failed, err, KD_E_NOMEM, "%s: out of memory for the report", self->folder);
  KD_TRY(kd_path_join(path, sizeof path, self->partial, "report.html", err));
  KD_TRY(kd_file_write_all(self->ctx, path, page.bytes, page.length, err));
out:
  kd_text_free(&page);
  return status;
}

/* Gives the folder its name. One that is to be replaced is moved aside first, and put back if the rename fails. */
static kd_status publish(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  const kd_file_layer *files = &self->ctx->files;
  char aside[KD_RUN_PATH + 16];
  snprintf(aside, sizeof aside, "%s.replaced", self->folder);
  KD_TRY(check_replaceable(self, err));
  const bool replaces = exists(self->ctx, self->folder);
  if (replaces) {
    KD_TRY(kd_folder_remove(self->ctx, aside, err));
    const int code = files->rename(self->folder, aside, files->user);
    KD_CHECK(code == 0, err, KD_E_IO, "%s: cannot be moved aside: %s", self->folder, strerror(code));
  }
  const int code = files->rename(self->partial, self->folder, files->user);
  if (code != 0 && replaces) files->rename(aside, self->folder, files->user);
  KD_CHECK(code == 0, err, code == ENOTEMPTY || code == EEXIST ? KD_E_EXISTS : KD_E_IO, "%s: cannot be named %s: %s",
           self->partial, self->folder, strerror(code));
  if (replaces) KD_TRY(kd_folder_remove(self->ctx, aside, err));
out:
  return status;
}

kd_status kd_run_finish(kd_run *self, kd_error *err) {
  kd_status status = KD_OK;
  if (self->state != KD_RUN_GOING) return kd_error_set(err, KD_E_USAGE, "%s: the run is over", self->folder);
  if (self->done < self->record->run.realisations) {
    return kd_error_set(err, KD_E_USAGE, "%s: %llu of %llu realisations are done", self->folder,
                        (unsigned long long)self->done, (unsigned long long)self->record->run.realisations);
  }
  KD_TRY(verify(self, err));
  KD_TRY(kd_analyse(self->record, *self->reader, err));
  KD_TRY(check_balances(self, err));
  KD_TRY(stamp(self, err));
  KD_TRY(write_report(self, err));
  KD_TRY(write_tables(self, err));
  KD_TRY(publish(self, err));
  self->state = KD_RUN_WHOLE;
out:
  if (status != KD_OK && status != KD_E_EXISTS) abandon(self, status);
  if (status == KD_E_EXISTS) self->state = KD_RUN_FAILED;
  return status;
}

void kd_run_destroy(kd_run **self) {
  if (self == NULL || *self == NULL) return;
  kd_run *run = *self;
  kd_context *ctx = run->ctx;
  const bool untouched = run->opened && run->state == KD_RUN_GOING && run->done == 0;
  kd_samples_close(&run->writer, NULL);
  if (run->reader != NULL) kd_samples_close(run->reader, NULL);
  kd_lock_release(&run->lock);
  if (untouched) kd_folder_remove(ctx, run->partial, NULL);
  if (run->source.release != NULL) run->source.release(run->source.user);
  kd_record_destroy(&run->record);
  kd_free(ctx, run->block);
  kd_free(ctx, run->reader);
  kd_free(ctx, run);
  *self = NULL;
}
