// SPDX-License-Identifier: Apache-2.0
/* The page of a block model: what lies there, how sure, and what it was made from. One file, nothing from the network.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elements.h"
#include "results/model_folder.h"
#include "results/report_style.h"
#include "results/svg.h"

#define KD_PPM  1e6
#define KD_WIDE 850.0
#define KD_MAP  330.0

static void heading(kd_text *out, const char *text, const char *lead) {
  kd_text_add(out, "<h2>");
  kd_text_add_html(out, text);
  kd_text_add(out, "</h2>\n");
  if (lead == NULL) return;
  kd_text_add(out, "<p class=\"small\">");
  kd_text_add_html(out, lead);
  kd_text_add(out, "</p>\n");
}

typedef struct canvas {
  double left, top, scale_x, scale_y; /* pixel = left + scale (value - low) */
  double low_x, high_y;
} canvas;

static void cell(kd_text *out, const canvas *c, double x, double y, double dx, double dy, const char *fill,
                 const char *tip) {
  kd_svg_rectangle(out, c->left + (x - 0.5 * dx - c->low_x) * c->scale_x,
                   c->top + (c->high_y - y - 0.5 * dy) * c->scale_y, dx * c->scale_x + 0.3, dy * c->scale_y + 0.3, fill,
                   tip);
}

static double column_grade(const kd_model *m, size_t c) {
  return m->columns_sum[c] / m->column_mass[c] * KD_PPM;
}

static void map(kd_text *out, const kd_model *m, int what) {
  static const char *const class_colour[KD_MODEL_CLASSES] = {KD_BLUE, KD_GREEN, KD_ORANGE, "#d5dbe0"};
  const kd_block_grid *g = &m->grid;
  const double width = (double)g->nx * g->dx, height = (double)g->ny * g->dy;
  const double scale = fmin((KD_WIDE - 20.0) / width, KD_MAP / height);
  canvas c = {.left = 10, .top = 6, .scale_x = scale, .scale_y = scale, .low_x = g->x0, .high_y = g->y0 + height};
  double low = (double)INFINITY, high = -(double)INFINITY;
  char tip[128], colour[8];
  for (size_t k = 0; k < m->columns; k++) {
    low = fmin(low, column_grade(m, k));
    high = fmax(high, column_grade(m, k));
  }
  kd_svg_begin(out, KD_WIDE, height * scale + 44.0, what == 0 ? "Mean grade of each column" : "Class of each column");
  for (size_t k = 0; k < m->columns; k++) {
    const double x = kd_grid_x(g, m->column_cell[k]), y = kd_grid_y(g, m->column_cell[k]), grade = column_grade(m, k);
    kd_svg_shade(colour, (grade - low) / fmax(high - low, 1e-12));
    snprintf(tip, sizeof tip, "%.0f ppm, error %.0f %% on a quarter: %s", grade, 100.0 * m->column_error[k],
             kd_model_class_name[m->column_class[k]]);
    cell(out, &c, x, y, g->dx, g->dy, what == 0 ? colour : class_colour[m->column_class[k]], tip);
  }
  for (size_t i = 0; i < m->composites.count; i++) {
    const kd_core *core = &m->composites.core[i];
    kd_svg_mark(out, c.left + (core->x - c.low_x) * scale, c.top + (c.high_y - core->y) * scale, 'o', KD_RED, core->id);
  }
  if (what == 0) {
    kd_svg_scale(out, 10.0, height * scale + 14.0, low, high, "ppm");
  } else {
    double x = 10.0;
    for (size_t k = 0; k < KD_MODEL_CLASSES; k++, x += 150.0) {
      kd_svg_rectangle(out, x, height * scale + 16.0, 12.0, 12.0, class_colour[k], NULL);
      kd_svg_text(out, x + 17.0, height * scale + 26.0, "start", "tick",
                  k == 3 ? "exploration target" : kd_model_class_name[k]);
    }
  }
  kd_svg_end(out);
}

/* The row of columns with the most metal, from west to east. */
static size_t best_row(const kd_model *m) {
  size_t best = 0;
  double most = -1.0;
  for (size_t j = 0; j < m->grid.ny; j++) {
    double sum = 0.0;
    for (size_t i = 0; i < m->grid.nx; i++) {
      const int32_t c = m->column_of[j * m->grid.nx + i];
      if (c >= 0) sum += m->columns_sum[c];
    }
    if (sum <= most) continue;
    most = sum;
    best = j;
  }
  return best;
}

