// SPDX-License-Identifier: Apache-2.0
/* Kernels of operability, vortices and the coupling of string and flow. Equations stand in operability.c, viv.c and
 * coupling.c. */
#include <math.h>

#include "base/context.h"
#include "base/error.h"
#include "lift/coupling.h"
#include "lift/kernels_string_options.h"
#include "lift/operability.h"
#include "lift/string_modes.h"
#include "lift/string_sea.h"
#include "lift/viv.h"

#define PI 3.14159265358979323846

/* Numbers from low to high. */
static double *steps(double low, double high, double count, kd_work *work) {
  double *x = kd_arena_alloc(work->scratch, (size_t)count, sizeof *x);
  for (size_t i = 0; x != NULL && i < (size_t)count; i++)
    x[i] = count > 1 ? low + (high - low) * (double)i / (count - 1) : low;
  return x;
}

#define OPERABILITY_FIELDS                                                                                             \
  KD_WORD("contents", "free|locked", "locked", "Do the liquids inside move along the string?"),                        \
      KD_IN("elements", "1", "30", "4", "2000", "Elements, exact ones."),                                              \
      KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall, share of critical."),                                   \
      KD_IN("wall_drag", "1", "0.01", "0", "1", "Drag coefficient along the wall."),                                   \
      KD_IN("head_drag_area", "m2", "10 m2", "0 m2", "1e4 m2", "Cd A of the head along the string."),                  \
      KD_IN("head_added_mass", "kg", "0 t", "0 t", "1e5 t", "Water that moves with the head."),                        \
      KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m", "Of a compensator; none: hung hard."),               \
      KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same."),                              \
      KD_IN("hs_low", "m", "0.5 m", "0.01 m", "30 m", "Significant heights from"),                                     \
      KD_IN("hs_high", "m", "6 m", "0.01 m", "30 m", "to"), KD_IN("hs_count", "1", "12", "1", "1000", "in so many."),  \
      KD_IN("tp_low", "s", "6 s", "2 s", "40 s", "Peak periods from"),                                                 \
      KD_IN("tp_high", "s", "15 s", "2 s", "40 s", "to"), KD_IN("tp_count", "1", "10", "1", "1000", "in so many."),    \
      KD_IN("heading_low", "deg", "0 deg", "-360 deg", "360 deg", "Headings from"),                                    \
      KD_IN("heading_high", "deg", "180 deg", "-360 deg", "360 deg", "to"),                                            \
      KD_IN("heading_count", "1", "8", "1", "1000", "in so many."),                                                    \
      KD_IN("gamma", "1", "none", "1", "20", "Peak enhancement of JONSWAP; none: by steepness."),                      \
      KD_IN("duration", "s", "3 h", "60 s", "1e6 s", "Of a sea; the most probable largest value in it counts."),       \
      KD_IN("allowable", "1", "0.67", "0 exclusive", "1", "Share of yield allowed; assumed."),                         \
      KD_IN("hook_load", "kg", "1250 t", "0 t", "1e6 t", "Rated load as mass; 0: no limit."),                          \
      KD_IN("slack_share", "1", "0.9", "0", "10", "Share of the tension at rest that may go; 0: no limit. Assumed."),  \
      KD_IN("stroke", "m", "0 m", "0 m", "100 m", "Of the compensator, amplitude; 0: no limit."),                      \
      KD_IN("foot", "m", "0 m", "0 m", "100 m", "Motion of the foot allowed, amplitude; 0: no limit."),                \
      KD_IN("heave", "m", "0 m", "0 m", "100 m", "Heave at the string allowed, amplitude; 0: no limit."),              \
      KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull, where no RAO is given."),                          \
      KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),                                                    \
      KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull."),                                               \
      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship.")

