// SPDX-License-Identifier: Apache-2.0
/* The string as a beam in space.
 *
 *   energy     sum EA/2 l0 (l/l0 - 1)^2 + sum EI/lm (1 - t_a . t_b),  lm the mean length of both elements      (1)
 *              a clamped end bends over half an element: EI/(l/2) (1 - d . t)
 *   balance    M x'' + dE/dx = -w z + f_drag + f_water + f_flow                                                (2)
 *   drag       1/2 rho Cd D |u_n| u_n across and 1/2 rho Ct pi D |u_t| u_t along, u = water less string        (3)
 *   water      rho (1 + Ca) A du_n/dt across (Morison); rho Ca A and the contents move across only             (4)
 *   inside     -m_i U^2 t' - 2 m_i U t.'  at inner nodes: centrifugal and Coriolis force of the flow           (5)
 *   tension    EA (l/l0 - 1) is the effective tension: weights are effective weights                           (6)
 *   march      generalised alpha: M a(n+1-am) = f(x(n+1-af)), x and v by Newmark                               (7)
 *
 *   x  position [m]   l, l0  length, unstretched [m]   t  unit vector of an element   w  effective weight [N/m]
 *   u  speed of the water past the string [m/s]   m_i  contents [kg/m]   U  their speed along the string [m/s]
 *
 * Source    (1) discrete elastic rod without twist, after Bergou et al. 2008, kinks by |t_a - t_b|^2/2; (3), (4)
 *           Morison et al. 1950; (5) Païdoussis 1998; (6) Sparks 1984; (7) Chung and Hulbert 1993.
 * Numerics  exact second derivatives of (1); Newton with a band of half-width 8; drag implicit with its symmetric
 *           tangent, (5) explicit in the tangent. Second order in element length and in time step.
 * Range     large displacement, small strain; no twist.
 * Weakness  the mass across turns with the string but its rate of turn is left out; waves are taken at the rest
 *           position.
 */
#include "lift/string_beam.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "lift/string_beam_march.h"

double *kd_beam_room(size_t count, kd_work *work, kd_status *status) {
  double *at = *status == KD_OK ? kd_arena_alloc(work->scratch, count, sizeof *at) : NULL;
  if (at == NULL && *status == KD_OK) *status = kd_error_set(work->err, KD_E_NOMEM, "no memory for a beam");
  return at;
}

kd_status kd_beam_create(kd_beam *out, size_t elements, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_beam){.elements = elements, .top = KD_END_PINNED, .hold_stiffness = HUGE_VAL, .gravity = 9.80665};
  double **lists[] = {&out->length,  &out->stiffness, &out->bending, &out->weight,  &out->mass,
                      &out->lateral, &out->drag,      &out->skin,    &out->inertia, &out->contents};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) *lists[i] = kd_beam_room(elements, work, &status);
  return status;
}

/* ---- setting up ---- */

static void set_nodes(kd_beam_march *s) {
  const kd_beam *b = s->beam;
  for (size_t e = 0; e < b->elements; e++)
    for (size_t i = e; i <= e + 1; i++) {
      s->mass[i] += 0.5 * b->mass[e] * b->length[e];
      s->across[i] += 0.5 * b->lateral[e] * b->length[e];
    }
  s->mass[b->elements] += b->head_mass + b->head_added;
}

kd_status kd_beam_march_create(kd_beam_march **out, const kd_beam *beam, const double *positions,
                               const kd_current *current, const kd_wave_train *waves, double radius, kd_work *work) {
  kd_status status = KD_OK;
  kd_beam_march *s = kd_arena_alloc(work->scratch, 1, sizeof *s);
  KD_CHECK(s != NULL, work->err, KD_E_NOMEM, "no memory for a beam");
  KD_CHECK(beam->elements >= 2, work->err, KD_E_RANGE, "elements %zu: at least 2 are needed", beam->elements);
  KD_CHECK(radius >= 0 && radius <= 1, work->err, KD_E_RANGE, "radius %g: must be from 0 to 1", radius);
  s->beam = beam, s->current = current, s->waves = waves;
  s->nodes = beam->elements + 1, s->dofs = 3 * s->nodes;
  s->am = (2 * radius - 1) / (radius + 1), s->af = radius / (radius + 1);
  s->gamma = 0.5 - s->am + s->af, s->beta = 0.25 * (1 - s->am + s->af) * (1 - s->am + s->af);
  const size_t n = s->dofs + 16;
  double **lists[] = {&s->x,  &s->v,  &s->a,     &s->xn,         &s->vn,      &s->an,
                      &s->xm, &s->vm, &s->water, &s->water_rate, &s->residual};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) *lists[i] = kd_beam_room(n, work, &status);
  s->matrix = kd_beam_room(n * KD_BAND, work, &status);
  s->mass = kd_beam_room(s->nodes, work, &status);
  s->across = kd_beam_room(s->nodes, work, &status);
  s->flow_x = kd_beam_room(s->nodes, work, &status);
  KD_TRY(status);
  memcpy(s->x, positions, s->dofs * sizeof *s->x);
  for (int c = 0; c < 3; c++) s->top.position[c] = positions[c];
  set_nodes(s);
  for (size_t i = 0; i < s->nodes; i++)
    if (current != NULL && s->x[3 * i + 2] <= 0) s->flow_x[i] = kd_current_at(current, -s->x[3 * i + 2]);
  KD_TRY(kd_beam_set_waves(s, work));
  *out = s;