static void section(kd_text *out, const kd_model *m) {
  const kd_block_grid *g = &m->grid;
  const size_t row = best_row(m), layer = g->nx * g->ny;
  const double width = (double)g->nx * g->dx, depth = (double)g->nz * g->dz;
  canvas c = {.left = 10, .top = 6, .scale_x = (KD_WIDE - 20.0) / width, .scale_y = 150.0 / depth, .low_x = g->x0};
  double low = (double)INFINITY, high = -(double)INFINITY;
  char tip[96], colour[8];
  for (size_t b = 0; b < m->blocks; b++) {
    low = fmin(low, m->estimate[m->main][b]);
    high = fmax(high, m->estimate[m->main][b]);
  }
  kd_svg_begin(out, KD_WIDE, 200.0, "Section from west to east through the richest row, depth downwards");
  for (size_t k = 0; k < g->nz; k++) {
    for (size_t i = 0; i < g->nx; i++) {
      const int32_t b = m->block_of[k * layer + row * g->nx + i];
      if (b < 0) continue;
      const double grade = m->estimate[m->main][b];
      kd_svg_shade(colour, (grade - low) / fmax(high - low, 1e-12));
      snprintf(tip, sizeof tip, "%.1f m: %.0f ppm", kd_grid_z(g, m->cell[b]), grade * KD_PPM);
      cell(out, &c, kd_grid_x(g, m->cell[b]), -kd_grid_z(g, m->cell[b]) + g->z0, g->dx, g->dz, colour, tip);
    }
  }
  kd_svg_scale(out, 10.0, 170.0, low * KD_PPM, high * KD_PPM, "ppm");
  snprintf(tip, sizeof tip, "%.3g km wide, %.3g m deep", width * 1e-3, depth);
  kd_svg_text(out, KD_WIDE - 10.0, 182.0, "end", "tick", tip);
  kd_svg_end(out);
}

/* ---- curves ---- */

typedef struct plot {
  kd_axis x, y;
} plot;

static void open_plot(kd_text *out, plot *p, double low_x, double high_x, double high_y, const char *title,
                      const char *label) {
  char number[32];
  kd_axis_start(&p->x, low_x, high_x, 60.0, KD_WIDE - 20.0, false);
  kd_axis_start(&p->y, 0.0, high_y, 190.0, 12.0, false);
  kd_svg_begin(out, KD_WIDE, 232.0, title);
  for (size_t i = 0; i < p->y.ticks; i++) {
    kd_label_number(number, sizeof number, p->y.tick[i]);
    kd_svg_line(out, 60.0, kd_axis_at(&p->y, p->y.tick[i]), KD_WIDE - 20.0, kd_axis_at(&p->y, p->y.tick[i]), "grid");
    kd_svg_text(out, 52.0, kd_axis_at(&p->y, p->y.tick[i]) + 4.0, "end", "tick", number);
  }
  kd_svg_axis_below(out, &p->x, 190.0, 12.0, label);
}

static void begin_path(kd_text *out, const char *colour) {
  kd_text_printf(out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\" d=\"", colour);
}

static void point(kd_text *out, const plot *p, bool first, double x, double y) {
  kd_text_printf(out, "%s%.1f %.1f", first ? "M" : "L", kd_axis_at(&p->x, x), kd_axis_at(&p->y, y));
}

static void end_path(kd_text *out) {
  kd_text_add(out, "\"/>\n");
}

static void variogram(kd_text *out, const kd_model *m, bool down) {
  const kd_model_lags *lags = down ? &m->down : &m->across;
  const double unit = down ? 1.0 : 1e-3;
  double far = 0.0, high = 1.0;
  plot p;
  char tip[64];
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
    if (!(lags->pairs[l] > 0.0)) continue;
    far = fmax(far, lags->distance[l]);
    high = fmax(high, lags->gamma[l]);
  }
  if (!(far > 0.0)) return;
  open_plot(out, &p, 0.0, far * unit, high, down ? "Variogram down the cores" : "Variogram across",
            down ? "distance down the cores, m (height: semivariance of normal scores; line: model)"
                 : "distance across, km (height: semivariance of normal scores; line: model)");
  begin_path(out, KD_BLUE);
  for (int i = 0; i <= 100; i++) {
    const double h = far * (i == 0 ? 1e-6 : i / 100.0);
    point(out, &p, i == 0, h * unit,
          down ? kd_semivariance(&m->variogram, 0, 0, h) : kd_semivariance(&m->variogram, 0, h, 0));
  }
  end_path(out);
  for (size_t l = 0; l < KD_MODEL_LAGS; l++) {
    if (!(lags->pairs[l] > 0.0)) continue;
    snprintf(tip, sizeof tip, "%.0f pairs", lags->pairs[l]);
    kd_svg_mark(out, kd_axis_at(&p.x, lags->distance[l] * unit), kd_axis_at(&p.y, lags->gamma[l]), 'o', KD_RED, tip);
  }
  kd_svg_end(out);
}

