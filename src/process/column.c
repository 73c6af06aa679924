// SPDX-License-Identifier: Apache-2.0
/* Fixed-bed sorption.
 *
 *   dc/dt + v dc/dz - D d2c/dz2 = -F r,   dq/dt = r,   F = density / porosity                                      (1)
 *   linear driving force   r_i = k_i (q*_i(c) - q_i),   q*_i = q_max K_i c_i/(1 + sum K c)                         (2)
 *   second order           r_i = k_i (c_i (q_max - sum q) - q_i/K_i)                                               (3)
 *   inlet  v c_in = v c - D dc/dz,   outlet  dc/dz = 0                                    (Danckwerts 1953)        (4)
 *
 * Plug flow, D = 0: with th = t - z/v (1) is dc/dz = -(F/v) r, dq/dth = r, both along grid lines. In cells along z,
 * exact for the q and the scalar (1 + sum K c, or q_max - sum q) of the moment, and by trapezoids in time: one Newton
 * in that scalar a cell, whatever the number of solutes, and nothing falls below 0. Second order; smooth behind the
 * front, so that halving the grid and extrapolating gives the fourth (Richardson). Cells at rest are left out, so that
 * a sharp front costs what its width does. One solute of second order has a closed form, with trapezoids both ways.
 * With dispersion: central finite volumes, Crank-Nicolson started by four damping steps (Rannacher 1984), the sorbed
 * phase eliminated node by node, Newton with a block-tridiagonal matrix for the liquid.
 *
 * Source    Glueckauf 1955 (linear driving force); Thomas 1944 (second order).
 * Range     any number of solutes up to 16 that share q_max (what makes competitive Langmuir thermodynamically whole).
 * Weakness  no pore diffusion of its own, no pH, no swelling; one particle size.
 */
#include "process/column.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "process/dense.h"

#define KD_N KD_COLUMN_SOLUTES

/* Rates of a cell that liquid `in` enters and q = b + g r fills: exact along the cell for the scalar s and the q of the
 * moment, so that nothing falls below 0 however much the cell takes up. f is F dz/v: c_out = in - f r.
 *   (2) s = 1 + sum K c at the mean of c:  f r = (1 - e)(in - s q/(Q K)),  e = exp(-f k Q K/s)
 *   (3) s = q_max - sum q:                 f r = (1 - e)(in - q/(K s)),    e = exp(-f k s)
 * A step of 1e-8 leaves 1e-16, Newton being quadratic: the rates then follow it along their slope. */
static void cell_rates(double *r, const kd_column_bed *bed, const double *in, const double *b, double f, double g,
                       double enough, double *guess) {
  const size_t n = bed->solutes;
  const bool ldf = bed->uptake == KD_UPTAKE_LDF;
  double s = *guess, dr[KD_N];
  for (int k = 0; k < 60; k++) {
    double sum = (ldf ? 1 : bed->capacity) - s, slope = -1;
    for (size_t i = 0; i < n; i++) {
      const kd_column_solute *u = &bed->solute[i];
      if (ldf) {
        const double slow = 1 / (bed->capacity * u->affinity), fold = f * u->rate / (slow * s);
        const double taken = -expm1(-fold), d_taken = -(1 - taken) * fold / s, low = 1 / (f + s * slow * taken * g);
        r[i] = taken * (in[i] - s * slow * b[i]) * low;
        dr[i] =
            (d_taken * (in[i] - s * slow * b[i]) - taken * slow * b[i] - r[i] * slow * g * (taken + s * d_taken)) * low;
        sum += u->affinity * (in[i] - 0.5 * f * r[i]);
        slope -= 0.5 * u->affinity * f * dr[i];
      } else {
        const double fold = f * u->rate, taken = -expm1(-fold * s), each = s > 1e-12 * bed->capacity ? taken / s : fold;
        const double d_taken = fold * (1 - taken),
                     d_each = s > 1e-12 * bed->capacity ? (d_taken - each) / s : -0.5 * fold * fold;
        const double low = 1 / (f + each * g / u->affinity);
        r[i] = (taken * in[i] - each * b[i] / u->affinity) * low;
        dr[i] = (d_taken * in[i] - d_each * (b[i] + g * r[i]) / u->affinity) * low;
        sum -= b[i] + g * r[i];
        slope -= g * dr[i];
      }
    }
    double step = sum / slope;
    if (s - step < (ldf ? 1 : 0)) step = s - (ldf ? 1 : 0);
    s -= step;
    if (fabs(step) <= enough * (ldf ? s : bed->capacity)) {
      for (size_t i = 0; i < n; i++) r[i] -= dr[i] * step;
      break;
    }
  }
  *guess = s;
}

