// SPDX-License-Identifier: Apache-2.0
/* Leach of rare-earth mud by its minerals: what dissolves, what falls out again, and why. */
#ifndef KD_PROCESS_LEACH_MUD_H
#define KD_PROCESS_LEACH_MUD_H

#include "process/leach.h"
#include "process/liquor.h"

typedef struct kd_mud_leach {
  kd_acid acid;
  double molarity;                                            /* mol/L of the acid fed */
  double liquid_solid;                                        /* L/kg */
  double time, temperature;                                   /* s, K */
  unsigned tanks;                                             /* 0: batch */
  bool seawater;                                              /* the acid is made up with sea water */
  bool reductant;                                             /* hydrogen peroxide: the manganese oxide dissolves */
  double apatite, calcite, clay, iron_oxide, manganese_oxide; /* kg/kg dry */
  double grade[KD_REY];                                       /* kg/kg dry */
  double cerium_oxidised; /* share of the cerium that is tetravalent, in manganese oxide */
  double double_sulfate;  /* log10 of the solubility product of NaRE(SO4)2 */
} kd_mud_leach;

typedef struct kd_mud_leach_result {
  double recovery[KD_REY], recovery_rey;             /* the latter without cerium */
  double ph, free_acid;                              /* at the end; mol/L */
  double apatite, clay, manganese, iron;             /* shares dissolved */
  double acid_taken;                                 /* mol H+ per kg dry */
  double liquor[KD_IONS];                            /* mol/L */
  double gypsum;                                     /* mol per L */
  double refractory, gel, phosphate, double_sulfate; /* shares of REY less Ce: not reached, taken up, fallen */
} kd_mud_leach_result;

void kd_mud_leach_init(kd_mud_leach *self); /* the mud above 5,000 ppm of the published experiments */

kd_status kd_mud_leach_solve(kd_mud_leach_result *out, const kd_mud_leach *in, kd_work *work);

#endif
