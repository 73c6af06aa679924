// SPDX-License-Identifier: Apache-2.0
/* Conditional simulation of one or many variables on a grid, from data to realisations in the unit of the data.
 *
 *   kd_simulation_create     transforms the data to factors: independent, standard normal
 *   kd_simulation_factor     the factors at the data, for their variograms
 *   kd_simulation_run        simulates the factors, brings them back, hands over one realisation after another
 */
#ifndef KD_DEPOSIT_SIMULATION_H
#define KD_DEPOSIT_SIMULATION_H

#include "base/pool.h"
#include "deposit/covariance.h"
#include "deposit/normal_score.h"
#include "deposit/ppmt.h"
#include "deposit/reproduction.h"
#include "deposit/sequential.h"

typedef enum kd_simulation_transform {
  KD_TRANSFORM_NONE,   /* values are standard normal as they are, variables independent */
  KD_TRANSFORM_SCORES, /* normal scores of each variable, variables independent */
  KD_TRANSFORM_PCA,    /* normal scores, then principal components */
  KD_TRANSFORM_MAF,    /* normal scores, then minimum/maximum autocorrelation factors */
  KD_TRANSFORM_PPMT    /* projection pursuit */
} kd_simulation_transform;
#define KD_SIMULATION_TRANSFORMS "none|scores|pca|maf|ppmt"

typedef enum kd_simulation_method { KD_SIMULATE_SEQUENTIAL, KD_SIMULATE_FFT } kd_simulation_method;
#define KD_SIMULATION_METHODS "sequential|fft"

typedef struct kd_simulation_tail {
  kd_tail lower, upper;
  double lower_power, upper_power;
  double low, high; /* NaN: least and largest value */
} kd_simulation_tail;

typedef struct kd_simulation_spec {
  kd_simulation_grid grid;
  size_t variables, count;    /* of the data */
  const double *x, *y, *z;    /* [count]; y, z may be NULL */
  const double *const *value; /* [variables][count]; NaN: missing */
  const double *weight;       /* [count] of declustering, or NULL */
  kd_simulation_transform transform;
  double maf_lag, maf_tolerance; /* m */
  kd_ppmt_options ppmt;
  const kd_simulation_tail *tail; /* [variables] or NULL: linear to the least and largest value */
  kd_simulation_method method;
  kd_sequential_options search; /* sequential */
  double tolerance;             /* fft: share of the sill at which the torus is cut */
  uint64_t seed;
  /* Parameters drawn anew (parameter_draw.h), with scores, pca and maf: a histogram for each realisation, a variogram
   * for each two (fft) or eight (sequential). Else those of the data are taken as true. */
  bool draw_histogram, draw_variogram;
  /* Rows that lack a variable (not all): left out, or their gaps drawn anew for each realisation from all that is known
   * (imputation.h), with scores, pca and maf, and a given variogram. */
  bool impute;
} kd_simulation_spec;

typedef struct kd_simulation kd_simulation;

/* spec is copied but for what it points to, which must stay. Errors: those of the transforms; KD_E_RANGE. */
kd_status kd_simulation_create(kd_simulation **out, kd_context *ctx, const kd_simulation_spec *spec, kd_error *err);
void kd_simulation_destroy(kd_simulation **self);

/* Rows of the data that have all variables, and factor v at them. */
size_t kd_simulation_rows(const kd_simulation *self, const uint32_t **row);
const double *kd_simulation_factor(const kd_simulation *self, size_t v);

/* value[variables], each with one value for every node, in the unit of the data; valid during the call. Calls come one
 * at a time, realisation by realisation in order, whatever the threads. */
typedef kd_status kd_realisation_fn(size_t realisation, const double *const *value, size_t nodes, void *user,
                                    kd_error *err);

/* Realisations first .. first + count - 1; each is the same whatever first, count and the threads are. models: of the
 * factors, [variables]; sill 1 or near it. check: NULL, or receives the reproduction (memory of the simulation).
 * Memory: some 16 to 64 bytes for each node and variable, and the torus of the fft method for each. */
kd_status kd_simulation_run(kd_simulation *self, const kd_covariance *models, size_t first, size_t count, kd_pool *pool,
                            kd_realisation_fn *each, void *user, kd_reproduction *check, kd_error *err);

/* What the placing of the data on nodes left out. */
const kd_node_data *kd_simulation_placed(const kd_simulation *self);

#endif
