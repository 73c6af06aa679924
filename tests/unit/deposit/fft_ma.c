// SPDX-License-Identifier: Apache-2.0
#include "deposit/fft_ma.h"

#include <string.h>

#include "unit/deposit/fixture.h"

static kd_covariance model_of(const char *text) {
  kd_covariance model = {0};
  kd_error err;
  if (kd_covariance_parse(&model, text, &err) != KD_OK) fail_msg("%s", err.text);
  return model;
}

/* Within the grid the covariance of the fields is the model's: exactly where it has a range, else to the tolerance. */
static void covariance_is_the_models(void **state) {
  (void)state;
  static const struct {
    const char *model;
    double error;
  } cases[] = {
      {"0.1 nugget + 0.9 spherical(9 m)", 1e-15},
      {"1 spherical(20 m, semi 6 m, minor 2 m, azimuth 40 deg, dip 10 deg)", 1e-15},
      {"0.5 exponential(3 m) + 0.5 gaussian(4 m)", 2e-6},
      {"1 matern(2 m, smoothness 1.5)", 2e-6},
  };
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{24, 17, 5}, {0, 0, 0}, {1, 1.5, 2}};
  for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
    const kd_covariance model = model_of(cases[c].model);
    kd_fft_ma *s;
    assert_int_equal(kd_fft_ma_create(&s, f.ctx, &grid, &model, NULL, NULL, 1e-6, &f.err), KD_OK);
    const kd_fft_ma_report *about = kd_fft_ma_about(s);
    double worst = 0;
    for (int z = -4; z < 5; z++)
      for (int y = -16; y < 17; y++)
        for (int x = -23; x < 24; x++) {
          const double found =
              kd_fft_ma_covariance(s, (size_t)(x + (int)about->torus[0]), (size_t)(y + (int)about->torus[1]),
                                   (size_t)(z + (int)about->torus[2]));
          worst = fmax(worst, fabs(found - kd_covariance_at(&model, x, 1.5 * y, 2 * z)));
        }
    assert_true(worst <= cases[c].error);
    assert_near(about->wrap_error, worst, 1e-12);
    assert_true(about->negative_share < 1e-12);
    kd_fft_ma_destroy(&s);
  }
  fixture_close(&f);
}

/* Over many realisations: mean, variance and covariances between fixed nodes, within four standard errors; the two
 * fields of a pair are independent. */
static void ensemble_has_the_covariance(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{16, 12, 1}, {0, 0, 0}, {1, 1, 1}};
  const kd_covariance model = model_of("0.2 nugget + 0.8 spherical(8 m, semi 4 m, azimuth 45 deg)");
  const size_t runs = 4000, node[4] = {0, 3, 16 * 5 + 5, 16 * 11 + 15};
  kd_fft_ma *s;
  assert_int_equal(kd_fft_ma_create(&s, f.ctx, &grid, &model, NULL, NULL, 1e-6, &f.err), KD_OK);
  double *work = kd_arena_alloc(f.scratch, kd_fft_ma_work(s), 8), a[192], b[192];
  double sum[4] = {0}, product[4][4] = {{0}}, cross = 0;
  for (size_t r = 0; r < runs; r++) {
    kd_fft_ma_pair(a, b, s, 3, 4, r, work);
    cross += a[node[1]] * b[node[1]];
    for (int i = 0; i < 4; i++) {
      sum[i] += a[node[i]] + b[node[i]];
      for (int j = 0; j < 4; j++) product[i][j] += a[node[i]] * a[node[j]] + b[node[i]] * b[node[j]];
    }
  }
  const double n = 2.0 * (double)runs;
  assert_near(cross / (double)runs, 0, 4 / sqrt((double)runs));
  for (int i = 0; i < 4; i++) {
    assert_near(sum[i] / n, 0, 4 / sqrt(n));
    for (int j = 0; j < 4; j++) {
      const double wanted = kd_covariance_at(&model, (double)(node[i] % 16) - (double)(node[j] % 16),
                                             (double)(node[i] / 16) - (double)(node[j] / 16), 0);
      assert_near(product[i][j] / n, wanted, 4 * sqrt((1 + wanted * wanted) / n));
    }
  }
  kd_fft_ma_destroy(&s);
  fixture_close(&f);
}

/* Data are honoured; the mean of the fields is simple kriging and their variance its variance. */
static void conditioning_is_simple_kriging(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{16, 12, 1}, {0, 0, 0}, {1, 1, 1}};
  const kd_covariance model = model_of("1 spherical(10 m)");
  const double x[] = {2, 9}, y[] = {3, 5}, v[] = {1.5, -0.5};
  kd_node_data data;
  kd_fft_ma *s;
  assert_int_equal(kd_node_data_place(&data, &grid, x, y, NULL, 2, f.scratch, &f.err), KD_OK);
  assert_int_equal(kd_fft_ma_create(&s, f.ctx, &grid, &model, &data, v, 1e-6, &f.err), KD_OK);
  double *work = kd_arena_alloc(f.scratch, kd_fft_ma_work(s), 8), a[192], b[192], sum = 0, square = 0;
  const size_t runs = 3000, at = 16 * 4 + 5; /* node (5, 4) */
  for (size_t r = 0; r < runs; r++) {
    kd_fft_ma_pair(a, b, s, 3, 4, r, work);
    assert_true(a[16 * 3 + 2] == 1.5 && b[16 * 3 + 2] == 1.5 && a[16 * 5 + 9] == -0.5);
    sum += a[at] + b[at];
    square += a[at] * a[at] + b[at] * b[at];
  }
  const double n = 2.0 * (double)runs, mean = sum / n;
  const double c1 = kd_covariance_at(&model, 3, 1, 0), c2 = kd_covariance_at(&model, 4, 1, 0),
               c12 = kd_covariance_at(&model, 7, 2, 0), det = 1 - c12 * c12;
  const double w1 = (c1 - c12 * c2) / det, w2 = (c2 - c12 * c1) / det, variance = 1 - w1 * c1 - w2 * c2;
  assert_near(mean, 1.5 * w1 - 0.5 * w2, 4 * sqrt(variance / n));
  assert_near(square / n - mean * mean, variance, 4 * variance * sqrt(2 / n));
  kd_fft_ma_destroy(&s);
  fixture_close(&f);
}

