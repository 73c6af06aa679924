// SPDX-License-Identifier: Apache-2.0
/* String and three-phase transient together, against closed forms and against the column of characteristics. */
#include "unit/lift/string_fixture.h"

#include "lift/coupling.h"
#include "lift/coupling_line.h"
#include "lift/seawater.h"

enum { CELLS = 80 };

typedef struct line {
  kd_duct duct;
  kd_duct_state state;
  double inlet, outlet;
} line;

static kd_status water_only(kd_rheology *out, double fines, const void *user, kd_error *err) {
  (void)user, (void)fines, (void)err;
  *out = (kd_rheology){0, 1e-3, 1};
  return KD_OK;
}

/* A riser of the pipe of the fixture, full of sea water at rest; its foot is closed or open to the sea. */
static void line_open(line *l, rig *r, kd_duct_end inlet, double theta, bool friction) {
  const kd_segment s = {.length = 6000, .bore = 0.2413, .area = (double)NAN, .rise = 6000, .cells = CELLS};
  const kd_line_spec spec = {.segment = &s,
                             .segments = 1,
                             .salinity = 0.035,
                             .temperature = 2,
                             .fines_density = 2650,
                             .carrier_viscosity = 1e-3,
                             .rheology = friction ? water_only : NULL,
                             .most_fines = 0.1,
                             .gravity = 9.80665};
  assert_int_equal(kd_line_build(&l->duct, &spec, &r->work), KD_OK);
  l->duct.inlet = inlet, l->duct.outlet = KD_END_PRESSURE, l->duct.theta = theta, l->duct.static_ratio = 1;
  assert_int_equal(kd_duct_state_create(&l->state, &l->duct, &r->work), KD_OK);
  l->outlet = KD_ATMOSPHERE;
  const double flow = inlet == KD_END_FLOW ? 0.6 * l->duct.area[0] : 0;
  assert_int_equal(kd_line_fill(&l->state, &l->duct, l->outlet, flow, 0, NULL, &r->work), KD_OK);
  double rho = 0;
  for (size_t p = 0; p < l->duct.phases; p++) rho += l->state.mass[p][0];
  l->inlet = l->state.pressure[0] + 9.80665 * 0.5 * l->duct.length[0] * rho;
}

static void still(kd_duct_command *out, double time, const void *user) {
  const line *l = user;
  (void)time;
  out->inlet_pressure = l->inlet, out->outlet_pressure = l->outlet, out->inlet[KD_WATER] = 1050;
  /* Enough that no air is drawn in at the deck. */
  if (l->duct.inlet == KD_END_FLOW) out->inlet[KD_WATER] = 1045 * 0.6 * l->duct.area[0];
}

static kd_sea_case regular(double amplitude, double period) {
  return (kd_sea_case){.elements = 200,
                       .hs = 0,
                       .tp = period,
                       .regular_amplitude = amplitude,
                       .gamma = 3.3,
                       .heading = PI,
                       .waves = 60,
                       .radius = 0.9,
                       .drag = 1.2,
                       .added = 1,
                       .hold_stiffness = HUGE_VAL,
                       .hull = {210, 38, 9.2, 1, 0, 0, 0}};
}

static kd_string_history *march(line *l, kd_history *flow, rig *r, const kd_sea_case *sea, kd_coupling_way way,
                                kd_string_model model, const kd_string_segment *segment, double until, double settle,
                                double step) {
  kd_line_coupling *c = NULL;
  kd_string_history *h = NULL;
  kd_string_load load = sea_load;
  load.poisson = 0;
  const kd_line_coupling_spec spec = {.duct = &l->duct,
                                      .segments = segment,
                                      .count = 1,
                                      .load = load,
                                      .sea = sea,
                                      .way = way,
                                      .model = model,
                                      .step = step,
                                      .settle = settle,
                                      .every = 0.5,
                                      .until = until};
  assert_int_equal(kd_line_coupling_create(&c, &spec, &l->state, &r->work), KD_OK);
  const kd_transient_run run = {.until = until,
                                .every = until / 4,
                                .most = step,
                                .schedule = still,
                                .user = l,
                                .before = kd_line_coupling_before,
                                .before_user = c};
  const kd_status done = kd_transient_march(flow, &l->state, &l->duct, &run, &r->work);
  assert_int_equal(done, KD_OK);
  assert_int_equal(kd_line_coupling_finish(&h, c, &r->err), KD_OK);
  return h;
}

