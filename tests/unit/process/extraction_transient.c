// SPDX-License-Identifier: Apache-2.0
/* Start-up of a circuit with mass action: normal work ends in the steady solver's state, by whatever circulation
 * before; full circulation keeps its metal and ends in Fenske's separation. */
#include <math.h>

#include "support/check.h"

#include "process/extraction_transient.h"

#define HOUR 3600.0

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
} bench;

static void setup(bench *b) {
  *b = (bench){0};
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->scratch, b->ctx), KD_OK);
  b->work = (kd_work){.ctx = b->ctx, .scratch = b->scratch, .err = &b->err};
}

static void teardown(bench *b) {
  kd_arena_destroy(&b->scratch);
  kd_context_destroy(&b->ctx);
}

static const double ln_k[2] = {0, 0.4054651081081644}, feed[2] = {50, 50}; /* separation factor 1.5 */

static kd_circulation start_up(double full, double partial, double time) {
  kd_circulation in = {.circuit = {.isotherm = {.level = KD_ISOTHERM_MASS,
                                                .components = 2,
                                                .ln_k = ln_k,
                                                .proton_order = 3,
                                                .extractant_order = 3},
                                   .extraction = 6,
                                   .scrub = 5,
                                   .organic_flow = 2,
                                   .extractant = 500,
                                   .base = 75,
                                   .ion_log_k = (double)NAN,
                                   .feed_flow = 1,
                                   .feed_acid = 10,
                                   .feed = feed,
                                   .scrub_flow = 0.5,
                                   .scrub_acid = 150,
                                   .efficiency = 1,
                                   .strip_efficiency = 1,
                                   .ph = (double)NAN,
                                   .stage_time = 600},
                       .full_time = full,
                       .partial_time = partial,
                       .partial_share = 0.5,
                       .time = time,
                       .points = 41};
  return in;
}

static void ends_steady(bench *b, const kd_circulation *in, double tolerance) {
  kd_extraction_result r;
  kd_circulation_row *rows;
  if (kd_extraction_solve(&r, &in->circuit, false, &b->work) != KD_OK) fail_msg("%s", b->err.text);
  if (kd_circulation_run(&rows, in, &b->work) != KD_OK) fail_msg("%s", b->err.text);
  size_t top = in->circuit.extraction + in->circuit.scrub - 1;
  const kd_circulation_row *end = &rows[in->points - 1];
  assert_int_equal(end->phase, 2);
  assert_near(end->time, in->time, 1e-12);
  for (size_t i = 0; i < 2; i++) {
    assert_near(end->raffinate[i], r.profile.aqueous[i], tolerance);
    assert_near(end->product[i], r.profile.organic[top * r.components + i], tolerance);
  }
  assert_near(end->ph, -log10(r.profile.acid[0] / 1000), tolerance);
}

static void normal_work_ends_in_the_steady_state(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_circulation in = start_up(0, 0, 400 * HOUR);
  ends_steady(&b, &in, 1e-8);
  in = start_up(10 * HOUR, 10 * HOUR, 420 * HOUR);
  ends_steady(&b, &in, 1e-8);
  /* with strip stages whose product is refluxed, the cation of the base followed, and the organic recycled */
  in = start_up(2 * HOUR, 2 * HOUR, 400 * HOUR);
  in.circuit.strip = 4;
  in.circuit.strip_flow = 0.5;
  in.circuit.strip_acid = 3000;
  in.circuit.ion_log_k = -4.5;
  in.circuit.recycle = true;
  ends_steady(&b, &in, 1e-7);
  teardown(&b);
}

static void full_circulation(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_circulation_row *rows;
  kd_circulation in = start_up(2000 * HOUR, 0, 2000 * HOUR);
  if (kd_circulation_run(&rows, &in, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  const kd_circulation_row *end = &rows[40];
  double factor = end->product[1] / end->product[0] * end->raffinate[0] / end->raffinate[1];
  assert_int_equal(end->phase, 0);
  assert_near(log(factor) / ln_k[1], 11, 1e-4);
  /* it starts as feed with fresh organic: alike at both ends, all the metal of the aqueous fill is there */
  const double volume = 600 * (6 * 1.5 + 5 * 0.5);
  assert_near(rows[0].product[1] / rows[0].product[0] * rows[0].raffinate[0] / rows[0].raffinate[1], 1.5, 1e-9);
  assert_true(rows[0].held > 0.9 * 100 * volume);
  for (size_t r = 1; r < 41; r++) assert_true(fabs(rows[r].held / rows[0].held - 1) < 0.02);
  teardown(&b);
}

/* Metal held after an hour of normal work is that of the start, the feed, less what left: rows close enough for
 * trapezoids. */
static void metal_balances(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_circulation_row *rows;
  kd_circulation in = start_up(0, 0, 2 * HOUR);
  in.points = 2000;
  if (kd_circulation_run(&rows, &in, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  double held = rows[0].held, spacing = in.time / (double)(in.points - 1);
  for (size_t r = 1; r < in.points; r++) {
    double left = 0;
    for (size_t i = 0; i < 2; i++)
      left += 0.5 * (1.5 * (rows[r].raffinate[i] + rows[r - 1].raffinate[i]) +
                     2 * (rows[r].product[i] + rows[r - 1].product[i]));
    held += spacing * (100 - left);
  }
  assert_near(rows[in.points - 1].held / held, 1, 1e-4);
  assert_true(fabs(held / rows[0].held - 1) > 1e-2);
  teardown(&b);
}

static void bad_input_is_refused(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_circulation_row *rows;
  kd_circulation in = start_up(0, 0, -1);
  assert_int_equal(kd_circulation_run(&rows, &in, &b.work), KD_E_RANGE);
  in = start_up(HOUR, 0, HOUR);
  in.circuit.scrub = 0;
  in.circuit.scrub_flow = 0;
  assert_int_equal(kd_circulation_run(&rows, &in, &b.work), KD_E_INFEASIBLE);
  in = start_up(0, HOUR, HOUR);
  in.partial_share = 0;
  assert_int_equal(kd_circulation_run(&rows, &in, &b.work), KD_E_RANGE);
  in = start_up(0, 0, HOUR);
  in.circuit.stage_time = 0;
  assert_int_equal(kd_circulation_run(&rows, &in, &b.work), KD_E_RANGE);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(normal_work_ends_in_the_steady_state),
      cmocka_unit_test(full_circulation),
      cmocka_unit_test(metal_balances),
      cmocka_unit_test(bad_input_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
