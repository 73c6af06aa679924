// SPDX-License-Identifier: Apache-2.0
/* Wall stress of pipe flow: the laminar exact law, the turbulent laws by name, the change between them. */
#ifndef KD_LIFT_FRICTION_H
#define KD_LIFT_FRICTION_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lift/rheology.h"

typedef enum kd_friction_law {
  KD_FRICTION_WILSON_THOMAS,
  KD_FRICTION_SLATTER,
  KD_FRICTION_DODGE_METZNER,
  KD_FRICTION_DARBY_MELSON,
  KD_FRICTION_NEWTONIAN
} kd_friction_law;
#define KD_FRICTION_LAWS "wilson_thomas|slatter|dodge_metzner|darby_melson|newtonian"

typedef enum kd_transition_law {
  KD_TRANSITION_SLATTER,
  KD_TRANSITION_METZNER_REED,
  KD_TRANSITION_RYAN_JOHNSON,
  KD_TRANSITION_HANKS,
  KD_TRANSITION_WILSON_THOMAS
} kd_transition_law;
#define KD_TRANSITION_LAWS "slatter|metzner_reed|ryan_johnson|hanks|wilson_thomas"

typedef enum kd_regime { KD_REGIME_LAMINAR, KD_REGIME_TRANSITION, KD_REGIME_TURBULENT } kd_regime;
#define KD_REGIMES "laminar|transition|turbulent"

/* A fluid in a pipe, and the laws chosen for it. */
typedef struct kd_pipe_flow {
  kd_rheology fluid;
  double density;           /* kg/m3 */
  double bore;              /* m; the hydraulic diameter of an annulus */
  double roughness;         /* m */
  double grain;             /* d85 [m], Slatter's law; NaN: not known */
  double carrier_viscosity; /* Pa s; turbulent stress never falls below that of the carrier; 0: no floor */
  kd_friction_law law;
  kd_transition_law transition;
} kd_pipe_flow;

#define KD_REYNOLDS_CRITICAL  2100.0 /* laminar below */
#define KD_REYNOLDS_TURBULENT 3000.0 /* turbulent above */

/* Newtonian, Darcy friction factors. Colebrook (1939) solved; Churchill 1977 over all Reynolds numbers. */
double kd_friction_colebrook(double reynolds, double relative_roughness);
double kd_friction_churchill(double reynolds, double relative_roughness);
/* 64/Re to 2,000, Colebrook from 4,000, a smooth blend between. */
double kd_friction_newtonian(double reynolds, double relative_roughness);
/* Wall stress [Pa] of Newtonian flow; viscosity in Pa s. */
double kd_newtonian_wall_stress(double density, double viscosity, double bore, double roughness, double velocity);

/* Turbulent wall stresses [Pa]; velocity above 0. Errors: KD_E_MODEL outside the law's range, KD_E_CONVERGENCE. */
kd_status kd_wilson_thomas_wall_stress(double *out, const kd_pipe_flow *flow, double velocity);
kd_status kd_slatter_wall_stress(double *out, const kd_pipe_flow *flow, double velocity);
kd_status kd_dodge_metzner_wall_stress(double *out, const kd_pipe_flow *flow, double velocity);
kd_status kd_darby_melson_wall_stress(double *out, const kd_pipe_flow *flow, double velocity); /* laminar too */
kd_status kd_turbulent_wall_stress(double *out, const kd_pipe_flow *flow, double velocity);    /* by flow->law */

/* Reynolds numbers that are 2,100 where laminar flow ends, for a laminar wall stress at a velocity. */
double kd_reynolds_slatter(const kd_pipe_flow *flow, double velocity, double wall_stress);       /* Re3 */
double kd_reynolds_metzner_reed(const kd_pipe_flow *flow, double velocity, double wall_stress);  /* Re2 */
double kd_reynolds_ryan_johnson(const kd_pipe_flow *flow, double velocity, double wall_stress);  /* 2,100 Z/808 */
double kd_reynolds_hanks(const kd_pipe_flow *flow, double velocity, double wall_stress);         /* 2,100 V/Vc */
double kd_reynolds_wilson_thomas(const kd_pipe_flow *flow, double velocity, double wall_stress); /* 2,100 V/Vc */
double kd_reynolds(const kd_pipe_flow *flow, double velocity, double wall_stress); /* by flow->transition */

/* Velocity [m/s] at which laminar flow ends by flow->transition. Errors: KD_E_MODEL, KD_E_CONVERGENCE. */
kd_status kd_critical_velocity(double *out, const kd_pipe_flow *flow);

/* The combined law: laminar below a Reynolds number of 2,100, the larger of laminar and turbulent above 3,000, a smooth
 * step between. *reynolds and *regime may be NULL. */
kd_status kd_wall_stress(double *out, double *reynolds, kd_regime *regime, const kd_pipe_flow *flow, double velocity);

/* The combined law tabulated for a range of velocities: cubic cells, 2^bits to each doubling of the velocity, so that
 * the leading bits of the velocity number the cell and a look-up takes no logarithm (wall_table.c). */
#define KD_WALL_CELLS 128
typedef struct kd_wall_table {
  double low, high;  /* m/s: the first and the last node */
  double yield;      /* Pa, at rest */
  double slope_high; /* d ln(stress)/d ln(velocity) at the last node */
  uint64_t first;    /* cell number of `low` */
  unsigned shift;    /* bits of the velocity that a cell spans */
  size_t cells;
  double cell[KD_WALL_CELLS][4]; /* stress = a + v (b + v (c + v d)), v the velocity */
} kd_wall_table;
/* bits: 0 to 5, lowered until low..high fits. Errors: KD_E_RANGE, and those of kd_wall_stress. */
kd_status kd_wall_table_create(kd_wall_table *out, const kd_pipe_flow *flow, double low, double high, unsigned bits);

/* Wall stress [Pa] at a velocity of 0 and above: straight down to the yield stress below the table, the end slope goes
 * on above. */
double kd_wall_table_beyond(const kd_wall_table *self, double velocity);
static inline double kd_wall_table_stress(const kd_wall_table *self, double velocity) {
  uint64_t word;
  memcpy(&word, &velocity, sizeof word);
  const uint64_t i = (word >> self->shift) - self->first; /* below `low` it wraps round and is large */
  if (i >= self->cells) return kd_wall_table_beyond(self, velocity);
  const double *c = self->cell[i];
  return c[0] + velocity * (c[1] + velocity * (c[2] + velocity * c[3]));
}

/* The same with its slope [Pa s/m]. */
double kd_wall_table_beyond_slope(double *slope, const kd_wall_table *self, double velocity);
static inline double kd_wall_table_slope(double *slope, const kd_wall_table *self, double velocity) {
  uint64_t word;
  memcpy(&word, &velocity, sizeof word);
  const uint64_t i = (word >> self->shift) - self->first;
  if (i >= self->cells) return kd_wall_table_beyond_slope(slope, self, velocity);
  const double *c = self->cell[i];
  *slope = c[1] + velocity * (2.0 * c[2] + velocity * 3.0 * c[3]);
  return c[0] + velocity * (c[1] + velocity * (c[2] + velocity * c[3]));
}

#endif
