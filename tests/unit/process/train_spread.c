// SPDX-License-Identifier: Apache-2.0
/* Spread of the separation factors: none gives the design itself; for a binary cut, whose figures fall with beta, the
 * quantiles are the designs at the quantiles of beta; draws that cannot be built stand above all others. */
#include <math.h>

#include "support/check.h"

#include "process/train_spread.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_stream rng;
  kd_work work;
} bench;

static void setup(bench *b) {
  *b = (bench){0};
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->scratch, b->ctx), KD_OK);
  kd_stream_start(&b->rng, 1, kd_stream_id("test"), 0);
  b->work = (kd_work){.ctx = b->ctx, .scratch = b->scratch, .rng = &b->rng, .err = &b->err};
}

static void teardown(bench *b) {
  kd_arena_destroy(&b->scratch);
  kd_context_destroy(&b->ctx);
}

static kd_design_input pair(double beta, double spread) {
  kd_design_input in = {.count = 2,
                        .order = {KD_PR, KD_ND},
                        .sets = 1,
                        .set = {{.beta = {beta}, .spread = {spread}, .loading = 170, .extractant = 1500}},
                        .purity = 0.9999,
                        .slip = 0.005,
                        .reflux_low = 1.005,
                        .reflux_high = 5,
                        .efficiency = 1,
                        .feed_strength = 1000,
                        .stage_time = 1200,
                        .price_base = 1,
                        .price_acid = 0.3,
                        .price_stage = 15 / 3600.0};
  in.moles[KD_PR] = 0.2;
  in.moles[KD_ND] = 0.8;
  return in;
}

static void no_spread_is_the_design(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_design_input in = pair(1.5, 0);
  kd_design d;
  kd_design_spread s;
  assert_int_equal(kd_design_train(&d, &in, &b.err), KD_OK);
  if (kd_design_spread_run(&s, &in, 20, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++) {
    assert_near(s.stages[q], d.stages, 1e-12);
    assert_near(s.base[q], d.base, 1e-12);
    assert_near(s.base_floor[q], d.base_floor, 1e-12);
    assert_near(s.acid[q], d.acid, 1e-12);
    assert_near(s.volume[q], d.volume, 1e-12);
  }
  assert_near(s.built, 1, 0);
  teardown(&b);
}

static void quantiles_of_beta_are_those_of_the_cut(void **state) {
  (void)state;
  bench b;
  setup(&b);
  enum { DRAWS = 4000 };
  const double beta = 2, sigma = 0.05, z = 1.2815515655446004;
  kd_design_input in = pair(beta, sigma);
  kd_design_spread s, again;
  if (kd_design_spread_run(&s, &in, DRAWS, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++) {
    kd_design d;
    in = pair(beta * exp(sigma * z * (1 - (double)q)), 0);
    assert_int_equal(kd_design_train(&d, &in, &b.err), KD_OK);
    /* the error of a quantile of 4,000 draws, four times over: 0.03 of sigma at the tails */
    assert_true(fabs(log(s.base[q] / d.base)) < 4 * 0.03 * sigma * 2);
    assert_true(fabs(s.stages[q] - d.stages) <= 2);
  }
  assert_true(s.base[0] < 0.95 * s.base[1] && s.base[1] < 0.95 * s.base[2]);
  assert_true(s.stages[0] < s.stages[1] && s.stages[1] < s.stages[2]);
  /* the same stream, the same bits */
  in = pair(beta, sigma);
  assert_int_equal(kd_design_spread_run(&again, &in, DRAWS, &b.work), KD_OK);
  for (size_t q = 0; q < KD_SPREAD_QUANTILES; q++) assert_true(again.base[q] == s.base[q]);
  teardown(&b);
}

/* beta = e^0.1 with a spread of 0.1: in the share 0.159 of the draws it is below 1, and no train can be built. */
static void what_cannot_be_built(void **state) {
  (void)state;
  bench b;
  setup(&b);
  kd_design_input in = pair(exp(0.1), 0.1);
  kd_design_spread s;
  in.reflux_high = 1000;
  if (kd_design_spread_run(&s, &in, 1000, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  assert_near(s.built, 0.841, 0.05);
  assert_true(isfinite(s.stages[1]) && isnan(s.stages[2]) && isnan(s.base[2]));
  in = pair(0.9, 0.1);
  assert_int_equal(kd_design_spread_run(&s, &in, 20, &b.work), KD_E_INFEASIBLE);
  in = pair(1.5, 0.1);
  assert_int_equal(kd_design_spread_run(&s, &in, 1, &b.work), KD_E_RANGE);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_spread_is_the_design),
      cmocka_unit_test(quantiles_of_beta_are_those_of_the_cut),
      cmocka_unit_test(what_cannot_be_built),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
