// SPDX-License-Identifier: Apache-2.0
/* Rheology of the slurry from the share of solids.
 *
 *   starter           ty = a exp(b c)    K = k exp(l c)    n = max(1 - s c, n_min)              (1)
 *   liquidity index   LI = (w - PL)/(LL - PL)    w = (1 - c) rho_w/(c rho_s)                     (2)
 *                     ty = (12.05/LI)^3.13       K = (F - 1) ty / 100^n
 *   table             ln ty, ln K, n linear in c between rows
 *
 *   c   share of solids by volume [-]     LL, PL  liquid and plastic limit, water per dry mass [-]
 *   ty  yield stress [Pa]                 F       stress at 100 1/s over the yield stress [-]
 *   K   consistency [Pa s^n]              n       flow index [-]
 *
 * Source    (1) assumed: order of magnitude only; (2) correlation of remoulded sensitive clays, Locat and Demers 1988,
 *           Can. Geotech. J. 25, 799 (coefficients from memory: assumed), F and n assumed.
 * Range     (2) LI under about 6 (over 9 %vol); used below that as an extrapolation.
 * Weakness  no law was fitted to mud of the site; (1) and (2) differ 5-8 times. Measured tables replace both.
 */
#include "lift/rheology.h"

#include <math.h>

#include "base/error.h"

#define LIQUIDITY_YIELD_SCALE 12.05
#define LIQUIDITY_YIELD_POWER 3.13
#define LIQUIDITY_RATE        100.0 /* 1/s */

void kd_rheology_starter(kd_rheology *out, const kd_starter_law *law, double solids) {
  out->yield = law->yield_at_zero * exp(law->yield_growth * solids);
  out->consistency = law->consistency_at_zero * exp(law->consistency_growth * solids);
  out->index = fmax(1.0 - law->index_slope * solids, law->index_floor);
}

double kd_liquidity_index(const kd_liquidity_law *law, double solids, double grain_density, double water_density) {
  double water = (1.0 - solids) * water_density / (solids * grain_density);
  return (water - law->plastic_limit) / (law->liquid_limit - law->plastic_limit);
}

void kd_rheology_liquidity(kd_rheology *out, const kd_liquidity_law *law, double solids, double grain_density,
                           double water_density, double water_viscosity) {
  double li = kd_liquidity_index(law, solids, grain_density, water_density);
  out->index = law->index;
  out->yield = pow(LIQUIDITY_YIELD_SCALE / fmax(li, 1e-3), LIQUIDITY_YIELD_POWER);
  out->consistency = (law->stress_factor - 1.0) * out->yield / pow(LIQUIDITY_RATE, law->index) + water_viscosity;
}

kd_status kd_rheology_check(const kd_rheology *self, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(
      isfinite(self->yield) && isfinite(self->consistency) && isfinite(self->index), err, KD_E_NAN,
      "rheology: yield %g Pa, consistency %g Pa s^n, index %g: all three must be numbers; give a whole table row or "
      "another law",
      self->yield, self->consistency, self->index);
  KD_CHECK(self->yield >= 0, err, KD_E_RANGE, "rheology: yield %g Pa must be at least 0 Pa", self->yield);
  KD_CHECK(self->consistency > 0, err, KD_E_RANGE, "rheology: consistency %g Pa s^n must be above 0",
           self->consistency);
  KD_CHECK(self->index > 0 && self->index <= 3, err, KD_E_RANGE, "rheology: index %g must be above 0 and at most 3",
           self->index);
out:
  return status;
}

kd_status kd_rheology_from_table(kd_rheology *out, const kd_table *table, double solids, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(table && table->rows > 0, err, KD_E_MISSING,
           "rheology_table: rheology is 'table' but no table is given; give one or choose another law");
  const double *c = kd_table_column(table, "solids")->number, *y = kd_table_column(table, "yield")->number;
  const double *k = kd_table_column(table, "consistency")->number, *n = kd_table_column(table, "index")->number;
  size_t rows = table->rows, i = 0;
  for (size_t r = 0; r < rows; r++) {
    kd_rheology row = {y[r], k[r], n[r]};
    status = kd_rheology_check(&row, err);
    if (status != KD_OK) {
      kd_error_context(err, "rheology_table, row %zu: ", r + 1);
      goto out;
    }
    KD_CHECK(r == 0 || c[r] > c[r - 1], err, KD_E_RANGE,
             "rheology_table: solids %g %%vol in row %zu must be above the row before it", c[r] * 100, r + 1);
  }
  KD_CHECK(solids >= c[0] && solids <= c[rows - 1], err, KD_E_RANGE,
           "rheology_table: solids %g %%vol are outside the table, %g to %g %%vol; measure more or change solids",
           solids * 100, c[0] * 100, c[rows - 1] * 100);
  while (i + 2 < rows && c[i + 1] < solids) i++;
  size_t j = rows > 1 ? i + 1 : i;
  double w = j > i ? (solids - c[i]) / (c[j] - c[i]) : 0;
  /* Logarithms where both ends have one; a yield of 0 is joined by a straight line. */
  out->yield = y[i] > 0 && y[j] > 0 ? exp((1 - w) * log(y[i]) + w * log(y[j])) : (1 - w) * y[i] + w * y[j];
  out->consistency = exp((1 - w) * log(k[i]) + w * log(k[j]));
  out->index = (1 - w) * n[i] + w * n[j];
out:
  return status;
}
