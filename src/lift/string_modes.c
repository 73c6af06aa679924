// SPDX-License-Identifier: Apache-2.0
/* Lateral modes of the string.
 *
 *   (EI y'')'' - (Te y')' = w^2 m y,   y(0) = 0;   foot free: EI y'' = 0, Te y' - (EI y'')' = w^2 M y            (1)
 *   Euler beams: cos x cosh x = -1 (clamped-free), 1 (clamped-clamped, free-free), tan x = tanh x (clamped-pinned),
 *   n pi (pinned)                                                                                               (2)
 *
 *   y  across [m]   Te effective tension [N]   m  mass with contents and added water [kg/m]   M head [kg]
 *
 * Source    (1) tensioned beam; (2) Rayleigh, Theory of sound, ch. VIII.
 * Numerics  Cubic Hermite elements with consistent mass: frequencies of sixth order in the element without bending, of
 *           fourth order with it. Number of modes below a trial by the signs of the pivots of K - w^2 M (Sylvester),
 * then bisection, inverse iteration and Rayleigh's quotient. Range     small motion about a straight string. Weakness:
 * no water damping.
 */
#include "lift/string_modes.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define PI 3.14159265358979323846
enum { BAND = 4 };

/* Adds the matrices of one element to bands k and m (rows of BAND: diagonal and three to the right). */
static void add_element(double *k, double *m, size_t e, double h, double ei, double t0, double t1, double mass) {
  static const double point[4] = {0.069431844202973712, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629};
  static const double weight[4] = {0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693};
  double ke[4][4] = {{0}}, me[4][4] = {{0}};
  for (int g = 0; g < 4; g++) {
    const double x = point[g], w = weight[g] * h, tension = t0 + (t1 - t0) * x;
    const double n[4] = {1 - x * x * (3 - 2 * x), h * x * (1 - x) * (1 - x), x * x * (3 - 2 * x), -h * x * x * (1 - x)};
    const double d[4] = {-6 * x * (1 - x) / h, (1 - x) * (1 - 3 * x), 6 * x * (1 - x) / h, -x * (2 - 3 * x)};
    const double c[4] = {(-6 + 12 * x) / (h * h), (-4 + 6 * x) / h, (6 - 12 * x) / (h * h), (-2 + 6 * x) / h};
    for (int i = 0; i < 4; i++)
      for (int j = i; j < 4; j++) {
        ke[i][j] += w * (tension * d[i] * d[j] + ei * c[i] * c[j]);
        me[i][j] += w * mass * n[i] * n[j];
      }
  }
  for (int i = 0; i < 4; i++)
    for (int j = i; j < 4; j++) {
      k[(2 * e + (size_t)i) * BAND + (size_t)(j - i)] += ke[i][j];
      m[(2 * e + (size_t)i) * BAND + (size_t)(j - i)] += me[i][j];
    }
}

/* LDL^T of a = k - shift m; returns the negative pivots. */
static size_t factor(double *restrict a, const double *k, const double *m, double shift, size_t n) {
  size_t negative = 0;
  for (size_t i = 0; i < n * BAND; i++) a[i] = k[i] - shift * m[i];
  for (size_t i = 0; i < n; i++) {
    double *row = a + i * BAND;
    if (row[0] == 0) row[0] = 1e-300;
    const double inverse = 1 / row[0];
    negative += row[0] < 0;
    for (int j = 1; j < BAND; j++) {
      const double l = row[j] * inverse;
      for (int c = j; c < BAND; c++) row[j * BAND + c - j] -= l * row[c];
    }
    for (int j = 1; j < BAND; j++) row[j] *= inverse;
    row[0] = inverse;
  }
  return negative;
}

static void solve(const double *a, double *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 1; j < BAND; j++) x[i + j] -= a[i * BAND + j] * x[i];
  memset(x + n, 0, BAND * sizeof *x);
  for (size_t i = n; i-- > 0;) {
    double s = x[i] * a[i * BAND];
    for (size_t j = 1; j < BAND; j++) s -= a[i * BAND + j] * x[i + j];
    x[i] = s;
  }
}

static void product(double *y, const double *a, const double *x, size_t n) {
  memset(y, 0, (n + BAND) * sizeof *y);
  for (size_t i = 0; i < n; i++) {
    y[i] += a[i * BAND] * x[i];
    for (size_t j = 1; j < BAND && i + j < n; j++) {
      y[i] += a[i * BAND + j] * x[i + j];
      y[i + j] += a[i * BAND + j] * x[i];
    }
  }
}

static double inner(const double *a, const double *b, size_t n) {
  double s = 0;
  for (size_t i = 0; i < n; i++) s += a[i] * b[i];
  return s;
}

static void hold(double *k, double *m, size_t dof) {
  for (size_t j = 1; j < BAND; j++) {
    k[dof * BAND + j] = m[dof * BAND + j] = 0;
    if (j <= dof) k[(dof - j) * BAND + j] = m[(dof - j) * BAND + j] = 0;
  }
  k[dof * BAND] = 1, m[dof * BAND] = 0; /* no frequency of its own */
}

