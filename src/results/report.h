// SPDX-License-Identifier: Apache-2.0
/* report.html: one offline file that one would print. The answer first, then tables and pictures; every picture has its
 * numbers and where they come from one click away. */
#ifndef KD_RESULTS_REPORT_H
#define KD_RESULTS_REPORT_H

#include "base/text.h"
#include "kaidei/run.h"
#include "results/record.h"
#include "results/report_words.h"
#include "results/svg.h"

#define KD_REPORT_WIDTH 850.0 /* of a picture, as wide as the column of text */
#define KD_REPORT_HALF  415.0 /* of one of two pictures side by side */

/* Writes the whole page. Errors: KD_E_NOMEM, KD_E_CORRUPT. */
kd_status kd_report_write(kd_text *out, const kd_run *run, kd_error *err);

/* ---- report_page.c: style, headings, tables, drawers ---- */

void kd_report_head(kd_text *out, const kd_record *record);
void kd_report_section(kd_text *out, const char *title, const char *lead); /* lead: HTML, may be NULL */
void kd_report_figure(kd_text *out, const char *title);                    /* opens a picture; title may be NULL */
void kd_report_figure_end(kd_text *out);
/* A table with its heads; a head that begins with '<' stands above a column of text, which is set to the left. */
void kd_report_table(kd_text *out, const char *const *heads, size_t count);
void kd_report_table_end(kd_text *out);
/* The "numbers and source" drawer below a picture, closed with a line on where the numbers come from. */
void kd_report_numbers_begin(kd_text *out, const char *const *heads, size_t count);
void kd_report_numbers_end(kd_text *out, const char *source);
void kd_report_cell(kd_text *out, const char *text);
void kd_report_cell_number(kd_text *out, double value);
void kd_report_cell_title(kd_text *out, const char *title, const char *key); /* words, and the key in small */
/* unit, P10, P50, P90, mean: five cells in a magnitude that fits, or as dates. column: of the record. */
void kd_report_cells(kd_text *out, const kd_record *record, size_t column);
/* "1.23 (0.9 – 1.8) million t" in one cell: median and range; "–" when the run has no such output. */
void kd_report_cell_range(kd_text *out, const kd_record *record, const char *key);

/* ---- parts, one file each ---- */

void kd_report_answer(kd_text *out, const kd_record *record);     /* in a sentence, and six cards */
void kd_report_headline(kd_text *out, const kd_record *record);   /* P10, P50, P90 by stage */
void kd_report_flows(kd_text *out, const kd_record *record);      /* Sankeys: mass, rare earths, money */
void kd_report_plant(kd_text *out, const kd_record *record);      /* flowsheet and stream table */
void kd_report_waterfall(kd_text *out, const kd_record *record);  /* cost per kg of REO */
void kd_report_allocation(kd_text *out, const kd_record *record); /* cost by element under three rules */
void kd_report_tornado(kd_text *out, const kd_record *record);    /* cost beside net present value */
void kd_report_assumed(kd_text *out, const kd_record *record);    /* assumed inputs by what they move */
/* Histogram with P10, P50, P90 of one output. values: n, in the display unit; reordered. */
void kd_report_distribution(kd_text *out, const char *title, const char *unit, double *values, size_t n,
                            const kd_statistics *statistics);
void kd_report_elements(kd_text *out, const kd_record *record); /* production beside demand */
void kd_report_security(kd_text *out, const kd_record *record); /* dependence; embargo by three methods */
void kd_report_grade_tonnage(kd_text *out, const kd_record *record);
void kd_report_deposit(kd_text *out, const kd_record *record); /* map, sections, variograms, curves, classes, swaths */
void kd_report_plan(kd_text *out, const kd_record *record);    /* sites of the mine plan and their sequence */
/* All rows of an exhibit, with its columns, in the drawer below a picture. */
void kd_report_exhibit(kd_text *out, const kd_exhibit *e);
/* A map of rectangles of an exhibit (x, y, width, height), shaded by a column; axes in km. half: one of two. */
typedef struct kd_report_map {
  kd_axis x, y;     /* km */
  double low, high; /* of the column */
  double height;    /* of the picture */
} kd_report_map;
void kd_report_map_begin(kd_text *out, kd_report_map *map, const kd_exhibit *ground, const char *column,
                         const char *unit, const char *title);
void kd_report_map_end(kd_text *out, const kd_report_map *map, const char *unit);
void kd_report_calendar(kd_text *out, const kd_record *record); /* dates, and hours by cause */
void kd_report_plume(kd_text *out, const kd_record *record);    /* footprint by threshold */
void kd_report_balances(kd_text *out, const kd_record *record);
void kd_report_all_outputs(kd_text *out, const kd_record *record);
void kd_report_parameters(kd_text *out, const kd_record *record);
void kd_report_provenance(kd_text *out, const kd_record *record);

/* ---- what the parts look up ---- */

/* Statistics of an output in its display unit; false when the run has no such column or no finite value in it. */
bool kd_report_find(const kd_statistics **out, const char **unit, const kd_record *record, const char *key);
/* The same for "prefix.part". */
bool kd_report_find_part(const kd_statistics **out, const char **unit, const kd_record *record, const char *prefix,
                         const char *part);
/* Outputs whose keys begin with a prefix and that have a value; returns how many. */
size_t kd_report_columns(size_t *index, size_t capacity, const kd_record *record, const char *prefix);
/* Mean of a ledger line over the realisations, display unit, labels summed; 0 when there is none. */
double kd_report_ledger(const kd_record *record, const char *stage, const char *item);
/* Is the ground the shipped table, which is a reconstruction from published statistics? */
bool kd_report_reconstruction(const kd_record *record);
/* Is the project year one campaign at sea (a trial), and how long is it planned to stay on site [days]? */
bool kd_report_trial(double *days, const kd_record *record);

#endif
