// SPDX-License-Identifier: Apache-2.0
/* What the user gives a line in time as tables: classes of grains, the curve of a pump. */
#ifndef KD_LIFT_TRANSIENT_TABLES_H
#define KD_LIFT_TRANSIENT_TABLES_H

#include "lift/duct.h"

#define KD_GRAIN_COLUMNS      "grain [m], share [1], density [kg/m3]?, terminal [m/s]?"
#define KD_PUMP_CURVE_COLUMNS "flow [m3/s], pressure [Pa], efficiency [1]?"

typedef struct kd_grains {
  kd_coarse grain[KD_DUCT_COARSE];
  double share[KD_DUCT_COARSE]; /* of the mass of all grains; sums to 1 */
  size_t count;
} kd_grains;

/* A class in a carrier: settling by Ruby and Zanke, hindrance by Rowe. terminal NaN: by its size. */
kd_coarse kd_grain_class(double size, double density, double terminal, double carrier_density, double viscosity,
                         double gravity);

/* Up to five rows. Errors: KD_E_SIZE, KD_E_RANGE, KD_E_MISSING with the row. */
kd_status kd_grains_read(kd_grains *out, const kd_table *table, double density, double carrier_density,
                         double viscosity, double gravity, kd_error *err);

/* Curve at rated speed: flows rise from 0, pressures fall. Sets shut_off and curve too (beyond the last row). */
kd_status kd_pump_curve_read(kd_duct_pump *out, const kd_table *table, kd_work *work);

#endif