/* Rates at known c and q. */
static void rates(double *r, const kd_column_bed *bed, const double *c, const double *q) {
  double held = 0, sum = 1;
  for (size_t i = 0; i < bed->solutes; i++) {
    held += q[i];
    sum += bed->solute[i].affinity * c[i];
  }
  for (size_t i = 0; i < bed->solutes; i++) {
    const kd_column_solute *u = &bed->solute[i];
    r[i] = bed->uptake == KD_UPTAKE_LDF ? u->rate * (bed->capacity * u->affinity * c[i] / sum - q[i])
                                        : u->rate * (c[i] * (bed->capacity - held) - q[i] / u->affinity);
  }
}

static kd_status check(const kd_column_bed *b, double time, kd_error *err) {
  kd_status status = KD_OK;
  double held = 0;
  KD_CHECK(b->solutes >= 1 && b->solutes <= KD_N, err, KD_E_SIZE, "%zu solutes: 1 to %d", b->solutes, KD_N);
  KD_CHECK(b->cells >= 2 && b->cells <= 100000 && b->steps >= 2 && b->steps <= 1000000, err, KD_E_RANGE,
           "cells %zu, steps %zu: must be 2 to 100000 and 2 to 1000000", b->cells, b->steps);
  KD_CHECK(b->porosity > 0 && b->porosity < 1, err, KD_E_RANGE, "porosity %g: must be between 0 and 1", b->porosity);
  KD_CHECK(b->capacity > 0 && b->length > 0 && b->velocity > 0 && b->density > 0 && time > 0 && b->dispersion >= 0, err,
           KD_E_RANGE, "capacity, length, velocity, density and time must be above 0, dispersion at least 0");
  for (size_t i = 0; i < b->solutes; i++) {
    const kd_column_solute *u = &b->solute[i];
    KD_CHECK(u->feed >= 0 && u->affinity > 0 && u->rate >= 0 && u->initial >= 0, err, KD_E_RANGE,
             "solute %zu: affinity must be above 0, feed, rate and initial at least 0", i + 1);
    held += u->initial;
  }
  KD_CHECK(held <= 1 + 1e-12, err, KD_E_CONTRADICTION, "initial loadings make %g of the capacity: at most 1", held);
out:
  return status;
}

/* Ahead of the front values fall below what a double holds in full, where arithmetic is a hundred times slower: nothing
 * counts as nothing there. */
static double whole_or_none(double x) {
  return fabs(x) < 1e-250 ? 0 : x;
}

/* One solute, second order, plug flow: the quadratic has a closed form, which is what most columns need. */
static void march_single(double *out, const kd_column_bed *bed, bool fed, size_t steps, double dz, double dt, double *q,
                         double *r) {
  const kd_column_solute *u = &bed->solute[0];
  const double f = 0.5 * bed->density / bed->porosity * dz / bed->velocity, g = 0.5 * dt;
  const double k = u->rate, inverse = 1 / u->affinity, qm = bed->capacity;
  for (size_t n = 0; n <= steps; n++) {
    const double advance = n == 0 ? 0 : g;
    double before_c = fed ? u->feed : 0, before_r = 0;
    for (size_t j = 0; j <= bed->cells; j++) {
      const double a = j == 0 ? before_c : before_c - f * before_r, ff = j == 0 ? 0 : f;
      const double b = n == 0 ? q[j] : q[j] + advance * r[j];
      /* r = k ((a - ff r)(qm - b - g r) - (b + g r)/K): p r^2 - m r + w = 0 */
      const double p = k * ff * advance, w = k * (a * (qm - b) - b * inverse);
      const double m = 1 + k * (ff * (qm - b) + advance * (a + inverse));
      const double rate = p == 0 ? w / m : 2 * w / (m + sqrt(m * m - 4 * p * w));
      q[j] = whole_or_none(b + advance * rate);
      r[j] = whole_or_none(rate);
      before_c = whole_or_none(a - ff * rate);
      before_r = r[j];
    }
    if (n > 0 || fed) out[n] = before_c;
  }
}

