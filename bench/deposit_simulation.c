// SPDX-License-Identifier: Apache-2.0
/* Rates of the simulations of the deposit. Run from the root of the repository:
 *
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude bench/deposit_simulation.c build/release/libkaidei.a \
 *      -lm -lpthread -o bench_simulation && ./bench_simulation [THREADS] [NODES ALONG A SIDE] [REALISATIONS] [WHAT]
 *
 * WHAT: nothing: one variable; `elements`: 15 of them, by fft; `elements-sequential`: node by node.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/random.h"
#include "deposit/fft_ma.h"
#include "deposit/sequential.h"
#include "deposit/simulation.h"
#include "numerics/normals.h"

#define DATA     2000
#define ELEMENTS 15

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct watch {
  double wall, cpu;
} watch;

static watch start(void) {
  return (watch){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

static void tell(const char *what, watch w, double values) {
  const double wall = seconds(CLOCK_MONOTONIC) - w.wall, cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - w.cpu;
  printf("%-62s wall %8.3f s  cpu %8.3f s  %9.3g values/s wall  %9.3g values/s of one core\n", what, wall, cpu,
         values / wall, values / cpu);
  fflush(stdout);
}

static void or_stop(kd_status status, const kd_error *err) {
  if (status == KD_OK) return;
  fprintf(stderr, "%s\n", err->text);
  exit(1);
}

static kd_context *ctx;
static kd_arena *arena;
static kd_pool *pool;
static kd_error err;
static double x[DATA], y[DATA], score[DATA], element[ELEMENTS][DATA];

static void make_data(double side) {
  kd_stream rng;
  kd_stream_start(&rng, 1, 2, 3);
  for (size_t i = 0; i < DATA; i++) {
    x[i] = kd_stream_uniform(&rng) * side;
    y[i] = kd_stream_uniform(&rng) * side;
    score[i] = kd_stream_normal(&rng);
    for (size_t e = 0; e < ELEMENTS; e++) element[e][i] = exp(score[i] + 0.3 * kd_stream_normal(&rng));
  }
}

typedef struct chunks {
  const kd_sequential *sequential;
  const kd_fft_ma *fft;
  double **field, **work;
  size_t nodes;
} chunks;

static kd_status eight(size_t chunk, size_t worker, void *user, kd_error *e) {
  const chunks *c = user;
  (void)e;
  kd_sequential_eight(c->field[worker], c->sequential, 1, 2, 8 * chunk);
  return KD_OK;
}

static kd_status pair(size_t chunk, size_t worker, void *user, kd_error *e) {
  const chunks *c = user;
  (void)e;
  kd_fft_ma_pair(c->field[worker], c->field[worker] + c->nodes, c->fft, 1, 2, chunk, c->work[worker]);
  return KD_OK;
}

static void bench_normals(size_t nodes) {
  double *z = malloc(nodes * sizeof *z);
  watch w = start();
  for (uint64_t r = 0; r < 20; r++) kd_normals(z, nodes, 0, 1, 2, r);
  tell("normal numbers, one thread", w, 20.0 * (double)nodes);
  free(z);
}

static void bench_sequential(const kd_simulation_grid *grid, const kd_covariance *model, const kd_node_data *data,
                             const double *value, size_t realisations, chunks *c, const char *what) {
  char text[128];
  const kd_sequential_options o = {24, (double)NAN, 0, 1};
  for (int turn = 0; turn < 3; turn++) {
    kd_sequential *s;
    watch w = start();
    or_stop(kd_sequential_create(&s, ctx, grid, model, data, value, &o, pool, &err), &err);
    kd_sequential_one(c->field[0], s, 1, 2, 3);
    snprintf(text, sizeof text, "sequential, %s: one, all in (%zu systems)", what, kd_sequential_systems(s));
    tell(text, w, (double)c->nodes);
    if (turn == 2) {
      c->sequential = s;
      w = start();
      or_stop(kd_pool_run(pool, (realisations + 7) / 8, eight, c, &err), &err);
      snprintf(text, sizeof text, "sequential, %s: %zu more", what, (realisations + 7) / 8 * 8);
      tell(text, w, (double)((realisations + 7) / 8 * 8) * (double)c->nodes);
    }
    kd_sequential_destroy(&s);
  }
}

static void bench_fft(const kd_simulation_grid *grid, const kd_covariance *model, const kd_node_data *data,
                      const double *value, size_t realisations, chunks *c, const char *what) {
  char text[128];
  kd_fft_ma *s;
  watch w = start();
  or_stop(kd_fft_ma_create(&s, ctx, grid, model, data, value, 1e-6, &err), &err);
  snprintf(text, sizeof text, "fft, %s: preparing, torus %zu x %zu", what, kd_fft_ma_about(s)->torus[0],
           kd_fft_ma_about(s)->torus[1]);
  tell(text, w, (double)c->nodes);
  for (size_t t = 0; t < kd_pool_threads(pool); t++) c->work[t] = malloc(kd_fft_ma_work(s) * sizeof(double));
  c->fft = s;
  w = start();
  or_stop(kd_pool_run(pool, realisations / 2, pair, c, &err), &err);
  snprintf(text, sizeof text, "fft, %s: %zu", what, realisations / 2 * 2);
  tell(text, w, (double)(realisations / 2 * 2) * (double)c->nodes);
  for (size_t t = 0; t < kd_pool_threads(pool); t++) free(c->work[t]);
  kd_fft_ma_destroy(&s);
}

static kd_status touch(size_t realisation, const double *const *value, size_t nodes, void *user, kd_error *e) {
  (void)realisation;
  (void)nodes;
  (void)e;
  *(double *)user += value[0][0];
  return KD_OK;
}

static void bench_elements(const kd_simulation_grid *grid, size_t realisations, kd_simulation_method method,
                           const char *what) {
  char text[128];
  const double *values[ELEMENTS];
  kd_covariance model[ELEMENTS] = {0};
  double sum = 0;
  for (size_t e = 0; e < ELEMENTS; e++) {
    values[e] = element[e];
    char words[64]; /* one model for each factor, so that nothing is shared */
    snprintf(words, sizeof words, "%.2f nugget + %.2f spherical(10 km)", 0.05 + 0.03 * (double)e,
             0.95 - 0.03 * (double)e);
    or_stop(kd_covariance_parse(&model[e], words, &err), &err);
  }
  const kd_simulation_spec spec = {.grid = *grid,
                                   .variables = ELEMENTS,
                                   .count = DATA,
                                   .x = x,
                                   .y = y,
                                   .value = values,
                                   .transform = KD_TRANSFORM_MAF,
                                   .maf_lag = 5e3,
                                   .maf_tolerance = 2.5e3,
                                   .method = method,
                                   .search = {24, (double)NAN, 0, 1},
                                   .tolerance = 1e-6,
                                   .seed = 1};
  kd_simulation *s;
  kd_reproduction check;
  watch w = start();
  or_stop(kd_simulation_create(&s, ctx, &spec, &err), &err);
  or_stop(kd_simulation_run(s, model, 0, realisations, pool, touch, &sum, &check, &err), &err);
  snprintf(text, sizeof text, "15 elements, %s: %zu with transforms and check", what, realisations);
  tell(text, w, (double)(ELEMENTS * realisations) * (double)kd_simulation_nodes(grid));
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("  peak memory %.0f MiB; sum of first values %.9g\n", (double)usage.ru_maxrss / 1024, sum);
  kd_simulation_destroy(&s);
}

