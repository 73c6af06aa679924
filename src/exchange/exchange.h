// SPDX-License-Identifier: Apache-2.0
/* The exchange structs as tables of fields, so that a stage can be fed from a file: one row, columns `name [unit]`. */
#ifndef KD_EXCHANGE_EXCHANGE_H
#define KD_EXCHANGE_EXCHANGE_H

#include <stddef.h>

#include "base/labels.h"

typedef struct kd_exchange_field {
  const char *name;
  const char *unit; /* display unit */
  size_t offset;    /* of the double, or the first of the labels' */
  const kd_labels *labels;
} kd_exchange_field;

typedef struct kd_exchange {
  const char *name; /* "slurry" */
  const kd_exchange_field *fields;
  size_t count;
} kd_exchange;

extern const kd_exchange kd_exchange_slurry, kd_exchange_limits, kd_exchange_delivered, kd_exchange_released,
    kd_exchange_products;

#endif
