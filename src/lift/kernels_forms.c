// SPDX-License-Identifier: Apache-2.0
/* Closed forms that a lift engineer wants beside the laws of the stage. f is Darcy's factor, Fanning's is f/4.
 *
 *   power law          Re_MR = rho V^(2-n) D^n/(8^(n-1) K ((3n+1)/(4n))^n), f = 64/Re_MR                     (1)
 *                      critical Re_MR = 6464 n (n+2)^((n+2)/(n+1))/(3n+1)^2                                  (2)
 *   Bingham            Re = rho V D/mu,  He = rho ty D^2/mu^2,  Bi = ty D/(mu V) = He/Re                     (3)
 *   Darcy-Weisbach     dp = f (L/D) rho V^2/2                                                                (4)
 *   suspensions        Einstein 1 + 2.5 c;  Batchelor 1 + 2.5 c + 6.2 c^2;  Thomas 1 + 2.5 c + 10.05 c^2 +
 *                      0.00273 exp(16.6 c);  Krieger-Dougherty (1 - c/cm)^(-[mu] cm);  Maron-Pierce (1 - c/cm)^-2 (5)
 *   Wood               1/(rho a^2) = c/Ks + (1-c)/Kw                                                         (6)
 *   Stokes             v = (rs - rho) g d^2/(18 mu)                                                          (7)
 *   Richardson-Zaki    n = 4.65, 4.35 Re^-0.03, 4.45 Re^-0.1, 2.39; to Re 0.2, 1, 500, above                 (8)
 *   Kynch              G = v c (1-c)^n,  dG/dc = v (1-c)^(n-1) (1 - (n+1) c),  largest at c = 1/(n+1)         (9)
 *   Harmathy           vd = 1.53 (sigma g drho/rho^2)^(1/4)                                                  (10)
 *   effective tension  Te = Tw - pi Ai + pe Ae                                                               (11)
 *   Lame               at the bore: radial -pi, hoop (pi (D^2+d^2) - 2 pe D^2)/(D^2-d^2)                      (12)
 *   collapse           elastic 2 E (t/D)^3/(1-nu^2), plastic 2 fy t/D;  Barlow burst 2 fy t/D                (13)
 *   hanging chain      w_k = (j_0k/2) sqrt(we/(m L)), free foot                                              (14)
 *   offset             y = q/we [L - (W/we) ln(1 + we L/W)], slope small                                     (15)
 *   vortices           f = St U/D                                                                            (16)
 *
 * Source    (1) Metzner and Reed 1955; (2) Ryan and Johnson 1959; (5) Thomas 1965, J. Colloid Sci. 20, 267, Krieger and
 *           Dougherty 1959, Maron and Pierce 1956; (6) Wood 1930; (8) Richardson and Zaki 1954, without wall term; (9)
 *           Kynch 1952; (10) Harmathy 1960, Zuber and Findlay 1965; (11) Sparks 1984; (12) Lame; (13) elastic and
 *           plastic limits as in DNV-ST-F101, without ovality or safety factors; (14), (15) linear chain.
 * Weakness  textbook forms: each holds in its own range only; (13) is no code check.
 */
#include <math.h>

#include "base/error.h"
#include "lift/kernels.h"

#define PI 3.14159265358979323846

/* Inputs: bore, velocity, density, consistency, index. */
static kd_status eval_power_law(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double n = in[4];
  out[0] = in[2] * pow(in[1], 2 - n) * pow(in[0], n) / (pow(8, n - 1) * in[3] * pow((3 * n + 1) / (4 * n), n));
  out[1] = 64 / out[0];
  out[2] = 16 / out[0];
  out[3] = 6464 * n * pow(n + 2, (n + 2) / (n + 1)) / ((3 * n + 1) * (3 * n + 1));
  KD_CHECK(isfinite(out[0]) && isfinite(out[1]), work->err, KD_E_RANGE,
           "velocity %g m/s: the Reynolds number is beyond all numbers", in[1]);
out:
  return status;
}

