// SPDX-License-Identifier: Apache-2.0
/* CPU time of the flow side of the lift: laws, look-up, horizontal legs, and a line of 6 km in 200 cells in time, semi-
 * implicit and explicit. Run from the root of the repository:
 *
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude bench/lift_flow.c build/release/libkaidei.a -lm -lpthread
 * \ -o bench_lift_flow && ./bench_lift_flow
 */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "lift/dhlldv.h"
#include "lift/herschel_bulkley.h"
#include "lift/transient.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void laws(void) {
  const kd_rheology fluid = {3, 0.2, 0.55};
  const kd_pipe_flow flow = {.fluid = fluid, .density = 1100, .bore = 0.25, .carrier_viscosity = 1.8e-3};
  static kd_wall_table table;
  const int count = 400000;
  double best[4] = {1, 1, 1, 1}, sum = 0, wall = 0;
  if (kd_wall_table_create(&table, &flow, 0.1, 20, 4) != KD_OK) return;
  for (int attempt = 0; attempt < 5; attempt++) {
    double t = now();
    for (int i = 0; i < count; i++) sum += kd_wall_table_stress(&table, 0.2 + i * 1e-5);
    best[0] = fmin(best[0], (now() - t) / count);
    t = now();
    for (int i = 0; i < count; i++) {
      if (kd_herschel_bulkley_wall_stress(&wall, &fluid, 0.25, 0.2 + i * 1e-5) == KD_OK) sum += wall;
    }
    best[1] = fmin(best[1], (now() - t) / count);
    kd_leg leg = {
        .bore = 0.25, .roughness = 4.5e-5, .grain = 1e-3, .grain_density = 2650, .density = 1025, .viscosity = 1e-6};
    t = now();
    for (int i = 0; i < count / 10; i++) {
      kd_leg_state s;
      if (kd_leg_spatial(&s, &leg, 1.0 + i * 1e-4, 0.1) == KD_OK) sum += s.gradient;
    }
    best[2] = fmin(best[2], (now() - t) / (count / 10));
    t = now();
    for (int i = 0; i < count / 100; i++) {
      kd_leg_state s;
      if (kd_leg_delivered(&s, &leg, 2.0 + i * 1e-3, 0.1) == KD_OK) sum += s.gradient;
    }
    best[3] = fmin(best[3], (now() - t) / (count / 100));
  }
  printf("%-44s %9.1f ns   (bar 10)\n", "wall law, table look-up", best[0] * 1e9);
  printf("%-44s %9.1f ns   (bar 400)\n", "Herschel-Bulkley inverse, exact", best[1] * 1e9);
  printf("%-44s %9.2f us\n", "DHLLDV point, spatial", best[2] * 1e6);
  printf("%-44s %9.2f us   (check %g)\n", "DHLLDV point, delivered", best[3] * 1e6, sum);
}

static kd_status mud(kd_rheology *out, double fines, const void *user, kd_error *err) {
  (void)user, (void)err;
  const double x = fines / 0.05;
  *out = (kd_rheology){x * x * x, 1.5e-3 * exp(x * log(0.1 / 1.5e-3)), fmax(1 - 0.4 * x, 0.3)};
  return KD_OK;
}

typedef struct rig {
  double air, fines;
} rig;

static void schedule(kd_duct_command *out, double time, const void *user) {
  const rig *r = user;
  out->inlet_pressure = 60.5e6, out->outlet_pressure = 1.2e5;
  out->inlet[KD_WATER] = 1045;
  out->inject[KD_GAS] = r->air * fmin(time / 300, 1);
  out->feed[KD_FINES] = r->fines * fmin(fmax(time - 1200, 0) / 600, 1), out->feed[KD_WATER] = 1.4 * out->feed[KD_FINES];
  out->feed[KD_COARSE] = 0.1 * out->feed[KD_FINES];
}