/* Amplitude of the pressure in the lowest cell per metre of heave, in the pipe's frame: with the mass flux Y = rho x of
 * the liquid against the pipe, dp/ds = w^2 (Y + rho A) + g p/a^2 and dY/ds = -p/a^2; p = 0 at the deck, Y = 0 at the
 * foot. Two solutions are superposed. */
static double standing(const line *l, double w) {
  double middle[2], foot[2];
  for (int k = 0; k < 2; k++) { /* heaved without flow at the deck; flow alone */
    double p = 0, y = k;
    for (size_t i = CELLS; i-- > 0;) {
      double slope;
      const double rho = kd_duct_water(&l->duct.fluid[i], l->state.pressure[i], &slope), a = k == 0;
      const double h = l->duct.length[i] / 100;
      for (int n = 0; n < 100; n++) { /* midpoint rule */
        const double pm = p + 0.5 * h * (w * w * (y + rho * a) + 9.80665 * p * slope), ym = y - 0.5 * h * p * slope;
        p += h * (w * w * (ym + rho * a) + 9.80665 * pm * slope), y -= h * pm * slope;
        if (i == 0 && n == 49) middle[k] = p;
      }
    }
    foot[k] = y;
  }
  return fabs(middle[0] - middle[1] * foot[0] / foot[1]);
}

/* A string that does not give heaves its column with a shut foot: a standing wave. */
static void rigid_heave(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  kd_string_segment stiff = pipe_segment;
  stiff.modulus = 207e15;
  line l;
  kd_history flow;
  const double period = 30;
  kd_sea_case sea = regular(1, period);
  line_open(&l, &r, KD_END_FLOW, 0.55, true);
  const kd_string_history *h = march(&l, &flow, &r, &sea, KD_COUPLING_ONE_WAY, KD_STRING_BAR, &stiff, 360, 240, 0.1);
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (size_t i = 0; i < h->used; i++)
    if (h->value[KD_S_TIME][i] > 300)
      low = fmin(low, h->value[KD_S_PRESSURE][i]), high = fmax(high, h->value[KD_S_PRESSURE][i]);
  const double exact = standing(&l, 2 * PI / period);
  print_message("foot pressure %g, exact %g Pa\n", 0.5 * (high - low), exact);
  assert_close(0.5 * (high - low), exact, 0.01);
  assert_true(flow.closure < 1e-10);
  rig_close(&r);
}

/* Two ways: the string answers as with the column of the method of characteristics in place of the line. */
static void slow(double *z, double *dz, double *ddz, double t, void *user) {
  const double w = 2 * PI / *(double *)user, x = fmin(t / 300, 1), g = x * x * x * (10 - 15 * x + 6 * x * x);
  const double g1 = x < 1 ? 30 * x * x * (1 - x) * (1 - x) / 300 : 0;
  const double g2 = x < 1 ? 60 * x * (1 - x) * (1 - 2 * x) / 9e4 : 0;
  *z = g * cos(w * t), *dz = g1 * cos(w * t) - g * w * sin(w * t);
  *ddz = (g2 - g * w * w) * cos(w * t) - 2 * g1 * w * sin(w * t);
}

