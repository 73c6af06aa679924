// SPDX-License-Identifier: Apache-2.0
/* Distribution of metals at four levels.
 *
 *   constant beta    D_i = beta_i T,                 T such that the organic carries its load                       (1)
 *   pH line          log10 D_i = a_i + b_i pH                                                                       (2)
 *   mass action      RE3+ + n (HA)2 = ...:  D_i = K_i [(HA)2]^n [H+]^-p,   [(HA)2] = total - sum of q_i o_i         (3)
 *   saponified       (3), the organic bringing base that takes up the protons                                      (4)
 *
 *   z = ln T (1), pH ln 10 (2), n ln[(HA)2] - p ln[H+] (3); concentrations in mol/L. D = exp(ln_k + slope z).
 *
 * Source    (1) Xu Guangxian's theory; (3) mass action, with orders n and p as measured (n 2.38, p 3.1 for D2EHPA,
 *           Mason et al. 1976) in place of the ideal 3 and 3.
 * Weakness  one n and p for all metals at level (3); no polymer species at high load; no activity coefficients.
 */
#include "process/isotherm.h"

#include <math.h>

#define KD_MOLAR 1000.0 /* mol/m3 */

double kd_isotherm_driver(const kd_isotherm *self, double acid, double extractant) {
  if (self->level == KD_ISOTHERM_PH) return -log(acid / KD_MOLAR);
  return self->extractant_order * log(extractant / KD_MOLAR) - self->proton_order * log(acid / KD_MOLAR);
}

double kd_isotherm_ln_acid(const kd_isotherm *self, double driver, double ln_extractant) {
  double molar = log(KD_MOLAR);
  if (self->level == KD_ISOTHERM_PH) return molar - driver;
  return molar + (self->extractant_order * (ln_extractant - molar) - driver) / self->proton_order;
}

double kd_isotherm_ln_d(const kd_isotherm *self, size_t component, double driver) {
  return self->ln_k[component] + (self->slope != NULL ? self->slope[component] : 1) * driver;
}
