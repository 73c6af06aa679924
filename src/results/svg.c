// SPDX-License-Identifier: Apache-2.0
#include "results/svg.h"

#include <math.h>
#include <stdio.h>

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

static void start_logarithmic(kd_axis *self) {
  const double low = floor(log10(self->low)), high = ceil(log10(self->high));
  const double every = high - low > 10 ? 2 : 1;
  self->low = pow(10, low);
  self->high = pow(10, high > low ? high : low + 1);
  for (double e = low; e <= log10(self->high) + 1e-9 && self->ticks < 16; e += every)
    self->tick[self->ticks++] = pow(10, e);
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
    char label[32];
    const double x = kd_axis_at(axis, axis->tick[i]);
    kd_svg_line(out, x, top, x, y, "grid");
    kd_label_number(label, sizeof label, axis->tick[i]);
    kd_svg_text(out, x, y + 16, "middle", "tick", label);
  }
  kd_svg_line(out, axis->from, y, axis->to, y, "axis");
  if (title != NULL) kd_svg_text(out, (axis->from + axis->to) / 2, y + 34, "middle", "label", title);
}

static void group_thousands(char *out, size_t capacity, double value) {
  char digits[32];
  const int length = snprintf(digits, sizeof digits, "%.0f", fabs(value));
  size_t at = 0;
  if (value < 0 && capacity > 4) {
    for (const char *c = "\xe2\x88\x92"; *c != '\0'; c++) out[at++] = *c; /* U+2212, a minus as wide as a digit */
  }
  for (int i = 0; i < length && at + 2 < capacity; i++) {
    if (i > 0 && (length - i) % 3 == 0) out[at++] = ',';
    out[at++] = digits[i];
  }
  out[at] = '\0';
}

void kd_label_number(char *out, size_t capacity, double value) {
  const double size = fabs(value);
  if (!isfinite(value))
    snprintf(out, capacity, "–");
  else if (size == 0)
    snprintf(out, capacity, "0");
  else if (size >= 1e7 || size < 1e-4) {
    const int exponent = (int)floor(log10(size) + 1e-12);
    const double lead = value / pow(10, exponent);
    if (fabs(lead - 1) < 5e-4)
      snprintf(out, capacity, "1e%d", exponent);
    else
      snprintf(out, capacity, "%.3ge%d", lead, exponent);
  } else if (size >= 1000)
    group_thousands(out, capacity, value);
  else if (value < 0)
    snprintf(out, capacity, "\xe2\x88\x92%.3g", size);
  else
    snprintf(out, capacity, "%.3g", value);
}
