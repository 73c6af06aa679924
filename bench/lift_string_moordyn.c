// SPDX-License-Identifier: Apache-2.0
/* The same string in MoorDyn-C 2.7.1, for comparison: 6,000 m of pipe, 600 segments, a heave of 1 m at 8 s. MoorDyn is
 * built outside of this repository:
 *
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -I$MOORDYN/source bench/lift_string_moordyn.c -L$MOORDYN/build/source \
 *      -lmoordyn -lm -o bench_moordyn && ./bench_moordyn 600 0.0012 5
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "MoorDyn2.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  const int segments = argc > 1 ? atoi(argv[1]) : 600; /* NOLINT: a bench */
  const double step = argc > 2 ? strtod(argv[2], NULL) : 0.0012, duration = argc > 3 ? strtod(argv[3], NULL) : 5;
  const char *name = "bench_moordyn.dat";
  FILE *f = fopen(name, "w");
  if (!f) return 1;
  fprintf(
      f,
      "MoorDyn input\nstring\n--- LINE TYPES ---\nName Diam Mass EA BA EI Cd Ca CdAx CaAx\n(-) (m) (kg/m) (N) (N-s) "
      "(N-m2) (-) (-) (-) (-)\npipe 0.27305 148.244 2.654989e9 -0.8 0 1.2 1.0 0.01 0\n--- POINTS ---\nID Type X Y Z "
      "Mass "
      "Volume CdA Ca\n(-) (-) (m) (m) (m) (kg) (m3) (m2) (-)\n1 Coupled 0 0 0 0 0 0 0\n2 Free 0 0 -6006 30000 3.8217 0 "
      "0\n--- LINES ---\nID Type A B Length Segments Outputs\n(-) (-) (-) (-) (m) (-) (-)\n1 pipe 1 2 6000 %d -\n--- "
      "OPTIONS ---\n%g dtM\nrk2 tScheme\n1040 WtrDens\n6500 WtrDpth\n3e6 kBot\n3e5 cBot\n1 dtIC\n0.0001 TmaxIC\n1000 "
      "CdScaleIC\n0.99 threshIC\n0 writeLog\n--- OUTPUTS ---\nFairTen1\n--- need this line ---\n",
      segments, step);
  fclose(f);
  MoorDyn system = MoorDyn_Create(name);
  if (!system) return 1;
  MoorDyn_SetVerbosity(system, MOORDYN_NO_OUTPUT);
  double x[3] = {0, 0, 0}, v[3] = {0, 0, 0}, force[3], t = 0;
  if (MoorDyn_Init(system, x, v) != MOORDYN_SUCCESS) return 1;
  const double w = 2 * 3.14159265358979323846 / 8, start = now();
  while (t < duration) {
    double dt = 0.02;
    x[2] = sin(w * t), v[2] = w * cos(w * t);
    if (MoorDyn_Step(system, x, v, force, &t, &dt) != MOORDYN_SUCCESS) {
      printf("MoorDyn stops at %g s with %d segments and a step of %g s\n", t, segments, step);
      return 1;
    }
  }
  const double took = now() - start;
  printf("MoorDyn, RK2, %d segments, step %g s: %.1f x real time (top force %.4g kN)\n", segments, step,
         duration / took, force[2] * 1e-3);
  MoorDyn_Close(system);
  return 0;
}
