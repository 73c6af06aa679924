// SPDX-License-Identifier: Apache-2.0
/* The trunk's lower edge stays straight while flows leave upwards in the order of their columns: the eye reads how much
 * is left at each step as the height of the trunk. The flows of the last column fan out of what remains. */
#include "results/sankey.h"

#include <stdbool.h>
#include <stdio.h>

#include "results/svg.h"

#define WIDTH 850.0
#define LEFT  136.0 /* room for the labels of what comes in */
#define RIGHT 192.0 /* and of what goes out at the end */
#define HEAD  36.0  /* labels of what leaves upwards */
#define TRUNK 140.0 /* height of the whole */
#define GAP   5.0
#define LABEL 29.0 /* height of a label of two lines */
#define LEAST 1.0  /* a flow is at least a line */

static double total(const kd_flow *flow, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += flow[i].value > 0 ? flow[i].value : 0;
  return sum;
}

static double thick(const kd_flow *flow, double scale) {
  return flow->value * scale > LEAST ? flow->value * scale : LEAST;
}

static bool drawn(const kd_flow *flow, double whole) {
  return flow->value > 1e-9 * whole;
}

/* A band between two vertical edges with a smooth bend. */
static void band(kd_text *out, double x0, double y0, double x1, double y1, double height, const char *colour,
                 const char *tip) {
  const double middle = (x0 + x1) / 2;
  kd_text_printf(out,
                 "<path d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fv%.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ\" fill=\"%s\" "
                 "fill-opacity=\"0.8\"><title>",
                 x0, y0, middle, y0, middle, y1, x1, y1, height, middle, y1 + height, middle, y0 + height, x0,
                 y0 + height, colour);
  kd_text_add_html(out, tip);
  kd_text_add(out, "</title></path>\n");
}

static void value_of(char *out, size_t capacity, const kd_flow *flow, const char *unit) {
  char number[48];
  kd_label_round(number, sizeof number, flow->value, 3);
  if (flow->shown != NULL)
    snprintf(out, capacity, "%s", flow->shown);
  else
    snprintf(out, capacity, "%s %s", number, unit);
}

static void tip_of(char *out, size_t capacity, const kd_flow *flow, const char *unit, double whole) {
  char value[112];
  value_of(value, sizeof value, flow, unit);
  snprintf(out, capacity, "%s: %s (%.3g %%)", flow->label, value, 100 * flow->value / whole);
}

static void two_lines(kd_text *out, double x, double y, const char *anchor, const kd_flow *flow, const char *unit) {
  char line[112];
  value_of(line, sizeof line, flow, unit);
  kd_svg_text(out, x, y - 2, anchor, "name", flow->label);
  kd_svg_text(out, x, y + 12, anchor, "tick", line);
}

/* Flows that leave before the end, upwards, and the trunk below them, thinner from column to column. Returns what is
 * left of its height. */
static double leave_early(kd_text *out, const kd_sankey *s, double scale, double base, double step, double whole) {
  double height = whole * scale, x = LEFT;
  for (int rank = 0; rank + 1 < s->ranks; rank++) {
    const double at = LEFT + (rank + 0.5) * step;
    double leaving = 0;
    kd_svg_rectangle(out, x, base - height, at - x, height, s->in[0].colour, NULL);
    x = at;
    for (size_t i = 0; i < s->outs; i++) {
      const kd_flow *flow = &s->out[i];
      if (flow->rank != rank || !drawn(flow, whole)) continue;
      char tip[256];
      tip_of(tip, sizeof tip, flow, s->unit, whole);
      band(out, at, base - height + leaving, at + 0.5 * step, HEAD + 2, thick(flow, scale), flow->colour, tip);
      two_lines(out, at + 0.5 * step, HEAD - 16, "middle", flow, s->unit);
      leaving += flow->value * scale;
    }
    height -= leaving;
  }
  kd_svg_rectangle(out, x, base - height, LEFT + (s->ranks - 0.65) * step - x, height, s->in[0].colour, NULL);
  for (int rank = 0; s->column != NULL && rank < s->ranks; rank++)
    kd_svg_text(out, LEFT + (rank + 0.25) * step, base + 18, "middle", "column", s->column[rank]);
  return height;
}

