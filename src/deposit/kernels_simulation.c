// SPDX-License-Identifier: Apache-2.0
#include "deposit/kernels_simulation.h"

#define ROW(name_, summary_, in_, out_, eval_)                                                                         \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .eval = (eval_)                                                                    \
  }
#define TABLE(name_, summary_, in_, out_, data_, eval_)                                                                \
  {                                                                                                                    \
    .name = (name_), .summary = (summary_), .inputs = (in_), .input_count = KD_COUNT(in_), .outputs = (out_),          \
    .output_count = KD_COUNT(out_), .data = (data_), .data_count = KD_COUNT(data_), .eval_table = (eval_)              \
  }

const kd_kernel kd_simulation_kernels[] = {
    TABLE("deposit.decluster", "cell declustering: weights of data by how densely they lie", kd_decluster_in,
          kd_decluster_out, kd_decluster_data, kd_decluster_kernel),
    TABLE("deposit.normal_score", "normal score of each datum by its weighted rank", kd_normal_score_in,
          kd_normal_score_out, kd_normal_score_data, kd_normal_score_kernel),
    TABLE("deposit.back_transform", "values from normal scores, with tails beyond the data", kd_back_transform_in,
          kd_back_transform_out, kd_back_transform_data, kd_back_transform_kernel),
    ROW("deposit.support.affine", "affine correction of a value for support: mean + sqrt(factor) (value - mean)",
        kd_support_affine_in, kd_support_affine_out, kd_support_affine_kernel),
    ROW("deposit.support.indirect_lognormal",
        "indirect lognormal correction of a value for support, before the correction of the mean",
        kd_support_lognormal_in, kd_support_lognormal_out, kd_support_lognormal_kernel),
    ROW("deposit.support.lognormal",
        "tonnage, grade and metal above a cut-off of lognormal blocks, discrete Gaussian model", kd_recovery_in,
        kd_recovery_out, kd_recovery_kernel),
    TABLE("deposit.change_of_support",
          "grade-tonnage curve of blocks from point data and the variance of blocks over points",
          kd_change_of_support_in, kd_change_of_support_out, kd_change_of_support_data, kd_change_of_support_kernel),
    TABLE("deposit.factors", "principal components or minimum/maximum autocorrelation factors of data", kd_factors_in,
          kd_factors_out, kd_factors_data, kd_factors_kernel),
    TABLE("deposit.ppmt", "projection pursuit multivariate transform of data, forward and back", kd_ppmt_in,
          kd_ppmt_out, kd_ppmt_data, kd_ppmt_kernel),
    TABLE("deposit.sequential_gaussian",
          "sequential Gaussian simulation on a constant multigrid path, conditional when samples "
          "are given",
          kd_sequential_in, kd_simulate_out, kd_simulate_data, kd_simulate_kernel),
    TABLE("deposit.fft_ma",
          "Gaussian simulation of exact covariance by Fourier transform, conditional by one dual "
          "kriging of the residuals when samples are given",
          kd_fft_ma_in, kd_simulate_out, kd_simulate_data, kd_simulate_kernel),
    TABLE("deposit.cosimulation", "simulation of many variables by independent factors", kd_cosimulation_in,
          kd_simulate_out, kd_simulate_data, kd_simulate_kernel),
    TABLE("deposit.reproduction", "histogram, variogram and correlations of realisations against data and model",
          kd_reproduction_in, kd_reproduction_out, kd_reproduction_data, kd_reproduction_kernel),
    {0},
};
