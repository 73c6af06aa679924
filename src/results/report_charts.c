// SPDX-License-Identifier: Apache-2.0
/* Waterfall, tornado, histogram: what it costs, what moves it, how sure it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elements.h"
#include "results/report.h"
#include "results/svg.h"

#define WIDTH 760.0

static const char *const from_summary =
    "Source: table summary of run.sqlite; each realisation is in samples.nc under the same key.";

/* Part of a key behind its last dot. */
static const char *last_part(const char *key) {
  const char *dot = strrchr(key, '.');
  return dot != NULL ? dot + 1 : key;
}

/* "insurance_admin" -> "insurance admin" */
static void words_of(char *out, size_t capacity, const char *key) {
  snprintf(out, capacity, "%s", key);
  for (char *c = out; *c != '\0'; c++) {
    if (*c == '_') *c = ' ';
  }
}

/* Indices of the columns whose keys begin with a prefix; returns how many. */
static size_t columns_of(size_t *index, size_t capacity, const kd_record *record, const char *prefix) {
  size_t count = 0;
  for (size_t i = 0; i < record->columns && count < capacity; i++) {
    if (record->column[i].kind == KD_RECORD_OUTPUT && strncmp(record->column[i].key, prefix, strlen(prefix)) == 0)
      index[count++] = i;
  }
  return count;
}

/* ---- waterfall ---- */

void kd_report_waterfall(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"part", "unit", "mean", "P10", "P50", "P90"};
  size_t part[32];
  const size_t parts = columns_of(part, 32, record, "economy.cost_group.");
  const kd_statistics *total, *market;
  if (parts == 0 || !kd_report_find(&total, NULL, record, "economy.levelised_cost")) return;
  const char *unit = record->column[part[0]].unit;
  const double row = 26, top = 16, left = 170, height = top + row * (double)(parts + 2) + 60;
  kd_axis axis;
  kd_axis_start(&axis, 0, total->mean, left, WIDTH - 100, false);
  kd_text_add(out, "<figure>\n");
  kd_svg_begin(out, WIDTH, height, "Cost of a kilogram of rare-earth oxides by what it pays for");
  const double bottom = top + row * (double)(parts + 2);
  kd_svg_axis_below(out, &axis, bottom, top, unit);
  double sum = 0;
  for (size_t i = 0; i <= parts; i++) {
    const double y = top + row * (double)i, value = i < parts ? record->summary[part[i]].shown.mean : total->mean;
    char name[64], number[32], tip[128];
    words_of(name, sizeof name, i < parts ? last_part(record->column[part[i]].key) : "levelised cost");
    kd_label_number(number, sizeof number, value);
    snprintf(tip, sizeof tip, "%s: %s %s", name, number, unit);
    const double x0 = kd_axis_at(&axis, i < parts ? sum : 0), x1 = kd_axis_at(&axis, i < parts ? sum + value : value);
    kd_svg_text(out, left - 10, y + 17, "end", i < parts ? "" : "name", name);
    kd_svg_rectangle(out, x0, y + 4, x1 - x0 > 0.5 ? x1 - x0 : 0.5, row - 8, i < parts ? KD_BLUE : "#15212b", tip);
    kd_svg_text(out, x1 + 6, y + 17, "start", "tick", number);
    if (i < parts) kd_svg_line(out, x1, y + row - 4, x1, y + row + 4, "join");
    sum += i < parts ? value : 0;
  }
  const char *market_unit;
  if (kd_report_find(&market, &market_unit, record, "economy.basket_price") &&
      kd_report_find(&total, NULL, record, "economy.cost_to_market")) {
    /* The market's worth in the unit of the bars, by the ratio of the means of cost in both units. */
    const kd_statistics *usd, *shown;
    if (kd_report_find(&usd, NULL, record, "economy.levelised_cost_usd") &&
        kd_report_find(&shown, NULL, record, "economy.levelised_cost") && usd->mean > 0) {
      const double value = market->mean * shown->mean / usd->mean, y = top + row * (double)(parts + 1);
      char number[32];
      kd_label_number(number, sizeof number, value);
      kd_svg_text(out, left - 10, y + 17, "end", "name", "worth at market");
      kd_svg_rectangle(out, left, y + 4, kd_axis_at(&axis, value) - left, row - 8, KD_GREEN, number);
      kd_svg_text(out, kd_axis_at(&axis, value) + 6, y + 17, "start", "tick", number);
    }
  }
  kd_svg_end(out);
  kd_text_add(out, "</figure>\n");
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < parts; i++) {
    const kd_statistics *s = &record->summary[part[i]].shown;
    kd_text_add(out, "<tr>");
    kd_report_cell(out, record->column[part[i]].key);
    kd_report_cell(out, unit);
    kd_report_cell_number(out, s->mean);
    kd_report_cell_number(out, s->p10);
    kd_report_cell_number(out, s->p50);
    kd_report_cell_number(out, s->p90);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Bars are means, so that they add up to the whole. Source: outputs economy.cost_group of "
                             "run.sqlite; the theory page "
                             "of the economy tells what each group holds.");
}

