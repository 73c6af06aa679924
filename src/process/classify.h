// SPDX-License-Identifier: Apache-2.0
/* Hydrocyclones and what they do to a mud of two minerals. SI. */
#ifndef KD_PROCESS_CLASSIFY_H
#define KD_PROCESS_CLASSIFY_H

#include "base/error.h"

typedef enum kd_curve { KD_CURVE_PLITT, KD_CURVE_LYNCH_RAO } kd_curve;

/* Share of grains of size `size` that the corrected efficiency curve sends to the underflow, 0..1. */
double kd_partition(kd_curve curve, double size, double cut, double sharpness);

/* Share of a lognormal mass distribution (median, geometric standard deviation `spread` >= 1) sent to the underflow,
 * with the share `bypass` of the feed following the water whatever its size. */
double kd_partition_lognormal(kd_curve curve, double median, double spread, double cut, double sharpness,
                              double bypass);

/* Cut size for a grain of density `density`, when `cut` holds for density `reference` (Stokes: (rho - rho_w)^-1/2). */
double kd_cut_for_density(double cut, double reference, double density, double liquid);

typedef struct kd_cyclone {
  double bore;          /* Dc, m */
  double inlet;         /* Di, m */
  double vortex_finder; /* Do, m */
  double apex;          /* Du, m */
  double length;        /* free vortex height h (Plitt), or total length L (Coelho and Medronho), m */
  double finder_length; /* l, m; Coelho and Medronho only */
} kd_cyclone;

typedef struct kd_cyclone_feed {
  double flow;           /* m3/s; Plitt */
  double pressure;       /* Pa; Coelho and Medronho */
  double solids;         /* share by volume */
  double grain_density;  /* kg/m3 */
  double liquid_density; /* kg/m3 */
  double viscosity;      /* Pa s */
} kd_cyclone_feed;

typedef struct kd_cyclone_result {
  double cut;             /* d50c, m */
  double pressure;        /* Pa */
  double flow;            /* m3/s */
  double split;           /* underflow volume over overflow volume (Plitt) */
  double water_split;     /* share of the water in the underflow */
  double sharpness;       /* m of the Rosin-Rammler curve */
  double reynolds, euler; /* Coelho and Medronho only; else NaN */
} kd_cyclone_result;

kd_status kd_cyclone_plitt(kd_cyclone_result *out, const kd_cyclone *cyclone, const kd_cyclone_feed *feed,
                           const double factor[4], double exponent, kd_error *err);
kd_status kd_cyclone_coelho_medronho(kd_cyclone_result *out, const kd_cyclone *cyclone, const kd_cyclone_feed *feed,
                                     kd_error *err);

/* Nageswararao (JKMRC): cone angle in degrees, constants K_D, K_Q, K_W of the ore. */
kd_status kd_cyclone_nageswararao(kd_cyclone_result *out, const kd_cyclone *cyclone, double cone_angle, double pressure,
                                  double solids, double slurry_density, const double constant[3], kd_error *err);

#endif
