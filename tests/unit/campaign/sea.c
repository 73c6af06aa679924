// SPDX-License-Identifier: Apache-2.0
/* The random sea and the cyclones against the statistics they are made of. */
#include "unit/campaign/fixture.h"

#include "campaign/formulas.h"

#define DAY 86400.0

static void near(const char *what, double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) fail_msg("%s: got %.10g, want %.10g within %g", what, got, want, tolerance);
}

/* 31 days that begin in January, a limit of 2.5 m. */
static void make_sea(fixture *f, kd_sea_state *sea, uint64_t realisation) {
  double limits[KD_LIMITS];
  for (int k = 0; k < KD_LIMITS; k++) limits[k] = 2.5;
  kd_arena_reset(f->scratch);
  kd_stream_start(&f->rng, 1, kd_stream_id("campaign"), realisation);
  f->p.start = 1767225600; /* 2026-01-01 */
  f->p.wave_level = 1;
  assert_int_equal(kd_sea_state_create(sea, &f->p, limits, 31 * 8, &f->work), KD_OK);
  kd_sea_state_make(sea, 31 * 8);
}

/* Share of time under the limit, and the mean spells, over 3,000 Januaries. */
static void sea_has_the_statistics_it_is_made_of(void **state) {
  fixture *f = *state;
  kd_sea_state sea;
  double calm = 0, turns = 0, all = 0;
  for (uint64_t i = 0; i < 3000; i++) {
    make_sea(f, &sea, i);
    for (size_t step = 0; step < 31 * 8; step++) {
      const bool now = kd_sea_state_allows(&sea, step, KD_LIMIT_RUN);
      all++;
      calm += now;
      if (step + 1 < 31 * 8) turns += now && !kd_sea_state_allows(&sea, step + 1, KD_LIMIT_RUN);
    }
  }
  kd_persistence p;
  kd_sea_persistence(&p, 2.6, 0.36, 2.5, 40 * 3600, 3 * 3600);
  near("workability", calm / all, p.workability, 0.006); /* about 28,000 independent looks: se 0.003 */
  near("workability against the table", p.workability, 1 - 0.472, 5e-4);
  near("mean calm", 3 * 3600 * calm / turns, p.calm, 0.02 * p.calm);
}

static void steps_follow_the_calendar(void **state) {
  fixture *f = *state;
  int year, month;
  double end;
  static const struct {
    double date;
    int year, month;
    double end;
  } known[] = {{0, 1970, 1, 31 * DAY},
               {951782400, 2000, 2, 951868800},   /* 29 February 2000 */
               {951868800, 2000, 3, 954547200},   /* 1 March 2000 */
               {4107542399, 2100, 2, 4107542400}, /* no leap day in 2100 */
               {-1, 1969, 12, 0},
               {1798761599, 2026, 12, 1798761600}};
  for (size_t i = 0; i < KD_COUNT(known); i++) {
    kd_date_month(known[i].date, &year, &month, &end);
    assert_int_equal(year, known[i].year);
    assert_int_equal(month, known[i].month);
    assert_true(end == known[i].end);
  }
  (void)f;
}

/* A long campaign crosses months: the limit score of each step is that of its own month. */
static void months_change_inside_a_campaign(void **state) {
  fixture *f = *state;
  double limits[KD_LIMITS], july = 0, january = 0;
  kd_sea_state sea;
  for (int k = 0; k < KD_LIMITS; k++) limits[k] = 2.5;
  for (uint64_t i = 0; i < 400; i++) {
    kd_arena_reset(f->scratch);
    kd_stream_start(&f->rng, 2, 3, i);
    f->p.start = 1767225600;
    assert_int_equal(kd_sea_state_create(&sea, &f->p, limits, 365 * 8, &f->work), KD_OK);
    for (size_t step = 0; step < 31 * 8; step++) january += kd_sea_state_allows(&sea, step, KD_LIMIT_RUN);
    for (size_t step = 181 * 8; step < 212 * 8; step++) july += kd_sea_state_allows(&sea, step, KD_LIMIT_RUN);
  }
  near("January", january / (400 * 31 * 8), 1 - 0.472, 0.02);
  near("July", july / (400 * 31 * 8), 1 - 0.105, 0.015);
}

/* Yearly counts within 500 and 1,000 km: mean and variance of the best tracks. */
static void cyclones_come_as_often_as_counted(void **state) {
  fixture *f = *state;
  kd_storm *storm = calloc(KD_STORMS, sizeof *storm);
  const int years = 4000;
  double n500 = 0, n1000 = 0, square = 0, speed = 0;
  f->p.start = 1767225600;
  for (int y = 0; y < years; y++) {
    kd_sea_state sea = {.capacity = 0};
    kd_stream_start(&f->rng, 1, 5, (uint64_t)y);
    const size_t count = kd_storms_draw(storm, &sea, &f->p, 365.2425 * DAY, &f->work);
    double far = 0;
    for (size_t i = 0; i < count; i++) {
      if (i > 0) assert_true(storm[i].enter >= storm[i - 1].enter);
      assert_true(storm[i].birth <= storm[i].enter && storm[i].enter <= storm[i].leave);
      n500 += storm[i].closest <= 500e3;
      far += storm[i].closest <= 1000e3;
      if (storm[i].closest < 500e3) speed += 1;
    }
    n1000 += far;
    square += far * far;
  }
  free(storm);
  assert_true(speed > 0);
  near("within 500 km", n500 / years, 2.21, 0.08);
  near("within 1,000 km", n1000 / years, 5.29, 0.15);
  near("variance", square / years - n1000 / years * n1000 / years, 9.19, 0.8);
}

