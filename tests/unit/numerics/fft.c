// SPDX-License-Identifier: Apache-2.0
#include "numerics/fft.h"

#include <string.h>

#include "base/random.h"
#include "support/check.h"

static kd_context *ctx;
static kd_arena *arena;

static int open_arena(void **state) {
  (void)state;
  return kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&arena, ctx) != KD_OK;
}

static int close_arena(void **state) {
  (void)state;
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
  return 0;
}

/* Every element of the transform against the sum that defines it. */
static void check_against_sum(const size_t n[3]) {
  kd_fft_grid grid;
  kd_error err;
  kd_stream rng;
  kd_arena_reset(arena);
  assert_int_equal(kd_fft_grid_prepare(&grid, n, arena, &err), KD_OK);
  double *re = kd_arena_alloc(arena, grid.size, 8), *im = kd_arena_alloc(arena, grid.size, 8);
  double *a = kd_arena_alloc(arena, grid.size, 8), *b = kd_arena_alloc(arena, grid.size, 8);
  double *work = kd_arena_alloc(arena, kd_fft_work_size(&grid), 8);
  kd_stream_start(&rng, 1, 2, 3);
  for (size_t i = 0; i < grid.size; i++) {
    re[i] = a[i] = kd_stream_normal(&rng);
    im[i] = b[i] = kd_stream_normal(&rng);
  }
  kd_fft_forward(re, im, &grid, work);
  for (size_t k = 0; k < 7; k++) { /* some of the elements, the first and the last among them */
    const size_t kx = k * (n[0] - 1) / 6, ky = k * k * (n[1] - 1) / 36, kz = (6 - k) * (n[2] - 1) / 6;
    double sr = 0, si = 0;
    for (size_t z = 0; z < n[2]; z++) {
      for (size_t y = 0; y < n[1]; y++) {
        for (size_t x = 0; x < n[0]; x++) {
          const double turns = (double)(kx * x % n[0]) / (double)n[0] + (double)(ky * y % n[1]) / (double)n[1] +
                               (double)(kz * z % n[2]) / (double)n[2];
          const double c = cos(6.283185307179586 * turns), s = -sin(6.283185307179586 * turns);
          const size_t at = (z * n[1] + y) * grid.pitch + x;
          sr += a[at] * c - b[at] * s;
          si += a[at] * s + b[at] * c;
        }
      }
    }
    const size_t at = (kz * n[1] + ky) * grid.pitch + kx;
    assert_near(re[at], sr, 1e-11 * sqrt((double)(n[0] * n[1] * n[2])));
    assert_near(im[at], si, 1e-11 * sqrt((double)(n[0] * n[1] * n[2])));
  }
  kd_fft_forward(im, re, &grid, work); /* the inverse */
  const double scale = 1.0 / (double)(n[0] * n[1] * n[2]);
  for (size_t r = 0; r < grid.rows; r++)
    for (size_t x = 0; x < n[0]; x++) assert_near(re[r * grid.pitch + x] * scale, a[r * grid.pitch + x], 1e-13);
}

static void equals_the_sum(void **state) {
  (void)state;
  const size_t shapes[][3] = {{1, 1, 1},   {2, 1, 1},  {8, 1, 1},   {9, 4, 1},    {5, 3, 2},
                              {12, 15, 8}, {16, 9, 5}, {125, 6, 1}, {60, 27, 10}, {3, 80, 4}};
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) check_against_sum(shapes[i]);
}

static void lengths_are_products_of_2_3_5(void **state) {
  (void)state;
  assert_int_equal(kd_fft_length(1), 1);
  assert_int_equal(kd_fft_length(7), 8);
  assert_int_equal(kd_fft_length(1101), 1125);
  kd_fft plan;
  kd_error err;
  assert_int_equal(kd_fft_prepare(&plan, 14, arena, &err), KD_E_RANGE);
  assert_non_null(strstr(err.text, "14 numbers"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equals_the_sum),
      cmocka_unit_test(lengths_are_products_of_2_3_5),
  };
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