static kd_status operability(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_bar bar = {0};
  const double *o = in + KD_STRING_OPTIONS;
  const kd_axial_options axial = {.locked = (int)o[0],
                                  .elements = o[1],
                                  .damping = o[2],
                                  .wall_drag = o[3],
                                  .head_drag_area = o[4],
                                  .head_added_mass = o[5],
                                  .hold_stiffness = o[6],
                                  .hold_damping = o[7]};
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_axial_bar(&bar, segments, data[0]->rows, &load, &axial, work));
  for (int i = 10; i <= 16; i += 3)
    KD_CHECK(o[i] == floor(o[i]), work->err, KD_E_RANGE,
             "hs_count, tp_count, heading_count: %g: must be a whole number", o[i]);
  kd_operability t = {.hs = steps(o[8], o[9], o[10], work),
                      .tp = steps(o[11], o[12], o[13], work),
                      .heading = steps(o[14], o[15], o[16], work),
                      .hs_count = (size_t)o[10],
                      .tp_count = (size_t)o[13],
                      .heading_count = (size_t)o[16],
                      .gamma = o[17],
                      .duration = o[18],
                      .allowable = o[19],
                      .hook_load = o[20] * load.gravity,
                      .slack_share = o[21],
                      .stroke = o[22],
                      .foot = o[23],
                      .heave = o[24],
                      .ship = {.hull = {o[25], o[26], o[27], 1, o[28]}, .rao = data[1]}};
  const size_t n = t.hs_count * t.tp_count * t.heading_count;
  KD_CHECK(t.hs != NULL && t.tp != NULL && t.heading != NULL, work->err, KD_E_NOMEM, "no memory for the table");
  KD_TRY(kd_vessel_prepare(&t.ship, work));
  kd_operability_cell *cell = kd_arena_alloc(work->scratch, n, sizeof *cell);
  double *limit = kd_arena_alloc(work->scratch, t.tp_count * t.heading_count, sizeof *limit);
  KD_CHECK(cell != NULL && limit != NULL, work->err, KD_E_NOMEM, "no memory for %zu seas", n);
  KD_TRY(kd_operability_solve(cell, &t, &bar, work));
  kd_operability_limits(limit, &t, cell);
  KD_TRY(kd_table_create(out, work->ctx,
                         "heading [deg], tp [s], hs [m], operable [1], governs [1], ratio [1], stress [1], hook [1], "
                         "slack [1], stroke [1], foot [1], heave [1], heave_amplitude [m], top_tension [N], "
                         "foot_amplitude [m], stroke_amplitude [m], hs_limit [m]",
                         n, work->err));
  kd_column *c = (*out)->column;
  static const char *const words[] = {"stress", "hook", "slack", "stroke", "foot", "heave"};
  c[4].text = kd_alloc(work->ctx, n, sizeof *c[4].text);
  KD_CHECK(c[4].text != NULL, work->err, KD_E_NOMEM, "no memory for %zu seas", n);
  c[4].is_text = true;
  for (size_t i = 0; i < n; i++) {
    const kd_operability_cell *k = &cell[i];
    const size_t s = i % t.hs_count, p = i / t.hs_count;
    const double row[] = {t.heading[p / t.tp_count],
                          t.tp[p % t.tp_count],
                          t.hs[s],
                          k->largest <= 1 ? 1.0 : 0.0,
                          (double)k->governs,
                          k->largest,
                          k->ratio[0],
                          k->ratio[1],
                          k->ratio[2],
                          k->ratio[3],
                          k->ratio[4],
                          k->ratio[5],
                          k->heave,
                          k->tension,
                          k->foot,
                          k->stroke,
                          limit[p]};
    for (size_t q = 0; q < KD_COUNT(row); q++) c[q].number[i] = row[q];
    c[4].text[i] = words[k->governs];
  }
out:
  return status;
}

