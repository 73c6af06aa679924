// SPDX-License-Identifier: Apache-2.0
/* CPU time of the string: march in time, beam, sea states, operability. Run from the root of the repository:
 *
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude bench/lift_string.c build/release/libkaidei.a \
 *      $(pkg-config --libs libfyaml jansson sqlite3 netcdf) -lxlsxwriter -lm -lpthread -o bench_lift_string
 *
 * The string is 6,000 m of 10 3/4 in pipe with a wall of 5/8 in, full of sea water that moves along, 30 t at its foot.
 */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "base/context.h"
#include "base/work.h"
#include "lift/coupling.h"
#include "lift/coupling_line.h"
#include "lift/operability.h"
#include "lift/string_sea.h"

#define PI 3.14159265358979323846

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static kd_string_segment segment = {6000, 0.2413, 0.27305, 7850, 207e9, 758e6, 1, 0, 0, 0, 0, 0};
static kd_string_load load = {.contents = 1040,
                              .conduit_contents = 1040,
                              .water = 1040,
                              .gravity = 9.80665,
                              .head_mass = 30000,
                              .head_weight = 30000 * 9.80665 * (1 - 1040.0 / 7850),
                              .top_pressure = (double)NAN,
                              .poisson = 0.3,
                              .wall_tolerance = 0.875};

/* A regular heave of 1 m at 8 s, from the exact steady state: worst amplitude error and speed over real time. */
static void axial(kd_work *work, size_t elements, double step, double drag) {
  const kd_bar_options options = {elements, 1, 0, drag};
  kd_bar bar = {0};
  kd_axial_march *march = NULL;
  kd_heave_transfer exact;
  kd_arena_reset(work->scratch);
  if (kd_bar_create(&bar, &segment, 1, &load, &options, work) != KD_OK) return;
  bar.head_mass = load.head_mass;
  bar.head_drag = drag > 0 ? 0.5 * 1040 * 10 : 0;
  const double period = 8, w = 2 * PI / period;
  if (kd_heave_transfer_solve(&exact, 6000, bar.mass[0], bar.stiffness[0], bar.head_mass, 1, period, 0, 0, work->err))
    return;
  double best = HUGE_VAL, foot = 0, top = 0;
  for (int attempt = 0; attempt < 5; attempt++) {
    if (kd_axial_march_create(&march, &bar, step, 0.9, period, work) != KD_OK) return;
    double *u = kd_arena_alloc(work->scratch, 3 * (elements + 1), sizeof *u), *v = u + elements + 1;
    const double k = w / sqrt(bar.stiffness[0] / bar.mass[0]), n = bar.head_mass * k / bar.mass[0], x = k * 6000;
    const double b = (sin(x) + n * cos(x)) / (cos(x) - n * sin(x));
    for (size_t i = 0; i <= elements; i++) {
      const double s = 6000.0 * (double)i / (double)elements;
      v[i] = w * (cos(k * s) + b * sin(k * s));
    }
    kd_axial_march_start(march, u, v, u);
    const long steps = (long)(3600 / step);
    foot = top = 0;
    const double start = now();
    for (long i = 1; i <= steps; i++) {
      const double t = step * (double)i, s = sin(w * t);
      kd_axial_march_step(march, s, w * cos(w * t), -w * w * s);
      foot = fmax(foot, fabs(kd_axial_march_foot(march)));
      top = fmax(top, fabs(kd_axial_march_top_tension(march)));
    }
    best = fmin(best, now() - start);
  }
  printf("axial march, %4zu elements, step %.3f s%s: %8.0f x real time, %.2f us a step", elements, step,
         drag > 0 ? ", drag" : "", 3600 / best, best / 3600 * step * 1e6);
  if (drag > 0)
    printf("\n");
  else
    printf("; foot %+.3f %%, top %+.3f %% of exact\n", 100 * (foot / fabs(exact.foot) - 1),
           100 * (top / exact.top_tension - 1));
}