/* Inputs: bore, velocity, density, yield, viscosity. */
static kd_status eval_bingham(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[2] * in[1] * in[0] / in[4];
  out[1] = in[2] * in[3] * in[0] * in[0] / (in[4] * in[4]);
  out[2] = in[3] * in[0] / (in[4] * in[1]);
  return KD_OK;
}

/* Inputs: darcy_factor, length, bore, density, velocity, gravity. */
static kd_status eval_darcy_weisbach(double *out, const double *in, kd_work *work) {
  (void)work;
  const double kinetic = 0.5 * in[3] * in[4] * in[4];
  out[0] = in[0] * in[1] / in[2] * kinetic;
  out[1] = out[0] / (in[3] * in[5]);
  out[2] = 0.25 * in[0] * kinetic;
  return KD_OK;
}

/* Inputs: density, depth, gravity, surface_pressure. */
static kd_status eval_hydrostatic(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[2] * in[1] + in[3];
  return KD_OK;
}

/* Inputs: density, grain_density, water_density. */
static kd_status eval_solids(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] > in[2], work->err, KD_E_RANGE, "grain_density %g kg/m3: must be above the water_density %g kg/m3",
           in[1], in[2]);
  KD_CHECK(in[0] >= in[2] && in[0] <= in[1], work->err, KD_E_RANGE,
           "density %g kg/m3: must lie between the water_density %g and the grain_density %g kg/m3", in[0], in[2],
           in[1]);
  out[0] = (in[0] - in[2]) / (in[1] - in[2]);
  out[1] = out[0] * in[1] / in[0];
  out[2] = out[0] * in[1];
out:
  return status;
}

/* Inputs: law, solids, fluid_viscosity, packing, intrinsic. */
static kd_status eval_suspension(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double c = in[1], room = 1 - c / in[3];
  KD_CHECK(in[0] < 3 || room > 0, work->err, KD_E_RANGE, "solids %g %%vol: must be below the packing %g %%vol", c * 100,
           in[3] * 100);
  switch ((int)in[0]) {
  case 0:
    out[0] = 1 + 2.5 * c;
    break;
  case 1:
    out[0] = 1 + 2.5 * c + 6.2 * c * c;
    break;
  case 2:
    out[0] = 1 + 2.5 * c + 10.05 * c * c + 0.00273 * exp(16.6 * c);
    break;
  case 3:
    out[0] = pow(room, -in[4] * in[3]);
    break;
  default:
    out[0] = 1 / (room * room);
    break;
  }
  out[1] = out[0] * in[2];
  KD_CHECK(isfinite(out[1]), work->err, KD_E_RANGE, "solids %g %%vol: the viscosity is beyond all numbers", c * 100);
out:
  return status;
}

/* Inputs: solids, grain_density, water_density, grain_modulus, water_modulus. */
static kd_status eval_wood(double *out, const double *in, kd_work *work) {
  (void)work;
  const double c = in[0];
  out[2] = c * in[1] + (1 - c) * in[2];
  out[1] = 1 / (c / in[3] + (1 - c) / in[4]);
  out[0] = sqrt(out[1] / out[2]);
  return KD_OK;
}

/* Inputs: diameter, grain_density, density, viscosity, gravity. Negative: the grain rises. */
static kd_status eval_stokes(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (in[1] - in[2]) * in[4] * in[0] * in[0] / (18 * in[3]);
  out[1] = in[2] * fabs(out[0]) * in[0] / in[3];
  return KD_OK;
}

/* Input: grain_reynolds. */
static kd_status eval_richardson_zaki(double *out, const double *in, kd_work *work) {
  (void)work;
  const double re = in[0];
  out[0] = re < 0.2 ? 4.65 : re < 1 ? 4.35 * pow(re, -0.03) : re < 500 ? 4.45 * pow(re, -0.1) : 2.39;
  return KD_OK;
}

