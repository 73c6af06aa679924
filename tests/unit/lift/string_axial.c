// SPDX-License-Identifier: Apache-2.0
/* Statics and axial dynamics of the string against closed forms; order of the march; ratings against print. */
#include "unit/lift/string_fixture.h"

#include "lift/string_axial.h"
#include "lift/string_frequency.h"

static void uniform_string_is_the_textbook_one(void **state) {
  (void)state;
  kd_string_point p[6];
  kd_string_segment three[3] = {pipe_segment, pipe_segment, pipe_segment};
  three[0].length = 1000, three[1].length = 2000, three[2].length = 3000;
  rig r;
  rig_open(&r);
  assert_int_equal(kd_string_profile(p, three, 3, &sea_load, &r.err), KD_OK);
  kd_string_segment_state s;
  kd_string_segment_solve(&s, &pipe_segment, &sea_load);
  const double w = (7850.0 - 1040.0) * s.wall_area * 9.80665, wb = sea_load.head_weight;
  assert_close(p[0].effective, w * 6000 + wb, 1e-12);
  assert_close(p[5].stretch, (0.5 * w * 6000 + wb) * 6000 / (207e9 * s.wall_area), 1e-12);
  /* Same liquid inside and out: hoop and radial stress are the pressure, so von Mises is that of effective tension. */
  for (int i = 0; i < 6; i++) assert_close(p[i].von_mises, fabs(p[i].effective) / s.wall_area, 1e-9);
  /* With Poisson's ratio 1/2 pressures do not stretch: both stretches agree. */
  kd_string_load rubber = sea_load;
  rubber.poisson = 0.5;
  assert_int_equal(kd_string_profile(p, three, 3, &rubber, &r.err), KD_OK);
  assert_close(p[5].stretch_wall, p[5].stretch, 1e-9);
  rubber.freeboard = 7000;
  assert_int_equal(kd_string_profile(p, three, 3, &rubber, &r.err), KD_E_RANGE);
  assert_non_null(strstr(r.err.text, "freeboard 7000 m"));
  rig_close(&r);
}

static void floats_and_air_change_the_weight(void **state) {
  (void)state;
  kd_string_point p[2];
  rig r;
  rig_open(&r);
  kd_string_segment s = pipe_segment;
  kd_string_segment_state g;
  s.buoyancy = 20;
  kd_string_load load = sea_load;
  load.freeboard = 100;
  assert_int_equal(kd_string_profile(p, &s, 1, &load, &r.err), KD_OK);
  kd_string_segment_solve(&g, &s, &load);
  const double wet = (g.mass + g.contents_mass - 1040 * 0.25 * PI * 0.27305 * 0.27305 - 20) * 9.80665;
  const double dry = (g.mass + g.contents_mass - 20) * 9.80665;
  assert_close(p[0].effective, wet * 5900 + dry * 100 + load.head_weight, 1e-12);
  rig_close(&r);
}

/* API Bulletin 5C2: 9 5/8 in 47 lb P110 5,300 psi; 7 in 26 lb N80 5,410; 13 3/8 in 68 lb J55 1,950; 7 in 29 lb P110
 * 8,530; 20 in 94 lb J55 520; printed to 10 psi. */
static void collapse_as_printed(void **state) {
  (void)state;
  static const double row[][4] = {{9.625, 0.472, 110000, 5300},
                                  {7, 0.362, 80000, 5410},
                                  {13.375, 0.48, 55000, 1950},
                                  {7, 0.408, 110000, 8530},
                                  {20, 0.438, 55000, 520}};
  static const kd_collapse_mode mode[] = {KD_COLLAPSE_PLASTIC, KD_COLLAPSE_PLASTIC, KD_COLLAPSE_TRANSITION,
                                          KD_COLLAPSE_PLASTIC, KD_COLLAPSE_ELASTIC};
  const double in = 0.0254, psi = 6894.757293168361;
  for (int i = 0; i < 5; i++) {
    kd_collapse_mode m;
    const double p = kd_collapse_api(&m, row[i][0] * in, row[i][1] * in, row[i][2] * psi, 0, 0) / psi;
    assert_near(p, row[i][3], 5);
    assert_int_equal(m, mode[i]);
    /* Tension lowers it, all of it at yield. */
    assert_true(kd_collapse_api(NULL, row[i][0] * in, row[i][1] * in, row[i][2] * psi, 0.5 * row[i][2] * psi, 0) <=
                p * psi * (1 + 1e-12));
    assert_true(kd_collapse_api(NULL, row[i][0] * in, row[i][1] * in, row[i][2] * psi, row[i][2] * psi, 0) == 0);
  }
  /* A round pipe: both oval formulas give the smaller of elastic and plastic collapse. */
  const double elastic = 2 * 207e9 / 0.91 / (30.0 * 29 * 29);
  assert_close(kd_collapse_timoshenko(0.3, 0.01, 800e6, 207e9, 0.3, 0), fmin(elastic, 2 * 800e6 / 30), 1e-12);
  assert_close(kd_collapse_dnv(0.3, 0.01, 800e6, 207e9, 0.3, 0, 1), 2 * 207e9 / 0.91 / 27000, 1e-12);
}

