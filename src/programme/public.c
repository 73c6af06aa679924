// SPDX-License-Identifier: Apache-2.0
/* Kernels through the public interface. */
#include <string.h>

#include "base/error.h"
#include "base/string.h"
#include "kaidei/eval.h"
#include "programme/registry.h"

kd_status kd_kernel_describe(char **out, kd_context *ctx, int json, kd_error *err) {
  kd_text text;
  kd_text_init(&text, ctx);
  kd_kernel_list(&text, json != 0);
  return kd_string_take(out, &text, KD_OK, err);
}

kd_status kd_kernel_eval(char **out, kd_context *ctx, const char *name, const char *cases, int json, kd_error *err) {
  kd_status status = KD_OK;
  kd_table *table = NULL;
  kd_arena *scratch = NULL;
  kd_error own = {0};
  kd_error *told = err != NULL ? err : &own;
  kd_text text;
  kd_text_init(&text, ctx);
  const kd_kernel *kernel = kd_kernel_find(name, told);
  KD_TRY(kernel != NULL ? KD_OK : KD_E_KEY);
  KD_CHECK(kernel->eval != NULL, told, KD_E_USAGE, "%s works on a data set: use the command", name);
  KD_TRY(kd_table_parse(&table, ctx, "cases", cases, strlen(cases), NULL, NULL, told));
  KD_CHECK(kd_arena_create(&scratch, ctx) == KD_OK, told, KD_E_NOMEM, "out of memory for %s", name);
  kd_stream rng;
  kd_stream_start(&rng, 1, kd_stream_id(kernel->name), 0);
  kd_work work = {.ctx = ctx, .scratch = scratch, .rng = &rng, .err = told};
  status = kd_kernel_eval_csv(&text, kernel, table, json != 0, &work);
out:
  kd_arena_destroy(&scratch);
  kd_table_destroy(&table);
  return kd_string_take(out, &text, status, told);
}
