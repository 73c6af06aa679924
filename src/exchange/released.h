// SPDX-License-Identifier: Apache-2.0
/* Campaign to plume: what is let go into the sea. SI. */
#ifndef KD_EXCHANGE_RELEASED_H
#define KD_EXCHANGE_RELEASED_H

typedef struct kd_released {
  double collector_rate; /* kg dry solid per second stirred up at the sea floor while working */
  double return_rate;    /* kg dry solid per second in the return water while working */
  double return_water;   /* m3/s of return water */
  double duration;       /* s of working a year */
  double water_depth;    /* m */
  double grain_density;  /* kg/m3 */
  double insertions;     /* insertions of the mining head a year; 0 or NaN: not known */
} kd_released;

#endif
