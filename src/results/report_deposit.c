// SPDX-License-Identifier: Apache-2.0
/* The ground in pictures: map, sections, variograms, curves, classes, swaths, from the exhibits of the record. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "results/report.h"

#define LEFT   52.0
#define RIGHT  (KD_REPORT_HALF - 24.0)
#define BOTTOM 190.0
#define TOP    12.0

static const char *const class_name[4] = {"measured", "indicated", "inferred", "exploration target"};
static const char *const class_colour[4] = {KD_BLUE, KD_SKY, KD_ORANGE, "#d5dbe0"};

static double cell(const kd_exhibit *e, size_t row, const char *column) {
  return kd_exhibit_cell(e, row, column);
}

/* Least and most of a column over the rows with a value. */
static void range_of(double *low, double *high, const kd_exhibit *e, const char *column, double factor) {
  for (size_t i = 0; i < e->rows; i++) {
    const double value = cell(e, i, column) * factor;
    if (isnan(value)) continue;
    *low = fmin(*low, value);
    *high = fmax(*high, value);
  }
}

void kd_report_exhibit(kd_text *out, const kd_exhibit *e) {
  kd_text_add(out, "<details><summary>numbers and source</summary><div class=\"scroll\"><table><thead><tr>");
  for (const char *c = e->columns; *c != '\0';) {
    const size_t length = strcspn(c, ",");
    char head[96];
    snprintf(head, sizeof head, "%.*s", (int)length, c);
    char *unit = strstr(head, " [1]");
    if (unit != NULL) *unit = '\0';
    kd_text_add(out, "<th>");
    kd_text_add_html(out, head);
    kd_text_add(out, "</th>");
    c += length;
    while (*c == ',' || *c == ' ') c++;
  }
  kd_text_add(out, "</tr></thead><tbody>\n");
  for (size_t i = 0; i < e->rows; i++) {
    kd_text_add(out, "<tr>");
    for (size_t c = 0; c < e->width; c++) {
      char number[48];
      kd_label_round(number, sizeof number, e->value[i * e->width + c], 4);
      kd_text_printf(out, "<td>%s</td>", number);
    }
    kd_text_add(out, "</tr>\n");
  }
  char source[512];
  snprintf(source, sizeof source, "%.300s Source: table %s of run.sqlite.", e->doc != NULL ? e->doc : "", e->name);
  kd_report_numbers_end(out, source);
}

/* ---- maps ---- */

static void axis_left(kd_text *out, const kd_axis *y, double left, double right, bool grid) {
  char label[32];
  for (size_t i = 0; i < y->ticks; i++) {
    const double at = kd_axis_at(y, y->tick[i]);
    kd_label_tick(label, sizeof label, y->tick[i]);
    kd_svg_line(out, grid ? left : left - 4, at, grid ? right : left, at, "grid");
    kd_svg_text(out, left - 7, at + 4, "end", "tick", label);
  }
}

/* An axis of a map: no wider than the data, unlike one with round ends. */
static void tight(kd_axis *axis, double low, double high, double from, double to) {
  size_t kept = 0;
  kd_axis_start(axis, low, high, from, to, false);
  for (size_t i = 0; i < axis->ticks; i++)
    if (axis->tick[i] >= low && axis->tick[i] <= high) axis->tick[kept++] = axis->tick[i];
  axis->ticks = kept;
  axis->low = low;
  axis->high = high;
}

