// SPDX-License-Identifier: Apache-2.0
/* The trunk's lower edge stays straight while flows leave upwards in the order of their columns: the eye reads how much
 * is left at each step as the height of the trunk. The flows of the last column fan out of what remains. */
#include "results/sankey.h"

#include <stdbool.h>
#include <stdio.h>

#include "results/svg.h"

#define WIDTH 760.0
#define LEFT  150.0 /* room for the labels of what comes in */
#define RIGHT 190.0 /* and of what goes out at the end */
#define TOP   46.0
#define TRUNK 150.0 /* height of the whole */
#define GAP   6.0
#define LABEL 27.0 /* height of a label of two lines */

static double total(const kd_flow *flow, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += flow[i].value > 0 ? flow[i].value : 0;
  return sum;
}

/* A band between two vertical edges with a smooth bend. */
static void band(kd_text *out, double x0, double y0, double x1, double y1, double height, const char *colour,
                 const char *tip) {
  const double middle = (x0 + x1) / 2;
  kd_text_printf(
      out,
      "<path d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fL%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ\" fill=\"%s\" "
      "fill-opacity=\"0.75\"><title>",
      x0, y0, middle, y0, middle, y1, x1, y1, x1, y1 + height, middle, y1 + height, middle, y0 + height, x0,
      y0 + height, colour);
  kd_text_add_html(out, tip);
  kd_text_add(out, "</title></path>\n");
}

static void name_of(char *out, size_t capacity, const kd_flow *flow, const char *unit, double whole) {
  char number[32];
  kd_label_number(number, sizeof number, flow->value);
  snprintf(out, capacity, "%s: %s %s (%.3g %%)", flow->label, number, unit, 100 * flow->value / whole);
}

static void two_lines(kd_text *out, double x, double y, const char *anchor, const kd_flow *flow, const char *unit) {
  char number[32], line[96];
  kd_label_number(number, sizeof number, flow->value);
  snprintf(line, sizeof line, "%s %s", number, unit);
  kd_svg_text(out, x, y - 2, anchor, "name", flow->label);
  kd_svg_text(out, x, y + 12, anchor, "tick", line);
}

/* Flows that leave before the end, upwards; returns what is left of the trunk. */
static double leave_early(kd_text *out, const kd_sankey *s, double scale, double base, double step, double whole) {
  double height = whole * scale;
  for (int rank = 0; rank + 1 < s->ranks; rank++) {
    const double x = LEFT + (rank + 0.35) * step;
    double leaving = 0;
    for (size_t i = 0; i < s->outs; i++) {
      const kd_flow *flow = &s->out[i];
      if (flow->rank != rank || !(flow->value > 1e-9 * whole)) continue;
      const double thick = flow->value * scale > 1 ? flow->value * scale : 1;
      char tip[160];
      name_of(tip, sizeof tip, flow, s->unit, whole);
      const double y = base - height + leaving;
      band(out, x, y, x + 0.55 * step, TOP + 4, thick, flow->colour, tip);
      two_lines(out, x + 0.55 * step, TOP - 14, "middle", flow, s->unit);
      leaving += flow->value * scale;
    }
    /* The trunk of this column, thinner by what has left. */
    kd_svg_rectangle(out, x, base - height + leaving, step, height - leaving, "#D9E2E8", NULL);
    height -= leaving;
  }
  return height;
}

/* Height that a flow takes at the end: its own, or that of its label. */
static double slot_of(const kd_flow *flow, double scale) {
  const double thick = flow->value * scale;
  return (thick > LABEL ? thick : LABEL) + GAP;
}

static bool ends_here(const kd_sankey *s, const kd_flow *flow, double whole) {
  return flow->rank == s->ranks - 1 && flow->value > 1e-9 * whole;
}

/* Fans what is left of the trunk out into the flows of the last column, each with room for its label. */
static void fan_out(kd_text *out, const kd_sankey *s, double scale, double base, double top, double x, double height,
                    double whole) {
  double from = base - height, to = top;
  for (size_t i = 0; i < s->outs; i++) {
    const kd_flow *flow = &s->out[i];
    if (!ends_here(s, flow, whole)) continue;
    const double thick = flow->value * scale > 1 ? flow->value * scale : 1, slot = slot_of(flow, scale);
    char tip[160];
    name_of(tip, sizeof tip, flow, s->unit, whole);
    band(out, x, from, WIDTH - RIGHT, to + (slot - thick) / 2, thick, flow->colour, tip);
    two_lines(out, WIDTH - RIGHT + 8, to + slot / 2, "start", flow, s->unit);
    from += flow->value * scale;
    to += slot;
  }
}

void kd_sankey_write(kd_text *out, const kd_sankey *s) {
  const double whole = total(s->in, s->ins);
  if (!(whole > 0)) return;
  const double scale = TRUNK / whole, step = (WIDTH - LEFT - RIGHT) / s->ranks;
  double fan = 0;
  for (size_t i = 0; i < s->outs; i++) fan += ends_here(s, &s->out[i], whole) ? slot_of(&s->out[i], scale) : 0;
  /* The fan is centred on what is left of the trunk, as far as the labels above allow. */
  const double head = s->ranks > 1 ? TOP + 40 : 10, middle = head + (fan > TRUNK ? fan : TRUNK) / 2;
  const double base = middle + TRUNK / 2, fan_top = middle - fan / 2 > head ? middle - fan / 2 : head;
  kd_svg_begin(out, WIDTH, (fan_top + fan > base ? fan_top + fan : base) + 8, s->title);
  double y = base - whole * scale;
  for (size_t i = 0; i < s->ins; i++) {
    const kd_flow *flow = &s->in[i];
    if (!(flow->value > 1e-9 * whole)) continue;
    char tip[160];
    name_of(tip, sizeof tip, flow, s->unit, whole);
    kd_svg_rectangle(out, LEFT - 10, y, 10 + 0.35 * step, flow->value * scale, flow->colour, tip);
    two_lines(out, LEFT - 16, y + flow->value * scale / 2, "end", flow, s->unit);
    y += flow->value * scale;
  }
  const double left = leave_early(out, s, scale, base, step, whole);
  fan_out(out, s, scale, base, fan_top, LEFT + (s->ranks - 1 + 0.35) * step, left, whole);
  kd_svg_end(out);
}
