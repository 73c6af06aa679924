// SPDX-License-Identifier: Apache-2.0
/* The disaggregation head at the foot: what it takes to cut the mud, and what leaves it. */
#ifndef KD_LIFT_HEAD_H
#define KD_LIFT_HEAD_H

/* Water jet: velocity [m/s] and hydraulic power [W] of a nozzle pressure [Pa] and a flow [m3/s]; diameter of one of
 * `count` nozzles [m]. */
double kd_jet_velocity(double pressure, double density, double coefficient);
double kd_jet_power(double pressure, double flow);
double kd_jet_diameter(double flow, double velocity, double contraction, double count);

/* Mechanical power [W] to cut mud of undrained strength [Pa] at a rate [m3/s]: factor strength rate. */
double kd_cutter_power(double strength, double rate, double factor);

/* Size of lumps [m] after a time at a shear rate: d_inf + (d_0 - d_inf) exp(-k G^m t). */
double kd_lump_size(double first, double last, double rate, double exponent, double shear, double time);

#endif
