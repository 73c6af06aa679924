// SPDX-License-Identifier: Apache-2.0
/* Statics of the string.
 *
 *   Te' = w_e,   w_e = m g + rho_i Ai g - rho_w Ao g - b g,   Te(foot) = W_b + F                                (1)
 *   Tw = Te + pi Ai - pe Ao                                                                                 (2)
 *   stretch = int Te/(E A) ds    (effective tension),  int (Tw + 2 v (pe Ao - pi Ai))/(E A) ds  (Poisson)         (3)
 *   Lame: hoop at the bore (pi(D^2+d^2) - 2 pe D^2)/(D^2-d^2), outside (2 pi d^2 - pe(D^2+d^2))/(D^2-d^2)         (4)
 *   small slope: (Te y')' = -q,  y(0) = 0, Te y' = head drag at the foot                                          (5)
 *
 *   Te, Tw  effective and true wall tension [N]   Ai, Ao, A  bores, outer areas, walls of riser and conduit [m2]
 *   w_e     effective weight [N/m]    b  lift of floats [kg/m]    W_b  head in water, F foot pull [N]
 *   pi, pe  pressures inside, outside [Pa]    d, D bore and outer diameter [m]    q drag [N/m]
 *
 * The conduit is clamped to the riser and stretches with it: one bar of both walls. Tool joints and extra mass float as
 * the wall material does. Above the sea (freeboard) there is no water outside.
 * Source    (1), (2) Sparks 1984, J. Energy Resour. Tech. 106, 46-54; (3) thick-wall elasticity: the mean of the radial
 *           and hoop stress over the wall is (pi Ai - pe Ao)/A; (4) Lame; (5) tensioned string.
 * Range     vertical, static, elastic.  Weakness: (5) has no bending; within sqrt(EI/Te) of the ends angles differ.
 */
#include "lift/string_static.h"

#include <math.h>

#include "base/error.h"

#define PI 3.14159265358979323846

static double disc(double diameter) {
  return 0.25 * PI * diameter * diameter;
}

void kd_string_segment_solve(kd_string_segment_state *out, const kd_string_segment *s, const kd_string_load *load) {
  const double conduit = disc(s->conduit_outer) - disc(s->conduit_bore);
  const double d2 = s->outer_diameter * s->outer_diameter, b2 = s->bore * s->bore;
  const double c2 = s->conduit_outer * s->conduit_outer, e2 = s->conduit_bore * s->conduit_bore;
  out->wall_area = disc(s->outer_diameter) - disc(s->bore) + conduit;
  out->bore_area = disc(s->bore) + disc(s->conduit_bore);
  out->outer_area = disc(s->outer_diameter) + disc(s->conduit_outer);
  out->mass = s->density * out->wall_area * s->joint_factor + s->extra_mass;
  out->contents_mass = load->contents * disc(s->bore) + load->conduit_contents * disc(s->conduit_bore);
  out->weight_air = out->mass * load->gravity;
  /* Joints and clamps displace water by their own volume; the pipe displaces wall and bore. */
  out->added_area = out->mass / s->density + out->bore_area;
  out->effective_weight =
      (out->mass + out->contents_mass - load->water * out->added_area - s->buoyancy) * load->gravity;
  out->stiffness = s->modulus * out->wall_area;
  out->bending = s->modulus * PI / 64 * (d2 * d2 - b2 * b2 + c2 * c2 - e2 * e2);
  out->drag_diameter = s->drag_diameter > 0 ? s->drag_diameter : s->outer_diameter + s->conduit_outer;
}

static double cell(const kd_table *table, const char *name, size_t row, double fallback) {
  const kd_column *column = kd_table_column(table, name);
  return column != NULL && !isnan(column->number[row]) ? column->number[row] : fallback;
}

