// SPDX-License-Identifier: Apache-2.0
/* Claims: no text crashes the reader; a refusal has a message; what is read can be judged and written, and its JSON is
 * JSON. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "claims/claims.h"
#include "fuzz.h"
#include "memory.h"

static void check_written(kd_context *ctx, const kd_claims *claims) {
  kd_text text;
  kd_text_init(&text, ctx);
  kd_claims_write(&text, claims);
  MUST(!text.failed && kd_utf8_check(text.bytes, text.length) == text.length);
  kd_text_free(&text);
  kd_text_init(&text, ctx);
  kd_claims_write_json(&text, claims);
  MUST(!text.failed);
  json_t *root = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, NULL);
  MUST(root != NULL);
  json_decref(root);
  kd_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  memory files = {.file = {{.name = "a.yaml", .bytes = data, .count = size}}, .files = 1};
  const kd_file_layer layer = memory_layer(&files);
  const kd_context_options options = {.size = sizeof options, .files = &layer, .home = ""};
  kd_context *ctx = NULL;
  kd_claims *claims = NULL;
  kd_error err = {.text = ""};
  if (kd_context_create(&ctx, &options) != KD_OK) return 0;
  const kd_status status = kd_claims_read(&claims, ctx, "claims", &err);
  MUST((status == KD_OK) == (claims != NULL));
  if (status != KD_OK) {
    MUST(err.code == status && err.text[0] != '\0');
    MUST(kd_utf8_check(err.text, strlen(err.text)) == strlen(err.text));
  } else {
    kd_claim *claim = &claims->claim[0];
    MUST(claims->count == 1 && claim->id != NULL && claim->words != NULL && claim->unit != NULL);
    check_written(ctx, claims);
    claim->computed = true;
    claim->run = "runs/a";
    const double values[] = {-1.0, 0.0, 550.0, (double)NAN, 1e300};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
      claim->p10 = claim->p50 = claim->p90 = values[i];
      claim->verdict = kd_claim_verdict(claim);
      MUST(claim->cannot == NULL || claim->verdict == KD_CANNOT_BE_KNOWN);
      check_written(ctx, claims);
    }
  }
  kd_claims_destroy(&claims);
  kd_context_destroy(&ctx);
  return 0;
}
