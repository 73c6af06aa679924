// SPDX-License-Identifier: Apache-2.0
/* Batch sorption, competitive Langmuir.
 *
 *   c_i + m q_i = c0_i + m q0_i,   q_i = q_max K_i c_i/s,   s = 1 + sum K c                                       (1)
 *   =>  c_i = t_i/(1 + m q_max K_i/s),   t_i = c0_i + m q0_i                                                        (2)
 *
 * One unknown: f(s) = 1 + sum K t s/(s + m q_max K) - s is concave, f(1) >= 0; Newton from above falls to its root.
 *
 * Source    mass balance with Langmuir's isotherm.
 */
#include "process/sorption_batch.h"

#include <math.h>

double kd_sorption_batch(double *liquid, double *loading, const double *feed, const double *initial,
                         const double *affinity, size_t count, double capacity, double dose) {
  double s = 1;
  for (size_t i = 0; i < count; i++) {
    liquid[i] = feed[i] + (initial != NULL ? dose * initial[i] : 0);
    s += affinity[i] * liquid[i]; /* above the root */
  }
  for (int k = 0; k < 200; k++) {
    double f = 1 - s, slope = -1;
    for (size_t i = 0; i < count; i++) {
      const double b = dose * capacity * affinity[i], low = s + b;
      f += affinity[i] * liquid[i] * s / low;
      slope += affinity[i] * liquid[i] * b / (low * low);
    }
    const double step = f / slope;
    s -= step;
    if (!(fabs(step) > 1e-15 * s)) break;
  }
  for (size_t i = 0; i < count; i++) {
    liquid[i] = liquid[i] * s / (s + dose * capacity * affinity[i]);
    loading[i] = capacity * affinity[i] * liquid[i] / s;
  }
  return s;
}
