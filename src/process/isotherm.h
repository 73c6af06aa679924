// SPDX-License-Identifier: Apache-2.0
/* How a metal spreads between aqueous and organic phase, at four levels behind one interface: D = exp(ln_k + slope z)
 * with one driver z for each stage. */
#ifndef KD_PROCESS_ISOTHERM_H
#define KD_PROCESS_ISOTHERM_H

#include <stddef.h>

typedef enum kd_isotherm_level {
  KD_ISOTHERM_BETA, /* constant separation factors; z makes the organic carry its set load */
  KD_ISOTHERM_PH,   /* log D = a + b pH; z = pH ln 10, extractant in excess */
  KD_ISOTHERM_MASS  /* mass action with free extractant; saponified where the organic brings base */
} kd_isotherm_level;

typedef struct kd_isotherm {
  kd_isotherm_level level;
  size_t components;
  const double *ln_k;      /* BETA: ln beta. PH: a ln 10. MASS: ln Kex, of concentrations in mol/L */
  const double *slope;     /* PH: b of each component; NULL: 1 */
  const double *valence;   /* protons given for one metal; NULL: 3 */
  const double *ligands;   /* extractant molecules (dimers) bound by one metal; NULL: 3 */
  double proton_order;     /* MASS: p of [H]^-p, above 0 */
  double extractant_order; /* MASS: n of [free extractant]^n, above 0 */
} kd_isotherm;

/* Driver from the free acid and extractant [mol/m3], and ln of the acid back from the driver. */
double kd_isotherm_driver(const kd_isotherm *self, double acid, double extractant);
double kd_isotherm_ln_acid(const kd_isotherm *self, double driver, double ln_extractant);

double kd_isotherm_ln_d(const kd_isotherm *self, size_t component, double driver);

#endif
