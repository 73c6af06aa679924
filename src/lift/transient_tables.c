// SPDX-License-Identifier: Apache-2.0
/* Tables of a line in time. Source    settling: settling.c. Weakness  grains of a class are of one size. */
#include "lift/transient_tables.h"

#include <math.h>

#include "lift/settling.h"

kd_coarse kd_grain_class(double size, double density, double terminal, double carrier_density, double viscosity,
                         double gravity) {
  const double v =
      isnan(terminal) ? kd_settling_ruby_zanke(size, density, carrier_density, viscosity, gravity) : terminal;
  return (kd_coarse){.density = density,
                     .diameter = size,
                     .terminal = v,
                     .exponent = kd_settling_rowe_exponent(v * size * carrier_density / viscosity)};
}

kd_status kd_grains_read(kd_grains *out, const kd_table *table, double density, double carrier_density,
                         double viscosity, double gravity, kd_error *err) {
  kd_status status = KD_OK;
  const double *size = kd_table_column(table, "grain")->number, *share = kd_table_column(table, "share")->number;
  const kd_column *own = kd_table_column(table, "density"), *terminal = kd_table_column(table, "terminal");
  double sum = 0;
  KD_CHECK(table->rows >= 1 && table->rows <= KD_DUCT_COARSE, err, KD_E_SIZE,
           "grains: %zu classes: from 1 to %d; join the finest", table->rows, KD_DUCT_COARSE);
  *out = (kd_grains){.count = table->rows};
  for (size_t r = 0; r < table->rows; r++) {
    const double rho = own && !isnan(own->number[r]) ? own->number[r] : density;
    KD_CHECK(size[r] > 0 && size[r] <= 1, err, isnan(size[r]) ? KD_E_MISSING : KD_E_RANGE,
             "grains, row %zu: grain %g m must be above 0 m, at most 1 m", r + 1, size[r]);
    KD_CHECK(share[r] >= 0, err, isnan(share[r]) ? KD_E_MISSING : KD_E_RANGE,
             "grains, row %zu: share %g must be at least 0", r + 1, share[r]);
    KD_CHECK(rho > carrier_density, err, KD_E_RANGE,
             "grains, row %zu: density %g kg/m3 must be above the %g kg/m3 of the water", r + 1, rho, carrier_density);
    const double given = terminal ? terminal->number[r] : (double)NAN;
    KD_CHECK(!(given < 0), err, KD_E_RANGE, "grains, row %zu: terminal %g m/s must be at least 0 m/s", r + 1, given);
    out->grain[r] = kd_grain_class(size[r], rho, given, carrier_density, viscosity, gravity);
    out->share[r] = share[r];
    sum += share[r];
  }
  KD_CHECK(sum > 0, err, KD_E_RANGE, "grains: the shares sum to 0");
  for (size_t r = 0; r < out->count; r++) out->share[r] /= sum;
out:
  return status;
}

kd_status kd_pump_curve_read(kd_duct_pump *out, const kd_table *table, kd_work *work) {
  kd_status status = KD_OK;
  const double *q = kd_table_column(table, "flow")->number, *p = kd_table_column(table, "pressure")->number;
  const kd_column *share = kd_table_column(table, "efficiency");
  const size_t n = table->rows;
  KD_CHECK(n >= 2, work->err, KD_E_SIZE, "pump_curve: %zu rows: at least 2", n);
  double *room = kd_arena_alloc(work->scratch, 3 * n, sizeof *room);
  KD_CHECK(room != NULL, work->err, KD_E_NOMEM, "no memory for a pump curve of %zu rows", n);
  for (size_t r = 0; r < n; r++) {
    const double eta = share ? share->number[r] : (double)NAN;
    KD_CHECK(isfinite(q[r]) && isfinite(p[r]), work->err, KD_E_MISSING,
             "pump_curve, row %zu: flow and pressure must be numbers", r + 1);
    KD_CHECK(r == 0 ? q[0] == 0 : q[r] > q[r - 1], work->err, KD_E_RANGE,
             "pump_curve, row %zu: flow %g m3/s: the first must be 0 m3/s, and they must rise", r + 1, q[r]);
    KD_CHECK(p[r] >= 0 && (r == 0 || p[r] <= p[r - 1]), work->err, KD_E_RANGE,
             "pump_curve, row %zu: pressure %g Pa must be at least 0 Pa and not above the row before it; a curve that "
             "rises makes the pump hunt",
             r + 1, p[r]);
    KD_CHECK(isnan(eta) || (eta >= 0 && eta <= 1), work->err, KD_E_RANGE,
             "pump_curve, row %zu: efficiency %g must be from 0 to 1", r + 1, eta);
    room[r] = q[r], room[n + r] = p[r], room[2 * n + r] = eta;
  }
  KD_CHECK(p[0] > 0 && p[n - 1] < p[0], work->err, KD_E_RANGE, "pump_curve: the pressure must fall from above 0 Pa");
  out->flow = room, out->pressure = room + n, out->share = room + 2 * n, out->rows = n;
  out->shut_off = p[0];
  const double slope = (p[n - 2] - p[n - 1]) / (q[n - 1] - q[n - 2]);
  out->curve = fmax(0.5 * slope / q[n - 1], (p[0] - p[n - 1]) / (q[n - 1] * q[n - 1]));
out:
  return status;
}
