// SPDX-License-Identifier: Apache-2.0
/* At sea: the dates of the campaign, where the ship's hours go, and what the work leaves in the water and on the bed.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"
#include "results/report.h"
#include "results/svg.h"

static void dates(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<date, UTC", "<", "P10", "P50", "P90", "mean"};
  static const char *const keys[] = {"campaign.on_site_date", "campaign.on_bottom_date", "campaign.first_mud_date",
                                     "campaign.return_date"};
  if (!kd_report_find(NULL, NULL, record, keys[0])) return;
  kd_text_add(out, "<h3>When</h3>\n");
  kd_report_table(out, heads, 6);
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
    const ptrdiff_t column = kd_record_find(record, keys[i]);
    if (column < 0 || record->summary[column].shown.count == 0) continue;
    kd_text_add(out, "<tr>");
    char title[256];
    kd_report_title(title, sizeof title, record, (size_t)column);
    kd_report_cell_title(out, title, keys[i]);
    kd_report_cells(out, record, (size_t)column);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
}

static bool is_lost(const kd_record *record, size_t column) {
  return strncmp(record->column[column].key, "campaign.lost.", 14) == 0;
}

/* Columns of hours whose mean is above zero. */
static size_t hours_of(size_t *index, size_t capacity, const kd_record *record) {
  size_t found = kd_report_columns(index, capacity, record, "campaign.activity."), count = 0;
  found += kd_report_columns(index + found, capacity - found, record, "campaign.lost.");
  for (size_t i = 0; i < found; i++) {
    if (record->summary[index[i]].shown.mean > 0) index[count++] = index[i];
  }
  return count;
}

