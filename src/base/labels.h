// SPDX-License-Identifier: Apache-2.0
/* Names of the members of a vector-valued parameter, output or ledger line: by element, by cause, by cut-off. */
#ifndef KD_BASE_LABELS_H
#define KD_BASE_LABELS_H

#include <stddef.h>

typedef struct kd_labels {
  const char *const *names;
  size_t count;
} kd_labels;

#endif
