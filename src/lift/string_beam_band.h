// SPDX-License-Identifier: Apache-2.0
/* Symmetric band matrix of half-width 8, the coupling of three nodes of three directions: LDL^T without pivots. */
#ifndef KD_LIFT_STRING_BEAM_BAND_H
#define KD_LIFT_STRING_BEAM_BAND_H

#include <stddef.h>

enum { KD_BAND = 9 }; /* diagonal and eight to its right */

/* Factors rows of a in place (n rows of KD_BAND, and 8 rows of room behind). Returns the number of negative pivots. */
static inline size_t kd_band_factor(double *restrict a, size_t n) {
  size_t negative = 0;
  for (size_t i = 0; i < n; i++) {
    double *restrict row = a + i * KD_BAND;
    const double inverse = 1 / row[0];
    negative += row[0] < 0;
    double l[KD_BAND];
    for (int k = 1; k < KD_BAND; k++) l[k] = row[k] * inverse;
    for (int k = 1; k < KD_BAND; k++) {
      double *restrict next = row + k * KD_BAND;
      for (int m = k; m < KD_BAND; m++) next[m - k] -= l[k] * row[m];
    }
    for (int k = 1; k < KD_BAND; k++) row[k] = l[k];
    row[0] = inverse;
  }
  return negative;
}

/* x := A^-1 x, 8 numbers of room behind x. */
static inline void kd_band_solve(const double *restrict a, double *restrict x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const double *row = a + i * KD_BAND;
    const double xi = x[i];
    for (int k = 1; k < KD_BAND; k++) x[i + (size_t)k] -= row[k] * xi;
  }
  for (size_t i = n; i-- > 0;) {
    const double *row = a + i * KD_BAND;
    double s = x[i] * row[0];
    for (int k = 1; k < KD_BAND; k++) s -= row[k] * x[i + (size_t)k];
    x[i] = s;
  }
}

#endif
