// SPDX-License-Identifier: Apache-2.0
/* The calendar of a campaign: a machine of few states that moves through three-hour steps of the sea.
 *
 *   depart -> passage out -> prepare -> run the string -> land -> start up -> lift -> recover -> passage home
 *
 * Work goes on while the sea allows it (a task starts only when its window is open, and what is done stays done).
 * Four things break in: the sea, a cyclone, a failure, and the end of the plan. Before a cyclone the string is secured
 * and the ship clears the stand-off circle; the alert is given when the time to the storm's arrival falls to the
 *
 *   T-time = f (flush + secure + stand-off distance / speed)                            (1)
 *   stand down if  closest + error_rate T N(0,1) < stand-off + margin error_rate T      (2)
 *
 * and a storm that the forecast had missed is seen for certain one day before it comes (a late stand-down).
 * All times are whole seconds: the hours by cause add up to the calendar without rounding.
 *
 * Source    T-time as in the offshore practice of securing wells; joint times and margins assumed, see the parameters.
 * Range     one ship, one string; a campaign of days to a year.
 * Weakness  in a sea above the hang-off limit the string rides it out (the hours are counted); maintenance is not
 *           advanced when the string happens to be up.
 */
#include <math.h>

#include "campaign/calendar.h"

#define KD_DAY       86400.0
#define KD_LATE_LEAD 86400.0 /* s before arrival at which the track of a storm is certain; assumed */

typedef enum kd_state {
  STATE_DEPLOY,
  STATE_LAND,
  STATE_START,
  STATE_LIFT,
  STATE_FLUSH,
  STATE_RECOVER,
  STATE_REPAIR,
  STATE_CLEAR,
  STATE_LEAVE
} kd_state;
typedef enum kd_break { BREAK_NONE, BREAK_SEA, BREAK_STORM, BREAK_FAILURE, BREAK_END } kd_break;
typedef enum kd_reason { REASON_NONE, REASON_SEA, REASON_STORM, REASON_FAILURE, REASON_END } kd_reason;

typedef struct kd_sim {
  kd_calendar *log;
  const kd_campaign_params *p;
  kd_sea_state sea;
  kd_hazard hazard;
  kd_storm storm[KD_STORMS];
  size_t storms, next_storm;
  double now, site_end, trip_end;
  double joints, deploy_time, recover_time, flush_time; /* s for the whole string */
  double string;                                        /* share of the string in the water, 0 .. 1 */
  double repair;                                        /* s of repair that wait for the string to be up */
  kd_reason reason;                                     /* why the string comes up */
  int cause;                                            /* hours that work is booked under; -1: its own */
  bool hung;                                            /* the string was left hanging off */
  kd_stream rng;
} kd_sim;

static double whole(double seconds) {
  return floor(seconds + 0.5);
}

/* Books time that passes, step by step of the sea, and lets the clock run. */
static void pass(kd_sim *s, double seconds, int hours, int burn) {
  while (seconds > 0) {
    const size_t step = (size_t)(s->now / KD_SEA_STEP);
    const double slice = fmin(seconds, KD_SEA_STEP * (double)(step + 1) - s->now);
    kd_burn mode = (kd_burn)burn;
    if (burn < 0) /* on station: the burn follows the sea */
      mode = kd_sea_state_allows(&s->sea, step, KD_LIMIT_CALM)    ? KD_BURN_CALM
             : kd_sea_state_allows(&s->sea, step, KD_LIMIT_ROUGH) ? KD_BURN_MODERATE
                                                                  : KD_BURN_ROUGH;
    s->log->hours[hours] += slice;
    s->log->burn[mode] += slice;
    if (burn < 0) s->log->station += slice;
    if (burn < 0 && s->string > 0 && !kd_sea_state_allows(&s->sea, step, KD_LIMIT_HANG)) s->log->hang_exceeded += slice;
    s->now += slice;
    seconds -= slice;
  }
}

static int booked(const kd_sim *s, int hours) {
  return s->cause >= 0 ? s->cause : hours;
}
/* Waiting for the sea is the weather's, unless a cyclone began it. */
static int waiting(const kd_sim *s) {
  return s->cause == KD_HOURS_CYCLONE ? KD_HOURS_CYCLONE : KD_HOURS_WEATHER;
}

static double t_time(const kd_sim *s) {
  const double secure =
      s->p->secure == KD_SECURE_HANG_OFF && s->string > 0 ? s->p->disconnect_time : s->string * s->recover_time;
  return s->p->t_time_factor * (s->flush_time + secure + s->p->stand_off / s->p->transit_speed);
}

