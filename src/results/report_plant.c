// SPDX-License-Identifier: Apache-2.0
/* The plant as a flowsheet: boxes of the units, arrows of the named streams with their numbers, and the stream table.
 * What it draws are the ledger's lines process.stream_*, means over the realisations. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "results/report.h"
#include "results/svg.h"

typedef struct unit {
  const char *name;
  double x, y; /* left, top */
} unit;

enum { CYCLONE, FILTER, LEACH, WASH, NEUTRAL, PURIFY, EXTRACT, FINISH, UNITS };
#define BOX_WIDTH  104.0
#define BOX_HEIGHT 34.0

static const unit units[UNITS] = {{"hydrocyclones", 60, 40},  {"filter, wash", 230, 40},  {"leach", 400, 40},
                                  {"residue wash", 400, 150}, {"neutralising", 630, 150}, {"purification", 570, 40},
                                  {"extraction", 570, 260},   {"finishing", 400, 260}};

/* An arrow along right angles; the label stands beside its middle. */
typedef struct arrow {
  const char *stream, *shown; /* shown: words for people */
  double x1, y1, x2, y2, lx, ly;
  const char *anchor;
} arrow;

static const arrow arrows[] = {
    {"mud", "mud", 4, 57, 60, 57, 30, 34, "middle"},
    {"dilution", "sea water", 90, 8, 90, 40, 96, 18, "start"},
    {"overflow", "overflow", 112, 74, 112, 118, 118, 106, "start"},
    {"underflow", "underflow", 164, 57, 230, 57, 197, 90, "middle"},
    {"filtrate", "filtrate", 282, 74, 282, 118, 288, 106, "start"},
    {"cake", "cake", 334, 57, 400, 57, 367, 90, "middle"},
    {"acid", "acid's water", 430, 8, 430, 40, 424, 18, "end"},
    {"make_up", "make-up", 470, 8, 470, 40, 476, 18, "start"},
    {"leached_cake", "leached cake", 440, 74, 440, 150, 434, 128, "end"},
    {"wash_water", "wash water", 344, 167, 400, 167, 340, 171, "end"},
    {"residue", "residue landed", 440, 184, 440, 216, 434, 206, "end"},
    {"liquor", "liquor", 504, 57, 570, 57, 537, 72, "middle"},
    {"bleed", "spent liquor", 650, 74, 650, 150, 656, 112, "start"},
    {"impurities", "with impurities", 674, 46, 730, 46, 734, 40, "start"},
    {"concentrate", "concentrate", 590, 74, 590, 260, 596, 226, "start"},
    {"raffinate", "raffinates", 674, 277, 730, 277, 734, 271, "start"},
    {"separated", "separated", 570, 277, 504, 277, 537, 310, "middle"},
    {"finishing", "lost in finishing", 450, 294, 450, 326, 456, 338, "start"},
    {"products", "products", 400, 277, 344, 277, 340, 271, "end"},
};
#define ARROWS (sizeof arrows / sizeof arrows[0])

static double of(const kd_record *record, const char *what, const char *stream) {
  for (size_t i = 0; i < record->ledgers; i++) {
    const kd_record_ledger *line = &record->ledger[i];
    if (strncmp(line->item, "stream_", 7) == 0 && strcmp(line->item + 7, what) == 0 && strcmp(line->label, stream) == 0)
      return isfinite(line->quantity) ? line->quantity : 0;
  }
  return 0;
}

static void label(char *out, size_t capacity, double tonnes) {
  kd_scale scale;
  char number[48];
  kd_report_scale(&scale, "t", tonnes);
  kd_label_round(number, sizeof number, tonnes * scale.factor, 3);
  snprintf(out, capacity, "%s %s", number, scale.unit);
}

