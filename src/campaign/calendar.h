// SPDX-License-Identifier: Apache-2.0
/* Inside of the campaign: the sea, the storms, the failures and the calendar made of them. */
#ifndef KD_CAMPAIGN_CALENDAR_H
#define KD_CAMPAIGN_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "campaign/campaign.h"

#define KD_SEA_STEP 10800.0 /* s: the sea holds for three hours */

/* Wave limits that decide something. */
typedef enum kd_sea_state_limit {
  KD_LIMIT_NONE,
  KD_LIMIT_DEPART,
  KD_LIMIT_SLOW,
  KD_LIMIT_TRANSIT,
  KD_LIMIT_RUN,
  KD_LIMIT_LAND,
  KD_LIMIT_LIFT,
  KD_LIMIT_HANG,
  KD_LIMIT_CALM,
  KD_LIMIT_ROUGH,
  KD_LIMITS
} kd_sea_state_limit;

/* Sea state by three-hour steps from the start. The normal score z of ln Hs within its month is compared with every
 * limit once, and each step keeps one bit for each limit that it stays under. Made as far as asked. */
typedef struct kd_sea_state {
  uint16_t *open;              /* bit k: at or below limit k; bit KD_SEA_SPOILT: a cyclone's sea, no work on site */
  size_t made, capacity;       /* steps known; beyond capacity every sea is workable */
  double score;                /* z of the last step made */
  double limit[KD_LIMITS][12]; /* largest workable score */
  double mean[12], spread[12]; /* of ln Hs */
  double lifting[12];          /* m: height up to which mud is lifted */
  int string_governs;          /* months in which the string's operability by period is what limits it */
  double carry, shock;         /* AR(1): z' = carry z + shock N */
  double start, month_end;     /* date of step 0; date at which the month of the next step ends */
  int year, month_now;
  const kd_column *series; /* hourly Hs of the user, or NULL */
  size_t series_rows;
  size_t series_offset; /* hour of the series at step 0 */
  kd_stream rng;
} kd_sea_state;

kd_status kd_sea_state_create(kd_sea_state *out, const kd_campaign_params *p, const double *limits, size_t capacity,
                              kd_work *work);
/* Sets the limit of lifting of each month from the lift's operability by period: within a month the peak period goes
 * with the root of the height, so that the steepness stays that of the month's means. */
kd_status kd_sea_state_by_period(kd_sea_state *self, const kd_campaign_params *p, const kd_limits *lift, kd_error *err);
void kd_sea_state_make(kd_sea_state *self, size_t steps); /* makes the first `steps` steps known, up to capacity */
#define KD_SEA_SPOILT 15
_Static_assert(KD_LIMITS <= KD_SEA_SPOILT, "one bit for each limit");

/* May work under this limit go on in this step? */
static inline bool kd_sea_state_allows(kd_sea_state *self, size_t step, kd_sea_state_limit limit) {
  if (limit == KD_LIMIT_NONE || step >= self->capacity) return true;
  if (step >= self->made) kd_sea_state_make(self, step + 64);
  const bool on_site = limit >= KD_LIMIT_RUN && limit <= KD_LIMIT_HANG;
  return (self->open[step] >> limit & 1) && !(on_site && self->open[step] >> KD_SEA_SPOILT & 1);
}
/* And in all steps of a window that begins here? */
bool kd_sea_state_allows_window(kd_sea_state *self, size_t step, kd_sea_state_limit limit, double window);

/* Year and month (1 .. 12) of a date, and the date at which the month ends. */
void kd_date_month(double date, int *year, int *month, double *month_end);

/* A cyclone that comes by. Times in s from the start of the campaign. */
typedef struct kd_storm {
  double closest; /* distance of closest approach, m */
  double enter;   /* enters the stand-off circle; of a passer-by: closest approach */
  double leave;
  double birth; /* known to the forecasters from then on */
  double error; /* standard normal score of the forecast */
  int looks;    /* 0 not yet judged, 1 judged from afar, 2 done */
} kd_storm;

#define KD_STORMS 128

/* Draws the storms between 0 and `horizon`, in order of `enter`, and marks the steps of the sea that they spoil. */
size_t kd_storms_draw(kd_storm *out, kd_sea_state *sea, const kd_campaign_params *p, double horizon, kd_work *work);

/* Failures while lifting and while running or recovering the string. */
typedef enum kd_exposure {
  KD_EXPOSED_LIFTING,
  KD_EXPOSED_RUNNING,
  KD_EXPOSURES,
  KD_EXPOSED_NEVER = KD_EXPOSURES
} kd_exposure;
typedef struct kd_hazard {
  const kd_table *table;
  double mean[KD_EXPOSURES]; /* mean time to the next failure that stops the work, s; (double)INFINITY: never */
  double left[KD_EXPOSURES]; /* exposed time to the next one */
  double factor, spread;
  kd_stream rng;
} kd_hazard;

kd_status kd_hazard_create(kd_hazard *out, const kd_campaign_params *p, kd_work *work);
/* Which unit failed: its repair time, and whether the string must come up. Draws the next failure. */
void kd_hazard_strike(kd_hazard *self, kd_exposure exposure, double *repair, bool *surface);

/* The calendar of the campaign in whole seconds, so that its parts add up exactly. */
typedef struct kd_calendar {
  double hours[KD_HOURS]; /* lifting holds the moves as well until they are split */
  double burn[KD_BURNS];
  double departed, arrived, bottom, mud, returned; /* s from the start; NaN: never */
  double station, hang_exceeded, t_time;
  double lifting_limit, string_governs; /* m, mean of the months; share of the months */
  unsigned stand_downs, false_alarms, late, failures, string_trips, trips;
} kd_calendar;

kd_status kd_calendar_simulate(kd_calendar *out, const kd_campaign_params *p, const kd_slurry *feed,
                               const kd_limits *limits, kd_work *work);

/* A stream of this stage of its own for each purpose, so that one more draw here changes nothing there. */
kd_stream kd_campaign_stream(const kd_work *work, const char *purpose);

#endif
