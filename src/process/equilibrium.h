// SPDX-License-Identifier: Apache-2.0
/* Distribution of rare earths between an acidic extractant and an aqueous phase, from records with their window. */
#ifndef KD_PROCESS_EQUILIBRIUM_H
#define KD_PROCESS_EQUILIBRIUM_H

#include <stdbool.h>

#include "base/elements.h"

typedef enum kd_evidence { KD_MEASURED, KD_INTERPOLATED, KD_EXTRAPOLATED } kd_evidence;

/* log10 D = a + p pH + n log10(c / c0), c dimer of the extractant. */
typedef struct kd_extraction_record {
  const char *name, *medium, *source;
  double slope_ph;        /* p */
  double slope_dimer;     /* n */
  double reference_dimer; /* c0, mol/m3 */
  double ph_low, ph_high; /* window of the data */
  double a[KD_REY];
  kd_evidence evidence[KD_REY];
  double spread[KD_REY]; /* half-width of log10 D */
} kd_extraction_record;

extern const kd_extraction_record kd_record_d2ehpa;

double kd_log_distribution(const kd_extraction_record *record, kd_element_id element, double ph, double dimer);
/* pH at which D is 1. */
double kd_half_ph(const kd_extraction_record *record, kd_element_id element, double dimer);
bool kd_record_covers(const kd_extraction_record *record, double ph);

#endif
