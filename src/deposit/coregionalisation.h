// SPDX-License-Identifier: Apache-2.0
/* Linear model of coregionalisation: C_ij(h) = sum_k B_k[i][j] rho_k(h), every B_k positive semi-definite. */
#ifndef KD_DEPOSIT_COREGIONALISATION_H
#define KD_DEPOSIT_COREGIONALISATION_H

#include "deposit/covariance.h"

#define KD_VARIABLES_MAX 16

typedef struct kd_coregionalisation {
  size_t variables;
  char name[KD_VARIABLES_MAX][64];
  size_t structures;
  kd_covariance structure[KD_STRUCTURES_MAX];                          /* each of one structure with sill 1 */
  double sill[KD_STRUCTURES_MAX][KD_VARIABLES_MAX * KD_VARIABLES_MAX]; /* row i at i * variables */
} kd_coregionalisation;

/* A row for each pair of variables and structure; rows of the same structure (kind, ranges, angles, shape) belong to
 * one matrix. A pair that is not given has sill 0. */
#define KD_COREGIONALISATION_COLUMNS "first, second, " KD_STRUCTURE_COLUMNS
/* Errors: KD_E_SIZE, KD_E_RANGE, KD_E_MISSING, KD_E_CONTRADICTION when a matrix has a negative eigenvalue. */
kd_status kd_coregionalisation_read(kd_coregionalisation *out, const kd_table *table, kd_error *err);

/* Smallest eigenvalue of a structure's matrix. */
double kd_coregionalisation_least(const kd_coregionalisation *self, size_t structure);

/* Nearest (Frobenius) positive semi-definite matrix: negative eigenvalues become 0. n <= KD_VARIABLES_MAX. */
void kd_nearest_positive(double *matrix, size_t n);

double kd_coregionalisation_at(const kd_coregionalisation *self, size_t i, size_t j, double dx, double dy, double dz);

/* Least squares fit of all matrices to direct and cross variograms after Goulard and Voltz 1992: for given structures
 * min sum w_k ||G_k - sum B f(h_k)||^2 with every B positive semi-definite. gamma: lags of p x p. Returns the weighted
 * sum of squares; iterations at most 2000. */
double kd_coregionalisation_fit(kd_coregionalisation *self, size_t lags, const double *distance, const double *weight,
                                const double *gamma);

#endif
