// SPDX-License-Identifier: Apache-2.0
/* Discrete Fourier transforms of complex grids in up to three dimensions. */
#ifndef KD_NUMERICS_FFT_H
#define KD_NUMERICS_FFT_H

#include <stddef.h>

#include "base/arena.h"
#include "kaidei/error.h"

#define KD_FFT_STAGES 40

/* Transform of one length, a product of 2, 3 and 5. */
typedef struct kd_fft {
  size_t n, stages;
  size_t radix[KD_FFT_STAGES];
  const double *twiddle[KD_FFT_STAGES]; /* (radix - 1) complex numbers for each of the n / (done radix) groups */
} kd_fft;

/* The least length of at least n that is a product of 2, 3 and 5. */
size_t kd_fft_length(size_t n);
/* Errors: KD_E_RANGE for another length, KD_E_NOMEM. */
kd_status kd_fft_prepare(kd_fft *out, size_t n, kd_arena *scratch, kd_error *err);

/* A grid n[0] x n[1] x n[2], x fastest, rows `pitch` apart; real and imaginary parts in arrays of their own. */
typedef struct kd_fft_grid {
  size_t n[3], pitch, rows, size; /* rows = n[1] n[2], size = pitch * rows */
  kd_fft axis[3];
} kd_fft_grid;

kd_status kd_fft_grid_prepare(kd_fft_grid *out, const size_t n[3], kd_arena *scratch, kd_error *err);
/* Doubles of work space that the transforms of a grid want. */
size_t kd_fft_work_size(const kd_fft_grid *grid);

/* X_k = sum_j x_j exp(-2 pi i j k / n) along one axis, in place; the inverse (not scaled) with re and im exchanged.
 * row: NULL, or for axis 0 a flag for each row: rows without it are left alone. planes: of axis 1, only the first so
 * many values of z are done. work: kd_fft_work_size doubles. */
void kd_fft_axis(double *re, double *im, const kd_fft_grid *grid, int axis, const unsigned char *row, size_t planes,
                 double *work);
/* All axes. */
void kd_fft_forward(double *re, double *im, const kd_fft_grid *grid, double *work);

#endif
