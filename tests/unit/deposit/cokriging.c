// SPDX-License-Identifier: Apache-2.0
#include "unit/deposit/kriging_fixture.h"

#include "deposit/cokriging.h"

/* A model of two structures over p variables from fixed loadings: positive definite by construction. */
static void make_model(kd_coregionalisation *m, size_t p, size_t structures) {
  static const char *const text[] = {"1 nugget", "1 spherical(400 m)", "1 exponential(150 m)"};
  memset(m, 0, sizeof *m);
  m->variables = p;
  m->structures = structures;
  for (size_t k = 0; k < structures; k++) {
    assert_int_equal(kd_covariance_parse(&m->structure[k], text[k], NULL), KD_OK);
    for (size_t i = 0; i < p; i++)
      for (size_t j = 0; j < p; j++)
        m->sill[k][i * p + j] =
            (i == j ? 0.3 : 0.0) + (0.5 + 0.1 * (double)((i + k) % 3)) * (0.5 + 0.1 * (double)((j + k) % 3));
  }
}

static void equals_gstat_heterotopic(void **state) {
  bench b;
  kd_coregionalisation model = {.variables = 2, .structures = 2};
  kd_cokriging *cokriging;
  double estimate[TARGETS * 2], variance[TARGETS * 2];
  kd_kriged_note note[TARGETS];
  (void)state;
  bench_open(&b);
  assert_int_equal(kd_covariance_parse(&model.structure[0], "1 nugget", NULL), KD_OK);
  assert_int_equal(kd_covariance_parse(&model.structure[1], "1 spherical(400 m)", NULL), KD_OK);
  const double nugget[4] = {0.1, 0.04, 0.04, 0.05}, sill[4] = {0.9, 0.5, 0.5, 0.4};
  memcpy(model.sill[0], nugget, sizeof nugget);
  memcpy(model.sill[1], sill, sizeof sill);
  const kd_covariable variable[2] = {
      {.points = {.count = SAMPLES, .x = b.x, .y = b.y}, .value = b.v},
      {.points = {.count = SAMPLES - 10, .x = b.x + 10, .y = b.y + 10}, .value = b.w + 10}};
  const kd_points targets = {.count = TARGETS, .x = b.at[0], .y = b.at[1]};
  const kd_cokriging_rule rule = {0};
  const kd_search_rule search = {.neighbours = 10};
  assert_int_equal(kd_cokriging_create(&cokriging, variable, &model, &rule, &search, b.arena, &b.err), KD_OK);
  assert_int_equal(kd_cokriging_form_of(cokriging), KD_COKRIGING_GENERAL);
  assert_int_equal(kd_cokriging_at(cokriging, estimate, variance, note, NULL, &targets, b.arena, &b.err), KD_OK);
  for (int j = 0; j < TARGETS; j++) {
    assert_near(estimate[2 * j], gstat_answer("cokriging_v")->estimate[j], 1e-10);
    assert_near(variance[2 * j], gstat_answer("cokriging_v")->variance[j], 1e-10);
    assert_near(estimate[2 * j + 1], gstat_answer("cokriging_w")->estimate[j], 1e-10);
    assert_near(variance[2 * j + 1], gstat_answer("cokriging_w")->variance[j], 1e-10);
  }
  bench_close(&b);
}

/* Factors give the numbers of the whole system, for one and two structures, 2 to 15 variables, simple and ordinary. */
static void factors_equal_the_system(void **state) {
  static double value[15][SAMPLES], estimate[2][TARGETS * 15], variance[2][TARGETS * 15];
  (void)state;
  for (int turn = 0; turn < 8; turn++) {
    const size_t p = turn % 2 ? 15 : 2, structures = turn / 2 % 2 ? 2 : 1;
    bench b;
    kd_coregionalisation model;
    kd_covariable variable[15];
    kd_kriged_note note[TARGETS];
    bench_open(&b);
    make_model(&model, p, structures);
    if (structures == 1) assert_int_equal(kd_covariance_parse(&model.structure[0], "1 spherical(300 m)", NULL), KD_OK);
    for (size_t v = 0; v < p; v++) {
      for (int i = 0; i < SAMPLES; i++) value[v][i] = b.v[i] * cos((double)v) + b.w[i] * (double)(v + 1) + b.d[i];
      variable[v] = (kd_covariable){.points = {.count = SAMPLES, .x = b.x, .y = b.y}, .value = value[v]};
    }
    const kd_points targets = {.count = TARGETS, .x = b.at[0], .y = b.at[1]};
    const kd_search_rule search = {.neighbours = 12};
    for (int form = 0; form < 2; form++) {
      kd_cokriging_rule rule = {.simple = turn / 4 == 1, .general = form == 1};
      kd_cokriging *cokriging;
      for (size_t v = 0; v < p; v++) rule.mean[v] = 3.0 + (double)v;
      assert_int_equal(kd_cokriging_create(&cokriging, variable, &model, &rule, &search, b.arena, &b.err), KD_OK);
      assert_int_equal(kd_cokriging_form_of(cokriging), form == 1 ? KD_COKRIGING_GENERAL : KD_COKRIGING_DIAGONAL);
      assert_int_equal(
          kd_cokriging_at(cokriging, estimate[form], variance[form], note, NULL, &targets, b.arena, &b.err), KD_OK);
    }
    for (size_t i = 0; i < TARGETS * p; i++) {
      assert_near(estimate[0][i], estimate[1][i], 1e-10);
      assert_near(variance[0][i], variance[1][i], 1e-10);
    }
    bench_close(&b);
  }
}

