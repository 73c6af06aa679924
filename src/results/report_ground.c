// SPDX-License-Identifier: Apache-2.0
/* The ground: tonnage and grade above a cut-off. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/report.h"
#include "results/svg.h"

#define PREFIX "deposit.tonnage_above."

/* Cut-off in ppm from the last part of a key, "cutoff_1000"; -1 when there is none. */
static double cutoff_of(const kd_record *record, size_t column) {
  double ppm;
  const char *name = strrchr(record->column[column].key, '_');
  return name != NULL && sscanf(name + 1, "%lf", &ppm) == 1 ? ppm : -1;
}

static void curve(kd_text *out, const kd_record *record, const size_t *index, size_t count, const kd_axis *x,
                  const kd_axis *y, double factor) {
  kd_text_printf(out, "<path fill=\"%s\" fill-opacity=\"0.45\" d=\"", KD_SKY);
  for (size_t i = 0; i < 2 * count; i++) {
    const size_t at = i < count ? i : 2 * count - 1 - i;
    const kd_statistics *s = &record->summary[index[at]].shown;
    kd_text_printf(out, "%s%.1f %.1f", i == 0 ? "M" : "L", kd_axis_at(x, cutoff_of(record, index[at])),
                   kd_axis_at(y, (i < count ? s->p90 : s->p10) * factor));
  }
  kd_text_printf(out, "Z\"/><path fill=\"none\" stroke=\"%s\" stroke-width=\"2.4\" d=\"", KD_BLUE);
  for (size_t i = 0; i < count; i++) {
    kd_text_printf(out, "%s%.1f %.1f", i == 0 ? "M" : "L", kd_axis_at(x, cutoff_of(record, index[i])),
                   kd_axis_at(y, record->summary[index[i]].shown.p50 * factor));
  }
  kd_text_add(out, "\"/>\n");
}

static void ground_numbers(kd_text *out, const kd_record *record, const size_t *index, size_t count) {
  static const char *const heads[] = {"cut-off, ppm", "<dry mud", "P10", "P50", "P90", "mean", "mean grade", "oxides"};
  kd_report_numbers_begin(out, heads, sizeof heads / sizeof heads[0]);
  for (size_t i = 0; i < count; i++) {
    const char *part = kd_report_last_part(record->column[index[i]].key);
    char key[96];
    kd_text_printf(out, "<tr><td>%.0f</td>", cutoff_of(record, index[i]));
    kd_report_cells(out, record, index[i]);
    snprintf(key, sizeof key, "deposit.grade_above.%s", part);
    kd_report_cell_range(out, record, key);
    snprintf(key, sizeof key, "deposit.reo_above.%s", part);
    kd_report_cell_range(out, record, key);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "Source: outputs deposit.tonnage_above, grade_above and reo_above of run.sqlite.");
}

void kd_report_grade_tonnage(kd_text *out, const kd_record *record) {
  size_t index[32];
  const size_t count = kd_report_columns(index, 32, record, PREFIX);
  if (count < 2 || cutoff_of(record, index[0]) < 0 || !(cutoff_of(record, index[count - 1]) > 0)) return;
  double largest = 0;
  for (size_t i = 0; i < count; i++) largest = fmax(largest, record->summary[index[i]].shown.p90);
  kd_scale scale;
  kd_report_scale(&scale, record->column[index[0]].unit, largest);
  const double top = 12, bottom = 190, left = 60, right = KD_REPORT_WIDTH - 30;
  kd_axis x, y;
  kd_axis_start(&y, 0, largest * scale.factor, bottom, top, false);
  kd_axis_start(&x, cutoff_of(record, index[0]), cutoff_of(record, index[count - 1]), left, right, false);
  const bool reconstruction = kd_report_reconstruction(record);
  kd_report_figure(out, reconstruction ? "Dry mud above a cut-off grade: a reconstruction, not assays"
                                       : "Dry mud above a cut-off grade");
  kd_svg_begin(out, KD_REPORT_WIDTH, bottom + 42, "Grade-tonnage curve with P10 to P90");
  char label[160];
  for (size_t i = 0; i < y.ticks; i++) {
    kd_label_number(label, sizeof label, y.tick[i]);
    kd_svg_line(out, left, kd_axis_at(&y, y.tick[i]), right, kd_axis_at(&y, y.tick[i]), "grid");
    kd_svg_text(out, left - 8, kd_axis_at(&y, y.tick[i]) + 4, "end", "tick", label);
  }
  snprintf(label, sizeof label, "cut-off, ppm of rare earths (height: %s dry; line P50, band P10 to P90)", scale.unit);
  kd_svg_axis_below(out, &x, bottom, top, label);
  curve(out, record, index, count, &x, &y, scale.factor);
  kd_svg_end(out);
  kd_report_figure_end(out);
  if (reconstruction)
    kd_text_add(out, "<p class=\"small\">The ground is reconstructed from published statistics: area, mean and highest "
                     "grade, and the best square are as printed; where within the area the grade lies is not.</p>\n");
  ground_numbers(out, record, index, count);
}