void kd_report_map_begin(kd_text *out, kd_report_map *map, const kd_exhibit *ground, const char *column,
                         const char *unit, const char *title) {
  double x[2] = {(double)INFINITY, -(double)INFINITY}, y[2] = {(double)INFINITY, -(double)INFINITY};
  char tip[160], number[48], colour[8];
  map->low = (double)INFINITY;
  map->high = -(double)INFINITY;
  range_of(&map->low, &map->high, ground, column, 1);
  for (size_t i = 0; i < ground->rows; i++) {
    const double half_x = 0.5e-3 * cell(ground, i, "width"), half_y = 0.5e-3 * cell(ground, i, "height");
    x[0] = fmin(x[0], 1e-3 * cell(ground, i, "x") - half_x);
    x[1] = fmax(x[1], 1e-3 * cell(ground, i, "x") + half_x);
    y[0] = fmin(y[0], 1e-3 * cell(ground, i, "y") - half_y);
    y[1] = fmax(y[1], 1e-3 * cell(ground, i, "y") + half_y);
  }
  const double scale = fmin((RIGHT - LEFT) / (x[1] - x[0]), 330.0 / (y[1] - y[0]));
  map->height = TOP + scale * (y[1] - y[0]);
  tight(&map->x, x[0], x[1], LEFT, LEFT + scale * (x[1] - x[0]));
  tight(&map->y, y[0], y[1], map->height, TOP);
  kd_svg_begin(out, KD_REPORT_HALF, map->height + 74, title);
  for (size_t i = 0; i < ground->rows; i++) {
    const double value = cell(ground, i, column), east = 1e-3 * cell(ground, i, "x"),
                 north = 1e-3 * cell(ground, i, "y");
    const double half_x = 0.5e-3 * cell(ground, i, "width"), half_y = 0.5e-3 * cell(ground, i, "height");
    const double left = kd_axis_at(&map->x, east - half_x), top = kd_axis_at(&map->y, north + half_y);
    kd_svg_shade(colour, (value - map->low) / fmax(map->high - map->low, 1e-300));
    kd_label_round(number, sizeof number, value, 3);
    snprintf(tip, sizeof tip, "%.4g km east, %.4g km north: %s %s", east, north, number, unit);
    kd_svg_rectangle(out, left, top, kd_axis_at(&map->x, east + half_x) - left + 0.3,
                     kd_axis_at(&map->y, north - half_y) - top + 0.3, colour, tip);
  }
}

void kd_report_map_end(kd_text *out, const kd_report_map *map, const char *unit) {
  axis_left(out, &map->y, LEFT, LEFT, false);
  for (size_t i = 0; i < map->x.ticks; i++) {
    char label[32];
    const double at = kd_axis_at(&map->x, map->x.tick[i]);
    kd_label_tick(label, sizeof label, map->x.tick[i]);
    kd_svg_line(out, at, map->height, at, map->height + 4, "grid");
    kd_svg_text(out, at, map->height + 16, "middle", "tick", label);
  }
  kd_svg_text(out, RIGHT, map->height + 34, "end", "label", "km east; km north up");
  if (unit != NULL) kd_svg_scale(out, LEFT, map->height + 40, map->low, map->high, unit);
  kd_svg_end(out);
}

static void add_cores(kd_text *out, const kd_report_map *map, const kd_exhibit *cores) {
  char tip[96];
  for (size_t i = 0; cores != NULL && i < cores->rows; i++) {
    snprintf(tip, sizeof tip, "core: %.0f ppm, %.0f composites", cell(cores, i, "grade"), cell(cores, i, "composites"));
    kd_svg_mark(out, kd_axis_at(&map->x, 1e-3 * cell(cores, i, "x")), kd_axis_at(&map->y, 1e-3 * cell(cores, i, "y")),
                'o', KD_RED, tip);
  }
}

static void maps(kd_text *out, const kd_record *record, const kd_exhibit *ground) {
  const kd_exhibit *cores = kd_record_exhibit(record, "ground_cores");
  const bool reconstruction = kd_report_reconstruction(record);
  double low = (double)INFINITY, high = -(double)INFINITY;
  kd_report_map map;
  range_of(&low, &high, ground, "error_year", 1);
  const bool errors = high >= low;
  kd_text_add(out, "<div class=\"pair\"><div class=\"keep\">\n");
  kd_report_figure(out, reconstruction ? "Grade by column: a reconstruction, not assays" : "Grade by column");
  kd_report_map_begin(out, &map, ground, "grade", "ppm", "Map of the grade of each column of ground");
  add_cores(out, &map, cores);
  kd_report_map_end(out, &map, "ppm of rare earths");
  kd_report_figure_end(out);
  if (errors) {
    kd_text_add(out, "</div><div class=\"keep\">\n");
    kd_report_figure(out, "Error at 90 % confidence on a year's production");
    kd_report_map_begin(out, &map, ground, "error_year", "%", "Map of the error of each column of ground");
    add_cores(out, &map, cores);
    kd_report_map_end(out, &map, "% of the metal");
    kd_report_figure_end(out);
  }
  kd_text_add(out, "</div></div>\n");
  if (cores != NULL) kd_text_add(out, "<p class=\"small\">Red circles: cores.</p>\n");
  kd_report_exhibit(out, ground);
}

