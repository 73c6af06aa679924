// SPDX-License-Identifier: Apache-2.0
/* What the data leave open of a simulation's own parameters: variogram and histogram, drawn anew for a realisation. */
#ifndef KD_DEPOSIT_PARAMETER_DRAW_H
#define KD_DEPOSIT_PARAMETER_DRAW_H

#include "deposit/covariance.h"
#include "deposit/normal_score.h"

/* Places of the data [m]; y, z may be NULL. */
typedef struct kd_sites {
  size_t count;
  const double *x, *y, *z;
} kd_sites;

/* --- variogram --- */

#define KD_NUGGET_CELLS 10 /* share of the nugget: 0 to 1 */
#define KD_RANGE_CELLS  14 /* factor of all ranges: 1/4 to 4, equal in its logarithm */

typedef struct kd_variogram_posterior {
  kd_covariance given;
  double cumulated[KD_NUGGET_CELLS * KD_RANGE_CELLS]; /* range fastest; the last is 1 */
  bool flat;                                          /* a model of nugget alone: nothing to draw */
} kd_variogram_posterior;

/* value[count]: scores or a factor at the sites. Errors: KD_E_MODEL (no sill), KD_E_MISSING, KD_E_NOMEM. */
kd_status kd_variogram_posterior_find(kd_variogram_posterior *out, const kd_covariance *given, const kd_sites *sites,
                                      const double *value, kd_arena *scratch, kd_error *err);
/* A model of the same sill; pick, nugget, range: uniform, 0 to 1: the cell, and the place inside it. */
void kd_variogram_posterior_draw(kd_covariance *out, const kd_variogram_posterior *self, double pick, double nugget,
                                 double range);
/* The given model with another share of nugget and other ranges. */
void kd_covariance_vary(kd_covariance *out, const kd_covariance *given, double nugget_share, double range_factor);

/* --- histogram --- */

#define KD_SAMPLER_SITES 5000

/* Draws what other samples at the same places could have been: scores with the correlations of the model. */
typedef struct kd_score_sampler {
  size_t count;
  double *factor; /* of the correlations, whole rows */
} kd_score_sampler;

/* Errors: KD_E_SIZE (more than KD_SAMPLER_SITES), KD_E_MODEL, KD_E_NOMEM. */
kd_status kd_score_sampler_prepare(kd_score_sampler *out, const kd_covariance *model, const kd_sites *sites,
                                   kd_arena *scratch, kd_error *err);
/* out[count]; work: count doubles. The same for the same numbers, in whatever order it is asked for. */
void kd_score_sampler_draw(double *out, const kd_score_sampler *self, uint64_t seed, uint32_t stream,
                           uint64_t realisation, double *work);

/* The histogram of such a sample: scores back to values by `given`, then its own transform with the same tails, which
 * reach at least as far. weight: of declustering, or NULL. */
kd_status kd_histogram_draw(kd_normal_score *out, const kd_normal_score *given, const double *score,
                            const double *weight, size_t count, kd_arena *scratch, kd_error *err);

/* Score of a datum under a drawn histogram. One beyond all of the drawn sample, which a tail alone has to hold, stands
 * no farther out than half of that tail: a tail that ends at the datum would put it infinitely far. */
double kd_histogram_score(const kd_normal_score *drawn, double value);

/* Histograms of many variables from one sample of their factors, so that they stay correlated. */
typedef struct kd_histograms {
  size_t variables, factors, count;       /* of the data */
  const double *const *value;             /* [variables][count]; NaN: missing */
  const double *weight;                   /* [count] */
  const kd_normal_score *given;           /* [variables] */
  const double *mean, *back;              /* score v = mean[v] + sum_k back[v * factors + k] factor k; NULL: the same */
  const kd_score_sampler *const *sampler; /* [factors] */
  const uint32_t *stream;                 /* [factors] */
} kd_histograms;

/* out[variables], in the scratch arena: the histograms of one realisation. Errors: KD_E_NOMEM, and those of
 * kd_normal_score_fit. */
kd_status kd_histograms_draw(kd_normal_score *out, const kd_histograms *self, uint64_t seed, uint64_t realisation,
                             kd_arena *scratch, kd_error *err);

#endif
