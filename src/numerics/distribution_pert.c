// SPDX-License-Identifier: Apache-2.0
/* PERT: a beta distribution on low..high whose shape follows from the mode with weight lambda = 4.
 *
 *   alpha = 1 + 4 (mode - low) / (high - low),   beta = 6 - alpha                                   (1)
 *   F(x) = I_x(alpha, beta) = 1/B(alpha, beta) Int_0^x t^(alpha-1) (1-t)^(beta-1) dt,  x on 0..1    (2)
 *
 * Quantile: with v = 2u for the lower half, x(u) = t P(t), t = v^(1/alpha), where P is analytic on 0..1 because the
 * branch point of x at u = 0 is taken out by t. The next singular point is u = 1, at t = 2^(1/alpha), so a Chebyshev
 * series of P in t converges by a factor of at least 2.1 for each term. The upper half is the mirror image
 * with alpha and beta exchanged. The series is built from safeguarded Newton steps on (2).
 *
 * Source    Malcolm, Roseboom, Clark, Fazar 1959 (PERT); (2) by the continued fraction of the incomplete beta
 *           function, NIST DLMF 8.17.22, evaluated by the modified Lentz method.
 * Range     alpha and beta from 1 to 5.
 * Weakness  the weight 4 is a convention: it makes the standard deviation about a sixth of the range.
 */
#include "numerics/distribution_pert.h"

#include <float.h>
#include <math.h>

#define KD_PI 3.14159265358979323846

double kd_beta_peak(double a, double b) {
  return tgamma(a + b) / (tgamma(a) * tgamma(b));
}

/* Continued fraction DLMF 8.17.22, without the factor in front. */
static double beta_fraction(double x, double a, double b) {
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / d;
  double value = d;
  for (int m = 1; m < 200; m++) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const double step = d * c;
    value *= step;
    if (fabs(step - 1) < 2 * DBL_EPSILON) break;
  }
  return value;
}

double kd_beta_cdf(double x, double a, double b, double peak) {
  if (!(x > 0)) return 0;
  if (x >= 1) return 1;
  const double front = peak * pow(x, a) * pow(1 - x, b);
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
  return 1 - front * beta_fraction(1 - x, b, a) / b;
}

/* Solves I_x(a, b) = u by Newton inside a bracket, from the guess x. */
static double solve(double u, double x, double a, double b, double peak) {
  double low = 0, high = 1;
  for (int i = 0; i < 100; i++) {
    const double miss = kd_beta_cdf(x, a, b, peak) - u;
    if (miss > 0)
      high = x;
    else
      low = x;
    const double slope = peak * pow(x, a - 1) * pow(1 - x, b - 1);
    double next = x - miss / slope;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double move = fabs(next - x);
    x = next;
    if (move <= 4 * DBL_EPSILON * x) break;
  }
  return x;
}

/* Chebyshev coefficients of x / t over t in 0..1 for the lower half of a beta distribution. */
static void fit_half(double *series, double a, double b, double peak) {
  double cosine[4 * KD_PERT_TERMS], value[KD_PERT_TERMS];
  for (int i = 0; i < 4 * KD_PERT_TERMS; i++) cosine[i] = cos(KD_PI * i / (2 * KD_PERT_TERMS));
  /* Near 0, F = peak x^a / a: the first guess at the smallest node, then each root starts from its neighbour. */
  const double lead = pow(0.5 * a / peak, 1 / a);
  double ratio = lead;
  for (int j = KD_PERT_TERMS - 1; j >= 0; j--) {
    const double t = 0.5 * (1 + cosine[2 * j + 1]);
    double guess = ratio * t;
    if (!(guess < 0.999)) guess = 0.999;
    const double x = solve(0.5 * pow(t, a), guess, a, b, peak);
    ratio = x / t;
    value[j] = ratio;
  }
  for (int k = 0; k < KD_PERT_TERMS; k++) {
    double sum = 0;
    for (int j = 0; j < KD_PERT_TERMS; j++) sum += value[j] * cosine[k * (2 * j + 1) % (4 * KD_PERT_TERMS)];
    series[k] = sum * (k == 0 ? 1.0 : 2.0) / KD_PERT_TERMS;
  }
}

void kd_pert_prepare(kd_distribution *self) {
  const double a = 1 + 4 * (self->p[1] - self->p[0]) / (self->p[2] - self->p[0]), b = 6 - a;
  self->shape[0] = a;
  self->shape[1] = b;
  self->peak = kd_beta_peak(a, b);
  fit_half(self->series[0], a, b, self->peak);
  fit_half(self->series[1], b, a, self->peak);
}

double kd_pert_quantile(const kd_distribution *self, double u) {
  const int half = u > 0.5 ? 1 : 0;
  const double v = half == 1 ? 2 * (1 - u) : 2 * u;
  if (v <= 0) return half == 1 ? 1 : 0;
  const double t = pow(v, 1 / self->shape[half]), s = 2 * (2 * t - 1), *c = self->series[half];
  double above = 0, here = 0; /* Clenshaw's recurrence; s is twice the Chebyshev variable */
  for (int k = KD_PERT_TERMS - 1; k > 0; k--) {
    const double next = s * here - above + c[k];
    above = here;
    here = next;
  }
  const double x = t * (0.5 * s * here - above + c[0]);
  return half == 1 ? 1 - x : x;
}
