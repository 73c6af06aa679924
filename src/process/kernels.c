// SPDX-License-Identifier: Apache-2.0
/* The equations of the first forms, by name, for `kaidei eval`. The evaluators stand in the headers included here, by
 * topic; kernels_extraction.c and kernels_plant.c hold the others. */
#include "process/kernels.h"

#include "process/plant.h"
#include "process/tables.h"

#include "process/kernels_classify.h"
#include "process/kernels_leach.h"
#include "process/kernels_refine.h"
#include "process/kernels_separation.h"
#include "process/kernels_sorption.h"

const kd_kernel kd_process_kernels[] = {
    KD_KERNEL("process.cyclone.plitt", plitt,
              "Hydrocyclone after Plitt (Dc Di Do Du h in cm, Q in L/min, rho in g/cm3)."),
    KD_KERNEL("process.cyclone.coelho_medronho", coelho_medronho, "Small hydrocyclone after Coelho and Medronho (SI)."),
    KD_KERNEL("process.cyclone.nageswararao", nageswararao,
              "Hydrocyclone after Nageswararao (JKMRC; SI, cone angle in degrees in the powers)."),
    KD_KERNEL("process.cyclone.partition", partition,
              "Partition (efficiency) curve of a hydrocyclone at one grain size."),
    KD_KERNEL("process.cyclone.partition_lognormal", partition_lognormal,
              "Partition curve taken over a lognormal size distribution by mass."),
    KD_KERNEL("process.cyclone.upgrade", upgrade, "Mass pull, recovery and upgrade of a mud of two minerals."),
    KD_KERNEL("process.leach.recovery", leach_recovery, "Leach recovery of REY without cerium."),
    KD_KERNEL("process.leach.core_conversion", core_conversion,
              "Conversion of a grain by a shrinking-core or Avrami law."),
    KD_KERNEL("process.leach.core_time", core_time, "Time to a conversion by a shrinking-core or Avrami law."),
    KD_KERNEL("process.leach.core_rate", core_rate, "Rate of a surface-controlled shrinking core in acid."),
    KD_KERNEL("process.leach.arrhenius", arrhenius, "Rate constant at another temperature by Arrhenius' law."),
    KD_KERNEL("process.leach.acid_demand", acid_demand,
              "Acid by the stoichiometry of bioapatite, taken as fluorapatite."),
    KD_KERNEL("process.leach.neutralisation", neutralisation, "Base that neutralises what acid is left."),
    KD_KERNEL("process.xu.minimum", xu_minimum, "Least mixed extraction and scrub of a cut after Xu (minimum reflux)."),
    KD_KERNEL("process.xu.practical", xu_practical, "Scrub and mixed extraction by the rule of practice."),
    KD_KERNEL("process.xu.products", xu_products, "Moles and yields of the two products of a cut."),
    KD_KERNEL("process.xu.design", xu_design, "Xu's closed-form design of a cut."),
    KD_KERNEL("process.xu.optimum", xu_optimum, "Design of most product per mixer volume after Xu."),
    KD_KERNEL("process.xu.exact", xu_exact, "Exact stage count of a cut of constant separation factor (Smoker)."),
    KD_KERNEL("process.fenske", fenske, "Least number of stages after Fenske."),
    KD_KERNEL("process.kremser.raffinate", kremser,
              "Raffinate of a countercurrent bank at constant distribution (Kremser)."),
    KD_KERNEL("process.kremser.stages", kremser_stages,
              "Stages of a countercurrent bank at constant distribution (Kremser)."),
    KD_KERNEL("process.crosscurrent", crosscurrent, "Extraction by repeated contact with fresh solvent."),
    KD_KERNEL("process.reagent_floor", reagent_floor, "Base and acid of a cut, 3 S each; the floor at S_min."),
    KD_KERNEL("process.train", train, "Sequence of cuts of least reagent and their stages, built-in P507 set."),
    KD_KERNEL("process.electrolysis", faraday, "Charge, energy, oxide and carbon of a molten-salt cell."),
    KD_KERNEL("process.oxalate.dose", oxalic, "Oxalic acid by stoichiometry."),
    KD_KERNEL("process.oxalate.isotherm", isotherm, "Share precipitated by the dose isotherm."),
    KD_KERNEL("process.calcination", calcination, "Heat of calcination of the oxalate decahydrate."),
    KD_KERNEL("process.extraction.d2ehpa", distribution, "Distribution of a rare earth with D2EHPA, with its window."),
    KD_KERNEL("process.extraction.d2ehpa_factor", factor, "Separation factor of a pair with D2EHPA."),
    KD_KERNEL("process.extraction.mass_action", mass_action,
              "Distribution by mass action from an extraction constant."),
    KD_KERNEL("process.extraction.factor", beta_ph, "Separation factor from two half-extraction pH."),
    KD_KERNEL("process.sorption.langmuir", langmuir, "Langmuir isotherm."),
    KD_KERNEL("process.sorption.langmuir_pair", langmuir_pair, "Competitive Langmuir isotherm of two solutes."),
    KD_KERNEL("process.sorption.freundlich", freundlich, "Freundlich isotherm."),
    KD_KERNEL("process.sorption.bohart_adams", bohart_adams, "Breakthrough of a column with irreversible sorption."),
    KD_KERNEL("process.sorption.thomas", thomas, "Breakthrough of a column with Langmuir kinetics (Thomas)."),
    KD_KERNEL("process.sorption.thomas_j", thomas_j, "The J function of Thomas' solution."),
};

_Static_assert(KD_COUNT(kd_process_kernels) == KD_PROCESS_KERNELS, "KD_PROCESS_KERNELS is the number of kernels");
