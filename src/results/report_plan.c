// SPDX-License-Identifier: Apache-2.0
/* The mine plan: where the sites lie, in which order they are mined, and how the plan compares with others. */
#include <math.h>
#include <stdio.h>

#include "results/report.h"

#define SHOWN 60 /* sites whose number is written */

static const char *const year_colour[] = {KD_ORANGE, KD_GREEN, KD_PINK, KD_SKY, KD_RED};
#define YEARS (sizeof year_colour / sizeof year_colour[0])

static double cell(const kd_exhibit *e, size_t row, const char *column) {
  return kd_exhibit_cell(e, row, column);
}

static const char *colour_of(const kd_exhibit *e, size_t row) {
  const double year = cell(e, row, "year");
  return year_colour[year >= 1 ? (size_t)(year - 1) % YEARS : 0];
}

static void whole_map(kd_text *out, const kd_exhibit *ground, const kd_exhibit *visits) {
  kd_report_map map;
  char tip[96];
  kd_report_figure(out, "Where the sites lie");
  kd_report_map_begin(out, &map, ground, "grade", "ppm", "Sites of the mine plan on the map of grades");
  for (size_t i = 0; i < visits->rows; i++) {
    snprintf(tip, sizeof tip, "year %.0f, visit %.0f: %.0f ppm", cell(visits, i, "year"), cell(visits, i, "order"),
             cell(visits, i, "grade"));
    kd_svg_mark(out, kd_axis_at(&map.x, 1e-3 * cell(visits, i, "x")), kd_axis_at(&map.y, 1e-3 * cell(visits, i, "y")),
                'd', colour_of(visits, i), tip);
  }
  kd_report_map_end(out, &map, "ppm of rare earths");
  kd_report_figure_end(out);
}

/* The box of the visits, a site wide around them, of the shape of the picture. */
static void find_box(double box[4], const kd_exhibit *v) {
  double side = 0;
  box[0] = box[2] = (double)INFINITY;
  box[1] = box[3] = -(double)INFINITY;
  for (size_t i = 0; i < v->rows; i++) {
    side = fmax(side, cell(v, i, "side"));
    box[0] = fmin(box[0], cell(v, i, "x"));
    box[1] = fmax(box[1], cell(v, i, "x"));
    box[2] = fmin(box[2], cell(v, i, "y"));
    box[3] = fmax(box[3], cell(v, i, "y"));
  }
  const double half = 0.5 * fmax(box[1] - box[0], box[3] - box[2]) + side;
  const double x = 0.5 * (box[0] + box[1]), y = 0.5 * (box[2] + box[3]);
  box[0] = x - half;
  box[1] = x + half;
  box[2] = y - half;
  box[3] = y + half;
}

static void sequence(kd_text *out, const kd_exhibit *v) {
  const double left = 52, size = 330, top = 12;
  double box[4];
  kd_axis x, y;
  char text[160];
  find_box(box, v);
  const bool far = box[1] - box[0] > 5000;
  const double unit = far ? 1e-3 : 1;
  /* labels hold three digits: near sites are told from the next whole kilometres */
  const double x0 = far ? 0 : 1e3 * floor(1e-3 * box[0]), y0 = far ? 0 : 1e3 * floor(1e-3 * box[2]);
#define EAST(row)  ((cell(v, row, "x") - x0) * unit)
#define NORTH(row) ((cell(v, row, "y") - y0) * unit)
  kd_axis_start(&x, (box[0] - x0) * unit, (box[1] - x0) * unit, left, left + size, false);
  kd_axis_start(&y, (box[2] - y0) * unit, (box[3] - y0) * unit, top + size, top, false);
  const double scale = size / (x.high - x.low) * unit;
  kd_report_figure(out, "In which order they are mined");
  kd_svg_begin(out, KD_REPORT_HALF, top + size + 74, "Sites of the mine plan with the way between them");
  for (size_t i = 0; i < y.ticks; i++) {
    kd_label_tick(text, sizeof text, y.tick[i]);
    kd_svg_text(out, left - 7, kd_axis_at(&y, y.tick[i]) + 4, "end", "tick", text);
    kd_svg_line(out, left, kd_axis_at(&y, y.tick[i]), left + size, kd_axis_at(&y, y.tick[i]), "grid");
  }
  snprintf(text, sizeof text, "metres east of %.4g km; north of %.4g km up", 1e-3 * x0, 1e-3 * y0);
  kd_svg_axis_below(out, &x, top + size, top, far ? "km east; km north up" : text);
  for (size_t i = 0; i < v->rows; i++) {
    const double side = fmax(cell(v, i, "side") * scale, 3), px = kd_axis_at(&x, EAST(i)),
                 py = kd_axis_at(&y, NORTH(i));
    snprintf(text, sizeof text, "year %.0f, visit %.0f: %.0f %% of the site, %.3g t expected (%.3g to %.3g t), %.0f h",
             cell(v, i, "year"), cell(v, i, "order"), 100 * cell(v, i, "share"), cell(v, i, "value"),
             cell(v, i, "value_p10"), cell(v, i, "value_p90"), cell(v, i, "time"));
    kd_text_printf(out, "<g fill-opacity=\"%.2f\">", 0.25 + 0.6 * fmin(1, cell(v, i, "share")));
    kd_svg_rectangle(out, px - side / 2, py - side / 2, side, side, colour_of(v, i), text);
    kd_text_add(out, "</g>");
  }
  for (size_t i = 1; i < v->rows; i++) {
    kd_svg_line(out, kd_axis_at(&x, EAST(i - 1)), kd_axis_at(&y, NORTH(i - 1)), kd_axis_at(&x, EAST(i)),
                kd_axis_at(&y, NORTH(i)), "mark");
  }
  for (size_t i = 0; i < v->rows && i < SHOWN; i++) {
    snprintf(text, sizeof text, "%.0f", cell(v, i, "order"));
    kd_svg_text(out, kd_axis_at(&x, EAST(i)), kd_axis_at(&y, NORTH(i)) + 4, "middle", "name", text);
  }
  double years = 0;
  for (size_t i = 0; i < v->rows; i++) years = fmax(years, cell(v, i, "year"));
  for (size_t k = 0; k < YEARS && (double)k < years; k++) {
    kd_svg_rectangle(out, left + 68 * (double)k, top + size + 50, 10, 10, year_colour[k], NULL);
    snprintf(text, sizeof text, k + 1 == YEARS && years > (double)YEARS ? "year %zu, ..." : "year %zu", k + 1);
    kd_svg_text(out, left + 68 * (double)k + 14, top + size + 59, "start", "tick", text);
  }
  kd_svg_end(out);
  kd_report_figure_end(out);
#undef EAST
#undef NORTH
}

