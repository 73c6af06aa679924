// SPDX-License-Identifier: Apache-2.0
/* The beam in space against exact solutions, and the modes against Bessel's zeros. */
#include "unit/lift/string_fixture.h"

#include "lift/string_beam.h"
#include "lift/string_frequency.h"
#include "lift/string_modes.h"
#include "lift/string_sea.h"

static kd_beam uniform(rig *r, size_t n, double length, double ea, double ei, double w) {
  kd_beam b;
  assert_int_equal(kd_beam_create(&b, n, &r->work), KD_OK);
  for (size_t i = 0; i < n; i++)
    b.length[i] = length / (double)n, b.stiffness[i] = ea, b.bending[i] = ei, b.weight[i] = w, b.mass[i] = 100;
  b.top_direction[2] = -1;
  return b;
}

static kd_beam_march *start(rig *r, const kd_beam *b, double dx, double dz) {
  double *x = kd_arena_alloc(r->scratch, 3 * (b->elements + 1), sizeof *x), s = 0;
  for (size_t i = 0; i <= b->elements; i++) {
    x[3 * i] = s * dx, x[3 * i + 2] = s * dz;
    if (i < b->elements) s += b->length[i];
  }
  kd_beam_march *m = NULL;
  assert_int_equal(kd_beam_march_create(&m, b, x, NULL, NULL, 0.8, &r->work), KD_OK);
  return m;
}

/* Patch: a bar pulled at its end stretches alike everywhere, to rounding. */
static void patch(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_beam b = uniform(&r, 7, 10, 1e6, 1e4, 0);
  static const double odd[7] = {1, 2, 0.5, 3, 1.5, 0.7, 1.3};
  for (int i = 0; i < 7; i++) b.length[i] = odd[i];
  b.force[2] = -2e4;
  kd_beam_march *m = start(&r, &b, 0, -1);
  assert_int_equal(kd_beam_march_static(m, 1, &r.err), KD_OK);
  for (size_t e = 0; e < 7; e++) assert_close(kd_beam_march_tension(m, e), 2e4, 1e-10);
  assert_close(kd_beam_march_positions(m)[23], -10 * 1.02, 1e-12);
  rig_close(&r);
}

static void cantilever(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  double error[2];
  for (int k = 0; k < 2; k++) {
    kd_beam b = uniform(&r, k ? 100 : 50, 10, 1e10, 1e6, 0);
    b.top = KD_END_CLAMPED;
    b.force[0] = 10;
    kd_beam_march *m = start(&r, &b, 0, -1);
    assert_int_equal(kd_beam_march_static(m, 1, &r.err), KD_OK);
    error[k] = fabs(kd_beam_march_positions(m)[3 * b.elements] / (10 * 1000 / 3e6) - 1);
    assert_close(kd_beam_march_curvature(m, 0) * 1e6, 100, 0.01);
  }
  assert_true(error[1] < 1e-3);
  assert_true(error[0] / error[1] > 3.5); /* second order */
  rig_close(&r);
}

/* Bisshopp and Drucker 1945: with s = sin(tip angle), P L^2/EI = a: sqrt(a) = K(k) - F(k, p1) by quadrature; deflection
 * along the force and across it. */
static void elastica(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  static const double tip[] = {0.3, 0.8, 1.43};
  for (int c = 0; c < 3; c++) {
    /* ds = dq/sqrt(2 a (sin tip - sin q)) per length; q = tip - u^2 takes the root out of the end. */
    double length = 0, down = 0, along = 0;
    const int n = 4000;
    const double end = sqrt(tip[c]);
    for (int i = 0; i <= n; i++) {
      const double u = end * i / n, q = tip[c] - u * u, wgt = (i == 0 || i == n ? 1 : i % 2 ? 4 : 2) * end / (3.0 * n);
      const double root = u > 0 ? 2 * u / sqrt(2 * (sin(tip[c]) - sin(q))) : 2 / sqrt(2 * cos(tip[c]));
      length += wgt * root, down += wgt * root * sin(q), along += wgt * root * cos(q);
    }
    const double a = length * length; /* the integral is sqrt(a) */
    kd_beam b = uniform(&r, 200, 10, 1e11, 1e6, 0);
    b.top = KD_END_CLAMPED;
    b.force[0] = a * 1e6 / 100;
    kd_beam_march *m = start(&r, &b, 0, -1);
    assert_int_equal(kd_beam_march_static(m, 20, &r.err), KD_OK);
    const double *x = kd_beam_march_positions(m) + 600;
    assert_close(x[0], 10 * down / length, 1e-3);
    assert_close(-x[2], 10 * along / length, 1e-3);
  }
  rig_close(&r);
}

