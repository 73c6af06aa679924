// SPDX-License-Identifier: Apache-2.0
/* Simple kriging systems on a grid, eight at a time. */
#ifndef KD_DEPOSIT_SEQUENTIAL_SYSTEM_H
#define KD_DEPOSIT_SEQUENTIAL_SYSTEM_H

#include "deposit/covariance_reach.h"

/* Neighbours of one node by their lag from it, in spacings. */
typedef struct kd_stencil {
  size_t count;
  int32_t (*lag)[3];
  double *c; /* covariance with the node */
} kd_stencil;

/* Doubles of work space for systems of up to n neighbours; at a multiple of 64 bytes. */
size_t kd_stencil_work(size_t n);

/* weight[k][0 .. count) and sd[k] of up to eight stencils. A neighbour that the others determine gets no weight. */
void kd_stencil_solve(double *const weight[8], double sd[8], const kd_stencil *stencil, size_t stencils,
                      const kd_lag_table *lags, double *work);

#endif