out:
  return status;
}

/* Rows of directions that are held: answer 0. */
static void hold_row(kd_beam_march *s, size_t dof) {
  double *row = s->matrix + dof * KD_BAND;
  for (int k = 1; k < KD_BAND; k++) row[k] = 0;
  for (size_t k = 1; k < KD_BAND && k <= dof; k++) s->matrix[(dof - k) * KD_BAND + k] = 0;
  row[0] = 1;
}

static bool compensated(const kd_beam *b) {
  return isfinite(b->hold_stiffness);
}

/* fresh: the matrix is that of this round, not yet factored. */
static void hold_ends(kd_beam_march *s, bool at_rest, bool fresh) {
  const kd_beam *b = s->beam;
  for (size_t c = 0; c < 3; c++) {
    s->reaction[c] = -s->residual[c];
    if (b->top == KD_END_FREE || (c == 2 && !at_rest && compensated(b))) continue;
    if (fresh) hold_row(s, c);
    s->residual[c] = 0;
  }
  for (size_t c = s->dofs - 3; b->foot != KD_END_FREE && c < s->dofs; c++) {
    if (fresh) hold_row(s, c);
    s->residual[c] = 0;
  }
}

static double largest(const double *x, size_t n) {
  double m = 0;
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(x[i])) return HUGE_VAL;
    m = fmax(m, fabs(x[i]));
  }
  return m;
}

kd_status kd_beam_march_static(kd_beam_march *s, int steps, kd_error *err) {
  kd_status status = KD_OK;
  const kd_beam *b = s->beam;
  double length = 0;
  for (size_t e = 0; e < b->elements; e++) length += b->length[e];
  memset(s->v, 0, s->dofs * sizeof *s->v);
  memset(s->a, 0, s->dofs * sizeof *s->a);
  for (int step = 1; step <= steps; step++) {
    const double load = (double)step / steps;
    double change = HUGE_VAL;
    int round = 0;
    for (; round < 200 && change > 1e-11 * length; round++) {
      kd_beam_forces(s, s->x, s->v, 1, 0, load);
      hold_ends(s, true, true);
      /* A positive matrix: where the string is slack or buckles a share of the diagonal is added. */
      double shift = 0;
      memcpy(s->xn, s->residual, s->dofs * sizeof *s->xn);
      while (kd_band_factor(s->matrix, s->dofs) > 0 && shift < 1e12) {
        shift = shift > 0 ? 10 * shift : 1e-3 * b->stiffness[0] / b->length[0] * 1e-3;
        kd_beam_forces(s, s->x, s->v, 1, 0, load);
        for (size_t i = 0; i < s->dofs; i++) s->matrix[i * KD_BAND] += shift;
        hold_ends(s, true, true);
      }
      memset(s->xn + s->dofs, 0, 8 * sizeof *s->xn);
      kd_band_solve(s->matrix, s->xn, s->dofs);
      change = largest(s->xn, s->dofs);
      /* At most a twentieth of the length at once. */
      const double damp = fmin(1, 0.05 * length / change);
      for (size_t i = 0; i < s->dofs; i++) s->x[i] -= damp * s->xn[i];
      if (!isfinite(change)) break;
    }
    KD_CHECK(change <= 1e-8 * length, err, KD_E_CONVERGENCE,
             "rest position: not settled after %d rounds at load %g, last move %g m; use more load steps", round, load,
             change);
    s->count.rounds += (unsigned long)round;
  }
  kd_beam_forces(s, s->x, s->v, 0, 0, 1);
  for (size_t c = 0; c < 3; c++) s->reaction[c] = -s->residual[c];
  s->hold_tension = -s->reaction[2];
out:
  return status;
}

