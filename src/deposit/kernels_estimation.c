// SPDX-License-Identifier: Apache-2.0
/* Kernels of the variogram and of estimation: plain ones. */
#include "deposit/kernels_estimation.h"

#include <math.h>

#include "deposit/covariance.h"

const kd_field kd_semivariance_in[12] = {
    {.name = "structure",
     .doc = "model",
     .choices = "nugget|measurement_error|spherical|exponential|gaussian|matern|stein|cubic|pentaspherical|circular|"
                "stable|bessel|cauchy|hole_effect|wave|cosine|periodic|linear_sill|linear|power|logarithmic|spline"},
    {.name = "dx", .unit = "m", .doc = "lag to the east"},
    {.name = "dy", .unit = "m", .doc = "lag to the north", .initial = "0 m"},
    {.name = "dz", .unit = "m", .doc = "lag upward", .initial = "0 m"},
    {.name = "sill", .unit = "1", .doc = "partial sill, or the slope", .initial = "1", .low = "0"},
    {.name = "range",
     .unit = "m",
     .doc = "range parameter along the major axis; scale of linear and power",
     .initial = "1 m",
     .low = "0 m exclusive"},
    {.name = "semi", .unit = "m", .doc = "range along the semi-major axis; none: as range", .initial = "none"},
    {.name = "minor", .unit = "m", .doc = "range along the minor axis; none: as semi", .initial = "none"},
    {.name = "azimuth", .unit = "deg", .doc = "of the major axis, clockwise from north", .initial = "0 deg"},
    {.name = "dip", .unit = "deg", .doc = "of the major axis, positive upward (GSLIB, gstat)", .initial = "0 deg"},
    {.name = "rake", .unit = "deg", .doc = "rotation about the major axis (GSLIB's third angle)", .initial = "0 deg"},
    {.name = "shape", .unit = "1", .doc = "smoothness of matern, stein; exponent of others", .initial = "none"},
};
const kd_field kd_semivariance_out[3] = {
    {.name = "semivariance", .unit = "1", .doc = "gamma; 0 at no distance"},
    {.name = "covariance", .unit = "1", .doc = "sill - gamma; empty without sill"},
    {.name = "practical_range", .unit = "m", .doc = "where 95 % of the sill is reached; empty without"},
};

kd_status kd_semivariance_kernel(double *out, const double *in, kd_work *work) {
  kd_covariance model = {0};
  const kd_structure s = {.kind = (kd_structure_kind)in[0],
                          .sill = in[4],
                          .range = in[5],
                          .semi = in[6],
                          .minor = in[7],
                          .azimuth = in[8],
                          .dip = in[9],
                          .rake = in[10],
                          .shape = in[11]};
  const kd_status status = kd_covariance_add(&model, &s, work->err);
  if (status != KD_OK) return status;
  out[0] = kd_semivariance(&model, in[1], in[2], in[3]);
  out[1] = model.has_sill ? kd_covariance_at(&model, in[1], in[2], in[3]) : (double)NAN;
  out[2] = model.structure[0].range * kd_structure_practical(s.kind, model.structure[0].shape);
  return KD_OK;
}
