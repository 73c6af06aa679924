// SPDX-License-Identifier: Apache-2.0
/* The string as a beam through a sea state: built from segments, set to rest in the current, marched through waves. */
#ifndef KD_LIFT_STRING_SEA_H
#define KD_LIFT_STRING_SEA_H

#include "lift/kernels_string.h"
#include "lift/string_beam.h"
#include "lift/vessel.h"
#include "lift/waves.h"

typedef struct kd_sea_case {
  double elements, hs, tp, gamma, heading;
  double duration, step, lead_in, waves, radius;
  double drag, skin, added; /* Cd, Ct, Ca */
  int locked;               /* contents move along too */
  double head_drag_area, head_added_mass, flow, damping;
  double hold_stiffness, hold_damping;
  kd_hull hull;
  const kd_table *rao;         /* of the ship; NULL: the box hull */
  const kd_table *spectrum;    /* measured; NULL: law, hs and tp */
  int every_motion;            /* 0: vertical only; 1: along, across and vertical, with the lever arms */
  int law;                     /* kd_spectrum_law */
  double second_hs, second_tp; /* of Ochi and Hubble's second peak */
  double regular_amplitude;    /* with hs 0: heave of this amplitude at tp, m */
  double end_length;           /* elements grow from the top over this length, m; 0: uniform */
} kd_sea_case;

#define KD_SEA_CASE_FIELDS                                                                                             \
  KD_IN("elements", "1", "100", "4", "5000", "Elements."),                                                             \
      KD_IN("hs", "m", NULL, "0 m", "30 m", "Significant wave height."),                                               \
      KD_IN("tp", "s", NULL, "1 s", "60 s", "Peak period."),                                                           \
      KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement."),                                                      \
      KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Of the waves: 0 astern, 180 ahead."),                 \
      KD_IN("duration", "s", "600 s", "1 s", "1e6 s", "Time that counts."),                                            \
      KD_IN("step", "s", "0.1 s", "1e-4 s", "10 s", "Time step."),                                                     \
      KD_IN("lead_in", "s", "100 s", "0 s", "1e5 s", "Time before that, in which the motion grows."),                  \
      KD_IN("waves", "1", "60", "1", "2000", "Components of equal energy."),                                           \
      KD_IN("radius", "1", "0.8", "0", "1", "Spectral radius of the march at infinity."),                              \
      KD_IN("drag", "1", "1.2", "0", "10", "Drag coefficient across, Cd."),                                            \
      KD_IN("wall_drag", "1", "0.01", "0", "1", "Drag coefficient along, Ct."),                                        \
      KD_IN("added", "1", "1", "0", "5", "Coefficient of added mass, Ca."),                                            \
      KD_WORD("contents", "free|locked", "free", "Do the liquids inside move along the string?"),                      \
      KD_IN("head_drag_area", "m2", "10 m2", "0 m2", "1e4 m2", "Cd A of the head."),                                   \
      KD_IN("head_added_mass", "kg", "0 t", "0 t", "1e5 t", "Water that moves with the head."),                        \
      KD_IN("flow", "m/s", "0 m/s", "-100 m/s", "100 m/s", "Speed of the contents down the string; lifted: below 0."), \
      KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall along, share of critical at tp."),                       \
      KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m", "Of a heave compensator; none: hung hard."),         \
      KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same."),                              \
      KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull for the heave."),                                   \
      KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),                                                    \
      KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull."),                                               \
      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship."),                   \
      KD_IN("end_length", "m", "0 m", "0 m", "1000 m", "Shorter elements over this length at the top; 0: uniform."),   \
      KD_WORD("motion", "vertical|all", "vertical",                                                                    \
              "Of the ship at the string: vertical alone, or along and across the waves too."),                        \
      KD_IN("string_port", "m", "0 m", "-100 m", "100 m", "Place of the string to port."),                             \
      KD_IN("string_height", "m", "0 m", "-100 m", "200 m", "Of its top over the axis of roll and pitch."),            \
      KD_WORD("law", KD_SPECTRUM_LAWS, "jonswap", "Of the spectrum."),                                                 \
      KD_IN("hs2", "m", "0 m", "0 m", "30 m", "Second peak of Ochi and Hubble."),                                      \
      KD_IN("tp2", "s", "8 s", "1 s", "60 s", "Second peak of Ochi and Hubble.")
enum { KD_SEA_CASE_COLUMNS = 31 };
kd_sea_case kd_sea_case_read(const double *in);

typedef struct kd_string_sea_node {
  double arc, offset, depth;                   /* at rest */
  double mean, least, most, sd;                /* effective tension, N */
  double curvature, bending_stress, von_mises; /* largest */
  double range, damage_year; /* largest less least axial stress; narrow-band damage in a year of this sea */
  double motion_sd;          /* along the string, m */
} kd_string_sea_node;

typedef struct kd_sea_result {
  size_t nodes;
  kd_string_sea_node *node;
  kd_beam_count count;
  double heave_sd, top_angle; /* m; largest angle at the top, rad */
} kd_sea_result;

/* Beam from segments; positions hang straight down from (0, 0, freeboard) with the static stretch. */
kd_status kd_sea_beam(kd_beam *out, double **positions, const kd_string_segment *segments, size_t count,
                      const kd_string_load *load, const kd_sea_case *c, kd_work *work);

/* Motion of the string's top from the wave train; position, speed, acceleration along z over base. */
typedef struct kd_ship_motion {
  kd_wave_train train;
  double *rao;        /* vertical only: amplitude times response, in phase with the wave */
  kd_complex3 *every; /* in all three directions; NULL: vertical only */
} kd_ship_motion;
kd_status kd_ship_motion_create(kd_ship_motion *out, const kd_sea_case *c, kd_work *work);
void kd_ship_motion_at(kd_beam_motion *out, const kd_ship_motion *self, double time, double ramp, double base);

/* Called after every step that counts. */
typedef void kd_sea_step_fn(double time, const kd_beam_motion *top, const kd_beam_march *march, void *user);

kd_status kd_sea_case_run(kd_sea_result *out, const kd_string_segment *segments, size_t count,
                          const kd_string_load *load, const kd_current *current, const kd_sea_case *c,
                          kd_sea_step_fn *each, void *user, kd_work *work);

#endif
