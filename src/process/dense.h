// SPDX-License-Identifier: Apache-2.0
/* Small dense linear systems, row by row, in place. */
#ifndef KD_PROCESS_DENSE_H
#define KD_PROCESS_DENSE_H

#include <stdbool.h>
#include <stddef.h>

/* Solves A x = b by Gaussian elimination with row pivoting: a (n x n, by rows) is destroyed, b becomes x. false: A is
 * singular to working precision, b is undefined. */
bool kd_dense_solve(double *a, double *b, size_t n);

#endif
