// SPDX-License-Identifier: Apache-2.0
/* Columns against Thomas' exact solution, observed orders of convergence, mass balance, and the batch contactor against
 * a long column and its own equations. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/check.h"

#include "process/column.h"
#include "process/sorption_batch.h"
#include "process/sorption.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
} bench;

static void setup(bench *b) {
  memset(b, 0, sizeof *b);
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->scratch, b->ctx), KD_OK);
  b->work = (kd_work){.ctx = b->ctx, .scratch = b->scratch, .err = &b->err};
}

static void teardown(bench *b) {
  kd_arena_destroy(&b->scratch);
  kd_context_destroy(&b->ctx);
}

static kd_column_bed unit_bed(const kd_column_solute *solute, double units, size_t cells) {
  return (kd_column_bed){.solutes = 1,
                         .solute = solute,
                         .uptake = KD_UPTAKE_LANGMUIR,
                         .capacity = 1,
                         .length = 1,
                         .velocity = 1,
                         .porosity = 0.5,
                         .density = 0.5 * units,
                         .feed_end = (double)INFINITY,
                         .cells = cells,
                         .steps = cells};
}

static double against_thomas(bench *b, double kc, double units, size_t cells, int extrapolated) {
  const kd_column_solute solute = {.feed = 1, .affinity = kc, .rate = 1};
  const kd_column_bed bed = unit_bed(&solute, units, cells);
  const double r = 1 / (1 + kc), scale = units * (1 - r), time = 2 * scale;
  double out[513], times[513], loading, worst = 0;
  if (extrapolated)
    assert_int_equal(kd_column_run_extrapolated(out, times, &loading, &bed, time, &b->work), KD_OK);
  else
    assert_int_equal(kd_column_run(out, times, &loading, &bed, time, &b->work), KD_OK);
  for (size_t k = 0; k <= cells; k++)
    worst = fmax(worst, fabs(out[k] - kd_thomas_breakthrough(r, units, times[k] / scale)));
  kd_arena_reset(b->scratch);
  return worst;
}

static void thomas_is_met(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double affinity[] = {0.1, 1, 9, 99}, units[] = {5, 20, 40};
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 3; k++) assert_true(against_thomas(&b, affinity[i], units[k], 512, 1) < 1e-5);
  teardown(&b);
}

static void order_of_convergence(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double e1 = against_thomas(&b, 1, 20, 64, 0), e2 = against_thomas(&b, 1, 20, 128, 0),
               e3 = against_thomas(&b, 1, 20, 256, 0);
  assert_true(e1 / e2 > 3.7 && e1 / e2 < 4.3 && e2 / e3 > 3.8 && e2 / e3 < 4.2);
  const double f2 = against_thomas(&b, 1, 20, 128, 1), f3 = against_thomas(&b, 1, 20, 256, 1);
  assert_true(f2 / f3 > 12);
  teardown(&b);
}

/* What is fed is held, or leaves: to the order of the scheme, for both kinetics, with and without dispersion, with a
 * pulse of feed. Plug flow counts time behind the front, so that no liquid is stored. */
static void mass_is_kept(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const kd_column_solute solutes[2] = {{.feed = 1, .affinity = 2, .rate = 0.6},
                                       {.feed = 0.5, .affinity = 8, .rate = 0.9, .initial = 0.1}};
  for (int uptake = 0; uptake < 2; uptake++)
    for (int disperse = 0; disperse < 2; disperse++)
      for (int pulse = 0; pulse < 2; pulse++) {
        kd_column_bed bed = unit_bed(solutes, 8, 400);
        bed.solutes = 2;
        bed.uptake = (kd_uptake)uptake;
        bed.dispersion = disperse ? 0.01 : 0;
        if (pulse) bed.feed_end = 7;
        double out[2 * 401], times[401], loading[2];
        assert_int_equal(kd_column_run(out, times, loading, &bed, 20, &b.work), KD_OK);
        for (int i = 0; i < 2; i++) {
          double left = 0;
          for (int k = 0; k < 400; k++) left += 0.5 * (times[k + 1] - times[k]) * (out[2 * k + i] + out[2 * k + 2 + i]);
          /* per m2 of void: fed - left = F (q - q0) L + liquid in the bed (dispersed case, near the feed's at the end)
           */
          const double fed = solutes[i].feed * (pulse ? 7 : 20);
          const double held = 8 * (loading[i] - solutes[i].initial);
          const double liquid = disperse ? (pulse ? out[800 + i] : solutes[i].feed) : 0;
          const double tolerance = disperse && !pulse ? 0.02 : disperse ? 0.15 : pulse ? 0.02 : 0.004;
          if (!(fabs(fed - left - held - liquid) < tolerance))
            fail_msg("uptake %d dispersion %d pulse %d solute %d: %g", uptake, disperse, pulse, i,
                     fed - left - held - liquid);
        }
        kd_arena_reset(b.scratch);
      }
  teardown(&b);
}

