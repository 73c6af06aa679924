// SPDX-License-Identifier: Apache-2.0
/* What moves the answer: rank correlations of the uncertain inputs, and the assumed among them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/report.h"
#include "results/svg.h"

enum { MOST = 1024, ROWS = 14 };

/* One input with its correlations; NaN where there is none. */
typedef struct kd_mover {
  const char *parameter;
  double cost, value;
  bool assumed;
} kd_mover;

static double size_of(const kd_mover *m) {
  return fmax(isfinite(m->cost) ? fabs(m->cost) : 0, isfinite(m->value) ? fabs(m->value) : 0);
}

static int by_size(const void *a, const void *b) {
  const double x = size_of(a), y = size_of(b);
  if (x != y) return x < y ? 1 : -1;
  return strcmp(((const kd_mover *)a)->parameter, ((const kd_mover *)b)->parameter);
}

/* All drawn inputs, largest first; returns how many. */
static size_t movers_of(kd_mover *list, size_t capacity, const kd_record *record) {
  size_t count = 0;
  for (size_t i = 0; i < record->sensitivities; i++) {
    const kd_record_sensitivity *s = &record->sensitivity[i];
    const bool cost = strcmp(s->output, "economy.levelised_cost") == 0, value = strcmp(s->output, "economy.npv") == 0;
    if ((!cost && !value) || !isfinite(s->rank_correlation)) continue;
    size_t at = 0;
    while (at < count && strcmp(list[at].parameter, s->parameter) != 0) at++;
    if (at == count) {
      if (count == capacity) continue;
      list[count++] = (kd_mover){s->parameter, (double)NAN, (double)NAN, s->assumed};
    }
    *(cost ? &list[at].cost : &list[at].value) = s->rank_correlation;
  }
  qsort(list, count, sizeof *list, by_size);
  return count;
}

/* "+0.22", "−0.70", "–" when missing. */
static void write_correlation(char *out, size_t capacity, double rho) {
  if (isfinite(rho))
    snprintf(out, capacity, "%s%.2f", rho < 0 ? "−" : "+", fabs(rho));
  else
    snprintf(out, capacity, "–");
}

/* First clause of a doc sentence, at most `capacity` bytes, cut at a blank. */
static void first_clause(char *out, size_t capacity, const char *doc) {
  size_t length = 0;
  while (doc[length] != '\0' && strchr(";:(", doc[length]) == NULL) length++;
  while (length > 0 && strchr(" .,", doc[length - 1]) != NULL) length--;
  if (length + 4 < capacity) {
    snprintf(out, capacity, "%.*s", (int)length, doc);
    return;
  }
  length = capacity - 4;
  while (length > 0 && doc[length] != ' ') length--;
  snprintf(out, capacity, "%.*s…", (int)length, doc);
}

/* A panel of bars right of x, for one of the two results. */
static void panel(kd_text *out, const kd_mover *list, size_t shown, bool cost, double from, double largest,
                  const char *title, double noise) {
  const double row = 30, top = 30, bottom = top + row * (double)shown;
  kd_axis axis;
  kd_axis_start(&axis, -largest, largest, from, from + 235, false);
  size_t kept = 0; /* every other tick, zero among them, where they would touch */
  for (size_t i = axis.ticks > 5 && axis.ticks / 2 % 2 == 1 ? 1 : 0; axis.ticks > 5 && i < axis.ticks; i += 2)
    axis.tick[kept++] = axis.tick[i];
  axis.ticks = kept > 0 ? kept : axis.ticks;
  kd_svg_text(out, from + 117.5, 16, "middle", "name", title);
  const double left = kd_axis_at(&axis, -noise), right = kd_axis_at(&axis, noise);
  kd_svg_rectangle(out, left, top, right - left, bottom - top, "#EEF1F3", "within twice the sampling error");
  kd_svg_axis_below(out, &axis, bottom, top, "rank correlation");
  kd_svg_line(out, kd_axis_at(&axis, 0), top, kd_axis_at(&axis, 0), bottom, "zero");
  for (size_t i = 0; i < shown; i++) {
    const double rho = cost ? list[i].cost : list[i].value, y = top + row * (double)i;
    char tip[256], number[32];
    if (!isfinite(rho)) continue;
    write_correlation(number, sizeof number, rho);
    snprintf(tip, sizeof tip, "%s: %s%s", list[i].parameter, number, list[i].assumed ? ", assumed" : "");
    const double x = kd_axis_at(&axis, rho), zero = kd_axis_at(&axis, 0);
    kd_svg_rectangle(out, zero, y + 7, x - zero, row - 14, list[i].assumed ? "url(#h)" : KD_BLUE, tip);
  }
}

