// SPDX-License-Identifier: Apache-2.0
/* Draws: distribution by distribution, rank correlation, independence of the other slots, determinism. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define N 20000

static size_t draw_index(const kd_scenario *s, const char *key) {
  const kd_slot *slot = kd_scenario_find(s, key);
  assert_non_null(slot);
  assert_true(slot->random);
  assert_ptr_equal(kd_scenario_draw_slot(s, slot->draw), slot);
  return slot->draw;
}

/* The draws of one slot over N realisations. */
static double *series(const kd_scenario *s, const char *key) {
  double *out = malloc(N * sizeof *out);
  double draws[64];
  fake_params p;
  assert_non_null(out);
  const size_t index = draw_index(s, key);
  for (uint64_t i = 0; i < N; i++) {
    kd_draw_into(&p, draws, s, 7, i);
    out[i] = draws[index];
  }
  return out;
}

static const double *sort_key;
static int by_key(const void *a, const void *b) {
  const double x = sort_key[*(const size_t *)a], y = sort_key[*(const size_t *)b];
  return x < y ? -1 : x > y;
}

static void ranks(double *out, const double *x) {
  size_t *order = malloc(N * sizeof *order);
  assert_non_null(order);
  for (size_t i = 0; i < N; i++) order[i] = i;
  sort_key = x;
  qsort(order, N, sizeof *order, by_key);
  for (size_t i = 0; i < N; i++) out[order[i]] = (double)i;
  free(order);
}

static double spearman(const kd_scenario *s, const char *a, const char *b) {
  double *x = series(s, a), *y = series(s, b), *rx = malloc(N * sizeof *rx), *ry = malloc(N * sizeof *ry);
  assert_non_null(rx);
  assert_non_null(ry);
  ranks(rx, x);
  ranks(ry, y);
  double sum = 0;
  for (size_t i = 0; i < N; i++) sum += (rx[i] - ry[i]) * (rx[i] - ry[i]);
  free(x), free(y), free(rx), free(ry);
  return 1 - 6 * sum / ((double)N * ((double)N * (double)N - 1));
}

static void test_every_slot_follows_its_distribution(void **state) {
  (void)state;
  kd_scenario *s = loaded(
      "kaidei: 1\nlift: {length: 20 km, bore: {uniform: [0.2 m, 0.3 m]}, spare: {lognormal: [2 km, 1.5]}, depth: "
      "{triangular: [4 km, 5 km, 7 km]}}\nsell: {tax: {pert: [10 %, 20 %, 50 %]}}\n");
  assert_int_equal(kd_scenario_draws(s), 10);
  for (size_t k = 0; k < kd_scenario_draws(s); k++) {
    const kd_slot *slot = kd_scenario_draw_slot(s, k);
    double *x = series(s, slot->key), sum = 0, worst = 0;
    unsigned bins[200] = {0};
    for (size_t i = 0; i < N; i++) {
      const double u = kd_distribution_cdf(&slot->distribution, x[i]);
      bins[u >= 1 ? 199 : (size_t)(u * 200)]++;
    }
    for (size_t i = 0; i < 200; i++) {
      sum += bins[i];
      worst = fmax(worst, fabs(sum / (double)N - (double)(i + 1) / 200));
    }
    assert_true(worst * sqrt((double)N) < 2.23); /* Kolmogorov-Smirnov, level 1e-4 */
    free(x);
  }
  kd_scenario_destroy(&s);
}

static void test_rank_correlation(void **state) {
  (void)state;
  static const double wanted[] = {0.9, 0.5, -0.7, 0};
  for (size_t i = 0; i < 4; i++) {
    char text[512];
    snprintf(text, sizeof text,
             "kaidei: 1\nlift: {length: 20 km, bore: {uniform: [0.2 m, 0.3 m], correlate: {with: sell.tax, rho: %g}}}\n"
             "sell: {tax: {pert: [10 %%, 20 %%, 50 %%]}}\n",
             wanted[i]);
    kd_scenario *s = loaded(text);
    assert_near(spearman(s, "lift.bore", "sell.tax"), wanted[i], 0.02);
    assert_near(spearman(s, "lift.bore", "dig.column"), 0, 0.03);
    kd_scenario_destroy(&s);
  }
}

/* A chain of three, and the default correlation of the small stages. */
static void test_groups(void **state) {
  (void)state;
  kd_scenario *s =
      loaded("kaidei: 1\nlift: {length: 20 km, bore: {uniform: [0.2 m, 0.3 m], correlate: [{with: sell.tax, rho: 0.6}, "
             "{with: dig.column, rho: -0.6}]}}\nsell: {tax: {pert: [10 %, 20 %, 50 %], correlate: {with: "
             "dig.column, rho: -0.4}}}\n");
  assert_near(spearman(s, "lift.bore", "sell.tax"), 0.6, 0.02);
  assert_near(spearman(s, "lift.bore", "dig.column"), -0.6, 0.02);
  assert_near(spearman(s, "sell.tax", "dig.column"), -0.4, 0.02);
  assert_near(spearman(s, "sell.factor", "sell.price.tb"), 0.5, 0.02);
  kd_scenario_destroy(&s);
}

