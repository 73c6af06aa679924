// SPDX-License-Identifier: Apache-2.0
/* Values that data lack, drawn from what the others say: a sample where not every variable was measured. */
#ifndef KD_DEPOSIT_IMPUTATION_H
#define KD_DEPOSIT_IMPUTATION_H

#include "deposit/factors.h"
#include "deposit/parameter_draw.h"

#define KD_IMPUTATION_MOST 5000 /* values that are known */

typedef struct kd_imputation {
  size_t variables, rows, known, missing;
  uint32_t *known_row, *known_variable, *missing_row, *missing_variable;
  const kd_factors *linear;  /* NULL: the scores are the factors */
  double *factor;            /* of the covariance of what is known, triangle by rows */
  double *cross;             /* [missing][known] */
  kd_score_sampler *sampler; /* [variables] of the factors */
} kd_imputation;

/* y[variables][sites->count]: scores, NaN where missing; models[variables]: of the factors. linear must stay.
 * Errors: KD_E_SIZE, KD_E_MODEL, KD_E_NOMEM. */
kd_status kd_imputation_prepare(kd_imputation *out, const double *const *y, size_t variables, const kd_sites *sites,
                                const kd_factors *linear, const kd_covariance *models, kd_arena *scratch,
                                kd_error *err);
/* Fills the missing y with a draw; stream[variables] of the factors. Errors: KD_E_NOMEM. */
kd_status kd_imputation_draw(double *const *y, const kd_imputation *self, uint64_t seed, const uint32_t *stream,
                             uint64_t realisation, kd_arena *scratch, kd_error *err);

#endif