static void catenary(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_beam b = uniform(&r, 200, 120, 1e11, 0, 100);
  b.foot = KD_END_PINNED;
  double *x = kd_arena_alloc(r.scratch, 603, sizeof *x);
  for (int i = 0; i <= 200; i++) x[3 * i] = 0.5 * i, x[3 * i + 2] = -2 / PI * sqrt(100.0 * 20) * sin(PI * i / 200);
  kd_beam_march *m = NULL;
  assert_int_equal(kd_beam_march_create(&m, &b, x, NULL, NULL, 0.8, &r.work), KD_OK);
  assert_int_equal(kd_beam_march_static(m, 20, &r.err), KD_OK);
  double low = 10, high = 1e4; /* 2 a sinh(50/a) = 120 */
  for (int i = 0; i < 200; i++) {
    const double a = 0.5 * (low + high);
    if (2 * a * sinh(50 / a) > 120)
      low = a;
    else
      high = a;
  }
  double f[3];
  kd_beam_march_reaction(m, f);
  assert_close(-kd_beam_march_positions(m)[302], low * (cosh(50 / low) - 1), 1e-3);
  assert_close(f[0], 100 * low, 1e-3);
  assert_close(-f[2], 6000, 1e-3);
  rig_close(&r);
}

/* A string let fall from the side swings for sixty periods: its energy never grows. */
static void energy_does_not_grow(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_beam b = uniform(&r, 10, 10, 1e6, 1e3, 100 * 9.80665);
  kd_beam_march *m = start(&r, &b, sin(0.6), -cos(0.6));
  kd_beam_motion still = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
  kd_beam_energy e;
  kd_beam_march_energy(m, &e);
  const double first = e.kinetic + e.stretching + e.bending + e.potential, lowest = -100 * 9.80665 * 50;
  double most = first;
  for (int i = 0; i < 6000; i++) { /* 60 periods of about 5.2 s */
    assert_int_equal(kd_beam_march_step(m, 0.052, &still, &r.err), KD_OK);
    kd_beam_march_energy(m, &e);
    most = fmax(most, e.kinetic + e.stretching + e.bending + e.potential);
  }
  assert_true(most - first < 0.01 * (first - lowest));
  rig_close(&r);
}

/* A stretched string plucked in its first mode: error after a quarter of a period, order in step and element. */
static double pluck_error(rig *r, size_t n) {
  kd_arena_reset(r->scratch);
  kd_beam b = uniform(r, n, 100, 1e8, 0, 0);
  b.foot = KD_END_PINNED;
  double *x = kd_arena_alloc(r->scratch, 3 * (n + 1), sizeof *x);
  const double strain = 1e-3; /* tension 1e5 N */
  for (size_t i = 0; i <= n; i++) x[3 * i + 2] = -100.1 * (double)i / (double)n;
  kd_beam_march *m = NULL;
  assert_int_equal(kd_beam_march_create(&m, &b, x, NULL, NULL, 0.8, &r->work), KD_OK);
  double *v = kd_beam_march_speeds(m);
  for (size_t i = 0; i <= n; i++) v[3 * i] = 1e-4 * sin(PI * (double)i / (double)n);
  const double w = PI / 100.1 * sqrt(1e8 * strain / (100 / 1.001)), quarter = 0.5 * PI / w;
  const int steps = (int)n;
  kd_beam_motion still = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
  for (int i = 0; i < steps; i++) assert_int_equal(kd_beam_march_step(m, quarter / steps, &still, &r->err), KD_OK);
  return fabs(kd_beam_march_positions(m)[3 * (n / 2)] / (1e-4 / w) - 1);
}

