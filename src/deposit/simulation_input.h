// SPDX-License-Identifier: Apache-2.0
/* What the kernels of simulation and of its check read alike: the grid, and the models of the factors. */
#ifndef KD_DEPOSIT_SIMULATION_INPUT_H
#define KD_DEPOSIT_SIMULATION_INPUT_H

#include "base/kernel.h"
#include "base/work.h"
#include "deposit/simulation.h"

/* Fields of a kernel; KD_SIMULATION_GRID_FIELDS are nine. */
#define KD_SIMULATION_COUNT(name_, doc_, initial_, low_, high_)                                                        \
  { .name = (name_), .unit = "1", .doc = (doc_), .initial = (initial_), .low = (low_), .high = (high_) }
#define KD_SIMULATION_LENGTH(name_, doc_, initial_, low_)                                                              \
  { .name = (name_), .unit = "m", .doc = (doc_), .initial = (initial_), .low = (low_) }
#define KD_SIMULATION_GRID_FIELDS                                                                                      \
  KD_SIMULATION_COUNT("nodes_x", "nodes of the grid along x", NULL, "1", "100000"),                                    \
      KD_SIMULATION_COUNT("nodes_y", "along y", "1", "1", "100000"),                                                   \
      KD_SIMULATION_COUNT("nodes_z", "along z", "1", "1", "100000"),                                                   \
      KD_SIMULATION_LENGTH("first_x", "centre of the first node", "0 m", NULL),                                        \
      KD_SIMULATION_LENGTH("first_y", "along y", "0 m", NULL),                                                         \
      KD_SIMULATION_LENGTH("first_z", "along z", "0 m", NULL),                                                         \
      KD_SIMULATION_LENGTH("step_x", "distance of the nodes", "1 m", "0 m exclusive"),                                 \
      KD_SIMULATION_LENGTH("step_y", "along y; none: as along x", "none", "0 m exclusive"),                            \
      KD_SIMULATION_LENGTH("step_z", "along z; none: as along x", "none", "0 m exclusive")

/* From the nine options of KD_SIMULATION_GRID_FIELDS. */
void kd_simulation_grid_read(kd_simulation_grid *grid, const double *o);

/* One model for all n factors, or one for each, separated by semicolons. Errors: KD_E_SIZE, KD_E_MISSING and those of
 * kd_covariance_parse. */
kd_status kd_simulation_models_read(kd_covariance *model, size_t n, const char *text, kd_work *work);

#endif
