// SPDX-License-Identifier: Apache-2.0
/* K_v(x) with v = m + n, |m| <= 1/2.
 *
 *   x <= 2   K_m = sum c_k f_k,  K_(m+1) = 2/x sum c_k (p_k - k f_k),  c_k = (x^2/4)^k / k!                        (1)
 *            f_k = (k f_(k-1) + p_(k-1) + q_(k-1)) / (k^2 - m^2),  p_k = p_(k-1)/(k - m),  q_k = q_(k-1)/(k + m)
 *   x > 2    the continued fraction of K_(m+1)/K_m with the sum that normalises it, by Steed's scheme              (2)
 *   then     K_(v+1) = K_(v-1) + 2v/x K_v upward, which is stable                                                  (3)
 *
 * Source    Temme 1975, J. Comput. Phys. 19, 324; 1/Gamma as the series of Abramowitz and Stegun 1964, 6.1.34.
 * Range     x > 0, order 0 to about 150 (Gamma); half orders 1/2, 3/2, 5/2 of kd_bessel_matern are closed forms.
 * Weakness  none known inside the range of doubles.
 */
#include "numerics/bessel.h"

#include <math.h>

#define PI 3.14159265358979323846

/* (1/Gamma(1-m) - 1/Gamma(1+m)) / 2m and (1/Gamma(1-m) + 1/Gamma(1+m)) / 2 */
static void gammas(double *odd, double *even, double m) {
  static const double c[] = {1.0,
                             0.5772156649015329,
                             -0.6558780715202538,
                             -0.0420026350340952,
                             0.1665386113822915,
                             -0.0421977345555443,
                             -0.0096219715278770,
                             0.0072189432466630,
                             -0.0011651675918591,
                             -0.0002152416741149,
                             0.0001280502823882,
                             -0.0000201348547807,
                             -0.0000012504934821,
                             0.0000011330272320,
                             -0.0000002056338417,
                             0.0000000061160950,
                             0.0000000050020075,
                             -0.0000000011812746,
                             0.0000000001043427,
                             0.0000000000077823,
                             -0.0000000000036968,
                             0.0000000000005100};
  const double mm = m * m;
  *odd = *even = 0.0;
  for (int k = 20; k >= 0; k -= 2) {
    *even = *even * mm + c[k];
    *odd = *odd * mm - c[k + 1];
  }
}

static void small(double *k0, double *k1, double m, double x) {
  double odd, even;
  gammas(&odd, &even, m);
  const double l = log(2.0 / x), s = m * l, xx = 0.25 * x * x;
  const double sinhc = fabs(s) < 1e-4 ? 1.0 + s * s / 6.0 : sinh(s) / s;
  const double angle = PI * m, sinc = fabs(angle) < 1e-8 ? 1.0 : angle / sin(angle);
  double f = sinc * (cosh(s) * odd + sinhc * l * even);
  double p = 0.5 * exp(s) / (even - m * odd), q = 0.5 * exp(-s) / (even + m * odd);
  double c = 1.0, sum = f, next = p;
  for (int k = 1; k < 200; k++) {
    f = (k * f + p + q) / ((double)k * k - m * m);
    p /= k - m;
    q /= k + m;
    c *= xx / k;
    sum += c * f;
    next += c * (p - k * f);
    if (fabs(c * f) < 1e-17 * fabs(sum)) break;
  }
  *k0 = sum;
  *k1 = next * 2.0 / x;
}

static void large(double *k0, double *k1, double m, double x) {
  const double a1 = 0.25 - m * m;
  double b = 2.0 * (1.0 + x), d = 1.0 / b, step = d, h = d;
  double q1 = 0.0, q2 = 1.0, q = a1, c = a1, a = -a1, s = 1.0 + q * step;
  for (int i = 2; i < 10000; i++) {
    a -= 2 * (i - 1);
    c = -a * c / i;
    const double qn = (q1 - b * q2) / a;
    q1 = q2;
    q2 = qn;
    q += c * qn;
    b += 2.0;
    d = 1.0 / (b + a * d);
    step *= b * d - 1.0;
    h += step;
    const double add = q * step;
    s += add;
    if (fabs(add) < 1e-17 * fabs(s)) break;
  }
  *k0 = sqrt(PI / (2.0 * x)) * exp(-x) / s;
  *k1 = *k0 * (m + x + 0.5 - a1 * h) / x;
}

double kd_bessel_k(double order, double x) {
  const int n = (int)(order + 0.5);
  const double m = order - n;
  double a, b;
  if (x <= 2.0)
    small(&a, &b, m, x);
  else
    large(&a, &b, m, x);
  for (int i = 1; i <= n; i++) {
    const double next = (m + i) * 2.0 / x * b + a;
    a = b;
    b = next;
  }
  return a;
}

double kd_bessel_matern(double order, double x) {
  if (x <= 0.0) return 1.0;
  if (order == 0.5) return exp(-x);
  if (order == 1.5) return (1.0 + x) * exp(-x);
  if (order == 2.5) return (1.0 + x + x * x / 3.0) * exp(-x);
  if (x > 700.0) return 0.0;
  const double k = kd_bessel_k(order, x);
  if (!isfinite(k)) return 1.0; /* so near to 0 that the order alone makes it overflow */
  const double f = exp(order * log(x) - (order - 1.0) * log(2.0) - lgamma(order)) * k;
  return f < 1.0 ? f : 1.0;
}
