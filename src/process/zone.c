// SPDX-License-Identifier: Apache-2.0
/* Zone refining.
 *
 *   one pass     C/C0 = 1 - (1 - k) exp(-k x),   x in zone lengths, x <= L - 1                                    (1)
 *   many passes  C/C0 = A exp(B x),  k = B/(e^B - 1),  A = B L/(e^(B L) - 1)                                      (2)
 *   a pass n     zone content s(x): s' = C_(n-1)(x + 1) - k s(x), C_n = k s,  s(0) the first zone's mean; the last zone
 *                freezes by C = k s (1 - g)^(k-1)                                                                 (3)
 *
 * Source    Pfann 1952, 1966. (3) is integrated on a fine grid, second order.
 * Range     constant k, complete mixing in the zone, no vapour. k below 1 moves impurity to the end.
 * Weakness  effective k of the interstitials in rare earths (O, N, C) is not known well, and above 1 for some.
 */
#include "process/zone.h"

#include <math.h>

double kd_zone_single(double k, double x) {
  return 1 - (1 - k) * exp(-k * x);
}

double kd_zone_ultimate(double *a, double *b, double k, double length, double x) {
  /* f(B) = B/(e^B - 1) falls from infinity to 0: B < 0 for k > 1 */
  double low = -700, high = 700;
  for (int i = 0; i < 200; i++) {
    const double m = 0.5 * (low + high), f = fabs(m) < 1e-12 ? 1 - 0.5 * m : m / expm1(m);
    if (f > k)
      low = m;
    else
      high = m;
  }
  *b = 0.5 * (low + high);
  const double bl = *b * length;
  *a = fabs(bl) < 1e-12 ? 1 : bl / expm1(bl);
  if (bl < 1) return *a * exp(*b * x);
  return -bl * exp(*b * (x - length)) / expm1(-bl); /* A underflows before this does */
}

kd_status kd_zone_passes(double *mean, double *head, double k, double length, unsigned passes, double kept,
                         kd_work *work) {
  kd_status status = KD_OK;
  const size_t per = (size_t)fmax(60, fmin(400, floor(6000 / length))); /* cells in a zone */
  const size_t n = (size_t)floor(length * (double)per + 0.5);
  double *c = kd_arena_alloc(work->scratch, n, sizeof *c), *next = kd_arena_alloc(work->scratch, n, sizeof *next);
  KD_CHECK(c != NULL && next != NULL, work->err, KD_E_NOMEM, "out of memory for a bar of %zu cells", n);
  KD_CHECK(n > per, work->err, KD_E_RANGE, "length %g zones: must be above 1", length);
  for (size_t i = 0; i < n; i++) c[i] = 1;
  *head = 1;
  const double dx = 1.0 / (double)per, fade = exp(-k * dx), gain = k > 0 ? -expm1(-k * dx) / k : dx;
  for (unsigned pass = 0; pass < passes; pass++) {
    double s = 0;
    for (size_t i = 0; i < per; i++) s += c[i] * dx;
    *head = k * s;
    for (size_t i = 0; i + per < n; i++) { /* exact for a piecewise constant bar */
      const double in = c[i + per], after = s * fade + in * gain;
      next[i] = (s + in * dx - after) / dx; /* what froze out in this cell, by balance */
      s = after;
    }
    /* normal freezing of the last zone: solute left in the liquid when the share g is solid is s (1 - g)^k */
    for (size_t i = 0; i < per; i++) {
      const double before = pow(1 - (double)i * dx, k), after = i + 1 == per ? 0 : pow(1 - (double)(i + 1) * dx, k);
      next[n - per + i] = s * (before - after) / dx;
    }
    double *swap = c;
    c = next;
    next = swap;
  }
  const size_t count = (size_t)fmax(1, floor(kept * (double)n + 0.5));
  *mean = 0;
  for (size_t i = 0; i < count; i++) *mean += c[i] / (double)count;
out:
  return status;
}
