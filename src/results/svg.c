// SPDX-License-Identifier: Apache-2.0
#include "results/svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A step of 1, 2 or 5 times a power of ten that gives about five ticks. */
static double round_step(double span) {
  const double raw = span / 5, power = pow(10, floor(log10(raw))), lead = raw / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

static void start_linear(kd_axis *self) {
  const double step = round_step(self->high - self->low);
  self->low = step * floor(self->low / step + 1e-9);
  self->high = step * ceil(self->high / step - 1e-9);
  const int count = (int)lround((self->high - self->low) / step);
  for (int i = 0; i <= count && self->ticks < 16; i++) self->tick[self->ticks++] = self->low + i * step;
}

/* Ticks at 1, 2, 5 of each decade when there are few, else at the decades; the ends are ticks. */
static void start_logarithmic(kd_axis *self) {
  static const double fine[] = {1, 2, 5};
  const double decades = log10(self->high / self->low);
  const size_t leads = decades < 3.2 ? 3 : 1;
  const int skip = decades > 10 ? 2 : 1;
  double before = 0;
  const int first = (int)floor(log10(self->low) + 1e-9), last = (int)ceil(log10(self->high) - 1e-9);
  for (int e = first; e <= last + 1 && self->ticks < 16; e += skip) {
    for (size_t k = 0; k < leads && self->ticks < 16; k++) {
      const double at = fine[k] * pow(10, e);
      if (at <= self->low * (1 + 1e-9)) {
        before = at;
        continue;
      }
      if (self->ticks == 0) self->tick[self->ticks++] = before > 0 ? before : at;
      if (self->tick[self->ticks - 1] < at) self->tick[self->ticks++] = at;
      if (at >= self->high * (1 - 1e-9)) goto out;
    }
  }
out:
  if (self->ticks == 0) self->tick[self->ticks++] = self->low;
  self->low = self->tick[0];
  self->high = self->tick[self->ticks - 1] > self->low ? self->tick[self->ticks - 1] : self->low * 10;
}

void kd_axis_start(kd_axis *self, double low, double high, double from, double to, bool logarithmic) {
  *self = (kd_axis){.low = low, .high = high, .from = from, .to = to, .logarithmic = logarithmic};
  if (logarithmic) {
    if (!(high > 0)) self->high = 1;
    if (!(low > 0)) self->low = self->high / 10;
    start_logarithmic(self);
    return;
  }
  if (!(high > low)) {
    const double pad = low != 0 && isfinite(low) ? fabs(low) * 0.1 : 1;
    self->low = (isfinite(low) ? low : 0) - pad;
    self->high = (isfinite(low) ? low : 0) + pad;
  }
  start_linear(self);
}

double kd_axis_at(const kd_axis *self, double value) {
  double share = self->logarithmic ? log10(value / self->low) / log10(self->high / self->low)
                                   : (value - self->low) / (self->high - self->low);
  if (!(share > 0)) share = 0; /* a NaN and everything below */
  if (share > 1) share = 1;
  return self->from + share * (self->to - self->from);
}

void kd_svg_begin(kd_text *out, double width, double height, const char *title) {
  kd_text_printf(out, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>", width,
                 height);
  kd_text_add_html(out, title);
  kd_text_add(out, "</title>\n");
}

void kd_svg_end(kd_text *out) {
  kd_text_add(out, "</svg>\n");
}

void kd_svg_line(kd_text *out, double x1, double y1, double x2, double y2, const char *css) {
  kd_text_printf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n", x1, y1, x2, y2, css);
}

void kd_svg_rectangle(kd_text *out, double x, double y, double width, double height, const char *fill,
                      const char *tip) {
  if (width < 0) {
    x += width;
    width = -width;
  }
  kd_text_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\">", x, y, width,
                 height > 0 ? height : 0, fill);
  if (tip != NULL) {
    kd_text_add(out, "<title>");
    kd_text_add_html(out, tip);
    kd_text_add(out, "</title>");
  }
  kd_text_add(out, "</rect>\n");
}

void kd_svg_text(kd_text *out, double x, double y, const char *anchor, const char *css, const char *text) {
  kd_text_printf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">", x, y, anchor, css);
  kd_text_add_html(out, text);
  kd_text_add(out, "</text>\n");
}

void kd_svg_axis_below(kd_text *out, const kd_axis *axis, double y, double top, const char *title) {
  for (size_t i = 0; i < axis->ticks; i++) {
    char label[80];
    const double x = kd_axis_at(axis, axis->tick[i]);
    kd_svg_line(out, x, top, x, y, "grid");
    kd_label_tick(label, sizeof label, axis->tick[i]);
    kd_svg_text(out, x, y + 16, "middle", "tick", label);
  }
  kd_svg_line(out, axis->from, y, axis->to, y, "axis");
  if (title != NULL) kd_svg_text(out, (axis->from + axis->to) / 2, y + 34, "middle", "label", title);
}

void kd_svg_mark(kd_text *out, double x, double y, char shape, const char *colour, const char *tip) {
  const double r = 4.2;
  if (shape == 'o')
    kd_text_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"", x, y, r);
  else if (shape == 's')
    kd_text_printf(out, "<path d=\"M%.1f %.1fh%.1fv%.1fh%.1fZ\"", x - r, y - r, 2 * r, 2 * r, -2 * r);
  else
    kd_text_printf(out, "<path d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fZ\"", x - 1.3 * r, y, 1.3 * r, -1.3 * r,
                   1.3 * r, 1.3 * r, -1.3 * r, 1.3 * r);
  kd_text_printf(out, " fill=\"%s\"><title>", colour);
  kd_text_add_html(out, tip);
  kd_text_printf(out, "</title></%s>\n", shape == 'o' ? "circle" : "path");
}

