// SPDX-License-Identifier: Apache-2.0
/* The tables of a run as sheets of cells: one list that CSV, the workbook and JSON all write. */
#ifndef KD_RESULTS_SHEET_H
#define KD_RESULTS_SHEET_H

#include "base/json.h"
#include "results/record.h"

typedef enum kd_cell_kind { KD_CELL_TEXT, KD_CELL_NUMBER, KD_CELL_FLAG } kd_cell_kind;

typedef struct kd_cell {
  kd_cell_kind kind;
  const char *text; /* may be NULL: empty */
  double number;    /* NaN: empty; a flag is 0 or 1 */
} kd_cell;

typedef struct kd_sheet {
  const char *name;         /* "summary": file name and member; the workbook writes it with a capital */
  const char *const *heads; /* "key", "unit", "p10", ... */
  size_t columns;
  size_t (*rows)(const kd_record *record);
  kd_cell (*cell)(const kd_record *record, size_t row, size_t column);
} kd_sheet;

#define KD_SHEETS 7
extern const kd_sheet kd_sheets[KD_SHEETS]; /* summary, parameters, ledger, products, balances, sensitivities, inputs */

/* The sheet as CSV. A text that a spreadsheet would take for a formula (= + - @ in front) gets an apostrophe before it.
 */
void kd_sheet_csv(kd_text *out, const kd_sheet *sheet, const kd_record *record);
/* The sheet as a JSON list of objects. */
void kd_sheet_json(kd_json *json, const kd_sheet *sheet, const kd_record *record);
/* One cell of CSV. */
void kd_cell_csv(kd_text *out, const char *text);

#endif
