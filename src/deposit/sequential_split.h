// SPDX-License-Identifier: Apache-2.0
/* Structures that are long across each other, each simulated for itself. */
#ifndef KD_DEPOSIT_SEQUENTIAL_SPLIT_H
#define KD_DEPOSIT_SEQUENTIAL_SPLIT_H

#include "deposit/covariance_reach.h"
#include "deposit/sequential.h"

typedef struct kd_sequential_split {
  kd_context *ctx;
  size_t parts, nodes, data;
  kd_sequential *part[KD_STRUCTURES_MAX]; /* without data */
  const kd_lag_table *lags;
  const kd_simulation_grid *grid;
  int32_t (*at)[3]; /* of the data */
  uint32_t *node;
  double *value, *factor; /* as given; of their covariances */
} kd_sequential_split;

/* Models of fields whose sum has the model, at most KD_STRUCTURES_MAX; returns their number: 1 for an ordinary one. */
size_t kd_split_models(kd_covariance *part, const kd_covariance *model, const kd_simulation_grid *grid);
/* What conditions the sum of the parts. Errors: KD_E_SIZE, KD_E_MODEL, KD_E_NOMEM. */
kd_status kd_split_take(kd_sequential_split *self, const kd_node_data *data, const double *value, kd_arena *arena,
                        kd_error *err);
/* lanes = 1 or KD_SEQUENTIAL_LANES realisations side by side; value[lanes][data], or NULL: as given. NaN everywhere
 * when there is no memory for a second field. */
void kd_split_run(double *out, const kd_sequential_split *self, size_t lanes, const double *const *value, uint64_t seed,
                  uint32_t stream, uint64_t realisation);

#endif
