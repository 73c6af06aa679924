// SPDX-License-Identifier: Apache-2.0
/* Slurry in a horizontal leg: the Delft head loss and limit deposit velocity framework (DHLLDV).
 *
 *   im = il + E R c,  il = f V^2/(2 g D),  R = (rs - r)/r                                                     (1)
 *   f  = 64/Re to 2,320, then 1.325/ln^2(e/(3.7 D) + 5.75/Re^0.9)                                             (2)
 *   E of a regime:
 *   fixed bed      (im - il)/(R c), im from the wall and the bed round the free area A1 above a still bed       (3)
 *                  wall f1 with 0.27 e/DH, bed f12 = max(with 0.27 d/DH,
 *                  0.83 f1 + 0.37 (V1/sqrt(2 g DH R))^2.73 (rs pi d^3/(6 r))^0.094)                             (4)
 *   sliding bed    E = 0.415                                                                                  (5)
 *   heterogeneous  E = vt/V (1 - c/KC)^b + 72.25/f X^3 ((nu g)^(1/3)/V)^2,  KC = 0.175 (1 + b)                   (6)
 *                  X = Fr^(10/9) of the grain, Fr = vt/sqrt(g d), bent for coarse and for fine grains
 *   homogeneous    E = il (1 - (1 - (1 + R c - s)/(R c s))(1 - dv/d)), s = (7.5 ln(rm/r) sqrt(f/8) + 1)^2       (7)
 *                  dv/d = min(11.6 nu/(sqrt(f/8) V d), 1)
 *   coarse grains  d > 0.015 D, q = d/(0.015 D): E = (E + (q - 1) 0.415)/q in (6) and (7)                       (8)
 *   regime = max(min(fixed, sliding, heterogeneous), homogeneous)                                              (9)
 *
 *   V velocity [m/s]  D bore [m]  d grain [m]  e roughness [m]  nu kinematic viscosity [m2/s]  r, rs, rm density of
 *   liquid, grain, slurry  c share of solids in the pipe  vt, b terminal velocity and hindering exponent (settling.c)
 *
 * Source    Miedema and Ramsdell (ed.), Slurry Transport, 3rd edition: 8.2-8.8 (1)-(8), 8.11 limit deposit velocity,
 *           8.12 slip. Checked against the authors' public Python implementation.
 * Range     sand and gravel in Newtonian liquid, horizontal; bed concentration 0.6. Not for risers.
 * Numerics  the angle of a bed is linear between the framework's knots (4 to 176 degrees), so that its values come
 *           back; limit velocities are solved to 1e-12 where the framework stops at 1e-3.
 * Weakness  regimes meet at corners; fines in the carrier must be put into its density and viscosity beforehand.
 */
#include "lift/dhlldv.h"

#include <math.h>
#include <stddef.h>

#include "lift/settling.h"

#define PI           3.14159265358979323846
#define GRAVITY      9.80665
#define SLIDING      0.415 /* friction of grains on steel */
#define BED          0.6   /* concentration of a bed */
#define COARSE       0.015 /* grain over bore from which grains slide */
#define HOMOGENEOUS  7.5   /* 3/0.4, thickness of the lubricating layer over von Karman's constant */
#define WITHIN(a, b) (fabs((a) - (b)) <= 1e-12 * fabs(b))

static double excess_density(const kd_leg *leg) {
  return (leg->grain_density - leg->density) / leg->density;
}

/* The turbulent part of (2) for any two roughness terms. */
static double rough_factor(double relative, double reynolds) {
  const double l = log(relative + 5.75 / pow(reynolds, 0.9));
  return 1.325 / (l * l);
}

static double factor(const kd_leg *leg, double velocity) {
  const double reynolds = velocity * leg->bore / leg->viscosity;
  if (reynolds <= 2320.0) return 64.0 / reynolds;
  return rough_factor(leg->roughness / (3.7 * leg->bore), reynolds);
}

static double liquid_gradient(const kd_leg *leg, double velocity) {
  return factor(leg, velocity) * velocity * velocity / (2.0 * GRAVITY * leg->bore);
}

/* Grain: terminal velocity, exponent, and the factor (1 - c/KC)^b. */
typedef struct grain {
  double terminal, exponent, limit;
} grain;

static grain grain_of(const kd_leg *leg) {
  grain g;
  g.terminal =
      kd_settling_ruby_zanke(leg->grain, leg->grain_density, leg->density, leg->viscosity * leg->density, GRAVITY);
  g.exponent = kd_settling_rowe_exponent(g.terminal * leg->grain / leg->viscosity);
  g.limit = 0.175 * (1.0 + g.exponent);
  return g;
}