/* The compensator over node 0: rest tension and a spring and damper to the ship. */
static void compensate(kd_beam_march *s, double h, const kd_beam_motion *top, bool fresh) {
  const kd_beam *b = s->beam;
  const double f = 1 - s->af;
  const double z = f * top->position[2] + s->af * s->top.position[2], w = f * top->speed[2] + s->af * s->top.speed[2];
  s->residual[2] += -s->hold_tension + b->hold_stiffness * (s->xm[2] - z) + b->hold_damping * (s->vm[2] - w);
  if (fresh) s->matrix[2 * KD_BAND] += f * (b->hold_stiffness + b->hold_damping * s->gamma / (s->beta * h));
}

static kd_status try_step(kd_beam_march *s, double h, const kd_beam_motion *top, bool *settled) {
  const kd_beam *b = s->beam;
  const double f = 1 - s->af, kx = 1 / (s->beta * h * h), kv = s->gamma / (s->beta * h);
  const size_t n = s->dofs;
  kd_beam_set_water(s, s->time + f * h);
  /* Predictor: the acceleration goes on. */
  for (size_t i = 0; i < n; i++) {
    s->an[i] = s->a[i];
    s->vn[i] = s->v[i] + h * s->a[i];
    s->xn[i] = s->x[i] + h * s->v[i] + 0.5 * h * h * s->a[i];
  }
  const int held = b->top == KD_END_FREE ? 0 : compensated(b) ? 2 : 3;
  for (int c = 0; c < held; c++) s->xn[c] = top->position[c], s->vn[c] = top->speed[c], s->an[c] = top->acceleration[c];
  if (b->foot != KD_END_FREE)
    for (size_t c = n - 3; c < n; c++) s->xn[c] = s->x[c], s->vn[c] = s->an[c] = 0;
  double first = 0, last = HUGE_VAL;
  bool fresh = true; /* the factors of the first round serve the next ones as long as those shrink by ten each */
  *settled = false;
  for (int round = 0; round < 16; round++) {
    s->count.rounds++;
    for (size_t i = 0; i < n; i++) {
      s->xm[i] = f * s->xn[i] + s->af * s->x[i];
      s->vm[i] = f * s->vn[i] + s->af * s->v[i];
    }
    kd_beam_forces(s, s->xm, s->vm, fresh ? f : 0, fresh ? f * kv : 0, 1);
    double *am = s->vm; /* the velocity is not wanted any more once the compensator is in */
    if (compensated(b) && b->top != KD_END_FREE) compensate(s, h, top, fresh);
    for (size_t i = 0; i < n; i++) am[i] = (1 - s->am) * s->an[i] + s->am * s->a[i];
    kd_beam_inertia(s, s->xm, fresh ? (1 - s->am) * kx : 0, am);
    hold_ends(s, false, fresh);
    if (fresh) kd_band_factor(s->matrix, n);
    memset(s->residual + n, 0, 8 * sizeof *s->residual);
    kd_band_solve(s->matrix, s->residual, n);
    const double change = largest(s->residual, n);
    if (!isfinite(change)) return KD_OK;
    for (size_t i = 0; i < n; i++) {
      s->xn[i] -= s->residual[i];
      s->vn[i] -= kv * s->residual[i];
      s->an[i] -= kx * s->residual[i];
    }
    if (round == 0) first = change;
    fresh = change > 0.1 * last || change > 1;
    last = change;
    if (change > 1e3 * fmax(first, 1e-3)) return KD_OK; /* runs away */
    /* The next change would be a tenth of this at most. */
    if (change < 1e-6) {
      *settled = true;
      break;
    }
  }
  return KD_OK;
}

static void accept(kd_beam_march *s, double h, const kd_beam_motion *top) {
  double *swap = s->x;
  s->x = s->xn, s->xn = swap;
  swap = s->v, s->v = s->vn, s->vn = swap;
  swap = s->a, s->a = s->an, s->an = swap;
  s->time += h;
  s->top = *top;
  s->count.steps++;
}

/* Cubic between two motions of the top, at a share of the step. */
static kd_beam_motion between(const kd_beam_motion *a, const kd_beam_motion *b, double h, double t) {
  kd_beam_motion m;
  for (int c = 0; c < 3; c++) {
    const double d = b->position[c] - a->position[c], v0 = a->speed[c] * h, v1 = b->speed[c] * h;
    m.position[c] = a->position[c] + t * (v0 + t * (3 * d - 2 * v0 - v1 + t * (v0 + v1 - 2 * d)));
    m.speed[c] = (v0 + t * (2 * (3 * d - 2 * v0 - v1) + 3 * t * (v0 + v1 - 2 * d))) / h;
    m.acceleration[c] = (2 * (3 * d - 2 * v0 - v1) + 6 * t * (v0 + v1 - 2 * d)) / (h * h);
  }
  return m;
}

