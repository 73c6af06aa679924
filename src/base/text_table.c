// SPDX-License-Identifier: Apache-2.0
#include "base/text_table.h"

#include <string.h>

#include "base/context.h"
#include "base/error.h"

kd_status kd_table_take_texts(kd_table *self, size_t texts, const kd_text *cells, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(!cells->failed, err, KD_E_NOMEM, "no memory for a table of %zu rows", self->rows);
  self->storage = kd_alloc(self->ctx, cells->length + 1, 1);
  KD_CHECK(self->storage != NULL, err, KD_E_NOMEM, "no memory for a table of %zu rows", self->rows);
  if (cells->length > 0) memcpy(self->storage, cells->bytes, cells->length);
  for (size_t c = 0; c < texts; c++) {
    self->column[c].text = kd_alloc(self->ctx, self->rows + 1, sizeof *self->column[c].text);
    KD_CHECK(self->column[c].text != NULL, err, KD_E_NOMEM, "no memory for a table of %zu rows", self->rows);
    self->column[c].is_text = true;
  }
  const char *at = self->storage, *end = self->storage + cells->length;
  for (size_t r = 0; r < self->rows; r++) {
    for (size_t c = 0; c < texts; c++) {
      self->column[c].text[r] = at < end ? at : "";
      if (at < end) at += strlen(at) + 1;
    }
  }
out:
  return status;
}
