// SPDX-License-Identifier: Apache-2.0
/* Closed-form design of one solvent-extraction cut between A (more extractable) and B, after Xu Guangxian. All flows in
 * mol per mol of feed. */
#ifndef KD_PROCESS_XU_H
#define KD_PROCESS_XU_H

#include "base/error.h"

typedef enum kd_feed_phase { KD_FEED_AQUEOUS, KD_FEED_ORGANIC } kd_feed_phase;

typedef struct kd_cut_goal {
  double beta;       /* separation factor in the extraction section, > 1 */
  double beta_scrub; /* in the scrub section, > 1 */
  double f_a;        /* mole share of A in the feed; f_B = 1 - f_A */
  double purity_a;   /* of A in the organic product */
  double purity_b;   /* of B in the raffinate */
  kd_feed_phase feed;
} kd_cut_goal;

typedef struct kd_cut_design {
  double product_a, product_b; /* f_A', f_B': moles leaving at each end */
  double s, w;                 /* mixed extraction and scrub, mol per mol feed */
  double e_m, e_m_scrub;       /* E_M, E'_M: mixed extraction ratio of each section */
  double a, b;                 /* purification factors of A and of B */
  double extraction;           /* n: stages of the extraction section, feed stage included; not rounded */
  double scrub;                /* m: stages of the scrub section, without the organic-end stage "+1"; not rounded */
} kd_cut_design;

/* Least mixed extraction and scrub of pure products with endless stages. */
double kd_xu_s_min(double beta, double f_a, kd_feed_phase feed);
double kd_xu_w_min(double beta, double f_a, kd_feed_phase feed);

/* Moles that leave at both ends for purities at both ends. KD_E_INFEASIBLE when the purities do not straddle the feed.
 */
kd_status kd_xu_products(double *product_a, double *product_b, const kd_cut_goal *goal, kd_error *err);

/* Whole design at mixed extraction s. KD_E_INFEASIBLE when s is at or below what the cut needs. */
kd_status kd_xu_design(kd_cut_design *out, const kd_cut_goal *goal, double s, kd_error *err);

/* Mixed extraction of most product per mixer volume; *extraction_controlled tells which section decides. */
kd_status kd_xu_optimum(double *s, int *extraction_controlled, const kd_cut_goal *goal, kd_error *err);

/* Exact number of ideal stages for constant beta and constant flows (Smoker), both sections: *extraction counts the
 * feed stage, *scrub the organic-end stage, so that their sum is the train. Real numbers. KD_E_INFEASIBLE at a pinch.
 */
kd_status kd_smoker_stages(double *extraction, double *scrub, const kd_cut_goal *goal, double s, kd_error *err);

double kd_fenske_stages(double beta, double purity_a, double purity_b);

/* Share of a solute left in the raffinate of n ideal counter-current stages with extraction factor e = D O/A. */
double kd_kremser_raffinate(double *extracted, double e, double n); /* extracted: NULL or 1 - raffinate */
/* Stages that leave the share `raffinate`; NaN when e <= 1 cannot reach it. */
double kd_kremser_stages(double e, double raffinate);

#endif
