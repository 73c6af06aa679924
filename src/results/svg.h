// SPDX-License-Identifier: Apache-2.0
/* Pictures as SVG text: axes with round ticks, bars, bands and labels. Colours are the colour-blind-safe set of Okabe
 * and Ito 2008, "Color universal design". */
#ifndef KD_RESULTS_SVG_H
#define KD_RESULTS_SVG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define KD_BLUE   "#0072B2"
#define KD_ORANGE "#E69F00"
#define KD_GREEN  "#009E73"
#define KD_RED    "#D55E00"
#define KD_SKY    "#56B4E9"
#define KD_PINK   "#CC79A7"
#define KD_GREY   "#9AA3AB"

/* A linear or logarithmic axis from value to pixel. */
typedef struct kd_axis {
  double low, high; /* of the values, widened to round ticks by kd_axis_start */
  double from, to;  /* pixels */
  bool logarithmic;
  double tick[16];
  size_t ticks;
} kd_axis;

void kd_axis_start(kd_axis *self, double low, double high, double from, double to, bool logarithmic);
double kd_axis_at(const kd_axis *self, double value); /* clamped to the axis */

void kd_svg_begin(kd_text *out, double width, double height, const char *title);
void kd_svg_end(kd_text *out);
/* The axis below (y fixed) with grid lines up to `top`. */
void kd_svg_axis_below(kd_text *out, const kd_axis *axis, double y, double top, const char *title);
void kd_svg_rectangle(kd_text *out, double x, double y, double width, double height, const char *fill, const char *tip);
void kd_svg_line(kd_text *out, double x1, double y1, double x2, double y2, const char *css);
/* anchor: "start", "middle", "end". css: class names or "". */
void kd_svg_text(kd_text *out, double x, double y, const char *anchor, const char *css, const char *text);

/* A point: filled circle, square or diamond ('o', 's', 'd'), so that no mark is told by its colour alone. */
void kd_svg_mark(kd_text *out, double x, double y, char shape, const char *colour, const char *tip);

/* Colour of a share between 0 and 1: light to dark blue, even in print. */
void kd_svg_shade(char out[8], double share);
/* A bar of that scale, 160 wide, with the values of its ends. */
void kd_svg_scale(kd_text *out, double x, double y, double low, double high, const char *unit);

/* The shortest label of a tick: three digits without trailing zeros, thousands grouped. */
void kd_label_number(char *out, size_t capacity, double value);
/* The same, with all digits of a whole number: ticks of a map lie close together far from zero. */
void kd_label_tick(char *out, size_t capacity, double value);
/* A whole number with thousands grouped. */
void kd_label_count(char *out, size_t capacity, double value);
/* For tables: so many significant digits, trailing zeros kept, thousands grouped: "30.0", "51,200"; "–" when missing.
 */
void kd_label_round(char *out, size_t capacity, double value, int digits);

#endif
