// SPDX-License-Identifier: Apache-2.0
/* Forces of the beam and their tangents: stretching, bending, water, flow inside, inertia. Equations (1) to (5) of
 * string_beam.c. */
#include <string.h>

#include "lift/string_beam_march.h"

/* ---- forces: residual += dE/dx, matrix += k d2E/dx2 ---- */

static void stretch_element(kd_beam_march *s, const double *x, const double *v, size_t e, double k, double visco) {
  const kd_beam *b = s->beam;
  const v3 d = sub(at3(x, e + 1), at3(x, e));
  const double l = sqrt(dot(d, d)), l0 = b->length[e];
  const v3 t = scaled(d, 1 / l);
  double tension = b->stiffness[e] * (l / l0 - 1);
  if (b->damping > 0) tension += b->stiffness[e] * b->damping / l0 * dot(t, sub(at3(v, e + 1), at3(v, e)));
  add3(s->residual, e, t, -tension);
  add3(s->residual, e + 1, t, tension);
  if (k == 0) return;
  const double g = k * tension / l;
  m3 h = outer(t, t, k * b->stiffness[e] / l0 * (1 + visco) - g);
  for (int i = 0; i < 3; i++) h.e[i][i] += g;
  add_diagonal(s->matrix, e, &h, 1);
  add_diagonal(s->matrix, e + 1, &h, 1);
  add_pair(s->matrix, e, 1, &h, -1);
}

/* H_aa of a kink: stiffness/l^2 [t q' + q t' + c (1 - t t')]. */
static inline m3 kink_own(v3 t, v3 q, double c, double f) {
  m3 h = outer(t, q, f);
  const m3 w = outer(q, t, f), p = outer(t, t, -f * c);
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) h.e[i][j] += w.e[i][j] + p.e[i][j];
    h.e[i][i] += f * c;
  }
  return h;
}

static void bend_node(kd_beam_march *s, const double *x, size_t i, double k) {
  const kd_beam *b = s->beam;
  const v3 a = sub(at3(x, i), at3(x, i - 1)), d = sub(at3(x, i + 1), at3(x, i));
  const double la = sqrt(dot(a, a)), lb = sqrt(dot(d, d));
  const v3 ta = scaled(a, 1 / la), tb = scaled(d, 1 / lb);
  const double c = dot(ta, tb), ha = b->length[i - 1], hb = b->length[i];
  /* Half an element on each side bends with its own stiffness: compliances add. */
  const double kb = 1 / (0.5 * ha / b->bending[i - 1] + 0.5 * hb / b->bending[i]);
  const v3 qa = plus(tb, ta, -c), qb = plus(ta, tb, -c);
  add3(s->residual, i - 1, qa, kb / la);
  add3(s->residual, i, qa, -kb / la);
  add3(s->residual, i, qb, kb / lb);
  add3(s->residual, i + 1, qb, -kb / lb);
  if (k == 0) return;
  const m3 haa = kink_own(ta, qa, c, k * kb / (la * la)), hbb = kink_own(tb, qb, c, k * kb / (lb * lb));
  /* H_ab = -kb/(la lb) Pa Pb = -kb/(la lb) (1 - ta ta' - tb tb' + c ta tb') */
  const double f = -k * kb / (la * lb);
  m3 hab = outer(ta, tb, f * c);
  const m3 pa = outer(ta, ta, -f), pb = outer(tb, tb, -f);
  for (int r = 0; r < 3; r++) {
    for (int q = 0; q < 3; q++) hab.e[r][q] += pa.e[r][q] + pb.e[r][q];
    hab.e[r][r] += f;
  }
  m3 mid = haa, left, right;
  for (int r = 0; r < 3; r++)
    for (int q = 0; q < 3; q++) {
      mid.e[r][q] += hbb.e[r][q] - hab.e[r][q] - hab.e[q][r];
      left.e[r][q] = hab.e[r][q] - haa.e[r][q];
      right.e[r][q] = hab.e[r][q] - hbb.e[r][q];
    }
  add_diagonal(s->matrix, i - 1, &haa, 1);
  add_diagonal(s->matrix, i, &mid, 1);
  add_diagonal(s->matrix, i + 1, &hbb, 1);
  add_pair(s->matrix, i - 1, 1, &left, 1);
  add_pair(s->matrix, i, 1, &right, 1);
  add_pair(s->matrix, i - 1, 2, &hab, -1);
}

