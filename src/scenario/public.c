// SPDX-License-Identifier: Apache-2.0
/* What the parameter tables say, through the public interface. */
#include "base/string.h"
#include "kaidei/eval.h"
#include "scenario/scenario.h"

kd_status kd_param_describe(char **out, kd_context *ctx, const char *key, int json, kd_error *err) {
  kd_text text;
  kd_text_init(&text, ctx);
  return kd_string_take(out, &text, kd_explain(&text, ctx, key, json != 0, err), err);
}

kd_status kd_scenario_schema(char **out, kd_context *ctx, kd_error *err) {
  kd_text text;
  kd_text_init(&text, ctx);
  return kd_string_take(out, &text, kd_schema_write(&text, ctx), err);
}
