// SPDX-License-Identifier: Apache-2.0
/* Kernels of the variogram and of estimation: the plain one, and the list of all. */
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

#define ROW(name_, summary_, in_, out_, eval_)                                                                         \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }

#define TABLE(name_, summary_, id_)                                                                                    \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = id_##_in, .input_count = KD_COUNT(id_##_in),                     \
    .outputs = id_##_out, .output_count = KD_COUNT(id_##_out), .data = id_##_slots,                                    \
    .data_count = KD_COUNT(id_##_slots), .eval_table = id_##_kernel                                                    \
  }

const kd_kernel kd_estimation_kernels[] = {
    ROW("deposit.semivariance",
        "semivariance and covariance of one structure with its anisotropy, at a lag (dx, dy, dz)", kd_semivariance_in,
        kd_semivariance_out, kd_semivariance_kernel),
    TABLE("deposit.kriging", "kriging: simple, ordinary, universal, external drift; points or blocks; in 1, 2, 3 D",
          kd_kriging),
    TABLE("deposit.cross_validation", "each sample estimated from the others", kd_crossvalidation),
    TABLE("deposit.experimental_variogram",
          "experimental variogram: in all directions or along some, cross, residual, robust", kd_variogram),
    TABLE("deposit.variogram_map", "semivariance over lags in the plane", kd_variogram_map),
    TABLE("deposit.variogram_fit", "model fitted to an experimental variogram by weighted least squares",
          kd_variogram_fit),
    TABLE("deposit.variogram_likelihood", "model fitted to the samples by (restricted) maximum likelihood",
          kd_likelihood),
    TABLE("deposit.coregionalisation",
          "linear model of coregionalisation of up to 16 variables, every matrix positive semi-definite",
          kd_coregionalisation),
    TABLE("deposit.cokriging", "co-kriging of up to 16 variables, isotopic or not", kd_cokriging),
    TABLE("deposit.collocated_cokriging",
          "simple co-kriging with the one secondary value at the target, Markov models 1 and 2", kd_collocated),
    TABLE("deposit.indicator_kriging", "probability that a value is at most each cut-off", kd_indicator),
    TABLE("deposit.neighbourhood",
          "kriging neighbourhood analysis: slope, efficiency and negative weights by number of neighbours",
          kd_neighbourhood),
    TABLE("deposit.swath_check", "means of samples and estimates by swaths across an axis", kd_swath_check),
    {0}};
