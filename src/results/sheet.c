// SPDX-License-Identifier: Apache-2.0
#include "results/sheet.h"

#include <math.h>
#include <string.h>

#include "base/kernel.h"

static kd_cell text(const char *value) {
  return (kd_cell){KD_CELL_TEXT, value, (double)NAN};
}
static kd_cell number(double value) {
  return (kd_cell){KD_CELL_NUMBER, NULL, value};
}
static kd_cell flag(bool value) {
  return (kd_cell){KD_CELL_FLAG, NULL, value ? 1 : 0};
}

/* ---- the sheets ---- */

static const char *const summary_heads[] = {"key",  "unit", "mean",  "sd",       "p10",   "p50",    "p90",
                                            "kind", "doc",  "stage", "headline", "count", "missing"};

static size_t summary_rows(const kd_record *record) {
  return record->columns;
}

static kd_cell summary_cell(const kd_record *record, size_t row, size_t column) {
  const kd_record_column *c = &record->column[row];
  const kd_statistics *s = &record->summary[row].shown;
  switch (column) {
  case 0:
    return text(c->key);
  case 1:
    return text(c->unit);
  case 2:
    return number(s->mean);
  case 3:
    return number(s->sd);
  case 4:
    return number(s->p10);
  case 5:
    return number(s->p50);
  case 6:
    return number(s->p90);
  case 7:
    return text(kd_record_kind_name(c->kind));
  case 8:
    return text(c->doc);
  case 9:
    return text(c->stage);
  case 10:
    return number(c->headline);
  case 11:
    return number((double)s->count);
  default:
    return number((double)(record->run.realisations - s->count));
  }
}

static const char *const parameter_heads[] = {"key",    "text",    "si_value", "unit", "distribution",
                                              "source", "assumed", "given",    "doc"};

static size_t parameter_rows(const kd_record *record) {
  return record->parameters;
}

static kd_cell parameter_cell(const kd_record *record, size_t row, size_t column) {
  const kd_record_parameter *p = &record->parameter[row];
  switch (column) {
  case 0:
    return text(p->key);
  case 1:
    return text(p->text);
  case 2:
    return number(p->value);
  case 3:
    return text(p->unit);
  case 4:
    return text(p->distribution);
  case 5:
    return text(p->source);
  case 6:
    return flag(p->assumed);
  case 7:
    return flag(p->given);
  default:
    return text(p->doc);
  }
}

static const char *const ledger_heads[] = {"stage", "item", "label", "kind", "quantity", "unit",
                                           "money", "p10",  "p50",   "p90",  "key",      "doc"};

static size_t ledger_rows(const kd_record *record) {
  return record->ledgers;
}

static kd_cell ledger_cell(const kd_record *record, size_t row, size_t column) {
  const kd_record_ledger *l = &record->ledger[row];
  switch (column) {
  case 0:
    return text(l->stage);
  case 1:
    return text(l->item);
  case 2:
    return text(l->label);
  case 3:
    return text(l->kind);
  case 4:
    return number(l->quantity);
  case 5:
    return text(l->unit);
  case 6:
    return number(l->money);
  case 7:
    return number(l->p10);
  case 8:
    return number(l->p50);
  case 9:
    return number(l->p90);
  case 10:
    return text(l->key);
  default:
    return text(l->doc);
  }
}

static const char *const product_heads[] = {"element", "form", "purity", "tonnes_per_year", "p10", "p50", "p90"};

static size_t product_rows(const kd_record *record) {
  return record->products;
}

static kd_cell product_cell(const kd_record *record, size_t row, size_t column) {
  const kd_record_product *p = &record->product[row];
  switch (column) {
  case 0:
    return text(p->element);
  case 1:
    return text(p->form);
  case 2:
    return number(p->purity);
  case 3:
    return number(p->tonnes);
  case 4:
    return number(p->p10);
  case 5:
    return number(p->p50);
  default:
    return number(p->p90);
  }
}

static const char *const balance_heads[] = {"what", "in", "out", "stock", "closure", "unit"};

static size_t balance_rows(const kd_record *record) {
  return record->balances;
}

static kd_cell balance_cell(const kd_record *record, size_t row, size_t column) {
  const kd_record_balance *b = &record->balance[row];
  switch (column) {
  case 0:
    return text(b->what);
  case 1:
    return number(b->in);
  case 2:
    return number(b->out);
  case 3:
    return number(b->stock);
  case 4:
    return number(b->closure);
  default:
    return text(b->unit);
  }
}

