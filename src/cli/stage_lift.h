// SPDX-License-Identifier: Apache-2.0
/* Tables of `kaidei lift` beside its outputs. */
#ifndef KD_CLI_STAGE_LIFT_H
#define KD_CLI_STAGE_LIFT_H

#include "base/text.h"
#include "programme/programme.h"

/* Statics of the string, or its operability, as CSV or JSON. */
kd_status kd_lift_string_table(kd_text *out, kd_context *ctx, const kd_programme_params *params,
                               const kd_programme_result *result, bool operability, bool json, kd_error *err);

#endif
