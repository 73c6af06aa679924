// SPDX-License-Identifier: Apache-2.0
/* CPU time of the plant's solvers, beside a general solver where there is one to be had. Each figure is the best of
 * several, peer and ours in turn. Run from the root of the source after ./dev build of the release preset:
 *   cc -std=c17 -O3 -DNDEBUG -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude bench/process_plant.c build/release/libkaidei.a
 * \
 *     $(pkg-config --libs libfyaml jansson sqlite3 netcdf) -lxlsxwriter -lsundials_ida -lsundials_nvecserial \
 *     -lsundials_sunmatrixband -lsundials_sunlinsolband -lm -lpthread -o build/process_plant
 * The peer is IDA of SUNDIALS with a banded Jacobian (package libsundials-dev); this bench alone links it. */
#include <ida/ida.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>
#include <time.h>

#include "process/column.h"
#include "process/leach_mud.h"
#include "process/sorption.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* --- column: the same grid by IDA ------------------------------------------------------------------------------- */

typedef struct grid {
  int cells;
  double f, affinity; /* F dz/v; k_a 1, q_max 1, c0 1 */
} grid;

/* Unknowns q_j, c_j interleaved, j = 0 .. cells: dq/dth = r(c, q); c_j - c_(j-1) + f/2 (r_j + r_(j-1)) = 0, c_0 = 1. */
static int residual(realtype t, N_Vector y, N_Vector yp, N_Vector res, void *user) {
  (void)t;
  const grid *g = user;
  const double *u = N_VGetArrayPointer(y), *up = N_VGetArrayPointer(yp);
  double *r = N_VGetArrayPointer(res), before = 0;
  for (int j = 0; j <= g->cells; j++) {
    const double q = u[2 * j], c = u[2 * j + 1], rate = c * (1 - q) - q / g->affinity;
    r[2 * j] = up[2 * j] - rate;
    r[2 * j + 1] = j == 0 ? c - 1 : c - u[2 * j - 1] + 0.5 * g->f * (rate + before);
    before = rate;
  }
  return 0;
}

static int jacobian(realtype t, realtype cj, N_Vector y, N_Vector yp, N_Vector res, SUNMatrix m, void *user, N_Vector a,
                    N_Vector b, N_Vector c3) {
  (void)t, (void)yp, (void)res, (void)a, (void)b, (void)c3;
  const grid *g = user;
  const double *u = N_VGetArrayPointer(y);
  double bq = 0, bc = 0;
  for (int j = 0; j <= g->cells; j++) {
    const double rq = -u[2 * j + 1] - 1 / g->affinity, rc = 1 - u[2 * j];
    SM_ELEMENT_B(m, 2 * j, 2 * j) = cj - rq;
    SM_ELEMENT_B(m, 2 * j, 2 * j + 1) = -rc;
    SM_ELEMENT_B(m, 2 * j + 1, 2 * j + 1) = 1 + (j == 0 ? 0 : 0.5 * g->f * rc);
    if (j > 0) {
      SM_ELEMENT_B(m, 2 * j + 1, 2 * j) = 0.5 * g->f * rq;
      SM_ELEMENT_B(m, 2 * j + 1, 2 * j - 1) = -1 + 0.5 * g->f * bc;
      SM_ELEMENT_B(m, 2 * j + 1, 2 * j - 2) = 0.5 * g->f * bq;
    }
    bq = rq, bc = rc;
  }
  return 0;
}

