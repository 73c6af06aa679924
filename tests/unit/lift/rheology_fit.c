// SPDX-License-Identifier: Apache-2.0
/* Rheometer fit: exact data come back, the linear case equals textbook regression, errors hold against resampling. */
#include "support/check.h"

#include <string.h>

#include "lift/rheology_fit.h"

#define N 25

static void rates(double *g) {
  for (int i = 0; i < N; i++) g[i] = 0.1 * pow(3000, i / (N - 1.0));
}

static double normal(uint64_t *seed) {
  double sum = -6;
  for (int i = 0; i < 12; i++) {
    *seed = *seed * 6364136223846793005ull + 1442695040888963407ull;
    sum += (double)(*seed >> 11) / 9007199254740992.0;
  }
  return sum;
}

static void exact_points_come_back(void **state) {
  (void)state;
  static const double wanted[][4] = {{3, 0.2, 0.55, (double)INFINITY},
                                     {0.05, 0.01, 0.9, (double)INFINITY},
                                     {40, 5, 0.3, (double)INFINITY},
                                     {1, 0.002, 1.4, (double)INFINITY},
                                     {3, 0.2, 0.6, 2.0},
                                     {12, 0.05, 1.0, 0.3}};
  double g[N], y[N], s[N];
  rates(g);
  for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++) {
    const double *p = wanted[k];
    for (int i = 0; i < N; i++)
      y[i] = p[0] * (isinf(p[3]) ? 1 : -expm1(-p[3] * g[i])) + p[1] * pow(g[i], p[2]), s[i] = 1;
    kd_rheology_fit f;
    kd_error err = {0};
    const kd_fit_model model = isinf(p[3]) ? KD_FIT_HERSCHEL_BULKLEY : KD_FIT_PAPANASTASIOU;
    if (kd_rheology_fit_points(&f, model, g, y, s, N, &err) != KD_OK) fail_msg("%s", err.text);
    for (int i = 0; i < (isinf(p[3]) ? 3 : 4); i++) assert_close(f.value[i], p[i], 1e-6);
    assert_true(f.r_squared > 1 - 1e-12);
  }
}

/* A Bingham fluid is a straight line: slope, intercept and errors by the formulas of simple regression. */
static void bingham_is_simple_regression(void **state) {
  (void)state;
  double g[N], y[N], s[N], sx = 0, sy = 0, sxx = 0, sxy = 0;
  uint64_t seed = 3;
  rates(g);
  for (int i = 0; i < N; i++) {
    y[i] = 5 + 0.04 * g[i] + 0.1 * normal(&seed), s[i] = 1;
    sx += g[i], sy += y[i], sxx += g[i] * g[i], sxy += g[i] * y[i];
  }
  const double det = N * sxx - sx * sx, slope = (N * sxy - sx * sy) / det, cut = (sy - slope * sx) / N;
  double left = 0;
  for (int i = 0; i < N; i++) left += pow(y[i] - cut - slope * g[i], 2);
  const double variance = left / (N - 2);
  kd_rheology_fit f;
  assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_BINGHAM, g, y, s, N, &(kd_error){0}), KD_OK);
  assert_close(f.value[0], cut, 1e-9);
  assert_close(f.value[1], slope, 1e-9);
  assert_close(f.error[0], sqrt(variance * sxx / det), 1e-9);
  assert_close(f.error[1], sqrt(variance * N / det), 1e-9);
  assert_close(f.covariance[0][1], -variance * sx / det, 1e-9);
  assert_int_equal(f.freedom, N - 2);
  assert_close(f.residual, sqrt(variance), 1e-9);
}

/* Standard errors against the scatter of 400 fits to noisy data; the truth lies within the 95 % limits 95 % of times.
 */
static void errors_are_the_scatter_of_fits(void **state) {
  (void)state;
  const double p[3] = {3, 0.2, 0.55};
  double g[N], y[N], s[N], sum[3] = {0}, square[3] = {0}, told[3] = {0};
  int within[3] = {0};
  const int fits = 400;
  uint64_t seed = 11;
  rates(g);
  for (int k = 0; k < fits; k++) {
    for (int i = 0; i < N; i++) y[i] = (p[0] + p[1] * pow(g[i], p[2])) * (1 + 0.02 * normal(&seed)), s[i] = y[i];
    kd_rheology_fit f;
    assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_HERSCHEL_BULKLEY, g, y, s, N, &(kd_error){0}), KD_OK);
    for (int i = 0; i < 3; i++) {
      sum[i] += f.value[i] / fits, square[i] += f.value[i] * f.value[i] / fits, told[i] += f.error[i] / fits;
      within[i] += fabs(f.value[i] - p[i]) <= f.quantile * f.error[i];
    }
  }
  for (int i = 0; i < 3; i++) {
    assert_close(sqrt(square[i] - sum[i] * sum[i]), told[i], 0.15);
    assert_true(within[i] > 0.92 * fits && within[i] < 0.98 * fits);
  }
}

static void student_quantiles(void **state) {
  (void)state;
  static const double table[][2] = {{1, 12.7062047},  {2, 4.30265273},  {3, 3.18244631},  {5, 2.57058184},
                                    {10, 2.22813885}, {30, 2.04227246}, {120, 1.97993041}};
  for (size_t i = 0; i < 7; i++) assert_close(kd_student_quantile((size_t)table[i][0]), table[i][1], 1e-7);
}

static void what_is_no_measurement_is_refused(void **state) {
  (void)state;
  kd_rheology_fit f;
  kd_error err = {0};
  const double g[] = {1, 10, 100, 1000}, y[] = {1, 2, (double)NAN, 5}, s[] = {1, 1, 1, 1}, z[] = {1, 2, -3, 4};
  const double same[] = {1, 1, 1, 1}, ok[] = {1, 2, 3, 4};
  assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_BINGHAM, g, y, s, 4, &err), KD_E_MISSING);
  assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_BINGHAM, g, z, s, 4, &err), KD_E_RANGE);
  assert_non_null(strstr(err.text, "stress -3 Pa must be at least 0 Pa"));
  assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_HERSCHEL_BULKLEY, g, ok, s, 3, &err), KD_E_SIZE);
  assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_BINGHAM, same, ok, s, 4, &err), KD_E_SIZE);
  /* A power law has no yield stress: it is found at its bound of 0, and not counted as fitted. */
  double rate[N], power[N], one[N];
  rates(rate);
  for (int i = 0; i < N; i++) power[i] = fmax(0.3 * pow(rate[i], 0.8) - 0.02, 0), one[i] = 1;
  assert_int_equal(kd_rheology_fit_points(&f, KD_FIT_HERSCHEL_BULKLEY, rate, power, one, N, &err), KD_OK);
  assert_true(f.value[0] >= 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exact_points_come_back), cmocka_unit_test(bingham_is_simple_regression),
      cmocka_unit_test(errors_are_the_scatter_of_fits), cmocka_unit_test(student_quantiles),
      cmocka_unit_test(what_is_no_measurement_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
