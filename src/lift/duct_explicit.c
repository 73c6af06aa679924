// SPDX-License-Identifier: Apache-2.0
/* The explicit twin of duct_step.c: an oracle that shares fluids, friction and slip, but neither mesh nor method.
 *
 *   d(m_p, M)/dt + dF/ds = S,   F = (m_p u_p, sum m_p u_p^2 + p),   M = sum m_p u_p in the cells               (1)
 *   F at a face = (F_L + F_R)/2 - r (U_R - U_L)/2,   r = largest |u| + a of both sides (Rusanov)             (2)
 *   1/(rho a^2) = al/(rho_g a_g^2) + (1-al)/(rho_l a_l^2) + compliance,  a^2 -> a^2 (1-al)/(1 - C0 al)         (3)
 *
 * Numerics  primitive variables (p, al, u_g, u_l) are reconstructed with van Leer slopes, two stages (Heun);
 * first_order takes neither. p from the masses by Newton on "the pipe is full". Friction is implicit in each cell.
 * Range     gas, water, fines; coarse classes move with the water; no gel, no pump. CFL 0.45 with slopes, 0.9 without.
 * Source    Rusanov 1961; (3) Wood 1930 with the slip of Evje and Fjelde 2002, J. Comput. Phys. 175, 674.
 */
#include <math.h>
#include <string.h>

#include "lift/duct.h"

#define VARIABLES (KD_DUCT_PHASES + 1)
#define TRACE     1e-12 /* kg/m3 of gas */

/* No library calls in the inner loops; no NaN reaches them. */
static inline double larger(double a, double b) {
  return a > b ? a : b;
}

static inline double smaller(double a, double b) {
  return a < b ? a : b;
}

typedef struct primitive {
  double p, gas, u, c0, drift;  /* pressure; gas share; velocity of the liquid; slip law */
  double share[KD_DUCT_PHASES]; /* of the rest, by volume, from fines on */
} primitive;

/* Pressure that makes the cell full, from the one before. */
static double full_pressure(const kd_duct *duct, size_t i, const double *m, double p) {
  double solid = -1.0, slope_g, slope_w;
  for (size_t q = KD_FINES; q < duct->phases; q++)
    solid += m[q] / (q == KD_FINES ? duct->fines_density : duct->coarse[q - KD_COARSE].density);
  const bool gassy = m[KD_GAS] > TRACE; /* less gas than that stays where it is */
  for (int k = 0; k < 30; k++) {
    if (!gassy) {
      const double w = kd_duct_water(&duct->fluid[i], p, &slope_w);
      const double f = m[KD_WATER] / w + solid - duct->compliance[i] * (p - duct->p_rest[i]);
      const double change = f / (m[KD_WATER] * slope_w / (w * w) + duct->compliance[i]);
      p = larger(p + change, 0.3 * p);
      if (fabs(change) < 1e-5 * p) break; /* the next would be 1e-10: Newton squares it */
      continue;
    }
    const double g = kd_duct_gas(&duct->fluid[i], p, &slope_g), w = kd_duct_water(&duct->fluid[i], p, &slope_w);
    const double f = m[KD_GAS] / g + m[KD_WATER] / w + solid - duct->compliance[i] * (p - duct->p_rest[i]);
    const double d = -m[KD_GAS] * slope_g / (g * g) - m[KD_WATER] * slope_w / (w * w) - duct->compliance[i];
    const double next = larger(p - f / d, 0.3 * p);
    const double change = fabs(next - p);
    p = next;
    if (change < 1e-5 * p) break;
  }
  return p;
}

