// SPDX-License-Identifier: Apache-2.0
/* A block model made from cores, as a folder: blocks, maps, tables, report. */
#ifndef KD_RESULTS_MODEL_FOLDER_H
#define KD_RESULTS_MODEL_FOLDER_H

#include "base/context.h"
#include "base/text.h"
#include "deposit/model.h"
#include "deposit/qaqc.h"

typedef struct kd_model_story {
  const char *cores;          /* name of the file */
  const char *source;         /* what the file says of itself, or "not given" */
  const char *const *finding; /* warnings and notes of the table of cores */
  size_t findings;
  const kd_qaqc *qaqc;   /* NULL: none */
  const kd_cores *table; /* the cores as read, for its names */
  bool georeferenced;
  kd_mercator local;
} kd_model_story;

/* Writes blocks.csv, .dat, .vti, .nc, .omf; maps.tif; model.gpkg; composites.csv, grade_tonnage.csv, swaths.csv,
 * variogram.csv, variogram_models.csv, realisations.csv, reproduction.csv, totals.csv, blocks_for_run.csv; report.html
 * and model.json into a folder that is there. */
kd_status kd_model_write(kd_context *ctx, const char *folder, const kd_model *model, const kd_model_options *options,
                         const kd_model_story *story, kd_error *err);

/* The page alone: one HTML text, nothing from the network. */
void kd_model_page(kd_text *out, const kd_model *model, const kd_model_options *options, const kd_model_story *story);

/* Tables as CSV, without the lines of comment that head them: variograms that were tried and used; each realisation
 * with its check; what the realisations give back of the composites. */
void kd_model_variograms_table(kd_text *out, const kd_model *model);
void kd_model_realisations_table(kd_text *out, const kd_model *model);
void kd_model_reproduction_table(kd_text *out, const kd_model *model);
/* Top and base of the layer over the columns of blocks; quality of the assays. */
void kd_model_layer_table(kd_text *out, const kd_model *model);
void kd_model_qaqc_table(kd_text *out, const kd_model_story *story);
/* "standard", "duplicate" ...; "" for none. */
const char *kd_control_word(kd_control_kind kind);

/* Totals, classes and checks as JSON. */
void kd_model_json(kd_text *out, const kd_model *model, const kd_model_options *options, const kd_model_story *story);

extern const char *const kd_model_class_name[KD_MODEL_CLASSES];

#endif
