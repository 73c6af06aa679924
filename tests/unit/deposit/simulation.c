// SPDX-License-Identifier: Apache-2.0
#include "deposit/simulation.h"

#include "numerics/statistics.h"
#include "unit/deposit/fixture.h"

#define DATA  60
#define NODES (40 * 30)

static double x[DATA], y[DATA], value[3][DATA];
static const double *const values[3] = {value[0], value[1], value[2]};

static void make_data(void) {
  kd_stream rng;
  kd_stream_start(&rng, 1, 2, 3);
  for (int i = 0; i < DATA; i++) {
    x[i] = kd_stream_uniform(&rng) * 400 - 5;
    y[i] = kd_stream_uniform(&rng) * 300 - 5;
    const double a = sin(x[i] / 60) + 0.5 * kd_stream_normal(&rng);
    value[0][i] = exp(a);
    value[1][i] = 3 * a + kd_stream_normal(&rng);
    value[2][i] = kd_stream_normal(&rng) - a;
  }
}

typedef struct store {
  double value[12][3][NODES];
  size_t calls;
} store;

static kd_status keep(size_t realisation, const double *const *fields, size_t nodes, void *user, kd_error *err) {
  store *s = user;
  (void)err;
  assert_int_equal(realisation, s->calls++);
  for (int v = 0; v < 3; v++) memcpy(s->value[realisation][v], fields[v], nodes * sizeof(double));
  return KD_OK;
}

static kd_status keep_late(size_t realisation, const double *const *fields, size_t nodes, void *user, kd_error *err) {
  store *s = user;
  (void)err;
  assert_int_equal(realisation, 5 + s->calls++);
  for (int v = 0; v < 3; v++) memcpy(s->value[realisation][v], fields[v], nodes * sizeof(double));
  return KD_OK;
}

static kd_simulation_spec spec_of(kd_simulation_transform transform, kd_simulation_method method) {
  return (kd_simulation_spec){.grid = {{40, 30, 1}, {0, 0, 0}, {10, 10, 1}},
                              .variables = 3,
                              .count = DATA,
                              .x = x,
                              .y = y,
                              .value = values,
                              .transform = transform,
                              .maf_lag = 40,
                              .maf_tolerance = 20,
                              .ppmt = {30, 18.0 / DATA},
                              .method = method,
                              .search = {16, (double)NAN, 0, 1},
                              .tolerance = 1e-6,
                              .seed = 77};
}

static void models_of(kd_covariance model[3]) {
  kd_error err;
  memset(model, 0, 3 * sizeof *model);
  assert_int_equal(kd_covariance_parse(&model[0], "0.2 nugget + 0.8 spherical(150 m)", &err), KD_OK);
  assert_int_equal(kd_covariance_parse(&model[1], "1 exponential(30 m)", &err), KD_OK);
  assert_int_equal(kd_covariance_parse(&model[2], "0.5 nugget + 0.5 spherical(60 m)", &err), KD_OK);
}

/* Every transform by every method: data honoured exactly; the same bits for 1, 2 and 4 threads and for a run that
 * starts in the middle. */
static void all_ways_honour_the_data_and_agree(void **state) {
  (void)state;
  fixture f;
  static store a, b, late;
  kd_covariance model[3];
  fixture_open(&f);
  make_data();
  models_of(model);
  for (int transform = KD_TRANSFORM_SCORES; transform <= KD_TRANSFORM_PPMT; transform++) {
    for (int method = KD_SIMULATE_SEQUENTIAL; method <= KD_SIMULATE_FFT; method++) {
      const kd_simulation_spec spec = spec_of((kd_simulation_transform)transform, (kd_simulation_method)method);
      kd_simulation *sim;
      if (kd_simulation_create(&sim, f.ctx, &spec, &f.err) != KD_OK) fail_msg("%s", f.err.text);
      const kd_node_data *placed = kd_simulation_placed(sim);
      for (size_t threads = 1; threads <= 4; threads *= 2) {
        kd_pool *pool;
        assert_int_equal(kd_pool_create(&pool, f.ctx, threads, &f.err), KD_OK);
        store *to = threads == 1 ? &a : &b;
        to->calls = late.calls = 0;
        assert_int_equal(kd_simulation_run(sim, model, 0, 11, pool, keep, to, NULL, &f.err), KD_OK);
        assert_int_equal(to->calls, 11);
        if (threads > 1) assert_memory_equal(a.value, b.value, 11 * sizeof a.value[0]);
        assert_int_equal(kd_simulation_run(sim, model, 5, 4, pool, keep_late, &late, NULL, &f.err), KD_OK);
        assert_memory_equal(a.value[5], late.value[5], 4 * sizeof a.value[0]);
        kd_pool_destroy(&pool);
      }
      for (size_t r = 0; r < 11; r++)
        for (int v = 0; v < 3; v++)
          for (size_t i = 0; i < placed->count; i++)
            assert_true(a.value[r][v][placed->node[i]] == value[v][placed->row[i]]);
      assert_true(a.value[0][0][0] != a.value[1][0][0] || placed->node[0] == 0);
      kd_simulation_destroy(&sim);
    }
  }
  fixture_close(&f);
}

