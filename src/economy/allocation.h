// SPDX-License-Identifier: Apache-2.0
/* What one of several joint products costs: there is no one answer, so all rules are given, by name. */
#ifndef KD_ECONOMY_ALLOCATION_H
#define KD_ECONOMY_ALLOCATION_H

#include <stddef.h>

/* count joint products with quantity q [kg], price p and separable cost c [money/kg]; joint cost C [money].
 * Each rule writes the cost per kg of each product, NaN where the rule gives none (no quantity, no value). The first
 * three share out exactly C + sum c q; the credit rule answers for each product as if it alone had to pay. */
void kd_allocate_by_mass(double *cost, size_t count, double joint, const double *q, const double *c);
void kd_allocate_by_value(double *cost, size_t count, double joint, const double *q, const double *p, const double *c);
void kd_allocate_by_net_value(double *cost, size_t count, double joint, const double *q, const double *p,
                              const double *c);
void kd_allocate_by_credit(double *cost, size_t count, double joint, const double *q, const double *p, const double *c);

#endif
