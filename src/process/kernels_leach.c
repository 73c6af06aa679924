// SPDX-License-Identifier: Apache-2.0
/* Kernels of the leach. */
#include <math.h>

#include "process/kernels.h"
#include "process/leach.h"
#include "process/tables.h"

static const kd_field leach_recovery_in[] = {
    KD_IN_CHOICE("acid", "hcl|h2so4", "acid"),
    KD_IN("molarity", "mol/L", "0 mol/L", "12 mol/L", "acid in the tank"),
    KD_IN("time", "min", "0 min", NULL, "time in the tank"),
    KD_IN("temperature", "degC", "0 degC", "100 degC", "temperature"),
    KD_IN_OPTION("decline", "1", "1", "0", "100", "scale d of the loss beyond the best window; 0: none"),
};
static const kd_field leach_recovery_out[] = {
    KD_OUT("recovery", "%",
           "REY without cerium in solution: best x dissolved x exp(-d loss); best 95.1 % HCl, 81.3 % H2SO4"),
    KD_OUT("dissolved", "%", "bioapatite dissolved, shrinking core complete at 0.25 mol/L, 2 min, 25 degC; 40 kJ/mol"),
};

static kd_status leach_recovery(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_leach_recovery((kd_acid)in[0], in[1], in[2], in[3], in[4]);
  out[1] = kd_leach_dissolved(in[1], in[2], in[3]);
  return KD_OK;
}

static const kd_field core_conversion_in[] = {
    KD_IN_CHOICE("law", "surface|ash|avrami",
                 "surface: 1-(1-X)^(1/3) = kt; ash: 1-2X/3-(1-X)^(2/3) = kt; avrami: -ln(1-X) = (kt)^n"),
    KD_IN("rate", "1/min", "0 1/min", NULL, "rate constant k"),
    KD_IN("time", "min", "0 min", NULL, "time"),
    KD_IN_OPTION("order", "1", "1", "0.1", "10", "exponent n of Avrami, on the product k t"),
};
static const kd_field core_conversion_out[] = {
    KD_OUT("conversion", "1", "share reacted X; 1 from kt = 1 (surface) and kt = 1/3 (ash) on")};

static kd_status core_conversion(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_core_conversion((kd_core_law)in[0], in[1] * in[2], in[3]);
  return KD_OK;
}

static const kd_field core_time_in[] = {
    KD_IN_CHOICE("law", "surface|ash|avrami",
                 "surface: 1-(1-X)^(1/3) = kt; ash: 1-2X/3-(1-X)^(2/3) = kt; avrami: -ln(1-X) = (kt)^n"),
    KD_IN("rate", "1/min", "0 1/min exclusive", NULL, "rate constant k"),
    KD_IN("conversion", "1", "0", "1 exclusive", "share reacted"),
    KD_IN_OPTION("order", "1", "1", "0.1", "10", "exponent n of Avrami, on the product k t"),
};
static const kd_field core_time_out[] = {KD_OUT("time", "min", "time that it takes")};

static kd_status core_time(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_core_time((kd_core_law)in[0], in[2], in[3]) / in[1];
  return KD_OK;
}

static const kd_field core_rate_in[] = {
    KD_IN("concentration", "mol/L", "0 mol/L", "100 mol/L", "acid [H+]"),
    KD_IN("order", "1", "0", "5", "order A in acid, concentration in mol/L"),
    KD_IN("rate", "1/min", "0 1/min", NULL, "rate constant B at 1 mol/L"),
    KD_IN("conversion", "1", "0", "1", "share reacted X"),
    KD_IN_OPTION("solids", "1", "1", "0", "1", "solids share eps of the tank"),
};
static const kd_field core_rate_out[] = {KD_OUT("rate_now", "1/min", "eps B [H]^A (1-X)^(2/3)")};

static kd_status core_rate(double *out, const double *in, kd_work *work) {
  (void)work;
  double rest = cbrt(1 - in[3]);
  out[0] = in[4] * in[2] * pow(in[0] / 1000, in[1]) * rest * rest;
  return KD_OK;
}