void kd_svg_shade(char out[8], double share) {
  static const double from[3] = {240, 246, 251}, to[3] = {8, 64, 110};
  const double s = share > 0 ? (share > 1 ? 1 : share) : 0;
  snprintf(out, 8, "#%02x%02x%02x", (unsigned)(from[0] + s * (to[0] - from[0])),
           (unsigned)(from[1] + s * (to[1] - from[1])), (unsigned)(from[2] + s * (to[2] - from[2])));
}

void kd_svg_scale(kd_text *out, double x, double y, double low, double high, const char *unit) {
  char number[32], colour[8];
  for (int i = 0; i < 40; i++) {
    kd_svg_shade(colour, i / 39.0);
    kd_svg_rectangle(out, x + 4.0 * i, y, 4.3, 9.0, colour, NULL);
  }
  kd_label_number(number, sizeof number, low);
  kd_svg_text(out, x, y + 21.0, "start", "tick", number);
  kd_label_number(number, sizeof number, high);
  kd_svg_text(out, x + 160.0, y + 21.0, "end", "tick", number);
  kd_svg_text(out, x + 168.0, y + 9.0, "start", "tick", unit);
}

/* ---- numbers ---- */

#define MINUS "\xe2\x88\x92" /* U+2212, as wide as a digit */

static void group_thousands(char *out, size_t capacity, double size) {
  char digits[48];
  const int length = snprintf(digits, sizeof digits, "%.0f", size);
  size_t at = 0;
  for (int i = 0; i < length && at + 2 < capacity; i++) {
    if (i > 0 && (length - i) % 3 == 0) out[at++] = ',';
    out[at++] = digits[i];
  }
  out[at] = '\0';
}

/* "1.2 × 10⁻⁵" */
static void power_of_ten(char *out, size_t capacity, double size, int digits, bool trim) {
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  char lead[32], number[16];
  snprintf(lead, sizeof lead, "%.*e", digits - 1, size);
  char *mark = strchr(lead, 'e');
  const int exponent = (int)strtol(mark + 1, NULL, 10);
  *mark = '\0';
  while (trim && strchr(lead, '.') != NULL && (mark[-1] == '0' || mark[-1] == '.')) *--mark = '\0';
  snprintf(number, sizeof number, "%d", exponent < 0 ? -exponent : exponent);
  int at = trim && strcmp(lead, "1") == 0 ? snprintf(out, capacity, "10") : snprintf(out, capacity, "%s × 10", lead);
  if (exponent < 0) at += snprintf(out + at, capacity - (size_t)at, "⁻");
  for (const char *c = number; *c != '\0'; c++) at += snprintf(out + at, capacity - (size_t)at, "%s", raised[*c - '0']);
}

static void write_size(char *out, size_t capacity, double size, int digits, bool trim) {
  if (size < 1e-4 || size >= 1e9) {
    power_of_ten(out, capacity, size, digits, trim);
    return;
  }
  char lead[32];
  snprintf(lead, sizeof lead, "%.*e", digits - 1, size); /* rounds first: 999.7 has the exponent of 1000 */
  const double rounded = strtod(lead, NULL);
  const int exponent = (int)strtol(strchr(lead, 'e') + 1, NULL, 10);
  if (exponent >= 3 && exponent >= digits - 1)
    group_thousands(out, capacity, rounded);
  else if (trim)
    snprintf(out, capacity, "%.*g", digits > exponent ? digits : exponent + 1, rounded);
  else {
    char plain[48];
    snprintf(plain, sizeof plain, "%.*f", digits - 1 > exponent ? digits - 1 - exponent : 0, rounded);
    const char *point = strchr(plain, '.');
    group_thousands(out, capacity, floor(rounded));
    const size_t length = strlen(out);
    if (point != NULL) snprintf(out + length, capacity - length, "%s", point);
  }
}

static void write_number(char *out, size_t capacity, double value, int digits, bool trim) {
  char size[64];
  if (!isfinite(value) || value == 0) {
    snprintf(out, capacity, "%s", value == 0 ? "0" : "–");
    return;
  }
  write_size(size, sizeof size, fabs(value), digits, trim);
  snprintf(out, capacity, "%s%s", value < 0 ? MINUS : "", size);
}

void kd_label_number(char *out, size_t capacity, double value) {
  write_number(out, capacity, value, 3, true);
}

void kd_label_tick(char *out, size_t capacity, double value) {
  const double size = fabs(value), whole = floor(size + 0.5);
  if (size >= 1000.0 && size < 1e9 && fabs(size - whole) < 1e-9 * size)
    kd_label_count(out, capacity, value < 0 ? -whole : whole);
  else
    kd_label_number(out, capacity, value);
}

void kd_label_count(char *out, size_t capacity, double value) {
  char size[64];
  group_thousands(size, sizeof size, fabs(value));
  snprintf(out, capacity, "%s%s", value < 0 ? MINUS : "", isfinite(value) ? size : "–");
}

void kd_label_round(char *out, size_t capacity, double value, int digits) {
  write_number(out, capacity, value, digits, false);
}
