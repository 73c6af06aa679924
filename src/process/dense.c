// SPDX-License-Identifier: Apache-2.0
/* Gaussian elimination with partial pivoting. Thirty lines beat a library below n = 50 or so. */
#include "process/dense.h"

#include <math.h>

static void swap_rows(double *a, double *b, size_t n, size_t i, size_t k) {
  for (size_t j = 0; j < n; j++) {
    double t = a[i * n + j];
    a[i * n + j] = a[k * n + j];
    a[k * n + j] = t;
  }
  double t = b[i];
  b[i] = b[k];
  b[k] = t;
}

bool kd_dense_solve(double *a, double *b, size_t n) {
  double largest = 0;
  for (size_t i = 0; i < n * n; i++) largest = fmax(largest, fabs(a[i]));
  for (size_t k = 0; k < n; k++) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    if (!(fabs(a[best * n + k]) > 1e-300 && fabs(a[best * n + k]) > 1e-18 * largest)) return false;
    if (best != k) swap_rows(a, b, n, best, k);
    const double inverse = 1 / a[k * n + k];
    for (size_t i = k + 1; i < n; i++) {
      const double factor = a[i * n + k] * inverse;
      if (factor == 0) continue;
      for (size_t j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  for (size_t k = n; k-- > 0;) {
    for (size_t j = k + 1; j < n; j++) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
  return true;
}
