// SPDX-License-Identifier: Apache-2.0
/* The rigorous chain against closed forms (Kremser), stage-by-stage balances worked anew, the dense cascade, the
 * generic block solver; random circuits close. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/check.h"

#include "numerics/block_tridiagonal.h"
#include "process/cascade.h"
#include "process/extraction.h"
#include "process/xu.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
  unsigned long long seed;
} bench;

static void setup(bench *b) {
  memset(b, 0, sizeof *b);
  b->seed = 88172645463325252ull;
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->scratch, b->ctx), KD_OK);
  b->work = (kd_work){.ctx = b->ctx, .scratch = b->scratch, .err = &b->err};
}

static void teardown(bench *b) {
  kd_arena_destroy(&b->scratch);
  kd_context_destroy(&b->ctx);
}

static double chance(bench *b) {
  b->seed ^= b->seed << 13;
  b->seed ^= b->seed >> 7;
  b->seed ^= b->seed << 17;
  return (double)(b->seed >> 11) / 9007199254740992.0;
}

/* At a held pH and with extractant in excess a bank of n stages is Kremser's. */
static void held_ph_is_kremser(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double ln_k[3] = {log(1e-3), log(2e-3), log(7e-3)}, slope[3] = {3, 2.5, 3.1}, feed[3] = {10, 20, 30};
  for (int n = 1; n <= 9; n += 4) {
    kd_extraction c = {.isotherm = {.level = KD_ISOTHERM_PH, .components = 3, .ln_k = ln_k, .slope = slope},
                       .extraction = (size_t)n,
                       .organic_flow = 2,
                       .ion_log_k = (double)NAN,
                       .feed_flow = 1,
                       .feed = feed,
                       .efficiency = 1,
                       .strip_efficiency = 1,
                       .ph = 1.1};
    kd_extraction_result r;
    if (kd_extraction_solve(&r, &c, false, &b.work) != KD_OK) fail_msg("%s", b.err.text);
    for (int i = 0; i < 3; i++) {
      double e = 2 * exp(ln_k[i] + slope[i] * 1.1 * log(10));
      assert_near(r.metal[i].raffinate / feed[i], kd_kremser_raffinate(NULL, e, n), 1e-12);
    }
    assert_true(r.closure < 1e-12);
  }
  teardown(&b);
}

