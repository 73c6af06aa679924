// SPDX-License-Identifier: Apache-2.0
/* The string as a beam in space.
 *
 *   energy     sum EA/2 l0 (l/l0 - 1)^2 + sum EI/lm (1 - t_a . t_b),  lm the mean length of both elements           (1)
 *              a clamped end bends over half an element: EI/(l/2) (1 - d . t)
 *   balance    M x'' + dE/dx = -w z + f_drag + f_water + f_flow                                                     (2)
 *   drag       1/2 rho Cd D |u_n| u_n across and 1/2 rho Ct pi D |u_t| u_t along, u = water less string (3) water rho
 * (1 + Ca) A du_n/dt across (Morison); added mass rho Ca A and the contents move across only         (4) inside -m_i
 * U^2 t' - 2 m_i U x''s  at inner nodes: centrifugal and Coriolis force of the flow                 (5) tension    EA
 * (l/l0 - 1) is the effective tension: weights are effective weights                                 (6) march
 * generalised alpha: M a(n+1-am) = f(x(n+1-af)), x and v by Newmark                                     (7)
 *
 *   x  position [m]   l, l0  length, unstretched [m]   t unit vector of an element   w effective weight [N/m]
 *   u  speed of the water past the string [m/s]   m_i contents [kg/m]   U their speed along the string [m/s]
 *
 * Source    (1) discrete elastic rod without twist, after Bergou et al. 2008; kinks by |t_a - t_b|^2/2; (3), (4)
 * Morison et al. 1950; (5) Païdoussis 1998; (6) Sparks 1984; (7) Chung and Hulbert 1993. Numerics  Exact second
 * derivatives of (1); Newton with a band of half-width 8; drag implicit with its symmetric tangent, (5) explicit in the
 * tangent. Second order in element length and in time step. Range     large displacement, small strain; no twist.
 * Weakness: the mass across turns with the string but its rate of turn is left out; waves are taken at the rest
 * position.
 */
#include "lift/string_beam.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/random.h"
#include "lift/string_beam_band.h"
#include "lift/waves.h"

#define PI 3.14159265358979323846

struct kd_beam_march {
  const kd_beam *beam;
  const kd_current *current;
  size_t nodes, dofs;
  double am, af, beta, gamma;
  double time;
  double *x, *v, *a;    /* state, 3 a node */
  double *xn, *vn, *an; /* of the step in work */
  double *xm, *vm;      /* at the instant of balance */
  double *matrix, *residual;
  double *mass, *across;      /* by node, kg */
  double *flow_x;             /* current at rest depth, by node */
  double *water, *water_rate; /* speed and acceleration of waves by node, 3 each */
  /* waves: nodes that feel them, and by node and component the amplitude with its phase */
  const kd_wave_train *waves;
  size_t wet;
  double *cosine, *sine; /* wet x count: of -k x + phase, times amplitude and exp(k z) */
  double reaction[3], hold_tension;
  const double *along, *contents, *flow; /* by node, of a caller; or NULL */
  kd_beam_motion top;
  kd_beam_count count;
};

static double *room(size_t count, kd_work *work, kd_status *status) {
  double *at = *status == KD_OK ? kd_arena_alloc(work->scratch, count, sizeof *at) : NULL;
  if (at == NULL && *status == KD_OK) *status = kd_error_set(work->err, KD_E_NOMEM, "no memory for a beam");
  return at;
}

kd_status kd_beam_create(kd_beam *out, size_t elements, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_beam){.elements = elements, .top = KD_END_PINNED, .hold_stiffness = HUGE_VAL, .gravity = 9.80665};
  double **lists[] = {&out->length,  &out->stiffness, &out->bending, &out->weight,  &out->mass,
                      &out->lateral, &out->drag,      &out->skin,    &out->inertia, &out->contents};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) *lists[i] = room(elements, work, &status);
  return status;
}

/* ---- vectors ---- */