/* Cells at rest, behind and between the fronts and ahead of them, are left out until the liquid that reaches them
 * changes by KD_REST of the feed; so the cost of a step is that of its fronts. */
#define KD_REST 1e-14 /* where the bed says nothing */

typedef struct marching {
  double *q, *r, *c, *guess, *trend; /* c: leaving the cell; trend: how the guess moved last */
  unsigned *awake, *next;            /* cells that work, in their order */
  unsigned char *works;
  size_t count;
  double *solved; /* nodes solved so far, all runs together */
  double rest, enough;
} marching;

/* One cell: true when it does not rest. */
static bool cell(marching *m, const kd_column_bed *bed, size_t j, const double *a, double f, double g) {
  const size_t n = bed->solutes;
  double b[KD_N], *q = &m->q[j * n], *r = &m->r[j * n], *c = &m->c[j * n];
  for (size_t i = 0; i < n; i++) b[i] = q[i] + g * r[i];
  const double before = m->guess[j];
  m->guess[j] += m->trend[j];
  cell_rates(r, bed, a, b, f, g, m->enough, &m->guess[j]);
  m->trend[j] = m->guess[j] - before;
  bool busy = false;
  for (size_t i = 0; i < n; i++) {
    r[i] = whole_or_none(r[i]);
    q[i] = whole_or_none(b[i] + g * r[i]);
    c[i] = whole_or_none(a[i] - f * r[i]);
    busy = busy || fabs(r[i]) > m->rest * bed->solute[i].rate * bed->capacity;
  }
  if (busy) return true;
  for (size_t i = 0; i < n; i++) r[i] = 0;
  m->trend[j] = 0;
  return false;
}

/* Next cell from j on that works or is woken by liquid a; the number of cells when none. */
static size_t next_cell(const marching *m, size_t *at, size_t j, size_t cells, const double *a, double feed, size_t n) {
  if (j >= cells || m->works[j]) return j;
  for (size_t i = 0; i < n; i++)
    if (fabs(a[i] - m->c[j * n + i]) > m->rest * feed) return j;
  while (*at < m->count && m->awake[*at] < j) ++*at;
  return *at < m->count ? m->awake[*at] : cells;
}

static kd_status march(double *out, const kd_column_bed *bed, bool fed, size_t steps, double dz, double dt, marching *m,
                       kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = bed->solutes, cells = bed->cells;
  const double f = bed->density / bed->porosity * dz / bed->velocity;
  double feed = 0, a[KD_N];
  for (size_t i = 0; i < n; i++) feed += bed->solute[i].feed;
  for (size_t k = 0; k <= steps; k++) {
    const double g = k == 0 ? 0 : 0.5 * dt;
    size_t found = 0, at = 0, j = 0;
    for (size_t i = 0; i < n; i++) a[i] = fed ? bed->solute[i].feed : 0;
    while (j < cells) {
      if (k == 0) { /* start where the state says */
        double held = 0;
        for (size_t i = 0; i < n; i++) held += m->q[j * n + i];
        m->guess[j] = bed->uptake == KD_UPTAKE_LDF ? 1 : bed->capacity - held;
        for (size_t i = 0; i < n && bed->uptake == KD_UPTAKE_LDF; i++) m->guess[j] += bed->solute[i].affinity * a[i];
        m->trend[j] = 0;
      }
      ++*m->solved;
      if (cell(m, bed, j, a, f, g)) m->next[found++] = (unsigned)j;
      memcpy(a, &m->c[j * n], n * sizeof *a);
      const size_t to = k == 0 ? j + 1 : next_cell(m, &at, j + 1, cells, a, feed, n);
      if (to > j + 1 && to < cells) memcpy(a, &m->c[(to - 1) * n], n * sizeof *a);
      j = to;
    }
    for (size_t i = 0; i < m->count; i++) m->works[m->awake[i]] = 0;
    for (size_t i = 0; i < found; i++) m->works[m->next[i]] = 1;
    unsigned *swap = m->awake;
    m->awake = m->next;
    m->next = swap;
    m->count = found;
    if (k > 0 || fed) memcpy(&out[k * n], &m->c[(cells - 1) * n], n * sizeof *out);
    KD_CHECK(
        !(bed->most > 0) || *m->solved <= bed->most, err, KD_E_CONVERGENCE,
        "%zu cells and %zu steps: the front is too sharp or too long on its way, %.0f cells solved by %.2g of the time",
        cells, steps, *m->solved, (double)k / (double)steps);
  }
out:
  return status;
}

