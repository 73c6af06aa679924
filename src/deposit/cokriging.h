// SPDX-License-Identifier: Apache-2.0
/* Co-kriging of several variables: isotopic or not, ordinary (a mean for each variable) or simple. */
#ifndef KD_DEPOSIT_COKRIGING_H
#define KD_DEPOSIT_COKRIGING_H

#include "base/pool.h"
#include "deposit/coregionalisation.h"
#include "deposit/kriging.h"

typedef struct kd_cokriging_rule {
  bool simple;
  double mean[KD_VARIABLES_MAX];
  bool general; /* never the diagonal form, even where it is exact: for comparison */
} kd_cokriging_rule;

/* Samples of one variable. */
typedef struct kd_covariable {
  kd_points points;
  const double *value;
} kd_covariable;

typedef struct kd_cokriging kd_cokriging;

typedef enum kd_cokriging_form {
  KD_COKRIGING_GENERAL,  /* one system of all variables */
  KD_COKRIGING_DIAGONAL, /* isotopic, at most two structures: factors that are krigd alone, with the same results */
} kd_cokriging_form;

/* The search rule holds for each variable by itself. Errors as kd_kriging_create. Everything stays the caller's. */
kd_status kd_cokriging_create(kd_cokriging **out, const kd_covariable *variable, const kd_coregionalisation *model,
                              const kd_cokriging_rule *rule, const kd_search_rule *search, kd_arena *arena,
                              kd_error *err);
kd_cokriging_form kd_cokriging_form_of(const kd_cokriging *self);

/* Estimates and variances of all variables at `count` targets, p values each; notes one for each target. Targets with
 * the same samples share a factor. samples: number used, may be NULL. */
kd_status kd_cokriging_at(const kd_cokriging *self, double *estimate, double *variance, kd_kriged_note *note,
                          size_t *samples, const kd_points *targets, kd_arena *arena, kd_error *err);
/* The same with the targets shared out among threads: the same bits. pool may be NULL. */
kd_status kd_cokriging_share(const kd_cokriging *self, double *estimate, double *variance, kd_kriged_note *note,
                             size_t *samples, const kd_points *targets, kd_pool *pool, kd_arena *arena, kd_error *err);

#endif
