// SPDX-License-Identifier: Apache-2.0
/* Flows through the chain, elements beside demand, the ground and the calendar. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "results/report.h"
#include "results/sankey.h"
#include "results/svg.h"

#define WIDTH 760.0

/* ---- Sankeys ---- */

static void flow_numbers(kd_text *out, const kd_sankey *s, const char *source) {
  static const char *const heads[] = {"flow", "side", "quantity", "unit"};
  kd_report_numbers_begin(out, heads, 4);
  for (size_t i = 0; i < s->ins + s->outs; i++) {
    const kd_flow *flow = i < s->ins ? &s->in[i] : &s->out[i - s->ins];
    kd_text_add(out, "<tr>");
    kd_report_cell(out, flow->label);
    kd_report_cell(out, i < s->ins ? "in" : "out");
    kd_report_cell_number(out, flow->value);
    kd_report_cell(out, s->unit);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, source);
}

static void draw(kd_text *out, const kd_sankey *s, const char *source) {
  kd_text_printf(out, "<h3>%s</h3><figure>\n", s->title);
  kd_sankey_write(out, s);
  kd_text_add(out, "</figure>\n");
  flow_numbers(out, s, source);
}

/* Group names that are not words by themselves. */
static const char *group_name(const char *key) {
  return strcmp(key, "insurance_admin") == 0 ? "insurance, admin" : key;
}

void kd_report_flows(kd_text *out, const kd_record *record) {
#define LEDGER(stage, item) kd_report_ledger(record, stage, item)
  const kd_flow mud_in[] = {{"mud cut", LEDGER("campaign", "solids_cut"), "#8C6D46", 0}};
  const kd_flow mud_out[] = {
      {"stirred up", LEDGER("campaign", "solids_stirred"), KD_ORANGE, 0},
      {"return water", LEDGER("campaign", "solids_returned"), KD_SKY, 1},
      {"cyclone overflow", LEDGER("process", "solids_rejected"), KD_GREY, 2},
      {"dissolved", LEDGER("process", "solids_dissolved"), KD_BLUE, 3},
      {"residue", LEDGER("process", "solids_residue"), "#8C6D46", 3},
  };
  const kd_sankey mud = {"Dry solid in a year", "t", mud_in, 1, mud_out, 5, 4};
  draw(out, &mud, "Source: the lines of the balance \"solids\" in the table ledger of run.sqlite, means.");
  const kd_flow rey_in[] = {{"rare earths cut", LEDGER("campaign", "elements_cut"), KD_GREEN, 0}};
  const kd_flow rey_out[] = {
      {"stirred up", LEDGER("campaign", "elements_stirred"), KD_ORANGE, 0},
      {"return water", LEDGER("campaign", "elements_returned"), KD_SKY, 1},
      {"overflow", LEDGER("process", "elements_rejected"), KD_GREY, 1},
      {"residue", LEDGER("process", "elements_residue"), "#8C6D46", 2},
      {"purification", LEDGER("process", "elements_purification"), KD_PINK, 3},
      {"separation", LEDGER("process", "elements_raffinate"), KD_RED, 4},
      {"products", LEDGER("process", "elements_product"), KD_GREEN, 4},
  };
  const kd_sankey rey = {"Rare earths in a year, as elements with scandium", "t", rey_in, 1, rey_out, 7, 5};
  draw(out, &rey,
       "Source: the lines of the balances \"element\" in the table ledger of run.sqlite, means, all elements summed.");
#undef LEDGER
  kd_flow money_out[32];
  size_t parts = 0;
  double cost = 0;
  static const char *const colours[] = {KD_BLUE, KD_ORANGE, KD_GREEN, KD_PINK, KD_SKY, KD_RED, KD_GREY};
  for (size_t i = 0; i < record->columns && parts < 30; i++) {
    const kd_record_column *column = &record->column[i];
    if (strncmp(column->key, "economy.operating.", 18) != 0 || column->kind != KD_RECORD_OUTPUT) continue;
    const double value = record->summary[i].shown.mean;
    if (!(value > 0)) continue;
    money_out[parts] = (kd_flow){group_name(column->key + 18), value, colours[parts % 7], 0};
    parts++;
    cost += value;
  }
  const kd_statistics *sales;
  if (parts == 0 || !kd_report_find(&sales, NULL, record, "economy.sales")) return;
  const double surplus = sales->mean > cost ? sales->mean - cost : 0, gap = cost > sales->mean ? cost - sales->mean : 0;
  const kd_flow money_in[] = {{"sales", sales->mean, KD_GREEN, 0}, {"paid by others", gap, KD_RED, 0}};
  if (surplus > 0) money_out[parts++] = (kd_flow){"surplus", surplus, KD_GREEN, 0};
  const kd_sankey money = {
      "Money in a full-rate year, capital as depreciation", "bn JPY 2026", money_in, 2, money_out, parts, 1};
  draw(out, &money,
       "Source: outputs economy.sales and economy.operating of run.sqlite, means. Paid by others: what sales do not "
       "cover.");
}

