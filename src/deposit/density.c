// SPDX-License-Identifier: Apache-2.0
/* Densities of water-saturated mud.
 *
 *   n = 1 - rd/rs        rw = rd + n rf        w = n rf / rd        m = n rf / rw                        (1)
 *   rd = (1 - n) rs                                                                                      (2)
 *
 *   rd  dry bulk density, dry solid per volume in place [kg/m3]    n  porosity                     [m3/m3]
 *   rs  grain density                                   [kg/m3]    w  water, dry basis             [kg/kg dry]
 *   rf  density of the pore water                       [kg/m3]    m  water content, wet basis     [kg/kg wet]
 *   rw  wet bulk density                                [kg/m3]
 *
 * Source    definitions (e.g. Lambe and Whitman 1969, ch. 3).
 * Range     saturated, no gas.
 * Weakness  the salt of the pore water counts as water: an oven-dry mass holds about 3.5 % of w as salt on top of the
 *           dry solid meant here.
 */
#include "deposit/density.h"

#include "base/error.h"

kd_status kd_mud_state_from(kd_mud_state *out, double dry_density, double grain_density, double pore_density,
                            kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(dry_density > 0.0 && dry_density < grain_density, err, KD_E_CONTRADICTION,
           "dry density %g kg/m3 must be above 0 and below the grain density %g kg/m3", dry_density, grain_density);
  out->porosity = 1.0 - dry_density / grain_density;
  out->solids = dry_density / grain_density;
  out->wet_density = dry_density + out->porosity * pore_density;
  out->water_ratio = out->porosity * pore_density / dry_density;
  out->water_content = out->porosity * pore_density / out->wet_density;
out:
  return status;
}

double kd_mud_dry_density(double porosity, double grain_density) {
  return (1.0 - porosity) * grain_density;
}
