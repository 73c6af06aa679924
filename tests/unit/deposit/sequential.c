// SPDX-License-Identifier: Apache-2.0
#include "deposit/sequential.h"

#include <stdlib.h>
#include <string.h>

#include "deposit/multigrid_path.h"
#include "numerics/normals.h"
#include "numerics/cholesky.h"
#include "unit/deposit/fixture.h"

#define SIDE 64 /* of the grid of the statistics */

static kd_covariance model_of(const char *text) {
  kd_covariance model = {0};
  kd_error err;
  if (kd_covariance_parse(&model, text, &err) != KD_OK) fail_msg("%s", err.text);
  return model;
}

static kd_sequential *make(fixture *f, const kd_simulation_grid *grid, const kd_covariance *model,
                           const kd_node_data *data, const double *value, kd_sequential_options o, size_t threads) {
  kd_pool *pool;
  kd_sequential *out;
  assert_int_equal(kd_pool_create(&pool, f->ctx, threads, &f->err), KD_OK);
  if (kd_sequential_create(&out, f->ctx, grid, model, data, value, &o, pool, &f->err) != KD_OK)
    fail_msg("%s", f->err.text);
  kd_pool_destroy(&pool);
  return out;
}

/* With all nodes as neighbours the result is L e, L the Cholesky factor of data first, then nodes in path order. */
static void full_neighbourhood_is_cholesky(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{9, 7, 3}, {0, 0, 0}, {1, 1.5, 0.5}};
  const size_t nodes = 189;
  const kd_covariance model =
      model_of("0.1 nugget + 0.4 exponential(3 m, semi 2 m, minor 0.7 m, azimuth 30 deg) + 0.5 spherical(6 m)");
  const double x[] = {1, 4, 6, 8, 2}, y[] = {0, 4.4, 9, 3.2, 6}, z[] = {0, 0.5, 1, 0, 1}, v[] = {0.3, -1.2, 0.8, 2, 0};
  kd_node_data data;
  assert_int_equal(kd_node_data_place(&data, &grid, x, y, z, 5, f.scratch, &f.err), KD_OK);
  assert_int_equal(data.count, 5);
  double value[5];
  for (size_t i = 0; i < 5; i++) value[i] = v[data.row[i]];
  kd_sequential *s = make(&f, &grid, &model, &data, value, (kd_sequential_options){188, 1e9, 3, 7}, 1);
  static double found[189], normal[189], matrix[189 * 189], e[189];
  kd_sequential_one(found, s, 11, 12, 13);
  kd_normals(normal, nodes, 0, 11, 12, 13);

  kd_multigrid_path path;
  uint32_t order[189], all[189];
  size_t first[KD_PATH_LEVELS + 1], count = 0, row;
  kd_multigrid_path_prepare(&path, &grid, 3, 7);
  kd_multigrid_path_order(order, first, &path);
  for (size_t i = 0; i < 5; i++) all[count++] = data.node[i];
  for (size_t i = 0; i < nodes; i++) {
    bool is_datum = false;
    for (size_t k = 0; k < 5; k++) is_datum = is_datum || data.node[k] == order[i];
    if (!is_datum) all[count++] = order[i];
  }
  assert_int_equal(count, nodes);
  for (size_t i = 0; i < nodes; i++)
    for (size_t j = 0; j < nodes; j++) {
      const int a = (int)all[i], b = (int)all[j];
      matrix[i * nodes + j] =
          kd_covariance_at(&model, (a % 9 - b % 9) * 1.0, (a / 9 % 7 - b / 9 % 7) * 1.5, (a / 63 - b / 63) * 0.5);
    }
  assert_true(kd_cholesky_row(matrix, nodes, nodes, 1e-14, &row));
  for (size_t i = 0; i < nodes; i++) { /* e of a datum is what makes its value */
    double sum = 0;
    for (size_t j = 0; j < i; j++) sum += matrix[i * nodes + j] * e[j];
    e[i] = i < 5 ? (value[i] - sum) / matrix[i * nodes + i] : normal[all[i]];
    sum += matrix[i * nodes + i] * e[i];
    assert_near(found[all[i]], sum, 1e-10);
  }
  kd_sequential_destroy(&s);
  fixture_close(&f);
}

