// SPDX-License-Identifier: Apache-2.0
/* run.sqlite, damaged: a sound store is made once, and the input changes it: three bytes of place and one of value at a
 * time. No damage crashes the reader; a refusal has a message; what is read has a text wherever one is needed. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/files.h"
#include "base/text.h"
#include "fuzz.h"
#include "results/store.h"

static char *sound;
static size_t length;
static char path[64];

static kd_record record_of(kd_context *ctx) {
  static kd_record_column column[] = {
      {.key = "lift.bore", .unit = "m", .doc = "Bore.", .stage = "lift", .item = "", .label = "", .account = ""},
      {.key = "ledger.lift.a",
       .unit = "t",
       .doc = "",
       .stage = "lift",
       .kind = KD_RECORD_LEDGER,
       .item = "a",
       .label = "",
       .account = "solids",
       .role = KD_ROLE_IN}};
  static kd_record_summary summary[2];
  static kd_record_parameter parameter[] = {{.key = "lift.bore",
                                             .text = "0.25 m",
                                             .value = 0.25,
                                             .unit = "m",
                                             .distribution = "fixed",
                                             .source = "Someone (2020)",
                                             .doc = "Bore."}};
  static kd_record_ledger ledger[] = {
      {.key = "ledger.lift.a", .stage = "lift", .item = "a", .label = "", .kind = "use", .unit = "t", .doc = ""}};
  static kd_record_balance balance[] = {{.what = "solids", .unit = "t", .in = 1, .out = 1}};
  static kd_record_input input[] = {{.path = "a.yaml", .sha256 = "00"}};
  return (kd_record){.ctx = ctx,
                     .run = {.name = "Name",
                             .version = "1",
                             .scenario_hash = "a",
                             .seed = 1,
                             .realisations = 10,
                             .worst_balance = "solids",
                             .compiler = "c",
                             .flags = "f",
                             .libraries = "l",
                             .machine = "m",
                             .locale = "C",
                             .started = "s",
                             .finished = "f",
                             .threads = 1},
                     .column = column,
                     .summary = summary,
                     .columns = 2,
                     .parameter = parameter,
                     .parameters = 1,
                     .ledger = ledger,
                     .ledgers = 1,
                     .balance = balance,
                     .balances = 1,
                     .input = input,
                     .inputs = 1};
}

static void leave(void) {
  (void)unlink(path);
}

static void make_sound(kd_context *ctx) {
  kd_error err = {.text = ""};
  const kd_record record = record_of(ctx);
  (void)snprintf(path, sizeof path, "/tmp/kaidei-fuzz-store-%ld", (long)getpid());
  (void)unlink(path);
  MUST(kd_store_write(ctx, path, &record, &err) == KD_OK);
  MUST(kd_file_read_all(&sound, &length, ctx, path, 1U << 24, &err) == KD_OK);
  char *kept = malloc(length);
  MUST(kept != NULL);
  memcpy(kept, sound, length);
  kd_free(ctx, sound);
  sound = kept;
  (void)atexit(leave);
}

static void put(const char *bytes) {
  FILE *file = fopen(path, "wb");
  MUST(file != NULL && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  kd_context *ctx = NULL;
  kd_record *record = NULL;
  kd_error err = {.text = ""};
  if (kd_context_create(&ctx, NULL) != KD_OK) return 0;
  if (sound == NULL) make_sound(ctx);
  char *bytes = malloc(length);
  MUST(bytes != NULL);
  memcpy(bytes, sound, length);
  for (size_t i = 0; i + 4 <= size; i += 4) {
    const size_t place = (size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2];
    bytes[place % length] = (char)data[i + 3];
  }
  put(bytes);
  free(bytes);
  const kd_status status = kd_store_read(&record, ctx, path, &err);
  MUST((status == KD_OK) == (record != NULL));
  MUST(status == KD_OK || err.text[0] != '\0');
  for (size_t i = 0; record != NULL && i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    MUST(column->key != NULL && column->unit != NULL && column->doc != NULL && column->stage != NULL);
    MUST(kd_record_kind_name(column->kind) != NULL && kd_line_kind_name(column->line) != NULL);
  }
  for (size_t i = 0; record != NULL && i < record->parameters; i++) MUST(record->parameter[i].key != NULL);
  kd_record_destroy(&record);
  kd_context_destroy(&ctx);
  return 0;
}
