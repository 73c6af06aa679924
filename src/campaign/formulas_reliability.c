// SPDX-License-Identifier: Apache-2.0
/* Closed forms of reliability, buffers and spares.
 *
 *   A = M/(M + R),   A(t) = A + (1-A) exp(-(1/M + 1/R) t)                               (1)
 *   k of n           sum_{i>=k} C(n,i) A^i (1-A)^(n-i)                                  (2)
 *   Weibull          mean = eta Gamma(1 + 1/beta), survival exp(-(t/eta)^beta)          (3)
 *   two machines and a tank N, rate mu, failure rates p, repair rates r:
 *   Y = (r1+r2)/(p1+p2),  l = (p2 r1 - p1 r2)/mu (1/(p1+p2) + 1/(r1+r2)),  f(x, a1, a2) = c e^(lx) Y^(a1+a2)   (4)
 *   P(0;0,1) = mu c Y (p1+p2)/(r1 p2),  P(0;1,1) = mu c Y/p2, and likewise at N          (5)
 *   base stock       fill = P(D <= s-1),  backorders = E(D - s)+,  D ~ Poisson(rate lead) (6)
 *
 * Source    (1) to (3) alternating renewal, any text; (4), (5) Gershwin and Schick 1980, boundary masses by balance of
 *           flow at x = 0 and x = N; (6) Palm 1938. Range: exponential times but for (3).
 * Weakness  steady state (but for A(t)); failures only while working in (4).
 */
#include "campaign/formulas.h"

#include <math.h>

double kd_availability(double mtbf, double mttr) {
  return mtbf / (mtbf + mttr);
}

double kd_availability_at(double mtbf, double mttr, double time) {
  if (mttr <= 0) return 1;
  const double a = kd_availability(mtbf, mttr);
  return a + (1 - a) * exp(-(1 / mtbf + 1 / mttr) * time);
}

double kd_availability_k_of_n(unsigned k, unsigned n, double unit) {
  double sum = 0;
  if (k == 0) return 1;
  if (unit <= 0) return 0;
  if (unit >= 1) return 1;
  for (unsigned i = k; i <= n; i++)
    sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) + i * log(unit) + (n - i) * log1p(-unit));
  return fmin(sum, 1);
}

double kd_weibull_mean(double scale, double shape) {
  return scale * tgamma(1 + 1 / shape);
}
double kd_weibull_survival(double time, double scale, double shape) {
  return exp(-pow(time / scale, shape));
}
double kd_weibull_hazard(double time, double scale, double shape) {
  return shape / scale * pow(time / scale, shape - 1);
}

void kd_tank_line(kd_line_rate *out, double rate, double mtbf1, double mttr1, double mtbf2, double mttr2, double tank) {
  const double p1 = 1 / mtbf1, p2 = 1 / mtbf2, r1 = 1 / mttr1, r2 = 1 / mttr2;
  const double p = p1 + p2, r = r1 + r2, y = r / p, l = (p2 * r1 - p1 * r2) / rate * (1 / p + 1 / r);
  /* With large l N all mass sits at the full end: scale by e^(-lN) there. */
  const double ln = l * tank, low = ln > 0 ? exp(-ln) : 1, high = ln > 0 ? 1 : exp(ln);
  const double inside = fabs(ln) < 1e-8 ? tank * low : (high - low) / l; /* integral of e^(lx), scaled */
  const double first = fabs(ln) < 1e-4 ? 0.5 * tank * tank * low * (1 + 2.0 / 3.0 * ln)
                                       : (tank * high - inside) / l; /* integral of x e^(lx), scaled */
  const double empty01 = rate * y * p / (r1 * p2) * low, empty11 = rate * y / p2 * low;
  const double full10 = rate * y * p / (r2 * p1) * high, full11 = rate * y / p1 * high;
  const double all = (1 + y) * (1 + y) * inside + empty01 + empty11 + full10 + full11;
  out->efficiency = ((y * y + y) * inside + empty11 + full11) / all;
  out->level = ((1 + y) * (1 + y) * first + tank * (full10 + full11)) / all;
  out->starved = empty01 / all;
  out->blocked = full10 / all;
}

void kd_base_stock(kd_spares *out, unsigned stock, double demand_rate, double lead_time) {
  const double mean = demand_rate * lead_time;
  double lost = mean, cumulative = 0; /* E(D-s)+ = mean - sum_{i<s} P(D > i) */
  for (unsigned i = 0; i < stock; i++) {
    cumulative += mean > 0 ? exp(i * log(mean) - mean - lgamma(i + 1.0)) : i == 0;
    lost -= 1 - fmin(1, cumulative);
  }
  out->fill_rate = fmin(1, cumulative);
  out->backorders = fmax(0, lost);
}
