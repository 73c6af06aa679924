// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"

#include "base/pool.h"
#include "base/random.h"

/* Known answers of Philox4x32-10 published with Random123 (kat_vectors): all zeros, all ones, digits of pi. The third
 * is reached through our mapping of (index, stream, realisation) to the counter and of the seed to the key. */
static void known_answers(void **state) {
  (void)state;
  kd_stream stream;
  kd_stream_start(&stream, 0, 0, 0);
  const uint32_t zeros[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  for (int i = 0; i < 4; i++) assert_int_equal(kd_stream_u32(&stream), zeros[i]);
  kd_stream_start(&stream, UINT64_MAX, UINT32_MAX, UINT64_MAX);
  stream.index = UINT32_MAX;
  const uint32_t ones[] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
  for (int i = 0; i < 4; i++) assert_int_equal(kd_stream_u32(&stream), ones[i]);
  kd_stream_start(&stream, 0x299f31d0a4093822u, 0x85a308d3, 0x0370734413198a2eu);
  stream.index = 0x243f6a88;
  const uint32_t pi[] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
  for (int i = 0; i < 4; i++) assert_int_equal(kd_stream_u32(&stream), pi[i]);
}

static void same_key_same_numbers(void **state) {
  (void)state;
  kd_stream a, b, c;
  kd_stream_start(&a, 7, kd_stream_id("campaign"), 123456789012u);
  kd_stream_start(&b, 7, kd_stream_id("campaign"), 123456789012u);
  kd_stream_start(&c, 7, kd_stream_id("deposit"), 123456789012u);
  int equal = 0;
  for (int i = 0; i < 1000; i++) {
    const double x = kd_stream_uniform(&a);
    assert_true(x == kd_stream_uniform(&b));
    equal += x == kd_stream_uniform(&c) ? 1 : 0;
    assert_true(x > 0 && x < 1);
  }
  assert_int_equal(equal, 0);
}

/* Reference values of the normal quantile: Wichura 1988, table of test values, and symmetric tails. */
static void normal_quantile(void **state) {
  (void)state;
  assert_near(kd_normal_quantile(0.25), -0.6744897501960817, 1e-15);
  assert_near(kd_normal_quantile(0.001), -3.090232306167814, 1e-14);
  assert_near(kd_normal_quantile(1e-20), -9.262340089798408, 1e-13);
  for (double u = 1e-12; u < 1; u = u < 0.01 ? u * 3 : u + 0.013)
    assert_close(kd_normal_cdf(kd_normal_quantile(u)), u, 1e-12);
}

/* Sample moments of 200,000 draws lie within five standard errors of the exact ones. */
static void moments(void **state) {
  (void)state;
  enum { N = 200000 };
  kd_stream stream;
  kd_stream_start(&stream, 1, kd_stream_id("moments"), 0);
  double sum[5] = {0}, square[5] = {0};
  for (int i = 0; i < N; i++) {
    const double x[5] = {kd_stream_uniform(&stream), kd_stream_normal(&stream), kd_stream_exponential(&stream, 2),
                         (double)kd_stream_poisson(&stream, 3.5), kd_stream_gamma(&stream, 0.7, 1.5)};
    for (int k = 0; k < 5; k++) sum[k] += x[k], square[k] += x[k] * x[k];
  }
  const double mean[5] = {0.5, 0, 2, 3.5, 1.05}, variance[5] = {1.0 / 12, 1, 4, 3.5, 1.575};
  for (int k = 0; k < 5; k++) {
    const double m = sum[k] / (double)N;
    assert_near(m, mean[k], 5 * sqrt(variance[k] / (double)N));
    assert_close(square[k] / (double)N - m * m, variance[k], 0.03);
  }
}

static void large_poisson(void **state) {
  (void)state;
  kd_stream stream;
  kd_stream_start(&stream, 1, kd_stream_id("poisson"), 0);
  double sum = 0, square = 0;
  for (int i = 0; i < 20000; i++) {
    const double x = (double)kd_stream_poisson(&stream, 250);
    sum += x, square += x * x;
  }
  const double mean = sum / 20000;
  assert_near(mean, 250, 5 * sqrt(250.0 / 20000));
  assert_close(square / 20000 - mean * mean, 250, 0.06);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers), cmocka_unit_test(same_key_same_numbers),
                                     cmocka_unit_test(normal_quantile), cmocka_unit_test(moments),
                                     cmocka_unit_test(large_poisson)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
