// SPDX-License-Identifier: Apache-2.0
/* What every stage needs, carried as one argument. A stage allocates from scratch only; the caller resets it. */
#ifndef KD_BASE_WORK_H
#define KD_BASE_WORK_H

#include "base/arena.h"
#include "base/context.h"
#include "base/error.h"
#include "base/ledger.h"
#include "base/random.h"

typedef struct kd_work {
  kd_context *ctx;
  kd_arena *scratch;
  kd_stream *rng;    /* this stage's stream for this realisation */
  kd_ledger *ledger; /* may be NULL when a kernel runs alone: kd_ledger_post then does nothing */
  kd_error *err;
  const void *prepared;            /* what kd_stage.prepare made for this stage; NULL: nothing */
  const void *const *all_prepared; /* by stage of the chain; NULL: nothing was prepared */
  const char *const *texts;        /* of a data kernel: the texts of its options, NULL where not given; else NULL */
} kd_work;

#endif
