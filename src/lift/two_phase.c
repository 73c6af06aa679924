// SPDX-License-Identifier: Apache-2.0
/* Drift and friction of gas and liquid going up together, as published; none is fitted here.
 *
 *   a = jg/(C0 j + vd),   j = jl + jg,   G = rho jl + rho_g jg,   x = rho_g jg/G,   l = sqrt(sigma/(g drho))
 *
 *   slug          C0 1.2                        vd 0.35 sqrt(gD)                                              (1)
 *   reinemann     C0 1.2                        vd 0.352 (1 - 3.18 S - 14.77 S^2) sqrt(gD),  S = sigma/(rho g D^2)
 *   viana         C0 1.2                        vd 0.34 (1 + 3805/Eo^3.06)^-0.58 sqrt(gD),  Eo = 1/S
 *   large_pipe    C0 1.2 - 0.2 sqrt(q)          vd+ 0.0019 D*^0.809 q^-0.157 N^-0.562 (D* <= 30), 0.030 q^-0.157
 *                                               N^-0.562 (D* > 30), 0.92 q^-0.157 (N > 2.25e-3)               (2)
 *   auto          (2) with N held at 2.25e-3 above it, so that it is continuous in bore and viscosity
 *   rouhani       C0 1 + 0.2 (1-x)              vd 1.18 (1-x) V                                               (3)
 *   choi          C0 2/(1+(Re/1000)^2) + (1.2 - 0.2 sqrt(q) (1-exp(-18a)))/(1+(1000/Re)^2)    vd 1.606 V      (4)
 *   woldesemayat_ghajar  C0 (jg/j)(1 + (jl/jg)^(q^0.1))
 *                        vd 2.9 (g D sigma drho/rho^2)^0.25 2.44^(p_atm/p)                                    (5)
 *   bhagwat_ghajar       C0 (2-q^2)/(1+(Re/1000)^2) + (1 + C1)/(1+(1000/Re)^2)
 *                        C1 0.2 (1-sqrt(q)) ((2.6-b)^0.15 - sqrt(f)) (1-x)^1.5
 *                        vd 0.35 sqrt(g D drho/rho) (1-a)^0.5 C2 C3                                           (6)
 *                        C2 (0.434/log10(mu/1 mPa s))^0.15 over 10 mPa s   C3 (l/D/0.025)^0.9 below l/D = 0.025
 *   q = rho_g/rho  V = (sigma g drho/rho^2)^0.25  D* = D/l  N = mu/sqrt(rho sigma l)  Re = rho j D/mu  b = jg/j
 *   f Fanning at Re  vd+ = vd/V
 *
 *   slurry        4 tw(jl/(1-a))/D: the liquid at its own velocity                                            (7)
 *   friedel       F_lo (E + 3.24 F H/(Fr^0.045 We^0.035))                                                     (8)
 *   muller_steinhagen_heck   (A + 2 (B-A) x)(1-x)^(1/3) + B x^3,  A = F_lo, B = F_go                          (9)
 *   lockhart_martinelli      F_l (1 + 20/X + 1/X^2), X^2 = F_l/F_g                                           (10)
 *   homogeneous   f G^2/(2 D rho_h), rho_h = G/j                                                             (11)
 *   water         sigma = 0.2358 t^1.256 (1 - 0.625 t), t = 1 - T/647.096 K                                  (12)
 *   F_lo, F_go: all G as liquid or as gas alone; F_l, F_g: each phase alone. Liquid by its own wall law.
 *
 * Source    (1) Nicklin 1962; Reinemann, Parlange, Timmons 1990, Int. J. Multiphase Flow 16, 113 with White and
 * Beardmore 1962; Viana et al. 2003, J. Fluid Mech. 494, 379; (2) Kataoka and Ishii 1987, Int. J. Heat Mass Transfer
 * 30, 1927; (3) Rouhani and Axelsson 1970; (4) Choi et al. 2012, Energies 5, 5294; (5) Woldesemayat and Ghajar 2007,
 * Int. J. Multiphase Flow 33, 347; (6) Bhagwat and Ghajar 2014, Int. J. Multiphase Flow 59, 186; (8) Friedel 1979; (9)
 * Muller-Steinhagen and Heck 1986; (10) Lockhart and Martinelli 1949 with Chisholm 1967, both phases turbulent; (12)
 * IAPWS R1-76(2014), pure water. Range     vertical, upwards. (6) bores to 305 mm, 0.1 to 600 mPa s, every void
 * fraction. Weakness  none has been held against mud; a yield stress enters by the wall law alone.
 */
#include "lift/two_phase.h"

#include <math.h>

#define WIDE_PIPE          30.0
#define MOST_NUMBER        2.25e-3
#define PASSES             200
#define ONE_ATMOSPHERE_AIR 1.204 /* kg/m3: (5) takes the pressure from the density of the gas */

double kd_water_surface_tension(double temperature) {
  const double t = fmax(1.0 - temperature / 647.096, 0.0);
  return 0.2358 * pow(t, 1.256) * (1.0 - 0.625 * t);
}

