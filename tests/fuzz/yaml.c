// SPDX-License-Identifier: Apache-2.0
/* Scenario text through the whole loader, over small stages and without the disk. Up to the byte 0x1E the input is the
 * file, after it one assignment. Whatever comes in: a refusal names its reasons in printable text with a place inside
 * the text; what is accepted draws finite values inside the ranges, and its resolved form loads to the same scenario.
 */
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "../unit/scenario/fake_stages.h"
#include "base/context.h"
#include "fuzz.h"

static void check_text(const char *text) {
  MUST(text != NULL);
  MUST(kd_utf8_check(text, strlen(text)) == strlen(text));
}

static void check_diagnostics(kd_context *ctx, const kd_diagnostics *all, kd_status status) {
  size_t errors = 0;
  for (size_t i = 0; i < kd_diagnostics_count(all); i++) {
    const kd_diagnostic *d = kd_diagnostics_get(all, i);
    errors += d->severity == KD_ERROR;
    MUST(d->code != KD_OK && d->code != KD_E_INTERNAL && d->message[0] != '\0');
    MUST((d->line == 0) == (d->column == 0));
    check_text(d->message);
    check_text(d->hint);
    check_text(d->text);
    check_text(d->key);
    check_text(d->file);
  }
  MUST(errors <= kd_diagnostics_errors(all));
  MUST((kd_diagnostics_errors(all) > 0) == (status != KD_OK));
  kd_text text;
  kd_text_init(&text, ctx);
  kd_diagnostics_write(&text, all, true);
  MUST(!text.failed);
  kd_text_free(&text);
  kd_text_init(&text, ctx);
  kd_diagnostics_write_json(&text, all);
  json_error_t error;
  json_t *json = json_loads(text.bytes, 0, &error);
  MUST(json != NULL);
  json_decref(json);
  kd_text_free(&text);
}

static void check_draws(const kd_scenario *scenario) {
  fake_params params;
  double draws[64];
  MUST(kd_scenario_draws(scenario) <= 64);
  for (uint64_t i = 0; i < 8; i++) {
    kd_draw_into(&params, draws, scenario, 1, i);
    for (size_t k = 0; k < kd_scenario_draws(scenario); k++) MUST(isfinite(draws[k]));
    MUST(params.dig.rate >= 0 && params.dig.rate <= 1e8 / 86400 && params.dig.rate_basis >= 0);
    MUST(params.dig.heads >= 1 && params.dig.heads <= 12 && params.dig.heads == floor(params.dig.heads));
    MUST(params.lift.bore >= 0 && params.lift.bore <= 2);
    MUST(params.lift.method >= 0 && params.lift.method <= 1 && params.lift.heated >= 0 && params.lift.heated <= 1);
    MUST(params.sell.factor >= 0 && params.sell.tax >= 0 && params.sell.tax <= 1);
  }
}

static void check_resolved(kd_context *ctx, const kd_scenario *scenario) {
  kd_text first, second;
  kd_scenario *again = NULL;
  kd_diagnostics *all = NULL;
  kd_text_init(&first, ctx);
  kd_text_init(&second, ctx);
  MUST(kd_scenario_write(&first, scenario) == KD_OK);
  const kd_status status =
      kd_scenario_load_bytes(&again, ctx, &fake_list, "again.yaml", first.bytes, first.length, NULL, 0, &all);
  if (status != KD_OK) {
    (void)fprintf(stderr, "%s\n%s\n", first.bytes, kd_diagnostics_get(all, 0)->message);
    abort();
  }
  MUST(strcmp(kd_scenario_hash(scenario), kd_scenario_hash(again)) == 0);
  MUST(kd_scenario_write(&second, again) == KD_OK);
  MUST(first.length == second.length && memcmp(first.bytes, second.bytes, first.length) == 0);
  kd_text_free(&first);
  kd_text_free(&second);
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  kd_context *ctx = NULL;
  kd_scenario *scenario = NULL;
  kd_diagnostics *all = NULL;
  const uint8_t *mark = size > 0 ? memchr(data, 0x1E, size) : NULL;
  const size_t count = mark != NULL ? (size_t)(mark - data) : size;
  char *text = malloc(size + 1);
  if (text == NULL) return 0;
  if (size > 0) memcpy(text, data, size);
  text[size] = '\0';
  const kd_context_options options = {.size = sizeof options, .home = "/nonexistent"};
  MUST(kd_context_create(&ctx, &options) == KD_OK);
  const char *assignment = text + count + 1;
  const kd_status status = kd_scenario_load_bytes(&scenario, ctx, &fake_list, "fuzz.yaml", text, count, &assignment,
                                                  mark != NULL ? 1 : 0, &all);
  MUST(status != KD_E_NOMEM && status != KD_E_INTERNAL);
  MUST((status == KD_OK) == (scenario != NULL));
  check_diagnostics(ctx, all, status);
  if (scenario != NULL) {
    check_draws(scenario);
    check_resolved(ctx, scenario);
  }
  kd_diagnostics_destroy(&all);
  kd_scenario_destroy(&scenario);
  kd_context_destroy(&ctx);
  free(text);
  return 0;
}
