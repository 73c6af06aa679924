// SPDX-License-Identifier: Apache-2.0
/* Kernels of bending and lateral motion. Equations stand in string_beam.c and string_modes.c. */
#include <math.h>

#include "base/error.h"
#include "lift/catenary.h"
#include "lift/kernels_string.h"
#include "lift/kernels_string_options.h"
#include "lift/string_beam.h"
#include "lift/string_modes.h"
#include "lift/string_sea.h"

#define PI 3.14159265358979323846

#define BEAM_COLUMNS "length [m], stiffness [N], bending [N.m2], weight [N/m]"

enum { ELEMENTS, TOP, FOOT, TOP_ANGLE, FOOT_ANGLE, FOOT_X, FOOT_Z, FORCE_X, FORCE_Z, HEAD_WEIGHT, STEPS };

/* The catenary of the mean weight between both held ends, or its mirror image for floats. */
static bool hang_between(double *x, const kd_beam *b, const double *in, double length) {
  kd_error err;
  kd_catenary c;
  double weight = 0, soft = 0;
  for (size_t i = 0; i < b->elements; i++)
    weight += b->weight[i] * b->length[i] / length, soft += b->length[i] / (b->stiffness[i] * length);
  const double up = weight < 0 ? -1 : 1, side = in[FOOT_X] < 0 ? -1 : 1, w = fabs(weight), ea = 1 / soft;
  if (!(w > 0)) return false;
  if (kd_catenary_solve(&c, length, w, ea, fabs(in[FOOT_X]), -up * in[FOOT_Z], &err) != KD_OK) return false;
  const double h = c.horizontal, v = c.top_vertical, a = v / h;
  double s = 0;
  for (size_t i = 0; i <= b->elements; i++) {
    const double q = (v - w * s) / h;
    x[3 * i] = side * (h / w * (asinh(a) - asinh(q)) + h * s / ea);
    x[3 * i + 2] = -up * (h / w * (sqrt(1 + a * a) - sqrt(1 + q * q)) + (v * s - 0.5 * w * s * s) / ea);
    if (i < b->elements) s += b->length[i];
  }
  x[3 * b->elements] = in[FOOT_X], x[3 * b->elements + 2] = in[FOOT_Z];
  return true;
}

/* First guess: straight along the top direction, or hanging between both held ends. */
static void first_guess(double *x, const kd_beam *b, const double *in, double length) {
  const size_t n = b->elements;
  if (b->foot != KD_END_FREE && hang_between(x, b, in, length)) return;
  const double fx = in[FOOT_X], fz = in[FOOT_Z], span = hypot(fx, fz);
  double s = 0;
  for (size_t i = 0; i <= n; i++) {
    const double t = s / length;
    if (b->foot == KD_END_FREE || !(span > 0)) {
      x[3 * i] = s * sin(in[TOP_ANGLE]), x[3 * i + 2] = -s * cos(in[TOP_ANGLE]);
    } else {
      /* A half sine of about the length, to the lower side of the chord. */
      const double sag = length > span ? 2 / PI * sqrt(span * (length - span)) : 0, side = fx >= 0 ? -1 : 1;
      const double nx = -fz / span * side, nz = fx / span * side;
      x[3 * i] = t * fx + sag * sin(PI * t) * nx, x[3 * i + 2] = t * fz + sag * sin(PI * t) * nz;
    }
    if (i < n) s += b->length[i];
  }
}