static void comparison(kd_text *out, const kd_exhibit *s) {
  static const char *const heads[] = {"<plan", "value, t", "below the bound, %"};
  static const char *const name[] = {"the plan", "sites by value per ship hour (greedy)",
                                     "plans on one picture each, in the mean of all", "bound of the programme"};
  static const char *const column[] = {"value", "greedy", "one_map", "bound"};
  const double bound = cell(s, 0, "bound");
  kd_report_table(out, heads, 3);
  for (size_t k = 0; k < 4; k++) {
    const double value = cell(s, 0, column[k]);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, name[k]);
    kd_report_cell_number(out, value);
    kd_report_cell_number(out, 100 * fmax(0, (bound - value) / bound));
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
  kd_text_printf(
      out,
      "<p class=\"small\">Value: weighted oxide in the mud lifted, discounted, expected over %.0f pictures of "
      "the ground. A plan made on one picture sees luck as ore. Source: table plan_summary of "
      "run.sqlite.</p>\n",
      cell(s, 0, "pictures"));
}

void kd_report_plan(kd_text *out, const kd_record *record) {
  static const char *const keys[] = {"mineplan.planned_grade", "mineplan.mined_grade", "mineplan.sites_year",
                                     "mineplan.travel_year",   "mineplan.move_share",  "mineplan.reserve_share",
                                     "mineplan.heads",         "mineplan.lifting_rate"};
  static const char *const heads[] = {"<of a year", "<unit", "P10", "P50", "P90", "mean"};
  const kd_exhibit *visits = kd_record_exhibit(record, "plan_visits"), *sum = kd_record_exhibit(record, "plan_summary"),
                   *ground = kd_record_exhibit(record, "ground_columns");
  if (visits == NULL || visits->rows == 0 || sum == NULL || sum->rows == 0) return;
  kd_report_section(out, "The mine plan",
                    "Made once, on many pictures of the ground; in each realisation the ground that was drawn decides "
                    "what the sites give.");
  kd_text_add(out, "<div class=\"pair\">");
  if (ground != NULL && ground->rows > 1) {
    kd_text_add(out, "<div class=\"keep\">\n");
    whole_map(out, ground, visits);
    kd_text_add(out, "</div>");
  }
  kd_text_add(out, "<div class=\"keep\">\n");
  sequence(out, visits);
  kd_text_add(out, "</div></div>\n");
  kd_report_exhibit(out, visits);
  comparison(out, sum);
  kd_report_table(out, heads, 6);
  for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
    const ptrdiff_t at = kd_record_find(record, keys[k]);
    char title[160];
    if (at < 0 || record->summary[at].shown.count == 0) continue;
    kd_report_title(title, sizeof title, record, (size_t)at);
    kd_text_add(out, "<tr>");
    kd_report_cell_title(out, title, keys[k]);
    kd_report_cells(out, record, (size_t)at);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
}
