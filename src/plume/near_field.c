// SPDX-License-Identifier: Apache-2.0
/* Near field of return water and collector, top-hat integral models.
 *
 *   dQ/dz = 2 a M^(1/2),   dM/dz = Q F / M,   dF/dz = -N² Q                            (1)
 *   g' = g C (1 - rho_w/rho_s) / rho_w                                                  (2)
 *   neutral level 1.38161 s, top 1.81877 s,  s = a^(-1/2) F0^(1/4) N^(-3/4),  F0 = B/pi (3)
 *   Q at the neutral level 1.86978 a^(1/2) F0^(3/4) N^(-5/4)                            (4)
 *   bent over by a current: rise 2.6 (B/(pi U N²))^(1/3)                                (5)
 *   run-out  plane (5 Fr)^(2/5) (g' A³/ws²)^(1/5), round (8 Fr/pi^1.5)^(1/4) (g' V³/ws²)^(1/8)   (6)
 *
 *   Q, M, F  fluxes of volume, momentum and buoyancy over pi [m3/s, m4/s2, m4/s3]   a  entrainment coefficient [-]
 *   N  buoyancy frequency [1/s]   B  buoyancy flux [m4/s3]   C  mass concentration [kg/m3]   U  current [m/s]
 *
 * Scaled, (1) is m² = 1 - f² and q² = 4 ∫ sin^(3/2): the constants of (3) and (4) are exact integrals, and
 * 1.86978 = (2 sqrt(pi) Gamma(5/4)/Gamma(7/4))^(1/2).
 * Source    Morton, Taylor and Turner 1956 for (1); Briggs' form for (5), its constant from memory: assumed; box models
 * of gravity currents with settling (Dade and Huppert 1995) for (6), constants by integration with dh/dt = 0 losses.
 * Range     Boussinesq; source much smaller than s; (5) where the plume is bent over within its rise.
 * Weakness  sediment that falls out of the plume does not change its buoyancy; heat and salt of the water are left out.
 */
#include "plume/near_field.h"

#include <math.h>

#define KD_PI          3.14159265358979323846
#define KD_MTT_NEUTRAL 1.3816113826834587 /* ∫0^(pi/2) sin/q */
#define KD_MTT_TOP     1.8187667357120172 /* ∫0^pi sin/q */
#define KD_MTT_FLUX    1.8697798637957784 /* q(pi/2) */
#define KD_BENT_SPREAD 0.5                /* radius of a bent-over plume over its rise */

double kd_suspension_gravity(double concentration, double grain_density, double water_density) {
  return KD_GRAVITY * concentration * (1 - water_density / grain_density) / water_density;
}

void kd_mtt_plume(kd_mtt *out, double buoyancy_flux, double frequency, double entrainment) {
  const double f0 = buoyancy_flux / KD_PI;
  const double scale = pow(f0, 0.25) * pow(frequency, -0.75) / sqrt(entrainment);
  out->neutral = KD_MTT_NEUTRAL * scale;
  out->top = KD_MTT_TOP * scale;
  const double q = KD_MTT_FLUX * sqrt(entrainment) * pow(f0, 0.75) * pow(frequency, -1.25), m = f0 / frequency;
  out->volume_flux = KD_PI * q;
  out->velocity = m / q; /* Q = b² w, M = b² w² */
  out->radius = q / sqrt(m);
}

/* Right side of (1) with M² as the second unknown, which stays smooth to the top: d(M²)/dz = 2 Q F. */
static void slope(double out[3], const double y[3], double alpha, double n2) {
  out[0] = 2 * alpha * sqrt(sqrt(fmax(y[1], 0)));
  out[1] = 2 * y[0] * y[2];
  out[2] = -n2 * y[0];
}

void kd_mtt_march(kd_mtt *out, double buoyancy_flux, double frequency, double entrainment, unsigned steps) {
  const double f0 = buoyancy_flux / KD_PI, n2 = frequency * frequency;
  const double scale = pow(f0, 0.25) * pow(frequency, -0.75) / sqrt(entrainment);
  /* Begin on the similarity solution of the pure plume, a little above the source. */
  double z = 1e-3 * scale;
  const double b = 1.2 * entrainment * z, w = pow(25.0 / 48.0 * f0 / (entrainment * entrainment) / z, 1.0 / 3.0);
  double y[3] = {b * b * w, b * b * w * w * b * b * w * w, f0};
  const double h = 2 * scale / steps;
  *out = (kd_mtt){0};
  for (unsigned n = 0; n < 4 * steps && out->top == 0; n++) {
    double k1[3], k2[3], k3[3], k4[3], t[3], next[3];
    slope(k1, y, entrainment, n2);
    for (int i = 0; i < 3; i++) t[i] = y[i] + 0.5 * h * k1[i];
    slope(k2, t, entrainment, n2);
    for (int i = 0; i < 3; i++) t[i] = y[i] + 0.5 * h * k2[i];
    slope(k3, t, entrainment, n2);
    for (int i = 0; i < 3; i++) t[i] = y[i] + h * k3[i];
    slope(k4, t, entrainment, n2);
    for (int i = 0; i < 3; i++) next[i] = y[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    if (y[2] > 0 && next[2] <= 0) {
      const double part = y[2] / (y[2] - next[2]), q = y[0] + part * (next[0] - y[0]);
      const double m = sqrt(y[1] + part * (next[1] - y[1]));
      out->neutral = z + part * h;
      out->volume_flux = KD_PI * q;
      out->velocity = m / q;
      out->radius = q / sqrt(m);
    }
    if (next[1] <= 0) out->top = z + h * y[1] / (y[1] - next[1]);
    for (int i = 0; i < 3; i++) y[i] = next[i];
    z += h;
  }
}

double kd_bent_plume_rise(double buoyancy_flux, double current, double frequency) {
  return 2.6 * cbrt(buoyancy_flux / (KD_PI * current * frequency * frequency));
}

double kd_bent_plume_dilution(double rise, double current, double flux) {
  const double radius = KD_BENT_SPREAD * rise;
  return fmax(1, KD_PI * radius * radius * current / flux);
}

double kd_jet_dilution(double distance, double diameter) {
  return fmax(1, 0.282 * distance / diameter);
}

double kd_run_out_plane(double reduced_gravity, double area, double settling, double froude) {
  return pow(5 * froude, 0.4) * pow(reduced_gravity * area * area * area / (settling * settling), 0.2);
}

double kd_run_out_round(double reduced_gravity, double volume, double settling, double froude) {
  return pow(8 * froude / pow(KD_PI, 1.5), 0.25) *
         pow(reduced_gravity * volume * volume * volume / (settling * settling), 0.125);
}

double kd_moving_source_ratio(double speed, double buoyancy_flux, double height) {
  return speed / cbrt(buoyancy_flux / height);
}