static double *zeros(kd_work *work, size_t count) {
  return kd_arena_alloc(work->scratch, count, sizeof(double));
}

static void start(const kd_column_bed *bed, double *q, size_t nodes) {
  for (size_t j = 0; j < nodes; j++)
    for (size_t i = 0; i < bed->solutes; i++) q[j * bed->solutes + i] = bed->solute[i].initial * bed->capacity;
}

size_t kd_column_first_steps(const kd_column_bed *bed, double time) {
  if (!(bed->feed_end < time)) return bed->steps;
  if (bed->feed_end <= 0) return 0;
  if (bed->first > 0) return bed->first;
  const size_t pairs = bed->steps / 2;
  const double wanted = floor(bed->feed_end / time * (double)pairs + 0.5);
  const size_t first = wanted < 1 ? 1 : wanted > (double)pairs - 1 ? pairs - 1 : (size_t)wanted;
  return 2 * first;
}

/* The times of the steps. */
static void fill_times(double *times, const kd_column_bed *bed, double time) {
  const size_t first = kd_column_first_steps(bed, time);
  for (size_t k = 0; k <= bed->steps; k++) {
    if (k <= first)
      times[k] = first == bed->steps ? time * (double)k / (double)first
                 : first == 0        ? 0
                                     : bed->feed_end * (double)k / (double)first;
    else
      times[k] =
          fmax(0, bed->feed_end) + (time - fmax(0, bed->feed_end)) * (double)(k - first) / (double)(bed->steps - first);
  }
}

static kd_status plug_flow(double *out, double *loading, const kd_column_bed *bed, const double *times, kd_work *work) {
  kd_status status = KD_OK;
  const bool closed = bed->solutes == 1 && bed->uptake == KD_UPTAKE_LANGMUIR && !(bed->rest > 0);
  const size_t n = bed->solutes, nodes = bed->cells + (closed ? 1 : 0);
  const size_t first = kd_column_first_steps(bed, times[bed->steps]);
  double solved = 0, *q = zeros(work, nodes * (3 * n + 2)), *r = q + nodes * n;
  unsigned *lists = kd_arena_alloc(work->scratch, 2 * nodes, sizeof *lists);
  unsigned char *works = kd_arena_alloc(work->scratch, nodes, 1);
  const double dz = bed->length / (double)bed->cells;
  KD_CHECK(q != NULL && lists != NULL && works != NULL, work->err, KD_E_NOMEM, "out of memory for %zu nodes", nodes);
  memset(q, 0, nodes * (3 * n + 2) * sizeof *q);
  memset(works, 0, nodes);
  start(bed, q, nodes);
  marching m = {.q = q,
                .r = r,
                .c = r + nodes * n,
                .guess = r + 2 * nodes * n,
                .trend = r + 2 * nodes * n + nodes,
                .awake = lists,
                .next = lists + nodes,
                .works = works,
                .rest = bed->rest > 0 ? bed->rest : KD_REST,
                .enough = bed->rest > 0 ? fmax(1e-8, 0.1 * sqrt(bed->rest)) : 1e-8,
                .solved = bed->solved != NULL ? bed->solved : &solved};
  for (int part = 0; part < 2;
       part++) { /* fed, then not: the jump falls on a grid line, with rates on both its sides */
    const size_t from = part == 0 ? 0 : first, steps = part == 0 ? first : bed->steps - first;
    if (steps == 0) continue;
    const double dt = times[from + 1] - times[from];
    if (closed)
      march_single(&out[from * n], bed, part == 0, steps, dz, dt, q, r);
    else
      KD_TRY(march(&out[from * n], bed, part == 0, steps, dz, dt, &m, work->err));
  }
  for (size_t i = 0; loading != NULL && i < n; i++) {
    loading[i] = 0;
    for (size_t j = 0; j < nodes; j++)
      loading[i] += (closed && (j == 0 || j + 1 == nodes) ? 0.5 : 1) * q[j * n + i] / (double)bed->cells;
  }
out:
  return status;
}

