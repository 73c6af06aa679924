// SPDX-License-Identifier: Apache-2.0
/* Fatigue of the string.
 *
 *   rainflow   three-point rule on reversals: X the last range, Y the one before; X < Y read on; X >= Y and Y holds the
 *              start: Y counts half and the start moves; else Y counts one and both its ends go; the rest halves    (1)
 *   S-N        N = a1 S^-m1 to N = knee, from there N = knee (S_knee/S)^m2;  S = factor x nominal range [MPa] (2) Miner
 * D = sum n_i/N_i                                                                                    (3) Gaussian   v0
 * = sqrt(m2/m0), vp = sqrt(m4/m2), g = m2/sqrt(m0 m4), e = sqrt(1 - g^2)                             (4) narrow     D/t
 * = v0 int p(S)/N(S) dS, Rayleigh p                                                              (5) Wirsching  a +
 * (1-a)(1-e)^b times (5), a = 0.926 - 0.033 m, b = 1.587 m - 2.323                                 (6) Dirlik     p(z)
 * = D1/Q exp(-z/Q) + D2 z/R^2 exp(-z^2/(2R^2)) + D3 z exp(-z^2/2), z = S/(2 sqrt m0), rate vp       (7) xm = m1/m0
 * sqrt(m2/m4), D1 = 2(xm-g^2)/(1+g^2), R = (g-xm-D1^2)/(1-g-D1+D1^2), D2 = (1-g-D1+D1^2)/(1-R), D3 = 1-D1-D2, Q =
 * 5(g-D3-D2 R)/(4 D1)
 *
 * Source    (1) ASTM E1049-85 (2017) §5.4.4; (2) form of DNV-RP-C203; (6) Wirsching and Light 1980; (7) Dirlik 1985.
 * Range     (4)-(7) stationary Gaussian stress; moments over frequency in Hz.
 * Weakness  mean stress has no part in (2); (6) uses the first slope.
 */
#include "lift/fatigue.h"

#include <math.h>

#include "base/error.h"

#define PI 3.14159265358979323846

static void count_cycle(kd_cycle *out, size_t *cycles, double a, double b, double count) {
  out[(*cycles)++] = (kd_cycle){fabs(b - a), 0.5 * (a + b), count};
}

kd_status kd_rainflow(kd_cycle *out, size_t *cycles, const double *history, size_t count, kd_work *work) {
  kd_status status = KD_OK;
  size_t points = 0; /* reversals on the stack */
  double *stack = kd_arena_alloc(work->scratch, count + 1, sizeof *stack);
  KD_CHECK(stack != NULL, work->err, KD_E_NOMEM, "no memory for a history of %zu values", count);
  *cycles = 0;
  for (size_t i = 0; i < count; i++) {
    const double x = history[i];
    KD_CHECK(isfinite(x), work->err, KD_E_MISSING, "history: row %zu: the value is missing; leave the row out", i + 1);
    if (i + 1 < count) { /* only reversals: the first, the last and the turning points */
      if (x == history[i + 1]) continue;
      if (points > 0 && (x - stack[points - 1]) * (history[i + 1] - x) >= 0) continue;
    } else if (points > 0 && x == stack[points - 1]) {
      continue;
    }
    stack[points++] = x;
    while (points >= 3) {
      const double last = fabs(stack[points - 1] - stack[points - 2]);
      const double before = fabs(stack[points - 2] - stack[points - 3]);
      if (last < before) break;
      if (points == 3) { /* holds the start */
        count_cycle(out, cycles, stack[0], stack[1], 0.5);
        stack[0] = stack[1];
        stack[1] = stack[2];
        points = 2;
      } else {
        count_cycle(out, cycles, stack[points - 3], stack[points - 2], 1);
        stack[points - 3] = stack[points - 1];
        points -= 2;
      }
    }
  }
  for (size_t i = 0; i + 1 < points; i++) count_cycle(out, cycles, stack[i], stack[i + 1], 0.5);
out:
  return status;
}

double kd_sn_cycles(const kd_sn_curve *self, double range) {
  const double s = self->factor * range * 1e-6; /* MPa */
  if (!(s > 0)) return HUGE_VAL;
  const double n = pow(10, self->log_a1 - self->m1 * log10(s));
  if (!(self->m2 > 0) || n <= self->knee) return n;
  const double knee_range = pow(10, (self->log_a1 - log10(self->knee)) / self->m1);
  return self->knee * pow(knee_range / s, self->m2);
}

double kd_sn_damage(const kd_sn_curve *self, const kd_cycle *cycles, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += cycles[i].count / kd_sn_cycles(self, cycles[i].range);
  return sum;
}