static double excess_of(const kd_two_phase *at) {
  return fmax(at->density - at->gas_density, 1e-6 * at->density);
}

/* Velocity of one bubble in a pool over its coefficient: V above. */
static double bubble_velocity(const kd_two_phase *at) {
  return pow(at->surface_tension * at->gravity * excess_of(at) / (at->density * at->density), 0.25);
}

/* (2); `held` for the law without a break in viscosity. */
static void pool(double *distribution, double *drift, const kd_two_phase *at, bool held) {
  const double q = at->gas_density / at->density;
  const double capillary = sqrt(at->surface_tension / (at->gravity * excess_of(at))), width = at->bore / capillary;
  const double number = at->viscosity / sqrt(at->density * at->surface_tension * capillary);
  const bool narrow = width <= WIDE_PIPE;
  double plus;
  if (number > MOST_NUMBER && !(held && narrow))
    plus = 0.92;
  else
    plus = (narrow ? 0.0019 * pow(width, 0.809) : 0.030) * pow(fmin(number, MOST_NUMBER), -0.562);
  *distribution = 1.2 - 0.2 * sqrt(q);
  *drift = plus * pow(q, -0.157) * bubble_velocity(at);
}

static void bhagwat_ghajar(double *distribution, double *drift, const kd_two_phase *at, double gas) {
  const double j = at->liquid_flux + at->gas_flux, q = at->gas_density / at->density;
  const double reynolds = fmax(at->density * j * at->bore / at->viscosity, 1e-6);
  const double mass = at->density * at->liquid_flux + at->gas_density * at->gas_flux;
  const double quality = mass > 0 ? at->gas_density * at->gas_flux / mass : 0, share = j > 0 ? at->gas_flux / j : 0;
  const double fanning = 0.25 * kd_friction_newtonian(reynolds, at->roughness / at->bore);
  const double c1 =
      0.2 * (1.0 - sqrt(q)) * (pow(2.6 - share, 0.15) - sqrt(fanning)) * pow(fmax(1.0 - quality, 0.0), 1.5);
  const double r = reynolds / 1000.0;
  *distribution = (2.0 - q * q) / (1.0 + r * r) + (1.0 + c1) / (1.0 + 1.0 / (r * r));
  const double thick = at->viscosity / 1e-3,
               width = sqrt(at->surface_tension / (at->gravity * excess_of(at))) / at->bore;
  const double c2 = thick > 10.0 ? pow(0.434 / log10(thick), 0.15) : 1.0;
  const double c3 = width < 0.025 ? pow(width / 0.025, 0.9) : 1.0;
  *drift = 0.35 * sqrt(at->gravity * at->bore * excess_of(at) / at->density) * sqrt(fmax(1.0 - gas, 0.0)) * c2 * c3;
}

void kd_two_phase_drift(double *distribution, double *drift, const kd_two_phase *at, kd_drift_law law, double gas) {
  const double j = at->liquid_flux + at->gas_flux, q = at->gas_density / at->density;
  const double speed = sqrt(at->gravity * at->bore);
  const double s = at->surface_tension / (at->density * at->gravity * at->bore * at->bore);
  const double mass = at->density * at->liquid_flux + at->gas_density * at->gas_flux;
  const double wet = mass > 0 ? at->density * at->liquid_flux / mass : 1; /* 1 - x */
  const double r = fmax(at->density * j * at->bore / at->viscosity, 1e-6) / 1000.0;
  *distribution = 1.2;
  switch (law) {
  case KD_DRIFT_AUTO:
  case KD_DRIFT_LARGE_PIPE:
    pool(distribution, drift, at, law == KD_DRIFT_AUTO);
    break;
  case KD_DRIFT_SLUG:
  case KD_DRIFT_FIXED:
    *drift = 0.35 * speed;
    break;
  case KD_DRIFT_REINEMANN: /* in bores under 5 mm no bubble rises of itself */
    *drift = fmax(0.352 * (1.0 - 3.18 * s - 14.77 * s * s), 0.0) * speed;
    break;
  case KD_DRIFT_VIANA:
    *drift = 0.34 * pow(1.0 + 3805.0 * pow(s, 3.06), -0.58) * speed;
    break;
  case KD_DRIFT_ROUHANI:
    *distribution = 1.0 + 0.2 * wet;
    *drift = 1.18 * wet * bubble_velocity(at);
    break;
  case KD_DRIFT_CHOI:
    *distribution = 2.0 / (1.0 + r * r) + (1.2 - 0.2 * sqrt(q) * (1.0 - exp(-18.0 * gas))) / (1.0 + 1.0 / (r * r));
    *drift = 1.606 * bubble_velocity(at);
    break;
  case KD_DRIFT_WOLDESEMAYAT_GHAJAR: {
    const double share = j > 0 ? at->gas_flux / j : 0;
    *distribution = share > 0 ? share * (1.0 + pow(at->liquid_flux / at->gas_flux, pow(q, 0.1))) : 1.0;
    *drift = 2.9 *
             pow(at->gravity * at->bore * at->surface_tension * excess_of(at) / (at->density * at->density), 0.25) *
             pow(2.44, ONE_ATMOSPHERE_AIR / at->gas_density);
    break;
  }
  case KD_DRIFT_BHAGWAT_GHAJAR:
    bhagwat_ghajar(distribution, drift, at, gas);
    break;
  }
}

