// SPDX-License-Identifier: Apache-2.0
/* What a simulation gives back of what it was given: histogram, variogram, correlations. */
#ifndef KD_DEPOSIT_REPRODUCTION_H
#define KD_DEPOSIT_REPRODUCTION_H

#include <stdbool.h>

#include "base/pool.h"
#include "base/table.h"
#include "deposit/covariance.h"
#include "deposit/simulation_grid.h"

#define KD_REPRODUCTION_LAGS 6 /* 1, 2, 4, 8, 16, 32 spacings along an axis */

typedef enum kd_reproduction_kind {
  KD_REPRODUCTION_MEAN,
  KD_REPRODUCTION_SD,
  KD_REPRODUCTION_P10,
  KD_REPRODUCTION_P50,
  KD_REPRODUCTION_P90,
  KD_REPRODUCTION_VARIOGRAM, /* of a factor, along an axis */
  KD_REPRODUCTION_CORRELATION,
  KD_REPRODUCTION_CROSS, /* cross-variogram of two variables over the product of their standard deviations */
  KD_REPRODUCTION_KINDS
} kd_reproduction_kind;

typedef struct kd_reproduction_row {
  kd_reproduction_kind kind;
  size_t a, b;        /* variables; of a variogram: factor and axis */
  double lag;         /* m; NaN */
  double wanted;      /* of the data or of the model */
  double scale;       /* of a cross-variogram: both standard deviations of the data */
  double found, sd;   /* mean and sd over the realisations */
  double sum, square; /* private */
} kd_reproduction_row;

typedef struct kd_reproduction {
  kd_simulation_grid grid;
  size_t variables, realisations, count;
  kd_reproduction_row *row;
  size_t stride, sampled; /* every so many nodes, for quantiles and correlations */
  double *sample, *copy;  /* [variables][sampled] */
  double *mean, *square;  /* [variables] of a sample, and its sum of squares about the mean */
} kd_reproduction;

/* value[variables][data] with weights: what is wanted of the values; models[variables]: of the factors. Any of the two
 * may be NULL: not wanted. */
kd_status kd_reproduction_open(kd_reproduction *out, const kd_simulation_grid *grid, size_t variables,
                               const double *const *value, const double *weight, size_t data,
                               const kd_covariance *models, kd_arena *scratch, kd_error *err);
/* Cross-variograms of each pair of variables as well, at up to KD_REPRODUCTION_CROSS_LAGS of the lags, the shortest at
 * which the data have KD_REPRODUCTION_PAIRS pairs within half the lag of it. place[3]: of the data, NULL along an axis
 * without; value as in kd_reproduction_open. Before the first realisation. */
#define KD_REPRODUCTION_CROSS_LAGS 3
#define KD_REPRODUCTION_PAIRS      30
kd_status kd_reproduction_want_cross(kd_reproduction *self, const double *const place[3], const double *const *value,
                                     size_t data, kd_arena *scratch, kd_error *err);

/* One realisation: factors before they are brought back, values after. Adds up in the order of the calls. pool: NULL,
 * or shares out the rows: the same bits. */
void kd_reproduction_add_factors(kd_reproduction *self, const double *const *factor, kd_pool *pool);
void kd_reproduction_add_values(kd_reproduction *self, const double *const *value, kd_pool *pool);
void kd_reproduction_close(kd_reproduction *self);

/* Columns check, variable, other, unit, lag [m], wanted, found, sd, error (found - wanted, over its standard error).
 * names and units: of the variables; values are in SI, or in these units already when as_shown. */
kd_status kd_reproduction_table(kd_table **out, kd_context *ctx, const kd_reproduction *self, const char *const *names,
                                const char *const *units, bool as_shown, kd_error *err);
extern const char *const kd_reproduction_words[KD_REPRODUCTION_KINDS];

#endif
