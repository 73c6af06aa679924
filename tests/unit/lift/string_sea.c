// SPDX-License-Identifier: Apache-2.0
/* Waves, ship, fatigue and operability against exact values and independent sums. */
#include "unit/lift/string_fixture.h"

#include "lift/fatigue.h"
#include "lift/lift_table.h"
#include "lift/operability.h"

static void spectra_carry_their_height(void **state) {
  (void)state;
  for (int law = 0; law < 4; law++) {
    kd_wave_spectrum s = {
        .law = (kd_spectrum_law)law, .hs = 4, .tp = 10, .gamma = 3.3, .norm = KD_NORM_EXACT, .lambda = 3, .lambda2 = 1};
    kd_wave_moments m;
    kd_error err;
    assert_int_equal(kd_wave_spectrum_prepare(&s, &err), KD_OK);
    kd_wave_moments_of(&m, &s, 0);
    assert_close(4 * sqrt(m.m0), 4, law == KD_SPECTRUM_TORSETHAUGEN ? 0.02 : 1e-9);
    /* The same moments by a plain sum of small cells. */
    double m0 = 0, m1 = 0, cut = 5;
    for (int i = 0; i < 200000; i++) {
      const double w = cut * (i + 0.5) / 200000, d = kd_wave_density(&s, w) * cut / 200000;
      m0 += d, m1 += w * d;
    }
    kd_wave_moments_of(&m, &s, cut);
    assert_close(m.m0, m0, 1e-7);
    assert_close(m.m1, m1, 1e-7);
    assert_true(isfinite(m.m4));
  }
}

/* Pierson-Moskowitz has its moments in closed form. */
static void pierson_moskowitz_in_closed_form(void **state) {
  (void)state;
  kd_wave_spectrum s = {.law = KD_SPECTRUM_PIERSON_MOSKOWITZ, .hs = 3, .tp = 9};
  kd_wave_moments m;
  kd_error err;
  assert_int_equal(kd_wave_spectrum_prepare(&s, &err), KD_OK);
  kd_wave_moments_of(&m, &s, 0);
  /* int w^n A w^-5 exp(-B w^-4) = A B^(n/4 - 1) Gamma(1 - n/4)/4 */
  const double b = 1.25 * pow(2 * PI / 9, 4), a = 4 * b * 9 / 16;
  assert_close(m.m0, a / (4 * b), 1e-10);
  assert_close(m.m1, a * pow(b, -0.75) * tgamma(0.75) / 4, 1e-10);
  assert_close(m.m2, a * pow(b, -0.5) * tgamma(0.5) / 4, 1e-9);
  assert_close(m.minus1, a * pow(b, -1.25) * tgamma(1.25) / 4, 1e-10);
}

static void waves_obey_dispersion(void **state) {
  (void)state;
  static const double depth[] = {0.5, 3, 20, 100, 6000};
  for (int d = 0; d < 5; d++)
    for (double t = 2; t < 30; t += 1.7) {
      const double w = 2 * PI / t, k = kd_wave_number(w, depth[d], 9.81);
      assert_close(9.81 * k * tanh(k * depth[d]), w * w, 1e-13);
    }
}

/* ASTM E1049-85, figure 6: -2 1 -3 5 -1 3 -4 4 -2. */
static void rainflow_as_in_the_standard(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  static const double history[] = {-2, 1, -3, 5, -1, 3, -4, 4, -2};
  kd_cycle c[9];
  size_t n = 0;
  double count[10] = {0};
  assert_int_equal(kd_rainflow(c, &n, history, 9, &r.work), KD_OK);
  for (size_t i = 0; i < n; i++) count[(int)c[i].range] += c[i].count;
  static const double wanted[10] = {0, 0, 0, 0.5, 1.5, 0, 0.5, 0, 1.0, 0.5};
  for (int i = 0; i < 10; i++) assert_true(count[i] == wanted[i]);
  /* Points between the reversals, and repeated ones, change nothing. */
  static const double fine[] = {-2, -1, 1, 1, -1, -3, 0, 5, 2, -1, 3, 3, -4, 4, 0, -2};
  kd_cycle f[16];
  size_t m = 0;
  assert_int_equal(kd_rainflow(f, &m, fine, 16, &r.work), KD_OK);
  assert_int_equal(m, n);
  for (size_t i = 0; i < n; i++) assert_true(f[i].range == c[i].range && f[i].count == c[i].count);
  static const double flat[] = {3, 3, 3};
  assert_int_equal(kd_rainflow(f, &m, flat, 3, &r.work), KD_OK);
  assert_int_equal(m, 0);
  static const double hole[] = {3, (double)NAN, 3};
  assert_int_equal(kd_rainflow(f, &m, hole, 3, &r.work), KD_E_MISSING);
  rig_close(&r);
}

