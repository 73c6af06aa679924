// SPDX-License-Identifier: Apache-2.0
/* A = L L' by rows. TALL rows at a time go against one row after another of those before them, which so is read once
 * for all of them. Sums run in a fixed order: sixteen partial sums over the columns, added as a tree.
 *
 * Source    Golub and Van Loan 2013, Matrix Computations, section 4.2.
 */
#include "numerics/cholesky.h"

#include <math.h>

#include "numerics/simd.h"

#define TALL 32

KD_INLINE double dot(const double *a, const double *b, size_t n) {
  kd_v8 s = {0}, t = {0}, x, y;
  size_t k = 0;
  for (; k + 16 <= n; k += 16) {
    kd_v8_load(&x, a + k);
    kd_v8_load(&y, b + k);
    s += x * y;
    kd_v8_load(&x, a + k + 8);
    kd_v8_load(&y, b + k + 8);
    t += x * y;
  }
  s += t;
  double tail = 0.0;
  for (; k < n; k++) tail += a[k] * b[k];
  return (((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))) + tail;
}

/* Row i of a square or of a packed triangle (stride 0). */
KD_INLINE double *row_of(double *a, size_t i, size_t stride) {
  return a + (stride > 0 ? i * stride : i * (i + 1) / 2);
}

KD_INLINE bool factor(double *a, size_t n, size_t stride, double least, size_t *row) {
  for (size_t top = 0; top < n; top += TALL) {
    const size_t end = top + TALL < n ? top + TALL : n;
    for (size_t j = 0; j < end; j++) {
      const double *other = row_of(a, j, stride);
      for (size_t i = j > top ? j : top; i < end; i++) {
        double *here = row_of(a, i, stride);
        const double rest = here[j] - dot(here, other, j);
        if (j < i) {
          here[j] = rest / other[j];
        } else if (rest > least * here[i]) {
          here[i] = sqrt(rest);
        } else {
          if (row != NULL) *row = i;
          return false;
        }
      }
    }
  }
  return true;
}

KD_CLONES bool kd_cholesky_row(double *a, size_t n, size_t stride, double least, size_t *row) {
  return factor(a, n, stride, least, row);
}

KD_CLONES bool kd_triangle_factor(double *triangle, size_t n, size_t *row) {
  return factor(triangle, n, 0, 1e-14, row);
}

bool kd_cholesky(double *a, size_t n, size_t stride, double least) {
  return kd_cholesky_row(a, n, stride, least, NULL);
}

KD_CLONES void kd_cholesky_forward(const double *l, size_t n, size_t stride, double *b) {
  for (size_t i = 0; i < n; i++) b[i] = (b[i] - dot(l + i * stride, b, i)) / l[i * stride + i];
}

KD_CLONES void kd_cholesky_backward(const double *l, size_t n, size_t stride, double *b) {
  for (size_t i = n; i-- > 0;) {
    const double *row = l + i * stride;
    b[i] /= row[i];
    const double t = b[i];
    for (size_t k = 0; k < i; k++) b[k] -= row[k] * t;
  }
}

/* Row i against what is solved, four sums side by side for each right side; then rows from the last, each taken away
 * from all before it. */
KD_CLONES void kd_triangle_solve_two(double *b, const double *factor, size_t n) {
  typedef double two __attribute__((vector_size(16), aligned(8), may_alias));
  two *x = (two *)(void *)b;
  for (size_t i = 0; i < n; i++) {
    const double *row = factor + i * (i + 1) / 2;
    two s0 = x[i], s1 = {0, 0}, s2 = s1, s3 = s1;
    size_t k = 0;
    for (; k + 4 <= i; k += 4) {
      s0 -= row[k] * x[k];
      s1 -= row[k + 1] * x[k + 1];
      s2 -= row[k + 2] * x[k + 2];
      s3 -= row[k + 3] * x[k + 3];
    }
    for (; k < i; k++) s0 -= row[k] * x[k];
    x[i] = ((s0 + s1) + (s2 + s3)) / row[i];
  }
  for (size_t i = n; i-- > 0;) {
    const double *row = factor + i * (i + 1) / 2;
    x[i] /= row[i];
    const two t = x[i];
    for (size_t k = 0; k < i; k++) x[k] -= row[k] * t;
  }
}
