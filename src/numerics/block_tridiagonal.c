// SPDX-License-Identifier: Apache-2.0
/* Block Thomas elimination.
 *
 *   X_i = (B_i - L_i X_(i-1))^-1 U_i,   y_i = (B_i - L_i X_(i-1))^-1 (r_i - L_i y_(i-1)),   x_i = y_i - X_i x_(i+1) (1)
 *
 * Numerics  the inverse is Gauss-Jordan in place: for each pivot one scaled row is taken off all others, a loop without
 *           reductions, so wider registers give the same bits.
 * Source    (1) is textbook elimination (e.g. Golub and Van Loan, Matrix Computations, 4.5).
 * Weakness  kd_block_invert does not pivot.
 */
#include "numerics/block_tridiagonal.h"

#include <math.h>

size_t kd_block_stride(size_t n) {
  return (n + 7) / 8 * 8;
}

/* A fixed number of eights lets the compiler keep the pivot row in registers. */
__attribute__((always_inline)) static inline bool invert(double *a, size_t n, size_t eights) {
  size_t stride = 8 * eights;
  for (size_t k = 0; k < n; k++) {
    double *row = a + k * stride, pivot = 1 / row[k];
    if (!isfinite(pivot)) return false;
    kd_eight held[4];
    for (size_t e = 0; e < eights; e++) *(kd_eight *)(row + 8 * e) = held[e] = *(kd_eight *)(row + 8 * e) * pivot;
    row[k] = pivot;
    for (size_t i = 0; i < n; i++) {
      if (i == k) continue;
      double *other = a + i * stride, f = other[k];
      for (size_t e = 0; e < eights; e++) *(kd_eight *)(other + 8 * e) -= f * held[e];
      other[k] = -f * pivot; /* written after the row: a narrow write before a wide read would stall */
    }
  }
  return true;
}

/* n at most 32. */
KD_WIDE bool kd_block_invert(double *a, size_t n) {
  if (n <= 8) return invert(a, n, 1);
  if (n <= 16) return invert(a, n, 2);
  if (n <= 24) return invert(a, n, 3);
  return n <= 32 && invert(a, n, 4);
}

/* Gauss elimination with partial pivoting of block a; right sides b[n][width] and c[n] follow. */
static bool eliminate(double *a, double *b, double *c, size_t n) {
  for (size_t k = 0; k < n; k++) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    double pivot = a[best * n + k];
    if (!(fabs(pivot) > 0) || !isfinite(pivot)) return false;
    for (size_t j = 0; j < n; j++) {
      double ta = a[k * n + j], tb = b[k * n + j];
      a[k * n + j] = a[best * n + j], a[best * n + j] = ta;
      b[k * n + j] = b[best * n + j], b[best * n + j] = tb;
    }
    double tc = c[k];
    c[k] = c[best], c[best] = tc;
    for (size_t i = 0; i < n; i++) {
      if (i == k) continue;
      double f = a[i * n + k] / a[k * n + k];
      for (size_t j = 0; j < n; j++) {
        if (j >= k) a[i * n + j] -= f * a[k * n + j];
        b[i * n + j] -= f * b[k * n + j];
      }
      c[i] -= f * c[k];
    }
  }
  for (size_t k = 0; k < n; k++) {
    for (size_t j = 0; j < n; j++) b[k * n + j] /= a[k * n + k];
    c[k] /= a[k * n + k];
  }
  return true;
}

bool kd_block_tridiagonal_solve(double *x, double *lower, double *diagonal, double *upper, size_t count, size_t n) {
  for (size_t i = 0; i < count; i++) {
    double *b = diagonal + i * n * n;
    for (size_t r = 0; i > 0 && r < n; r++) {
      for (size_t m = 0; m < n; m++) {
        double f = lower[i * n * n + r * n + m];
        if (f == 0) continue;
        for (size_t j = 0; j < n; j++) b[r * n + j] -= f * upper[(i - 1) * n * n + m * n + j];
        x[i * n + r] -= f * x[(i - 1) * n + m];
      }
    }
    if (!eliminate(b, upper + i * n * n, x + i * n, n)) return false;
  }
  for (size_t i = count - 1; i-- > 0;)
    for (size_t r = 0; r < n; r++)
      for (size_t j = 0; j < n; j++) x[i * n + r] -= upper[i * n * n + r * n + j] * x[(i + 1) * n + j];
  return true;
}