/* Is it time to look at the next storm? Storms that are over or done are left behind. */
static bool storm_alert(kd_sim *s) {
  while (s->next_storm < s->storms) {
    const kd_storm *storm = &s->storm[s->next_storm];
    if (storm->looks < 2 && s->now < storm->leave) {
      const double lead = storm->looks == 0 ? t_time(s) : fmin(t_time(s), KD_LATE_LEAD);
      return s->now >= fmax(storm->birth, storm->enter - lead);
    }
    s->next_storm++;
  }
  return false;
}

/* Judges the storm at hand by (2): true when the ship must go. */
static bool stand_down(kd_sim *s) {
  kd_storm *storm = &s->storm[s->next_storm];
  const double lead = fmax(0, storm->enter - s->now), error = s->p->forecast_error * lead;
  const bool hits = storm->closest < s->p->stand_off, late = storm->looks == 1 || lead < KD_LATE_LEAD;
  const bool goes =
      late ? hits : storm->closest + error * storm->error < s->p->stand_off + s->p->forecast_margin * error;
  storm->looks = goes || late ? 2 : 1;
  if (!goes) return false;
  s->log->stand_downs++;
  if (!hits) s->log->false_alarms++;
  if (late && lead < t_time(s) / s->p->t_time_factor) s->log->late++;
  return true;
}

/* Does a piece of work until it is done or broken off; *left is what remains of it. */
static kd_break work_on(kd_sim *s, double *left, kd_sea_state_limit limit, double window, int hours,
                        kd_exposure exposure, bool until_end) {
  bool going = false;
  while (*left > 0) {
    if (until_end && s->now + s->p->recovery_margin * s->string * s->recover_time >= s->trip_end) return BREAK_END;
    if (s->reason != REASON_END && s->reason != REASON_STORM && storm_alert(s) && stand_down(s)) return BREAK_STORM;
    const size_t step = (size_t)(s->now / KD_SEA_STEP);
    double slice = KD_SEA_STEP * (double)(step + 1) - s->now;
    if (!(going ? kd_sea_state_allows(&s->sea, step, limit)
                : kd_sea_state_allows_window(&s->sea, step, limit, window))) {
      if (hours == KD_HOURS_LIFTING && going) return BREAK_SEA;
      going = false;
      pass(s, slice, waiting(s), -1);
      continue;
    }
    going = true;
    slice = fmin(slice, *left);
    if (exposure != KD_EXPOSED_NEVER) {
      slice = fmin(slice, fmax(1, whole(s->hazard.left[exposure])));
      s->hazard.left[exposure] -= slice;
    }
    pass(s, slice, booked(s, hours), -1);
    *left -= slice;
    if (exposure != KD_EXPOSED_NEVER && s->hazard.left[exposure] < 0.5) return BREAK_FAILURE;
  }
  return BREAK_NONE;
}

/* A passage: full speed in a low sea, slow above one limit, hove to above another; the delay is the weather's. */
static void passage(kd_sim *s, double distance) {
  while (distance > 0) {
    const size_t step = (size_t)(s->now / KD_SEA_STEP);
    const double slice = KD_SEA_STEP * (double)(step + 1) - s->now;
    const double share = kd_sea_state_allows(&s->sea, step, KD_LIMIT_SLOW)      ? 1
                         : kd_sea_state_allows(&s->sea, step, KD_LIMIT_TRANSIT) ? s->p->slow_share
                                                                                : 0;
    const double speed = share * s->p->transit_speed;
    const double time = speed * slice >= distance ? fmax(1, whole(distance / speed)) : slice;
    const double sailed = whole(share * time);
    pass(s, sailed, booked(s, KD_HOURS_TRANSIT), KD_BURN_TRANSIT);
    pass(s, time - sailed, waiting(s), KD_BURN_TRANSIT);
    distance = time < slice ? 0 : distance - speed * slice;
  }
}

/* Time of the whole string down or up: the sum of many lognormal joints, near normal. */
static double string_time(kd_sim *s, double joint_time, bool tests) {
  const double mean = s->joints * joint_time;
  double time = mean * fmax(0.2, 1 + s->p->joint_spread / sqrt(s->joints) * kd_stream_normal(&s->rng));
  if (tests && s->p->pressure_test_interval > 0)
    time += floor(s->joints / s->p->pressure_test_interval) * s->p->pressure_test_time;
  return fmax(1, whole(time));
}