static void windows_of_any_length_look_ahead(void **state) {
  fixture *f = *state;
  kd_sea_state sea;
  make_sea(f, &sea, 11);
  for (size_t step = 0; step + 8 < 31 * 8; step++) {
    bool open = true;
    for (size_t i = 0; i < 4; i++) open = open && kd_sea_state_allows(&sea, step + i, KD_LIMIT_RUN);
    assert_true(open == kd_sea_state_allows_window(&sea, step, KD_LIMIT_RUN, 12 * 3600));
    assert_true(kd_sea_state_allows(&sea, step, KD_LIMIT_RUN) ==
                kd_sea_state_allows_window(&sea, step, KD_LIMIT_RUN, 0));
  }
  assert_true(kd_sea_state_allows(&sea, 31 * 8 + 5, KD_LIMIT_RUN)); /* beyond what is known nothing stops */
}

/* Closed forms of waiting against a simulation of exponential calms and storms. */
static void waits_meet_their_closed_forms(void **state) {
  fixture *f = *state;
  const double c = 30, s = 12, work = 20;
  const int n = 200000;
  double wait = 0, accumulating = 0, restarting = 0;
  kd_stream_start(&f->rng, 4, 4, 4);
  for (int i = 0; i < n; i++) {
    bool calm = kd_stream_uniform(&f->rng) < c / (c + s);
    double t = 0, w = -1, a = -1, r = -1, done = 0;
    while (w < 0 || a < 0 || r < 0) {
      const double spell = kd_stream_exponential(&f->rng, calm ? c : s);
      if (calm && w < 0 && spell >= work) w = t;
      if (calm && r < 0 && spell >= work) r = t + work;
      if (calm && a < 0 && done + spell >= work) a = t + work - done;
      if (calm) done += spell;
      t += spell;
      calm = !calm;
    }
    wait += w;
    accumulating += a;
    restarting += r;
  }
  near("wait for a window", wait / n, kd_window_wait(c, s, work), 0.3);
  near("accumulating task", accumulating / n, kd_task_accumulating(c, s, work), 0.15);
  near("restarting task", restarting / n, kd_task_restarting(c, s, work), 0.3);
}

/* Gershwin and Schick's line against a simulation of the two machines and the tank. */
static void tank_line_meets_a_simulation(void **state) {
  fixture *f = *state;
  static const double cases[][5] = {
      {60, 10, 40, 12, 8}, {30, 10, 30, 10, 5}, {20, 5, 50, 30, 20}, {50, 20, 80, 8, 0.5}};
  kd_stream_start(&f->rng, 9, 9, 9);
  for (size_t k = 0; k < KD_COUNT(cases); k++) {
    const double m1 = cases[k][0], q1 = cases[k][1], m2 = cases[k][2], q2 = cases[k][3], tank = cases[k][4];
    bool up1 = true, up2 = true;
    double level = 0, made = 0, t = 0;
    double next1 = kd_stream_exponential(&f->rng, m1), next2 = kd_stream_exponential(&f->rng, m2);
    while (t < 3e6) { /* rate 1: machine 1 fills, machine 2 empties; an idle machine does not age */
      const bool works1 = up1 && (level < tank || up2), works2 = up2 && (level > 0 || up1);
      const double drift = (works1 ? 1 : 0) - (works2 ? 1 : 0);
      double step = 1e300;
      if (works1 || !up1) step = fmin(step, next1);
      if (works2 || !up2) step = fmin(step, next2);
      if (drift > 0) step = fmin(step, tank - level);
      if (drift < 0) step = fmin(step, level);
      made += works2 ? step : 0;
      level = fmin(tank, fmax(0, level + drift * step));
      t += step;
      if (works1 || !up1) next1 -= step;
      if (works2 || !up2) next2 -= step;
      if (next1 <= 1e-12) {
        up1 = !up1;
        next1 = kd_stream_exponential(&f->rng, up1 ? m1 : q1);
      }
      if (next2 <= 1e-12) {
        up2 = !up2;
        next2 = kd_stream_exponential(&f->rng, up2 ? m2 : q2);
      }
    }
    kd_line_rate line;
    kd_tank_line(&line, 1, m1, q1, m2, q2, tank);
    near("efficiency", made / t, line.efficiency, 0.003);
  }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(sea_has_the_statistics_it_is_made_of), TEST(steps_follow_the_calendar),
      TEST(months_change_inside_a_campaign),      TEST(cyclones_come_as_often_as_counted),
      TEST(windows_of_any_length_look_ahead),     TEST(waits_meet_their_closed_forms),
      TEST(tank_line_meets_a_simulation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