static const kd_field arrhenius_in[] = {
    KD_IN("rate", "1/min", "0 1/min", NULL, "rate constant at the first temperature"),
    KD_IN("activation", "kJ/mol", "0 kJ/mol", "500 kJ/mol", "activation energy E"),
    KD_IN("temperature_from", "degC", "-100 degC", "2000 degC", "first temperature"),
    KD_IN("temperature_to", "degC", "-100 degC", "2000 degC", "temperature wanted"),
};
static const kd_field arrhenius_out[] = {
    KD_OUT("rate_there", "1/min", "rate exp(-E/R (1/T_to - 1/T_from)), R 8.31446 J/(mol K)"),
};

static kd_status arrhenius(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * exp(-in[1] / KD_GAS_CONSTANT * (1 / in[3] - 1 / in[2]));
  return KD_OK;
}

static const kd_field acid_demand_in[] = {
    KD_IN_CHOICE("acid", "hcl|h2so4", "acid"),
    KD_IN("apatite_share", "%wt", "0 %wt", "100 %wt", "bioapatite in the solids"),
    KD_IN_OPTION("extra", "%", "0 %", "0 %", NULL, "acid taken by clay and carbonate over that of the bioapatite"),
    KD_IN_OPTION("molarity", "mol/L", "0 mol/L", "0 mol/L", "12 mol/L", "acid left free in the tank"),
    KD_IN_OPTION("liquid_solid", "L/kg", "0 L/kg", "0 L/kg", NULL, "liquor per solid"),
};
static const kd_field acid_demand_out[] = {
    KD_OUT("protons", "mol/kg",
           "H+ taken by the solids, per kg dry: 10 for each Ca5(PO4)3F (504.298 g/mol), to Ca2+, H3PO4, HF"),
    KD_OUT("acid_mass", "kg/t",
           "acid as 100 % per tonne dry, free acid (molarity x liquid_solid) included; H2SO4 gives 2 H+"),
};

static kd_status acid_demand(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_leach_curve *acid = &kd_leach_curves[(int)in[0]];
  out[0] = in[1] * kd_apatite_protons() * (1 + in[2]);
  out[1] = (out[0] / acid->protons + in[3] * in[4]) * acid->molar_mass;
  return KD_OK;
}

static const kd_field neutralisation_in[] = {
    KD_IN("acidity", "mol/kg", "0 mol/kg", NULL, "H+ left over, per kg dry"),
};
static const kd_field neutralisation_out[] = {
    KD_OUT("naoh", "kg/t", "sodium hydroxide (39.997 g/mol) per tonne dry, instead of lime"),
    KD_OUT("lime", "kg/t", "quicklime CaO (56.077 g/mol, 2 OH-) per tonne dry, instead of naoh"),
};

static kd_status neutralisation(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * 39.997e-3;
  out[1] = in[0] / 2 * 56.077e-3;
  return KD_OK;
}

const kd_kernel kd_process_leach_kernels[] = {
    KD_KERNEL("process.leach.recovery", leach_recovery, "Leach recovery of REY without cerium."),
    KD_KERNEL("process.leach.core_conversion", core_conversion,
              "Conversion of a grain by a shrinking-core or Avrami law."),
    KD_KERNEL("process.leach.core_time", core_time, "Time to a conversion by a shrinking-core or Avrami law."),
    KD_KERNEL("process.leach.core_rate", core_rate, "Rate of a surface-controlled shrinking core in acid."),
    KD_KERNEL("process.leach.arrhenius", arrhenius, "Rate constant at another temperature by Arrhenius' law."),
    KD_KERNEL("process.leach.acid_demand", acid_demand,
              "Acid by the stoichiometry of bioapatite, taken as fluorapatite."),
    KD_KERNEL("process.leach.neutralisation", neutralisation, "Base that neutralises what acid is left."),
    {.name = NULL},
};
