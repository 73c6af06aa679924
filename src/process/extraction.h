// SPDX-License-Identifier: Apache-2.0
/* One cut as it is built: extraction, scrub and strip stages with reflux, side feed, draw, losses. */
#ifndef KD_PROCESS_EXTRACTION_H
#define KD_PROCESS_EXTRACTION_H

#include "process/contactor.h"

typedef enum kd_draw_phase { KD_DRAW_AQUEOUS, KD_DRAW_ORGANIC } kd_draw_phase;

/* Stages count from the raffinate end, from 1. Flows in m3/s (any one unit), concentrations in mol/m3. */
typedef struct kd_extraction {
  kd_isotherm isotherm;     /* of the metals; levels PH and MASS */
  size_t extraction, scrub; /* extraction includes the feed stage */
  size_t strip;             /* 0: an ideal strip */
  double organic_flow, extractant;
  double base;                 /* brought by the saponified organic, mol/m3 of it */
  double ion_log_k;            /* of the base's cation with the extractant; NaN: all base acts in the first stage */
  double feed_flow, feed_acid; /* aqueous, or organic where feed_organic; its acid counts for an aqueous one */
  const double *feed;          /* mol/m3 of each metal */
  bool feed_organic;
  double scrub_flow, scrub_acid; /* aqueous into the last scrub stage */
  double strip_flow, strip_acid;
  double reflux;               /* share of the strip product that goes back to the last scrub stage */
  size_t side_stage;           /* 0: none */
  double side_flow, side_acid; /* aqueous */
  const double *side;
  size_t draw_stage; /* 0: none */
  double draw_flow;
  kd_draw_phase draw_phase;
  double efficiency, strip_efficiency;           /* Murphree */
  double aqueous_in_organic, organic_in_aqueous; /* entrainment, m3/m3 */
  double crud;                                   /* share of the organic lost as crud in the feed stage */
  double ph;                                     /* pH held in all stages but strip; NaN: free */
  double stage_time;                             /* of both phases in mixer and settler, s: holdups */
  bool recycle;                                  /* the stripped organic comes back with what metal it still holds */
} kd_extraction;

/* Where a metal goes, mol/s. */
typedef struct kd_extraction_metal {
  double feed, raffinate, product, draw, organic, crud; /* organic: still in the organic that leaves */
} kd_extraction_metal;

typedef struct kd_extraction_result {
  size_t stages, metals, components; /* components: metals, and the cation of the base when it is followed */
  kd_contactor chain;
  kd_contactor_profile profile;
  kd_extraction_metal *metal;
  double raffinate_flow, product_flow, product_acid;
  double closure; /* worst balance of a metal over all outlets, over its feed */
} kd_extraction_result;

/* The chain alone, its profile not solved: flows, feeds and holdups. Arrays in scratch. */
kd_status kd_extraction_chain(kd_extraction_result *out, const kd_extraction *in, kd_work *work);

/* warm: out holds an earlier result of a circuit of the same stages and metals. Results lie in scratch. */
kd_status kd_extraction_solve(kd_extraction_result *out, const kd_extraction *in, bool warm, kd_work *work);

#endif
