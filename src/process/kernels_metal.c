// SPDX-License-Identifier: Apache-2.0
/* Kernels of heat balances, metal making and zone refining. */
#include <math.h>
#include <string.h>

#include "process/heat.h"
#include "process/kernels.h"
#include "process/leach.h"
#include "process/nuclides.h"
#include "process/refine.h"
#include "process/zone.h"
#include "process/tables.h"

static const kd_field leach_heat_in[] = {
    KD_IN_CHOICE("acid", "hcl|h2so4", "acid"),
    KD_IN("acid_molarity", "mol/L", "0 mol/L", "12 mol/L", "acid in the liquor fed"),
    KD_IN("liquid_solid", "L/kg", "0.5 L/kg", NULL, "liquor per dry solid"),
    KD_IN("apatite", "mol/kg", "0 mol/kg", NULL, "bioapatite dissolved, mol Ca5(PO4)3F per kg dry"),
    KD_IN_OPTION("calcite", "mol/kg", "0 mol/kg", "0 mol/kg", NULL, "carbonate dissolved"),
    KD_IN_OPTION("aluminium", "mol/kg", "0 mol/kg", "0 mol/kg", NULL, "aluminium dissolved"),
    KD_IN_OPTION("iron", "mol/kg", "0 mol/kg", "0 mol/kg", NULL, "iron dissolved"),
    KD_IN_OPTION("feed_temperature", "degC", "25 degC", "-10 degC", "100 degC", "of pulp and acid"),
    KD_IN_OPTION("temperature", "degC", "25 degC", "-10 degC", "110 degC", "of the leach"),
    KD_IN_OPTION("recovery", "%", "0 %", "0 %", "99 %", "of the warming heat, exchanged with what leaves"),
    KD_IN_OPTION("loss", "%", "5 %", "0 %", "100 %", "of the warming heat, to the air"),
};
static const kd_field leach_heat_out[] = {
    KD_OUT("reaction", "kJ/kg", "heat set free by the minerals, per kg dry"),
    KD_OUT("dilution", "kJ/kg", "heat set free by diluting the technical acid"),
    KD_OUT("adiabatic_rise", "K", "rise of temperature without heating or loss"),
    KD_OUT("warming", "kJ/kg", "heat to bring pulp to the leach's temperature"),
    KD_OUT("heating", "kJ/kg", "to be supplied; 0 when reactions give enough"),
    KD_OUT("cooling", "kJ/kg", "to be taken away to hold the temperature"),
};

static kd_status leach_heat(double *out, const double *in, kd_work *work) {
  (void)work;
  const double acid = in[1] * in[2]; /* mol/kg dry */
  out[0] = -(in[3] * KD_HEAT_APATITE + in[4] * KD_HEAT_CALCITE + in[5] * KD_HEAT_ALUMINA + in[6] * KD_HEAT_FERRIC);
  out[1] = -acid * (in[0] > 0 ? KD_HEAT_H2SO4 : KD_HEAT_HCL);
  const double capacity = KD_CAPACITY_SOLID + in[2] * 1000 * KD_CAPACITY_LIQUOR;
  out[2] = (out[0] + out[1]) / capacity;
  out[3] = capacity * (in[8] - in[7]);
  const double need = out[3] > 0 ? out[3] * (1 - in[9] + in[10]) : out[3];
  out[4] = fmax(0, need - out[0] - out[1]);
  out[5] = fmax(0, out[0] + out[1] - need);
  return KD_OK;
}

static const kd_field neutral_heat_in[] = {
    KD_IN_CHOICE("base", "lime|naoh", "base"),
    KD_IN("acidity", "mol/kg", "0 mol/kg", NULL, "H+ neutralised, per kg of what is warmed"),
    KD_IN_OPTION("capacity", "kJ/kg/K", "4 kJ/kg/K", "0.1 kJ/kg/K", "10 kJ/kg/K", "heat capacity of that"),
};
static const kd_field neutral_heat_out[] = {
    KD_OUT("heat", "kJ/kg", "set free: 55.8 kJ/mol H+ with NaOH in solution, 96.8 with quicklime"),
    KD_OUT("rise", "K", "rise of temperature"),
};

