// SPDX-License-Identifier: Apache-2.0
/* A rate of mud on its basis: wet mud in place, slurry in the pipe, or dry solids. */
#ifndef KD_MINEPLAN_RATE_H
#define KD_MINEPLAN_RATE_H

#include "mineplan/mineplan.h"

/* kg water per kg dry solid of a saturated mud in place. KD_E_CONTRADICTION unless 0 < dry density < grain density. */
kd_status kd_water_ratio(double *out, double dry_density, double grain_density, double pore_density, kd_error *err);

/* kg dry solid per kg slurry of this share of solids by volume. */
double kd_slurry_solids(double solids, double grain_density, double water_density);

/* kg dry solid per kg of the basis. KD_E_MISSING for a slurry without solids. */
kd_status kd_basis_solids(double *out, kd_basis basis, double dry_density, double grain_density, double pore_density,
                          double slurry_solids, kd_error *err);

/* kg apatite per kg dry solid, from REY between clay and pure apatite; KD_E_MODEL above the latter. */
kd_status kd_apatite_share(double *out, double rey, double clay_grade, double apatite_grade, kd_error *err);

#endif
