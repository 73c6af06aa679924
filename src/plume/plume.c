// SPDX-License-Identifier: Apache-2.0
/* The footprint of a year's work: what the collector stirs up and what the return water carries.
 *
 * Collector  (1 - e) of the solids settles from a cloud that spreads over the bed around each insertion: the worked
 * ground, a disc of N A1, grows by the run-out r. The share e is carried off by the current from a few metres above the
 * bed and settles by class along a line (far_field.c). Return     the water sinks to its neutral level (near_field.c);
 * each class then settles for t = h/w on average, and the eddies of a year spread it as a cloud of variance 2 K_e t in
 * both directions. Mass       released = settled near the bed + deposited within the domain + carried beyond it.
 *
 * Source    the parts' own files. Range: steady mean current; a year's work at one place of the deposit.
 * Weakness  overlap of the three deposits is not subtracted from the areas; classes leave the cloud in equal shares.
 */
#include "plume/plume.h"

#include <math.h>

#include "plume/far_field.h"
#include "plume/near_field.h"
#include "plume/settling.h"

#define KD_PI        3.14159265358979323846
#define KD_SEA_WATER 1040.0 /* kg/m3, mean over the water column of the site */
#define KD_VISCOSITY 1.7e-6 /* m2/s, sea water of 1.6 C */
#define KD_FROUDE    1.19   /* front of a gravity current (Huppert and Simpson 1980) */
#define KD_PRIMARY   4e-6   /* m, primary grain of the flocs */
#define KD_NODES     64     /* steps in ln x of the area integral */
#define KD_ONE_DAY   86400.0

typedef struct kd_classes {
  int count;
  double share[KD_PLUME_CLASSES], settling[KD_PLUME_CLASSES];
} kd_classes;

static kd_status read_classes(kd_classes *out, const kd_plume_params *p, double grain_density, kd_error *err) {
  kd_status status = KD_OK;
  double sum = 0;
  KD_CHECK(p->classes != NULL && p->classes->rows > 0, err, KD_E_MISSING, "classes: a table with rows is needed");
  KD_CHECK(p->classes->rows <= KD_PLUME_CLASSES, err, KD_E_SIZE, "classes: %zu rows, at most %d", p->classes->rows,
           KD_PLUME_CLASSES);
  const kd_column *share = kd_table_column(p->classes, "share"), *settling = kd_table_column(p->classes, "settling");
  const kd_column *size = kd_table_column(p->classes, "size"), *floc = kd_table_column(p->classes, "floc");
  const double submerged = grain_density / KD_SEA_WATER - 1;
  out->count = (int)p->classes->rows;
  for (int i = 0; i < out->count; i++) {
    const bool is_floc = floc != NULL && floc->text[i][0] == 'y';
    double w = settling->number[i];
    if (p->settling == KD_SETTLING_LAW)
      w = is_floc ? kd_plume_settling_floc(size->number[i], KD_PRIMARY, 2, submerged, KD_VISCOSITY)
                  : kd_plume_settling_ferguson_church(size->number[i], submerged, KD_VISCOSITY, 18, 1);
    if (is_floc) w *= p->floc_factor;
    KD_CHECK(w > 0, err, KD_E_RANGE, "classes: settling %g m/s in row %d: must be above 0", w, i + 1);
    KD_CHECK(share->number[i] >= 0, err, KD_E_RANGE, "classes: share %g in row %d: must be at least 0",
             share->number[i], i + 1);
    out->share[i] = share->number[i];
    out->settling[i] = w;
    sum += share->number[i];
  }
  KD_CHECK(fabs(sum - 1) <= 1e-6, err, KD_E_RANGE, "classes: the shares add up to %g: must be 1", sum);
  for (int i = 0; i < out->count; i++) out->share[i] /= sum;
out:
  return status;
}

/* What settles from the bed cloud around the insertions; returns the radius of the worked ground. */
static double bed_cloud(kd_plume_result *out, const kd_plume_params *p, const kd_released *released,
                        double mean_settling) {
  const double insertions = released->insertions > 0 ? released->insertions : fmax(1, released->duration / KD_ONE_DAY);
  const double worked = sqrt(insertions * p->insertion_area / KD_PI);
  if (out->bed_mass <= 0) return worked;
  const double volume = out->bed_mass / insertions / p->bed_cloud;
  const double gravity = kd_suspension_gravity(p->bed_cloud, released->grain_density, KD_SEA_WATER);
  out->run_out = kd_run_out_round(gravity, volume, mean_settling, KD_FROUDE);
  out->blanket_area = KD_PI * (worked + out->run_out) * (worked + out->run_out);
  out->blanket_thickness = out->bed_mass / (p->deposit_density * out->blanket_area);
  return worked;
}