static kd_status neutral_heat(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[1] * (in[0] > 0 ? -KD_HEAT_NEUTRAL : -KD_HEAT_LIME / 2);
  out[1] = out[0] / in[2];
  return KD_OK;
}

static const kd_field kiln_in[] = {
    KD_IN_CHOICE_OPTION("element", KD_ELEMENT_CHOICES, "nd", "rare earth"),
    KD_IN_OPTION("temperature", "degC", "900 degC", "100 degC", "1600 degC", "of the oxide that leaves"),
    KD_IN_OPTION("monoxide", "%", "50 %", "0 %", "50 %", "share of the carbon that leaves as CO"),
    KD_IN_OPTION("moisture", "kg/kg", "0.3 kg/kg", "0 kg/kg", "10 kg/kg", "free water per kg of dry oxalate"),
    KD_IN_OPTION("gas_temperature", "degC", "300 degC", "25 degC", "1600 degC", "of the gas that leaves"),
    KD_IN_OPTION("excess_air", "kg/kg", "2 kg/kg", "0 kg/kg", "100 kg/kg", "air through the kiln per kg of oxide"),
    KD_IN_OPTION("wall_loss", "%", "20 %", "0 %", "95 %", "of the heat supplied, lost through the shell"),
};
static const kd_field kiln_out[] = {
    KD_OUT("reaction", "MJ/kg", "of the decahydrate's decomposition, per kg of oxide"),
    KD_OUT("oxide", "MJ/kg", "to warm the oxide"),
    KD_OUT("moisture", "MJ/kg", "to evaporate the free water"),
    KD_OUT("gas", "MJ/kg", "to warm air, steam and carbon gases"),
    KD_OUT("heat", "MJ/kg", "to be supplied, with the shell's loss"),
    KD_OUT("efficiency", "%", "reaction and oxide over the heat supplied"),
};

static kd_status kiln(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_element_id e = (kd_element_id)in[0];
  const double cation = kd_oxide_molar_mass(e), warm = in[4] - 298.15;
  double sensible;
  const double both = kd_calcination_heat(&sensible, e, in[2], in[1]);
  /* dry oxalate RE2(C2O4)3.10H2O per kg of oxide, by cation: RE + 1.5 C2O4 + 5 H2O */
  const double oxalate = (kd_elements[e].molar_mass + 1.5 * 88.018e-3 + 5 * 18.015e-3) / cation;
  const double steam = in[3] * oxalate + 5 * 18.015e-3 / cation, carbon = 3 * 44.009e-3 / cation;
  out[0] = both - sensible;
  out[1] = sensible;
  out[2] = in[3] * oxalate * KD_HEAT_EVAPORATION;
  out[3] = (steam * 1950 + carbon * 1000 + in[5] * 1030) * warm; /* mean heat capacities of steam, CO2, air */
  out[4] = (out[0] + out[1] + out[2] + out[3]) / (1 - in[6]);
  out[5] = both / out[4];
  return KD_OK;
}