static void hour_numbers(kd_text *out, const kd_record *record, const size_t *index, size_t count) {
  static const char *const heads[] = {"<hours of the ship", "<unit", "P10", "P50", "P90", "mean"};
  kd_report_numbers_begin(out, heads, 6);
  for (size_t i = 0; i < count; i++) {
    char name[64];
    kd_report_words(name, sizeof name, kd_report_last_part(record->column[index[i]].key));
    kd_text_add(out, "<tr>");
    kd_report_cell_title(out, name, record->column[index[i]].key);
    kd_report_cells(out, record, index[i]);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(out, "The means add up to the calendar. Source: outputs campaign.activity and campaign.lost of "
                             "run.sqlite.");
}

static void hours(kd_text *out, const kd_record *record) {
  size_t index[48];
  const size_t count = hours_of(index, 48, record);
  double all = 0, largest = 0;
  for (size_t i = 0; i < count; i++) {
    all += record->summary[index[i]].shown.mean;
    largest = fmax(largest, record->summary[index[i]].shown.mean);
  }
  if (!(all > 0)) return;
  const double row = 21, top = 26, left = 170, bottom = top + row * (double)count;
  kd_axis axis;
  kd_axis_start(&axis, 0, 100 * largest / all, left, KD_REPORT_WIDTH - 60, false);
  kd_report_figure(out, "Where the ship's hours go");
  kd_svg_begin(out, KD_REPORT_WIDTH, bottom + 42, "Hours of the ship by activity and by cause of loss");
  kd_svg_rectangle(out, left, 4, 12, 12, KD_BLUE, NULL);
  kd_svg_text(out, left + 18, 14, "start", "", "work");
  kd_svg_rectangle(out, left + 80, 4, 12, 12, KD_ORANGE, NULL);
  kd_svg_text(out, left + 98, 14, "start", "", "lost");
  kd_svg_axis_below(out, &axis, bottom, top, "% of the calendar, mean");
  for (size_t i = 0; i < count; i++) {
    const double share = 100 * record->summary[index[i]].shown.mean / all, y = top + row * (double)i;
    char name[64], number[48];
    kd_report_words(name, sizeof name, kd_report_last_part(record->column[index[i]].key));
    kd_label_round(number, sizeof number, share, 2);
    kd_svg_text(out, left - 10, y + 15, "end", "", name);
    kd_svg_rectangle(out, left, y + 3, kd_axis_at(&axis, share) - left, row - 6,
                     is_lost(record, index[i]) ? KD_ORANGE : KD_BLUE, number);
    kd_svg_text(out, kd_axis_at(&axis, share) + 6, y + 15, "start", "tick", number);
  }
  kd_svg_end(out);
  kd_report_figure_end(out);
  hour_numbers(out, record, index, count);
}

/* Up to which sea mud is lifted, and what sets that. */
static void lifting_limit(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<what limits lifting", "<unit", "P10", "P50", "P90", "mean"};
  static const char *const keys[] = {"campaign.lifting_limit", "campaign.string_governs"};
  static const char *const words[] = {"significant height up to which mud is lifted",
                                      "months in which the string governs"};
  ptrdiff_t column[2];
  for (int i = 0; i < 2; i++) {
    column[i] = kd_record_find(record, keys[i]);
    if (column[i] < 0 || record->summary[column[i]].shown.count == 0) return;
  }
  kd_report_numbers_begin(out, heads, 6);
  for (int i = 0; i < 2; i++) {
    kd_text_add(out, "<tr>");
    kd_report_cell_title(out, words[i], keys[i]);
    kd_report_cells(out, record, (size_t)column[i]);
    kd_text_add(out, "</tr>\n");
  }
  const double share = record->summary[column[1]].shown.mean;
  kd_report_numbers_end(out, share > 0
                                 ? "In some months the string along its axis (stress, hook load or slack, by peak "
                                   "period) is the lowest limit; in the others ship, crew and pipe handling are. "
                                   "kaidei lift --operability names the limit in each sea."
                                 : "Ship, crew and pipe handling set the limit (lift.wave_limit_lift, "
                                   "campaign.vessel_limit_lift): at the periods of the site the string along its axis "
                                   "would bear more. kaidei lift --operability names its limit in each sea.");
}

void kd_report_calendar(kd_text *out, const kd_record *record) {
  dates(out, record);
  lifting_limit(out, record);
  hours(out, record);
}

/* ---- footprint ---- */

/* "above 0.1 mm": a threshold as the scenario has it. */
static void threshold(char *out, size_t capacity, const kd_record *record, const char *key, const char *otherwise) {
  const kd_record_parameter *p = kd_record_find_parameter(record, key);
  char number[48];
  if (p == NULL || !isfinite(p->value)) {
    snprintf(out, capacity, "%s", otherwise);
    return;
  }
  kd_label_number(number, sizeof number, kd_quantity_show(p->value, p->unit));
  snprintf(out, capacity, "above %s %s", number, p->unit);
}

typedef struct kd_footprint {
  const char *title, *low, *high;
} kd_footprint;

static void footprint(kd_text *out, const kd_record *record, const char *what, const char *low, const char *high,
                      const kd_footprint *rows, size_t count) {
  char first[64], second[64];
  threshold(first, sizeof first, record, low, "above the lower threshold");
  threshold(second, sizeof second, record, high, "above the upper threshold");
  const char *const heads[] = {what, first, second};
  kd_report_table(out, heads, 3);
  for (size_t i = 0; i < count; i++) {
    if (!kd_report_find(NULL, NULL, record, rows[i].low)) continue;
    kd_text_add(out, "<tr>");
    kd_report_cell(out, rows[i].title);
    kd_report_cell_range(out, record, rows[i].low);
    kd_report_cell_range(out, record, rows[i].high);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
}

void kd_report_plume(kd_text *out, const kd_record *record) {
  static const kd_footprint deposit[] = {
      {"All of it, worked ground included", "plume.area_low", "plume.area_high"},
      {"Far field of the collector", "plume.collector_area_low", "plume.collector_area_high"},
      {"Return water", "plume.return_area_low", "plume.return_area_high"},
  };
  static const kd_footprint water[] = {
      {"Water at any time, collector", "plume.collector_volume_low", "plume.collector_volume_high"},
      {"Water at any time, return water", "plume.return_volume_low", "plume.return_volume_high"},
      {"Reach of the collector's plume", "plume.collector_reach_low", "plume.collector_reach_high"},
      {"Reach of the return water", "plume.return_reach_low", "plume.return_reach_high"},
  };
  if (!kd_report_find(NULL, NULL, record, deposit[0].low)) return;
  footprint(out, record, "<sea floor under a deposit", "plume.thickness_low", "plume.thickness_high", deposit, 3);
  footprint(out, record, "<water with more solids than its own", "plume.concentration_low", "plume.concentration_high",
            water, 4);
  kd_text_add(out, "<p class=\"small\">Median; below it P10 to P90. No authority has set a threshold: those of the "
                   "scenario are assumed. Source: outputs of the stage plume in run.sqlite.</p>\n");
}