typedef struct dirlik_law {
  double d1, d2, d3, q, r, scale; /* scale: 2 sqrt m0 */
} dirlik_law;

static dirlik_law dirlik_of(double m0, double m1, double m2, double m4) {
  dirlik_law d = {.scale = 2 * sqrt(m0)};
  const double g = m2 / sqrt(m0 * m4), xm = m1 / m0 * sqrt(m2 / m4);
  d.d1 = 2 * (xm - g * g) / (1 + g * g);
  const double bottom = 1 - g - d.d1 + d.d1 * d.d1;
  if (!(g < 1 - 1e-9)) { /* narrow band: Rayleigh alone */
    d.d1 = d.d2 = 0, d.d3 = 1, d.q = d.r = 1;
    return d;
  }
  d.r = (g - xm - d.d1 * d.d1) / bottom;
  d.d2 = bottom / (1 - d.r);
  d.d3 = 1 - d.d1 - d.d2;
  d.q = d.d1 > 0 ? 1.25 * (g - d.d3 - d.d2 * d.r) / d.d1 : 1;
  return d;
}

static double dirlik_at(const dirlik_law *d, double range) {
  const double z = range / d->scale, r = fabs(d->r);
  double p = d->d3 * z * exp(-0.5 * z * z);
  if (d->d1 > 0) p += d->d1 / d->q * exp(-z / d->q);
  if (r > 0) p += d->d2 * z / (r * r) * exp(-0.5 * z * z / (r * r));
  return p / d->scale;
}

double kd_dirlik_density(double range, double m0, double m1, double m2, double m4) {
  const dirlik_law d = dirlik_of(m0, m1, m2, m4);
  return dirlik_at(&d, range);
}

/* int p(S)/N(S) dS over ranges; one slope in closed form, two by Simpson's rule with the knee on a panel's end. */
static double mean_damage(const kd_sn_curve *curve, const dirlik_law *d) {
  const double m = curve->m1, unit = d->scale * curve->factor * 1e-6;
  if (!(curve->m2 > 0)) {
    double moment = d->d3 * pow(2, 0.5 * m) * tgamma(1 + 0.5 * m);
    if (d->d1 > 0) moment += d->d1 * pow(d->q, m) * tgamma(1 + m);
    moment += d->d2 * pow(fabs(d->r), m) * pow(2, 0.5 * m) * tgamma(1 + 0.5 * m);
    return moment * pow(unit, m) * pow(10, -curve->log_a1);
  }
  const double knee = pow(10, (curve->log_a1 - log10(curve->knee)) / curve->m1) * 1e6 / curve->factor;
  const double end = d->scale * fmax(14.0, 45.0 * fmax(d->q, 0));
  double sum = 0;
  for (int side = 0; side < 2; side++) {
    const double a = side == 0 ? 0 : fmin(knee, end), b = side == 0 ? fmin(knee, end) : end;
    const int steps = 400;
    if (!(b > a)) continue;
    for (int i = 0; i <= steps; i++) {
      const double s = a + (b - a) * i / steps, w = i == 0 || i == steps ? 1 : i % 2 ? 4 : 2;
      if (s > 0) sum += w * (b - a) / (3 * steps) * dirlik_at(d, s) / kd_sn_cycles(curve, s);
    }
  }
  return sum;
}

void kd_spectral_damage_of(kd_spectral_damage *out, const kd_sn_curve *curve, double m0, double m1, double m2,
                           double m4) {
  *out = (kd_spectral_damage){.zero_rate = sqrt(m2 / m0), .peak_rate = sqrt(m4 / m2)};
  out->irregularity = fmin(m2 / sqrt(m0 * m4), 1);
  out->bandwidth = sqrt(1 - out->irregularity * out->irregularity);
  const dirlik_law rayleigh = {0, 0, 1, 1, 0, 2 * sqrt(m0)}, dirlik = dirlik_of(m0, m1, m2, m4);
  out->narrow = out->zero_rate * mean_damage(curve, &rayleigh);
  const double a = 0.926 - 0.033 * curve->m1, b = 1.587 * curve->m1 - 2.323;
  out->wirsching_light = out->narrow * (a + (1 - a) * pow(1 - out->bandwidth, b));
  out->dirlik = out->peak_rate * mean_damage(curve, &dirlik);
  /* The range that does Dirlik's damage when it repeats at the peak rate, on the first slope. */
  out->equivalent =
      out->dirlik > 0 ? pow(out->dirlik / out->peak_rate * pow(10, curve->log_a1), 1 / curve->m1) * 1e6 / curve->factor
                      : 0;
}
