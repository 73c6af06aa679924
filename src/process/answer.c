// SPDX-License-Identifier: Apache-2.0
#include "process/answer.h"

#include <math.h>

#include "base/error.h"

void kd_answer_number(kd_text *csv, double value) {
  kd_text_add(csv, ",");
  if (isfinite(value)) kd_text_add_number(csv, value);
}

void kd_answer_word(kd_text *csv, const char *word, bool first) {
  kd_text_add(csv, first ? "\"" : ",\"");
  for (const char *c = word; *c != '\0'; c++) {
    if (*c == '"') kd_text_add(csv, "\"");
    kd_text_add_bytes(csv, c, 1);
  }
  kd_text_add(csv, "\"");
}

kd_status kd_answer_table(kd_table **out, kd_text *csv, const char *columns, kd_error *err) {
  kd_status status = KD_OK;
  *out = NULL;
  KD_CHECK(!csv->failed && csv->bytes != NULL, err, KD_E_NOMEM, "out of memory for the answer");
  KD_TRY(kd_table_parse(out, csv->ctx, NULL, csv->bytes, csv->length, NULL, NULL, err));
  KD_TRY(kd_table_bind(*out, columns, NULL, NULL, err));
out:
  kd_text_free(csv);
  if (status != KD_OK) kd_table_destroy(out);
  return status;
}
