// SPDX-License-Identifier: Apache-2.0
/* String and liquid column together, and vortex-induced vibration. */
#include "unit/lift/string_fixture.h"

#include "lift/coupling.h"
#include "lift/viv.h"

static kd_column_model column(size_t cells) {
  return (kd_column_model){.cells = cells,
                           .length = 6000,
                           .area = 0.25 * PI * 0.2413 * 0.2413,
                           .density = 1040,
                           .wave_speed = 1390,
                           .bore = 0.2413,
                           .deck = KD_COLUMN_OPEN,
                           .foot = KD_COLUMN_SHUT};
}

/* A rigid pipe under an open deck, from the exact steady state: rho a w A tan(w L/a) at the foot, 1e-6. */
static void heave_drives_the_column(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  static const double period[] = {10, 30, 60};
  for (int c = 0; c < 3; c++) {
    kd_column_model m = column(200);
    kd_column_state *s = NULL;
    assert_int_equal(kd_column_create(&s, &m, &r.work), KD_OK);
    double wall[201], most = 0;
    const double w = 2 * PI / period[c], h = kd_column_step_time(&m), k = w / 1390;
    /* V = A w cos(ks)/cos(kL) cos wt, p = A w rho a sin(ks)/cos(kL) sin wt: at t = 0 all is speed. */
    double *v = (double *)(uintptr_t)kd_column_speed(s);
    for (int i = 0; i <= 200; i++) v[i] = w * cos(k * 30 * i) / cos(k * 6000), wall[i] = w;
    const int steps = (int)(2 * period[c] / h);
    for (int n = 1; n <= steps; n++) {
      for (int i = 0; i <= 200; i++) wall[i] = w * cos(w * h * n);
      kd_column_step(s, wall);
      most = fmax(most, fabs(kd_column_pressure(s)[200]));
      const double exact = w * 1040 * 1390 * tan(k * 6000) * sin(w * h * n);
      assert_near(kd_column_pressure(s)[200], exact, 1e-6 * fabs(w * 1040 * 1390 * tan(k * 6000)));
    }
    assert_close(most, kd_column_heave_pressure(1040, 1390, 6000, w, 1), 1e-3);
  }
  rig_close(&r);
}

/* A valve shut at once: Joukowsky's pressure, whose wave comes back after 2 L/a. */
static void joukowsky(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_column_model m = column(100);
  kd_column_state *s = NULL;
  double wall[101] = {0};
  assert_int_equal(kd_column_create(&s, &m, &r.work), KD_OK);
  double *v = (double *)(uintptr_t)kd_column_speed(s);
  for (int i = 0; i <= 100; i++) v[i] = 1.5; /* down on a foot that is shut */
  for (int n = 1; n < 200; n++) {
    kd_column_step(s, wall);
    assert_close(kd_column_pressure(s)[100], 1040.0 * 1390 * 1.5, 1e-12);
  }
  for (int n = 0; n < 10; n++) kd_column_step(s, wall);
  assert_close(kd_column_pressure(s)[100], -1040.0 * 1390 * 1.5, 1e-9);
  rig_close(&r);
}

static void slow(double *z, double *dz, double *ddz, double t, void *user) {
  const double w = 2 * PI / *(double *)user, x = fmin(t / 400, 1), g = x * x * (3 - 2 * x);
  *z = g * sin(w * t), *dz = g * w * cos(w * t), *ddz = -g * w * w * sin(w * t);
}

