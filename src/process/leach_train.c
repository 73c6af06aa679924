// SPDX-License-Identifier: Apache-2.0
/* Leach with the acid's balance.
 *
 *   grain     d(1-X)^(1/3)/dt = -k [H]^n,  k = k0 exp(-E/R (1/T - 1/T0))                  surface control          (1)
 *   acid      h + S h/(h + Ka) = P - sum nu_m N_m X_m          P protons, S sulfate; HCl: S = 0                    (2)
 *   tank      X - X_in = tau 3 k h^n (1-X)^(2/3), h the tank's own                       mean conversion           (3)
 *   grains    1 - X = integral of (1 - k t)^3 E(t) dt, E of n equal tanks                segregated                (4)
 *
 * Source    (1) Levenspiel; (3) the form of open leach models (PrOMMiS); (4) Danckwerts 1953, Zwietering 1959.
 * Range     constant liquor volume; acid in excess or not: the free acid never falls below zero.
 * Weakness  (3) gives every grain the mean conversion, which is kinder than (4) near the end of the reaction.
 */
#include "process/leach_train.h"

#include <math.h>

#include "process/leach.h"

double kd_leach_free_acid(double left, double sulfate, double ka) {
  if (left <= 0) return 0;
  if (sulfate <= 0) return left;
  /* h^2 + (ka + S - left) h - ka left = 0; the root that does not cancel */
  const double b = ka + sulfate - left, root = sqrt(b * b + 4 * ka * left);
  return b > 0 ? 2 * ka * left / (b + root) : 0.5 * (root - b);
}

static double rate_at(const kd_leach_mineral *m, const kd_leach_bath *bath) {
  return m->rate * exp(-m->activation / KD_GAS_CONSTANT * (1 / bath->temperature - 1 / bath->reference));
}

static double acid_left(const double *x, const kd_leach_mineral *m, size_t count, const kd_leach_bath *bath) {
  double left = bath->protons;
  for (size_t i = 0; i < count; i++) left -= m[i].protons * m[i].amount * x[i];
  return left;
}

static void slopes(double *out, const double *w, const double *k, const kd_leach_mineral *m, size_t count,
                   const kd_leach_bath *bath) {
  double x[KD_LEACH_MINERALS] = {0};
  for (size_t i = 0; i < count; i++) x[i] = w[i] > 0 ? 1 - w[i] * w[i] * w[i] : 1;
  const double h = kd_leach_free_acid(acid_left(x, m, count, bath), bath->sulfate, bath->ka);
  for (size_t i = 0; i < count; i++) out[i] = w[i] > 0 ? -k[i] * pow(h, m[i].order) : 0;
}

/* Bogacki and Shampine's pair of order 3(2), local error 1e-9; a grain that is gone stays gone. */
kd_status kd_leach_batch(double *conversion, double *h, const kd_leach_mineral *m, size_t count,
                         const kd_leach_bath *bath, double time, kd_error *err) {
  kd_status status = KD_OK;
  double w[KD_LEACH_MINERALS], k[KD_LEACH_MINERALS], a[KD_LEACH_MINERALS], b[KD_LEACH_MINERALS], c[KD_LEACH_MINERALS],
      d[KD_LEACH_MINERALS], v[KD_LEACH_MINERALS], next[KD_LEACH_MINERALS];
  double t = 0, step = time, fastest = 0;
  KD_CHECK(count <= KD_LEACH_MINERALS, err, KD_E_SIZE, "%zu minerals: at most %d", count, KD_LEACH_MINERALS);
  for (size_t i = 0; i < count; i++) {
    w[i] = 1;
    k[i] = rate_at(&m[i], bath);
    fastest = fmax(fastest, k[i] * pow(fmax(bath->protons, 1e-6), m[i].order));
  }
  if (fastest > 0) step = fmin(step, 1e-3 / fastest);
  for (int guard = 0; t < time && guard < 200000; guard++) {
    step = fmin(step, time - t);
    slopes(a, w, k, m, count, bath);
    for (size_t i = 0; i < count; i++) v[i] = w[i] + 0.5 * step * a[i];
    slopes(b, v, k, m, count, bath);
    for (size_t i = 0; i < count; i++) v[i] = w[i] + 0.75 * step * b[i];
    slopes(c, v, k, m, count, bath);
    for (size_t i = 0; i < count; i++) next[i] = w[i] + step * (2 * a[i] + 3 * b[i] + 4 * c[i]) / 9;
    slopes(d, next, k, m, count, bath);
    double worst = 0;
    for (size_t i = 0; i < count; i++)
      if (next[i] > 0) worst = fmax(worst, fabs(step * (-5.0 / 72 * a[i] + b[i] / 12 + c[i] / 9 - d[i] / 8)));
    if (worst <= 1e-9 || step < 1e-12 * time) {
      t += step;
      for (size_t i = 0; i < count; i++) w[i] = fmax(0, next[i]);
    }
    step *= fmin(5, fmax(0.2, 0.9 * cbrt(1e-9 / fmax(worst, 1e-30))));
  }
  KD_CHECK(t >= time * (1 - 1e-12), err, KD_E_CONVERGENCE, "leach stopped at %g of %g s", t, time);
  for (size_t i = 0; i < count; i++) conversion[i] = 1 - w[i] * w[i] * w[i];
  *h = kd_leach_free_acid(acid_left(conversion, m, count, bath), bath->sulfate, bath->ka);
out:
  return status;
}