/* ---- sections ---- */

static void section(kd_text *out, const kd_exhibit *e, int which, double low, double high) {
  double along[2] = {(double)INFINITY, -(double)INFINITY}, deep = 0, at = 0, width = 0;
  char tip[160], colour[8];
  for (size_t i = 0; i < e->rows; i++) {
    if ((int)cell(e, i, "section") != which) continue;
    width = 1e-3 * cell(e, i, "width");
    at = 1e-3 * cell(e, i, "at");
    along[0] = fmin(along[0], 1e-3 * cell(e, i, "along") - 0.5 * width);
    along[1] = fmax(along[1], 1e-3 * cell(e, i, "along") + 0.5 * width);
    deep = fmax(deep, cell(e, i, "depth") + 0.5 * cell(e, i, "height"));
  }
  if (!(along[1] > along[0])) return;
  kd_axis x, y;
  tight(&x, along[0], along[1], LEFT, KD_REPORT_WIDTH - 12);
  tight(&y, 0, deep, TOP, 132);
  snprintf(tip, sizeof tip,
           which == 1 ? "Section from west to east, %.4g km north" : "Section from south to north, %.4g km east", at);
  kd_report_figure(out, tip);
  kd_svg_begin(out, KD_REPORT_WIDTH, 200, tip);
  for (size_t i = 0; i < e->rows; i++) {
    if ((int)cell(e, i, "section") != which) continue;
    const double grade = cell(e, i, "grade"), where = 1e-3 * cell(e, i, "along"), depth = cell(e, i, "depth");
    const double half = 0.5 * cell(e, i, "height"), left = kd_axis_at(&x, where - 0.5 * width);
    kd_svg_shade(colour, (grade - low) / fmax(high - low, 1e-300));
    snprintf(tip, sizeof tip, "%.4g km, %.3g m below the sea floor: %.0f ppm, sd %.0f ppm", where, depth, grade,
             cell(e, i, "sd"));
    kd_svg_rectangle(out, left, kd_axis_at(&y, depth - half), kd_axis_at(&x, where + 0.5 * width) - left + 0.3,
                     kd_axis_at(&y, depth + half) - kd_axis_at(&y, depth - half) + 0.3, colour, tip);
  }
  axis_left(out, &y, LEFT, LEFT, false);
  for (size_t i = 0; i < x.ticks; i++) {
    char label[32];
    kd_label_tick(label, sizeof label, x.tick[i]);
    kd_svg_text(out, kd_axis_at(&x, x.tick[i]), 148, "middle", "tick", label);
  }
  kd_svg_text(out, KD_REPORT_WIDTH - 12, 166, "end", "label",
              which == 1 ? "km east; metres below the sea floor downwards"
                         : "km north; metres below the sea floor downwards");
  kd_svg_scale(out, LEFT, 170, low, high, "ppm of rare earths");
  kd_svg_end(out);
  kd_report_figure_end(out);
}

static void sections(kd_text *out, const kd_record *record) {
  const kd_exhibit *e = kd_record_exhibit(record, "ground_sections");
  double low = (double)INFINITY, high = -(double)INFINITY;
  if (e == NULL || e->rows == 0) return;
  range_of(&low, &high, e, "grade", 1);
  section(out, e, 1, low, high);
  section(out, e, 2, low, high);
  kd_report_exhibit(out, e);
}

/* ---- curves ---- */

typedef struct plot {
  kd_axis x, y;
} plot;

static void open_plot(kd_text *out, plot *p, double low, double far, double high, const char *title,
                      const char *label) {
  kd_axis_start(&p->x, low, far, LEFT, RIGHT, false);
  kd_axis_start(&p->y, 0, high, BOTTOM, TOP, false);
  kd_report_figure(out, title);
  kd_svg_begin(out, KD_REPORT_HALF, BOTTOM + 42, title);
  axis_left(out, &p->y, LEFT, RIGHT, true);
  kd_svg_axis_below(out, &p->x, BOTTOM, TOP, label);
}

static void close_plot(kd_text *out) {
  kd_svg_end(out);
  kd_report_figure_end(out);
}

