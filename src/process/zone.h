// SPDX-License-Identifier: Apache-2.0
/* Zone refining of metals. */
#ifndef KD_PROCESS_ZONE_H
#define KD_PROCESS_ZONE_H

#include <stddef.h>

#include "base/work.h"

/* Impurity over its mean after one pass at x zone lengths (Pfann); valid up to the last zone. */
double kd_zone_single(double k, double x);
/* Limit of many passes, bar of `length` zones: C/C0 at x, A exp(B x), k = B/(e^B - 1). */
double kd_zone_ultimate(double *a, double *b, double k, double length, double x);
/* Mean of C/C0 over the first share `kept` of a bar of `length` zones after `passes`, the last zone freezing normally,
 * every pass on what the one before left. */
kd_status kd_zone_passes(double *mean, double *head, double k, double length, unsigned passes, double kept,
                         kd_work *work);

#endif
