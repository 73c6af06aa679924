// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "numerics/statistics.h"

#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Values of several kinds: continuous, with many ties, sorted, reversed, constant, of extreme size. */
static double *sample(size_t n, int kind, uint64_t seed) {
  double *x = calloc(n + 1, sizeof *x);
  kd_stream stream;
  kd_stream_start(&stream, seed, kd_stream_id("statistics"), 0);
  for (size_t i = 0; i < n; i++) {
    const double u = kd_stream_uniform(&stream);
    x[i] = kind == 0   ? kd_normal_quantile(u)
           : kind == 1 ? floor(5 * u)
           : kind == 2 ? (double)i
           : kind == 3 ? -(double)i
           : kind == 4 ? 7.0
                       : exp(600 * (u - 0.5)) * (u > 0.3 ? 1 : -1);
  }
  return x;
}

static void quantiles_of_known_samples(void **state) {
  (void)state;
  /* R: quantile(c(1, 2, 4, 8, 16), c(0.1, 0.25, 0.5, 0.9)) is 1.4 2.0 4.0 12.8 (type 7). */
  const double p[] = {0.1, 0.25, 0.5, 0.9, 0, 1}, wanted[] = {1.4, 2, 4, 12.8, 1, 16};
  for (size_t i = 0; i < 6; i++) {
    double x[] = {16, 1, 8, 2, 4};
    assert_near(kd_quantile(x, 5, p[i]), wanted[i], 1e-14);
  }
  double one[] = {3};
  assert_true(kd_quantile(one, 1, 0.9) == 3);
  assert_true(isnan(kd_quantile(one, 0, 0.5)));
}

static void selection_equals_sorting(void **state) {
  (void)state;
  const size_t sizes[] = {1, 2, 3, 10, 599, 601, 5000, 20011};
  for (int kind = 0; kind < 6; kind++) {
    for (size_t s = 0; s < 8; s++) {
      const size_t n = sizes[s];
      double *sorted = sample(n, kind, s + 1);
      qsort(sorted, n, sizeof *sorted, compare);
      for (size_t t = 0; t < 7; t++) {
        double *x = sample(n, kind, s + 1);
        const size_t k = t * (n - 1) / 6;
        assert_true(kd_select(x, n, k) == sorted[k]);
        for (size_t i = 0; i < n; i++) assert_true(i < k ? x[i] <= x[k] : x[i] >= x[k]);
        free(x);
      }
      free(sorted);
    }
  }
}

static void description_equals_formulas(void **state) {
  (void)state;
  for (int kind = 0; kind < 5; kind++) {
    const size_t n = 12345;
    double *x = sample(n, kind, 3), *sorted = sample(n, kind, 3);
    qsort(sorted, n, sizeof *sorted, compare);
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) sum += (long double)x[i];
    const long double mean = sum / (long double)n;
    for (size_t i = 0; i < n; i++) squares += ((long double)x[i] - mean) * ((long double)x[i] - mean);
    const double sd = sqrt((double)(squares / (long double)(n - 1)));
    kd_statistics s;
    kd_describe(&s, x, n);
    assert_int_equal(s.count, n);
    assert_near(s.mean, (double)mean, 1e-13 * (1 + fabs((double)mean)));
    assert_near(s.sd, sd, 1e-13 * (1 + sd));
    const double h = 0.9 * (double)(n - 1), below = sorted[(size_t)h], above = sorted[(size_t)h + 1];
    assert_true(s.p90 == below + (h - floor(h)) * (above - below));
    assert_true(s.p50 == sorted[(n - 1) / 2]);
    free(x);
    free(sorted);
  }
}

static void missing_values_are_left_out(void **state) {
  (void)state;
  double x[] = {(double)NAN, 1, (double)INFINITY, 3, 2, (double)NAN, -(double)INFINITY};
  kd_statistics s;
  kd_describe(&s, x, 7);
  assert_int_equal(s.count, 3);
  assert_true(s.mean == 2 && s.sd == 1 && s.p50 == 2);
  double none[] = {(double)NAN};
  kd_describe(&s, none, 1);
  assert_int_equal(s.count, 0);
  assert_true(isnan(s.mean) && isnan(s.sd) && isnan(s.p10));
}

static void spread_far_from_zero_is_exact(void **state) {
  (void)state;
  /* 1e9 + {4, 7, 13, 16}: variance 30 (NIST StRD idea); a one-pass formula gives nonsense here. */
  const double x[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
  const double mean = kd_mean(x, 4);
  assert_true(mean == 1e9 + 10);
  assert_near(kd_sd(x, 4, mean), sqrt(30.0), 1e-15);
  const double huge[] = {1.5e308, 1.5e308};
  assert_true(kd_mean(huge, 2) == 1.5e308);
}

static void ranks_average_over_ties(void **state) {
  (void)state;
  const double x[] = {3, -1, 3, 0.0, -0.0, 1e-320, -5e300};
  const double wanted[] = {6.5, 2, 6.5, 3.5, 3.5, 5, 1};
  double rank[7];
  kd_rank_item scratch[14];
  kd_ranks(rank, x, 7, scratch);
  for (size_t i = 0; i < 7; i++) assert_true(rank[i] == wanted[i]);
}

static void ranks_equal_counting(void **state) {
  (void)state;
  for (int kind = 0; kind < 6; kind++) {
    const size_t n = 700;
    double *x = sample(n, kind, 5), *rank = calloc(n, sizeof *rank);
    kd_rank_item *scratch = calloc(2 * n, sizeof *scratch);
    kd_ranks(rank, x, n, scratch);
    for (size_t i = 0; i < n; i++) {
      size_t below = 0, equal = 0;
      for (size_t k = 0; k < n; k++) {
        below += x[k] < x[i];
        equal += x[k] == x[i];
      }
      assert_true(rank[i] == (double)below + 0.5 * (double)(equal + 1));
    }
    free(x);
    free(rank);
    free(scratch);
  }
}

static void correlation_of_known_samples(void **state) {
  (void)state;
  const double x[] = {1, 2, 3, 4, 5}, up[] = {2, 4, 6, 8, 10}, down[] = {5, 4, 3, 2, 1}, flat[] = {1, 1, 1, 1, 1};
  const double mixed[] = {2, 1, 4, 3, 5};
  assert_near(kd_correlation(x, up, 5), 1, 1e-15);
  assert_near(kd_correlation(x, down, 5), -1, 1e-15);
  assert_near(kd_correlation(x, mixed, 5), 0.8, 1e-15); /* 1 - 6 * 4 / (5 * 24) */
  assert_true(isnan(kd_correlation(x, flat, 5)));
  assert_true(isnan(kd_correlation(x, up, 1)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quantiles_of_known_samples),    cmocka_unit_test(selection_equals_sorting),
      cmocka_unit_test(description_equals_formulas),   cmocka_unit_test(missing_values_are_left_out),
      cmocka_unit_test(spread_far_from_zero_is_exact), cmocka_unit_test(ranks_average_over_ties),
      cmocka_unit_test(ranks_equal_counting),          cmocka_unit_test(correlation_of_known_samples),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
