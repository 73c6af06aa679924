// SPDX-License-Identifier: Apache-2.0
/* A = L L' by rows, in blocks so that large neighbourhoods stay in the cache. The sums run in a fixed order: eight
 * partial sums over the columns, added as a tree. */
#include <math.h>

#include "deposit/kriging.h"
#include "numerics/simd.h"

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

KD_CLONES bool kd_cholesky(double *a, size_t n, size_t stride, double least) {
  enum { BLOCK = 48 };
  for (size_t first = 0; first < n; first += BLOCK) {
    const size_t last = first + BLOCK < n ? first + BLOCK : n;
    for (size_t i = first; i < n; i++) {
      double *ai = a + i * stride;
      const double diagonal = ai[i];
      for (size_t j = first; j < last && j <= i; j++) {
        const double *aj = a + j * stride;
        const double rest = ai[j] - dot(ai, aj, j);
        if (j < i) {
          ai[j] = rest / aj[j];
        } else {
          if (!(rest > least * diagonal)) return false;
          ai[j] = sqrt(rest);
        }
      }
    }
  }
  return true;
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