/* A clamped end: the element beside it against a fixed direction, over half its length. */
static void bend_clamp(kd_beam_march *s, const double *x, size_t e, const double *direction, double k) {
  const kd_beam *b = s->beam;
  const v3 d = sub(at3(x, e + 1), at3(x, e)), n = {direction[0], direction[1], direction[2]};
  const double l = sqrt(dot(d, d)), kb = 2 * b->bending[e] / b->length[e];
  const v3 t = scaled(d, 1 / l);
  const double c = dot(t, n);
  const v3 q = plus(n, t, -c);
  add3(s->residual, e, q, kb / l);
  add3(s->residual, e + 1, q, -kb / l);
  if (k == 0) return;
  const m3 h = kink_own(t, q, c, k * kb / (l * l));
  add_diagonal(s->matrix, e, &h, 1);
  add_diagonal(s->matrix, e + 1, &h, 1);
  add_pair(s->matrix, e, 1, &h, -1);
}

/* Tangent at a node: along the string, mean of its elements. */
static inline v3 tangent(const kd_beam_march *s, const double *x, size_t i) {
  const size_t a = i > 0 ? i - 1 : 0, b = i + 1 < s->nodes ? i + 1 : i;
  const v3 d = sub(at3(x, b), at3(x, a));
  return scaled(d, 1 / sqrt(dot(d, d)));
}

/* Drag and water inertia at a node; kc: factor of the velocity tangent. */
static void water_node(kd_beam_march *s, const double *x, const double *v, size_t i, double kc) {
  const kd_beam *b = s->beam;
  const size_t n = s->nodes;
  double drag = 0, skin = 0, inertia = 0;
  if (i > 0)
    drag += 0.5 * b->drag[i - 1] * b->length[i - 1], skin += 0.5 * b->skin[i - 1] * b->length[i - 1],
        inertia += 0.5 * b->inertia[i - 1] * b->length[i - 1];
  if (i + 1 < n)
    drag += 0.5 * b->drag[i] * b->length[i], skin += 0.5 * b->skin[i] * b->length[i],
        inertia += 0.5 * b->inertia[i] * b->length[i];
  const bool head = i + 1 == n && b->head_drag > 0;
  if (drag == 0 && skin == 0 && inertia == 0 && !head) return;
  v3 u = sub(at3(s->water, i), at3(v, i));
  u.x += s->flow_x[i];
  const v3 t = tangent(s, x, i);
  const double along = dot(u, t);
  const v3 un = plus(u, t, -along);
  const double across = sqrt(dot(un, un));
  add3(s->residual, i, un, -drag * across);
  add3(s->residual, i, t, -skin * fabs(along) * along);
  if (inertia > 0 && i < s->wet) {
    const v3 r = at3(s->water_rate, i);
    add3(s->residual, i, plus(r, t, -dot(r, t)), -inertia);
  }
  double isotropic = drag * across, lengthwise = 2 * skin * fabs(along) - isotropic;
  if (head) {
    const double speed = sqrt(dot(u, u));
    add3(s->residual, i, u, -b->head_drag * speed);
    isotropic += b->head_drag * speed;
    if (kc != 0 && speed > 0) {
      const m3 h = outer(u, u, kc * b->head_drag / speed);
      add_diagonal(s->matrix, i, &h, 1);
    }
  }
  if (kc == 0) return;
  m3 h = outer(t, t, kc * lengthwise);
  for (int r = 0; r < 3; r++) h.e[r][r] += kc * isotropic;
  if (across > 0) {
    const m3 w = outer(un, un, kc * drag / across);
    for (int r = 0; r < 3; r++)
      for (int c = 0; c < 3; c++) h.e[r][c] += w.e[r][c];
  }
  add_diagonal(s->matrix, i, &h, 1);
}

