// SPDX-License-Identifier: Apache-2.0
/* What happens to the lift of a scenario in time: start, stop, restart, plug, batch, trip, surge. */
#ifndef KD_LIFT_LIFT_EVENT_H
#define KD_LIFT_LIFT_EVENT_H

#include "lift/lift.h"
#include "lift/transient.h"

typedef enum kd_lift_event {
  KD_EVENT_START_UP,
  KD_EVENT_SHUTDOWN,
  KD_EVENT_RESTART,
  KD_EVENT_PLUG,
  KD_EVENT_BATCH,
  KD_EVENT_PUMP_TRIP,
  KD_EVENT_SURGE,
  KD_EVENT_STEADY
} kd_lift_event;
#define KD_LIFT_EVENTS "start_up|shutdown|restart|plug|batch|pump_trip|surge|steady"

typedef struct kd_event_options {
  kd_lift_event event;
  size_t cells;       /* in the whole line */
  double every, step; /* s; NaN: by the event */
  double tank;        /* separator [m3]; NaN: two minutes of slurry */
  double ramp;        /* of pump or air [s]; NaN: 2 and 5 minutes, a minute for the surge */
  bool frames;
  double until; /* s; 0: by the event */
  /* The string to couple with, its line left out; NULL: none. */
  const struct kd_line_coupling_spec *string;
} kd_event_options;

/* Figures of an event; NaN: does not apply. */
typedef struct kd_event_report {
  kd_history history;
  struct kd_string_history *string; /* NULL: none was coupled */
  kd_lift_result steady;
  double *distance, *depth;        /* of each cell: along the path, below the sea surface */
  double transit_time;             /* s, from the feed at the foot to the first half of the solids rate at the deck */
  double settled_time;             /* s, to 90 % of the last liquid rate */
  double peak_liquid, last_liquid; /* m3/s at the deck, means over a row */
  double surge;                    /* peak over the steady slurry rate */
  double peak_air;                 /* kg/s at the deck */
  double overflow, tank;           /* m3 */
  double peak_pressure, least_pressure; /* Pa, in the line, absolute */
  double peak_pump;                     /* Pa */
  double densest;                       /* share of coarse grains in a cell */
  double spread;                        /* s, standard deviation in time of what comes up of a batch beyond that fed */
  double backflow;                      /* m3/s, largest, at the inlet */
  double solids_left;                   /* kg of fines and grains at the end */
  bool moves;                           /* the column flows at the end */
} kd_event_report;

kd_status kd_lift_event_run(kd_event_report *out, const kd_event_options *options, const kd_lift_params *p,
                            const kd_slurry *feed, kd_work *work);

#endif
