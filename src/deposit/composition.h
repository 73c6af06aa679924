// SPDX-License-Identifier: Apache-2.0
/* Which element is in the mud, when only the sum of the rare earths is known. */
#ifndef KD_DEPOSIT_COMPOSITION_H
#define KD_DEPOSIT_COMPOSITION_H

#include "base/elements.h"

/* REY of the background component [kg/kg]; above it, what is added is apatite. */
#define KD_BACKGROUND_GRADE 250e-6

/* Grades of the 16 elements of a mud with this REY and this scandium, all kg per kg dry solid. */
void kd_composition(double grade[KD_ELEMENTS], double rey, double scandium);

/* Sum of the 15 REY; of their oxides (REO); share of Eu..Lu and Y in REY, 0 when there is none. */
double kd_grade_rey(const double grade[KD_REY]);
double kd_grade_reo(const double grade[KD_REY]);
double kd_grade_heavy_share(const double grade[KD_REY]);

/* Sum of grade times weight over the 15 REY. A tree of sums: the same bits always, and four times faster than a chain.
 */
double kd_grade_dot(const double grade[KD_REY], const double weight[KD_REY]);
void kd_oxide_factors(double factor[KD_ELEMENTS]);

#endif
