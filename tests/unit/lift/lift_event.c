// SPDX-License-Identifier: Apache-2.0
/* Events of the lift in time, on few cells: what moves, what holds, what is kept; and the operating window. */
#include "unit/lift/defaults.h"

#include "lift/design.h"
#include "lift/lift_event.h"

/* The defaults at three times the rate, so that the line is flushed within an hour and a half. */
static void open_line(bench *b) {
  bench_open(b);
  b->feed.dry_rate *= 3;
}

static kd_event_options options(kd_lift_event event) {
  return (kd_event_options){
      .event = event, .cells = 40, .every = (double)NAN, .step = (double)NAN, .tank = (double)NAN, .ramp = (double)NAN};
}

static void run(kd_event_report *r, bench *b, const kd_event_options *o) {
  kd_arena_reset(b->work.scratch);
  if (kd_lift_event_run(r, o, &b->params, &b->feed, &b->work) != KD_OK) fail_msg("%s", b->err.text);
  assert_true(r->history.closure < 1e-10);
  for (size_t c = 0; c < KD_H_COLUMNS; c++)
    for (size_t i = 0; i < r->history.rows; i++)
      if (!isfinite(r->history.value[c][i])) fail_msg("column %zu, row %zu", c, i);
}

/* The line's own end of a start is the steady answer of the stage: rate and pump pressure. */
static void start_up_ends_in_the_steady_answer(void **state) {
  (void)state;
  bench b;
  kd_event_report r;
  open_line(&b);
  kd_event_options o = options(KD_EVENT_START_UP);
  run(&r, &b, &o);
  assert_true(r.moves);
  assert_near(r.last_liquid, r.steady.slurry_rate, 0.03, "liquid");
  assert_near(r.history.value[KD_H_PUMP_PRESSURE][r.history.rows - 1], r.steady.pump_pressure, 0.08, "pump pressure");
  const double solids =
      r.history.value[KD_H_FINES_OUT][r.history.rows - 1] + r.history.value[KD_H_COARSE_OUT][r.history.rows - 1];
  assert_near(solids, r.steady.dry_rate, 0.05, "solids");
  assert_near(r.transit_time, r.steady.flush_time, 0.25, "transit");
  bench_close(&b);
}

static void a_gel_takes_more_pressure(void **state) {
  (void)state;
  bench b;
  kd_event_report r;
  open_line(&b);
  kd_event_options o = options(KD_EVENT_RESTART);
  b.params.static_yield_ratio = 1;
  run(&r, &b, &o);
  const double fresh = r.peak_pump;
  assert_true(r.moves);
  /* The same mud gelled to fifty times: the pump sees it. */
  b.params.static_yield_ratio = 50, b.params.gel_time = 600;
  run(&r, &b, &o);
  assert_true(r.peak_pump > 1.05 * fresh);
  assert_near(r.history.value[KD_H_GEL][0], 1 - 1 / (1 + pow(b.params.rest_time / 600, b.params.gel_exponent)), 0.4,
              "gel");
  bench_close(&b);
}

static void a_trip_stops_the_line_and_nothing_flows_back(void **state) {
  (void)state;
  bench b;
  kd_event_report r;
  open_line(&b);
  kd_event_options o = options(KD_EVENT_PUMP_TRIP);
  run(&r, &b, &o);
  if (r.moves || !(r.backflow < 1e-3 * r.steady.slurry_rate))
    fail_msg("last %g of %g, back %g", r.last_liquid, r.steady.slurry_rate, r.backflow);
  assert_true(r.history.value[KD_H_PUMP_SPEED][r.history.rows - 1] < 0.2);
  /* The check valve shuts: steps fail, are halved, are counted; what comes out is finite (run looks at every value). */
  print_message("%zu steps, %zu halved, the smallest %.3g s\n", r.history.steps, r.history.halved, r.history.smallest);
  assert_true(r.history.halved > 0 && r.history.smallest < 0.1);
  bench_close(&b);
}

