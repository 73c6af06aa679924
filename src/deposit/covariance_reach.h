// SPDX-License-Identifier: Apache-2.0
/* How far a covariance reaches, and its values at the lags of a grid. */
#ifndef KD_DEPOSIT_COVARIANCE_REACH_H
#define KD_DEPOSIT_COVARIANCE_REACH_H

#include "deposit/covariance.h"
#include "deposit/simulation_grid.h"

/* Greatest distance along x, y and z [m] at which the covariance is above `share` of the sill anywhere; 0 for a pure
 * nugget. A structure that swings is followed to a hundred ranges at most. */
void kd_covariance_reach(double reach[3], const kd_covariance *model, double share);

/* Covariances at all lags of up to half[a] spacings, of at most `most` lags; further ones are computed. */
typedef struct kd_lag_table {
  const kd_covariance *model;
  double spacing[3];
  int32_t half[3];
  int32_t step[3]; /* of the place of a lag: place = centre + sum_a lag[a] step[a] */
  int32_t centre;
  double *value;
} kd_lag_table;

kd_status kd_lag_table_prepare(kd_lag_table *out, const kd_covariance *model, const kd_simulation_grid *grid,
                               size_t most, kd_arena *scratch, kd_error *err);
double kd_lag_covariance(const kd_lag_table *self, int32_t dx, int32_t dy, int32_t dz);

#endif
