// SPDX-License-Identifier: Apache-2.0
/* The 15 rare earths of the mud (La..Lu without Pm, and Y) and scandium.
 * Order: by atomic number La..Lu, then Y, then Sc; the first KD_REY entries are "REY". */
#ifndef KD_BASE_ELEMENTS_H
#define KD_BASE_ELEMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/labels.h"

typedef enum kd_element_id {
  KD_LA,
  KD_CE,
  KD_PR,
  KD_ND,
  KD_SM,
  KD_EU,
  KD_GD,
  KD_TB,
  KD_DY,
  KD_HO,
  KD_ER,
  KD_TM,
  KD_YB,
  KD_LU,
  KD_Y,
  KD_SC,
  KD_ELEMENTS,
  KD_REY = KD_SC
} kd_element_id;

typedef struct kd_element {
  const char *symbol;   /* "La" */
  const char *key;      /* "la": in keys of parameters and outputs */
  const char *name;     /* "lanthanum" */
  const char *oxide;    /* "La2O3", "CeO2", "Pr6O11", "Tb4O7" */
  double molar_mass;    /* kg/mol of the element */
  double oxide_cations; /* cations in one formula of the oxide */
  double oxide_oxygens; /* oxygens in one formula of the oxide */
  bool heavy;           /* heavy by the definition Eu..Lu, Y (Takaya et al. 2018) */
} kd_element;

extern const kd_element kd_elements[KD_ELEMENTS];
extern const kd_labels kd_element_labels; /* the 16 keys */
extern const kd_labels kd_rey_labels;     /* the 15 REY keys */

/* Mass of oxide per mass of element, [kg/kg]: (M + 16 x / y) / M for M_y O_x. */
double kd_oxide_factor(kd_element_id element);

/* Molar mass of one cation's share of the oxide [kg/mol]. */
double kd_oxide_molar_mass(kd_element_id element);

/* Index of a symbol or key ("Tb", "tb"), or -1. */
int kd_element_find(const char *text);

#endif
