// SPDX-License-Identifier: Apache-2.0
/* Cost of one joint product under four rules.
 *
 *   by mass        C / sum q + c_e                                                                                  (1)
 *   by value       C p_e / sum (p q) + c_e                                                                          (2)
 *   net value      C (p_e - c_e) / sum ((p - c) q) + c_e        net realisable value at the split                   (3)
 *   credit         (C + sum c q - sum_{k != e} p_k q_k) / q_e   all other products sold at market                   (4)
 *
 * (4) equals (C - sum_{k != e} (p_k - c_k) q_k) / q_e + c_e. Source: standard joint costing. Weakness: (1) makes
 * lanthanum as dear as terbium, (4) is negative for a product that the others pay for: always print all, with names. */
#include "economy/allocation.h"

#include <math.h>

static double separable(const double *c, size_t e) {
  return c != NULL ? c[e] : 0;
}

void kd_allocate_by_mass(double *cost, size_t count, double joint, const double *q, const double *c) {
  double mass = 0;
  for (size_t e = 0; e < count; e++) mass += q[e];
  for (size_t e = 0; e < count; e++) cost[e] = q[e] > 0 ? joint / mass + separable(c, e) : (double)NAN;
}

void kd_allocate_by_value(double *cost, size_t count, double joint, const double *q, const double *p, const double *c) {
  double value = 0;
  for (size_t e = 0; e < count; e++) value += q[e] > 0 ? p[e] * q[e] : 0;
  for (size_t e = 0; e < count; e++)
    cost[e] = q[e] > 0 && value > 0 ? joint * p[e] / value + separable(c, e) : (double)NAN;
}

void kd_allocate_by_net_value(double *cost, size_t count, double joint, const double *q, const double *p,
                              const double *c) {
  double value = 0;
  for (size_t e = 0; e < count; e++) value += q[e] > 0 ? (p[e] - separable(c, e)) * q[e] : 0;
  for (size_t e = 0; e < count; e++)
    cost[e] = q[e] > 0 && value > 0 ? joint * (p[e] - separable(c, e)) / value + separable(c, e) : (double)NAN;
}

void kd_allocate_by_credit(double *cost, size_t count, double joint, const double *q, const double *p,
                           const double *c) {
  double total = joint, value = 0;
  for (size_t e = 0; e < count; e++) {
    if (!(q[e] > 0)) continue;
    total += separable(c, e) * q[e];
    value += p[e] * q[e];
  }
  for (size_t e = 0; e < count; e++) cost[e] = q[e] > 0 ? (total - (value - p[e] * q[e])) / q[e] : (double)NAN;
}
