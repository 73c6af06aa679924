// SPDX-License-Identifier: Apache-2.0
/* Simple collocated co-kriging with a Markov model: primary samples and the one secondary value at the target. */
#ifndef KD_DEPOSIT_COLLOCATED_H
#define KD_DEPOSIT_COLLOCATED_H

#include "deposit/kriging.h"

typedef enum kd_markov { KD_MARKOV_1, KD_MARKOV_2 } kd_markov;
#define KD_MARKOVS "mm1|mm2"

typedef struct kd_collocated_rule {
  kd_markov markov;
  double correlation;             /* of primary and secondary at one place, -1 to 1 */
  double mean, variance;          /* of the secondary; variance: the sill of its model with the second Markov model */
  const kd_covariance *secondary; /* second Markov model; NULL with the first */
} kd_collocated_rule;

typedef enum kd_collocated_note {
  KD_COLLOCATED,
  KD_COLLOCATED_ALONE,   /* no secondary value at the target: simple kriging of the primary */
  KD_COLLOCATED_INVALID, /* the two models and the correlation do not go together */
  KD_COLLOCATED_NONE     /* no simple kriging either: see kriged */
} kd_collocated_note;

typedef struct kd_collocated {
  double estimate, variance; /* NaN where there is none */
  double weight;             /* of the secondary value less its mean */
  kd_kriged kriged;          /* simple kriging of the primary alone */
  kd_collocated_note note;
} kd_collocated;

/* Whether the rule can go with the kriging, which must be a simple one of points. KD_E_RANGE, KD_E_MISSING,
 * KD_E_CONTRADICTION. */
kd_status kd_collocated_check(const kd_kriging *primary, const kd_collocated_rule *rule, kd_error *err);

/* Covariance of the primary with the secondary at a lag. */
double kd_collocated_cross(const kd_covariance *primary, const kd_collocated_rule *rule, double dx, double dy,
                           double dz);

/* scratch: as many numbers as space->capacity. value: the secondary at the place, NaN: missing. */
void kd_collocated_at(const kd_kriging *primary, const kd_collocated_rule *rule, kd_kriging_space *space,
                      double *scratch, kd_collocated *out, const double at[3], double value);

/* The model of the primary that the second Markov model implies: rho^2 s_z^2/s_y^2 C_y + C_R with s_z^2 from the sill
 * (1 - rho^2) s_z^2 of the residual. KD_E_RANGE, KD_E_CONTRADICTION. */
kd_status kd_collocated_implied(kd_covariance *out, const kd_covariance *secondary, const kd_covariance *residual,
                                double correlation, kd_error *err);

/* Why there is no estimate, or which; "" when all is well. */
const char *kd_collocated_note_text(const kd_collocated *self);

#endif