static void second_order(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  const double a = pluck_error(&r, 8), b = pluck_error(&r, 16), c = pluck_error(&r, 32);
  assert_true(log2(a / b) > 1.9);
  assert_true(log2(b / c) > 1.95);
  rig_close(&r);
}

/* Small current: the beam at rest leans as the small-slope formula says. */
static void leans_as_the_formula(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_beam b;
  double *x = NULL, foot, top_angle, foot_angle;
  const double depth[] = {0}, speed[] = {0.05};
  const kd_current current = {depth, speed, 1};
  const kd_sea_case c = {.elements = 300, .drag = 1.2, .added = 1, .tp = 10, .hold_stiffness = HUGE_VAL};
  assert_int_equal(kd_sea_beam(&b, &x, &pipe_segment, 1, &sea_load, &c, &r.work), KD_OK);
  kd_beam_march *m = NULL;
  assert_int_equal(kd_beam_march_create(&m, &b, x, &current, NULL, 0.8, &r.work), KD_OK);
  assert_int_equal(kd_beam_march_static(m, 1, &r.err), KD_OK);
  assert_int_equal(
      kd_string_offset(&foot, &foot_angle, &top_angle, NULL, &pipe_segment, 1, &sea_load, &current, 1.2, 0, &r.err),
      KD_OK);
  /* The string stretches by 0.1 %, and so does the offset by part of that. */
  assert_close(kd_beam_march_positions(m)[3 * b.elements], foot, 3e-3);
  assert_close(kd_beam_march_tension(m, 0), sea_load.head_weight + 856.564640 * 5990, 1e-4);
  rig_close(&r);
}

/* Heave of the top: tension amplitude of the beam is that of the bar. */
static void heaves_as_the_bar(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_beam b;
  double *x = NULL;
  const kd_sea_case c = {.elements = 60, .locked = 1, .tp = 10, .hold_stiffness = HUGE_VAL};
  assert_int_equal(kd_sea_beam(&b, &x, &pipe_segment, 1, &sea_load, &c, &r.work), KD_OK);
  kd_beam_march *m = NULL;
  assert_int_equal(kd_beam_march_create(&m, &b, x, NULL, NULL, 0.9, &r.work), KD_OK);
  assert_int_equal(kd_beam_march_static(m, 1, &r.err), KD_OK);
  /* From the exact steady state at 10 s. */
  const double w = 0.2 * PI, k = w / sqrt(b.stiffness[0] / b.mass[0]), n = b.head_mass * k / b.mass[0], l = 6000;
  const double bb = (sin(k * l) + n * cos(k * l)) / (cos(k * l) - n * sin(k * l));
  double *v = kd_beam_march_speeds(m), most = 0;
  for (int i = 0; i <= 60; i++) v[3 * i + 2] = w * (cos(k * 100 * i) + bb * sin(k * 100 * i));
  const double rest = kd_beam_march_positions(m)[182];
  for (int i = 1; i <= 400; i++) {
    const double t = 0.05 * i;
    const kd_beam_motion top = {{0, 0, sin(w * t)}, {0, 0, w * cos(w * t)}, {0, 0, -w * w * sin(w * t)}};
    assert_int_equal(kd_beam_march_step(m, 0.05, &top, &r.err), KD_OK);
    most = fmax(most, fabs(kd_beam_march_positions(m)[182] - rest));
  }
  assert_close(most, 1 / (cos(k * l) - n * sin(k * l)), 0.01);
  rig_close(&r);
}