static void two_slopes_meet_at_the_knee(void **state) {
  (void)state;
  const kd_sn_curve d = {11.764, 3, 5, 1e6, 1};
  const double knee = pow(10, (11.764 - 6) / 3) * 1e6;
  assert_close(kd_sn_cycles(&d, knee), 1e6, 1e-9);
  assert_close(kd_sn_cycles(&d, 2 * knee), 1e6 / 8, 1e-9);
  assert_close(kd_sn_cycles(&d, 0.5 * knee), 32e6, 1e-9);
  /* The printed second constant of curve D in sea water is 15.606. */
  assert_near(log10(kd_sn_cycles(&d, 1e6)), 15.606, 1e-3);
  assert_true(isinf(kd_sn_cycles(&d, 0)));
}

/* Dirlik's density is one, has the peak rate's damage; narrow band goes to Rayleigh in closed form. */
static void dirlik_is_a_density(void **state) {
  (void)state;
  const double m0 = 4e12, m1 = 6e11, m2 = 1.2e11, m4 = 1.1e10;
  double sum = 0, damage = 0;
  const int n = 200000;
  const kd_sn_curve one = {11.764, 3, 0, 1e6, 1.2};
  for (int i = 0; i < n; i++) {
    const double s = 60e6 * (i + 0.5) / n, p = kd_dirlik_density(s, m0, m1, m2, m4) * 60e6 / n;
    sum += p, damage += p / kd_sn_cycles(&one, s);
  }
  assert_near(sum, 1, 1e-5);
  kd_spectral_damage d;
  kd_spectral_damage_of(&d, &one, m0, m1, m2, m4);
  assert_close(d.dirlik, damage * sqrt(m4 / m2), 1e-4);
  assert_close(d.narrow, sqrt(m2 / m0) * pow(10, -11.764) * pow(1.2 * sqrt(8 * m0) * 1e-6, 3) * tgamma(2.5), 1e-12);
  assert_true(d.dirlik < d.narrow && d.dirlik > 0.5 * d.narrow);
  const kd_sn_curve two = {11.764, 3, 3, 1e6, 1.2}; /* equal slopes: the knee must not be felt */
  kd_spectral_damage e;
  kd_spectral_damage_of(&e, &two, m0, m1, m2, m4);
  assert_close(e.dirlik, d.dirlik, 1e-5);
}

/* Very long waves carry the hull along, pitch by the slope of the wave; very short ones do not. */
static void hull_has_its_limits(void **state) {
  (void)state;
  const kd_hull hull = {210, 38, 9.2, 1, 20, 0, 0};
  kd_hull_response r;
  kd_hull_respond(&r, &hull, 2 * PI / 100, PI, 9.81);
  const double k = pow(2 * PI / 100, 2) / 9.81;
  assert_near(r.heave, 1, 0.02);
  assert_close(r.pitch, k, 0.05);
  kd_hull_respond(&r, &hull, 2 * PI / 3, PI, 9.81);
  assert_true(r.heave < 1e-2);
  kd_hull_respond(&r, &hull, 0, PI, 9.81);
  assert_true(r.point == 1);
}

/* A table of RAO 1 over the whole range makes the ship a cork. */
static kd_table *cork(rig *r) {
  kd_table *t = NULL;
  assert_int_equal(kd_table_create(&t, r->ctx, "heading [deg], period [s], heave [1]", 2, &r->err), KD_OK);
  for (int i = 0; i < 2; i++)
    t->column[0].number[i] = 0, t->column[1].number[i] = i ? 100 : 0.5, t->column[2].number[i] = 1;
  return t;
}

