// SPDX-License-Identifier: Apache-2.0
/* Air-lift: slurry and air in a riser, steady, by a drift-flux law. Pressures are absolute. */
#ifndef KD_LIFT_AIR_LIFT_H
#define KD_LIFT_AIR_LIFT_H

#include <stdbool.h>

#include "lift/friction.h"
#include "lift/sea.h"
#include "lift/two_phase.h"

typedef struct kd_air_lift {
  double bore;               /* m */
  double liquid_flux;        /* superficial velocity of the slurry, m/s */
  double density;            /* of the slurry at one atmosphere, kg/m3 */
  double compression;        /* its rise with pressure, kg/m3/Pa */
  double viscosity;          /* of the slurry, Pa s: decides the drift in wide pipes */
  double surface_tension;    /* N/m */
  double gravity;            /* m/s2 */
  const kd_wall_table *wall; /* friction of the slurry alone; NULL: frictionless */
  const kd_sea *sea;         /* temperature by depth; NULL: constant */
  double temperature;        /* K, when there is no sea */
  double foot_depth;         /* of the injection, m */
  double coarse; /* share of grains by volume at the deck that lag behind the slurry; part of the density above */
  double coarse_excess; /* their density over that of the slurry, kg/m3 */
  double slip;          /* by which they lag, m/s */
  kd_drift_law drift;
  kd_two_phase_law friction;
  double distribution;   /* KD_DRIFT_FIXED: C0 */
  double drift_velocity; /* KD_DRIFT_FIXED: v_d, m/s */
  bool ideal;            /* Z = 1 */
  bool weightless;       /* the gas has no weight, and nothing is accelerated */
} kd_air_lift;

/* Distribution parameter and drift velocity [m/s] of gas of a density in a slurry, by a law that needs no more. */
void kd_drift_flux(double *distribution, double *drift, const kd_air_lift *self, double gas_density);

/* Void fraction from superficial velocities (1); C0 falls to 1 above a void fraction of 0.75. */
double kd_drift_void(double distribution, double drift, double liquid_flux, double gas_flux);

/* Height [m] over which the pressure falls from p_low (bottom) to p_high (top) with `air` [kg/(s m2)] of gas: the
 * height to which this air can lift. */
double kd_air_lift_height(const kd_air_lift *self, double air, double p_bottom, double p_top);

/* Gas mass flux [kg/(s m2)] that lifts over `height`; KD_E_INFEASIBLE when none does. */
kd_status kd_air_lift_air(double *out, const kd_air_lift *self, double p_bottom, double p_top, double height);

/* The frictionless isothermal column of weightless ideal gas in closed form [m]; gas = R T air [Pa m/s]. */
double kd_air_lift_frictionless(double density, double gravity, double liquid_flux, double distribution, double drift,
                                double gas, double p_bottom, double p_top);

/* Flux of water [m/s] that a rig with its foot `submerged` [m] under water lifts over `height` with a gas mass flux; 0
 * when nothing comes up. The inlet takes 1.5 velocity heads. */
double kd_air_lift_water(const kd_air_lift *self, double air, double submerged, double height, double p_top);

#endif
