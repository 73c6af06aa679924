// SPDX-License-Identifier: Apache-2.0
/* Kernels of precipitation, calcination and electrolysis. */
#include "process/kernels.h"
#include "process/refine.h"
#include "process/tables.h"

#define ONE_ELEMENT KD_IN_CHOICE("element", KD_ELEMENT_CHOICES, "rare earth")

static const kd_field faraday_in[] = {
    ONE_ELEMENT,
    KD_IN("voltage", "V", "0 V exclusive", NULL, "voltage of the cell"),
    KD_IN("current_efficiency", "%", "0 % exclusive", "100 %", "current efficiency"),
    KD_IN_OPTION("monoxide", "%", "0 %", "0 %", "100 %", "share of the oxide's oxygen that leaves as CO"),
};
static const kd_field faraday_out[] = {
    KD_OUT("charge", "A.h/kg", "charge by Faraday's law, 3 F/M, at full current efficiency"),
    KD_OUT("energy", "kWh/kg", "energy at the terminals, U x charge / current efficiency"),
    KD_OUT("oxide", "kg/kg", "oxide per metal, CeO2, Pr6O11, Tb4O7, else M2O3"),
    KD_OUT("carbon", "kg/kg", "anode carbon per metal, for all oxygen of that oxide as CO2 and CO"),
};

static kd_status faraday(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_element_id e = (kd_element_id)in[0];
  out[0] = kd_electrolysis_charge(e);
  out[1] = kd_electrolysis_energy(e, in[1], in[2]);
  out[2] = kd_oxide_per_metal(e);
  out[3] = kd_electrolysis_carbon(e, in[3]);
  return KD_OK;
}

static const kd_field oxalic_in[] = {
    ONE_ELEMENT,
    KD_IN_OPTION("excess", "%", "0 %", "0 %", NULL, "oxalic acid over stoichiometry; 0 %: just that"),
};
static const kd_field oxalic_out[] = {
    KD_OUT("per_element", "kg/kg", "H2C2O4.2H2O (126.064 g/mol), 1.5 mol per mol, per element"),
    KD_OUT("per_oxide", "kg/kg", "the same per oxide: CeO2, Pr6O11, Tb4O7, else M2O3"),
};

static kd_status oxalic(double *out, const double *in, kd_work *work) {
  (void)work;
  kd_element_id e = (kd_element_id)in[0];
  out[0] = kd_oxalic_dose(e, in[1]);
  out[1] = out[0] / kd_oxide_factor(e);
  return KD_OK;
}

static const kd_field isotherm_in[] = {
    KD_IN("dose", "g/L", "0 g/L", NULL, "oxalic acid added"),
    KD_IN("half_dose", "g/L", "0 g/L exclusive", NULL, "constant E_D of the element; at dose E_D 1/e is precipitated"),
    KD_IN("exponent", "1", "0 exclusive", "50", "constant N_D of the element"),
};
static const kd_field isotherm_out[] = {KD_OUT("precipitated", "1", "share precipitated, exp(-(E_D/dose)^N_D)")};

static kd_status isotherm(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_oxalate_isotherm(in[0], in[1], in[2]);
  return KD_OK;
}

static const kd_field calcination_in[] = {
    KD_IN_CHOICE_OPTION("element", KD_ELEMENT_CHOICES, "nd", "rare earth"),
    KD_IN_OPTION("monoxide", "%", "50 %", "0 %", "50 %",
                 "share of the carbon that leaves as CO; the rest CO2; 50 %: no air takes part"),
    KD_IN_OPTION("temperature", "degC", "900 degC", "25 degC", "1600 degC", "temperature of the oxide"),
};
static const kd_field calcination_out[] = {
    KD_OUT("heat", "MJ/kg", "heat of reaction and of the oxide, per kg oxide (CeO2, Pr6O11, Tb4O7, else M2O3)"),
    KD_OUT("reaction", "MJ/kg", "of it reaction: (195 + 6 x monoxide x 283.0) kJ per 2 mol of oxide cation"),
    KD_OUT("sensible", "MJ/kg",
           "of it heating the oxide from 25 degC: Cp 105.13 + 0.0403 T J/(mol K) per 2 mol of oxide cation"),
};

static kd_status calcination(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_calcination_heat(&out[2], (kd_element_id)in[0], in[1], in[2]);
  out[1] = out[0] - out[2];
  return KD_OK;
}

const kd_kernel kd_process_refine_kernels[] = {
    KD_KERNEL("process.electrolysis", faraday, "Charge, energy, oxide and carbon of a molten-salt cell."),
    KD_KERNEL("process.oxalate.dose", oxalic, "Oxalic acid by stoichiometry."),
    KD_KERNEL("process.oxalate.isotherm", isotherm, "Share precipitated by the dose isotherm."),
    KD_KERNEL("process.calcination", calcination, "Heat of calcination of the oxalate decahydrate."),
    {.name = NULL},
};
