// SPDX-License-Identifier: Apache-2.0
/* checkpoint.json and run.json: no bytes crash their readers; a checkpoint that is taken is one of this very run, and
 * counts no more realisations than the run has; a run.json that is taken has digests of 64 characters. The seal of
 * run.json, a digest that no mutation would ever meet, is put behind the bytes here. */
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "base/text.h"
#include "fuzz.h"
#include "memory.h"
#include "results/checkpoint.h"
#include "results/provenance.h"

static void check_checkpoint(kd_context *ctx) {
  kd_record record = {.ctx = ctx, .run = {.version = "1", .scenario_hash = "a", .seed = 1, .realisations = 10}};
  kd_run run = {.ctx = ctx, .record = &record, .partial = "run.partial"};
  kd_checkpoint checkpoint = {0};
  kd_error err = {.text = ""};
  char why[128] = "";
  bool fits = false;
  MUST(kd_checkpoint_read(&checkpoint, &fits, why, sizeof why, &run, &err) == KD_OK);
  MUST(fits ? checkpoint.done >= 1 && checkpoint.done <= 10 : why[0] != '\0');
  MUST(strlen(checkpoint.samples.head_sha256) <= 64 && strlen(checkpoint.started) < sizeof checkpoint.started);
}

static void check_provenance(kd_context *ctx) {
  kd_seal samples = {0};
  kd_error err = {.text = ""};
  const kd_status status = kd_provenance_check(&samples, ctx, "run", &err);
  MUST(status == KD_OK ? strlen(samples.sha256) == 64 : err.text[0] != '\0');
  MUST(kd_utf8_check(err.text, strlen(err.text)) == strlen(err.text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char digest[KD_SHA256_HEX], seal[128];
  char *sealed = malloc(size + sizeof seal);
  if (sealed == NULL) return 0;
  kd_sha256_hex(digest, data, size);
  const int length = snprintf(seal, sizeof seal, ",\n  \"seal\": \"%s\"\n}\n", digest);
  if (size > 0) memcpy(sealed, data, size);
  memcpy(sealed + size, seal, (size_t)length);
  memory files = {.file = {{.name = "checkpoint.json", .bytes = data, .count = size},
                           {.name = "run.json", .bytes = sealed, .count = size + (size_t)length},
                           {.name = "scenario.yaml", .bytes = "kaidei: 1\n", .count = 10},
                           {.name = "run.sqlite", .bytes = "kaidei: 1\n", .count = 10}},
                  .files = 4};
  const kd_file_layer layer = memory_layer(&files);
  const kd_context_options options = {.size = sizeof options, .files = &layer, .home = ""};
  kd_context *ctx = NULL;
  if (kd_context_create(&ctx, &options) == KD_OK) {
    check_checkpoint(ctx);
    check_provenance(ctx);
  }
  kd_context_destroy(&ctx);
  free(sealed);
  return 0;
}