static double hindrance(const grain *g, double solids) {
  return pow(fmax(1.0 - solids / g->limit, 0.0), g->exponent);
}

/* Half angle [rad] that a bed of relative area subtends. */
static double bed_angle(double area) {
  static const double degrees[] = {0,         4,   8,   10,   12,  16,  24,  32,  48,  56,  64,
                                   66.173307, 68,  70,  72.5, 75,  80,  85,  90,  95,  100, 105,
                                   110,       116, 124, 132,  148, 156, 164, 168, 172, 176, 180};
  double x0 = 0, b0 = 0;
  for (size_t i = 1; i < sizeof degrees / sizeof degrees[0]; i++) {
    const double b1 = degrees[i] * PI / 180.0, x1 = (b1 - sin(b1) * cos(b1)) / PI;
    if (area <= x1) return b0 + (b1 - b0) * (area - x0) / (x1 - x0);
    x0 = x1, b0 = b1;
  }
  return PI;
}

static double fixed_bed(const kd_leg *leg, double velocity, double solids) {
  const double area = 0.25 * PI * leg->bore * leg->bore, share = solids / BED, angle = bed_angle(share);
  const double wall = (PI - angle) * leg->bore, top = leg->bore * sin(angle), free_area = area * (1.0 - share);
  const double width = 4.0 * free_area / (wall + top), v = velocity / (1.0 - share), r = excess_density(leg);
  const double reynolds = v * width / leg->viscosity;
  const double f1 = rough_factor(0.27 * leg->roughness / width, reynolds);
  const double mass = leg->grain_density / leg->density * PI / 6.0 * leg->grain * leg->grain * leg->grain;
  const double sheet = 0.83 * f1 + 0.37 * pow(v / sqrt(2.0 * GRAVITY * width * r), 2.73) * pow(mass, 0.094);
  const double f12 = fmax(rough_factor(0.27 * leg->grain / width, reynolds), sheet);
  const double gradient = v * v / (8.0 * GRAVITY) * (f1 * wall + f12 * top) / free_area;
  return (gradient - liquid_gradient(leg, velocity)) / (r * solids);
}

/* (8). */
static double with_sliding(const kd_leg *leg, double excess) {
  const double q = leg->grain / (COARSE * leg->bore);
  return q < 1.0 ? excess : (excess + (q - 1.0) * SLIDING) / q;
}

/* 1/sqrt(Cx) of (6): Gibert's Froude group, damped over 1.8, drawn towards Wilson's for fine grains. */
static double drag_group(double terminal, double diameter) {
  const double wilson = 0.226 * pow(GRAVITY / diameter, 0.1667);
  double group = pow(terminal / sqrt(GRAVITY * diameter), -10.0 / 9.0);
  if (group > 1.8) group = 1.8 * pow(group / 1.8, 0.75);
  return group < wilson ? 0.6 * group + 0.4 * wilson : group;
}

static double heterogeneous(const kd_leg *leg, const grain *g, double velocity, double solids) {
  const double potential = g->terminal * hindrance(g, solids) / velocity;
  const double scale = cbrt(leg->viscosity * GRAVITY) / velocity, x = drag_group(g->terminal, leg->grain);
  return with_sliding(leg, potential + 72.25 / factor(leg, velocity) * scale * scale / (x * x * x));
}

static double homogeneous(const kd_leg *leg, double velocity, double solids) {
  const double root = sqrt(factor(leg, velocity) / 8.0), r = excess_density(leg), load = r * solids;
  const double layer = fmin(11.6 * leg->viscosity / (root * velocity * leg->grain), 1.0);
  const double side = HOMOGENEOUS * log1p(load) * root + 1.0, s = side * side;
  const double share = (1.0 + load - s) / (load * s);
  return with_sliding(leg, liquid_gradient(leg, velocity) * (1.0 - (1.0 - share) * (1.0 - layer)));
}

static kd_status check(const kd_leg *leg, const grain *g, double solids) {
  const bool known = leg->bore > 0 && leg->grain > 0 && leg->viscosity > 0 && leg->grain_density > leg->density;
  if (!known || !(solids > 0)) return KD_E_RANGE;
  return solids < BED && solids < g->limit ? KD_OK : KD_E_MODEL;
}

