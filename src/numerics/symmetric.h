// SPDX-License-Identifier: Apache-2.0
/* Small dense symmetric matrices, row by row. */
#ifndef KD_NUMERICS_SYMMETRIC_H
#define KD_NUMERICS_SYMMETRIC_H

#include <stdbool.h>
#include <stddef.h>

/* Eigenvalues, largest first, and eigenvectors as the columns of vectors[n * n], by the cyclic method of Jacobi. matrix
 * is destroyed. The element of largest magnitude of each vector is positive. */
void kd_symmetric_eigen(double *values, double *vectors, double *matrix, size_t n);

/* Lower Cholesky factor in place (the upper part is left as it is). false: not positive definite; *row then is the row
 * at which it shows. */
bool kd_symmetric_factor(double *matrix, size_t n, size_t *row);
/* Solves L x = b in place, and L^T x = b in place. */
void kd_symmetric_forward(double *b, const double *factor, size_t n);
void kd_symmetric_backward(double *b, const double *factor, size_t n);

/* The same of a triangle alone, row i at i (i + 1)/2, in half the memory: factor in place; two right sides side by
 * side, b[2 * i] and b[2 * i + 1], both solves one after the other. */
bool kd_triangle_factor(double *triangle, size_t n, size_t *row);
void kd_triangle_solve_two(double *b, const double *factor, size_t n);

#endif
