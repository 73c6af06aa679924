// SPDX-License-Identifier: Apache-2.0
/* Kernels of the variogram and of estimation, for the table of kernels.c. */
#ifndef KD_DEPOSIT_KERNELS_ESTIMATION_H
#define KD_DEPOSIT_KERNELS_ESTIMATION_H

#include "base/kernel.h"

#define KD_ESTIMATION_KERNEL_COUNT 13

#define KD_ESTIMATION_ROW(name_, summary_, in_, out_, eval_)                                                           \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }

#define KD_ESTIMATION_DATA_ROW(name_, summary_, id_)                                                                   \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = id_##_in, .input_count = KD_COUNT(id_##_in),                     \
    .outputs = id_##_out, .output_count = KD_COUNT(id_##_out), .data = id_##_slots,                                    \
    .data_count = KD_COUNT(id_##_slots), .eval_table = id_##_kernel                                                    \
  }

extern const kd_field kd_semivariance_in[12], kd_semivariance_out[3];
kd_kernel_fn kd_semivariance_kernel;

extern const kd_data_slot kd_kriging_slots[3], kd_crossvalidation_slots[2];
extern const kd_field kd_kriging_in[36], kd_kriging_out[10], kd_crossvalidation_in[29], kd_crossvalidation_out[10];
kd_kernel_table_fn kd_kriging_kernel, kd_crossvalidation_kernel;

extern const kd_data_slot kd_variogram_slots[1], kd_variogram_fit_slots[2], kd_likelihood_slots[2];
extern const kd_field kd_variogram_in[15], kd_variogram_out[7], kd_variogram_map_in[5], kd_variogram_map_out[4];
extern const kd_field kd_variogram_fit_in[6], kd_variogram_fit_out[10], kd_likelihood_in[4];
kd_kernel_table_fn kd_variogram_kernel, kd_variogram_map_kernel, kd_variogram_fit_kernel, kd_likelihood_kernel;
extern const kd_data_slot kd_cokriging_slots[3], kd_coregionalisation_slots[2];
extern const kd_field kd_cokriging_in[17], kd_cokriging_out[7], kd_coregionalisation_in[5],
    kd_coregionalisation_out[11];
kd_kernel_table_fn kd_cokriging_kernel, kd_coregionalisation_kernel;
extern const kd_data_slot kd_collocated_slots[4];
extern const kd_field kd_collocated_in[25], kd_collocated_out[10];
kd_kernel_table_fn kd_collocated_kernel;
extern const kd_data_slot kd_indicator_slots[3], kd_neighbourhood_slots[3], kd_swath_check_slots[2];
extern const kd_field kd_indicator_in[27], kd_indicator_out[6], kd_neighbourhood_in[27], kd_neighbourhood_out[9];
extern const kd_field kd_swath_check_in[6], kd_swath_check_out[6];
kd_kernel_table_fn kd_indicator_kernel, kd_neighbourhood_kernel, kd_swath_check_kernel;
#define kd_variogram_map_slots kd_variogram_slots
#define kd_likelihood_out      kd_variogram_fit_out

#define KD_ESTIMATION_KERNELS                                                                                          \
  KD_ESTIMATION_ROW("deposit.semivariance",                                                                            \
                    "semivariance and covariance of one structure with its anisotropy, at a lag (dx, dy, dz)",         \
                    kd_semivariance_in, kd_semivariance_out, kd_semivariance_kernel),                                  \
      KD_ESTIMATION_DATA_ROW("deposit.kriging",                                                                        \
                             "kriging: simple, ordinary, universal, external drift; points or blocks; in 1, 2, 3 D",   \
                             kd_kriging),                                                                              \
      KD_ESTIMATION_DATA_ROW("deposit.cross_validation", "each sample estimated from the others", kd_crossvalidation), \
      KD_ESTIMATION_DATA_ROW("deposit.experimental_variogram",                                                         \
                             "experimental variogram: in all directions or along some, cross, residual, robust",       \
                             kd_variogram),                                                                            \
      KD_ESTIMATION_DATA_ROW("deposit.variogram_map", "semivariance over lags in the plane", kd_variogram_map),        \
      KD_ESTIMATION_DATA_ROW("deposit.variogram_fit",                                                                  \
                             "model fitted to an experimental variogram by weighted least squares", kd_variogram_fit), \
      KD_ESTIMATION_DATA_ROW("deposit.variogram_likelihood",                                                           \
                             "model fitted to the samples by (restricted) maximum likelihood", kd_likelihood),         \
      KD_ESTIMATION_DATA_ROW(                                                                                          \
          "deposit.coregionalisation",                                                                                 \
          "linear model of coregionalisation of up to 16 variables, every matrix positive semi-definite",              \
          kd_coregionalisation),                                                                                       \
      KD_ESTIMATION_DATA_ROW("deposit.cokriging", "co-kriging of up to 16 variables, isotopic or not", kd_cokriging),  \
      KD_ESTIMATION_DATA_ROW("deposit.collocated_cokriging",                                                           \
                             "simple co-kriging with the one secondary value at the target, Markov models 1 and 2",    \
                             kd_collocated),                                                                           \
      KD_ESTIMATION_DATA_ROW("deposit.indicator_kriging", "probability that a value is at most each cut-off",          \
                             kd_indicator),                                                                            \
      KD_ESTIMATION_DATA_ROW(                                                                                          \
          "deposit.neighbourhood",                                                                                     \
          "kriging neighbourhood analysis: slope, efficiency and negative weights by number of neighbours",            \
          kd_neighbourhood),                                                                                           \
      KD_ESTIMATION_DATA_ROW("deposit.swath_check", "means of samples and estimates by swaths across an axis",         \
                             kd_swath_check)

#endif
