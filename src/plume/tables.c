// SPDX-License-Identifier: Apache-2.0
/* Parameters and outcome of the plume stage. A NULL source marks a planning assumption. */
#include "plume/tables.h"

#include <math.h>
#include <stddef.h>

#define NUMBER(name, unit_, initial_, low_, high_, source_, doc_)                                                      \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_NUMBER, .unit = unit_, .initial = initial_, .low = low_, .high = high_,             \
    .doc = doc_, .source = source_, .offset = offsetof(kd_plume_params, name)                                          \
  }
#define CHOICE(name, initial_, choices_, doc_)                                                                         \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_CHOICE, .unit = "1", .initial = initial_, .choices = choices_, .doc = doc_,         \
    .offset = offsetof(kd_plume_params, name)                                                                          \
  }

/* clang-format off */
static const kd_param params[] = {
  {.key = "classes", .kind = KD_PARAM_TABLE, .unit = "1", .initial = "data/plume/classes.csv",
   .columns = "class, share [1], size [um], settling [m/s], floc", .doc = "Size classes of the released solids: share of the mass, size, settling velocity, and whether they are flocs.",
   .offset = offsetof(kd_plume_params, classes)},
  CHOICE(settling, "table", "table|law", "Settling velocities as in the table, or by size: Ferguson and Church for grains, Winterwerp for flocs."),
  CHOICE(bed, "settling", "settling|sink", "Condition at the bed: deposit by the settling flux alone, or stuck on first touch."),
  NUMBER(current, "cm/s", "{triangular: [1 cm/s, 2.5 cm/s, 5 cm/s]}", "0.01 cm/s", "200 cm/s", NULL, "Mean current that carries the plumes."),
  NUMBER(direction_spread, "1", "0.8", "0", "3.1", NULL, "Standard deviation of the direction of the near-bed current over the year, in radians."),
  NUMBER(horizontal_diffusivity, "m2/s", "{lognormal: [0.5 m2/s, 2]}", "1e-4 m2/s", "1000 m2/s", NULL, "Horizontal diffusivity across a plume."),
  NUMBER(vertical_diffusivity, "m2/s", "{lognormal: [5e-5 m2/s, 2]}", "1e-7 m2/s", "1 m2/s", NULL, "Vertical diffusivity of the interior."),
  NUMBER(bottom_diffusivity, "m2/s", "{lognormal: [2e-3 m2/s, 2]}", "1e-7 m2/s", "1 m2/s", NULL, "Vertical diffusivity of the bottom layer."),
  NUMBER(eddy_diffusivity, "m2/s", "{lognormal: [500 m2/s, 2]}", "0.1 m2/s", "100000 m2/s", NULL, "Spreading by the eddies of a year: variance of the slow current (2 cm/s) times its memory (15 days)."),
  NUMBER(escape_share, "%", "{triangular: [2 %, 5 %, 8 %]}", "0 %", "100 %", "Munoz-Royo et al. 2022: 2 to 8 % of the stirred sediment left above about 2 m", "Share of what the collector stirs up that leaves the bed cloud."),
  NUMBER(bed_cloud, "kg/m3", "{lognormal: [10 kg/m3, 2]}", "0.01 kg/m3", "500 kg/m3", NULL, "Concentration of the bed cloud when it starts to spread."),
  NUMBER(insertion_area, "m2", "16 m2", "1 m2", "10000 m2", NULL, "Ground worked by one insertion of the mining head, with the gap to the next (the head covers 9.6 m2)."),
  NUMBER(collector_height, "m", "{triangular: [2 m, 4 m, 8 m]}", "0.1 m", "500 m", NULL, "Height above the bed of what leaves the bed cloud."),
  NUMBER(return_depth, "m", "{triangular: [1000 m, 1200 m, 1500 m]}", "0 m", "11000 m", NULL, "Depth at which the return water is let go."),
  NUMBER(buoyancy_frequency, "1/s", "2e-3 1/s", "1e-5 1/s", "0.1 1/s", NULL, "Buoyancy frequency at that depth; about 2e-3 at 1,000 to 1,500 m."),
  NUMBER(entrainment, "1", "0.13", "0.02", "0.5", NULL, "Entrainment coefficient of the return plume, top-hat."),
  NUMBER(near_field_current, "cm/s", "5 cm/s", "0.01 cm/s", "200 cm/s", NULL, "Current at the depth of the return water."),
  NUMBER(deposit_density, "kg/m3", "{triangular: [200 kg/m3, 300 kg/m3, 500 kg/m3]}", "20 kg/m3", "2000 kg/m3", NULL, "Dry bulk density of fresh deposit."),
  NUMBER(domain, "km", "100 km", "0.1 km", "20000 km", NULL, "Distance down the current beyond which mass counts as carried beyond."),
  NUMBER(floc_factor, "1", "{lognormal: [1, 1.5]}", "0.01", "100", NULL, "Factor on the settling velocity of flocs."),
  NUMBER(thickness_low, "mm", "0.1 mm", "1e-6 mm", "1000 mm", NULL, "Lower threshold of deposit thickness; no threshold is adopted by any authority."),
  NUMBER(thickness_high, "mm", "1 mm", "1e-6 mm", "1000 mm", NULL, "Upper threshold of deposit thickness."),
  NUMBER(concentration_low, "mg/L", "0.1 mg/L", "1e-6 mg/L", "100000 mg/L", NULL, "Lower threshold of concentration over the natural background."),
  NUMBER(concentration_high, "mg/L", "1 mg/L", "1e-6 mg/L", "100000 mg/L", NULL, "Upper threshold of concentration over the natural background."),
};

