// SPDX-License-Identifier: Apache-2.0
/* Cell declustering: less weight for data that crowd together. */
#ifndef KD_DEPOSIT_DECLUSTER_H
#define KD_DEPOSIT_DECLUSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "kaidei/error.h"

typedef struct kd_decluster_options {
  double smallest, largest; /* edge of a cell along x [m] */
  size_t sizes;             /* steps from smallest to largest: sizes + 1 edges are tried */
  size_t origins;           /* origins tried for each edge, moved along the diagonal */
  double ratio_y, ratio_z;  /* edge along y and z over the edge along x */
  double margin;            /* the first origin lies this much below the lowest coordinates [m] */
  bool lowest;              /* take the edge of the lowest mean, else of the highest */
} kd_decluster_options;

typedef struct kd_decluster_result {
  double size;       /* chosen edge; 0: no edge moved the mean the wanted way, all weights are 1 */
  double mean;       /* with the chosen weights */
  double naive_mean; /* with equal weights */
  size_t tried;      /* rows of size_tried and mean_tried */
  double *size_tried, *mean_tried;
} kd_decluster_result;

/* weight: count values, sum = count. y and z may be NULL. Arrays of the result lie in scratch. Errors: KD_E_RANGE,
 * KD_E_SIZE, KD_E_NOMEM. */
kd_status kd_decluster(double *weight, kd_decluster_result *out, const double *x, const double *y, const double *z,
                       const double *value, size_t count, const kd_decluster_options *options, kd_arena *scratch,
                       kd_error *err);

#endif
