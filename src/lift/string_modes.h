// SPDX-License-Identifier: Apache-2.0
/* Lateral natural modes of a string under its tension, with bending. */
#ifndef KD_LIFT_STRING_MODES_H
#define KD_LIFT_STRING_MODES_H

#include "lift/string_beam.h"

/* A straight string: from a beam's lists; tension by node (elements + 1 values), N. */
typedef struct kd_mode_problem {
  size_t elements;
  const double *length, *bending, *mass; /* mass: all that moves across, kg/m */
  const double *tension;                 /* linear within an element */
  double head_mass;                      /* kg, moves across */
  kd_end top, foot;
} kd_mode_problem;

typedef struct kd_modes {
  size_t count;
  double *omega; /* rad/s, rising */
  double *shape; /* count x (elements + 1), largest 1 */
  double *slope; /* likewise, 1/m */
  double *mass;  /* modal mass of that shape, kg */
} kd_modes;

/* The first `count` modes. KD_E_INFEASIBLE when the string buckles: tension too far below nothing. */
kd_status kd_modes_solve(kd_modes *out, const kd_mode_problem *problem, size_t count, kd_work *work);

/* Euler beams: root b L of mode n (from 1). */
typedef enum kd_beam_ends {
  KD_PINNED_PINNED,
  KD_CLAMPED_FREE,
  KD_CLAMPED_CLAMPED,
  KD_CLAMPED_PINNED,
  KD_FREE_FREE
} kd_beam_ends;
double kd_beam_root(kd_beam_ends ends, int mode);

#endif
