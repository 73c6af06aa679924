// SPDX-License-Identifier: Apache-2.0
/* A run in the formats of other programs.
 *
 *   csv    a folder with summary.csv, parameters.csv, ledger.csv, products.csv, balances.csv, sensitivities.csv,
 *          inputs.csv and samples.csv; or, when the path ends in .csv, the summary alone in one file
 *   xlsx   a workbook: units and assumptions first, then the same tables, quantile curves with a chart, and samples
 *   json   one object with the same tables
 *
 * Values are in display units. Files appear whole under their names or not at all.
 */
#ifndef KD_RESULTS_EXPORT_H
#define KD_RESULTS_EXPORT_H

#include "base/text.h"
#include "kaidei/run.h"

#define KD_EXPORT_FORMATS   "csv|xlsx|json"
#define KD_EXPORT_XLSX_ROWS 100000 /* realisations on the sheet Samples, at most */

/* format: one of KD_EXPORT_FORMATS. Errors: KD_E_CHOICE, KD_E_DISK, KD_E_IO, KD_E_CORRUPT, KD_E_NOMEM. */
kd_status kd_export(const kd_run *run, const char *format, const char *path, kd_error *err);

/* The JSON object, for standard output. */
kd_status kd_export_json(kd_text *out, const kd_run *run, kd_error *err);
/* The workbook. */
kd_status kd_export_xlsx(const kd_run *run, const char *path, kd_error *err);

#endif
