// SPDX-License-Identifier: Apache-2.0
/* The head: a tube pushed into the mud. What one insertion wins, how holes lie side by side, how many heads it takes.
 */
#ifndef KD_MINEPLAN_HEAD_H
#define KD_MINEPLAN_HEAD_H

#include "mineplan/mineplan.h"

/* Share of the ground that lies under at least one of the circles of a regular pattern. spacing: distance of the
 * nearest centres over the diameter; 1: touching; below 1: holes overlap. */
double kd_packing_coverage(kd_pattern pattern, double spacing);
/* Ground that one hole of the pattern adds, over the area of its circle: 1 from touching outwards, less when holes
 * overlap. */
double kd_packing_fresh(kd_pattern pattern, double spacing);

typedef struct kd_head_cycle {
  double heads;    /* working side by side, in one frame */
  double possible; /* insertions that one head can do in a day */
  double wanted;   /* insertions wanted in a day, all heads */
  double cycle;    /* s from landing to landing, moves of the ship included */
  double cutting;  /* s of it in which mud is won */
  double rate;     /* kg dry per second while cutting, all heads */
} kd_head_cycle;

/* Heads and times for a mean rate [kg dry/s] with this much won by one insertion of one head [kg dry]. fixed: s of a
 * cycle without cutting; shortest: least cutting time [s]; heads: NaN for as many as are needed. KD_E_INFEASIBLE when
 * too few are given. */
kd_status kd_head_cycle_from(kd_head_cycle *out, double rate, double dry_per_insertion, double fixed, double shortest,
                             double heads, kd_error *err);

/* Insertions that it takes to reach a depth with a head of this length. */
double kd_head_bites(double depth, double head_length);

#endif
