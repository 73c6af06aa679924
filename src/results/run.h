// SPDX-License-Identifier: Apache-2.0
/* Inside of a run. The folder is built under `<folder>.partial` and gets its name when it is whole:
 *
 *   scenario.yaml   the scenario, resolved      samples.nc   every draw and outcome
 *   run.sqlite      the tables                  run.json     provenance and digests
 *   report.html     the report                  layers.gpkg  the map of the deposit, where it has one
 *   checkpoint.json while it runs: what is done, so that the same command goes on from there
 */
#ifndef KD_RESULTS_RUN_H
#define KD_RESULTS_RUN_H

#include "kaidei/run.h"
#include "results/layers.h"
#include "results/provenance.h"
#include "results/record.h"
#include "results/samples.h"

#define KD_RUN_BLOCK   4096  /* realisations between two checkpoints */
#define KD_RUN_PATH    4096  /* bytes of a path */
#define KD_RUN_CLOSURE 1e-10 /* the worst closure of a balance that a run may have */

/* Where realisations come from: the chain, or a test. record: columns, parameters, inputs and the run's name and hash
 * are filled in; it becomes the run's. All else is borrowed until release. */
typedef struct kd_run_source {
  kd_record *record;
  const char *scenario; /* resolved scenario as YAML text */
  size_t scenario_length;
  const kd_layer *layer; /* maps; may be NULL */
  size_t layers;
  kd_status (*advance)(double *out, size_t stride, void *user, uint64_t first, size_t count, kd_error *err);
  void (*release)(void *user); /* may be NULL; called once, by kd_run_destroy or a start that fails */
  void *user;
} kd_run_source;

/* As kd_run_create, from any source. */
kd_status kd_run_start(kd_run **out, kd_context *ctx, const kd_run_source *source, const kd_run_options *opt,
                       kd_error *err);

/* Source of a scenario: the ensemble of the whole chain. */
kd_status kd_run_source_scenario(kd_run_source *out, kd_context *ctx, const kd_scenario *scenario, uint64_t seed,
                                 size_t threads, kd_error *err);

typedef enum kd_run_state { KD_RUN_GOING, KD_RUN_WHOLE, KD_RUN_FAILED } kd_run_state;

struct kd_run {
  kd_context *ctx;
  kd_run_source source;
  kd_record *record;
  kd_run_state state;
  bool force;
  uint64_t done;
  double *block; /* outcomes of one block, column by column */
  int lock;      /* of the partial folder; -1: none */
  kd_samples *writer;
  bool opened;           /* the partial folder is this run's */
  kd_samples **reader;   /* opened when first asked for; its digest is checked then */
  double seconds_before; /* wall time of the parts before an interruption */
  double began;          /* monotonic clock at the start of this part */
  char folder[KD_RUN_PATH], partial[KD_RUN_PATH];
  kd_seal samples;
};

/* Borrowed: all tables of a finished or opened run, and its folder. */
const kd_record *kd_run_record(const kd_run *self);
const char *kd_run_folder(const kd_run *self);

/* Realisations first .. first+count-1 of one column, SI. Errors: KD_E_RANGE, KD_E_CORRUPT. */
kd_status kd_run_block(double *out, const kd_run *self, size_t column, uint64_t first, size_t count, kd_error *err);

#endif
