// SPDX-License-Identifier: Apache-2.0
/* The page itself: style, headings, tables, drawers. */
#include "results/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/svg.h"

static const char style[] =
    ":root{--ink:#15212b;--soft:#5b6a76;--line:#dbe2e8;--paper:#fff;--tint:#f4f7f9;--blue:#0072B2;--red:#D55E00}"
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 'Iowan Old Style','Palatino "
    "Linotype',Palatino,Georgia,serif}"
    "main{max-width:860px;margin:0 auto;padding:40px 24px 80px}"
    "header{border-bottom:3px solid var(--ink);padding-bottom:14px;margin-bottom:22px}"
    "h1{font-size:30px;line-height:1.2;margin:0 0 4px}h2{font-size:21px;margin:44px 0 "
    "8px;padding-top:10px;border-top:1px solid var(--line)}"
    "h3{font-size:16px;margin:26px 0 4px}"
    ".sans,svg,table,.card,.small,.flag,summary,.eyebrow{font-family:system-ui,-apple-system,'Segoe "
    "UI',Roboto,'Helvetica Neue',Arial,sans-serif}"
    ".eyebrow{font-size:12px;letter-spacing:.12em;text-transform:uppercase;color:var(--soft)}"
    ".answer{font-size:20px;line-height:1.45}.small{font-size:12.5px;color:var(--soft)}"
    ".flag{background:#fff6e5;border-left:4px solid #E69F00;padding:8px 12px;font-size:14px}"
    ".cards{display:grid;grid-template-columns:repeat(3,1fr);gap:12px;margin:22px 0}"
    ".card{background:var(--tint);border-radius:8px;padding:12px 14px}.card .what{font-size:12.5px;color:var(--soft)}"
    ".card .big{font-size:25px;font-weight:650;letter-spacing:-.01em}.card .big "
    "span{font-size:13px;font-weight:400;color:var(--soft)}"
    ".card .range{font-size:12.5px;color:var(--soft)}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-"
    "nums}"
    "th{text-align:right;font-weight:600;color:var(--soft);border-bottom:1.5px solid var(--ink);padding:5px "
    "8px;font-size:12px}"
    "td{text-align:right;border-bottom:1px solid var(--line);padding:5px 8px;vertical-align:top}"
    "th:first-child,td:first-child{text-align:left}td.t{text-align:left}"
    "svg{width:100%;height:auto;display:block;margin:8px 0}svg .grid{stroke:#e3e9ee;stroke-width:1}svg "
    ".axis{stroke:#15212b;stroke-width:1}"
    "svg .mark{stroke:#15212b;stroke-width:1.4;stroke-dasharray:3 3}svg .join{stroke:#9aa3ab;stroke-width:1}"
    "svg text{fill:#15212b;font-size:12px}svg .tick{fill:#5b6a76;font-size:11px}svg .label{fill:#5b6a76;font-size:12px}"
    "svg .name{font-size:12.5px;font-weight:600}"
    "details{margin:6px 0 14px}summary{cursor:pointer;color:var(--blue);font-size:13px}"
    "code{font-size:12.5px;word-break:break-word}"
    "@media(max-width:640px){main{padding:22px 14px "
    "60px}.cards{grid-template-columns:repeat(2,1fr)}h1{font-size:24px}.answer{font-size:17px}"
    "figure{margin:0;overflow-x:auto}figure svg{min-width:560px}}"
    "@media print{main{max-width:none;padding:0}h2{break-after:avoid}svg,table.numbers "
    "tr{break-inside:avoid}summary{display:none}}"
    "figure{margin:10px 0}";

