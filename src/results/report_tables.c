// SPDX-License-Identifier: Apache-2.0
/* The long tables: balances, all outputs, all parameters, provenance. Folded on the screen, left out on paper. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/report.h"
#include "results/svg.h"

static void output_row(kd_text *out, const kd_record *record, size_t column, bool tell) {
  const kd_record_column *c = &record->column[column];
  kd_text_add(out, "<tr><td class=\"t\">");
  kd_text_add_html(out, c->key + (strncmp(c->key, "output.", 7) == 0 ? 7 : 0));
  if (tell && c->doc != NULL) {
    kd_text_add(out, "<br><span class=\"small\">");
    kd_text_add_html(out, c->doc);
    kd_text_add(out, "</span>");
  }
  kd_text_add(out, "</td>");
  kd_report_cells(out, record, column);
  kd_text_add(out, "</tr>\n");
}

void kd_report_all_outputs(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<output", "<unit", "P10", "P50", "P90", "mean"};
  const char *stage = "", *told = "";
  bool open = false;
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    if (column->kind != KD_RECORD_OUTPUT) continue;
    if (!open || strcmp(column->stage, stage) != 0) {
      if (open) {
        kd_report_table_end(out);
        kd_text_add(out, "</details>\n");
      }
      stage = column->stage;
      kd_text_add(out, "<details><summary>all outputs of ");
      kd_text_add_html(out, stage);
      kd_text_add(out, "</summary>");
      kd_report_table(out, heads, 6);
      open = true;
    }
    const char *doc = column->doc != NULL ? column->doc : "";
    output_row(out, record, i, strcmp(doc, told) != 0); /* the labels of one vector share one sentence */
    told = doc;
  }
  if (!open) return;
  kd_report_table_end(out);
  kd_text_add(out, "</details>\n");
}

void kd_report_parameters(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<parameter", "<value", "<source"};
  kd_text_add(out, "<details><summary>all parameters, their values and sources</summary>");
  kd_report_table(out, heads, 3);
  const char *told = "";
  for (size_t i = 0; i < record->parameters; i++) {
    const kd_record_parameter *p = &record->parameter[i];
    const char *doc = p->doc != NULL ? p->doc : "";
    kd_text_add(out, "<tr><td class=\"t\">");
    kd_text_add_html(out, p->key);
    if (strcmp(doc, told) != 0) {
      kd_text_add(out, "<br><span class=\"small\">");
      kd_text_add_html(out, doc);
      kd_text_add(out, "</span>");
    }
    told = doc;
    kd_text_add(out, "</td><td class=\"t v\">");
    kd_text_add_html(out, p->text != NULL ? p->text : "");
    kd_text_add(out, "</td>");
    kd_report_cell(out, p->source != NULL ? p->source : p->assumed ? "assumed" : "");
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
  kd_text_add(out, "</details>\n");
}

static void balance_row(kd_text *out, const kd_record_balance *b) {
  char worst[32];
  kd_scale scale;
  kd_label_round(worst, sizeof worst, b->closure, 2);
  kd_report_scale(&scale, b->unit, fmax(fabs(b->in), fabs(b->out)));
  kd_text_add(out, "<tr>");
  kd_report_cell(out, b->what);
  kd_report_cell_number(out, b->in * scale.factor);
  kd_report_cell_number(out, b->out * scale.factor);
  kd_report_cell_number(out, b->stock * scale.factor);
  kd_report_cell(out, scale.unit);
  kd_text_printf(out, "<td>%s</td></tr>\n", worst);
}

void kd_report_balances(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<balance", "in", "out", "stock", "<unit", "worst closure"};
  static const char *const elements = "element.";
  size_t hidden = 0;
  kd_report_table(out, heads, 6);
  for (size_t i = 0; i < record->balances; i++) {
    if (strncmp(record->balance[i].what, elements, strlen(elements)) == 0)
      hidden++;
    else
      balance_row(out, &record->balance[i]);
  }
  kd_report_table_end(out);
  if (hidden == 0) return;
  kd_text_printf(out, "<details><summary>and those of %zu elements</summary>", hidden);
  kd_report_table(out, heads, 6);
  for (size_t i = 0; i < record->balances; i++) {
    if (strncmp(record->balance[i].what, elements, strlen(elements)) == 0) balance_row(out, &record->balance[i]);
  }
  kd_report_table_end(out);
  kd_text_add(out, "</details>\n");
}

void kd_report_provenance(kd_text *out, const kd_record *record) {
  kd_text_add(out, "<p class=\"small\">kaidei ");
  kd_text_add_html(out, record->run.version != NULL ? record->run.version : "");
  kd_text_printf(out, " · seed %llu · %llu realisations · scenario <code>", (unsigned long long)record->run.seed,
                 (unsigned long long)record->run.realisations);
  char hash[24];
  snprintf(hash, sizeof hash, "%.16s", record->run.scenario_hash != NULL ? record->run.scenario_hash : "");
  kd_text_add_html(out, hash);
  kd_text_add(out,
              "</code>. The same scenario, version and seed give the same numbers on any number of threads. "
              "Everything here is in <code>run.sqlite</code> and <code>samples.nc</code> beside this page; who ran "
              "it where and when is in <code>run.json</code>.</p>\n");
}
