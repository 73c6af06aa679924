// SPDX-License-Identifier: Apache-2.0
/* Speed of kriging and variograms: 2,000 Halton samples over 100 km x 100 km, spherical 9e5 (30 km) + nugget 1e5.
 * Beside it bench/deposit_kriging.R times gstat on the same numbers.
 *
 *   deposit_kriging [nodes along a side, default 1000] [threads, default 2] [file: estimates, then variances as raw
 * doubles; -: neither a file nor the variogram]
 */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/context.h"
#include "deposit/kriging_grid.h"
#include "deposit/variogram.h"

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double halton(size_t i, size_t base) {
  double f = 1.0, sum = 0.0;
  for (i++; i > 0; i /= base) {
    f /= (double)base;
    sum += f * (double)(i % base);
  }
  return sum;
}

static double field(double x, double y) {
  const double u = x / 1e5, v = y / 1e5;
  return 5000.0 + 800.0 * u - 500.0 * v + 900.0 * sin(7.0 * u) * cos(5.0 * v) + 300.0 * sin(23.0 * u + 17.0 * v);
}

typedef struct sums {
  double estimate[2], variance[2];
} sums;

/* Sums by row would be enough for a mean; a writer would place the row into its file. */
static kd_status keep(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                      kd_error *err) {
  double **to = user;
  (void)err;
  for (size_t i = 0; to != NULL && i < count; i++) {
    to[0][first + i] = estimate[i];
    to[1][first + i] = variance[i];
  }
  return KD_OK;
}

/* A file of estimates, then variances. */
typedef struct raw_file {
  int file;
  size_t nodes;
} raw_file;

static kd_status write_raw(size_t first, size_t count, const double *estimate, const double *variance, void *user,
                           kd_error *err) {
  const raw_file *to = user;
  const double *value[2] = {estimate, variance};
  for (size_t f = 0; f < 2; f++) {
    const size_t bytes = count * sizeof(double);
    if (pwrite(to->file, value[f], bytes, (off_t)((f * to->nodes + first) * sizeof(double))) != (ssize_t)bytes) {
      snprintf(err->text, sizeof err->text, "the file cannot be written");
      return KD_E_IO;
    }
  }
  return KD_OK;
}

static void fail(const kd_error *err) {
  fprintf(stderr, "%s\n", err->text);
  exit(1);
}

