// SPDX-License-Identifier: Apache-2.0
/* report.html: one offline file that one would print. A table first, then pictures; every picture has its numbers and
 * where they come from one click away. */
#ifndef KD_RESULTS_REPORT_H
#define KD_RESULTS_REPORT_H

#include "base/text.h"
#include "kaidei/run.h"
#include "results/record.h"

/* Writes the whole page. Errors: KD_E_NOMEM, KD_E_CORRUPT. */
kd_status kd_report_write(kd_text *out, const kd_run *run, kd_error *err);

/* ---- parts, one file each ---- */

void kd_report_head(kd_text *out, const char *title);                      /* style and opening */
void kd_report_section(kd_text *out, const char *title, const char *lead); /* lead: HTML, may be NULL */
/* Opens the "numbers and source" drawer below a picture, and closes it with a line on where the numbers come from. */
void kd_report_numbers_begin(kd_text *out, const char *const *heads, size_t count);
void kd_report_numbers_end(kd_text *out, const char *source);
void kd_report_cell(kd_text *out, const char *text);
void kd_report_cell_number(kd_text *out, double value);

void kd_report_flows(kd_text *out, const kd_record *record);     /* Sankeys: mass, rare earths, money */
void kd_report_waterfall(kd_text *out, const kd_record *record); /* cost per kg of REO */
void kd_report_tornado(kd_text *out, const kd_record *record, const char *output, const char *title);
void kd_report_elements(kd_text *out, const kd_record *record); /* production beside demand */
void kd_report_calendar(kd_text *out, const kd_record *record); /* hours by cause */
void kd_report_grade_tonnage(kd_text *out, const kd_record *record);
/* Histogram with P10, P50, P90 of one output. values: n, in the display unit; reordered. */
void kd_report_distribution(kd_text *out, const char *title, const char *unit, double *values, size_t n,
                            const kd_statistics *statistics);
void kd_report_assumed(kd_text *out, const kd_record *record); /* assumed inputs by what they move */
void kd_report_all_outputs(kd_text *out, const kd_record *record);
void kd_report_parameters(kd_text *out, const kd_record *record);
void kd_report_balances(kd_text *out, const kd_record *record);
void kd_report_provenance(kd_text *out, const kd_record *record);

/* Statistics of an output in its display unit; false when the run has no such column or no finite value in it. */
bool kd_report_find(const kd_statistics **out, const char **unit, const kd_record *record, const char *key);
/* Mean of a ledger line over the realisations, display unit, labels summed; 0 when there is none. */
double kd_report_ledger(const kd_record *record, const char *stage, const char *item);

#endif
