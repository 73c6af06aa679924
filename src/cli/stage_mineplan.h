// SPDX-License-Identifier: Apache-2.0
/* kaidei mineplan --schedule. */
#ifndef KD_CLI_STAGE_MINEPLAN_H
#define KD_CLI_STAGE_MINEPLAN_H

#include "base/text.h"
#include "cli/shared.h"
#include "programme/programme.h"

typedef struct kd_schedule_question {
  const kd_programme_params *params; /* at the medians */
  const void *ground;                /* what the deposit stage prepared */
  uint64_t seed;
} kd_schedule_question;

/* Sites, the plans compared, and the plan chosen: CSV tables one after another, or JSON. */
kd_status kd_mineplan_schedule_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                                    const kd_schedule_question *question, kd_error *err);

#endif
