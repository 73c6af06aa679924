// SPDX-License-Identifier: Apache-2.0
/* Mass action of a cation exchanger, RE3+ + 3 (HA)2 = RE(HA2)3 + 3 H+, with slopes as measured:
 *
 *   log10 D = a + p pH + n log10(c / c0) (1) pH_1/2  = -[a + n log10(c / c0)] / p,    log10 beta = p (pH_1/2,B -
 * pH_1/2,A) = a_A - a_B                          (2)
 *
 *   c   free dimer of the extractant [mol/m3], c0 = 500 mol/m3;  ideal p = n = 3, here p = 3 (ideal), n = 2.38
 * (measured)
 *
 * Record    D2EHPA in n-heptane, tracers, 1 M (Na,H)Cl, 25 C, dimer basis, pH on the concentration scale.
 * Source    shape La Ce Pr Eu Tb: Peppard et al. 1957 (markers read from Stevenson and Nervik 1961, fig. 51); level and
 * yttrium: Mason et al. 1976 (as redrawn by Qi 2018, p. 191; 18 points, rms 0.066 decades). Nd, Sm, Gd, Dy linear in Z
 *           between neighbours (derived). Ho, Er, Tm, Yb, Lu by 0.3975 decades a unit of Z beyond Tb (derived).
 * Range     pH 0 to 2, tracer loading. A lanthanum point in kerosene agrees within 0.1 decade.
 * Weakness  one slope for all elements: separation factors do not depend on pH. The heaviest five are extrapolated.
 */
#include "process/equilibrium.h"

#include <math.h>

const kd_extraction_record kd_record_d2ehpa = {
    .name = "D2EHPA (P204)",
    .medium = "n-heptane, 1 M (Na,H)Cl",
    .source = "Peppard et al. 1957 (shape), Mason et al. 1976 (level)",
    .slope_ph = 3,
    .slope_dimer = 2.38,
    .reference_dimer = 500,
    .ph_low = 0,
    .ph_high = 2,
    .a = {[KD_LA] = -1.97,
          [KD_CE] = -1.56,
          [KD_PR] = -1.20,
          [KD_ND] = -0.81,
          [KD_SM] = 0.01,
          [KD_EU] = 0.41,
          [KD_GD] = 0.81,
          [KD_TB] = 1.21,
          [KD_DY] = 1.59,
          [KD_HO] = 2.00,
          [KD_ER] = 2.40,
          [KD_TM] = 2.80,
          [KD_YB] = 3.20,
          [KD_LU] = 3.60,
          [KD_Y] = 2.19},
    .evidence = {[KD_LA] = KD_MEASURED,
                 [KD_CE] = KD_MEASURED,
                 [KD_PR] = KD_MEASURED,
                 [KD_ND] = KD_INTERPOLATED,
                 [KD_SM] = KD_INTERPOLATED,
                 [KD_EU] = KD_MEASURED,
                 [KD_GD] = KD_INTERPOLATED,
                 [KD_TB] = KD_MEASURED,
                 [KD_DY] = KD_INTERPOLATED,
                 [KD_HO] = KD_EXTRAPOLATED,
                 [KD_ER] = KD_EXTRAPOLATED,
                 [KD_TM] = KD_EXTRAPOLATED,
                 [KD_YB] = KD_EXTRAPOLATED,
                 [KD_LU] = KD_EXTRAPOLATED,
                 [KD_Y] = KD_MEASURED},
    /* Judgement: 0.05 measured, 0.15 interpolated, 0.3 growing to 0.5 at Lu extrapolated. */
    .spread = {[KD_LA] = 0.05,
               [KD_CE] = 0.05,
               [KD_PR] = 0.05,
               [KD_ND] = 0.15,
               [KD_SM] = 0.15,
               [KD_EU] = 0.05,
               [KD_GD] = 0.15,
               [KD_TB] = 0.05,
               [KD_DY] = 0.15,
               [KD_HO] = 0.30,
               [KD_ER] = 0.35,
               [KD_TM] = 0.40,
               [KD_YB] = 0.45,
               [KD_LU] = 0.50,
               [KD_Y] = 0.05},
};

double kd_log_distribution(const kd_extraction_record *record, kd_element_id element, double ph, double dimer) {
  return record->a[element] + record->slope_ph * ph + record->slope_dimer * log10(dimer / record->reference_dimer);
}

double kd_half_ph(const kd_extraction_record *record, kd_element_id element, double dimer) {
  return -(record->a[element] + record->slope_dimer * log10(dimer / record->reference_dimer)) / record->slope_ph;
}

bool kd_record_covers(const kd_extraction_record *record, double ph) {
  return ph >= record->ph_low && ph <= record->ph_high;
}