static void time_kriging(kd_context *ctx, size_t side, size_t threads, const char *path) {
  enum { N = 2000 };
  static double x[N], y[N], z[N];
  kd_error err = {0};
  kd_arena *arena;
  kd_covariance model;
  kd_search search;
  kd_kriging kriging;
  kd_pool *pool;
  kd_grid_totals totals;
  const kd_search_rule rule = {.neighbours = 24};
  const kd_kriging_rule how = {0};
  for (size_t i = 0; i < N; i++) {
    x[i] = 1e5 * halton(i, 2);
    y[i] = 1e5 * halton(i, 3);
    z[i] = field(x[i], y[i]);
  }
  const kd_points points = {.count = N, .x = x, .y = y};
  if (kd_arena_create(&arena, ctx) != KD_OK || kd_covariance_parse(&model, "1e5 nugget + 9e5 spherical(30 km)", &err) ||
      kd_search_create(&search, arena, &points, NULL, &rule, &err) ||
      kd_kriging_create(&kriging, &points, z, NULL, &model, &how, &search, arena, &err) ||
      kd_pool_create(&pool, ctx, threads, &err))
    fail(&err);
  const double cell = 1e5 / (double)side;
  const kd_grid grid = {.origin = {0.5 * cell, 0.5 * cell, 0.0}, .cell = {cell, cell, 0.0}, .nodes = {side, side, 1}};
  double *to[2] = {NULL, NULL}, best_wall = 1e9, best_cpu = 1e9;
  const bool hold = side <= 4000 && path == NULL;
  raw_file raw = {.file = path != NULL ? open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600) : -1, .nodes = side * side};
  if (path != NULL && raw.file < 0) exit(1);
  for (int i = 0; hold && i < 2; i++) to[i] = malloc(side * side * sizeof(double));
  for (int turn = 0; turn < (side > 2000 || path != NULL ? 1 : 5); turn++) {
    const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (kd_kriging_grid(&totals, &kriging, &grid, pool, path != NULL ? write_raw : keep,
                        path != NULL ? (void *)&raw
                        : hold       ? to
                                     : NULL,
                        ctx, &err) != KD_OK)
      fail(&err);
    if (turn == 0 && raw.file >= 0) close(raw.file);
    best_wall = fmin(best_wall, seconds(CLOCK_MONOTONIC) - wall);
    best_cpu = fmin(best_cpu, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
  }
  printf("ordinary kriging, 24 of 2000, %zu nodes, %zu threads: wall %.3f s, CPU %.3f s, %.3g nodes/s (wall), %.3g "
         "nodes/s "
         "of CPU; %zu sets\n",
         side * side, threads, best_wall, best_cpu, (double)(side * side) / best_wall, (double)(side * side) / best_cpu,
         totals.sets);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("  %s; of CPU user %.3f s, system %.3f s; peak memory %.0f MiB\n", path != NULL ? path : "held or dropped",
         (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec,
         (double)usage.ru_stime.tv_sec + 1e-6 * (double)usage.ru_stime.tv_usec, (double)usage.ru_maxrss / 1024);
  if (hold) {
    kd_kriging_space space;
    double worst[2] = {0.0, 0.0};
    if (kd_kriging_space_create(&space, arena, &kriging, &err) != KD_OK) fail(&err);
    for (size_t i = 0; i < side * side; i += 997) {
      const double at[3] = {grid.origin[0] + cell * (double)(i % side), grid.origin[1] + cell * (double)(i / side),
                            0.0};
      kd_kriged k;
      kd_kriging_at(&kriging, &space, &k, at, NULL, NULL);
      worst[0] = fmax(worst[0], fabs(k.estimate - to[0][i]));
      worst[1] = fmax(worst[1], fabs(k.variance - to[1][i]));
    }
    printf("  largest difference from the reference: estimate %.3g, variance %.3g; mean estimate %.9f, variance %.9f\n",
           worst[0], worst[1], kd_sum(to[0], side * side) / (double)(side * side),
           kd_sum(to[1], side * side) / (double)(side * side));
  }
  free(to[0]);
  free(to[1]);
  kd_pool_destroy(&pool);
  kd_arena_destroy(&arena);
}

static void time_variogram(kd_context *ctx, size_t threads) {
  enum { N = 20000, LAGS = 40 };
  const double n = N, lags = LAGS;
  static double x[N], y[N], z[N];
  static kd_lag lag[LAGS];
  static kd_variogram_rule rule;
  kd_error err = {0};
  kd_arena *arena;
  kd_pool *pool;
  double best_wall = 1e9, best_cpu = 1e9;
  for (size_t i = 0; i < N; i++) {
    x[i] = 1e5 * halton(i, 2);
    y[i] = 1e5 * halton(i, 3);
    z[i] = field(x[i], y[i]);
  }
  const kd_points points = {.count = N, .x = x, .y = y};
  if (kd_variogram_lags(&rule, 141500.0, 141500.0 / lags, &err) || kd_pool_create(&pool, ctx, threads, &err))
    fail(&err);
  for (int turn = 0; turn < 5; turn++) {
    if (kd_arena_create(&arena, ctx) != KD_OK) exit(1);
    const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (kd_variogram(lag, &points, z, NULL, &rule, pool, arena, &err) != KD_OK) fail(&err);
    best_wall = fmin(best_wall, seconds(CLOCK_MONOTONIC) - wall);
    best_cpu = fmin(best_cpu, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    kd_arena_destroy(&arena);
  }
  const double pairs = 0.5 * n * (n - 1.0);
  printf(
      "variogram, %d samples, all pairs, %d lags, %zu threads: wall %.3f s, CPU %.3f s, %.3g pairs/s (wall), %.3g of "
      "CPU; gamma(lag 10) %.9g\n",
      N, LAGS, threads, best_wall, best_cpu, pairs / best_wall, pairs / best_cpu, lag[9].gamma);
  kd_pool_destroy(&pool);
}

int main(int count, char **argument) {
  kd_context *ctx;
  const size_t side = count > 1 ? (size_t)strtoul(argument[1], NULL, 10) : 1000;
  const size_t threads = count > 2 ? (size_t)strtoul(argument[2], NULL, 10) : 2;
  if (kd_context_create(&ctx, NULL) != KD_OK) return 1;
  time_kriging(ctx, side, threads, count > 3 && argument[3][0] != '-' ? argument[3] : NULL);
  if (count < 4) time_variogram(ctx, threads);
  kd_context_destroy(&ctx);
  return 0;
}
