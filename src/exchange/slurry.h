// SPDX-License-Identifier: Apache-2.0
/* Mine plan to lift and campaign: the mud as it is cut, and the rate wanted. SI. */
#ifndef KD_EXCHANGE_SLURRY_H
#define KD_EXCHANGE_SLURRY_H

#include "base/elements.h"

typedef struct kd_slurry {
  double dry_rate;           /* design rate of dry solid up the pipe while lifting, kg/s */
  double grade[KD_ELEMENTS]; /* kg element per kg dry solid, after dilution */
  double coarse_share;       /* kg bioapatite (coarse mineral) per kg dry solid */
  double grain_density;      /* kg/m3 */
  double pore_water;         /* kg pore water that comes with 1 kg dry solid */
  double pore_density;       /* kg/m3 */
  double water_depth;        /* m */
  double dry_per_insertion;  /* kg dry solid won by one insertion of the head */
  double insertion_time;     /* s from landing to landing, cutting included */
  double move_time;          /* s of one move of the ship to the next site of insertions, spread over its insertions */
  double loss_share;         /* kg dry solid stirred up and lost at the sea floor per kg dry solid lifted */
} kd_slurry;

#endif