static void against_characteristics(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  static const double period[] = {12, 20};
  for (int k = 0; k < 2; k++) {
    line l;
    kd_history flow;
    kd_sea_case sea = regular(1, period[k]);
    sea.damping = 0.02;
    line_open(&l, &r, KD_END_FLOW, 0.51, true);
    const kd_string_history *h =
        march(&l, &flow, &r, &sea, KD_COUPLING_TWO_WAY, KD_STRING_BAR, &pipe_segment, 520, 300, 0.1);
    double slope, T = period[k];
    const double rho = kd_duct_water(&l.duct.fluid[CELLS / 2], 3e7, &slope);
    kd_bar bar = {0};
    const kd_bar_options o = {200, 0, 0, 0};
    assert_int_equal(kd_bar_create(&bar, &pipe_segment, 1, &sea_load, &o, &r.work), KD_OK);
    bar.head_mass = 30000, bar.damping = 0.02;
    const kd_column_model m = {.cells = CELLS,
                               .length = 6000,
                               .area = 0.25 * PI * 0.2413 * 0.2413,
                               .density = rho,
                               .wave_speed = 1 / sqrt(slope),
                               .bore = 0.2413,
                               .darcy = 0.015,
                               .flow = -0.6,
                               .deck = KD_COLUMN_OPEN,
                               .foot = KD_COLUMN_SHUT};
    kd_coupled two;
    assert_int_equal(kd_coupled_run(&two, &bar, &m, true, slow, &T, 520, 300, 0.9, T, &r.work), KD_OK);
    print_message("period %g: top %g against %g, foot %g %g, energy %g exchange %g\n", T,
                  0.5 * (h->top_most - h->top_least), two.top_tension,
                  0.5 * (h->most[KD_G_MOTION][200] - h->least[KD_G_MOTION][200]), two.foot, h->energy, h->exchange);
    assert_close(0.5 * (h->top_most - h->top_least), two.top_tension, 0.04);
    assert_true(flow.closure < 1e-10);
    assert_true(h->energy < 0.01 && h->exchange < 0.01);
  }
  rig_close(&r);
}

/* At rest the effective tension is that of the statics, whatever the model; and nothing moves. */
static void rests(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  for (int model = 0; model < 2; model++) {
    line l;
    kd_history flow;
    kd_sea_case sea = regular(0, 12);
    sea.elements = 60;
    line_open(&l, &r, KD_END_PRESSURE, 1, true);
    const kd_string_history *h =
        march(&l, &flow, &r, &sea, KD_COUPLING_TWO_WAY, (kd_string_model)model, &pipe_segment, 60, 20, 0.1);
    kd_string_load load = sea_load;
    double rho = 0;
    for (size_t i = 0; i < CELLS; i++)
      for (size_t p = 0; p < l.duct.phases; p++) rho += l.state.mass[p][i] / (double)CELLS;
    load.contents = rho;
    kd_string_point point[2];
    assert_int_equal(kd_string_profile(point, &pipe_segment, 1, &load, &r.err), KD_OK);
    assert_close(h->rest_top, point[0].effective, 1e-6);
    assert_close(h->top_least, point[0].effective, 1e-4);
    assert_close(h->top_most, point[0].effective, 1e-4);
    assert_near(h->most[KD_G_MOTION][60] - h->least[KD_G_MOTION][60], 0, 1e-3);
  }
  rig_close(&r);
}

/* Bar and beam in the same sea move alike along the string. */
static void bar_and_beam(void **state) {
  (void)state;
  rig r;
  rig_open(&r);
  double top[2];
  for (int model = 0; model < 2; model++) {
    line l;
    kd_history flow;
    kd_sea_case sea = regular(0, 12);
    sea.hs = 3, sea.elements = 60, sea.damping = 0.005, sea.skin = 0.01, sea.head_drag_area = 10, sea.waves = 30;
    line_open(&l, &r, KD_END_PRESSURE, 0.55, true);
    const kd_string_history *h =
        march(&l, &flow, &r, &sea, KD_COUPLING_TWO_WAY, (kd_string_model)model, &pipe_segment, 250, 50, 0.1);
    top[model] = h->sd[0];
    assert_true(flow.closure < 1e-10);
  }
  print_message("sd of the top tension: bar %g, beam %g N\n", top[0], top[1]);
  assert_close(top[1], top[0], 0.1);
  rig_close(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rests), cmocka_unit_test(rigid_heave),
                                     cmocka_unit_test(against_characteristics), cmocka_unit_test(bar_and_beam)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
