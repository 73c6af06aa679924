// SPDX-License-Identifier: Apache-2.0
#include "unit/deposit/kriging_fixture.h"

#include "deposit/variogram.h"
#include "deposit/variogram_fit.h"

#define DEGREE 0.017453292519943295

static kd_variogram_rule rule_of(kd_variogram_kind kind, double cutoff, double width) {
  kd_variogram_rule rule = {.kind = kind, .bandwidth = (double)INFINITY, .bandheight = (double)INFINITY};
  rule.tolerance = rule.dip_tolerance = 90.0 * DEGREE;
  assert_int_equal(kd_variogram_lags(&rule, cutoff, width, NULL), KD_OK);
  return rule;
}

static void equals_gstat(void **state) {
  bench b;
  kd_lag lag[64];
  (void)state;
  bench_open(&b);
  const kd_points flat = {.count = SAMPLES, .x = b.x, .y = b.y},
                  solid = {.count = SAMPLES, .x = b.x, .y = b.y, .z = b.z};
  kd_variogram_rule rule = rule_of(KD_VARIOGRAM_CLASSICAL, 500.0, 60.0);
  kd_variogram_reference(lag, &flat, b.v, NULL, &rule);
  size_t row = 0;
  for (size_t k = 0; k < rule.lags; k++) {
    if (!(lag[k].pairs > 0.0)) continue;
    assert_near(lag[k].pairs, omni_pairs[row], 0.0);
    assert_close(lag[k].distance, omni_distance[row], 1e-12);
    assert_close(lag[k].gamma, omni_gamma[row], 1e-12);
    row++;
  }
  assert_int_equal(row, sizeof omni_gamma / sizeof omni_gamma[0]);
  row = 0;
  for (int d = 0; d < 2; d++) {
    rule.directional = true;
    rule.azimuth = (30.0 + 90.0 * d) * DEGREE;
    rule.tolerance = 45.0 * DEGREE;
    kd_variogram_reference(lag, &flat, b.v, NULL, &rule);
    for (size_t k = 0; k < rule.lags; k++) {
      if (!(lag[k].pairs > 0.0)) continue;
      assert_near(lag[k].pairs, along_pairs[row], 0.0);
      assert_close(lag[k].gamma, along_gamma[row], 1e-12);
      row++;
    }
  }
  assert_int_equal(row, sizeof along_gamma / sizeof along_gamma[0]);
  rule = rule_of(KD_VARIOGRAM_ROBUST, 500.0, 60.0);
  kd_variogram_reference(lag, &solid, b.v, NULL, &rule);
  row = 0;
  for (size_t k = 0; k < rule.lags; k++)
    if (lag[k].pairs > 0.0) {
      assert_close(lag[k].gamma, robust_gamma[row], 1e-12);
      row++;
    }
  bench_close(&b);
}

/* The fast path counts the same pairs and sums the same numbers, in 2-D and 3-D, alone and crossed, for any threads. */
static void fast_equals_reference(void **state) {
  enum { N = 1000 };
  static double x[N], y[N], z[N], v[N], w[N];
  kd_lag slow[40], fast[40], again[40];
  bench b;
  (void)state;
  bench_open(&b);
  for (int i = 0; i < N; i++) {
    x[i] = floor(1000.0 * frac(i * 0.754877666)); /* on a net, so that distances fall on boundaries */
    y[i] = floor(1000.0 * frac(i * 0.569840291));
    z[i] = floor(50.0 * frac(i * 0.8191725));
    v[i] = sin(0.01 * x[i]) + 0.02 * z[i];
    w[i] = cos(0.013 * y[i]) + v[i];
  }
  for (int turn = 0; turn < 4; turn++) {
    const kd_points points = {.count = N, .x = x, .y = y, .z = turn / 2 ? z : NULL};
    const bool cross = turn % 2;
    kd_variogram_rule rule =
        rule_of(cross ? KD_VARIOGRAM_CROSS : KD_VARIOGRAM_CLASSICAL, turn / 2 ? 1500.0 : 333.0, turn / 2 ? 50.0 : 10.0);
    kd_pool *pool;
    kd_variogram_reference(slow, &points, v, cross ? w : NULL, &rule);
    assert_int_equal(kd_variogram(fast, &points, v, cross ? w : NULL, &rule, NULL, b.arena, &b.err), KD_OK);
    for (size_t k = 0; k < rule.lags; k++) {
      assert_near(fast[k].pairs, slow[k].pairs, 0.0);
      if (slow[k].pairs == 0.0) continue;
      assert_close(fast[k].distance, slow[k].distance, 1e-12);
      assert_near(fast[k].gamma, slow[k].gamma, 1e-12);
    }
    for (size_t threads = 2; threads <= 4; threads += 2) {
      assert_int_equal(kd_pool_create(&pool, b.ctx, threads, &b.err), KD_OK);
      assert_int_equal(kd_variogram(again, &points, v, cross ? w : NULL, &rule, pool, b.arena, &b.err), KD_OK);
      assert_memory_equal(fast, again, rule.lags * sizeof *fast);
      kd_pool_destroy(&pool);
    }
  }
  bench_close(&b);
}

