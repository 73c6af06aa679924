// SPDX-License-Identifier: Apache-2.0
/* Rigorous countercurrent cascade with constant separation factors: the profile that a closed-form design must meet. */
#ifndef KD_PROCESS_CASCADE_H
#define KD_PROCESS_CASCADE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/work.h"

#define KD_CASCADE_COMPONENTS 32
#define KD_CASCADE_STAGES     800

typedef struct kd_cascade {
  size_t components;  /* 2 .. KD_CASCADE_COMPONENTS */
  const double *beta; /* extractability of each component, any common scale */
  const double *feed; /* mol of each component; the sum is taken as 1 mol */
  size_t extraction;  /* n: stages from the raffinate end to the feed stage, that one included */
  size_t scrub;       /* m: stages beyond the feed stage; the last one is the organic end */
  double s, w;        /* mixed extraction and scrub, mol per mol feed */
  size_t draw_stage;  /* 0: none; else counted from the raffinate end */
  double draw;        /* mol per mol feed taken from the aqueous phase there */
  /* kd_cascade_solve_fast alone: */
  bool feed_organic;  /* the feed comes as loaded organic */
  size_t side_stage;  /* 0: none; stage of an aqueous side feed, from the raffinate end */
  const double *side; /* its moles, on the scale of feed */
  double efficiency;  /* Murphree, of the organic; 0 counts as 1 */
} kd_cascade;

typedef struct kd_cascade_profile {
  size_t stages;
  const double *aqueous; /* mole shares, stage by stage from the raffinate end, [stage * components + component] */
  const double *organic;
  double product, raffinate; /* mol per mol feed leaving with the organic, and in the raffinate */
  size_t sweeps;
  double closure; /* worst balance of a component over the whole cascade, relative to its feed */
} kd_cascade_profile;

/* Aqueous feed. Profiles lie in work->scratch. Errors: KD_E_RANGE, KD_E_INFEASIBLE for flows that do not fit together,
 * KD_E_CONVERGENCE with the residual. */
kd_status kd_cascade_solve(kd_cascade_profile *out, const kd_cascade *in, kd_work *work);

/* The same by block-tridiagonal Newton: cost in proportion to the stages. Up to 2,000 stages and 31 components. */
kd_status kd_cascade_solve_fast(kd_cascade_profile *out, const kd_cascade *in, kd_work *work);

#endif
