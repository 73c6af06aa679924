// SPDX-License-Identifier: Apache-2.0
/* Two simulations in one process, over the public interface alone: one after the other, interleaved, and in two threads
 * at once give the same numbers. */
#include "support/check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kaidei.h"

#define N     300
#define TURNS 3

typedef struct simulation {
  const char *scenario;
  uint64_t seed;
  size_t threads;
  kd_context *ctx;
  kd_scenario *loaded;
  kd_run *run;
  char folder[128];
  double *values; /* [columns][N] */
  size_t columns;
  kd_status status;
  kd_error err;
} simulation;

static char home[64];
static atomic_int turn;

static void begin(simulation *s, const char *scenario, uint64_t seed, size_t threads) {
  char path[512];
  *s = (simulation){.scenario = scenario, .seed = seed, .threads = threads};
  snprintf(path, sizeof path, "%s/scenarios/%s.yaml", KD_TEST_SOURCE, scenario);
  snprintf(s->folder, sizeof s->folder, "%s/run-%d", home, atomic_fetch_add(&turn, 1));
  const kd_context_options options = {.size = sizeof options, .home = KD_TEST_SOURCE};
  const kd_run_options opt = {
      .size = sizeof opt, .realisations = N, .seed = seed, .threads = threads, .folder = s->folder};
  s->status = kd_context_create(&s->ctx, &options);
  if (s->status == KD_OK) s->status = kd_scenario_load(&s->loaded, s->ctx, path, NULL);
  if (s->status == KD_OK) s->status = kd_run_create(&s->run, s->ctx, s->loaded, &opt, &s->err);
}

static void advance(simulation *s, uint64_t realisations) {
  if (s->status == KD_OK) s->status = kd_run_advance(s->run, realisations, NULL, NULL, &s->err);
}

static void collect(simulation *s) {
  if (s->status == KD_OK) s->status = kd_run_finish(s->run, &s->err);
  if (s->status != KD_OK) return;
  s->columns = kd_run_columns(s->run);
  s->values = malloc(s->columns * N * sizeof *s->values);
  for (size_t c = 0; s->status == KD_OK && c < s->columns; c++) {
    s->status = kd_run_series(s->values + c * N, N, s->run, kd_run_column_key(s->run, c), &s->err);
  }
}

static void end(simulation *s) {
  kd_run_destroy(&s->run);
  kd_scenario_destroy(&s->loaded);
  kd_context_destroy(&s->ctx);
  free(s->values);
}

static void is_well(const simulation *s) {
  if (s->status != KD_OK) fail_msg("%s: %s: %s", s->scenario, kd_status_name(s->status), s->err.text);
  assert_true(s->columns > 500);
}

static void same_bits(const simulation *a, const simulation *b) {
  is_well(a);
  is_well(b);
  assert_int_equal(a->columns, b->columns);
  for (size_t c = 0; c < a->columns; c++) {
    if (memcmp(a->values + c * N, b->values + c * N, N * sizeof *a->values) != 0) {
      fail_msg("%s: %s differs", a->scenario, kd_run_column_key(a->run, c));
    }
  }
}

static void whole(simulation *s, const char *scenario, uint64_t seed, size_t threads) {
  begin(s, scenario, seed, threads);
  advance(s, 0);
  collect(s);
}

typedef struct pair {
  simulation trial, commercial; /* apart */
} pair;

static int set_up(void **state) {
  static pair apart;
  snprintf(home, sizeof home, "/tmp/kaidei-two-XXXXXX");
  assert_non_null(mkdtemp(home));
  whole(&apart.trial, "minamitorishima-2027-full-trial", 1, 1);
  whole(&apart.commercial, "commercial-3500", 2, 1);
  *state = &apart;
  return 0;
}

static int tear_down(void **state) {
  pair *apart = *state;
  char command[128];
  end(&apart->trial);
  end(&apart->commercial);
  snprintf(command, sizeof command, "rm -rf '%s'", home);
  return system(command);
}

static void they_differ_from_each_other(void **state) {
  const pair *apart = *state;
  is_well(&apart->trial);
  is_well(&apart->commercial);
  assert_true(memcmp(apart->trial.values, apart->commercial.values, N * sizeof(double)) != 0);
}

static void interleaved(void **state) {
  const pair *apart = *state;
  simulation a, b;
  begin(&a, "minamitorishima-2027-full-trial", 1, 2);
  begin(&b, "commercial-3500", 2, 1);
  for (int i = 0; i < TURNS; i++) {
    advance(&a, N / TURNS);
    advance(&b, N / TURNS);
  }
  collect(&b);
  collect(&a);
  same_bits(&a, &apart->trial);
  same_bits(&b, &apart->commercial);
  end(&a);
  end(&b);
}

static void *go(void *user) {
  simulation *s = user;
  advance(s, 0);
  collect(s);
  return NULL;
}

/* Loading and starting too, in the thread itself. */
static void *start_and_go(void *user) {
  simulation *s = user;
  const simulation wanted = *s;
  begin(s, wanted.scenario, wanted.seed, wanted.threads);
  return go(s);
}

static void in_two_threads(void **state) {
  const pair *apart = *state;
  pthread_t thread[2];
  simulation each[2];
  begin(&each[0], "minamitorishima-2027-full-trial", 1, 2);
  begin(&each[1], "commercial-3500", 2, 2);
  for (int k = 0; k < 2; k++) assert_int_equal(pthread_create(&thread[k], NULL, go, &each[k]), 0);
  for (int k = 0; k < 2; k++) pthread_join(thread[k], NULL);
  same_bits(&each[0], &apart->trial);
  same_bits(&each[1], &apart->commercial);
  for (int k = 0; k < 2; k++) end(&each[k]);
}

static void from_start_to_end_in_two_threads(void **state) {
  const pair *apart = *state;
  pthread_t thread[2];
  simulation each[2] = {{.scenario = "minamitorishima-2027-full-trial", .seed = 1, .threads = 1},
                        {.scenario = "commercial-3500", .seed = 2, .threads = 2}};
  for (int k = 0; k < 2; k++) assert_int_equal(pthread_create(&thread[k], NULL, start_and_go, &each[k]), 0);
  for (int k = 0; k < 2; k++) pthread_join(thread[k], NULL);
  same_bits(&each[0], &apart->trial);
  same_bits(&each[1], &apart->commercial);
  for (int k = 0; k < 2; k++) end(&each[k]);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(they_differ_from_each_other), cmocka_unit_test(interleaved),
                                     cmocka_unit_test(in_two_threads),
                                     cmocka_unit_test(from_start_to_end_in_two_threads)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