/* 1, 2 and 4 threads: the same bits in both forms, over more targets than one chunk holds. */
static void threads_change_nothing(void **state) {
  enum { P = 3, SIDE = 30, MANY = SIDE * SIDE };
  static double x[MANY], y[MANY], value[P][SAMPLES], estimate[2][MANY * P], variance[2][MANY * P];
  static kd_kriged_note note[MANY];
  (void)state;
  for (int form = 0; form < 2; form++) {
    bench b;
    kd_coregionalisation model;
    kd_covariable variable[P];
    kd_cokriging *cokriging;
    const kd_search_rule search = {.neighbours = 8};
    const kd_cokriging_rule rule = {.general = form == 1};
    bench_open(&b);
    make_model(&model, P, 2);
    for (size_t v = 0; v < P; v++) {
      for (int i = 0; i < SAMPLES; i++) value[v][i] = b.v[i] + (double)v * b.w[i];
      variable[v] = (kd_covariable){.points = {.count = SAMPLES, .x = b.x, .y = b.y}, .value = value[v]};
    }
    for (int i = 0; i < MANY; i++) {
      x[i] = b.x[0] + 20.0 * (i % SIDE);
      y[i] = b.y[0] + 20.0 * (double)(i / SIDE);
    }
    const kd_points targets = {.count = MANY, .x = x, .y = y};
    assert_int_equal(kd_cokriging_create(&cokriging, variable, &model, &rule, &search, b.arena, &b.err), KD_OK);
    for (size_t threads = 1; threads <= 4; threads *= 2) {
      const int to = threads > 1;
      kd_pool *pool;
      assert_int_equal(kd_pool_create(&pool, b.ctx, threads, &b.err), KD_OK);
      assert_int_equal(
          kd_cokriging_share(cokriging, estimate[to], variance[to], note, NULL, &targets, pool, b.arena, &b.err),
          KD_OK);
      kd_pool_destroy(&pool);
      if (to) {
        assert_memory_equal(estimate[0], estimate[1], sizeof estimate[0]);
        assert_memory_equal(variance[0], variance[1], sizeof variance[0]);
      }
    }
    assert_true(isfinite(estimate[0][MANY * P - 1]));
    bench_close(&b);
  }
}

/* A fit to lags that follow a valid model gives it back; one to an impossible cross term stays positive. */
static void fit_stays_positive(void **state) {
  enum { LAGS = 12, P = 3 };
  kd_coregionalisation model, fit;
  double distance[LAGS], weight[LAGS], gamma[LAGS * P * P];
  (void)state;
  make_model(&model, P, 2);
  make_model(&fit, P, 2);
  memset(fit.sill, 0, sizeof fit.sill);
  for (int h = 0; h < LAGS; h++) {
    distance[h] = 40.0 * (h + 1);
    weight[h] = 1.0 / distance[h];
    for (int c = 0; c < P * P; c++)
      gamma[h * P * P + c] =
          model.sill[0][c] + model.sill[1][c] * kd_semivariance(&model.structure[1], distance[h], 0.0, 0.0);
  }
  kd_coregionalisation_fit(&fit, LAGS, distance, weight, gamma);
  for (int k = 0; k < 2; k++)
    for (int c = 0; c < P * P; c++) assert_near(fit.sill[k][c], model.sill[k][c], 1e-5);
  for (int h = 0; h < LAGS; h++) gamma[h * P * P + 1] = gamma[h * P * P + 3] = 9.0;
  kd_coregionalisation_fit(&fit, LAGS, distance, weight, gamma);
  for (size_t k = 0; k < 2; k++) assert_true(kd_coregionalisation_least(&fit, k) > -1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_gstat_heterotopic),
      cmocka_unit_test(factors_equal_the_system),
      cmocka_unit_test(threads_change_nothing),
      cmocka_unit_test(fit_stays_positive),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
