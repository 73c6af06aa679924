// SPDX-License-Identifier: Apache-2.0
/* A run of realisations of a model: what its steps share. */
#ifndef KD_DEPOSIT_MODEL_SIMULATE_H
#define KD_DEPOSIT_MODEL_SIMULATE_H

#include "deposit/fft_ma.h"
#include "deposit/model_internal.h"
#include "deposit/sequential.h"

#define KD_MODEL_CHECK_LAGS 2 /* 1 and 4 blocks */

/* Sums of one task over a batch of realisations. */
typedef struct kd_model_tally {
  double metal[KD_MODEL_VARIABLE][8];
  double mass_above[8][KD_MODEL_CUTOFFS], metal_above[8][KD_MODEL_CUTOFFS]; /* by step of the curve */
  double score[KD_MODEL_VARIABLE][8];
  double product[KD_MODEL_VARIABLE * (KD_MODEL_VARIABLE + 1) / 2][8]; /* of scores u and v <= u */
} kd_model_tally;

typedef struct kd_model_draw kd_model_draw;

typedef struct kd_model_fields {
  kd_model *m;
  const kd_model_data *d;
  const kd_model_options *o;
  kd_context *ctx;
  kd_simulation_grid grid; /* the whole box */
  size_t nodes, engines;
  size_t lanes, first, now; /* realisations of a batch; its first one; those that are wanted */
  const kd_covariance *engine_model[KD_MODEL_VARIABLE];
  kd_sequential **sequential; /* [engines]; NULL: a nugget alone */
  kd_fft_ma **fft;
  bool wrapped[KD_MODEL_VARIABLE];   /* [engines] ranges too long for a torus: by the sequential engine */
  double *layers[KD_MODEL_VARIABLE]; /* [engines] factor of the covariances between depths; NULL: no layers */
  kd_conditioning given;
  size_t moving[KD_MODEL_VARIABLE], movings; /* factors that are no nugget alone */
  double *field[KD_MODEL_VARIABLE];          /* [factors][nodes * lanes] */
  double *residual;                          /* [factors][data * lanes] */
  double *table;                             /* [simulated] of the way back */
  double constant;                           /* of the main variable: elements that do not vary, kg/kg */
  kd_model_draw *draw;                       /* histograms drawn anew; NULL: those of the composites */
  kd_model_tally *tally;
  double *curve;                                                /* [realisations][cut-offs][tonnage, metal] */
  double **work;                                                /* of each worker */
  double wanted_lag[KD_MODEL_VARIABLE][3][KD_MODEL_CHECK_LAGS]; /* semivariance of the structured part */
  uint32_t *pair[3][KD_MODEL_CHECK_LAGS];                       /* cells of blocks that far apart along each axis */
  size_t pairs[3][KD_MODEL_CHECK_LAGS];
  double *gamma_sum, mean_sum[KD_MODEL_VARIABLE], product_sum[KD_MODEL_VARIABLE][KD_MODEL_VARIABLE];
  double correlation[KD_MODEL_VARIABLE][KD_MODEL_VARIABLE]; /* wanted, of the scores of blocks */
  double *gamma;                                            /* [factors][3][lags][lanes] found in a batch */
  double *flat[2 * KD_MODEL_VARIABLE]; /* fields and values of one realisation at the support of composites */
} kd_model_fields;

/* Values of a variable over scores, [KD_MODEL_TABLE] from -6 to 6: the mean over the nugget inside a block, from every
 * step-th of 201 points. */
#define KD_MODEL_TABLE 1201
kd_status kd_model_tabulate(double *table, const kd_model_fields *f, size_t s, const kd_normal_score *back, int step,
                            kd_error *err);

/* model_draw.c: NULL where the histogram of the composites is taken as true. Errors: those of kd_score_sampler_prepare,
 * KD_E_CONTRADICTION with ppmt. */
kd_status kd_model_draw_open(kd_model_draw **out, const kd_model_fields *f, kd_work *work);
void kd_model_draw_close(kd_model_draw **self);
/* Histograms, tables and factors at the nodes with composites of the realisations of a batch. */
kd_status kd_model_draw_batch(kd_model_draw *self, const kd_model_fields *f, kd_error *err);
const kd_normal_score *kd_model_draw_back(const kd_model_draw *self, size_t lane, size_t s);
const double *kd_model_draw_table(const kd_model_draw *self, size_t lane, size_t s);
/* Factor k at the node, lane by lane. */
const double *kd_model_draw_factor(const kd_model_draw *self, size_t k, size_t node);

/* model_check.c: reproduction of histogram, variograms and correlations, realisation by realisation. */
kd_status kd_model_check_open(kd_model_fields *f, kd_work *work);
kd_status kd_model_check_batch(kd_model_fields *f, size_t tallies, kd_work *work);
void kd_model_check_close(kd_model_fields *f);

#endif
