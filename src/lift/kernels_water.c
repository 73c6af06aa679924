// SPDX-License-Identifier: Apache-2.0
/* Kernels of water and air. Temperatures come in K, the functions take degC. */
#include <math.h>

#include "base/error.h"
#include "lift/air.h"
#include "lift/circuit.h"
#include "lift/kernels.h"
#include "lift/sea.h"
#include "lift/seawater.h"

kd_status kd_eval_density(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_density(in[0], in[1] - KD_CELSIUS_ZERO, in[2]);
  return KD_OK;
}

kd_status kd_eval_absolute_salinity(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_absolute_salinity(in[0]);
  return KD_OK;
}

kd_status kd_eval_potential_temperature(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_potential_temperature(in[0], in[1] - KD_CELSIUS_ZERO, in[2]) + KD_CELSIUS_ZERO;
  return KD_OK;
}

kd_status kd_eval_conservative_temperature(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_conservative_temperature(in[0], in[1] - KD_CELSIUS_ZERO, in[2]) + KD_CELSIUS_ZERO;
  return KD_OK;
}

kd_status kd_eval_seawater_viscosity(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_seawater_viscosity(in[0], in[1] - KD_CELSIUS_ZERO);
  return KD_OK;
}

kd_status kd_eval_gravity(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_gravity(in[0], in[1]);
  return KD_OK;
}

kd_status kd_eval_compressibility(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(kd_air_compressibility(&out[0], in[0], in[1]) == KD_OK, work->err, KD_E_CONVERGENCE,
           "no density found for air at %g Pa and %g K", in[0], in[1]);
  out[1] = in[0] / (out[0] * KD_AIR_GAS_CONSTANT * in[1]);
out:
  return status;
}

kd_status kd_eval_compressibility_fit(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_air_compressibility_fit(in[0], in[1]);
  return KD_OK;
}

kd_status kd_eval_compressor(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] >= in[1], work->err, KD_E_RANGE, "outlet_pressure %g Pa: must be at least the inlet_pressure %g Pa",
           in[2], in[1]);
  double gas = in[6] / KD_AIR_GAS_CONSTANT; /* the functions carry that of air */
  out[0] = gas * kd_air_isothermal_power(in[0], in[1], in[2], in[3]);
  out[1] = gas * kd_air_polytropic_power(in[0], in[1], in[2], in[3], in[4], in[5]);
out:
  return status;
}

kd_status kd_eval_slurry_density(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] > in[2], work->err, KD_E_RANGE, "grain_density %g kg/m3: must be above the water_density %g kg/m3",
           in[1], in[2]);
  out[1] = kd_slurry_water_ratio(in[0], in[1], in[2]);
  out[0] = kd_slurry_density(out[1], in[1], in[2]);
out:
  return status;
}

/* Options: latitude, depth, step of the answer. */
kd_status kd_eval_sea_column(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_sea sea;
  double depth = options[1], step = options[2];
  KD_CHECK(depth / step <= 1e5, work->err, KD_E_SIZE, "step %g m: gives more than 100,000 rows down to %g m", step,
           depth);
  KD_TRY(kd_sea_create(&sea, data[0], options[0], depth, work));
  size_t rows = (size_t)ceil(depth / step - 1e-9) + 1;
  KD_TRY(kd_table_create(out, work->ctx,
                         "depth [m], temperature [degC], conservative_temperature [degC], absolute_salinity [g/kg], "
                         "pressure [MPa], density [kg/m3]",
                         rows, work->err));
  for (size_t i = 0; i < rows; i++) {
    kd_sea_node at;
    kd_sea_at(&at, &sea, fmin((double)i * step, depth));
    kd_column *c = (*out)->column;
    c[0].number[i] = at.depth;
    c[1].number[i] = at.temperature + KD_CELSIUS_ZERO;
    c[2].number[i] = at.conservative + KD_CELSIUS_ZERO;
    c[3].number[i] = at.salinity;
    c[4].number[i] = at.pressure;
    c[5].number[i] = at.density;
  }
out:
  return status;
}