/* A heave compensator over the beam answers as the bar with the same spring and damper. */
static void compensator_as_the_bar(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_beam b;
  double *x = NULL;
  const kd_sea_case c = {.elements = 40, .tp = 10, .hold_stiffness = 2e5, .hold_damping = 1e5};
  assert_int_equal(kd_sea_beam(&b, &x, &pipe_segment, 1, &sea_load, &c, &r.work), KD_OK);
  kd_beam_march *m = NULL;
  assert_int_equal(kd_beam_march_create(&m, &b, x, NULL, NULL, 0.9, &r.work), KD_OK);
  assert_int_equal(kd_beam_march_static(m, 1, &r.err), KD_OK);
  const double rest = kd_beam_march_positions(m)[122], held = kd_beam_march_positions(m)[2], w = 0.2 * PI;
  double foot = 0, top = 0;
  for (int i = 1; i <= 4000; i++) { /* 200 s; the damper has taken the start out after a hundred */
    const double t = 0.05 * i, g = fmin(t / 50, 1);
    const kd_beam_motion ship = {{0, 0, g * sin(w * t)}, {0, 0, g * w * cos(w * t)}, {0, 0, -g * w * w * sin(w * t)}};
    assert_int_equal(kd_beam_march_step(m, 0.05, &ship, &r.err), KD_OK);
    if (t < 150) continue;
    foot = fmax(foot, fabs(kd_beam_march_positions(m)[122] - rest));
    top = fmax(top, fabs(kd_beam_march_positions(m)[2] - held));
  }
  kd_bar bar = {0};
  const kd_bar_options o = {40, 0, 0, 0};
  kd_bar_amplitudes a;
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
  bar.head_mass = sea_load.head_mass, bar.hold_stiffness = 2e5, bar.hold_damping = 1e5;
  assert_int_equal(kd_bar_amplitudes_create(&a, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_regular(&a, &bar, 1, w, &r.work), KD_OK);
  assert_close(foot, a.foot, 0.02);
  assert_close(top, a.top, 0.02);
  rig_close(&r);
}

/* A pinned pipe that conveys a light, fast fluid: w = w0 sqrt(1 - (U/Uc)^2), Uc = pi/L sqrt(EI/m_i) (Paidoussis). */
static void flow_softens_the_pipe(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  double crossing[2];
  for (int k = 0; k < 2; k++) {
    kd_beam b = uniform(&r, 40, 10, 1e8, 1e5, 0);
    b.foot = KD_END_PINNED;
    for (int e = 0; e < 40; e++) b.contents[e] = 0.1;
    b.flow = k ? 0.6 * PI / 10 * sqrt(1e5 / 0.1) : 0;
    kd_beam_march *m = start(&r, &b, 0, -1);
    double *v = kd_beam_march_speeds(m), last = 0;
    for (int i = 0; i <= 40; i++) v[3 * i] = 1e-3 * sin(PI * i / 40);
    const kd_beam_motion still = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    crossing[k] = 0;
    for (int i = 1; i < 1000 && crossing[k] == 0; i++) {
      assert_int_equal(kd_beam_march_step(m, 0.005, &still, &r.err), KD_OK);
      const double now = kd_beam_march_positions(m)[60];
      if (now < 0) crossing[k] = 0.005 * (i - now / (now - last));
      last = now;
    }
  }
  const double w0 = PI * PI / 100 * sqrt(1e5 / 100);
  assert_close(crossing[0], PI / w0, 5e-3);
  assert_close(crossing[1] / crossing[0], 1 / sqrt(1 - 0.36), 0.01);
  rig_close(&r);
}

/* The march through a sea has the standard deviation of the frequency domain. */
static void sea_as_by_frequency(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  const kd_sea_case c = {.elements = 40,
                         .hs = 4,
                         .tp = 12,
                         .gamma = 3.3,
                         .heading = PI,
                         .duration = 1500,
                         .step = 0.1,
                         .lead_in = 200,
                         .waves = 80,
                         .radius = 0.8,
                         .skin = 0.01,
                         .head_drag_area = 10,
                         .damping = 0.005,
                         .hold_stiffness = HUGE_VAL,
                         .hull = {210, 38, 9.2, 1, 0, 0, 0}};
  const kd_current calm = {NULL, NULL, 0};
  kd_sea_result s;
  assert_int_equal(kd_sea_case_run(&s, &pipe_segment, 1, &sea_load, &calm, &c, NULL, NULL, &r.work), KD_OK);
  kd_ship_motion ship;
  kd_bar bar = {0};
  const kd_bar_options o = {40, 0, 0, 0.01};
  assert_int_equal(kd_ship_motion_create(&ship, &c, &r.work), KD_OK);
  assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
  bar.head_mass = sea_load.head_mass, bar.head_drag = 5200, bar.damping = 0.005;
  double variance[80], omega[80], heave = 0;
  for (int i = 0; i < 80; i++) {
    omega[i] = ship.train.omega[i];
    variance[i] = 0.5 * ship.rao[i] * ship.rao[i];
    heave += variance[i];
  }
  const kd_bar_sea sea = {80, omega, NULL};
  kd_bar_amplitudes a;
  kd_bar_response b;
  kd_linear_drag d;
  assert_int_equal(kd_bar_amplitudes_create(&a, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_response_create(&b, &bar, &r.work), KD_OK);
  assert_int_equal(kd_linear_drag_create(&d, &bar, &r.work), KD_OK);
  assert_int_equal(kd_bar_irregular(&a, &bar, &sea, variance, &b, &d, &r.err), KD_OK);
  assert_close(s.heave_sd, sqrt(heave), 0.05);
  assert_close(s.node[0].sd, a.tension[0], 0.06);
  assert_close(s.node[40].motion_sd, a.displacement[40], 0.06);
  assert_int_equal(s.count.halvings, 0);
  rig_close(&r);
}

/* Chain with a free foot: w = j_0k/2 sqrt(w_e/(m L)); a string between pins with tension and bending. */
static void modes_are_bessel(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  enum { N = 100 };
  static const double zero[] = {2.4048255576957728, 5.5200781102863106, 8.6537279129110122, 11.791534439014282,
                                14.930917708487786};
  double length[N], bending[N] = {0}, mass[N], tension[N + 1];
  for (int i = 0; i < N; i++) length[i] = 60, mass[i] = 200;
  for (int i = 0; i <= N; i++) tension[i] = 850.0 * 60 * (N - i);
  kd_mode_problem p = {N, length, bending, mass, tension, 0, KD_END_PINNED, KD_END_FREE};
  kd_modes m;
  assert_int_equal(kd_modes_solve(&m, &p, 5, &r.work), KD_OK);
  for (int k = 0; k < 5; k++) assert_close(m.omega[k], 0.5 * zero[k] * sqrt(850.0 / (200 * 6000.0)), 1e-6);
  for (int i = 0; i < N; i++) bending[i] = 2e9;
  for (int i = 0; i <= N; i++) tension[i] = 1e5;
  p.foot = KD_END_PINNED;
  assert_int_equal(kd_modes_solve(&m, &p, 5, &r.work), KD_OK);
  for (int k = 1; k <= 5; k++) {
    const double q = k * PI / 6000;
    assert_close(m.omega[k - 1], q * sqrt((1e5 + 2e9 * q * q) / 200), 1e-6);
  }
  p.top = p.foot = KD_END_CLAMPED;
  for (int i = 0; i <= N; i++) tension[i] = 0;
  assert_int_equal(kd_modes_solve(&m, &p, 3, &r.work), KD_OK);
  for (int k = 1; k <= 3; k++) {
    const double q = kd_beam_root(KD_CLAMPED_CLAMPED, k) / 6000;
    assert_close(m.omega[k - 1], q * q * sqrt(2e9 / 200), 1e-6);
  }
  for (int i = 0; i <= N; i++) tension[i] = -1e5;
  assert_int_equal(kd_modes_solve(&m, &p, 3, &r.work), KD_E_INFEASIBLE);
  rig_close(&r);
}

static void beam_roots(void **state) {
  (void)state;
  assert_close(kd_beam_root(KD_CLAMPED_FREE, 1), 1.8751040687119611, 1e-14);
  assert_close(kd_beam_root(KD_CLAMPED_FREE, 2), 4.6940911329741746, 1e-14);
  assert_close(kd_beam_root(KD_CLAMPED_CLAMPED, 1), 4.7300407448627040, 1e-14);
  assert_close(kd_beam_root(KD_CLAMPED_PINNED, 1), 3.9266023120479188, 1e-14);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patch),
      cmocka_unit_test(cantilever),
      cmocka_unit_test(elastica),
      cmocka_unit_test(catenary),
      cmocka_unit_test(energy_does_not_grow),
      cmocka_unit_test(second_order),
      cmocka_unit_test(leans_as_the_formula),
      cmocka_unit_test(heaves_as_the_bar),
      cmocka_unit_test(compensator_as_the_bar),
      cmocka_unit_test(flow_softens_the_pipe),
      cmocka_unit_test(sea_as_by_frequency),
      cmocka_unit_test(modes_are_bessel),
      cmocka_unit_test(beam_roots),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
