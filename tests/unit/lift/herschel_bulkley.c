// SPDX-License-Identifier: Apache-2.0
/* Laminar Herschel-Bulkley flow against quadrature over a wide domain, and its exact limits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "lift/friction.h"
#include "lift/herschel_bulkley.h"

#define DRAWS 3000

/* Rabinowitsch: 8V/D = 4/tw^3 int from ty to tw of tau^2 rate(tau), by tanh-sinh quadrature with the distance from ty.
 */
static double velocity_by_quadrature(const kd_rheology *f, double bore, double wall) {
  double span = wall - f->yield, sum = 0;
  const double h = 1.0 / 32;
  for (int k = -32 * 5; k <= 32 * 5; k++) {
    double u = 0.5 * 3.14159265358979323846 * sinh(k * h), share = 1.0 / (1.0 + exp(-2.0 * u));
    double weight = 0.5 * 3.14159265358979323846 * cosh(k * h) / (2.0 * cosh(u) * cosh(u));
    double excess = span * share, tau = f->yield + excess;
    if (weight > 0 && excess > 0) sum += tau * tau * pow(excess / f->consistency, 1.0 / f->index) * weight;
  }
  return bore / 2.0 / (wall * wall * wall) * sum * h * span;
}

static double in_range(kd_stream *s, double low, double high) {
  return low + (high - low) * kd_stream_uniform(s);
}

static void agrees_with_quadrature(void **state) {
  (void)state;
  kd_stream s;
  kd_stream_start(&s, 7, kd_stream_id("test.herschel_bulkley"), 0);
  int checked = 0;
  for (int i = 0; i < DRAWS; i++) {
    kd_rheology f = {.yield = i % 4 == 0 ? 0 : pow(10, in_range(&s, -4, 4)),
                     .consistency = pow(10, in_range(&s, -4, 3)),
                     .index = in_range(&s, 0.2, 1.5)};
    double bore = pow(10, in_range(&s, -2, 0)), velocity = pow(10, in_range(&s, -6, 1.3)), wall = 0;
    assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &f, bore, velocity), KD_OK);
    double back = velocity_by_quadrature(&f, bore, wall);
    /* Near the yield stress the stress itself has few digits above it: its rounding moves the velocity. */
    double rounding = wall > f.yield ? 4e-16 * wall / (wall - f.yield) * (1.0 + f.index) / f.index : 1.0;
    if (rounding > 1e-3) continue;
    checked++;
    if (!(fabs(back - velocity) <= (1e-9 + 4.0 * rounding) * velocity))
      fail_msg("bore %g velocity %g yield %g consistency %g index %g: %.15g", bore, velocity, f.yield, f.consistency,
               f.index, back);
    if (rounding < 1e-12) assert_true(fabs(kd_herschel_bulkley_velocity(&f, bore, wall) / velocity - 1) < 1e-10);
  }
  assert_true(checked > DRAWS * 3 / 4);
}

static void limits_are_exact(void **state) {
  (void)state;
  double wall = 0;
  kd_rheology newtonian = {0, 0.01, 1};
  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &newtonian, 0.2, 1.5), KD_OK);
  assert_true(fabs(wall / (8 * 1.5 / 0.2 * 0.01) - 1) < 1e-14);

  kd_rheology power = {0, 0.3, 0.4};
  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &power, 0.2, 1.5), KD_OK);
  assert_true(fabs(wall / (0.3 * pow(8 * 1.5 / 0.2 * (3 * 0.4 + 1) / (4 * 0.4), 0.4)) - 1) < 1e-14);

  kd_rheology bingham = {3, 0.05, 1};
  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &bingham, 0.25, 1.2), KD_OK);
  double x = 3 / wall;
  assert_true(fabs(wall / 0.05 * (1 - 4 * x / 3 + x * x * x * x / 3) / (8 * 1.2 / 0.25) - 1) < 1e-12);

  /* A yield stress that vanishes joins the power law. */
  kd_rheology faint = {1e-14, 0.3, 0.4};
  double joined = 0;
  assert_int_equal(kd_herschel_bulkley_wall_stress(&joined, &faint, 0.2, 1.5), KD_OK);
  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &power, 0.2, 1.5), KD_OK);
  assert_true(fabs(joined / wall - 1) < 1e-12);

  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &bingham, 0.25, 0), KD_OK);
  assert_true(wall == 3);
  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &bingham, 0.0, 1), KD_E_RANGE);
  assert_int_equal(kd_herschel_bulkley_wall_stress(&wall, &bingham, 0.2, (double)NAN), KD_E_RANGE);
}

static void wall_table_follows_the_law(void **state) {
  (void)state;
  kd_pipe_flow flow = {.fluid = {3, 0.2, 0.55}, .density = 1100, .bore = 0.25, .carrier_viscosity = 1.8e-3};
  kd_wall_table table;
  assert_int_equal(kd_wall_table_create(&table, &flow, 0.2, 40, 4), KD_OK);
  for (double v = 0.21; v < 39; v *= 1.07) {
    double exact = 0;
    assert_int_equal(kd_wall_stress(&exact, NULL, NULL, &flow, v), KD_OK);
    double error = fabs(kd_wall_table_stress(&table, v) / exact - 1);
    double bound = v > 1.0 && v < 2.6 ? 0.01 : 2e-4; /* the corner at the transition decides */
    if (error > bound) fail_msg("%g at %g m/s", error, v);
  }
}

static void laws_join_at_the_transition(void **state) {
  (void)state;
  /* The combined law is continuous and rises with the velocity. */
  for (int law = 0; law <= KD_FRICTION_NEWTONIAN; law++) {
    for (int criterion = 0; criterion <= KD_TRANSITION_WILSON_THOMAS; criterion++) {
      kd_pipe_flow flow = {.fluid = {3, 0.02, 1.0},
                           .density = 1100,
                           .bore = 0.25,
                           .grain = 50e-6,
                           .carrier_viscosity = 1.8e-3,
                           .law = (kd_friction_law)law,
                           .transition = (kd_transition_law)criterion};
      double last = 0, critical = 0;
      assert_int_equal(kd_critical_velocity(&critical, &flow), KD_OK);
      assert_true(critical > 0.5 && critical < 2.0);
      for (double v = 0.1; v < 6; v *= 1.01) {
        double wall = 0, reynolds = 0;
        kd_regime regime;
        assert_int_equal(kd_wall_stress(&wall, &reynolds, &regime, &flow, v), KD_OK);
        assert_true(isfinite(wall) && wall >= last * 0.999999);
        if (last > 0 && wall > last * 1.12)
          fail_msg("law %d criterion %d: %g Pa after %g at %g m/s, Re %g", law, criterion, wall, last, v, reynolds);
        assert_true((v < critical * 0.999) == (reynolds < 2100) || fabs(v / critical - 1) < 2e-3);
        last = wall;
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_quadrature), cmocka_unit_test(limits_are_exact),
                                     cmocka_unit_test(wall_table_follows_the_law),
                                     cmocka_unit_test(laws_join_at_the_transition)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
