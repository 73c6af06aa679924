// SPDX-License-Identifier: Apache-2.0
/* Between cokriging.c, which finds what samples a target has, and the two forms of the system. */
#ifndef KD_DEPOSIT_COKRIGING_INTERNAL_H
#define KD_DEPOSIT_COKRIGING_INTERNAL_H

#include "deposit/cokriging.h"

#define KD_COKRIGING_SINGULAR 1e-13 /* smallest pivot */

struct kd_cokriging {
  const kd_coregionalisation *model;
  kd_cokriging_rule rule;
  kd_cokriging_form form;
  size_t p;
  kd_covariable variable[KD_VARIABLES_MAX];
  kd_search search[KD_VARIABLES_MAX];
  size_t most; /* samples of all variables at most */
  bool isotopic;
  double error[KD_STRUCTURES_MAX];
  double share[KD_VARIABLES_MAX];                   /* l of each factor */
  double back[KD_VARIABLES_MAX * KD_VARIABLES_MAX]; /* A Q */
  double *factor_value;                             /* y by sample, p each */
  double factor_mean[KD_VARIABLES_MAX];
};

/* The samples of one target. */
typedef struct kd_target_set {
  uint32_t *row; /* samples of all variables, one after the other */
  uint32_t count[KD_VARIABLES_MAX];
  uint32_t total, target;
  uint64_t hash;
} kd_target_set;

/* The work space of one thread; the factor of the last set stays in it. */
typedef struct kd_general_space kd_general_space;
typedef struct kd_diagonal_space kd_diagonal_space;

kd_status kd_general_open(kd_general_space **out, const kd_cokriging *self, kd_arena *arena, kd_error *err);
kd_kriged_note kd_general_factor(const kd_cokriging *self, kd_general_space *g, const kd_target_set *set);
void kd_general_solve(const kd_cokriging *self, kd_general_space *g, const kd_target_set *set, const double at[3],
                      double *estimate, double *variance);

kd_status kd_diagonal_open(kd_diagonal_space **out, const kd_cokriging *self, kd_arena *arena, kd_error *err);
kd_kriged_note kd_diagonal_factor(const kd_cokriging *self, kd_diagonal_space *g, const kd_target_set *set);
void kd_diagonal_solve(const kd_cokriging *self, kd_diagonal_space *g, const kd_target_set *set, const double at[3],
                       double *estimate, double *variance);

#endif