static void fan(kd_text *out, const kd_model *m) {
  double high = m->tonnage * 1e-9;
  plot p;
  for (size_t k = 0; k < m->curves; k++) high = fmax(high, m->curve[k].tonnages.p90 * 1e-9);
  open_plot(out, &p, 0.0, m->curve[m->curves - 1].cutoff * KD_PPM, high, "Grade-tonnage with P10 to P90",
            "cut-off, ppm (height: Mt dry; band P10 to P90 and line P50 of the realisations; dots: estimate)");
  if (m->realisations > 0) {
    kd_text_printf(out, "<path fill=\"%s\" fill-opacity=\"0.45\" d=\"", KD_SKY);
    for (size_t k = 0; k < m->curves; k++)
      point(out, &p, k == 0, m->curve[k].cutoff * KD_PPM, m->curve[k].tonnages.p90 * 1e-9);
    for (size_t k = m->curves; k-- > 0;)
      point(out, &p, false, m->curve[k].cutoff * KD_PPM, m->curve[k].tonnages.p10 * 1e-9);
    end_path(out);
    begin_path(out, KD_BLUE);
    for (size_t k = 0; k < m->curves; k++)
      point(out, &p, k == 0, m->curve[k].cutoff * KD_PPM, m->curve[k].tonnages.p50 * 1e-9);
    end_path(out);
  }
  for (size_t k = 0; k < m->curves; k++)
    kd_svg_mark(out, kd_axis_at(&p.x, m->curve[k].cutoff * KD_PPM), kd_axis_at(&p.y, m->curve[k].tonnage * 1e-9), 's',
                KD_ORANGE, NULL);
  kd_svg_end(out);
}

static void swath(kd_text *out, const kd_model *m, size_t axis) {
  static const char *const label[3] = {"east, km (height: ppm; blue: estimate, grey: simulated, dots: composites)",
                                       "north, km (height: ppm; blue: estimate, grey: simulated, dots: composites)",
                                       "depth, m (height: ppm; blue: estimate, grey: simulated, dots: composites)"};
  const kd_swath *s = m->swath[axis];
  const size_t n = m->swaths[axis];
  const double unit = axis == 2 ? 1.0 : 1e-3;
  double high = 0.0;
  plot p;
  bool first = true;
  if (n < 2) return;
  for (size_t k = 0; k < n; k++)
    high = fmax(high,
                fmax(isnan(s[k].composites) ? 0 : s[k].composites, isnan(s[k].estimate) ? 0 : s[k].estimate) * KD_PPM);
  open_plot(out, &p, s[0].at * unit, s[n - 1].at * unit, high, "Swath", label[axis]);
  for (int which = 0; which < 2; which++) {
    first = true;
    begin_path(out, which == 0 ? KD_GREY : KD_BLUE);
    for (size_t k = 0; k < n; k++) {
      const double y = which == 0 ? s[k].simulated : s[k].estimate;
      if (isnan(y)) continue;
      point(out, &p, first, s[k].at * unit, y * KD_PPM);
      first = false;
    }
    end_path(out);
  }
  for (size_t k = 0; k < n; k++)
    if (!isnan(s[k].composites))
      kd_svg_mark(out, kd_axis_at(&p.x, s[k].at * unit), kd_axis_at(&p.y, s[k].composites * KD_PPM), 'o', KD_RED, NULL);
  kd_svg_end(out);
}

/* ---- words and tables ---- */

static void number(kd_text *out, double value) {
  char text[48];
  kd_label_round(text, sizeof text, value, 3);
  kd_text_printf(out, "<td>%s</td>", text);
}

