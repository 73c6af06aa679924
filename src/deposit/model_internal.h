// SPDX-License-Identifier: Apache-2.0
/* The steps of kd_model_run. */
#ifndef KD_DEPOSIT_MODEL_INTERNAL_H
#define KD_DEPOSIT_MODEL_INTERNAL_H

#include "deposit/model.h"
#include "deposit/normal_score.h"

#define KD_MODEL_NEAR 40 /* data and nodes of one kriging system at most */

/* What the estimate and the simulation share: composites in the coordinates of the search, their scores, factors. */
typedef struct kd_model_data {
  size_t count;                     /* composites with the main variable */
  double *x, *y, *z;                /* m; z depth of the middle */
  double *density;                  /* kg/m3, filled */
  double *value[KD_MODEL_VARIABLE]; /* kg/kg, cut and filled */
  double *score[KD_MODEL_VARIABLE]; /* normal scores */
  kd_normal_score back[KD_MODEL_VARIABLE];
  size_t simulated; /* variables that are simulated: all but a summed main variable */
  size_t factors;   /* principal components kept */
  double *factor;   /* [factors][count], unit variance */
  double loading[KD_MODEL_VARIABLE][KD_MODEL_VARIABLE];     /* score v = sum_k loading[v][k] factor k */
  double correlation[KD_MODEL_VARIABLE][KD_MODEL_VARIABLE]; /* of the scores, as wanted */
} kd_model_data;

void kd_model_variogram(kd_model *m, const double *score, double length);
kd_status kd_model_fit(kd_model *m, double length, kd_error *err);
/* Ranges that the search takes from a model that was given. */
void kd_model_ranges(kd_model *m);
kd_status kd_model_transform(kd_model_data *d, kd_model *m, kd_work *work);
kd_status kd_model_estimate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);
kd_status kd_model_simulate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);
kd_status kd_model_report(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);

/* Indices of the `wanted` data nearest to a place by the model's ranges, nearest first; returns how many. */
size_t kd_model_nearest(uint32_t *out, const kd_model_data *d, const kd_model *m, double x, double y, double z,
                        size_t wanted);
/* Structured covariance: the nugget is left out at every distance. */
double kd_model_structured(const kd_model *m, double dx, double dy, double dz);
/* Mean, sd and quantiles of finite values; reorders them. */
void kd_model_spread(kd_spread *out, double *values, size_t count);
/* The step of the curve that a realisation's tonnage falls into: largest k with cutoff[k] <= value, or -1. */
int kd_model_step(const kd_model *m, double value);

#endif
