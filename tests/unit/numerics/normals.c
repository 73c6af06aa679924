// SPDX-License-Identifier: Apache-2.0
#include "numerics/normals.h"

#include "base/random.h"
#include "support/check.h"

#define COUNT 3001

/* The i-th number in bulk is the i-th of the stream, to the last bit, wherever the bulk begins. */
static void equals_the_stream(void **state) {
  static double stream_normal[COUNT], bulk[COUNT];
  kd_stream stream;
  (void)state;
  for (uint64_t realisation = 0; realisation < 3; realisation++) {
    const uint64_t named = realisation << 33 | 7u;
    kd_stream_start(&stream, 0x123456789abcdefu, 42, named);
    for (size_t i = 0; i < COUNT; i++) stream_normal[i] = kd_stream_normal(&stream);
    for (size_t first = 0; first < 4; first++) {
      kd_normals(bulk, COUNT - first, first, 0x123456789abcdefu, 42, named);
      for (size_t i = 0; i + first < COUNT; i++) assert_true(bulk[i] == stream_normal[i + first]);
    }
  }
}

static void lanes_are_realisations(void **state) {
  static double lanes[101 * 11], one[101];
  (void)state;
  for (size_t first = 0; first < 2; first++) {
    kd_normals_lanes(lanes, 101, 11, first, 5, 6, 0xfffffffcu); /* over the edge of the low word */
    for (size_t r = 0; r < 11; r++) {
      kd_normals(one, 101, first, 5, 6, 0xfffffffcu + r);
      for (size_t i = 0; i < 101; i++) assert_true(lanes[i * 11 + r] == one[i]);
    }
  }
}

static void quantiles_reach_the_far_tails(void **state) {
  const double p[] = {0x1p-53, 1e-15, 1e-12, 1e-3, 0.075, 0.07500001, 0.5, 0.925, 0.9999, 1 - 0x1p-53};
  double z[10];
  (void)state;
  kd_normal_quantiles(z, p, 10);
  for (size_t i = 0; i < 10; i++) assert_true(z[i] == kd_normal_quantile(p[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_the_stream),
      cmocka_unit_test(lanes_are_realisations),
      cmocka_unit_test(quantiles_reach_the_far_tails),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
