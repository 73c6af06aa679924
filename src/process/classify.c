// SPDX-License-Identifier: Apache-2.0
/* Hydrocyclones: cut size, pressure, water split, and the efficiency curve over a lognormal size distribution.
 *
 * Plitt (revised form; Dc Di Do Du h [cm], Q [L/min], rho [g/cm3], mu [mPa s], phi [vol %], P [kPa], d50c [um]):
 *   d50c = F1 39.7 Dc^0.46 Di^0.6 Do^1.21 mu^0.5 exp(0.063 phi)
 *          / (Du^0.71 h^0.38 Q^0.45 ((rho_s - rho_l)/1.6)^k)                                                   (1)
 *   P    = F2 1.88 Q^1.78 exp(0.0055 phi) / (Dc^0.37 Di^0.94 h^0.28 (Du^2 + Do^2)^0.87)                        (2)
 *   S    = F3 18.62 rho_p^0.24 (Du/Do)^3.31 h^0.54 (Du^2 + Do^2)^0.36 exp(0.0054 phi) / (H^0.24 Dc^1.11)       (3)
 *   m    = F4 1.94 exp(-1.58 Rv) (Dc^2 h / Q)^0.15,   Rv = S / (1 + S)                                         (4)
 *   H    head of slurry over the cyclone [m] = P / (rho_p g), rho_p density of the slurry
 * Coelho and Medronho (SI; L length, l vortex finder length, Cv solids by volume):
 *   Q    = K dP^0.472
 *   K    = 0.184 Dc^-0.217 Di^1.231 (Do^2+Du^2)^0.198 (L-l)^0.462 mu^0.0566 rho^-0.528 exp(0.241 Cv)           (5)
 *   Re   = 4 rho Q / (pi mu Dc)
 *   Eu   = 43.5 Dc^0.57 (Dc/Di)^2.61 (Dc/(Do^2+Du^2))^0.42 (Dc/(L-l))^0.98 Re^0.12 exp(-0.51 Cv)               (6)
 *   Rw   = 1.18 (Dc/Do)^5.97 (Du/Dc)^3.10 Eu^-0.54                                                             (7)
 *   d50  = 1.173 Dc^0.64 Do^-0.475 (L-l)^-0.665 [mu rho Q/((rho_s-rho) dP)]^0.5 ln(1/Rw)^0.395 exp(6 Cv)       (8)
 * Nageswararao (JKMRC; Lc cylinder length, th cone angle [degrees], P inlet pressure, rho_p slurry density):
 *   lam  = 10^(1.82 Cv) / (8.05 (1-Cv)^2),   p = P/(rho_p g Dc)
 *   d50c/Dc = K_D (Do/Dc)^0.52 (Du/Dc)^-0.47 lam^0.93 p^-0.22 (Di/Dc)^-0.5 (Lc/Dc)^0.2 th^0.15                 (9)
 *   Q    = K_Q Dc^2 (P/rho_p)^0.5 (Do/Dc)^0.68 (Di/Dc)^0.45 (Lc/Dc)^0.2 th^-0.1 Dc^-0.1                        (10)
 *   Rf   = K_W (Do/Dc)^-1.19 (Du/Dc)^2.4 p^-0.53 lam^0.27 (Di/Dc)^-0.5 (Lc/Dc)^0.22 th^-0.24                   (11)
 * Efficiency to the underflow, x = d / d50c:
 *   Plitt (Rosin-Rammler)  y = 1 - exp(-ln2 x^m)       Lynch-Rao  y = (e^(a x) - 1) / (e^(a x) + e^a - 2)      (12)
 *   with bypass            E = Rf + (1 - Rf) y                                                                 (13)
 *
 * Source    (1)-(4) and the Coelho-Medronho set as in open cyclone programs; the constants and exponents of (1)-(3)
 *           and (9)-(11) are textbook values not checked against Plitt 1976 or Nageswararao 1978: they count as
 *           assumed.
 * Range     dilute suspensions of rigid grains, spray discharge; 2.5 to 65 cm bore (Plitt), 2.5 to 10 cm
 *           (Coelho-Medronho).
 * Weakness  clay muds thicken: mu is that of the slurry and must be given; no fish-hook; water bypass decides the
 *           upgrade.
 */
#include "process/classify.h"

#include <math.h>

#define KD_GRAVITY 9.80665 /* m/s2 */
#define KD_PI      3.14159265358979323846
#define KD_LN2     0.69314718055994530942

