// SPDX-License-Identifier: Apache-2.0
/* Start-up: full circulation tends to Fenske's separation, normal work to the steady cascade; halving the rows' spacing
 * changes little; moles of the stages change by what comes and goes. */
#include <math.h>
#include <string.h>

#include "support/check.h"

#include "process/cascade_transient.h"

static const double beta[2] = {1, 2}, feed[2] = {0.5, 0.5};

static kd_startup start_up(double full, double time, size_t points) {
  kd_startup in = {
      .cascade = {.components = 2, .beta = beta, .feed = feed, .extraction = 6, .scrub = 5, .s = 1.8, .w = 1.3},
      .organic_holdup = 3600,
      .aqueous_holdup = 1800,
      .full_time = full,
      .partial_share = 0.5,
      .time = time,
      .points = points};
  return in;
}

static void circulation_then_normal(void **state) {
  (void)state;
  kd_context *ctx = NULL;
  kd_arena *scratch = NULL;
  kd_error err = {0};
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&scratch, ctx), KD_OK);
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err};
  kd_startup_row *rows;
  kd_startup in = start_up(1e7, 1e7, 40);
  if (kd_startup_run(&rows, &in, &work) != KD_OK) fail_msg("%s", err.text);
  const kd_startup_row *end = &rows[39];
  /* total reflux: (A/B) at the organic end over (A/B) in the raffinate stage is beta to the number of stages */
  assert_near(log(end->product[1] / end->product[0] * end->raffinate[0] / end->raffinate[1]) / log(2), 11, 1e-4);
  assert_int_equal(end->phase, 0);
  in = start_up(0, 1e7, 40);
  if (kd_startup_run(&rows, &in, &work) != KD_OK) fail_msg("%s", err.text);
  kd_cascade_profile steady;
  assert_int_equal(kd_cascade_solve_fast(&steady, &in.cascade, &work), KD_OK);
  assert_near(rows[39].raffinate[0], steady.aqueous[0], 1e-8);
  assert_near(rows[39].product[1], steady.organic[10 * 2 + 1], 1e-8);
  assert_int_equal(rows[39].phase, 2);
  /* first order in time: half the spacing, half the error or less */
  double value[3];
  for (int level = 0; level < 3; level++) {
    size_t points = (size_t)(20 << level) + 1;
    in = start_up(7200, 72000, points);
    if (kd_startup_run(&rows, &in, &work) != KD_OK) fail_msg("%s", err.text);
    value[level] = log(rows[points - 1].product[0]);
  }
  assert_true(fabs(value[2] - value[1]) < 0.75 * fabs(value[1] - value[0]) + 1e-9);
  /* and it starts as feed */
  assert_near(rows[0].product[0], 0.5, 1e-12);
  in.cascade.w = 2;
  assert_int_equal(kd_startup_run(&rows, &in, &work), KD_E_INFEASIBLE);
  in = start_up(0, -1, 20);
  assert_int_equal(kd_startup_run(&rows, &in, &work), KD_E_RANGE);
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(circulation_then_normal)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
