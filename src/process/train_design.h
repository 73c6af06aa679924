// SPDX-License-Identifier: Apache-2.0
/* Design of a separation train at least cost: which cut first, which extractant, reflux, stages, purity split; then the
 * rigorous solution of all cuts together. */
#ifndef KD_PROCESS_TRAIN_DESIGN_H
#define KD_PROCESS_TRAIN_DESIGN_H

#include "base/elements.h"
#include "base/table.h"
#include "base/work.h"

#define KD_DESIGN_SETS 6
#define KD_DESIGN_CUTS (KD_REY - 1)

/* What the wanted purity counts. */
typedef enum kd_purity_basis { KD_PURITY_MOLE, KD_PURITY_OXIDE, KD_PURITY_ALL } kd_purity_basis;

/* Separation factors and organic of one extractant. */
typedef struct kd_design_set {
  double beta[KD_DESIGN_CUTS];   /* [k]: of order[k+1] over order[k]; NaN: not known */
  double spread[KD_DESIGN_CUTS]; /* standard deviation of ln beta */
  double loading;                /* rare earth in the loaded organic, mol/m3 */
  double extractant;             /* monomer, mol/m3 */
} kd_design_set;

typedef struct kd_design_input {
  size_t count;              /* elements of the chain */
  int order[KD_REY];         /* least extractable first */
  double moles[KD_ELEMENTS]; /* mol/s of each element in the feed */
  size_t sets;
  kd_design_set set[KD_DESIGN_SETS];
  double purity;                  /* wanted of every product */
  kd_purity_basis basis;          /* by mole over rare earths, by oxide mass over theirs, or over everything */
  double other;                   /* share of anything else in the products: purity over all is lower by it */
  double slip;                    /* most of a key element that one cut may let slip to the wrong side */
  double reflux_low, reflux_high; /* bounds of S over S_min */
  double efficiency;              /* ideal stages over real stages */
  double feed_strength;           /* rare earth in the aqueous feed of a cut, mol/m3 */
  double stage_time;              /* of both phases in mixer and settler, s */
  double price_base, price_acid;  /* any currency per mol */
  double price_stage;             /* currency per second and m3 of mixer-settler with its organic */
  bool linked;                    /* the organic product goes on, still loaded, to its next cut */
} kd_design_input;

typedef struct kd_design_cut {
  size_t low, at, high; /* chain positions: group low .. high is cut between at and at + 1 */
  size_t set;
  bool feed_organic;
  int below, above; /* elements on both sides */
  double moles;     /* mol/s fed */
  double beta, f_a;
  double s_min, s, w, e_m, e_m_scrub; /* mol per mol feed */
  double purity_a, purity_b;          /* wanted of the two groups */
  double ideal, extraction, scrub;    /* ideal stages in all; whole real stages */
  double stages_low, stages_high;     /* ideal stages at beta one spread up, and one down, at the same S / S_min */
  double base, acid, base_floor;      /* mol/s; floor: 3 S_min */
  double organic_flow, phase_ratio;   /* m3/s; organic over aqueous in the extraction section */
  double saponification;              /* share of the extractant that is saponified */
  double volume;                      /* m3 of mixers and settlers */
  double cost;
} kd_design_cut;

typedef struct kd_design {
  size_t cuts;
  kd_design_cut cut[KD_DESIGN_CUTS]; /* parents before children */
  double share[KD_REY];              /* of an element's impurity that the cut below it may bring; by chain position */
  double stages, base, acid, base_floor, cost, volume, organic_fill; /* fill in m3 */
  size_t chain;                                                      /* elements present */
  int element[KD_REY];                                               /* of the chain positions */
} kd_design;

double kd_design_target(const kd_design_input *in); /* purity wanted over rare earths */

/* Order and separation factors from a table (lighter, heavier, beta, and if there: extractant, spread); every
 * extractant gets the same loading and strength [mol/m3]. */
kd_status kd_design_factors(kd_design_input *out, const kd_table *table, double loading, double extractant,
                            kd_error *err);

/* Least cost by dynamic programming over contiguous groups with the exact binary stage count; every cut at its own best
 * reflux; then the purity split by descent. KD_E_INFEASIBLE names the limiting cut and its least reflux. */
kd_status kd_design_train(kd_design *out, const kd_design_input *in, kd_error *err);

typedef struct kd_separation_solution {
  double product[KD_REY][KD_REY]; /* mol/s of element (second) in the product of the first; by chain position */
  double purity[KD_REY];          /* mole share of its own element over all rare earths */
  double purity_oxide[KD_REY];    /* own oxide by mass over all rare-earth oxides */
  double purity_all[KD_REY];      /* the same over everything */
  double recovery[KD_REY];
  double closure;                /* worst balance of an element over the train, over its feed */
  double worst_stage;            /* worst stage balance */
  size_t stages, newtons, added; /* added: stages beyond the closed form, to reach the purity */
} kd_separation_solution;

/* All cuts with all elements, stage by stage. grow: stages are added to the cuts that bring the impurity until every
 * product reaches the wanted purity (extraction and scrub of `design` are raised). */
kd_status kd_separation_solve(kd_separation_solution *out, kd_design *design, const kd_design_input *in, bool grow,
                              kd_work *work);

#endif
