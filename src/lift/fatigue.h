// SPDX-License-Identifier: Apache-2.0
/* Fatigue: counting of cycles, S-N curves, damage from histories and from spectra. Stress ranges in Pa. */
#ifndef KD_LIFT_FATIGUE_H
#define KD_LIFT_FATIGUE_H

#include <stddef.h>

#include "base/work.h"

typedef struct kd_cycle {
  double range, mean, count; /* count 0.5 or 1 */
} kd_cycle;

/* Rainflow counting of a history, ASTM E1049-85 §5.4.4. out: room for `count` cycles; *cycles: how many. */
kd_status kd_rainflow(kd_cycle *out, size_t *cycles, const double *history, size_t count, kd_work *work);

/* log10 N = log_a1 - m1 log10(S/1 MPa) to N = knee, then (log_a2, m2); m2 <= 0: one slope. S in MPa in the constants.
 */
typedef struct kd_sn_curve {
  double log_a1, m1, m2, knee; /* the second slope starts where the first ends */
  double factor;               /* stress concentration times thickness correction */
} kd_sn_curve;

double kd_sn_cycles(const kd_sn_curve *self, double range); /* (double)INFINITY at no range */
double kd_sn_damage(const kd_sn_curve *self, const kd_cycle *cycles, size_t count);

typedef struct kd_spectral_damage {
  double zero_rate, peak_rate, irregularity, bandwidth; /* 1/s, 1/s, gamma, epsilon */
  double narrow, wirsching_light, dirlik;               /* damage per second */
  double equivalent;                                    /* range of constant height with the damage of Dirlik, Pa */
} kd_spectral_damage;

/* Damage of a Gaussian stress with spectral moments m0, m1, m2, m4 in Pa^2 s^-n over frequency f [Hz]. */
void kd_spectral_damage_of(kd_spectral_damage *out, const kd_sn_curve *curve, double m0, double m1, double m2,
                           double m4);
/* Density of Dirlik's law for normalised ranges z = S/(2 sqrt m0), over S. */
double kd_dirlik_density(double range, double m0, double m1, double m2, double m4);

#endif