static void mover_labels(kd_text *out, const kd_record *record, const kd_mover *list, size_t shown) {
  for (size_t i = 0; i < shown; i++) {
    const kd_record_parameter *parameter = kd_record_find_parameter(record, list[i].parameter);
    const double y = 30 + 30 * (double)i;
    char words[56];
    const bool told = parameter != NULL && parameter->doc != NULL && parameter->doc[0] != '\0';
    first_clause(words, sizeof words, told ? parameter->doc : list[i].parameter);
    kd_svg_text(out, 325, y + 14, "end", "", words);
    kd_svg_text(out, 325, y + 25, "end", "tiny", list[i].parameter);
  }
}

static void mover_numbers(kd_text *out, const kd_record *record, const kd_mover *list, size_t count) {
  static const char *const heads[] = {"<input", "with cost", "with net present value", "<value", "<source"};
  kd_report_numbers_begin(out, heads, 5);
  for (size_t i = 0; i < count; i++) {
    const kd_record_parameter *parameter = kd_record_find_parameter(record, list[i].parameter);
    char cost[32], value[32];
    write_correlation(cost, sizeof cost, list[i].cost);
    write_correlation(value, sizeof value, list[i].value);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, list[i].parameter);
    kd_text_printf(out, "<td>%s</td><td>%s</td>", cost, value);
    kd_report_cell(out, parameter != NULL ? parameter->text : "");
    kd_report_cell(out, parameter != NULL && parameter->source != NULL ? parameter->source : "assumed");
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Spearman's rank correlation over the realisations. Source: table sensitivity of "
                             "run.sqlite. Inputs that are drawn together share what they move.");
}

static double noise_of(const kd_record *record) {
  return record->run.realisations > 3 ? 2 / sqrt((double)record->run.realisations) : 1;
}

void kd_report_tornado(kd_text *out, const kd_record *record) {
  kd_mover list[MOST];
  const size_t count = movers_of(list, MOST, record), shown = count < ROWS ? count : ROWS;
  if (count == 0) return;
  const double largest = fmin(1, fmax(0.2, size_of(&list[0])));
  kd_report_figure(out, NULL);
  kd_svg_begin(out, KD_REPORT_WIDTH, 30 + 30 * (double)shown + 44, "Rank correlation of inputs with cost and value");
  kd_text_add(out, "<defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                   "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#E69F00\"/><line x1=\"0\" "
                   "y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#fff\" stroke-width=\"3\"/></pattern></defs>\n");
  panel(out, list, shown, true, 345, largest, "Cost of a kilogram", noise_of(record));
  panel(out, list, shown, false, 605, largest, "Net present value", noise_of(record));
  mover_labels(out, record, list, shown);
  kd_svg_end(out);
  kd_report_figure_end(out);
  mover_numbers(out, record, list, count);
}

/* ---- assumed inputs ---- */

void kd_report_assumed(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<assumed input", "<value", "with cost", "with net present value"};
  kd_mover list[MOST];
  const size_t count = movers_of(list, MOST, record);
  const double noise = noise_of(record);
  size_t shown = 0, fixed = 0, below = 0;
  if (count == 0) return;
  for (size_t i = 0; i < record->parameters; i++)
    fixed += record->parameter[i].assumed && !record->parameter[i].random ? 1 : 0;
  kd_text_add(out, "<h3>Assumed inputs, by how much they move the answer</h3>\n");
  kd_report_table(out, heads, 4);
  for (size_t i = 0; i < count; i++) {
    if (!list[i].assumed) continue;
    if (size_of(&list[i]) < noise && shown >= 3) {
      below++;
      continue;
    }
    const kd_record_parameter *parameter = kd_record_find_parameter(record, list[i].parameter);
    char cost[32], value[32];
    write_correlation(cost, sizeof cost, list[i].cost);
    write_correlation(value, sizeof value, list[i].value);
    kd_text_add(out, "<tr>");
    kd_report_cell_title(out, parameter != NULL && parameter->doc != NULL ? parameter->doc : "", list[i].parameter);
    kd_text_add(out, "<td class=\"t v\">");
    kd_text_add_html(out, parameter != NULL && parameter->text != NULL ? parameter->text : "");
    kd_text_printf(out, "</td><td>%s</td><td>%s</td></tr>\n", cost, value);
    shown++;
  }
  kd_report_table_end(out);
  kd_text_printf(out,
                 "<p class=\"small\">Uncertain inputs without a source whose rank correlation is above twice its "
                 "sampling error, %.2f; %zu more are drawn and lie below it. Another %zu assumed values are "
                 "fixed, so that a run cannot show what they move: give them a distribution.</p>\n",
                 noise, below, fixed);
}