static double by_ida(double *worst, int cells, double kc, double units, double time, int steps, double tolerance) {
  grid g = {cells, units / cells, kc};
  SUNContext sun = NULL;
  SUNContext_Create(NULL, &sun);
  const int n = 2 * (cells + 1);
  N_Vector y = N_VNew_Serial(n, sun), yp = N_VNew_Serial(n, sun), id = N_VNew_Serial(n, sun);
  double *u = N_VGetArrayPointer(y), *up = N_VGetArrayPointer(yp);
  for (int j = 0; j <= cells; j++) {
    u[2 * j] = 0;
    u[2 * j + 1] = j == 0 ? 1 : u[2 * j - 1] * (1 - 0.5 * g.f) / (1 + 0.5 * g.f);
    up[2 * j] = u[2 * j + 1];
    up[2 * j + 1] = 0;
    N_VGetArrayPointer(id)[2 * j] = 1;
    N_VGetArrayPointer(id)[2 * j + 1] = 0;
  }
  const double start = now();
  void *ida = IDACreate(sun);
  IDAInit(ida, residual, 0, y, yp);
  IDASStolerances(ida, tolerance, tolerance * 1e-2);
  IDASetUserData(ida, &g);
  IDASetMaxNumSteps(ida, 1000000);
  SUNMatrix m = SUNBandMatrix(n, 1, 3, sun);
  SUNLinearSolver solver = SUNLinSol_Band(y, m, sun);
  IDASetLinearSolver(ida, solver, m);
  IDASetJacFn(ida, jacobian);
  static double at[4001], outlet[4001];
  *worst = 0;
  for (int k = 1; k <= steps; k++) {
    if (IDASolve(ida, time * k / steps, &at[k], y, yp, IDA_NORMAL) < 0) *worst = (double)INFINITY;
    outlet[k] = u[2 * cells + 1];
  }
  const double spent = now() - start;
  for (int k = 1; k <= steps; k++)
    *worst =
        fmax(*worst, fabs(outlet[k] - kd_thomas_breakthrough(1 / (1 + kc), units, at[k] / (units * kc / (1 + kc)))));
  IDAFree(&ida);
  SUNLinSolFree(solver);
  SUNMatDestroy(m);
  N_VDestroy(y), N_VDestroy(yp), N_VDestroy(id);
  SUNContext_Free(&sun);
  return spent;
}

static double ours(double *worst, size_t cells, double kc, double units, double time, int extrapolated, kd_work *work) {
  const kd_column_solute s = {.feed = 1, .affinity = kc, .rate = 1};
  const kd_column_bed bed = {1,           &s, KD_UPTAKE_LANGMUIR, 1,     1,     1, 0.5,
                             0.5 * units, 0,  (double)INFINITY,   cells, cells, 0};
  static double out[4001], times[4001];
  const double start = now();
  if (extrapolated)
    kd_column_run_extrapolated(out, times, NULL, &bed, time, work);
  else
    kd_column_run(out, times, NULL, &bed, time, work);
  const double spent = now() - start;
  *worst = 0;
  for (size_t k = 1; k <= cells; k++)
    *worst =
        fmax(*worst, fabs(out[k] - kd_thomas_breakthrough(1 / (1 + kc), units, times[k] / (units * kc / (1 + kc)))));
  kd_arena_reset(work->scratch);
  return spent;
}

static void columns(kd_work *work) {
  printf("column with Langmuir kinetics, transfer units 20, against Thomas; the same grid in z\n");
  printf("| K c0 | cells | IDA, band | error | march | error | ratio | march extrapolated | error "
         "|\n|---|---|---|---|---|---|---|---|---|\n");
  const double affinities[] = {1, 9};
  for (int a = 0; a < 2; a++)
    for (int cells = 100; cells <= 400; cells *= 2) {
      const double kc = affinities[a], time = 2 * 20 * kc / (1 + kc);
      double best[3] = {1e9, 1e9, 1e9}, e[3];
      for (int round = 0; round < 7; round++) {
        best[0] = fmin(best[0], by_ida(&e[0], cells, kc, 20, time, 100, 1e-5));
        best[1] = fmin(best[1], ours(&e[1], (size_t)cells, kc, 20, time, 0, work));
        best[2] = fmin(best[2], ours(&e[2], (size_t)cells, kc, 20, time, 1, work));
      }
      printf("| %g | %d | %.2f ms | %.1e | %.3f ms | %.1e | %.0f | %.3f ms | %.1e |\n", kc, cells, best[0], e[0],
             best[1], e[1], best[0] / best[1], best[2], e[2]);
    }
}

static void leaches(kd_work *work) {
  kd_mud_leach m;
  kd_mud_leach_result r;
  for (int acid = 0; acid < 2; acid++) {
    double best = 1e9;
    for (int round = 0; round < 20; round++) {
      kd_mud_leach_init(&m);
      m.acid = (kd_acid)acid;
      const double start = now();
      kd_mud_leach_solve(&r, &m, work);
      best = fmin(best, now() - start);
      kd_arena_reset(work->scratch);
    }
    printf("leach of the mud by minerals, %s, 28 components: %.2f ms, recovery %.2f %%\n", acid ? "H2SO4" : "HCl", best,
           100 * r.recovery_rey);
  }
}

int main(void) {
  kd_context *ctx = NULL;
  kd_arena *scratch = NULL;
  kd_error err = {0};
  if (kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&scratch, ctx) != KD_OK) return 1;
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err};
  columns(&work);
  leaches(&work);
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
  return 0;
}
