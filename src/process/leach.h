// SPDX-License-Identifier: Apache-2.0
/* Acid leach of the mud: what dissolves, what falls out again, and the acid it takes. SI. */
#ifndef KD_PROCESS_LEACH_H
#define KD_PROCESS_LEACH_H

#include "base/error.h"

#define KD_GAS_CONSTANT 8.31446261815324 /* J/(mol K), CODATA 2018 */

typedef enum kd_acid { KD_ACID_HCL, KD_ACID_H2SO4 } kd_acid;

/* Calibration of the leach curve for one acid; see leach.c. */
typedef struct kd_leach_curve {
  double best;       /* recovery of REY less Ce at the published optimum */
  double strong;     /* mol/m3: upper end of the published best window; loss begins above */
  double warm;       /* K: temperature of the optimum */
  double late;       /* s: upper end of the published best time */
  double acid_loss;  /* m3/mol: fall of ln recovery per mol/m3 of acid above `strong` */
  double heat_loss;  /* 1/K: fall of ln recovery per kelvin above `warm` */
  double time_loss;  /* fall of ln recovery per e-fold of time beyond `late` */
  double molar_mass; /* kg/mol of the acid */
  double protons;    /* protons that one molecule gives */
} kd_leach_curve;

extern const kd_leach_curve kd_leach_curves[2]; /* by kd_acid */

/* Share of the bioapatite dissolved, (1)-(2) of leach.c. molarity mol/m3, time s, temperature K. */
double kd_leach_dissolved(double molarity, double time, double temperature);

/* Recovery of REY less Ce into solution. decline scales the losses beyond the optimum (1: as calibrated). */
double kd_leach_recovery(kd_acid acid, double molarity, double time, double temperature, double decline);

typedef enum kd_core_law { KD_CORE_SURFACE, KD_CORE_ASH, KD_CORE_AVRAMI } kd_core_law;

/* Conversion 0..1 after k t (dimensionless); order: Avrami exponent. */
double kd_core_conversion(kd_core_law law, double kt, double order);
/* k t that gives a conversion; the inverse of the above. */
double kd_core_time(kd_core_law law, double conversion, double order);

/* mol H+ per kg of bioapatite, Ca5(PO4)3F + 10 H+ -> 5 Ca2+ + 3 H3PO4 + HF. */
double kd_apatite_protons(void);

#define KD_APATITE_MOLAR_MASS 504.298e-3 /* kg/mol Ca5(PO4)3F, IUPAC 2021 weights */
#define KD_APATITE_PROTONS    10.0       /* mol H+ per mol, products Ca2+, H3PO4, HF */

#endif
