// SPDX-License-Identifier: Apache-2.0
/* The lift of a scenario in a sea: its line in time and its string together, for a sea state and an event. */
#ifndef KD_LIFT_LIFT_SEA_H
#define KD_LIFT_LIFT_SEA_H

#include "base/kernel.h"
#include "lift/coupling_line.h"
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
extern const kd_field kd_lift_sea_fields[KD_SEA_OPTIONS];

/* in: the options; the event is played in the sea (KD_EVENT_STEADY: the lift goes on). report->string is filled. */
kd_status kd_lift_sea_run(kd_event_report *out, const double *in, kd_lift_event event, size_t cells, bool frames,
                          const kd_lift_params *p, const kd_slurry *feed, kd_work *work);

#endif
