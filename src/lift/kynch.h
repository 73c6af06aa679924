// SPDX-License-Identifier: Apache-2.0
/* Batch settling of a uniform suspension, exact. */
#ifndef KD_LIFT_KYNCH_H
#define KD_LIFT_KYNCH_H

#include "kaidei/error.h"

typedef struct kd_batch {
  double height;   /* of the column, m */
  double solids;   /* at the start, share by volume */
  double terminal; /* settling velocity of one grain, m/s */
  double packing;  /* share at which nothing moves */
  double exponent; /* of (1 - c/packing), 1 and above */
} kd_batch;

typedef struct kd_batch_state {
  double interface;       /* height of the clear water's lower face, m */
  double below;           /* share just below it */
  double front;           /* height of the highest thing that has risen from the bottom, m */
  double tangent;         /* share behind the front */
  double end_of_constant; /* s, when front and interface meet */
  double final_height;    /* m */
} kd_batch_state;

/* Flux of solids downwards [m/s] and its slope. */
double kd_batch_flux(double *slope, const kd_batch *self, double solids);

kd_status kd_batch_at(kd_batch_state *out, const kd_batch *self, double time);

#endif