/* Six motions with phases: lever arms by hand, the mirror image for waves from the other side, long waves carried. */
static void six_motions_move_the_top(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_table *t = NULL;
  assert_int_equal(kd_table_create(&t, r.ctx,
                                   "heading [deg], period [s], heave [1], surge [1], sway [1], roll [rad/m], pitch "
                                   "[rad/m], yaw [rad/m], heave_phase [rad], surge_phase [rad], sway_phase [rad], "
                                   "roll_phase [rad], pitch_phase [rad], yaw_phase [rad]",
                                   2, &r.err),
                   KD_OK);
  static const double one[14] = {PI / 2, 10, 0.9, 0.1, 0.6, 0.05, 0.01, 0.002, 0.1, 0.2, -1.4, -1.0, 1.5, 0.3};
  for (int c = 0; c < 14; c++) t->column[c].number[0] = t->column[c].number[1] = one[c];
  t->column[1].number[1] = 5;
  kd_vessel ship = {.hull = {210, 38, 9.2, 1, 7, 3, 25}, .rao = t};
  assert_int_equal(kd_vessel_prepare(&ship, &r.work), KD_OK);
  kd_complex3 top, other;
  const double w = 2 * PI / 10;
  kd_vessel_top(&top, &ship, w, PI / 2);
  for (int k = 0; k < 8; k++) { /* at eight moments of the period */
    const double p = k * PI / 4;
    const double surge = 0.1 * cos(p + 0.2), sway = 0.6 * cos(p - 1.4), heave = 0.9 * cos(p + 0.1);
    const double roll = 0.05 * cos(p - 1.0), pitch = 0.01 * cos(p + 1.5), yaw = 0.002 * cos(p + 0.3);
    const double forward = surge + 25 * pitch - 3 * yaw, port = sway - 25 * roll + 7 * yaw;
    assert_near(top.re[0] * cos(p) - top.im[0] * sin(p), port, 1e-14); /* the waves run to port */
    assert_near(top.re[1] * cos(p) - top.im[1] * sin(p), -forward, 1e-14);
    assert_near(top.re[2] * cos(p) - top.im[2] * sin(p), heave - 7 * pitch + 3 * roll, 1e-14);
  }
  assert_close(kd_vessel_heave(&ship, w, PI / 2), hypot(top.re[2], top.im[2]), 1e-14);
  ship.hull.string_port = -3;
  kd_vessel_top(&other, &ship, w, -PI / 2);
  assert_near(other.re[0], top.re[0], 1e-14);
  assert_near(other.im[1], -top.im[1], 1e-14);
  assert_near(other.re[2], top.re[2], 1e-14);
  /* A box hull in a very long following wave goes with the water: forward at the crest, a quarter after its place. */
  ship = (kd_vessel){.hull = {210, 38, 9.2, 1, 0, 0, 0}};
  kd_vessel_top(&top, &ship, 1e-2, 0);
  assert_near(top.im[0], -1, 1e-3);
  assert_near(top.re[2], 1, 1e-3);
  t->column[5].number[1] = -1;
  ship = (kd_vessel){.rao = t};
  assert_int_equal(kd_vessel_prepare(&ship, &r.work), KD_E_RANGE);
  kd_table_destroy(&t);
  rig_close(&r);
}

/* Between the rows of a table: linear in heading and frequency; both sides of the ship alike; 1 for endless waves. */
static void rao_table_is_linear(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_table *t = NULL;
  assert_int_equal(kd_table_create(&t, r.ctx, "heading [deg], period [s], heave [1]", 4, &r.err), KD_OK);
  static const double row[4][3] = {{90, 5, 0.2}, {180, 10, 0.8}, {90, 10, 1.0}, {180, 5, 0.1}};
  for (int i = 0; i < 4; i++)
    for (int c = 0; c < 3; c++) t->column[c].number[i] = c ? row[i][c] : row[i][c] * PI / 180;
  kd_vessel ship = {.rao = t};
  assert_int_equal(kd_vessel_prepare(&ship, &r.work), KD_OK);
  const double w5 = 2 * PI / 5, w10 = 2 * PI / 10, wm = 0.5 * (w5 + w10);
  assert_close(kd_vessel_heave(&ship, w5, PI), 0.1, 1e-12);
  assert_close(kd_vessel_heave(&ship, wm, PI), 0.45, 1e-12);
  assert_close(kd_vessel_heave(&ship, wm, 0.75 * PI), 0.5 * (0.45 + 0.6), 1e-12);
  assert_close(kd_vessel_heave(&ship, wm, -0.75 * PI), 0.5 * (0.45 + 0.6), 1e-12);
  assert_close(kd_vessel_heave(&ship, 1e-9, PI), 1, 1e-6);
  assert_true(kd_vessel_heave(&ship, 3, PI) == 0);
  t->column[1].number[1] = 5;
  assert_int_equal(kd_vessel_prepare(&ship, &r.work), KD_E_DUPLICATE);
  kd_table_destroy(&t);
  rig_close(&r);
}

