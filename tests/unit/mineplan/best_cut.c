// SPDX-License-Identifier: Apache-2.0
/* The best cut against a fine search of all cuts, by hand, and where it must not matter. */
#include "mineplan/best_cut.h"

#include "base/context.h"
#include <string.h>

#include "base/error.h"
#include "support/check.h"

static kd_cut_rules plain(void) {
  return (kd_cut_rules){.area = 9.0,
                        .fixed = 2400.0,
                        .penetration = 5.0 / 3600.0,
                        .head_length = 5.6,
                        .recovery = 0.8,
                        .lift = (double)INFINITY};
}

static double uniform(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (double)(*seed >> 8) / 16777216.0;
}

/* 300 random columns with random rules: no cut of a lattice of 2 cm is better, and the best is one that can be made. */
static void no_cut_of_a_fine_search_is_better(void **state) {
  kd_context *ctx = NULL;
  kd_arena *arena = NULL;
  uint32_t seed = 11;
  (void)state;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&arena, ctx), KD_OK);
  for (int trial = 0; trial < 300; trial++) {
    kd_layer_of_mud layer[6];
    kd_cut_rules rules = plain();
    kd_best_cut best;
    double at = 0.0, found = -(double)INFINITY;
    for (int b = 0; b < 6; b++) {
      const double top = at + (trial % 3 == 0 ? 0.3 * uniform(&seed) : 0.0);
      at = top + 0.2 + uniform(&seed);
      layer[b] = (kd_layer_of_mud){top, at, 400.0 + 400.0 * uniform(&seed), uniform(&seed)};
    }
    rules.cost = trial % 2 == 0 ? 0.0 : 0.4 * uniform(&seed);
    rules.lift = trial % 4 == 0 ? (double)INFINITY : 1.0 + 8.0 * uniform(&seed);
    rules.least = trial % 5 == 0 ? 1.0 : 0.0;
    rules.head_length = 1.0 + 5.0 * uniform(&seed);
    kd_arena_reset(arena);
    assert_int_equal(kd_best_cut_find(&best, layer, 6, &rules, arena, NULL), KD_OK);
    for (double c = 0.0; c < at; c += 0.02)
      for (double d = c + fmax(rules.least, 0.02); d <= at; d += 0.02)
        found = fmax(found, kd_cut_rate(layer, 6, &rules, c, d).rate);
    assert_true(best.rate >= found - 1e-12 * fabs(found));
    assert_true(best.rate <= found + 0.05 * fabs(found) + 1e-9); /* and not out of reach of the lattice */
    assert_true(best.cover >= 0.0 && best.bottom <= at + 1e-12 && best.bottom - best.cover >= rules.least - 1e-9);
    assert_close(best.rate, kd_cut_rate(layer, 6, &rules, best.cover, best.bottom).rate, 1e-12);
  }
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
}

/* 2 m of nothing over 3 m of ore over 5 m of nothing. With a cost the ore alone is lifted; a lift without limit makes
 * the cover free, and the smaller cover stands for all that are as good. */
static void ore_between_waste(void **state) {
  const kd_layer_of_mud layer[3] = {{0.0, 2.0, 500.0, 0.0}, {2.0, 5.0, 500.0, 1.0}, {5.0, 10.0, 500.0, 0.0}};
  kd_context *ctx = NULL;
  kd_arena *arena = NULL;
  kd_error err;
  kd_best_cut best;
  kd_cut_rules rules = plain();
  (void)state;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&arena, ctx), KD_OK);
  rules.cost = 0.1;
  assert_int_equal(kd_best_cut_find(&best, layer, 3, &rules, arena, &err), KD_OK);
  assert_near(best.cover, 2.0, 1e-12);
  assert_near(best.bottom, 5.0, 1e-12);
  assert_close(best.dry, 9.0 * 0.8 * 500.0 * 3.0, 1e-12);
  assert_close(best.value, best.dry * 0.9, 1e-12);
  assert_close(best.seconds, 2400.0 + 3600.0, 1e-12);
  rules.cost = 0.0;
  assert_int_equal(kd_best_cut_find(&best, layer, 3, &rules, arena, &err), KD_OK);
  assert_near(best.cover, 2.0, 1e-12);
  assert_near(best.bottom, 5.0, 1e-12);
  assert_close(best.value, 10800.0, 1e-12);
  rules.lift = 1.0; /* 3 h for the ore: the cover would take two hours more */
  assert_int_equal(kd_best_cut_find(&best, layer, 3, &rules, arena, &err), KD_OK);
  assert_near(best.cover, 2.0, 1e-12);
  assert_close(best.seconds, 2400.0 + 10800.0, 1e-12);
  rules.least = 11.0;
  assert_int_equal(kd_best_cut_find(&best, layer, 3, &rules, arena, &err), KD_E_INFEASIBLE);
  assert_non_null(strstr(err.text, "10 m deep, at least 11 m"));
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
}

/* A second bite for 40 cm more is not worth its time. */
static void a_bite_more_must_pay(void **state) {
  const kd_layer_of_mud layer[1] = {{0.0, 6.0, 500.0, 1.0}};
  kd_context *ctx = NULL;
  kd_arena *arena = NULL;
  kd_best_cut best;
  const kd_cut_rules rules = plain();
  (void)state;
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&arena, ctx), KD_OK);
  assert_int_equal(kd_best_cut_find(&best, layer, 1, &rules, arena, NULL), KD_OK);
  assert_near(best.bottom, 5.6, 1e-12);
  assert_near(best.bites, 1.0, 0.0);
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_cut_of_a_fine_search_is_better),
      cmocka_unit_test(ore_between_waste),
      cmocka_unit_test(a_bite_more_must_pay),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
