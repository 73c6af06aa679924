// SPDX-License-Identifier: Apache-2.0
#include "unit/deposit/kriging_fixture.h"

#include "deposit/crossvalidation.h"

/* Answers of gstat to 1e-9; block weights there are in single precision, ours too. */
static void agrees(const char *name, const char *model, const kd_kriging_rule *rule, const kd_search_rule *search,
                   int dimensions) {
  bench b;
  kd_kriging_space space;
  const answer *want = gstat_answer(name);
  bench_open(&b);
  bench_krige(&b, model, rule, search, dimensions);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  for (int j = 0; j < TARGETS; j++) {
    const double at[3] = {b.at[0][j], b.at[1][j], b.at[2][j]};
    kd_kriged k;
    kd_kriging_at(&b.kriging, &space, &k, at, &b.drift[j], NULL);
    assert_int_equal(k.note, KD_KRIGED);
    assert_near(k.estimate, want->estimate[j], 1e-10);
    assert_near(k.variance, want->variance[j], 1e-10);
  }
  bench_close(&b);
}

#define MODEL  "0.1 nugget + 0.9 spherical(400 m)"
#define RULE   (const kd_kriging_rule)
#define SEARCH (const kd_search_rule)
#define DEGREE 0.017453292519943295

static void equals_gstat(void **state) {
  (void)state;
  agrees("ordinary", MODEL, &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  agrees("simple", MODEL, &RULE{.simple = true, .mean = 4.0}, &SEARCH{.neighbours = 12, .radius = 265.0}, 2);
  agrees("universal", MODEL, &RULE{.trend = 1}, &SEARCH{.neighbours = 20}, 2);
  agrees("drift", MODEL, &RULE{.drifts = 1}, &SEARCH{.neighbours = 20}, 2);
  agrees("block", MODEL, &RULE{.block = {40.0, 60.0, 0.0}}, &SEARCH{.neighbours = 12}, 2);
  agrees("block_regular", MODEL, &RULE{.block = {40.0, 60.0, 0.0}, .block_points = 4}, &SEARCH{.neighbours = 12}, 2);
  agrees("nested", "0.1 nugget + 0.5 Sph(400, semi 200, azimuth 30) + 0.4 Exp(150, semi 60, azimuth 70)", &RULE{0},
         &SEARCH{.neighbours = 14}, 2);
  agrees("nested_3d",
         "0.1 nugget + 0.5 Sph(400 m, semi 200 m, minor 40 m, azimuth 30 deg, dip -15 deg, rake 20 deg) + "
         "0.4 Exp(150 m, semi 60 m, minor 30 m, azimuth 70 deg, dip 10 deg, rake 5 deg)",
         &RULE{0}, &SEARCH{.neighbours = 14}, 3);
  agrees("quadrants", MODEL, &RULE{0},
         &SEARCH{.neighbours = 30, .radius = 350.0, .sectors = 4, .per_sector = 2, .trim = true}, 2);
  agrees("octants_3d", MODEL, &RULE{0}, &SEARCH{.radius = 400.0, .sectors = 8, .per_sector = 2}, 3);
  agrees("power", "0.1 nugget + 0.002 power(1.4)", &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  agrees("matern_error", "0.1 Err + 0.9 matern(120 m, smoothness 1.3)", &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  agrees("gaussian", "0.05 nugget + 0.9 gaussian(200 m)", &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  agrees("global", MODEL, &RULE{0}, &SEARCH{0}, 2);
}

static void cross_validation_equals_gstat(void **state) {
  bench b;
  uint32_t alone[SAMPLES];
  kd_kriged each[SAMPLES];
  kd_crossvalidation cv;
  const answer *want = gstat_answer("cross_validation");
  (void)state;
  bench_open(&b);
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  for (uint32_t i = 0; i < SAMPLES; i++) alone[i] = i;
  assert_int_equal(kd_crossvalidate(&cv, each, &b.kriging, alone, b.arena, &b.err), KD_OK);
  for (int i = 0; i < TARGETS; i++) {
    assert_near(each[i].estimate, want->estimate[i], 1e-10);
    assert_near(each[i].variance, want->variance[i], 1e-10);
  }
  assert_int_equal(cv.count, SAMPLES);
  bench_close(&b);
}

/* Exact at the samples; filtered: not, and the same as an error of measurement in the model. */
static void nugget_is_exact_or_filtered(void **state) {
  bench b;
  kd_kriging_space space;
  kd_kriged exact, filtered, error;
  (void)state;
  bench_open(&b);
  const double at[3] = {b.x[7], b.y[7], 0.0};
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  kd_kriging_at(&b.kriging, &space, &exact, at, NULL, NULL);
  assert_near(exact.estimate, b.v[7], 1e-12);
  assert_near(exact.variance, 0.0, 1e-12);
  bench_krige(&b, MODEL, &RULE{.filter_nugget = true}, &SEARCH{.neighbours = 12}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  kd_kriging_at(&b.kriging, &space, &filtered, at, NULL, NULL);
  assert_true(fabs(filtered.estimate - b.v[7]) > 1e-4);
  bench_krige(&b, "0.1 measurement_error + 0.9 spherical(400 m)", &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  kd_kriging_at(&b.kriging, &space, &error, at, NULL, NULL);
  assert_near(filtered.estimate, error.estimate, 1e-13);
  assert_near(filtered.variance, error.variance, 1e-13);
  bench_close(&b);
}

/* One datum and a known mean by hand: Z* = m + rho (z - m), s2 = C - rho^2 C; slope 1. */
static void one_sample_by_hand(void **state) {
  kd_context *ctx;
  kd_arena *arena;
  kd_error err;
  kd_covariance model;
  kd_search search;
  kd_kriging kriging;
  kd_kriging_space space;
  kd_kriged k;
  const double x = 0.0, y = 0.0, v = 5.0, at[3] = {100.0, 0.0, 0.0}, far[3] = {9e5, 0.0, 0.0};
  const kd_points points = {.count = 1, .x = &x, .y = &y};
  (void)state;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&arena, ctx), KD_OK);
  assert_int_equal(kd_covariance_parse(&model, "2 spherical(200 m)", &err), KD_OK);
  assert_int_equal(kd_search_create(&search, arena, &points, NULL, &SEARCH{.radius = 1e5}, &err), KD_OK);
  assert_int_equal(
      kd_kriging_create(&kriging, &points, &v, NULL, &model, &RULE{.simple = true, .mean = 1.0}, &search, arena, &err),
      KD_OK);
  assert_int_equal(kd_kriging_space_create(&space, arena, &kriging, &err), KD_OK);
  kd_kriging_at(&kriging, &space, &k, at, NULL, NULL);
  const double rho = 1.0 - (1.5 * 0.5 - 0.5 * 0.125);
  assert_near(k.estimate, 1.0 + rho * 4.0, 1e-14);
  assert_near(k.variance, 2.0 - 2.0 * rho * rho, 1e-14);
  assert_near(k.efficiency, rho * rho, 1e-14);
  kd_kriging_at(&kriging, &space, &k, far, NULL, NULL);
  assert_near(k.estimate, 1.0, 0.0); /* nothing in reach: the mean, with the whole variance */
  assert_near(k.variance, 2.0, 0.0);
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
}

static void says_why_not(void **state) {
  bench b;
  kd_kriging_space space;
  kd_kriged k;
  const double far[3] = {1e7, 1e7, 0.0};
  (void)state;
  bench_open(&b);
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 12, .radius = 100.0}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  kd_kriging_at(&b.kriging, &space, &k, far, NULL, NULL);
  assert_int_equal(k.note, KD_KRIGED_NONE);
  assert_true(isnan(k.estimate));
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 12, .minimum = 9, .radius = 130.0}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  const double at[3] = {500.0, 500.0, 0.0};
  kd_kriging_at(&b.kriging, &space, &k, at, NULL, NULL);
  assert_int_equal(k.note, KD_KRIGED_FEW);
  /* Samples on one line cannot carry a plane. */
  for (int i = 0; i < SAMPLES; i++) b.y[i] = 2.0 * b.x[i];
  bench_krige(&b, MODEL, &RULE{.trend = 1}, &SEARCH{.neighbours = 12}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  kd_kriging_at(&b.kriging, &space, &k, at, NULL, NULL);
  assert_int_equal(k.note, KD_KRIGED_TREND);
  /* A smooth model without nugget over close samples. */
  bench_krige(&b, "1 gaussian(1e5 m)", &RULE{0}, &SEARCH{.neighbours = 30}, 2);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  kd_kriging_at(&b.kriging, &space, &k, at, NULL, NULL);
  assert_int_equal(k.note, KD_KRIGED_SINGULAR);
  bench_close(&b);
}

static void refuses_bad_samples(void **state) {
  bench b;
  const double *const none[1] = {NULL};
  (void)state;
  bench_open(&b);
  const kd_points points = {.count = SAMPLES, .x = b.x, .y = b.y};
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  b.x[9] = b.x[4];
  b.y[9] = b.y[4];
  assert_int_equal(kd_kriging_create(&b.kriging, &points, b.v, none, &b.model, &RULE{0}, &b.search, b.arena, &b.err),
                   KD_E_DUPLICATE);
  assert_non_null(strstr(b.err.text, "samples 5 and 10 stand at one place"));
  b.x[9] += 1.0;
  b.v[3] = (double)NAN;
  assert_int_equal(kd_kriging_create(&b.kriging, &points, b.v, none, &b.model, &RULE{0}, &b.search, b.arena, &b.err),
                   KD_E_MISSING);
  assert_non_null(strstr(b.err.text, "sample 4: the value is missing"));
  b.v[3] = 1.0;
  assert_int_equal(kd_kriging_create(&b.kriging, &points, b.v, none, &b.model, &RULE{.simple = true, .trend = 1},
                                     &b.search, b.arena, &b.err),
                   KD_E_CONTRADICTION);
  assert_int_equal(kd_covariance_parse(&b.model, "1 power(1.5)", &b.err), KD_OK);
  assert_int_equal(
      kd_kriging_create(&b.kriging, &points, b.v, none, &b.model, &RULE{.simple = true}, &b.search, b.arena, &b.err),
      KD_E_CONTRADICTION);
  assert_int_equal(kd_search_create(&b.search, b.arena, &points, NULL, &SEARCH{.per_core = 2}, &b.err), KD_E_MISSING);
  assert_int_equal(kd_search_create(&b.search, b.arena, &points, NULL, &SEARCH{.neighbours = 2, .minimum = 3}, &b.err),
                   KD_E_CONTRADICTION);
  assert_int_equal(kd_search_create(&b.search, b.arena, &points, NULL, &SEARCH{.sectors = 4}, &b.err),
                   KD_E_CONTRADICTION);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_gstat),       cmocka_unit_test(cross_validation_equals_gstat),
      cmocka_unit_test(one_sample_by_hand), cmocka_unit_test(nugget_is_exact_or_filtered),
      cmocka_unit_test(says_why_not),       cmocka_unit_test(refuses_bad_samples),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