/* The part of the collector's release that the current carries off. */
static void collector_plume(kd_plume_result *out, const kd_plume_params *p, const kd_released *released,
                            const kd_classes *classes, double worked) {
  const double threshold[2] = {p->thickness_low, p->thickness_high}, rate = p->escape_share * released->collector_rate;
  double area[2];
  kd_deposit_line line = {.classes = classes->count,
                          .height = p->collector_height,
                          .current = p->current,
                          .vertical_diffusivity = p->bottom_diffusivity,
                          .bed = p->bed,
                          .horizontal_diffusivity = p->horizontal_diffusivity,
                          .direction_spread = p->direction_spread,
                          .source_width = 0.5 * worked,
                          .dry_density = p->deposit_density};
  for (int i = 0; i < classes->count; i++) {
    line.mass[i] = classes->share[i] * out->far_mass;
    line.settling[i] = classes->settling[i];
    const double share =
        kd_deposited_share(p->domain / p->current, line.height, line.settling[i], p->bottom_diffusivity, p->bed);
    out->deposited_mass += line.mass[i] * share;
    out->beyond_mass += line.mass[i] * (1 - share);
  }
  kd_deposit_areas(area, threshold, 2, &line, p->domain, KD_NODES);
  out->collector_area_low = area[0];
  out->collector_area_high = area[1];
  const double ky = p->horizontal_diffusivity, kz = p->bottom_diffusivity;
  out->collector_reach_low = kd_threshold_reach(rate, ky, kz, p->concentration_low, 2);
  const double reach_high = kd_threshold_reach(rate, ky, kz, p->concentration_high, 2);
  out->collector_volume_low = kd_threshold_volume(out->collector_reach_low, ky, kz, p->current, 2);
  out->collector_volume_high = kd_threshold_volume(reach_high, ky, kz, p->current, 2);
  out->collector_flux_low = kd_threshold_flux(rate, p->concentration_low);
}

/* Where the return water comes to rest, and how thin it is by then. */
static void return_near_field(kd_plume_result *out, const kd_plume_params *p, const kd_released *released) {
  kd_mtt still;
  out->return_neutral_depth = fmin(p->return_depth, released->water_depth);
  out->return_fall = 0;
  out->return_dilution = 1;
  if (!(released->return_water > 0) || !(released->return_rate > 0)) return;
  const double concentration = released->return_rate / released->return_water;
  const double buoyancy =
      released->return_water * kd_suspension_gravity(concentration, released->grain_density, KD_SEA_WATER);
  kd_mtt_plume(&still, buoyancy, p->buoyancy_frequency, p->entrainment);
  const double bent = kd_bent_plume_rise(buoyancy, p->near_field_current, p->buoyancy_frequency);
  out->return_fall = fmin(still.neutral, bent);
  out->return_dilution = bent < still.neutral
                             ? kd_bent_plume_dilution(bent, p->near_field_current, released->return_water)
                             : fmax(1, still.volume_flux / released->return_water);
  out->return_neutral_depth = fmin(p->return_depth + out->return_fall, released->water_depth);
}

static void return_plume(kd_plume_result *out, const kd_plume_params *p, const kd_released *released,
                         const kd_classes *classes) {
  const double height = fmax(released->water_depth - out->return_neutral_depth, 1);
  for (int i = 0; i < classes->count; i++) {
    const double mass = classes->share[i] * out->return_mass, w = classes->settling[i], time = height / w;
    const double share = kd_deposited_share(p->domain / p->current, height, w, p->vertical_diffusivity, p->bed);
    const double sigma = sqrt(2 * p->eddy_diffusivity * time);
    const double peak = kd_gaussian_peak(mass * share, p->deposit_density, sigma, sigma);
    out->deposited_mass += mass * share;
    out->beyond_mass += mass * (1 - share);
    out->return_peak += peak; /* if all classes fell on one place */
    out->return_area_low += kd_gaussian_area(peak, p->thickness_low, sigma, sigma);
    out->return_area_high += kd_gaussian_area(peak, p->thickness_high, sigma, sigma);
  }
  const double ky = p->horizontal_diffusivity, kz = p->vertical_diffusivity, rate = released->return_rate;
  out->return_reach_low = kd_threshold_reach(rate, ky, kz, p->concentration_low, 1);
  const double reach_high = kd_threshold_reach(rate, ky, kz, p->concentration_high, 1);
  out->return_volume_low = kd_threshold_volume(out->return_reach_low, ky, kz, p->current, 1);
  out->return_volume_high = kd_threshold_volume(reach_high, ky, kz, p->current, 1);
  out->return_flux_low = kd_threshold_flux(rate, p->concentration_low);
}

kd_status kd_plume_run(kd_plume_result *out, const kd_plume_params *p, const kd_released *released, kd_work *work) {
  kd_status status = KD_OK;
  kd_classes classes = {0};
  *out = (kd_plume_result){0};
  KD_TRY(read_classes(&classes, p, released->grain_density, work->err));
  double log_mean = 0;
  for (int i = 0; i < classes.count; i++) log_mean += classes.share[i] * log(classes.settling[i]);
  out->settling_mean = exp(log_mean);
  out->collector_mass = released->collector_rate * released->duration;
  out->return_mass = released->return_rate * released->duration;
  out->released_mass = out->collector_mass + out->return_mass;
  out->bed_mass = (1 - p->escape_share) * out->collector_mass;
  out->far_mass = p->escape_share * out->collector_mass;

  const double worked = bed_cloud(out, p, released, out->settling_mean);
  collector_plume(out, p, released, &classes, worked);
  return_near_field(out, p, released);
  return_plume(out, p, released, &classes);

  out->deposited_mass += out->bed_mass;
  out->beyond_share = out->released_mass > 0 ? out->beyond_mass / out->released_mass : 0;
  out->area_low = out->collector_area_low + out->return_area_low;
  out->area_high = out->collector_area_high + out->return_area_high;
  if (out->blanket_thickness > p->thickness_low) out->area_low += out->blanket_area;
  if (out->blanket_thickness > p->thickness_high) out->area_high += out->blanket_area;
  KD_CHECK(isfinite(out->area_low) && isfinite(out->deposited_mass), work->err, KD_E_NAN,
           "the footprint is not finite");
out:
  return status;
}
