// SPDX-License-Identifier: Apache-2.0
/* Lines with known answers.
 *
 *   shock tube   two shocks and a contact between plateaus that the jump conditions give: p 100,002.5 and 100,503.8 Pa,
 *                gas share 0.5000 and 0.24001, u_g 9.9988, u_l 8.2868 and 8.8724 m/s; shocks at 39.54 and 70.94 m,
 *                contact at 60.00 m after 1 s
 *   hammer       dp = rho a du,  1/a^2 = rho (1/K + D/(E e))
 *
 * Source    shock tube: Evje and Fjelde 2002, J. Comput. Phys. 175, 674; its plateaus solved from the jump conditions.
 *           Hammer: Joukowsky 1898; wave speed after Korteweg and Wood.
 */
#include "lift/duct_cases.h"

#include <math.h>

static const kd_air_lift fixed_slip = {.drift = KD_DRIFT_FIXED, .distribution = 1.07, .drift_velocity = 0.216};

/* A uniform level pipe. */
static kd_status level(kd_duct *duct, kd_duct_state *state, size_t cells, double length, double bore,
                       const kd_duct_fluid *fluid, double compliance, double rest, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(kd_duct_create(duct, cells, 0, work));
  double *rise = kd_arena_alloc(work->scratch, cells, sizeof *rise);
  KD_CHECK(rise != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", cells);
  for (size_t i = 0; i < cells; i++) {
    duct->length[i] = length / (double)cells;
    duct->bore[i] = bore;
    duct->area[i] = 0.7853981633974483 * bore * bore;
    duct->fluid[i] = *fluid;
    duct->compliance[i] = compliance;
    duct->p_rest[i] = rest;
  }
  kd_duct_connect(duct, rise);
  duct->drift = fixed_slip;
  duct->inject_cell = duct->feed_cell = cells; /* none */
  KD_TRY(kd_duct_state_create(state, duct, work));
out:
  return status;
}

static kd_status march(kd_duct_state *state, const kd_duct *duct, const kd_duct_command *command, double time,
                       double dt, bool explicit_solver, kd_error *err) {
  kd_status status = KD_OK;
  while (state->time < time * (1.0 - 1e-12)) {
    double taken, step = fmin(dt, time - state->time);
    KD_TRY(explicit_solver ? kd_duct_step_explicit(state, duct, command, step, &taken, err)
                           : kd_duct_step(state, duct, command, step, &taken, err));
  }
out:
  return status;
}

kd_status kd_duct_shock_tube(kd_duct *duct, kd_duct_state *state, size_t cells, double time, bool explicit_solver,
                             bool first_order, double cfl, kd_work *work) {
  kd_status status = KD_OK;
  const kd_duct_fluid fluid = {.p0 = 1e5, .r0 = 1000, .r1 = 1e-6, .rt = 1e5};
  const double share = 0.55, left = 80450, right = 24282, ul = 10.37, ur = 0.561;
  KD_TRY(level(duct, state, cells, 100, 1, &fluid, 0, 0, work));
  duct->first_order = first_order;
  duct->inlet = KD_END_FLOW, duct->outlet = KD_END_PRESSURE;
  for (size_t i = 0; i < cells; i++) kd_duct_fill(state, duct, i, 2 * i < cells ? left : right, share, NULL);
  double *flux = kd_arena_alloc(work->scratch, cells + 1, sizeof *flux);
  KD_CHECK(flux != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", cells);
  /* j from u_l: u_g = (K (1-al) u_l + S)/(1 - K al), j = al u_g + (1-al) u_l. */
  const double k = 1.07, s = 0.216;
  const double gl = (k * (1 - share) * ul + s) / (1 - k * share), gr = (k * (1 - share) * ur + s) / (1 - k * share);
  for (size_t f = 0; f <= cells; f++)
    flux[f] = 2 * f < cells    ? share * gl + (1 - share) * ul
              : 2 * f == cells ? 0.5 * (share * (gl + gr) + (1 - share) * (ul + ur))
                               : share * gr + (1 - share) * ur;
  kd_duct_command command = {.outlet_pressure = right, .valve = 1};
  command.inlet[KD_GAS] = duct->area[0] * state->mass[KD_GAS][0] * gl;
  command.inlet[KD_WATER] = duct->area[0] * state->mass[KD_WATER][0] * ul;
  kd_duct_set_flux(state, duct, flux);
  if (explicit_solver)
    for (size_t i = 0; i < cells; i++)
      state->momentum[i] =
          state->mass[KD_GAS][i] * (2 * i < cells ? gl : gr) + state->mass[KD_WATER][i] * (2 * i < cells ? ul : ur);
  /* The semi-implicit step follows the shocks: its Courant number is taken by their speed, not by that of sound. */
  const double dt = cfl * 100.0 / (double)cells / 25.0;
  KD_TRY(march(state, duct, &command, time, explicit_solver ? (double)INFINITY : dt, explicit_solver, work->err));
out:
  return status;
}

double kd_hammer_speed(const kd_hammer *self) {
  const double wall = self->wall > 0 ? self->bore / (self->modulus * self->wall) : 0;
  return sqrt(1.0 / (self->density * (1.0 / self->bulk_modulus + wall)));
}

kd_status kd_hammer_start(kd_duct *duct, kd_duct_state *state, const kd_hammer *h, size_t cells, kd_work *work) {
  kd_status status = KD_OK;
  const kd_duct_fluid fluid = {.p0 = h->pressure, .r0 = h->density, .r1 = h->density / h->bulk_modulus, .rt = 8e4};
  const double compliance = h->wall > 0 ? h->bore / (h->modulus * h->wall) : 0;
  KD_TRY(level(duct, state, cells, h->length, h->bore, &fluid, compliance, h->pressure, work));
  duct->inlet = KD_END_PRESSURE, duct->outlet = KD_END_CLOSED;
  duct->theta = 0.5;
  double *flux = kd_arena_alloc(work->scratch, cells + 1, sizeof *flux);
  KD_CHECK(flux != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", cells);
  for (size_t i = 0; i < cells; i++) kd_duct_fill(state, duct, i, h->pressure, 0, NULL);
  for (size_t f = 0; f < cells; f++) flux[f] = h->velocity;
  kd_duct_set_flux(state, duct, flux);
out:
  return status;
}

kd_status kd_hammer_run(kd_duct_state *state, const kd_duct *duct, const kd_hammer *h, double time, double courant,
                        bool explicit_solver, kd_error *err) {
  kd_duct_command command = {.inlet_pressure = h->pressure, .outlet_pressure = h->pressure, .valve = 0};
  command.inlet[KD_WATER] = h->density;
  const double dt = courant * h->length / (double)duct->cells / kd_hammer_speed(h);
  return march(state, duct, &command, time, dt, explicit_solver, err);
}
