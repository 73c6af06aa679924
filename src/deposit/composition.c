// SPDX-License-Identifier: Apache-2.0
/* Composition of the mud by mixing two components.
 *
 *   g_e(T) = min(T, T0) b_e + max(T - T0, 0) a_e                                                       (1)
 *
 *   g_e  grade of element e                 [kg/kg dry]      b_e  its share in REY of the background   [kg/kg]
 *   T    REY, sum of La..Lu and Y           [kg/kg dry]      a_e  its share in REY of the apatite      [kg/kg]
 *   T0   REY of the background, 250e-6      [kg/kg dry]
 *
 * Source    model, not a measurement. Background: average shale (Taylor and McLennan 1985) with Ce x 1.25. Apatite:
 *           the same shale times an enrichment by element (La 21.5, Ce 3.2, Pr 27, Nd 31, Sm 42, Eu 53, Gd 59, Tb 57,
 *           Dy 57, Ho 58, Er 55, Tm 51, Yb 45, Lu 44, Y 72), its Y set so that Y+HREE make 44.6 % of REY at 964 ppm;
 *           printed: 44 % (Takaya et al. 2018, Sci Rep 8:5763, whole area). HREE = Eu..Lu, as there.
 * Range     T from 0 to the REY of pure apatite (about 2 %).
 * Weakness  one apatite for all depths and squares; expected error 15 % for each element, 40 % for Ce.
 */
#include "deposit/composition.h"

/* Shares of REY [kg/kg], La..Lu and Y; printed to five digits, so they sum to 1 within 3e-5 and are divided by their
 * sum. */
static const double background[KD_REY] = {0.16489, 0.42948, 0.03811, 0.14633, 0.02396, 0.00466, 0.02011, 0.00334,
                                          0.02020, 0.00428, 0.01230, 0.00175, 0.01217, 0.00187, 0.11654};
static const double apatite[KD_REY] = {0.14755, 0.04576, 0.04283, 0.18880, 0.04188, 0.01028, 0.04939, 0.00793,
                                       0.04792, 0.01033, 0.02816, 0.00371, 0.02280, 0.00342, 0.34924};

double kd_grade_rey(const double g[KD_REY]) {
  return (((g[0] + g[1]) + (g[2] + g[3])) + ((g[4] + g[5]) + (g[6] + g[7]))) +
         (((g[8] + g[9]) + (g[10] + g[11])) + ((g[12] + g[13]) + g[14]));
}

double kd_grade_dot(const double grade[KD_REY], const double weight[KD_REY]) {
  double g[KD_REY];
  for (int e = 0; e < KD_REY; e++) g[e] = grade[e] * weight[e];
  return kd_grade_rey(g);
}

void kd_oxide_factors(double factor[KD_ELEMENTS]) {
  for (int e = 0; e < KD_ELEMENTS; e++) factor[e] = kd_oxide_factor((kd_element_id)e);
}

/* NaN stays NaN. */
void kd_composition(double grade[KD_ELEMENTS], double rey, double scandium) {
  double low = (rey > KD_BACKGROUND_GRADE ? KD_BACKGROUND_GRADE : rey) / kd_grade_rey(background);
  double high = (rey > KD_BACKGROUND_GRADE ? rey - KD_BACKGROUND_GRADE : 0.0) / kd_grade_rey(apatite);
  for (int e = 0; e < KD_REY; e++) grade[e] = low * background[e] + high * apatite[e];
  grade[KD_SC] = scandium;
}

double kd_grade_reo(const double grade[KD_REY]) {
  double factor[KD_ELEMENTS];
  kd_oxide_factors(factor);
  return kd_grade_dot(grade, factor);
}

double kd_grade_heavy_share(const double grade[KD_REY]) {
  double heavy = 0.0, all = kd_grade_rey(grade);
  for (int e = 0; e < KD_REY; e++) heavy += kd_elements[e].heavy ? grade[e] : 0.0;
  return all > 0.0 ? heavy / all : 0.0;
}