/* ---- elements ---- */

static double median_of(const kd_record *record, const char *prefix, const char *element, const char **unit) {
  char key[128];
  const kd_statistics *s;
  snprintf(key, sizeof key, "%s.%s", prefix, element);
  return kd_report_find(&s, unit, record, key) ? s->p50 : (double)NAN;
}

void kd_report_elements(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"element",      "output",   "demand, Japan", "demand, world",   "unit",
                                      "cost by mass", "by worth", "as by-product", "USD/kg at market"};
  const char *unit = NULL;
  double largest = 0, smallest = INFINITY;
  double output[KD_REY], japan[KD_REY], world[KD_REY];
  for (size_t i = 0; i < KD_REY; i++) {
    const char *key = kd_elements[i].key;
    output[i] = median_of(record, "supply.output", key, &unit);
    japan[i] = median_of(record, "supply.japan_demand", key, NULL);
    world[i] = median_of(record, "supply.world_demand", key, NULL);
    const double values[] = {output[i], japan[i], world[i]};
    for (int k = 0; k < 3; k++) {
      if (!(values[k] > 0)) continue;
      largest = values[k] > largest ? values[k] : largest;
      smallest = values[k] < smallest ? values[k] : smallest;
    }
  }
  if (unit == NULL || !(largest > 0)) return;
  const double row = 25, top = 30, left = 60, bottom = top + row * KD_REY;
  kd_axis axis;
  kd_axis_start(&axis, smallest < largest / 1e6 ? largest / 1e6 : smallest, largest, left, WIDTH - 30, true);
  kd_text_add(out, "<h3>Output of a year beside demand</h3><figure>\n");
  kd_svg_begin(out, WIDTH, bottom + 44, "Output of a year beside demand, by element, on a logarithmic scale");
  char label[64];
  snprintf(label, sizeof label, "%s of oxide a year, logarithmic", unit);
  kd_svg_axis_below(out, &axis, bottom, top, label);
  const struct {
    const char *name, *colour;
  } legend[] = {{"output, P50", KD_BLUE}, {"demand of Japan", KD_ORANGE}, {"demand of the world", KD_GREY}};
  for (int k = 0; k < 3; k++) {
    kd_svg_rectangle(out, left + 170.0 * k, 6, 12, 12, legend[k].colour, NULL);
    kd_svg_text(out, left + 170.0 * k + 18, 16, "start", "", legend[k].name);
  }
  for (size_t i = 0; i < KD_REY; i++) {
    const double y = top + row * (double)i;
    const double values[] = {output[i], japan[i], world[i]};
    kd_svg_text(out, left - 10, y + 17, "end", "name", kd_elements[i].symbol);
    for (int k = 0; k < 3; k++) {
      char tip[96], number[32];
      if (!(values[k] > 0)) continue;
      kd_label_number(number, sizeof number, values[k]);
      snprintf(tip, sizeof tip, "%s, %s: %s %s", kd_elements[i].symbol, legend[k].name, number, unit);
      kd_svg_rectangle(out, left, y + 3 + 7 * k, kd_axis_at(&axis, values[k]) - left, 6, legend[k].colour, tip);
    }
  }
  kd_svg_end(out);
  kd_text_add(out, "</figure>\n");
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < KD_REY; i++) {
    const char *key = kd_elements[i].key;
    kd_text_add(out, "<tr>");
    kd_report_cell(out, kd_elements[i].symbol);
    kd_report_cell_number(out, output[i]);
    kd_report_cell_number(out, japan[i]);
    kd_report_cell_number(out, world[i]);
    kd_report_cell(out, unit);
    kd_report_cell_number(out, median_of(record, "economy.cost_by_mass", key, NULL));
    kd_report_cell_number(out, median_of(record, "economy.cost_by_value", key, NULL));
    kd_report_cell_number(out, median_of(record, "economy.cost_by_credit", key, NULL));
    kd_report_cell_number(out, median_of(record, "economy.price", key, NULL));
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Medians. Joint costs can be shared out by mass, by worth, or by crediting all other "
                             "products: the three are always shown "
                             "together, for they differ by more than ten times. Source: outputs supply.* and "
                             "economy.cost_by_* of run.sqlite.");
}