/* 600 elements with bending in waves and current, over a thousand seconds. */
static void beam(kd_work *work, size_t elements) {
  const double depth[] = {0}, speed[] = {0.2};
  const kd_current current = {depth, speed, 1};
  const kd_sea_case c = {.elements = (double)elements,
                         .hs = 4,
                         .tp = 12,
                         .gamma = 3.3,
                         .heading = PI,
                         .duration = 900,
                         .step = 0.1,
                         .lead_in = 100,
                         .waves = 60,
                         .radius = 0.8,
                         .drag = 1.2,
                         .skin = 0.01,
                         .added = 1,
                         .head_drag_area = 10,
                         .damping = 0.005,
                         .hold_stiffness = HUGE_VAL,
                         .hull = {210, 38, 9.2, 1, 0, 0, 0}};
  double best = HUGE_VAL;
  kd_sea_result r = {0};
  for (int attempt = 0; attempt < 3; attempt++) {
    kd_arena_reset(work->scratch);
    const double start = now();
    if (kd_sea_case_run(&r, &segment, 1, &load, &current, &c, NULL, NULL, work) != KD_OK) return;
    best = fmin(best, now() - start);
  }
  printf("beam, %zu elements, waves and current, step 0.1 s: %.0f x real time, %.2f rounds a step, %lu steps halved\n",
         elements, 1000 / best, (double)r.count.rounds / (double)r.count.steps, r.count.halvings);
}

static void table(kd_work *work) {
  double hs[12], tp[10], heading[8], best = HUGE_VAL;
  for (int i = 0; i < 12; i++) hs[i] = 0.5 * (i + 1);
  for (int i = 0; i < 10; i++) tp[i] = 6 + i;
  for (int i = 0; i < 8; i++) heading[i] = PI * i / 7;
  for (int attempt = 0; attempt < 3; attempt++) {
    kd_arena_reset(work->scratch);
    kd_bar bar = {0};
    const kd_bar_options options = {30, 1, 0, 0.01};
    if (kd_bar_create(&bar, &segment, 1, &load, &options, work) != KD_OK) return;
    bar.head_mass = load.head_mass, bar.head_weight = load.head_weight, bar.head_drag = 5200, bar.damping = 0.005;
    kd_operability o = {.hs = hs,
                        .tp = tp,
                        .heading = heading,
                        .hs_count = 12,
                        .tp_count = 10,
                        .heading_count = 8,
                        .gamma = (double)NAN,
                        .ship = {.hull = {210, 38, 9.2, 1, 0, 0, 0}},
                        .duration = 10800,
                        .allowable = 0.67,
                        .hook_load = 12.3e6,
                        .slack_share = 0.9};
    kd_operability_cell *cell = kd_arena_alloc(work->scratch, 960, sizeof *cell);
    const double start = now();
    if (!cell || kd_operability_solve(cell, &o, &bar, work) != KD_OK) return;
    best = fmin(best, now() - start);
  }
  printf("operability, 12 x 10 x 8 seas: %.3f s\n", best);
}

static void heave(double *z, double *dz, double *ddz, double t, void *user) {
  const double w = 2 * PI / 12;
  (void)user;
  *z = sin(w * t), *dz = w * cos(w * t), *ddz = -w * w * sin(w * t);
}

static void coupled(kd_work *work, size_t elements, size_t cells) {
  kd_arena_reset(work->scratch);
  kd_bar bar = {0};
  const kd_bar_options options = {elements, 0, 0, 0.01};
  if (kd_bar_create(&bar, &segment, 1, &load, &options, work) != KD_OK) return;
  bar.head_mass = load.head_mass, bar.head_drag = 5200, bar.damping = 0.005;
  const kd_column_model m = {.cells = cells,
                             .length = 6000,
                             .area = 0.0457,
                             .density = 1040,
                             .wave_speed = 1390,
                             .bore = 0.2413,
                             .darcy = 0.02,
                             .flow = -2,
                             .deck = KD_COLUMN_OPEN,
                             .foot = KD_COLUMN_SHUT};
  kd_coupled r;
  const double start = now();
  if (kd_coupled_run(&r, &bar, &m, true, heave, NULL, 10800, 600, 0.8, 12, work) != KD_OK) return;
  printf("string and liquid, 3 h, %zu elements and %zu cells, two ways: %.0f x real time\n", elements, cells,
         10800 / (now() - start));
}

static kd_status water(kd_rheology *out, double fines, const void *user, kd_error *err) {
  (void)user, (void)fines, (void)err;
  *out = (kd_rheology){0, 1.8e-3, 1};
  return KD_OK;
}