static void grains_of_a_plug_are_seen_and_a_batch_comes_up(void **state) {
  (void)state;
  bench b;
  kd_event_report r;
  open_line(&b);
  kd_event_options o = options(KD_EVENT_PLUG);
  run(&r, &b, &o);
  assert_true(r.moves && r.densest > 2 * r.steady.slurry_solids * b.feed.coarse_share && r.densest < 0.6);
  o = options(KD_EVENT_BATCH);
  run(&r, &b, &o);
  const double fed = 300 * r.steady.dry_rate * (1 - b.feed.coarse_share);
  double up = 0;
  for (size_t i = 1; i < r.history.rows; i++)
    up += r.history.value[KD_H_FINES_OUT][i] * (r.history.value[KD_H_TIME][i] - r.history.value[KD_H_TIME][i - 1]);
  assert_near(up, fed, 0.02, "fines of the batch");
  assert_true(r.spread > 0 && r.spread < r.steady.flush_time);
  bench_close(&b);
}

static void an_air_lift_surges_at_its_start(void **state) {
  (void)state;
  bench b;
  kd_event_report r;
  bench_open(&b);
  b.params.method = KD_LIFT_AIR_LIFT;
  b.feed.dry_rate *= 2, b.feed.pore_water = 1.5;
  kd_event_options o = options(KD_EVENT_SURGE);
  run(&r, &b, &o);
  assert_true(r.surge > 1.3 && r.peak_air > r.steady.air_rate);
  bench_close(&b);
}

static void the_window_has_limits_and_a_best_point(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  kd_arena *runs = NULL;
  assert_int_equal(kd_arena_create(&runs, b.ctx), KD_OK);
  kd_design_options o;
  kd_design mean, stiff;
  kd_design_defaults(&o, &b.params, &b.feed);
  o.bores = 4, o.shares = 5, o.rates = 5;
  assert_int_equal(kd_lift_design(&mean, &o, &b.params, &b.feed, runs, &b.work), KD_OK);
  o.rheology_factor = 2;
  assert_int_equal(kd_lift_design(&stiff, &o, &b.params, &b.feed, runs, &b.work), KD_OK);
  assert_non_null(mean.least_energy);
  assert_true(mean.limited[KD_DESIGN_FREE] > 0 && mean.limited[KD_DESIGN_FREE] < mean.count);
  assert_true(stiff.limited[KD_DESIGN_FREE] <= mean.limited[KD_DESIGN_FREE]);
  for (size_t i = 0; i < mean.count; i++) {
    const kd_design_point *d = &mean.point[i];
    if (d->limit != KD_DESIGN_FREE) continue;
    assert_true(d->energy >= mean.least_energy->energy && d->cost >= mean.least_cost->cost);
    assert_true(d->deposition_margin >= 1 && d->restart_margin >= 1);
  }
  o.least_bore = 0;
  assert_int_equal(kd_lift_design(&mean, &o, &b.params, &b.feed, runs, &b.work), KD_E_RANGE);
  assert_non_null(strstr(b.err.text, "both must be above 0 m"));
  kd_arena_destroy(&runs);
  bench_close(&b);
}

static void what_cannot_be_played_is_refused(void **state) {
  (void)state;
  bench b;
  kd_event_report r;
  open_line(&b);
  kd_event_options o = options(KD_EVENT_START_UP);
  o.cells = 4;
  assert_int_equal(kd_lift_event_run(&r, &o, &b.params, &b.feed, &b.work), KD_E_RANGE);
  assert_non_null(strstr(b.err.text, "too coarse a mesh"));
  o = options(KD_EVENT_START_UP), o.ramp = -1;
  assert_int_equal(kd_lift_event_run(&r, &o, &b.params, &b.feed, &b.work), KD_E_RANGE);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(start_up_ends_in_the_steady_answer),
                                     cmocka_unit_test(a_gel_takes_more_pressure),
                                     cmocka_unit_test(a_trip_stops_the_line_and_nothing_flows_back),
                                     cmocka_unit_test(grains_of_a_plug_are_seen_and_a_batch_comes_up),
                                     cmocka_unit_test(an_air_lift_surges_at_its_start),
                                     cmocka_unit_test(the_window_has_limits_and_a_best_point),
                                     cmocka_unit_test(what_cannot_be_played_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
