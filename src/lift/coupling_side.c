// SPDX-License-Identifier: Apache-2.0
/* Both strings of the coupling: the axial bar (fast, straight) and the beam in space.
 *
 *   energy of the bar   sum m v^2/2 + sum k (du)^2/2 = work of ship + work of loads - drag - damping             (1)
 *
 * Numerics  (1) by the trapezium rule over the steps; what is left is the damping of the method and of the rule.
 */
#include "lift/coupling_side.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "lift/fatigue.h"
#include "lift/string_axial.h"

#define PI   3.14159265358979323846
#define YEAR 31557600.0

/* ---- what both need ---- */

static kd_status lists(kd_string_side *s, const double *length, size_t elements, bool bends, kd_work *work) {
  kd_status status = KD_OK;
  s->nodes = elements + 1;
  double **const all[] = {&s->arc,   &s->weight, &s->u,     &s->v,      &s->wall_tension, &s->load,
                          &s->taken, &s->moved,  &s->shown, &s->offset, &s->contents,     &s->flow};
  const size_t wanted = bends ? 12 : 9;
  for (size_t k = 0; k < wanted; k++) {
    *all[k] = kd_arena_alloc(work->scratch, s->nodes, sizeof(double));
    KD_CHECK(*all[k] != NULL, work->err, KD_E_NOMEM, "no memory for %zu elements", elements);
  }
  for (size_t e = 0; e < elements; e++) s->arc[e + 1] = s->arc[e] + length[e];
out:
  return status;
}

void kd_string_side_poisson(kd_string_side *s, double poisson, const double *now, const double *start) {
  for (size_t e = 0; e + 1 < s->nodes; e++) {
    const double p = poisson * (now[e] - start[e] + now[e + 1] - start[e + 1]);
    s->load[e] += p, s->load[e + 1] -= p;
  }
}

void kd_string_tally_add(kd_string_tally *t, double d, double stress) {
  t->sum += d, t->square += d * d;
  t->stress += stress, t->stress_square += stress * stress;
  if (t->last < 0 && d >= 0) t->up++;
  t->last = d;
}

void kd_string_tally_read(double *sd, double *damage_year, const kd_string_tally *t, double samples, double duration) {
  const kd_sn_curve curve = {11.764, 3, 5, 1e6, 1};
  const double mean = t->sum / samples, mean_stress = t->stress / samples;
  *sd = sqrt(fmax(t->square / samples - mean * mean, 0));
  const double m0 = fmax(t->stress_square / samples - mean_stress * mean_stress, 0), rate = fmax(t->up, 1) / duration;
  kd_spectral_damage d = {0};
  if (m0 > 0) kd_spectral_damage_of(&d, &curve, m0, rate * m0, rate * rate * m0, rate * rate * rate * rate * m0);
  *damage_year = d.narrow * YEAR;
}

/* ---- bar ---- */

typedef struct bar_side {
  kd_bar bar;
  kd_axial_march *march;
  double rayleigh, work_in, lost, turned, start, last_top, last_speed; /* J; N; m/s */
  double *last_load, *last_v;
} bar_side;

static kd_status bar_rest(kd_string_side *s, const double *force, kd_error *err) {
  (void)s, (void)force, (void)err; /* the bar moves about its rest */
  return KD_OK;
}

static double bar_now(const kd_string_side *s) {
  const bar_side *b = s->own;
  const size_t e = b->bar.elements;
  double sum = 0.5 * b->bar.head_mass * s->v[e] * s->v[e];
  for (size_t i = 0; i < e; i++) {
    const double m = 0.25 * b->bar.mass[i] * b->bar.length[i], du = s->u[i + 1] - s->u[i];
    sum += m * (s->v[i] * s->v[i] + s->v[i + 1] * s->v[i + 1]);
    sum += 0.5 * b->bar.stiffness[i] / b->bar.length[i] * du * du;
  }
  return sum;
}

/* Power of drag and damping at the present speeds, W. */
static double bar_loss(const kd_string_side *s) {
  const bar_side *b = s->own;
  const size_t e = b->bar.elements;
  const double w = s->v[e];
  double sum = b->bar.head_drag * fabs(w) * w * w + b->bar.head_damping * w * w;
  for (size_t i = 0; i < e; i++) {
    const double q = 0.5 * b->bar.drag[i] * b->bar.length[i], dv = s->v[i + 1] - s->v[i];
    sum += q * (fabs(s->v[i]) * s->v[i] * s->v[i] + fabs(s->v[i + 1]) * s->v[i + 1] * s->v[i + 1]);
    sum += b->rayleigh * b->bar.stiffness[i] / b->bar.length[i] * dv * dv;
  }
  return sum;
}

