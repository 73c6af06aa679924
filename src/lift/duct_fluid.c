// SPDX-License-Identifier: Apache-2.0
/* Fluids, friction and slip inside a line; its mesh and its filling.
 *
 *   water   rho = r0 + (p-p0)(r1 + r2 (p-p0)): TEOS-10 at p0 and at p0 +- 5 MPa                       (1)
 *   air     rho = p/(Z R T), Z the polynomial of air.c at the cell's temperature                     (2)
 *   gas     u = C0 j + vd;  C0 - 1 and vd fade linearly to 0 from a share of 0.75 to 1, vd with the slope (3)
 *   wall    tw = (law(u) - ty) + ty (1 + (ratio - 1) lambda) u/sqrt(u^2 + ur^2),  ur = 0.1 mm/s      (4)
 *
 *   p pressure [Pa]  u velocities [m/s]  j volume flux [m/s]  tw wall stress [Pa]  ty yield stress [Pa]  lambda gel
 *
 * Source    (1), (2) as in seawater.c, air.c; (3) as in air_lift.c; (4) smoothing after Bercovier and Engelman 1980.
 * Weakness  the fluid of a cell has the temperature of the sea at its depth; a gel at rest creeps below ur.
 */
#include <math.h>

#include "lift/air.h"
#include "lift/duct.h"
#include "lift/seawater.h"

#define FIT_SPAN   5e6 /* Pa */
#define CHURN_VOID 0.75
#define CREEP      1e-4 /* m/s */

void kd_duct_fluid_set(kd_duct_fluid *out, double salinity, double conservative, double temperature, double pressure) {
  const double sea = fmax(pressure - KD_ATMOSPHERE, 0.0), a = fmax(sea - FIT_SPAN, 0.0), b = sea + FIT_SPAN;
  double terms[KD_SEAWATER_TERMS];
  kd_seawater_volume_terms(terms, salinity, conservative);
  const double ra = kd_seawater_density_of(terms, a), rb = kd_seawater_density_of(terms, b);
  const double middle = 0.5 * (a + b), half = 0.5 * (b - a), rm = kd_seawater_density_of(terms, middle);
  out->p0 = middle + KD_ATMOSPHERE;
  out->r0 = rm;
  out->r1 = (rb - ra) / (2.0 * half);
  out->r2 = (ra + rb - 2.0 * rm) / (2.0 * half * half);
  const double t = temperature + KD_CELSIUS_ZERO;
  out->rt = KD_AIR_GAS_CONSTANT * t;
  kd_air_compressibility_terms(out->z, t);
}

double kd_duct_stress(double *slope, const kd_duct_wall *wall, double fines, double velocity, double stiffening) {
  if (wall == NULL) {
    *slope = 0;
    return 0;
  }
  const double speed = fabs(velocity), x = fmin(fmax(fines / wall->step, 0.0), (double)(wall->levels - 1));
  const size_t i = x >= (double)(wall->levels - 1) && wall->levels > 1 ? wall->levels - 2 : (size_t)x;
  const double w = x - (double)i;
  double rise, yield = wall->table[i].yield, law = kd_wall_table_slope(&rise, &wall->table[i], speed);
  if (w > 0) {
    double rise1;
    const double law1 = kd_wall_table_slope(&rise1, &wall->table[i + 1], speed);
    rise += w * (rise1 - rise);
    law += w * (law1 - law);
    yield += w * (wall->table[i + 1].yield - yield);
  }
  if (!(yield > 0)) {
    *slope = rise;
    return velocity < 0 ? -law : law;
  }
  const double root = sqrt(speed * speed + CREEP * CREEP), hold = yield * stiffening;
  *slope = rise + hold * CREEP * CREEP / (root * root * root);
  const double stress = fmax(law - yield, 0.0) + hold * speed / root;
  return velocity < 0 ? -stress : stress;
}

void kd_duct_slip(double *distribution, double *drift, const kd_duct *duct, double gas_density, double gas,
                  double slope) {
  kd_drift_flux(distribution, drift, &duct->drift, gas_density);
  if (duct->drift.drift == KD_DRIFT_FIXED) return;
  const double fade = gas <= CHURN_VOID ? 1.0 : fmax((1.0 - gas) / (1.0 - CHURN_VOID), 0.0);
  *distribution = 1.0 + (*distribution - 1.0) * fade;
  *drift *= fade * slope;
}

kd_status kd_duct_create(kd_duct *out, size_t cells, size_t coarse, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_duct){.cells = cells,
                   .valve_face = cells,
                   .phases = 3 + coarse,
                   .gravity = 9.80665,
                   .fines_density = 2650,
                   .packing = 0.6,
                   .static_ratio = 1,
                   .gel_time = 3600,
                   .gel_break = 5,
                   .cfl = 0.8,
                   .theta = 1};
  double **const by_cell[] = {&out->length,     &out->area,   &out->bore,  &out->volume,
                              &out->compliance, &out->p_rest, &out->height};
  double **const by_face[] = {&out->rise, &out->face_area, &out->face_length, &out->loss, &out->lean};
  KD_CHECK(cells >= 2, work->err, KD_E_RANGE, "cells %zu: a line wants at least 2", cells);
  KD_CHECK(coarse <= KD_DUCT_COARSE, work->err, KD_E_SIZE, "%zu coarse classes: at most %d", coarse, KD_DUCT_COARSE);
  bool room = true;
  for (size_t k = 0; k < sizeof by_cell / sizeof by_cell[0]; k++)
    room = (*by_cell[k] = kd_arena_alloc(work->scratch, cells, sizeof(double))) != NULL && room;
  for (size_t k = 0; k < sizeof by_face / sizeof by_face[0]; k++)
    room = (*by_face[k] = kd_arena_alloc(work->scratch, cells + 1, sizeof(double))) != NULL && room;
  out->fluid = kd_arena_alloc(work->scratch, cells, sizeof *out->fluid);
  out->wall = kd_arena_alloc(work->scratch, cells, sizeof *out->wall);
  KD_CHECK(room && out->fluid && out->wall, work->err, KD_E_NOMEM, "no memory for a line of %zu cells", cells);
