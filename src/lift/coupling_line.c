// SPDX-License-Identifier: Apache-2.0
/* String and three-phase transient together, staggered.
 *
 *   the string drives the line   acceleration of a face along the path  a = -u'' r                                (1)
 *                                room of a cell  1 + (1 - 2 v) du/ds                                              (2)
 *                                pressure at a foot open to the sea  p = p0 + rho_w g u                           (3)
 *   the line loads the string    force on the wall, downwards  -r D - p (A_l r_l - A_r r_r)                       (4)
 *                                Poisson: +-2 v (p - p0) A at both ends of an element                             (5)
 *   effective tension            Te = Tw - p A, so that its loads are (4) and p_l A_l r_l - p_r A_r r_r           (6)
 *   closed or non-return foot    a damper rho a A on the foot in the string's matrix, its force at the old speed
 *                                taken back: heavy contents on a light head stay stable                           (7)
 *   energy of the bar            kinetic and elastic against the work of ship, line and drag                      (8)
 *   passed on                    sum F du by the force that the string took against the mean of that force and
 *                                the next one, which is what the line did                                         (9)
 *
 *   u  motion of the string along itself, downwards [m]   r  sine of the slope of the path: 1 in a riser, -1 on the
 *   way down   D  drag, losses and pump of a face along the path [N]   l, r  cells behind and ahead   p  pressure [Pa]
 *   A  area of the bore [m2]   v  Poisson's ratio   p0  at the start
 *
 * Numerics  the string takes a step of fixed length with the forces at its start, carried on with their last change;
 *           the line then takes its steps through the same time, with the mean acceleration of the string's step, so
 *           that the impulse is passed on exactly. Bar: forces against those at the start, in wall tension. Beam: (6),
 *           in effective tension, which its own weight has at rest.
 * Source    Wiggert and Tijsseling 2001 (junction and Poisson coupling); Sparks 1984.
 * Range     a string that hangs; the line's path lies along it.
 * Weakness  momentum of the flow at steps of the bore is left out; the beam takes no (5).
 */
#include "lift/coupling_line.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "lift/coupling_side.h"

const char *const kd_string_history_columns =
    "time [s], heave [m], top_tension [kN], least_tension [kN], foot [m], foot_speed [m/s], foot_pressure [MPa], "
    "deck_flow [m3/s], slack_length [m]";

/* A place along the string: node above and share of the way to the next. */
typedef struct place {
  size_t node;
  double part;
} place;

struct kd_line_coupling {
  kd_line_coupling_spec spec;
  kd_string_side side;
  kd_ship_motion ship;
  place *face, *upper, *lower; /* of faces; ends of cells */
  double *slope;               /* of each cell, exact */
  double *acceleration, *swell, *swell_from, *swell_to;
  double *force, *force0, *tension_force,
      *tension_force0;                    /* by node: on the wall; at the start; in effective tension */
  double *area_pressure, *area_pressure0; /* p A by node, of all bores together */
  double *last_force, *last_load;
  double *before_u, *before_v, *width; /* width: length of path over a node */
  double *rest;                        /* effective tension at rest by node */
  double next, steps, row_time, damper;
  double handed, done, turned; /* (9): by the force taken, by the mean, absolute */
  bool begun, foot_open;
  size_t deepest;       /* cell */
  double foot_pressure; /* Pa, there at the start */
  kd_string_history history;
  kd_string_tally *tally;
};

static place locate(const double *arc, size_t nodes, double depth) {
  const double x = fmin(fmax(depth, 0.0), arc[nodes - 1]);
  size_t a = 0, b = nodes - 1;
  while (b - a > 1) {
    const size_t m = (a + b) / 2;
    if (arc[m] <= x)
      a = m;
    else
      b = m;
  }
  return (place){a, (x - arc[a]) / (arc[a + 1] - arc[a])};
}

static double at(const double *value, place p) {
  return (1 - p.part) * value[p.node] + p.part * value[p.node + 1];
}
static void add(double *value, place p, double x) {
  value[p.node] += (1 - p.part) * x;
  value[p.node + 1] += p.part * x;
}