kd_status kd_string_segments_read(kd_string_segment **out, const kd_table *table, const kd_string_segment *defaults,
                                  kd_work *work) {
  kd_status status = KD_OK;
  kd_string_segment *list = kd_arena_alloc(work->scratch, table->rows, sizeof *list);
  KD_CHECK(list != NULL, work->err, KD_E_NOMEM, "no memory for %zu segments", table->rows);
  for (size_t i = 0; i < table->rows; i++) {
    kd_string_segment *s = &list[i];
    *s = (kd_string_segment){.length = cell(table, "length", i, (double)NAN),
                             .bore = cell(table, "bore", i, (double)NAN),
                             .outer_diameter = cell(table, "outer_diameter", i, (double)NAN),
                             .density = cell(table, "material_density", i, defaults->density),
                             .modulus = cell(table, "modulus", i, defaults->modulus),
                             .yield = cell(table, "yield_strength", i, defaults->yield),
                             .joint_factor = cell(table, "joint_factor", i, defaults->joint_factor),
                             .extra_mass = cell(table, "extra_mass", i, defaults->extra_mass),
                             .buoyancy = cell(table, "buoyancy", i, defaults->buoyancy),
                             .conduit_bore = cell(table, "conduit_bore", i, defaults->conduit_bore),
                             .conduit_outer = cell(table, "conduit_outer_diameter", i, defaults->conduit_outer),
                             .drag_diameter = cell(table, "drag_diameter", i, defaults->drag_diameter)};
    KD_CHECK(s->length > 0, work->err, KD_E_RANGE, "segments: row %zu: length %g m: must be above 0 m", i + 1,
             s->length);
    KD_CHECK(s->bore >= 0, work->err, KD_E_RANGE, "segments: row %zu: bore %g m: must be at least 0 m", i + 1, s->bore);
    KD_CHECK(s->outer_diameter > s->bore, work->err, KD_E_RANGE,
             "segments: row %zu: outer_diameter %g m: must be above the bore %g m", i + 1, s->outer_diameter, s->bore);
    KD_CHECK(s->density > 0 && s->modulus > 0 && s->yield > 0, work->err, KD_E_RANGE,
             "segments: row %zu: material_density, modulus and yield_strength must be above 0", i + 1);
    KD_CHECK(s->joint_factor >= 1, work->err, KD_E_RANGE, "segments: row %zu: joint_factor %g: must be at least 1",
             i + 1, s->joint_factor);
    KD_CHECK(s->extra_mass >= 0 && s->conduit_bore >= 0, work->err, KD_E_RANGE,
             "segments: row %zu: extra_mass and conduit_bore must be at least 0", i + 1);
    KD_CHECK(s->conduit_outer > s->conduit_bore || (s->conduit_outer == 0 && s->conduit_bore == 0), work->err,
             KD_E_RANGE, "segments: row %zu: conduit_outer_diameter %g m: must be above conduit_bore %g m", i + 1,
             s->conduit_outer, s->conduit_bore);
  }
  *out = list;
out:
  return status;
}

static double weight_at(const kd_string_segment *s, const kd_string_segment_state *g, const kd_string_load *load,
                        bool in_air) {
  (void)s;
  return in_air ? g->effective_weight + load->water * g->added_area * load->gravity : g->effective_weight;
}

