// SPDX-License-Identifier: Apache-2.0
/* The disaggregation head.
 *
 *   jet      v = cv sqrt(2 dp/rho),  P = dp Q,  d = sqrt(4 Q/(n pi cc v))                        (1)
 *   cutter   P = f su Qm                                                                        (2)
 *   lumps    dd/dt = -k (d - d_inf) G^m   ->   d = d_inf + (d_0 - d_inf) exp(-k G^m t)          (3)
 *   feed     c = (1 - w) Qm/(Qm + Qw)                                                           (4)
 *
 *   dp nozzle pressure [Pa]  Q jet flow [m3/s]  cc contraction  su undrained strength [Pa]  Qm mud cut [m3/s]
 *   f specific energy over strength [-]  G shear rate [1/s]  k [s^(m-1)]  w share of water in the mud by volume
 *
 * Source    (1) Bernoulli; (2) specific cutting energy in proportion to the strength, the factor assumed (1-10 by
 * tool); (3) first-order breakage by shear, coefficients to be measured; (4) balance of volumes. Weakness  no data of
 * the mud's breakage are in print: (2) and (3) are forms for the user's numbers.
 */
#include "lift/head.h"

#include <math.h>

#define PI 3.14159265358979323846

double kd_jet_velocity(double pressure, double density, double coefficient) {
  return coefficient * sqrt(2.0 * pressure / density);
}

double kd_jet_power(double pressure, double flow) {
  return pressure * flow;
}

double kd_jet_diameter(double flow, double velocity, double contraction, double count) {
  return sqrt(4.0 * flow / (count * PI * contraction * velocity));
}

double kd_cutter_power(double strength, double rate, double factor) {
  return factor * strength * rate;
}

double kd_lump_size(double first, double last, double rate, double exponent, double shear, double time) {
  return last + (first - last) * exp(-rate * pow(shear, exponent) * time);
}
