// SPDX-License-Identifier: Apache-2.0
/* Eigenvectors of symmetric matrices by rotations that clear one element after another.
 *
 * Source    Jacobi 1846; Rutishauser 1966, "The Jacobi method for real symmetric matrices"; Golub and Van Loan 2013,
 *           section 8.5.
 * Range     up to a few hundred rows for the eigenvectors: 10 n^3 a sweep, six to ten sweeps.
 */
#include "numerics/symmetric.h"

#include <math.h>

/* One rotation in the plane of rows p and q; t is the tangent of its angle. */
static void rotate(double *a, double *v, size_t n, size_t p, size_t q) {
  const double apq = a[p * n + q];
  const double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const double t = (theta >= 0 ? 1.0 : -1.0) / (fabs(theta) + sqrt(theta * theta + 1));
  const double c = 1 / sqrt(t * t + 1), s = t * c;
  a[p * n + p] -= t * apq;
  a[q * n + q] += t * apq;
  a[p * n + q] = a[q * n + p] = 0;
  for (size_t i = 0; i < n; i++) {
    if (i != p && i != q) {
      const double x = a[i * n + p], y = a[i * n + q];
      a[i * n + p] = a[p * n + i] = c * x - s * y;
      a[i * n + q] = a[q * n + i] = s * x + c * y;
    }
    const double x = v[i * n + p], y = v[i * n + q];
    v[i * n + p] = c * x - s * y;
    v[i * n + q] = s * x + c * y;
  }
}

/* Largest first, each vector with its largest element positive. */
static void arrange(double *values, double *v, size_t n) {
  for (size_t k = 0; k < n; k++) {
    size_t best = k;
    for (size_t j = k + 1; j < n; j++)
      if (values[j] > values[best]) best = j;
    const double swap = values[k];
    values[k] = values[best];
    values[best] = swap;
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
      const double x = v[i * n + k];
      v[i * n + k] = v[i * n + best];
      v[i * n + best] = x;
      if (fabs(v[i * n + k]) > fabs(largest) * (1 + 1e-12)) largest = v[i * n + k];
    }
    for (size_t i = 0; i < n && largest < 0; i++) v[i * n + k] = -v[i * n + k];
  }
}

void kd_symmetric_eigen(double *values, double *vectors, double *matrix, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) vectors[i * n + j] = i == j ? 1 : 0;
  for (int sweep = 0; sweep < 60; sweep++) {
    double off = 0, on = 0;
    for (size_t i = 0; i < n; i++) {
      on += matrix[i * n + i] * matrix[i * n + i];
      for (size_t j = 0; j < i; j++) off += matrix[i * n + j] * matrix[i * n + j];
    }
    if (!(off > 1e-34 * on)) break;
    for (size_t p = 0; p + 1 < n; p++) {
      for (size_t q = p + 1; q < n; q++) {
        /* An element too small to change either diagonal is as good as 0. */
        const double x = matrix[p * n + q];
        if (x * x <= 1e-40 * fabs(matrix[p * n + p] * matrix[q * n + q])) continue;
        rotate(matrix, vectors, n, p, q);
      }
    }
  }
  for (size_t i = 0; i < n; i++) values[i] = matrix[i * n + i];
  arrange(values, vectors, n);
}