/* Fills stresses and ratings at one point of one segment. */
static void fill_point(kd_string_point *p, const kd_string_segment *s, const kd_string_segment_state *g,
                       const kd_string_load *load) {
  const double d2 = s->outer_diameter * s->outer_diameter, b2 = s->bore * s->bore,
               wall = 0.5 * (s->outer_diameter - s->bore);
  const double pi = p->inner_pressure, pe = p->outer_pressure;
  p->wall = p->effective + pi * g->bore_area - pe * g->outer_area;
  p->axial = p->wall / g->wall_area;
  p->hoop_inner = (pi * (d2 + b2) - 2 * pe * d2) / (d2 - b2);
  p->hoop_outer = (2 * pi * b2 - pe * (d2 + b2)) / (d2 - b2);
  p->von_mises = 0;
  for (int face = 0; face < 2; face++) {
    const double hoop = face == 0 ? p->hoop_inner : p->hoop_outer, radial = face == 0 ? -pi : -pe;
    const double a = p->axial - hoop, b = hoop - radial, c = p->axial - radial;
    p->von_mises = fmax(p->von_mises, sqrt(0.5 * (a * a + b * b + c * c)));
  }
  p->utilisation = p->von_mises / s->yield;
  p->burst = kd_burst_barlow(s->outer_diameter, wall, s->yield, load->wall_tolerance);
  p->collapse = kd_collapse_api(NULL, s->outer_diameter, wall, s->yield, p->axial + pi, pi);
  p->burst_margin = pi > pe + 1 ? p->burst / (pi - pe) : (double)NAN;
  p->collapse_margin = pe > pi + 1 ? p->collapse / (pe - pi) : (double)NAN;
}

kd_status kd_string_profile(kd_string_point *out, const kd_string_segment *segments, size_t count,
                            const kd_string_load *load, kd_error *err) {
  kd_status status = KD_OK;
  double length = 0;
  for (size_t i = 0; i < count; i++) length += segments[i].length;
  KD_CHECK(load->freeboard >= 0 && load->freeboard < length, err, KD_E_RANGE,
           "freeboard %g m: must be from 0 m to below the length %g m", load->freeboard, length);
  const double foot = length - load->freeboard; /* depth */
  const double g = load->gravity, sea_foot = load->water * g * foot;
  double tension = load->head_weight + load->foot_pull, at = foot;
  for (size_t i = count; i-- > 0;) { /* tension from the foot up */
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[i], load);
    kd_string_point *top = &out[2 * i], *bottom = &out[2 * i + 1];
    const double above = at - segments[i].length;
    bottom->depth = at;
    bottom->effective = tension;
    const double wet = at > 0 ? fmin(at - fmax(above, 0), segments[i].length) : 0, dry = segments[i].length - wet;
    tension += wet * weight_at(&segments[i], &s, load, false) + dry * weight_at(&segments[i], &s, load, true);
    top->depth = above;
    top->effective = tension;
    at = above;
    for (int k = 0; k < 2; k++) {
      kd_string_point *p = k == 0 ? top : bottom;
      p->outer_pressure = load->water * g * fmax(p->depth, 0);
      /* Open at the foot: pressure there is the sea's; else from the pressure at the top. Not below nothing. */
      const double inside = isnan(load->top_pressure)
                                ? sea_foot - load->contents * g * (foot - p->depth)
                                : load->top_pressure + load->contents * g * (p->depth + load->freeboard);
      p->inner_pressure = fmax(inside, 0);
      fill_point(p, &segments[i], &s, load);
    }
  }
  double stretch = 0, wall_stretch = 0;
  for (size_t i = 0; i < count; i++) {
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[i], load);
    kd_string_point *a = &out[2 * i], *b = a + 1;
    a->stretch = stretch, a->stretch_wall = wall_stretch;
    const double half = 0.5 * segments[i].length / s.stiffness, v = 2 * load->poisson;
    stretch += half * (a->effective + b->effective);
    /* Linear within the segment but for the water line and an empty top, which move it by parts of a millimetre. */
    wall_stretch += half * (a->wall + v * (a->outer_pressure * s.outer_area - a->inner_pressure * s.bore_area) +
                            b->wall + v * (b->outer_pressure * s.outer_area - b->inner_pressure * s.bore_area));
    b->stretch = stretch, b->stretch_wall = wall_stretch;
  }
out:
  return status;
}