/* A triangle of density: its area and first moment are exact. */
static void measured_spectrum(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_table *t = NULL;
  kd_wave_spectrum s;
  kd_wave_moments m;
  assert_int_equal(kd_table_create(&t, r.ctx, "omega [rad/s], density [m2.s]", 3, &r.err), KD_OK);
  for (int i = 0; i < 3; i++) t->column[0].number[i] = 0.4 + 0.4 * i, t->column[1].number[i] = i == 1 ? 2 : 0;
  assert_int_equal(kd_wave_spectrum_table(&s, t, &r.work), KD_OK);
  kd_wave_moments_of(&m, &s, 0);
  assert_close(m.m0, 0.8, 1e-13);
  assert_close(m.m1, 0.8 * 0.8, 1e-13);
  assert_close(m.m2, 0.8 * (0.64 + 0.16 / 6), 1e-13);
  kd_wave_moments_of(&m, &s, 0.8);
  assert_close(m.m0, 0.4, 1e-13);
  t->column[0].number[1] = 0.3;
  assert_int_equal(kd_wave_spectrum_table(&s, t, &r.work), KD_E_RANGE);
  kd_table_destroy(&t);
  rig_close(&r);
}

static void operability_has_the_right_sense(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_table *rao = cork(&r);
  kd_bar bar = {0};
  const kd_bar_options o = {30, 1, 0, 0};
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
  bar.head_mass = 30000, bar.head_weight = sea_load.head_weight, bar.damping = 0.005;
  const double hs[] = {0.5, 1, 2, 3, 4, 6}, tp[] = {7, 10, 14}, heading[] = {PI};
  kd_operability t = {.hs = hs,
                      .tp = tp,
                      .heading = heading,
                      .hs_count = 6,
                      .tp_count = 3,
                      .heading_count = 1,
                      .gamma = 1,
                      .ship = {.rao = rao},
                      .duration = 10800,
                      .allowable = 0.8,
                      .hook_load = (double)NAN,
                      .slack_share = 0.9,
                      .frequencies = 256};
  assert_int_equal(kd_vessel_prepare(&t.ship, &r.work), KD_OK);
  kd_operability_cell cell[18];
  double limit[3];
  assert_int_equal(kd_operability_solve(cell, &t, &bar, &r.work), KD_OK);
  kd_operability_limits(limit, &t, cell);
  /* Without drag the answer is linear in the height: standard deviation of the heave hs/4, and so on. */
  for (int p = 0; p < 3; p++) {
    const kd_operability_cell *c = cell + 6 * p;
    assert_close(c[5].ratio[KD_GOVERNS_SLACK] / c[1].ratio[KD_GOVERNS_SLACK], 6, 1e-6);
    for (int i = 1; i < 6; i++) assert_true(c[i].largest > c[i - 1].largest);
  }
  const double factor = sqrt(2 * log(10800 / 10.0));
  assert_close(cell[6].heave, 0.5 / 4 * factor, 0.06); /* the period of the tension sets N */
  /* At the limit itself the ratio is one. */
  t.hs = &limit[1], t.hs_count = 1, t.tp = &tp[1], t.tp_count = 1;
  if (limit[1] < 6) {
    assert_int_equal(kd_operability_solve(cell, &t, &bar, &r.work), KD_OK);
    assert_near(cell[0].largest, 1, 0.01);
  }
  /* Waves nearer to the axial period are worse. */
  assert_true(limit[0] < limit[2]);
  kd_table_destroy(&rao);
  rig_close(&r);
}

