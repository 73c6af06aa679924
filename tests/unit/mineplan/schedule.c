// SPDX-License-Identifier: Apache-2.0
/* Plans over sites: exact cases, all subsets of a small one, and the order of visits. */
#include "mineplan/schedule.h"

#include <string.h>

#include "base/context.h"
#include "numerics/linear.h"
#include "support/check.h"

#define HOUR 3600.0

typedef struct room {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
} room;

static void open_room(room *r) {
  memset(r, 0, sizeof *r);
  assert_int_equal(kd_context_create(&r->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&r->scratch, r->ctx), KD_OK);
  r->work = (kd_work){.ctx = r->ctx, .scratch = r->scratch, .err = &r->err};
}

static void close_room(room *r) {
  kd_arena_destroy(&r->scratch);
  kd_context_destroy(&r->ctx);
}

static kd_schedule_options usual(kd_schedule_method method) {
  return (kd_schedule_options){.method = method,
                               .years = 1,
                               .hours = 100.0 * HOUR,
                               .capacity = (double)NAN,
                               .speed = (double)INFINITY,
                               .tail = 0.1,
                               .seconds = 10.0,
                               .nodes = (double)INFINITY,
                               .gap = 0.0};
}

/* Without landings it is the knapsack with shares: 10 + 60 + 30/60 of 50 hours' worth, taken by value per hour. */
static void shares_are_exact(void **state) {
  const kd_site site[3] = {
      {0, 0, 50.0, 60.0 * HOUR, 1.0}, {1, 0, 40.0, 10.0 * HOUR, 1.0}, {2, 0, 90.0, 60.0 * HOUR, 1.0}};
  room r;
  kd_schedule plan;
  (void)state;
  open_room(&r);
  for (int m = 0; m < 3; m++) {
    const kd_schedule_options o = usual((kd_schedule_method)m);
    if (m > 0 && !kd_linear_available()) continue;
    assert_int_equal(kd_schedule_make(&plan, site, 3, NULL, 0, &o, &r.work), KD_OK);
    assert_near(plan.share[0], 0.5, 1e-9);
    assert_near(plan.value, 40.0 + 90.0 + 25.0, 1e-7);
    assert_near(plan.used[0], 100.0 * HOUR, 1e-4);
  }
  close_room(&r);
}

/* Two years at a discount of 100 %: the better ground first. */
static void years_are_discounted(void **state) {
  const kd_site site[2] = {{0, 0, 100.0, 100.0 * HOUR, 1.0}, {1, 0, 60.0, 100.0 * HOUR, 1.0}};
  room r;
  kd_schedule plan;
  (void)state;
  open_room(&r);
  for (int m = 0; m < 3; m++) {
    kd_schedule_options o = usual((kd_schedule_method)m);
    o.years = 2;
    o.discount = 1.0;
    if (m > 0 && !kd_linear_available()) continue;
    assert_int_equal(kd_schedule_make(&plan, site, 2, NULL, 0, &o, &r.work), KD_OK);
    assert_near(plan.value, 100.0 / 2.0 + 60.0 / 4.0, 1e-7);
    assert_near(plan.share[0], 1.0, 1e-9);
    assert_near(plan.share[3], 1.0, 1e-9);
  }
  close_room(&r);
}

/* Best value over all subsets of visits; inside a subset shares are greedy by value per hour, which is exact. */
static double all_subsets(const kd_site *site, size_t n, double hours, double landing) {
  double best = 0.0;
  for (unsigned set = 0; set < 1u << n; set++) {
    double left = hours, value = 0.0;
    bool used[12] = {false};
    for (size_t i = 0; i < n; i++) left -= set >> i & 1 ? landing : 0.0;
    if (left < 0.0) continue;
    for (;;) {
      size_t at = n;
      for (size_t i = 0; i < n; i++)
        if ((set >> i & 1) && !used[i] && (at == n || site[i].value / site[i].hours > site[at].value / site[at].hours))
          at = i;
      if (at == n || left <= 0.0) break;
      used[at] = true;
      const double share = fmin(1.0, left / site[at].hours);
      value += share * site[at].value;
      left -= share * site[at].hours;
    }
    best = fmax(best, value);
  }
  return best;
}