/* Lags that lie on a model give the model back, whatever the start; with gstat's local rules as well. */
static void fit_finds_the_model(void **state) {
  static const char *const truth[] = {"0.3 nugget + 1.2 spherical(500 m)", "0.1 nugget + 0.9 exponential(180 m)",
                                      "0.2 nugget + 0.5 spherical(150 m) + 0.8 spherical(700 m)",
                                      "0.4 nugget + 2 gaussian(300 m)"};
  static const char *const start[] = {"1 nugget + 1 spherical(50 m)", "1 nugget + 1 exponential(2000 m)",
                                      "1 nugget + 1 spherical(100 m) + 1 spherical(500 m)",
                                      "1 nugget + 1 gaussian(900 m)"};
  bench b;
  (void)state;
  bench_open(&b);
  for (int t = 0; t < 4; t++) {
    double pairs[20], distance[20], gamma[20];
    kd_covariance model, first;
    kd_fit fit;
    assert_int_equal(kd_covariance_parse(&model, truth[t], &b.err), KD_OK);
    assert_int_equal(kd_covariance_parse(&first, start[t], &b.err), KD_OK);
    for (int k = 0; k < 20; k++) {
      pairs[k] = 100.0 + k;
      distance[k] = 50.0 * (k + 1);
      gamma[k] = kd_semivariance(&model, distance[k], 0.0, 0.0);
    }
    const kd_fit_lags lags = {.count = 20, .pairs = pairs, .distance = distance, .gamma = gamma};
    const kd_fit_rule rule = {0};
    assert_int_equal(kd_variogram_fit(&fit, &lags, &first, &rule, b.arena, &b.err), KD_OK);
    for (size_t i = 0; i < model.count; i++) {
      assert_close(fit.model.structure[i].sill, model.structure[i].sill, 1e-6);
      assert_close(fit.model.structure[i].range, model.structure[i].range, 1e-6);
    }
  }
  const double one[1] = {1.0}, zero[1] = {0.0};
  const kd_fit_lags empty = {.count = 1, .pairs = zero, .distance = one, .gamma = one};
  kd_covariance first;
  kd_fit fit;
  assert_int_equal(kd_covariance_parse(&first, start[0], &b.err), KD_OK);
  assert_int_equal(kd_variogram_fit(&fit, &empty, &first, &(const kd_fit_rule){0}, b.arena, &b.err), KD_E_MISSING);
  bench_close(&b);
}

/* An ellipse comes back from lags along four directions. */
static void fit_finds_the_ellipse(void **state) {
  bench b;
  double pairs[40], distance[40], gamma[40], azimuth[40];
  kd_covariance model, first;
  kd_fit fit;
  (void)state;
  bench_open(&b);
  assert_int_equal(
      kd_covariance_parse(&model, "0.2 nugget + 1 spherical(600 m, semi 250 m, minor 250 m, azimuth 40)", &b.err),
      KD_OK);
  assert_int_equal(kd_covariance_parse(&first, "1 nugget + 1 spherical(300 m)", &b.err), KD_OK);
  for (int k = 0; k < 40; k++) {
    pairs[k] = 100.0;
    distance[k] = 60.0 * (k % 10 + 1);
    azimuth[k] = 45.0 * (k / 10) * DEGREE;
    gamma[k] = kd_semivariance(&model, distance[k] * sin(azimuth[k]), distance[k] * cos(azimuth[k]), 0.0);
  }
  const kd_fit_lags lags = {.count = 40, .pairs = pairs, .distance = distance, .gamma = gamma, .azimuth = azimuth};
  assert_int_equal(kd_variogram_fit(&fit, &lags, &first, &(const kd_fit_rule){.anisotropy = true}, b.arena, &b.err),
                   KD_OK);
  const kd_structure *s = &fit.model.structure[1];
  assert_close(s->range, 600.0, 1e-4);
  assert_close(s->semi, 250.0, 1e-4);
  assert_near(remainder(s->azimuth - 40.0 * DEGREE, 180.0 * DEGREE), 0.0, 1e-4);
  bench_close(&b);
}

/* Likelihood of two samples by hand, and a stationary point of the fit: any small step makes it worse. */
static void likelihood_is_at_its_top(void **state) {
  bench b;
  kd_covariance first;
  kd_likelihood fit, other;
  (void)state;
  bench_open(&b);
  const kd_points points = {.count = SAMPLES, .x = b.x, .y = b.y};
  assert_int_equal(kd_covariance_parse(&first, "0.1 nugget + 1 exponential(200 m)", &b.err), KD_OK);
  assert_int_equal(kd_likelihood_fit(&fit, &points, b.v, &first, false, b.arena, &b.err), KD_OK);
  assert_true(isfinite(fit.log_likelihood));
  assert_int_equal(kd_likelihood_fit(&other, &points, b.v, &fit.model, false, b.arena, &b.err), KD_OK);
  assert_near(other.log_likelihood, fit.log_likelihood, 1e-5);
  for (int i = 0; i < SAMPLES; i++) b.v[i] = 2.0;
  assert_int_equal(kd_likelihood_fit(&fit, &points, b.v, &first, true, b.arena, &b.err), KD_E_RANGE);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_gstat),
      cmocka_unit_test(fast_equals_reference),
      cmocka_unit_test(fit_finds_the_model),
      cmocka_unit_test(fit_finds_the_ellipse),
      cmocka_unit_test(likelihood_is_at_its_top),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