static void totals(kd_text *out, const kd_model *m) {
  kd_text_add(out, "<div class=\"scroll\"><table><thead><tr><th class=\"t\">element</th><th>grade, ppm</th><th>metal, "
                   "kt</th><th>oxide, kt</th><th>P10</th><th>P50</th><th>P90</th><th>composites, "
                   "declustered, ppm</th></tr></thead><tbody>\n");
  for (size_t v = 0; v < m->variables; v++) {
    kd_text_printf(out, "<tr><td class=\"t\">%s</td>",
                   m->element[v] >= 0 ? kd_elements[m->element[v]].symbol : m->name[v]);
    number(out, m->total[v] / m->tonnage * KD_PPM);
    number(out, m->total[v] * 1e-6);
    number(out, m->element[v] >= 0 ? m->total[v] * 1e-6 * kd_oxide_factor((kd_element_id)m->element[v]) : (double)NAN);
    number(out, m->realisations > 0 ? m->totals[v].p10 * 1e-6 : (double)NAN);
    number(out, m->realisations > 0 ? m->totals[v].p50 * 1e-6 : (double)NAN);
    number(out, m->realisations > 0 ? m->totals[v].p90 * 1e-6 : (double)NAN);
    number(out, m->declustered_mean[v] * KD_PPM);
    kd_text_add(out, "</tr>\n");
  }
  kd_text_add(out, "</tbody></table></div>\n<p class=\"small\">P10, P50, P90: metal in kt; 90 % of the realisations do "
                   "not exceed P90.</p>\n");
}

static void classes(kd_text *out, const kd_model *m, const kd_model_options *o) {
  kd_text_add(out, "<div class=\"scroll\"><table><thead><tr><th class=\"t\">class</th><th>dry, Mt</th><th>metal, "
                   "kt</th><th>share of metal, %</th></tr></thead><tbody>\n");
  for (size_t k = 0; k < KD_MODEL_CLASSES; k++) {
    kd_text_printf(out, "<tr><td class=\"t\">%s</td>", k == 3 ? "exploration target" : kd_model_class_name[k]);
    number(out, m->class_tonnage[k] * 1e-9);
    number(out, m->class_metal[k] * 1e-6);
    number(out, 100.0 * m->class_metal[k] / m->total[m->main]);
    kd_text_add(out, "</tr>\n");
  }
  kd_text_printf(
      out,
      "</tbody></table></div>\n<p class=\"small\">Rule: measured when the metal of a quarter's production "
      "(%.3g t dry, %zu x %zu columns) is known within %.0f %% at 90 %% confidence; indicated when a year's "
      "(%zu x %zu columns) is; inferred within %.0f %%; else an exploration target. The words are CRIRSCO's; "
      "a class is a Competent Person's to give.</p>\n",
      0.25e-3 * o->production, m->panel_quarter, m->panel_quarter, 100.0 * o->limit[0], m->panel_year, m->panel_year,
      100.0 * o->limit[1]);
}

static void checks(kd_text *out, const kd_model *m) {
  double variogram = 0.0, correlation = 0.0;
  if (m->realisations == 0) return;
  for (size_t r = 0; r < m->realisations; r++) {
    variogram = fmax(variogram, m->each[r].variogram_error);
    correlation = fmax(correlation, m->each[r].correlation_error);
  }
  kd_text_printf(
      out,
      "<p>%zu factors of %zu elements. Scores of blocks over all realisations: variance %.3f (%.3f wanted, the nugget "
      "averaged away); semivariances of the factors off by %.3f (root mean square; of a single realisation at most "
      "%.3f); correlations of elements by at most %.3f (%.3f). Each realisation stands in realisations.csv.</p>\n",
      m->factors, m->simulated, m->check.variance, m->check.variance_wanted, m->check.variogram_error, variogram,
      m->check.correlation_error, correlation);
  if (m->checked == 0) return;
  kd_text_printf(out,
                 "<p class=\"small\">Grades at the support of composites, the first %zu realisations against the "
                 "composites; more in reproduction.csv.</p><div class=\"scroll\"><table><thead><tr><th "
                 "class=\"t\">element</th><th>mean</th><th>wanted</th><th>sd</th><th>wanted</th><th>P10</th><th>wanted"
                 "</th><th>P50</th><th>wanted</th><th>P90</th><th>wanted, ppm</th></tr></thead><tbody>\n",
                 m->checked);
  for (size_t i = 0; i < m->values.count; i++) {
    const kd_reproduction_row *row = &m->values.row[i];
    if (row->kind > KD_REPRODUCTION_P90) continue;
    if (row->kind == KD_REPRODUCTION_MEAN)
      kd_text_printf(out, "<tr><td class=\"t\">%s</td>", m->name[m->simulated_variable[row->a]]);
    number(out, row->found * KD_PPM);
    number(out, row->wanted * KD_PPM);
    if (row->kind == KD_REPRODUCTION_P90) kd_text_add(out, "</tr>\n");
  }
  kd_text_add(out, "</tbody></table></div>\n");
}

