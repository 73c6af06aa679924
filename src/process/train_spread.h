// SPDX-License-Identifier: Apache-2.0
/* Spread of the separation factors carried to stages and reagents of the train. */
#ifndef KD_PROCESS_TRAIN_SPREAD_H
#define KD_PROCESS_TRAIN_SPREAD_H

#include "process/train_design.h"

#define KD_SPREAD_QUANTILES 3
#define KD_SPREAD_DRAWS     200

extern const double kd_spread_quantiles[KD_SPREAD_QUANTILES]; /* 0.1, 0.5, 0.9 */

/* Each figure by its own quantiles; NaN: at that quantile no train can be built. mol/s and m3. */
typedef struct kd_design_spread {
  double stages[KD_SPREAD_QUANTILES], base_floor[KD_SPREAD_QUANTILES], base[KD_SPREAD_QUANTILES],
      acid[KD_SPREAD_QUANTILES], volume[KD_SPREAD_QUANTILES];
  double built; /* share of the draws that can be built */
} kd_design_spread;

/* `draws` trains, each designed anew with every pair's ln beta drawn normal about its value with the spread of its set.
 * Draws come from a stream of their own beside work->rng. */
kd_status kd_design_spread_run(kd_design_spread *out, const kd_design_input *in, size_t draws, kd_work *work);

#endif