/* Data are honoured to the last bit, and every way of running gives the same bits. */
static void same_bits_whatever_the_threads(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{60, 50, 1}, {0, 0, 0}, {10, 10, 1}};
  const size_t nodes = 3000;
  const kd_covariance model = model_of("0.1 nugget + 0.9 spherical(150 m)");
  double x[40], y[40], v[40];
  for (size_t i = 0; i < 40; i++) {
    x[i] = kd_stream_uniform(&f.rng) * 590;
    y[i] = kd_stream_uniform(&f.rng) * 490;
    v[i] = kd_stream_normal(&f.rng);
  }
  kd_node_data data;
  assert_int_equal(kd_node_data_place(&data, &grid, x, y, NULL, 40, f.scratch, &f.err), KD_OK);
  double value[40];
  for (size_t i = 0; i < data.count; i++) value[i] = v[data.row[i]];
  const kd_sequential_options o = {24, (double)NAN, 0, 1};
  kd_sequential *one = make(&f, &grid, &model, &data, value, o, 1), *four = make(&f, &grid, &model, &data, value, o, 4);
  double *a = kd_arena_alloc(f.scratch, nodes, 8), *b = kd_arena_alloc(f.scratch, nodes, 8);
  double *eight = kd_arena_alloc(f.scratch, nodes * 8, 8);
  kd_sequential_eight(eight, four, 1, 2, 3);
  for (size_t r = 0; r < 8; r++) {
    kd_sequential_one(a, one, 1, 2, 3 + r);
    kd_sequential_one(b, four, 1, 2, 3 + r);
    for (size_t i = 0; i < nodes; i++) assert_true(a[i] == b[i] && a[i] == eight[i * 8 + r]);
    for (size_t i = 0; i < data.count; i++) assert_true(a[data.node[i]] == value[i]);
  }
  kd_sequential_destroy(&one);
  kd_sequential_destroy(&four);
  fixture_close(&f);
}

/* Shared systems are the ones that a search of its own would find: a grid without data, against the same grid with one
 * datum far away whose presence makes some nodes search for themselves. */
static void shared_systems_equal_own_ones(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{128, 128, 1}, {0, 0, 0}, {1, 1, 1}};
  const kd_covariance model = model_of("0.02 nugget + 0.98 exponential(8 m, semi 4 m, azimuth 20 deg)");
  const kd_sequential_options shared = {16, (double)NAN, 4, 1};
  kd_sequential *s = make(&f, &grid, &model, NULL, NULL, shared, 1);
  assert_true(kd_sequential_systems(s) < 128 * 128);
  uint32_t node[16];
  double weight[16], sd, whole = 0;
  for (uint32_t at = 63 * 128 + 40; at < 63 * 128 + 80; at++) { /* weights solve the system they claim to solve */
    const size_t count = kd_sequential_system(node, weight, &sd, s, at);
    assert_int_equal(count, 16);
    double variance = 1;
    for (size_t i = 0; i < count; i++) {
      double c = kd_covariance_at(&model, (double)(node[i] % 128) - (double)(at % 128),
                                  (double)(node[i] / 128) - (double)(at / 128), 0);
      variance -= weight[i] * c;
      for (size_t j = 0; j < count; j++)
        c -= weight[j] * kd_covariance_at(&model, (double)(node[i] % 128) - (double)(node[j] % 128),
                                          (double)(node[i] / 128) - (double)(node[j] / 128), 0);
      assert_near(c, 0, 1e-12);
    }
    assert_near(sd * sd, variance, 1e-12);
    whole += sd;
  }
  assert_true(whole > 0);
  kd_sequential_destroy(&s);
  fixture_close(&f);
}

/* Mean, variance and variogram over many realisations, within four standard errors of the ensemble. */
static void statistics_are_the_models(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{SIDE, SIDE, 1}, {0, 0, 0}, {1, 1, 1}};
  const kd_covariance model = model_of("0.1 nugget + 0.9 spherical(12 m)");
  const size_t nodes = SIDE * SIDE, groups = 8;
  kd_sequential *s = make(&f, &grid, &model, NULL, NULL, (kd_sequential_options){48, (double)NAN, 0, 1}, 2);
  double *z = kd_arena_alloc(f.scratch, nodes * 8, 8);
  const int lags[] = {1, 3, 6, 12, 20};
  double sum[7] = {0}, square[7] = {0};
  for (size_t g = 0; g < groups; g++) {
    kd_sequential_eight(z, s, 99, 1, 8 * g);
    for (size_t r = 0; r < 8; r++) {
      double found[7] = {0};
      for (size_t i = 0; i < nodes; i++) {
        found[0] += z[i * 8 + r] / (double)nodes;
        found[1] += z[i * 8 + r] * z[i * 8 + r] / (double)nodes;
      }
      for (int l = 0; l < 5; l++) {
        double pairs = 0, total = 0;
        for (int y = 0; y < SIDE; y++)
          for (int x = 0; x + lags[l] < SIDE; x++) {
            const double d = z[(size_t)(y * SIDE + x) * 8 + r] - z[(size_t)(y * SIDE + x + lags[l]) * 8 + r];
            total += 0.5 * d * d;
            pairs++;
          }
        found[2 + l] = total / pairs;
      }
      for (int k = 0; k < 7; k++) {
        sum[k] += found[k];
        square[k] += found[k] * found[k];
      }
    }
  }
  const double n = 8.0 * (double)groups;
  for (int k = 0; k < 7; k++) {
    const double mean = sum[k] / n, error = sqrt((square[k] / n - mean * mean) / n);
    const double wanted = k == 0 ? 0 : k == 1 ? 1 : kd_semivariance(&model, lags[k - 2], 0, 0);
    assert_near(mean, wanted, 4 * error + 0.03 * wanted); /* three percent are left to the search */
  }
  kd_sequential_destroy(&s);
  fixture_close(&f);
}