/* A failure while running or recovering is mended on board; while lifting some bring the string up. */
static kd_state fail(kd_sim *s, kd_exposure exposure, kd_state back) {
  double repair;
  bool surface;
  s->log->failures++;
  kd_hazard_strike(&s->hazard, exposure, &repair, &surface);
  if (!surface) {
    pass(s, whole(repair), booked(s, KD_HOURS_FAILURE), -1);
    return back;
  }
  s->repair += whole(repair);
  s->reason = REASON_FAILURE;
  s->cause = KD_HOURS_REPAIR_ACCESS;
  return STATE_FLUSH;
}

/* The break that ends the work of a state decides the next one. */
static kd_state broken(kd_sim *s, kd_break why, kd_state self) {
  const bool full = self == STATE_LIFT || self == STATE_START;
  if (why == BREAK_SEA) {
    s->reason = REASON_SEA;
    return STATE_FLUSH;
  }
  if (why == BREAK_STORM) {
    s->reason = REASON_STORM;
    s->cause = KD_HOURS_CYCLONE;
  } else {
    s->reason = REASON_END;
    s->cause = -1;
  }
  return full ? STATE_FLUSH : STATE_RECOVER;
}

static kd_state deploy(kd_sim *s) {
  if (s->hung) { /* the string waits at its buoy */
    pass(s, whole(s->p->reconnect_time), booked(s, KD_HOURS_RUNNING), -1);
    s->hung = false;
    s->string = 1;
    return STATE_LAND;
  }
  if (s->string <= 0) s->deploy_time = string_time(s, s->p->joint_time, true);
  double left = fmax(1, whole((1 - s->string) * s->deploy_time));
  const double all = left, from = s->string;
  s->log->string_trips += from <= 0 ? 1 : 0;
  for (;;) {
    const kd_break why = work_on(s, &left, KD_LIMIT_RUN, s->p->run_window, KD_HOURS_RUNNING, KD_EXPOSED_RUNNING, true);
    s->string = from + (1 - from) * (1 - left / all);
    if (why == BREAK_NONE) return STATE_LAND;
    if (why != BREAK_FAILURE) return broken(s, why, STATE_DEPLOY);
    if (fail(s, KD_EXPOSED_RUNNING, STATE_DEPLOY) != STATE_DEPLOY) return STATE_RECOVER;
  }
}

static kd_state land(kd_sim *s) {
  double left = whole(s->p->landing_time);
  const kd_break why = work_on(s, &left, KD_LIMIT_LAND, s->p->landing_time, KD_HOURS_LANDING, KD_EXPOSED_NEVER, true);
  if (why != BREAK_NONE) return broken(s, why, STATE_LAND);
  if (isnan(s->log->bottom)) {
    s->log->bottom = s->now;
    if (!isnan(s->p->test_time)) { /* the plan ends with the test, and the string comes up in due time */
      s->site_end = fmin(s->site_end, s->now + whole(s->p->test_time) + s->p->recovery_margin * s->recover_time);
    }
  }
  return STATE_START;
}

static kd_state start_up(kd_sim *s) {
  double left = whole(isnan(s->log->mud) ? s->p->start_up_time : s->p->restart_time);
  const kd_break why = work_on(s, &left, KD_LIMIT_LIFT, fmax(s->p->lift_window, s->p->restart_time),
                               KD_HOURS_RESTARTING, KD_EXPOSED_NEVER, true);
  return why == BREAK_NONE ? STATE_LIFT : broken(s, why, STATE_START);
}

static kd_state lift(kd_sim *s) {
  double left = HUGE_VAL;
  s->cause = -1;
  if (isnan(s->log->mud)) { /* from here on the plan holds again, but for a least test */
    s->log->mud = s->now;
    s->trip_end =
        fmin(s->trip_end, fmax(s->site_end, s->now + s->p->least_test + s->p->recovery_margin * s->recover_time));
  }
  const kd_break why = work_on(s, &left, KD_LIMIT_LIFT, 0, KD_HOURS_LIFTING, KD_EXPOSED_LIFTING, true);
  return why == BREAK_FAILURE ? fail(s, KD_EXPOSED_LIFTING, STATE_START) : broken(s, why, STATE_LIFT);
}

