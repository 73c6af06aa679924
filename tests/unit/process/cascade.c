// SPDX-License-Identifier: Apache-2.0
/* The rigorous cascade against the published worked case, the exact stage count and its own balances. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support/check.h"

#include "process/cascade.h"
#include "process/xu.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
} bench;

static void setup(bench *b) {
  memset(b, 0, sizeof *b);
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->scratch, b->ctx), KD_OK);
  b->work = (kd_work){.ctx = b->ctx, .scratch = b->scratch, .err = &b->err};
}

static void teardown(bench *b) {
  kd_arena_destroy(&b->scratch);
  kd_context_destroy(&b->ctx);
}

/* beta 2, equimolar, E'_M 1.414, E_M 0.773, 24 + 21 stages: 99.9893 and 99.8993 %. */
static void worked_case_of_the_theory(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double beta[2] = {1, 2}, feed[2] = {0.5, 0.5};
  kd_cut_goal goal = {.beta = 2, .beta_scrub = 2, .f_a = 0.5, .purity_a = 0.999, .purity_b = 0.9999};
  double s, product_a, product_b;
  int extraction;
  assert_int_equal(kd_xu_optimum(&s, &extraction, &goal, &b.err), KD_OK);
  assert_int_equal(kd_xu_products(&product_a, &product_b, &goal, &b.err), KD_OK);
  kd_cascade in = {
      .components = 2, .beta = beta, .feed = feed, .extraction = 24, .scrub = 21, .s = s, .w = s - product_a};
  kd_cascade_profile p;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_OK);
  assert_near(p.aqueous[0], 0.999893, 1e-6);
  assert_near(p.organic[44 * 2 + 1], 0.998993, 1e-6);
  assert_true(p.closure < 1e-12);
  assert_int_equal(kd_cascade_solve_fast(&p, &in, &b.work), KD_OK);
  assert_near(p.aqueous[0], 0.999893, 1e-6);
  assert_near(p.organic[44 * 2 + 1], 0.998993, 1e-6);
  assert_true(p.closure < 1e-12);
  teardown(&b);
}

/* Three outlets, Sm/Eu/Gd .51/.10/.39, beta 2.00 and 1.40, S 2.0, 18 + 42 stages, aqueous draw of 0.2492 at stage 30,
 * 99.9 % of the samarium in the raffinate: 99.990 % Sm and 99.907 % Gd, as published. */
static void three_outlets_of_the_theory(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double beta[3] = {1, 2, 2.8}, feed[3] = {0.51, 0.10, 0.39};
  const double product = 1 - 0.51 * 0.999 / 0.9999 - 0.2492;
  kd_cascade in = {.components = 3,
                   .beta = beta,
                   .feed = feed,
                   .extraction = 18,
                   .scrub = 42,
                   .s = 2,
                   .w = 2 - product,
                   .draw_stage = 30,
                   .draw = 0.2492};
  kd_cascade_profile p;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_OK);
  assert_near(p.aqueous[0], 0.99990, 5e-6);
  assert_near(p.organic[59 * 3 + 2], 0.99907, 5e-6);
  assert_true(p.closure < 1e-12);
  assert_int_equal(kd_cascade_solve_fast(&p, &in, &b.work), KD_OK);
  assert_near(p.aqueous[0], 0.99990, 5e-6);
  assert_near(p.organic[59 * 3 + 2], 0.99907, 5e-6);
  assert_true(p.closure < 1e-12);
  teardown(&b);
}

