// SPDX-License-Identifier: Apache-2.0
/* Quantile functions: against their own distribution functions, closed-form moments, and samples. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/kernel.h"
#include "base/random.h"
#include "numerics/distribution.h"
#include "numerics/distribution_pert.h"

static kd_distribution make(kd_distribution_kind kind, double a, double b, double c) {
  return (kd_distribution){.kind = kind, .p = {a, b, c}, .low = -(double)INFINITY, .high = (double)INFINITY};
}

static kd_distribution prepared(kd_distribution_kind kind, double a, double b, double c, double low, double high) {
  kd_distribution d = make(kind, a, b, c);
  kd_error err = {0};
  d.low = low;
  d.high = high;
  assert_int_equal(kd_distribution_prepare(&d, &err), KD_OK);
  return d;
}

static void assert_near(double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) fail_msg("got %.17g, want %.17g, tolerance %g", got, want, tolerance);
}

/* Every kind, with and without truncation. Empirical and discrete samples are added by the tests that need them. */
static size_t family(kd_distribution *out) {
  size_t n = 0;
  out[n++] = prepared(KD_DISTRIBUTION_UNIFORM, 2, 5, 0, -(double)INFINITY, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_UNIFORM, -2, 5, 0, 0, 4);
  out[n++] = prepared(KD_DISTRIBUTION_TRIANGULAR, 2, 5, 10, -(double)INFINITY, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_TRIANGULAR, 2, 2, 10, -(double)INFINITY, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_TRIANGULAR, 2, 10, 10, 4, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_TRIANGULAR, 2, 5, 10, 3, 6);
  out[n++] = prepared(KD_DISTRIBUTION_TRIANGULAR, 1e6, 1e6 + 1, 1e6 + 4, 1e6 + 2, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_PERT, 0.02, 0.05, 0.12, -(double)INFINITY, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_PERT, 0.02, 0.05, 0.12, 0.03, 0.1);
  out[n++] = prepared(KD_DISTRIBUTION_NORMAL, 10, 2, 0, -(double)INFINITY, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_NORMAL, 10, 2, 0, 9, 13);
  out[n++] = prepared(KD_DISTRIBUTION_NORMAL, 10, 2, 0, 24, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_NORMAL, 10, 2, 0, 11, 30);
  out[n++] = prepared(KD_DISTRIBUTION_NORMAL, 10, 2, 0, -(double)INFINITY, -4);
  out[n++] = prepared(KD_DISTRIBUTION_LOGNORMAL, 1100, 1.6, 0, -(double)INFINITY, (double)INFINITY);
  out[n++] = prepared(KD_DISTRIBUTION_LOGNORMAL, 1100, 1.6, 0, 500, 2000);
  out[n++] = prepared(KD_DISTRIBUTION_LOGNORMAL, 1100, 1.6, 0, 2000, (double)INFINITY);
  return n;
}

static void test_cdf_inverts_quantile(void **state) {
  (void)state;
  kd_distribution all[32];
  const size_t n = family(all);
  for (size_t i = 0; i < n; i++) {
    double before = -(double)INFINITY;
    for (int k = 0; k <= 2000; k++) {
      const double u = k == 0 ? 1e-9 : k == 2000 ? 1 - 1e-9 : k / 2000.0;
      const double x = kd_distribution_quantile(&all[i], u);
      assert_true(x >= before && x >= all[i].low && x <= all[i].high);
      before = x;
      /* A narrow distribution far from zero cannot do better than the spacing of doubles there. */
      const double spacing = fabs(x) * DBL_EPSILON;
      const double step = kd_distribution_cdf(&all[i], x + spacing) - kd_distribution_cdf(&all[i], x - spacing);
      assert_near(kd_distribution_cdf(&all[i], x), u, 1e-12 + step);
    }
  }
}