static void draw_arrow(kd_text *out, const arrow *a, const kd_record *record) {
  const double solids = of(record, "solids", a->stream), water = of(record, "water", a->stream);
  const double rare = of(record, "rare_earth", a->stream);
  const double dx = a->x2 - a->x1, dy = a->y2 - a->y1, length = hypot(dx, dy), ux = dx / length, uy = dy / length;
  char text[3][112], line[3][128];
  if (!(solids > 0 || water > 0 || rare > 0)) return;
  kd_text_printf(out, "<line x1=\"%g\" y1=\"%g\" x2=\"%g\" y2=\"%g\" stroke=\"%s\" stroke-width=\"1.6\"/>", a->x1,
                 a->y1, a->x2 - 6 * ux, a->y2 - 6 * uy, rare > 0 ? KD_GREEN : KD_BLUE);
  kd_text_printf(out, "<polygon points=\"%g,%g %g,%g %g,%g\" fill=\"%s\"/>", a->x2, a->y2, a->x2 - 8 * ux - 4 * uy,
                 a->y2 - 8 * uy + 4 * ux, a->x2 - 8 * ux + 4 * uy, a->y2 - 8 * uy - 4 * ux,
                 rare > 0 ? KD_GREEN : KD_BLUE);
  label(text[0], sizeof text[0], solids);
  label(text[1], sizeof text[1], water);
  label(text[2], sizeof text[2], rare);
  size_t lines = 0;
  snprintf(line[lines++], sizeof line[0], "%s", a->shown);
  if (rare > 0)
    snprintf(line[lines++], sizeof line[0], "%s RE", text[2]);
  else if (solids > 0 || water > 0)
    snprintf(line[lines++], sizeof line[0], "%s", solids > 0 ? text[0] : text[1]);
  for (size_t k = 0; k < lines; k++) kd_svg_text(out, a->lx, a->ly + 11 * (double)k, a->anchor, "t", line[k]);
}

void kd_report_plant(kd_text *out, const kd_record *record) {
  static const char *const heads[] = {"<stream", "dry solids [t]", "water [t]", "rare earths [t]",
                                      "RE in solids [ppm]"};
  bool some = false;
  for (size_t i = 0; i < ARROWS; i++) some = some || of(record, "rare_earth", arrows[i].stream) > 0;
  if (!some) return;
  kd_report_figure(out, "The plant and its streams, a project year, means");
  kd_svg_begin(out, KD_REPORT_WIDTH, 360, "Flowsheet of the plant");
  for (size_t u = 0; u < UNITS; u++) {
    kd_text_printf(out,
                   "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" rx=\"4\" fill=\"none\" stroke=\"%s\" "
                   "stroke-width=\"1.4\"/>",
                   units[u].x, units[u].y, BOX_WIDTH, BOX_HEIGHT, KD_GREY);
    kd_svg_text(out, units[u].x + BOX_WIDTH / 2, units[u].y + 21, "middle", "t", units[u].name);
  }
  const double recycled = of(record, "water", "recycled");
  if (recycled > 0) { /* back over the top */
    char text[112];
    label(text, sizeof text, recycled);
    kd_text_printf(out,
                   "<polyline points=\"630,162 540,162 540,108 492,108 492,80\" fill=\"none\" stroke=\"%s\" "
                   "stroke-width=\"1.6\"/><polygon points=\"492,74 488,82 496,82\" fill=\"%s\"/>",
                   KD_BLUE, KD_BLUE);
    kd_svg_text(out, 536, 136, "end", "t", "recycled liquor");
    kd_svg_text(out, 536, 147, "end", "t", text);
  }
  for (size_t i = 0; i < ARROWS; i++) draw_arrow(out, &arrows[i], record);
  kd_svg_end(out);
  kd_report_figure_end(out);
  kd_report_numbers_begin(out, heads, 5);
  for (size_t i = 0; i <= ARROWS; i++) {
    const char *stream = i < ARROWS ? arrows[i].stream : "recycled";
    const double solids = of(record, "solids", stream), rare = of(record, "rare_earth", stream);
    kd_text_add(out, "<tr>");
    kd_report_cell(out, i < ARROWS ? arrows[i].shown : "recycled liquor");
    kd_report_cell_number(out, solids);
    kd_report_cell_number(out, of(record, "water", stream));
    kd_report_cell_number(out, rare);
    kd_report_cell_number(out, solids > 0 ? 1e6 * rare / solids : (double)NAN);
    kd_text_add(out, "</tr>\n");
  }
  kd_report_numbers_end(
      out, "Source: the lines process.stream_* of the table ledger of run.sqlite, means; rare earths as element.");
}