/* One sea over the string by frequency: standard deviations and most probable largest values along it. */
static kd_status sea_response(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_bar bar = {0};
  kd_bar_sea sea;
  kd_bar_amplitudes a;
  kd_bar_response r;
  kd_linear_drag drag;
  const double *o = in + KD_STRING_OPTIONS;
  const kd_axial_options axial = {.locked = (int)o[0],
                                  .elements = o[1],
                                  .damping = o[2],
                                  .wall_drag = o[3],
                                  .head_drag_area = o[4],
                                  .head_added_mass = o[5],
                                  .hold_stiffness = o[6],
                                  .hold_damping = o[7]};
  kd_wave_spectrum waves = {.hs = o[8], .tp = o[9], .gamma = o[10], .norm = KD_NORM_EXACT};
  kd_vessel ship = {.hull = {o[13], o[14], o[15], 1, o[16]}, .rao = data[1]};
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_axial_bar(&bar, segments, data[0]->rows, &load, &axial, work));
  KD_TRY(kd_wave_spectrum_prepare(&waves, work->err));
  KD_TRY(kd_vessel_prepare(&ship, work));
  KD_TRY(kd_bar_sea_create(&sea, 0.3 * 2 * PI / o[9], fmax(6 * 2 * PI / o[9], 3), kd_bar_frequency(&bar, 1, work), 400,
                           work));
  KD_TRY(kd_bar_response_create(&r, &bar, work));
  KD_TRY(kd_bar_amplitudes_create(&a, &bar, work));
  KD_TRY(kd_linear_drag_create(&drag, &bar, work));
  const size_t n = bar.elements;
  double *variance = kd_arena_alloc(work->scratch, sea.count, sizeof *variance);
  double *rest = kd_arena_alloc(work->scratch, n + 1, sizeof *rest), heave = 0, depth = -load.freeboard;
  KD_CHECK(variance != NULL && rest != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  for (size_t k = 0; k < sea.count; k++) {
    const double h = kd_vessel_heave(&ship, sea.omega[k], o[11]);
    heave += variance[k] = kd_wave_density(&waves, sea.omega[k]) * sea.width[k] * h * h;
  }
  KD_TRY(kd_bar_irregular(&a, &bar, &sea, variance, &r, &drag, work->err));
  rest[n] = bar.head_weight;
  for (size_t i = n; i-- > 0;) rest[i] = rest[i + 1] + bar.weight[i] * bar.length[i];
  kd_extremes e = {0};
  if (a.zero_period > 0) kd_extremes_of(&e, 1, a.zero_period, o[12], 0.1);
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], effective_tension [N], tension_sd [N], tension_extreme [N], least_tension [N], "
                         "displacement_sd [m], speed_sd [m/s], zero_period [s], heave_sd [m], slack [1]",
                         n + 1, work->err));
  for (size_t i = 0; i <= n; i++) {
    const double extreme = a.tension[i] * e.most_probable;
    const double row[] = {depth,
                          rest[i],
                          a.tension[i],
                          extreme,
                          rest[i] - extreme,
                          a.displacement[i],
                          a.speed[i],
                          a.zero_period,
                          sqrt(heave),
                          rest[i] < extreme ? 1.0 : 0.0};
    for (size_t q = 0; q < KD_COUNT(row); q++) (*out)->column[q].number[i] = row[q];
    if (i < n) depth += bar.length[i];
  }
out:
  return status;
}

/* ---- vortices ---- */

enum { VIV_MODES, VIV_ELEMENTS, VIV_FOOT, VIV_ADDED, VIV_STROUHAL, VIV_BANDWIDTH, VIV_DAMPING, VIV_VISCOSITY };

