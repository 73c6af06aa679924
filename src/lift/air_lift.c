// SPDX-License-Identifier: Apache-2.0
/* Air-lift, steady, one dimension.
 *
 *   a = jg/(C0 (jl + jg) + vd)                                   void fraction                          (1)
 *   -dp/dh (1 - G jg/p) = [(1-a) rho_l + a rho_g] g + 4 tw(jl/(1-a))/D,   j = jl + jg                  (2)
 *   rho_g = p/(Z R T)     jg = M/rho_g     G = rho_l jl + M                                               (3)
 *   C0, vd by one of the laws of two_phase.c; friction in (2) is that of the slurry at its own velocity, or one of them
 *   grains       rho_l + c (rho_s - rho_l) w/(u - w) for rho_l in the weight, u = jl/(1-a)                 (7)
 *   over a = 0.75: C0 falls linearly to 1 at a = 1
 *
 *   jl, jg superficial velocities [m/s]   M mass flux of air, G of all [kg/(s m2)]   tw wall stress of the slurry alone
 * [Pa] h height [m]   p absolute pressure [Pa]   D bore [m]   sigma surface tension [N/m]   mu viscosity [Pa s]
 *
 *   closed form without friction, gas weight and acceleration:
 *   h = [p1 - p2 + (g'/a) ln((a p1 + (C0-1) g')/(a p2 + (C0-1) g'))]/(rho g),  a = C0 jl + vd, g' = jg p   (6)
 *
 * Numerics  (2) is integrated over ln p, where the column near the deck is as smooth as that at depth: Simpson, 16
 * panels.
 * Source    (1) Zuber and Findlay 1965; (6) derived; closures as in two_phase.c.
 * Weakness  validated on 25-28 mm pipes with water only; at riser scale untested with mud; fines are part of the
 * slurry, only one coarse class lags; a yield stress does not slow the bubbles here.
 */
#include "lift/air_lift.h"

#include <math.h>

#include "lift/air.h"

#define PANELS     16
#define CHURN_VOID 0.75

void kd_drift_flux(double *distribution, double *drift, const kd_air_lift *self, double gas_density) {
  if (self->drift == KD_DRIFT_FIXED) {
    *distribution = self->distribution;
    *drift = self->drift_velocity;
    return;
  }
  const kd_two_phase at = {.bore = self->bore,
                           .density = self->density,
                           .gas_density = gas_density,
                           .viscosity = self->viscosity,
                           .surface_tension = self->surface_tension,
                           .gravity = self->gravity};
  kd_two_phase_drift(distribution, drift, &at, self->drift, 0);
}

double kd_drift_void(double distribution, double drift, double liquid_flux, double gas_flux) {
  double j = liquid_flux + gas_flux;
  double alpha = gas_flux / (distribution * j + drift);
  if (alpha <= CHURN_VOID || distribution <= 1.0) return alpha;
  /* alpha (C0(alpha) j + vd) = jg with C0 = 1 + k (1 - alpha): a quadratic, its smaller root. */
  double k = (distribution - 1.0) / (1.0 - CHURN_VOID), b = j * (1.0 + k) + drift;
  return 2.0 * gas_flux / (b + sqrt(b * b - 4.0 * k * j * gas_flux));
}

/* dh/d(ln p) [m], at a depth that decides the temperature. */
static double height_slope(const kd_air_lift *self, double air, double pressure, double depth) {
  double t = self->temperature;
  if (self->sea) {
    kd_sea_node at;
    kd_sea_at(&at, self->sea, fmax(depth, 0.0));
    t = at.temperature + 273.15;
  }
  double z = self->ideal ? 1.0 : kd_air_compressibility_fit(pressure, t);
  double gas = pressure / (z * KD_AIR_GAS_CONSTANT * t);
  double liquid = self->density + self->compression * pressure;
  double jl = self->liquid_flux * self->density / liquid, jg = air / gas;
  double c0 = 0, vd = 0;
  kd_two_phase at;
  const bool by_flow = self->drift > KD_DRIFT_VIANA && self->drift < KD_DRIFT_FIXED;
  if (by_flow || self->friction != KD_TWO_PHASE_SLURRY)
    at = (kd_two_phase){.bore = self->bore,
                        .liquid_flux = jl,
                        .gas_flux = jg,
                        .density = liquid,
                        .gas_density = gas,
                        .viscosity = self->viscosity,
                        .gas_viscosity = KD_AIR_VISCOSITY,
                        .surface_tension = self->surface_tension,
                        .gravity = self->gravity,
                        .wall = self->wall};
  double alpha;
  if (by_flow) {
    alpha = kd_two_phase_void(&c0, &vd, &at, self->drift);
  } else {
    kd_drift_flux(&c0, &vd, self, gas);
    alpha = kd_drift_void(c0, vd, jl, jg);
  }
  double heavy = liquid;
  if (self->coarse > 0) {
    /* Grains that lag by w crowd to c u/(u - w); slower than that nothing comes up. */
    const double u = jl / (1.0 - alpha);
    if (!(u > self->slip)) return 0;
    heavy += self->coarse * self->coarse_excess * self->slip / (u - self->slip);
  }
  double gradient = (1.0 - alpha) * heavy * self->gravity;
  double inertia = 1.0;
  if (!self->weightless) {
    gradient += alpha * gas * self->gravity;
    inertia -= (liquid * jl + air) * jg / pressure;
  }
  if (self->wall && self->friction == KD_TWO_PHASE_SLURRY)
    gradient += 4.0 / self->bore * kd_wall_table_stress(self->wall, jl / (1.0 - alpha));
  else if (self->wall)
    gradient += kd_two_phase_friction(&at, self->friction, alpha);
  /* Where the mixture would reach its speed of sound nothing more is lifted. */
  return inertia > 0 ? inertia * pressure / gradient : 0;
}