/* X of (3) at a given h: with v = (1-X)^(1/3), v^3 + 3 b v^2 = 1 - X_in has one root in [0, 1]. */
static double tank_conversion(double in, double b) {
  const double c = 1 - in;
  if (c <= 0) return 1;
  double v = b > 1 ? sqrt(c / (3 * b)) : cbrt(c);
  for (int i = 0; i < 100; i++) {
    const double f = v * v * v + 3 * b * v * v - c, slope = 3 * v * v + 6 * b * v;
    const double next = v - f / slope;
    if (!(fabs(next - v) > 1e-16 * v)) break;
    v = next > 0 ? next : 0.5 * v;
  }
  const double x = 1 - v * v * v;
  return x < in ? in : x;
}

kd_status kd_leach_tank(double *conversion, double *h, const double *in, const kd_leach_mineral *m, size_t count,
                        const kd_leach_bath *bath, double time, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(count <= KD_LEACH_MINERALS, err, KD_E_SIZE, "%zu minerals: at most %d", count, KD_LEACH_MINERALS);
  double low = 0, high = kd_leach_free_acid(acid_left(in, m, count, bath), bath->sulfate, bath->ka), at = high;
  for (int i = 0; i < 200; i++) { /* what is left falls as h grows: one root, bisection with a secant inside */
    for (size_t k = 0; k < count; k++)
      conversion[k] = tank_conversion(in[k], time * rate_at(&m[k], bath) * pow(at, m[k].order));
    const double there = kd_leach_free_acid(acid_left(conversion, m, count, bath), bath->sulfate, bath->ka);
    if (there > at)
      low = at;
    else
      high = at;
    if (high - low <= 4e-16 * high || fabs(there - at) <= 1e-15 * at) break;
    at = there > low && there < high && i % 3 == 2 ? there : 0.5 * (low + high);
  }
  *h = at;
out:
  return status;
}

/* Gauss-Legendre of 20 points on pieces of [0, 1] in k t: 1 - X = integral of 3 (1-y)^2 F(y) dy, F the distribution of
 * n tanks, which keeps all digits; the pieces shrink towards 0 where F rises when k t is small. */
double kd_leach_segregated(double kt, unsigned tanks) {
  static const double x[10] = {0.0765265211334973, 0.2277858511416451, 0.3737060887154195, 0.5108670019508271,
                               0.6360536807265150, 0.7463319064601508, 0.8391169718222188, 0.9122344282513259,
                               0.9639719272779138, 0.9931285991850949};
  static const double w[10] = {0.1527533871307258, 0.1491729864726037, 0.1420961093183820, 0.1316886384491766,
                               0.1181945319615184, 0.1019301198172404, 0.0832767415767048, 0.0626720483341091,
                               0.0406014298003869, 0.0176140071391521};
  if (kt <= 0) return 0;
  double reacted = 0, upper = 1;
  for (int piece = 0; piece < 60 && upper > 0; piece++) {
    const double lower = piece < 59 && upper > 1e-3 * kt ? upper * 0.6 : 0;
    for (int i = 0; i < 20; i++) {
      const double node = i < 10 ? x[i] : -x[i - 10], weight = w[i % 10];
      const double y = 0.5 * (upper + lower) + 0.5 * (upper - lower) * node;
      /* 1 - F = exp(-s) sum s^j/j! over j < n, s = y/kt */
      const double s = y / kt;
      double term = exp(-s), tail = 0;
      for (unsigned j = 0; j < tanks; j++) tail += term, term *= s / (j + 1);
      reacted += 0.5 * (upper - lower) * weight * 3 * (1 - y) * (1 - y) * fmin(1, tail);
    }
    upper = lower;
  }
  return reacted; /* 1 - integral of 3 (1-y)^2 F = integral of 3 (1-y)^2 (1 - F) */
}
