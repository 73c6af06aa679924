// SPDX-License-Identifier: Apache-2.0
/* The string of joints that carries the slurry: weights, tension, stretch, axial period. */
#ifndef KD_LIFT_PIPE_STRING_H
#define KD_LIFT_PIPE_STRING_H

typedef struct kd_string {
  double length;         /* m */
  double bore;           /* m */
  double outer_diameter; /* m */
  double density;        /* of the wall, kg/m3 */
  double modulus;        /* Pa */
  double yield;          /* Pa */
  double joint_factor;   /* mass with tool joints over mass of plain pipe */
  double conduit_area;   /* wall area of the second conduit, m2; 0: none. Same material, hung on the string */
  double end_mass;       /* of the head, kg in air */
  double buoyancy;       /* lift of floats, N, spread along the string */
  double contents;       /* mean density of the slurry, kg/m3 */
  double water;          /* mean density of the sea, kg/m3 */
  double gravity;        /* m/s2 */
} kd_string;

typedef struct kd_string_state {
  double area;          /* wall area, both conduits, m2 */
  double mass;          /* of pipe and conduit, kg */
  double weight_air;    /* N, with the head, without floats */
  double weight_water;  /* N, full of sea water, floats taken off */
  double weight_full;   /* N, full of slurry in water: the top tension at rest */
  double top_stress;    /* Pa */
  double utilisation;   /* top stress over yield */
  double stretch;       /* m */
  double period_free;   /* s, contents not carried along */
  double period_locked; /* s, contents carried along */
} kd_string_state;

void kd_string_solve(kd_string_state *out, const kd_string *self);

/* First axial period [s] of a bar fixed at the top with a mass at its foot: x tan x = m L/M. */
double kd_string_axial_period(double length, double mass_per_length, double stiffness, double end_mass);

/* Speed of a pressure wave [m/s] in a pipe, and the pressure of a sudden stop [Pa] (Joukowsky). */
double kd_pressure_wave_speed(double density, double bulk_modulus, double bore, double wall, double modulus);
double kd_joukowsky_pressure(double density, double wave_speed, double velocity_change);

#endif
