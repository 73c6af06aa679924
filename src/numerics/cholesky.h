// SPDX-License-Identifier: Apache-2.0
/* Cholesky's factor of a symmetric matrix given by its lower triangle, row i at a + i * stride. */
#ifndef KD_NUMERICS_CHOLESKY_H
#define KD_NUMERICS_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

/* A = L L' in place; the upper triangle stays as it is. False when a pivot is not above `least` times its diagonal: not
 * positive definite; *row (NULL: not wanted) is then the row at which it shows. */
bool kd_cholesky_row(double *a, size_t n, size_t stride, double least, size_t *row);
bool kd_cholesky(double *a, size_t n, size_t stride, double least);
/* b := L^-1 b and b := L'^-1 b. */
void kd_cholesky_forward(const double *l, size_t n, size_t stride, double *b);
void kd_cholesky_backward(const double *l, size_t n, size_t stride, double *b);

/* The same of a triangle alone, row i at i (i + 1)/2, in half the memory, least 1e-14: factor in place; two right sides
 * side by side, b[2 * i] and b[2 * i + 1], both solves one after the other. */
bool kd_triangle_factor(double *triangle, size_t n, size_t *row);
void kd_triangle_solve_two(double *b, const double *factor, size_t n);

#endif