kd_status kd_leg_spatial(kd_leg_state *out, const kd_leg *leg, double velocity, double solids) {
  const grain g = grain_of(leg);
  const kd_status status = check(leg, &g, solids);
  if (status != KD_OK) return status;
  if (!(velocity > 0)) return KD_E_RANGE;
  *out = (kd_leg_state){.liquid = liquid_gradient(leg, velocity), .spatial = solids};
  out->branch[KD_LEG_FIXED] = fixed_bed(leg, velocity, solids);
  out->branch[KD_LEG_SLIDING] = SLIDING;
  out->branch[KD_LEG_HETEROGENEOUS] = heterogeneous(leg, &g, velocity, solids);
  out->branch[KD_LEG_HOMOGENEOUS] = homogeneous(leg, velocity, solids);
  const double *e = out->branch;
  out->regime = e[KD_LEG_FIXED] < e[KD_LEG_SLIDING] ? KD_LEG_FIXED : KD_LEG_SLIDING;
  if (e[out->regime] > e[KD_LEG_HETEROGENEOUS]) out->regime = KD_LEG_HETEROGENEOUS;
  if (e[out->regime] < e[KD_LEG_HOMOGENEOUS]) out->regime = KD_LEG_HOMOGENEOUS;
  out->excess = e[out->regime];
  out->gradient = out->liquid + out->excess * excess_density(leg) * solids;
  return KD_OK;
}