/* Inputs: settling_velocity, solids, exponent. */
static kd_status eval_kynch(double *out, const double *in, kd_work *work) {
  (void)work;
  const double v = in[0], c = in[1], n = in[2];
  out[0] = v * c * pow(1 - c, n);
  out[1] = v * pow(1 - c, n - 1) * (1 - (n + 1) * c);
  out[2] = 1 / (n + 1);
  out[3] = v / (n + 1) * pow(n / (n + 1), n);
  return KD_OK;
}

/* Inputs: density, gas_density, surface_tension, gravity. */
static kd_status eval_bubbly(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] < in[0], work->err, KD_E_RANGE, "gas_density %g kg/m3: must be below the density %g kg/m3", in[1],
           in[0]);
  out[0] = 1.2 - 0.2 * sqrt(in[1] / in[0]);
  out[1] = 1.53 * pow(in[2] * in[3] * (in[0] - in[1]) / (in[0] * in[0]), 0.25);
out:
  return status;
}

/* Inputs: mass_per_length, material_density, fluid_density, gravity. */
static kd_status eval_buoyant(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 1 - in[2] / in[1];
  out[1] = in[0] * in[3];
  out[2] = out[1] * out[0];
  return KD_OK;
}

/* Inputs: tension, inner_pressure, outer_pressure, bore, outer_diameter, yield_strength, modulus, poisson. */
static kd_status eval_pipe_stress(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  const double di = in[3] * in[3], de = in[4] * in[4], wall = 0.5 * (in[4] - in[3]);
  KD_CHECK(in[4] > in[3], work->err, KD_E_RANGE, "outer_diameter %g m: must be above the bore %g m", in[4], in[3]);
  out[0] = in[0] - 0.25 * PI * (in[1] * di - in[2] * de);
  out[1] = in[0] / (0.25 * PI * (de - di));
  out[2] = (in[1] * (de + di) - 2 * in[2] * de) / (de - di);
  const double a = out[1] - out[2], b = out[2] + in[1], c = out[1] + in[1];
  out[3] = sqrt(0.5 * (a * a + b * b + c * c));
  out[4] = out[3] / in[5];
  out[5] = 2 * in[5] * wall / in[4];
  out[6] = 2 * in[6] * pow(wall / in[4], 3) / (1 - in[7] * in[7]);
out:
  return status;
}

/* Inputs: length, effective_weight, mass_per_length, mode.*/

static kd_status eval_lateral(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  static const double zero[] = {2.4048255576957728, 5.5200781102863106, 8.6537279129110122, 11.791534439014282,
                                14.930917708487786, 18.071063967910923, 21.211636629879259, 24.352471530749303,
                                27.493479132040255, 30.634606468431975};
  KD_CHECK(in[3] == floor(in[3]), work->err, KD_E_RANGE, "mode %g: must be a whole number", in[3]);
  const double w = 0.5 * zero[(int)in[3] - 1] * sqrt(in[1] / (in[2] * in[0]));
  out[0] = 2 * PI / w;
out:
  return status;
}

/* Inputs: length, effective_weight, foot_tension, current, outer_diameter, drag, density. */
static kd_status eval_offset(double *out, const double *in, kd_work *work) {
  (void)work;
  const double x = in[1] * in[0] / in[2];
  out[0] = 0.5 * in[6] * in[5] * in[4] * in[3] * in[3];
  /* L - (W/w) ln(1 + wL/W) without cancellation for a heavy foot. */
  const double part = x < 1e-4 ? x * (0.5 - x * (1.0 / 3 - x * 0.25)) : 1 - log1p(x) / x;
  out[1] = out[0] / in[1] * in[0] * part;
  return KD_OK;
}

/* Inputs: current, outer_diameter, strouhal. */
static kd_status eval_shedding(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[2] * in[0] / in[1];
  out[1] = 1 / out[0];
  return KD_OK;
}