out:
  return status;
}

void kd_duct_connect(kd_duct *self, const double *rise) {
  const size_t n = self->cells;
  double z = 0;
  for (size_t i = 0; i < n; i++) {
    self->volume[i] = self->area[i] * self->length[i];
    self->height[i] = z + 0.5 * self->length[i] * rise[i];
    z += self->length[i] * rise[i];
  }
  for (size_t f = 0; f <= n; f++) {
    const size_t a = f > 0 ? f - 1 : 0, b = f < n ? f : n - 1;
    const double la = f > 0 ? 0.5 * self->length[a] : 0, lb = f < n ? 0.5 * self->length[b] : 0;
    self->face_length[f] = la + lb;
    self->lean[f] = f == 0 ? 0 : f == n ? 1 : self->volume[a] / (self->volume[a] + self->volume[b]);
    self->face_area[f] = (la + lb) / (la / self->area[a] + lb / self->area[b]);
    self->rise[f] = (la * rise[a] + lb * rise[b]) / (la + lb);
  }
}

kd_status kd_duct_state_create(kd_duct_state *out, const kd_duct *duct, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = duct->cells, phases = duct->phases;
  /* Pressure, gel, masses, momentum, flux, drag, velocities; then what the steps work with; then the lanes of the twin.
   */
  const size_t room = 2 * n + n * phases + (n + 1) * (3 + phases) + 110 * (n + KD_DUCT_BEYOND);
  const size_t more = 9 * n + 22 * (n + KD_DUCT_BEYOND);
  *out = (kd_duct_state){.smallest = (double)INFINITY, .pump_speed = 1};
  double *at = kd_arena_alloc(work->scratch, room + more, sizeof *at);
  kd_duct_lanes *f = kd_arena_alloc(work->scratch, 1, sizeof *f);
  KD_CHECK(at != NULL && f != NULL, work->err, KD_E_NOMEM, "no memory for the state of %zu cells", n);
  out->lanes = f;
  *f = (kd_duct_lanes){.ready = false};
  double **const lane[] = {&f->p0,     &f->r0,     &f->r1,     &f->r2,     &f->rt,     &f->z[0], &f->z[1],
                           &f->z[2],   &f->z[3],   &f->z[4],   &f->z[5],   &f->give,   &f->rest, &f->rise,
                           &f->length, &f->short_, &f->volume, &f->around, &f->middle, &f->fine, &f->pull};
  out->lines = at, at += 9 * n;
  for (size_t i = 0; i < n; i++) out->lines[8 * n + i] = -1; /* no wall law looked up yet */
  for (size_t k = 0; k < sizeof lane / sizeof lane[0]; k++) *lane[k] = at, at += n + KD_DUCT_BEYOND;
  f->area = at, at += n + KD_DUCT_BEYOND;
  out->pressure = at, at += n;
  out->gel = at, at += n;
  for (size_t p = 0; p < phases; p++) out->mass[p] = at, at += n;
  out->momentum = at, at += n + 1;
  out->flux = at, at += n + 1;
  out->drag = at, at += n + 1;
  for (size_t p = 0; p < phases; p++) out->velocity[p] = at, at += n + 1;
  out->scratch = at;
out:
  return status;
}

void kd_duct_fill(kd_duct_state *self, const kd_duct *duct, size_t i, double pressure, double gas,
                  const double *shares) {
  double slope, rest = 1.0 - gas, water = rest;
  self->pressure[i] = pressure;
  self->mass[KD_GAS][i] = gas * kd_duct_gas(&duct->fluid[i], pressure, &slope);
  for (size_t p = KD_FINES; p < duct->phases; p++) {
    const double share = shares ? shares[p - KD_FINES] * rest : 0;
    const double rho = p == KD_FINES ? duct->fines_density : duct->coarse[p - KD_COARSE].density;
    self->mass[p][i] = share * rho;
    water -= share;
  }
  self->mass[KD_WATER][i] = water * kd_duct_water(&duct->fluid[i], pressure, &slope);
}

double kd_duct_enters(const kd_duct *duct, const kd_duct_command *command, size_t phase) {
  if (phase != KD_WATER || command->inlet[KD_WATER] > 0) return command->inlet[phase];
  double slope, rest = 1.0;
  if (command->inlet[KD_GAS] > 0)
    rest -= command->inlet[KD_GAS] / kd_duct_gas(&duct->fluid[0], command->inlet_pressure, &slope);
  for (size_t p = KD_FINES; p < duct->phases; p++)
    rest -= command->inlet[p] / (p == KD_FINES ? duct->fines_density : duct->coarse[p - KD_COARSE].density);
  return fmax(rest, 0.0) * kd_duct_water(&duct->fluid[0], command->inlet_pressure, &slope);
}

double kd_duct_mass(const kd_duct_state *self, const kd_duct *duct, size_t phase) {
  double sum = 0;
  for (size_t i = 0; i < duct->cells; i++) sum += self->mass[phase][i] * duct->volume[i];
  return sum;
}
