// SPDX-License-Identifier: Apache-2.0
/* Small dense symmetric matrices, row by row. */
#ifndef KD_NUMERICS_SYMMETRIC_H
#define KD_NUMERICS_SYMMETRIC_H

#include <stddef.h>

/* Eigenvalues, largest first, and eigenvectors as the columns of vectors[n * n], by the cyclic method of Jacobi. matrix
 * is destroyed. The element of largest magnitude of each vector is positive. */
void kd_symmetric_eigen(double *values, double *vectors, double *matrix, size_t n);

#endif
