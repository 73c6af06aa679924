// SPDX-License-Identifier: Apache-2.0
/* In which seas the string may stay down: significant height x peak period x heading, with the limit that governs. */
#ifndef KD_LIFT_OPERABILITY_H
#define KD_LIFT_OPERABILITY_H

#include "exchange/limits.h"
#include "lift/string_frequency.h"

/* What can forbid a sea. */
typedef enum kd_operation_limit {
  KD_GOVERNS_STRESS, /* largest stress over the share of yield allowed */
  KD_GOVERNS_HOOK,   /* largest load over the rated load */
  KD_GOVERNS_SLACK,  /* largest dynamic tension over the tension at rest, anywhere */
  KD_GOVERNS_STROKE, /* largest motion of ship against string over the stroke of the compensator */
  KD_GOVERNS_FOOT,   /* largest motion of the foot over what the head on the floor bears */
  KD_GOVERNS_HEAVE,  /* largest heave at the string over what pipe handling bears */
  KD_GOVERNS
} kd_operation_limit;
#define KD_GOVERNS_WORDS "stress|hook|slack|stroke|foot|heave"

typedef struct kd_operability {
  const double *hs, *tp, *heading; /* rising; heading rad */
  size_t hs_count, tp_count, heading_count;
  kd_spectrum_law law;
  double gamma; /* NaN: by steepness */
  kd_vessel ship;
  double duration;            /* of a sea state, s: limits hold for the most probable largest value in it */
  double allowable;           /* share of yield */
  double hook_load;           /* N; (double)INFINITY or NaN: no limit, as for all below */
  double slack_share;         /* share of the tension at rest that may be taken away */
  double stroke, foot, heave; /* m, amplitudes */
  double top_stress_area;     /* 0: the wall area of the uppermost element */
  size_t frequencies;         /* cells; 0: 64 */
} kd_operability;

typedef struct kd_operability_cell {
  double ratio[KD_GOVERNS]; /* load over limit; 0: no limit given */
  double largest, at_rest;  /* of all ratios in the sea; without waves */
  kd_operation_limit governs;
  double heave, tension, foot, stroke; /* most probable largest, m and N */
  int rounds;
} kd_operability_cell;

/* cell [heading][tp][hs], hs fastest. The bar's elements: 30 or so are enough, they are exact. */
kd_status kd_operability_solve(kd_operability_cell *out, const kd_operability *self, const kd_bar *bar, kd_work *work);

/* Significant height at which the largest ratio is 1, by period and heading [heading][tp]; linear between the rows of
 * hs; the last hs when none is forbidden. */
void kd_operability_limits(double *out, const kd_operability *self, const kd_operability_cell *cells);

#endif
