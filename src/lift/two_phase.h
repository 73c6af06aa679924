// SPDX-License-Identifier: Apache-2.0
/* Gas and liquid going up one pipe together: published drift-flux laws and friction laws, by name. */
#ifndef KD_LIFT_TWO_PHASE_H
#define KD_LIFT_TWO_PHASE_H

#include "lift/friction.h"

/* The first five follow from pipe and fluids alone; those after them look at the flow too. */
typedef enum kd_drift_law {
  KD_DRIFT_AUTO,
  KD_DRIFT_SLUG,
  KD_DRIFT_LARGE_PIPE,
  KD_DRIFT_REINEMANN,
  KD_DRIFT_VIANA,
  KD_DRIFT_ROUHANI,
  KD_DRIFT_CHOI,
  KD_DRIFT_WOLDESEMAYAT_GHAJAR,
  KD_DRIFT_BHAGWAT_GHAJAR,
  KD_DRIFT_FIXED
} kd_drift_law;
#define KD_DRIFT_LAWS      "auto|slug|large_pipe|reinemann|viana"
#define KD_DRIFT_FLOW_LAWS KD_DRIFT_LAWS "|rouhani|choi|woldesemayat_ghajar|bhagwat_ghajar"

typedef enum kd_two_phase_law {
  KD_TWO_PHASE_SLURRY,
  KD_TWO_PHASE_FRIEDEL,
  KD_TWO_PHASE_MULLER_STEINHAGEN_HECK,
  KD_TWO_PHASE_LOCKHART_MARTINELLI,
  KD_TWO_PHASE_HOMOGENEOUS
} kd_two_phase_law;
#define KD_TWO_PHASE_LAWS "slurry|friedel|muller_steinhagen_heck|lockhart_martinelli|homogeneous"

/* A place in the pipe. Fluxes are superficial velocities, upwards and not below 0. */
typedef struct kd_two_phase {
  double bore, roughness;          /* m */
  double liquid_flux, gas_flux;    /* m/s */
  double density, gas_density;     /* kg/m3 */
  double viscosity, gas_viscosity; /* Pa s */
  double surface_tension, gravity; /* N/m, m/s2 */
  const kd_wall_table *wall;       /* wall law of the liquid; NULL: Newtonian with viscosity and roughness */
} kd_two_phase;

#define KD_AIR_VISCOSITY 1.81e-5 /* Pa s, of air at 20 degC and one atmosphere */

/* Surface tension [N/m] of pure water against air at a temperature [K], to its critical point. */
double kd_water_surface_tension(double temperature);

/* Distribution parameter and drift velocity [m/s] at a void fraction, upwards. */
void kd_two_phase_drift(double *distribution, double *drift, const kd_two_phase *at, kd_drift_law law, double gas);

/* Void fraction jg/(C0 j + vd) where the law depends on it itself; sets C0 and vd as well. */
double kd_two_phase_void(double *distribution, double *drift, const kd_two_phase *at, kd_drift_law law);

/* Friction [Pa/m] at a void fraction. */
double kd_two_phase_friction(const kd_two_phase *at, kd_two_phase_law law, double gas);

#endif
