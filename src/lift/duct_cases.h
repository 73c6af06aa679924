// SPDX-License-Identifier: Apache-2.0
/* Lines with known answers: a shock tube and a water hammer. */
#ifndef KD_LIFT_DUCT_CASES_H
#define KD_LIFT_DUCT_CASES_H

#include "lift/duct.h"

/* The Zuber-Findlay shock tube at a time: 100 m, K 1.07, S 0.216, gas p/1e5, liquid 1000 + (p - 1e5)/1e6, gas share
 * 0.55, 80,450 Pa and 10.37 m/s on the left, 24,282 Pa and 0.561 m/s on the right. */
kd_status kd_duct_shock_tube(kd_duct *duct, kd_duct_state *state, size_t cells, double time, bool explicit_solver,
                             bool first_order, double cfl, kd_work *work);

/* Liquid alone in a horizontal pipe that flows at `velocity` and is shut at the outlet at time 0; the inlet keeps its
 * pressure. Steps of courant times length/(cells a). */
typedef struct kd_hammer {
  double length, density, bulk_modulus, bore, wall /* thickness, m; 0: rigid */, modulus, velocity, pressure;
} kd_hammer;
double kd_hammer_speed(const kd_hammer *self);
/* Steps on to `time`; called again it goes on. */
kd_status kd_hammer_start(kd_duct *duct, kd_duct_state *state, const kd_hammer *hammer, size_t cells, kd_work *work);
kd_status kd_hammer_run(kd_duct_state *state, const kd_duct *duct, const kd_hammer *hammer, double time, double courant,
                        bool explicit_solver, kd_error *err);

#endif
