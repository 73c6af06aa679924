// SPDX-License-Identifier: Apache-2.0
/* The lift of a scenario in a sea: its line in time and its string together, for a sea state and an event. */
#ifndef KD_LIFT_LIFT_SEA_H
#define KD_LIFT_LIFT_SEA_H

#include "base/kernel.h"
#include "lift/coupling_line.h"
#include "lift/kernels_string.h"
#include "lift/lift_event.h"

/* Options, in this order, as fields that read "3 m" and have defaults. */
typedef enum kd_lift_sea_option {
  KD_SEA_HS,
  KD_SEA_TP,
  KD_SEA_HEADING,
  KD_SEA_GAMMA,
  KD_SEA_LAW,
  KD_SEA_HS2,
  KD_SEA_TP2,
  KD_SEA_DURATION,
  KD_SEA_SETTLE,
  KD_SEA_STEP,
  KD_SEA_EVERY,
  KD_SEA_WAY,
  KD_SEA_MODEL,
  KD_SEA_ELEMENTS,
  KD_SEA_WAVES,
  KD_SEA_MOTION,
  KD_SEA_CURRENT,
  KD_SEA_DRAG,
  KD_SEA_ADDED,
  KD_SEA_HOLD_STIFFNESS,
  KD_SEA_HOLD_DAMPING,
  KD_SEA_STRING_PORT,
  KD_SEA_STRING_HEIGHT,
  KD_SEA_OPTIONS
} kd_lift_sea_option;
/* The sea, the ship and the string in it. */
#define KD_LIFT_SEA_FIELDS                                                                                             \
  KD_IN("hs", "m", "3 m", "0 m", "30 m", "Significant wave height."),                                                  \
      KD_IN("tp", "s", "10 s", "2 s", "40 s", "Peak period."),                                                         \
      KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Of the waves: 0 astern, 180 ahead."),                 \
      KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement of JONSWAP."),                                           \
      KD_WORD("law", KD_SPECTRUM_LAWS, "jonswap", "Of the spectrum."),                                                 \
      KD_IN("hs2", "m", "0 m", "0 m", "30 m", "Second peak of Ochi and Hubble."),                                      \
      KD_IN("tp2", "s", "8 s", "1 s", "60 s", "Second peak of Ochi and Hubble."),                                      \
      KD_IN("duration", "s", "30 min", "10 s", "1e6 s", "Of the sea that counts."),                                    \
      KD_IN("settle", "s", "300 s", "0 s", "1e5 s", "Before that, in which the heave grows."),                         \
      KD_IN("step", "s", "0.1 s", "1e-3 s", "10 s", "Time step of string and line."),                                  \
      KD_IN("every", "s", "none", "0.01 s", "3600 s", "Between rows; none: a two thousandth of all, at least 0.5 s."), \
      KD_WORD("way", "none|one|two", "two", "Does the string drive the line, and the line load the string?"),          \
      KD_WORD("model", "bar|beam", "bar", "String along its axis, or with bending in space."),                         \
      KD_IN("elements", "1", "200", "4", "5000", "Of the string."),                                                    \
      KD_IN("waves", "1", "100", "1", "2000", "Components of equal energy."),                                          \
      KD_WORD("motion", "vertical|all", "all", "Of the ship at the string; across for the beam."),                     \
      KD_IN("current", "m/s", "0 m/s", "-5 m/s", "5 m/s", "Along the waves, at all depths; for the beam."),            \
      KD_IN("drag", "1", "1.2", "0", "10", "Drag coefficient across, Cd."),                                            \
      KD_IN("added", "1", "1", "0", "5", "Coefficient of added mass, Ca."),                                            \
      KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m", "Of a heave compensator; none: hung hard."),         \
      KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same."),                              \
      KD_IN("string_port", "m", "0 m", "-100 m", "100 m", "Place of the string to port."),                             \
      KD_IN("string_height", "m", "0 m", "-100 m", "200 m", "Of its top over the axis of roll and pitch.")
extern const kd_field kd_lift_sea_fields[KD_SEA_OPTIONS];

/* A case of a sea from the options; drag, damping, head and ship are the caller's. */
kd_sea_case kd_lift_sea_case(const double *in);

/* in: the options; the event is played in the sea (KD_EVENT_STEADY: the lift goes on). report->string is filled. */
kd_status kd_lift_sea_run(kd_event_report *out, const double *in, kd_lift_event event, size_t cells, bool frames,
                          const kd_lift_params *p, const kd_slurry *feed, kd_work *work);

#endif
