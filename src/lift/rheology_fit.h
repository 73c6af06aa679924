// SPDX-License-Identifier: Apache-2.0
/* Rheology from rheometer points: least squares with the uncertainty of what comes out. */
#ifndef KD_LIFT_RHEOLOGY_FIT_H
#define KD_LIFT_RHEOLOGY_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef enum kd_fit_model {
  KD_FIT_HERSCHEL_BULKLEY,
  KD_FIT_BINGHAM,
  KD_FIT_POWER_LAW,
  KD_FIT_NEWTONIAN,
  KD_FIT_PAPANASTASIOU
} kd_fit_model;
#define KD_FIT_MODELS "herschel_bulkley|bingham|power_law|newtonian|papanastasiou"

/* Order of the parameters: yield [Pa], consistency [Pa s^n], index, growth [s] (Papanastasiou's m). */
#define KD_FIT_PARAMETERS 4

typedef struct kd_rheology_fit {
  double value[KD_FIT_PARAMETERS];
  bool free[KD_FIT_PARAMETERS]; /* fitted; a yield stress held at 0 by its bound is not */
  double covariance[KD_FIT_PARAMETERS][KD_FIT_PARAMETERS];
  double error[KD_FIT_PARAMETERS]; /* standard errors; NaN: not fitted */
  double quantile;                 /* of Student's t, for 95 % limits: value +- quantile error */
  double residual;                 /* standard deviation of the residuals, in units of the weights' sigma */
  double rms;                      /* of the residuals, Pa */
  double r_squared;
  size_t points, freedom;
} kd_rheology_fit;

/* Fits shear rates [1/s] and stresses [Pa] with the standard deviations sigma [Pa] (relative ones suffice). Errors:
 * KD_E_RANGE, KD_E_MISSING for points that are none, KD_E_SIZE for too few, KD_E_CONVERGENCE. */
kd_status kd_rheology_fit_points(kd_rheology_fit *out, kd_fit_model model, const double *rate, const double *stress,
                                 const double *sigma, size_t points, kd_error *err);

/* Two-sided 95 % quantile of Student's t. */
double kd_student_quantile(size_t freedom);

#endif