/* Every limit alone: set to half of what the sea brings it governs with a ratio of two, at double it allows the sea. */
static void each_limit_governs_in_turn(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_table *rao = cork(&r);
  kd_bar bar = {0};
  const kd_bar_options o = {30, 1, 0, 0};
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
  bar.head_mass = 30000, bar.head_weight = sea_load.head_weight, bar.damping = 0.005;
  bar.hold_stiffness = 2e5, bar.hold_damping = 1e4; /* a compensator, so that there is a stroke */
  const double hs = 4, tp = 10, heading = PI;
  kd_operability_cell free_cell, cell;
  const kd_operability none = {.hs = &hs,
                               .tp = &tp,
                               .heading = &heading,
                               .hs_count = 1,
                               .tp_count = 1,
                               .heading_count = 1,
                               .gamma = 1,
                               .ship = {.rao = rao},
                               .duration = 10800,
                               .allowable = 1,
                               .hook_load = 1,
                               .slack_share = 1,
                               .stroke = 1,
                               .foot = 1,
                               .heave = 1};
  kd_operability t = none;
  assert_int_equal(kd_vessel_prepare(&t.ship, &r.work), KD_OK);
  assert_int_equal(kd_operability_solve(&free_cell, &t, &bar, &r.work), KD_OK);
  assert_close(free_cell.ratio[KD_GOVERNS_HOOK], free_cell.tension, 1e-12);
  assert_close(free_cell.ratio[KD_GOVERNS_STROKE], free_cell.stroke, 1e-12);
  assert_close(free_cell.ratio[KD_GOVERNS_FOOT], free_cell.foot, 1e-12);
  assert_close(free_cell.ratio[KD_GOVERNS_HEAVE], free_cell.heave, 1e-12);
  assert_true(free_cell.stroke > 0.5 * free_cell.heave); /* a soft hold follows the ship but little */
  for (int k = 0; k < KD_GOVERNS; k++)
    for (int twice = 0; twice < 2; twice++) {
      const double limit = free_cell.ratio[k] * (twice ? 2 : 0.5);
      t = none;
      t.ship.rao = rao, t.allowable = t.hook_load = t.slack_share = t.stroke = t.foot = t.heave = 0;
      double *const place[KD_GOVERNS] = {&t.allowable, &t.hook_load, &t.slack_share, &t.stroke, &t.foot, &t.heave};
      *place[k] = limit;
      assert_int_equal(kd_vessel_prepare(&t.ship, &r.work), KD_OK);
      assert_int_equal(kd_operability_solve(&cell, &t, &bar, &r.work), KD_OK);
      assert_int_equal(cell.governs, k);
      assert_close(cell.largest, twice ? 0.5 : 2, 1e-9);
    }
  kd_table_destroy(&rao);
  rig_close(&r);
}

static void table_becomes_limits(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_table *t = NULL;
  assert_int_equal(kd_table_create(&t, r.ctx, "tp [s], hs_limit [m], heading [deg]", 5, &r.err), KD_OK);
  static const double row[5][3] = {{12, 3, 180}, {8, 5, 180}, {12, 2.5, 170}, {8, 4, 190}, {8, 1, 90}};
  for (int i = 0; i < 5; i++) {
    for (int c = 0; c < 2; c++) t->column[c].number[i] = row[i][c];
    t->column[2].number[i] = row[i][2] * PI / 180;
  }
  kd_lift_params p = {.operability = 1, .operability_table = t, .operability_heading = 150 * PI / 180};
  kd_limits l = {0};
  assert_int_equal(kd_lift_period_limits(&l, &p, &r.err), KD_OK);
  assert_int_equal(l.period_count, 2);
  assert_true(l.period[0] == 8 && l.wave_limit_by_period[0] == 4);
  assert_true(l.period[1] == 12 && l.wave_limit_by_period[1] == 2.5);
  t->column[0].number[0] = -1;
  assert_int_equal(kd_lift_period_limits(&l, &p, &r.err), KD_E_RANGE);
  kd_table_destroy(&t);
  rig_close(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spectra_carry_their_height),
      cmocka_unit_test(pierson_moskowitz_in_closed_form),
      cmocka_unit_test(waves_obey_dispersion),
      cmocka_unit_test(rainflow_as_in_the_standard),
      cmocka_unit_test(two_slopes_meet_at_the_knee),
      cmocka_unit_test(dirlik_is_a_density),
      cmocka_unit_test(hull_has_its_limits),
      cmocka_unit_test(rao_table_is_linear),
      cmocka_unit_test(six_motions_move_the_top),
      cmocka_unit_test(measured_spectrum),
      cmocka_unit_test(operability_has_the_right_sense),
      cmocka_unit_test(each_limit_governs_in_turn),
      cmocka_unit_test(table_becomes_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
