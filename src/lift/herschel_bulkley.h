// SPDX-License-Identifier: Apache-2.0
#ifndef KD_LIFT_HERSCHEL_BULKLEY_H
#define KD_LIFT_HERSCHEL_BULKLEY_H

#include "lift/rheology.h"

/* Wall stress [Pa] for a mean velocity; the yield stress itself at velocity 0. Errors: KD_E_RANGE, KD_E_CONVERGENCE. */
kd_status kd_herschel_bulkley_wall_stress(double *out, const kd_rheology *fluid, double bore, double velocity);

/* Mean velocity [m/s] for a wall stress; 0 at or below the yield stress. */
double kd_herschel_bulkley_velocity(const kd_rheology *fluid, double bore, double wall_stress);

/* Velocity of the unsheared plug [m/s], and the shear rate at the wall [1/s]. */
double kd_herschel_bulkley_plug_velocity(const kd_rheology *fluid, double bore, double wall_stress);
double kd_herschel_bulkley_wall_rate(const kd_rheology *fluid, double wall_stress);

/* Local power-law index d ln(wall_stress) / d ln(8V/D) of Metzner and Reed. */
double kd_herschel_bulkley_local_index(const kd_rheology *fluid, double wall_stress);

#endif
