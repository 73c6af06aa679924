// SPDX-License-Identifier: Apache-2.0
#ifndef KD_LIFT_AIR_H
#define KD_LIFT_AIR_H

#include "kaidei/error.h"

#define KD_AIR_GAS_CONSTANT (8.31451 / 28.96546e-3) /* J/(kg K) */

/* Compressibility factor of air [-]; absolute pressure [Pa], temperature [K]. The reference equation; and a polynomial
 * fitted to it over 270-310 K, 0-70 MPa, for the inner loops (within 7e-4). Errors: KD_E_CONVERGENCE. */
kd_status kd_air_compressibility(double *out, double pressure, double temperature);
double kd_air_compressibility_fit(double pressure, double temperature);
/* Its coefficients at a temperature: Z = 1 + x (t0 + x (t1 + ...)), x = p/50 MPa. */
void kd_air_compressibility_terms(double terms[6], double temperature);

/* Shaft power [W] to compress `rate` [kg/s] of air from p1 to p2 [Pa, absolute] at temperature [K] at the inlets:
 * isothermal, and polytropic in equal stages with cooling back to the inlet temperature between them. */
double kd_air_isothermal_power(double rate, double p1, double p2, double temperature);
double kd_air_polytropic_power(double rate, double p1, double p2, double temperature, double exponent, double stages);

#endif
