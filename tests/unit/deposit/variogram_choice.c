// SPDX-License-Identifier: Apache-2.0
/* Models that made the lags come back; the structures that made them are chosen. */
#include "deposit/variogram_choice.h"

#include "unit/deposit/kriging_fixture.h"

#define LAGS 15

/* Lags across and down of a model without any noise. */
typedef struct made {
  double pairs[2 * LAGS], distance[2 * LAGS], gamma[2 * LAGS], dip[2 * LAGS];
  kd_fit_lags lags;
} made;

static void make(made *out, const kd_covariance *model, double across, double down) {
  for (size_t k = 0; k < 2 * LAGS; k++) {
    const bool flat = k < LAGS;
    const double h = (double)(k % LAGS + 1) / LAGS * (flat ? across : down);
    out->pairs[k] = 100.0 + (double)k;
    out->distance[k] = h;
    out->dip[k] = flat ? 0.0 : 1.5707963267948966;
    out->gamma[k] = kd_semivariance(model, 0.0, flat ? h : 0.0, flat ? 0.0 : h);
  }
  out->lags = (kd_fit_lags){
      .count = 2 * LAGS, .pairs = out->pairs, .distance = out->distance, .gamma = out->gamma, .dip = out->dip};
}

/* A nugget, a structure with a range of its own down, and layers: chosen and found to five digits. */
static void finds_what_made_the_lags(void **state) {
  bench b;
  kd_covariance model = {0};
  made m;
  const kd_choice_rule rule = {.family = {KD_EXPONENTIAL, KD_SPHERICAL},
                               .families = 2,
                               .shape = (double)NAN,
                               .structures = 1,
                               .nugget = true,
                               .layers = true,
                               .vertical = true,
                               .sill = 1.0,
                               .weight = KD_FIT_RELATIVE};
  (void)state;
  bench_open(&b);
  kd_choices *c = kd_arena_alloc(b.arena, 1, sizeof *c);
  assert_int_equal(
      kd_covariance_parse(&model,
                          "0.1 nugget + 0.6 spherical(20 km, semi 20 km, minor 4 m) + 0.3 spherical(1e9 m, "
                          "semi 1e9 m, minor 2 m)",
                          &b.err),
      KD_OK);
  make(&m, &model, 30e3, 10.0);
  assert_int_equal(kd_variogram_choose(c, &m.lags, &rule, b.arena, &b.err), KD_OK);
  assert_int_equal(c->count, 4);
  const kd_covariance *best = &c->choice[0].fit.model;
  assert_int_equal(best->count, 3);
  assert_int_equal(best->structure[1].kind, KD_SPHERICAL);
  assert_near(best->structure[0].sill, 0.1, 1e-3);
  assert_near(best->structure[1].sill, 0.6, 1e-2);
  assert_close(best->structure[1].range, 20e3, 1e-2);
  assert_close(best->structure[1].minor, 4.0, 1e-2);
  assert_close(best->structure[2].minor, 2.0, 2e-2);
  assert_true(best->structure[2].range > 1e7);
  assert_near(best->sill, 1.0, 1e-12);
  assert_int_equal(c->choice[0].parameters, 5); /* two of three sills, one range across, two down */
  for (size_t i = 1; i < c->count; i++) assert_true(c->choice[i].aic >= c->choice[i - 1].aic);
  bench_close(&b);
}

/* Two structures where one would do: the criterion takes the smaller model. */
static void takes_the_smaller_of_equal_models(void **state) {
  bench b;
  kd_covariance model = {0};
  made m;
  kd_choice_rule rule = {.family = {KD_SPHERICAL},
                         .families = 1,
                         .shape = (double)NAN,
                         .structures = 2,
                         .nugget = true,
                         .weight = KD_FIT_RELATIVE};
  (void)state;
  bench_open(&b);
  kd_choices *c = kd_arena_alloc(b.arena, 1, sizeof *c);
  assert_int_equal(kd_covariance_parse(&model, "2 nugget + 5 spherical(900 m)", &b.err), KD_OK);
  make(&m, &model, 1500.0, 1500.0);
  for (size_t k = 0; k < 2 * LAGS; k++) m.gamma[k] *= (k + k / 3) % 2 == 0 ? 1.03 : 0.97; /* not quite the model */
  assert_int_equal(kd_variogram_choose(c, &m.lags, &rule, b.arena, &b.err), KD_OK);
  assert_true(c->count <= 2); /* one, when the second structure gets no sill */
  assert_int_equal(c->choice[0].fit.model.count, 2);
  assert_close(c->choice[0].fit.model.structure[1].range, 900.0, 0.02);
  assert_int_equal(c->choice[0].parameters, 3);
  bench_close(&b);
}

/* (1): by hand from the sum of squares. */
static void the_criterion_is_the_formula(void **state) {
  bench b;
  kd_covariance model = {0};
  made m;
  const kd_choice_rule rule = {
      .family = {KD_EXPONENTIAL}, .families = 1, .shape = (double)NAN, .structures = 1, .weight = KD_FIT_PAIRS};
  (void)state;
  bench_open(&b);
  kd_choices *c = kd_arena_alloc(b.arena, 1, sizeof *c);
  assert_int_equal(kd_covariance_parse(&model, "2 nugget + 5 spherical(900 m)", &b.err), KD_OK);
  make(&m, &model, 1500.0, 1500.0);
  assert_int_equal(kd_variogram_choose(c, &m.lags, &rule, b.arena, &b.err), KD_OK);
  const double n = 2.0 * LAGS, k = 2.0;
  assert_int_equal(c->choice[0].parameters, 2);
  assert_close(c->choice[0].aic, n * log(c->choice[0].fit.sse / n) + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0),
               1e-14);
  double sse = 0.0;
  for (size_t i = 0; i < 2 * LAGS; i++) {
    const double e = m.gamma[i] - kd_semivariance(&c->choice[0].fit.model, 0.0, m.distance[i], 0.0);
    sse += m.pairs[i] * e * e;
  }
  assert_close(c->choice[0].fit.sse, sse, 1e-12);
  bench_close(&b);
}

static void refuses_families_that_are_none(void **state) {
  bench b;
  kd_choice_rule rule = {0};
  (void)state;
  bench_open(&b);
  assert_int_equal(kd_families_read(&rule, "Sph, exponential", &b.err), KD_OK);
  assert_int_equal(rule.families, 2);
  assert_int_equal(rule.family[0], KD_SPHERICAL);
  assert_int_equal(kd_families_read(&rule, "nugget", &b.err), KD_E_MODEL);
  assert_int_equal(kd_families_read(&rule, "power", &b.err), KD_E_MODEL);
  assert_int_equal(kd_families_read(&rule, "sphericle", &b.err), KD_E_CHOICE);
  assert_int_equal(kd_families_read(&rule, " , ", &b.err), KD_E_MISSING);
  assert_int_equal(kd_families_read(&rule, "sph exp gau cubic circular wave matern", &b.err), KD_E_SIZE);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_what_made_the_lags),
      cmocka_unit_test(takes_the_smaller_of_equal_models),
      cmocka_unit_test(the_criterion_is_the_formula),
      cmocka_unit_test(refuses_families_that_are_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
