// SPDX-License-Identifier: Apache-2.0
/* Wave spectra and what is read off them. Angular frequency throughout; S in m2 s. */
#ifndef KD_LIFT_WAVES_H
#define KD_LIFT_WAVES_H

#include "base/table.h"
#include "base/work.h"

typedef enum kd_spectrum_law {
  KD_SPECTRUM_JONSWAP,
  KD_SPECTRUM_PIERSON_MOSKOWITZ,
  KD_SPECTRUM_TORSETHAUGEN,
  KD_SPECTRUM_OCHI_HUBBLE,
  KD_SPECTRUM_TABLE
} kd_spectrum_law;
#define KD_SPECTRUM_LAWS "jonswap|pierson_moskowitz|torsethaugen|ochi_hubble"

typedef enum kd_spectrum_norm { KD_NORM_DNV, KD_NORM_EXACT, KD_NORM_GODA } kd_spectrum_norm;
#define KD_SPECTRUM_NORMS "dnv|exact|goda"

/* One peak: A x^-n exp(-b x^-4) peak^exp(-(x-1)^2/(2 s^2)), x = frequency over that of the peak. */
typedef struct kd_wave_peak {
  double scale, frequency, power, beta, enhancement;
} kd_wave_peak;

typedef struct kd_wave_spectrum {
  kd_spectrum_law law;
  double hs, tp, gamma; /* m, s, - ; gamma NaN: from tp/sqrt(hs) */
  kd_spectrum_norm norm;
  double hs2, tp2, lambda, lambda2; /* second peak and shapes of Ochi and Hubble */
  const double *omega, *density;    /* KD_SPECTRUM_TABLE */
  size_t count;
  /* filled by kd_wave_spectrum_prepare */
  kd_wave_peak peak[2];
  size_t peaks;
} kd_wave_spectrum;

typedef struct kd_wave_moments {
  double minus1, m0, m1, m2, m4; /* m4 NaN where it does not exist */
} kd_wave_moments;

/* Peak enhancement by steepness: 5 for tp/sqrt(hs) <= 3.6, 1 from 5 up, exp(5.75 - 1.15 tp/sqrt(hs)) between. */
double kd_wave_gamma(double hs, double tp);

kd_status kd_wave_spectrum_prepare(kd_wave_spectrum *self, kd_error *err);
/* A spectrum from a table of columns frequency [1/s] or omega [rad/s], and density [m2 s] or density_f [m2/Hz]. */
#define KD_SPECTRUM_COLUMNS "frequency [1/s]?, omega [rad/s]?, density [m2.s]?, density_f [m2.s]?"
kd_status kd_wave_spectrum_table(kd_wave_spectrum *out, const kd_table *table, kd_work *work);

double kd_wave_density(const kd_wave_spectrum *self, double omega);

/* Moments of S(omega) from 0 to cutoff [rad/s]; cutoff <= 0: to infinity (a table: to its end). */
void kd_wave_moments_of(kd_wave_moments *out, const kd_wave_spectrum *self, double cutoff);

/* Wave number [1/m] of a frequency [rad/s] in water of a depth [m]: omega^2 = g k tanh(k depth). */
double kd_wave_number(double omega, double depth, double gravity);

/* Extremes of a narrow Gaussian process over a time: most probable, expected, and with a chance to be exceeded. */
typedef struct kd_extremes {
  double cycles, most_probable, expected, quantile;
} kd_extremes;
void kd_extremes_of(kd_extremes *out, double sigma, double zero_period, double duration, double exceedance);

#endif