/* The check sees correlations that linear factors carry and that independent scores lose. */
static void reproduction_tells_lost_correlations(void **state) {
  (void)state;
  fixture f;
  kd_covariance model[3];
  kd_pool *pool;
  fixture_open(&f);
  make_data();
  models_of(model);
  assert_int_equal(kd_pool_create(&pool, f.ctx, 2, &f.err), KD_OK);
  double found[2] = {0}, wanted = 0, cross[2] = {0}, cross_wanted = 0, lags = 0;
  for (int k = 0; k < 2; k++) {
    kd_simulation_spec spec = spec_of(k == 0 ? KD_TRANSFORM_SCORES : KD_TRANSFORM_MAF, KD_SIMULATE_FFT);
    spec.grid.origin[0] = 1e6; /* away from the data: unconditional */
    kd_simulation *sim;
    kd_reproduction check;
    assert_int_equal(kd_simulation_create(&sim, f.ctx, &spec, &f.err), KD_OK);
    assert_int_equal(kd_simulation_placed(sim)->outside, DATA);
    assert_int_equal(kd_simulation_run(sim, model, 0, 100, pool, NULL, NULL, &check, &f.err), KD_OK);
    for (size_t i = 0; i < check.count; i++) {
      const kd_reproduction_row *row = &check.row[i];
      const double error = row->sd / sqrt(100.0);
      if (row->kind == KD_REPRODUCTION_VARIOGRAM) assert_near(row->found, row->wanted, 4 * error);
      if (row->kind == KD_REPRODUCTION_P50) assert_near(row->found, row->wanted, 0.25 * (1 + fabs(row->wanted)));
      if (row->kind == KD_REPRODUCTION_CROSS && row->a == 0 && row->b == 1) {
        cross[k] += row->found;
        cross_wanted += k == 1 ? row->wanted : 0;
        lags += k == 1 ? 1 : 0;
      }
      if (row->kind == KD_REPRODUCTION_CORRELATION && row->a == 0 && row->b == 1) {
        found[k] = row->found;
        wanted = row->wanted;
      }
    }
    kd_simulation_destroy(&sim);
  }
  assert_near(found[0], 0, 0.1);
  assert_true(fabs(wanted) > 0.5);
  assert_near(found[1], wanted, 0.12);
  assert_near(lags, KD_REPRODUCTION_CROSS_LAGS, 0);
  assert_near(cross[0] / lags, 0, 0.05);
  assert_true(cross_wanted / lags > 0.3);
  assert_near(cross[1] / lags, cross_wanted / lags, 0.15);
  kd_pool_destroy(&pool);
  fixture_close(&f);
}

/* Cross-variogram of two short lines by hand: data at 0, 1, 2, ... against fields of the same numbers. */
static void cross_variogram_of_a_line(void **state) {
  enum { N = 40 };
  const double n = N;
  (void)state;
  fixture f;
  double at[N], a[N], b[N], wanted = 0, sum[2] = {0}, square[2] = {0};
  fixture_open(&f);
  for (int i = 0; i < N; i++) {
    at[i] = i;
    a[i] = sin(0.7 * i) + 0.1 * i;
    b[i] = cos(1.3 * i) * i;
    sum[0] += a[i] / n;
    sum[1] += b[i] / n;
  }
  for (int i = 0; i < N; i++) {
    square[0] += (a[i] - sum[0]) * (a[i] - sum[0]) / (N - 1);
    square[1] += (b[i] - sum[1]) * (b[i] - sum[1]) / (N - 1);
  }
  for (int i = 1; i < N; i++) wanted += 0.5 * (a[i] - a[i - 1]) * (b[i] - b[i - 1]) / (N - 1);
  wanted /= sqrt(square[0] * square[1]);
  const kd_simulation_grid grid = {{N, 1, 1}, {0, 0, 0}, {1, 1, 1}};
  const double *const lines[2] = {a, b}, *const place[3] = {at, NULL, NULL};
  kd_reproduction check;
  assert_int_equal(kd_reproduction_open(&check, &grid, 2, lines, NULL, N, NULL, f.scratch, &f.err), KD_OK);
  const size_t before = check.count;
  assert_int_equal(kd_reproduction_want_cross(&check, place, lines, N, f.scratch, &f.err), KD_OK);
  assert_int_equal(check.count, before + KD_REPRODUCTION_CROSS_LAGS);
  kd_reproduction_add_values(&check, lines, NULL);
  kd_reproduction_close(&check);
  assert_near(check.row[before].lag, 1, 0); /* pairs of 1/2 to 3/2: those at 1 */
  assert_near(check.row[before].wanted, wanted, 1e-12);
  assert_near(check.row[before].found, wanted, 1e-12);
  fixture_close(&f);
}

static void refuses_data_without_a_whole_row(void **state) {
  (void)state;
  fixture f;
  fixture_open(&f);
  make_data();
  for (int i = 0; i < DATA; i++) value[1][i] = (double)NAN;
  const kd_simulation_spec spec = spec_of(KD_TRANSFORM_MAF, KD_SIMULATE_FFT);
  kd_simulation *sim;
  assert_int_equal(kd_simulation_create(&sim, f.ctx, &spec, &f.err), KD_E_RANGE);
  assert_non_null(strstr(f.err.text, "no datum has all variables"));
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_ways_honour_the_data_and_agree),
      cmocka_unit_test(reproduction_tells_lost_correlations),
      cmocka_unit_test(cross_variogram_of_a_line),
      cmocka_unit_test(refuses_data_without_a_whole_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
