// SPDX-License-Identifier: Apache-2.0
/* The state of speciation.c between its parts: the programme of one set of solids, and the search for the set; not for
 * others. */
#ifndef KD_PROCESS_SPECIATION_SOLVER_H
#define KD_PROCESS_SPECIATION_SOLVER_H

#include "process/speciation.h"

#define SPECIATION_NEWTON    400   /* Newton steps for one set of solids */
#define SPECIATION_ROUGH     1e-4  /* step in ln activity that will do on the way */
#define SPECIATION_SATURATED 1e-10 /* ln(IAP/K) that counts as saturated */

typedef struct solver {
  const kd_speciation *in;
  kd_work *work;
  size_t nc, ns, np;               /* components, all species with the components first, solids */
  double *nu;                      /* ns x nc */
  size_t *begin, *at;              /* ns + 1, and one for each coefficient: the components of a species */
  double *value;                   /* their coefficients */
  double *ln_k;                    /* ns */
  double *ln_gamma;                /* ns */
  double *c;                       /* ns */
  double *x;                       /* nc, ln activity */
  double *total;                   /* nc */
  bool *absent;                    /* nc: total 0 */
  bool *fixed;                     /* nc: activity given */
  bool *gone;                      /* ns + np: holds an absent component */
  size_t *unknown;                 /* component of each unknown */
  size_t n;                        /* unknowns */
  double *ln_ksp;                  /* np */
  size_t *active;                  /* solids held in equilibrium */
  size_t held;                     /* how many */
  double *amount;                  /* np */
  double *row, *back, *level;      /* held x unknowns, held x held, held: the planes in reduced form */
  size_t *place, *order, *touched; /* component -> unknown; unknown -> its place among loose or pivots; scratch */
  size_t *pivot, *loose;           /* unknown that each active solid stands for; the others */
  bool *is_pivot;
  double *matrix, *right, *trial, *step, *gradient, *size, *scale, *trial_c, *curvature, *reduced, *share;
  size_t iterations;
  int limit; /* of Newton steps for one set of solids */
} speciation_solver;

double speciation_solid_nu(const speciation_solver *s, size_t solid, size_t j);
double speciation_saturation(const speciation_solver *s, size_t solid); /* ln(IAP/K) */
bool speciation_is_buffer(const speciation_solver *s, size_t solid);

/* Brings the planes of the active solids to the form x_pivot = level - sum_u row_u x_u. false: they are dependent. */
bool speciation_reduce(speciation_solver *s);

/* Brings the unknowns near before the first Newton step. */
void speciation_approach(speciation_solver *s);

/* The programme for the solids held; rough: as near as a set of solids or an ionic strength on the way needs it. */
kd_status speciation_minimise(speciation_solver *s, bool rough, double *residual);

/* Adds a solid; one that is a combination of those there takes the place of the first of them to be used up. */
kd_status speciation_add(speciation_solver *s, size_t solid, double *share);

/* The programme with the set of solids looked for. */
kd_status speciation_complementarity(speciation_solver *s, bool rough, double *residual);

#endif
