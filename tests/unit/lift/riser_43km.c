// SPDX-License-Identifier: Apache-2.0
/* A nodule air-lift of 4.3 km like the one run in the Clarion-Clipperton Zone in 2022 (86.4 t/h sustained, 12 min of
 * transit, a separator that ran over at the start: the operator's releases). Bore and air were not published: bore 0.30
 * m, 16 kg/s of air at 3.5 km and grains of 20 mm are assumed here. It shows that both figures can be met together, and
 * how large the surge then is; it validates nothing. */
#include "support/check.h"

#include <string.h>

#include "lift/settling.h"
#include "lift/transient.h"

#define AIR  16.0
#define RATE 24.0 /* kg/s: 86.4 t/h */

static void schedule(kd_duct_command *out, double time, const void *user) {
  (void)user;
  out->inlet_pressure = 43.95e6, out->outlet_pressure = 2 * 101325.0;
  out->inlet[KD_WATER] = 1045;
  out->inject[KD_GAS] = AIR * fmin(time / 600, 1);
  out->feed[KD_COARSE] = RATE * fmin(fmax(time - 1500, 0) / 300, 1);
}

static kd_status water(kd_rheology *out, double fines, const void *user, kd_error *err) {
  (void)fines, (void)user, (void)err;
  *out = (kd_rheology){0, 1.5e-3, 1};
  return KD_OK;
}

static void rate_and_transit_are_met_together(void **state) {
  (void)state;
  kd_context *ctx;
  kd_error err = {0};
  kd_work work = {.err = &err};
  assert_int_equal(kd_context_create(&ctx, NULL), KD_OK);
  work.ctx = ctx;
  assert_int_equal(kd_arena_create(&work.scratch, ctx), KD_OK);
  const kd_segment segment = {
      .length = 4300, .bore = 0.30, .area = (double)NAN, .rise = 4300, .cells = 60, .roughness = 5e-5};
  const double terminal = kd_settling_ruby_zanke(0.02, 2000, 1030, 1.5e-3, 9.80665);
  const kd_line_spec spec = {
      .segment = &segment,
      .segments = 1,
      .salinity = 0.035,
      .temperature = 4,
      .classes = 1,
      .coarse = {{2000, 0.02, terminal, kd_settling_rowe_exponent(terminal * 0.02 * 1030 / 1.5e-3)}},
      .fines_density = 2650,
      .carrier_viscosity = 1.5e-3,
      .rheology = water,
      .most_fines = 0.1,
      .transition = KD_TRANSITION_METZNER_REED,
      .d85 = (double)NAN,
      .gravity = 9.80665};
  kd_duct duct;
  kd_duct_state s;
  kd_history h;
  if (kd_line_build(&duct, &spec, &work) != KD_OK) fail_msg("%s", err.text);
  duct.inlet = duct.outlet = KD_END_PRESSURE;
  duct.inject_cell = kd_line_cell(&duct, 800), duct.feed_cell = 0;
  duct.drift =
      (kd_air_lift){.bore = 0.3, .density = 1050, .viscosity = 1.5e-3, .surface_tension = 0.075, .gravity = 9.80665};
  assert_int_equal(kd_duct_state_create(&s, &duct, &work), KD_OK);
  assert_int_equal(kd_line_fill(&s, &duct, 2 * 101325.0, 0, 0, NULL, &work), KD_OK);
  const kd_transient_run run = {
      .until = 5400, .every = 30, .most = 2, .separator = {60, 0.5}, .schedule = schedule, .user = NULL};
  if (kd_transient_march(&h, &s, &duct, &run, &work) != KD_OK) fail_msg("%s", err.text);
  double peak = 0, peak_air = 0, liquid = 0, grains = 0, arrival = 0;
  for (size_t r = 1; r < h.rows; r++) {
    peak = fmax(peak, h.value[KD_H_LIQUID_OUT][r]);
    peak_air = fmax(peak_air, h.value[KD_H_AIR_OUT][r]);
    if (arrival == 0 && h.value[KD_H_COARSE_OUT][r] >= 0.5 * RATE) arrival = h.value[KD_H_TIME][r] - 1650;
    if (r + 40 >= h.rows) liquid += h.value[KD_H_LIQUID_OUT][r] / 40, grains += h.value[KD_H_COARSE_OUT][r] / 40;
  }
  print_message("%.1f t/h, transit %.1f min, liquid %.3f m3/s; at the start %.2f times the liquid, %.2f times the air, "
                "%.1f m3 over a separator of 60 m3; closure %.1e\n",
                grains * 3.6, arrival / 60, liquid, peak / liquid, peak_air / AIR, h.value[KD_H_OVERFLOW][h.rows - 1],
                h.closure);
  assert_near(grains * 3.6, 86.4, 1.0);
  assert_near(arrival / 60, 12, 1.5);
  assert_true(peak / liquid > 1.5 && peak_air > 1.5 * AIR);
  assert_true(h.closure < 1e-10);
  kd_arena_destroy(&work.scratch);
  kd_context_destroy(&ctx);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rate_and_transit_are_met_together)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