static kd_status viv(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_beam b;
  double *x = NULL, arc = 0, depth;
  const double *o = in + KD_STRING_OPTIONS;
  const kd_sea_case c = {.elements = o[VIV_ELEMENTS], .added = o[VIV_ADDED], .tp = 1, .hold_stiffness = HUGE_VAL};
  kd_modes m;
  KD_CHECK(o[VIV_MODES] == floor(o[VIV_MODES]), work->err, KD_E_RANGE, "modes %g: must be a whole number",
           o[VIV_MODES]);
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_sea_beam(&b, &x, segments, data[0]->rows, &load, &c, work));
  const kd_current current = {kd_table_column(data[1], "depth")->number, kd_table_column(data[1], "current")->number,
                              data[1]->rows};
  for (size_t i = 0; i < current.count; i++)
    KD_CHECK(current.speed[i] >= 0 && (i == 0 || current.depth[i] > current.depth[i - 1]), work->err, KD_E_RANGE,
             "current: row %zu: the depth must rise from row to row and the current be at least 0 m/s", i + 1);
  const size_t n = b.elements, nodes = n + 1;
  double *list = kd_arena_alloc(work->scratch, 7 * nodes, sizeof *list);
  KD_CHECK(list != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  double *tension = list, *at = list + nodes, *speed = list + 2 * nodes, *diameter = list + 3 * nodes,
         *mass = list + 4 * nodes, *outer = list + 5 * nodes, *drag = list + 6 * nodes;
  tension[n] = b.head_weight;
  for (size_t e = n; e-- > 0;) {
    tension[e] = tension[e + 1] + b.weight[e] * b.length[e];
    b.mass[e] += b.lateral[e];
  }
  size_t seg = 0;
  double end = segments[0].length;
  depth = -load.freeboard;
  for (size_t i = 0; i < nodes; i++) {
    kd_string_segment_state s;
    while (seg + 1 < data[0]->rows && arc > end + 1e-9) end += segments[++seg].length;
    kd_string_segment_solve(&s, &segments[seg], &load);
    at[i] = arc;
    speed[i] = depth >= 0 ? kd_current_at(&current, depth) : 0;
    diameter[i] = s.drag_diameter, outer[i] = segments[seg].outer_diameter;
    mass[i] = b.mass[i < n ? i : n - 1];
    if (i < n) arc += b.length[i], depth += b.length[i];
  }
  const kd_mode_problem problem = {n,       b.length,    b.bending,     b.mass,
                                   tension, b.head_mass, KD_END_PINNED, (kd_end)o[VIV_FOOT]};
  KD_TRY(kd_modes_solve(&m, &problem, (size_t)o[VIV_MODES], work));
  kd_viv_law law = kd_viv_standard;
  law.strouhal = o[VIV_STROUHAL], law.bandwidth = o[VIV_BANDWIDTH], law.structural = o[VIV_DAMPING];
  const kd_viv_problem p = {nodes, at, speed, diameter, mass, outer, load.water, o[VIV_VISCOSITY], segments[0].modulus};
  kd_viv_mode *mode = kd_arena_alloc(work->scratch, m.count, sizeof *mode);
  size_t count = 0;
  KD_CHECK(mode != NULL, work->err, KD_E_NOMEM, "no memory for %zu modes", m.count);
  KD_TRY(kd_viv_solve(mode, &count, drag, &p, &m, &law, work));
  double fastest = 0, most = 1;
  for (size_t i = 0; i < nodes; i++) fastest = fmax(fastest, speed[i] / diameter[i]), most = fmax(most, drag[i]);
  KD_CHECK(2 * PI * law.strouhal * fastest <= m.omega[m.count - 1] * (1 + 0.5 * law.bandwidth), work->err, KD_E_MODEL,
           "modes %g: the highest has %.4g Hz but vortices reach %.4g Hz; ask for more modes (and elements)",
           o[VIV_MODES], m.omega[m.count - 1] / (2 * PI), law.strouhal * fastest);
  KD_TRY(kd_table_create(out, work->ctx,
                         "mode [1], frequency [1/s], amplitude [1], zone [m], power [W], stress [Pa], damage_year [1], "
                         "largest_drag_factor [1]",
                         count, work->err));
  for (size_t i = 0; i < count; i++) {
    const kd_viv_mode *v = &mode[i];
    const double row[] = {(double)v->mode, v->omega / (2 * PI), v->amplitude,   v->zone,
                          v->power,        v->stress,           v->damage_year, most};
    for (size_t q = 0; q < KD_COUNT(row); q++) (*out)->column[q].number[i] = row[q];
  }
out:
  return status;
}

static kd_status viv_damping(double *out, const double *in, kd_work *work) {
  (void)work;
  const double w = 2 * PI * in[3], middle = in[3] * in[2] / kd_viv_standard.strouhal;
  out[0] = kd_viv_damping(&kd_viv_standard, in[0], in[1], in[2], w, in[4], in[5]);
  out[1] = in[5] / (in[3] * in[2]);
  out[2] = in[5] <= middle ? 0 : 1;
  return KD_OK;
}

static kd_status viv_drag(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 1 + in[2] * in[1];
  out[1] = in[0] * out[0];
  out[2] = kd_viv_lift(&kd_viv_standard, in[1]);
  return KD_OK;
}

