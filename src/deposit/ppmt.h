// SPDX-License-Identifier: Apache-2.0
/* Projection pursuit multivariate transform: many variables of any joint distribution to independent normal ones. */
#ifndef KD_DEPOSIT_PPMT_H
#define KD_DEPOSIT_PPMT_H

#include "deposit/factors.h"
#include "deposit/normal_score.h"

typedef struct kd_ppmt_options {
  size_t iterations; /* most */
  double index;      /* stop when no direction has a projection index above this */
} kd_ppmt_options;

typedef struct kd_ppmt {
  size_t n, count;         /* variables, data */
  kd_normal_score *margin; /* [n]: scores of the variables, with tails */
  kd_factors sphere;
  size_t steps;
  double *direction;          /* [steps][n] unit vectors */
  double *projection, *score; /* [steps][count] ascending pairs; */
  double *index;              /* [steps] before the step */
} kd_ppmt;

/* value[n][count]; weight NULL: equal; factor[n][count]: the transformed data. margin: tails may be set on
 * self->margin[v] afterwards. Errors: KD_E_RANGE, KD_E_MISSING, KD_E_MODEL, KD_E_NOMEM. */
kd_status kd_ppmt_fit(kd_ppmt *out, double *const *factor, const double *const *value, const double *weight,
                      size_t count, size_t n, const kd_ppmt_options *options, kd_arena *scratch, kd_error *err);

/* Values of one place from its factors; work: n doubles; out may be factor. */
void kd_ppmt_back(double *out, const kd_ppmt *self, const double *factor, double *work);

/* Projection index of a direction: 0 for a normal projection. y[count][n]. */
double kd_ppmt_index(const double *y, const double *weight, size_t count, size_t n, const double *direction);

#endif
