// SPDX-License-Identifier: Apache-2.0
#include "mineplan/select.h"

#include "base/context.h"
#include "base/random.h"
#include "support/check.h"

typedef struct fixture {
  kd_context *ctx;
  kd_arena *scratch;
} fixture;

static void open_fixture(fixture *f) {
  assert_int_equal(kd_context_create(&f->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&f->scratch, f->ctx), KD_OK);
}

static void close_fixture(fixture *f) {
  kd_arena_destroy(&f->scratch);
  kd_context_destroy(&f->ctx);
}

/* Most value for a mass, by trying every set of whole candidates and every one of the others as the part: the optimum
 * of the fractional knapsack has at most one part. */
static double best_value(const kd_candidate *c, unsigned count, double target) {
  double best = -1.0;
  for (unsigned set = 0; set < 1u << count; set++) {
    double mass = 0.0, value = 0.0;
    for (unsigned i = 0; i < count; i++) {
      mass += set >> i & 1u ? c[i].mass : 0.0;
      value += set >> i & 1u ? c[i].mass * c[i].value : 0.0;
    }
    if (mass > target + 1e-9) continue;
    if (mass >= target - 1e-9 && value > best) best = value;
    for (unsigned i = 0; i < count; i++) {
      const double part = target - mass;
      if (set >> i & 1u || part > c[i].mass) continue;
      if (value + part * c[i].value > best) best = value + part * c[i].value;
    }
  }
  return best;
}

static void greedy_equals_brute_force(void **state) {
  fixture f;
  kd_stream rng;
  (void)state;
  open_fixture(&f);
  for (uint64_t k = 0; k < 200; k++) {
    kd_candidate c[8];
    kd_selection chosen;
    double all = 0.0, value = 0.0, mass = 0.0, target;
    kd_arena_reset(f.scratch);
    kd_stream_start(&rng, 1, 1, k);
    for (int i = 0; i < 8; i++) {
      c[i] = (kd_candidate){.value = kd_stream_uniform(&rng), .mass = 10.0 * kd_stream_uniform(&rng)};
      all += c[i].mass;
    }
    target = all * kd_stream_uniform(&rng);
    assert_int_equal(kd_mineplan_select(&chosen, c, 8, target, f.scratch, NULL), KD_OK);
    for (int i = 0; i < 8; i++) {
      value += c[i].take * c[i].mass * c[i].value;
      mass += c[i].take * c[i].mass;
    }
    assert_close(mass, target, 1e-12);
    assert_near(chosen.mass, target, 0.0);
    assert_close(value, best_value(c, 8, target), 1e-9);
  }
  close_fixture(&f);
}

/* Equal values are taken in the order of their indices; empty ones are passed over. */
static void ties_go_to_the_lower_index(void **state) {
  fixture f;
  kd_selection chosen;
  kd_candidate c[5] = {{.value = 1, .mass = 1},
                       {.value = 2, .mass = 1},
                       {.value = 2, .mass = 0},
                       {.value = 2, .mass = 1},
                       {.value = 1, .mass = 1}};
  (void)state;
  open_fixture(&f);
  assert_int_equal(kd_mineplan_select(&chosen, c, 5, 3.5, f.scratch, NULL), KD_OK);
  assert_int_equal(chosen.count, 4);
  assert_int_equal(chosen.order[0], 1);
  assert_int_equal(chosen.order[1], 3);
  assert_int_equal(chosen.order[2], 0);
  assert_int_equal(chosen.order[3], 4);
  assert_near(c[4].take, 0.5, 0.0);
  assert_near(c[2].take, 0.0, 0.0);
  close_fixture(&f);
}

/* A target beyond all there is takes all there is, and shows it. */
static void shows_what_there_is(void **state) {
  fixture f;
  kd_selection chosen;
  kd_candidate c[2] = {{.value = 1, .mass = 1}, {.value = 2, .mass = 2}};
  (void)state;
  open_fixture(&f);
  assert_int_equal(kd_mineplan_select(&chosen, c, 2, 10.0, f.scratch, NULL), KD_OK);
  assert_near(chosen.mass, 3.0, 0.0);
  assert_int_equal(kd_mineplan_select(&chosen, c, 0, 10.0, f.scratch, NULL), KD_OK);
  assert_int_equal(chosen.count, 0);
  close_fixture(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(greedy_equals_brute_force),
      cmocka_unit_test(ties_go_to_the_lower_index),
      cmocka_unit_test(shows_what_there_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