void kd_report_head(kd_text *out, const char *title) {
  kd_text_add(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><title>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</title>\n<style>");
  kd_text_add(out, style);
  kd_text_add(out,
              "</style></head><body><main>\n<header><div class=\"eyebrow\">kaidei 海泥 · sea mud to supply</div><h1>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</h1></header>\n");
}

void kd_report_section(kd_text *out, const char *title, const char *lead) {
  kd_text_add(out, "<h2>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</h2>\n");
  if (lead != NULL) kd_text_printf(out, "<p class=\"small\">%s</p>\n", lead);
}

void kd_report_numbers_begin(kd_text *out, const char *const *heads, size_t count) {
  kd_text_add(out, "<details><summary>numbers and source</summary><div class=\"scroll\"><table><thead><tr>");
  for (size_t i = 0; i < count; i++) {
    kd_text_add(out, "<th>");
    kd_text_add_html(out, heads[i]);
    kd_text_add(out, "</th>");
  }
  kd_text_add(out, "</tr></thead><tbody>\n");
}

void kd_report_numbers_end(kd_text *out, const char *source) {
  kd_text_add(out, "</tbody></table></div><p class=\"small\">");
  kd_text_add_html(out, source);
  kd_text_add(out, "</p></details>\n");
}

void kd_report_cell(kd_text *out, const char *text) {
  kd_text_add(out, "<td class=\"t\">");
  kd_text_add_html(out, text != NULL ? text : "");
  kd_text_add(out, "</td>");
}

void kd_report_cell_number(kd_text *out, double value) {
  char number[32];
  kd_label_number(number, sizeof number, value);
  kd_text_printf(out, "<td>%s</td>", number);
}

/* ---- long tables, folded ---- */

void kd_report_all_outputs(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"output", "unit", "P10", "P50", "P90", "mean", "sd"};
  const char *stage = "";
  bool open = false;
  for (size_t i = 0; i < record->columns; i++) {
    const kd_record_column *column = &record->column[i];
    if (column->kind != KD_RECORD_OUTPUT) continue;
    if (strcmp(column->stage, stage) != 0) {
      if (open) kd_text_add(out, "</tbody></table></div></details>\n");
      stage = column->stage;
      kd_text_printf(out, "<details><summary>outputs of %s</summary><div class=\"scroll\"><table><thead><tr>", stage);
      for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++) kd_text_printf(out, "<th>%s</th>", heads[k]);
      kd_text_add(out, "</tr></thead><tbody>\n");
      open = true;
    }
    const kd_statistics *s = &record->summary[i].shown;
    kd_text_add(out, "<tr title=\"");
    kd_text_add_html(out, column->doc != NULL ? column->doc : "");
    kd_text_add(out, "\">");
    kd_report_cell(out, column->key);
    kd_report_cell(out, column->unit);
    const double cells[] = {s->p10, s->p50, s->p90, s->mean, s->sd};
    for (size_t k = 0; k < 5; k++) kd_report_cell_number(out, cells[k]);
    kd_text_add(out, "</tr>\n");
  }
  if (open) kd_text_add(out, "</tbody></table></div></details>\n");
}

void kd_report_parameters(kd_text *out, const kd_record *record) {
  kd_text_add(
      out,
      "<details><summary>all parameters, their values and sources</summary><div class=\"scroll\"><table><thead><tr>"
      "<th>parameter</th><th>value</th><th>source</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < record->parameters; i++) {
    const kd_record_parameter *p = &record->parameter[i];
    kd_text_add(out, "<tr title=\"");
    kd_text_add_html(out, p->doc != NULL ? p->doc : "");
    kd_text_add(out, "\">");
    kd_report_cell(out, p->key);
    kd_report_cell(out, p->text);
    kd_report_cell(out, p->source != NULL ? p->source : p->assumed ? "assumed" : "");
    kd_text_add(out, "</tr>\n");
  }
  kd_text_add(out, "</tbody></table></div></details>\n");
}

void kd_report_balances(kd_text *out, const kd_record *record) {
  kd_text_add(out, "<details open><summary>what came in, what went out</summary><div "
                   "class=\"scroll\"><table><thead><tr><th>balance</th><th>in</th>"
                   "<th>out</th><th>stock</th><th>unit</th><th>worst closure</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < record->balances; i++) {
    const kd_record_balance *b = &record->balance[i];
    kd_text_add(out, "<tr>");
    kd_report_cell(out, b->what);
    kd_report_cell_number(out, b->in);
    kd_report_cell_number(out, b->out);
    kd_report_cell_number(out, b->stock);
    kd_report_cell(out, b->unit);
    kd_text_printf(out, "<td>%.1e</td></tr>\n", b->closure);
  }
  kd_text_add(out, "</tbody></table></div></details>\n");
}

void kd_report_provenance(kd_text *out, const kd_record *record) {
  kd_text_printf(
      out,
      "<p class=\"small\">kaidei %s · seed %llu · %llu realisations · scenario <code>%.16s…</code>. The same scenario, "
      "version and "
      "seed give the same numbers on any number of threads. Everything here is in <code>run.sqlite</code> and "
      "<code>samples.nc</code> beside this page; who ran it where and when is in <code>run.json</code>.</p>\n",
      record->run.version, (unsigned long long)record->run.seed, (unsigned long long)record->run.realisations,
      record->run.scenario_hash);
}
