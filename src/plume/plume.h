// SPDX-License-Identifier: Apache-2.0
/* Plume: where the solids go that the mining stirs up and the return water carries; a steady analytic field.
 * SI. docs/theory/plume.md tells the model. */
#ifndef KD_PLUME_PLUME_H
#define KD_PLUME_PLUME_H

#include "base/stage.h"
#include "base/work.h"
#include "exchange/released.h"

enum { KD_BED_SETTLING, KD_BED_SINK };       /* bed: deposit by the settling flux alone, or stuck on first touch */
enum { KD_SETTLING_TABLE, KD_SETTLING_LAW }; /* settling: velocities of the table, or by size and density */

#define KD_PLUME_CLASSES 16 /* at most */

typedef struct kd_plume_params {
  const kd_table *classes;
  int settling, bed;
  double current, direction_spread, horizontal_diffusivity, vertical_diffusivity, bottom_diffusivity, eddy_diffusivity;
  double escape_share, bed_cloud, insertion_area, collector_height;
  double return_depth, buoyancy_frequency, entrainment, near_field_current;
  double deposit_density, domain, floc_factor;
  double thickness_low, thickness_high, concentration_low, concentration_high;
} kd_plume_params;

typedef struct kd_plume_result {
  double released_mass, collector_mass, return_mass;
  double bed_mass, far_mass; /* of the collector: settled from the bed cloud, handed to the far field */
  double deposited_mass, beyond_mass, beyond_share;
  double run_out, blanket_area, blanket_thickness;
  double area_low, area_high; /* thicker than thickness_low, thickness_high, all releases */
  double collector_area_low, collector_area_high, return_area_low, return_area_high, return_peak;
  double collector_volume_low, collector_volume_high, return_volume_low, return_volume_high;
  double collector_flux_low, return_flux_low;
  double collector_reach_low, return_reach_low;
  double return_neutral_depth, return_fall, return_dilution;
  double settling_mean;
} kd_plume_result;

extern const kd_stage kd_plume_stage;

/* Finds the footprint of a year's release. Errors: KD_E_MISSING (no classes), KD_E_RANGE (shares of the classes that do
 * not add up to 1, more than KD_PLUME_CLASSES rows). */
kd_status kd_plume_run(kd_plume_result *out, const kd_plume_params *p, const kd_released *released, kd_work *work);

#endif
