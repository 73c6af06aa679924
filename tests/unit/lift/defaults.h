// SPDX-License-Identifier: Apache-2.0
/* The lift's parameters at plain values: every default of the table that is one value, the middle of those that are
 * distributions, and the shipped profile. */
#ifndef KD_TESTS_LIFT_DEFAULTS_H
#define KD_TESTS_LIFT_DEFAULTS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/quantity.h"
#include "lift/lift.h"
#include "lift/rheology.h"
#include "lift/sea.h"

typedef struct bench {
  kd_context *ctx;
  kd_work work;
  kd_error err;
  kd_table *profile;
  kd_lift_params params;
  kd_lift_result result;
  kd_slurry feed;
} bench;

/* The text to parse: a plain value itself, of a distribution its (second of three, else first) member. */
static inline void plain_text(char *out, size_t capacity, const char *initial) {
  snprintf(out, capacity, "%s", initial);
  const char *open = strchr(initial, '[');
  if (initial[0] != '{' || !open) return;
  const char *start = open + 1, *comma = strchr(start, ',');
  if (strstr(initial, "pert") || strstr(initial, "triangular")) {
    start = comma + 1;
    comma = strchr(start, ',');
  }
  snprintf(out, capacity, "%.*s", (int)(comma - start), start);
}

static inline void set_default(kd_lift_params *params, const kd_param *row) {
  char text[128];
  char *at = (char *)params + row->offset;
  if (row->kind == KD_PARAM_CHOICE) {
    int index = 0;
    const char *found = strstr(row->choices, row->initial);
    assert_non_null(found);
    for (const char *c = row->choices; c < found; c++) index += *c == '|';
    memcpy(at, &index, sizeof index);
  } else if (row->kind == KD_PARAM_NUMBER || row->kind == KD_PARAM_COUNT) {
    double value = (double)NAN;
    kd_error err;
    plain_text(text, sizeof text, row->initial);
    char *word = text;
    while (*word == ' ') word++;
    if (strcmp(word, "none") != 0 && kd_quantity_in(&value, word, row->unit, NULL, &err) != KD_OK)
      fail_msg("%s: %s", row->key, err.text);
    memcpy(at, &value, sizeof value);
  }
}

static inline void bench_open(bench *b) {
  memset(b, 0, sizeof *b);
  assert_int_equal(kd_context_create(&b->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&b->work.scratch, b->ctx), KD_OK);
  b->work.ctx = b->ctx;
  b->work.err = &b->err;
  for (size_t i = 0; i < kd_lift_stage.param_count; i++) set_default(&b->params, &kd_lift_stage.params[i]);
  const char *path = KD_TEST_SOURCE "/data/lift/profile_minamitorishima.csv";
  kd_status status = kd_table_read(&b->profile, b->ctx, path, NULL, NULL, &b->err);
  if (status == KD_OK) status = kd_table_bind(b->profile, KD_SEA_COLUMNS, NULL, NULL, &b->err);
  if (status != KD_OK) fail_msg("%s", b->err.text);
  b->params.profile = b->profile;
  /* 350 t of wet mud a day of 2 t water per t dry, as an example. */
  b->feed = (kd_slurry){.dry_rate = 350e3 / 86400.0 / 2.5,
                        .grain_density = 2650,
                        .pore_water = 1.5,
                        .pore_density = 1050,
                        .water_depth = 5700,
                        .coarse_share = 0.1};
}

static inline void bench_close(bench *b) {
  kd_table_destroy(&b->profile);
  kd_arena_destroy(&b->work.scratch);
  kd_context_destroy(&b->ctx);
}

static inline kd_status bench_run(bench *b) {
  kd_arena_reset(b->work.scratch);
  return kd_lift_run(&b->result, &b->params, &b->feed, &b->work);
}

static inline void bench_run_ok(bench *b) {
  if (bench_run(b) != KD_OK) fail_msg("%s", b->err.text);
}

static inline void assert_near(double value, double wanted, double relative, const char *what) {
  if (!(fabs(value - wanted) <= relative * fabs(wanted)))
    fail_msg("%s: %.15g, wanted %.15g within %g", what, value, wanted, relative);
}

#endif
