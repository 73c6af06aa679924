// SPDX-License-Identifier: Apache-2.0
/* Fixed-bed sorption.
 *
 *   dc/dt + v dc/dz - D d2c/dz2 = -F r,   dq/dt = r,   F = density / porosity                                      (1)
 *   linear driving force   r_i = k_i (q*_i(c) - q_i),   q*_i = q_max K_i c_i/(1 + sum K c)                         (2)
 *   second order           r_i = k_i (c_i (q_max - sum q) - q_i/K_i)                                               (3)
 *   inlet  v c_in = v c - D dc/dz,   outlet  dc/dz = 0                                    (Danckwerts 1953)        (4)
 *
 * Plug flow, D = 0: with th = t - z/v (1) is dc/dz = -(F/v) r, dq/dth = r, both along grid lines. Trapezoids in both
 * directions leave one unknown rate for each solute at each node, and (2), (3) make the rates depend on one scalar,
 * 1 + sum K c or q_max - sum q: one Newton in one unknown a node, marching once through (z, th). Second order; smooth
 * behind the front, so that halving the grid and extrapolating gives the fourth (Richardson).
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

/* Rates at a node where c = a - f r and q = b + g r (f, g > 0 constants): (2) and (3) by one scalar. */
static void node_rates(double *r, const kd_column_bed *bed, const double *a, const double *b, double f, double g,
                       double *guess) {
  const size_t n = bed->solutes;
  if (bed->uptake == KD_UPTAKE_LDF) { /* s = 1 + sum K c */
    double s = *guess;
    for (int k = 0; k < 60; k++) {
      double sum = 1 - s, slope = -1;
      for (size_t i = 0; i < n; i++) {
        const kd_column_solute *u = &bed->solute[i];
        /* r = k (Q K (a - f r)/s - b - g r)  ->  r = k (w a - b)/(1 + k (w f + g)), w = Q K/s */
        const double w = bed->capacity * u->affinity / s, low = 1 + u->rate * (w * f + g);
        r[i] = u->rate * (w * a[i] - b[i]) / low;
        const double dr = -(w / s) * (u->rate * a[i] - u->rate * f * r[i]) / low;
        sum += u->affinity * (a[i] - f * r[i]);
        slope -= u->affinity * f * dr;
      }
      const double step = sum / slope;
      s -= step;
      if (s < 1) s = 1;
      if (fabs(step) <= 1e-14 * s) break;
    }
    *guess = s;
    return;
  }
  double s = *guess; /* s = q_max - sum q */
  for (int k = 0; k < 60; k++) {
    double sum = bed->capacity - s, slope = -1;
    for (size_t i = 0; i < n; i++) {
      const kd_column_solute *u = &bed->solute[i];
      /* r = k ((a - f r) s - (b + g r)/K)  ->  r = k (a s - b/K)/(1 + k (f s + g/K)) */
      const double low = 1 + u->rate * (f * s + g / u->affinity);
      r[i] = u->rate * (a[i] * s - b[i] / u->affinity) / low;
      const double dr = u->rate * (a[i] - f * r[i]) / low;
      sum -= b[i] + g * r[i];
      slope -= g * dr;
    }
    const double step = sum / slope;
    s -= step;
    if (fabs(step) <= 1e-14 * bed->capacity) break;
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

static void march(double *out, const kd_column_bed *bed, bool fed, size_t steps, double dz, double dt, double *q,
                  double *r, double *guess) {
  const size_t n = bed->solutes;
  const double f = 0.5 * bed->density / bed->porosity * dz / bed->velocity;
  for (size_t k = 0; k <= steps; k++) {
    const double g = k == 0 ? 0 : 0.5 * dt;
    double c[KD_N], before[KD_N] = {0}, a[KD_N], b[KD_N];
    for (size_t i = 0; i < n; i++) c[i] = fed ? bed->solute[i].feed : 0;
    for (size_t j = 0; j <= bed->cells; j++) {
      const double ff = j == 0 ? 0 : f;
      double *qj = &q[j * n], *rj = &r[j * n];
      for (size_t i = 0; i < n; i++) {
        a[i] = j == 0 ? c[i] : c[i] - f * before[i];
        b[i] = qj[i] + g * rj[i];
      }
      if (k == 0) { /* start where the initial state says */
        double held = 0;
        for (size_t i = 0; i < n; i++) held += b[i];
        guess[j] = bed->uptake == KD_UPTAKE_LDF ? 1 : bed->capacity - held;
        for (size_t i = 0; i < n && bed->uptake == KD_UPTAKE_LDF; i++) guess[j] += bed->solute[i].affinity * a[i];
      }
      node_rates(before, bed, a, b, ff, g, &guess[j]);
      for (size_t i = 0; i < n; i++) {
        before[i] = whole_or_none(before[i]);
        rj[i] = before[i];
        qj[i] = whole_or_none(b[i] + g * before[i]);
        c[i] = whole_or_none(a[i] - ff * before[i]);
      }
    }
    if (k > 0 || fed) memcpy(&out[k * n], c, n * sizeof *c);
  }
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
  const size_t n = bed->solutes, nodes = bed->cells + 1;
  const size_t first = kd_column_first_steps(bed, times[bed->steps]);
  double *q = zeros(work, nodes * n), *r = zeros(work, nodes * n), *guess = zeros(work, nodes);
  const double dz = bed->length / (double)bed->cells;
  KD_CHECK(q != NULL && r != NULL && guess != NULL, work->err, KD_E_NOMEM, "out of memory for %zu nodes", nodes);
  start(bed, q, nodes);
  for (int part = 0; part < 2;
       part++) { /* fed, then not: the jump falls on a grid line, with rates on both its sides */
    const size_t from = part == 0 ? 0 : first, steps = part == 0 ? first : bed->steps - first;
    if (steps == 0) continue;
    const double dt = times[from + 1] - times[from];
    if (n == 1 && bed->uptake == KD_UPTAKE_LANGMUIR)
      march_single(&out[from * n], bed, part == 0, steps, dz, dt, q, r);
    else
      march(&out[from * n], bed, part == 0, steps, dz, dt, q, r, guess);
  }
  for (size_t i = 0; loading != NULL && i < n; i++) {
    loading[i] = 0;
    for (size_t j = 0; j < nodes; j++) loading[i] += (j == 0 || j + 1 == nodes ? 0.5 : 1) * q[j * n + i];
    loading[i] /= (double)bed->cells;
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
