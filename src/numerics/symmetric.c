// SPDX-License-Identifier: Apache-2.0
/* Eigenvectors of symmetric matrices by rotations that clear one element after another, and Cholesky's factor.
 *
 * Source    Jacobi 1846; Rutishauser 1966, "The Jacobi method for real symmetric matrices"; Golub and Van Loan 2013,
 *           sections 4.2 and 8.5.
 * Range     up to a few hundred rows for the eigenvectors: 10 n^3 a sweep, six to ten sweeps.
 */
#include "numerics/symmetric.h"

#include <math.h>

#include "numerics/simd.h"

#define TALL 32

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

/* Sum of a[k] b[k], sixteen sums side by side: the order is fixed. */
KD_INLINE double dot(const double *a, const double *b, size_t n) {
  kd_v8 s0 = KD_SPLAT(0.0), s1 = s0, x, y;
  size_t k = 0;
  for (; k + 16 <= n; k += 16) {
    kd_v8_load(&x, a + k);
    kd_v8_load(&y, b + k);
    s0 += x * y;
    kd_v8_load(&x, a + k + 8);
    kd_v8_load(&y, b + k + 8);
    s1 += x * y;
  }
  s0 += s1;
  double sum = ((s0[0] + s0[4]) + (s0[1] + s0[5])) + ((s0[2] + s0[6]) + (s0[3] + s0[7]));
  for (; k < n; k++) sum += a[k] * b[k];
  return sum;
}

/* TALL rows at a time against one row after another of those before them, which so is read once for all of them. */
KD_CLONES bool kd_symmetric_factor(double *matrix, size_t n, size_t *row) {
  for (size_t top = 0; top < n; top += TALL) {
    const size_t end = top + TALL < n ? top + TALL : n;
    for (size_t j = 0; j < end; j++) {
      const double *b = matrix + j * n;
      for (size_t i = j > top ? j : top; i < end; i++) {
        double *a = matrix + i * n;
        const double rest = a[j] - dot(a, b, j);
        if (j < i) {
          a[j] = rest / b[j];
        } else if (rest > 1e-14 * a[i]) {
          a[i] = sqrt(rest);
        } else {
          *row = i;
          return false;
        }
      }
    }
  }
  return true;
}

void kd_symmetric_forward(double *b, const double *factor, size_t n) {
  for (size_t i = 0; i < n; i++) {
    double sum = b[i];
    for (size_t k = 0; k < i; k++) sum -= factor[i * n + k] * b[k];
    b[i] = sum / factor[i * n + i];
  }
}

void kd_symmetric_backward(double *b, const double *factor, size_t n) {
  for (size_t i = n; i-- > 0;) {
    b[i] /= factor[i * n + i];
    for (size_t k = 0; k < i; k++) b[k] -= factor[i * n + k] * b[i];
  }
}

KD_CLONES bool kd_triangle_factor(double *triangle, size_t n, size_t *row) {
  for (size_t top = 0; top < n; top += TALL) {
    const size_t end = top + TALL < n ? top + TALL : n;
    for (size_t j = 0; j < end; j++) {
      const double *b = triangle + j * (j + 1) / 2;
      for (size_t i = j > top ? j : top; i < end; i++) {
        double *a = triangle + i * (i + 1) / 2;
        const double rest = a[j] - dot(a, b, j);
        if (j < i) {
          a[j] = rest / b[j];
        } else if (rest > 1e-14 * a[i]) {
          a[i] = sqrt(rest);
        } else {
          *row = i;
          return false;
        }
      }
    }
  }
  return true;
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
