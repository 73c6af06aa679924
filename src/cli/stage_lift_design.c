// SPDX-License-Identifier: Apache-2.0
#include "cli/stage_lift_event.h"
#include "base/error.h"
kd_status kd_lift_design_text(kd_text *out, kd_context *ctx, const kd_arguments *arguments,
                              const kd_programme_params *params, const kd_programme_result *result, kd_error *err) {
  (void)out, (void)ctx, (void)arguments, (void)params, (void)result;
  return kd_error_set(err, KD_E_USAGE, "not yet");
}
