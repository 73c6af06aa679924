// SPDX-License-Identifier: Apache-2.0
/* Thickener, filter and washing. SI. */
#ifndef KD_PROCESS_DEWATER_H
#define KD_PROCESS_DEWATER_H

#include <stddef.h>

#include "base/error.h"

/* Settling by Richardson and Zaki: v = v0 (1 - phi)^n, phi solids by volume. */
typedef struct kd_settling {
  double velocity; /* v0, m/s */
  double exponent; /* n */
} kd_settling;

/* Height of the interface of a batch of height h0 and solids phi0 after `time` (Kynch); *solids: just below it. */
double kd_kynch_height(double *solids, const kd_settling *s, double phi0, double h0, double time);

/* Greatest solids flux [m/s] of a continuous thickener from phi_feed to phi_under; *limiting: the solids that set it.
 */
double kd_thickener_flux(double *limiting, const kd_settling *s, double phi_feed, double phi_under);

/* Area per feed of solids by Talmage and Fitch from a batch settling curve (count >= 3, time rising, height not rising,
 * the first point the start): the tangent at the compression point meets the underflow line at `tu`. */
typedef struct kd_talmage {
  double underflow_height; /* m */
  double compression_time; /* s; and the height there, m */
  double compression_height;
  double tu;        /* s */
  double unit_area; /* m2 per kg/s of solids */
} kd_talmage;
kd_status kd_talmage_fitch(kd_talmage *out, const double *time, const double *height, size_t count, double feed,
                           double underflow, double compression_time, kd_error *err);

/* Cake filtration at constant pressure: time for a filtrate volume per area, m3/m2, and back (Ruth). */
double kd_filter_time(double volume, double viscosity, double resistance, double solids, double pressure,
                      double medium);
double kd_filter_volume(double time, double viscosity, double resistance, double solids, double pressure,
                        double medium);

/* Displacement wash with dispersion: exit liquor over the cake's, and share of the solute left, after w void volumes.
 */
double kd_wash_exit(double w, double peclet);
double kd_wash_left(double w, double peclet);

/* Solute lost with the underflow of n countercurrent decantation stages; ratio: wash over underflow liquor. */
double kd_ccd_loss(double ratio, double stages);

#endif
