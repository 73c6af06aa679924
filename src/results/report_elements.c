// SPDX-License-Identifier: Apache-2.0
/* Production by element with demand beside it. Points, not bars: a bar on a logarithmic scale has no honest foot. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "results/report.h"
#include "results/svg.h"

typedef struct kd_element_row {
  const kd_statistics *output; /* NULL: no such output */
  double japan, world;         /* medians, NaN: not known */
} kd_element_row;

static double median_of(const kd_record *record, const char *prefix, const char *element) {
  const kd_statistics *s;
  return kd_report_find_part(&s, NULL, record, prefix, element) ? s->p50 : (double)NAN;
}

static void widen(double *low, double *high, double value) {
  if (!(value > 0)) return;
  if (!(value >= *low)) *low = value;
  if (!(value <= *high)) *high = value;
}

static void legend(kd_text *out, double left) {
  kd_svg_line(out, left - 12, 12, left + 12, 12, "band");
  kd_svg_mark(out, left, 12, 'o', KD_BLUE, "output");
  kd_svg_text(out, left + 18, 16, "start", "", "output, P50 and P10 to P90");
  kd_svg_mark(out, left + 220, 12, 'd', KD_RED, "demand of Japan");
  kd_svg_text(out, left + 230, 16, "start", "", "demand of Japan");
  kd_svg_mark(out, left + 370, 12, 's', "#5b6a76", "demand of the world");
  kd_svg_text(out, left + 380, 16, "start", "", "demand of the world");
}

static void point(kd_text *out, const kd_axis *axis, double y, char shape, const char *colour, double value,
                  const char *symbol, const char *what, const char *unit) {
  char number[48], tip[128];
  if (!(value > 0)) return;
  kd_label_round(number, sizeof number, value, 3);
  snprintf(tip, sizeof tip, "%s, %s: %s %s", symbol, what, number, unit);
  kd_svg_mark(out, kd_axis_at(axis, value), y, shape, colour, tip);
}

static void element_numbers(kd_text *out, const kd_element_row rows[KD_REY], const kd_record *record,
                            const char *unit) {
  static const char *const heads[] = {"<element", "<unit",         "output P10",    "P50",
                                      "P90",      "demand, Japan", "demand, world", "share of Japan, %"};
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < KD_REY; i++) {
    char name[48];
    snprintf(name, sizeof name, "%s %s", kd_elements[i].symbol, kd_elements[i].name);
    const kd_statistics *s = rows[i].output;
    const double cells[] = {s != NULL ? s->p10 : (double)NAN,
                            s != NULL ? s->p50 : (double)NAN,
                            s != NULL ? s->p90 : (double)NAN,
                            rows[i].japan,
                            rows[i].world,
                            median_of(record, "supply.japan_share", kd_elements[i].key)};
    kd_text_add(out, "<tr>");
    kd_report_cell(out, name);
    kd_report_cell(out, unit);
    for (size_t k = 0; k < 6; k++) kd_report_cell_number(out, cells[k]);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Oxide in a year; demand and share are medians. Source: outputs supply.output, "
                             "japan_demand, world_demand, japan_share of run.sqlite.");
}

void kd_report_elements(kd_text *out, const kd_record *record) {
  kd_element_row rows[KD_REY];
  const char *unit = NULL;
  double low = (double)NAN, high = (double)NAN;
  for (size_t i = 0; i < KD_REY; i++) {
    const char *key = kd_elements[i].key;
    rows[i] = (kd_element_row){NULL, median_of(record, "supply.japan_demand", key),
                               median_of(record, "supply.world_demand", key)};
    kd_report_find_part(&rows[i].output, &unit, record, "supply.output", key);
    if (rows[i].output != NULL) {
      widen(&low, &high, rows[i].output->p10);
      widen(&low, &high, rows[i].output->p90);
    }
    widen(&low, &high, rows[i].japan);
    widen(&low, &high, rows[i].world);
  }
  if (unit == NULL || !(high > 0)) return;
  const double row = 22, top = 32, left = 120, bottom = top + row * (double)KD_REY;
  kd_axis axis;
  kd_axis_start(&axis, fmax(low, high / 1e10), high, left, KD_REPORT_WIDTH - 30, true);
  kd_report_figure(out, "Output of a year beside demand");
  kd_svg_begin(out, KD_REPORT_WIDTH, bottom + 42, "Output of a year beside demand, by element, on a logarithmic scale");
  char label[128], shown[48];
  kd_report_unit(shown, sizeof shown, unit);
  snprintf(label, sizeof label, "%s of oxide; each step is ten times more", shown);
  kd_svg_axis_below(out, &axis, bottom, top, label);
  legend(out, left);
  for (size_t i = 0; i < KD_REY; i++) {
    const double y = top + row * ((double)i + 0.5);
    const kd_statistics *s = rows[i].output;
    kd_svg_text(out, left - 34, y + 4, "end", "tick", kd_elements[i].name);
    kd_svg_text(out, left - 10, y + 4, "end", "name", kd_elements[i].symbol);
    if (s != NULL && s->p90 > 0) kd_svg_line(out, kd_axis_at(&axis, s->p10), y, kd_axis_at(&axis, s->p90), y, "band");
    point(out, &axis, y, 's', "#5b6a76", rows[i].world, kd_elements[i].symbol, "demand of the world", shown);
    point(out, &axis, y, 'd', KD_RED, rows[i].japan, kd_elements[i].symbol, "demand of Japan", shown);
    if (s != NULL) point(out, &axis, y, 'o', KD_BLUE, s->p50, kd_elements[i].symbol, "output P50", shown);
  }
  kd_svg_end(out);
  kd_report_figure_end(out);
  element_numbers(out, rows, record, shown);
}
