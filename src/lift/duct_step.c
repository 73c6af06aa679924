// SPDX-License-Identifier: Apache-2.0
/* One step of a line in time: mass of each phase, one momentum, pressure implicit, masses advected explicitly.
 *
 *   dm_p/dt + (1/A) d(A m_p u_p)/ds = S_p                  p = gas, water, fines, each coarse class             (1)
 *   d(sum m_p u_p)/dt + d(sum m_p u_p^2)/ds + dp/ds = -rho (g sin + a) - 4 tw(u_c)/D - losses + pump             (2)
 *   sum m_p/rho_p(p) = 1 + k (p - p_rest)                  the pipe is full; k the compliance of its wall       (3)
 *   u_g = C0 j + vd,  u_c = (j - al u_g + sum al_k w_k)/(1 - al),  u_k = u_c - w_k                               (4)
 *   w_k = v_k (1 - c)^n_k (1 - c_k/packing) sin           hindered, stopped where grains lock                   (5)
 *   dl/dt = (1 - l)/t_gel - l (8 |u_c|/D)/strain           gel                                                  (6)
 *   s^2 J w^2/2 falls by the shaft work of a tripped pump                                                       (7)
 *
 *   m mass in a m3 of pipe [kg/m3]  u velocity [m/s]  p absolute pressure [Pa]  al gas share  j volume flux [m/s]  a
 *   acceleration of the pipe [m/s2]  w slip [m/s]  l gel [-]  s pump speed over rated
 *
 * Numerics  staggered: masses and pressure in cells, fluxes at faces. In a step every u_p is linear in j, and j is
 * linear in the pressures beside it by (2), with friction, pump and losses linearised: (3) then gives one tridiagonal
 *           system for the pressure, repeated until its misfit is at rounding (Newton, 2-4 times). Masses are moved by
 *           the fluxes themselves: each phase is conserved to rounding. Face values by van Leer's limiter with the
 *           Courant number in it (second order in space and time); momentum the same way. What fails is tried again
 * with half the step, and counted. theta = 1/2 takes pressure and fluxes at the middle of the step, for waves. Source
 * scheme: derived here in the manner of staggered pressure-based schemes (Harlow and Amsden 1971); (4) Zuber and
 *           Findlay 1965; (5) Rowe 1987; (6) after Moore 1959; plug friction assumed.
 * Weakness  one momentum: no inertia of slip. Steps long against sound smear pressure waves: take short ones for them.
 */
#include <math.h>
#include <string.h>

#include "lift/duct.h"

#define MOST_ITERATIONS 25
#define HALVINGS        20
#define VAPOUR          2.3e3 /* Pa, of water at 20 degC */
#define SETTLED         1e-8  /* change of pressure; what is left over is carried into the next step */
#define CREEP           1e-4  /* m/s */
#define IDLE            0.03  /* of shut-off pressure times run-out flow, at rated speed: assumed */
#define LOCK_FROM       0.7   /* of the packing: plug friction begins; assumed */

/* What stays fixed during a step, by face unless said otherwise. */
typedef struct stencil {
  double *c[KD_DUCT_PHASES], *d[KD_DUCT_PHASES]; /* u_p = c j + d */
  double *up[KD_DUCT_PHASES];                    /* mass carried through */
  double *fines, *stiff, *plug;                  /* share of fines; gel factor; plug friction, Pa/m */
  double *convection;                            /* N */
  double *before;                                /* flux at the start */
  double *offset, *gain;                         /* j = offset - gain (p_right - p_left) */
  double *mass[KD_DUCT_PHASES];                  /* by cell: at the start */
  double *p_start;                               /* by cell */
  double *lower, *diagonal, *upper, *right;      /* by cell */
  double *light, *heavy;                         /* by cell: density of gas and water */
} stencil;

