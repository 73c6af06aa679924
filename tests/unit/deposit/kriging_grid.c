// SPDX-License-Identifier: Apache-2.0
#include "unit/deposit/kriging_fixture.h"

#include "base/error.h"
#include "deposit/kriging_grid.h"

enum { WIDE = 53, HIGH = 41, NODES = WIDE * HIGH };

static kd_status keep(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                      kd_error *err) {
  double *to = user;
  (void)err;
  memcpy(to + first, estimate, count * sizeof *to);
  memcpy(to + 2 * NODES + first, variance, count * sizeof *to);
  return KD_OK;
}

static const kd_grid grid = {.origin = {7.0, 11.0, 3.0}, .cell = {18.7, 23.9, 20.0}, .nodes = {WIDE, HIGH, 1}};

static void krige_grid(bench *b, double *to, size_t threads) {
  kd_pool *pool;
  kd_grid_totals totals;
  assert_int_equal(kd_pool_create(&pool, b->ctx, threads, &b->err), KD_OK);
  assert_int_equal(kd_kriging_grid(&totals, &b->kriging, &grid, pool, keep, to, b->ctx, &b->err), KD_OK);
  assert_int_equal(totals.nodes, NODES);
  kd_pool_destroy(&pool);
}

/* Node for node as the reference, and the same bits for 1, 2 and 4 threads. */
static void check(const char *model, const kd_kriging_rule *rule, const kd_search_rule *search, int dimensions) {
  static double fast[4 * NODES], other[4 * NODES];
  bench b;
  kd_kriging_space space;
  bench_open(&b);
  bench_krige(&b, model, rule, search, dimensions);
  krige_grid(&b, fast, 1);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  for (size_t i = 0; i < NODES; i++) {
    const double at[3] = {grid.origin[0] + grid.cell[0] * (double)(i % WIDE),
                          grid.origin[1] + grid.cell[1] * (double)(i / WIDE), grid.origin[2]};
    kd_kriged k;
    kd_kriging_at(&b.kriging, &space, &k, at, NULL, NULL);
    if (k.note != KD_KRIGED) {
      assert_true(isnan(fast[i]));
      continue;
    }
    assert_near(fast[i], k.estimate, 2e-12);
    assert_near(fast[2 * NODES + i], k.variance, 2e-12);
  }
  for (size_t threads = 2; threads <= 4; threads += 2) {
    krige_grid(&b, other, threads);
    assert_memory_equal(fast, other, NODES * sizeof *fast);
    assert_memory_equal(fast + 2 * NODES, other + 2 * NODES, NODES * sizeof *fast);
  }
  bench_close(&b);
}

#define MODEL  "0.1 nugget + 0.9 spherical(400 m)"
#define RULE   (const kd_kriging_rule)
#define SEARCH (const kd_search_rule)

static void same_as_the_reference(void **state) {
  (void)state;
  check(MODEL, &RULE{0}, &SEARCH{.neighbours = 24}, 2);
  check(MODEL, &RULE{.simple = true, .mean = 4.0}, &SEARCH{.neighbours = 7, .radius = 90.0}, 2);
  check(MODEL, &RULE{.trend = 2}, &SEARCH{.neighbours = 20, .minimum = 8, .radius = 200.0}, 2);
  check(MODEL, &RULE{.block = {30.0, 30.0, 0.0}, .trend = 2, .block_points = 3}, &SEARCH{.neighbours = 16}, 2);
  check("0.1 nugget + 0.5 Sph(400 m, semi 200 m, minor 40 m, azimuth 30, dip 15) + 0.4 Exp(150 m, semi 60 m)", &RULE{0},
        &SEARCH{.neighbours = 14, .radius = 500.0, .semi = 250.0, .minor = 60.0, .azimuth = 0.5}, 3);
  check("0.05 nugget + 0.9 gaussian(200 m)", &RULE{.filter_nugget = true}, &SEARCH{.neighbours = 12}, 2);
  check("0.1 nugget + 0.3 cubic(300 m) + 0.3 pentaspherical(500 m) + 0.2 matern(100 m, 1.5)", &RULE{0},
        &SEARCH{.neighbours = 12}, 2);
  check("0.1 nugget + 0.002 power(1.4)", &RULE{0}, &SEARCH{.neighbours = 12}, 2);
  check(MODEL, &RULE{0}, &SEARCH{.neighbours = 12, .sectors = 4, .per_sector = 3}, 2);
  check(MODEL, &RULE{0}, &SEARCH{0}, 2);
}

