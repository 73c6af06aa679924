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
kd_status kd_eval_power_law(double *out, const double *in, kd_work *work) {
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
kd_status kd_eval_bingham(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[2] * in[1] * in[0] / in[4];
  out[1] = in[2] * in[3] * in[0] * in[0] / (in[4] * in[4]);
  out[2] = in[3] * in[0] / (in[4] * in[1]);
  return KD_OK;
}

/* Inputs: darcy_factor, length, bore, density, velocity, gravity. */
kd_status kd_eval_darcy_weisbach(double *out, const double *in, kd_work *work) {
  (void)work;
  const double kinetic = 0.5 * in[3] * in[4] * in[4];
  out[0] = in[0] * in[1] / in[2] * kinetic;
  out[1] = out[0] / (in[3] * in[5]);
  out[2] = 0.25 * in[0] * kinetic;
  return KD_OK;
}

/* Inputs: density, depth, gravity, surface_pressure. */
kd_status kd_eval_hydrostatic(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[2] * in[1] + in[3];
  return KD_OK;
}

/* Inputs: density, grain_density, water_density. */
kd_status kd_eval_solids(double *out, const double *in, kd_work *work) {
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
kd_status kd_eval_suspension(double *out, const double *in, kd_work *work) {
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
kd_status kd_eval_wood(double *out, const double *in, kd_work *work) {
  (void)work;
  const double c = in[0];
  out[2] = c * in[1] + (1 - c) * in[2];
  out[1] = 1 / (c / in[3] + (1 - c) / in[4]);
  out[0] = sqrt(out[1] / out[2]);
  return KD_OK;
}

/* Inputs: diameter, grain_density, density, viscosity, gravity. Negative: the grain rises. */
kd_status kd_eval_stokes(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (in[1] - in[2]) * in[4] * in[0] * in[0] / (18 * in[3]);
  out[1] = in[2] * fabs(out[0]) * in[0] / in[3];
  return KD_OK;
}

/* Input: grain_reynolds. */
kd_status kd_eval_richardson_zaki(double *out, const double *in, kd_work *work) {
  (void)work;
  const double re = in[0];
  out[0] = re < 0.2 ? 4.65 : re < 1 ? 4.35 * pow(re, -0.03) : re < 500 ? 4.45 * pow(re, -0.1) : 2.39;
  return KD_OK;
}

/* Inputs: settling_velocity, solids, exponent. */
kd_status kd_eval_kynch(double *out, const double *in, kd_work *work) {
  (void)work;
  const double v = in[0], c = in[1], n = in[2];
  out[0] = v * c * pow(1 - c, n);
  out[1] = v * pow(1 - c, n - 1) * (1 - (n + 1) * c);
  out[2] = 1 / (n + 1);
  out[3] = v / (n + 1) * pow(n / (n + 1), n);
  return KD_OK;
}

/* Inputs: density, gas_density, surface_tension, gravity. */
kd_status kd_eval_bubbly(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[1] < in[0], work->err, KD_E_RANGE, "gas_density %g kg/m3: must be below the density %g kg/m3", in[1],
           in[0]);
  out[0] = 1.2 - 0.2 * sqrt(in[1] / in[0]);
  out[1] = 1.53 * pow(in[2] * in[3] * (in[0] - in[1]) / (in[0] * in[0]), 0.25);
out:
  return status;
}

/* Inputs: mass_per_length, material_density, fluid_density, gravity. */
kd_status kd_eval_buoyant(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 1 - in[2] / in[1];
  out[1] = in[0] * in[3];
  out[2] = out[1] * out[0];
  return KD_OK;
}

/* Inputs: tension, inner_pressure, outer_pressure, bore, outer_diameter, yield_strength, modulus, poisson. */
kd_status kd_eval_pipe_stress(double *out, const double *in, kd_work *work) {
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

kd_status kd_eval_lateral(double *out, const double *in, kd_work *work) {
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
kd_status kd_eval_offset(double *out, const double *in, kd_work *work) {
  (void)work;
  const double x = in[1] * in[0] / in[2];
  out[0] = 0.5 * in[6] * in[5] * in[4] * in[3] * in[3];
  /* L - (W/w) ln(1 + wL/W) without cancellation for a heavy foot. */
  const double part = x < 1e-4 ? x * (0.5 - x * (1.0 / 3 - x * 0.25)) : 1 - log1p(x) / x;
  out[1] = out[0] / in[1] * in[0] * part;
  return KD_OK;
}

/* Inputs: current, outer_diameter, strouhal. */
kd_status kd_eval_shedding(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[2] * in[0] / in[1];
  out[1] = 1 / out[0];
  return KD_OK;
}

/* Inputs: length, wave_speed. */
kd_status kd_eval_pipe_period(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = 2 * in[0] / in[1];
  out[1] = 4 * in[0] / in[1];
  return KD_OK;
}

/* Inputs: flow, head, power, speed_ratio, diameter_ratio. */
kd_status kd_eval_affinity(double *out, const double *in, kd_work *work) {
  (void)work;
  const double s = in[3], d = in[4];
  out[0] = in[0] * s * d * d * d;
  out[1] = in[1] * s * s * d * d;
  out[2] = in[2] * s * s * s * d * d * d * d * d;
  return KD_OK;
}

/* Inputs: delivered, velocity, slip. */
kd_status kd_eval_in_place(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] < in[1], work->err, KD_E_INFEASIBLE, "slip %g m/s: must be below the velocity %g m/s", in[2], in[1]);
  out[0] = in[0] * in[1] / (in[1] - in[2]);
  KD_CHECK(out[0] <= 1, work->err, KD_E_INFEASIBLE, "delivered %g %%vol: more than the pipe holds at this slip",
           in[0] * 100);
out:
  return status;
}