static stencil lay_out(kd_duct_state *s, const kd_duct *duct) {
  stencil t;
  double *at = s->scratch;
  const size_t n = duct->cells + 1;
  for (size_t p = 0; p < duct->phases; p++) {
    t.c[p] = at, at += n;
    t.d[p] = at, at += n;
    t.up[p] = at, at += n;
    t.mass[p] = at, at += n;
  }
  double **const rest[] = {&t.fines,   &t.stiff, &t.plug,     &t.convection, &t.before, &t.offset, &t.gain,
                           &t.p_start, &t.lower, &t.diagonal, &t.upper,      &t.right,  &t.light,  &t.heavy};
  for (size_t k = 0; k < sizeof rest / sizeof rest[0]; k++) *rest[k] = at, at += n;
  return t;
}

static double limited(double behind, double ahead) {
  return behind * ahead > 0 ? 2.0 * behind * ahead / (behind + ahead) : 0;
}

/* Density of a phase in a cell. */
static double density_of(const kd_duct *duct, const stencil *t, size_t p, size_t i) {
  return p == KD_GAS     ? t->light[i]
         : p == KD_WATER ? t->heavy[i]
         : p == KD_FINES ? duct->fines_density
                         : duct->coarse[p - KD_COARSE].density;
}

/* Mass of a phase that a face carries: of the cell it comes from, with half a limited slope. */
static double carried(const kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, size_t p, size_t f,
                      double velocity, double dt) {
  const double *m = s->mass[p];
  const size_t n = duct->cells;
  if (f == 0 && velocity >= 0) return duct->inlet == KD_END_PRESSURE ? kd_duct_enters(duct, command, p) : 0;
  if (f == n && velocity < 0) {
    double slope;
    return p == KD_GAS ? kd_duct_gas(&duct->fluid[n - 1], command->outlet_pressure, &slope) : 0;
  }
  const bool forward = velocity >= 0;
  const size_t u = forward ? f - 1 : f;
  if (duct->first_order || (forward ? u == 0 || u + 1 == n : u + 1 == n || u == 0)) return m[u];
  const size_t behind = forward ? u - 1 : u + 1, ahead = forward ? u + 1 : u - 1;
  const double courant = fmin(fabs(velocity) * dt / duct->length[u], 1.0);
  return m[u] + 0.5 * (1.0 - courant) * limited(m[u] - m[behind], m[ahead] - m[u]);
}

/* Masses beside a face, weighted by volume: the inertia there. */
static double beside(const double *m, const kd_duct *duct, size_t f) {
  if (f == 0) return m[0];
  if (f == duct->cells) return m[f - 1];
  return m[f] + duct->lean[f] * (m[f - 1] - m[f]);
}

