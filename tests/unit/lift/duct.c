// SPDX-License-Identifier: Apache-2.0
/* Lines in time against known answers: shock tube by both solvers with observed orders, water hammer, hydrostatic rest,
 * a yield stress that holds, conservation of every phase, the twin against the semi-implicit solver. */
#include "support/check.h"

#include <stdio.h>
#include <string.h>

#include "lift/duct_cases.h"
#include "lift/transient.h"

typedef struct room {
  kd_context *ctx;
  kd_error err;
  kd_work work;
} room;

static void open_room(room *r) {
  memset(r, 0, sizeof *r);
  assert_int_equal(kd_context_create(&r->ctx, NULL), KD_OK);
  r->work = (kd_work){.ctx = r->ctx, .err = &r->err};
  assert_int_equal(kd_arena_create(&r->work.scratch, r->ctx), KD_OK);
}

static void close_room(room *r) {
  kd_arena_destroy(&r->work.scratch);
  kd_context_destroy(&r->ctx);
}

static double gas_share(const kd_duct *d, const kd_duct_state *s, size_t i) {
  double slope;
  return s->mass[KD_GAS][i] / kd_duct_gas(&d->fluid[i], s->pressure[i], &slope);
}

/* Mean misfit of the gas share over the tube, against the solution of the jump conditions. */
static double misfit(const kd_duct *d, const kd_duct_state *s) {
  double sum = 0;
  const double n = (double)d->cells;
  for (size_t i = 0; i < d->cells; i++) {
    const double x = 100 * ((double)i + 0.5) / n;
    const double exact = x < 39.541483 ? 0.55 : x < 59.998772 ? 0.5 : x < 70.935662 ? 0.24001201 : 0.55;
    sum += fabs(gas_share(d, s, i) - exact) / n;
  }
  return sum;
}

static void shock_tube_plateaus(void **state) {
  (void)state;
  room r;
  for (int solver = 0; solver < 2; solver++) {
    double last = 0;
    for (size_t cells = 100; cells <= 400; cells *= 2) {
      open_room(&r);
      kd_duct d;
      kd_duct_state s;
      if (kd_duct_shock_tube(&d, &s, cells, 1.0, solver == 1, false, 0.25, &r.work) != KD_OK)
        fail_msg("%s", r.err.text);
      const double error = misfit(&d, &s);
      print_message("%s, %zu cells: mean misfit of the gas share %.4f%s", solver ? "explicit" : "semi-implicit", cells,
                    error, last > 0 ? "" : "\n");
      if (last > 0) print_message(", observed order %.2f\n", log2(last / error));
      if (last > 0) assert_true(log2(last / error) > 0.6); /* jumps: first order is the most there is */
      last = error;
      if (cells == 400) {
        const size_t a = 200, b = 262;
        assert_close(s.pressure[a], 100002.473, 2e-3);
        assert_close(s.pressure[b], 100503.798, 2e-3);
        assert_close(gas_share(&d, &s, a), 0.5, 2e-3);
        assert_close(gas_share(&d, &s, b), 0.240012, 2e-3);
        assert_close(s.velocity[KD_WATER][a], 8.286783, 2e-3);
        assert_close(s.velocity[KD_WATER][b], 8.872446, 2e-3);
        assert_close(s.velocity[KD_GAS][a], 9.998771, 2e-3);
        for (size_t p = 0; p < 2; p++) {
          double before = 0, slope;
          for (size_t i = 0; i < cells; i++) {
            const double pressure = 2 * i < cells ? 80450 : 24282;
            before += d.volume[i] * (p == KD_GAS ? 0.55 * kd_duct_gas(&d.fluid[i], pressure, &slope)
                                                 : 0.45 * kd_duct_water(&d.fluid[i], pressure, &slope));
          }
          assert_near(kd_duct_mass(&s, &d, p) - before - s.in[p] + s.out[p], 0, 1e-12 * (before + s.in[p] + s.out[p]));
        }
      }
      close_room(&r);
    }
  }
}

static void hammer_is_joukowsky(void **state) {
  (void)state;
  for (int wall = 0; wall < 2; wall++) {
    for (int solver = 0; solver < 2; solver++) {
      room r;
      open_room(&r);
      kd_duct d;
      kd_duct_state s;
      const kd_hammer h = {6000, 1080, 2.3e9, 0.25, wall ? 0.012 : 0, 207e9, 1e-3, 1e7};
      const double a = kd_hammer_speed(&h);
      assert_close(a, wall ? 1315.0373792 : 1459.3250597, 1e-9);
      assert_int_equal(kd_hammer_start(&d, &s, &h, 200, &r.work), KD_OK);
      if (solver)
        for (size_t i = 0; i < 200; i++) s.momentum[i] = h.density * h.velocity;
      d.theta = 1;
      assert_int_equal(kd_hammer_run(&s, &d, &h, 0.5 * h.length / a, 0.5, solver == 1, &r.err), KD_OK);
      assert_close(s.pressure[199] - h.pressure, h.density * a * h.velocity, 1e-6);
      assert_close(s.pressure[150] - h.pressure, h.density * a * h.velocity, 1e-5);
      close_room(&r);
    }
  }
}

