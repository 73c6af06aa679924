// SPDX-License-Identifier: Apache-2.0
/* Kernels of transforms and simulation, for the table of kernels.c. */
#ifndef KD_DEPOSIT_KERNELS_SIMULATION_H
#define KD_DEPOSIT_KERNELS_SIMULATION_H

#include "base/kernel.h"

#define KD_SIMULATION_ROW(name_, summary_, in_, out_, eval_)                                                           \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }
#define KD_SIMULATION_TABLE(name_, summary_, in_, out_, data_, eval_)                                                  \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

/* kernels_transform.c */
extern const kd_field kd_decluster_in[9], kd_decluster_out[6];
extern const kd_data_slot kd_decluster_data[1];
extern const kd_field kd_normal_score_in[1], kd_normal_score_out[4];
extern const kd_data_slot kd_normal_score_data[1];
extern const kd_field kd_back_transform_in[6], kd_back_transform_out[2];
extern const kd_data_slot kd_back_transform_data[2];
kd_kernel_table_fn kd_decluster_kernel, kd_normal_score_kernel, kd_back_transform_kernel;

/* kernels_support.c */
extern const kd_field kd_support_affine_in[3], kd_support_affine_out[1];
extern const kd_field kd_support_lognormal_in[4], kd_support_lognormal_out[1];
extern const kd_field kd_recovery_in[4], kd_recovery_out[4];
extern const kd_field kd_change_of_support_in[7], kd_change_of_support_out[6];
extern const kd_data_slot kd_change_of_support_data[1];
kd_kernel_fn kd_support_affine_kernel, kd_support_lognormal_kernel, kd_recovery_kernel;
kd_kernel_table_fn kd_change_of_support_kernel;

/* kernels_factors.c */
extern const kd_field kd_factors_in[6], kd_factors_out[3];
extern const kd_data_slot kd_factors_data[1];
extern const kd_field kd_ppmt_in[4], kd_ppmt_out[1];
extern const kd_data_slot kd_ppmt_data[2];
kd_kernel_table_fn kd_factors_kernel, kd_ppmt_kernel;

/* kernels_simulate.c: the same options, with other defaults */
#define KD_SIMULATE_OPTIONS 33
extern const kd_field kd_sequential_in[KD_SIMULATE_OPTIONS], kd_fft_ma_in[KD_SIMULATE_OPTIONS],
    kd_cosimulation_in[KD_SIMULATE_OPTIONS], kd_simulate_out[6];
extern const kd_data_slot kd_simulate_data[1];
extern const kd_field kd_reproduction_in[11], kd_reproduction_out[9];
extern const kd_data_slot kd_reproduction_data[2];
kd_kernel_table_fn kd_simulate_kernel, kd_reproduction_kernel;

#define KD_SIMULATION_KERNEL_COUNT 13
#define KD_SIMULATION_KERNELS                                                                                          \
  KD_SIMULATION_TABLE("deposit.decluster", "cell declustering: weights of data by how densely they lie",               \
                      kd_decluster_in, kd_decluster_out, kd_decluster_data, kd_decluster_kernel),                      \
      KD_SIMULATION_TABLE("deposit.normal_score", "normal score of each datum by its weighted rank",                   \
                          kd_normal_score_in, kd_normal_score_out, kd_normal_score_data, kd_normal_score_kernel),      \
      KD_SIMULATION_TABLE("deposit.back_transform", "values from normal scores, with tails beyond the data",           \
                          kd_back_transform_in, kd_back_transform_out, kd_back_transform_data,                         \
                          kd_back_transform_kernel),                                                                   \
      KD_SIMULATION_ROW("deposit.support.affine",                                                                      \
                        "affine correction of a value for support: mean + sqrt(factor) (value - mean)",                \
                        kd_support_affine_in, kd_support_affine_out, kd_support_affine_kernel),                        \
      KD_SIMULATION_ROW("deposit.support.indirect_lognormal",                                                          \
                        "indirect lognormal correction of a value for support, before the correction of the mean",     \
                        kd_support_lognormal_in, kd_support_lognormal_out, kd_support_lognormal_kernel),               \
      KD_SIMULATION_ROW("deposit.support.lognormal",                                                                   \
                        "tonnage, grade and metal above a cut-off of lognormal blocks, discrete Gaussian model",       \
                        kd_recovery_in, kd_recovery_out, kd_recovery_kernel),                                          \
      KD_SIMULATION_TABLE("deposit.change_of_support",                                                                 \
                          "grade-tonnage curve of blocks from point data and the variance of blocks over points",      \
                          kd_change_of_support_in, kd_change_of_support_out, kd_change_of_support_data,                \
                          kd_change_of_support_kernel),                                                                \
      KD_SIMULATION_TABLE("deposit.factors",                                                                           \
                          "principal components or minimum/maximum autocorrelation factors of data", kd_factors_in,    \
                          kd_factors_out, kd_factors_data, kd_factors_kernel),                                         \
      KD_SIMULATION_TABLE("deposit.ppmt", "projection pursuit multivariate transform of data, forward and back",       \
                          kd_ppmt_in, kd_ppmt_out, kd_ppmt_data, kd_ppmt_kernel),                                      \
      KD_SIMULATION_TABLE("deposit.sequential_gaussian",                                                               \
                          "sequential Gaussian simulation on a constant multigrid path, conditional when samples "     \
                          "are given",                                                                                 \
                          kd_sequential_in, kd_simulate_out, kd_simulate_data, kd_simulate_kernel),                    \
      KD_SIMULATION_TABLE("deposit.fft_ma",                                                                            \
                          "Gaussian simulation of exact covariance by Fourier transform, conditional by one dual "     \
                          "kriging of the residuals when samples are given",                                           \
                          kd_fft_ma_in, kd_simulate_out, kd_simulate_data, kd_simulate_kernel),                        \
      KD_SIMULATION_TABLE("deposit.cosimulation", "simulation of many variables by independent factors",               \
                          kd_cosimulation_in, kd_simulate_out, kd_simulate_data, kd_simulate_kernel),                  \
      KD_SIMULATION_TABLE("deposit.reproduction",                                                                      \
                          "histogram, variogram and correlations of realisations against data and model",              \
                          kd_reproduction_in, kd_reproduction_out, kd_reproduction_data, kd_reproduction_kernel)

#endif