/* A line through a column of the rows that `keep` takes; breaks where there is no value. */
static void curve(kd_text *out, const plot *p, const kd_exhibit *e, const char *x, double x_factor, const char *y,
                  const char *group, double wanted, const char *colour, const char *dash) {
  bool on = false;
  kd_text_printf(out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"%s%s%s d=\"", colour,
                 dash != NULL ? " stroke-dasharray=\"" : "", dash != NULL ? dash : "", dash != NULL ? "\"" : "");
  for (size_t i = 0; i < e->rows; i++) {
    const double value = cell(e, i, y);
    if (group != NULL && cell(e, i, group) != wanted) continue;
    if (strcmp(e->name, "ground_variogram") == 0 && cell(e, i, "pairs") > 0) continue; /* drawn as points */
    if (isnan(value)) {
      on = false;
      continue;
    }
    kd_text_printf(out, "%s%.1f %.1f", on ? "L" : "M", kd_axis_at(&p->x, cell(e, i, x) * x_factor),
                   kd_axis_at(&p->y, value));
    on = true;
  }
  kd_text_add(out, "\"/>\n");
}

static void variograms(kd_text *out, const kd_record *record) {
  const kd_exhibit *e = kd_record_exhibit(record, "ground_variogram");
  if (e == NULL || e->rows == 0) return;
  kd_text_add(out, "<div class=\"pair\">\n");
  for (int direction = 1; direction <= 2; direction++) {
    double far = 0, high = 1;
    const double unit = direction == 1 ? 1e-3 : 1;
    plot p;
    char tip[96];
    for (size_t i = 0; i < e->rows; i++) {
      if ((int)cell(e, i, "direction") != direction) continue;
      far = fmax(far, cell(e, i, "distance") * unit);
      if (cell(e, i, "pairs") > 0) high = fmax(high, cell(e, i, "gamma"));
    }
    if (!(far > 0)) continue;
    kd_text_add(out, "<div class=\"keep\">\n");
    open_plot(out, &p, 0, far, high, direction == 1 ? "Variogram across" : "Variogram down the cores",
              direction == 1 ? "km apart (height: semivariance of scores)"
                             : "m apart (height: semivariance of scores)");
    curve(out, &p, e, "distance", unit, "model", "direction", direction, KD_BLUE, NULL);
    for (size_t i = 0; i < e->rows; i++) {
      if ((int)cell(e, i, "direction") != direction || !(cell(e, i, "pairs") > 0)) continue;
      snprintf(tip, sizeof tip, "%.3g from %.0f pairs", cell(e, i, "gamma"), cell(e, i, "pairs"));
      kd_svg_mark(out, kd_axis_at(&p.x, cell(e, i, "distance") * unit), kd_axis_at(&p.y, cell(e, i, "gamma")), 'o',
                  KD_RED, tip);
    }
    close_plot(out);
    kd_text_add(out, "</div>\n");
  }
  kd_text_add(out,
              "</div>\n<p class=\"small\">Circles: pairs of composites; line: the model that estimate and simulations "
              "use.</p>\n");
  kd_report_exhibit(out, e);
}

static void band(kd_text *out, const plot *p, const kd_exhibit *e, const char *low, const char *high) {
  bool first = true;
  kd_text_printf(out, "<path fill=\"%s\" fill-opacity=\"0.45\" d=\"", KD_SKY);
  for (size_t k = 0; k < 2 * e->rows; k++) {
    const size_t i = k < e->rows ? k : 2 * e->rows - 1 - k;
    const double value = cell(e, i, k < e->rows ? high : low);
    if (isnan(value)) continue;
    kd_text_printf(out, "%s%.1f %.1f", first ? "M" : "L", kd_axis_at(&p->x, cell(e, i, "cutoff")),
                   kd_axis_at(&p->y, value));
    first = false;
  }
  kd_text_add(out, "Z\"/>\n");
}

