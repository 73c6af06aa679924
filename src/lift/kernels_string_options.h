// SPDX-License-Identifier: Apache-2.0
/* Options that the data kernels of the string share. */
#ifndef KD_LIFT_KERNELS_STRING_OPTIONS_H
#define KD_LIFT_KERNELS_STRING_OPTIONS_H

#include "lift/kernels_string.h"
#include "lift/string_frequency.h"

#define KD_STRING_OPTION_FIELDS                                                                                        \
  KD_IN("head_mass", "kg", "0 t", "0 t", "1e5 t", "Head at the foot, in air."),                                        \
      KD_IN("head_density", "kg/m3", "7850 kg/m3", "1 kg/m3", "25000 kg/m3", "Of the head, for its weight in water."), \
      KD_IN("contents_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "5000 kg/m3", "Liquid in the riser."),               \
      KD_IN("conduit_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "5000 kg/m3", "Liquid in the conduit."),              \
      KD_IN("water_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "2000 kg/m3", "Sea."),                                  \
      KD_IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity."),                            \
      KD_IN("freeboard", "m", "0 m", "0 m", "200 m", "Length of string above the sea."),                               \
      KD_IN("top_pressure", "Pa", "none", "0 Pa", "200 MPa",                                                           \
            "Inside at the top, over the atmosphere; none: the foot is open to the sea."),                             \
      KD_IN("foot_pull", "N", "0 N", "-1e9 N", "1e9 N", "Further pull at the foot, downwards."),                       \
      KD_IN("poisson", "1", "0.3", "0", "0.5", "Poisson's ratio."),                                                    \
      KD_IN("wall_tolerance", "1", "0.875", "0 exclusive", "1", "Share of the wall that counts for burst."),           \
      KD_IN("material_density", "kg/m3", "7850 kg/m3", "100 kg/m3", "25000 kg/m3", "Where the table has none."),       \
      KD_IN("modulus", "Pa", "207 GPa", "1 MPa", "1000 GPa", "Where the table has none."),                             \
      KD_IN("yield_strength", "Pa", "758 MPa", "1 MPa", "10 GPa", "Where the table has none."),                        \
      KD_IN("joint_factor", "1", "1", "1", "3", "Mass with tool joints; where the table has none.")
enum { KD_STRING_OPTIONS = 15 };

/* A current by depth: rising depth, and speeds that are numbers (positive: at least 0). */
kd_status kd_current_read(kd_current *out, const kd_table *table, bool positive, kd_error *err);

/* Segments and load from the options above. */
kd_status kd_string_options_read(kd_string_segment **segments, kd_string_load *load, const kd_table *table,
                                 const double *in, kd_work *work);

#define KD_AXIAL_OPTION_FIELDS                                                                                         \
  KD_IN("amplitude", "m", "1 m", "0 m", "50 m", "Heave amplitude."),                                                   \
      KD_IN("period", "s", "10 s", "0 s exclusive", "1e4 s", "Heave period."),                                         \
      KD_WORD("method", "frequency|time", "frequency", "Linearised, or marched in time to a steady answer."),          \
      KD_WORD("contents", "free|locked", "free", "Do the liquids inside move along?"),                                 \
      KD_IN("elements", "1", "100", "4", "20000", "Elements."),                                                        \
      KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall, share of critical."),                                   \
      KD_IN("wall_drag", "1", "0.01", "0", "1", "Drag coefficient along the wall."),                                   \
      KD_IN("head_drag_area", "m2", "0 m2", "0 m2", "1e4 m2", "Cd A of the head along the string."),                   \
      KD_IN("head_added_mass", "kg", "0 t", "0 t", "1e5 t", "Water that moves with the head."),                        \
      KD_IN("added_mass", "kg/m", "0 kg/m", "0 kg/m", "1e4 kg/m", "Water that moves with the string."),                \
      KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m",                                                      \
            "Of a compensator or soft hang-off; none: the string hangs hard."),                                        \
      KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same."),                              \
      KD_IN("step", "s", "0.05 s", "0 s exclusive", "10 s", "Time step of the march."),                                \
      KD_IN("radius", "1", "0.8", "0", "1", "Spectral radius of the march at infinity."),                              \
      KD_IN("cycles", "1", "60", "2", "10000", "Periods of the march; the last fifth counts.")
enum { KD_AXIAL_OPTIONS = 15 };

/* What a string in a sea by frequency needs. */
#define KD_SEA_BAR_FIELDS(contents, count)                                                                             \
  KD_WORD("contents", "free|locked", contents, "Do the liquids inside move along the string?"),                        \
      KD_IN("elements", "1", count, "4", "2000", "Elements, exact ones."),                                             \
      KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall, share of critical."),                                   \
      KD_IN("wall_drag", "1", "0.01", "0", "1", "Drag coefficient along the wall."),                                   \
      KD_IN("head_drag_area", "m2", "10 m2", "0 m2", "1e4 m2", "Cd A of the head along the string."),                  \
      KD_IN("head_added_mass", "kg", "0 t", "0 t", "1e5 t", "Water that moves with the head."),                        \
      KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m", "Of a compensator; none: hung hard."),               \
      KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same.")
enum { KD_SEA_BAR_OPTIONS = 8 };

typedef struct kd_axial_options {
  double amplitude, period;
  int method, locked;
  double elements, damping, wall_drag, head_drag_area, head_added_mass, added_mass, hold_stiffness, hold_damping;
  double step, radius, cycles;
} kd_axial_options;

kd_axial_options kd_axial_options_read(const double *in);
/* From KD_SEA_BAR_FIELDS. */
kd_axial_options kd_sea_bar_options_read(const double *in);
kd_status kd_axial_bar(kd_bar *out, const kd_string_segment *segments, size_t count, const kd_string_load *load,
                       const kd_axial_options *options, kd_work *work);
/* Marches a regular heave from rest with a soft start; half the range over the last fifth. steps: taken. */
kd_status kd_axial_march_regular(kd_bar_amplitudes *out, double *steps, const kd_bar *bar, const kd_axial_options *o,
                                 kd_work *work);

#endif
