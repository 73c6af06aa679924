// SPDX-License-Identifier: Apache-2.0
/* What a kilogram costs: the waterfall, and the cost of each element under three rules of sharing out. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "results/report.h"
#include "results/svg.h"

#define PREFIX "economy.cost_group."

static void bar(kd_text *out, const kd_axis *axis, double y, double from, double to, const char *css, const char *name,
                const char *colour, const char *unit) {
  char number[48], tip[160];
  const double share = (to - from) / axis->high; /* three digits of the whole: 4.71, 0.40, 0.002 */
  kd_label_round(number, sizeof number, to - from, share > 0.1 ? 3 : share > 0.01 ? 2 : 1);
  snprintf(tip, sizeof tip, "%s: %s %s", name, number, unit);
  const double x0 = kd_axis_at(axis, from), x1 = kd_axis_at(axis, to);
  kd_svg_text(out, axis->from - 10, y + 16, "end", css, name);
  kd_svg_rectangle(out, x0, y + 4, x1 - x0 > 1 ? x1 - x0 : 1, 17, colour, tip);
  kd_svg_text(out, x1 + 6, y + 16, "start", "tick", number);
}

/* The market's worth in the unit of the bars, by the ratio of the means of the cost in both units; NaN: not known. */
static double market_worth(const kd_record *record) {
  const kd_statistics *market, *usd, *shown;
  if (!kd_report_find(&market, NULL, record, "economy.basket_price") ||
      !kd_report_find(&usd, NULL, record, "economy.levelised_cost_usd") ||
      !kd_report_find(&shown, NULL, record, "economy.levelised_cost") || !(usd->mean > 0))
    return (double)NAN;
  return market->mean * shown->mean / usd->mean;
}

static void waterfall_numbers(kd_text *out, const kd_record *record, const size_t *part, size_t parts) {
  static const char *const heads[] = {"<part", "<unit", "P10", "P50", "P90", "mean"};
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < parts; i++) {
    char name[64];
    kd_report_words(name, sizeof name, kd_report_last_part(record->column[part[i]].key));
    kd_text_add(out, "<tr>");
    kd_report_cell_title(out, name, record->column[part[i]].key);
    kd_report_cells(out, record, part[i]);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Bars are means, so that they add up to the whole; the mean lies above the median because "
                             "bad years cost far more than good years save. Source: outputs economy.cost_group of "
                             "run.sqlite; the theory page of the economy tells what each group holds.");
}

void kd_report_waterfall(kd_text *out, const kd_record *record) {
  size_t part[32];
  const size_t parts = kd_report_columns(part, 32, record, PREFIX);
  const kd_statistics *total;
  const char *unit;
  if (parts == 0 || !kd_report_find(&total, &unit, record, "economy.levelised_cost") || !(total->mean > 0)) return;
  size_t bars = 0;
  for (size_t i = 0; i < parts; i++) bars += record->summary[part[i]].shown.mean != 0 ? 1 : 0;
  const double market = market_worth(record), row = 25, top = 8;
  const double bottom = top + row * (double)(bars + (isfinite(market) ? 2 : 1)) + 4;
  kd_scale scale;
  kd_report_scale(&scale, unit, total->mean);
  kd_axis axis;
  kd_axis_start(&axis, 0, total->mean * scale.factor, 190, KD_REPORT_WIDTH - 70, false);
  kd_report_figure(out, "Cost of a kilogram of rare-earth oxides by what it pays for, mean");
  kd_svg_begin(out, KD_REPORT_WIDTH, bottom + 42, "Cost of a kilogram of rare-earth oxides by what it pays for");
  kd_svg_axis_below(out, &axis, bottom, top, scale.unit);
  double sum = 0, y = top;
  for (size_t i = 0; i < parts; i++) {
    const double value = record->summary[part[i]].shown.mean * scale.factor;
    char name[64];
    if (value == 0) continue;
    kd_report_words(name, sizeof name, kd_report_last_part(record->column[part[i]].key));
    bar(out, &axis, y, sum, sum + value, "", name, KD_BLUE, scale.unit);
    sum += value;
    kd_svg_line(out, kd_axis_at(&axis, sum), y + 21, kd_axis_at(&axis, sum), y + row + 4, "join");
    y += row;
  }
  bar(out, &axis, y, 0, total->mean * scale.factor, "name", "levelised cost", "#15212b", scale.unit);
  if (isfinite(market))
    bar(out, &axis, y + row, 0, market * scale.factor, "name", "worth at market", KD_GREEN, scale.unit);
  kd_svg_end(out);
  kd_report_figure_end(out);
  waterfall_numbers(out, record, part, parts);
}

/* ---- the three rules ---- */

void kd_report_allocation(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<element", "by mass", "by worth", "by-product credit", "price at market"};
  static const char *const prefix[] = {"economy.cost_by_mass", "economy.cost_by_value", "economy.cost_by_credit",
                                       "economy.price"};
  const char *unit = NULL;
  bool any = false;
  for (size_t i = 0; i < KD_ELEMENTS && !any; i++)
    any = kd_report_find_part(NULL, &unit, record, prefix[0], kd_elements[i].key);
  if (!any) return;
  char shown[48];
  kd_report_unit(shown, sizeof shown, unit);
  kd_text_printf(out,
                 "<h3>What a kilogram of each element costs, under three rules</h3>\n<p class=\"small\">All "
                 "elements come out of one mud: how the joint cost is shared out is a convention, and it moves "
                 "the figure more than ten times. Medians, %s of product. A negative cost means that the others "
                 "pay for it.</p>\n<details open><summary class=\"screen\">table</summary>",
                 shown);
  kd_report_table(out, heads, 5);
  for (size_t i = 0; i < KD_ELEMENTS; i++) {
    const kd_statistics *s;
    char name[48];
    if (!kd_report_find_part(NULL, NULL, record, prefix[0], kd_elements[i].key)) continue;
    snprintf(name, sizeof name, "%s %s", kd_elements[i].symbol, kd_elements[i].name);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, name);
    for (size_t k = 0; k < 4; k++) {
      const bool there = kd_report_find_part(&s, NULL, record, prefix[k], kd_elements[i].key);
      kd_report_cell_number(out, there ? s->p50 : (double)NAN);
    }
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
  kd_text_add(out, "<p class=\"small\">By mass: each kilogram bears the same. By worth: in proportion to the price. "
                   "By-product credit: all others are sold at market and the element bears what is left. Source: "
                   "outputs economy.cost_by_mass, cost_by_value, cost_by_credit and price of "
                   "run.sqlite.</p></details>\n");
}