/* The series of PERT over all modes, far into both tails: against the continued fraction. */
static void test_pert_series(void **state) {
  (void)state;
  for (int m = 0; m <= 64; m++) {
    const kd_distribution d = prepared(KD_DISTRIBUTION_PERT, 0, m / 64.0, 1, -(double)INFINITY, (double)INFINITY);
    for (int k = 1; k < 4000; k++) {
      const double u = k / 4000.0;
      assert_near(kd_distribution_cdf(&d, kd_distribution_quantile(&d, u)), u, 1e-12);
    }
    for (double u = 1e-3; u > 1e-15; u /= 3) { /* relative in the lower tail */
      const double x = kd_distribution_quantile(&d, u);
      assert_near(kd_distribution_cdf(&d, x) / u, 1, 2e-11);
    }
  }
}

/* The incomplete beta function where it is a polynomial: alpha = 3, beta = 3: x^3 (10 - 15 x + 6 x^2). */
static void test_pert_closed_form(void **state) {
  (void)state;
  const kd_distribution d = prepared(KD_DISTRIBUTION_PERT, 0, 0.5, 1, -(double)INFINITY, (double)INFINITY);
  for (int k = 0; k <= 100; k++) {
    const double x = k / 100.0;
    assert_near(kd_distribution_cdf(&d, x), x * x * x * (10 - 15 * x + 6 * x * x), 2e-15);
  }
  const kd_distribution left =
      prepared(KD_DISTRIBUTION_PERT, 0, 0, 1, -(double)INFINITY, (double)INFINITY); /* 1 - (1 - x)^5 */
  for (int k = 1; k < 100; k++)
    assert_near(kd_distribution_quantile(&left, k / 100.0), 1 - pow(1 - k / 100.0, 0.2), 1e-14);
}

/* Mean by midpoint quadrature of the quantile function: an oracle that shares nothing with the closed forms. */
static double mean_by_quadrature(const kd_distribution *d) {
  const int n = 400000;
  double sum = 0;
  for (int i = 0; i < n; i++) sum += kd_distribution_quantile(d, (i + 0.5) / n);
  return sum / n;
}

static void test_mean_against_quadrature(void **state) {
  (void)state;
  kd_distribution all[32];
  const size_t n = family(all);
  for (size_t i = 0; i < n; i++) {
    const double mean = kd_distribution_mean(&all[i]);
    const double spread = kd_distribution_quantile(&all[i], 0.9) - kd_distribution_quantile(&all[i], 0.1);
    assert_near(mean, mean_by_quadrature(&all[i]), 2e-5 * spread);
  }
}

static void test_mean_closed_forms(void **state) {
  (void)state;
  kd_distribution d = prepared(KD_DISTRIBUTION_UNIFORM, 2, 5, 0, -(double)INFINITY, (double)INFINITY);
  assert_near(kd_distribution_mean(&d), 3.5, 0);
  d = prepared(KD_DISTRIBUTION_TRIANGULAR, 2, 5, 10, -(double)INFINITY, (double)INFINITY);
  assert_near(kd_distribution_mean(&d), 17.0 / 3, 1e-14);
  d = prepared(KD_DISTRIBUTION_PERT, 2, 5, 10, -(double)INFINITY, (double)INFINITY);
  assert_near(kd_distribution_mean(&d), 32.0 / 6, 1e-14);
  d = prepared(KD_DISTRIBUTION_NORMAL, 3, 2, 0, -(double)INFINITY, (double)INFINITY);
  assert_near(kd_distribution_mean(&d), 3, 0);
  d = prepared(KD_DISTRIBUTION_NORMAL, 0, 1, 0, 0, (double)INFINITY); /* half normal: sqrt(2/pi) */
  assert_near(kd_distribution_mean(&d), 0.79788456080286541, 1e-15);
  d = prepared(KD_DISTRIBUTION_LOGNORMAL, 3, exp(0.5), 0, -(double)INFINITY, (double)INFINITY);
  assert_near(kd_distribution_mean(&d), 3 * exp(0.125), 1e-14);
  d = prepared(KD_DISTRIBUTION_FIXED, 7, 0, 0, -(double)INFINITY, (double)INFINITY);
  assert_near(kd_distribution_mean(&d), 7, 0);
}