typedef struct v3 {
  double x, y, z;
} v3;
static inline v3 at3(const double *p, size_t i) {
  return (v3){p[3 * i], p[3 * i + 1], p[3 * i + 2]};
}
static inline v3 sub(v3 a, v3 b) {
  return (v3){a.x - b.x, a.y - b.y, a.z - b.z};
}
static inline double dot(v3 a, v3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
static inline v3 scaled(v3 a, double s) {
  return (v3){a.x * s, a.y * s, a.z * s};
}
static inline v3 plus(v3 a, v3 b, double s) {
  return (v3){a.x + s * b.x, a.y + s * b.y, a.z + s * b.z};
}
static inline void add3(double *p, size_t i, v3 a, double s) {
  p[3 * i] += s * a.x, p[3 * i + 1] += s * a.y, p[3 * i + 2] += s * a.z;
}

typedef struct m3 {
  double e[3][3];
} m3;
static inline m3 outer(v3 a, v3 b, double s) {
  const double p[3] = {a.x * s, a.y * s, a.z * s}, q[3] = {b.x, b.y, b.z};
  m3 r;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) r.e[i][j] = p[i] * q[j];
  return r;
}

/* Adds s times a symmetric block to node i, and s times any block to the pair (i, i + 1) or (i, i + 2). */
static inline void add_diagonal(double *restrict a, size_t i, const m3 *b, double s) {
  double *row = a + 3 * i * KD_BAND;
  row[0] += s * b->e[0][0], row[1] += s * b->e[0][1], row[2] += s * b->e[0][2];
  row[KD_BAND] += s * b->e[1][1], row[KD_BAND + 1] += s * b->e[1][2], row[2 * KD_BAND] += s * b->e[2][2];
}
static inline void add_pair(double *restrict a, size_t i, int apart, const m3 *b, double s) {
  for (int r = 0; r < 3; r++) {
    double *row = a + (3 * i + (size_t)r) * KD_BAND + 3 * apart - r;
    for (int c = 0; c < 3; c++) row[c] += s * b->e[r][c];
  }
}

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

/* All forces at (x, v): residual = dE/dx - f. k, kc: factors of the tangents, 0: forces alone. load: share of weights
 * and end forces, for load steps. */
