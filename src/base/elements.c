// SPDX-License-Identifier: Apache-2.0
/* Molar masses: IUPAC standard atomic weights 2021 (abridged), g/mol, here in kg/mol; oxygen 15.999. */
#include "base/elements.h"

#include <ctype.h>
#include <string.h>

#define KD_OXYGEN_MOLAR_MASS 15.999e-3 /* kg/mol, IUPAC 2021 */

const kd_element kd_elements[KD_ELEMENTS] = {
    {"La", "la", "lanthanum", "La2O3", 138.905e-3, 2, 3, false},
    {"Ce", "ce", "cerium", "CeO2", 140.116e-3, 1, 2, false},
    {"Pr", "pr", "praseodymium", "Pr6O11", 140.908e-3, 6, 11, false},
    {"Nd", "nd", "neodymium", "Nd2O3", 144.242e-3, 2, 3, false},
    {"Sm", "sm", "samarium", "Sm2O3", 150.36e-3, 2, 3, false},
    {"Eu", "eu", "europium", "Eu2O3", 151.964e-3, 2, 3, true},
    {"Gd", "gd", "gadolinium", "Gd2O3", 157.25e-3, 2, 3, true},
    {"Tb", "tb", "terbium", "Tb4O7", 158.925e-3, 4, 7, true},
    {"Dy", "dy", "dysprosium", "Dy2O3", 162.5e-3, 2, 3, true},
    {"Ho", "ho", "holmium", "Ho2O3", 164.930e-3, 2, 3, true},
    {"Er", "er", "erbium", "Er2O3", 167.259e-3, 2, 3, true},
    {"Tm", "tm", "thulium", "Tm2O3", 168.934e-3, 2, 3, true},
    {"Yb", "yb", "ytterbium", "Yb2O3", 173.045e-3, 2, 3, true},
    {"Lu", "lu", "lutetium", "Lu2O3", 174.967e-3, 2, 3, true},
    {"Y", "y", "yttrium", "Y2O3", 88.906e-3, 2, 3, true},
    {"Sc", "sc", "scandium", "Sc2O3", 44.956e-3, 2, 3, false},
};

static const char *const keys[KD_ELEMENTS] = {"la", "ce", "pr", "nd", "sm", "eu", "gd", "tb",
                                              "dy", "ho", "er", "tm", "yb", "lu", "y",  "sc"};

const kd_labels kd_element_labels = {keys, KD_ELEMENTS};
const kd_labels kd_rey_labels = {keys, KD_REY};

double kd_oxide_molar_mass(kd_element_id element) {
  const kd_element *e = &kd_elements[element];
  return e->molar_mass + KD_OXYGEN_MOLAR_MASS * e->oxide_oxygens / e->oxide_cations;
}

double kd_oxide_factor(kd_element_id element) {
  return kd_oxide_molar_mass(element) / kd_elements[element].molar_mass;
}

int kd_element_find(const char *text) {
  for (int i = 0; i < KD_ELEMENTS; i++) {
    const char *a = kd_elements[i].key, *b = text;
    while (*a != '\0' && *a == (char)tolower((unsigned char)*b)) a++, b++;
    if (*a == '\0' && *b == '\0') return i;
  }
  return -1;
}
