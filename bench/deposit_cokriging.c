// SPDX-License-Identifier: Apache-2.0
/* Speed of co-kriging: 15 variables at 40 sites, 24 neighbours each, over a grid of targets; the general form (three
 * structures, 360 equations) and the form by factors (two structures). bench/deposit_kriging.R times gstat. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/context.h"
#include "deposit/cokriging.h"

static double cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double frac(double x) {
  return x - floor(x);
}

int main(int count, char **argument) {
  enum { P = 15, SITES = 40 };
  static const char *const text[] = {"1 nugget", "1 spherical(30 km)", "1 exponential(15 km)"};
  static double x[SITES], y[SITES], value[P][SITES];
  static kd_coregionalisation model;
  kd_context *ctx;
  kd_arena *arena;
  kd_error err = {0};
  kd_covariable variable[P];
  const size_t side = count > 1 ? (size_t)strtoul(argument[1], NULL, 10) : 100;
  if (kd_context_create(&ctx, NULL) != KD_OK) return 1;
  for (int i = 0; i < SITES; i++) {
    x[i] = 1e5 * frac((i + 1) * 0.754877666);
    y[i] = 1e5 * frac((i + 1) * 0.569840291);
  }
  for (int v = 0; v < P; v++) {
    for (int i = 0; i < SITES; i++)
      value[v][i] = sin(x[i] * (2.0 + v) / 1e5) + cos(y[i] * (3.0 + 0.5 * v) / 1e5) + 0.1 * v;
    variable[v] = (kd_covariable){.points = {.count = SITES, .x = x, .y = y}, .value = value[v]};
  }
  model.variables = P;
  for (int k = 0; k < 3; k++) {
    if (kd_covariance_parse(&model.structure[k], text[k], &err) != KD_OK) return 1;
    for (int i = 0; i < P; i++)
      for (int j = 0; j < P; j++)
        model.sill[k][i * P + j] = (i == j ? 0.2 : 0.0) + (0.3 + 0.1 * ((i + k) % 4)) * (0.3 + 0.1 * ((j + k) % 4));
  }
  for (int turn = 0; turn < 3; turn++) {
    const bool factors = turn > 0;
    kd_cokriging *cokriging;
    model.structures = turn == 0 ? 3 : 2;
    const kd_cokriging_rule rule = {.general = !factors};
    const kd_search_rule search = {.neighbours = 24};
    const size_t n = turn == 0 ? side : 2 * side, targets = n * n;
    if (kd_arena_create(&arena, ctx) != KD_OK) return 1;
    double *tx = kd_arena_alloc(arena, targets, sizeof *tx), *ty = kd_arena_alloc(arena, targets, sizeof *ty);
    double *estimate = kd_arena_alloc(arena, targets * P, sizeof *estimate);
    double *variance = kd_arena_alloc(arena, targets * P, sizeof *variance);
    kd_kriged_note *note = kd_arena_alloc(arena, targets, sizeof *note);
    if (tx == NULL || ty == NULL || estimate == NULL || variance == NULL || note == NULL) return 1;
    for (size_t i = 0; i < targets; i++) {
      tx[i] = 1e5 * ((double)(i % n) + 0.5) / (double)n;
      ty[i] = 1e5 * ((double)(i / n) + 0.5) / (double)n;
    }
    const kd_points places = {.count = targets, .x = tx, .y = ty};
    if (kd_cokriging_create(&cokriging, variable, &model, &rule, &search, arena, &err) != KD_OK) return 1;
    const double start = cpu();
    if (kd_cokriging_at(cokriging, estimate, variance, note, NULL, &places, arena, &err) != KD_OK) return 1;
    const double seconds = cpu() - start;
    printf("co-kriging, 15 variables, 24 of %d each, %zu targets, %s: CPU %.3f s, %.4g targets/s; first %.9g %.9g\n",
           SITES, targets, factors ? "two structures, factors" : "three structures, general", seconds,
           (double)targets / seconds, estimate[0], variance[0]);
    kd_arena_destroy(&arena);
  }
  kd_context_destroy(&ctx);
  return 0;
}