static void refuses_bad_models(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{16, 16, 1}, {0, 0, 0}, {1, 1, 1}};
  const kd_covariance linear = model_of("1 linear(1)");
  kd_fft_ma *s;
  assert_int_equal(kd_fft_ma_create(&s, f.ctx, &grid, &linear, NULL, NULL, 1e-6, &f.err), KD_E_MODEL);
  assert_null(s);
  fixture_close(&f);
}

/* Ranges far beyond the grid and without end along an axis: covariance of the fields against the model's at all lags,
 * and its variance against the sill. Sums of images had a variance of 2 to 200 sills here. */
static void long_ranges_keep_the_covariance(void **state) {
  (void)state;
  static const struct {
    const char *model;
    double error;
  } cases[] = {
      {"1 spherical(60 m)", 1e-12},
      {"1 exponential(400 m)", 1e-12},
      {"0.1 nugget + 0.4 spherical(6 m) + 0.5 exponential(120 m)", 1e-12},
      {"1 spherical(1e9 m, semi 6 m)", 1e-7},
      {"1 spherical(6 m, semi 1e9 m)", 1e-7},
      {"0.2 nugget + 0.3 spherical(9 m, minor 4 m) + 0.5 spherical(1e9 m, minor 3 m)", 1e-7},
      {"1 exponential(1000 m, semi 1000 m, minor 3 m)", 0.01},
      {"1 gaussian(400 m)", 0.02},
      {"1 cubic(1200 m)", 0.02},
  };
  fixture f;
  fixture_open(&f);
  for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
    const bool flat = strstr(cases[c].model, "minor") == NULL;
    const kd_simulation_grid grid = {{18, 15, flat ? 1 : 5}, {0, 0, 0}, {1, 1.2, 1}};
    const kd_covariance model = model_of(cases[c].model);
    kd_fft_ma *s;
    if (kd_fft_ma_create(&s, f.ctx, &grid, &model, NULL, NULL, 1e-6, &f.err) != KD_OK) fail_msg("%s", f.err.text);
    const size_t *t = kd_fft_ma_about(s)->torus;
    double worst = 0;
    for (size_t z = 0; z < grid.n[2]; z++)
      for (size_t y = 0; y < 29; y++)
        for (size_t x = 0; x < 35; x++)
          worst = fmax(worst, fabs(kd_fft_ma_covariance(s, x + t[0] - 17, y + t[1] - 14, z) -
                                   kd_covariance_at(&model, (double)x - 17, 1.2 * ((double)y - 14), (double)z)));
    if (!(worst <= cases[c].error)) fail_msg("%s: %g", cases[c].model, worst);
    assert_near(kd_fft_ma_about(s)->wrap_error, worst, 1e-9);
    assert_near(kd_fft_ma_covariance(s, 0, 0, 0), 1, 1e-6);
    kd_fft_ma_destroy(&s);
  }
  fixture_close(&f);
}

/* The mean square about the known mean 0, over realisations, is the sill: within four standard errors. */
static void long_range_has_the_variance(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{12, 10, 1}, {0, 0, 0}, {500, 500, 1}};
  const kd_covariance model = model_of("1 spherical(1e9 m, semi 3000 m, azimuth 90 deg)");
  kd_fft_ma *s;
  assert_int_equal(kd_fft_ma_create(&s, f.ctx, &grid, &model, NULL, NULL, 1e-6, &f.err), KD_OK);
  double *work = kd_arena_alloc(f.scratch, kd_fft_ma_work(s), 8), a[120], b[120], sum = 0, square = 0;
  const double runs = 1000;
  for (size_t r = 0; r < 1000; r++) {
    double mean = 0;
    kd_fft_ma_pair(a, b, s, 5, 6, r, work);
    for (size_t i = 0; i < 120; i++) mean += (a[i] * a[i] + b[i] * b[i]) / 240;
    assert_near(a[25], a[34], 0.03); /* one value along x, nearly */
    sum += mean;
    square += mean * mean;
  }
  const double mean = sum / runs;
  assert_near(mean, 1, 4 * sqrt((square / runs - mean * mean) / runs));
  kd_fft_ma_destroy(&s);
  fixture_close(&f);
}

static void refuses_what_no_torus_holds(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{16, 16, 1}, {0, 0, 0}, {1, 1, 1}};
  const kd_covariance model = model_of("1 spherical(1e6 m, semi 5 m, azimuth 30 deg)");
  kd_fft_ma *s;
  assert_int_equal(kd_fft_ma_create(&s, f.ctx, &grid, &model, NULL, NULL, 1e-6, &f.err), KD_E_MODEL);
  assert_null(s);
  assert_non_null(strstr(f.err.text, "range 1e+06 m: no torus for the grid of 16 x 16 x 1 m holds this model"));
  assert_non_null(strstr(f.err.text, "method=sequential"));
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(covariance_is_the_models),        cmocka_unit_test(ensemble_has_the_covariance),
      cmocka_unit_test(conditioning_is_simple_kriging),  cmocka_unit_test(refuses_bad_models),
      cmocka_unit_test(long_ranges_keep_the_covariance), cmocka_unit_test(long_range_has_the_variance),
      cmocka_unit_test(refuses_what_no_torus_holds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
