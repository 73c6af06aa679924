// SPDX-License-Identifier: Apache-2.0
/* A simulation between kd_simulation_create (simulation.c) and kd_simulation_run (simulation_run.c). */
#ifndef KD_DEPOSIT_SIMULATION_INTERNAL_H
#define KD_DEPOSIT_SIMULATION_INTERNAL_H

#include "deposit/factors.h"
#include "deposit/simulation.h"

struct kd_simulation {
  kd_context *ctx;
  kd_arena *arena;
  kd_simulation_spec spec;
  size_t nodes, rows;
  uint32_t *row;
  double **value, *weight; /* of the rows that are used */
  double **factor;
  double *place[3];       /* of the rows, NULL along an axis without */
  kd_normal_score *score; /* [variables] */
  kd_factors linear;
  kd_ppmt ppmt;
  kd_node_data placed;
  double **at_node; /* factors of the data on nodes */
};

/* n columns of count values in an arena. */
kd_status kd_simulation_columns(double ***out, size_t n, size_t count, kd_arena *arena, kd_error *err);

#endif
