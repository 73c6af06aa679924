// SPDX-License-Identifier: Apache-2.0
/* Kernels of string and liquid together. Equations stand in coupling.c and coupling_line.c. */
#include <math.h>

#include "base/error.h"
#include "lift/coupling.h"
#include "lift/kernels_string_options.h"
#include "lift/string_sea.h"

#define PI 3.14159265358979323846

enum {
  C_MOTION,
  C_AMPLITUDE,
  C_PERIOD,
  C_HS,
  C_TP,
  C_HEADING,
  C_WAY,
  C_DECK,
  C_FOOT,
  C_WAVE_SPEED,
  C_CELLS,
  C_DARCY,
  C_FLOW,
  C_WALL_POISSON,
  C_ELEMENTS,
  C_DAMPING,
  C_WALL_DRAG,
  C_HEAD_DRAG,
  C_DURATION,
  C_SETTLE
};

typedef struct shaker {
  double amplitude, omega, ramp;
  const kd_ship_motion *ship;
} shaker;

static void shake(double *z, double *dz, double *ddz, double t, void *user) {
  const shaker *s = user;
  kd_beam_motion m;
  if (s->ship != NULL) {
    kd_ship_motion_at(&m, s->ship, t, s->ramp, 0);
    *z = -m.position[2], *dz = -m.speed[2], *ddz = -m.acceleration[2]; /* the bar counts downwards */
    return;
  }
  const double x = fmin(t / s->ramp, 1), g = x * x * x * (10 - 15 * x + 6 * x * x), w = s->omega;
  const double g1 = x < 1 ? 30 * x * x * (1 - x) * (1 - x) / s->ramp : 0;
  const double g2 = x < 1 ? 60 * x * (1 - x) * (1 - 2 * x) / (s->ramp * s->ramp) : 0, a = s->amplitude;
  *z = a * g * sin(w * t);
  *dz = a * (g1 * sin(w * t) + g * w * cos(w * t));
  *ddz = a * (g2 * sin(w * t) + 2 * g1 * w * cos(w * t) - g * w * w * sin(w * t));
}

static kd_status coupling(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_bar bar = {0};
  kd_coupled r;
  const double *o = in + KD_STRING_OPTIONS;
  const size_t n = data[0]->rows;
  double length = 0, area = 0;
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  for (size_t i = 0; i < n; i++)
    length += segments[i].length, area += segments[i].length * 0.25 * PI * segments[i].bore * segments[i].bore;
  KD_CHECK(area > 0, work->err, KD_E_RANGE, "segments: bore 0 m: a column of liquid needs a bore above 0 m");
  KD_CHECK(o[C_CELLS] == floor(o[C_CELLS]), work->err, KD_E_RANGE, "cells %g: must be a whole number", o[C_CELLS]);
  area /= length;
  const kd_axial_options axial = {.elements = o[C_ELEMENTS],
                                  .damping = o[C_DAMPING],
                                  .wall_drag = o[C_WALL_DRAG],
                                  .head_drag_area = o[C_HEAD_DRAG],
                                  .hold_stiffness = (double)NAN};
  KD_TRY(kd_axial_bar(&bar, segments, n, &load, &axial, work));
  const kd_column_model model = {.cells = (size_t)o[C_CELLS],
                                 .length = length,
                                 .area = area,
                                 .density = load.contents,
                                 .wave_speed = o[C_WAVE_SPEED],
                                 .bore = sqrt(4 * area / PI),
                                 .darcy = o[C_DARCY],
                                 .flow = o[C_FLOW],
                                 .poisson = o[C_WALL_POISSON],
                                 .deck = (kd_column_end)o[C_DECK],
                                 .foot = (kd_column_end)o[C_FOOT]};
  const kd_sea_case c = {.hs = o[C_HS],
                         .tp = o[C_TP],
                         .gamma = 3.3,
                         .heading = o[C_HEADING],
                         .waves = 100,
                         .hull = {210, 38, 9.2, 1, 0, 0, 0}};
  kd_ship_motion ship;
  shaker s = {o[C_AMPLITUDE], 2 * PI / o[C_PERIOD], fmax(0.5 * o[C_SETTLE], 1), NULL};
  if (o[C_MOTION] > 0.5) {
    KD_TRY(kd_ship_motion_create(&ship, &c, work));
    s.ship = &ship;
  }
  KD_TRY(kd_coupled_run(&r, &bar, &model, o[C_WAY] > 0.5, shake, &s, o[C_DURATION], o[C_SETTLE], 0.8,
                        o[C_MOTION] > 0.5 ? o[C_TP] : o[C_PERIOD], work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "arc [m], pressure [Pa], relative_speed [m/s], tension [N], top_tension [N], foot [m], "
                         "deck_flow [m3/s]",
                         r.nodes, work->err));
  for (size_t i = 0; i < r.nodes; i++) {
    const double row[] = {length * (double)i / (double)model.cells,
                          r.pressure[i],
                          r.relative[i],
                          r.tension[i],
                          r.top_tension,
                          r.foot,
                          r.deck_flow * area};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
  }
out:
  return status;
}