static void whole_visits_equal_all_subsets(void **state) {
  kd_site site[9];
  room r;
  kd_schedule plan, greedy;
  kd_stream rng;
  (void)state;
  if (!kd_linear_available()) skip();
  open_room(&r);
  kd_stream_start(&rng, 7, 1, 0);
  for (int trial = 0; trial < 12; trial++) {
    kd_schedule_options o = usual(KD_SCHEDULE_WHOLE);
    o.landing = 12.0 * HOUR;
    for (size_t i = 0; i < 9; i++)
      site[i] = (kd_site){(double)i, 0, 10.0 + 90.0 * kd_stream_uniform(&rng),
                          HOUR * (5.0 + 50.0 * kd_stream_uniform(&rng)), 1.0};
    assert_int_equal(kd_schedule_make(&plan, site, 9, NULL, 0, &o, &r.work), KD_OK);
    const double best = all_subsets(site, 9, o.hours, o.landing);
    assert_close(plan.value, best, 1e-6);
    assert_true(plan.bound >= best * (1.0 - 1e-6));
    o.method = KD_SCHEDULE_GREEDY;
    assert_int_equal(kd_schedule_make(&greedy, site, 9, NULL, 0, &o, &r.work), KD_OK);
    assert_true(greedy.value <= best * (1.0 + 1e-9));
    assert_true(greedy.used[0] <= o.hours * (1.0 + 1e-9));
    kd_arena_reset(r.scratch);
  }
  close_room(&r);
}

/* One site is certain, one is a coin: the mean prefers the coin, the tail the certain one. */
static void risk_prefers_the_certain(void **state) {
  const kd_site site[2] = {{0, 0, 50.0, 100.0 * HOUR, 1.0}, {1, 0, 55.0, 100.0 * HOUR, 1.0}};
  const double realised[8] = {50, 0, 50, 110, 50, 0, 50, 110};
  room r;
  kd_schedule plan;
  (void)state;
  if (!kd_linear_available()) skip();
  open_room(&r);
  kd_schedule_options o = usual(KD_SCHEDULE_LINEAR);
  o.tail = 0.5;
  assert_int_equal(kd_schedule_make(&plan, site, 2, realised, 4, &o, &r.work), KD_OK);
  assert_near(plan.share[1], 1.0, 1e-9);
  assert_near(plan.tail, 0.0, 1e-9);
  o.risk = 1.0;
  assert_int_equal(kd_schedule_make(&plan, site, 2, realised, 4, &o, &r.work), KD_OK);
  assert_near(plan.share[0], 1.0, 1e-9);
  assert_near(plan.tail, 50.0, 1e-9);
  assert_near(plan.objective, 50.0, 1e-7);
  assert_int_equal(kd_schedule_make(&plan, site, 2, NULL, 0, &o, &r.work), KD_E_MISSING);
  close_room(&r);
}

static void routes_are_short(void **state) {
  const double x[6] = {0, 5, 1, 4, 2, 3}, y[6] = {0};
  double cx[16], cy[16];
  size_t order[16];
  (void)state;
  for (size_t i = 0; i < 6; i++) order[i] = i;
  assert_near(kd_visit_route(order, 6, x, y), 5.0, 1e-12);
  for (size_t i = 0; i < 16; i++) { /* a ring: the open way is 15 of its 16 sides */
    cx[i] = cos(2.0 * 3.14159265358979323846 * (double)(i * 7 % 16) / 16.0);
    cy[i] = sin(2.0 * 3.14159265358979323846 * (double)(i * 7 % 16) / 16.0);
    order[i] = i;
  }
  assert_close(kd_visit_route(order, 16, cx, cy), 15.0 * 2.0 * sin(3.14159265358979323846 / 16.0), 1e-12);
}

/* The way takes time of the ship: two sites 60 km apart at 1 km/h leave 40 of 100 hours. */
static void the_way_takes_time(void **state) {
  const kd_site site[2] = {{0, 0, 50.0, 50.0 * HOUR, 1.0}, {60e3, 0, 50.0, 50.0 * HOUR, 1.0}};
  room r;
  kd_schedule plan;
  (void)state;
  open_room(&r);
  kd_schedule_options o = usual(KD_SCHEDULE_GREEDY);
  o.speed = 1.0 / 3.6;
  assert_int_equal(kd_schedule_make(&plan, site, 2, NULL, 0, &o, &r.work), KD_OK);
  assert_true(plan.used[0] <= o.hours * (1.0 + 1e-12));
  assert_near(plan.value, 40.0, 1e-9);
  o.hours = 0.0;
  assert_int_equal(kd_schedule_make(&plan, site, 2, NULL, 0, &o, &r.work), KD_E_RANGE);
  close_room(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shares_are_exact),
      cmocka_unit_test(years_are_discounted),
      cmocka_unit_test(whole_visits_equal_all_subsets),
      cmocka_unit_test(risk_prefers_the_certain),
      cmocka_unit_test(routes_are_short),
      cmocka_unit_test(the_way_takes_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
