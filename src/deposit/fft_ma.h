// SPDX-License-Identifier: Apache-2.0
/* Gaussian fields of an exact covariance by Fourier transform, conditioned by one dual kriging. */
#ifndef KD_DEPOSIT_FFT_MA_H
#define KD_DEPOSIT_FFT_MA_H

#include "base/pool.h"
#include "deposit/covariance.h"
#include "deposit/simulation_grid.h"

typedef struct kd_fft_ma kd_fft_ma;

typedef struct kd_fft_ma_report {
  size_t torus[3];   /* nodes of the torus */
  double wrap_error; /* largest difference between the covariance of the fields and the model's within the grid, over
                        the sill */
  double negative_share; /* of the spectrum, set to 0; 0 for a valid model on a torus that holds it */
} kd_fft_ma_report;

/* The torus is the grid and as much again as the covariance takes to fall to `tolerance` of the sill, at most four
 * times the grid; longer ranges are embedded (embedding.h). data->count up to 20000. Errors: KD_E_RANGE, KD_E_SIZE,
 * KD_E_NOMEM; KD_E_MODEL, also when the covariance of the fields would miss the model's by 0.02 of the sill. */
kd_status kd_fft_ma_create(kd_fft_ma **out, kd_context *ctx, const kd_simulation_grid *grid, const kd_covariance *model,
                           const kd_node_data *data, const double *value, double tolerance, kd_error *err);
void kd_fft_ma_destroy(kd_fft_ma **self);
const kd_fft_ma_report *kd_fft_ma_about(const kd_fft_ma *self);
/* Gives back the memory that kd_fft_ma_covariance wants. */
void kd_fft_ma_trim(kd_fft_ma *self);
/* Covariance of the fields at a lag in spacings, until kd_fft_ma_trim. */
double kd_fft_ma_covariance(const kd_fft_ma *self, size_t dx, size_t dy, size_t dz);

/* Two realisations, 2 pair and 2 pair + 1, one value for each node of the grid; second may be NULL. work:
 * kd_fft_ma_work doubles, one for each thread that runs at the same time. */
size_t kd_fft_ma_work(const kd_fft_ma *self);
void kd_fft_ma_pair(double *first, double *second, const kd_fft_ma *self, uint64_t seed, uint32_t stream, uint64_t pair,
                    double *work);
/* The same with other values at the data, [data->count] each, for the first and the second. */
void kd_fft_ma_pair_at(double *first, double *second, const kd_fft_ma *self, const double *value, const double *other,
                       uint64_t seed, uint32_t stream, uint64_t pair, double *work);

#endif