/* Uniform current: y = q/w [L - (W/w) ln(1 + w L/W)]. */
static void offset_is_the_logarithm(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_string_segment_state s;
  kd_string_segment_solve(&s, &pipe_segment, &sea_load);
  const double depth[] = {0}, speed[] = {0.2}, two[] = {0, 6000}, same[] = {0.2, 0.2};
  const kd_current one = {depth, speed, 1}, fine = {two, same, 2};
  double foot, a, b;
  assert_int_equal(kd_string_offset(&foot, &a, &b, NULL, &pipe_segment, 1, &sea_load, &one, 1.2, 0, &r.err), KD_OK);
  const double q = 0.5 * 1040 * 1.2 * 0.27305 * 0.04, w = s.effective_weight, l = 6000, wb = sea_load.head_weight;
  assert_close(foot, q / w * (l - wb / w * log(1 + w * l / wb)), 1e-12);
  assert_close(b, q * l / (w * l + wb), 1e-12);
  assert_int_equal(kd_string_offset(&foot, &a, &b, NULL, &pipe_segment, 1, &sea_load, &fine, 1.2, 0, &r.err), KD_OK);
  assert_close(foot, q / w * (l - wb / w * log(1 + w * l / wb)), 1e-9);
  kd_string_load light = sea_load;
  light.head_weight = 0;
  assert_int_equal(kd_string_offset(&foot, &a, &b, NULL, &pipe_segment, 1, &light, &one, 1.2, 0, &r.err),
                   KD_E_INFEASIBLE);
  rig_close(&r);
}

static kd_bar make_bar(rig *r, size_t elements, double drag) {
  kd_bar bar = {0};
  const kd_bar_options o = {elements, 1, 0, drag};
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r->work), KD_OK);
  bar.head_mass = sea_load.head_mass;
  return bar;
}

/* Frequency domain without damping is the closed form, for any number of elements. */
static void frequency_is_exact(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  static const double period[] = {3, 4.2, 8, 10, 16, 40};
  for (size_t n = 4; n <= 256; n *= 4)
    for (int i = 0; i < 6; i++) {
      kd_bar bar = make_bar(&r, n, 0);
      kd_bar_amplitudes a;
      kd_heave_transfer t;
      assert_int_equal(kd_bar_amplitudes_create(&a, &bar, &r.work), KD_OK);
      assert_int_equal(kd_bar_regular(&a, &bar, 1.5, 2 * PI / period[i], &r.work), KD_OK);
      assert_int_equal(
          kd_heave_transfer_solve(&t, 6000, bar.mass[0], bar.stiffness[0], bar.head_mass, 1.5, period[i], 0, 0, &r.err),
          KD_OK);
      assert_close(a.top_tension, t.top_tension, 1e-8);
      assert_close(a.foot, fabs(t.foot), 1e-8);
      assert_close(2 * PI / kd_bar_frequency(&bar, 1, &r.work), t.resonance, 1e-9);
      const double x = kd_axial_root(bar.mass[0] * 6000 / bar.head_mass, 3);
      assert_close(kd_bar_frequency(&bar, 3, &r.work), x / 6000 * sqrt(bar.stiffness[0] / bar.mass[0]), 1e-9);
    }
  rig_close(&r);
}

/* The same pipe in MoorDyn-C 2.7.1 with 100 segments, measured: amplitude of the top tension and of the foot. */
static void heave_of_two_metres(void **state) {
  (void)state;
  static const double row[][3] = {{8, 2172e3, 4.825}, {10, 1028e3, 3.294}, {12, 629e3, 2.775}, {20, 194e3, 2.233}};
  rig r;
  rig_open(&r);
  kd_string_load load = sea_load;
  load.contents = 1025;
  kd_string_segment_state s;
  kd_string_segment_solve(&s, &pipe_segment, &load);
  for (int i = 0; i < 4; i++) {
    kd_heave_transfer t;
    assert_int_equal(kd_heave_transfer_solve(&t, 6000, s.mass + s.contents_mass, s.stiffness, 30000, 2, row[i][0],
                                             s.effective_weight, load.head_weight, &r.err),
                     KD_OK);
    assert_close(t.top_tension, row[i][1], 0.015);
    assert_close(fabs(t.foot), row[i][2], 0.015);
    assert_true(t.slack_heave > 2);
  }
  rig_close(&r);
}

