// SPDX-License-Identifier: Apache-2.0
/* kaidei deposit --cores: what its steps share. */
#ifndef KD_CLI_DEPOSIT_MODEL_H
#define KD_CLI_DEPOSIT_MODEL_H

#include "cli/commands.h"
#include "deposit/model.h"
#include "results/model_folder.h"
#include "results/model_large.h"
#include "results/projection.h"

#define KD_FINDINGS 200

/* Everything that a model holds on to. */
typedef struct kd_modelling {
  kd_context *ctx;
  const kd_arguments *arguments;
  kd_arena *scratch;
  kd_work work;
  kd_table *table;
  kd_projection *projection;
  kd_polygons domain;
  kd_covariance variogram;
  kd_pool *pool;
  kd_cores cores;
  kd_qaqc qaqc;
  kd_model model;
  kd_model_options options;
  kd_model_large large;
  kd_cores_options reading;
  kd_model_story story;
  const char *finding[KD_FINDINGS];
  char source[512], folder[2048];
} kd_modelling;

/* Options of the command into those of the model; a projection and a pool of threads that the caller destroys. */
kd_status kd_modelling_options(kd_modelling *self, kd_error *err);
/* What a person reads when it is done. */
void kd_modelling_summary(kd_text *out, const kd_modelling *self);

#endif