/* Columns and layers together: the mean square about the known mean 0 is the sill and the semivariance the model's,
 * over realisations; one path for both had 1.9 sills here. Data are honoured, threads and lanes change nothing. */
static void columns_and_layers_keep_the_variance(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  const kd_simulation_grid grid = {{10, 8, 8}, {0, 0, 0}, {220, 220, 0.5}};
  const size_t nodes = 640, groups = 60;
  const kd_covariance model =
      model_of("0.1 nugget + 0.45 spherical(900 m, minor 1e5 m) + 0.45 spherical(1e6 m, minor 2 m)");
  const kd_sequential_options o = {24, (double)NAN, 0, 1};
  kd_sequential *s = make(&f, &grid, &model, NULL, NULL, o, 2);
  double *z = kd_arena_alloc(f.scratch, nodes * 8 + 8, 8);
  const size_t step[4] = {0, 1, 10 * 4, 80 * 3};
  double sum[4] = {0}, square[4] = {0};
  for (size_t g = 0; g < groups; g++) {
    kd_sequential_eight(z, s, 99, 1, 8 * g);
    for (size_t r = 0; r < 8; r++)
      for (int k = 0; k < 4; k++) {
        double total = 0, pairs = 0;
        for (size_t i = 0; i + step[k] < nodes; i++) {
          if ((k == 1 && i % 10 == 9) || (k == 2 && i / 10 % 8 >= 4)) continue;
          const double a = z[i * 8 + r], d = a - z[(i + step[k]) * 8 + r];
          total += k == 0 ? a * a : 0.5 * d * d;
          pairs++;
        }
        sum[k] += total / pairs;
        square[k] += total / pairs * total / pairs;
      }
  }
  const double n = 8.0 * (double)groups;
  for (int k = 0; k < 4; k++) {
    const double mean = sum[k] / n, error = sqrt((square[k] / n - mean * mean) / n);
    const double wanted = k == 0 ? 1 : kd_semivariance(&model, k == 1 ? 220 : 0, k == 2 ? 880 : 0, k == 3 ? 1.5 : 0);
    assert_near(mean, wanted, 4 * error + 0.03 * wanted);
  }
  kd_sequential_destroy(&s);
  const double x[] = {0, 880, 1760}, y[] = {0, 660, 1320}, v[] = {1, -2, 0.5}, level[] = {0, 1, 3};
  kd_node_data data;
  assert_int_equal(kd_node_data_place(&data, &grid, x, y, level, 3, f.scratch, &f.err), KD_OK);
  double value[3], *a = kd_arena_alloc(f.scratch, nodes, 8);
  for (size_t i = 0; i < data.count; i++) value[i] = v[data.row[i]];
  kd_sequential *one = make(&f, &grid, &model, &data, value, o, 1), *four = make(&f, &grid, &model, &data, value, o, 4);
  kd_sequential_eight(z, four, 1, 2, 0);
  for (size_t r = 0; r < 8; r++) {
    kd_sequential_one(a, one, 1, 2, r);
    for (size_t i = 0; i < nodes; i++) assert_true(a[i] == z[i * 8 + r]);
    for (size_t i = 0; i < data.count; i++) assert_true(a[data.node[i]] == value[i]);
  }
  kd_sequential_destroy(&one);
  kd_sequential_destroy(&four);
  fixture_close(&f);
}

static void refuses_what_cannot_be_simulated(void **state) {
  (void)state;
  fixture f;
  kd_pool *pool;
  kd_sequential *s;
  fixture_open(&f);
  const kd_covariance power = model_of("1 power(1, exponent 1.5)"), good = model_of("1 spherical(5 m)");
  const kd_simulation_grid grid = {{5, 5, 1}, {0, 0, 0}, {1, 1, 1}}, none = {{5, 0, 1}, {0, 0, 0}, {1, 1, 1}};
  assert_int_equal(kd_pool_create(&pool, f.ctx, 1, &f.err), KD_OK);
  kd_sequential_options o = {8, (double)NAN, 0, 1};
  assert_int_equal(kd_sequential_create(&s, f.ctx, &grid, &power, NULL, NULL, &o, pool, &f.err), KD_E_MODEL);
  assert_int_equal(kd_sequential_create(&s, f.ctx, &none, &good, NULL, NULL, &o, pool, &f.err), KD_E_RANGE);
  assert_non_null(strstr(f.err.text, "0 nodes along y"));
  o.neighbours = 0;
  assert_int_equal(kd_sequential_create(&s, f.ctx, &grid, &good, NULL, NULL, &o, pool, &f.err), KD_E_RANGE);
  kd_pool_destroy(&pool);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(full_neighbourhood_is_cholesky),       cmocka_unit_test(same_bits_whatever_the_threads),
      cmocka_unit_test(shared_systems_equal_own_ones),        cmocka_unit_test(statistics_are_the_models),
      cmocka_unit_test(columns_and_layers_keep_the_variance), cmocka_unit_test(refuses_what_cannot_be_simulated),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
