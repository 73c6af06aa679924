// SPDX-License-Identifier: Apache-2.0
/* Slurry in a horizontal leg: the Delft head loss and limit deposit velocity framework. */
#ifndef KD_LIFT_DHLLDV_H
#define KD_LIFT_DHLLDV_H

#include <stdbool.h>

#include "kaidei/error.h"

typedef struct kd_leg {
  double bore, roughness;      /* m */
  double grain, grain_density; /* m, kg/m3 */
  double density, viscosity;   /* kg/m3; kinematic, m2/s */
} kd_leg;

typedef enum kd_leg_regime { KD_LEG_FIXED, KD_LEG_SLIDING, KD_LEG_HETEROGENEOUS, KD_LEG_HOMOGENEOUS } kd_leg_regime;
#define KD_LEG_REGIMES "fixed_bed|sliding_bed|heterogeneous|homogeneous"

typedef struct kd_leg_state {
  double liquid;     /* hydraulic gradient of the liquid alone, m of liquid per m */
  double gradient;   /* of the slurry */
  double excess;     /* relative excess gradient of the regime, (gradient - liquid)/(R_sd c) */
  double branch[4];  /* relative excess gradient of each regime */
  double slip_ratio; /* of the solids, delivered concentration only */
  double spatial;    /* concentration in the pipe */
  kd_leg_regime regime;
} kd_leg_state;

/* State at a velocity and a concentration in the pipe (spatial), or a delivered one. KD_E_MODEL: the concentration is
 * above what the framework hinders, or above that of the bed. */
kd_status kd_leg_spatial(kd_leg_state *out, const kd_leg *leg, double velocity, double solids);
kd_status kd_leg_delivered(kd_leg_state *out, const kd_leg *leg, double velocity, double solids);

/* Velocity below which a stationary bed lies (limit of stationary deposition), and limit deposit velocity [m/s]. */
kd_status kd_leg_stationary(double *out, const kd_leg *leg, double solids);
kd_status kd_leg_limit_deposit(double *out, const kd_leg *leg, double solids);

#endif