static kd_status bar_advance(kd_string_side *s, double h, const kd_beam_motion *top, kd_error *err) {
  (void)err;
  bar_side *b = s->own;
  const size_t n = s->nodes;
  const double loss = bar_loss(s), old_ship = b->last_speed;
  memcpy(b->last_v, s->v, n * sizeof *s->v);
  kd_axial_march_load(b->march, s->load);
  kd_axial_march_step(b->march, -(top->position[2] - b->start), -top->speed[2], -top->acceleration[2]);
  for (size_t i = 0; i < n; i++) {
    s->u[i] = kd_axial_march_at(b->march, i), s->v[i] = kd_axial_march_speed_at(b->march, i);
    const size_t a = i > 0 ? i - 1 : 0, e = i + 1 < n ? i : i - 1;
    s->wall_tension[i] = 0.5 * (kd_axial_march_tension(b->march, a) + kd_axial_march_tension(b->march, e));
  }
  const double pull = kd_axial_march_top_tension(b->march), ship = -top->speed[2];
  s->wall_tension[0] = pull;
  s->top_tension = s->rest_top + pull + s->load[0];
  /* A hard top: the load on node 0 is the ship's own and does no work on the moving nodes. */
  double gain = -0.5 * h * (b->last_top * old_ship + pull * ship);
  for (size_t i = isfinite(b->bar.hold_stiffness) ? 0u : 1u; i < n; i++)
    gain += 0.5 * h * s->load[i] * (b->last_v[i] + s->v[i]);
  const double away = 0.5 * h * (loss + bar_loss(s));
  b->work_in += gain, b->lost += away, b->turned += fabs(gain) + away;
  b->last_top = pull, b->last_speed = ship;
  return KD_OK;
}

static double bar_stress(const kd_string_side *s, size_t i, double tension) {
  const bar_side *b = s->own;
  return tension / b->bar.wall_area[i < b->bar.elements ? i : i - 1];
}

static double bar_energy(const kd_string_side *s) {
  const bar_side *b = s->own;
  return isfinite(b->bar.hold_stiffness) ? (double)NAN
                                         : fabs(bar_now(s) - b->work_in + b->lost) / fmax(b->turned, 1e-300);
}

static unsigned long no_halves(const kd_string_side *s) {
  (void)s;
  return 0;
}

static kd_status bar_create(kd_string_side *s, const kd_line_coupling_spec *spec, double impedance, kd_work *work) {
  kd_status status = KD_OK;
  bar_side *b = kd_arena_alloc(work->scratch, 1, sizeof *b);
  KD_CHECK(b != NULL, work->err, KD_E_NOMEM, "no memory for the string");
  const kd_sea_case *c = spec->sea;
  const kd_bar_options o = {(size_t)c->elements, c->locked, 0, c->skin};
  *b = (bar_side){.start = spec->load.freeboard};
  KD_TRY(kd_bar_create(&b->bar, spec->segments, spec->count, &spec->load, &o, work));
  b->bar.head_mass = spec->load.head_mass + c->head_added_mass;
  b->bar.head_weight = spec->load.head_weight + spec->load.foot_pull;
  b->bar.head_drag = 0.5 * spec->load.water * c->head_drag_area;
  b->bar.head_damping = impedance;
  b->bar.damping = c->damping;
  b->bar.hold_stiffness = c->hold_stiffness, b->bar.hold_damping = c->hold_damping;
  KD_TRY(lists(s, b->bar.length, b->bar.elements, false, work));
  b->last_load = kd_arena_alloc(work->scratch, 2 * s->nodes, sizeof *b->last_load);
  KD_CHECK(b->last_load != NULL, work->err, KD_E_NOMEM, "no memory for the string");
  b->last_v = b->last_load + s->nodes;
  size_t seg = 0;
  double end = spec->segments[0].length;
  for (size_t e = 0; e < b->bar.elements; e++) {
    const double middle = s->arc[e] + 0.5 * b->bar.length[e];
    while (seg + 1 < spec->count && middle > end) end += spec->segments[++seg].length;
    kd_string_segment_state state;
    kd_string_segment_solve(&state, &spec->segments[seg], &spec->load);
    /* Above the sea nothing is displaced. */
    const double lift = middle < spec->load.freeboard ? spec->load.water * state.added_area * spec->load.gravity : 0;
    s->weight[e] = (b->bar.weight[e] + lift) * b->bar.length[e];
  }
  s->head_weight = b->bar.head_weight;
  KD_TRY(kd_axial_march_create(&b->march, &b->bar, spec->step, c->radius, c->tp, work));
  b->rayleigh = c->damping > 0 ? c->damping * c->tp / PI : 0;
  s->own = b;
  s->rest = bar_rest, s->advance = bar_advance, s->stress = bar_stress, s->energy = bar_energy, s->halved = no_halves;
out:
  return status;
}

/* ---- beam ---- */

typedef struct beam_side {
  kd_beam beam;
  kd_beam_march *march;
  double *outer, *wall, *modulus; /* by node: m, m2, Pa */
  double *rest_z, *along;         /* along: loads of the step by node */
  kd_wave_train waves;
} beam_side;

