// SPDX-License-Identifier: Apache-2.0
/* How sure it is: histograms. */
#include <math.h>
#include <stdio.h>

#include "results/report.h"
#include "results/svg.h"

enum { BINS = 36 };

typedef struct kd_histogram {
  double bin[BINS], largest;
  double from, width; /* of the values, or of their logarithms */
  bool logarithmic;
} kd_histogram;

/* Counts what lies between the 0.5 % and the 99.5 % quantile; false when there is no spread. */
static bool count(kd_histogram *out, double *values, size_t n, double *low, double *high) {
  *low = kd_quantile(values, n, 0.005);
  *high = kd_quantile(values, n, 0.995);
  *out = (kd_histogram){.logarithmic = *low > 0 && *high > 12 * *low}; /* a long tail is read better by factors */
  out->from = out->logarithmic ? log10(*low) : *low;
  out->width = ((out->logarithmic ? log10(*high) : *high) - out->from) / (double)BINS;
  if (!(out->width > 0)) return false;
  for (size_t i = 0; i < n; i++) {
    if (values[i] < *low || values[i] > *high) continue;
    const int at = (int)(((out->logarithmic ? log10(values[i]) : values[i]) - out->from) / out->width);
    out->bin[at < BINS ? at : BINS - 1] += 1;
  }
  for (int i = 0; i < BINS; i++) out->largest = fmax(out->largest, out->bin[i]);
  return true;
}

static double edge(const kd_histogram *h, double at) {
  const double value = h->from + at * h->width;
  return h->logarithmic ? pow(10, value) : value;
}

static void marks(kd_text *out, const kd_axis *axis, double top, double bottom, const double values[3]) {
  static const char *const names[] = {"P10", "P50", "P90"}, *const anchors[] = {"end", "middle", "start"};
  for (int i = 0; i < 3; i++) {
    char label[64], number[48];
    const double x = kd_axis_at(axis, values[i]);
    kd_label_round(number, sizeof number, values[i], 3);
    snprintf(label, sizeof label, "%s %s", names[i], number);
    kd_svg_line(out, x, top - (i == 1 ? 20 : 6), x, bottom, "mark");
    kd_svg_text(out, i == 1 ? x : i == 0 ? x + 4 : x - 4, top - (i == 1 ? 24 : 9), anchors[i], "tick", label);
  }
}

void kd_report_distribution(kd_text *out, const char *title, const char *unit, double *values, size_t n,
                            const kd_statistics *s) {
  static const char *const heads[] = {"<unit", "P10", "P50", "P90", "mean", "standard deviation"};
  const size_t kept = kd_keep_finite(values, values, n);
  kd_histogram h;
  kd_scale scale;
  double low, high;
  if (kept < 2) return;
  kd_report_scale(&scale, unit, s->p50);
  for (size_t i = 0; i < kept; i++) values[i] *= scale.factor;
  if (!count(&h, values, kept, &low, &high)) return;
  const double top = 44, bottom = 200;
  kd_axis axis;
  kd_axis_start(&axis, low, high, 14, KD_REPORT_HALF - 22, h.logarithmic);
  kd_text_add(out, "<div class=\"keep\">");
  kd_report_figure(out, title);
  kd_svg_begin(out, KD_REPORT_HALF, bottom + 42, title);
  kd_svg_axis_below(out, &axis, bottom, top, scale.unit);
  for (int i = 0; i < BINS; i++) {
    const double x = kd_axis_at(&axis, edge(&h, i)), y = bottom - (bottom - top) * h.bin[i] / h.largest;
    const double middle = edge(&h, i + 0.5) / scale.factor;
    kd_svg_rectangle(out, x, y, kd_axis_at(&axis, edge(&h, i + 1)) - x - 0.8, bottom - y,
                     middle >= s->p10 && middle <= s->p90 ? KD_BLUE : KD_SKY, NULL);
  }
  marks(out, &axis, top, bottom, (const double[]){s->p10 * scale.factor, s->p50 * scale.factor, s->p90 * scale.factor});
  kd_svg_end(out);
  kd_report_figure_end(out);
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  kd_text_add(out, "<tr>");
  kd_report_cell(out, scale.unit);
  const double cells[] = {s->p10, s->p50, s->p90, s->mean, s->sd};
  for (size_t i = 0; i < 5; i++) kd_report_cell_number(out, cells[i] * scale.factor);
  kd_text_add(out, "</tr>\n");
  kd_report_numbers_end(out, "Dark: from P10 to P90. The picture leaves out half a percent at each end. Source: table "
                             "summary of run.sqlite; each realisation is in samples.nc under the same key.");
  kd_text_add(out, "</div>\n");
}