/* Two ways at a long period: a shut foot carries the liquid along, so the string feels the contents as a mass. */
static void shut_foot_carries_the_liquid(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  double period = 100;
  kd_bar bar = {0};
  const kd_bar_options o = {100, 0, 0, 0};
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
  bar.head_mass = 30000, bar.damping = 0.02;
  kd_column_model m = column(50);
  m.darcy = 0.05;
  kd_coupled one, two;
  assert_int_equal(kd_coupled_run(&one, &bar, &m, false, slow, &period, 2400, 1800, 0.8, 10, &r.work), KD_OK);
  assert_int_equal(kd_coupled_run(&two, &bar, &m, true, slow, &period, 2400, 1800, 0.8, 10, &r.work), KD_OK);
  const double w = 2 * PI / 100, steel = bar.mass[0] * 6000 + 30000, liquid = 1040 * m.area * 6000;
  assert_close(one.top_tension, steel * w * w, 0.03);
  /* The liquid is a spring-mass of its own: tan(x)/x over the plain mass. */
  const double x = w * 6000 / 1390;
  assert_close(two.top_tension, (steel + liquid * tan(x) / x) * w * w, 0.03);
  rig_close(&r);
}

static void lift_curve_and_damping(void **state) {
  (void)state;
  const kd_viv_law *l = &kd_viv_standard;
  assert_close(kd_viv_lift(l, 0), l->lift_still, 1e-14);
  assert_close(kd_viv_lift(l, l->top_ratio), l->lift_top, 1e-14);
  assert_near(kd_viv_lift(l, l->zero_ratio), 0, 1e-14);
  assert_true(kd_viv_lift(l, 1.2) < 0);
  /* Still water and no amplitude: the Stokes boundary layer alone. */
  const double w = 2, d = 0.3, re = w * d * d / 1e-6;
  assert_close(kd_viv_damping(l, 1000, 1e-6, d, w, 0, 0), w * PI * 1000 * d * d * sqrt(2) / sqrt(re), 1e-12);
}

/* A tensioned string in a uniform current at its third mode: that mode alone answers, at the amplitude where lift and
 * the little damping balance. */
static void uniform_current_locks_in(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  enum { N = 120 };
  double length[N], bending[N], mass[N], tension[N + 1], arc[N + 1], current[N + 1], d[N + 1], m1[N + 1], drag[N + 1];
  for (int i = 0; i < N; i++) length[i] = 1, bending[i] = 1e6, mass[i] = 150;
  for (int i = 0; i <= N; i++) tension[i] = 2e5, arc[i] = i, d[i] = 0.3, m1[i] = 150;
  const kd_mode_problem p = {N, length, bending, mass, tension, 0, KD_END_PINNED, KD_END_PINNED};
  kd_modes modes;
  assert_int_equal(kd_modes_solve(&modes, &p, 8, &r.work), KD_OK);
  for (int i = 0; i <= N; i++) current[i] = modes.omega[2] / (2 * PI) * 0.3 / 0.2;
  const kd_viv_problem v = {N + 1, arc, current, d, m1, d, 1025, 1.2e-6, 207e9};
  kd_viv_mode out[8];
  size_t count = 0;
  assert_int_equal(kd_viv_solve(out, &count, drag, &v, &modes, &kd_viv_standard, &r.work), KD_OK);
  assert_int_equal(count, 1);
  assert_int_equal(out[0].mode, 3);
  assert_near(out[0].zone, 120, 1e-9);
  assert_true(out[0].amplitude > 0.8 && out[0].amplitude < 1.3);
  /* A sine of that height bends by E D/2 A (3 pi/L)^2. */
  assert_close(out[0].stress, 207e9 * 0.15 * out[0].amplitude * 0.3 * pow(3 * PI / 120, 2), 0.01);
  assert_close(drag[20], 1 + 2.1 * out[0].amplitude, 1e-3);
  for (int i = 0; i <= N; i++) current[i] = 0;
  assert_int_equal(kd_viv_solve(out, &count, drag, &v, &modes, &kd_viv_standard, &r.work), KD_OK);
  assert_int_equal(count, 0);
  rig_close(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(heave_drives_the_column),      cmocka_unit_test(joukowsky),
      cmocka_unit_test(shut_foot_carries_the_liquid), cmocka_unit_test(lift_curve_and_damping),
      cmocka_unit_test(uniform_current_locks_in),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
