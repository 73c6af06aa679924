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
#include "lift/string_axial.h"
#include "lift/string_frequency.h"

#define PI 3.14159265358979323846

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static kd_segment segment = {6000, 0.2413, 0.27305, 7850, 207e9, 758e6, 1, 0, 0, 0, 0, 0};
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
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
  return 0;
}
