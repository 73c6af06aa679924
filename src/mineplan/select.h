// SPDX-License-Identifier: Apache-2.0
/* Greedy choice: the most valuable first, the last one in part. */
#ifndef KD_MINEPLAN_SELECT_H
#define KD_MINEPLAN_SELECT_H

#include <stddef.h>

#include "base/arena.h"
#include "kaidei/error.h"

typedef struct kd_candidate {
  double value; /* what it is ranked by */
  double mass;  /* what it holds, of the quantity wanted */
  double take;  /* share taken, 0 to 1; written by kd_mineplan_select */
} kd_candidate;

typedef struct kd_selection {
  size_t *order; /* indices in the order taken */
  size_t count;
  double mass; /* taken; the target when it is met, else all there is */
} kd_selection;

/* Takes candidates by falling value, lower index first among equals, until target is met. Candidates with mass 0 are
 * passed over. A heap, so that taking k of n costs n + k log n. Fails for want of memory only: a target that is not met
 * shows in selection->mass. */
kd_status kd_mineplan_select(kd_selection *out, kd_candidate *candidate, size_t count, double target, kd_arena *scratch,
                             kd_error *err);

#endif