static kd_status beam_static(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const kd_table *t = data[0];
  const double *l = kd_table_column(t, "length")->number, *ea = kd_table_column(t, "stiffness")->number;
  const double *ei = kd_table_column(t, "bending")->number, *w = kd_table_column(t, "weight")->number;
  double length = 0;
  size_t n = 0, at = 0;
  KD_CHECK(in[ELEMENTS] == floor(in[ELEMENTS]), work->err, KD_E_RANGE, "elements %g: must be a whole number",
           in[ELEMENTS]);
  for (size_t i = 0; i < t->rows; i++) {
    KD_CHECK(l[i] > 0, work->err, KD_E_RANGE, "beam: row %zu: length %g m: must be above 0 m", i + 1, l[i]);
    KD_CHECK(ea[i] > 0, work->err, KD_E_RANGE, "beam: row %zu: stiffness %g N: must be above 0 N", i + 1, ea[i]);
    KD_CHECK(ei[i] >= 0, work->err, KD_E_RANGE, "beam: row %zu: bending %g N m2: must be at least 0", i + 1, ei[i]);
    KD_CHECK(isfinite(w[i]), work->err, KD_E_RANGE, "beam: row %zu: the weight is missing", i + 1);
    length += l[i];
  }
  for (size_t i = 0; i < t->rows; i++) n += (size_t)fmax(round(in[ELEMENTS] * l[i] / length), 2);
  kd_beam beam;
  KD_TRY(kd_beam_create(&beam, n, work));
  for (size_t i = 0; i < t->rows; i++) {
    const size_t parts = (size_t)fmax(round(in[ELEMENTS] * l[i] / length), 2);
    for (size_t k = 0; k < parts; k++, at++)
      beam.length[at] = l[i] / (double)parts, beam.stiffness[at] = ea[i], beam.bending[at] = ei[i],
      beam.weight[at] = w[i];
  }
  beam.top = (kd_end)((int)in[TOP] + 1), beam.foot = (kd_end)in[FOOT];
  beam.top_direction[0] = sin(in[TOP_ANGLE]), beam.top_direction[2] = -cos(in[TOP_ANGLE]);
  beam.foot_direction[0] = sin(in[FOOT_ANGLE]), beam.foot_direction[2] = -cos(in[FOOT_ANGLE]);
  beam.force[0] = in[FORCE_X], beam.force[2] = in[FORCE_Z], beam.head_weight = in[HEAD_WEIGHT];
  double *x = kd_arena_alloc(work->scratch, 3 * (n + 1), sizeof *x);
  KD_CHECK(x != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  first_guess(x, &beam, in, length);
  kd_beam_march *march = NULL;
  KD_TRY(kd_beam_march_create(&march, &beam, x, NULL, NULL, 0.5, work));
  KD_TRY(kd_beam_march_static(march, (int)in[STEPS], work->err));
  double reaction[3], s = 0;
  kd_beam_march_reaction(march, reaction);
  const double *p = kd_beam_march_positions(march);
  KD_TRY(kd_table_create(
      out, work->ctx,
      "arc [m], x [m], z [m], tension [N], curvature [1/m], moment [N.m], angle [deg], top_force_x [N], "
      "top_force_z [N]",
      n + 1, work->err));
  for (size_t i = 0; i <= n; i++) {
    const size_t a = i > 0 ? i - 1 : 0, b = i < n ? i : n - 1;
    const double k = kd_beam_march_curvature(march, i);
    const double tension = 0.5 * (kd_beam_march_tension(march, a) + kd_beam_march_tension(march, b));
    const double angle = atan2(p[3 * b + 3] - p[3 * a], p[3 * a + 2] - p[3 * b + 5]);
    const double ei_at = b > a ? (beam.length[a] + beam.length[b]) /
                                     (beam.length[a] / beam.bending[a] + beam.length[b] / beam.bending[b])
                               : beam.bending[a];
    const double row[] = {s,     p[3 * i],    p[3 * i + 2], tension, k, beam.bending[a] > 0 ? k * ei_at : 0,
                          angle, reaction[0], reaction[2]};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
    if (i < n) s += beam.length[i];
  }
out:
  return status;
}

/* ---- riser in waves and current ---- */

static kd_status riser(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_sea_case c = kd_sea_case_read(in + KD_STRING_OPTIONS);
  kd_sea_result r;
  c.rao = data[2], c.spectrum = data[3];
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  kd_current current;
  KD_TRY(kd_current_read(&current, data[1], false, work->err));
  KD_TRY(kd_sea_case_run(&r, segments, data[0]->rows, &load, &current, &c, NULL, NULL, work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "arc [m], offset [m], depth [m], tension_mean [N], tension_least [N], tension_most [N], "
                         "tension_sd [N], curvature_most [1/m], bending_stress [Pa], von_mises_most [Pa], "
                         "stress_range [Pa], damage_year [1], motion_sd [m]",
                         r.nodes, work->err));
  for (size_t i = 0; i < r.nodes; i++) {
    const kd_string_sea_node *n = &r.node[i];
    const double row[] = {n->arc,       n->offset,         n->depth,     n->mean,  n->least,       n->most,     n->sd,
                          n->curvature, n->bending_stress, n->von_mises, n->range, n->damage_year, n->motion_sd};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
  }
out:
  return status;
}

typedef struct recorder {
  kd_column *column;
  size_t row, rows, last; /* last: node */
  double area;
} recorder;

static void record(double time, const kd_beam_motion *top, const kd_beam_march *march, void *user) {
  recorder *r = user;
  const double *x = kd_beam_march_positions(march) + 3 * r->last, *p = kd_beam_march_positions(march);
  if (r->row == r->rows) return;
  double force[3];
  kd_beam_march_reaction(march, force);
  const double row[] = {time,
                        top->position[2],
                        -force[2],
                        kd_beam_march_tension(march, 0) / r->area,
                        x[0],
                        x[2],
                        kd_beam_march_tension(march, r->last - 1),
                        atan2(hypot(p[3] - p[0], p[4] - p[1]), p[2] - p[5]),
                        p[0],
                        p[1]};
  for (size_t c = 0; c < KD_COUNT(row); c++) r->column[c].number[r->row] = row[c];
  r->row++;
}

static kd_status history(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_string_segment_state top;
  kd_sea_case c = kd_sea_case_read(in + KD_STRING_OPTIONS);
  kd_sea_result r;
  c.rao = data[2], c.spectrum = data[3];
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  kd_current current;
  KD_TRY(kd_current_read(&current, data[1], false, work->err));
  const double rows = ceil(c.duration / c.step - 1e-9);
  KD_CHECK(rows <= 1e7, work->err, KD_E_RANGE, "step %g s: %g steps are too many; at most 1e7", c.step, rows);
  KD_TRY(kd_table_create(out, work->ctx,
                         "time [s], heave [m], top_force [N], stress [MPa], foot_x [m], foot_z [m], foot_tension [N], "
                         "top_angle [deg], top_x [m], top_y [m]",
                         (size_t)rows, work->err));
  kd_string_segment_solve(&top, &segments[0], &load);
  size_t elements = 0;
  double length = 0;
  for (size_t i = 0; i < data[0]->rows; i++) length += segments[i].length;
  for (size_t i = 0; i < data[0]->rows; i++)
    elements += (size_t)fmax(round(c.elements * segments[i].length / length), 2);
  recorder keep = {.column = (*out)->column, .rows = (size_t)rows, .last = elements, .area = top.wall_area};
  KD_TRY(kd_sea_case_run(&r, segments, data[0]->rows, &load, &current, &c, record, &keep, work));
out:
  return status;
}

/* Options after those of the string: modes, elements, top, foot, added, bending. */
static kd_status modes(kd_table **out, const kd_table *const *data, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *segments = NULL;
  kd_string_load load;
  kd_beam b;
  double *x = NULL;
  const double *o = in + KD_STRING_OPTIONS;
  const kd_sea_case c = {.elements = o[1], .added = o[4], .tp = 1, .hold_stiffness = HUGE_VAL};
  kd_modes m;
  KD_CHECK(o[0] == floor(o[0]), work->err, KD_E_RANGE, "modes %g: must be a whole number", o[0]);
  KD_TRY(kd_string_options_read(&segments, &load, data[0], in, work));
  KD_TRY(kd_sea_beam(&b, &x, segments, data[0]->rows, &load, &c, work));
  const size_t n = b.elements;
  double *tension = kd_arena_alloc(work->scratch, n + 1, sizeof *tension);
  KD_CHECK(tension != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", n);
  tension[n] = b.head_weight;
  for (size_t e = n; e-- > 0;) {
    tension[e] = tension[e + 1] + b.weight[e] * b.length[e];
    b.mass[e] += b.lateral[e];
    if (o[5] < 0.5) b.bending[e] = 0;
  }
  const kd_mode_problem problem = {
      n, b.length, b.bending, b.mass, tension, b.head_mass, (kd_end)((int)o[2] + 1), (kd_end)o[3]};
  KD_TRY(kd_modes_solve(&m, &problem, (size_t)o[0], work));
  KD_TRY(kd_table_create(out, work->ctx,
                         "mode [1], period [s], frequency [1/s], modal_mass [kg], largest_curvature [1/m2]", m.count,
                         work->err));
  for (size_t i = 0; i < m.count; i++) {
    double k = 0;
    for (size_t e = 0; e < n; e++)
      k = fmax(k, fabs(m.slope[i * (n + 1) + e + 1] - m.slope[i * (n + 1) + e]) / b.length[e]);
    const double row[] = {(double)(i + 1), 2 * PI / m.omega[i], m.omega[i] / (2 * PI), m.mass[i], k};
    kd_table_put_row(*out, i, row, KD_COUNT(row));
  }
out:
  return status;
}

/* Inputs: length, bending, mass_per_length, tension, ends, mode. */
static kd_status beam_mode(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[5] == floor(in[5]), work->err, KD_E_RANGE, "mode %g: must be a whole number", in[5]);
  KD_CHECK(in[3] == 0 || in[4] == 0, work->err, KD_E_RANGE,
           "tension %g N: the closed form with tension is for pinned ends; use lift.string.modes", in[3]);
  const double x = kd_beam_root((kd_beam_ends)in[4], (int)in[5]), k = x / in[0];
  const double square = k * k * (in[1] * k * k + in[3]) / in[2];
  KD_CHECK(square > 0, work->err, KD_E_INFEASIBLE, "tension %g N: the beam buckles", in[3]);
  out[0] = x;
  out[1] = 2 * PI / sqrt(square);
  out[2] = 1 / out[1];
out:
  return status;
}

/* Inputs: length, weight, stiffness, span, drop. */
static kd_status catenary(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_catenary c;
  KD_TRY(kd_catenary_solve(&c, in[0], in[1], isnan(in[2]) ? HUGE_VAL : in[2], in[3], in[4], work->err));
  out[0] = c.horizontal, out[1] = c.top_tension, out[2] = c.foot_tension, out[3] = c.top_vertical;
  out[4] = c.foot_vertical, out[5] = c.top_angle, out[6] = c.foot_angle, out[7] = c.sag, out[8] = c.stretch;
out:
  return status;
}

/* Inputs: outer_diameter, density, drag, added, water_speed, water_acceleration, speed, acceleration. */
static kd_status morison(double *out, const double *in, kd_work *work) {
  (void)work;
  const double area = 0.25 * PI * in[0] * in[0], u = in[4] - in[6];
  out[0] = 0.5 * in[1] * in[2] * in[0] * fabs(u) * u;
  out[1] = in[1] * area * ((1 + in[3]) * in[5] - in[3] * in[7]);
  out[2] = out[0] + out[1];
  return KD_OK;
}

#define KD_SHIP_SLOTS                                                                                                  \
  {.name = "rao", .columns = KD_RAO_COLUMNS, .doc = "RAOs of the ship; without: a box hull.", .optional = true}, {     \
    .name = "spectrum", .columns = KD_SPECTRUM_COLUMNS, .doc = "Measured sea in place of law, hs and tp.",             \
    .optional = true                                                                                                   \
  }
#define END_OUTS                                                                                                       \
  KD_OUT("arc", "m", "Along the beam from the top."), KD_OUT("x", "m", "Across."), KD_OUT("z", "m", "Up."),            \
      KD_OUT("tension", "N", "Effective tension."), KD_OUT("curvature", "1/m", "Curvature."),                          \
      KD_OUT("moment", "N.m", "Bending moment."), KD_OUT("angle", "deg", "From straight down."),                       \
      KD_OUT("top_force_x", "N", "Of the beam on its top support."),                                                   \
      KD_OUT("top_force_z", "N", "Of the beam on its top support.")

const kd_kernel kd_beam_kernels[] = {
    KD_DATA(
        "string.beam_static",
        "Rest position of a beam with large displacement: cantilever, elastica, catenary, hung string.",
        KD_FIELDS(KD_IN("elements", "1", "200", "2", "5000", "Elements."),
                  KD_WORD("top", "pinned|clamped", "pinned", "End at (0, 0)."),
                  KD_WORD("foot", "free|pinned|clamped", "free", "Other end."),
                  KD_IN("top_angle", "deg", "0 deg", "-360 deg", "360 deg",
                        "Direction at the top, from straight down towards x; of the first guess when it is pinned."),
                  KD_IN("foot_angle", "deg", "0 deg", "-360 deg", "360 deg", "Direction at a clamped foot."),
                  KD_IN("foot_x", "m", "0 m", "-1e5 m", "1e5 m", "Place of a held foot."),
                  KD_IN("foot_z", "m", "0 m", "-1e5 m", "1e5 m", "Place of a held foot, up."),
                  KD_IN("force_x", "N", "0 N", NULL, NULL, "Force on a free foot."),
                  KD_IN("force_z", "N", "0 N", NULL, NULL, "Force on a free foot, up."),
                  KD_IN("head_weight", "N", "0 N", NULL, NULL, "Weight on a free foot."),
                  KD_IN("steps", "1", "20", "1", "10000", "Load steps.")),
        KD_FIELDS(END_OUTS),
        KD_FIELDS({.name = "beam", .columns = BEAM_COLUMNS, .doc = "Uniform lengths from the top."}), beam_static),
    KD_DATA("string.beam", "String as a beam in current and irregular waves, marched in time: statistics at its nodes.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_SEA_CASE_FIELDS),
            KD_FIELDS(KD_OUT("arc", "m", "Along the string from the top."), KD_OUT("offset", "m", "At rest."),
                      KD_OUT("depth", "m", "At rest."), KD_OUT("tension_mean", "N", "Effective tension, mean."),
                      KD_OUT("tension_least", "N", "Smallest."), KD_OUT("tension_most", "N", "Largest."),
                      KD_OUT("tension_sd", "N", "Standard deviation."), KD_OUT("curvature_most", "1/m", "Largest."),
                      KD_OUT("bending_stress", "Pa", "By the largest curvature at the outer face."),
                      KD_OUT("von_mises_most", "Pa", "Largest tension over wall area, and bending_stress."),
                      KD_OUT("stress_range", "Pa", "Largest less smallest axial stress."),
                      KD_OUT("damage_year", "1", "Narrow-band damage in a year of this sea, curve D in sea water."),
                      KD_OUT("motion_sd", "m", "Of the vertical motion.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "current",
                       .columns = "depth [m], current [m/s]",
                       .doc = "Current by depth; held beyond both ends."},
                      KD_SHIP_SLOTS),
            riser),
    KD_DATA("string.history", "The same march as a history in time: heave, load, stress at the top, foot.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_SEA_CASE_FIELDS),
            KD_FIELDS(KD_OUT("time", "s", "From the start, lead-in included."),
                      KD_OUT("heave", "m", "Of the ship at the string, with freeboard."),
                      KD_OUT("top_force", "N", "On the ship, downwards."),
                      KD_OUT("stress", "MPa", "Effective tension over the wall area in the uppermost element."),
                      KD_OUT("foot_x", "m", "Along the waves."), KD_OUT("foot_z", "m", "Up."),
                      KD_OUT("foot_tension", "N", "In the lowest element."),
                      KD_OUT("top_angle", "deg", "Of the uppermost element."),
                      KD_OUT("top_x", "m", "Of the top, along the waves."),
                      KD_OUT("top_y", "m", "Of the top, to their left.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."},
                      {.name = "current",
                       .columns = "depth [m], current [m/s]",
                       .doc = "Current by depth; held beyond both ends."},
                      KD_SHIP_SLOTS),
            history),
    KD_DATA("string.modes", "Lateral modes of a hung string of segments with bending, contents and added water.",
            KD_FIELDS(KD_STRING_OPTION_FIELDS, KD_IN("modes", "1", "10", "1", "1000", "How many."),
                      KD_IN("elements", "1", "300", "4", "5000", "Elements."),
                      KD_WORD("top", "pinned|clamped", "pinned", "Top end."),
                      KD_WORD("foot", "free|pinned|clamped", "free", "Foot."),
                      KD_IN("added", "1", "1", "0", "5", "Coefficient of added mass, Ca."),
                      KD_WORD("bending", "no|yes", "yes", "With bending stiffness.")),
            KD_FIELDS(KD_OUT("mode", "1", "Number."), KD_OUT("period", "s", "Natural period."),
                      KD_OUT("frequency", "1/s", "Natural frequency, Hz."),
                      KD_OUT("modal_mass", "kg", "Of the shape with largest value 1."),
                      KD_OUT("largest_curvature", "1/m2", "Curvature per metre of largest motion.")),
            KD_FIELDS({.name = "segments", .columns = KD_SEGMENT_COLUMNS, .doc = "Segments from the top down."}),
            modes),
    KD_PLAIN("string.beam_mode", "Mode of a uniform beam (Euler), with tension when pinned at both ends.",
             KD_FIELDS(KD_IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."),
                       KD_IN("bending", "N.m2", NULL, "0 N.m2", "1e15 N.m2", "Bending stiffness E I."),
                       KD_IN("mass_per_length", "kg/m", NULL, "0 kg/m exclusive", "1e6 kg/m", "Mass, with water."),
                       KD_IN("tension", "N", "0 N", "-1e12 N", "1e12 N", "Tension."),
                       KD_WORD("ends", "pinned_pinned|clamped_free|clamped_clamped|clamped_pinned|free_free",
                               "pinned_pinned", "Ends."),
                       KD_IN("mode", "1", "1", "1", "1000", "Number of the mode.")),
             KD_FIELDS(KD_OUT("root", "1", "Wave number times length."), KD_OUT("period", "s", "Period."),
                       KD_OUT("frequency", "1/s", "Frequency, Hz.")),
             beam_mode),
    KD_PLAIN("string.catenary", "Elastic catenary between two points, off the floor.",
             KD_FIELDS(KD_IN("length", "m", NULL, "0 m exclusive", "1e6 m", "Unstretched length."),
                       KD_IN("weight", "N/m", NULL, "0 N/m exclusive", "1e6 N/m", "Weight in water."),
                       KD_IN("stiffness", "N", "none", "0 N exclusive", "1e15 N", "E A; none: does not stretch."),
                       KD_IN("span", "m", NULL, "0 m", "1e6 m", "Distance of the ends sideways."),
                       KD_IN("drop", "m", "0 m", "-1e6 m", "1e6 m", "Foot below the top.")),
             KD_FIELDS(KD_OUT("horizontal_tension", "N", "The same all along."),
                       KD_OUT("top_tension", "N", "At the top."), KD_OUT("foot_tension", "N", "At the foot."),
                       KD_OUT("top_vertical", "N", "Carried by the top."),
                       KD_OUT("foot_vertical", "N", "Carried by the foot; negative: it is pulled up."),
                       KD_OUT("top_angle", "deg", "From straight down."),
                       KD_OUT("foot_angle", "deg", "From straight down, going on; above 90: the line rises."),
                       KD_OUT("sag", "m", "Lowest point below the lower end; 0: that end."),
                       KD_OUT("stretch", "m", "Of the whole.")),
             catenary),
    KD_PLAIN("morison", "Force of moving water on a length of a moving cylinder (Morison et al. 1950).",
             KD_FIELDS(KD_IN("outer_diameter", "m", NULL, "0 m exclusive", "100 m", "Diameter."),
                       KD_IN("density", "kg/m3", "1025 kg/m3", "0 kg/m3", "5000 kg/m3", "Water."),
                       KD_IN("drag", "1", "1.2", "0", "10", "Drag coefficient Cd."),
                       KD_IN("added", "1", "1", "0", "10", "Coefficient of added mass Ca."),
                       KD_IN("water_speed", "m/s", NULL, "-100 m/s", "100 m/s", "Of the water."),
                       KD_IN("water_acceleration", "m/s2", "0 m/s2", "-1000 m/s2", "1000 m/s2", "Of the water."),
                       KD_IN("speed", "m/s", "0 m/s", "-100 m/s", "100 m/s", "Of the cylinder."),
                       KD_IN("acceleration", "m/s2", "0 m/s2", "-1000 m/s2", "1000 m/s2", "Of the cylinder.")),
             KD_FIELDS(KD_OUT("drag_force", "N/m", "1/2 rho Cd D u |u|, u the relative speed."),
                       KD_OUT("inertia_force", "N/m", "rho A ((1 + Ca) water - Ca cylinder)."),
                       KD_OUT("force", "N/m", "Both.")),
             morison),
    KD_LAST_KERNEL,
};
