// SPDX-License-Identifier: Apache-2.0
/* What a stage tells the rest of the house about itself. */
#ifndef KD_BASE_STAGE_H
#define KD_BASE_STAGE_H

#include <stdint.h>

#include "base/context.h"
#include "base/exhibit.h"
#include "base/kernel.h"
#include "base/ledger.h"
#include "base/output.h"
#include "base/param.h"

/* Receives every contradiction that a stage finds in its own parameters. key: full key to point at; NULL: there was not
 * memory enough to look, so that nothing is known. */
typedef void kd_contradiction_fn(const char *key, const char *message, void *user);

typedef struct kd_stage {
  const char *name;    /* "lift" */
  const char *summary; /* one line */
  const kd_param *params;
  size_t param_count;
  size_t params_size; /* sizeof the parameter struct */
  const kd_output *outputs;
  size_t output_count;
  size_t result_size; /* sizeof the result struct */
  const kd_line *lines;
  size_t line_count;
  const kd_kernel *kernels;
  size_t kernel_count;
  const kd_kernel *const *kernel_sets; /* more kernels by subject: arrays, each ended by a row without name; the list
                                          ended by NULL; may be NULL */
  /* Checks one set of parameters (medians) for contradictions among themselves; NULL: none possible. */
  void (*check)(const void *params, kd_contradiction_fn *report, void *user);
  /* Heavy work done once before an ensemble runs, with the parameters at their medians; *out (NULL: nothing to keep)
   * is shared by all realisations, read-only, as work->prepared, and given back to `release`. Memory: the context's.
   * NULL: nothing to prepare. */
  kd_status (*prepare)(void **out, const void *params, uint64_t seed, kd_context *ctx, kd_error *err);
  void (*release)(void **prepared);
  /* What was prepared, to be shown in the report of a run: *out is an array of as many as are returned. NULL: nothing.
   */
  size_t (*exhibits)(const kd_exhibit **out, const void *prepared);
} kd_stage;

#endif
