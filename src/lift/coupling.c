// SPDX-License-Identifier: Apache-2.0
/* Coupling of the string's axial motion with the liquid inside.
 *
 *   p_t/(rho a^2) + V_s = 2 v u'_s                       u' speed of the wall                                     (1)
 *   V_t + p_s/rho = -f/(2 d) (V-u') |V-u'| + mean        p, V  dynamic pressure and speed of the liquid             (2)
 *   along ds/dt = +-a:  dp +- rho a dV = +- rho a (friction) dt + 2 v rho a^2 u'_s dt                               (3)
 *   shut end   V = u' + flow (relative flow kept);  open end  p = 0                                              (4)
 *   on the string: friction of the liquid on the wall, pressure on a shut foot p A, Poisson 2 v A p_s              (5)
 *   shut foot: p = P + rho a u' with P from the characteristic, so the string feels a damper rho a A at its foot    (6)
 *   rigid pipe, deck open, foot shut, heave A sin wt:  |p(L)| = rho a w A tan(w L/a)                               (7)
 *
 *   s downwards [m]   a wave speed in the pipe [m/s]   f Darcy's factor   d bore [m]   A area of the bore [m2]
 *
 * Source    (1)-(3) Wylie and Streeter, Fluid transients; with the moving wall Wiggert and Tijsseling 2001; (7) a
 *           column shut at one end.
 * Numerics  method of characteristics at Courant number one: exact without friction; the string takes the same step.
 *           (6) is implicit in the string's matrix; everything else passes with one step of delay.
 * Range     one liquid, small change of pressure.
 * Weakness  one wave speed; no gas, no plugs: coupling_line.c has the transient of three phases, and is held against
 *           this column in the tests.
 */
#include "lift/coupling.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"

struct kd_column_state {
  const kd_column_model *model;
  size_t nodes;
  double step, impedance; /* s, rho a */
  double *p, *v, *pn, *vn, *wall;
};

double kd_column_heave_pressure(double density, double wave_speed, double length, double omega, double amplitude) {
  return fabs(density * wave_speed * omega * amplitude * tan(omega * length / wave_speed));
}

double kd_column_step_time(const kd_column_model *m) {
  return m->length / ((double)m->cells * m->wave_speed);
}