/* ---- coupling ---- */

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
  const kd_sea_case c = {
      .hs = o[C_HS], .tp = o[C_TP], .gamma = 3.3, .heading = o[C_HEADING], .waves = 100, .hull = {210, 38, 9.2, 1, 0}};
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
    for (size_t q = 0; q < KD_COUNT(row); q++) (*out)->column[q].number[i] = row[q];
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

const kd_kernel kd_operability_kernels[] = {
    KD_DATA("string.sea_response", "Axial answer of a string to a sea state by frequency, drag linearised for the sea.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS,
                      KD_WORD("contents", "free|locked", "free", "Do the liquids inside move along the string?"),
                      KD_IN("elements", "1", "60", "4", "2000", "Elements, exact ones."),
                      KD_IN("damping", "1", "0.005", "0", "0.5", "Of the wall, share of critical."),
                      KD_IN("wall_drag", "1", "0.01", "0", "1", "Drag coefficient along the wall."),
                      KD_IN("head_drag_area", "m2", "0 m2", "0 m2", "1e4 m2", "Cd A of the head along the string."),
                      KD_IN("head_added_mass", "kg", "0 t", "0 t", "1e5 t", "Water that moves with the head."),
                      KD_IN("hold_stiffness", "N/m", "none", "0 N/m", "1e12 N/m", "Of a compensator; none: hung hard."),
                      KD_IN("hold_damping", "N.s/m", "0 N.s/m", "0 N.s/m", "1e12 N.s/m", "Of the same."),
                      KD_IN("hs", "m", NULL, "0 m", "30 m", "Significant wave height; JONSWAP."),
                      KD_IN("tp", "s", NULL, "2 s", "40 s", "Peak period."),
                      KD_IN("gamma", "1", "3.3", "1", "20", "Peak enhancement."),
                      KD_IN("heading", "deg", "180 deg", "-360 deg", "360 deg", "Of the waves."),
                      KD_IN("duration", "s", "3 h", "60 s", "1e7 s", "Of the sea."),
                      KD_IN("ship_length", "m", "210 m", "1 m", "500 m", "Box hull, where no RAO is given."),
                      KD_IN("ship_beam", "m", "38 m", "1 m", "100 m", "Box hull."),
                      KD_IN("ship_draught", "m", "9.2 m", "0.1 m", "50 m", "Box hull."),
                      KD_IN("string_forward", "m", "0 m", "-250 m", "250 m", "Place of the string before midship.")),
            KD_FIELDS(KD_OUT("depth", "m", "Below the sea."), KD_OUT("effective_tension", "N", "At rest."),
                      KD_OUT("tension_sd", "N", "Standard deviation."),
                      KD_OUT("tension_extreme", "N", "Most probable largest dynamic part."),
                      KD_OUT("least_tension", "N", "At rest less that."),
                      KD_OUT("displacement_sd", "m", "Standard deviation."), KD_OUT("speed_sd", "m/s", "The same."),
                      KD_OUT("zero_period", "s", "Of the top tension."), KD_OUT("heave_sd", "m", "Of the ship."),
                      KD_OUT("slack", "1", "1 where the string goes slack in the sea.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "rao",
                       .columns = KD_RAO_COLUMNS,
                       .doc = "RAOs of the ship; without: a box hull.",
                       .optional = true}),
            sea_response),
    KD_DATA(
        "viv",
        "Vortex-induced vibration of a string in a current, by mode superposition: driven modes, strongest first.",
        KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_IN("modes", "1", "60", "1", "2000", "Modes looked at."),
                  KD_IN("elements", "1", "400", "4", "5000", "Elements."),
                  KD_WORD("foot", "free|pinned|clamped", "free", "Foot."),
                  KD_IN("added", "1", "1", "0", "5", "Coefficient of added mass."),
                  KD_IN("strouhal", "1", "0.2", "0.05", "0.5", "Strouhal number."),
                  KD_IN("bandwidth", "1", "0.4", "0.01", "1.5", "Width of lock-in over its middle; assumed."),
                  KD_IN("damping", "1", "0.003", "0", "0.5", "Structural, share of critical; assumed."),
                  KD_IN("viscosity", "m2/s", "1.2e-6 m2/s", "0 m2/s exclusive", "1 m2/s", "Of the sea, kinematic.")),
        KD_FIELDS(KD_OUT("mode", "1", "Number of the mode."), KD_OUT("frequency", "1/s", "Hz."),
                  KD_OUT("amplitude", "1", "Largest amplitude over the diameter."),
                  KD_OUT("zone", "m", "Length that drives it."), KD_OUT("power", "W", "In, and out."),
                  KD_OUT("stress", "Pa", "Amplitude of the largest bending stress."),
                  KD_OUT("damage_year", "1", "In a year of this current, S-N curve D in sea water."),
                  KD_OUT("largest_drag_factor", "1", "On the drag, 1 + 2.1 A/D of all modes together.")),
        KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                  {.name = "current", .columns = "depth [m], current [m/s]", .doc = "Held beyond both ends."}),
        viv),
    KD_PLAIN("viv.damping", "Damping by the water of a cylinder that vibrates outside lock-in (Venugopal 1996).",
             KD_FIELDS(KD_IN("density", "kg/m3", "1025 kg/m3", "0 kg/m3 exclusive", "2000 kg/m3", "Water."),
                       KD_IN("viscosity", "m2/s", "1.2e-6 m2/s", "0 m2/s exclusive", "1 m2/s", "Kinematic."),
                       KD_IN("outer_diameter", "m", NULL, "0 m exclusive", "100 m", "Diameter."),
                       KD_IN("frequency", "1/s", NULL, "0 1/s exclusive", "1000 1/s", "Hz."),
                       KD_IN("amplitude", "m", "0 m", "0 m", "100 m", "Amplitude."),
                       KD_IN("current", "m/s", "0 m/s", "0 m/s", "20 m/s", "Current.")),
             KD_FIELDS(KD_OUT("damping", "N.s/m2", "Per length."), KD_OUT("reduced_velocity", "1", "U/(f D)."),
                       KD_OUTWORD("side", "low|high", "Below or above lock-in.")),
             viv_damping),
    KD_PLAIN(
        "viv.drag", "Drag of a vibrating cylinder, Cd (1 + growth A/D), and the lift coefficient of the power balance.",
        KD_FIELDS(KD_IN("drag", "1", "1.2", "0", "10", "At rest."), KD_IN("amplitude", "1", NULL, "0", "5", "A/D."),
                  KD_IN("growth", "1", "2.1", "0", "10", "Assumed.")),
        KD_FIELDS(KD_OUT("factor", "1", "On the drag."), KD_OUT("drag", "1", "Drag coefficient."),
                  KD_OUT("lift", "1", "Lift coefficient at this amplitude; assumed curve.")),
        viv_drag),
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
    KD_DATA("operability", "Seas in which a string may stay down: height x period x heading, with what governs.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, OPERABILITY_FIELDS),
            KD_FIELDS(
                KD_OUT("heading", "deg", "0 astern, 180 ahead."), KD_OUT("tp", "s", "Peak period."),
                KD_OUT("hs", "m", "Significant height."), KD_OUT("operable", "1", "1: every limit is kept."),
                KD_OUTWORD("governs", KD_GOVERNS_WORDS, "Limit with the largest ratio."),
                KD_OUT("ratio", "1", "Largest load over limit."), KD_OUT("stress", "1", "Stress over the allowed."),
                KD_OUT("hook", "1", "Load over the rated one."),
                KD_OUT("slack", "1", "Tension taken away over allowed."), KD_OUT("stroke", "1", "Of the compensator."),
                KD_OUT("foot", "1", "Motion of the foot."), KD_OUT("heave", "1", "Heave at the string."),
                KD_OUT("heave_amplitude", "m", "Most probable largest."),
                KD_OUT("top_tension", "N", "Most probable largest, with that at rest."),
                KD_OUT("foot_amplitude", "m", "Most probable largest."),
                KD_OUT("stroke_amplitude", "m", "Most probable largest."),
                KD_OUT("hs_limit", "m", "Height at which the ratio is 1, for this heading and period.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "rao",
                       .columns = KD_RAO_COLUMNS,
                       .doc = "RAOs of the ship; without: a box hull.",
                       .optional = true}),
            operability),
    KD_LAST_KERNEL,
};