/* (4) and (5) at a face: velocities linear in the volume flux. */
static void close_face(stencil *t, const kd_duct_state *s, const kd_duct *duct, size_t f) {
  const size_t n = duct->cells, left = f > 0 ? f - 1 : 0, right = f < n ? f : n - 1;
  const size_t u = s->flux[f] >= 0 ? left : right;
  const double rise = duct->rise[f];
  double gas = t->up[KD_GAS][f] / t->light[u], share[KD_DUCT_PHASES], settled = 0, coarse = 0, c0, vd;
  gas = fmin(fmax(gas, 0.0), 1.0);
  /* What comes in from outside comes all at one speed; where there is no gas its slip need not be known. */
  const bool enters = (f == 0 && s->flux[f] >= 0) || (f == n && s->flux[f] < 0);
  c0 = 1.0, vd = 0;
  if (!enters && gas > 1e-12) kd_duct_slip(&c0, &vd, duct, 0.5 * (t->light[left] + t->light[right]), gas, rise);
  for (size_t p = KD_FINES; p < duct->phases; p++) {
    share[p] = t->up[p][f] / density_of(duct, t, p, u);
    if (p >= KD_COARSE) coarse += share[p];
  }
  const double rest = fmax(1.0 - gas, 1e-9);
  double slip[KD_DUCT_COARSE] = {0};
  for (size_t k = 0; k + KD_COARSE < duct->phases && !enters; k++) {
    const kd_coarse *grain = &duct->coarse[k];
    double full = 0; /* grains lock where they go */
    const size_t to = rise * grain->terminal >= 0 ? left : right;
    for (size_t p = KD_COARSE; p < duct->phases; p++) full += s->mass[p][to] / duct->coarse[p - KD_COARSE].density;
    const double room = fmax(1.0 - full / duct->packing, 0.0), clear = fmax(1.0 - coarse / rest, 0.0);
    slip[k] = grain->terminal * (coarse > 0 ? pow(clear, grain->exponent) : 1.0) * room * rise;
    settled += share[KD_COARSE + k] * slip[k];
  }
  t->c[KD_GAS][f] = c0, t->d[KD_GAS][f] = vd;
  const double c = 1.0 - gas * (c0 - 1.0) / rest, d = (settled - gas * vd) / rest;
  for (size_t p = KD_WATER; p < duct->phases; p++) {
    t->c[p][f] = c;
    t->d[p][f] = p >= KD_COARSE ? d - slip[p - KD_COARSE] : d;
  }
  const double water = beside(s->mass[KD_WATER], duct, f) / t->heavy[u];
  const double fines = beside(s->mass[KD_FINES], duct, f) / duct->fines_density;
  t->fines[f] = fines > 0 ? fines / (fines + water) : 0;
  t->stiff[f] = 1.0 + (duct->static_ratio - 1.0) * 0.5 * (s->gel[left] + s->gel[right]);
  double grains = 0, weight = 0;
  for (size_t p = KD_COARSE; p < duct->phases; p++) {
    const double v = beside(s->mass[p], duct, f) / duct->coarse[p - KD_COARSE].density;
    grains += v, weight += v * (duct->coarse[p - KD_COARSE].density - t->heavy[u]);
  }
  const double lock = fmin(fmax((grains / duct->packing - LOCK_FROM) / (1.0 - LOCK_FROM), 0.0), 1.0);
  t->plug[f] = duct->plug_friction * lock * lock * weight * duct->gravity;
}

static bool fixed_face(const kd_duct *duct, const kd_duct_command *command, size_t f) {
  if (f == 0) return duct->inlet != KD_END_PRESSURE;
  if (f == duct->valve_face && command->valve <= 1e-6) return true;
  return f == duct->cells && duct->outlet == KD_END_CLOSED;
}

/* Volume flux of a face that is not free. */
static double fixed_flux(const kd_duct *duct, const stencil *t, const kd_duct_command *command, size_t f) {
  double volume = 0;
  if (f == 0 && duct->inlet == KD_END_FLOW) {
    for (size_t p = 0; p < duct->phases; p++) volume += command->inlet[p] / density_of(duct, t, p, 0);
  }
  return volume / duct->face_area[f];
}

/* Densities, closures and face values at the start; returns the step that the Courant number allows. */
static double begin(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, double dt) {
  const size_t n = duct->cells;
  double slope, rate = 0;
  for (size_t i = 0; i < n; i++) {
    t->light[i] = kd_duct_gas(&duct->fluid[i], s->pressure[i], &slope);
    t->heavy[i] = kd_duct_water(&duct->fluid[i], s->pressure[i], &slope);
  }
  for (size_t f = 0; f <= n; f++) {
    for (size_t p = 0; p < duct->phases; p++) t->up[p][f] = carried(s, duct, command, p, f, s->velocity[p][f], dt);
    close_face(t, s, duct, f);
    double inertia = 0, lag = 0;
    for (size_t p = 0; p < duct->phases; p++) {
      const double m = beside(s->mass[p], duct, f);
      inertia += m * t->c[p][f], lag += m * t->d[p][f];
    }
    s->flux[f] = fixed_face(duct, command, f) ? fixed_flux(duct, t, command, f) : (s->momentum[f] - lag) / inertia;
    if (fixed_face(duct, command, f)) s->momentum[f] = inertia * s->flux[f] + lag;
    for (size_t p = 0; p < duct->phases; p++) {
      const bool shut = fixed_face(duct, command, f) && s->flux[f] == 0;
      const double v = shut ? 0 : t->c[p][f] * s->flux[f] + t->d[p][f], was = s->velocity[p][f];
      s->velocity[p][f] = v;
      /* Gas may rise where the rest sinks: what a phase carries comes from where it comes from itself. */
      if ((v >= 0) != (was >= 0)) t->up[p][f] = carried(s, duct, command, p, f, v, dt);
      const double length = fmin(duct->length[f > 0 ? f - 1 : 0], duct->length[f < n ? f : n - 1]);
      if (beside(s->mass[p], duct, f) > 0) rate = fmax(rate, fabs(v) / length);
    }
    t->before[f] = s->flux[f];
  }
  return rate > 0 ? duct->cfl / rate : (double)INFINITY;
}

