// SPDX-License-Identifier: Apache-2.0
/* The combined wall law of one fluid in one pipe, tabulated for the inner loops.
 *
 *   knots    2^m (1 + i/2^b), b bits to the doubling: the leading bits of a double are the number of its cell
 *   cell     cubic in V with the stresses of both knots and slopes  dtw/dV = s tw/V,
 *            s = (h1 s0 + h0 s1)/(h0 + h1), the slopes s0, s1 and widths h0, h1 of ln tw over ln V on both sides
 *   below    tw = ty + (tw0 - ty) V/V0       above  tw = tw1 (V/V1)^s
 *
 *   V  mean velocity [m/s]   tw  wall stress [Pa]   ty  yield stress [Pa]   b  bits: 2^b cells to a doubling
 *
 * Range     V of the table, at most 128 cells; b is lowered until the range fits.
 * Numerics  a cell is 0.22/2^(b-2) wide in ln V: away from the corner at the transition the error is 2e-5 at b = 4.
 * Weakness  the corner where turbulence begins is rounded within one cell: some 1 % at b = 4, 3 % at b = 2.
 */
#include <math.h>

#include "lift/friction.h"

#define MANTISSA 52u
#define BITS     5u

/* Velocity at which a cell begins. */
static double knot(uint64_t number, unsigned shift) {
  uint64_t word = number << shift;
  double velocity;
  memcpy(&velocity, &word, sizeof velocity);
  return velocity;
}

static uint64_t number_of(double velocity, unsigned shift) {
  uint64_t word;
  memcpy(&word, &velocity, sizeof word);
  return word >> shift;
}

/* Cubic through two knots with slopes, in powers of the velocity itself. Sums of large terms cancel by a few digits
 * only: a knot lies at least 1 + 2^-b times above the one before. */
static void set_cell(double *c, double v0, double v1, double y0, double y1, double s0, double s1) {
  const double h = v1 - v0, d = (y1 - y0) / h;
  const double q2 = (3.0 * d - 2.0 * s0 - s1) / h, q3 = (s0 + s1 - 2.0 * d) / (h * h);
  c[3] = q3;
  c[2] = q2 - 3.0 * q3 * v0;
  c[1] = s0 - v0 * (2.0 * q2 - 3.0 * q3 * v0);
  c[0] = y0 - v0 * (s0 - v0 * (q2 - q3 * v0));
}

kd_status kd_wall_table_create(kd_wall_table *out, const kd_pipe_flow *flow, double low, double high, unsigned bits) {
  double ln_v[KD_WALL_CELLS + 1], ln_y[KD_WALL_CELLS + 1], slope[KD_WALL_CELLS + 1];
  if (!(low > 1e-300 && high > low && high < 1e300)) return KD_E_RANGE;
  bits = bits > BITS ? BITS : bits;
  for (;; bits--) {
    out->shift = MANTISSA - bits;
    out->first = number_of(low, out->shift);
    out->cells = (size_t)(number_of(high, out->shift) - out->first) + 1;
    if (out->cells <= KD_WALL_CELLS) break;
    if (bits == 0) return KD_E_RANGE;
  }
  const size_t n = out->cells;
  for (size_t i = 0; i <= n; i++) {
    double stress = 0;
    const double v = knot(out->first + i, out->shift);
    kd_status status = kd_wall_stress(&stress, NULL, NULL, flow, v);
    if (status != KD_OK) return status;
    if (!(stress > 0 && isfinite(stress))) return KD_E_RANGE;
    ln_v[i] = log(v), ln_y[i] = log(stress);
  }
  for (size_t i = 0; i <= n; i++) {
    const size_t a = i > 0 ? i - 1 : 0, b = i < n ? i : n - 1;
    const double h0 = ln_v[a + 1] - ln_v[a], h1 = ln_v[b + 1] - ln_v[b];
    const double s0 = (ln_y[a + 1] - ln_y[a]) / h0, s1 = (ln_y[b + 1] - ln_y[b]) / h1;
    slope[i] = (h1 * s0 + h0 * s1) / (h0 + h1);
  }
  for (size_t i = 0; i < n; i++) {
    const double v0 = knot(out->first + i, out->shift), v1 = knot(out->first + i + 1, out->shift);
    const double y0 = exp(ln_y[i]), y1 = exp(ln_y[i + 1]);
    set_cell(out->cell[i], v0, v1, y0, y1, slope[i] * y0 / v0, slope[i + 1] * y1 / v1);
  }
  out->low = knot(out->first, out->shift);
  out->high = knot(out->first + n, out->shift);
  out->yield = flow->fluid.yield;
  out->slope_high = slope[n];
  return KD_OK;
}

double kd_wall_table_beyond(const kd_wall_table *self, double velocity) {
  if (!(velocity > 0)) return self->yield;
  if (velocity < self->low) {
    const double *c = self->cell[0], v = self->low;
    const double stress = c[0] + v * (c[1] + v * (c[2] + v * c[3]));
    return self->yield + (stress - self->yield) * velocity / v;
  }
  const double *c = self->cell[self->cells - 1], v = self->high;
  return (c[0] + v * (c[1] + v * (c[2] + v * c[3]))) * pow(velocity / v, self->slope_high);
}

double kd_wall_table_beyond_slope(double *slope, const kd_wall_table *self, double velocity) {
  const double stress = kd_wall_table_beyond(self, velocity);
  if (velocity < self->low) {
    const double *c = self->cell[0], v = self->low;
    *slope = (c[0] + v * (c[1] + v * (c[2] + v * c[3])) - self->yield) / v;
  } else {
    *slope = self->slope_high * stress / velocity;
  }
  return stress;
}