/* --- with dispersion -------------------------------------------------------------------------------------------- */

typedef struct dispersed {
  const kd_column_bed *bed;
  size_t n, cells;
  double dz;
  double *c, *q, *r, *flux, *next, *right, *diagonal, *gain;
} dispersed;

/* -v dc/dz + D d2c/dz2 in cell j. */
static double transport(const dispersed *s, const double *c, size_t j, size_t i, double in) {
  const size_t n = s->n;
  const double here = c[j * n + i], v = s->bed->velocity / s->dz, d = s->bed->dispersion / (s->dz * s->dz);
  const double west = j == 0 ? v * in : 0.5 * v * (c[(j - 1) * n + i] + here) - d * (here - c[(j - 1) * n + i]);
  const double east =
      j + 1 == s->cells ? v * here : 0.5 * v * (here + c[(j + 1) * n + i]) - d * (c[(j + 1) * n + i] - here);
  return west - east;
}

/* Rates for given c when q = b + g r, and their derivatives dr_i/dc_k. */
static void local_rates(double *r, double *jacobian, const kd_column_bed *bed, const double *c, const double *b,
                        double g) {
  const size_t n = bed->solutes;
  if (bed->uptake == KD_UPTAKE_LDF) {
    double s = 1;
    for (size_t i = 0; i < n; i++) s += bed->solute[i].affinity * c[i];
    for (size_t i = 0; i < n; i++) {
      const kd_column_solute *u = &bed->solute[i];
      const double low = 1 + u->rate * g, w = bed->capacity * u->affinity / s;
      r[i] = u->rate * (w * c[i] - b[i]) / low;
      for (size_t k = 0; k < n; k++)
        jacobian[i * n + k] = u->rate / low * ((i == k ? w : 0) - w * c[i] * bed->solute[k].affinity / s);
    }
    return;
  }
  /* s = q_max - sum (b + g r): linear in s */
  double zero = bed->capacity, one = 1;
  for (size_t i = 0; i < n; i++) {
    const kd_column_solute *u = &bed->solute[i];
    const double low = 1 + u->rate * g / u->affinity;
    zero -= b[i] - g * u->rate * b[i] / u->affinity / low;
    one += g * u->rate * c[i] / low;
  }
  const double s = zero / one;
  for (size_t i = 0; i < n; i++) {
    const kd_column_solute *u = &bed->solute[i];
    const double low = 1 + u->rate * g / u->affinity;
    r[i] = u->rate * (c[i] * s - b[i] / u->affinity) / low;
    for (size_t k = 0; k < n; k++) {
      const kd_column_solute *o = &bed->solute[k];
      const double ds = -s / one * g * o->rate / (1 + o->rate * g / o->affinity);
      jacobian[i * n + k] = u->rate / low * ((i == k ? s : 0) + c[i] * ds);
    }
  }
}

/* Solves the block-tridiagonal system whose off-diagonal blocks are lower*I and upper*I; right becomes the answer. */
static bool sweep(dispersed *s, double lower, double upper) {
  const size_t n = s->n;
  double a[KD_N * KD_N], b[KD_N];
  if (n == 1) {
    for (size_t j = 0; j < s->cells; j++) {
      const double m = s->diagonal[j] - (j > 0 ? lower * s->gain[j - 1] : 0);
      if (m == 0) return false;
      s->gain[j] = upper / m;
      s->right[j] = (s->right[j] - (j > 0 ? lower * s->right[j - 1] : 0)) / m;
    }
    for (size_t j = s->cells - 1; j-- > 0;) s->right[j] -= s->gain[j] * s->right[j + 1];
    return true;
  }
  for (size_t j = 0; j < s->cells; j++) {
    double *d = &s->diagonal[j * n * n], *gain = &s->gain[j * n * n], *right = &s->right[j * n];
    for (size_t i = 0; j > 0 && i < n; i++) {
      for (size_t k = 0; k < n; k++) d[i * n + k] -= lower * s->gain[(j - 1) * n * n + i * n + k];
      right[i] -= lower * s->right[(j - 1) * n + i];
    }
    for (size_t col = 0; col <= n; col++) { /* n + 1 small solves; n is a handful */
      memcpy(a, d, n * n * sizeof *a);
      for (size_t i = 0; i < n; i++) b[i] = col == n ? right[i] : (i == col ? upper : 0);
      if (!kd_dense_solve(a, b, n)) return false;
      for (size_t i = 0; i < n; i++) {
        if (col == n)
          right[i] = b[i];
        else
          gain[i * n + col] = b[i];
      }
    }
  }
  for (size_t j = s->cells - 1; j-- > 0;)
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k < n; k++) s->right[j * n + i] -= s->gain[j * n * n + i * n + k] * s->right[(j + 1) * n + k];
  return true;
}

