// SPDX-License-Identifier: Apache-2.0
/* Acid leach of several minerals in a train of tanks or in a batch, with the acid's balance. mol/L, s, K. */
#ifndef KD_PROCESS_LEACH_TRAIN_H
#define KD_PROCESS_LEACH_TRAIN_H

#include "base/work.h"

#define KD_LEACH_MINERALS 16

typedef struct kd_leach_mineral {
  double amount;     /* mol per L of pulp liquor */
  double rate;       /* 1/s: d(1-X)^(1/3)/dt = -rate [H]^order at 1 mol/L of H+ and the reference temperature */
  double order;      /* in H+ */
  double protons;    /* H+ taken by one mol */
  double activation; /* J/mol */
} kd_leach_mineral;

typedef struct kd_leach_bath {
  double protons;     /* mol/L of H+ that the acid brings, 2 for each H2SO4 */
  double sulfate;     /* mol/L of sulfate */
  double ka;          /* mol/L, HSO4 = H + SO4 */
  double temperature; /* K */
  double reference;   /* K */
} kd_leach_bath;

/* Free H+ when `left` mol/L of the acid's protons remain beside `sulfate`: h + HSO4 = left. */
double kd_leach_free_acid(double left, double sulfate, double ka);

/* Conversions after a batch of `time`; *h: free acid at the end. */
kd_status kd_leach_batch(double *conversion, double *h, const kd_leach_mineral *minerals, size_t count,
                         const kd_leach_bath *bath, double time, kd_error *err);

/* One ideally mixed tank of residence `time`, pulp entering with conversions `in`: the mean-conversion form
 * X - X_in = time 3 k [H]^n (1-X)^(2/3). */
kd_status kd_leach_tank(double *conversion, double *h, const double *in, const kd_leach_mineral *minerals, size_t count,
                        const kd_leach_bath *bath, double time, kd_error *err);

/* Mean conversion of grains with a surface-controlled shrinking core after n equal mixed tanks, each grain keeping its
 * own time: E[1 - (1 - k t)^3+], t of Erlang's distribution with mean n tau; kt_tank = k tau. */
double kd_leach_segregated(double kt_tank, unsigned tanks);

#endif
