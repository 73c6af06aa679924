// SPDX-License-Identifier: Apache-2.0
/* Block-tridiagonal linear systems of small dense blocks, and the small dense inverse they need. */
#ifndef KD_NUMERICS_BLOCK_TRIDIAGONAL_H
#define KD_NUMERICS_BLOCK_TRIDIAGONAL_H

#include <stdbool.h>
#include <stddef.h>

/* Functions marked so are compiled for several register widths and picked when the program starts. Without sums across
 * lanes and without contraction they give the same bits on each. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KD_WIDE __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define KD_WIDE
#endif

/* Row length that kd_block_invert wants for blocks of n: n rounded up to a multiple of 8. */
size_t kd_block_stride(size_t n);

/* Inverts a[n][kd_block_stride(n)] in place without pivoting: for blocks whose leading minors are safe, such as the
 * diagonally dominant blocks of a staged balance. Columns beyond n must be 0 and stay 0. false: a pivot is 0 or not
 * finite. */
bool kd_block_invert(double *a, size_t n);

/* Eight numbers side by side; the compiler splits them to the registers there are. */
typedef double kd_eight __attribute__((vector_size(64), aligned(8), may_alias));

/* Sum of a[i] b[i] in eight interleaved parts, added in a fixed order; n is a multiple of 8. */
__attribute__((always_inline)) static inline double kd_dot8(const double *a, const double *b, size_t n) {
  kd_eight part = *(const kd_eight *)a * *(const kd_eight *)b;
  for (size_t i = 8; i < n; i += 8) part += *(const kd_eight *)(a + i) * *(const kd_eight *)(b + i);
  return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

/* Reference solver with partial pivoting inside each block row: lower[i] x[i-1] + diagonal[i] x[i] + upper[i] x[i+1] =
 * x[i], blocks[count][n][n] row by row, x[count][n] the right side on entry and the solution on return. All blocks
 * are overwritten. false: singular. */
bool kd_block_tridiagonal_solve(double *x, double *lower, double *diagonal, double *upper, size_t count, size_t n);

#endif
