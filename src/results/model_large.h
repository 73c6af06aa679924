// SPDX-License-Identifier: Apache-2.0
/* The estimate of a model of up to 5e8 blocks, tile by tile into a file: memory does not grow with the blocks. */
#ifndef KD_RESULTS_MODEL_LARGE_H
#define KD_RESULTS_MODEL_LARGE_H

#include "results/model_folder.h"

typedef struct kd_model_large {
  size_t cells, blocks;  /* of the grid; inside the domain with an estimate */
  double tonnage, metal; /* kg */
  size_t curves;
  kd_model_curve curve[KD_MODEL_CUTOFFS]; /* of the estimate alone */
} kd_model_large;

/* model: made with grid_only. Writes blocks.nc (main grade, kriging variance of it), grade_tonnage.csv and model.json
 * into a folder that is there. Errors: KD_E_SIZE, KD_E_DISK, KD_E_IO, KD_E_NOMEM, and those of kriging. */
kd_status kd_model_write_large(kd_model_large *out, kd_context *ctx, const char *folder, const kd_model *model,
                               const kd_model_options *options, const kd_model_story *story, kd_error *err);

#endif