static void beam_read(kd_string_side *s) {
  beam_side *b = s->own;
  const double *x = kd_beam_march_positions(b->march), *v = kd_beam_march_speeds(b->march);
  double before = 0, force[3];
  for (size_t i = 0; i < s->nodes; i++) {
    s->u[i] = b->rest_z[i] - x[3 * i + 2], s->v[i] = -v[3 * i + 2];
    s->offset[i] = hypot(x[3 * i], x[3 * i + 1]);
    const double below = i + 1 < s->nodes ? kd_beam_march_tension(b->march, i) : before;
    s->wall_tension[i] = i > 0 ? 0.5 * (before + below) : below;
    before = below;
  }
  kd_beam_march_reaction(b->march, force);
  s->top_tension = -force[2];
}

static kd_status beam_rest(kd_string_side *s, const double *force, kd_error *err) {
  kd_status status = KD_OK;
  beam_side *b = s->own;
  memcpy(b->along, force, s->nodes * sizeof *force);
  kd_beam_march_load(b->march, b->along, NULL, NULL);
  KD_TRY(kd_beam_march_static(b->march, 1, err));
  const double *x = kd_beam_march_positions(b->march);
  for (size_t i = 0; i < s->nodes; i++) b->rest_z[i] = x[3 * i + 2];
  beam_read(s);
out:
  return status;
}

static kd_status beam_advance(kd_string_side *s, double h, const kd_beam_motion *top, kd_error *err) {
  kd_status status = KD_OK;
  beam_side *b = s->own;
  memcpy(b->along, s->load, s->nodes * sizeof *s->load);
  kd_beam_march_load(b->march, b->along, s->contents, s->flow);
  KD_TRY(kd_beam_march_step(b->march, h, top, err));
  beam_read(s);
out:
  return status;
}

static double beam_stress(const kd_string_side *s, size_t i, double tension) {
  const beam_side *b = s->own;
  return tension / b->wall[i] + 0.5 * b->outer[i] * b->modulus[i] * kd_beam_march_curvature(b->march, i);
}

static double no_energy(const kd_string_side *s) {
  (void)s;
  return (double)NAN;
}

static unsigned long beam_halved(const kd_string_side *s) {
  const beam_side *b = s->own;
  return kd_beam_march_count(b->march).halvings;
}

static kd_status beam_create(kd_string_side *s, const kd_line_coupling_spec *spec, double impedance,
                             const kd_ship_motion *ship, kd_work *work) {
  kd_status status = KD_OK;
  beam_side *b = kd_arena_alloc(work->scratch, 1, sizeof *b);
  double *x = NULL, end = spec->segments[0].length;
  KD_CHECK(b != NULL, work->err, KD_E_NOMEM, "no memory for the string");
  KD_TRY(kd_sea_beam(&b->beam, &x, spec->segments, spec->count, &spec->load, spec->sea, work));
  b->beam.head_damping = impedance;
  b->waves = ship->train;
  KD_TRY(lists(s, b->beam.length, b->beam.elements, true, work));
  double *numbers = kd_arena_alloc(work->scratch, 5 * s->nodes, sizeof *numbers);
  KD_CHECK(numbers != NULL, work->err, KD_E_NOMEM, "no memory for the string");
  b->outer = numbers, b->wall = numbers + s->nodes, b->modulus = numbers + 2 * s->nodes;
  b->rest_z = numbers + 3 * s->nodes, b->along = numbers + 4 * s->nodes;
  size_t seg = 0;
  for (size_t i = 0; i < s->nodes; i++) {
    kd_string_segment_state state;
    while (seg + 1 < spec->count && s->arc[i] > end + 1e-9) end += spec->segments[++seg].length;
    kd_string_segment_solve(&state, &spec->segments[seg], &spec->load);
    b->outer[i] = spec->segments[seg].outer_diameter, b->wall[i] = state.wall_area;
    b->modulus[i] = spec->segments[seg].modulus;
  }
  for (size_t e = 0; e < b->beam.elements; e++) s->weight[e] = b->beam.weight[e] * b->beam.length[e];
  s->head_weight = b->beam.head_weight;
  s->effective = true;
  KD_TRY(kd_beam_march_create(&b->march, &b->beam, x, spec->current, b->waves.count > 0 ? &b->waves : NULL,
                              spec->sea->radius, work));
  s->own = b;
  s->rest = beam_rest, s->advance = beam_advance, s->stress = beam_stress, s->energy = no_energy;
  s->halved = beam_halved;
out:
  return status;
}

kd_status kd_string_side_create(kd_string_side *out, const kd_line_coupling_spec *spec, double impedance,
                                const kd_ship_motion *ship, kd_work *work) {
  *out = (kd_string_side){0};
  return spec->model == KD_STRING_BEAM ? beam_create(out, spec, impedance, ship, work)
                                       : bar_create(out, spec, impedance, work);
}