static const char *const sensitivity_heads[] = {"output", "parameter", "rank_correlation", "assumed", "realisations"};

static size_t sensitivity_rows(const kd_record *record) {
  return record->sensitivities;
}

static kd_cell sensitivity_cell(const kd_record *record, size_t row, size_t column) {
  const kd_record_sensitivity *s = &record->sensitivity[row];
  switch (column) {
  case 0:
    return text(s->output);
  case 1:
    return text(s->parameter);
  case 2:
    return number(s->rank_correlation);
  case 3:
    return flag(s->assumed);
  default:
    return number((double)s->realisations);
  }
}

static const char *const input_heads[] = {"path", "sha256"};

static size_t input_rows(const kd_record *record) {
  return record->inputs;
}

static kd_cell input_cell(const kd_record *record, size_t row, size_t column) {
  return text(column == 0 ? record->input[row].path : record->input[row].sha256);
}

const kd_sheet kd_sheets[KD_SHEETS] = {
    {"summary", summary_heads, KD_COUNT(summary_heads), summary_rows, summary_cell},
    {"parameters", parameter_heads, KD_COUNT(parameter_heads), parameter_rows, parameter_cell},
    {"ledger", ledger_heads, KD_COUNT(ledger_heads), ledger_rows, ledger_cell},
    {"products", product_heads, KD_COUNT(product_heads), product_rows, product_cell},
    {"balances", balance_heads, KD_COUNT(balance_heads), balance_rows, balance_cell},
    {"sensitivities", sensitivity_heads, KD_COUNT(sensitivity_heads), sensitivity_rows, sensitivity_cell},
    {"inputs", input_heads, KD_COUNT(input_heads), input_rows, input_cell},
};

/* ---- CSV ---- */

void kd_cell_csv(kd_text *out, const char *value) {
  if (value == NULL || value[0] == '\0') return;
  const bool formula = strchr("=+-@\t\r", value[0]) != NULL;
  if (!formula && strpbrk(value, ",\"\r\n") == NULL) {
    kd_text_add(out, value);
    return;
  }
  kd_text_add(out, formula ? "\"'" : "\"");
  for (const char *c = value; *c != '\0';) {
    const size_t plain = strcspn(c, "\"");
    kd_text_add_bytes(out, c, plain);
    c += plain;
    if (*c == '"') {
      kd_text_add(out, "\"\"");
      c++;
    }
  }
  kd_text_add(out, "\"");
}

void kd_sheet_csv(kd_text *out, const kd_sheet *sheet, const kd_record *record) {
  for (size_t c = 0; c < sheet->columns; c++) {
    if (c > 0) kd_text_add(out, ",");
    kd_text_add(out, sheet->heads[c]);
  }
  kd_text_add(out, "\n");
  const size_t rows = sheet->rows(record);
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < sheet->columns; c++) {
      const kd_cell cell = sheet->cell(record, r, c);
      if (c > 0) kd_text_add(out, ",");
      if (cell.kind == KD_CELL_TEXT) kd_cell_csv(out, cell.text);
      if (cell.kind == KD_CELL_NUMBER && isfinite(cell.number)) kd_text_add_number(out, cell.number);
      if (cell.kind == KD_CELL_FLAG) kd_text_add(out, cell.number != 0 ? "yes" : "no");
    }
    kd_text_add(out, "\n");
  }
}

/* ---- JSON ---- */

void kd_sheet_json(kd_json *json, const kd_sheet *sheet, const kd_record *record) {
  const size_t rows = sheet->rows(record);
  for (size_t r = 0; r < rows; r++) {
    kd_json_line(json);
    kd_json_open(json, NULL, '{');
    for (size_t c = 0; c < sheet->columns; c++) {
      const kd_cell cell = sheet->cell(record, r, c);
      if (cell.kind == KD_CELL_TEXT) kd_json_text(json, sheet->heads[c], cell.text);
      if (cell.kind == KD_CELL_NUMBER) kd_json_number(json, sheet->heads[c], cell.number);
      if (cell.kind == KD_CELL_FLAG) kd_json_flag(json, sheet->heads[c], cell.number != 0);
    }
    kd_json_close(json, '}');
  }
}