/* ---- calendar ---- */

void kd_report_calendar(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"hours", "mean", "P10", "P50", "P90"};
  size_t index[48], count = 0;
  double all = 0;
  for (size_t i = 0; i < record->columns && count < 48; i++) {
    const char *key = record->column[i].key;
    if (record->column[i].kind != KD_RECORD_OUTPUT) continue;
    if (strncmp(key, "campaign.activity.", 18) != 0 && strncmp(key, "campaign.lost.", 14) != 0) continue;
    if (!(record->summary[i].shown.mean > 0)) continue;
    index[count++] = i;
    all += record->summary[i].shown.mean;
  }
  if (count == 0) return;
  const double row = 22, top = 10, left = 200, bottom = top + row * (double)count;
  kd_axis axis;
  double largest = 0;
  for (size_t i = 0; i < count; i++) largest = fmax(largest, record->summary[index[i]].shown.mean);
  kd_axis_start(&axis, 0, 100 * largest / all, left, WIDTH - 60, false);
  kd_text_add(out, "<h3>Where the ship's hours go</h3><figure>\n");
  kd_svg_begin(out, WIDTH, bottom + 44, "Hours of the ship by activity and by cause of loss");
  kd_svg_axis_below(out, &axis, bottom, top, "% of the calendar; blue: work, orange: lost");
  for (size_t i = 0; i < count; i++) {
    const kd_record_column *column = &record->column[index[i]];
    const bool lost = strncmp(column->key, "campaign.lost.", 14) == 0;
    const double share = 100 * record->summary[index[i]].shown.mean / all, y = top + row * (double)i,
                 x = kd_axis_at(&axis, share);
    char name[96], number[32];
    snprintf(name, sizeof name, "%s", strrchr(column->key, '.') + 1);
    for (char *c = name; *c != '\0'; c++) *c = *c == '_' ? ' ' : *c;
    snprintf(number, sizeof number, "%.1f %%", share);
    kd_svg_text(out, left - 10, y + 15, "end", "", name);
    kd_svg_rectangle(out, left, y + 3, x - left, row - 7, lost ? KD_ORANGE : KD_BLUE, number);
    kd_svg_text(out, x + 6, y + 15, "start", "tick", number);
  }
  kd_svg_end(out);
  kd_text_add(out, "</figure>\n");
  kd_report_numbers_begin(out, heads, 5);
  for (size_t i = 0; i < count; i++) {
    const kd_statistics *s = &record->summary[index[i]].shown;
    kd_text_add(out, "<tr>");
    kd_report_cell(out, record->column[index[i]].key);
    kd_report_cell_number(out, s->mean);
    kd_report_cell_number(out, s->p10);
    kd_report_cell_number(out, s->p50);
    kd_report_cell_number(out, s->p90);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(
      out,
      "Hours; the means add up to the calendar. Source: outputs campaign.activity and campaign.lost of run.sqlite.");
}

