// SPDX-License-Identifier: Apache-2.0
/* The speciation solver as a data kernel. */
#include "process/kernels.h"
#include "process/tableau.h"
#include "process/tables.h"

static const kd_data_slot speciation_data[] = {
    {.name = "components",
     .columns = "component, total [mol/L]?, log_activity [1]?, charge [1]?",
     .doc =
         "What the species are made of; each with its total (solution and solids together, may be negative for H) or "
         "with a fixed log10 activity (H: -pH). Water is no component: its activity is one."},
    {.name = "species",
     .columns = "species, log_k [1], charge [1]?, ...",
     .doc = "Species formed from the components: log10 of the formation constant (mol/L), and a column for each "
            "component with its coefficient, empty for none: OH = H2O - H has -1 under H and log_k -14.",
     .optional = true},
    {.name = "solids",
     .columns = "solid, log_k [1], initial [mol/L]?, log_activity [1]?, kind?, ...",
     .doc =
         "Solids: log10 of the solubility product, solid = components, with a column for each component as above. "
         "initial: there at the start, over the totals. kind buffer: a phase held in equilibrium in any amount, such "
         "as a gas with log_activity its log10 fugacity; else a solid that falls only when saturated.",
     .optional = true},
    {.name = "sit",
     .columns = "ion, other, epsilon [1]",
     .doc = "Coefficients of the specific ion interaction theory in kg/mol, by names of components and species.",
     .optional = true},
};
static const kd_field speciation_in[] = {
    KD_IN_CHOICE_OPTION("activity", "none|davies|sit", "none",
                        "activity coefficients; none: the constants are conditional and used as they are"),
    {.name = "ionic_strength",
     .unit = "mol/L",
     .doc = "ionic strength of the activity coefficients; not given: from the species and their charges",
     .initial = "none",
     .low = "0 mol/L",
     .high = "50 mol/L"},
    KD_IN_OPTION("debye_huckel", "1", "0.509", "0.1", "2", "constant A of the activity coefficients, log10"),
    KD_IN_OPTION("davies_limit", "mol/L", "0.5 mol/L", "0 mol/L", "10 mol/L",
                 "ionic strength beyond which Davies' coefficients stay as they are"),
    KD_IN_OPTION("balance", "1", "0", "0", "1000",
                 "number of the component (from 1) whose total follows from charge balance; 0: none"),
};
static const kd_field speciation_out[] = {
    {.name = "kind", .unit = "", .doc = "component, species, solid, solution"},
    {.name = "name", .unit = "", .doc = "as given; solution: ionic_strength, charge (its error)"},
    KD_OUT("amount", "mol/L", "component: its free form; solid: what there is at the end"),
    KD_OUT("log_activity", "1", "log10 of the activity; solid: of IAP/K, the saturation index"),
    KD_OUT("log_gamma", "1", "log10 of the activity coefficient"),
    KD_OUT("dissolved", "mol/L", "component: all of it in solution"),
    KD_OUT("total", "mol/L", "component: all of it, solids with it"),
};

const kd_kernel kd_process_speciation_kernels[] = {
    {.name = "process.speciation",
     .summary = "Equilibrium of a solution with its species and solids, for any tableau.",
     .inputs = speciation_in,
     .input_count = KD_COUNT(speciation_in),
     .outputs = speciation_out,
     .output_count = KD_COUNT(speciation_out),
     .data = speciation_data,
     .data_count = KD_COUNT(speciation_data),
     .eval_table = kd_tableau_eval},
    {.name = NULL},
};