double kd_partition(kd_curve curve, double size, double cut, double sharpness) {
  double x = size / cut;
  if (curve == KD_CURVE_PLITT) return -expm1(-KD_LN2 * pow(x, sharpness));
  /* Divided through by e^(a x), so that coarse grains do not overflow; (e^a - 2) e^(-a x) is split for a > 700. */
  double decay = exp(-sharpness * x);
  return -expm1(-sharpness * x) / (1 + exp(sharpness * (1 - x)) - 2 * decay);
}

/* Distance in the normal deviate at which the curve, taken into the complex plane, stops being tame: Plitt's grows
 * without bound beyond |Im ln x| = pi/(2m); Lynch-Rao's has poles at a x = ln(e^a - 2) + i pi. */
static double strip(kd_curve curve, double sharpness, double sigma) {
  if (curve == KD_CURVE_PLITT) return KD_PI / (2 * sharpness * sigma);
  double real = sharpness > 30 ? sharpness : log(fabs(exp(sharpness) - 2));
  return atan2(KD_PI, real) / sigma;
}

/* Trapezoidal rule in the normal deviate: for a curve tame within the strip |Im z| < d it errs by exp(-2 pi d/h), so
 * that h = 0.22 d gives 1e-12; h never exceeds 1/8, which is enough for the Gaussian. Size and weight go up the ladder
 * by recursion, which leaves one exponential a point. */
double kd_partition_lognormal(kd_curve curve, double median, double spread, double cut, double sharpness,
                              double bypass) {
  double sigma = log(spread);
  if (sigma < 1e-9) return bypass + (1 - bypass) * kd_partition(curve, median, cut, sharpness);
  const double step = fmin(0.125, 0.22 * strip(curve, sharpness, sigma));
  const int half = (int)ceil(8 / step);
  double power = curve == KD_CURVE_PLITT ? sharpness : 1;
  double up = exp(power * sigma * step), down = 1 / up;
  double centre = pow(median / cut, power), high = centre, low = centre;
  double weight = 1, fall = exp(-step * step / 2), ratio = fall, square = fall * fall;
  double sum = 0, total = 0;
  for (int i = 0; i <= half; i++) {
    double y[2] = {low, high};
    for (int side = i == 0 ? 1 : 0; side < 2; side++) {
      double part;
      if (curve == KD_CURVE_PLITT)
        part = 1 - exp(-KD_LN2 * y[side]);
      else
        part = kd_partition(curve, y[side], 1, sharpness);
      sum += weight * part;
      total += weight;
    }
    weight *= ratio;
    ratio *= square;
    high *= up;
    low *= down;
  }
  return bypass + (1 - bypass) * sum / total;
}

double kd_cut_for_density(double cut, double reference, double density, double liquid) {
  return cut * sqrt((reference - liquid) / (density - liquid));
}

static kd_status check_cyclone(const kd_cyclone *c, const kd_cyclone_feed *f, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(c->vortex_finder < c->bore, err, KD_E_RANGE, "vortex_finder %g m: must be below bore %g m", c->vortex_finder,
           c->bore);
  KD_CHECK(c->apex < c->bore, err, KD_E_RANGE, "apex %g m: must be below bore %g m", c->apex, c->bore);
  KD_CHECK(c->inlet < c->bore, err, KD_E_RANGE, "inlet %g m: must be below bore %g m", c->inlet, c->bore);
  KD_CHECK(f->grain_density > f->liquid_density, err, KD_E_RANGE,
           "grain_density %g kg/m3: must be above liquid_density %g kg/m3", f->grain_density, f->liquid_density);
out:
  return status;
}

kd_status kd_cyclone_plitt(kd_cyclone_result *out, const kd_cyclone *cyclone, const kd_cyclone_feed *feed,
                           const double factor[4], double exponent, kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(check_cyclone(cyclone, feed, err));
  double dc = cyclone->bore * 100, di = cyclone->inlet * 100, od = cyclone->vortex_finder * 100;
  double du = cyclone->apex * 100, h = cyclone->length * 100;
  double q = feed->flow * 60000, phi = feed->solids * 100, mu = feed->viscosity * 1000;
  double ends = du * du + od * od;
  double slurry = feed->liquid_density + feed->solids * (feed->grain_density - feed->liquid_density);
  double cut = factor[0] * 39.7 * pow(dc, 0.46) * pow(di, 0.6) * pow(od, 1.21) * sqrt(mu) * exp(0.063 * phi) /
               (pow(du, 0.71) * pow(h, 0.38) * pow(q, 0.45) *
                pow((feed->grain_density - feed->liquid_density) / 1600, exponent));
  double pressure = factor[1] * 1.88 * pow(q, 1.78) * exp(0.0055 * phi) /
                    (pow(dc, 0.37) * pow(di, 0.94) * pow(h, 0.28) * pow(ends, 0.87));
  double head = pressure * 1000 / (slurry * KD_GRAVITY);
  double split = factor[2] * 18.62 * pow(slurry / 1000, 0.24) * pow(du / od, 3.31) * pow(h, 0.54) * pow(ends, 0.36) *
                 exp(0.0054 * phi) / (pow(head, 0.24) * pow(dc, 1.11));
  double volume_split = split / (1 + split);
  out->cut = cut * 1e-6;
  out->pressure = pressure * 1000;
  out->flow = feed->flow;
  out->split = split;
  out->water_split = volume_split;
  out->sharpness = factor[3] * 1.94 * exp(-1.58 * volume_split) * pow(dc * dc * h / q, 0.15);
  out->reynolds = out->euler = (double)NAN;
out:
  return status;
}

