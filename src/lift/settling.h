// SPDX-License-Identifier: Apache-2.0
#ifndef KD_LIFT_SETTLING_H
#define KD_LIFT_SETTLING_H

/* Terminal velocity [m/s] of a natural grain. diameter [m], densities [kg/m3], viscosity [Pa s], gravity [m/s2]. */
double kd_settling_ruby_zanke(double diameter, double grain_density, double density, double viscosity, double gravity);
/* Exponent of hindered settling at a grain Reynolds number, and the hindered velocity at a share of solids. */
double kd_settling_rowe_exponent(double grain_reynolds);
double kd_settling_hindered(double terminal, double grain_reynolds, double solids);
/* Largest grain [m] that a yield stress [Pa] holds up at rest; yield_number is ty/((rs - r) g d) at which it moves. */
#define KD_YIELD_NUMBER (1.0 / 18.0)
double kd_settling_suspended_diameter(double yield, double grain_density, double density, double gravity,
                                      double yield_number);
/* Velocity [m/s] below which a bed forms in a horizontal leg (Durand). */
double kd_settling_durand_velocity(double bore, double grain_density, double density, double factor, double gravity);

#endif
