// SPDX-License-Identifier: Apache-2.0
/* What the slurry is: a Herschel-Bulkley fluid whose three numbers follow from the share of solids. */
#ifndef KD_LIFT_RHEOLOGY_H
#define KD_LIFT_RHEOLOGY_H

#include "base/table.h"
#include "kaidei/error.h"

typedef struct kd_rheology {
  double yield;       /* dynamic yield stress, Pa */
  double consistency; /* Pa s^n */
  double index;       /* flow index n */
} kd_rheology;

typedef enum kd_rheology_law {
  KD_RHEOLOGY_STARTER,
  KD_RHEOLOGY_LIQUIDITY_INDEX,
  KD_RHEOLOGY_TABLE,
  KD_RHEOLOGY_STATED,
  KD_RHEOLOGY_SCALING
} kd_rheology_law;
#define KD_RHEOLOGY_LAWS "starter|liquidity_index|table|stated|scaling"

/* Coefficients of the starter law: exponential in the volume share [%vol / 100]. */
typedef struct kd_starter_law {
  double yield_at_zero, yield_growth;             /* Pa, per unit share */
  double consistency_at_zero, consistency_growth; /* Pa s^n, per unit share */
  double index_slope, index_floor;                /* per unit share; - */
} kd_starter_law;

/* Coefficients of the law by liquidity index. */
typedef struct kd_liquidity_law {
  double liquid_limit, plastic_limit; /* water per dry mass */
  double stress_factor;               /* stress at 100 1/s over the yield stress */
  double index;
} kd_liquidity_law;

/* Coefficients of the scaling law. */
typedef struct kd_scaling_law {
  double yield, yield_power; /* Pa at a share of 1; - */
  double viscosity;          /* of the water, Pa s */
  double growth;             /* of ln consistency, per unit share */
  double index;
} kd_scaling_law;

/* The gel of a mud, where a table tells it; NaN: not told. */
typedef struct kd_gel {
  double static_yield; /* after a long rest, Pa */
  double time;         /* to half of the growth, s */
  double exponent;
} kd_gel;

#define KD_RHEOLOGY_COLUMNS                                                                                            \
  "solids [%vol], yield [Pa], consistency [Pa.s], index [1], static_yield [Pa]?, gel_time [s]?, gel_exponent [1]?"

void kd_rheology_starter(kd_rheology *out, const kd_starter_law *law, double solids);

/* Liquidity index of a slurry: water_density and grain_density in kg/m3. */
double kd_liquidity_index(const kd_liquidity_law *law, double solids, double grain_density, double water_density);
void kd_rheology_liquidity(kd_rheology *out, const kd_liquidity_law *law, double solids, double grain_density,
                           double water_density, double water_viscosity);

/* yield c^yield_power, viscosity exp(growth c), index; c as a fraction. */
void kd_rheology_scaling(kd_rheology *out, const kd_scaling_law *law, double solids);

/* Interpolates a table of measurements: ln(yield), ln(consistency) and index linear in the share; no extrapolation.
 * Errors: KD_E_RANGE outside the table, KD_E_MISSING and KD_E_RANGE for rows that are no rheology. */
kd_status kd_rheology_from_table(kd_rheology *out, const kd_table *table, double solids, kd_error *err);

/* Gel from the optional columns of such a table. The static yield stress is at least the dynamic one. */
kd_status kd_gel_from_table(kd_gel *out, const kd_table *table, double solids, kd_error *err);

/* KD_E_MISSING or KD_E_RANGE with the value unless the three numbers are a fluid. */
kd_status kd_rheology_check(const kd_rheology *self, kd_error *err);

#endif