/* One step of the theta method (1/2: Crank-Nicolson, 1: implicit Euler). */
static kd_status step(dispersed *s, bool fed, double t, double dt, double theta, kd_error *err) {
  const kd_column_bed *bed = s->bed;
  const size_t n = s->n, all = s->cells * n;
  const double phase = bed->density / bed->porosity, g = theta * dt;
  const double v = bed->velocity / s->dz, d = bed->dispersion / (s->dz * s->dz);
  double jacobian[KD_N * KD_N], b[KD_N], rate[KD_N];
  for (size_t j = 0; j < s->cells; j++)
    for (size_t i = 0; i < n; i++)
      s->flux[j * n + i] = transport(s, s->c, j, i, fed ? bed->solute[i].feed : 0) - phase * s->r[j * n + i];
  memcpy(s->next, s->c, all * sizeof *s->c);
  for (int k = 0; k < 30; k++) {
    double worst = 0, size = 0;
    memset(s->diagonal, 0, s->cells * n * n * sizeof(double));
    for (size_t j = 0; j < s->cells; j++) {
      for (size_t i = 0; i < n; i++) b[i] = s->q[j * n + i] + (1 - theta) * dt * s->r[j * n + i];
      local_rates(rate, jacobian, bed, &s->next[j * n], b, g);
      const double centre = (j + 1 == s->cells ? -v : -0.5 * v - d) + (j == 0 ? 0 : 0.5 * v - d);
      for (size_t i = 0; i < n; i++) {
        const size_t at = j * n + i;
        const double now = transport(s, s->next, j, i, fed ? bed->solute[i].feed : 0) - phase * rate[i];
        s->right[at] = -(s->next[at] - s->c[at] - dt * (theta * now + (1 - theta) * s->flux[at]));
        for (size_t m = 0; m < n; m++)
          s->diagonal[j * n * n + i * n + m] = (i == m ? 1 - g * centre : 0) + g * phase * jacobian[i * n + m];
      }
    }
    if (!sweep(s, -g * (0.5 * v + d), -g * (d - 0.5 * v)))
      return kd_error_set(err, KD_E_CONVERGENCE, "the column's equations are singular at %g s", t);
    for (size_t at = 0; at < all; at++) {
      s->next[at] += s->right[at];
      worst = fmax(worst, fabs(s->right[at]));
      size = fmax(size, fabs(s->next[at]));
    }
    if (worst <= 1e-11 * size || size == 0) break;
    if (k == 29) return kd_error_set(err, KD_E_CONVERGENCE, "the column does not settle at %g s", t);
  }
  for (size_t j = 0; j < s->cells; j++) {
    for (size_t i = 0; i < n; i++) b[i] = s->q[j * n + i] + (1 - theta) * dt * s->r[j * n + i];
    local_rates(rate, jacobian, bed, &s->next[j * n], b, g);
    for (size_t i = 0; i < n; i++) {
      s->q[j * n + i] = b[i] + g * rate[i];
      s->r[j * n + i] = rate[i];
      s->c[j * n + i] = s->next[j * n + i];
    }
  }
  return KD_OK;
}

