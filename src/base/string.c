// SPDX-License-Identifier: Apache-2.0
/* Texts that the public interface hands out. */
#include "base/string.h"

#include "kaidei/eval.h"

void kd_string_free(kd_context *ctx, char **text) {
  if (text == NULL || *text == NULL) return;
  kd_free(ctx, *text);
  *text = NULL;
}

kd_status kd_string_take(char **out, kd_text *text, kd_status status, kd_error *err) {
  *out = NULL;
  if (status == KD_OK && text->bytes == NULL) kd_text_add(text, "");
  if (status == KD_OK && (text->failed || text->bytes == NULL))
    status = kd_error_set(err, KD_E_NOMEM, "out of memory for the text");
  if (status == KD_OK) {
    *out = text->bytes;
    text->bytes = NULL;
  }
  kd_text_free(text);
  return status;
}