static void to_primitive(primitive *out, const kd_duct *duct, size_t i, const double *m, double momentum,
                         double guess) {
  double slope;
  out->p = full_pressure(duct, i, m, guess);
  const bool gassy = m[KD_GAS] > TRACE;
  const double g = gassy ? kd_duct_gas(&duct->fluid[i], out->p, &slope) : 1.0;
  out->gas = gassy ? smaller(m[KD_GAS] / g, 1.0) : 0.0;
  const double rest = larger(1.0 - out->gas, 1e-9);
  double liquid = m[KD_WATER];
  for (size_t q = KD_FINES; q < duct->phases; q++) {
    out->share[q] = m[q] / (q == KD_FINES ? duct->fines_density : duct->coarse[q - KD_COARSE].density) / rest;
    liquid += m[q];
  }
  out->c0 = 1.2, out->drift = 0;
  if (out->gas > 1e-9) kd_duct_slip(&out->c0, &out->drift, duct, g, out->gas, duct->rise[i]);
  /* u_g = (C0 (1-al) u + vd)/(1 - C0 al): from u_g = C0 j + vd. */
  const double k = out->c0 * rest / (1.0 - out->c0 * out->gas), v = out->drift / (1.0 - out->c0 * out->gas);
  out->u = (momentum - m[KD_GAS] * v) / (liquid + m[KD_GAS] * k);
}

/* Conserved quantities and fluxes of a primitive state with the fluids of cell i; returns |u| + a. */
static double to_flux(double *u, double *flux, const kd_duct *duct, size_t i, const primitive *w) {
  double slope_g, slope_w;
  const double l = kd_duct_water(&duct->fluid[i], w->p, &slope_w);
  double g = 1.0;
  slope_g = 0;
  if (w->gas > 0) g = kd_duct_gas(&duct->fluid[i], w->p, &slope_g);
  const double rest = 1.0 - w->gas, bend = larger(1.0 - w->c0 * w->gas, 1e-6);
  const double ug = (w->c0 * rest * w->u + w->drift) / bend;
  const double extra = duct->compliance[i] * (w->p - duct->p_rest[i]);
  double solid = 0, rho, momentum, sum;
  u[KD_GAS] = w->gas * g;
  for (size_t q = KD_FINES; q < duct->phases; q++) {
    u[q] = w->share[q] * rest * (q == KD_FINES ? duct->fines_density : duct->coarse[q - KD_COARSE].density);
    solid += w->share[q];
  }
  u[KD_WATER] = (rest * (1.0 - solid) + extra) * l;
  flux[KD_GAS] = u[KD_GAS] * ug;
  rho = u[KD_GAS], momentum = flux[KD_GAS], sum = flux[KD_GAS] * ug + w->p;
  for (size_t q = KD_WATER; q < duct->phases; q++) {
    flux[q] = u[q] * w->u;
    rho += u[q], momentum += flux[q], sum += flux[q] * w->u;
  }
  u[duct->phases] = momentum;
  flux[duct->phases] = sum;
  const double squeeze = w->gas * slope_g / g + rest * (1.0 - solid) * slope_w / l + duct->compliance[i];
  const double sound = sqrt(larger(rest, 1e-6) / (bend * rho * squeeze));
  return larger(fabs(ug), fabs(w->u)) + sound;
}

static double limited(double behind, double ahead) {
  return behind * ahead > 0 ? 2.0 * behind * ahead / (behind + ahead) : 0;
}

/* State at one side of a cell: side +1 its outlet face, -1 its inlet face. */
static primitive side_of(const primitive *w, const kd_duct *duct, size_t i, double side) {
  primitive out = w[i];
  if (duct->first_order || i == 0 || i + 1 == duct->cells) return out;
  const primitive *a = &w[i - 1], *b = &w[i], *c = &w[i + 1];
  out.p += 0.5 * side * limited(b->p - a->p, c->p - b->p);
  out.gas += 0.5 * side * limited(b->gas - a->gas, c->gas - b->gas);
  out.u += 0.5 * side * limited(b->u - a->u, c->u - b->u);
  for (size_t q = KD_FINES; q < duct->phases; q++)
    out.share[q] += 0.5 * side * limited(b->share[q] - a->share[q], c->share[q] - b->share[q]);
  return out;
}