/* Forces of the line on the nodes, downwards: on the wall (4), and in effective tension (6) less that of sea water. */
static void loads(kd_line_coupling *c, const kd_duct_state *s, const kd_duct_command *command) {
  const kd_duct *d = c->spec.duct;
  const size_t n = d->cells, nodes = c->side.nodes;
  memset(c->force, 0, nodes * sizeof *c->force);
  memset(c->tension_force, 0, nodes * sizeof *c->tension_force);
  memset(c->area_pressure, 0, nodes * sizeof *c->area_pressure);
  for (size_t f = 0; f <= n; f++) {
    const size_t l = f > 0 ? f - 1 : 0, r = f < n ? f : n - 1;
    const bool shut = f == 0 && d->inlet != KD_END_PRESSURE;
    const double drag = shut ? 0 : s->drag[f];
    double pl = f > 0 ? s->pressure[l] : command->inlet_pressure,
           pr = f < n ? s->pressure[r] : command->outlet_pressure;
    double al = d->area[l] * c->slope[l], ar = d->area[r] * c->slope[r];
    if (shut) pl = pr, al = 0;
    const double step = 0.5 * (pl + pr) * (al - ar), wall = -d->rise[f] * drag - step;
    const double column = d->rise[f] * d->rise[f] * d->face_area[f] * d->face_length[f];
    add(c->force, c->face[f], wall);
    add(c->tension_force, c->face[f], wall + pl * al - pr * ar - c->spec.load.water * c->spec.load.gravity * column);
  }
  for (size_t i = 0; i < n; i++) { /* p A of the bores beside one another, by the length that each cell covers */
    const double pa = s->pressure[i] * d->area[i] * d->length[i] * fabs(c->slope[i]);
    add(c->area_pressure, c->upper[i], 0.5 * pa);
    add(c->area_pressure, c->lower[i], 0.5 * pa);
  }
  for (size_t i = 0; i < nodes; i++) c->area_pressure[i] /= c->width[i];
}

/* Share of a cell's length by which the string has stretched, times what its room grows by (2). */
static void stretch(double *out, const kd_line_coupling *c, const double *u) {
  const kd_duct *d = c->spec.duct;
  for (size_t i = 0; i < d->cells; i++) {
    const double span = d->length[i] * fabs(c->slope[i]);
    out[i] = span > 1e-9 ? (1 - 2 * c->spec.load.poisson) * (at(u, c->lower[i]) - at(u, c->upper[i])) / span : 0;
  }
}

static double mean_wave_impedance(const kd_duct *d, const kd_duct_state *s) {
  double slope;
  const double rho = kd_duct_water(&d->fluid[0], s->pressure[0], &slope);
  return rho / sqrt(slope + rho * d->compliance[0]) * d->area[0];
}

