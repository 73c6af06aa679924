// SPDX-License-Identifier: Apache-2.0
/* Far field: deposition in time, steady plumes over thresholds, deposits over thresholds. SI. */
#ifndef KD_PLUME_FAR_FIELD_H
#define KD_PLUME_FAR_FIELD_H

#include "plume/plume.h"

/* exp(x²) erfc(x) for x >= 0, without overflow. */
double kd_erfcx(double x);

/* Share deposited by time t, and its rate [1/s], of what is released at a height over the bed and sinks through water
 * of constant vertical diffusivity. bed: KD_BED_SETTLING or KD_BED_SINK. */
double kd_deposited_share(double time, double height, double settling, double diffusivity, int bed);
double kd_deposition_rate(double time, double height, double settling, double diffusivity, int bed);
double kd_deposition_mean_time(double height, double settling, double diffusivity, int bed);

/* Steady slender plume of rate m in a current u over a threshold C*. reflect: 1 in open water, 2 at the bed. */
double kd_threshold_reach(double rate, double ky, double kz, double threshold, double reflect);
double kd_threshold_section(double distance, double reach, double ky, double kz, double current, double reflect);
double kd_threshold_volume(double reach, double ky, double kz, double current, double reflect);
double kd_threshold_flux(double rate, double threshold);
double kd_plume_concentration(double x, double y, double z, double rate, double ky, double kz, double current);

/* Deposit of a Gaussian cloud: peak thickness, and area thicker than a threshold. */
double kd_gaussian_peak(double mass, double dry_density, double sigma_x, double sigma_y);
double kd_gaussian_area(double peak, double threshold, double sigma_x, double sigma_y);

/* Horizontal diffusivity at a scale [m], Okubo: 2.05e-4 l^1.15. */
double kd_okubo_diffusivity(double scale);
/* Variance along the flow with linear shear a [1/s]: 2 Kx t + 2/3 a² Kz t³. */
double kd_shear_variance(double time, double kx, double shear, double kz);

/* A line of deposit: a mass of several classes released at one place into a steady current. */
typedef struct kd_deposit_line {
  int classes;
  double mass[KD_PLUME_CLASSES];     /* kg */
  double settling[KD_PLUME_CLASSES]; /* m/s */
  double height, current, vertical_diffusivity, horizontal_diffusivity;
  double direction_spread; /* rad, of the current over the time of release */
  double source_width;     /* standard deviation of the source, m */
  double dry_density;      /* kg/m3 of fresh deposit */
  int bed;
} kd_deposit_line;

double kd_deposit_width(const kd_deposit_line *line, double x); /* standard deviation across, m */
double kd_deposit_thickness(const kd_deposit_line *line, double x, double y);
/* Areas thicker than each threshold, up to `domain`, by `nodes` steps in ln x. */
void kd_deposit_areas(double *area, const double *threshold, int thresholds, const kd_deposit_line *line, double domain,
                      int nodes);
/* One area to about 1e-9 of itself: the slow oracle of the other. */
double kd_deposit_area(double threshold, const kd_deposit_line *line, double domain);

#endif