/* A regular net of samples ties everywhere: the lower row must win in both. */
static void ties_go_to_the_lower_row(void **state) {
  static double fast[4 * NODES];
  bench b;
  kd_kriging_space space;
  (void)state;
  bench_open(&b);
  for (int i = 0; i < SAMPLES; i++) {
    b.x[i] = 128.0 * (i % 8);
    b.y[i] = 128.0 * (i / 8);
  }
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 10}, 2);
  const kd_grid net = {.origin = {0.0, 0.0, 0.0}, .cell = {16.0, 16.0, 0.0}, .nodes = {WIDE, HIGH, 1}};
  kd_grid_totals totals;
  assert_int_equal(kd_kriging_grid(&totals, &b.kriging, &net, NULL, keep, fast, b.ctx, &b.err), KD_OK);
  assert_int_equal(kd_kriging_space_create(&space, b.arena, &b.kriging, &b.err), KD_OK);
  for (size_t i = 0; i < NODES; i++) {
    const double at[3] = {16.0 * (double)(i % WIDE), 16.0 * (double)(i / WIDE), 0.0};
    kd_kriged k;
    kd_kriging_at(&b.kriging, &space, &k, at, NULL, NULL);
    assert_near(fast[i], k.estimate, 2e-12);
  }
  bench_close(&b);
}

typedef struct pieces {
  size_t calls, nodes;
  unsigned char seen[2 * (2 * KD_GRID_ROW + 500)];
} pieces;

static kd_status count_pieces(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                              kd_error *err) {
  pieces *p = user;
  (void)err;
  assert_true(count >= 1 && count <= KD_GRID_ROW);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(p->seen[first + i]++, 0);
    assert_true(isfinite(estimate[i]) && isfinite(variance[i]));
  }
  p->calls++;
  p->nodes += count;
  return KD_OK;
}

/* A grid longer than one piece: each node once, in pieces as long as may be; an error of the sink ends it. */
static kd_status refuse(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                        kd_error *err) {
  (void)count;
  (void)estimate;
  (void)variance;
  (void)user;
  return first > 0 ? kd_error_set(err, KD_E_IO, "no room") : KD_OK;
}

static void a_long_grid_comes_in_long_pieces(void **state) {
  static pieces p;
  bench b;
  kd_grid_totals totals;
  const kd_grid wide = {.origin = {0.0, 0.0, 0.0}, .cell = {0.4, 300.0, 0.0}, .nodes = {2 * KD_GRID_ROW + 500, 2, 1}};
  (void)state;
  bench_open(&b);
  bench_krige(&b, MODEL, &RULE{0}, &SEARCH{.neighbours = 8}, 2);
  assert_int_equal(kd_kriging_grid(&totals, &b.kriging, &wide, NULL, count_pieces, &p, b.ctx, &b.err), KD_OK);
  assert_int_equal(p.nodes, totals.nodes);
  assert_int_equal(p.calls, 6);
  assert_int_equal(kd_kriging_grid(&totals, &b.kriging, &wide, NULL, refuse, NULL, b.ctx, &b.err), KD_E_IO);
  assert_string_equal(b.err.text, "no room");
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(same_as_the_reference),
      cmocka_unit_test(ties_go_to_the_lower_row),
      cmocka_unit_test(a_long_grid_comes_in_long_pieces),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
