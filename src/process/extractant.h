// SPDX-License-Identifier: Apache-2.0
/* Records of extractants: what is published of each rare earth, with medium, window, basis and evidence. */
#ifndef KD_PROCESS_EXTRACTANT_H
#define KD_PROCESS_EXTRACTANT_H

#include "base/elements.h"
#include "base/error.h"

typedef enum kd_extractant_form {
  KD_FORM_MASS_ACTION, /* log10 D = a + 3 pH + n log10(c / c0) */
  KD_FORM_LINE,        /* log10 D = a + b pH, at one strength */
  KD_FORM_CONSTANT     /* log10 D = a, at one medium and strength */
} kd_extractant_form;

typedef enum kd_extractant_evidence {
  KD_EVIDENCE_MEASURED,
  KD_EVIDENCE_INTERPOLATED,
  KD_EVIDENCE_EXTRAPOLATED,
  KD_EVIDENCE_NONE /* nothing published at hand: cannot be known */
} kd_extractant_evidence;

typedef struct kd_extractant_row {
  kd_element_id element;
  double a, b;
  kd_extractant_evidence evidence;
  double spread; /* half-width of log10 D; NaN: not stated */
} kd_extractant_row;

typedef struct kd_extractant {
  const char *key, *name, *medium, *basis, *source;
  kd_extractant_form form;
  double order, reference; /* n, c0 in mol/m3; NaN where the form has none */
  double ph_low, ph_high;  /* window of the data; NaN: not stated */
} kd_extractant;

#define KD_EXTRACTANTS 12
#define KD_EXTRACTANT_CHOICES                                                                                          \
  "p204|p507|cyanex272|p204_6pct|p204_10pct|p507_006m|p507_10pct|p507_26pct|cyanex572_10pct|tbp_nitrate|"              \
  "naphthenic_acid|aliquat336_nitrate"

extern const kd_extractant kd_extractants[KD_EXTRACTANTS];

/* The constants of a record for a rare earth; KD_EVIDENCE_NONE where nothing is published. */
kd_extractant_row kd_extractant_find(size_t record, kd_element_id element);

/* log10 D. strength: free extractant, mol/m3, in the record's basis (mass action alone). KD_E_MODEL where nothing is
 * published. */
kd_status kd_extractant_log_d(double *out, const kd_extractant *self, const kd_extractant_row *row, double ph,
                              double strength, kd_error *err);

#endif
