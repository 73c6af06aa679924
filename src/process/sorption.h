// SPDX-License-Identifier: Apache-2.0
/* Sorption isotherms and the exact breakthrough of a column with Langmuir kinetics. */
#ifndef KD_PROCESS_SORPTION_H
#define KD_PROCESS_SORPTION_H

#include <stddef.h>

/* Loading q = q_max K c / (1 + K c), in the unit of q_max. */
double kd_langmuir(double q_max, double k, double c);

/* J(x, y) = 1 - integral from 0 to x of exp(-y - t) I0(2 sqrt(y t)) dt; *rest receives 1 - J to full relative accuracy.
 * x, y >= 0, at most 1e6. */
double kd_thomas_j(double *rest, double x, double y);

/* c/c0 at the end of a column: r = 1/(1 + K c0) in [0, 1], n transfer units, t throughput parameter. */
double kd_thomas_breakthrough(double r, double n, double t);

#endif
