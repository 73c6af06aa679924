// SPDX-License-Identifier: Apache-2.0
/* The steps of kd_model_run. */
#ifndef KD_DEPOSIT_MODEL_INTERNAL_H
#define KD_DEPOSIT_MODEL_INTERNAL_H

#include "deposit/factors.h"
#include "deposit/model.h"
#include "deposit/normal_score.h"
#include "deposit/ppmt.h"

#define KD_MODEL_NEAR 256 /* neighbours of a simulated block at most */

/* What the estimate and the simulation share: composites in the coordinates of the search, their scores, factors. */
typedef struct kd_model_data {
  size_t count;                     /* composites with the main variable */
  double *x, *y, *z;                /* m; z depth of the middle */
  uint32_t *core;                   /* number of the core */
  double *density;                  /* kg/m3, filled */
  double *value[KD_MODEL_VARIABLE]; /* kg/kg, cut and filled */
  double *score[KD_MODEL_VARIABLE]; /* normal scores */
  kd_normal_score back[KD_MODEL_VARIABLE];
  size_t simulated;                   /* variables that vary and are no sum */
  size_t variable[KD_MODEL_VARIABLE]; /* of each simulated one */
  size_t factors;                     /* of all transforms but PCA as many as are simulated */
  double *factor[KD_MODEL_VARIABLE];  /* [factors][count], unit variance */
  double mean[KD_MODEL_VARIABLE];     /* score v = mean[v] + sum_k loading[v][k] factor k */
  double loading[KD_MODEL_VARIABLE][KD_MODEL_VARIABLE];
  kd_ppmt ppmt; /* instead, with KD_TRANSFORM_PPMT */
} kd_model_data;

/* model_data.c: variables, values without gaps, weights of declustering. */
kd_status kd_model_gather(kd_model_data *d, kd_model *m, const kd_model_options *o, kd_work *work);
/* model_transform.c */
kd_status kd_model_scores(kd_model_data *d, kd_model *m, kd_work *work);
kd_status kd_model_transform(kd_model_data *d, kd_model *m, const kd_model_options *o, kd_work *work);
/* model_variogram.c: the main variable's, then the factors'. */
kd_status kd_model_variogram(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);
kd_status kd_model_factor_variograms(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);
/* model_grid.c */
kd_status kd_model_lay_grid(kd_model *m, const kd_model_options *o, kd_error *err);
kd_status kd_model_lay_blocks(kd_model *m, const kd_model_options *o, kd_work *work);
/* Keeps the blocks whose `keep` is not 0, and the columns that have any. */
void kd_model_keep_blocks(kd_model *m, const uint8_t *keep);
/* model_layer.c: top and base over the columns, and the part of each block between them. */
kd_status kd_model_layer(kd_model *m, const kd_cores *cores, const kd_model_options *o, kd_work *work);
/* Samples of the layer alone, for composites of it. */
kd_status kd_model_layer_samples(kd_cores *out, const kd_cores *cores, const char *layer, kd_work *work);
kd_status kd_model_estimate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);
kd_status kd_model_simulate(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);
kd_status kd_model_report(kd_model *m, const kd_model_data *d, const kd_model_options *o, kd_work *work);

/* Structured covariance: the nugget is left out at every distance. */
double kd_model_structured(const kd_model *m, double dx, double dy, double dz);
/* Mean, sd and quantiles of finite values; reorders them. */
void kd_model_spread(kd_spread *out, double *values, size_t count);
/* The step of the curve that a realisation's tonnage falls into: largest k with cutoff[k] <= value, or -1. */
int kd_model_step(const kd_model *m, double value);

/* model_condition.c: nodes that hold composites, and the weights by which they condition each block. */
typedef struct kd_conditioning {
  size_t count, models, rows, each; /* nodes; different variograms; those with weights; neighbours at most */
  uint32_t *node;                   /* number in the whole grid */
  double *x, *y, *z;
  double *factor;       /* [factors][count] */
  size_t *model;        /* [factors] which of the variograms */
  double *nugget;       /* [models] */
  bool *still;          /* [models] a nugget alone: fields and weights are 0 */
  uint32_t *near;       /* [blocks][each] */
  uint16_t *near_count; /* [blocks] */
  size_t *row;          /* [models] of the weights; of one that is still: none */
  double *weight;       /* [rows][blocks][each] */
} kd_conditioning;

/* Node of a place, or the number of cells when it lies outside. */
size_t kd_model_node_at(const kd_block_grid *g, double x, double y, double z);

kd_status kd_model_condition(kd_conditioning *out, kd_model *m, const kd_model_data *d, const kd_model_options *o,
                             kd_work *work);

#endif