static const kd_field cell_in[] = {
    KD_IN_CHOICE("element", KD_ELEMENT_CHOICES, "rare earth"),
    KD_IN("current", "kA", "0 kA exclusive", NULL, "current of one cell"),
    KD_IN("current_efficiency", "%", "1 %", "100 %", "current efficiency"),
    KD_IN_OPTION("melt_voltage", "V", "4.43 V", "0 V", "40 V", "drop in the melt; 4.43 V measured at 4 kA"),
    KD_IN_OPTION("ohmic_voltage", "V", "0.248 V", "0 V", "20 V", "drop in leads and electrodes; 0.248 V measured"),
    KD_IN_OPTION("interface_voltage", "V", "1.622 V", "0 V", "20 V", "decomposition and overvoltage; 1.622 V measured"),
    KD_IN_OPTION("rectifier", "%", "96 %", "50 %", "100 %", "efficiency of the rectifier"),
    KD_IN_OPTION("monoxide", "%", "50 %", "0 %", "100 %", "share of the oxide's oxygen that leaves as CO"),
    KD_IN_OPTION("effect_minutes", "min/day", "0 min/day", "0 min/day", "1440 min/day",
                 "anode effect: minutes a day while the melt is short of oxide"),
    KD_IN_OPTION("effect_slope", "kg/t/(min/day)", "0 kg/t/(min/day)", "0 kg/t/(min/day)", "10 kg/t/(min/day)",
                 "CF4 per tonne of metal for each minute a day; nothing sourced for rare earths: to be given"),
    KD_IN_OPTION("hexafluoroethane", "%", "10 %", "0 %", "100 %", "C2F6 over CF4, by mass"),
    KD_IN_OPTION("metal_recovery", "%", "94 %", "1 %", "100 %", "metal cast over metal of the oxide fed"),
};
static const kd_field cell_out[] = {
    KD_OUT("metal", "kg/day", "made by one cell, by Faraday's law"),
    KD_OUT("voltage", "V", "at the terminals, the three together"),
    KD_OUT("energy", "kWh/kg", "direct current at the terminals"),
    KD_OUT("alternating", "kWh/kg", "before the rectifier"),
    KD_OUT("oxide", "kg/day", "oxide fed"),
    KD_OUT("carbon", "kg/day", "anode carbon"),
    KD_OUT("cf4", "g/kg", "per kg of metal"),
    KD_OUT("co2_equivalent", "kg/kg", "PFC at 6,500 for CF4 and 9,200 for C2F6, and the anode's CO2 and CO as CO2"),
};

static kd_status cell(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_element_id e = (kd_element_id)in[0];
  const double made = in[1] * in[2] / kd_electrolysis_charge(e); /* kg/s */
  const double voltage = in[3] + in[4] + in[5], carbon = kd_electrolysis_carbon(e, in[7]);
  const double cf4 = in[8] * in[9]; /* kg/kg metal */
  out[0] = made;
  out[1] = voltage;
  out[2] = kd_electrolysis_energy(e, voltage, in[2]);
  out[3] = out[2] / in[6];
  out[4] = made * kd_oxide_per_metal(e) / in[11];
  out[5] = made * carbon;
  out[6] = cf4;
  out[7] = cf4 * (6500 + in[10] * 9200) + carbon * 44.009 / 12.011;
  return KD_OK;
}

static const kd_field thermic_in[] = {
    KD_IN_CHOICE("element", KD_ELEMENT_CHOICES, "rare earth"),
    KD_IN_OPTION("calcium_excess", "%", "10 %", "0 %", "200 %", "calcium over 2 REF3 + 3 Ca = 2 RE + 3 CaF2"),
    KD_IN_OPTION("recovery", "%", "95 %", "1 %", "100 %", "metal won over metal of the fluoride"),
    KD_IN_OPTION("fluorination", "%", "98 %", "1 %", "100 %", "oxide turned to fluoride"),
    KD_IN_OPTION("acid_excess", "%", "20 %", "0 %", "500 %", "HF over 2 REF3 = RE2O3 + 6 HF"),
};
static const kd_field thermic_out[] = {
    KD_OUT("oxide", "kg/kg", "oxide per metal (CeO2, Pr6O11, Tb4O7, else M2O3)"),
    KD_OUT("hydrogen_fluoride", "kg/kg", "HF per metal"),
    KD_OUT("fluoride", "kg/kg", "REF3 per metal"),
    KD_OUT("calcium", "kg/kg", "calcium per metal"),
    KD_OUT("slag", "kg/kg", "CaF2 per metal, excess calcium and lost fluoride not counted"),
};

