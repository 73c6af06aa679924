// SPDX-License-Identifier: Apache-2.0
/* What fuzz targets share: a property that must hold for every input. */
#ifndef KD_TESTS_FUZZ_H
#define KD_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      (void)fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                             \
      abort();                                                                                                         \
    }                                                                                                                  \
  } while (0)

#endif