/* Momentum that enters each face's volume by the flow, N. */
static void convect(stencil *t, const kd_duct_state *s, const kd_duct *duct, double dt) {
  const size_t n = duct->cells;
  double *through = t->right; /* by cell */
  for (size_t i = 0; i < n; i++) {
    double sum = 0;
    for (size_t p = 0; p < duct->phases; p++) {
      const double *u = s->velocity[p];
      const double a = duct->face_area[i] * t->up[p][i] * u[i], b = duct->face_area[i + 1] * t->up[p][i + 1] * u[i + 1];
      const double flow = 0.5 * (a + b);
      const size_t from = flow >= 0 ? i : i + 1;
      double v = u[from];
      if (!duct->first_order && from > 0 && from < n) {
        const double behind = flow >= 0 ? u[from] - u[from - 1] : u[from] - u[from + 1];
        const double ahead = flow >= 0 ? u[from + 1] - u[from] : u[from - 1] - u[from];
        const double courant = fmin(fabs(v) * dt / duct->length[i], 1.0);
        v += 0.5 * (1.0 - courant) * limited(behind, ahead);
      }
      sum += flow * v;
    }
    through[i] = sum;
  }
  for (size_t f = 0; f <= n; f++) t->convection[f] = f == 0 || f == n ? 0 : through[f - 1] - through[f];
}

/* s^2 P(q/s) within the rows of a curve; the efficiency there. */
static double curve_pressure(double *slope, double *efficiency, const kd_duct_pump *pump, double speed, double flow) {
  const double x = flow / speed;
  size_t i = 0;
  while (i + 2 < pump->rows && pump->flow[i + 1] < x) i++;
  const double span = pump->flow[i + 1] - pump->flow[i], w = (x - pump->flow[i]) / span;
  const double rise = pump->pressure[i + 1] - pump->pressure[i],
               e = pump->share[i] + w * (pump->share[i + 1] - pump->share[i]);
  if (!isnan(e)) *efficiency = e;
  *slope = speed * rise / span;
  return speed * speed * (pump->pressure[i] + w * rise);
}

/* Pressure of the pump at a flow and its slope. */
static double pump_pressure(double *slope, double *efficiency, const kd_duct_pump *pump, double speed, double flow) {
  *efficiency = pump->efficiency;
  *slope = -2.0 * pump->curve * fabs(flow);
  double rise = speed * speed * pump->shut_off - pump->curve * flow * fabs(flow);
  if (pump->rows > 0) {
    const double last = pump->flow[pump->rows - 1];
    if (flow > 0 && flow < speed * last)
      rise = curve_pressure(slope, efficiency, pump, speed, flow);
    else if (flow > 0)
      rise = speed * speed * (pump->pressure[pump->rows - 1] + pump->curve * last * last) - pump->curve * flow * flow;
  }
  if (pump->check_valve && flow < 0) {
    *slope -= 1e4 * (pump->shut_off + 1e5);
    rise -= 1e4 * (pump->shut_off + 1e5) * flow;
  }
  return rise;
}

