// SPDX-License-Identifier: Apache-2.0
/* Kernels of the variogram and of estimation: their fields and functions, joined in kernels_estimation.c. */
#ifndef KD_DEPOSIT_KERNELS_ESTIMATION_H
#define KD_DEPOSIT_KERNELS_ESTIMATION_H

#include "base/kernel.h"

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

/* All of them, ended by a row without name. */
extern const kd_kernel kd_estimation_kernels[];

#endif