/* The exact count rounded up meets both purities; two stages fewer do not. */
static void exact_count_is_what_it_takes(void **state) {
  (void)state;
  bench b;
  setup(&b);
  for (int i = 0; i < 4; i++) {
    kd_cut_goal goal = {.f_a = (double[]){0.3, 0.5, 0.7, 0.4}[i],
                        .beta = (double[]){1.3, 2, 1.55, 10.6}[i],
                        .purity_a = (double[]){0.99, 0.999, 0.9999, 0.9999}[i],
                        .purity_b = (double[]){0.999, 0.9999, 0.995, 0.9999}[i]};
    goal.beta_scrub = goal.beta;
    const double beta[2] = {1, goal.beta}, feed[2] = {1 - goal.f_a, goal.f_a};
    double s = 1.15 * kd_xu_s_min(goal.beta, goal.f_a, KD_FEED_AQUEOUS), product_a, product_b, extraction, scrub;
    assert_int_equal(kd_smoker_stages(&extraction, &scrub, &goal, s, &b.err), KD_OK);
    assert_int_equal(kd_xu_products(&product_a, &product_b, &goal, &b.err), KD_OK);
    for (int fewer = 0; fewer < 2; fewer++) {
      kd_cascade in = {.components = 2,
                       .beta = beta,
                       .feed = feed,
                       .extraction = (size_t)ceil(extraction) - (size_t)fewer,
                       .scrub = (size_t)ceil(scrub) - (size_t)fewer,
                       .s = s,
                       .w = s - product_a};
      kd_cascade_profile p;
      if (kd_cascade_solve(&p, &in, &b.work) != KD_OK) fail_msg("%s", b.err.text);
      bool met = p.organic[(p.stages - 1) * 2 + 1] >= goal.purity_a && p.aqueous[0] >= goal.purity_b;
      assert_int_equal(met, fewer == 0);
      kd_arena_reset(b.scratch);
    }
  }
  teardown(&b);
}

/* Every balance closes and every share lies in [0, 1], for whole series, draws and hard refluxes. */
static void random_cascades_close(void **state) {
  (void)state;
  bench b;
  setup(&b);
  unsigned seed = 7;
  size_t solved = 0, refused = 0;
  for (int trial = 0; trial < 140; trial++) {
    double beta[15], feed[15];
    size_t k = 2 + (size_t)(trial % 14);
    double level = 1;
    for (size_t i = 0; i < k; i++) {
      seed = seed * 1103515245u + 12345u;
      beta[i] = level *= 1.1 + (seed >> 16 & 255) / 64.0;
      seed = seed * 1103515245u + 12345u;
      feed[i] = 0.001 + (seed >> 16 & 255) / 255.0;
    }
    seed = seed * 1103515245u + 12345u;
    double s = 0.6 + (seed >> 16 & 255) / 60.0;
    seed = seed * 1103515245u + 12345u;
    double product = 0.05 + 0.9 * (seed >> 16 & 255) / 255.0;
    kd_cascade in = {.components = k,
                     .beta = beta,
                     .feed = feed,
                     .extraction = 1 + seed % 30,
                     .scrub = 1 + seed / 64 % 30,
                     .s = s,
                     .w = s - product,
                     .draw_stage = trial % 3 == 0 ? 2 : 0,
                     .draw = trial % 3 == 0 ? 0.01 : 0};
    kd_cascade_profile p;
    kd_status status = kd_cascade_solve(&p, &in, &b.work);
    if (status == KD_OK) {
      solved++;
      assert_true(p.closure < 1e-9);
      for (size_t i = 0; i < p.stages * k; i++) {
        assert_true(p.aqueous[i] >= 0 && p.aqueous[i] <= 1 + 1e-9);
        assert_true(p.organic[i] >= 0 && p.organic[i] <= 1 + 1e-9);
      }
    } else {
      if (status != KD_E_INFEASIBLE && status != KD_E_RANGE)
        fail_msg("trial %d, %zu components, s %g, w %g: %s", trial, k, in.s, in.w, b.err.text);
      refused++;
    }
    kd_arena_reset(b.scratch);
  }
  assert_true(solved > 90 && solved + refused == 140);
  teardown(&b);
}

static void impossible_flows_are_refused(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double beta[2] = {1, 2}, feed[2] = {1, 1}, bad[2] = {1, (double)NAN};
  kd_cascade_profile p;
  kd_cascade in = {.components = 2, .beta = beta, .feed = feed, .extraction = 5, .scrub = 5, .s = 1, .w = 1.2};
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_E_INFEASIBLE);
  in.w = 0.5, in.s = 3;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_E_INFEASIBLE);
  in.s = 1, in.extraction = 0;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_E_RANGE);
  in.extraction = 5, in.feed = bad;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_E_RANGE);
  in.feed = feed, in.draw_stage = 11, in.draw = 0.1;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_E_RANGE);
  in.draw_stage = 8, in.draw = 0.6;
  assert_int_equal(kd_cascade_solve(&p, &in, &b.work), KD_E_INFEASIBLE);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(worked_case_of_the_theory),    cmocka_unit_test(three_outlets_of_the_theory),
      cmocka_unit_test(exact_count_is_what_it_takes), cmocka_unit_test(random_cascades_close),
      cmocka_unit_test(impossible_flows_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