static kd_status make_places(kd_line_coupling *c, kd_work *work) {
  kd_status status = KD_OK;
  const kd_duct *d = c->spec.duct;
  const size_t n = d->cells, nodes = c->side.nodes;
  double *numbers = kd_arena_alloc(work->scratch, 5 * n + 2 + 12 * nodes, sizeof *numbers);
  place *places = kd_arena_alloc(work->scratch, 3 * n + 1, sizeof *places);
  KD_CHECK(numbers && places, work->err, KD_E_NOMEM, "no memory for %zu cells and %zu nodes", n, nodes);
  c->face = places, c->upper = places + n + 1, c->lower = places + 2 * n + 1;
  double **const lists[] = {&c->slope, &c->swell, &c->swell_from, &c->swell_to};
  double **const by_node[] = {&c->force,          &c->force0,         &c->tension_force, &c->area_pressure,
                              &c->area_pressure0, &c->before_u,       &c->before_v,      &c->rest,
                              &c->width,          &c->tension_force0, &c->last_force,    &c->last_load};
  for (size_t k = 0; k < 4; k++) *lists[k] = numbers, numbers += n;
  c->acceleration = numbers, numbers += n + 1;
  for (size_t k = 0; k < 12; k++) *by_node[k] = numbers, numbers += nodes;
  /* The slope of a cell is that of its two halves: of the face beside it that has no other slope, or of its height. */
  double *z = kd_arena_alloc(work->scratch, n + 1, sizeof *z);
  KD_CHECK(z != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", n);
  for (size_t i = 0; i < n; i++) {
    z[i + 1] = 2 * d->height[i] - z[i]; /* heights are of the middles */
    c->slope[i] = (z[i + 1] - z[i]) / d->length[i];
  }
  for (size_t f = 0; f <= n; f++) c->face[f] = locate(c->side.arc, nodes, z[n] - z[f]);
  for (size_t i = 0; i < n; i++) {
    c->upper[i] = locate(c->side.arc, nodes, z[n] - fmax(z[i], z[i + 1]));
    c->lower[i] = locate(c->side.arc, nodes, z[n] - fmin(z[i], z[i + 1]));
    const double span = 0.5 * d->length[i] * fabs(c->slope[i]);
    add(c->width, c->upper[i], span), add(c->width, c->lower[i], span);
  }
  /* Cells on top of one another count once by length: width is the length of one path over the node. */
  double turns = 0;
  for (size_t i = 0; i < n; i++) turns += d->length[i] * fabs(c->slope[i]);
  turns = fmax(round(turns / c->side.arc[nodes - 1]), 1);
  for (size_t i = 0; i < nodes; i++) c->width[i] = fmax(c->width[i] / turns, 1e-9);
  double deepest = z[n];
  for (size_t i = 0; i < n; i++) deepest = fmin(deepest, z[i]);
  const double rise = z[n] - deepest, string = c->side.arc[nodes - 1];
  KD_CHECK(fabs(rise - string) <= 0.02 * string, work->err, KD_E_CONTRADICTION,
           "the line rises %g m from its foot, the string is %g m long: they must be one", rise, string);
  c->foot_open = d->inlet == KD_END_PRESSURE && z[n] - z[0] > 0.5 * string;
out:
  return status;
}

static kd_status make_history(kd_line_coupling *c, kd_work *work) {
  kd_status status = KD_OK;
  kd_string_history *h = &c->history;
  const size_t nodes = c->side.nodes;
  KD_CHECK(c->spec.until / c->spec.every <= 1e6, work->err, KD_E_SIZE,
           "until %g s every %g s: more than 1,000,000 rows", c->spec.until, c->spec.every);
  *h = (kd_string_history){.rows = (size_t)ceil(c->spec.until / c->spec.every - 1e-9) + 2, .nodes = nodes};
  bool room = true;
#define ROOM(list, count) room = ((list) = kd_arena_alloc(work->scratch, count, sizeof *(list))) != NULL && room
  for (size_t k = 0; k < KD_S_COLUMNS; k++) ROOM(h->value[k], h->rows);
  for (size_t k = 0; k < KD_G_FIELDS; k++) {
    ROOM(h->least[k], nodes);
    ROOM(h->mean[k], nodes);
    ROOM(h->most[k], nodes);
    if (c->spec.frames) ROOM(h->frame[k], h->rows * nodes);
  }
  ROOM(h->sd, nodes);
  ROOM(h->arc, nodes);
  ROOM(h->depth, nodes);
  ROOM(c->tally, nodes);
#undef ROOM
  KD_CHECK(room, work->err, KD_E_NOMEM, "no memory for a history of %zu rows and %zu nodes", h->rows, nodes);
  for (size_t i = 0; i < nodes; i++) h->arc[i] = c->side.arc[i], h->depth[i] = c->side.arc[i] - c->spec.load.freeboard;
out:
  return status;
}

kd_status kd_line_coupling_create(kd_line_coupling **out, const kd_line_coupling_spec *spec, const kd_duct_state *state,
                                  kd_work *work) {
  kd_status status = KD_OK;
  kd_line_coupling *c = kd_arena_alloc(work->scratch, 1, sizeof *c);
  KD_CHECK(c != NULL, work->err, KD_E_NOMEM, "no memory for the coupling");
  KD_CHECK(spec->step > 0 && isfinite(spec->step), work->err, KD_E_RANGE, "step %g s: must be above 0 s", spec->step);
  *c = (kd_line_coupling){.spec = *spec};
  c->spec.load.contents = c->spec.load.conduit_contents = spec->load.water; /* more or less comes from the line */
  const bool stiff_foot = spec->way == KD_COUPLING_TWO_WAY && (spec->duct->inlet != KD_END_PRESSURE ||
                                                               (spec->duct->has_pump && spec->duct->pump.check_valve));
  c->damper = stiff_foot ? mean_wave_impedance(spec->duct, state) : 0;
  KD_TRY(kd_ship_motion_create(&c->ship, spec->sea, work));
  KD_TRY(kd_string_side_create(&c->side, &c->spec, c->damper, &c->ship, work));
  KD_TRY(make_places(c, work));
  KD_TRY(make_history(c, work));
  *out = c;
out:
  return status;
}

/* Rest of the string under the line as it is at the start. */
static kd_status begin(kd_line_coupling *c, const kd_duct_state *s, const kd_duct_command *command, kd_error *err) {
  kd_status status = KD_OK;
  const size_t nodes = c->side.nodes;
  loads(c, s, command);
  memcpy(c->force0, c->force, nodes * sizeof *c->force);
  memcpy(c->area_pressure0, c->area_pressure, nodes * sizeof *c->force);
  memcpy(c->tension_force0, c->tension_force, nodes * sizeof *c->force);
  double sum = c->side.head_weight;
  for (size_t i = nodes; i-- > 0;) {
    if (i + 1 < nodes) sum += c->side.weight[i];
    /* What is lumped at a node hangs half below it; at the top all of it, at the foot none. */
    const double share = i == 0 ? 1 : i + 1 == nodes ? 0 : 0.5;
    c->rest[i] = sum + share * c->tension_force[i];
    sum += c->tension_force[i];
  }
  KD_TRY(c->side.rest(&c->side, c->tension_force, err));
  c->history.rest_top = c->side.rest_top = c->rest[0];
  c->deepest = 0;
  for (size_t i = 1; i < c->spec.duct->cells; i++)
    if (c->spec.duct->height[i] < c->spec.duct->height[c->deepest]) c->deepest = i;
  c->foot_pressure = s->pressure[c->deepest];
  c->begun = true;
  c->row_time = 0;
out:
  return status;
}

static void note_row(kd_line_coupling *c, const kd_duct_state *s, double time, const kd_beam_motion *top,
                     const double *tension, double slack) {
  kd_string_history *h = &c->history;
  if (h->used >= h->rows) return;
  const size_t e = c->side.nodes - 1, r = h->used++;
  const kd_duct *d = c->spec.duct;
  double least = tension[0];
  for (size_t i = 1; i <= e; i++) least = fmin(least, tension[i]);
  const double row[KD_S_COLUMNS] = {time,
                                    top->position[2] - c->spec.load.freeboard,
                                    c->side.top_tension,
                                    least,
                                    -c->side.u[e],
                                    -c->side.v[e],
                                    s->pressure[c->deepest] - c->foot_pressure,
                                    s->flux[d->cells] * d->face_area[d->cells],
                                    slack};
  for (size_t k = 0; k < KD_S_COLUMNS; k++) h->value[k][r] = row[k];
}

static void observe(kd_line_coupling *c, const kd_duct_state *s, double time, const kd_beam_motion *top) {
  kd_string_history *h = &c->history;
  const kd_string_side *side = &c->side;
  const size_t nodes = side->nodes;
  const bool counts = time >= c->spec.settle - 1e-9, row = time >= c->row_time - 1e-9, first = h->samples == 0;
  double *const tension = side->shown;
  double slack = 0;
  for (size_t i = 0; i < nodes; i++) {
    const double wall = side->wall_tension[i]; /* change since rest, or the whole effective tension of a beam */
    tension[i] = side->effective ? wall : c->rest[i] + wall - (c->area_pressure[i] - c->area_pressure0[i]);
    if (tension[i] < 0)
      slack +=
          0.5 * ((i > 0 ? side->arc[i] - side->arc[i - 1] : 0) + (i + 1 < nodes ? side->arc[i + 1] - side->arc[i] : 0));
  }
  for (size_t i = 0; i < nodes && (counts || row); i++) {
    const double value[KD_G_FIELDS] = {tension[i], side->stress(side, i, tension[i]), -side->u[i],
                                       side->offset ? side->offset[i] : 0};
    for (size_t k = 0; k < KD_G_FIELDS; k++) {
      if (row && c->spec.frames && h->used < h->rows) h->frame[k][h->used * nodes + i] = value[k];
      if (!counts) continue;
      h->least[k][i] = first ? value[k] : fmin(h->least[k][i], value[k]);
      h->most[k][i] = first ? value[k] : fmax(h->most[k][i], value[k]);
      h->mean[k][i] += value[k];
    }
    if (counts) kd_string_tally_add(&c->tally[i], value[KD_G_TENSION] - c->rest[i], value[KD_G_STRESS]);
  }
  if (counts) {
    h->top_least = first ? side->top_tension : fmin(h->top_least, side->top_tension);
    h->top_most = first ? side->top_tension : fmax(h->top_most, side->top_tension);
    h->samples++;
    h->slack_time += slack > 0;
  }
  if (row) {
    note_row(c, s, time, top, tension, slack);
    c->row_time += c->spec.every;
  }
}

/* What the bores hold and how fast it goes down, by element: the liquid's mass and its momentum. */
static void fill_contents(kd_line_coupling *c, const kd_duct_state *s) {
  const kd_duct *d = c->spec.duct;
  kd_string_side *side = &c->side;
  memset(side->contents, 0, side->nodes * sizeof *side->contents);
  memset(side->flow, 0, side->nodes * sizeof *side->flow);
  for (size_t i = 0; i < d->cells; i++) {
    double rho = 0;
    for (size_t p = 0; p < d->phases; p++) rho += s->mass[p][i];
    const double m = rho * d->area[i] * d->length[i] * fabs(c->slope[i]);
    const double down = -c->slope[i] * 0.5 * (s->flux[i] + s->flux[i + 1]);
    add(side->contents, c->upper[i], 0.5 * m), add(side->contents, c->lower[i], 0.5 * m);
    add(side->flow, c->upper[i], 0.5 * m * down), add(side->flow, c->lower[i], 0.5 * m * down);
  }
  for (size_t i = 0; i < side->nodes; i++) {
    side->flow[i] = side->contents[i] > 0 ? side->flow[i] / side->contents[i] : 0;
    side->contents[i] /= c->width[i];
  }
}

/* (9) for the step before this one. */
static void account(kd_line_coupling *c) {
  const kd_string_side *side = &c->side;
  if (!(c->steps > 0) || c->spec.way != KD_COUPLING_TWO_WAY) return;
  for (size_t i = 0; i < side->nodes; i++) {
    const double middle = 0.5 * (c->last_force[i] + c->force[i]) - c->force0[i], du = side->moved[i];
    c->handed += side->taken[i] * du, c->done += middle * du, c->turned += fabs(middle * du);
  }
}

/* Loads of the coming step: those now, carried on with their change to the instant at which the string is balanced. */
static void set_loads(kd_line_coupling *c) {
  kd_string_side *side = &c->side;
  const size_t nodes = side->nodes;
  const bool two_way = c->spec.way == KD_COUPLING_TWO_WAY;
  const double radius = c->spec.sea->radius, ahead = two_way && c->steps > 1 ? 1 / (radius + 1) : 0;
  for (size_t i = 0; i < nodes; i++) {
    side->taken[i] = two_way ? c->force[i] + ahead * (c->force[i] - c->last_force[i]) - c->force0[i] : 0;
    side->load[i] = !side->effective ? c->force[i] - c->force0[i]
                    : two_way        ? c->tension_force[i]
                                     : c->tension_force0[i];
    if (!two_way && !side->effective) side->load[i] = 0;
    c->last_force[i] = c->force[i];
  }
  if (!two_way) return;
  if (!side->effective) kd_string_side_poisson(side, c->spec.load.poisson, c->area_pressure, c->area_pressure0);
  side->load[nodes - 1] += c->damper * side->v[nodes - 1];
  for (size_t i = 0; i < nodes; i++) {
    const double now = side->load[i];
    side->load[i] = now + ahead * (now - c->last_load[i]);
    c->last_load[i] = now;
  }
}

/* One step of the string, then what it does to the line through the step. */
static kd_status move_string(kd_line_coupling *c, const kd_duct_state *s, const kd_duct_command *command,
                             kd_error *err) {
  kd_status status = KD_OK;
  kd_string_side *side = &c->side;
  const kd_duct *d = c->spec.duct;
  const size_t nodes = side->nodes;
  const double h = c->spec.step, to = c->next + h;
  kd_beam_motion top;
  loads(c, s, command);
  account(c);
  memcpy(c->before_u, side->u, nodes * sizeof *side->u);
  memcpy(c->before_v, side->v, nodes * sizeof *side->v);
  kd_ship_motion_at(&top, &c->ship, to, c->spec.settle, c->spec.load.freeboard);
  set_loads(c);
  if (side->contents != NULL) fill_contents(c, s);
  KD_TRY(side->advance(side, h, &top, err));
  for (size_t i = 0; i < nodes; i++) {
    side->moved[i] = side->u[i] - c->before_u[i];
    c->before_v[i] = (side->v[i] - c->before_v[i]) / h; /* mean acceleration, downwards */
  }
  for (size_t f = 0; f <= d->cells; f++) c->acceleration[f] = -d->rise[f] * at(c->before_v, c->face[f]);
  double *swap = c->swell_from;
  c->swell_from = c->swell_to, c->swell_to = swap;
  stretch(c->swell_to, c, side->u);
  c->steps++;
  c->next = to;
  observe(c, s, to, &top);
out:
  return status;
}

kd_status kd_line_coupling_before(kd_duct_command *command, double *dt, const kd_duct_state *state, double time,
                                  void *coupling, kd_error *err) {
  kd_status status = KD_OK;
  kd_line_coupling *c = coupling;
  const double h = c->spec.step;
  if (!c->begun) KD_TRY(begin(c, state, command, err));
  if (time >= c->next - 1e-9 * h) KD_TRY(move_string(c, state, command, err));
  if (c->spec.way == KD_COUPLING_NONE) goto out;
  *dt = fmin(*dt, fmax(c->next - time, 1e-9 * h));
  const double part = fmin(fmax(1 - (c->next - time - *dt) / h, 0.0), 1.0);
  for (size_t i = 0; i < c->spec.duct->cells; i++) c->swell[i] = (1 - part) * c->swell_from[i] + part * c->swell_to[i];
  command->face_acceleration = c->acceleration;
  command->swell = c->swell;
  if (c->foot_open) {
    const size_t e = c->side.nodes - 1;
    const double u = c->side.u[e] - (1 - part) * c->side.moved[e];
    command->inlet_pressure += c->spec.load.water * c->spec.load.gravity * u;
  }
out:
  return status;
}

kd_status kd_line_coupling_finish(kd_string_history **out, kd_line_coupling *c, kd_error *err) {
  kd_status status = KD_OK;
  kd_string_history *h = &c->history;
  KD_CHECK(h->samples > 0, err, KD_E_RANGE, "settle %g s: nothing is left to count before the end", c->spec.settle);
  for (size_t i = 0; i < h->nodes; i++) {
    for (size_t k = 0; k < KD_G_FIELDS; k++) h->mean[k][i] /= h->samples;
    double damage;
    kd_string_tally_read(&h->sd[i], &damage, &c->tally[i], h->samples, h->samples * c->spec.step);
    h->damage_year = fmax(h->damage_year, damage);
    KD_CHECK(isfinite(h->sd[i]), err, KD_E_NAN, "string: the tension %g m below the top is not finite", h->arc[i]);
  }
  h->slack_time /= h->samples;
  h->steps = c->steps;
  h->energy = c->side.energy(&c->side);
  h->exchange = c->turned > 0 ? fabs(c->handed - c->done) / c->turned : 0;
  h->halved = c->side.halved(&c->side);
  *out = h;
out:
  return status;
}