static kd_status mud(kd_rheology *out, double fines, const void *user, kd_error *err) {
  (void)err;
  const double x = fines / 0.05;
  *out = (kd_rheology){*(const double *)user * x * x * x, 1.5e-3 * exp(x * log(0.1 / 1.5e-3)), fmax(1 - 0.4 * x, 0.3)};
  return KD_OK;
}

static kd_line_spec riser(const kd_segment *segment, const double *yield) {
  return (kd_line_spec){.segment = segment,
                        .segments = 1,
                        .salinity = 0.035,
                        .temperature = 4,
                        .fines_density = 2650,
                        .carrier_viscosity = 1.5e-3,
                        .rheology = mud,
                        .rheology_user = yield,
                        .most_fines = 0.15,
                        .transition = KD_TRANSITION_SLATTER,
                        .d85 = (double)NAN,
                        .gravity = 9.81};
}

static const kd_segment pipe_6km = {
    .length = 6000, .bore = 0.25, .area = (double)NAN, .rise = 6000, .cells = 100, .roughness = 5e-5};

static void closed_ends(kd_duct_command *out, double time, const void *user) {
  (void)time;
  out->outlet_pressure = *(const double *)user;
  out->inlet_pressure = ((const double *)user)[1];
  out->inlet[KD_WATER] = 1045;
}

/* A filled column with its own foot pressure outside stays where it is; one pressed less than its gel holds too. */
static void gel_holds_below_its_yield(void **state) {
  (void)state;
  for (int over = 0; over < 3; over++) {
    room r;
    open_room(&r);
    const double yield = 2;
    const kd_line_spec spec = riser(&pipe_6km, &yield);
    kd_duct d;
    kd_duct_state s;
    kd_history h;
    assert_int_equal(kd_line_build(&d, &spec, &r.work), KD_OK);
    d.inlet = d.outlet = KD_END_PRESSURE;
    d.static_ratio = 5, d.gel_time = 1e9;
    assert_int_equal(kd_duct_state_create(&s, &d, &r.work), KD_OK);
    double shares[100];
    for (int i = 0; i < 100; i++) shares[i] = 0.05, s.gel[i] = 1;
    assert_int_equal(kd_line_fill(&s, &d, 3e5, 0, 0, shares, &r.work), KD_OK);
    /* Static yield 10 Pa: 4 x 10 x 6000/0.25 = 0.96 MPa; press with shares of that. Below the dynamic yield (a fifth)
     * nothing can move; over the static one all must; between them a gel that gives under pressure breaks from the foot
     * on, piece by piece. */
    static const double part[3] = {0, 0.18, 1.2};
    const double below = s.pressure[0] + 0.5 * d.length[0] * 9.81 * (s.mass[KD_WATER][0] + s.mass[KD_FINES][0]);
    const double ends[2] = {3e5, below + part[over] * 0.96e6};
    const kd_transient_run run = {.until = 900, .every = 60, .most = 1, .schedule = closed_ends, .user = ends};
    if (kd_transient_march(&h, &s, &d, &run, &r.work) != KD_OK) fail_msg("%s", r.err.text);
    const double speed = fabs(h.value[KD_H_OUTLET_FLOW][h.rows - 1]) / d.area[0];
    print_message("pressed with %g of the static yield: %.2e m/s, gel %.3f\n",
                  over == 0   ? 0.0
                  : over == 1 ? 0.8
                              : 1.2,
                  speed, h.value[KD_H_GEL][h.rows - 1]);
    if (over < 2)
      assert_true(speed < 2e-4);
    else
      assert_true(speed > 0.3);
    assert_true(h.closure < 1e-10);
    close_room(&r);
  }
}

static void fed(kd_duct_command *out, double time, const void *user) {
  (void)user;
  out->outlet_pressure = 3e5;
  out->inlet[KD_WATER] = 60 * fmin(time / 60, 1);
  out->inlet[KD_FINES] = 8 * fmin(fmax(time - 60, 0) / 60, 1);
}

