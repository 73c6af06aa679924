// SPDX-License-Identifier: Apache-2.0
/* kaidei lift --string, --operability: the string of the scenario through its kernels, as one table. */
#include "cli/stage_lift.h"

#include "base/arena.h"
#include "base/error.h"
#include "lift/lift_table.h"
#include "programme/registry.h"

kd_status kd_lift_string_table(kd_text *out, kd_context *ctx, const kd_programme_params *params,
                               const kd_programme_result *result, bool operability, bool json, kd_error *err) {
  kd_status status = KD_OK;
  kd_arena *scratch = NULL;
  kd_table *segments = NULL;
  const char *options[KD_STRING_SCENARIO_OPTIONS];
  size_t count = 0;
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK, err, KD_E_NOMEM, "out of memory");
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = err};
  const kd_kernel *kernel = kd_kernel_find(operability ? "lift.operability" : "lift.string.static", err);
  KD_TRY(kernel != NULL ? KD_OK : err->code);
  KD_TRY(kd_lift_string_scenario(&segments, options, &count, &params->lift, &result->lift, operability, &work));
  const kd_table *data[] = {segments, params->lift.ship_rao};
  KD_TRY(kd_kernel_eval_data(out, kernel, data, options, count, json, &work));
out:
  kd_table_destroy(&segments);
  kd_arena_destroy(&scratch);
  return status;
}
