// SPDX-License-Identifier: Apache-2.0
/* Model equations one by one, and what the parameter tables say. Texts handed out belong to the caller: kd_string_free.
 */
#ifndef KAIDEI_EVAL_H
#define KAIDEI_EVAL_H

#include "kaidei/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Frees a text of the context and clears the pointer; NULL is fine. */
void kd_string_free(kd_context *ctx, char **text);

/* All kernels with inputs, outputs and units: text, or JSON when json is not 0. Errors: KD_E_NOMEM. */
kd_status kd_kernel_describe(char **out, kd_context *ctx, int json, kd_error *err);

/* Evaluates a kernel over a table of cases in CSV, header cells `name [unit]`. The answer is CSV (or JSON): one row for
 * each row of cases, in order; a refused row has empty outputs and its reason in the column `error`. Errors: KD_E_KEY
 * (no such kernel), KD_E_CSV and KD_E_ENCODING (the table itself), KD_E_NOMEM. */
kd_status kd_kernel_eval(char **out, kd_context *ctx, const char *kernel, const char *cases, int json, kd_error *err);

/* What a parameter is, or all parameters of a stage: unit, default, range, choices, source. Errors: KD_E_KEY. */
kd_status kd_param_describe(char **out, kd_context *ctx, const char *key, int json, kd_error *err);

/* The JSON Schema of scenario files. Errors: KD_E_NOMEM. */
kd_status kd_scenario_schema(char **out, kd_context *ctx, kd_error *err);

#ifdef __cplusplus
}
#endif
#endif