/* State outside an end: the commanded pressure, or the commanded flow, with the rest as inside. */
static primitive outside(const primitive *w, const kd_duct *duct, const kd_duct_command *command, bool inlet) {
  primitive out = inlet ? w[0] : w[duct->cells - 1];
  const size_t i = inlet ? 0 : duct->cells - 1;
  double slope, g = kd_duct_gas(&duct->fluid[i], out.p, &slope), l = kd_duct_water(&duct->fluid[i], out.p, &slope);
  const kd_duct_end end = inlet ? duct->inlet : duct->outlet;
  if (end == KD_END_CLOSED || (!inlet && command->valve <= 1e-6)) {
    out.u = -out.u;
  } else if (end == KD_END_PRESSURE) {
    /* The pressure holds at the face itself: the state outside mirrors the cell about it. */
    const double p = inlet ? command->inlet_pressure : command->outlet_pressure;
    out.p = larger(2.0 * p - out.p, 0.1 * p);
  } else {
    double volume = command->inlet[KD_GAS] / g + command->inlet[KD_WATER] / l, liquid = command->inlet[KD_WATER] / l;
    for (size_t q = KD_FINES; q < duct->phases; q++) {
      const double v = command->inlet[q] / (q == KD_FINES ? duct->fines_density : duct->coarse[q - KD_COARSE].density);
      volume += v, liquid += v;
      out.share[q] = v;
    }
    const double j = volume / duct->area[i], ug = out.c0 * j + out.drift;
    out.gas = ug > 0 ? smaller(command->inlet[KD_GAS] / g / duct->area[i] / ug, 1.0) : 0;
    for (size_t q = KD_FINES; q < duct->phases; q++) out.share[q] = liquid > 0 ? out.share[q] / liquid : 0;
    out.u = liquid / duct->area[i] / larger(1.0 - out.gas, 1e-9);
  }
  return out;
}

/* Rates of all conserved quantities [.. /(m3 s)]; totals through the ends when asked. Returns the largest |u| + a over
 * length. */
static double rates(double *rate, primitive *w, double *ends, const kd_duct_state *s, const kd_duct *duct,
                    const kd_duct_command *command) {
  const size_t n = duct->cells, v = duct->phases + 1;
  double fastest = 0, last[VARIABLES] = {0}, m[KD_DUCT_PHASES];
  for (size_t i = 0; i < n; i++) {
    for (size_t p = 0; p < duct->phases; p++) m[p] = s->mass[p][i];
    to_primitive(&w[i], duct, i, m, s->momentum[i], s->pressure[i]);
    s->pressure[i] = w[i].p;
  }
  /* Without slopes the state of a cell serves both of its faces. */
  double room[2][2][VARIABLES], speed[2];
  primitive side = outside(w, duct, command, true);
  speed[0] = to_flux(room[0][0], room[0][1], duct, 0, &side);
  for (size_t f = 0; f <= n; f++) {
    const size_t li = f > 0 ? f - 1 : 0, ri = f < n ? f : n - 1;
    double flux[VARIABLES] = {0};
    const size_t a = f & 1, b = a ^ 1;
    if (!duct->first_order && f > 0) {
      side = side_of(w, duct, li, 1);
      speed[a] = to_flux(room[a][0], room[a][1], duct, li, &side);
    }
    const primitive *right = f < n ? &w[f] : &side;
    if (f == n)
      side = outside(w, duct, command, false);
    else if (!duct->first_order)
      side = side_of(w, duct, ri, -1), right = &side;
    speed[b] = to_flux(room[b][0], room[b][1], duct, ri, right);
    const double *ul = room[a][0], *fl = room[a][1], *ur = room[b][0], *fr = room[b][1];
    const double r = larger(speed[0], speed[1]);
    fastest = larger(fastest, r / smaller(duct->length[li], duct->length[ri]));
    for (size_t q = 0; q < v; q++) flux[q] = 0.5 * (fl[q] + fr[q] - r * (ur[q] - ul[q]));
    /* A commanded flow is met by its own mass. */
    if (f == 0 && duct->inlet == KD_END_FLOW)
      for (size_t q = 0; q + 1 < v; q++) flux[q] = command->inlet[q] / duct->area[0];
    if (f == n && (duct->outlet == KD_END_CLOSED || command->valve <= 1e-6))
      for (size_t q = 0; q + 1 < v; q++) flux[q] = 0;
    if (f > 0)
      for (size_t q = 0; q < v; q++) rate[li * v + q] = (last[q] - flux[q]) / duct->length[li];
    if (f == 0 || f == n)
      for (size_t q = 0; q + 1 < v; q++) ends[f > 0 ? VARIABLES + q : q] = flux[q] * duct->area[li];
    memcpy(last, flux, sizeof last);
  }
  for (size_t i = 0; i < n; i++) {
    double rho = 0;
    for (size_t p = 0; p < duct->phases; p++) rho += s->mass[p][i];
    rate[i * v + duct->phases] -=
        rho * (duct->gravity * 0.5 * (duct->rise[i] + duct->rise[i + 1]) + command->acceleration);
    for (size_t p = 0; p < duct->phases; p++) {
      if (i == duct->inject_cell) rate[i * v + p] += command->inject[p] / duct->volume[i];
      if (i == duct->feed_cell) rate[i * v + p] += command->feed[p] / duct->volume[i];
    }
  }
  return fastest;
}

