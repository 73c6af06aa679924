// SPDX-License-Identifier: Apache-2.0
/* The published open plant: coal refuse leached with sulfuric acid, rougher and cleaner extraction with D2EHPA, oxalate
 * precipitation, roasting, six recycles. A compatibility case: its equations and numbers, not ours. */
#ifndef KD_PROCESS_UKY_H
#define KD_PROCESS_UKY_H

#include "base/work.h"

#define KD_UKY_METALS 12
#define KD_UKY_STAGES 12 /* rougher load 3, scrub 1, strip 2, cleaner load 3, strip 3 */

typedef struct kd_uky_params {
  double solid_flow;                         /* kg/h */
  double liquid_flow;                        /* L/h of fresh leach liquor */
  double liquid_h, liquid_hso4, liquid_so4;  /* mol/L */
  double tank_volume;                        /* L, each of two */
  double dosage;                             /* D2EHPA in the make-up, share by volume */
  double scrub_flow, strip_flow, clean_flow; /* L/h of acid */
  double scrub_h, strip_h, clean_h;          /* mol/L */
  double rougher_organic, cleaner_organic;   /* L/h circulating */
  double organic_recycle;                    /* share of the stripped organic; the rest is made up */
  double liquid_recovery;                    /* of the leach liquor at the filter */
  double load_recycle, scrub_recycle;        /* of those raffinates to the leach */
  double precipitate_recovery;               /* of the liquor behind the precipitator */
  double precipitate_recycle;                /* of that, to the cleaner */
  double roaster_recovery;
} kd_uky_params;

extern const kd_uky_params kd_uky_published;
extern const char *const kd_uky_metal[KD_UKY_METALS]; /* "sc", "y", ... */

typedef struct kd_uky_result {
  double recovery, recovery_with_scandium, purity; /* of rare earths; purity counts scandium, recovery does not */
  double metal_recovery[KD_UKY_METALS];
  double product[KD_UKY_METALS];                  /* kg metal/h */
  double product_mass;                            /* kg oxide/h */
  double conversion[KD_UKY_METALS];               /* leached share of the solid's metal */
  double leach_inlet_flow, leach_flow, load_flow; /* L/h */
  double leach_liquor[KD_UKY_METALS];             /* mol/L */
  double leach_h, leach_hso4;                     /* mol/L */
  double solid_out;                               /* kg/h */
  double organic[KD_UKY_STAGES][KD_UKY_METALS], aqueous[KD_UKY_STAGES][KD_UKY_METALS]; /* mol/L */
  double h[KD_UKY_STAGES], dosage[KD_UKY_STAGES];                                      /* mol/L, % by volume */
  double residual; /* worst relative defect of all equations */
  double closure;  /* worst balance of a metal over the plant, over its feed */
  size_t iterations, evaluations;
} kd_uky_result;

kd_status kd_uky_solve(kd_uky_result *out, const kd_uky_params *p, kd_work *work);

#endif