/* A default that is correlated steps back when its partner is fixed; so does a pair when a later layer fixes one side.
 */
static void test_correlation_steps_back(void **state) {
  (void)state;
  kd_scenario *s = loaded("kaidei: 1\nlift: {length: 6 km}\nsell: {price: {tb: 5 USD/kg}}\n");
  assert_true(kd_scenario_find(s, "sell.factor")->random);
  assert_int_equal(s->group_count, 0);
  kd_scenario_destroy(&s);
  const char *const sets[] = {"dig.column=5 m"};
  size_t warnings = 0;
  s = loaded_with(
      "kaidei: 1\nlift: {length: 6 km, bore: {uniform: [0.2 m, 0.3 m], correlate: {with: dig.column, rho: 0.5}}}\n",
      sets, 1, &warnings);
  assert_int_equal(warnings, 1);
  kd_scenario_destroy(&s);
}

/* Of two different rho for one pair the one of the later layer holds. */
static void test_later_correlation_wins(void **state) {
  (void)state;
  const char *const sets[] = {"lift.bore={uniform: [0.2 m, 0.3 m], correlate: {with: dig.column, rho: 0.8}}"};
  kd_scenario *s = loaded_with("kaidei: 1\nlift: {length: 20 km, bore: {uniform: [0.1 m, 0.2 m]}}\ndig: {column: "
                               "{uniform: [1 m, 2 m], correlate: {with: lift.bore, rho: 0.1}}}\n"
                               "sell: {tax: {uniform: [1 %, 2 %], correlate: {with: sell.factor, rho: 0.2}}}\n",
                               sets, 1, NULL);
  assert_near(spearman(s, "lift.bore", "dig.column"), 0.8, 0.02);
  kd_scenario_destroy(&s);
}

/* What is drawn for a slot depends on seed, realisation and its key, not on what else is random. */
static void test_slots_do_not_disturb_each_other(void **state) {
  (void)state;
  kd_scenario *a = loaded("kaidei: 1\nlift: {length: 20 km}\n");
  kd_scenario *b =
      loaded("kaidei: 1\nlift: {length: 20 km, bore: {uniform: [0.2 m, 0.3 m]}, spare: {lognormal: [2 km, 1.5]}}\n");
  fake_params p, q;
  for (uint64_t i = 0; i < 50; i++) {
    kd_draw_into(&p, NULL, a, 3, i);
    kd_draw_into(&q, NULL, b, 3, i);
    assert_memory_equal(&p.dig.column, &q.dig.column, sizeof p.dig.column);
    assert_memory_equal(p.sell.price, q.sell.price, sizeof p.sell.price);
    kd_draw_into(&q, NULL, a, 4, i);
    assert_true(p.dig.column != q.dig.column);
    kd_draw_into(&q, NULL, a, 3, i + 50);
    assert_true(p.dig.column != q.dig.column);
  }
  kd_scenario_destroy(&a);
  kd_scenario_destroy(&b);
}

static void test_counts_are_whole(void **state) {
  (void)state;
  kd_scenario *s = loaded("kaidei: 1\nlift: {length: 20 km}\ndig: {heads: {uniform: [1, 4]}}\n");
  double *x = series(s, "dig.heads");
  size_t seen[5] = {0};
  for (size_t i = 0; i < N; i++) {
    assert_true(x[i] == floor(x[i]) && x[i] >= 1 && x[i] <= 4);
    seen[(size_t)x[i]]++;
  }
  assert_near((double)seen[1] / (double)N, 1 / 6.0, 0.02);
  assert_near((double)seen[2] / (double)N, 1 / 3.0, 0.02);
  free(x);
  kd_scenario_destroy(&s);
}

/* The labels of a vector with one distribution are drawn each for itself. */
static void test_labels_are_independent(void **state) {
  (void)state;
  kd_scenario *s = loaded("kaidei: 1\nlift: {length: 20 km}\n");
  assert_near(spearman(s, "sell.bonus.la", "sell.bonus.dy"), 0, 0.03);
  kd_scenario_destroy(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_slot_follows_its_distribution),
      cmocka_unit_test(test_rank_correlation),
      cmocka_unit_test(test_groups),
      cmocka_unit_test(test_correlation_steps_back),
      cmocka_unit_test(test_later_correlation_wins),
      cmocka_unit_test(test_slots_do_not_disturb_each_other),
      cmocka_unit_test(test_counts_are_whole),
      cmocka_unit_test(test_labels_are_independent),
  };
  return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
