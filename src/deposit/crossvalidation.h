// SPDX-License-Identifier: Apache-2.0
/* How well a kriging estimates its own samples. */
#ifndef KD_DEPOSIT_CROSSVALIDATION_H
#define KD_DEPOSIT_CROSSVALIDATION_H

#include "deposit/kriging.h"

typedef struct kd_crossvalidation {
  size_t count;                             /* samples with an estimate */
  double mean_error, mean_square, absolute; /* of residual = observed - estimate */
  double mean_zscore, mean_square_zscore;   /* of residual over kriging sd: 0 and 1 are wanted */
  double correlation;                       /* of observed and estimate */
  double slope, intercept;                  /* regression of observed on estimate: 1 and 0 without conditional bias */
  double efficiency;                        /* mean kriging efficiency */
  double r2;                                /* 1 - mean square error over variance of the observed */
  double inside_90;                         /* share within +-1.645 sd */
} kd_crossvalidation;

/* Leaves out each sample together with all samples of its group. each: one result for each sample. */
kd_status kd_crossvalidate(kd_crossvalidation *out, kd_kriged *each, const kd_kriging *kriging, const uint32_t *group,
                           kd_arena *arena, kd_error *err);

#endif