/* ---- tornado ---- */

static int by_size(const void *a, const void *b) {
  const kd_record_sensitivity *const *x = a, *const *y = b;
  const double p = fabs((*x)->rank_correlation), q = fabs((*y)->rank_correlation);
  if (p != q) return p < q ? 1 : -1;
  return strcmp((*x)->parameter, (*y)->parameter);
}

/* Sensitivities of one output, largest first; returns how many. */
static size_t sensitivities_of(const kd_record_sensitivity **list, size_t capacity, const kd_record *record,
                               const char *output) {
  size_t count = 0;
  for (size_t i = 0; i < record->sensitivities && count < capacity; i++) {
    if (strcmp(record->sensitivity[i].output, output) == 0 && isfinite(record->sensitivity[i].rank_correlation)) {
      list[count++] = &record->sensitivity[i];
    }
  }
  qsort(list, count, sizeof *list, by_size);
  return count;
}

void kd_report_tornado(kd_text *out, const kd_record *record, const char *output, const char *title) {
  static const char *const heads[] = {"parameter", "rank correlation", "value", "source"};
  const kd_record_sensitivity *list[512];
  size_t count = sensitivities_of(list, 512, record, output);
  if (count == 0) return;
  const size_t shown = count < 12 ? count : 12;
  const double row = 24, top = 14, left = 250, bottom = top + row * (double)shown;
  kd_axis axis;
  kd_axis_start(&axis, -1, 1, left, WIDTH - 40, false);
  kd_text_add(out, "<h3>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</h3><figure>\n");
  kd_svg_begin(out, WIDTH, bottom + 44, title);
  kd_text_add(out, "<defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                   "patternTransform=\"rotate(45)\"><rect width=\"6\" "
                   "height=\"6\" fill=\"#E69F00\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#fff\" "
                   "stroke-width=\"3\"/></pattern></defs>\n");
  kd_svg_axis_below(out, &axis, bottom, top, "rank correlation");
  for (size_t i = 0; i < shown; i++) {
    const double y = top + row * (double)i, x = kd_axis_at(&axis, list[i]->rank_correlation),
                 zero = kd_axis_at(&axis, 0);
    char tip[256];
    snprintf(tip, sizeof tip, "%s: %+.2f%s", list[i]->parameter, list[i]->rank_correlation,
             list[i]->assumed ? ", assumed" : "");
    kd_svg_text(out, left - 10, y + 16, "end", "", list[i]->parameter);
    kd_svg_rectangle(out, zero, y + 4, x - zero, row - 8, list[i]->assumed ? "url(#h)" : KD_BLUE, tip);
  }
  kd_svg_end(out);
  kd_text_add(out, "</figure>\n");
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < count; i++) {
    const kd_record_parameter *parameter = kd_record_find_parameter(record, list[i]->parameter);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, list[i]->parameter);
    kd_text_printf(out, "<td>%+.3f</td>", list[i]->rank_correlation);
    kd_report_cell(out, parameter != NULL ? parameter->text : "");
    kd_report_cell(out, parameter != NULL && parameter->source != NULL ? parameter->source : "assumed");
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Source: table sensitivity of run.sqlite.");
}

