// SPDX-License-Identifier: Apache-2.0
#include "results/provenance.h"

#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "base/context.h"
#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/kernel.h"
#include "base/text.h"
#include "results/digest.h"
#include "results/run.h"
#include "results/versions.h"

#define SEAL         ",\n\"seal\": \""
#define LARGEST_JSON (64U << 20) /* bytes of run.json that are read */

/* Files that carry the result; a report or a map may be written anew. */
static const char *const sealed[] = {"scenario.yaml", "run.sqlite", "samples.nc"};

void kd_provenance_now(char out[32]) {
  struct timespec now = {0};
  struct tm parts;
  clock_gettime(CLOCK_REALTIME, &now);
  out[0] = '\0';
  if (gmtime_r(&now.tv_sec, &parts) != NULL) strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

double kd_provenance_clock(void) {
  struct timespec now = {0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Model name of the processor, as the system tells it. */
static void processor(char *out, size_t capacity, kd_context *ctx) {
  char *text = NULL;
  size_t count = 0;
  snprintf(out, capacity, "unknown processor");
  if (kd_file_read_all(&text, &count, ctx, "/proc/cpuinfo", 16U << 20, NULL) == KD_OK) {
    const char *line = strstr(text, "model name");
    const char *value = line != NULL ? strchr(line, ':') : NULL;
    if (value != NULL) {
      value += strspn(value, ": \t");
      snprintf(out, capacity, "%.*s", (int)strcspn(value, "\n"), value);
    }
  }
  kd_free(ctx, text);
}

kd_status kd_provenance_fill(kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  kd_record_run *run = &record->run;
  char cpu[256], machine[512], libraries[512];
  struct utsname system;
  if (uname(&system) != 0) memset(&system, 0, sizeof system);
  processor(cpu, sizeof cpu, record->ctx);
  snprintf(machine, sizeof machine, "%s, %.60s %.60s", cpu, system.sysname, system.machine);
  size_t used = 0;
  libraries[0] = '\0';
  for (size_t i = 0; i < kd_library_count() && used < sizeof libraries; i++) {
    const int length = snprintf(libraries + used, sizeof libraries - used, "%s%s %.40s", i > 0 ? "; " : "",
                                kd_library_name(i), kd_library_version(i));
    used += length > 0 ? (size_t)length : 0;
  }
  const char *locale = setlocale(LC_ALL, NULL);
  KD_TRY(kd_record_text(&run->version, record, kd_version(), err));
  KD_TRY(kd_record_text(&run->compiler, record, kd_compiler(), err));
  KD_TRY(kd_record_text(&run->flags, record, kd_build_flags(), err));
  KD_TRY(kd_record_text(&run->libraries, record, libraries, err));
  KD_TRY(kd_record_text(&run->machine, record, machine, err));
  KD_TRY(kd_record_text(&run->locale, record, locale != NULL ? locale : "C", err));
out:
  return status;
}

/* ---- writing ---- */

static void write_program(kd_json *json, const kd_record_run *run) {
  kd_json_line(json);
  kd_json_open(json, "program", '{');
  kd_json_text(json, "name", "kaidei");
  kd_json_text(json, "version", run->version);
  kd_json_text(json, "compiler", run->compiler);
  kd_json_text(json, "flags", run->flags);
  kd_json_text(json, "libraries", run->libraries);
  kd_json_close(json, '}');
  kd_json_line(json);
  kd_json_open(json, "machine", '{');
  kd_json_text(json, "processor", run->machine);
  kd_json_text(json, "locale", run->locale);
  kd_json_count(json, "threads", run->threads);
  kd_json_close(json, '}');
}

static void write_run(kd_json *json, const kd_record_run *run) {
  kd_json_line(json);
  kd_json_text(json, "scenario", run->name);
  kd_json_line(json);
  kd_json_text(json, "scenario_sha256", run->scenario_hash);
  kd_json_line(json);
  kd_json_count(json, "seed", run->seed);
  kd_json_line(json);
  kd_json_count(json, "realisations", run->realisations);
  kd_json_line(json);
  kd_json_text(json, "started", run->started);
  kd_json_line(json);
  kd_json_text(json, "finished", run->finished);
  kd_json_line(json);
  kd_json_number(json, "seconds", run->seconds);
}

static void write_tables(kd_json *json, const kd_record *record) {
  kd_json_line(json);
  kd_json_open(json, "inputs", '[');
  for (size_t i = 0; i < record->inputs; i++) {
    kd_json_line(json);
    kd_json_open(json, NULL, '{');
    kd_json_text(json, "path", record->input[i].path);
    kd_json_text(json, "sha256", record->input[i].sha256);
    kd_json_close(json, '}');
  }
  kd_json_close(json, ']');
  kd_json_line(json);
  kd_json_open(json, "balances", '{');
  kd_json_number(json, "tolerance", KD_RUN_CLOSURE);
  kd_json_text(json, "worst", record->run.worst_balance);
  kd_json_number(json, "worst_closure", record->run.worst_closure);
  kd_json_open(json, "closure", '{');
  for (size_t i = 0; i < record->balances; i++) {
    kd_json_number(json, record->balance[i].what, record->balance[i].closure);
  }
  kd_json_close(json, '}');
  kd_json_close(json, '}');
}

static kd_status write_files(kd_json *json, const kd_record *record, const char *folder, kd_error *err) {
  kd_status status = KD_OK;
  const uint64_t values = record->run.realisations * record->columns * sizeof(double);
  kd_json_line(json);
  kd_json_open(json, "files", '{');
  for (size_t i = 0; i < KD_COUNT(sealed); i++) {
    char path[KD_RUN_PATH];
    kd_seal seal;
    const bool samples = strcmp(sealed[i], "samples.nc") == 0;
    KD_TRY(kd_path_join(path, sizeof path, folder, sealed[i], err));
    KD_TRY(kd_seal_take(&seal, record->ctx, path, samples ? values : 0, err));
    kd_json_line(json);
    kd_json_open(json, sealed[i], '{');
    kd_json_count(json, "bytes", seal.bytes);
    kd_json_text(json, "sha256", seal.sha256);
    if (samples) {
      kd_json_count(json, "head_bytes", seal.head);
      kd_json_text(json, "head_sha256", seal.head_sha256);
    }
    kd_json_close(json, '}');
  }
  kd_json_close(json, '}');
out:
  return status;
}

kd_status kd_provenance_write(const char *folder, kd_record *record, kd_error *err) {
  kd_status status = KD_OK;
  kd_text text;
  char path[KD_RUN_PATH], digest[KD_SHA256_HEX];
  kd_text_init(&text, record->ctx);
  kd_json json = kd_json_start(&text);
  kd_json_open(&json, NULL, '{');
  kd_json_line(&json);
  kd_json_count(&json, "kaidei_run", 1);
  write_program(&json, &record->run);
  write_run(&json, &record->run);
  write_tables(&json, record);
  KD_TRY(write_files(&json, record, folder, err));
  KD_CHECK(!text.failed, err, KD_E_NOMEM, "%s: out of memory for run.json", folder);
  /* The seal covers every byte before it, so it is the last member and is put in by hand. */
  kd_sha256_hex(digest, text.bytes, text.length);
  kd_text_printf(&text, SEAL "%s\"\n}\n", digest);
  KD_CHECK(!text.failed, err, KD_E_NOMEM, "%s: out of memory for run.json", folder);
  KD_TRY(kd_path_join(path, sizeof path, folder, "run.json", err));
  KD_TRY(kd_file_write_all(record->ctx, path, text.bytes, text.length, err));
out:
  kd_text_free(&text);
  return status;
}

/* ---- checking ---- */

/* The seal of run.json is its last member: everything before it must have its digest, nothing may follow it. */
static bool is_untouched(const char *bytes, size_t count) {
  const size_t tail = sizeof SEAL - 1 + 64 + 4; /* seal, digest, quote, newline, brace, newline */
  if (count <= tail) return false;
  const char *at = bytes + count - tail;
  char digest[KD_SHA256_HEX];
  kd_sha256_hex(digest, bytes, count - tail);
  return memcmp(at, SEAL, sizeof SEAL - 1) == 0 && memcmp(at + sizeof SEAL - 1, digest, 64) == 0 &&
         memcmp(bytes + count - 4, "\"\n}\n", 4) == 0;
}

static bool read_digest(char out[65], const json_t *entry, const char *name) {
  const char *digest = json_string_value(json_object_get(entry, name));
  if (digest == NULL || strlen(digest) != 64) return false;
  memcpy(out, digest, 65);
  return true;
}

/* A number of bytes; 0 for what is none. */
static uint64_t read_bytes(const json_t *entry, const char *name) {
  const double bytes = json_number_value(json_object_get(entry, name));
  return bytes >= 0 && bytes < 9007199254740992.0 ? (uint64_t)bytes : 0;
}

/* The entry of a file in run.json. */
static kd_status read_seal(kd_seal *out, const json_t *root, const char *name, const char *path, kd_error *err) {
  const json_t *entry = json_object_get(json_object_get(root, "files"), name);
  *out = (kd_seal){.bytes = read_bytes(entry, "bytes"), .head = read_bytes(entry, "head_bytes")};
  const bool whole = read_digest(out->sha256, entry, "sha256");
  const bool head = read_digest(out->head_sha256, entry, "head_sha256");
  if (whole && (head || out->head == 0)) return KD_OK;
  return kd_error_set(err, KD_E_CORRUPT, "%s: names no digest of %s", path, name);
}

kd_status kd_provenance_check(kd_seal *samples, kd_context *ctx, const char *folder, kd_error *err) {
  kd_status status = KD_OK;
  char path[KD_RUN_PATH], inner[KD_RUN_PATH];
  char *bytes = NULL;
  size_t count = 0;
  json_t *root = NULL;
  KD_TRY(kd_path_join(path, sizeof path, folder, "run.json", err));
  status = kd_file_read_all(&bytes, &count, ctx, path, LARGEST_JSON, err);
  if (status == KD_E_NOTFOUND) kd_error_set(err, status, "%s: not a run folder: it has no run.json", folder);
  if (status == KD_E_SIZE) status = kd_error_set(err, KD_E_CORRUPT, "%s: too large for a run.json", path);
  if (status != KD_OK) goto out;
  KD_CHECK(is_untouched(bytes, count), err, KD_E_CORRUPT, "%s: damaged or changed since the run was finished", path);
  root = json_loadb(bytes, count, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, NULL);
  for (size_t i = 0; i < KD_COUNT(sealed); i++) {
    kd_seal seal;
    KD_TRY(read_seal(&seal, root, sealed[i], path, err));
    KD_TRY(kd_path_join(inner, sizeof inner, folder, sealed[i], err));
    if (strcmp(sealed[i], "samples.nc") == 0) {
      *samples = seal;
    } else {
      KD_TRY(kd_seal_check(&seal, ctx, inner, err));
    }
  }
out:
  json_decref(root);
  kd_free(ctx, bytes);
  return status;
}