/* One stage of mass action: the equilibrium constant, the extractant and the proton balance hold as written. */
static void one_stage_obeys_mass_action(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double ln_k[2] = {log(0.02), log(0.5)}, feed[2] = {40, 60};
  kd_extraction c = {.isotherm = {.level = KD_ISOTHERM_MASS,
                                  .components = 2,
                                  .ln_k = ln_k,
                                  .proton_order = 3,
                                  .extractant_order = 2.4},
                     .extraction = 1,
                     .organic_flow = 1.5,
                     .extractant = 500,
                     .base = 120,
                     .ion_log_k = (double)NAN,
                     .feed_flow = 1,
                     .feed_acid = 30,
                     .feed = feed,
                     .efficiency = 1,
                     .strip_efficiency = 1,
                     .ph = (double)NAN};
  kd_extraction_result r;
  if (kd_extraction_solve(&r, &c, false, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  double h = r.profile.acid[0], free = r.profile.extractant[0], bound = 0, protons = 0;
  for (int i = 0; i < 2; i++) {
    double o = r.profile.organic[i], a = r.profile.aqueous[i];
    assert_near(o / a / (exp(ln_k[i]) * pow(free / 1000, 2.4) / pow(h / 1000, 3)), 1, 1e-12);
    assert_near((a + 1.5 * o) / feed[i], 1, 1e-13);
    bound += 3 * o;
    protons += 3 * 1.5 * o;
  }
  assert_near(free + bound, 500, 1e-10);
  assert_near(h - 1e-8 / h, 30 + protons - 1.5 * 120, 1e-9);
  teardown(&b);
}

/* With drops in the organic and a Murphree efficiency the outlets still are what the stages give: the whole chain
 * worked anew from one end with the profile's drivers. */
static void losses_and_efficiency_close(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double ln_k[4] = {log(0.085), log(0.22), log(0.5), log(1.23)}, feed[4] = {20, 30, 10, 40};
  kd_extraction c = {
      .isotherm = {.level = KD_ISOTHERM_MASS, .components = 4, .ln_k = ln_k, .proton_order = 3, .extractant_order = 3},
      .extraction = 12,
      .scrub = 10,
      .strip = 4,
      .organic_flow = 3,
      .extractant = 500,
      .base = 60,
      .ion_log_k = -4.5,
      .feed_flow = 1,
      .feed_acid = 10,
      .feed = feed,
      .scrub_flow = 0.4,
      .strip_flow = 0.5,
      .strip_acid = 3000,
      .reflux = 0.4,
      .side_stage = 16,
      .side_flow = 0.05,
      .side_acid = 100,
      .side = feed,
      .draw_stage = 8,
      .draw_flow = 0.1,
      .efficiency = 0.9,
      .strip_efficiency = 0.8,
      .aqueous_in_organic = 1e-3,
      .organic_in_aqueous = 5e-4,
      .crud = 1e-3,
      .ph = (double)NAN,
      .recycle = true};
  kd_extraction_result r;
  if (kd_extraction_solve(&r, &c, false, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  assert_true(r.closure < 1e-11);
  for (size_t i = 0; i < 4; i++) {
    assert_near(r.metal[i].feed / (1.05 * feed[i]), 1, 1e-12);
    assert_true(r.metal[i].raffinate > 0 && r.metal[i].product > 0 && r.metal[i].draw > 0 && r.metal[i].crud > 0);
  }
  /* volumes: all aqueous that comes leaves by raffinate, draw, product and drops of organic outlets */
  double in = 1 + 0.4 + 0.5 + 0.05, gone = r.raffinate_flow + 0.1 + r.product_flow;
  for (size_t j = 0; j < r.stages; j++) gone += 1e-3 * r.chain.stage[j].out_organic;
  assert_near(gone / in, 1, 1e-12);
  /* Murphree at a scrub stage */
  const kd_contactor_profile *p = &r.profile;
  size_t k = r.components, j = 15;
  for (size_t i = 0; i < 4; i++) {
    double d = exp(ln_k[i] + p->driver[j]), o = p->organic[j * k + i], before = p->organic[(j - 1) * k + i];
    assert_near((o - before) / ((d + 1e-3) * p->aqueous[j * k + i] - before), 0.9, 1e-9);
  }
  teardown(&b);
}

/* The dense cascade is the oracle of the fast one. */
static void fast_cascade_is_the_dense_one(void **state) {
  (void)state;
  bench b;
  setup(&b);
  size_t both = 0;
  for (int trial = 0; trial < 60; trial++) {
    double beta[15], feed[15], level = 1;
    size_t k = 2 + (size_t)(trial % 14);
    for (size_t i = 0; i < k; i++) {
      beta[i] = level *= 1.1 + 4 * chance(&b);
      feed[i] = 0.001 + chance(&b);
    }
    double s = 0.6 + 4 * chance(&b), product = 0.05 + 0.9 * chance(&b);
    kd_cascade in = {.components = k,
                     .beta = beta,
                     .feed = feed,
                     .extraction = 1 + (size_t)(30 * chance(&b)),
                     .scrub = 2 + (size_t)(30 * chance(&b)),
                     .s = s,
                     .w = s - product,
                     .draw_stage = trial % 3 == 0 ? 2 : 0,
                     .draw = trial % 3 == 0 ? 0.01 : 0};
    kd_cascade_profile slow, fast;
    kd_arena_reset(b.scratch);
    kd_status one = kd_cascade_solve(&slow, &in, &b.work), two = kd_cascade_solve_fast(&fast, &in, &b.work);
    if (two != KD_OK && two != KD_E_INFEASIBLE && two != KD_E_RANGE) fail_msg("trial %d: %s", trial, b.err.text);
    if (one != KD_OK || two != KD_OK) continue;
    both++;
    for (size_t i = 0; i < slow.stages * k; i++) {
      assert_near(fast.aqueous[i], slow.aqueous[i], 1e-9);
      assert_near(fast.organic[i], slow.organic[i], 1e-9);
    }
    assert_true(fast.closure < 1e-11);
  }
  assert_true(both > 30);
  teardown(&b);
}

/* A side feed at the feed stage is more feed; a loaded organic feed is what Smoker counts; real stages do less. */
static void cascade_feeds_and_efficiency(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double beta[2] = {1, 2}, half[2] = {0.25, 0.25}, feed[2] = {0.5, 0.5};
  kd_cascade in = {.components = 2, .beta = beta, .feed = feed, .extraction = 12, .scrub = 11, .s = 1.8, .w = 1.3};
  kd_cascade_profile whole, parted, real;
  assert_int_equal(kd_cascade_solve_fast(&whole, &in, &b.work), KD_OK);
  in.feed = half, in.side = half, in.side_stage = 12, in.s = 3.6, in.w = 2.6; /* per mole of half the feed */
  assert_int_equal(kd_cascade_solve_fast(&parted, &in, &b.work), KD_OK);
  for (size_t i = 0; i < 46; i++) assert_near(parted.aqueous[i], whole.aqueous[i], 1e-12);
  in.feed = feed, in.side_stage = 0, in.s = 1.8, in.w = 1.3, in.efficiency = 0.8;
  assert_int_equal(kd_cascade_solve_fast(&real, &in, &b.work), KD_OK);
  assert_true(real.aqueous[0] < whole.aqueous[0] && real.closure < 1e-12);
  kd_cut_goal goal = {
      .beta = 2, .beta_scrub = 2, .f_a = 0.5, .purity_a = 0.999, .purity_b = 0.9999, .feed = KD_FEED_ORGANIC};
  double n, m, product_a, product_b;
  assert_int_equal(kd_smoker_stages(&n, &m, &goal, 1.3, &b.err), KD_OK);
  assert_int_equal(kd_xu_products(&product_a, &product_b, &goal, &b.err), KD_OK);
  in = (kd_cascade){.components = 2,
                    .beta = beta,
                    .feed = feed,
                    .extraction = (size_t)ceil(n),
                    .scrub = (size_t)ceil(m),
                    .s = 1.3,
                    .w = 2.3 - product_a,
                    .feed_organic = true};
  assert_int_equal(kd_cascade_solve_fast(&real, &in, &b.work), KD_OK);
  assert_true(real.aqueous[0] >= 0.9999 && real.organic[(real.stages - 1) * 2 + 1] >= 0.999);
  in.extraction -= 2, in.scrub -= 1;
  assert_int_equal(kd_cascade_solve_fast(&real, &in, &b.work), KD_OK);
  assert_false(real.aqueous[0] >= 0.9999 && real.organic[(real.stages - 1) * 2 + 1] >= 0.999);
  teardown(&b);
}

/* Hundreds of stages and the whole series, saponified, with losses: solved, closed, nothing below zero. */
static void random_circuits_close(void **state) {
  (void)state;
  bench b;
  setup(&b);
  for (int trial = 0; trial < 150; trial++) {
    double ln_k[15], feed[15], level = 0;
    size_t k = 2 + (size_t)(14 * chance(&b)) % 14, middle;
    for (size_t i = 0; i < k; i++) {
      ln_k[i] = level += log(1.1 + 5 * chance(&b) * chance(&b));
      feed[i] = 100 * pow(10, -3 * chance(&b));
    }
    middle = (size_t)(chance(&b) * (double)k);
    double shift = ln_k[middle], s = exp(log(0.3) + log(30) * chance(&b));
    for (size_t i = 0; i < k; i++) ln_k[i] -= shift;
    kd_extraction c = {.isotherm = {.level = KD_ISOTHERM_MASS,
                                    .components = k,
                                    .ln_k = ln_k,
                                    .proton_order = 3,
                                    .extractant_order = 3},
                       .extraction = 2 + (size_t)(60 * chance(&b)),
                       .scrub = 2 + (size_t)(60 * chance(&b)),
                       .strip = trial % 2 ? 3 : 0,
                       .organic_flow = s,
                       .extractant = 500,
                       .base = 400 * chance(&b),
                       .ion_log_k = -4.5,
                       .feed_flow = 1,
                       .feed_acid = 10,
                       .feed = feed,
                       .scrub_flow = 0.1 + chance(&b),
                       .scrub_acid = 1000 * chance(&b),
                       .strip_flow = 0.2 * s,
                       .strip_acid = 4000,
                       .reflux = trial % 3 ? 0 : 0.5,
                       .efficiency = trial % 4 ? 1 : 0.8,
                       .strip_efficiency = 1,
                       .aqueous_in_organic = trial % 5 ? 0 : 1e-3,
                       .organic_in_aqueous = trial % 6 ? 0 : 1e-3,
                       .ph = (double)NAN};
    kd_extraction_result r;
    kd_arena_reset(b.scratch);
    if (kd_extraction_solve(&r, &c, false, &b.work) != KD_OK) fail_msg("trial %d: %s", trial, b.err.text);
    assert_true(r.closure < 1e-10);
    for (size_t j = 0; j < r.stages; j++) {
      assert_true(r.profile.acid[j] > 0);
      for (size_t i = 0; i < k; i++) {
        assert_true(r.profile.aqueous[j * r.components + i] > -1e-8);
        assert_true(r.profile.organic[j * r.components + i] > -1e-8);
      }
    }
  }
  teardown(&b);
}

/* The start-up tends to the steady state. */
static void start_up_ends_in_the_steady_state(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double ln_k[2] = {0, log(3)}, feed[2] = {50, 50};
  kd_extraction c = {
      .isotherm = {.level = KD_ISOTHERM_MASS, .components = 2, .ln_k = ln_k, .proton_order = 3, .extractant_order = 3},
      .extraction = 8,
      .scrub = 8,
      .organic_flow = 2,
      .extractant = 500,
      .base = 75,
      .ion_log_k = -4.5,
      .feed_flow = 1,
      .feed_acid = 10,
      .feed = feed,
      .scrub_flow = 0.5,
      .scrub_acid = 150,
      .efficiency = 1,
      .strip_efficiency = 1,
      .ph = (double)NAN,
      .stage_time = 600};
  kd_extraction_result r;
  if (kd_extraction_solve(&r, &c, false, &b.work) != KD_OK) fail_msg("%s", b.err.text);
  kd_contactor_profile p;
  assert_int_equal(kd_contactor_profile_alloc(&p, &r.chain, &b.work), KD_OK);
  kd_contactor_fill(&p, &r.chain);
  for (int step = 0; step < 40; step++)
    if (kd_contactor_advance(&p, &r.chain, 60 * pow(1.4, step), &b.work) != KD_OK) fail_msg("%s", b.err.text);
  for (size_t i = 0; i < r.stages * r.components; i++) assert_near(p.organic[i], r.profile.organic[i], 1e-6);
  teardown(&b);
}

/* A generic block-tridiagonal system with known solution; the inverse against its definition. */
static void block_solver_and_inverse(void **state) {
  (void)state;
  bench b;
  setup(&b);
  enum { COUNT = 7, N = 5 };
  double lower[COUNT * N * N], diagonal[COUNT * N * N], upper[COUNT * N * N], x[COUNT * N], want[COUNT * N];
  for (size_t i = 0; i < COUNT * N * N; i++) {
    lower[i] = chance(&b) - 0.5, diagonal[i] = chance(&b) - 0.5, upper[i] = chance(&b) - 0.5;
    if (i % (N * N) % (N + 1) == 0) diagonal[i] += 4;
  }
  for (size_t i = 0; i < COUNT * N; i++) want[i] = chance(&b);
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t r = 0; r < N; r++) {
      double sum = 0;
      for (size_t m = 0; m < N; m++) {
        sum += diagonal[(i * N + r) * N + m] * want[i * N + m];
        if (i > 0) sum += lower[(i * N + r) * N + m] * want[(i - 1) * N + m];
        if (i + 1 < COUNT) sum += upper[(i * N + r) * N + m] * want[(i + 1) * N + m];
      }
      x[i * N + r] = sum;
    }
  }
  assert_true(kd_block_tridiagonal_solve(x, lower, diagonal, upper, COUNT, N));
  for (size_t i = 0; i < COUNT * N; i++) assert_near(x[i], want[i], 1e-13);
  for (size_t n = 1; n <= 32; n += 5) {
    size_t stride = kd_block_stride(n);
    double a[32 * 32] = {0}, inverse[32 * 32];
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < n; j++) a[i * stride + j] = chance(&b) + (i == j ? (double)n : 0);
    memcpy(inverse, a, sizeof a);
    assert_true(kd_block_invert(inverse, n));
    for (size_t i = 0; i < n; i++) {
      for (size_t j = 0; j < n; j++) {
        double sum = 0;
        for (size_t m = 0; m < n; m++) sum += a[i * stride + m] * inverse[m * stride + j];
        assert_near(sum, i == j ? 1 : 0, 1e-13);
      }
    }
  }
  double zero[8] = {0};
  assert_false(kd_block_invert(zero, 1));
  teardown(&b);
}

static void bad_circuits_are_refused(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double ln_k[2] = {0, 1}, feed[2] = {1, 1};
  kd_extraction c = {
      .isotherm = {.level = KD_ISOTHERM_MASS, .components = 2, .ln_k = ln_k, .proton_order = 3, .extractant_order = 3},
      .extraction = 3,
      .organic_flow = 1,
      .extractant = 500,
      .ion_log_k = (double)NAN,
      .feed_flow = 1,
      .feed_acid = 10,
      .feed = feed,
      .efficiency = 1,
      .strip_efficiency = 1,
      .ph = (double)NAN};
  kd_extraction_result r;
  assert_int_equal(kd_extraction_solve(&r, &c, false, &b.work), KD_OK);
  kd_extraction bad = c;
  bad.scrub = 3;
  assert_int_equal(kd_extraction_solve(&r, &bad, false, &b.work), KD_E_RANGE);
  bad = c, bad.draw_stage = 2, bad.draw_flow = 2;
  assert_int_equal(kd_extraction_solve(&r, &bad, false, &b.work), KD_E_INFEASIBLE);
  bad = c, bad.draw_stage = 9;
  assert_int_equal(kd_extraction_solve(&r, &bad, false, &b.work), KD_E_RANGE);
  bad = c, bad.efficiency = 0;
  assert_int_equal(kd_extraction_solve(&r, &bad, false, &b.work), KD_E_RANGE);
  bad = c, bad.extractant = 0;
  assert_int_equal(kd_extraction_solve(&r, &bad, false, &b.work), KD_E_RANGE);
  bad = c, bad.extraction = 0;
  assert_int_equal(kd_extraction_solve(&r, &bad, false, &b.work), KD_E_RANGE);
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(held_ph_is_kremser),
      cmocka_unit_test(one_stage_obeys_mass_action),
      cmocka_unit_test(losses_and_efficiency_close),
      cmocka_unit_test(fast_cascade_is_the_dense_one),
      cmocka_unit_test(cascade_feeds_and_efficiency),
      cmocka_unit_test(random_circuits_close),
      cmocka_unit_test(start_up_ends_in_the_steady_state),
      cmocka_unit_test(block_solver_and_inverse),
      cmocka_unit_test(bad_circuits_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