static void forces(kd_beam_march *s, const double *x, const double *v, double k, double kc, double load) {
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

static kd_status set_waves(kd_beam_march *s, kd_work *work) {
  kd_status status = KD_OK;
  const kd_wave_train *w = s->waves;
  if (w == NULL || w->count == 0) return KD_OK;
  double longest = w->omega[0];
  for (size_t j = 1; j < w->count; j++) longest = fmin(longest, w->omega[j]);
  const double reach = -7 * 9.80665 / (longest * longest); /* exp(-7): a thousandth */
  while (s->wet < s->nodes && s->x[3 * s->wet + 2] > reach) s->wet++;
  s->cosine = room(s->wet * w->count + 1, work, &status);
  s->sine = room(s->wet * w->count + 1, work, &status);
  if (status != KD_OK) return status;
  for (size_t i = 0; i < s->wet; i++)
    for (size_t j = 0; j < w->count; j++) {
      const double k = w->omega[j] * w->omega[j] / 9.80665, z = fmin(s->x[3 * i + 2], 0);
      const double a = w->amplitude[j] * exp(k * z), phase = w->phase[j] - k * s->x[3 * i];
      s->cosine[i * w->count + j] = a * cos(phase);
      s->sine[i * w->count + j] = a * sin(phase);
    }
  return status;
}

/* Orbital speed and acceleration at a time: elevation a cos(w t + phase). */
static void set_water(kd_beam_march *s, double time) {
  const kd_wave_train *w = s->waves;
  enum { BLOCK = 256 };
  double c[BLOCK], d[BLOCK];
  if (s->wet == 0) return;
  memset(s->water, 0, 3 * s->wet * sizeof *s->water);
  memset(s->water_rate, 0, 3 * s->wet * sizeof *s->water_rate);
  for (size_t from = 0; from < w->count; from += BLOCK) {
    const size_t part = w->count - from < BLOCK ? w->count - from : BLOCK;
    for (size_t j = 0; j < part; j++) {
      c[j] = cos(w->omega[from + j] * time);
      d[j] = sin(w->omega[from + j] * time);
    }
    for (size_t i = 0; i < s->wet; i++) {
      const double *p = s->cosine + i * w->count + from, *q = s->sine + i * w->count + from;
      double u = 0, z = 0, du = 0, dz = 0;
      for (size_t j = 0; j < part; j++) {
        const double o = w->omega[from + j], cs = p[j] * c[j] - q[j] * d[j], sn = q[j] * c[j] + p[j] * d[j];
        u += o * cs, z -= o * sn, du -= o * o * sn, dz -= o * o * cs;
      }
      if (s->x[3 * i + 2] > 0) continue; /* above the sea */
      s->water[3 * i] += u, s->water[3 * i + 2] += z;
      s->water_rate[3 * i] += du, s->water_rate[3 * i + 2] += dz;
    }
  }
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
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) *lists[i] = room(n, work, &status);
  s->matrix = room(n * KD_BAND, work, &status);
  s->mass = room(s->nodes, work, &status);
  s->across = room(s->nodes, work, &status);
  s->flow_x = room(s->nodes, work, &status);
  KD_TRY(status);
  memcpy(s->x, positions, s->dofs * sizeof *s->x);
  for (int c = 0; c < 3; c++) s->top.position[c] = positions[c];
  set_nodes(s);
  for (size_t i = 0; i < s->nodes; i++)
    if (current != NULL && s->x[3 * i + 2] <= 0) s->flow_x[i] = kd_current_at(current, -s->x[3 * i + 2]);
  KD_TRY(set_waves(s, work));
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
      forces(s, s->x, s->v, 1, 0, load);
      hold_ends(s, true, true);
      /* A positive matrix: where the string is slack or buckles a share of the diagonal is added. */
      double shift = 0;
      memcpy(s->xn, s->residual, s->dofs * sizeof *s->xn);
      while (kd_band_factor(s->matrix, s->dofs) > 0 && shift < 1e12) {
        shift = shift > 0 ? 10 * shift : 1e-3 * b->stiffness[0] / b->length[0] * 1e-3;
        forces(s, s->x, s->v, 1, 0, load);
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
  forces(s, s->x, s->v, 0, 0, 1);
  for (size_t c = 0; c < 3; c++) s->reaction[c] = -s->residual[c];
  s->hold_tension = -s->reaction[2];
out:
  return status;
}

/* Adds M times the acceleration and its tangent. */
static void inertia(kd_beam_march *s, const double *x, double km, const double *acceleration) {
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
  set_water(s, s->time + f * h);
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
    forces(s, s->xm, s->vm, fresh ? f : 0, fresh ? f * kv : 0, 1);
    double *am = s->vm; /* the velocity is not wanted any more once the compensator is in */
    if (compensated(b) && b->top != KD_END_FREE) compensate(s, h, top, fresh);
    for (size_t i = 0; i < n; i++) am[i] = (1 - s->am) * s->an[i] + s->am * s->a[i];
    inertia(s, s->xm, fresh ? (1 - s->am) * kx : 0, am);
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

/* ---- waves ---- */

kd_status kd_wave_train_create(kd_wave_train *out, const kd_wave_spectrum *spectrum, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  double *a = room(count, work, &status), *w = room(count, work, &status), *p = room(count, work, &status);
  kd_wave_moments all;
  KD_TRY(status);
  kd_wave_moments_of(&all, spectrum, 0);
  /* Cells of equal energy up to 99.5 %; the frequency stands at the middle of the energy of its cell. */
  double omega = 0, sum = 0;
  const double step = 1e-3 * all.m1 / all.m0, share = 0.995 * all.m0 / (double)count;
  for (size_t j = 0; j < count; j++) {
    while (sum < ((double)j + 0.5) * share) {
      sum += step * kd_wave_density(spectrum, omega + 0.5 * step);
      omega += step;
    }
    w[j] = omega;
    a[j] = sqrt(2 * all.m0 / (double)count);
    p[j] =
        work->rng != NULL ? 2 * PI * kd_stream_uniform(work->rng) : fmod(2.399963229728653 * (double)(j * j), 2 * PI);
  }
  *out = (kd_wave_train){count, a, w, p};
out:
  return status;
}
