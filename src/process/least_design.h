// SPDX-License-Identifier: Apache-2.0
/* The least whole stages of a binary cut that truly meet both purities. */
#ifndef KD_PROCESS_LEAST_DESIGN_H
#define KD_PROCESS_LEAST_DESIGN_H

#include "base/work.h"
#include "process/xu.h"

typedef struct kd_least_design {
  size_t extraction, scrub;
  double purity_a, purity_b; /* reached */
  double w;
} kd_least_design;

/* Purities that a cascade of n + m stages reaches at S, the products parted as the goal wants. */
kd_status kd_cut_reached(double *purity_a, double *purity_b, const kd_cut_goal *goal, double s, size_t extraction,
                         size_t scrub, kd_work *work);

/* Least S at which the purities can be met with any number of stages (finite purities, so below S_min of pure
 * products). KD_E_INFEASIBLE: no S does. */
kd_status kd_least_reflux(double *out, const kd_cut_goal *goal, kd_error *err);

/* Least n + m whose rigorous solution meets goal->purity_a and purity_b; of several, the one of most margin. */
kd_status kd_least_design_find(kd_least_design *out, const kd_cut_goal *goal, double s, kd_work *work);

#endif