static kd_status thermic(double *out, const double *in, kd_work *work) {
  (void)work;
  const kd_element_id e = (kd_element_id)in[0];
  const double m = kd_elements[e].molar_mass, moles = 1 / (m * in[2]); /* REF3 per kg metal */
  out[0] = moles / in[3] * kd_oxide_molar_mass(e);
  out[1] = 3 * moles / in[3] * (1 + in[4]) * 20.006e-3;
  out[2] = moles * (m + 3 * 18.998e-3);
  out[3] = 1.5 * moles * (1 + in[1]) * 40.078e-3;
  out[4] = 1.5 / m * 78.074e-3;
  return KD_OK;
}

static const kd_field zone_in[] = {
    KD_IN("coefficient", "1", "0 exclusive", "10", "distribution coefficient k, solid over liquid"),
    KD_IN("length", "1", "1.05", "100", "bar over zone"),
    KD_IN("passes", "1", "1", "100", "passes"),
    KD_IN_OPTION("kept", "%", "80 %", "1 %", "100 %", "share of the bar kept, from its head"),
    KD_IN_OPTION("impurity", "ppm", "100 ppm", "0 ppm", "1000000 ppm", "impurity at the start"),
};
static const kd_field zone_out[] = {
    KD_OUT("single_head", "1", "C/C0 at the head after one pass, k"),
    KD_OUT("ultimate_head", "1", "C/C0 at the head after any number of passes, A"),
    KD_OUT("slope", "1", "B of A exp(B x), k = B/(e^B - 1)"),
    KD_OUT("head", "1", "C/C0 at the head after the passes"),
    KD_OUT("mean", "1", "C/C0 over the share kept after the passes"),
    KD_OUT("impurity_kept", "ppm", "impurity of what is kept"),
    KD_OUT("purity", "%", "1 less that impurity"),
};

static kd_status zone(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] == floor(in[2]), work->err, KD_E_RANGE, "passes %g: a whole number is wanted", in[2]);
  out[0] = kd_zone_single(in[0], 0);
  out[1] = kd_zone_ultimate(&out[1], &out[2], in[0], in[1], 0);
  KD_TRY(kd_zone_passes(&out[4], &out[3], in[0], in[1], (unsigned)in[2], in[3], work));
  out[5] = out[4] * in[4];
  out[6] = 1 - out[5];
out:
  return status;
}

static const kd_field zone_profile_in[] = {
    KD_IN("coefficient", "1", "0 exclusive", "10", "distribution coefficient k"),
    KD_IN("position", "1", "0", "1000", "zone lengths from the head"),
    KD_IN("length", "1", "1.05", "1000", "bar over zone"),
};
static const kd_field zone_profile_out[] = {
    KD_OUT("single", "1", "C/C0 after one pass, 1 - (1-k) exp(-k x); up to the last zone"),
    KD_OUT("ultimate", "1", "C/C0 after any number of passes, A exp(B x)"),
    KD_OUT("normal", "1", "C/C0 of normal freezing, k (1 - x/L)^(k-1)"),
};

static kd_status zone_profile(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  double a, b;
  KD_CHECK(in[1] < in[2], work->err, KD_E_RANGE, "position %g zones: must be below the length, %g", in[1], in[2]);
  out[0] = kd_zone_single(in[0], in[1]);
  out[1] = kd_zone_ultimate(&a, &b, in[0], in[2], in[1]);
  out[2] = in[0] * pow(1 - in[1] / in[2], in[0] - 1);
out:
  return status;
}

