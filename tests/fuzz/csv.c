// SPDX-License-Identifier: Apache-2.0
/* Tables: no bytes crash the reader; every defect has a place and a message in valid UTF-8; a table that is accepted
 * has all its cells, and survives being written and read again. */
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/table.h"
#include "base/text.h"
#include "fuzz.h"

static void note(kd_status code, unsigned line, unsigned column, const char *message, void *user) {
  size_t *count = user;
  MUST(code != KD_OK && line > 0 && column > 0);
  MUST(message[0] != '\0' && kd_utf8_check(message, strlen(message)) == strlen(message));
  ++*count;
}

static void check_cells(const kd_table *table) {
  for (size_t i = 0; i < table->columns; ++i) {
    const kd_column *column = &table->column[i];
    MUST(column->name[0] != '\0' && column->place == i + 1);
    for (size_t row = 0; row < table->rows; ++row) {
      const char *text = column->text[row];
      MUST(kd_utf8_check(text, strlen(text)) == strlen(text));
      MUST(column->is_text || isfinite(column->number[row]) || text[0] == '\0');
      MUST(table->line[row] > 0);
    }
  }
}

static void check_again(kd_context *ctx, const kd_table *table) {
  kd_text text;
  kd_table *again;
  kd_error err = {.text = ""};
  kd_text_init(&text, ctx);
  kd_table_write(&text, table);
  MUST(!text.failed);
  MUST(kd_table_parse(&again, ctx, "again", text.bytes, text.length, NULL, NULL, &err) == KD_OK);
  MUST(again->columns == table->columns && again->rows == table->rows);
  for (size_t i = 0; i < table->columns; ++i) {
    const kd_column *a = &table->column[i], *b = &again->column[i];
    MUST(strcmp(a->name, b->name) == 0 && strcmp(a->unit, b->unit) == 0);
    for (size_t row = 0; row < table->rows; ++row) {
      if (a->is_text) {
        MUST(strcmp(a->text[row], b->text[row]) == 0);
      } else {
        MUST(a->number[row] == b->number[row] || (isnan(a->number[row]) && isnan(b->number[row])));
      }
    }
  }
  kd_table_destroy(&again);
  kd_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  kd_context *ctx;
  kd_table *table;
  kd_error err = {.text = ""};
  size_t defects = 0;
  if (kd_context_create(&ctx, NULL) != KD_OK) return 0;
  kd_status status = kd_table_parse(&table, ctx, "fuzz.csv", (const char *)data, size, note, &defects, &err);
  if (status == KD_OK) {
    MUST(defects == 0);
    check_cells(table);
    check_again(ctx, table);
    status = kd_table_bind(table, "area [km2], top [m], grade [ppm], site, share [%]?, t [degC]?, ...", note, &defects,
                           &err);
    MUST((status == KD_OK) == (defects == 0));
    defects = 0;
    (void)kd_table_bind(table, "area [km2], top [m]", note, &defects, &err);
  } else {
    MUST(table == NULL && err.text[0] != '\0' && err.code == status);
  }
  kd_table_destroy(&table);
  kd_context_destroy(&ctx);
  return 0;
}