typedef struct ends {
  double inlet, outlet, feed;
} ends;
static void keep(kd_duct_command *out, double time, const void *user) {
  const ends *e = user;
  (void)time;
  out->inlet_pressure = e->inlet, out->outlet_pressure = e->outlet, out->inlet[KD_WATER] = e->feed;
}

/* A riser of water flowing at 1 m/s from a flow that enters, in a sea of 3 m and 10 s; a tenth of three hours. */
static void with_line(kd_work *work, size_t elements, size_t cells, kd_string_model model) {
  kd_duct duct;
  kd_duct_state state;
  kd_history flow;
  kd_string_history *h = NULL;
  kd_line_coupling *c = NULL;
  kd_arena_reset(work->scratch);
  const double until = 1080;
  const kd_segment s = {.length = 6000, .bore = 0.2413, .area = (double)NAN, .rise = 6000, .cells = cells};
  const kd_line_spec line = {.segment = &s,
                             .segments = 1,
                             .salinity = 0.035,
                             .temperature = 2,
                             .fines_density = 2650,
                             .carrier_viscosity = 1.8e-3,
                             .rheology = water,
                             .most_fines = 0.1,
                             .gravity = 9.80665};
  const kd_sea_case sea = {.elements = (double)elements,
                           .hs = 3,
                           .tp = 10,
                           .gamma = 3.3,
                           .heading = PI,
                           .waves = 60,
                           .radius = 0.8,
                           .drag = 1.2,
                           .skin = 0.01,
                           .added = 1,
                           .head_drag_area = 10,
                           .damping = 0.005,
                           .hold_stiffness = HUGE_VAL,
                           .hull = {210, 38, 9.2, 1, 0, 0, 0}};
  ends e = {0, 101325, 1045 * 0.0457};
  if (kd_line_build(&duct, &line, work) != KD_OK || kd_duct_state_create(&state, &duct, work) != KD_OK) return;
  duct.inlet = KD_END_FLOW, duct.outlet = KD_END_PRESSURE, duct.theta = 0.55, duct.static_ratio = 1;
  if (kd_line_fill(&state, &duct, e.outlet, 0.0457, 0, NULL, work) != KD_OK) return;
  const kd_line_coupling_spec spec = {.duct = &duct,
                                      .segments = &segment,
                                      .count = 1,
                                      .load = load,
                                      .sea = &sea,
                                      .way = KD_COUPLING_TWO_WAY,
                                      .model = model,
                                      .step = 0.1,
                                      .settle = 100,
                                      .every = 1,
                                      .until = until};
  if (kd_line_coupling_create(&c, &spec, &state, work) != KD_OK) return;
  const kd_transient_run run = {.until = until,
                                .every = 60,
                                .most = 0.1,
                                .schedule = keep,
                                .user = &e,
                                .before = kd_line_coupling_before,
                                .before_user = c};
  const double start = now();
  if (kd_transient_march(&flow, &state, &duct, &run, work) != KD_OK ||
      kd_line_coupling_finish(&h, c, work->err) != KD_OK) {
    printf("coupled: %s\n", work->err->text);
    return;
  }
  printf(
      "%s of %zu elements and three-phase line of %zu cells, sea, two ways: %.0f x real time, mass %.1e, energy %.1e, "
      "exchange %.1e\n",
      model == KD_STRING_BAR ? "bar" : "beam", elements, cells, until / (now() - start), flow.closure, h->energy,
      h->exchange);
}

int main(void) {
  kd_context *ctx = NULL;
  kd_arena *scratch = NULL;
  kd_error err = {0};
  if (kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&scratch, ctx) != KD_OK) return 1;
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err};
  axial(&work, 600, 0.05, 0);
  axial(&work, 600, 0.1, 0);
  axial(&work, 600, 0.1, 0.01);
  axial(&work, 100, 0.1, 0.01);
  beam(&work, 600);
  table(&work);
  coupled(&work, 600, 200);
  coupled(&work, 200, 100);
  with_line(&work, 600, 200, KD_STRING_BAR);
  with_line(&work, 600, 200, KD_STRING_BEAM);
  with_line(&work, 200, 200, KD_STRING_BEAM);
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
  return 0;
}
