// SPDX-License-Identifier: Apache-2.0
/* All internal rates of return of a series of yearly flows. */
#ifndef KD_ECONOMY_IRR_H
#define KD_ECONOMY_IRR_H

#include <stddef.h>

#define KD_IRR_FLOWS 128 /* most flows in a series */
#define KD_IRR_ROOTS 8   /* most roots reported */

typedef struct kd_irr {
  size_t count;              /* different real rates above -100 % */
  size_t sign_changes;       /* of the flows in time order: an upper bound of count (Descartes) */
  double rate[KD_IRR_ROOTS]; /* ascending; the first `count` of them, KD_IRR_ROOTS at most */
} kd_irr;

/* Finds every r > -1 at which the present value of flow[0 .. count-1] is zero. Roots nearer to each other than about
 * 1e-8 are one. Flows that are all zero have no rate. count up to KD_IRR_FLOWS. */
void kd_irr_all(kd_irr *out, const double *flow, size_t count);

#endif
