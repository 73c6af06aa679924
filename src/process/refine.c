// SPDX-License-Identifier: Apache-2.0
/* From solution to oxide to metal.
 *
 *   charge     q = z F / M [C/kg], z = 3           energy  e = U q / CE [J/kg]                                 (1)
 *   carbon     O/2 (1 + co) 12.011 / M [kg/kg], O oxygens per cation of the oxide fed (CeO2 2, Pr6O11 11/6,
 *              Tb4O7 7/4, else 3/2), co share of that oxygen which leaves as CO, the rest as CO2               (2)
 *   oxalic     2 RE3+ + 3 H2C2O4 -> RE2(C2O4)3 + 6 H+: 3/2 mol per mol                                         (3)
 *   dose       X = exp(-(E/dose)^N)                                                                            (4)
 *   calcine    RE2(C2O4)3.10H2O -> RE2O3: 195 kJ/mol with all carbon to CO2, + 283.0 kJ for each mol CO (6 C)  (5)
 *   sensible   Cp = 105.13 + 0.0403 T [J/(mol K)] of Nd2O3 from 298.15 K                                       (6)
 *
 * Source    (1) Faraday's law; (4) form of the open precipitator model PrOMMiS; (5) from tabulated enthalpies of
 *           formation of Nd2(C2O4)3.10H2O (-6782 kJ/mol), Nd2O3 (-1807.9) and the combustion of CO (NBS tables);
 *           (6) same tables.
 * Range     (5), (6) are neodymium's and are taken for every element per mol of oxide cation (assumed).
 * Weakness  no gas heat, no surface moisture, no kiln loss: the stage divides by a kiln efficiency. (2) has no
 *           burn-off of the anode in air.
 */
#include "process/refine.h"

#include <math.h>

#define KD_VALENCE       3.0
#define KD_CARBON        12.011e-3 /* kg/mol */
#define KD_CALCINE_BURNT 195e3     /* J per mol Nd2O3 */
#define KD_CO_COMBUSTION 283.0e3   /* J/mol */
#define KD_OXIDE_CP0     105.13    /* J/(mol K) */
#define KD_OXIDE_CP1     0.0403    /* J/(mol K2) */
#define KD_ROOM          298.15    /* K */

double kd_electrolysis_charge(kd_element_id element) {
  return KD_VALENCE * KD_FARADAY / kd_elements[element].molar_mass;
}

double kd_electrolysis_energy(kd_element_id element, double voltage, double current_efficiency) {
  return voltage * kd_electrolysis_charge(element) / current_efficiency;
}

double kd_electrolysis_carbon(kd_element_id element, double monoxide) {
  const kd_element *e = &kd_elements[element];
  double oxygen = (double)e->oxide_oxygens / e->oxide_cations;
  return 0.5 * oxygen * (1 + monoxide) * KD_CARBON / e->molar_mass;
}

double kd_oxide_per_metal(kd_element_id element) {
  return kd_oxide_factor(element);
}

double kd_oxalic_dose(kd_element_id element, double excess) {
  return 1.5 * (1 + excess) * KD_OXALIC_MOLAR_MASS / kd_elements[element].molar_mass;
}

double kd_oxalate_isotherm(double dose, double e, double n) {
  if (dose <= 0) return 0;
  return exp(-pow(e / dose, n));
}

double kd_calcination_heat(double *sensible, kd_element_id element, double co, double temperature) {
  double cation = kd_oxide_molar_mass(element);
  double warm =
      KD_OXIDE_CP0 * (temperature - KD_ROOM) + 0.5 * KD_OXIDE_CP1 * (temperature * temperature - KD_ROOM * KD_ROOM);
  *sensible = warm / (2 * cation);
  return (KD_CALCINE_BURNT + 6 * co * KD_CO_COMBUSTION + warm) / (2 * cation);
}
