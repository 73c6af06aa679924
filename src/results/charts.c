// SPDX-License-Identifier: Apache-2.0
#include "results/charts.h"

#include <math.h>
#include <stdio.h>

#include "results/svg.h"

#define WIDTH  720.0
#define HEIGHT 260.0
#define LEFT   70.0
#define RIGHT  20.0
#define TOP    28.0
#define BOTTOM 46.0

static const char *const palette[] = {KD_GREEN, KD_BLUE, KD_ORANGE, KD_RED, KD_SKY, KD_PINK, KD_GREY};

void kd_page_begin(kd_text *out, const char *title) {
  kd_text_add(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
  kd_text_add_html(out, title);
  kd_text_add(out,
              "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>"
              "body{font:15px/1.45 system-ui,sans-serif;max-width:780px;margin:1.5em auto;padding:0 1em;color:#222}"
              "svg{width:100%;height:auto;margin:.6em 0}.grid{stroke:#e3e6e8}.axis{stroke:#666}"
              ".tick{font-size:11px;fill:#555}.label,.title{font-size:12.5px;fill:#222}.title{font-weight:600}"
              "table{border-collapse:collapse}td{padding:.15em .8em .15em 0;border-bottom:1px solid #eee}"
              "td.n{text-align:right;font-variant-numeric:tabular-nums}"
              "@media(prefers-color-scheme:dark){body{background:#16191c;color:#ddd}.tick,.label,.title{fill:#ccc}"
              ".grid{stroke:#30363b}td{border-color:#30363b}}</style></head><body>\n<h1>");
  kd_text_add_html(out, title);
  kd_text_add(out, "</h1>\n");
}

void kd_page_end(kd_text *out) {
  kd_text_add(out, "</body></html>\n");
}

void kd_page_figures_begin(kd_text *out) {
  kd_text_add(out, "<table>\n");
}

void kd_page_figures_end(kd_text *out) {
  kd_text_add(out, "</table>\n");
}

void kd_page_figure(kd_text *out, const char *name, double value, const char *unit, const char *doc) {
  char number[32];
  kd_label_round(number, sizeof number, value, 4);
  kd_text_add(out, "<tr><td>");
  kd_text_add_html(out, name);
  kd_text_printf(out, "</td><td class=\"n\">%s</td><td>", number);
  kd_text_add_html(out, unit);
  kd_text_add(out, "</td><td>");
  kd_text_add_html(out, doc);
  kd_text_add(out, "</td></tr>\n");
}

static void axis_left(kd_text *out, const kd_axis *axis, double x, double right, const char *title) {
  for (size_t i = 0; i < axis->ticks; i++) {
    char label[32];
    const double y = kd_axis_at(axis, axis->tick[i]);
    kd_svg_line(out, x, y, right, y, "grid");
    kd_label_number(label, sizeof label, axis->tick[i]);
    kd_svg_text(out, x - 6, y + 4, "end", "tick", label);
  }
  kd_svg_line(out, x, axis->from, x, axis->to, "axis");
  kd_svg_text(out, x, TOP - 12, "start", "title", title);
}

/* A curve; pixels that repeat are left out. */
static void curve(kd_text *out, const kd_axis *ax, const kd_axis *ay, size_t count, const double *x, double fx,
                  const double *y, double fy, const char *colour, const char *dash) {
  bool pen = false;
  kd_text_add(out, "<path fill=\"none\" stroke-width=\"1.6\" stroke=\"");
  kd_text_printf(out, "%s\" stroke-dasharray=\"%s\" d=\"", colour, dash);
  for (size_t i = 0; i < count; i++) {
    if (!isfinite(x[i]) || !isfinite(y[i])) {
      pen = false;
      continue;
    }
    kd_text_printf(out, "%s%.1f %.1f", pen ? "L" : "M", kd_axis_at(ax, x[i] * fx), kd_axis_at(ay, y[i] * fy));
    pen = true;
  }
  kd_text_add(out, "\"/>\n");
}

static void widen(double *low, double *high, const double *v, size_t count, double factor) {
  for (size_t i = 0; i < count; i++) {
    if (!isfinite(v[i])) continue;
    *low = fmin(*low, v[i] * factor);
    *high = fmax(*high, v[i] * factor);
  }
}

void kd_chart_history(kd_text *out, const char *title, const char *unit, size_t count, const double *x, double x_factor,
                      const char *x_title, const kd_series *series, size_t all) {
  double low = 0, high = 0, first = (double)INFINITY, last = -(double)INFINITY;
  kd_axis ax, ay;
  char head[160];
  for (size_t s = 0; s < all; s++) widen(&low, &high, series[s].value, count, series[s].factor);
  widen(&first, &last, x, count, x_factor);
  kd_axis_start(&ax, first, last, LEFT, WIDTH - RIGHT, false);
  kd_axis_start(&ay, low, high, HEIGHT - BOTTOM, TOP, false);
  kd_svg_begin(out, WIDTH, HEIGHT, title);
  snprintf(head, sizeof head, "%s [%s]", title, unit);
  axis_left(out, &ay, LEFT, WIDTH - RIGHT, head);
  kd_svg_axis_below(out, &ax, HEIGHT - BOTTOM, TOP, x_title);
  for (size_t s = 0; s < all; s++) {
    curve(out, &ax, &ay, count, x, x_factor, series[s].value, series[s].factor, series[s].colour, "none");
    const double at = WIDTH - RIGHT - 130.0 * (double)(all - s);
    kd_svg_rectangle(out, at, TOP - 20, 10, 10, series[s].colour, NULL);
    kd_svg_text(out, at + 14, TOP - 11, "start", "tick", series[s].name);
  }
  kd_svg_end(out);
}

void kd_chart_profile(kd_text *out, const char *title, const char *unit, size_t count, const double *depth,
                      const double *least, const double *mean, const double *most, double factor) {
  double low = (double)INFINITY, high = -(double)INFINITY, top = (double)INFINITY, bottom = -(double)INFINITY;
  const double height = 420;
  kd_axis ax, ay;
  char head[160];
  widen(&low, &high, least, count, factor);
  widen(&low, &high, most, count, factor);
  widen(&top, &bottom, depth, count, 1);
  kd_axis_start(&ax, low, high, LEFT, WIDTH - RIGHT, false);
  kd_axis_start(&ay, top, bottom, TOP, height - BOTTOM, false);
  kd_svg_begin(out, WIDTH, height, title);
  snprintf(head, sizeof head, "Depth [m] against %s: least, mean, most", title);
  axis_left(out, &ay, LEFT, WIDTH - RIGHT, head);
  snprintf(head, sizeof head, "%s [%s]", title, unit);
  kd_svg_axis_below(out, &ax, height - BOTTOM, TOP, head);
  curve(out, &ax, &ay, count, least, factor, depth, 1, KD_SKY, "4 3");
  curve(out, &ax, &ay, count, most, factor, depth, 1, KD_ORANGE, "4 3");
  curve(out, &ax, &ay, count, mean, factor, depth, 1, KD_BLUE, "none");
  kd_svg_end(out);
}

void kd_chart_map(kd_text *out, const char *title, size_t columns, const double *x, const char *x_title, size_t rows,
                  const double *y, const char *y_title, const int *kind, const char *const *words, size_t kinds) {
  const double height = 360, w = (WIDTH - LEFT - RIGHT) / (double)columns,
               h = (height - TOP - BOTTOM - 20) / (double)rows;
  char label[64];
  kd_svg_begin(out, WIDTH, height, title);
  kd_svg_text(out, LEFT, 12, "start", "title", title);
  for (size_t r = 0; r < rows; r++) {
    const double top = height - BOTTOM - h * (double)(r + 1);
    kd_label_number(label, sizeof label, y[r]);
    if (rows <= 16 || r % 2 == 0) kd_svg_text(out, LEFT - 6, top + 0.5 * h + 4, "end", "tick", label);
    for (size_t c = 0; c < columns; c++) {
      const int k = kind[r * columns + c];
      kd_svg_rectangle(out, LEFT + w * (double)c, top, w - 1, h - 1, palette[k % 7], words[k]);
    }
  }
  for (size_t c = 0; c<columns; c += columns> 14 ? 2 : 1) {
    kd_label_number(label, sizeof label, x[c]);
    kd_svg_text(out, LEFT + w * ((double)c + 0.5), height - BOTTOM + 16, "middle", "tick", label);
  }
  kd_svg_text(out, 0.5 * (LEFT + WIDTH - RIGHT), height - BOTTOM + 34, "middle", "label", x_title);
  kd_svg_text(out, 4, TOP + 4, "start", "label", y_title);
  for (size_t k = 0; k < kinds; k++) {
    const double at = LEFT + 40 + 100.0 * (double)k;
    kd_svg_rectangle(out, at, TOP - 4, 10, 10, palette[k % 7], NULL);
    kd_svg_text(out, at + 14, TOP + 5, "start", "tick", words[k]);
  }
  kd_svg_end(out);
}