/* The fixed bed takes as much as the sliding one: E rises about as V^2. Doubling, then false position (Illinois). */
kd_status kd_leg_stationary(double *out, const kd_leg *leg, double solids) {
  const grain g = grain_of(leg);
  const kd_status status = check(leg, &g, solids);
  if (status != KD_OK) return status;
  double low = 0.25, high = 1.0, f_low, f_high = fixed_bed(leg, high, solids) - SLIDING;
  for (int i = 0; i < 60 && f_high < 0; i++) low = high, high *= 2.0, f_high = fixed_bed(leg, high, solids) - SLIDING;
  f_low = fixed_bed(leg, low, solids) - SLIDING;
  for (int i = 0; i < 60 && f_low > 0; i++)
    high = low, f_high = f_low, low *= 0.5, f_low = fixed_bed(leg, low, solids) - SLIDING;
  for (int i = 0, side = 0; i < 100 && !WITHIN(low, high) && f_low < 0; i++) {
    const double x = (low * f_high - high * f_low) / (f_high - f_low), f = fixed_bed(leg, x, solids) - SLIDING;
    if (fabs(f) < 1e-14) {
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
  *out = 0.5 * (low + high);
  return KD_OK;
}

/* One candidate of the limit deposit velocity: V = group(f(V)); f falls slowly with V, so that halving steps converge.
 */
typedef double candidate_fn(const kd_leg *leg, const grain *g, double solids, double factor);

static double very_small(const kd_leg *leg, const grain *g, double solids, double f) {
  (void)g, (void)solids;
  return 1.4 * cbrt(leg->viscosity * excess_density(leg) * GRAVITY) * sqrt(8.0 / f);
}

static double scale_of(const kd_leg *leg) {
  return sqrt(2.0 * GRAVITY * excess_density(leg) * leg->bore);
}

static double small(const kd_leg *leg, const grain *g, double solids, double f) {
  const double scale = scale_of(leg), a = 3.4 * pow(1.65 / excess_density(leg), 2.0 / 9.0);
  return a * scale * cbrt(g->terminal * solids * hindrance(g, solids) / (f * scale));
}

static double large(const kd_leg *leg, const grain *g, double solids, double f) {
  const double scale = scale_of(leg), a = 3.4 * pow(1.65 / excess_density(leg), 2.0 / 9.0);
  const double fine = leg->grain <= COARSE * leg->bore ? 0.0065 : 0.053 * sqrt(leg->grain / leg->bore);
  const double bed = sqrt(SLIDING * BED * PI / 8.0 * fine) / scale;
  return a * scale * cbrt(hindrance(g, solids) * solids * bed / f);
}

/* Where heterogeneous flow meets the sliding bed: V^2 - B V - C = 0. */
static double lower_limit(const kd_leg *leg, const grain *g, double solids, double f) {
  const double froude = g->terminal / sqrt(GRAVITY * leg->grain);
  const double b = g->terminal * hindrance(g, solids) / SLIDING;
  const double c = 72.25 / f * pow(froude, 10.0 / 3.0) * pow(leg->viscosity * GRAVITY, 2.0 / 3.0) / SLIDING;
  return 0.5 * (b + sqrt(b * b + 4.0 * c));
}

static double settle(candidate_fn *candidate, const kd_leg *leg, const grain *g, double solids, double start) {
  double v = start;
  for (int i = 0; i < 200; i++) {
    const double next = candidate(leg, g, solids, factor(leg, v));
    if (WITHIN(v, next)) return next;
    v = i < 30 ? next : 0.5 * (v + next); /* each step gains a digit, but for a cycle over the laminar corner */
  }
  return v;
}

kd_status kd_leg_limit_deposit(double *out, const kd_leg *leg, double solids) {
  const grain g = grain_of(leg);
  const kd_status status = check(leg, &g, solids);
  if (status != KD_OK) return status;
  const double fine = fmax(settle(very_small, leg, &g, solids, 1.0), settle(small, leg, &g, solids, 4.0));
  const double coarse = settle(large, leg, &g, solids, 4.3);
  const double least = settle(lower_limit, leg, &g, solids, 2.0);
  double upper = fine;
  if (leg->grain > 2e-3) {
    upper = coarse;
  } else if (fine > coarse) {
    const double w = exp(-leg->grain / (0.0005 * sqrt(1.65 / excess_density(leg))));
    upper = fine * w + coarse * (1.0 - w);
  }
  *out = fmax(upper, least);
  return KD_OK;
}

/* Slip ratio of the solids at a delivered concentration: three laws joined (8.12). */
static kd_status slip_ratio(double *out, const kd_leg *leg, double velocity, double delivered) {
  double deposit = 0, still = 0;
  kd_status status = kd_leg_limit_deposit(&deposit, leg, delivered);
  if (status == KD_OK) status = kd_leg_stationary(&still, leg, delivered);
  if (status != KD_OK) return status;
  const grain g = grain_of(leg);
  const double c = delivered / BED, d = leg->bore, r = excess_density(leg), t = g.terminal;
  const double froude = t / sqrt(GRAVITY * leg->grain);
  const double suspended = 8.5 / sqrt(factor(leg, velocity)) * pow(froude, 5.0 / 3.0) * cbrt(leg->viscosity * GRAVITY) /
                           velocity * t / velocity;
  const double off = c - 0.5 - 0.075 * d, alpha = 0.58 * pow(c, -0.42);
  const double decay =
      -(0.83 + SLIDING / 4.0 + off * off + 0.025 * d) * pow(d, 0.025) * pow(c, 0.65) * pow(r / 1.585, 0.1);
  const double layers = (1.0 - c) * exp(decay * pow(velocity / still, alpha));
  const double at_deposit = exp(decay * pow(deposit / still, alpha)), xi = (1.0 - c) * at_deposit;
  const double above = xi * pow(deposit / velocity, 4.0), k = 1.0 / (1.0 - xi);
  const double tangent = pow(5.0 * at_deposit, 0.25) * deposit;
  const double bed =
      1.0 - delivered * deposit / ((BED - k * delivered) * (deposit - velocity) + k * delivered * deposit);
  double slip = bed < above ? bed : fmax(suspended, above);
  if (velocity < tangent) {
    const double w = sqrt(velocity / tangent), line = (1.0 - c) * (1.0 - 0.8 * velocity / tangent);
    slip = slip * (1.0 - w) + line * w;
  }
  slip = fmax(slip, layers);
  const double f = fmin(fmax(4.0 / 3.0 - leg->grain / leg->bore / COARSE / 3.0, 0.0), 1.0);
  *out = slip * f + layers * (1.0 - f);
  return *out < 1.0 ? KD_OK : KD_E_MODEL;
}

kd_status kd_leg_delivered(kd_leg_state *out, const kd_leg *leg, double velocity, double solids) {
  const grain g = grain_of(leg);
  double slip = 0;
  kd_status status = check(leg, &g, solids);
  if (status == KD_OK && !(velocity > 0)) status = KD_E_RANGE;
  if (status == KD_OK) status = slip_ratio(&slip, leg, velocity, solids);
  if (status == KD_OK) status = kd_leg_spatial(out, leg, velocity, solids / (1.0 - slip));
  if (status != KD_OK) return status;
  for (int i = 0; i < 4; i++) out->branch[i] /= 1.0 - slip;
  if (out->regime == KD_LEG_FIXED)
    out->regime =
        out->branch[KD_LEG_SLIDING] < out->branch[KD_LEG_HETEROGENEOUS] ? KD_LEG_SLIDING : KD_LEG_HETEROGENEOUS;
  out->slip_ratio = slip;
  out->excess = out->branch[out->regime];
  out->gradient = out->liquid + out->excess * excess_density(leg) * solids;
  return KD_OK;
}