/* Samples by the counter-based stream: Kolmogorov-Smirnov at a level of 1e-4 for each of the fixed seeds. */
static void test_samples_follow_the_distribution(void **state) {
  (void)state;
  const size_t N = 20000;
  kd_distribution all[32];
  const size_t n = family(all);
  for (size_t i = 0; i < n; i++) {
    unsigned bins[1000] = {0};
    for (uint64_t r = 0; r < N; r++) {
      kd_stream stream;
      kd_stream_start(&stream, 1, (uint32_t)(1000 + i), r);
      const double x = kd_distribution_quantile(&all[i], kd_stream_uniform(&stream));
      const double share = kd_distribution_cdf(&all[i], x);
      bins[share >= 1 ? 999 : (size_t)(share * 1000)]++;
    }
    double worst = 0, sum = 0;
    for (size_t k = 0; k < 1000; k++) {
      sum += bins[k];
      worst = fmax(worst, fabs(sum / (double)N - (double)(k + 1) / 1000));
    }
    assert_true(worst * sqrt((double)N) < 2.23); /* 2 exp(-2 x^2) = 1e-4 */
  }
}

static void test_discrete(void **state) {
  (void)state;
  static const double values[] = {1, 2, 5}, weights[] = {0.25, 0.75, 1};
  kd_distribution d = make(KD_DISTRIBUTION_DISCRETE, 0, 0, 0);
  d.values = values;
  d.weights = weights;
  d.count = 3;
  kd_error err;
  assert_int_equal(kd_distribution_prepare(&d, &err), KD_OK);
  assert_near(kd_distribution_quantile(&d, 0.1), 1, 0);
  assert_near(kd_distribution_quantile(&d, 0.25), 1, 0);
  assert_near(kd_distribution_quantile(&d, 0.2500001), 2, 0);
  assert_near(kd_distribution_quantile(&d, 0.999), 5, 0);
  assert_near(kd_distribution_mean(&d), 0.25 + 1 + 1.25, 1e-15);
  assert_near(kd_distribution_cdf(&d, 1.5), 0.25, 0);
  assert_near(kd_distribution_cdf(&d, 2), 0.75, 0);
  d.low = 2; /* 2 with 2/3, 5 with 1/3 */
  assert_int_equal(kd_distribution_prepare(&d, &err), KD_OK);
  assert_near(kd_distribution_quantile(&d, 1e-9), 2, 0);
  assert_near(kd_distribution_quantile(&d, 0.6666), 2, 0);
  assert_near(kd_distribution_quantile(&d, 0.6667), 5, 0);
  assert_near(kd_distribution_mean(&d), 3, 1e-15);
  d.low = 2.5;
  d.high = 4;
  assert_int_equal(kd_distribution_prepare(&d, &err), KD_E_DISTRIBUTION);
  assert_non_null(strstr(err.text, "no probability between 2.5 and 4"));
}

static void test_empirical_is_type_7(void **state) {
  (void)state;
  static const double values[] = {1, 2, 2, 4, 8};
  kd_distribution d = make(KD_DISTRIBUTION_EMPIRICAL, 0, 0, 0);
  d.values = values;
  d.count = 5;
  assert_int_equal(kd_distribution_prepare(&d, NULL), KD_OK);
  assert_near(kd_distribution_quantile(&d, 0.1), 1.4, 1e-15); /* h = 0.4 between the 1st and the 2nd */
  assert_near(kd_distribution_quantile(&d, 0.3), 2, 1e-15);
  assert_near(kd_distribution_quantile(&d, 0.9), 6.4, 1e-14);
  assert_near(kd_distribution_cdf(&d, 2), 0.5, 1e-15);
  assert_near(kd_distribution_cdf(&d, 6.4), 0.9, 1e-15);
  assert_near(kd_distribution_cdf(&d, 0.5), 0, 0);
  assert_near(kd_distribution_cdf(&d, 9), 1, 0);
  assert_near(kd_distribution_mean(&d), (0.5 + 2 + 2 + 4 + 4) / 4, 1e-15);
  d.low = 2;
  d.high = 6;
  assert_int_equal(kd_distribution_prepare(&d, NULL), KD_OK);
  assert_near(kd_distribution_quantile(&d, 1e-12), 2, 1e-9);
  assert_near(kd_distribution_quantile(&d, 1 - 1e-12), 6, 1e-9);
  assert_near(kd_distribution_mean(&d), mean_by_quadrature(&d), 1e-9);
}

