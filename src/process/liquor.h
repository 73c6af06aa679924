// SPDX-License-Identifier: Apache-2.0
/* The liquors of the plant: acid leach, impurity removal, oxalate and carbonate, with all fifteen rare earths. mol/L.
 */
#ifndef KD_PROCESS_LIQUOR_H
#define KD_PROCESS_LIQUOR_H

#include <stdbool.h>

#include "base/elements.h"
#include "base/work.h"

typedef enum kd_ion {
  KD_ION_H,
  KD_ION_NA,
  KD_ION_CA,
  KD_ION_MG,
  KD_ION_AL,
  KD_ION_FE,
  KD_ION_MN,
  KD_ION_SO4,
  KD_ION_PO4,
  KD_ION_F,
  KD_ION_OX, /* C2O4 2- */
  KD_ION_CO3,
  KD_ION_CL,
  KD_ION_RE, /* KD_REY of them from here */
  KD_IONS = KD_ION_RE + KD_REY
} kd_ion;

typedef enum kd_liquor_solid {
  KD_SOLID_GYPSUM,
  KD_SOLID_FE_HYDROXIDE,
  KD_SOLID_AL_HYDROXIDE,
  KD_SOLID_FE_PHOSPHATE,
  KD_SOLID_FLUORITE,
  KD_SOLID_CA_OXALATE,
  KD_SOLID_CALCITE,
  KD_SOLID_HYDROXYAPATITE,
  KD_SOLID_RE_HYDROXIDE,
  KD_SOLID_RE_PHOSPHATE,
  KD_SOLID_RE_DOUBLE_SULFATE,
  KD_SOLID_RE_OXALATE,
  KD_SOLID_RE_CARBONATE,
  KD_SOLID_RE_FLUORIDE,
  KD_LIQUOR_SOLIDS
} kd_liquor_solid;

typedef struct kd_liquor {
  double total[KD_IONS];          /* mol/L in solution and solids; H: strong acid less base, the proton balance */
  double ph;                      /* NaN: from the proton balance */
  double temperature;             /* K */
  double log_k[KD_LIQUOR_SOLIDS]; /* shift of log10 of the solubility product from the table's; more: more soluble */
  bool allowed[KD_LIQUOR_SOLIDS];
} kd_liquor;

typedef struct kd_liquor_result {
  double ph, ionic_strength;
  double free_acid;                            /* mol/L H+ */
  double protons;                              /* proton balance: acid less base that gives this pH, mol/L */
  double dissolved[KD_IONS];                   /* mol/L */
  double solid[KD_LIQUOR_SOLIDS];              /* mol of the formula per L, all rare earths together */
  double rare_earth[KD_LIQUOR_SOLIDS][KD_REY]; /* mol of the element per L in each solid */
} kd_liquor_result;

/* All solids allowed but those of rare-earth carbonate; no shift, 25 C, pH from the proton balance. */
void kd_liquor_init(kd_liquor *self);

kd_status kd_liquor_solve(kd_liquor_result *out, const kd_liquor *in, kd_work *work);

#endif