#define OUT(name, unit_, headline_, doc_)                                                                              \
  {.key = #name, .unit = unit_, .doc = doc_, .offset = offsetof(kd_plume_result, name), .headline = headline_}

static const kd_output outputs[] = {
  OUT(released_mass, "t", 0, "Dry solids let go into the sea, collector and return water."),
  OUT(collector_mass, "t", 0, "Dry solids stirred up at the sea floor."),
  OUT(return_mass, "t", 0, "Dry solids in the return water."),
  OUT(bed_mass, "t", 0, "Of the collector: settled from the bed cloud around the worked ground."),
  OUT(far_mass, "t", 0, "Of the collector: carried off by the current."),
  OUT(deposited_mass, "t", 0, "Settled within the domain, bed cloud included."),
  OUT(beyond_mass, "t", 0, "Carried beyond the domain."),
  OUT(beyond_share, "%", 0, "Share of the release carried beyond the domain."),
  OUT(run_out, "m", 0, "How far the bed cloud of one insertion runs."),
  OUT(blanket_area, "km2", 0, "Worked ground and the run-out around it."),
  OUT(blanket_thickness, "mm", 0, "Mean deposit from the bed cloud over that area."),
  OUT(area_low, "km2", 1, "Area with a deposit thicker than the lower threshold, overlap not subtracted."),
  OUT(area_high, "km2", 2, "Area with a deposit thicker than the upper threshold, overlap not subtracted."),
  OUT(collector_area_low, "km2", 0, "Far field of the collector: area over the lower thickness."),
  OUT(collector_area_high, "km2", 0, "Far field of the collector: area over the upper thickness."),
  OUT(return_area_low, "km2", 0, "Return water: area over the lower thickness, class by class."),
  OUT(return_area_high, "km2", 0, "Return water: area over the upper thickness, class by class."),
  OUT(return_peak, "um", 0, "Return water: thickest deposit if all classes fell on one place."),
  OUT(collector_volume_low, "m3", 0, "Collector: water over the lower concentration at any time of work, settling left out."),
  OUT(collector_volume_high, "m3", 0, "Collector: water over the upper concentration at any time of work, settling left out."),
  OUT(return_volume_low, "m3", 0, "Return water: water over the lower concentration at any time of work, settling left out."),
  OUT(return_volume_high, "m3", 0, "Return water: water over the upper concentration at any time of work, settling left out."),
  OUT(collector_flux_low, "m3/s", 0, "Collector: flow of water that is ever over the lower concentration."),
  OUT(return_flux_low, "m3/s", 0, "Return water: flow of water that is ever over the lower concentration."),
  OUT(collector_reach_low, "m", 0, "Collector: reach of the lower concentration."),
  OUT(return_reach_low, "m", 0, "Return water: reach of the lower concentration."),
  OUT(return_neutral_depth, "m", 0, "Depth at which the return water comes to rest."),
  OUT(return_fall, "m", 0, "How far it falls to there."),
  OUT(return_dilution, "1", 0, "Dilution of the return water by then."),
  OUT(settling_mean, "m/s", 0, "Geometric mean settling velocity, weighted by mass."),
};
/* clang-format on */

static void check(const void *params_, kd_contradiction_fn *report, void *user) {
  const kd_plume_params *p = params_;
  if (p->thickness_low > p->thickness_high) report("plume.thickness_low", "lies above thickness_high", user);
  if (p->concentration_low > p->concentration_high)
    report("plume.concentration_low", "lies above concentration_high", user);
}

const kd_stage kd_plume_stage = {
    .name = "plume",
    .summary = "Where the stirred and returned solids go: near field, settling by class, deposit and concentration",
    .params = params,
    .param_count = KD_COUNT(params),
    .params_size = sizeof(kd_plume_params),
    .outputs = outputs,
    .output_count = KD_COUNT(outputs),
    .result_size = sizeof(kd_plume_result),
    .kernels = kd_plume_kernels,
    .kernel_count = KD_PLUME_KERNELS,
    .check = check,
};
