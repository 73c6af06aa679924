// SPDX-License-Identifier: Apache-2.0
/* Chooses the structures of a model: every candidate is fitted, the least of Akaike's criterion wins. */
#ifndef KD_DEPOSIT_VARIOGRAM_CHOICE_H
#define KD_DEPOSIT_VARIOGRAM_CHOICE_H

#include "deposit/variogram_fit.h"

#define KD_FAMILIES_MAX 6
#define KD_CHOICES_MAX  (2 * (KD_FAMILIES_MAX + KD_FAMILIES_MAX * (KD_FAMILIES_MAX + 1) / 2))

typedef struct kd_choice_rule {
  kd_structure_kind family[KD_FAMILIES_MAX]; /* that structures may be of */
  size_t families;
  double shape;         /* of those that have one (Matern, stable ...); NaN: the usual */
  size_t structures;    /* with a range, at most: 1 or 2 */
  bool nugget;          /* may have one */
  bool layers;          /* may have a structure without end across: wants vertical */
  bool vertical;        /* ranges down the cores of their own */
  bool anisotropy;      /* an ellipse across, the same for all structures */
  double sill;          /* 0: not known */
  kd_fit_weight weight; /* as in kd_fit_rule */
} kd_choice_rule;

typedef struct kd_choice {
  kd_fit fit; /* structures of sill 0 are left out */
  size_t parameters;
  double aic; /* corrected for few lags; infinite: more parameters than the lags can tell */
} kd_choice;

typedef struct kd_choices {
  size_t count, lags;
  kd_choice choice[KD_CHOICES_MAX]; /* least aic first */
} kd_choices;

/* Errors: those of kd_variogram_fit; KD_E_RANGE for a rule without families. */
kd_status kd_variogram_choose(kd_choices *out, const kd_fit_lags *lags, const kd_choice_rule *rule, kd_arena *arena,
                              kd_error *err);

/* Families of a list "spherical, exponential"; gstat's letters do as well. KD_E_CHOICE, KD_E_SIZE, KD_E_MODEL for one
 * without sill or range. */
kd_status kd_families_read(kd_choice_rule *out, const char *text, kd_error *err);

#endif