/* Flux of a free face as a line in the pressures beside it, about the flux known: (2). */
static void face_line(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, size_t f,
                      double speed, double dt) {
  const size_t n = duct->cells, left = f > 0 ? f - 1 : 0, right = f < n ? f : n - 1;
  const double area = duct->face_area[f], volume = area * duct->face_length[f], j = s->flux[f];
  double inertia = 0, lag = 0, rho = 0;
  for (size_t p = 0; p < duct->phases; p++) {
    const double m = beside(s->mass[p], duct, f);
    rho += m, inertia += m * t->c[p][f], lag += m * t->d[p][f];
  }
  const double c = t->c[KD_WATER][f], u = c * j + t->d[KD_WATER][f];
  double rub = 0, rub_slope = 0;
  for (int side = 0; side < (duct->wall[left] == duct->wall[right] ? 1 : 2); side++) {
    const size_t i = side == 0 ? left : right;
    double slope;
    const double stress = kd_duct_stress(&slope, duct->wall[i], t->fines[f], u, t->stiff[f]);
    const double w = (duct->wall[left] == duct->wall[right] ? 1.0 : 0.5) * 4.0 / duct->bore[i];
    rub += w * stress, rub_slope += w * slope;
  }
  const double root = sqrt(u * u + CREEP * CREEP);
  rub += t->plug[f] * u / root;
  rub_slope += t->plug[f] * CREEP * CREEP / (root * root * root);
  double loss = duct->loss[f];
  if (f == 0 && u > 0) loss += 1.0; /* from rest */
  if (f == duct->valve_face) loss += duct->valve_loss / (command->valve * command->valve);
  const double drop = 0.5 * loss * rho * u * fabs(u), drop_slope = loss * rho * fabs(u) * c;
  double lift = 0, lift_slope = 0;
  if (duct->has_pump && duct->pump.face == f) {
    double efficiency;
    lift = pump_pressure(&lift_slope, &efficiency, &duct->pump, speed, j * area);
    lift_slope *= area;
  }
  const double shaken = command->acceleration + (command->face_acceleration ? command->face_acceleration[f] : 0);
  const double weight = rho * (duct->gravity * duct->rise[f] + shaken);
  s->drag[f] = volume * rub + area * (drop - lift);
  const double stiffness = volume / dt * inertia + volume * rub_slope * c + area * (drop_slope - lift_slope);
  double push = volume / dt * (s->momentum[f] - lag) + t->convection[f] - volume * (weight + rub - rub_slope * c * j) +
                area * (lift - lift_slope * j - drop + drop_slope * j);
  if (duct->theta < 1) {
    const double pl = f > 0 ? t->p_start[left] : command->inlet_pressure;
    const double pr = f < n ? t->p_start[right] : command->outlet_pressure;
    push += (1.0 - duct->theta) * area * (pl - pr);
  }
  t->offset[f] = push / stiffness;
  t->gain[f] = duct->theta * area / stiffness;
}

/* Masses after the step for the fluxes known: (1). */
static void move_masses(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, double dt) {
  const size_t n = duct->cells;
  const double theta = duct->theta;
  for (size_t p = 0; p < duct->phases; p++) {
    double last = 0;
    for (size_t f = 0; f <= n; f++) {
      double flow;
      if (fixed_face(duct, command, f)) {
        flow = f == 0 && duct->inlet == KD_END_FLOW ? command->inlet[p] : 0;
      } else {
        const double j = theta * s->flux[f] + (1.0 - theta) * t->before[f];
        flow = duct->face_area[f] * t->up[p][f] * (t->c[p][f] * j + t->d[p][f]);
      }
      if (f > 0) {
        double source = f - 1 == duct->inject_cell ? command->inject[p] : 0;
        if (f - 1 == duct->feed_cell) source += command->feed[p];
        s->mass[p][f - 1] = t->mass[p][f - 1] + dt / duct->volume[f - 1] * (last - flow + source);
      }
      last = flow;
    }
  }
}