/* ---- grade and tonnage ---- */

void kd_report_grade_tonnage(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"cut-off", "dry solid P10", "P50", "P90", "mean grade P50", "REO P50"};
  static const char *const prefix = "deposit.tonnage_above.";
  size_t index[32], count = 0;
  for (size_t i = 0; i < record->columns && count < 32; i++) {
    if (strncmp(record->column[i].key, prefix, strlen(prefix)) == 0 && record->summary[i].shown.count > 0)
      index[count++] = i;
  }
  if (count < 2) return;
  const double top = 12, bottom = 200, left = 70, right = WIDTH - 30;
  double largest = 0;
  for (size_t i = 0; i < count; i++) largest = fmax(largest, record->summary[index[i]].shown.p90);
  kd_axis tonnage;
  kd_axis_start(&tonnage, 0, largest, bottom, top, false);
  kd_text_add(out, "<h3>Tonnage above a cut-off</h3><figure>\n");
  kd_svg_begin(out, WIDTH, bottom + 44, "Grade-tonnage curve with P10 to P90");
  const double step = (right - left) / (double)(count - 1);
  for (size_t i = 0; i < tonnage.ticks; i++) {
    char number[32];
    kd_label_number(number, sizeof number, tonnage.tick[i]);
    kd_svg_line(out, left, kd_axis_at(&tonnage, tonnage.tick[i]), right, kd_axis_at(&tonnage, tonnage.tick[i]), "grid");
    kd_svg_text(out, left - 8, kd_axis_at(&tonnage, tonnage.tick[i]) + 4, "end", "tick", number);
  }
  kd_text_printf(out, "<path fill=\"%s\" fill-opacity=\"0.5\" d=\"", KD_SKY);
  for (size_t i = 0; i < count; i++) {
    kd_text_printf(out, "%s%.1f %.1f", i == 0 ? "M" : "L", left + step * (double)i,
                   kd_axis_at(&tonnage, record->summary[index[i]].shown.p90));
  }
  for (size_t i = count; i-- > 0;)
    kd_text_printf(out, "L%.1f %.1f", left + step * (double)i,
                   kd_axis_at(&tonnage, record->summary[index[i]].shown.p10));
  kd_text_printf(out, "Z\"/><path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" d=\"", KD_BLUE);
  for (size_t i = 0; i < count; i++) {
    kd_text_printf(out, "%s%.1f %.1f", i == 0 ? "M" : "L", left + step * (double)i,
                   kd_axis_at(&tonnage, record->summary[index[i]].shown.p50));
  }
  kd_text_add(out, "\"/>\n");
  char label[96];
  for (size_t i = 0; i < count; i++) {
    const char *name = strrchr(record->column[index[i]].key, '_');
    snprintf(label, sizeof label, "%s", name != NULL ? name + 1 : "");
    kd_svg_text(out, left + step * (double)i, bottom + 16, "middle", "tick", label);
  }
  snprintf(label, sizeof label, "cut-off, ppm REY (height: %s dry; line P50, band P10 to P90)",
           record->column[index[0]].unit);
  kd_svg_text(out, (left + right) / 2, bottom + 34, "middle", "label", label);
  kd_svg_end(out);
  kd_text_add(out, "</figure>\n");
  kd_report_numbers_begin(out, heads, 6);
  for (size_t i = 0; i < count; i++) {
    const kd_statistics *s = &record->summary[index[i]].shown;
    const char *cut = record->column[index[i]].key + strlen(prefix);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, cut);
    kd_report_cell_number(out, s->p10);
    kd_report_cell_number(out, s->p50);
    kd_report_cell_number(out, s->p90);
    kd_report_cell_number(out, median_of(record, "deposit.grade_above", cut, NULL));
    kd_report_cell_number(out, median_of(record, "deposit.reo_above", cut, NULL));
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Source: outputs of the stage deposit in run.sqlite.");
}
