// SPDX-License-Identifier: Apache-2.0
#ifndef KD_LIFT_GEL_H
#define KD_LIFT_GEL_H

/* Static yield stress [Pa] after a rest [s]. */
double kd_gel_static_yield(double fresh, double aged, double gel_time, double exponent, double rest);

/* Pressure [Pa] that breaks a gelled column: 4 static_yield length/bore, without its static head. */
double kd_gel_restart_pressure(double static_yield, double length, double bore);

#endif