/* Rows of the pressure system about the state known; returns the largest misfit of (3). */
static double assemble(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, double dt) {
  const size_t n = duct->cells;
  double worst = 0, thin[KD_DUCT_PHASES]; /* volume of a kg */
  for (size_t p = KD_FINES; p < duct->phases; p++) thin[p] = 1.0 / density_of(duct, t, p, 0);
  for (size_t i = 0; i < n; i++) {
    double light_slope, heavy_slope, fill = 0, gain[2] = {0, 0};
    const double light = kd_duct_gas(&duct->fluid[i], s->pressure[i], &light_slope);
    const double heavy = kd_duct_water(&duct->fluid[i], s->pressure[i], &heavy_slope);
    t->light[i] = light, t->heavy[i] = heavy;
    thin[KD_GAS] = 1.0 / light, thin[KD_WATER] = 1.0 / heavy;
    for (size_t p = 0; p < duct->phases; p++) {
      const double v = thin[p];
      fill += s->mass[p][i] * v;
      gain[0] += t->up[p][i] * t->c[p][i] * v, gain[1] += t->up[p][i + 1] * t->c[p][i + 1] * v;
    }
    const double room = 1.0 + (command->swell ? command->swell[i] : 0);
    const double misfit = fill - room - duct->compliance[i] * (s->pressure[i] - duct->p_rest[i]);
    const double by_p = -s->mass[KD_GAS][i] * light_slope * thin[KD_GAS] * thin[KD_GAS] -
                        s->mass[KD_WATER][i] * heavy_slope * thin[KD_WATER] * thin[KD_WATER] - duct->compliance[i];
    worst = fmax(worst, fabs(misfit));
    if (!isfinite(misfit)) return (double)INFINITY;
    double move = misfit, middle = by_p;
    for (int side = 0; side < 2; side++) {
      const size_t f = i + (size_t)side;
      double *const off = side == 0 ? &t->lower[i] : &t->upper[i];
      *off = 0;
      if (fixed_face(duct, command, f)) continue;
      const double sign = side == 0 ? 1.0 : -1.0;
      const double e = sign * duct->theta * dt * duct->face_area[f] / duct->volume[i] * gain[side];
      const double pl = f > 0 ? s->pressure[f - 1] : command->inlet_pressure;
      const double pr = f < n ? s->pressure[f] : command->outlet_pressure;
      move += e * (t->offset[f] - t->gain[f] * (pr - pl) - s->flux[f]);
      middle -= sign * e * t->gain[f];
      *off = sign * e * t->gain[f];
    }
    t->diagonal[i] = middle;
    t->right[i] = -move;
  }
  return worst;
}

/* Solves for the change of pressure, applies it and the fluxes that belong to it; returns its largest share. */
static double advance(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command) {
  const size_t n = duct->cells;
  for (size_t i = 1; i < n; i++) {
    const double q = t->lower[i] / t->diagonal[i - 1];
    t->diagonal[i] -= q * t->upper[i - 1];
    t->right[i] -= q * t->right[i - 1];
  }
  double largest = 0;
  for (size_t i = n; i-- > 0;) {
    const double above = i + 1 < n ? t->upper[i] * t->right[i + 1] : 0;
    t->right[i] = (t->right[i] - above) / t->diagonal[i];
  }
  for (size_t i = 0; i < n; i++) {
    const double p = s->pressure[i], next = fmin(fmax(p + t->right[i], 0.5 * p), 2.0 * p + 1e5);
    largest = fmax(largest, fabs(next - p) / p);
    s->pressure[i] = next;
  }
  for (size_t f = 0; f <= n; f++) {
    if (fixed_face(duct, command, f)) continue;
    const double pl = f > 0 ? s->pressure[f - 1] : command->inlet_pressure;
    const double pr = f < n ? s->pressure[f] : command->outlet_pressure;
    double j = t->offset[f] - t->gain[f] * (pr - pl);
    /* A friction line taken at speed must not throw the flow back: it stops, and starts anew from rest. */
    if (duct->wall[0] && j * s->flux[f] < 0 && fabs(s->flux[f]) > 2.0 * CREEP) j = 0.1 * CREEP * (j > 0 ? 1 : -1);
    s->flux[f] = j;
  }
  return largest;
}

