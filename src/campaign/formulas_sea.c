// SPDX-License-Identifier: Apache-2.0
/* Closed forms of sea states and cyclones.
 *
 *   workability   P(Hs <= H) = Phi(c),  c = (ln(H/mean) + s²/2)/s                       (1)
 *   mean calm     dt Phi(c)/(2 T(c, a)),  a = sqrt((1-r)/(1+r)),  r = exp(-dt/tau)      (2)
 *   with calms and storms of exponential length, means C and S, p = C/(C+S), q = exp(-L/C):
 *   window now    p q                                                                    (3)
 *   mean wait     p [C(1-q) - Lq + (1-q) W] + (1-p) W,  W = (S + C(1-q) - Lq)/q          (4)
 *   task that accumulates  L (1 + S/C) + (1-p) S                                         (5)
 *   task that starts again (C + S)(e^(L/C) - 1) + (1-p) S                                (6)
 *   season        P(n) = Gamma(n+k)/(n! Gamma(k)) (k/(k+m))^k (m/(k+m))^n                (7)
 *
 *   T  Owen's function, P(calm then storm) = 2 T(c, a) for two normals of correlation r
 *
 * Source    (2) Owen 1956 for T; (3) to (6) renewal arguments, derived here; (7) gamma mixture of Poissons.
 * Range     (2) exact for the sea of sea.c; (3) to (6) exact for exponential stays.
 * Weakness  real calms are not exponential: their shape is 0.5 to 0.9 (Weibull), so long windows are commoner than (3).
 */
#include "campaign/formulas.h"

#include <math.h>

#include "base/random.h"

#define KD_PI 3.14159265358979323846

double kd_sea_workability(double mean, double spread, double limit) {
  return kd_normal_cdf((log(limit / mean) + 0.5 * spread * spread) / spread);
}

double kd_owen_t(double h, double a) {
  /* Gauss-Legendre, 10 points, on four pieces of [0, a]: 1e-16 for a <= 1 */
  static const double x[] = {0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845,
                             0.9739065285171717};
  static const double w[] = {0.2955242247147529, 0.2692667193099964, 0.2190863625159820, 0.1494513491505806,
                             0.0666713443086881};
  double sum = 0;
  for (int piece = 0; piece < 4; piece++) {
    const double half = a / 8, middle = half * (2 * piece + 1);
    for (int i = 0; i < 5; i++)
      for (int side = -1; side <= 1; side += 2) {
        const double t = middle + side * half * x[i];
        sum += half * w[i] * exp(-0.5 * h * h * (1 + t * t)) / (1 + t * t);
      }
  }
  return sum / (2 * KD_PI);
}

void kd_sea_persistence(kd_persistence *out, double mean, double spread, double limit, double e_folding, double step) {
  const double c = (log(limit / mean) + 0.5 * spread * spread) / spread, r = exp(-step / e_folding);
  const double leave = 2 * kd_owen_t(c, sqrt((1 - r) / (1 + r))); /* P(calm now, storm at the next look) */
  out->workability = kd_normal_cdf(c);
  out->calm = step * kd_normal_cdf(c) / leave;
  out->storm = step * kd_normal_cdf(-c) / leave;
}

double kd_window_probability(double calm, double storm, double window) {
  return calm / (calm + storm) * exp(-window / calm);
}

double kd_window_wait(double calm, double storm, double window) {
  const double p = calm / (calm + storm), q = exp(-window / calm);
  const double lost = -calm * expm1(-window / calm) - window * q; /* calm time spent in windows that are too short */
  const double from_storm = (storm + lost) / q;
  return p * (lost + (1 - q) * from_storm) + (1 - p) * from_storm;
}

double kd_task_accumulating(double calm, double storm, double work) {
  return work * (1 + storm / calm) + storm * storm / (calm + storm);
}

double kd_task_restarting(double calm, double storm, double work) {
  return (calm + storm) * expm1(work / calm) + storm * storm / (calm + storm);
}

void kd_cyclone_t_time(kd_t_time *out, double stop, double flush, double recover, double stand_off, double ship_speed,
                       double storm_speed, double factor) {
  out->secure = stop + flush + recover;
  out->t_time = factor * (out->secure + stand_off / ship_speed);
  out->alert_radius = stand_off + storm_speed * out->t_time;
}

double kd_season_probability(unsigned n, double mean, double shape) {
  if (mean <= 0) return n == 0 ? 1 : 0;
  if (isinf(shape)) return exp(n * log(mean) - mean - lgamma(n + 1.0));
  return exp(lgamma(n + shape) - lgamma(n + 1.0) - lgamma(shape) - shape * log1p(mean / shape) +
             n * log(mean / (shape + mean)));
}
