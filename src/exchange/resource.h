// SPDX-License-Identifier: Apache-2.0
/* Deposit to supply: what lies in place. SI. */
#ifndef KD_EXCHANGE_RESOURCE_H
#define KD_EXCHANGE_RESOURCE_H

#include "base/elements.h"

typedef struct kd_resource {
  double element[KD_ELEMENTS]; /* kg in place */
  double oxide;                /* kg REO in place, the 15 REY */
} kd_resource;

#endif
