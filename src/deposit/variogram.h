// SPDX-License-Identifier: Apache-2.0
/* Experimental variograms and variogram maps. */
#ifndef KD_DEPOSIT_VARIOGRAM_H
#define KD_DEPOSIT_VARIOGRAM_H

#include "base/pool.h"
#include "deposit/neighbours.h"

#define KD_LAGS_MAX 2000

typedef enum kd_variogram_kind {
  KD_VARIOGRAM_CLASSICAL,         /* Matheron: mean of (z_i - z_j)^2 / 2 */
  KD_VARIOGRAM_ROBUST,            /* Cressie and Hawkins 1980 */
  KD_VARIOGRAM_MADOGRAM,          /* mean of |z_i - z_j| / 2 */
  KD_VARIOGRAM_RODOGRAM,          /* mean of |z_i - z_j|^(1/2) / 2 */
  KD_VARIOGRAM_PAIRWISE_RELATIVE, /* mean of ((z_i - z_j)/((z_i + z_j)/2))^2 / 2 */
  KD_VARIOGRAM_COVARIANCE,        /* mean of r_i r_j, r the residual from the mean */
  KD_VARIOGRAM_CROSS              /* mean of (a_i - a_j)(b_i - b_j) / 2 */
} kd_variogram_kind;

typedef struct kd_variogram_rule {
  kd_variogram_kind kind;
  size_t lags;               /* lag k holds upper[k-1] < distance <= upper[k]; the first also distance 0 */
  double upper[KD_LAGS_MAX]; /* [m] */
  double width;              /* of equal lags, 0: as given by upper */
  bool directional;
  double azimuth, dip;             /* of the direction; clockwise from north, positive upward [rad] */
  double tolerance, dip_tolerance; /* half angles; pi/2 or more: any [rad] */
  double bandwidth, bandheight;    /* largest distance from the line across it and along the vertical; infinite: any */
} kd_variogram_rule;

typedef struct kd_lag {
  double pairs, distance, gamma; /* number, mean distance [m], semivariance; means NaN without pairs */
} kd_lag;

/* Fills upper with equal lags: ceil(cutoff/width) of them. KD_E_RANGE. */
kd_status kd_variogram_lags(kd_variogram_rule *rule, double cutoff, double width, kd_error *err);
/* gstat's default: a third of the diagonal of the box around the samples. */
double kd_variogram_cutoff(const kd_points *points);

/* Obvious form: all pairs, one after the other. b: second variable of a cross variogram, else NULL. */
void kd_variogram_reference(kd_lag *out, const kd_points *points, const double *a, const double *b,
                            const kd_variogram_rule *rule);
/* The same; all directions and a square difference by the fast path. pool may be NULL. The same bits for any number of
 * threads. */
kd_status kd_variogram(kd_lag *out, const kd_points *points, const double *a, const double *b,
                       const kd_variogram_rule *rule, kd_pool *pool, kd_arena *arena, kd_error *err);

/* A map of (2 half + 1)^2 cells about lag (0, 0): semivariance over lags of cell size, row by row from the south. */
void kd_variogram_map(kd_lag *out, const kd_points *points, const double *a, const double *b, double cell, size_t half);

#endif
