// SPDX-License-Identifier: Apache-2.0
/* A covariance on a torus: as it is where it ends in time, continued to an end of its own where it does not. */
#ifndef KD_DEPOSIT_EMBEDDING_H
#define KD_DEPOSIT_EMBEDDING_H

#include "deposit/covariance.h"
#include "deposit/simulation_grid.h"

/* One structure with a range, in lags over its range. */
typedef struct kd_embedded {
  kd_structure structure;
  double box[3];       /* m along each axis for a lag of 1 */
  double cut, end;     /* the structure up to cut, a parabola from there, level from end on */
  double curve, level; /* of it, over the sill of the structure */
  bool round[3];       /* once round the torus: no images along this axis */
} kd_embedded;

typedef struct kd_embedding {
  bool plain; /* every structure ends within the torus: its images are summed as they are */
  size_t count;
  kd_embedded part[KD_STRUCTURES_MAX];
  double flat;               /* nugget */
  size_t torus[3];           /* nodes */
  double half[3], extent[3]; /* m: of the torus, of the grid */
} kd_embedding;

/* The torus and what each structure becomes on it. tolerance: share of the sill below which a structure has ended.
 * attempt: 0 and 1 cut sooner and later, 2 sums the images of the model as it is on the largest torus. */
#define KD_EMBEDDING_ATTEMPTS 3
void kd_embedding_plan(kd_embedding *out, const kd_covariance *model, const kd_simulation_grid *grid, double tolerance,
                       int attempt);
/* Covariance on the torus at a lag of at most half of it, for an embedding that is not plain. */
double kd_embedding_at(const kd_embedding *self, const double lag[3]);

#endif
