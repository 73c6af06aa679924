// SPDX-License-Identifier: Apache-2.0
/* Samples of unequal length to composites of equal support; grades cut at the top. */
#ifndef KD_DEPOSIT_COMPOSITE_H
#define KD_DEPOSIT_COMPOSITE_H

#include "deposit/cores.h"

typedef enum kd_composite_by { KD_COMPOSITE_LENGTH, KD_COMPOSITE_CORE, KD_COMPOSITE_LAYER } kd_composite_by;
#define KD_COMPOSITE_BY_CHOICES "length|core|layer"
typedef enum kd_composite_weight { KD_WEIGHT_LENGTH, KD_WEIGHT_MASS } kd_composite_weight;
#define KD_COMPOSITE_WEIGHT_CHOICES "length|mass"

typedef struct kd_composite_options {
  kd_composite_by by;
  kd_composite_weight weight; /* mass: length times dry density; a sample without density counts by its length alone
                                 with the mean density of its core */
  double length;              /* m, of a composite by length */
  double start, end;          /* m below the sea floor; end NaN: to the end of each core */
  double coverage;            /* least share of the length that samples must cover, 0 to 1 */
} kd_composite_options;

/* Composites as cores whose samples are the composites; variables and places are shared with `cores`. A variable whose
 * samples cover too little of a composite is missing there; a composite without any is left out. KD_E_RANGE for a
 * length that is not above 0. */
kd_status kd_composite(kd_cores *out, const kd_cores *cores, const kd_composite_options *options, kd_work *work);

typedef struct kd_topcut {
  double cap;            /* kg/kg */
  size_t count, cut;     /* values; those above the cap */
  double mean, mean_cut; /* weighted, before and after */
  double cv, cv_cut;     /* sd over mean */
  double lost;           /* share of the metal above the cap */
} kd_topcut;

/* Cuts values above cap to cap, in place. weight: NULL, all 1. NaN values are passed over. */
void kd_topcut_apply(kd_topcut *out, double *value, const double *weight, size_t count, double cap);

/* Quantile of the finite values by weight: least value below which at least this share of the weight lies. */
kd_status kd_weighted_quantile(double *out, const double *value, const double *weight, size_t count, double share,
                               kd_arena *scratch, kd_error *err);

#endif