static kd_status with_dispersion(double *out, double *loading, const kd_column_bed *bed, const double *times,
                                 kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = bed->solutes, cells = bed->cells, all = cells * n;
  dispersed s = {.bed = bed, .n = n, .cells = cells, .dz = bed->length / (double)cells};
  double **const vectors[] = {&s.c, &s.q, &s.r, &s.flux, &s.next, &s.right};
  for (size_t k = 0; k < 6; k++)
    KD_CHECK((*vectors[k] = zeros(work, all)) != NULL, work->err, KD_E_NOMEM, "out of memory for %zu cells", cells);
  s.diagonal = zeros(work, all * n);
  s.gain = zeros(work, all * n);
  KD_CHECK(s.diagonal != NULL && s.gain != NULL, work->err, KD_E_NOMEM, "out of memory for %zu cells", cells);
  const double peclet = bed->velocity * s.dz / bed->dispersion;
  KD_CHECK(peclet <= 2, work->err, KD_E_MODEL,
           "cells %zu: %.0f are wanted for this dispersion (velocity x cell / dispersion at most 2), or none", cells,
           ceil(0.5 * bed->velocity * bed->length / bed->dispersion));
  start(bed, s.q, cells);
  for (size_t j = 0; j < cells; j++) rates(&s.r[j * n], bed, &s.c[j * n], &s.q[j * n]);
  const size_t first = kd_column_first_steps(bed, times[bed->steps]);
  for (size_t i = 0; i < n; i++) out[i] = 0;
  for (size_t k = 0; k < bed->steps; k++) {
    const bool jump = k == 0 || k == first, fed = k < first;
    const double dt = times[k + 1] - times[k];
    for (int quarter = 0; quarter < (jump ? 4 : 1); quarter++)
      KD_TRY(step(&s, fed, times[k], jump ? 0.25 * dt : dt, jump ? 1 : 0.5, work->err));
    memcpy(&out[(k + 1) * n], &s.c[(cells - 1) * n], n * sizeof *out);
  }
  for (size_t i = 0; loading != NULL && i < n; i++) {
    loading[i] = 0;
    for (size_t j = 0; j < cells; j++) loading[i] += s.q[j * n + i] / (double)cells;
  }
out:
  return status;
}

kd_status kd_column_run(double *out, double *times, double *loading, const kd_column_bed *bed, double time,
                        kd_work *work) {
  kd_status status = check(bed, time, work->err);
  if (status != KD_OK) return status;
  fill_times(times, bed, time);
  return bed->dispersion > 0 ? with_dispersion(out, loading, bed, times, work)
                             : plug_flow(out, loading, bed, times, work);
}

kd_status kd_column_run_extrapolated(double *out, double *times, double *loading, const kd_column_bed *bed, double time,
                                     kd_work *work) {
  kd_status status = KD_OK;
  kd_column_bed half = *bed;
  double coarse_loading[KD_N], *coarse;
  const size_t n = bed->solutes;
  KD_CHECK(bed->dispersion == 0 && bed->cells % 2 == 0 && bed->steps % 4 == 0, work->err, KD_E_RANGE,
           "extrapolation wants plug flow, an even number of cells and a multiple of 4 steps, not %zu and %zu",
           bed->cells, bed->steps);
  half.cells = bed->cells / 2;
  half.steps = bed->steps / 2;
  half.first = bed->first / 2;
  const size_t first = kd_column_first_steps(&half, time);
  KD_CHECK((coarse = zeros(work, (half.steps + 1) * n)) != NULL, work->err, KD_E_NOMEM, "out of memory");
  KD_TRY(kd_column_run(coarse, times, coarse_loading, &half, time, work));
  kd_column_bed whole = *bed;
  whole.first = 2 * first; /* so that the grids meet where the feed ends */
  KD_TRY(kd_column_run(out, times, loading, &whole, time, work));
  for (size_t k = 0; k <= half.steps; k++)
    for (size_t i = 0; i < n; i++) coarse[k * n + i] = (out[2 * k * n + i] - coarse[k * n + i]) / 3;
  for (size_t k = 0; k <= bed->steps; k++) /* the odd steps take the mean of their neighbours' corrections */
    for (size_t i = 0; i < n; i++)
      out[k * n + i] +=
          k % 2 == 0 ? coarse[k / 2 * n + i] : 0.5 * (coarse[k / 2 * n + i] + coarse[(k / 2 + 1) * n + i]);
  for (size_t i = 0; loading != NULL && i < n; i++) loading[i] += (loading[i] - coarse_loading[i]) / 3;
out:
  return status;
}
