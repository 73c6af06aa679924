// SPDX-License-Identifier: Apache-2.0
/* Samples and targets of gstat_answers.h. */
#ifndef TEST_KRIGING_FIXTURE_H
#define TEST_KRIGING_FIXTURE_H

#include <string.h>

#include "base/context.h"
#include "deposit/kriging.h"
#include "support/check.h"
#include "unit/deposit/gstat_answers.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *arena;
  kd_error err;
  double x[SAMPLES], y[SAMPLES], z[SAMPLES], v[SAMPLES], w[SAMPLES], d[SAMPLES];
  double at[3][TARGETS], drift[TARGETS];
  kd_covariance model;
  kd_search search;
  kd_kriging kriging;
} bench;

static inline double frac(double x) {
  return x - floor(x);
}

static inline void bench_open(bench *b) {
  memset(b, 0, sizeof *b);
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->arena, b->ctx), KD_OK);
  for (int i = 0; i < SAMPLES; i++) {
    b->x[i] = 1000.0 * frac((i + 1) * 0.754877666);
    b->y[i] = 1000.0 * frac((i + 1) * 0.569840291);
    b->z[i] = 50.0 * frac((i + 1) * 0.8191725);
    b->v[i] = 3.0 + sin(b->x[i] / 150.0) + 0.8 * cos(b->y[i] / 120.0) + 0.002 * b->x[i] + 0.01 * b->z[i];
    b->w[i] = 2.0 + 0.5 * sin(b->x[i] / 150.0) - 0.3 * cos(b->y[i] / 90.0) + 0.004 * b->z[i];
    b->d[i] = sqrt(b->x[i] + b->y[i]);
  }
  for (int j = 0; j < TARGETS; j++) {
    b->at[0][j] = 100.0 + 150.0 * (j + 1);
    b->at[1][j] = 80.0 + 140.0 * frac((j + 1) * 0.37) * 5.0;
    b->at[2][j] = 5.0 * (j + 1);
    b->drift[j] = sqrt(b->at[0][j] + b->at[1][j]);
  }
}

static inline void bench_close(bench *b) {
  kd_arena_destroy(&b->arena);
  kd_context_destroy(&b->ctx);
}

/* Sets up a kriging of v; asserts that it can be. */
static inline void bench_krige(bench *b, const char *model, const kd_kriging_rule *rule, const kd_search_rule *search,
                               int dimensions) {
  const kd_points points = {.count = SAMPLES, .x = b->x, .y = b->y, .z = dimensions == 3 ? b->z : NULL};
  const double *const drift[1] = {b->d};
  assert_int_equal(kd_covariance_parse(&b->model, model, &b->err), KD_OK);
  assert_int_equal(kd_search_create(&b->search, b->arena, &points, NULL, search, &b->err), KD_OK);
  assert_int_equal(kd_kriging_create(&b->kriging, &points, b->v, drift, &b->model, rule, &b->search, b->arena, &b->err),
                   KD_OK);
}

static inline const answer *gstat_answer(const char *name) {
  for (size_t i = 0; i < sizeof gstat_answers / sizeof gstat_answers[0]; i++)
    if (strcmp(gstat_answers[i].name, name) == 0) return &gstat_answers[i];
  fail_msg("no answer %s", name);
  return NULL;
}

#endif
