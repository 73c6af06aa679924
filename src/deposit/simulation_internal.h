// SPDX-License-Identifier: Apache-2.0
/* A simulation between kd_simulation_create (simulation.c) and kd_simulation_run (simulation_run.c). */
#ifndef KD_DEPOSIT_SIMULATION_INTERNAL_H
#define KD_DEPOSIT_SIMULATION_INTERNAL_H

#include "deposit/factors.h"
#include "deposit/fft_ma.h"
#include "deposit/imputation.h"
#include "deposit/parameter_draw.h"
#include "deposit/simulation.h"

struct kd_simulation {
  kd_context *ctx;
  kd_arena *arena;
  kd_simulation_spec spec;
  size_t nodes, rows, whole; /* the first `whole` rows have all variables */
  uint32_t *row;
  double **value, *weight; /* of the rows that are used */
  double **factor, **y;    /* y: scores, NaN where the value is missing */
  double *place[3];        /* of the rows, NULL along an axis without */
  kd_normal_score *score;  /* [variables] */
  kd_factors linear;
  kd_ppmt ppmt;
  kd_node_data placed;
  double **at_node; /* factors of the data on nodes */
};

/* n columns of count values in an arena. */
kd_status kd_simulation_columns(double ***out, size_t n, size_t count, kd_arena *arena, kd_error *err);

/* --- a run: simulation_run.c; what it prepares: simulation_prepare.c --- */

/* The engine of one factor in one task. */
typedef struct kd_engine {
  kd_sequential *sequential;
  kd_fft_ma *fft;
  kd_covariance model;
  kd_score_sampler sampler;
  kd_arena *arena; /* of the sampler */
  uint64_t group;  /* of realisations that the model was drawn for */
} kd_engine;

/* Transforms and data of one realisation: a histogram of its own, gaps filled. */
typedef struct kd_drawn_data {
  kd_arena *arena;
  const kd_normal_score *score; /* [variables] */
  double **at_node;             /* [variables][placed] */
} kd_drawn_data;

typedef struct kd_batch {
  kd_simulation *sim;
  const kd_covariance *models;
  size_t engines, tasks; /* engines of a factor: 1, or one for each task when variograms are kd_drawn_data */
  kd_engine *engine;     /* [variables][engines] */
  size_t *shares;        /* [variables] factor whose engine this one uses */
  kd_variogram_posterior *posterior;
  kd_imputation imputation;
  kd_drawn_data *drawn;       /* [batch], or NULL: all realisations have the same data */
  size_t first, batch, width; /* batch realisations from `first` on; a task makes `width` of them */
  double **field;             /* [variables * batch][nodes] */
  double **work;              /* of each worker */
  size_t work_size;
} kd_batch;

uint32_t kd_batch_stream(const char *what, size_t v);
kd_sites kd_batch_sites(const kd_simulation *self);
/* The engine that a task uses for factor v. */
kd_engine *kd_batch_engine(const kd_batch *r, size_t v, size_t task);
/* Engines of this batch: once, or anew where variograms are drawn. */
kd_status kd_batch_engines(kd_batch *r, kd_pool *pool, kd_error *err);
void kd_engine_close(kd_engine *e);
/* Chunk v: how probable other variograms of factor v are. */
kd_chunk_fn kd_batch_posterior;
/* Chunk k: what the data of one realisation are worth: scores by its histograms, gaps filled, factors on the nodes. */
kd_chunk_fn kd_batch_data;

#endif