/* Inputs: length, wave_speed. */
static kd_status eval_pipe_period(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 2 * in[0] / in[1];
  out[1] = 4 * in[0] / in[1];
  return KD_OK;
}

/* Inputs: flow, head, power, speed_ratio, diameter_ratio. */
static kd_status eval_affinity(double *out, const double *in, kd_work *work) {
  (void)work;
  const double s = in[3], d = in[4];
  out[0] = in[0] * s * d * d * d;
  out[1] = in[1] * s * s * d * d;
  out[2] = in[2] * s * s * s * d * d * d * d * d;
  return KD_OK;
}

/* Inputs: delivered, velocity, slip. */
static kd_status eval_in_place(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] < in[1], work->err, KD_E_INFEASIBLE, "slip %g m/s: must be below the velocity %g m/s", in[2], in[1]);
  out[0] = in[0] * in[1] / (in[1] - in[2]);
  KD_CHECK(out[0] <= 1, work->err, KD_E_INFEASIBLE, "delivered %g %%vol: more than the pipe holds at this slip",
           in[0] * 100);
out:
  return status;
}

const kd_kernel kd_form_kernels[] = {
    KERNEL("power_law.reynolds",
           "Metzner-Reed Reynolds number of a power-law fluid: density V^(2-n) D^n/(8^(n-1) K ((3n+1)/(4n))^n).",
           FIELDS(BORE, VELOCITY, DENSITY, CONSISTENCY, INDEX),
           FIELDS(OUT("metzner_reed", "1", "Metzner-Reed Reynolds number."),
                  OUT("darcy_factor", "1", "Laminar Darcy factor, 64/metzner_reed."),
                  OUT("fanning_factor", "1", "Laminar Fanning factor, 16/metzner_reed."),
                  OUT("critical_reynolds", "1",
                      "End of laminar flow, 6464 n (n+2)^((n+2)/(n+1))/(3n+1)^2 (Ryan and Johnson 1959).")),
           eval_power_law),
    KERNEL("bingham.numbers", "Reynolds, Hedstrom and Bingham numbers of pipe flow.",
           FIELDS(BORE, VELOCITY, DENSITY, YIELD, VISCOSITY),
           FIELDS(OUT("reynolds", "1", "density velocity bore/viscosity."),
                  OUT("hedstrom", "1", "density yield bore^2/viscosity^2."),
                  OUT("bingham", "1", "yield bore/(viscosity velocity), also called the plasticity number.")),
           eval_bingham),
    KERNEL("pipe.pressure_drop", "Friction of a pipe by Darcy and Weisbach: f (L/D) density velocity^2/2.",
           FIELDS(IN("darcy_factor", "1", NULL, "0", "1e9", "Darcy friction factor, four times Fanning's."),
                  IN("length", "m", NULL, "0 m", "1e6 m", "Length."), BORE, DENSITY,
                  IN("velocity", "m/s", NULL, "0 m/s", "1000 m/s", "Mean velocity."), GRAVITY),
           FIELDS(OUT("pressure", "Pa", "Fall of pressure by friction."),
                  OUT("head", "m", "The same as a height of the fluid."), WALL_STRESS),
           eval_darcy_weisbach),
    KERNEL("hydrostatic_pressure",
           "Pressure of a column of constant density: density gravity depth + surface_pressure.",
           FIELDS(DENSITY, IN("depth", "m", NULL, "0 m", "12000 m", "Depth."), GRAVITY,
                  IN("surface_pressure", "Pa", "0 Pa", "0 Pa", "200 MPa", "At the surface; 0 gives gauge pressure.")),
           FIELDS(OUT("pressure", "MPa", "Pressure, gauge if surface_pressure is 0.")), eval_hydrostatic),
    KERNEL("slurry.solids",
           "Solids of a slurry from its density: c = (density - water_density)/(grain_density - water_density).",
           FIELDS(IN("density", "kg/m3", NULL, "0 kg/m3 exclusive", "30000 kg/m3", "Density of the slurry."),
                  GRAIN_DENSITY,
                  IN("water_density", "kg/m3", NULL, "0 kg/m3 exclusive", "3000 kg/m3", "Density of the water.")),
           FIELDS(OUT("solids", "%vol", "Solids by volume c."),
                  OUT("mass_share", "%wt", "Solids by mass, c grain_density/density."),
                  OUT("concentration", "kg/m3", "Dry mass per volume of slurry, c grain_density.")),
           eval_solids),
    KERNEL("slurry.viscosity",
           "Viscosity of a suspension by a named law: Einstein, Batchelor 1977, Thomas 1965, Krieger and Dougherty "
           "1959, Maron and Pierce 1956.",
           FIELDS(WORD("law", "einstein|batchelor|thomas|krieger_dougherty|maron_pierce", NULL, "Law."),
                  IN("solids", "%vol", NULL, "0 %vol", "74 %vol", "Solids by volume."),
                  IN("fluid_viscosity", "Pa.s", "1 mPa.s", "0 Pa.s exclusive", "1e6 Pa.s",
                     "Viscosity of the fluid alone."),
                  IN("packing", "%vol", "64 %vol", "1 %vol", "100 %vol",
                     "Densest packing, Krieger-Dougherty and Maron-Pierce."),
                  IN("intrinsic", "1", "2.5", "0", "100", "Intrinsic viscosity, Krieger-Dougherty.")),
           FIELDS(OUT("relative_viscosity", "1", "Over that of the fluid."),
                  OUT("viscosity", "Pa.s", "Dynamic viscosity.")),
           eval_suspension),
    KERNEL("slurry.sound_speed", "Speed of sound in a slurry (Wood 1930): 1/(density a^2) = c/Ks + (1-c)/Kw.",
           FIELDS(IN("solids", "%vol", NULL, "0 %vol", "100 %vol", "Solids by volume."), GRAIN_DENSITY,
                  IN("water_density", "kg/m3", NULL, "0 kg/m3 exclusive", "3000 kg/m3", "Density of the water."),
                  IN("grain_modulus", "Pa", NULL, "0 Pa exclusive", "1000 GPa", "Bulk modulus of the grains."),
                  IN("water_modulus", "Pa", NULL, "0 Pa exclusive", "1000 GPa", "Bulk modulus of the water.")),
           FIELDS(OUT("sound_speed", "m/s", "In unbounded slurry, no pipe wall."),
                  OUT("bulk_modulus", "Pa", "Of the slurry."), OUT("density", "kg/m3", "Of the slurry.")),
           eval_wood),
    KERNEL("settling.stokes",
           "Terminal velocity of a small sphere (Stokes 1851): (grain_density - density) g d^2/(18 viscosity).",
           FIELDS(IN("diameter", "m", NULL, "0 m exclusive", "1 m", "Grain diameter."), GRAIN_DENSITY, DENSITY,
                  VISCOSITY, GRAVITY),
           FIELDS(OUT("settling_velocity", "m/s", "Terminal velocity, negative when the grain rises."),
                  OUT("grain_reynolds", "1", "Its Reynolds number; the law holds below about 0.1.")),
           eval_stokes),
    KERNEL(
        "settling.richardson_zaki",
        "Exponent of hindered settling (Richardson and Zaki 1954, narrow grains in a wide pipe): 4.65; 4.35 Re^-0.03; "
        "4.45 Re^-0.1; 2.39.",
        FIELDS(IN("grain_reynolds", "1", NULL, "0", "1e9", "Reynolds number of the grain; steps at 0.2, 1 and 500.")),
        FIELDS(OUT("exponent", "1", "Exponent n.")), eval_richardson_zaki),
    KERNEL("settling.kynch", "Flux of hindered settling (Kynch 1952): v c (1-c)^n, and the speed of its waves.",
           FIELDS(IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Terminal velocity v of one grain."),
                  IN("solids", "%vol", NULL, "0 %vol", "100 %vol exclusive", "Solids by volume c."),
                  IN("exponent", "1", "4.65", "1", "20", "Exponent n.")),
           FIELDS(OUT("flux", "m/s", "Volume of grains settling per area, v c (1-c)^n."),
                  OUT("wave_velocity", "m/s", "d flux/dc, positive downwards."),
                  OUT("peak_solids", "%vol", "Where the flux is largest, 1/(n+1)."),
                  OUT("peak_flux", "m/s", "Largest flux.")),
           eval_kynch),
    KERNEL(
        "drift_flux.bubbly",
        "Drift-flux parameters of bubbly flow (Harmathy 1960, Ishii 1977): vd = 1.53 (sigma g drho/density^2)^(1/4).",
        FIELDS(DENSITY, IN("gas_density", "kg/m3", NULL, "0 kg/m3", "10000 kg/m3", "Density of the gas."),
               IN("surface_tension", "N/m", "0.072 N/m", "0 N/m exclusive", "1 N/m", "Surface tension."), GRAVITY),
        FIELDS(OUT("distribution", "1", "C0 = 1.2 - 0.2 sqrt(gas_density/density)."),
               OUT("drift_velocity", "m/s", "Drift velocity, one bubble.")),
        eval_bubbly),
    KERNEL("slurry.in_place",
           "Solids in place from solids delivered, when grains slip behind the mixture: c = delivered V/(V - slip).",
           FIELDS(IN("delivered", "%vol", NULL, "0 %vol", "74 %vol", "Solids by volume delivered."),
                  IN("velocity", "m/s", NULL, "0 m/s exclusive", "1000 m/s", "Mean velocity of the mixture."),
                  IN("slip", "m/s", NULL, "0 m/s", "1000 m/s", "Velocity of the grains behind the mixture.")),
           FIELDS(OUT("solids", "%vol", "Solids by volume in the pipe.")), eval_in_place),
    KERNEL("string.buoyant_weight",
           "Weight of a pipe in a fluid inside and out: m g (1 - fluid_density/material_density).",
           FIELDS(IN("mass_per_length", "kg/m", NULL, "0 kg/m", "1e5 kg/m", "Mass in air."),
                  IN("material_density", "kg/m3", "7850 kg/m3", "100 kg/m3", "25000 kg/m3", "Density of the wall."),
                  IN("fluid_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "5000 kg/m3", "Density of the fluid."),
                  GRAVITY),
           FIELDS(OUT("buoyancy_factor", "1", "Buoyancy factor."), OUT("weight_air", "N/m", "In air."),
                  OUT("weight", "N/m", "In the fluid.")),
           eval_buoyant),
    KERNEL("string.pipe_stress",
           "Effective tension and stress at the bore of a thick pipe (Lame), von Mises, and its elastic and plastic "
           "limits without safety factors.",
           FIELDS(IN("tension", "N", NULL, "-1 GN", "1 GN", "True wall tension, positive in pull."),
                  IN("inner_pressure", "Pa", "0 Pa", "0 Pa", "1 GPa", "Pressure inside."),
                  IN("outer_pressure", "Pa", "0 Pa", "0 Pa", "1 GPa", "Pressure outside."), BORE,
                  IN("outer_diameter", "m", NULL, "0 m exclusive", "101 m", "Outer diameter."),
                  IN("yield_strength", "Pa", "758 MPa", "1 MPa", "10 GPa", "Yield strength."),
                  IN("modulus", "Pa", "207 GPa", "1 MPa", "1000 GPa", "Modulus of elasticity."),
                  IN("poisson", "1", "0.3", "0", "0.5", "Poisson's ratio.")),
           FIELDS(OUT("effective_tension", "N", "tension - inner_pressure Ai + outer_pressure Ae."),
                  OUT("axial_stress", "MPa", "tension over the wall area."),
                  OUT("hoop_stress", "MPa", "At the bore, Lame."),
                  OUT("von_mises", "MPa", "At the bore, with the radial stress -inner_pressure."),
                  OUT("utilisation", "1", "von_mises over yield_strength."),
                  OUT("plastic_limit", "MPa",
                      "2 yield_strength wall/outer_diameter: plastic collapse, and burst by Barlow."),
                  OUT("elastic_collapse", "MPa", "2 E (wall/outer_diameter)^3/(1 - poisson^2).")),
           eval_pipe_stress),
    KERNEL("string.lateral_period",
           "Period of a hanging chain with a free foot: 4 pi/j0k sqrt(m L/w), j0k the k-th zero of J0.",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."),
                  IN("effective_weight", "N/m", NULL, "0 N/m exclusive", "1e6 N/m", "Weight in water per length, w."),
                  IN("mass_per_length", "kg/m", NULL, "0 kg/m exclusive", "1e5 kg/m",
                     "Mass with contents and added mass, m."),
                  IN("mode", "1", "1", "1", "10", "Mode k.")),
           FIELDS(OUT("period", "s", "Period.")), eval_lateral),
    KERNEL("string.current_offset",
           "Offset of the foot in a uniform current, small slope, no bending: q/w (L - (W/w) ln(1 + w L/W)).",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length L."),
                  IN("effective_weight", "N/m", NULL, "0 N/m exclusive", "1e6 N/m", "Weight in water per length, w."),
                  IN("foot_tension", "N", NULL, "0 N exclusive", "1e9 N", "Weight in water of the head, W."),
                  IN("current", "m/s", NULL, "0 m/s", "10 m/s", "Current."),
                  IN("outer_diameter", "m", NULL, "0 m exclusive", "10 m", "Outer diameter."),
                  IN("drag", "1", "1.2", "0", "10", "Drag coefficient, on the diameter."),
                  IN("density", "kg/m3", "1025 kg/m3", "0 kg/m3 exclusive", "3000 kg/m3", "Density of the sea.")),
           FIELDS(OUT("drag_force", "N/m", "Drag per length, q = density drag diameter current^2/2."),
                  OUT("offset", "m", "Offset of the foot.")),
           eval_offset),
    KERNEL("string.vortex_shedding", "Frequency of vortices behind a pipe: strouhal current/outer_diameter.",
           FIELDS(IN("current", "m/s", NULL, "0 m/s exclusive", "10 m/s", "Current."),
                  IN("outer_diameter", "m", NULL, "0 m exclusive", "10 m", "Outer diameter."),
                  IN("strouhal", "1", "0.2", "0.01", "1", "Strouhal number.")),
           FIELDS(OUT("frequency", "Hz", "Frequency across the flow."), OUT("period", "s", "Period.")), eval_shedding),
    KERNEL("transient.period", "Periods of a pressure wave in a pipe.",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "1e6 m", "Length."),
                  IN("wave_speed", "m/s", NULL, "0 m/s exclusive", "1e5 m/s", "Wave speed.")),
           FIELDS(OUT("return_time", "s", "There and back, 2 L/a."),
                  OUT("period", "s", "First period of a pipe open at one end, 4 L/a.")),
           eval_pipe_period),
    KERNEL(
        "pump.affinity", "Affinity laws of a pump: flow s d^3, head s^2 d^2, power s^3 d^5.",
        FIELDS(IN("flow", "m3/s", NULL, "0 m3/s", "1e4 m3/s", "Flow."), IN("head", "m", NULL, "0 m", "1e5 m", "Head."),
               IN("power", "kW", "0 kW", "0 kW", "1e9 kW", "Shaft power."),
               IN("speed_ratio", "1", NULL, "0", "100", "New speed over old, s."),
               IN("diameter_ratio", "1", "1", "0.01", "100", "New impeller diameter over old in a similar pump, d.")),
        FIELDS(OUT("flow", "m3/s", "New flow."), OUT("head", "m", "New head."), OUT("power", "kW", "New power.")),
        eval_affinity),
    LAST_KERNEL};