/* Both solvers, the same line: 300 s of start. */
static void twin_agrees(void **state) {
  (void)state;
  double flow[2], pressure[2];
  for (int solver = 0; solver < 2; solver++) {
    room r;
    open_room(&r);
    const double yield = 1;
    kd_segment short_pipe = pipe_6km;
    short_pipe.length = short_pipe.rise = 1000, short_pipe.cells = 50;
    const kd_line_spec spec = riser(&short_pipe, &yield);
    kd_duct d;
    kd_duct_state s;
    kd_history h;
    assert_int_equal(kd_line_build(&d, &spec, &r.work), KD_OK);
    d.inlet = KD_END_FLOW, d.outlet = KD_END_PRESSURE;
    assert_int_equal(kd_duct_state_create(&s, &d, &r.work), KD_OK);
    assert_int_equal(kd_line_fill(&s, &d, 3e5, 0, 0, NULL, &r.work), KD_OK);
    const kd_transient_run run = {
        .until = 300, .every = 20, .most = 0.5, .explicit_solver = solver == 1, .schedule = fed};
    if (kd_transient_march(&h, &s, &d, &run, &r.work) != KD_OK) fail_msg("%s", r.err.text);
    flow[solver] = h.value[KD_H_LIQUID_OUT][h.rows - 1];
    pressure[solver] = h.value[KD_H_INLET_PRESSURE][h.rows - 1];
    assert_true(h.closure < 1e-10);
    close_room(&r);
  }
  assert_close(flow[1], flow[0], 1e-3);
  assert_close(pressure[1], pressure[0], 2e-4);
}

/* Settling grains in a shut line: all phases are kept, and grains end at the floor, no denser than they pack. */
static void still(kd_duct_command *out, double time, const void *user) {
  (void)time, (void)user;
  out->outlet_pressure = 3e5;
}

static void grains_settle_and_stay(void **state) {
  (void)state;
  room r;
  open_room(&r);
  const double yield = 0;
  kd_segment column = pipe_6km;
  column.length = column.rise = 100, column.cells = 100;
  kd_line_spec spec = riser(&column, &yield);
  spec.classes = 2;
  spec.coarse[0] = (kd_coarse){2650, 1e-3, 0.15, 3};
  spec.coarse[1] = (kd_coarse){2650, 5e-3, 0.35, 2.5};
  kd_duct d;
  kd_duct_state s;
  kd_history h;
  assert_int_equal(kd_line_build(&d, &spec, &r.work), KD_OK);
  d.inlet = KD_END_CLOSED, d.outlet = KD_END_PRESSURE;
  assert_int_equal(kd_duct_state_create(&s, &d, &r.work), KD_OK);
  double shares[300];
  for (int i = 0; i < 100; i++) shares[3 * i] = 0, shares[3 * i + 1] = 0.05, shares[3 * i + 2] = 0.05;
  assert_int_equal(kd_line_fill(&s, &d, 3e5, 0, 0, shares, &r.work), KD_OK);
  const kd_transient_run run = {.until = 3000, .every = 300, .most = 1, .schedule = still};
  if (kd_transient_march(&h, &s, &d, &run, &r.work) != KD_OK) fail_msg("%s", r.err.text);
  assert_true(h.closure < 1e-10);
  double floor_share = 0, top_share = 0;
  for (size_t p = KD_COARSE; p < d.phases; p++) {
    floor_share += s.mass[p][2] / 2650;
    top_share += s.mass[p][60] / 2650;
  }
  assert_true(floor_share > 0.5 && floor_share < 0.601);
  assert_true(top_share < 1e-3);
  assert_true(h.value[KD_H_DENSEST][h.rows - 1] < 0.601);
  close_room(&r);
}

static void what_is_no_line_is_refused(void **state) {
  (void)state;
  room r;
  open_room(&r);
  const double yield = 0;
  kd_duct d;
  kd_segment bad = pipe_6km;
  bad.bore = 0;
  kd_line_spec spec = riser(&bad, &yield);
  assert_int_equal(kd_line_build(&d, &spec, &r.work), KD_E_RANGE);
  assert_non_null(strstr(r.err.text, "bore 0 m must be above 0 m"));
  bad = pipe_6km, bad.cells = 2;
  assert_int_equal(kd_line_build(&d, &spec, &r.work), KD_E_RANGE);
  assert_non_null(strstr(r.err.text, "mesh is too coarse"));
  bad = pipe_6km, bad.rise = 7000;
  assert_int_equal(kd_line_build(&d, &spec, &r.work), KD_E_RANGE);
  close_room(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shock_tube_plateaus),       cmocka_unit_test(hammer_is_joukowsky),
      cmocka_unit_test(gel_holds_below_its_yield), cmocka_unit_test(twin_agrees),
      cmocka_unit_test(grains_settle_and_stay),    cmocka_unit_test(what_is_no_line_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