static void apply(kd_duct_state *s, const kd_duct *duct, const double *from, const double *rate, const primitive *w,
                  double dt) {
  const size_t v = duct->phases + 1;
  for (size_t i = 0; i < duct->cells; i++) {
    for (size_t p = 0; p < duct->phases; p++) s->mass[p][i] = from[i * v + p] + dt * rate[i * v + p];
    double slope, heavy = 0;
    const double momentum = from[i * v + duct->phases] + dt * rate[i * v + duct->phases];
    for (size_t p = KD_WATER; p < duct->phases; p++) heavy += s->mass[p][i];
    const double rub = kd_duct_stress(&slope, duct->wall[i], w[i].share[KD_FINES], w[i].u, 1.0);
    const double a = dt * 4.0 / duct->bore[i];
    s->momentum[i] = (momentum - a * (rub - slope * w[i].u)) / (1.0 + a * slope / larger(heavy, 1e-6));
  }
}

kd_status kd_duct_step_explicit(kd_duct_state *self, const kd_duct *duct, const kd_duct_command *command, double dt,
                                double *taken, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = duct->cells, v = duct->phases + 1;
  double *old = self->scratch, *rate = old + n * v, *rate2 = rate + n * v, ends[2 * VARIABLES], ends2[2 * VARIABLES];
  primitive *w = (primitive *)(void *)(rate2 + n * v);
  for (size_t i = 0; i < n; i++) {
    for (size_t p = 0; p < duct->phases; p++) old[i * v + p] = self->mass[p][i];
    old[i * v + duct->phases] = self->momentum[i];
  }
  const double fastest = rates(rate, w, ends, self, duct, command);
  const double step = smaller(dt, (duct->first_order ? 0.9 : 0.45) / fastest);
  KD_CHECK(isfinite(fastest) && step > 0, err, KD_E_CONVERGENCE,
           "time %g s: the explicit solver has no finite wave speed; refine the cells or slow the change", self->time);
  apply(self, duct, old, rate, w, step);
  if (!duct->first_order) {
    (void)rates(rate2, w, ends2, self, duct, command);
    for (size_t k = 0; k < n * v; k++) rate[k] = 0.5 * (rate[k] + rate2[k]);
    for (size_t k = 0; k < 2 * VARIABLES; k++) ends[k] = 0.5 * (ends[k] + ends2[k]);
    apply(self, duct, old, rate, w, step);
  }
  for (size_t p = 0; p < duct->phases; p++) {
    self->in[p] +=
        step * (ends[p] + command->inject[p] * (duct->inject_cell < n) + command->feed[p] * (duct->feed_cell < n));
    self->out[p] += step * ends[VARIABLES + p];
    for (size_t i = 0; i < n; i++)
      KD_CHECK(self->mass[p][i] >= -1e-9, err, KD_E_CONVERGENCE,
               "time %g s: the explicit solver empties cell %zu of a phase; refine the cells or slow the change",
               self->time, i);
  }
  for (size_t i = 0; i < n; i++) {
    const double ug = (w[i].c0 * (1.0 - w[i].gas) * w[i].u + w[i].drift) / (1.0 - w[i].c0 * w[i].gas);
    for (size_t p = 0; p < duct->phases; p++) self->velocity[p][i] = p == KD_GAS ? ug : w[i].u;
    self->flux[i] = w[i].gas * ug + (1.0 - w[i].gas) * w[i].u;
  }
  self->flux[n] = self->flux[n - 1];
  for (size_t p = 0; p < duct->phases; p++) self->velocity[p][n] = self->velocity[p][n - 1];
  self->time += step;
  self->steps++;
  self->smallest = smaller(self->smallest, step);
  *taken = step;
out:
  return status;
}
