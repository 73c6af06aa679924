// SPDX-License-Identifier: Apache-2.0
/* Precipitation, calcination and molten-salt electrolysis. SI. */
#ifndef KD_PROCESS_REFINE_H
#define KD_PROCESS_REFINE_H

#include "base/elements.h"
#include "base/error.h"

#define KD_FARADAY           96485.33212 /* C/mol, CODATA 2018 (exact) */
#define KD_OXALIC_MOLAR_MASS 126.064e-3  /* kg/mol H2C2O4.2H2O */
#define KD_OXALIC_ANHYDROUS  90.034e-3   /* kg/mol H2C2O4 */

/* Charge for 1 kg of metal from RE3+, C/kg. */
double kd_electrolysis_charge(kd_element_id element);
/* Energy at the cell's terminals, J/kg metal. */
double kd_electrolysis_energy(kd_element_id element, double voltage, double current_efficiency);
/* Carbon of the anode burnt, kg/kg metal; share of the oxide's oxygen that leaves as CO (0: all CO2). */
double kd_electrolysis_carbon(kd_element_id element, double monoxide);

/* kg of the oxide, kg/kg metal; oxide form of the element table. */
double kd_oxide_per_metal(kd_element_id element);

/* Oxalic acid for RE2(C2O4)3, kg of the dihydrate per kg of element; excess 0: stoichiometry. */
double kd_oxalic_dose(kd_element_id element, double excess);
/* Share precipitated by the dose isotherm X = exp(-(e/dose)^n). */
double kd_oxalate_isotherm(double dose, double e, double n);

/* Heat to turn one kg of oxide out of its oxalate decahydrate and to bring it to `temperature`, J/kg; co: share of the
 * carbon that leaves as CO; *sensible gets the part that heats the oxide. */
double kd_calcination_heat(double *sensible, kd_element_id element, double co, double temperature);

#endif