int main(int argc, char **argv) {
  const size_t threads = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 2,
               side = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 1000;
  const size_t realisations = argc > 3 ? (size_t)strtoul(argv[3], NULL, 10) : 100;
  const double step = 1e5 / (double)side;
  const kd_simulation_grid grid = {{side, side, 1}, {0.5 * step, 0.5 * step, 0}, {step, step, 1}};
  kd_covariance model = {0};
  kd_node_data data;
  chunks c = {.nodes = side * side};
  if (kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&arena, ctx) != KD_OK) return 1;
  or_stop(kd_pool_create(&pool, ctx, threads, &err), &err);
  or_stop(kd_covariance_parse(&model, "0.1 nugget + 0.9 spherical(30 km)", &err), &err);
  make_data(1e5);
  or_stop(kd_node_data_place(&data, &grid, x, y, NULL, DATA, arena, &err), &err);
  double *value = kd_arena_alloc(arena, DATA, sizeof *value);
  for (size_t i = 0; i < data.count; i++) value[i] = score[data.row[i]];
  if (argc > 4) {
    const bool fft = strcmp(argv[4], "elements") == 0;
    bench_elements(&grid, realisations, fft ? KD_SIMULATE_FFT : KD_SIMULATE_SEQUENTIAL, fft ? "fft" : "sequential");
    return 0;
  }
  c.field = calloc(threads, sizeof *c.field);
  c.work = calloc(threads, sizeof *c.work);
  for (size_t t = 0; t < threads; t++) c.field[t] = aligned_alloc(64, c.nodes * 64);
  printf("%zu nodes, %d data, 24 neighbours, %zu threads\n", c.nodes, DATA, threads);
  bench_normals(c.nodes);
  bench_sequential(&grid, &model, NULL, NULL, realisations, &c, "unconditional");
  bench_sequential(&grid, &model, &data, value, realisations, &c, "conditional");
  bench_fft(&grid, &model, NULL, NULL, realisations, &c, "unconditional");
  bench_fft(&grid, &model, &data, value, realisations, &c, "conditional");
  for (size_t t = 0; t < threads; t++) free(c.field[t]);
  free(c.field);
  free(c.work);
  kd_pool_destroy(&pool);
  kd_arena_destroy(&arena);
  kd_context_destroy(&ctx);
  return 0;
}