static void curves(kd_text *out, const kd_record *record) {
  static const char *const what[2] = {"tonnage", "grade"};
  static const char *const title[2] = {"Dry mud above a cut-off", "Its mean grade"};
  static const char *const label[2] = {"cut-off, ppm (height: Mt dry)", "cut-off, ppm (height: ppm)"};
  const kd_exhibit *e = kd_record_exhibit(record, "ground_curve");
  if (e == NULL || e->rows < 2) return;
  kd_text_add(out, "<div class=\"pair\">\n");
  for (int k = 0; k < 2; k++) {
    char low[32], mid[32], high[32];
    double least = 0, most = 0;
    plot p;
    snprintf(low, sizeof low, "%s_p10", what[k]);
    snprintf(mid, sizeof mid, "%s_p50", what[k]);
    snprintf(high, sizeof high, "%s_p90", what[k]);
    range_of(&least, &most, e, high, 1);
    range_of(&least, &most, e, what[k], 1);
    kd_text_add(out, "<div class=\"keep\">\n");
    open_plot(out, &p, cell(e, 0, "cutoff"), cell(e, e->rows - 1, "cutoff"), most, title[k], label[k]);
    band(out, &p, e, low, high);
    curve(out, &p, e, "cutoff", 1, mid, NULL, 0, KD_BLUE, NULL);
    curve(out, &p, e, "cutoff", 1, what[k], NULL, 0, KD_RED, "5 4");
    close_plot(out);
    kd_text_add(out, "</div>\n");
  }
  kd_text_add(out,
              "</div>\n<p class=\"small\">Blocks of the model: line P50, band P10 to P90 of the simulations; dashed: "
              "the estimate, smoother than the ground.</p>\n");
  kd_report_exhibit(out, e);
}

static void swaths(kd_text *out, const kd_record *record) {
  static const char *const title[3] = {"Swath from west to east", "Swath from south to north", "Swath downwards"};
  static const char *const label[3] = {"km east (height: ppm)", "km north (height: ppm)",
                                       "m below the sea floor (height: ppm)"};
  const kd_exhibit *e = kd_record_exhibit(record, "ground_swaths");
  char tip[96];
  if (e == NULL || e->rows == 0) return;
  kd_text_add(out, "<div class=\"pair\">\n");
  for (int axis = 1; axis <= 3; axis++) {
    const double unit = axis == 3 ? 1 : 1e-3;
    double low = (double)INFINITY, far = -(double)INFINITY, high = 0;
    plot p;
    size_t rows = 0;
    for (size_t i = 0; i < e->rows; i++) {
      if ((int)cell(e, i, "axis") != axis) continue;
      rows++;
      low = fmin(low, cell(e, i, "at") * unit);
      far = fmax(far, cell(e, i, "at") * unit);
      high = fmax(high, fmax(fmax(0, cell(e, i, "composites")), fmax(0, cell(e, i, "estimate"))));
    }
    if (rows < 2) continue;
    kd_text_add(out, "<div class=\"keep\">\n");
    open_plot(out, &p, low, far, high, title[axis - 1], label[axis - 1]);
    curve(out, &p, e, "at", unit, "simulated", "axis", axis, KD_ORANGE, "5 4");
    curve(out, &p, e, "at", unit, "estimate", "axis", axis, KD_BLUE, NULL);
    for (size_t i = 0; i < e->rows; i++) {
      if ((int)cell(e, i, "axis") != axis || isnan(cell(e, i, "composites"))) continue;
      snprintf(tip, sizeof tip, "%.0f ppm, %.0f composites", cell(e, i, "composites"), cell(e, i, "count"));
      kd_svg_mark(out, kd_axis_at(&p.x, cell(e, i, "at") * unit), kd_axis_at(&p.y, cell(e, i, "composites")), 'o',
                  KD_RED, tip);
    }
    close_plot(out);
    kd_text_add(out, "</div>\n");
  }
  kd_text_add(out,
              "</div>\n<p class=\"small\">Slices through the model. Circles: composites, declustered; line: estimate; "
              "dashed: mean of the simulations.</p>\n");
  kd_report_exhibit(out, e);
}

/* ---- classes ---- */

