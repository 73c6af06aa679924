// SPDX-License-Identifier: Apache-2.0
/* Where everything goes: Sankeys of mass, rare earths and money, with their numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/report.h"
#include "results/sankey.h"
#include "results/svg.h"

#define MUD "#8C6D46"

static void flow_numbers(kd_text *out, const kd_sankey *s, const char *source) {
  static const char *const heads[] = {"<flow", "<side", "quantity", "share"};
  double whole = 0;
  for (size_t i = 0; i < s->ins; i++) whole += s->in[i].value > 0 ? s->in[i].value : 0;
  kd_report_numbers_begin(out, heads, 4);
  for (size_t i = 0; i < s->ins + s->outs; i++) {
    const kd_flow *flow = i < s->ins ? &s->in[i] : &s->out[i - s->ins];
    kd_text_add(out, "<tr>");
    kd_report_cell(out, flow->label);
    kd_report_cell(out, i < s->ins ? "in" : "out");
    kd_text_add(out, "<td>");
    kd_text_add_html(out, flow->shown);
    kd_text_add(out, "</td>");
    kd_text_printf(out, "<td>%.2f %%</td></tr>\n", 100 * flow->value / whole);
  }
  kd_report_numbers_end(out, source);
}

/* Each flow in a magnitude of its own. */
static void show(kd_flow *flow, size_t count, char (*text)[96], const char *unit) {
  for (size_t i = 0; i < count; i++) {
    kd_scale scale;
    char number[48];
    kd_report_scale(&scale, unit, flow[i].value);
    kd_label_round(number, sizeof number, flow[i].value * scale.factor, 3);
    snprintf(text[i], sizeof text[i], "%s %s", number, scale.unit);
    flow[i].shown = text[i];
  }
}

/* Draws when something comes in. */
static void draw(kd_text *out, const char *title, const char *unit, kd_flow *in, size_t ins, kd_flow *flows,
                 size_t outs, const char *const *columns, int ranks, const char *source) {
  char text[34][96];
  double whole = 0;
  for (size_t i = 0; i < ins; i++) whole += in[i].value > 0 ? in[i].value : 0;
  if (!(whole > 0) || ins + outs > sizeof text / sizeof text[0]) return;
  show(in, ins, text, unit);
  show(flows, outs, text + ins, unit);
  const kd_sankey s = {title, unit, in, ins, flows, outs, ranks, columns};
  kd_report_figure(out, title);
  kd_sankey_write(out, &s);
  kd_report_figure_end(out);
  flow_numbers(out, &s, source);
}

static void mud(kd_text *out, const kd_record *r, const char *period) {
  static const char *const columns[] = {"sea floor", "ship", "cyclones", "leach plant"};
  kd_flow in[] = {{"mud cut", kd_report_ledger(r, "campaign", "solids_cut"), MUD, 0, NULL}};
  kd_flow flows[] = {
      {"stirred up", kd_report_ledger(r, "campaign", "solids_stirred"), KD_ORANGE, 0, NULL},
      {"return water", kd_report_ledger(r, "campaign", "solids_returned"), KD_SKY, 1, NULL},
      {"cyclone overflow", kd_report_ledger(r, "process", "solids_rejected"), KD_GREY, 2, NULL},
      {"dissolved", kd_report_ledger(r, "process", "solids_dissolved"), KD_BLUE, 3, NULL},
      {"residue", kd_report_ledger(r, "process", "solids_residue"), MUD, 3, NULL},
  };
  char title[64];
  snprintf(title, sizeof title, "Dry mud %s", period);
  draw(out, title, "t", in, 1, flows, 5, columns, 4,
       "Source: the lines of the balance \"solids\" in the table ledger of run.sqlite, means.");
}

static void rare_earths(kd_text *out, const kd_record *r, const char *period) {
  static const char *const columns[] = {"sea floor", "ship", "cyclones", "leach", "purification", "separation"};
  kd_flow in[] = {{"rare earths cut", kd_report_ledger(r, "campaign", "elements_cut"), KD_GREEN, 0, NULL}};
  kd_flow flows[] = {
      {"stirred up", kd_report_ledger(r, "campaign", "elements_stirred"), KD_ORANGE, 0, NULL},
      {"return water", kd_report_ledger(r, "campaign", "elements_returned"), KD_SKY, 1, NULL},
      {"overflow", kd_report_ledger(r, "process", "elements_rejected"), KD_GREY, 2, NULL},
      {"residue", kd_report_ledger(r, "process", "elements_residue"), MUD, 3, NULL},
      {"impurities", kd_report_ledger(r, "process", "elements_purification"), KD_PINK, 4, NULL},
      {"raffinate", kd_report_ledger(r, "process", "elements_raffinate"), KD_RED, 5, NULL},
      {"refining loss", kd_report_ledger(r, "process", "elements_refining"), KD_GREY, 5, NULL},
      {"products", kd_report_ledger(r, "process", "elements_product"), KD_GREEN, 5, NULL},
  };
  char title[96];
  snprintf(title, sizeof title, "Rare earths and scandium %s, counted as metal", period);
  draw(out, title, "t", in, 1, flows, 8, columns, 6,
       "Source: the lines of the balances \"element\" in the table ledger of run.sqlite, means, all elements summed.");
}

static void money(kd_text *out, const kd_record *record, bool trial) {
  static const char *const colours[] = {KD_BLUE, KD_ORANGE, KD_GREEN, KD_PINK, KD_SKY, KD_RED, KD_GREY};
  static const char *const prefix = "economy.operating.";
  size_t index[30], parts = 0;
  char name[31][48];
  kd_flow flows[31];
  double cost = 0;
  const kd_statistics *sales;
  const char *unit;
  const size_t columns = kd_report_columns(index, 30, record, prefix);
  if (columns == 0 || !kd_report_find(&sales, &unit, record, "economy.sales")) return;
  for (size_t i = 0; i < columns; i++) {
    const double value = record->summary[index[i]].shown.mean;
    if (!(value > 0)) continue;
    kd_report_words(name[parts], sizeof name[parts], record->column[index[i]].key + strlen(prefix));
    flows[parts] = (kd_flow){name[parts], value, colours[parts % 7], 0, NULL};
    cost += value;
    parts++;
  }
  const double surplus = fmax(0, sales->mean - cost), gap = fmax(0, cost - sales->mean);
  kd_flow in[] = {{"sales", sales->mean, KD_GREEN, 0, NULL}, {"paid by others", gap, KD_RED, 0, NULL}};
  if (surplus > 0) flows[parts++] = (kd_flow){"surplus", surplus, KD_GREEN, 0, NULL};
  draw(out,
       trial ? "Money of the campaign, capital as depreciation"
             : "Money of a year at full rate, capital as depreciation",
       unit, in, 2, flows, parts, NULL, 1,
       "Source: outputs economy.sales and economy.operating of run.sqlite, means. Paid by others: what sales do not "
       "cover.");
}

void kd_report_flows(kd_text *out, const kd_record *record) {
  double days;
  const bool trial = kd_report_trial(&days, record);
  const char *period = trial ? "in the campaign" : "in a year";
  mud(out, record, period);
  rare_earths(out, record, period);
  money(out, record, trial);
}
