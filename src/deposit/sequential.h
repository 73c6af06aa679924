// SPDX-License-Identifier: Apache-2.0
/* Sequential Gaussian simulation on a constant multigrid path: neighbours and weights once, then any number of
 * realisations. */
#ifndef KD_DEPOSIT_SEQUENTIAL_H
#define KD_DEPOSIT_SEQUENTIAL_H

#include "base/pool.h"
#include "deposit/covariance.h"
#include "deposit/simulation_grid.h"

typedef struct kd_sequential_options {
  size_t neighbours; /* most that a system has, data and simulated nodes together */
  double radius;     /* m; NaN: as far as the covariance is above 0 */
  int levels;        /* grids of the path; 0: by the size of the grid */
  uint64_t path_seed;
} kd_sequential_options;

typedef struct kd_sequential kd_sequential;

/* grid, data and value[data->count] (normal scores, mean 0, by data->node) are copied. The model must have a sill.
 * Errors: KD_E_RANGE, KD_E_MODEL, KD_E_NOMEM, KD_E_SIZE. */
kd_status kd_sequential_create(kd_sequential **out, kd_context *ctx, const kd_simulation_grid *grid,
                               const kd_covariance *model, const kd_node_data *data, const double *value,
                               const kd_sequential_options *options, kd_pool *pool, kd_error *err);
void kd_sequential_destroy(kd_sequential **self);

/* Systems that were solved; places of the path. */
size_t kd_sequential_systems(const kd_sequential *self);
size_t kd_sequential_places(const kd_sequential *self);

/* Eight realisations side by side: out[node * 8 + r] is realisation + r. out: at a multiple of 64 bytes. */
#define KD_SEQUENTIAL_LANES 8
void kd_sequential_eight(double *out, const kd_sequential *self, uint64_t seed, uint32_t stream, uint64_t realisation);
/* One realisation, the same bits. */
void kd_sequential_one(double *out, const kd_sequential *self, uint64_t seed, uint32_t stream, uint64_t realisation);

/* The same with other values at the data, value[k][data->count] of realisation + k, in the order of the data. */
void kd_sequential_eight_at(double *out, const kd_sequential *self, const double *const value[KD_SEQUENTIAL_LANES],
                            uint64_t seed, uint32_t stream, uint64_t realisation);
void kd_sequential_one_at(double *out, const kd_sequential *self, const double *value, uint64_t seed, uint32_t stream,
                          uint64_t realisation);

/* Conditional mean weights and sd of the system at a node, for tests: returns the number of neighbours. */
size_t kd_sequential_system(uint32_t *node, double *weight, double *sd, const kd_sequential *self, uint32_t at);

#endif
