// SPDX-License-Identifier: Apache-2.0
/* Campaign to process: what reaches the plant in a project year (a trial: in the one campaign). SI. */
#ifndef KD_EXCHANGE_DELIVERED_H
#define KD_EXCHANGE_DELIVERED_H

#include "base/elements.h"

typedef struct kd_delivered {
  double dry_mass;             /* kg dry solid a year */
  double element[KD_ELEMENTS]; /* kg of each element a year */
  double coarse_mass;          /* kg bioapatite a year, part of dry_mass */
  double water_mass;           /* kg water with it a year */
  double pressed;              /* 1: pressed to cake on board; 0: slurry that the island presses */
  double salt_share;           /* kg dissolved salt per kg of that water */
  double lifting_time;         /* s of lifting a year */
  double plant_rate;           /* kg dry solid per second the plant is sized for */
  double grain_density;        /* kg/m3 */
} kd_delivered;

#endif
