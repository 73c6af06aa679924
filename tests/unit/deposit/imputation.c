// SPDX-License-Identifier: Apache-2.0
#include "deposit/imputation.h"

#include "deposit/simulation.h"
#include "unit/deposit/fixture.h"

#define SITES 4
#define SEEN  6
#define DRAWS 20000

/* x of A x = b by elimination with row exchanges. */
static void solve(double a[SEEN][SEEN], double b[SEEN]) {
  for (int k = 0; k < SEEN; k++) {
    int pivot = k;
    for (int i = k + 1; i < SEEN; i++)
      if (fabs(a[i][k]) > fabs(a[pivot][k])) pivot = i;
    for (int j = 0; j < SEEN; j++) {
      const double t = a[k][j];
      a[k][j] = a[pivot][j];
      a[pivot][j] = t;
    }
    const double t = b[k];
    b[k] = b[pivot];
    b[pivot] = t;
    for (int i = k + 1; i < SEEN; i++) {
      const double f = a[i][k] / a[k][k];
      for (int j = k; j < SEEN; j++) a[i][j] -= f * a[k][j];
      b[i] -= f * b[k];
    }
  }
  for (int k = SEEN; k-- > 0;) {
    for (int j = k + 1; j < SEEN; j++) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
}

/* Two variables of two factors at four sites, two values missing: mean and variance of 20,000 draws against the normal
 * distribution of one given the others, from covariances written out. */
static void draws_have_the_conditional_distribution(void **state) {
  (void)state;
  fixture f;
  const double x[SITES] = {0, 4, 9, 15}, back[4] = {0.9, 0.3, -0.4, 0.8}, mean[2] = {0.2, -0.1};
  const double given[2][SITES] = {{0.5, (double)NAN, -0.8, 1.2}, {1.0, 0.3, (double)NAN, -0.6}};
  double y0[SITES], y1[SITES], sum[2] = {0}, square[2] = {0};
  double *const y[2] = {y0, y1};
  const double *const start[2] = {given[0], given[1]};
  kd_factors linear = {.n = 2, .mean = (double *)(uintptr_t)mean, .back = (double *)(uintptr_t)back};
  kd_covariance model[2] = {0};
  kd_imputation imputation;
  const kd_sites sites = {SITES, x, NULL, NULL};
  const uint32_t stream[2] = {7, 8};
  kd_arena *arena;
  fixture_open(&f);
  assert_int_equal(kd_covariance_parse(&model[0], "0.1 nugget + 0.9 exponential(8 m)", &f.err), KD_OK);
  assert_int_equal(kd_covariance_parse(&model[1], "0.5 nugget + 0.5 exponential(3 m)", &f.err), KD_OK);
  assert_int_equal(kd_imputation_prepare(&imputation, start, 2, &sites, &linear, model, f.scratch, &f.err), KD_OK);
  assert_int_equal(imputation.known, SEEN);
  assert_int_equal(imputation.missing, 2);
  assert_int_equal(kd_arena_create(&arena, f.ctx), KD_OK);
  for (uint64_t d = 0; d < DRAWS; d++) {
    memcpy(y0, given[0], sizeof y0);
    memcpy(y1, given[1], sizeof y1);
    kd_arena_reset(arena);
    assert_int_equal(kd_imputation_draw(y, &imputation, 3, stream, d, arena, &f.err), KD_OK);
    const double got[2] = {y0[1], y1[2]};
    assert_true(y0[0] == given[0][0] && y1[3] == given[1][3]);
    for (int m = 0; m < 2; m++) {
      sum[m] += got[m] / DRAWS;
      square[m] += got[m] * got[m] / DRAWS;
    }
  }
  for (int m = 0; m < 2; m++) {
    const int site_m = m == 0 ? 1 : 2;
    double a[SEEN][SEEN], w[SEEN], c[SEEN], want = mean[m], variance = 0;
    int site[SEEN], variable[SEEN], n = 0;
    for (int v = 0; v < 2; v++)
      for (int i = 0; i < SITES; i++)
        if (isfinite(given[v][i])) {
          site[n] = i;
          variable[n++] = v;
        }
#define RHO(k, i, j) ((i) == (j) ? 1 : (k) == 0 ? 0.9 * exp(-fabs(x[i] - x[j]) / 8) : 0.5 * exp(-fabs(x[i] - x[j]) / 3))
#define COV(u, i, v, j)                                                                                                \
  (back[2 * (u)] * back[2 * (v)] * RHO(0, i, j) + back[2 * (u) + 1] * back[2 * (v) + 1] * RHO(1, i, j))
    for (int p = 0; p < SEEN; p++) {
      for (int q = 0; q < SEEN; q++) a[p][q] = COV(variable[p], site[p], variable[q], site[q]);
      w[p] = c[p] = COV(variable[p], site[p], m, site_m);
    }
    solve(a, w);
    variance = COV(m, site_m, m, site_m);
    for (int p = 0; p < SEEN; p++) {
      want += w[p] * (given[variable[p]][site[p]] - mean[variable[p]]);
      variance -= w[p] * c[p];
    }
    assert_near(sum[m], want, 4 * sqrt(variance / DRAWS));
    assert_near(square[m] - sum[m] * sum[m], variance, 4 * variance * sqrt(2.0 / DRAWS));
  }
  kd_arena_destroy(&arena);
  fixture_close(&f);
}

/* --- in a simulation ---------------------------------------------------------------------------------------------- */

#define DATA  40
#define NODES (20 * 15)

typedef struct store {
  double value[6][2][NODES];
} store;

static kd_status keep(size_t realisation, const double *const *fields, size_t nodes, void *user, kd_error *err) {
  store *s = user;
  (void)err;
  for (int v = 0; v < 2; v++) memcpy(s->value[realisation][v], fields[v], nodes * sizeof(double));
  return KD_OK;
}

/* Rows with gaps are honoured where they have a value, by both methods, with drawn histograms too, whatever the
 * threads; left out they are not. */
static void rows_with_gaps_count(void **state) {
  (void)state;
  fixture f;
  static store one, many;
  double x[DATA], y[DATA], value[2][DATA];
  const double *const values[2] = {value[0], value[1]};
  kd_covariance model[2] = {0};
  kd_stream rng;
  fixture_open(&f);
  kd_stream_start(&rng, 5, 6, 7);
  for (int i = 0; i < DATA; i++) {
    x[i] = 10.0 * (i * 7 % 20);
    y[i] = 10.0 * (i * 7 / 20);
    const double a = kd_stream_normal(&rng);
    value[0][i] = i % 5 == 3 ? (double)NAN : exp(a);
    value[1][i] = i % 7 == 1 && i % 5 != 3 ? (double)NAN : 2 * a + kd_stream_normal(&rng);
  }
  for (int v = 0; v < 2; v++)
    assert_int_equal(kd_covariance_parse(&model[v], "0.2 nugget + 0.8 spherical(60 m)", &f.err), KD_OK);
  for (int turn = 0; turn < 4; turn++) {
    kd_simulation_spec spec = {.grid = {{20, 15, 1}, {0, 0, 0}, {10, 10, 1}},
                               .variables = 2,
                               .count = DATA,
                               .x = x,
                               .y = y,
                               .value = values,
                               .transform = turn == 0 ? KD_TRANSFORM_SCORES : KD_TRANSFORM_PCA,
                               .method = turn == 1 ? KD_SIMULATE_SEQUENTIAL : KD_SIMULATE_FFT,
                               .search = {16, (double)NAN, 0, 1},
                               .tolerance = 1e-6,
                               .seed = 9,
                               .impute = true,
                               .draw_histogram = turn == 3};
    kd_simulation *sim;
    kd_reproduction check;
    if (kd_simulation_create(&sim, f.ctx, &spec, &f.err) != KD_OK) fail_msg("%s", f.err.text);
    const kd_node_data *placed = kd_simulation_placed(sim);
    assert_int_equal(placed->count, DATA);
    for (size_t threads = 1; threads <= 3; threads += 2) {
      kd_pool *pool;
      assert_int_equal(kd_pool_create(&pool, f.ctx, threads, &f.err), KD_OK);
      store *to = threads == 1 ? &one : &many;
      if (kd_simulation_run(sim, model, 0, 6, pool, keep, to, &check, &f.err) != KD_OK) fail_msg("%s", f.err.text);
      if (threads > 1) assert_memory_equal(&one, &many, sizeof one);
      kd_pool_destroy(&pool);
    }
    for (size_t k = 0; k < check.count; k++) assert_true(isfinite(check.row[k].wanted) && isfinite(check.row[k].found));
    for (int i = 0; i < DATA; i++) {
      const size_t node = (size_t)(y[i] / 10) * 20 + (size_t)(x[i] / 10);
      for (int v = 0; v < 2; v++) {
        if (isfinite(value[v][i])) {
          for (int r = 0; r < 6; r++) assert_true(one.value[r][v][node] == value[v][i]);
        } else { /* a gap: another value each time */
          assert_true(isfinite(one.value[0][v][node]) && one.value[0][v][node] != one.value[1][v][node]);
        }
      }
    }
    kd_simulation_destroy(&sim);
    spec.impute = false;
    assert_int_equal(kd_simulation_create(&sim, f.ctx, &spec, &f.err), KD_OK);
    assert_true(kd_simulation_placed(sim)->count < DATA - 10);
    kd_simulation_destroy(&sim);
    spec.impute = spec.draw_variogram = true;
    assert_int_equal(kd_simulation_create(&sim, f.ctx, &spec, &f.err), KD_E_CONTRADICTION);
    assert_non_null(strstr(f.err.text, "a given variogram"));
  }
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_have_the_conditional_distribution),
      cmocka_unit_test(rows_with_gaps_count),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
