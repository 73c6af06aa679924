// SPDX-License-Identifier: Apache-2.0
/* Batch settling of a uniform suspension, in closed form (a column at rest, one class of grains).
 *
 *   G(c) = v c (1 - c/cm)^n,   waves rise at -G'(c)                                              (1)
 *   interface   z = H - t G(c0)/c0                                                              (2)
 *   front       shock from c0 to ct where the chord is tangent, G'(ct) = (G(ct) - G(c0))/(ct - c0), when
 *               c0 < 2 cm/(n+1); a fan from c0 up otherwise; for n = 1 one shock to cm          (3)
 *   after both have met, with c at the interface:  t = c0 H/(G - c G'),  z = -G' t             (4)
 *
 *   c share of solids   v grain's own velocity [m/s]   cm packing   H height [m]   t time [s]   z height [m]
 *
 * Source    Kynch 1952, Trans. Faraday Soc. 48, 166; (4): solids that the wave c has passed are all solids.
 * Range     n >= 1, 0 < c0 < cm; incompressible sediment, vertical walls.
 * Weakness  no compression: real mud gels before it has settled.
 */
#include "lift/kynch.h"

#include <math.h>
#include <stddef.h>

double kd_batch_flux(double *slope, const kd_batch *self, double solids) {
  const double x = fmax(1.0 - solids / self->packing, 0.0), n = self->exponent, v = self->terminal;
  if (slope) *slope = v * pow(x, n - 1.0) * (x - n * solids / self->packing);
  return v * solids * pow(x, n);
}

/* Root in [low, high] of a function that falls through zero. */
typedef double batch_fn(const kd_batch *self, double c, double parameter);

static double bisect(batch_fn *f, const kd_batch *self, double parameter, double low, double high) {
  for (int i = 0; i < 200; i++) {
    const double middle = 0.5 * (low + high);
    if (!(middle > low && middle < high)) break;
    if (f(self, middle, parameter) > 0)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

/* Above zero while the chord from c0 to c is steeper (more negative) than the curve at c. */
static double tangency(const kd_batch *self, double c, double c0) {
  double slope;
  const double g = kd_batch_flux(&slope, self, c);
  return (g - kd_batch_flux(NULL, self, c0)) - slope * (c - c0);
}

/* Above zero while the wave c has not yet met the interface at the time; divided by the solids. */
static double not_met(const kd_batch *self, double c, double time) {
  double slope;
  const double g = kd_batch_flux(&slope, self, c);
  return time * (g - c * slope) - self->solids * self->height;
}

kd_status kd_batch_at(kd_batch_state *out, const kd_batch *self, double time) {
  const double cm = self->packing, n = self->exponent, c0 = self->solids;
  if (!(c0 > 0 && c0 < cm && n >= 1 && self->height > 0 && self->terminal >= 0 && time >= 0)) return KD_E_RANGE;
  const double inflection = fmin(2.0 * cm / (n + 1.0), cm), fall = kd_batch_flux(NULL, self, c0) / c0;
  double tangent = c0, rise;
  if (n == 1.0)
    tangent = cm;
  else if (c0 < inflection)
    tangent = bisect(tangency, self, c0, inflection, cm);
  kd_batch_flux(&rise, self, tangent);
  rise = n == 1.0 ? kd_batch_flux(NULL, self, c0) / (cm - c0) : -rise;
  *out = (kd_batch_state){.below = c0, .tangent = tangent, .final_height = self->height * c0 / cm};
  out->end_of_constant = self->terminal > 0 ? self->height / (fall + rise) : (double)INFINITY;
  out->interface = self->height - fall * time;
  out->front = rise * time;
  if (time <= out->end_of_constant) return KD_OK;
  if (n == 1.0) {
    out->interface = out->front = out->final_height;
    out->below = cm;
    return KD_OK;
  }
  /* G - c G' = v n c^2/cm (1 - c/cm)^(n-1) falls with c above the inflection: one root. */
  double slope;
  out->below = bisect(not_met, self, time, tangent, cm);
  kd_batch_flux(&slope, self, out->below);
  out->interface = out->front = -slope * time;
  return KD_OK;
}
