// SPDX-License-Identifier: Apache-2.0
/* Chemical equilibrium of one solution with any number of solids: the tableau method. Concentrations here are mol/L of
 * solution (taken as mol/kg of water by the activity models), since the constants are. */
#ifndef KD_PROCESS_SPECIATION_H
#define KD_PROCESS_SPECIATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/work.h"

typedef enum kd_activity { KD_ACTIVITY_NONE, KD_ACTIVITY_DAVIES, KD_ACTIVITY_SIT } kd_activity;

/* One pair of the specific ion interaction theory; first and second count the species, components first. */
typedef struct kd_sit_pair {
  size_t first, second;
  double epsilon; /* kg/mol */
} kd_sit_pair;

typedef struct kd_speciation {
  size_t components, species, solids;
  const double *total;               /* components: mol/L in solution and solids; NaN where log_activity is given */
  const double *log_activity;        /* components: log10 of a fixed activity; NaN: the total is given */
  const double *charge;              /* components + species; may be NULL with KD_ACTIVITY_NONE */
  const double *log_k;               /* species: components -> species, log10 */
  const double *stoichiometry;       /* species x components, by rows */
  const double *solid_log_k;         /* solids: solid -> components, log10 of the solubility product */
  const double *solid_stoichiometry; /* solids x components */
  const double *solid_initial;       /* solids: mol/L there at the start, added to the totals; NULL: none */
  const double *solid_log_activity;  /* solids: log10 of the activity of the phase (a gas: its fugacity); NULL: 0 */
  const bool *buffer;                /* solids: held in equilibrium whatever it takes (a gas phase); NULL: none */
  int balance;                       /* component whose total follows from charge balance; -1: none */
  kd_activity activity;
  double debye_huckel;    /* A, 0.509 at 25 C */
  double davies_limit;    /* ionic strength above which Davies' correction is held, mol/L */
  double ionic_strength;  /* mol/L; NaN: from the species with charge */
  const kd_sit_pair *sit; /* pair_count of them */
  size_t pair_count;
} kd_speciation;

typedef struct kd_speciation_result {  /* arrays in the scratch arena; components come first among species */
  double *concentration;               /* components + species, mol/L; a component: its free form */
  double *log_activity;                /* components + species, log10; -infinity where absent */
  double *log_gamma;                   /* components + species, log10 */
  double *amount;                      /* solids, mol/L of solution; a buffer: what it gave up has the sign - */
  double *saturation;                  /* solids, log10(IAP/K); -infinity where a component is absent */
  double *total;                       /* components, in all */
  double *dissolved;                   /* components, in solution */
  double ionic_strength, charge_error; /* mol/L */
  size_t iterations;                   /* Newton steps */
  double residual;                     /* worst mass balance, relative */
} kd_speciation_result;

/* Errors: KD_E_RANGE, KD_E_INFEASIBLE (a total that no mixture has, more fixed phases than the phase rule allows),
 * KD_E_CONVERGENCE. */
kd_status kd_speciate(kd_speciation_result *out, const kd_speciation *in, kd_work *work);

#endif
