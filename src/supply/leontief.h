// SPDX-License-Identifier: Apache-2.0
/* Input-output: what a change of final demand does to the output of all sectors (Leontief), and the kernel over tables.
 */
#ifndef KD_SUPPLY_LEONTIEF_H
#define KD_SUPPLY_LEONTIEF_H

#include <stddef.h>

#include "base/kernel.h"

#define KD_LEONTIEF_SECTORS 500

/* Solves (I - A) x = f. a: count x count coefficients by row, input of row i per output of column j; a is overwritten;
 * x holds f on entry and the outputs on return. Errors: KD_E_MODEL when the table is singular or not productive. */
kd_status kd_leontief_solve(double *x, double *a, size_t count, kd_error *err);

extern const kd_data_slot kd_leontief_data[2];
kd_status kd_leontief_kernel(kd_table **out, const kd_table *const *data, const double *options, kd_work *work);

#endif