static void age_gel(kd_duct_state *s, const kd_duct *duct, double dt) {
  if (!(duct->static_ratio > 1)) return;
  double last = s->gel[0];
  for (size_t i = 0; i < duct->cells; i++) {
    const double u = 0.5 * (s->velocity[KD_WATER][i] + s->velocity[KD_WATER][i + 1]), old = s->gel[i];
    const double courant = fmin(fmax(u, 0.0) * dt / duct->length[i], 1.0);
    const double gel = old - courant * (old - last), build = dt / duct->gel_time;
    /* The creep of the smoothed yield stress is not flow: it breaks nothing. */
    const double rate = 8.0 * fmax(fabs(u) - 3.0 * CREEP, 0.0) / duct->bore[i];
    s->gel[i] = (gel + build) / (1.0 + build + dt * rate / duct->gel_break);
    last = old;
  }
}

/* (7), the totals, and the velocities that belong to the end of the step. */
static void finish(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, double speed,
                   double dt) {
  const size_t n = duct->cells;
  const double theta = duct->theta;
  for (size_t f = 0; f <= n; f++) {
    double momentum = 0;
    for (size_t p = 0; p < duct->phases; p++) {
      const bool shut = fixed_face(duct, command, f) && s->flux[f] == 0;
      const double u = shut ? 0 : t->c[p][f] * s->flux[f] + t->d[p][f];
      s->velocity[p][f] = u;
      momentum += beside(s->mass[p], duct, f) * u;
    }
    s->momentum[f] = momentum;
  }
  for (size_t p = 0; p < duct->phases; p++) {
    const double ji = theta * s->flux[0] + (1.0 - theta) * t->before[0];
    const double jo = theta * s->flux[n] + (1.0 - theta) * t->before[n];
    double in = command->inject[p] * (duct->inject_cell < n) + command->feed[p] * (duct->feed_cell < n);
    if (duct->inlet == KD_END_FLOW) in += command->inlet[p];
    if (duct->inlet == KD_END_PRESSURE) in += duct->face_area[0] * t->up[p][0] * (t->c[p][0] * ji + t->d[p][0]);
    s->in[p] += dt * in;
    if (!fixed_face(duct, command, n))
      s->out[p] += dt * duct->face_area[n] * t->up[p][n] * (t->c[p][n] * jo + t->d[p][n]);
  }
  if (duct->has_pump) {
    double slope, efficiency;
    const kd_duct_pump *pump = &duct->pump;
    const double flow = s->flux[pump->face] * duct->face_area[pump->face];
    s->pump_pressure = pump_pressure(&slope, &efficiency, pump, speed, flow);
    /* Friction of disc and bearings goes on when nothing flows. */
    const double idle = IDLE * pump->shut_off * sqrt(pump->shut_off / fmax(pump->curve, 1e-3)) * speed * speed * speed;
    const double power = s->pump_pressure * flow / fmax(efficiency, 0.02) + idle;
    s->pump_work += dt * (command->tripped ? 0 : s->pump_pressure * flow);
    s->pump_speed = speed;
    if (command->tripped) {
      const double energy = speed * speed - 2.0 * dt * fmax(power, 0.0) /
                                                (fmax(pump->inertia, 1e-6) * pump->rated_speed * pump->rated_speed);
      s->pump_speed = energy > 0 ? sqrt(energy) : 0;
    }
  }
  age_gel(s, duct, dt);
  s->time += dt;
  s->steps++;
  s->smallest = fmin(s->smallest, dt);
}

static bool whole(const kd_duct_state *s, const kd_duct *duct) {
  for (size_t p = 0; p < duct->phases; p++) {
    for (size_t i = 0; i < duct->cells; i++)
      if (!(s->mass[p][i] >= -1e-11)) return false;
  }
  for (size_t i = 0; i < duct->cells; i++)
    if (!(s->pressure[i] > 0 && s->pressure[i] < 1e10)) return false;
  return true;
}