/* Height that a flow takes at the end: its own, or that of its label. */
static double slot_of(const kd_flow *flow, double scale) {
  return (thick(flow, scale) > LABEL ? thick(flow, scale) : LABEL) + GAP;
}

static bool ends_here(const kd_sankey *s, const kd_flow *flow, double whole) {
  return flow->rank == s->ranks - 1 && drawn(flow, whole);
}

/* Fans what is left of the trunk out into the flows of the last column, each with room for its label. */
static void fan_out(kd_text *out, const kd_sankey *s, double scale, double base, double top, double x, double height,
                    double whole) {
  double from = base - height, to = top;
  for (size_t i = 0; i < s->outs; i++) {
    const kd_flow *flow = &s->out[i];
    if (!ends_here(s, flow, whole)) continue;
    const double slot = slot_of(flow, scale);
    char tip[256];
    tip_of(tip, sizeof tip, flow, s->unit, whole);
    band(out, x, from, WIDTH - RIGHT, to + (slot - thick(flow, scale)) / 2, thick(flow, scale), flow->colour, tip);
    two_lines(out, WIDTH - RIGHT + 8, to + slot / 2, "start", flow, s->unit);
    from += flow->value * scale;
    to += slot;
  }
}

/* What comes in, each with its label at the left. A label never stands on the one above it. */
static void come_in(kd_text *out, const kd_sankey *s, double scale, double base, double end, double whole) {
  double y = base - whole * scale, free_from = 0;
  for (size_t i = 0; i < s->ins; i++) {
    const kd_flow *flow = &s->in[i];
    if (!drawn(flow, whole)) continue;
    char tip[256];
    tip_of(tip, sizeof tip, flow, s->unit, whole);
    const double height = flow->value * scale, middle = y + height / 2 > free_from ? y + height / 2 : free_from;
    kd_svg_rectangle(out, LEFT - 8, y, 8, height > LEAST ? height : LEAST, flow->colour, tip);
    if (s->ranks == 1) kd_svg_rectangle(out, LEFT, y, end - LEFT, height > LEAST ? height : LEAST, flow->colour, tip);
    two_lines(out, LEFT - 14, middle, "end", flow, s->unit);
    free_from = middle + LABEL;
    y += height;
  }
}

void kd_sankey_write(kd_text *out, const kd_sankey *s) {
  const double whole = total(s->in, s->ins);
  if (!(whole > 0) || s->ranks < 1) return;
  const double scale = TRUNK / whole, step = (WIDTH - LEFT - RIGHT) / s->ranks;
  double fan = 0;
  for (size_t i = 0; i < s->outs; i++) fan += ends_here(s, &s->out[i], whole) ? slot_of(&s->out[i], scale) : 0;
  /* The fan is centred on the trunk, as far as the labels above allow. */
  const double head = s->ranks > 1 ? HEAD + 38 : 10, middle = head + (fan > TRUNK ? fan : TRUNK) / 2;
  const double base = middle + TRUNK / 2, fan_top = middle - fan / 2 > head ? middle - fan / 2 : head;
  const double below = s->column != NULL ? 26 : 8, lowest = fan_top + fan > base + below ? fan_top + fan : base + below;
  const double end = s->ranks > 1 ? LEFT + (s->ranks - 0.65) * step : LEFT + 0.2 * step;
  kd_svg_begin(out, WIDTH, lowest, s->title);
  kd_text_add(out, "<g fill-opacity=\"0.8\">\n");
  come_in(out, s, scale, base, end, whole);
  const double left = s->ranks > 1 ? leave_early(out, s, scale, base, step, whole) : whole * scale;
  kd_text_add(out, "</g>\n");
  fan_out(out, s, scale, base, fan_top, end, left, whole);
  kd_svg_end(out);
}
