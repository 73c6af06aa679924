// SPDX-License-Identifier: Apache-2.0
/* Every drift-flux law beside every friction law against two papers of measured air-lifts: rms and worst peak. Run from
 * the root of the repository:
 *
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude -Itests bench/lift_air.c build/release/libkaidei.a -lm \
 *     -lpthread -o bench_lift_air && ./bench_lift_air
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lift/air.h"
#include "lift/air_lift.h"
#include "unit/lift/air_lift_data.h"

/* Water [L/s] for air [L/s at the outlet's pressure times `pressure`]. */
static double water(const rig_run *run, double air, kd_drift_law drift, kd_two_phase_law friction, bool mean) {
  const double area = 0.7853981633974483 * run->bore * run->bore,
               foot = 998.2 * 9.80665 * run->submergence * run->height;
  const double factor = mean ? 1.0 + 0.5 * foot / 101325 : 1.0;
  const kd_pipe_flow flow = {.fluid = {0, 1.002e-3, 1.0},
                             .density = 998.2,
                             .bore = run->bore,
                             .carrier_viscosity = 1.002e-3,
                             .law = KD_FRICTION_NEWTONIAN,
                             .transition = KD_TRANSITION_METZNER_REED};
  static kd_wall_table wall;
  const double fastest = 10 + 4e-3 * air / area;
  if (kd_wall_table_create(&wall, &flow, 1e-3 * fastest, fastest, 2) != KD_OK) return 0;
  const kd_air_lift lift = {.bore = run->bore,
                            .density = 998.2,
                            .viscosity = 1.002e-3,
                            .surface_tension = kd_water_surface_tension(293.15),
                            .gravity = 9.80665,
                            .wall = &wall,
                            .temperature = 293.15,
                            .drift = drift,
                            .friction = friction};
  const double flux = factor * air * 1e-3 * 101325 / (KD_AIR_GAS_CONSTANT * 293.15) / area;
  return 1e3 * area * kd_air_lift_water(&lift, flux, run->submergence * run->height, run->height, 101325);
}

static void paper(const char *name, kd_drift_law drift, kd_two_phase_law friction, bool mean) {
  double sum = 0, worst = 0;
  int points = 0;
  for (size_t r = 0; r < RIG_RUNS; r++) {
    const rig_run *run = &rig_runs[r];
    if (strcmp(run->name, name) != 0 || run->submergence < 0.44) continue;
    for (size_t i = 0; i < 7; i++, points++) {
      const double e = water(run, run->point[i].air, drift, friction, mean) / run->point[i].water - 1;
      sum += e * e;
    }
    double best = 0;
    for (double air = 0.2; air < 5; air *= 1.1) best = fmax(best, water(run, air, drift, friction, mean));
    const double e = best / run->peak.water - 1;
    if (fabs(e) > fabs(worst)) worst = e;
  }
  printf(" | %5.1f %+6.1f", sqrt(sum / points) * 100, worst * 100);
}

int main(void) {
  static const char *const drifts[] = {"auto",    "slug", "large_pipe",          "reinemann",     "viana",
                                       "rouhani", "choi", "woldesemayat_ghajar", "bhagwat_ghajar"};
  static const char *const frictions[] = {"slurry", "friedel", "muller_steinhagen_heck", "lockhart_martinelli",
                                          "homogeneous"};
  printf("%-20s %-23s | Stenning rms peak | Todoroki rms peak (%%)\n", "drift", "friction");
  for (int d = 0; d < 9; d++) {
    for (int f = 0; f < 5; f++) {
      printf("%-20s %-23s", drifts[d], frictions[f]);
      paper("Stenning", (kd_drift_law)d, (kd_two_phase_law)f, false);
      paper("Todoroki", (kd_drift_law)d, (kd_two_phase_law)f, false);
      printf("\n");
    }
  }
  printf("air taken at the mean pressure of the riser instead of the outlet's:\n");
  for (int d = 0; d < 9; d += 8) {
    printf("%-20s %-23s", drifts[d], frictions[d / 8]);
    paper("Stenning", (kd_drift_law)d, (kd_two_phase_law)(d / 8), true);
    paper("Todoroki", (kd_drift_law)d, (kd_two_phase_law)(d / 8), true);
    printf("\n");
  }
  return 0;
}
