// SPDX-License-Identifier: Apache-2.0
/* Air as a real gas, and the work to compress it.
 *
 *   Z = p/(rho R T) = 1 + delta d(alpha)/d(delta),  delta = rho/rho_j,  tau = T_j/T                (1)
 *   alpha = sum N delta^i tau^j exp(-delta^l)
 *   Z fit = 1 + sum a_ij x^i u^j,   x = p/50 MPa,   u = (T - 290 K)/20 K                            (2)
 *   isothermal  P = G R T ln(p2/p1)       polytropic  P = s n/(n-1) G R T ((p2/p1)^((n-1)/(n s)) - 1) (3)
 *
 *   G mass rate [kg/s]    R gas constant [J/(kg K)]    n polytropic exponent    s stages
 *
 * Source    (1) Lemmon, Jacobsen, Penoncello, Friend 2000, J. Phys. Chem. Ref. Data 29, 331; (2) fitted here to (1),
 * largest error 6.4e-4; (3) ideal-gas work. Range     (1) 60-2,000 K, to 2,000 MPa; (2) 270-310 K, to 70 MPa. Weakness
 * (3) takes Z = 1; at 30 MPa the true isothermal work is within 3 % of it, for Z runs below and above 1.
 */
#include "lift/air.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define GAS_CONSTANT 8.31451  /* J/(mol K), of (1) */
#define REDUCING_T   132.6312 /* K */
#define REDUCING_RHO 10447.7  /* mol/m3 */

typedef struct term {
  double n;
  int i;
  double j;
  int l;
} term;

static const term terms[] = {
    {0.118160747229, 1, 0.0, 0},     {0.713116392079, 1, 0.33, 0},     {-1.61824192067, 1, 1.01, 0},
    {0.0714140178971, 2, 0.0, 0},    {-0.0865421396646, 3, 0.0, 0},    {0.134211176704, 3, 0.15, 0},
    {0.0112626704218, 4, 0.0, 0},    {-0.0420533228842, 4, 0.2, 0},    {0.0349008431982, 4, 0.35, 0},
    {0.000164957183186, 6, 1.35, 0}, {-0.101365037912, 1, 1.6, 1},     {-0.17381369097, 3, 0.8, 1},
    {-0.0472103183731, 5, 0.95, 1},  {-0.0122523554253, 6, 1.25, 1},   {-0.146629609713, 1, 3.6, 2},
    {-0.0316055879821, 3, 6.0, 2},   {0.000233594806142, 11, 3.25, 2}, {0.0148287891978, 1, 3.5, 3},
    {-0.00938782884667, 3, 15.0, 3}};

static double compressibility_at(double delta, double tau) {
  double sum = 1;
  for (size_t k = 0; k < sizeof terms / sizeof terms[0]; k++) {
    const term *t = &terms[k];
    double value = t->n * pow(delta, t->i) * pow(tau, t->j);
    if (t->l == 0)
      sum += value * t->i;
    else
      sum += value * exp(-pow(delta, t->l)) * (t->i - t->l * pow(delta, t->l));
  }
  return sum;
}

/* Density by Illinois false position between the ideal gas at Z = 0.3 and at Z = 4, which hold every state above 270 K.
 */
kd_status kd_air_compressibility(double *out, double pressure, double temperature) {
  double ideal = pressure / (GAS_CONSTANT * temperature * REDUCING_RHO), tau = REDUCING_T / temperature;
  double low = ideal / 4.0, high = ideal / 0.3;
  double f_low = low * compressibility_at(low, tau) - ideal, f_high = high * compressibility_at(high, tau) - ideal;
  bool found = false;
  if (!(f_low < 0 && f_high > 0)) return KD_E_CONVERGENCE;
  int side = 0;
  for (int step = 0; step < 200 && !found; step++) {
    double x = (low * f_high - high * f_low) / (f_high - f_low);
    double f = x * compressibility_at(x, tau) - ideal;
    if (f > 0) {
      high = x, f_high = f;
      if (side > 0) f_low *= 0.5;
      side = 1;
    } else {
      low = x, f_low = f;
      if (side < 0) f_high *= 0.5;
      side = -1;
    }
    found = fabs(f) <= 1e-14 * ideal || high - low <= 1e-14 * high;
    *out = ideal / x;
  }
  return found ? KD_OK : KD_E_CONVERGENCE;
}

void kd_air_compressibility_terms(double factors[6], double temperature) {
  static const double a[6][3] = {
      {-0.1928716905, 0.1014951161, -0.01475613098}, {0.5106712594, -0.04105944321, -0.003072087689},
      {0.7070814067, -0.4592896864, 0.1155677249},   {-1.334756591, 0.7537209295, -0.1921967997},
      {0.800479583, -0.4671437807, 0.1239419446},    {-0.1711854138, 0.1046414178, -0.02874272937}};
  double u = fmin(fmax((temperature - 290.0) / 20.0, -1.2), 1.2);
  for (int i = 0; i < 6; i++) factors[i] = a[i][0] + u * (a[i][1] + u * a[i][2]);
}

double kd_air_compressibility_fit(double pressure, double temperature) {
  double a[6], x = fmin(pressure * 2e-8, 1.4), z = 0;
  kd_air_compressibility_terms(a, temperature);
  for (int i = 6; i-- > 0;) z = (z + a[i]) * x;
  return 1.0 + z;
}

double kd_air_isothermal_power(double rate, double p1, double p2, double temperature) {
  return rate * KD_AIR_GAS_CONSTANT * temperature * log(p2 / p1);
}

double kd_air_polytropic_power(double rate, double p1, double p2, double temperature, double exponent, double stages) {
  double e = (exponent - 1.0) / (exponent * stages);
  return stages * exponent / (exponent - 1.0) * rate * KD_AIR_GAS_CONSTANT * temperature * expm1(e * log(p2 / p1));
}