static const kd_field nuclide_in[] = {
    KD_IN_CHOICE("parent", "thorium|uranium", "natural series: Th-232, or natural uranium (U-238, U-235 beside it)"),
    KD_IN("content", "ppm", "0 ppm", NULL, "element in the feed"),
    KD_IN("to_stream", "%", "0 %", "100 %", "share of the element that goes to this stream"),
    KD_IN("mass_pull", "%", "0 % exclusive", "1000 %", "mass of the stream over mass of the feed"),
    KD_IN_OPTION("radium_to_stream", "%", "0 %", "0 %", "100 %",
                 "share of its radium (Ra-228, Ra-226) that goes there"),
    KD_IN_OPTION("limit", "Bq/g", "1 Bq/g", "0 Bq/g exclusive", NULL, "limit of activity for natural series"),
};
static const kd_field nuclide_out[] = {
    KD_OUT("feed_activity", "Bq/g", "of the head of the series in the feed: 4.06 kBq/g Th-232, 12.44 kBq/g U-238"),
    KD_OUT("stream_content", "ppm", "element in the stream"),
    KD_OUT("activity", "Bq/g", "of the head of the series in the stream"),
    KD_OUT("radium_activity", "Bq/g", "radium, in equilibrium in the feed"),
    KD_OUT("over_limit", "1", "greater of the two over the limit; above 1: under control"),
};

static kd_status nuclide(double *out, const double *in, kd_work *work) {
  (void)work;
  const double specific = kd_specific_activity(in[0] > 0 ? KD_PARENT_URANIUM : KD_PARENT_THORIUM); /* Bq/kg */
  out[0] = specific * in[1];
  out[1] = in[1] * in[2] / in[3];
  out[2] = out[0] * in[2] / in[3];
  out[3] = out[0] * in[4] / in[3];
  out[4] = fmax(out[2], out[3]) / in[5];
  return KD_OK;
}

static const kd_field alloy_in[] = {
    KD_IN("rare_earth_share", "%wt", "0 %wt", "100 %wt", "rare earths in the alloy"),
    {.name = "part",
     .unit = "1",
     .doc = "parts by mass of each rare earth among them, on any scale",
     .initial = "0",
     .low = "0",
     .labels = &kd_rey_labels},
    KD_IN_OPTION("metal_recovery", "%", "94 %", "1 %", "100 %", "metal over metal of the oxide, in the cells"),
    KD_IN_OPTION("melt_loss", "%", "1 %", "0 %", "50 %", "rare earth burnt in melting the alloy"),
};
static const kd_field alloy_out[] = {
    KD_OUT("rare_earth", "kg/kg", "rare-earth metal per alloy, with what burns"),
    KD_OUT("other", "kg/kg", "iron, boron and the rest per alloy"),
    {.name = "oxide", .unit = "kg/kg", .doc = "oxide of each per alloy", .labels = &kd_rey_labels},
};

static kd_status alloy(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double *part = in + 1, *more = part + KD_REY;
  double all = 0;
  for (int e = 0; e < KD_REY; e++) all += part[e];
  KD_CHECK(all > 0, work->err, KD_E_MISSING, "no part_* is given: at least one rare earth is wanted");
  out[0] = in[0] / (1 - more[1]);
  out[1] = 1 - in[0];
  for (int e = 0; e < KD_REY; e++) out[2 + e] = out[0] * part[e] / all / more[0] * kd_oxide_per_metal((kd_element_id)e);
out:
  return status;
}

const kd_kernel kd_process_metal_kernels[] = {
    KD_KERNEL("process.heat.leach", leach_heat, "Heat balance of the leach."),
    KD_KERNEL("process.heat.neutralisation", neutral_heat, "Heat of neutralisation."),
    KD_KERNEL("process.heat.kiln", kiln, "Heat balance of calcining an oxalate."),
    KD_KERNEL("process.metal.cell", cell, "A molten-salt cell: output, voltage, energy, carbon, PFC."),
    KD_KERNEL("process.metal.calciothermic", thermic, "Metal by calcium from the fluoride (Dy, Tb, heavies)."),
    KD_KERNEL("process.metal.alloy", alloy, "Oxides and metals for an alloy."),
    KD_KERNEL("process.zone.passes", zone, "Zone refining: impurity left after a number of passes."),
    KD_KERNEL("process.zone.profile", zone_profile, "Zone refining: Pfann's closed forms along the bar."),
    KD_KERNEL("process.radioactivity", nuclide, "Activity of a stream by the shares of Th, U and Ra it takes."),
    {.name = NULL},
};