static kd_status heave_pressure(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double w = 2 * PI / in[3], x = w * in[2] / in[1];
  KD_CHECK(fabs(cos(x)) > 1e-9, work->err, KD_E_MODEL, "period %g s: a resonance of the column, which has no bound",
           in[3]);
  out[0] = kd_column_heave_pressure(in[0], in[1], in[2], w, in[4]);
  out[1] = in[0] * in[2] * w * w * in[4];
  out[2] = 4 * in[2] / in[1];
out:
  return status;
}

const kd_kernel kd_coupling_kernels[] = {
    KD_DATA(
        "string.coupling",
        "String and liquid column together in heave: pressure, relative speed and tension along the string, half of "
        "largest less smallest.",
        KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_WORD("motion", "regular|sea", "regular", "Heave of the ship."),
                  KD_IN("amplitude", "m", "1 m", "0 m", "50 m", "Regular heave."),
                  KD_IN("period", "s", "10 s", "0.1 s", "1000 s", "Regular heave."),
                  KD_IN("hs", "m", "3 m", "0 m", "30 m", "Sea: JONSWAP over a box hull of 210 x 38 x 9.2 m."),
                  KD_IN("tp", "s", "10 s", "1 s", "60 s", "Sea."),
                  KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Sea."),
                  KD_WORD("way", "one|two", "two", "Does the column load the string?"),
                  KD_WORD("deck", "open|shut", "open", "Pressure kept, or flow kept."),
                  KD_WORD("foot", "open|shut", "shut", "Pressure kept, or flow kept."),
                  KD_IN("wave_speed", "m/s", "1390 m/s", "10 m/s", "1e4 m/s", "In the pipe."),
                  KD_IN("cells", "1", "100", "2", "1e5", "Of the column; they set the time step."),
                  KD_IN("darcy", "1", "0.02", "0", "10", "Friction factor."),
                  KD_IN("flow", "m/s", "0 m/s", "-100 m/s", "100 m/s", "Mean speed down the pipe; lifted: below 0."),
                  KD_IN("wall_poisson", "1", "0", "0", "0.5", "Stretch narrows the bore."),
                  KD_IN("elements", "1", "100", "2", "1e5", "Of the string."),
                  KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall."),
                  KD_IN("wall_drag", "1", "0.01", "0", "1", "Outside."),
                  KD_IN("head_drag_area", "m2", "10 m2", "0 m2", "1e4 m2", "Cd A of the head."),
                  KD_IN("duration", "s", "1200 s", "1 s", "1e7 s", "Of the march."),
                  KD_IN("settle", "s", "600 s", "0 s", "1e7 s",
                        "What comes before does not count; the heave grows over half.")),
        KD_FIELDS(KD_OUT("arc", "m", "Along the string."), KD_OUT("pressure", "Pa", "Amplitude."),
                  KD_OUT("relative_speed", "m/s", "Of the liquid against the wall, amplitude."),
                  KD_OUT("tension", "N", "Of the wall, amplitude."), KD_OUT("top_tension", "N", "On the ship."),
                  KD_OUT("foot", "m", "Motion of the foot."),
                  KD_OUT("deck_flow", "m3/s", "Amplitude of the flow at the deck: the surge.")),
        KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down; mean bore."}),
        coupling),
    KD_PLAIN("string.heave_pressure",
             "Pressure at the shut foot of a rigid pipe under an open deck that heaves: density a w A tan(w L/a).",
             KD_FIELDS(KD_IN("density", "kg/m3", NULL, "0 kg/m3 exclusive", "10000 kg/m3", "Liquid."),
                       KD_IN("wave_speed", "m/s", "1390 m/s", "0 m/s exclusive", "1e5 m/s", "In the pipe."),
                       KD_IN("length", "m", NULL, "0 m exclusive", "20000 m", "Of the column."),
                       KD_IN("period", "s", NULL, "0 s exclusive", "1e5 s", "Of the heave."),
                       KD_IN("amplitude", "m", "1 m", "0 m", "50 m", "Of the heave.")),
             KD_FIELDS(KD_OUT("pressure", "MPa", "Amplitude."),
                       KD_OUT("rigid_pressure", "MPa", "Of a liquid that does not give: density L w^2 A."),
                       KD_OUT("column_period", "s", "First natural period, 4 L/a.")),
             heave_pressure),
    KD_LAST_KERNEL,
};
