// SPDX-License-Identifier: Apache-2.0
/* Axial dynamics of the string: closed forms of the uniform bar, the bar of many elements, its march in time. */
#ifndef KD_LIFT_STRING_AXIAL_H
#define KD_LIFT_STRING_AXIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/work.h"
#include "lift/string_static.h"

/* ---- uniform bar, undamped ---- */

typedef struct kd_heave_transfer {
  double top_tension; /* amplitude at the top, N */
  double foot;        /* amplitude of the foot, m; signed: negative when it moves against the top */
  double slack_heave; /* heave amplitude at which the string first goes slack, m; (double)INFINITY: never */
  double slack_depth; /* where, m below the top */
  double resonance;   /* first period, s */
} kd_heave_transfer;

/* Steady answer to a heave of amplitude and period at the top of a bar with a mass at its foot. effective_weight [N/m]
 * and head_weight [N] in water are for slack only. KD_E_MODEL at a resonance. */
kd_status kd_heave_transfer_solve(kd_heave_transfer *out, double length, double mass, double stiffness,
                                  double head_mass, double amplitude, double period, double effective_weight,
                                  double head_weight, kd_error *err);

/* Root number mode (from 1) of x tan x = r, in ((mode-1) pi, (mode-1/2) pi). r (double)INFINITY: no mass. */
double kd_axial_root(double r, int mode);

/* ---- bar of many elements ---- */

typedef struct kd_bar {
  size_t elements;     /* nodes: elements + 1, from the top */
  double *length;      /* of each element, m */
  double *mass;        /* kg/m that moves along */
  double *stiffness;   /* E A, N */
  double *drag;        /* wall drag, N per m and (m/s)^2: 1/2 rho Ct pi D */
  double *weight;      /* effective weight, N/m */
  double *wall_area;   /* m2 */
  double *yield;       /* Pa */
  double head_mass;    /* kg, with what water moves along */
  double head_weight;  /* N in water */
  double head_drag;    /* N per (m/s)^2: 1/2 rho Cd A */
  double head_damping; /* N s/m, a linear damper on the head */
  double damping;      /* of the wall: share of critical at the first period */
  double hold_stiffness,
      hold_damping; /* between ship and string, N/m and N s/m; stiffness (double)INFINITY: hard hang-off */
} kd_bar;

typedef struct kd_bar_options {
  size_t elements;     /* at least; each segment takes a share by its length */
  int contents_locked; /* the liquids inside move along */
  double added_mass;   /* of water along the wall, kg/m */
  double wall_drag;    /* Ct */
} kd_bar_options;

kd_status kd_bar_create(kd_bar *out, const kd_string_segment *segments, size_t count, const kd_string_load *load,
                        const kd_bar_options *options, kd_work *work);

/* ---- march in time ---- */

typedef struct kd_axial_march kd_axial_march;

/* Generalised alpha (Chung and Hulbert 1993) with the spectral radius at infinity of 0 to 1. The wall damping is that
 * part of critical at damping_period. Starts at rest in static balance. */
kd_status kd_axial_march_create(kd_axial_march **out, const kd_bar *bar, double step, double radius,
                                double damping_period, kd_work *work);
/* One step: the ship's heave at the end of the step [m] with its speed and acceleration. */
void kd_axial_march_step(kd_axial_march *self, double heave, double speed, double acceleration);
/* Starts from a given state by node, elements + 1 values each. */
void kd_axial_march_start(kd_axial_march *self, const double *displacement, const double *speed,
                          const double *acceleration);
/* Starts from a stretch by a pull at the foot [N], let go at the first step. */
void kd_axial_march_release(kd_axial_march *self, double pull);

/* Tension only: an element whose tension, at rest and dynamic, would fall below nothing goes slack. rest: tension at
 * rest by element, N, at least 0; borrowed. Rounds of the active set over all steps in which something was slack. */
kd_status kd_axial_march_tension_only(kd_axial_march *self, const double *rest, kd_work *work);
unsigned long kd_axial_march_slack_steps(const kd_axial_march *self, unsigned long *rounds);

double kd_axial_march_top_tension(const kd_axial_march *self);             /* dynamic part, N */
double kd_axial_march_foot(const kd_axial_march *self);                    /* m */
double kd_axial_march_top(const kd_axial_march *self);                     /* of the string's top node, m */
double kd_axial_march_tension(const kd_axial_march *self, size_t element); /* dynamic, N */
double kd_axial_march_at(const kd_axial_march *self, size_t node);
double kd_axial_march_speed_at(const kd_axial_march *self, size_t node);
/* Further forces on the nodes for the steps to come, N, downwards: elements + 1 values, borrowed; NULL: none. */
void kd_axial_march_load(kd_axial_march *self, const double *force);

#endif