static void quality(kd_text *out, const kd_model_story *story) {
  if (story->qaqc == NULL || story->qaqc->count == 0) return;
  heading(out, "Quality of the assays", "Duplicates, standards and blanks of the table of cores.");
  kd_text_add(out, "<div class=\"scroll\"><table><thead><tr><th class=\"t\">kind</th><th class=\"t\">of</th><th "
                   "class=\"t\">element</th><th>count</th><th>mean, ppm</th><th>expected, ppm</th><th>bias, "
                   "%</th><th>CV, %</th><th>HARD 90 %</th><th>outside</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < story->qaqc->count; i++) {
    const kd_qaqc_row *r = &story->qaqc->row[i];
    kd_text_printf(out, "<tr><td class=\"t\">%s</td><td class=\"t\">", kd_control_word(r->kind));
    kd_text_add_html(out, r->of);
    kd_text_printf(out, "</td><td class=\"t\">%s</td><td>%zu</td>", story->table->variable[r->variable].name, r->count);
    number(out, r->mean * KD_PPM);
    number(out, r->expected * KD_PPM);
    number(out, r->bias * 100.0);
    number(out, r->kind == KD_CONTROL_BLANK ? (double)NAN : r->spread * 100.0);
    number(out, r->hard_90 * 100.0);
    kd_text_printf(out, "<td>%zu</td></tr>\n", r->outside);
  }
  kd_text_add(out, "</tbody></table></div>\n");
}

static void card(kd_text *out, const char *title, const char *value, const char *unit) {
  kd_text_printf(out, "<div class=\"card\"><div>%s</div><div class=\"big\">%s <span>%s</span></div></div>", title,
                 value, unit);
}

static void cards(kd_text *out, const kd_model *m) {
  char text[64];
  kd_text_add(out, "<div class=\"cards\">");
  kd_label_round(text, sizeof text, m->tonnage * 1e-9, 3);
  card(out, "dry mud", text, "Mt");
  kd_label_round(text, sizeof text, m->total[m->main] / m->tonnage * KD_PPM, 3);
  card(out, "mean grade", text, "ppm");
  kd_label_round(text, sizeof text, m->total[m->main] * 1e-6, 3);
  card(out, m->name[m->main], text, "kt of metal");
  kd_text_add(out, "</div>\n");
}

void kd_model_page(kd_text *out, const kd_model *m, const kd_model_options *o, const kd_model_story *story) {
  char model[256];
  kd_text_add(out, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width\"><title>Block model</title><style>");
  for (size_t i = 0; kd_report_style[i] != NULL; i++) kd_text_add(out, kd_report_style[i]);
  kd_text_add(out,
              "</style></head><body><main><header><div class=\"eyebrow\">kaidei: deposit</div><h1>Block model of ");
  kd_text_add_html(out, story->cores);
  kd_text_printf(out,
                 "</h1><div class=\"small\">%zu cores, %zu composites, %zu blocks of %.4g x %.4g x %.4g m, %zu "
                 "realisations. Source: ",
                 m->composites.count, m->composites.samples, m->blocks, m->grid.dx, m->grid.dy, m->grid.dz,
                 m->realisations);
  kd_text_add_html(out, story->source);
  kd_text_add(out, "</div></header>\n");
  if (o->assumed)
    kd_text_add(out, "<p class=\"flag\">The cores are assumed or reconstructed: what follows is an exploration target. "
                     "It is no estimate of a resource.</p>\n");
  cards(out, m);
  heading(out, "Map", "Mean grade of each column of blocks; circles: cores.");
  map(out, m, 0);
  heading(out, "Section", NULL);
  section(out, m);
  heading(out, "Grade and tonnage", NULL);
  fan(out, m);
  heading(out, "Elements", NULL);
  totals(out, m);
  heading(out, "Classes", NULL);
  map(out, m, 1);
  classes(out, m, o);
  kd_model_variogram_text(model, sizeof model, &m->variogram);
  heading(out, "Variogram", model);
  variogram(out, m, false);
  variogram(out, m, true);
  heading(out, "Swaths", "Slices through the model: the estimate should follow the composites, and be smoother.");
  for (size_t a = 0; a < 3; a++) swath(out, m, a);
  heading(out, "Does the simulation reproduce what went in?", NULL);
  checks(out, m);
  quality(out, story);
  if (story->findings > 0) {
    heading(out, "What was found in the table of cores", NULL);
    kd_text_add(out, "<ul class=\"small\">");
    for (size_t i = 0; i < story->findings; i++) {
      kd_text_add(out, "<li>");
      kd_text_add_html(out, story->finding[i]);
      kd_text_add(out, "</li>");
    }
    kd_text_add(out, "</ul>\n");
  }
  kd_text_add(out, "</main></body></html>\n");
}