kd_status kd_beam_march_step(kd_beam_march *s, double h, const kd_beam_motion *top, kd_error *err) {
  kd_status status = KD_OK;
  const kd_beam_motion start = s->top;
  double done = 0, part = 1;
  KD_CHECK(h > 0 && isfinite(h), err, KD_E_RANGE, "step %g s: must be above 0 s", h);
  while (done < 1 - 1e-12) {
    bool settled = false;
    const kd_beam_motion to = done + part >= 1 - 1e-12 ? *top : between(&start, top, h, done + part);
    KD_TRY(try_step(s, part * h, &to, &settled));
    if (settled) {
      accept(s, part * h, &to);
      done += part;
      continue;
    }
    part *= 0.5;
    s->count.halvings++;
    KD_CHECK(part > 1.0 / 100, err, KD_E_CONVERGENCE,
             "beam: the step of %g s at %g s does not settle, halved down to %g s; use a shorter step or more elements",
             h, s->time, part * h);
  }
out:
  return status;
}

/* ---- reading it off ---- */

void kd_beam_march_load(kd_beam_march *s, const double *along, const double *contents, const double *flow) {
  s->along = along, s->contents = contents, s->flow = flow;
}

const double *kd_beam_march_positions(const kd_beam_march *s) {
  return s->x;
}
double *kd_beam_march_speeds(kd_beam_march *s) {
  return s->v;
}
double kd_beam_march_time(const kd_beam_march *s) {
  return s->time;
}

double kd_beam_march_tension(const kd_beam_march *s, size_t e) {
  const v3 d = sub(at3(s->x, e + 1), at3(s->x, e));
  return s->beam->stiffness[e] * (sqrt(dot(d, d)) / s->beam->length[e] - 1);
}

double kd_beam_march_curvature(const kd_beam_march *s, size_t i) {
  const kd_beam *b = s->beam;
  v3 a, d;
  double h;
  if (i == 0 || i + 1 == s->nodes) {
    const kd_end end = i == 0 ? b->top : b->foot;
    const double *n = i == 0 ? b->top_direction : b->foot_direction;
    const size_t e = i == 0 ? 0 : i - 1;
    if (end != KD_END_CLAMPED) return 0;
    a = (v3){n[0], n[1], n[2]};
    d = sub(at3(s->x, e + 1), at3(s->x, e));
    h = 0.5 * b->length[e];
  } else {
    a = sub(at3(s->x, i), at3(s->x, i - 1));
    d = sub(at3(s->x, i + 1), at3(s->x, i));
    h = 0.5 * (b->length[i - 1] + b->length[i]);
  }
  const v3 k = sub(scaled(d, 1 / sqrt(dot(d, d))), scaled(a, 1 / sqrt(dot(a, a))));
  return sqrt(dot(k, k)) / h;
}

void kd_beam_march_reaction(const kd_beam_march *s, double force[3]) {
  for (int c = 0; c < 3; c++) force[c] = s->reaction[c];
}

void kd_beam_march_energy(const kd_beam_march *s, kd_beam_energy *out) {
  const kd_beam *b = s->beam;
  *out = (kd_beam_energy){0};
  for (size_t i = 0; i < s->nodes; i++) {
    const v3 v = at3(s->v, i);
    out->kinetic += 0.5 * (s->mass[i] + s->across[i]) * dot(v, v);
    if (i == 0 || i + 1 == s->nodes) continue;
    const double k = kd_beam_march_curvature(s, i), h = 0.5 * (b->length[i - 1] + b->length[i]);
    if (b->bending[i - 1] > 0 && b->bending[i] > 0)
      out->bending +=
          0.5 * k * k * h * h / (0.5 * b->length[i - 1] / b->bending[i - 1] + 0.5 * b->length[i] / b->bending[i]);
  }
  for (size_t e = 0; e < b->elements; e++) {
    const double t = kd_beam_march_tension(s, e);
    out->stretching += 0.5 * t * t / b->stiffness[e] * b->length[e];
    out->potential += b->weight[e] * b->length[e] * 0.5 * (s->x[3 * e + 2] + s->x[3 * e + 5]);
  }
  out->potential += b->head_weight * s->x[s->dofs - 1];
  for (int c = 0; c < 3; c++) out->potential -= b->force[c] * s->x[s->dofs - 3 + (size_t)c];
}

kd_beam_count kd_beam_march_count(const kd_beam_march *s) {
  return s->count;
}