void kd_report_assumed(kd_text *out, const kd_record *record) {
  const kd_record_sensitivity *list[512];
  const size_t count = sensitivities_of(list, 512, record, "economy.levelised_cost");
  const double noise = record->run.realisations > 3 ? 2 / sqrt((double)record->run.realisations) : 1;
  size_t shown = 0, fixed = 0;
  for (size_t i = 0; i < record->parameters; i++)
    fixed += record->parameter[i].assumed && !record->parameter[i].random ? 1 : 0;
  kd_text_add(out, "<h3>Assumed inputs, by how much they move the cost</h3><div "
                   "class=\"scroll\"><table><thead><tr><th>assumed input</th>"
                   "<th>value</th><th>rank correlation with cost</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < count; i++) {
    if (!list[i]->assumed || (fabs(list[i]->rank_correlation) < noise && shown >= 3)) continue;
    const kd_record_parameter *parameter = kd_record_find_parameter(record, list[i]->parameter);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, list[i]->parameter);
    kd_report_cell(out, parameter != NULL ? parameter->text : "");
    kd_text_printf(out, "<td>%+.2f</td></tr>\n", list[i]->rank_correlation);
    shown++;
  }
  kd_text_printf(
      out,
      "</tbody></table></div><p class=\"small\">Uncertain inputs without a source whose correlation is above twice its "
      "sampling error, %.2f. "
      "Another %zu assumed values are fixed, so that a run cannot show what they move: give them a distribution.</p>\n",
      noise, fixed);
}

/* ---- histogram ---- */

void kd_report_distribution(kd_text *out, const char *title, const char *unit, double *values, size_t n,
                            const kd_statistics *s) {
  static const char *const heads[] = {"P10", "P50", "P90", "mean", "sd"};
  enum { BINS = 40 };
  const size_t kept = kd_keep_finite(values, values, n);
  if (kept < 2) return;
  const double low = kd_quantile(values, kept, 0.005), high = kd_quantile(values, kept, 0.995);
  double bin[BINS] = {0}, largest = 0;
  const bool logarithmic = low > 0 && high > 20 * low; /* a long tail is read better by factors */
  const double from = logarithmic ? log10(low) : low, width = ((logarithmic ? log10(high) : high) - from) / BINS;
  if (!(width > 0)) return;
  for (size_t i = 0; i < kept; i++) {
    if (values[i] < low || values[i] > high) continue;
    const int at = (int)(((logarithmic ? log10(values[i]) : values[i]) - from) / width);
    bin[at < BINS ? at : BINS - 1] += 1;
  }
  for (int i = 0; i < BINS; i++) largest = bin[i] > largest ? bin[i] : largest;
  const double top = 30, bottom = 190, left = 30;
  kd_axis axis;
  kd_axis_start(&axis, low, high, left, WIDTH - 30, logarithmic);
  kd_text_add(out, "<h3>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</h3><figure>\n");
  kd_svg_begin(out, WIDTH, bottom + 44, title);
  kd_svg_axis_below(out, &axis, bottom, top, unit);
  for (int i = 0; i < BINS; i++) {
    double edge[3] = {from + i * width, from + (i + 0.5) * width, from + (i + 1) * width};
    for (int k = 0; k < 3; k++) edge[k] = logarithmic ? pow(10, edge[k]) : edge[k];
    const double x = kd_axis_at(&axis, edge[0]), y = bottom - (bottom - top) * bin[i] / largest, middle = edge[1];
    kd_svg_rectangle(out, x, y, kd_axis_at(&axis, edge[2]) - x - 1, bottom - y,
                     middle >= s->p10 && middle <= s->p90 ? KD_BLUE : KD_SKY, NULL);
  }
  const struct {
    const char *name;
    double value;
  } marks[] = {{"P10", s->p10}, {"P50", s->p50}, {"P90", s->p90}};
  for (size_t i = 0; i < 3; i++) {
    char label[48], number[32];
    const double x = kd_axis_at(&axis, marks[i].value);
    kd_label_number(number, sizeof number, marks[i].value);
    snprintf(label, sizeof label, "%s %s", marks[i].name, number);
    kd_svg_line(out, x, top - 6, x, bottom, "mark");
    kd_svg_text(out, x, top - 12, i == 0 ? "end" : i == 2 ? "start" : "middle", "tick", label);
  }
  kd_svg_end(out);
  kd_text_add(out, "</figure>\n");
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  kd_text_add(out, "<tr>");
  const double cells[] = {s->p10, s->p50, s->p90, s->mean, s->sd};
  for (size_t i = 0; i < 5; i++) kd_report_cell_number(out, cells[i]);
  kd_text_add(out, "</tr>\n");
  kd_report_numbers_end(out, from_summary);
}