/* Tries one step; false: not settled, and the state is as it was but for the densities. */
static bool attempt(stencil *t, kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command, double speed,
                    double dt) {
  const size_t n = duct->cells;
  bool settled = false;
  for (int k = 0; k < MOST_ITERATIONS && !settled; k++) {
    for (size_t f = 0; f <= n; f++)
      if (!fixed_face(duct, command, f)) face_line(t, s, duct, command, f, speed, dt);
    if (!isfinite(assemble(t, s, duct, command, dt))) return false;
    const double moved = advance(t, s, duct, command);
    move_masses(t, s, duct, command, dt);
    s->iterations++;
    settled = moved < SETTLED && k > 0;
  }
  return settled && whole(s, duct);
}

kd_status kd_duct_step(kd_duct_state *self, const kd_duct *duct, const kd_duct_command *command, double dt,
                       double *taken, kd_error *err) {
  kd_status status = KD_OK;
  const size_t n = duct->cells;
  stencil t = lay_out(self, duct);
  const double speed = duct->has_pump && command->tripped ? self->pump_speed : command->pump_speed;
  double step = fmin(begin(&t, self, duct, command, dt), dt);
  size_t lowest = 0;
  for (size_t p = 0; p < duct->phases; p++) memcpy(t.mass[p], self->mass[p], n * sizeof(double));
  memcpy(t.p_start, self->pressure, n * sizeof(double));
  for (int k = 0;; k++) {
    convect(&t, self, duct, step);
    if (attempt(&t, self, duct, command, speed, step)) break;
    for (size_t i = 0; i < n; i++)
      if (self->pressure[i] < self->pressure[lowest]) lowest = i;
    const bool parts = self->pressure[lowest] < VAPOUR;
    for (size_t p = 0; p < duct->phases; p++) memcpy(self->mass[p], t.mass[p], n * sizeof(double));
    memcpy(self->pressure, t.p_start, n * sizeof(double));
    memcpy(self->flux, t.before, (n + 1) * sizeof(double));
    self->halved++;
    step *= 0.5;
    KD_CHECK(k < HALVINGS || !parts, err, KD_E_INFEASIBLE,
             "time %g s: the pressure falls below %g kPa in cell %zu of %zu: the column parts there, which no equation "
             "here follows; slow the valve or the pump, or raise the pressure at the ends",
             self->time, VAPOUR * 1e-3, lowest + 1, n);
    KD_CHECK(
        k < HALVINGS, err, KD_E_CONVERGENCE,
        "time %g s: a step of %g s fails after %d halvings; refine the cells, slow the change of valve, pump or air, "
        "or lower the Courant number",
        self->time, step, HALVINGS);
  }
  finish(&t, self, duct, command, speed, step);
  *taken = step;
out:
  return status;
}

void kd_duct_set_flux(kd_duct_state *self, const kd_duct *duct, const double *flux) {
  stencil t = lay_out(self, duct);
  for (size_t f = 0; f <= duct->cells; f++) {
    self->flux[f] = flux[f];
    for (size_t p = 0; p < duct->phases; p++) self->velocity[p][f] = flux[f];
  }
  double slope;
  for (size_t i = 0; i < duct->cells; i++) {
    t.light[i] = kd_duct_gas(&duct->fluid[i], self->pressure[i], &slope);
    t.heavy[i] = kd_duct_water(&duct->fluid[i], self->pressure[i], &slope);
  }
  for (size_t f = 0; f <= duct->cells; f++) {
    double momentum = 0;
    for (size_t p = 0; p < duct->phases; p++) {
      const size_t u = f == 0 ? 0 : f == duct->cells ? f - 1 : flux[f] >= 0 ? f - 1 : f;
      t.up[p][f] = self->mass[p][u];
    }
    close_face(&t, self, duct, f);
    for (size_t p = 0; p < duct->phases; p++) {
      self->velocity[p][f] = t.c[p][f] * flux[f] + t.d[p][f];
      momentum += beside(self->mass[p], duct, f) * self->velocity[p][f];
    }
    self->momentum[f] = momentum;
  }
}