double kd_air_lift_height(const kd_air_lift *self, double air, double p_bottom, double p_top) {
  if (!(p_bottom > p_top)) return 0;
  double step = log(p_bottom / p_top) / PANELS, half = exp(-0.5 * step);
  double p = p_bottom, height = 0;
  double s0 = height_slope(self, air, p, self->foot_depth);
  for (int i = 0; i < PANELS; i++) {
    double s1 = height_slope(self, air, p * half, self->foot_depth - height - 0.5 * step * s0);
    p *= half * half;
    double s2 = height_slope(self, air, p, self->foot_depth - height - step * s1);
    height += step / 6.0 * (s0 + 4.0 * s1 + s2);
    s0 = s2;
  }
  return height;
}

/* The height rises with the air, has a peak where friction takes over, and falls. Steps up from little air until the
 * height is enough or falls, then false position on the rising side. */
kd_status kd_air_lift_air(double *out, const kd_air_lift *self, double p_bottom, double p_top, double height) {
  double low = 0, f_low = kd_air_lift_height(self, 0, p_bottom, p_top) - height;
  if (f_low >= 0) {
    *out = 0;
    return KD_OK;
  }
  double high = 0.02 * self->liquid_flux * self->density * p_top / 1e5 + 1e-3, f_high = f_low;
  for (int i = 0; i < 60; i++, high *= 2.0) {
    f_high = kd_air_lift_height(self, high, p_bottom, p_top) - height;
    if (f_high >= 0 || f_high < f_low) break;
    low = high, f_low = f_high;
  }
  if (f_high < 0) { /* golden section for the peak between low/2 and high */
    double a = 0.5 * low, b = high;
    for (int i = 0; i < 24 && f_high < 0; i++) {
      double x1 = b - 0.6180339887498949 * (b - a), x2 = a + 0.6180339887498949 * (b - a);
      double f1 = kd_air_lift_height(self, x1, p_bottom, p_top) - height;
      double f2 = kd_air_lift_height(self, x2, p_bottom, p_top) - height;
      if (f1 > f2)
        b = x2;
      else
        a = x1;
      if (fmax(f1, f2) >= 0) high = f1 > f2 ? x1 : x2, f_high = fmax(f1, f2);
    }
    if (f_high < 0) return KD_E_INFEASIBLE;
    low = 0, f_low = kd_air_lift_height(self, 0, p_bottom, p_top) - height;
  }
  int side = 0;
  for (int i = 0; i < 60 && high - low > 1e-10 * high; i++) {
    double x = (low * f_high - high * f_low) / (f_high - f_low);
    double f = kd_air_lift_height(self, x, p_bottom, p_top) - height;
    if (fabs(f) < 1e-9 * height) {
      low = high = x;
    } else if (f > 0) {
      high = x, f_high = f;
      if (side > 0) f_low *= 0.5;
      side = 1;
    } else {
      low = x, f_low = f;
      if (side < 0) f_high *= 0.5;
      side = -1;
    }
  }
  *out = high;
  return KD_OK;
}

double kd_air_lift_frictionless(double density, double gravity, double liquid_flux, double distribution, double drift,
                                double gas, double p_bottom, double p_top) {
  double a = distribution * liquid_flux + drift, b = (distribution - 1.0) * gas;
  return (p_bottom - p_top + gas / a * log((a * p_bottom + b) / (a * p_top + b))) / (density * gravity);
}

double kd_air_lift_water(const kd_air_lift *self, double air, double submerged, double height, double p_top) {
  double low = 0, high = sqrt(2.0 * self->gravity * submerged / 1.5);
  kd_air_lift rig = *self;
  for (int i = 0; i < 60; i++) {
    rig.liquid_flux = 0.5 * (low + high);
    double p_bottom = p_top + self->density * (self->gravity * submerged - 0.75 * rig.liquid_flux * rig.liquid_flux);
    if (kd_air_lift_height(&rig, air, p_bottom, p_top) > height)
      low = rig.liquid_flux;
    else
      high = rig.liquid_flux;
  }
  return low > 1e-12 ? low : 0;
}