/* Flow inside: -m U^2 (t_b - t_a) - m U (v_b - v_a) across, at inner nodes. */
static void flow_node(kd_beam_march *s, const double *x, const double *v, size_t i) {
  const kd_beam *b = s->beam;
  const double m = s->contents != NULL ? s->contents[i] : 0.5 * (b->contents[i - 1] + b->contents[i]);
  const double u = s->flow != NULL ? s->flow[i] : b->flow;
  const v3 a = sub(at3(x, i), at3(x, i - 1)), d = sub(at3(x, i + 1), at3(x, i));
  const v3 ta = scaled(a, 1 / sqrt(dot(a, a))), tb = scaled(d, 1 / sqrt(dot(d, d)));
  add3(s->residual, i, sub(tb, ta), m * u * u);
  const v3 t = tangent(s, x, i), w = sub(at3(v, i + 1), at3(v, i - 1));
  add3(s->residual, i, plus(w, t, -dot(w, t)), m * u);
}

void kd_beam_forces(kd_beam_march *s, const double *x, const double *v, double k, double kc, double load) {
  const kd_beam *b = s->beam;
  const size_t n = s->nodes;
  memset(s->residual, 0, s->dofs * sizeof *s->residual);
  if (k != 0) memset(s->matrix, 0, s->dofs * KD_BAND * sizeof *s->matrix);
  const double visco = k != 0 && b->damping > 0 ? b->damping * kc / k : 0;
  for (size_t e = 0; e + 1 < n; e++) {
    stretch_element(s, x, v, e, k, visco);
    const double half = 0.5 * load * b->weight[e] * b->length[e];
    s->residual[3 * e + 2] += half, s->residual[3 * e + 5] += half;
  }
  for (size_t i = 1; i + 1 < n; i++)
    if (b->bending[i - 1] > 0 && b->bending[i] > 0) bend_node(s, x, i, k);
  if (b->top == KD_END_CLAMPED && b->bending[0] > 0) bend_clamp(s, x, 0, b->top_direction, k);
  if (b->foot == KD_END_CLAMPED && b->bending[n - 2] > 0) bend_clamp(s, x, n - 2, b->foot_direction, k);
  if (load >= 1)
    for (size_t i = 0; i < n; i++) water_node(s, x, v, i, kc);
  if (b->flow != 0 || s->flow != NULL)
    for (size_t i = 1; i + 1 < n; i++) flow_node(s, x, v, i);
  for (size_t i = 0; s->along != NULL && i < n; i++) add3(s->residual, i, tangent(s, x, i), -load * s->along[i]);
  if (b->head_damping > 0) {
    s->residual[s->dofs - 1] += b->head_damping * v[s->dofs - 1];
    if (k != 0) s->matrix[(s->dofs - 1) * KD_BAND] += kc * b->head_damping;
  }
  s->residual[s->dofs - 1] += load * b->head_weight;
  for (int c = 0; c < 3; c++) s->residual[s->dofs - 3 + (size_t)c] -= load * b->force[c];
}

void kd_beam_inertia(kd_beam_march *s, const double *x, double km, const double *acceleration) {
  for (size_t i = 0; i < s->nodes; i++) {
    const v3 a = at3(acceleration, i);
    const double m = s->mass[i] + s->across[i];
    add3(s->residual, i, a, m);
    double *row = s->matrix + 3 * i * KD_BAND;
    for (int c = 0; km > 0 && c < 3; c++) row[c * KD_BAND] += km * m;
    if (s->across[i] > 0) {
      const v3 t = tangent(s, x, i);
      add3(s->residual, i, t, -s->across[i] * dot(a, t));
      if (!(km > 0)) continue;
      const m3 h = outer(t, t, -km * s->across[i]);
      add_diagonal(s->matrix, i, &h, 1);
    }
  }
}