double kd_current_at(const kd_current *self, double depth) {
  if (self->count == 0) return 0;
  if (depth <= self->depth[0]) return self->speed[0];
  for (size_t i = 1; i < self->count; i++) {
    if (depth > self->depth[i]) continue;
    const double t = (depth - self->depth[i - 1]) / (self->depth[i] - self->depth[i - 1]);
    return (1 - t) * self->speed[i - 1] + t * self->speed[i];
  }
  return self->speed[self->count - 1];
}

/* (5) from the foot: H(s) = head drag + int q, y' = H/Te. Te is linear in a segment, so that over a step with uniform
 * q both integrals are exact: int (H + q x)/(T + w x) dx = q h/w + (H - q T/w)/w ln(1 + w h/T). */
static double step_offset(double *force, double *tension, double w, double q, double h) {
  const double t = *tension, x = w * h / t;
  double y;
  if (fabs(x) < 1e-3) /* int_0^1 (H + q h z)/(T (1 + x z)) h dz by its series */
    y = h / t *
        (*force * (1 - x * (0.5 - x * (1.0 / 3 - 0.25 * x))) + q * h * (0.5 - x * (1.0 / 3 - x * (0.25 - 0.2 * x))));
  else
    y = q * h / w + (*force - q * t / w) / w * log1p(x);
  *force += q * h;
  *tension += w * h;
  return y;
}

kd_status kd_string_offset(double *foot, double *foot_angle, double *top_angle, double *at,
                           const kd_string_segment *segments, size_t count, const kd_string_load *load,
                           const kd_current *current, double drag, double head_drag_area, kd_error *err) {
  kd_status status = KD_OK;
  double length = 0, tension = load->head_weight + load->foot_pull, sum = 0;
  for (size_t i = 0; i < count; i++) length += segments[i].length;
  double depth = length - load->freeboard;
  const double at_foot = kd_current_at(current, depth);
  double force = 0.5 * load->water * head_drag_area * at_foot * fabs(at_foot);
  KD_CHECK(tension > 0, err, KD_E_INFEASIBLE, "tension at the foot %g N: must be above 0 N; a free foot needs weight",
           tension);
  *foot_angle = force / tension;
  if (at != NULL) at[count] = 0;
  for (size_t i = count; i-- > 0;) {
    kd_string_segment_state s;
    kd_string_segment_solve(&s, &segments[i], load);
    /* One step where the current is uniform, else pieces of at most 10 m with the mean square of the drag. */
    const size_t steps = current->count <= 1 ? 1 : (size_t)ceil(segments[i].length / 10.0);
    const double h = segments[i].length / (double)steps;
    double top = depth - segments[i].length;
    for (size_t k = 0; k < steps; k++) {
      double piece = h, low = depth, high = depth - h;
      while (piece > 0) { /* a step across the water line is cut there */
        const bool in_air = low <= 1e-12 * length;
        const double end = !in_air && high < 0 ? 0 : high, part = low - end;
        const double u0 = kd_current_at(current, low), u1 = kd_current_at(current, end),
                     um = kd_current_at(current, 0.5 * (low + end));
        const double mean = (u0 * fabs(u0) + 4 * um * fabs(um) + u1 * fabs(u1)) / 6;
        const double q = in_air ? 0 : 0.5 * load->water * drag * s.drag_diameter * mean;
        const double w = weight_at(&segments[i], &s, load, in_air);
        KD_CHECK(tension + w * part > 0, err, KD_E_INFEASIBLE,
                 "tension %g N at %g m depth: must be above 0 N; the floats lift more than hangs there",
                 tension + w * part, end);
        sum += step_offset(&force, &tension, w, q, part);
        piece -= part;
        low = end;
        if (piece < 1e-9 * h) break;
      }
      depth -= h;
    }
    depth = top;
    if (at != NULL) at[i] = sum; /* of the foot against this joint */
  }
  *top_angle = force / tension;
  *foot = sum;
  if (at != NULL)
    for (size_t i = 0; i <= count; i++) at[i] = sum - at[i];
out:
  return status;
}