kd_status kd_cyclone_coelho_medronho(kd_cyclone_result *out, const kd_cyclone *cyclone, const kd_cyclone_feed *feed,
                                     kd_error *err) {
  kd_status status = KD_OK;
  KD_TRY(check_cyclone(cyclone, feed, err));
  double dc = cyclone->bore, di = cyclone->inlet, od = cyclone->vortex_finder, du = cyclone->apex;
  double body = cyclone->length - cyclone->finder_length;
  KD_CHECK(body > 0, err, KD_E_RANGE, "finder_length %g m: must be below length %g m", cyclone->finder_length,
           cyclone->length);
  double rho = feed->liquid_density, mu = feed->viscosity, ends = od * od + du * du;
  double k = 0.184 * pow(dc, -0.217) * pow(di, 1.231) * pow(ends, 0.198) * pow(body, 0.462) * pow(mu, 0.0566) *
             pow(rho, -0.528) * exp(0.241 * feed->solids);
  double q = k * pow(feed->pressure, 0.472);
  double re = 4 * rho * q / (KD_PI * mu * dc);
  double eu = 43.5 * pow(dc, 0.57) * pow(dc / di, 2.61) * pow(dc / ends, 0.42) * pow(dc / body, 0.98) * pow(re, 0.12) *
              exp(-0.51 * feed->solids);
  double rw = 1.18 * pow(dc / od, 5.97) * pow(du / dc, 3.10) * pow(eu, -0.54);
  KD_CHECK(rw < 1, err, KD_E_MODEL, "water split %.3g: the apex is too wide for this model, which needs less than 1",
           rw);
  out->cut = 1.173 * pow(dc, 0.64) * pow(od, -0.475) * pow(body, -0.665) *
             sqrt(mu * rho * q / ((feed->grain_density - rho) * feed->pressure)) * pow(-log(rw), 0.395) *
             exp(6 * feed->solids);
  out->pressure = feed->pressure;
  out->flow = q;
  out->split = rw / (1 - rw);
  out->water_split = rw;
  out->sharpness = (double)NAN;
  out->reynolds = re;
  out->euler = eu;
out:
  return status;
}

kd_status kd_cyclone_nageswararao(kd_cyclone_result *out, const kd_cyclone *cyclone, double cone_angle, double pressure,
                                  double solids, double slurry_density, const double constant[3], kd_error *err) {
  kd_status status = KD_OK;
  double dc = cyclone->bore, di = cyclone->inlet / dc, od = cyclone->vortex_finder / dc, du = cyclone->apex / dc;
  double lc = cyclone->length / dc;
  KD_CHECK(di < 1 && od < 1 && du < 1, err, KD_E_RANGE, "bore %g m: inlet, vortex_finder and apex must be below it",
           dc);
  double hindrance = pow(10, 1.82 * solids) / (8.05 * (1 - solids) * (1 - solids));
  double head = pressure / (slurry_density * KD_GRAVITY * dc);
  out->cut = dc * constant[0] * pow(od, 0.52) * pow(du, -0.47) * pow(hindrance, 0.93) * pow(head, -0.22) *
             pow(di, -0.5) * pow(lc, 0.2) * pow(cone_angle, 0.15);
  out->flow = constant[1] * dc * dc * sqrt(pressure / slurry_density) * pow(od, 0.68) * pow(di, 0.45) * pow(lc, 0.2) *
              pow(cone_angle, -0.1) * pow(dc, -0.1);
  out->water_split = constant[2] * pow(od, -1.19) * pow(du, 2.4) * pow(head, -0.53) * pow(hindrance, 0.27) *
                     pow(di, -0.5) * pow(lc, 0.22) * pow(cone_angle, -0.24);
  KD_CHECK(out->water_split < 1, err, KD_E_MODEL, "water split %.3g: outside the model, which needs less than 1",
           out->water_split);
  out->pressure = pressure;
  out->split = out->sharpness = out->reynolds = out->euler = (double)NAN;
out:
  return status;
}
