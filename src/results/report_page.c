// SPDX-License-Identifier: Apache-2.0
/* The page itself: headings, tables, drawers, cells. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/report.h"
#include "results/report_style.h"
#include "results/svg.h"

void kd_report_head(kd_text *out, const kd_record *record) {
  char count[32];
  kd_text_add(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><title>");
  kd_text_add_html(out, record->run.name);
  kd_text_add(out, "</title>\n<style>");
  for (size_t i = 0; kd_report_style[i] != NULL; i++) kd_text_add(out, kd_report_style[i]);
  kd_text_add(out, "</style></head><body><main>\n<header><div class=\"eyebrow\">kaidei <span lang=\"ja\">海泥</span> "
                   "· sea mud to supply</div><h1>");
  kd_text_add_html(out, record->run.name);
  kd_label_count(count, sizeof count, (double)record->run.realisations);
  kd_text_printf(out, "</h1><div class=\"small\">%s realisations of the whole chain · seed %llu · version ", count,
                 (unsigned long long)record->run.seed);
  kd_text_add_html(out, record->run.version != NULL ? record->run.version : "");
  kd_text_add(out, "</div></header>\n");
}

void kd_report_section(kd_text *out, const char *title, const char *lead) {
  kd_text_add(out, "<h2>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</h2>\n");
  if (lead != NULL) kd_text_printf(out, "<p class=\"small\">%s</p>\n", lead);
}

void kd_report_figure(kd_text *out, const char *title) {
  kd_text_add(out, "<figure class=\"wide\">");
  if (title != NULL) {
    kd_text_add(out, "<figcaption>");
    kd_text_add_html(out, title);
    kd_text_add(out, "</figcaption>");
  }
  kd_text_add(out, "\n");
}

void kd_report_figure_end(kd_text *out) {
  kd_text_add(out, "</figure>\n");
}

void kd_report_table(kd_text *out, const char *const *heads, size_t count) {
  kd_text_add(out, "<div class=\"scroll\"><table><thead><tr>");
  for (size_t i = 0; i < count; i++) {
    const bool text = heads[i][0] == '<';
    kd_text_add(out, text ? "<th class=\"t\">" : "<th>");
    kd_text_add_html(out, heads[i] + (text ? 1 : 0));
    kd_text_add(out, "</th>");
  }
  kd_text_add(out, "</tr></thead><tbody>\n");
}

void kd_report_table_end(kd_text *out) {
  kd_text_add(out, "</tbody></table></div>\n");
}

void kd_report_numbers_begin(kd_text *out, const char *const *heads, size_t count) {
  kd_text_add(out, "<details><summary>numbers and source</summary>");
  kd_report_table(out, heads, count);
}

void kd_report_numbers_end(kd_text *out, const char *source) {
  kd_report_table_end(out);
  kd_text_add(out, "<p class=\"small\">");
  kd_text_add_html(out, source);
  kd_text_add(out, "</p></details>\n");
}

/* ---- cells ---- */

void kd_report_cell(kd_text *out, const char *text) {
  kd_text_add(out, "<td class=\"t\">");
  kd_text_add_html(out, text != NULL ? text : "");
  kd_text_add(out, "</td>");
}

void kd_report_cell_number(kd_text *out, double value) {
  char number[48];
  kd_label_round(number, sizeof number, value, 3);
  kd_text_printf(out, "<td>%s</td>", number);
}

void kd_report_cell_title(kd_text *out, const char *title, const char *key) {
  kd_text_add(out, "<td class=\"t\">");
  kd_text_add_html(out, title);
  kd_text_add(out, " <span class=\"key\">");
  kd_text_add_html(out, key);
  kd_text_add(out, "</span></td>");
}

static void date_cells(kd_text *out, const kd_statistics *s) {
  const double values[] = {s->p10, s->p50, s->p90, s->mean};
  kd_text_add(out, "<td class=\"t u\"></td>");
  for (size_t i = 0; i < 4; i++) {
    char date[24];
    kd_report_date(date, sizeof date, values[i]);
    kd_text_printf(out, i == 1 ? "<td><b class=\"n\">%s</b></td>" : "<td>%s</td>", date);
  }
}

void kd_report_cells(kd_text *out, const kd_record *record, size_t column) {
  const kd_statistics *s = &record->summary[column].shown;
  if (kd_report_is_date(&record->column[column])) {
    date_cells(out, s);
    return;
  }
  kd_scale scale;
  kd_report_scale(&scale, record->column[column].unit, s->p50 != 0 ? s->p50 : s->mean);
  const int digits = kd_report_digits(s->p10 * scale.factor, s->p50 * scale.factor, s->p90 * scale.factor);
  const double values[] = {s->p10, s->p50, s->p90, s->mean};
  kd_text_add(out, "<td class=\"t u\">");
  kd_text_add_html(out, scale.unit);
  if (s->count < record->run.realisations) /* the figures are of those that have a value */
    kd_text_printf(out, " <span class=\"small\">(%.3g %% have none)</span>",
                   100.0 * (1.0 - (double)s->count / (double)record->run.realisations));
  kd_text_add(out, "</td>");
  for (size_t i = 0; i < 4; i++) {
    char number[48];
    kd_label_round(number, sizeof number, values[i] * scale.factor, digits);
    kd_text_printf(out, i == 1 ? "<td><b class=\"n\">%s</b></td>" : "<td>%s</td>", number);
  }
}

void kd_report_cell_range(kd_text *out, const kd_record *record, const char *key) {
  const kd_statistics *s;
  const char *unit;
  if (!kd_report_find(&s, &unit, record, key)) {
    kd_text_add(out, "<td>–</td>");
    return;
  }
  kd_scale scale;
  char p10[48], p50[48], p90[48];
  kd_report_scale(&scale, unit, s->p50 != 0 ? s->p50 : s->p90);
  kd_label_round(p10, sizeof p10, s->p10 * scale.factor, 3);
  kd_label_round(p50, sizeof p50, s->p50 * scale.factor, 3);
  kd_label_round(p90, sizeof p90, s->p90 * scale.factor, 3);
  kd_text_printf(out, "<td><b class=\"n\">%s</b> ", p50);
  kd_text_add_html(out, scale.unit);
  if (strcmp(p10, p90) != 0) kd_text_printf(out, "<br><span class=\"small\">%s – %s</span>", p10, p90);
  kd_text_add(out, "</td>");
}