static void classes(kd_text *out, const kd_record *record) {
  const kd_exhibit *e = kd_record_exhibit(record, "ground_classes"), *rule = kd_record_exhibit(record, "ground_rule");
  static const char *const heads[] = {"<class", "dry mud, Mt", "metal, kt", "share of metal, %"};
  double metal = 0, left = 0;
  if (e == NULL || rule == NULL || rule->rows == 0) return;
  for (size_t k = 0; k < e->rows; k++) metal += cell(e, k, "metal");
  kd_report_figure(out, "Classes, in CRIRSCO's words");
  kd_svg_begin(out, KD_REPORT_WIDTH, 48, "Share of the metal by class");
  for (size_t k = 0; k < e->rows && k < 4; k++) {
    const double share = metal > 0 ? cell(e, k, "metal") / metal : 0, width = share * (KD_REPORT_WIDTH - 20);
    char label[64];
    if (!(share > 0)) continue;
    snprintf(label, sizeof label, "%s %.3g %%", class_name[k], 100 * share);
    kd_svg_rectangle(out, 10 + left, 6, width, 16, class_colour[k], label);
    if (width > 90) kd_svg_text(out, 10 + left + 4, 38, "start", "tick", label);
    left += width;
  }
  kd_svg_end(out);
  kd_report_figure_end(out);
  kd_report_table(out, heads, 4);
  for (size_t k = 0; k < e->rows && k < 4; k++) {
    kd_text_add(out, "<tr>");
    kd_report_cell(out, class_name[k]);
    kd_report_cell_number(out, cell(e, k, "tonnage"));
    kd_report_cell_number(out, cell(e, k, "metal"));
    kd_report_cell_number(out, metal > 0 ? 100 * cell(e, k, "metal") / metal : (double)NAN);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
  const double limit = cell(rule, 0, "limit"), mass = cell(rule, 0, "production");
  kd_text_printf(
      out,
      "<p class=\"small\">Rule: measured when the metal of a quarter's production (%.3g kt dry) is known "
      "within %.0f %% at 90 %% confidence; indicated when a year's (%.3g kt) is; inferred within %.0f %% on a "
      "year's; else an exploration target. %sThe words are CRIRSCO's; a class is a Competent Person's to "
      "give.</p>\n",
      0.25 * mass, limit, mass, cell(rule, 0, "limit_inferred"),
      cell(rule, 0, "assumed") > 0 ? "The cores are reconstructed or assumed, so all of it is an exploration target. "
                                   : "");
  kd_text_printf(
      out,
      "<p class=\"small\">%.0f cores, %.0f composites, %.0f simulations. They reproduce what went in: variance "
      "of scores %.3f (%.3f wanted), variogram within %.3f, correlations of elements within %.3f.</p>\n",
      cell(rule, 0, "cores"), cell(rule, 0, "composites"), cell(rule, 0, "realisations"),
      cell(rule, 0, "score_variance"), cell(rule, 0, "score_variance_wanted"), cell(rule, 0, "variogram_error"),
      cell(rule, 0, "correlation_error"));
}

static void elements(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<element", "grade, ppm", "metal, kt", "oxide, kt", "P10", "P50", "P90"};
  static const char *const column[] = {"grade", "metal", "oxide", "p10", "p50", "p90"};
  const kd_exhibit *e = kd_record_exhibit(record, "ground_elements");
  if (e == NULL || e->rows == 0) return;
  kd_text_add(out, "<h3>Elements in place</h3>\n");
  kd_report_table(out, heads, 7);
  for (size_t i = 0; i < e->rows; i++) {
    const double number = cell(e, i, "element");
    if (!(number >= 0 && number < (double)KD_ELEMENTS)) continue;
    kd_text_add(out, "<tr>");
    kd_report_cell(out, kd_elements[(size_t)number].symbol);
    for (size_t k = 0; k < 6; k++) kd_report_cell_number(out, cell(e, i, column[k]));
    kd_text_add(out, "</tr>\n");
  }
  kd_report_table_end(out);
  kd_text_add(out, "<p class=\"small\">Estimate; P10, P50, P90: metal in kt over the simulations. Source: table "
                   "ground_elements of run.sqlite.</p>\n");
  const kd_exhibit *above = kd_record_exhibit(record, "ground_oxides");
  if (above == NULL) return;
  kd_text_add(out, "<p class=\"small\">Oxides by element above a cut-off:</p>\n");
  kd_report_exhibit(out, above);
}

void kd_report_deposit(kd_text *out, const kd_record *record) {
  const kd_exhibit *ground = kd_record_exhibit(record, "ground_columns");
  if (ground == NULL || ground->rows < 2) return;
  maps(out, record, ground);
  sections(out, record);
  variograms(out, record);
  curves(out, record);
  swaths(out, record);
  classes(out, record);
  elements(out, record);
}
