// SPDX-License-Identifier: Apache-2.0
/* Vortex-induced vibration across a current, by superposition of modes. */
#ifndef KD_LIFT_VIV_H
#define KD_LIFT_VIV_H

#include "lift/string_modes.h"

typedef struct kd_viv_law {
  double strouhal;
  double bandwidth;                                   /* full width of lock-in over its middle, in reduced velocity */
  double lift_still, lift_top, top_ratio, zero_ratio; /* CL at A/D = 0, its largest, where, and where it ends */
  double still_water, low, high;                      /* coefficients of Venugopal's damping: 0.2, 0.18, 0.2 */
  double structural;                                  /* share of critical */
  double drag_growth;                                 /* 2.1: Cd = Cd0 (1 + 2.1 A/D) */
} kd_viv_law;
extern const kd_viv_law kd_viv_standard;

double kd_viv_lift(const kd_viv_law *law, double ratio);
/* Damping of the water per length [N s/m2] on a cylinder that moves with an amplitude in a current outside lock-in. */
double kd_viv_damping(const kd_viv_law *law, double density, double viscosity, double diameter, double omega,
                      double amplitude, double current);

typedef struct kd_viv_mode {
  size_t mode;      /* from 1 */
  double omega;     /* rad/s */
  double zone;      /* length that drives it, m */
  double power;     /* W at the balance */
  double amplitude; /* largest, over the diameter */
  double stress;    /* amplitude of the bending stress, Pa */
  double damage_year;
} kd_viv_mode;

typedef struct kd_viv_problem {
  size_t nodes;
  const double *arc, *current, *diameter, *mass, *outer; /* by node: m, m/s, m (drag), kg/m, m (steel, for stress) */
  double density, viscosity, modulus;
} kd_viv_problem;

/* Modes that the current drives, strongest first; out: room for modes->count. drag: factor on the drag by node, or
 * NULL. */
kd_status kd_viv_solve(kd_viv_mode *out, size_t *count, double *drag, const kd_viv_problem *problem,
                       const kd_modes *modes, const kd_viv_law *law, kd_work *work);

#endif