static void test_refusals(void **state) {
  (void)state;
  const struct {
    kd_distribution d;
    const char *says;
  } cases[] = {
      {make(KD_DISTRIBUTION_UNIFORM, 5, 2, 0), "lower end 5 is above the upper end 2"},
      {make(KD_DISTRIBUTION_TRIANGULAR, 1, 5, 3), "mode 5 is above the upper end 3"},
      {make(KD_DISTRIBUTION_PERT, 1, 0, 3), "mode 0 is below the lower end 1"},
      {make(KD_DISTRIBUTION_NORMAL, 1, 0, 0), "standard deviation 0: must be above 0"},
      {make(KD_DISTRIBUTION_LOGNORMAL, -1, 2, 0), "median -1: must be above 0"},
      {make(KD_DISTRIBUTION_LOGNORMAL, 1, 1, 0), "geometric standard deviation 1: must be above 1"},
      {make(KD_DISTRIBUTION_NORMAL, (double)NAN, 1, 0), "parameter 1 is not finite"},
      {make(KD_DISTRIBUTION_UNIFORM, 0, (double)INFINITY, 0), "parameter 2 is not finite"},
      {make(KD_DISTRIBUTION_EMPIRICAL, 0, 0, 0), "at least 2 are needed"},
      {make(KD_DISTRIBUTION_DISCRETE, 0, 0, 0), "at least 1 are needed"},
  };
  for (size_t i = 0; i < KD_COUNT(cases); i++) {
    kd_distribution d = cases[i].d;
    kd_error err = {0};
    assert_int_equal(kd_distribution_prepare(&d, &err), KD_E_DISTRIBUTION);
    if (strstr(err.text, cases[i].says) == NULL) fail_msg("\"%s\" lacks \"%s\"", err.text, cases[i].says);
  }
  kd_distribution d = make(KD_DISTRIBUTION_NORMAL, 0, 1, 0);
  d.low = 2;
  d.high = 1;
  assert_int_equal(kd_distribution_prepare(&d, NULL), KD_E_DISTRIBUTION);
  d = make(KD_DISTRIBUTION_UNIFORM, 0, 1, 0);
  d.low = 2;
  assert_int_equal(kd_distribution_prepare(&d, NULL), KD_E_DISTRIBUTION);
}

static void test_no_width_is_fixed(void **state) {
  (void)state;
  const kd_distribution_kind kinds[] = {KD_DISTRIBUTION_UNIFORM, KD_DISTRIBUTION_TRIANGULAR, KD_DISTRIBUTION_PERT};
  for (size_t i = 0; i < KD_COUNT(kinds); i++) {
    const kd_distribution d = prepared(kinds[i], 4, 4, 4, -(double)INFINITY, (double)INFINITY);
    assert_int_equal(d.kind, KD_DISTRIBUTION_FIXED);
    assert_near(kd_distribution_quantile(&d, 0.3), 4, 0);
    assert_near(kd_distribution_cdf(&d, 4), 1, 0);
    assert_near(kd_distribution_cdf(&d, 3.9), 0, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cdf_inverts_quantile),
      cmocka_unit_test(test_pert_series),
      cmocka_unit_test(test_pert_closed_form),
      cmocka_unit_test(test_mean_against_quadrature),
      cmocka_unit_test(test_mean_closed_forms),
      cmocka_unit_test(test_samples_follow_the_distribution),
      cmocka_unit_test(test_discrete),
      cmocka_unit_test(test_empirical_is_type_7),
      cmocka_unit_test(test_refusals),
      cmocka_unit_test(test_no_width_is_fixed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