kd_status kd_column_create(kd_column_state **out, const kd_column_model *m, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(m->cells >= 2, work->err, KD_E_RANGE, "cells %zu: at least 2 are needed", m->cells);
  kd_column_state *s = kd_arena_alloc(work->scratch, 1, sizeof *s);
  double *at = kd_arena_alloc(work->scratch, 5 * (m->cells + 1), sizeof *at);
  KD_CHECK(s != NULL && at != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", m->cells);
  const size_t n = m->cells + 1;
  *s = (kd_column_state){
      m, n, kd_column_step_time(m), m->density * m->wave_speed, at, at + n, at + 2 * n, at + 3 * n, at + 4 * n};
  for (size_t i = 0; i < n; i++) s->v[i] = m->flow;
  *out = s;
out:
  return status;
}

/* Deceleration by friction less its mean, m/s2. */
static double friction(const kd_column_model *m, double relative) {
  return m->darcy / (2 * m->bore) * (relative * fabs(relative) - m->flow * fabs(m->flow));
}

void kd_column_step(kd_column_state *s, const double *wall) {
  const kd_column_model *m = s->model;
  const size_t n = s->nodes, e = n - 1;
  const double z = s->impedance, h = m->length / (double)m->cells;
  const double source = 2 * m->poisson * m->density * m->wave_speed * m->wave_speed * s->step / h;
  for (size_t i = 0; i < n; i++) {
    /* plus: from the node above; minus: from the node below. */
    double plus = 0, minus = 0;
    if (i > 0)
      plus = s->p[i - 1] + z * (s->v[i - 1] - s->step * friction(m, s->v[i - 1] - s->wall[i - 1])) +
             source * 0.5 * (s->wall[i] - s->wall[i - 1] + wall[i] - wall[i - 1]);
    if (i < e)
      minus = s->p[i + 1] - z * (s->v[i + 1] - s->step * friction(m, s->v[i + 1] - s->wall[i + 1])) +
              source * 0.5 * (s->wall[i + 1] - s->wall[i] + wall[i + 1] - wall[i]);
    if (i == 0) {
      s->vn[i] = m->deck == KD_COLUMN_OPEN ? -minus / z : wall[i] + m->flow;
      s->pn[i] = m->deck == KD_COLUMN_OPEN ? 0 : minus + z * s->vn[i];
    } else if (i == e) {
      s->vn[i] = m->foot == KD_COLUMN_OPEN ? plus / z : wall[i] + m->flow;
      s->pn[i] = m->foot == KD_COLUMN_OPEN ? 0 : plus - z * s->vn[i];
    } else {
      s->pn[i] = 0.5 * (plus + minus);
      s->vn[i] = 0.5 * (plus - minus) / z;
    }
  }
  double *swap = s->p;
  s->p = s->pn, s->pn = swap;
  swap = s->v, s->v = s->vn, s->vn = swap;
  memcpy(s->wall, wall, n * sizeof *wall);
}

const double *kd_column_pressure(const kd_column_state *s) {
  return s->p;
}
const double *kd_column_speed(const kd_column_state *s) {
  return s->v;
}
double kd_column_friction(const kd_column_state *s, size_t i) {
  return s->model->density * s->model->area * friction(s->model, s->v[i] - s->wall[i]);
}

/* Part of the pressure at a shut foot at the end of the coming step that does not hang on the foot's own speed. */
static double arriving(const kd_column_state *s) {
  const kd_column_model *m = s->model;
  const size_t i = s->nodes - 2;
  return s->p[i] + s->impedance * (s->v[i] - s->step * friction(m, s->v[i] - s->wall[i]) - m->flow);
}

/* Loads of the column on the string's nodes. */
static void load_string(double *force, const kd_column_state *s, size_t elements) {
  const kd_column_model *m = s->model;
  const double ratio = (double)m->cells / (double)elements, ds = m->length / (double)elements;
  memset(force, 0, (elements + 1) * sizeof *force);
  for (size_t e = 0; e <= elements; e++) {
    const double at = fmin((double)e * ratio, (double)m->cells);
    const size_t i = (size_t)fmin(floor(at), (double)m->cells - 1);
    const double part = e == 0 || e == elements ? 0.5 * ds : ds, t = at - (double)i;
    force[e] += part * ((1 - t) * kd_column_friction(s, i) + t * kd_column_friction(s, i + 1));
    if (m->poisson > 0 && e < elements) { /* the wall force gains 2 v p A; equal and opposite at both ends */
      const double p = 2 * m->poisson * m->area * ((1 - t) * s->p[i] + t * s->p[i + 1]);
      force[e] += p, force[e + 1] -= p;
    }
  }
  /* Down on a shut foot is positive pressure; what hangs on its own speed is in the damper. */
  if (m->foot == KD_COLUMN_SHUT) force[elements] += m->area * arriving(s);
}

typedef struct range {
  double low, high;
} range;
static void widen(range *r, double x) {
  r->low = fmin(r->low, x), r->high = fmax(r->high, x);
}

kd_status kd_coupled_run(kd_coupled *out, kd_bar *bar, const kd_column_model *m, bool two_way, kd_heave_fn *heave,
                         void *user, double duration, double settle, double radius, double damping_period,
                         kd_work *work) {
  kd_status status = KD_OK;
  kd_column_state *column = NULL;
  kd_axial_march *march = NULL;
  const double step = kd_column_step_time(m), kept = bar->head_damping;
  const size_t n = m->cells + 1, nodes = bar->elements + 1;
  KD_CHECK(duration / step < 1e8, work->err, KD_E_RANGE, "duration %g s: more than 1e8 steps of %g s", duration, step);
  KD_TRY(kd_column_create(&column, m, work));
  if (two_way && m->foot == KD_COLUMN_SHUT) bar->head_damping += m->density * m->wave_speed * m->area;
  status = kd_axial_march_create(&march, bar, step, radius, damping_period, work);
  bar->head_damping = kept;
  if (status != KD_OK) goto out;
  *out = (kd_coupled){.nodes = n};
  double *lists = kd_arena_alloc(work->scratch, 4 * n + nodes, sizeof *lists);
  range *ranges = kd_arena_alloc(work->scratch, 3 * n, sizeof *ranges);
  KD_CHECK(lists != NULL && ranges != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", m->cells);
  out->pressure = lists, out->relative = lists + n, out->tension = lists + 2 * n;
  double *wall = lists + 3 * n, *force = lists + 4 * n;
  range *pressure = ranges, *relative = ranges + n, *tension = ranges + 2 * n, top = {0, 0}, foot = {0, 0};
  const double ratio = (double)bar->elements / (double)m->cells;
  for (double k = 1; k * step <= duration; k++, out->steps++) {
    double z, dz, ddz;
    heave(&z, &dz, &ddz, k * step, user);
    if (two_way) {
      load_string(force, column, bar->elements);
      kd_axial_march_load(march, force);
    }
    kd_axial_march_step(march, z, dz, ddz);
    for (size_t i = 0; i < n; i++) {
      const double at = (double)i * ratio;
      const size_t e = (size_t)fmin(floor(at), (double)bar->elements - 1);
      const double t = at - (double)e;
      wall[i] = (1 - t) * kd_axial_march_speed_at(march, e) + t * kd_axial_march_speed_at(march, e + 1);
    }
    kd_column_step(column, wall);
    if (k * step < settle) continue;
    for (size_t i = 0; i < n; i++) {
      widen(&pressure[i], column->p[i]);
      widen(&relative[i], column->v[i] - wall[i] - m->flow);
      const size_t e = (size_t)fmin(floor((double)i * ratio), (double)bar->elements - 1);
      widen(&tension[i], kd_axial_march_tension(march, e));
    }
    widen(&top, kd_axial_march_top_tension(march));
    widen(&foot, kd_axial_march_foot(march));
  }
  for (size_t i = 0; i < n; i++) {
    out->pressure[i] = 0.5 * (pressure[i].high - pressure[i].low);
    out->relative[i] = 0.5 * (relative[i].high - relative[i].low);
    out->tension[i] = 0.5 * (tension[i].high - tension[i].low);
  }
  out->top_tension = 0.5 * (top.high - top.low), out->foot = 0.5 * (foot.high - foot.low);
  out->deck_flow = out->relative[0];
  KD_CHECK(isfinite(out->top_tension) && isfinite(out->pressure[n - 1]), work->err, KD_E_NAN,
           "coupling: the answer is not finite at a step of %g s", step);
out:
  return status;
}