/* Little dispersion comes to plug flow; more of it spreads the front. Plug-flow time is less the time of the void. */
static void dispersion_goes_to_plug_flow(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const kd_column_solute solute = {.feed = 1, .affinity = 1, .rate = 1};
  kd_column_bed bed = unit_bed(&solute, 20, 2000);
  static double out[4001], times[4001];
  double gap[2];
  for (int i = 0; i < 2; i++) {
    bed.dispersion = i == 0 ? 2e-3 : 5e-4;
    bed.cells = 1000;
    bed.steps = 2000;
    assert_int_equal(kd_column_run(out, times, NULL, &bed, 21, &b.work), KD_OK);
    gap[i] = 0;
    for (size_t k = 100; k <= 2000; k++)
      gap[i] = fmax(gap[i], fabs(out[k] - kd_thomas_breakthrough(0.5, 20, (times[k] - 1) / 10)));
    kd_arena_reset(b.scratch);
  }
  assert_true(gap[0] < 0.02 && gap[1] < 0.3 * gap[0]); /* first order in the dispersion */
  bed.dispersion = 1e-4;
  assert_int_equal(kd_column_run(out, times, NULL, &bed, 20, &b.work), KD_E_MODEL);
  assert_non_null(strstr(b.err.text, "5000 are wanted"));
  teardown(&b);
}

/* Equilibrium in a vessel: mass and isotherm hold, and a column with fast kinetics saturates to the same loading. */
static void contactor(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const double feed[3] = {0.05, 0.02, 0}, affinity[3] = {29, 80, 5};
  for (int d = -4; d <= 4; d++) {
    const double dose = pow(10, d), capacity = 0.05;
    double c[3], q[3];
    const double s = kd_sorption_batch(c, q, feed, NULL, affinity, 3, capacity, dose);
    double sum = 1;
    for (int i = 0; i < 3; i++) {
      assert_near(c[i] + dose * q[i], feed[i], 1e-16);
      sum += affinity[i] * c[i];
    }
    assert_near(sum / s, 1, 1e-13);
    for (int i = 0; i < 2; i++) assert_near(q[i] / (capacity * affinity[i] * c[i] / sum), 1, 1e-12);
  }
  const kd_column_solute solutes[2] = {{.feed = 0.05, .affinity = 29, .rate = 2},
                                       {.feed = 0.02, .affinity = 80, .rate = 3}};
  kd_column_bed bed = unit_bed(solutes, 100, 100);
  double out[202], times[101], loading[2];
  bed.solutes = 2;
  bed.capacity = 0.05;
  assert_int_equal(kd_column_run(out, times, loading, &bed, 2000, &b.work), KD_OK);
  const double s = 1 + 29 * 0.05 + 80 * 0.02;
  assert_near(loading[0], 0.05 * 29 * 0.05 / s, 1e-6);
  assert_near(loading[1], 0.05 * 80 * 0.02 / s, 1e-6);
  teardown(&b);
}

/* Two solutes by driving force with a front of some 700 transfer units, ten cells of it at a time at work: cells at
 * rest left out, or every cell, to what rest hides; far fewer cells are solved. */
static void rest_changes_nothing(void **state) {
  (void)state;
  bench b;
  setup(&b);
  const kd_column_solute solutes[2] = {{.feed = 0.05, .affinity = 100, .rate = 1},
                                       {.feed = 0.03, .affinity = 300, .rate = 1}};
  kd_column_bed bed = unit_bed(solutes, 1000, 400);
  bed.uptake = KD_UPTAKE_LDF;
  bed.solutes = 2;
  bed.capacity = 0.03;
  static double all[2 * 401], some[2 * 401], times[401];
  double count[2] = {0}, worst = 0;
  bed.rest = 1e-300;
  bed.solved = &count[0];
  assert_int_equal(kd_column_run(all, times, NULL, &bed, 500, &b.work), KD_OK);
  bed.rest = 1e-9;
  bed.solved = &count[1];
  assert_int_equal(kd_column_run(some, times, NULL, &bed, 500, &b.work), KD_OK);
  for (size_t k = 0; k < 2 * 401; k++) worst = fmax(worst, fabs(all[k] - some[k]));
  if (!(worst < 1e-6)) fail_msg("rest hides %g", worst);
  if (!(count[1] < 0.4 * count[0])) fail_msg("%g of %g cells", count[1], count[0]);
  for (size_t k = 0; k < 2 * 401; k++) assert_true(some[k] >= 0); /* fifty e-folds a cell, and nothing rings */
  teardown(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(thomas_is_met), cmocka_unit_test(order_of_convergence),
                                     cmocka_unit_test(mass_is_kept),  cmocka_unit_test(dispersion_goes_to_plug_flow),
                                     cmocka_unit_test(contactor),     cmocka_unit_test(rest_changes_nothing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
