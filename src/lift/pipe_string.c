// SPDX-License-Identifier: Apache-2.0
/* Statics and first axial mode of the string.
 *
 *   w_e = m g (1 - rho_w/rho_m) + (rho_i - rho_w) A_i g - B/L        T = w_e L + W_b               (1)
 *   stretch = (w_e L^2/2 + W_b L)/(E A)                                                            (2)
 *   x tan x = m L/M,   T1 = 2 pi L/(x c),   c = sqrt(E A/m)                                        (3)
 *   a = sqrt(Kf/rho)/sqrt(1 + Kf D/(E e)),   dp = rho a dV                                         (4)
 *
 *   w_e  effective weight [N/m]     m  mass of pipe [kg/m]     rho_m, rho_i, rho_w  wall, slurry, sea [kg/m3]
 *   A_i  bore area, A wall area [m2]    L length [m]    W_b head in water, B floats [N]    M head [kg]    E modulus
 * [Pa] Kf   bulk modulus of the slurry [Pa]    D bore, e wall [m]    dV change of velocity [m/s]
 *
 * Source    (1) effective tension, Sparks 1984; (2), (3) linear bar; (4) Joukowsky 1898, thin pipe.
 * Range     static, straight, uniform wall; with a second conduit both stretch as one. Weakness: no drag, no bending;
 * the true period lies between contents free and contents locked.
 */
#include "lift/pipe_string.h"

#include <math.h>

#define PI 3.14159265358979323846

/* Root of x tan x = r in (0, pi/2): x sin x - r cos x rises there; Newton from the secant guess, kept inside. */
static double axial_root(double r) {
  double low = 0, high = 0.5 * PI, x = 0.5 * PI * r / (r + 1.0);
  if (!(r < 1e12)) return high;
  for (int i = 0; i < 100; i++) {
    double f = x * sin(x) - r * cos(x);
    if (f > 0)
      high = x;
    else
      low = x;
    double next = x - f / (sin(x) + x * cos(x) + r * sin(x));
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (fabs(next - x) < 1e-15 * x) break;
    x = next;
  }
  return x;
}

double kd_string_axial_period(double length, double mass_per_length, double stiffness, double end_mass) {
  double x = end_mass > 0 ? axial_root(mass_per_length * length / end_mass) : 0.5 * PI;
  return 2.0 * PI * length / (x * sqrt(stiffness / mass_per_length));
}

double kd_pressure_wave_speed(double density, double bulk_modulus, double bore, double wall, double modulus) {
  return sqrt(bulk_modulus / density / (1.0 + bulk_modulus * bore / (modulus * wall)));
}

double kd_joukowsky_pressure(double density, double wave_speed, double velocity_change) {
  return density * wave_speed * velocity_change;
}

void kd_string_solve(kd_string_state *out, const kd_string *s) {
  double pipe = 0.25 * PI * (s->outer_diameter * s->outer_diameter - s->bore * s->bore);
  double bore = 0.25 * PI * s->bore * s->bore;
  double line = s->density * (pipe + s->conduit_area) * s->joint_factor; /* kg/m */
  double afloat = 1.0 - s->water / s->density;
  double head = s->end_mass * s->gravity * afloat;
  double contents = (s->contents - s->water) * bore * s->gravity;
  double effective = line * s->gravity * afloat + contents - s->buoyancy / s->length;

  out->area = pipe + s->conduit_area;
  out->mass = line * s->length;
  out->weight_air = (out->mass + s->end_mass) * s->gravity;
  out->weight_full = effective * s->length + head;
  out->weight_water = out->weight_full - contents * s->length;
  out->top_stress = out->weight_full / out->area;
  out->utilisation = out->top_stress / s->yield;
  out->stretch = (0.5 * effective * s->length + head) * s->length / (s->modulus * out->area);
  out->period_free = kd_string_axial_period(s->length, line, s->modulus * out->area, s->end_mass);
  out->period_locked =
      kd_string_axial_period(s->length, line + s->contents * bore, s->modulus * out->area, s->end_mass);
}