static void assemble(double *k, double *m, const kd_mode_problem *p) {
  const size_t last = 2 * p->elements;
  for (size_t e = 0; e < p->elements; e++)
    add_element(k, m, e, p->length[e], p->bending[e], p->tension[e], p->tension[e + 1], p->mass[e]);
  m[last * BAND] += p->head_mass;
  if (p->top != KD_END_FREE) hold(k, m, 0);
  if (p->top == KD_END_CLAMPED) hold(k, m, 1);
  if (p->foot != KD_END_FREE) hold(k, m, last);
  if (p->foot == KD_END_CLAMPED) hold(k, m, last + 1);
}

kd_status kd_modes_solve(kd_modes *out, const kd_mode_problem *p, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  const size_t nodes = p->elements + 1, n = 2 * nodes;
  KD_CHECK(count >= 1 && count <= p->elements, work->err, KD_E_RANGE,
           "modes %zu: must be from 1 to the number of elements %zu", count, p->elements);
  double *k = kd_arena_alloc(work->scratch, (n + 8) * BAND, sizeof *k);
  double *m = kd_arena_alloc(work->scratch, (n + 8) * BAND, sizeof *m);
  double *a = kd_arena_alloc(work->scratch, (n + 8) * BAND, sizeof *a);
  double *x = kd_arena_alloc(work->scratch, 3 * (n + 8), sizeof *x);
  *out = (kd_modes){.count = count};
  out->omega = kd_arena_alloc(work->scratch, count, sizeof *out->omega);
  out->mass = kd_arena_alloc(work->scratch, count, sizeof *out->mass);
  out->shape = kd_arena_alloc(work->scratch, count * nodes, sizeof *out->shape);
  out->slope = kd_arena_alloc(work->scratch, count * nodes, sizeof *out->slope);
  KD_CHECK(k && m && a && x && out->omega && out->mass && out->shape && out->slope, work->err, KD_E_NOMEM,
           "no memory for %zu elements", p->elements);
  double *y = x + n + 8, *z = y + n + 8;
  assemble(k, m, p);
  memset(a + n * BAND, 0, 8 * BAND * sizeof *a);
  KD_CHECK(factor(a, k, m, 0, n) == 0, work->err, KD_E_INFEASIBLE,
           "tension at the foot %g N: the string buckles; it has no modes of small motion", p->tension[p->elements]);
  double high = 1e-12;
  for (size_t mode = 0; mode < count; mode++) {
    double low = mode > 0 ? out->omega[mode - 1] * out->omega[mode - 1] * (1 - 1e-9) : 0;
    high = fmax(high, low * 1.01);
    while (factor(a, k, m, high, n) < mode + 1 && high < 1e30) low = high, high *= 2;
    for (int i = 0; i < 70 && high - low > 1e-9 * high; i++) {
      const double middle = 0.5 * (low + high);
      if (factor(a, k, m, middle, n) > mode)
        high = middle;
      else
        low = middle;
    }
    /* Inverse iteration from a shift just below, then Rayleigh's quotient. */
    double value = 0.5 * (low + high);
    factor(a, k, m, low, n);
    for (size_t i = 0; i < n; i++) x[i] = 1 + 0.3 * sin(1.7 * (double)(i + mode));
    for (int round = 0; round < 4; round++) {
      product(y, m, x, n);
      solve(a, y, n);
      double most = 0;
      for (size_t i = 0; i < n; i += 2)
        if (fabs(y[i]) > fabs(most)) most = y[i];
      for (size_t i = 0; i < n; i++) x[i] = y[i] / most;
    }
    product(y, k, x, n);
    product(z, m, x, n);
    out->mass[mode] = inner(x, z, n);
    value = inner(x, y, n) / out->mass[mode];
    out->omega[mode] = sqrt(fmax(value, 0));
    for (size_t i = 0; i < nodes; i++) {
      out->shape[mode * nodes + i] = x[2 * i];
      out->slope[mode * nodes + i] = x[2 * i + 1];
    }
    high = fmax(high, value);
  }
out:
  return status;
}

double kd_beam_root(kd_beam_ends ends, int mode) {
  if (ends == KD_PINNED_PINNED) return mode * PI;
  double x = ends == KD_CLAMPED_FREE     ? (mode - 0.5) * PI
             : ends == KD_CLAMPED_PINNED ? (mode + 0.25) * PI
                                         : (mode + 0.5) * PI;
  if (ends == KD_CLAMPED_FREE && mode == 1) x = 1.8751;
  for (int i = 0; i < 60; i++) { /* written with 1/cosh, which does not overflow */
    const double s = 1 / cosh(x), t = tanh(x);
    const double f = ends == KD_CLAMPED_FREE     ? cos(x) + s
                     : ends == KD_CLAMPED_PINNED ? sin(x) - cos(x) * t
                                                 : cos(x) - s;
    const double d = ends == KD_CLAMPED_FREE     ? -sin(x) - s * t
                     : ends == KD_CLAMPED_PINNED ? cos(x) + sin(x) * t - cos(x) * s * s
                                                 : -sin(x) + s * t;
    const double next = x - f / d, change = fabs(next - x);
    x = next;
    if (change < 1e-16 * x) break;
  }
  return x;
}