static void pumped(kd_duct_command *out, double time, const void *user) {
  (void)user;
  out->outlet_pressure = 3e5;
  out->inlet[KD_WATER] = 100 * fmin(time / 60, 1);
  out->inlet[KD_FINES] = 13 * fmin(fmax(time - 100, 0) / 200, 1), out->inlet[KD_COARSE] = 0.1 * out->inlet[KD_FINES];
}

static double factor(bool air, bool explicit_solver, bool first_order, size_t classes, double until) {
  kd_context *ctx;
  kd_error err = {0};
  kd_work work = {.err = &err};
  double best = 0;
  for (int attempt = 0; attempt < 3; attempt++) {
    if (kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&work.scratch, ctx) != KD_OK) return 0;
    work.ctx = ctx;
    const kd_segment segment = {
        .length = 6000, .bore = 0.25, .area = (double)NAN, .rise = 6000, .cells = 200, .roughness = 5e-5};
    kd_line_spec spec = {.segment = &segment,
                         .segments = 1,
                         .salinity = 0.035,
                         .temperature = 4,
                         .fines_density = 2650,
                         .carrier_viscosity = 1.5e-3,
                         .rheology = mud,
                         .most_fines = 0.15,
                         .classes = classes,
                         .transition = KD_TRANSITION_SLATTER,
                         .d85 = (double)NAN,
                         .gravity = 9.81};
    for (size_t k = 0; k < classes; k++) spec.coarse[k] = (kd_coarse){2650, 1e-3, 0.1 * (double)(k + 1), 3};
    kd_duct duct;
    kd_duct_state state;
    kd_history h;
    const rig r = {2, 7};
    if (kd_line_build(&duct, &spec, &work) != KD_OK) return 0;
    duct.inlet = air ? KD_END_PRESSURE : KD_END_FLOW, duct.outlet = KD_END_PRESSURE;
    duct.inject_cell = 100, duct.feed_cell = 0, duct.first_order = first_order;
    duct.drift =
        (kd_air_lift){.bore = 0.25, .density = 1050, .viscosity = 1.5e-3, .surface_tension = 0.075, .gravity = 9.81};
    if (kd_duct_state_create(&state, &duct, &work) != KD_OK) return 0;
    if (kd_line_fill(&state, &duct, 3e5, 0, 0, NULL, &work) != KD_OK) return 0;
    const kd_transient_run run = {.until = until,
                                  .every = 60,
                                  .most = 2,
                                  .explicit_solver = explicit_solver,
                                  .schedule = air ? schedule : pumped,
                                  .user = &r};
    const double t = now();
    if (kd_transient_march(&h, &state, &duct, &run, &work) != KD_OK) {
      printf("%s\n", err.text);
      return 0;
    }
    best = fmax(best, until / (now() - t));
    if (attempt == 0)
      printf("  %zu steps, %.2f passes, %zu halved, closure %.1e, liquid %.4f m3/s\n", h.steps,
             (double)state.iterations / (double)h.steps, h.halved, h.closure, h.value[KD_H_LIQUID_OUT][h.rows - 1]);
    kd_arena_destroy(&work.scratch);
    kd_context_destroy(&ctx);
  }
  return best;
}

int main(void) {
  laws();
  printf("%-44s %9.0f x real time (bar 3,000)\n", "pumped slurry, semi-implicit", factor(false, false, false, 0, 7200));
  printf("%-44s %9.0f x real time (bar 3,000)\n", "the same with two coarse classes",
         factor(false, false, false, 2, 7200));
  printf("%-44s %9.0f x real time (bar 3,000)\n", "air-lift of slurry, semi-implicit",
         factor(true, false, false, 0, 7200));
  printf("%-44s %9.0f x real time (bar 3,000)\n", "the same with two coarse classes",
         factor(true, false, false, 2, 7200));
  printf("%-44s %9.0f x real time (bar 700)\n", "pumped slurry, explicit, first order",
         factor(false, true, true, 0, 300));
  printf("%-44s %9.0f x real time\n", "pumped slurry, explicit, second order", factor(false, true, false, 0, 150));
  printf("%-44s %9.0f x real time (bar 700)\n", "air-lift, explicit, first order", factor(true, true, true, 0, 300));
  return 0;
}