/* Worst error of the foot over ten seconds from the exact steady state: element length and step together. */
static double march_error(rig *r, size_t elements, double step) {
  kd_arena_reset(r->scratch);
  kd_bar bar = make_bar(r, elements, 0);
  kd_axial_march *march = NULL;
  const double w = 2 * PI / 8, k = w / sqrt(bar.stiffness[0] / bar.mass[0]), n = bar.head_mass * k / bar.mass[0];
  const double x = k * 6000, b = (sin(x) + n * cos(x)) / (cos(x) - n * sin(x));
  double *v = kd_arena_alloc(r->scratch, elements + 1, sizeof *v), *zero = kd_arena_alloc(r->scratch, elements + 1, 8);
  for (size_t i = 0; i <= elements; i++) {
    const double s = k * 6000.0 * (double)i / (double)elements;
    v[i] = w * (cos(s) + b * sin(s));
  }
  assert_int_equal(kd_axial_march_create(&march, &bar, step, 0.8, 8, &r->work), KD_OK);
  kd_axial_march_start(march, zero, v, zero);
  double worst = 0;
  const int steps = (int)round(10 / step);
  for (int i = 1; i <= steps; i++) {
    const double t = step * i;
    kd_axial_march_step(march, sin(w * t), w * cos(w * t), -w * w * sin(w * t));
    worst = fmax(worst, fabs(kd_axial_march_foot(march) - sin(w * t) / (cos(x) - n * sin(x))));
  }
  return worst;
}

static void march_is_of_second_order(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  const double a = march_error(&r, 50, 0.05), b = march_error(&r, 100, 0.025), c = march_error(&r, 200, 0.0125);
  assert_true(log2(a / b) > 1.95);
  assert_true(log2(b / c) > 1.95);
  assert_true(c < 1e-3);
  rig_close(&r);
}

/* A pull let go at the foot: the foot runs at F c/(EA) until the wave is back; the top loses 2 F. */
static void recoil_wave(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_bar bar = make_bar(&r, 2000, 0);
  bar.head_mass = 0;
  const double pull = 1e6, c = sqrt(bar.stiffness[0] / bar.mass[0]);
  kd_axial_march *march = NULL;
  assert_int_equal(kd_axial_march_create(&march, &bar, 5e-4, 0.5, 8, &r.work), KD_OK);
  kd_axial_march_release(march, pull);
  const double start = kd_axial_march_foot(march);
  assert_close(start, pull * 6000 / bar.stiffness[0], 1e-9);
  double t = 0, sum = 0, count = 0;
  for (; t < 1.0; t += 5e-4) kd_axial_march_step(march, 0, 0, 0);
  assert_close(start - kd_axial_march_foot(march), pull * c / bar.stiffness[0] * t, 5e-3);
  for (; t < 1.8 * 6000 / c; t += 5e-4) {
    kd_axial_march_step(march, 0, 0, 0);
    if (t > 1.2 * 6000 / c) sum += kd_axial_march_top_tension(march), count++;
  }
  assert_close(sum / count, -pull, 0.01); /* from +F by -2 F, between the ripples of the front */
  rig_close(&r);
}

/* Drag: the linearised answer agrees with the march where the drag is a small part. */
static void linearised_drag_agrees_with_the_march(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_bar bar = make_bar(&r, 60, 0.01);
  bar.head_drag = 0.5 * 1040 * 10;
  kd_bar_amplitudes a;
  kd_axial_march *march = NULL;
  assert_int_equal(kd_bar_amplitudes_create(&a, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_regular(&a, &bar, 1, 2 * PI / 9, &r.work), KD_OK);
  assert_int_equal(kd_axial_march_create(&march, &bar, 0.05, 0.9, 9, &r.work), KD_OK);
  double most = 0;
  const double w = 2 * PI / 9;
  for (int i = 1; i <= 12000; i++) {
    const double t = 0.05 * i, g = fmin(t / 60, 1);
    kd_axial_march_step(march, g * sin(w * t), g * w * cos(w * t), -g * w * w * sin(w * t));
    if (i > 11000) most = fmax(most, fabs(kd_axial_march_foot(march)));
  }
  assert_close(most, a.foot, 0.02);
  rig_close(&r);
}

/* A compensator that is soft takes the heave out; a stiff one is a hard hang-off. */
static void hang_off_modes(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_bar bar = make_bar(&r, 50, 0);
  kd_bar_amplitudes hard, stiff, soft;
  assert_int_equal(kd_bar_amplitudes_create(&hard, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_amplitudes_create(&stiff, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_amplitudes_create(&soft, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_regular(&hard, &bar, 1, 2 * PI / 10, &r.work), KD_OK);
  bar.hold_stiffness = 1e14;
  assert_int_equal(kd_bar_regular(&stiff, &bar, 1, 2 * PI / 10, &r.work), KD_OK);
  assert_close(stiff.top_tension, hard.top_tension, 1e-6);
  bar.hold_stiffness = 2e4;
  assert_int_equal(kd_bar_regular(&soft, &bar, 1, 2 * PI / 10, &r.work), KD_OK);
  assert_true(soft.top_tension < 0.1 * hard.top_tension);
  assert_true(soft.foot < 0.2);
  rig_close(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(uniform_string_is_the_textbook_one),
      cmocka_unit_test(floats_and_air_change_the_weight),
      cmocka_unit_test(collapse_as_printed),
      cmocka_unit_test(offset_is_the_logarithm),
      cmocka_unit_test(frequency_is_exact),
      cmocka_unit_test(heave_of_two_metres),
      cmocka_unit_test(march_is_of_second_order),
      cmocka_unit_test(recoil_wave),
      cmocka_unit_test(linearised_drag_agrees_with_the_march),
      cmocka_unit_test(hang_off_modes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
