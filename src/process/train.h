// SPDX-License-Identifier: Apache-2.0
/* A whole separation train: which cut first, and the closed-form design of each cut. */
#ifndef KD_PROCESS_TRAIN_H
#define KD_PROCESS_TRAIN_H

#include "base/elements.h"
#include "process/xu.h"

#define KD_TRAIN_CUTS (KD_REY - 1)

typedef struct kd_train_input {
  size_t count;              /* elements of the chain */
  int order[KD_REY];         /* element ids, least extractable first */
  double beta[KD_REY];       /* beta[k]: of order[k+1] over order[k] */
  double moles[KD_ELEMENTS]; /* mol a year of each element in the feed of the train */
  double purity;             /* wanted of every product, mole share */
  double slip;               /* most of a key element that one cut may let slip to the wrong side */
  double reflux;             /* S / S_min, > 1 */
  double efficiency;         /* real stages = ideal / efficiency */
} kd_train_input;

typedef struct kd_train_cut {
  int below;       /* element just below the cut: the last of the raffinate group */
  int above;       /* element just above the cut: the first of the organic group */
  int first, last; /* lowest and highest element of the group that is cut */
  double moles;    /* mol a year fed to the cut */
  double beta;
  double f_a;         /* mole share of the organic group */
  double s_min, s, w; /* mol per mol feed */
  double e_m, e_m_scrub;
  double extraction, scrub; /* whole stages built */
  double ideal;             /* ideal stages in all, not rounded */
} kd_train_cut;

typedef struct kd_train {
  size_t cuts;
  kd_train_cut cut[KD_TRAIN_CUTS];
  double stages;        /* whole stages of all cuts */
  double reagent_floor; /* mol a year of base, and as much acid: 3 S_min over all cuts */
  double reagent;       /* the same at the S built */
  double organic;       /* mol a year of rare earth carried by the organic, all cuts: sum of S times feed */
} kd_train;

/* Picks the sequence of sharp cuts of least reagent (dynamic programming over contiguous groups) and designs each cut.
 * Elements without moles are left out. */
kd_status kd_train_design(kd_train *out, const kd_train_input *in, kd_error *err);

/* Contents of all products, content[p * count + e] kg of oxide e in product p, when every product holds the mass share
 * `purity` of its own oxide and the rest has the composition of all others. The sum over p of column e is oxide[e]. */
void kd_product_contents(double *content, const double *oxide, size_t count, double purity);

#endif