/* (6): C0 does not look at the void fraction, and vd = vd0 s with s = sqrt(1 - a): (1 - s^2)(C0 j + vd0 s) = jg. The
 * left side falls from s = 1/3 at the latest; Newton from s = 1 - jg/(C0 j) in a bracket. */
static double bhagwat_ghajar_void(double distribution, double drift, double j, double gas_flux) {
  double low = 0, high = 1, s = 0.5;
  for (int k = 0; k < PASSES && high - low > 1e-15; k++) {
    const double carry = distribution * j + drift * s, f = (1.0 - s * s) * carry - gas_flux;
    if (f > 0)
      low = s;
    else
      high = s;
    const double slope = -2.0 * s * carry + (1.0 - s * s) * drift, next = slope < 0 ? s - f / slope : -1;
    const double was = s;
    s = next > low && next < high ? next : 0.5 * (low + high);
    if (fabs(s - was) < 1e-15) break;
  }
  return 1.0 - s * s;
}

/* a - jg/(C0(a) j + vd(a)) rises with a for every law here: vd falls, C0 hardly moves. Bisection with false position.
 */
double kd_two_phase_void(double *distribution, double *drift, const kd_two_phase *at, kd_drift_law law) {
  const double j = at->liquid_flux + at->gas_flux;
  double low = 0, high = 1, gas = 0.5;
  if (law == KD_DRIFT_BHAGWAT_GHAJAR) {
    kd_two_phase_drift(distribution, drift, at, law, 0);
    gas = bhagwat_ghajar_void(*distribution, *drift, j, at->gas_flux);
    *drift *= sqrt(1.0 - gas);
    return gas;
  }
  for (int k = 0; k < PASSES && high - low > 1e-13; k++) {
    kd_two_phase_drift(distribution, drift, at, law, gas);
    const double next = at->gas_flux / (*distribution * j + *drift);
    if (next > gas)
      low = gas;
    else
      high = gas;
    if (fabs(next - gas) < 1e-14) break;
    gas = next > low && next < high && k % 4 != 3 ? next : 0.5 * (low + high);
  }
  return gas;
}

static double liquid_stress(const kd_two_phase *at, double velocity) {
  if (at->wall) return kd_wall_table_stress(at->wall, velocity);
  return kd_newtonian_wall_stress(at->density, at->viscosity, at->bore, at->roughness, velocity);
}

static double gas_stress(const kd_two_phase *at, double velocity) {
  return kd_newtonian_wall_stress(at->gas_density, at->gas_viscosity, at->bore, at->roughness, velocity);
}

/* (8); the friction factors of both phases at all the mass flux come from their wall stresses. */
static double friedel(const kd_two_phase *at, double mass, double x, double liquid, double gas) {
  const double rho = at->density, rho_g = at->gas_density, h = x / rho_g + (1.0 - x) / rho;
  const double ratio = at->gas_viscosity / at->viscosity;
  const double e = (1.0 - x) * (1.0 - x) + x * x * rho * (gas * rho_g) / (rho_g * (liquid * rho));
  const double f = pow(x, 0.78) * pow(1.0 - x, 0.224);
  const double w = pow(rho / rho_g, 0.91) * pow(ratio, 0.19) * pow(fmax(1.0 - ratio, 0.0), 0.7);
  const double froude = mass * mass * h * h / (at->gravity * at->bore);
  const double weber = mass * mass * at->bore * h / at->surface_tension;
  return liquid * (e + 3.24 * f * w / (pow(froude, 0.045) * pow(weber, 0.035)));
}

double kd_two_phase_friction(const kd_two_phase *at, kd_two_phase_law law, double gas) {
  const double jl = at->liquid_flux, jg = at->gas_flux, j = jl + jg, per = 4.0 / at->bore;
  const double mass = at->density * jl + at->gas_density * jg, x = mass > 0 ? at->gas_density * jg / mass : 0;
  if (law == KD_TWO_PHASE_SLURRY || !(mass > 0)) return per * liquid_stress(at, jl / fmax(1.0 - gas, 1e-9));
  if (law == KD_TWO_PHASE_HOMOGENEOUS) {
    const double all = liquid_stress(at, mass / at->density); /* at the Reynolds number of all as liquid */
    return per * all * at->density * j / mass;
  }
  if (law == KD_TWO_PHASE_LOCKHART_MARTINELLI) {
    const double l = liquid_stress(at, jl), g = gas_stress(at, jg), root = sqrt(l * g);
    return per * (l + 20.0 * root + g);
  }
  const double liquid = liquid_stress(at, mass / at->density), only = gas_stress(at, mass / at->gas_density);
  if (law == KD_TWO_PHASE_FRIEDEL) return per * friedel(at, mass, x, liquid, only);
  return per * ((liquid + 2.0 * (only - liquid) * x) * cbrt(1.0 - x) + only * x * x * x);
}
