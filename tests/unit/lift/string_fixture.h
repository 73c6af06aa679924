// SPDX-License-Identifier: Apache-2.0
/* A work with scratch memory and the 6,000 m string of 10 3/4 in pipe that the string's tests share. */
#ifndef KD_TESTS_LIFT_STRING_FIXTURE_H
#define KD_TESTS_LIFT_STRING_FIXTURE_H

#include <string.h>

#include "support/check.h"

#include "base/context.h"
#include "base/work.h"
#include "lift/string_static.h"

#define PI 3.14159265358979323846

typedef struct rig {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
} rig;

static inline void rig_open(rig *r) {
  *r = (rig){0};
  assert_int_equal(kd_context_create(&r->ctx, NULL), KD_OK);
  assert_int_equal(kd_arena_create(&r->scratch, r->ctx), KD_OK);
  r->work = (kd_work){.ctx = r->ctx, .scratch = r->scratch, .err = &r->err};
}
static inline void rig_close(rig *r) {
  kd_arena_destroy(&r->scratch);
  kd_context_destroy(&r->ctx);
}

static const kd_string_segment pipe_segment = {6000, 0.2413, 0.27305, 7850, 207e9, 758e6, 1, 0, 0, 0, 0, 0};
static const kd_string_load sea_load = {.contents = 1040,
                                        .conduit_contents = 1040,
                                        .water = 1040,
                                        .gravity = 9.80665,
                                        .head_mass = 30000,
                                        .head_weight = 255222.75095541403,
                                        .top_pressure = (double)NAN,
                                        .poisson = 0.3,
                                        .wall_tolerance = 0.875};

#endif
