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
      isfinite(self->yield) && isfinite(self->consistency) && isfinite(self->index), err, KD_E_MISSING,
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

void kd_rheology_scaling(kd_rheology *out, const kd_scaling_law *law, double solids) {
  out->yield = law->yield * pow(solids, law->yield_power);
  out->consistency = law->viscosity * exp(law->growth * solids);
  out->index = law->index;
}

/* Row below a share and the weight of the next one; every row is checked. */
static kd_status place(size_t *at, double *weight, const kd_table *table, double solids, kd_error *err) {
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
    KD_CHECK(isfinite(c[r]), err, KD_E_MISSING, "rheology_table: solids in row %zu must be a number", r + 1);
    KD_CHECK(r == 0 || c[r] > c[r - 1], err, KD_E_RANGE,
             "rheology_table: solids %g %%vol in row %zu must be above the row before it", c[r] * 100, r + 1);
  }
  KD_CHECK(solids >= c[0] && solids <= c[rows - 1], err, KD_E_RANGE,
           "rheology_table: solids %g %%vol are outside the table, %g to %g %%vol; measure more or change solids",
           solids * 100, c[0] * 100, c[rows - 1] * 100);
  while (i + 2 < rows && c[i + 1] < solids) i++;
  *at = i;
  *weight = rows > 1 ? (solids - c[i]) / (c[i + 1] - c[i]) : 0;
out:
  return status;
}

/* Logarithms where both ends have one; a value of 0 is joined by a straight line. */
static double between(const double *v, size_t i, double w) {
  if (!(w > 0)) return v[i];
  return v[i] > 0 && v[i + 1] > 0 ? exp((1 - w) * log(v[i]) + w * log(v[i + 1])) : (1 - w) * v[i] + w * v[i + 1];
}

kd_status kd_rheology_from_table(kd_rheology *out, const kd_table *table, double solids, kd_error *err) {
  kd_status status = KD_OK;
  size_t i = 0;
  double w = 0;
  KD_TRY(place(&i, &w, table, solids, err));
  const double *n = kd_table_column(table, "index")->number;
  out->yield = between(kd_table_column(table, "yield")->number, i, w);
  out->consistency = between(kd_table_column(table, "consistency")->number, i, w);
  out->index = w > 0 ? (1 - w) * n[i] + w * n[i + 1] : n[i];
out:
  return status;
}

kd_status kd_gel_from_table(kd_gel *out, const kd_table *table, double solids, kd_error *err) {
  kd_status status = KD_OK;
  static const char *const names[] = {"static_yield", "gel_time", "gel_exponent"};
  double *const value[] = {&out->static_yield, &out->time, &out->exponent};
  size_t i = 0;
  double w = 0;
  *out = (kd_gel){(double)NAN, (double)NAN, (double)NAN};
  KD_TRY(place(&i, &w, table, solids, err));
  for (size_t k = 0; k < 3; k++) {
    const kd_column *column = kd_table_column(table, names[k]);
    if (column == NULL) continue;
    const double *v = column->number;
    for (size_t r = 0; r < table->rows; r++)
      KD_CHECK(isnan(v[r]) || v[r] > 0 || (k == 0 && v[r] == 0), err, KD_E_RANGE,
               "rheology_table, row %zu: %s %g must be above 0", r + 1, names[k], v[r]);
    *value[k] = between(v, i, w);
  }
  const double yield = between(kd_table_column(table, "yield")->number, i, w);
  KD_CHECK(!(out->static_yield < yield), err, KD_E_RANGE,
           "rheology_table: static_yield %g Pa at solids %g %%vol must be at least the yield %g Pa", out->static_yield,
           solids * 100, yield);
out:
  return status;
}
