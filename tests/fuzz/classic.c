// SPDX-License-Identifier: Apache-2.0
/* Heads of samples.nc: no bytes crash the reader, and what it takes as ours has the values where they must be. */
#include <string.h>

#include "fuzz.h"
#include "memory.h"
#include "results/classic.h"
#include "results/samples.h"

static void check_reader(const uint8_t *data, size_t size) {
  kd_classic_reader head;
  size_t variables = 0;
  char name[KD_CLASSIC_NAME];
  uint64_t begin = 0;
  if (!kd_classic_open(&head, &variables, data, size, "realisation")) MUST(head.why != NULL);
  for (size_t v = 0; v < variables && kd_classic_next(&head, name, &begin); v++) MUST(head.at <= size);
  MUST(head.at <= size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const kd_record_column column[] = {{.key = "a.b", .unit = "m"}, {.key = "c", .unit = "1"}};
  check_reader(data, size);
  memory files = {.file = {{.name = "samples.nc", .bytes = data, .count = size}}, .files = 1};
  const kd_file_layer layer = memory_layer(&files);
  const kd_context_options options = {.size = sizeof options, .files = &layer, .home = ""};
  kd_context *ctx = NULL;
  kd_samples *samples = NULL;
  kd_error err = {.text = ""};
  double values[3];
  if (kd_context_create(&ctx, &options) != KD_OK) return 0;
  const kd_status status = kd_samples_open(&samples, ctx, "samples.nc", false, column, 2, 3, &err);
  MUST((status == KD_OK) == (samples != NULL));
  MUST(status == KD_OK || err.text[0] != '\0');
  for (size_t c = 0; status == KD_OK && c < 2; c++) MUST(kd_samples_read(values, samples, c, 0, 3, &err) == KD_OK);
  kd_samples_close(&samples, NULL);
  kd_context_destroy(&ctx);
  return 0;
}