static kd_state flush(kd_sim *s) {
  pass(s, whole(s->flush_time), booked(s, KD_HOURS_FLUSHING), -1);
  if (s->reason == REASON_SEA) {
    s->reason = REASON_NONE;
    return STATE_START;
  }
  return STATE_RECOVER;
}

static kd_state recover(kd_sim *s) {
  if (s->reason == REASON_STORM && s->p->secure == KD_SECURE_HANG_OFF && s->string >= 1) {
    pass(s, whole(s->p->disconnect_time), booked(s, KD_HOURS_RECOVERING), -1);
    s->hung = true;
    s->string = 0;
    return STATE_CLEAR;
  }
  double left = whole(s->string * s->recover_time);
  const double from = s->string, all = fmax(1, left);
  for (;;) {
    const kd_break why =
        work_on(s, &left, KD_LIMIT_RUN, s->p->run_window, KD_HOURS_RECOVERING, KD_EXPOSED_RUNNING, false);
    s->string = from * left / all;
    if (why == BREAK_NONE) break;
    if (why == BREAK_FAILURE) {
      const kd_reason reason = s->reason; /* it comes up already: only the work waits at the top */
      const int cause = s->cause;
      fail(s, KD_EXPOSED_RUNNING, STATE_RECOVER);
      s->reason = reason;
      s->cause = cause;
    } else { /* a storm while the string comes up for a repair: go on, and clear the circle after it */
      s->reason = REASON_STORM;
      s->cause = KD_HOURS_CYCLONE;
    }
  }
  s->string = 0;
  if (s->reason == REASON_END) return STATE_LEAVE;
  return s->reason == REASON_STORM ? STATE_CLEAR : STATE_REPAIR;
}

static kd_state repair(kd_sim *s) {
  const double left = s->repair;
  s->repair = 0;
  s->reason = REASON_NONE;
  pass(s, left, KD_HOURS_FAILURE, -1);
  return STATE_DEPLOY;
}

/* Out of the storm's way and back; a storm that turned out to pass by is not fled from. */
static kd_state clear_circle(kd_sim *s) {
  const kd_storm *storm = &s->storm[s->next_storm];
  s->reason = REASON_NONE;
  if (storm->closest < s->p->stand_off && s->now < storm->leave) {
    const double sail = whole(s->p->stand_off / s->p->transit_speed);
    pass(s, sail, KD_HOURS_CYCLONE, KD_BURN_TRANSIT);
    const double wait = whole(fmax(0, storm->leave - s->now));
    pass(s, wait, KD_HOURS_CYCLONE, KD_BURN_CALM);
    pass(s, sail, KD_HOURS_CYCLONE, KD_BURN_TRANSIT);
  }
  if (s->repair > 0) return STATE_REPAIR; /* what was broken is mended while the string is up */
  return s->now >= s->trip_end && !s->hung ? STATE_LEAVE : STATE_DEPLOY;
}

/* One trip from the quay and back. */
static void trip(kd_sim *s) {
  kd_state state = STATE_DEPLOY;
  passage(s, s->p->port_distance);
  if (isnan(s->log->arrived)) s->log->arrived = s->now;
  s->trip_end = s->site_end;
  if (isnan(s->log->mud)) s->trip_end += s->p->overrun; /* the plan is prolonged for the first mud */
  if (s->p->resupply == KD_RESUPPLY_PORT_CALL)
    s->trip_end = fmin(s->trip_end, s->now + s->p->endurance - 2 * s->p->port_distance / s->p->transit_speed);
  s->reason = REASON_NONE;
  s->cause = -1;
  pass(s, whole(s->p->preparation_time), KD_HOURS_PREPARATION, -1);
  while (state != STATE_LEAVE) switch (state) {
    case STATE_DEPLOY:
      state = deploy(s);
      break;
    case STATE_LAND:
      state = land(s);
      break;
    case STATE_START:
      state = start_up(s);
      break;
    case STATE_LIFT:
      state = lift(s);
      break;
    case STATE_FLUSH:
      state = flush(s);
      break;
    case STATE_RECOVER:
      state = recover(s);
      break;
    case STATE_REPAIR:
      state = repair(s);
      break;
    case STATE_CLEAR:
      state = clear_circle(s);
      break;
    case STATE_LEAVE:
      break;
    }
  s->cause = -1;
  passage(s, s->p->port_distance);
  s->log->returned = s->now;
  s->log->trips++;
}

/* Limits in the order of kd_sea_state_limit: the tighter of what the lift and the vessel can do, unless the user says.
 */
