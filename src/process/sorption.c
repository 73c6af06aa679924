// SPDX-License-Identifier: Apache-2.0
/* Fixed bed with reversible second-order (Langmuir) kinetics, plug flow, step of c0 at the inlet.
 *
 *   c/c0 = J(rN, NT) / { J(rN, NT) + [1 - J(N, rNT)] exp[(r - 1)(NT - N)] }                                  (1)
 *   J(x, y) = sum over k of Poisson(k; y) Q(k; x),   Q(k; x) = sum over i <= k of Poisson(i; x)              (2)
 *   r = 0: Bohart-Adams, c/c0 = e^(NT) / (e^(NT) + e^N - 1);   r = 1: Anzelius, c/c0 = J(N, NT)              (3)
 *
 *   N   transfer units    T   throughput: solute fed over solute held at saturation    r = 1/(1 + K c0)
 *
 * Source    Thomas 1944 in the form of Hiester and Vermeulen 1952; (2) is the expansion of the Bessel integral
 *           (derived).
 * Range     r in [0, 1] (favourable to linear); N and NT up to 1e6.
 * Weakness  no dispersion, one solute. What is often fitted as "Thomas model", 1/(1 + e^(N - NT)), is (3) at r = 0
 *           for large N.
 */
#include "process/sorption.h"

#include <math.h>

double kd_langmuir(double q_max, double k, double c) {
  return k * c > 1e200 ? q_max : q_max * (k * c) / (1 + k * c);
}

static double poisson(double mean, double k) {
  if (mean <= 0) return k == 0 ? 1 : 0;
  return exp(k * log(mean) - mean - lgamma(k + 1));
}

/* Range of k that holds a Poisson variable but for 1e-30. */
static void window(double *low, double *high, double mean) {
  double width = 12 * sqrt(mean) + 40;
  *low = fmax(0, floor(mean - width));
  *high = floor(mean + width);
}

/* Sum over i <= k of Poisson(i; mean), for k below the mean: the terms fall from k down. */
static double fall(double mean, double k) {
  double sum = 0, term = poisson(mean, k);
  for (double i = k; i >= 0 && term > 1e-18 * sum; i--) {
    sum += term;
    term *= i / mean;
  }
  return sum;
}

/* Sum over i > k of Poisson(i; mean), for k + 1 above the mean: the terms fall from k + 1 up. */
static double rise(double mean, double k) {
  double sum = 0, term = poisson(mean, k + 1);
  for (double i = k + 1; term > 1e-18 * sum; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

static double lower_tail(double mean, double k) {
  return k < mean ? fall(mean, k) : 1 - rise(mean, k);
}

static double upper_tail(double mean, double k) {
  return k + 1 > mean ? rise(mean, k) : 1 - fall(mean, k);
}

double kd_thomas_j(double *rest, double x, double y) {
  double low, high, j = 0, complement = 0;
  double reach = 40 * sqrt(x) + 800; /* beyond it a Poisson term is below the smallest double */
  window(&low, &high, y);
  /* Upwards with the lower tail for J; downwards with the upper tail for 1 - J: each sums terms of one sign, small
   * first. */
  double weight = poisson(y, low), tail = lower_tail(x, low), mass = poisson(x, low);
  for (double k = low; k <= high; k++) {
    j += weight * tail;
    weight *= y / (k + 1);
    mass *= x / (k + 1);
    if (mass == 0 && fabs(k - x) < reach) mass = poisson(x, k + 1);
    tail += mass;
  }
  weight = poisson(y, high), tail = upper_tail(x, high), mass = poisson(x, high);
  for (double k = high; k >= low; k--) {
    complement += weight * tail;
    if (y > 0) weight *= k / y;
    tail += mass;
    if (x > 0) mass *= k / x;
    if (mass == 0 && k > 0 && fabs(k - x) < reach) mass = poisson(x, k - 1);
    if (weight == 0 && k > 0) weight = poisson(y, k - 1);
  }
  if (j > 1) j = 1;
  if (complement > 1) complement = 1;
  if (rest != NULL) *rest = complement;
  return j;
}

double kd_thomas_breakthrough(double r, double n, double t) {
  double rest, nt = n * t;
  double j = kd_thomas_j(NULL, r * n, nt);
  kd_thomas_j(&rest, n, r * nt);
  double other = rest * exp((r - 1) * (nt - n));
  if (!(j + other > 0)) return nt > n ? 1 : 0;
  return isinf(other) ? 0 : j / (j + other);
}
