// SPDX-License-Identifier: Apache-2.0
/* A rate of mud on its basis, and the apatite in it.
 *
 *   w = (1 - rd/rs) rf / rd                            wet mud:    s = 1 / (1 + w)                       (1)
 *   s = c rs / (c rs + (1 - c) rf)                     slurry                                            (2)
 *   s = 1                                              dry solids                                        (3)
 *   a = (T - Tc) / (Ta - Tc), not below 0                                                                (4)
 *
 *   s  dry solid in the basis [kg/kg]           rd dry bulk density [kg/m3]     T  REY of the mud      [kg/kg]
 *   w  water, dry basis       [kg/kg]           rs grain density    [kg/m3]     Tc REY of the clay     [kg/kg]
 *   c  solids by volume       [m3/m3]           rf water            [kg/m3]     Ta REY of the apatite  [kg/kg]
 *   a  apatite, the coarse mineral [kg/kg dry]
 *
 * Source    definitions; (4) mixing of two components, REY of apatite grains at the site 9,300-32,000 ppm (Kon et al.
 *           2014, Resource Geology). Printed rates never name their basis: it changes the solids 2.5 times.
 * Weakness  (4) takes one grade for all apatite grains; salt of the pore water counts as water.
 */
#include "mineplan/rate.h"

#include <math.h>

#include "base/error.h"

kd_status kd_water_ratio(double *out, double dry_density, double grain_density, double pore_density, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(dry_density > 0.0 && dry_density < grain_density, err, KD_E_CONTRADICTION,
           "dry density %g t/m3 must be above 0 t/m3 and below the grain density %g t/m3", dry_density * 1e-3,
           grain_density * 1e-3);
  *out = (1.0 - dry_density / grain_density) * pore_density / dry_density;
out:
  return status;
}

double kd_slurry_solids(double solids, double grain_density, double water_density) {
  const double dry = solids * grain_density;
  return dry / (dry + (1.0 - solids) * water_density);
}

kd_status kd_basis_solids(double *out, kd_basis basis, double dry_density, double grain_density, double pore_density,
                          double slurry_solids, kd_error *err) {
  kd_status status = KD_OK;
  double water = 0.0;
  if (basis == KD_BASIS_WET_MUD) {
    KD_TRY(kd_water_ratio(&water, dry_density, grain_density, pore_density, err));
    *out = 1.0 / (1.0 + water);
  } else if (basis == KD_BASIS_SLURRY) {
    KD_CHECK(!isnan(slurry_solids), err, KD_E_MISSING, "a rate of slurry needs slurry_solids, its solids by volume");
    KD_CHECK(slurry_solids > 0.0 && slurry_solids <= 1.0, err, KD_E_RANGE,
             "slurry_solids %g %%vol: must be above 0 %%vol", slurry_solids * 100.0);
    *out = kd_slurry_solids(slurry_solids, grain_density, pore_density);
  } else {
    *out = 1.0;
  }
out:
  return status;
}

kd_status kd_apatite_share(double *out, double rey, double clay_grade, double apatite_grade, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(apatite_grade > clay_grade, err, KD_E_CONTRADICTION,
           "apatite grade %g ppm must be above the clay grade %g ppm", apatite_grade * 1e6, clay_grade * 1e6);
  KD_CHECK(rey <= apatite_grade, err, KD_E_MODEL,
           "REY %g ppm is above that of pure apatite, %g ppm; lower the grade or raise apatite_grade", rey * 1e6,
           apatite_grade * 1e6);
  *out = rey > clay_grade ? (rey - clay_grade) / (apatite_grade - clay_grade) : 0.0;
out:
  return status;
}