static void find_limits(double *limit, const kd_campaign_params *p, const kd_limits *lift) {
  limit[KD_LIMIT_NONE] = HUGE_VAL;
  limit[KD_LIMIT_DEPART] = p->departure_limit;
  limit[KD_LIMIT_SLOW] = p->slow_limit;
  limit[KD_LIMIT_TRANSIT] = p->transit_limit;
  limit[KD_LIMIT_RUN] = !isnan(p->wave_limit_run) ? p->wave_limit_run : fmin(p->vessel_limit_run, lift->wave_limit_run);
  limit[KD_LIMIT_LAND] = p->wave_limit_land;
  limit[KD_LIMIT_LIFT] = !isnan(p->wave_limit) ? p->wave_limit : fmin(p->vessel_limit_lift, lift->wave_limit_lift);
  limit[KD_LIMIT_HANG] =
      !isnan(p->wave_limit_hang) ? p->wave_limit_hang : fmin(p->vessel_limit_hang, lift->wave_limit_hang);
  limit[KD_LIMIT_CALM] = p->calm_limit;
  limit[KD_LIMIT_ROUGH] = p->rough_limit;
}

static kd_status prepare(kd_sim *s, const kd_slurry *feed, const kd_limits *limits, kd_work *work) {
  kd_status status = KD_OK;
  const kd_campaign_params *p = s->p;
  double limit[KD_LIMITS];
  find_limits(limit, p, limits);
  const double sail = p->port_distance / p->transit_speed;
  const size_t capacity = (size_t)((p->duration + 4 * sail + 200 * KD_DAY) / KD_SEA_STEP);
  KD_TRY(kd_sea_state_create(&s->sea, p, limit, capacity, work));
  if (limits->period_count > 0 && isnan(p->wave_limit)) KD_TRY(kd_sea_state_by_period(&s->sea, p, limits, work->err));
  for (int j = 0; j < 12; j++) s->log->lifting_limit += s->sea.lifting[j] / 12;
  s->log->string_governs = s->sea.string_governs / 12.0;
  KD_TRY(kd_hazard_create(&s->hazard, p, work));
  s->storms = kd_storms_draw(s->storm, &s->sea, p, p->duration + 2 * sail + 60 * KD_DAY, work);
  const double length = limits->string_length > 0 ? limits->string_length : feed->water_depth;
  s->joints = ceil(length / (limits->joint_length > 0 ? limits->joint_length : 10.0) - 1e-9);
  s->flush_time = limits->flush_time > 0 ? p->flush_volumes * limits->flush_time : 0;
  s->rng = kd_campaign_stream(work, "string");
  s->recover_time = string_time(s, p->recovery_joint_time, false);
  s->site_end = sail + p->duration;
out:
  return status;
}

kd_status kd_calendar_simulate(kd_calendar *out, const kd_campaign_params *p, const kd_slurry *feed,
                               const kd_limits *limits, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_calendar){.departed = (double)NAN,
                       .arrived = (double)NAN,
                       .bottom = (double)NAN,
                       .mud = (double)NAN,
                       .returned = (double)NAN};
  kd_sim *s = kd_arena_alloc(work->scratch, 1, sizeof *s);
  KD_CHECK(s != NULL, work->err, KD_E_NOMEM, "no memory for the calendar");
  *s = (kd_sim){.log = out, .p = p, .cause = -1};
  KD_TRY(prepare(s, feed, limits, work));

  pass(s, whole(p->departure_delay), KD_HOURS_DEPARTURE, KD_BURN_HARBOUR);
  while (!kd_sea_state_allows(&s->sea, (size_t)(s->now / KD_SEA_STEP), KD_LIMIT_DEPART))
    pass(s, KD_SEA_STEP * (floor(s->now / KD_SEA_STEP) + 1) - s->now, KD_HOURS_WEATHER, KD_BURN_HARBOUR);
  out->departed = s->now;

  const double shortest = 2 * p->port_distance / p->transit_speed + p->port_time + p->preparation_time +
                          s->joints * p->joint_time + s->recover_time;
  s->string = 1; /* T-time of the full string, for the record */
  out->t_time = t_time(s);
  s->string = 0;
  for (;;) {
    trip(s);
    if (s->site_end - s->now < shortest) break;
    pass(s, whole(p->port_time), KD_HOURS_PORT, KD_BURN_HARBOUR);
  }
out:
  return status;
}
