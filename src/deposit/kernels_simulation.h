// SPDX-License-Identifier: Apache-2.0
/* Kernels of transforms and simulation: their fields and functions, joined in kernels_simulation.c. */
#ifndef KD_DEPOSIT_KERNELS_SIMULATION_H
#define KD_DEPOSIT_KERNELS_SIMULATION_H

#include "base/kernel.h"

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
#define KD_SIMULATE_OPTIONS 34
extern const kd_field kd_sequential_in[KD_SIMULATE_OPTIONS], kd_fft_ma_in[KD_SIMULATE_OPTIONS],
    kd_cosimulation_in[KD_SIMULATE_OPTIONS], kd_simulate_out[6];
extern const kd_data_slot kd_simulate_data[1];
/* kernels_reproduction.c */
extern const kd_field kd_reproduction_in[11], kd_reproduction_out[9];
extern const kd_data_slot kd_reproduction_data[2];
kd_kernel_table_fn kd_simulate_kernel, kd_reproduction_kernel;

extern const kd_kernel kd_simulation_kernels[]; /* kernels_simulation.c; ended by a row without name */

#endif
