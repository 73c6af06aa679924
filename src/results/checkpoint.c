// SPDX-License-Identifier: Apache-2.0
#include "results/checkpoint.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "results/digest.h"

#define NAME    "checkpoint.json"
#define LARGEST 65536 /* bytes that are read */

/* Digest of the columns' keys: another version of the program may have others. */
static void digest_columns(char text[KD_SHA256_HEX], const kd_record *record) {
  kd_sha256 digest;
  kd_sha256_start(&digest);
  for (size_t i = 0; i < record->columns; i++) {
    kd_sha256_add(&digest, record->column[i].key, strlen(record->column[i].key) + 1);
  }
  kd_sha256_finish(text, &digest);
}

/* As text: all 64 bits come back, which a JSON number does not promise. */
static void add_whole(kd_json *json, const char *key, uint64_t value) {
  char text[24];
  snprintf(text, sizeof text, "%llu", (unsigned long long)value);
  kd_json_text(json, key, text);
}

kd_status kd_checkpoint_write(const kd_run *run, const kd_checkpoint *checkpoint, kd_error *err) {
  kd_status status = KD_OK;
  const kd_record_run *head = &run->record->run;
  char path[KD_RUN_PATH], columns[KD_SHA256_HEX];
  kd_text text;
  kd_text_init(&text, run->ctx);
  digest_columns(columns, run->record);
  kd_json json = kd_json_start(&text);
  kd_json_open(&json, NULL, '{');
  kd_json_text(&json, "version", head->version);
  kd_json_text(&json, "scenario", head->scenario_hash);
  add_whole(&json, "seed", head->seed);
  add_whole(&json, "realisations", head->realisations);
  add_whole(&json, "done", checkpoint->done);
  kd_json_text(&json, "columns", columns);
  add_whole(&json, "bytes", checkpoint->samples.bytes);
  add_whole(&json, "head_bytes", checkpoint->samples.head);
  kd_json_text(&json, "head_sha256", checkpoint->samples.head_sha256);
  kd_json_text(&json, "started", checkpoint->started);
  kd_json_number(&json, "seconds", checkpoint->seconds);
  kd_json_close(&json, '}');
  kd_text_add(&text, "\n");
  KD_CHECK(!text.failed, err, KD_E_NOMEM, "%s: out of memory for a checkpoint", run->partial);
  KD_TRY(kd_path_join(path, sizeof path, run->partial, NAME, err));
  KD_TRY(kd_file_write_all(run->ctx, path, text.bytes, text.length, err));
out:
  kd_text_free(&text);
  return status;
}

static bool same(const json_t *root, const char *name, const char *wanted) {
  const char *found = json_string_value(json_object_get(root, name));
  return found != NULL && strcmp(found, wanted) == 0;
}

static bool same_number(const json_t *root, const char *name, uint64_t wanted) {
  char text[32];
  snprintf(text, sizeof text, "%llu", (unsigned long long)wanted);
  return same(root, name, text);
}

static uint64_t whole_number(const json_t *root, const char *name) {
  const char *text = json_string_value(json_object_get(root, name));
  return text != NULL ? strtoull(text, NULL, 10) : 0;
}

static bool compare(kd_checkpoint *out, char *why, size_t capacity, const json_t *root, const kd_run *run) {
  const kd_record_run *head = &run->record->run;
  char columns[KD_SHA256_HEX];
  digest_columns(columns, run->record);
  const char *differs = root == NULL                                             ? "no readable checkpoint"
                        : !same(root, "version", head->version)                  ? "another version"
                        : !same(root, "scenario", head->scenario_hash)           ? "another scenario"
                        : !same_number(root, "seed", head->seed)                 ? "another seed"
                        : !same_number(root, "realisations", head->realisations) ? "another number of realisations"
                        : !same(root, "columns", columns)                        ? "other columns"
                                                                                 : NULL;
  if (differs != NULL) {
    snprintf(why, capacity, "%s", differs);
    return false;
  }
  const char *started = json_string_value(json_object_get(root, "started"));
  const char *digest = json_string_value(json_object_get(root, "head_sha256"));
  out->done = whole_number(root, "done");
  out->samples = (kd_seal){.bytes = whole_number(root, "bytes"), .head = whole_number(root, "head_bytes")};
  snprintf(out->samples.head_sha256, sizeof out->samples.head_sha256, "%s", digest != NULL ? digest : "");
  out->seconds = json_number_value(json_object_get(root, "seconds"));
  snprintf(out->started, sizeof out->started, "%s", started != NULL ? started : "");
  if (out->done >= 1 && out->done <= head->realisations) return true;
  snprintf(why, capacity, "no realisation done");
  return false;
}

kd_status kd_checkpoint_read(kd_checkpoint *out, bool *fits, char *why, size_t capacity, const kd_run *run,
                             kd_error *err) {
  kd_status status = KD_OK;
  char path[KD_RUN_PATH];
  char *bytes = NULL;
  size_t count = 0;
  json_t *root = NULL;
  *fits = false;
  KD_TRY(kd_path_join(path, sizeof path, run->partial, NAME, err));
  status = kd_file_read_all(&bytes, &count, run->ctx, path, LARGEST, err);
  if (status == KD_E_NOMEM) goto out;
  /* A checkpoint that cannot be read is none: the run starts afresh. */
  if (status == KD_OK) root = json_loadb(bytes, count, JSON_REJECT_DUPLICATES, NULL);
  status = KD_OK;
  *fits = compare(out, why, capacity, root, run);
out:
  json_decref(root);
  kd_free(run->ctx, bytes);
  return status;
}
