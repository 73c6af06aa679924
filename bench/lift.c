// SPDX-License-Identifier: Apache-2.0
/* CPU time of the lift stage for one realisation by method, and of its laws. Run from the root of the repository:
 *
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -DKD_TEST_SOURCE='"."' -Isrc -Iinclude -Itests bench/lift.c \
 *      build/release/libkaidei.a -lcmocka -lm -lpthread -o bench_lift
 */
#include <time.h>

#include "unit/lift/defaults.h"

#include "lift/friction.h"
#include "lift/herschel_bulkley.h"
#include "lift/seawater.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(void) {
  bench b;
  bench_open(&b);
  static const char *const names[] = {"closed circuit", "air-lift", "pump"};
  double sum = 0;
  for (int method = 0; method < 3; method++) {
    b.params.method = method;
    double start = now();
    for (int i = 0; i < 2000; i++) {
      bench_run_ok(&b);
      sum += b.result.power;
    }
    printf("%-28s %8.2f us\n", names[method], (now() - start) / 2000 / 1e3);
  }
  kd_rheology fluid = {3, 0.2, 0.55};
  kd_pipe_flow flow = {.fluid = fluid, .density = 1100, .bore = 0.25, .carrier_viscosity = 1.8e-3};
  kd_wall_table table;
  if (kd_wall_table_create(&table, &flow, 0.1, 20, 4) != KD_OK) return 1;
  const int count = 200000;
  double wall = 0, start = now();
  for (int i = 0; i < count; i++) {
    if (kd_herschel_bulkley_wall_stress(&wall, &fluid, 0.25, 0.2 + i * 1e-5) != KD_OK) return 1;
    sum += wall;
  }
  printf("%-28s %8.1f ns\n", "Herschel-Bulkley inverse", (now() - start) / count);
  start = now();
  for (int i = 0; i < count; i++) {
    if (kd_wall_stress(&wall, NULL, NULL, &flow, 2.0 + i * 1e-5) != KD_OK) return 1;
    sum += wall;
  }
  printf("%-28s %8.1f ns\n", "combined law, turbulent", (now() - start) / count);
  start = now();
  for (int i = 0; i < count; i++) sum += kd_wall_table_stress(&table, 0.2 + i * 1e-5);
  printf("%-28s %8.1f ns\n", "wall table", (now() - start) / count);
  start = now();
  for (int i = 0; i < count; i++) sum += kd_seawater_density(0.035, 2, 1e3 * i);
  printf("%-28s %8.1f ns\n", "density of sea water", (now() - start) / count);
  printf("(check %g)\n", sum);
  bench_close(&b);
  return 0;
}
