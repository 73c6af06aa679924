// SPDX-License-Identifier: Apache-2.0
/* The string as a slender beam in space: positions of nodes, stretching, bending, drag, waves, flow inside.
 * x along the waves, y across, z up from the sea surface. Node 0 is the top. */
#ifndef KD_LIFT_STRING_BEAM_H
#define KD_LIFT_STRING_BEAM_H

#include "lift/string_static.h"

typedef enum kd_end { KD_END_FREE, KD_END_PINNED, KD_END_CLAMPED } kd_end;

typedef struct kd_beam {
  size_t elements;
  double *length;    /* unstretched, of each element, m */
  double *stiffness; /* E A, N */
  double *bending;   /* E I, N m2 */
  double *weight;    /* effective weight, N/m, downwards */
  double *mass;      /* moves in every direction, kg/m */
  double *lateral;   /* moves across only: contents and added water, kg/m */
  double *drag;      /* 1/2 rho Cd D, N per m and (m/s)^2 */
  double *skin;      /* 1/2 rho Ct pi D, along */
  double *inertia;   /* rho (1 + Ca) A: force per acceleration of the water, kg/m */
  double *contents;  /* mass of what flows inside, kg/m */
  double flow;       /* its speed from node 0 to the foot, m/s; an upward lift is negative */
  double damping;    /* viscous part of the stretching force, s: T = EA (strain + damping d(strain)/dt) */
  kd_end top, foot;
  double top_direction[3], foot_direction[3]; /* of a clamped end, unit, from node to node */
  double head_mass, head_weight, head_drag;   /* kg, N, N per (m/s)^2 */
  double head_added;                          /* water that moves with the head, kg */
  double head_damping;                        /* linear, on its vertical speed, N s/m */
  double force[3];                            /* on the last node, N */
  double hold_stiffness, hold_damping;        /* of a heave compensator over node 0; (double)INFINITY: none */
  double gravity;
} kd_beam;

/* Zeroed lists of a beam; top pinned, foot free, no compensator. */
kd_status kd_beam_create(kd_beam *out, size_t elements, kd_work *work);

/* A train of waves along x, deep water: amplitude, frequency, phase of each. */
typedef struct kd_wave_train {
  size_t count;
  const double *amplitude, *omega, *phase;
} kd_wave_train;
/* Amplitudes that carry the spectrum in `count` cells of equal energy, phases by the stream. */
struct kd_wave_spectrum;
kd_status kd_wave_train_create(kd_wave_train *out, const struct kd_wave_spectrum *spectrum, size_t count,
                               kd_work *work);

typedef struct kd_beam_motion {
  double position[3], speed[3], acceleration[3]; /* of the ship at node 0 */
} kd_beam_motion;

typedef struct kd_beam_march kd_beam_march;

/* positions: 3 (elements + 1) numbers. current along x by depth; may have no rows. */
kd_status kd_beam_march_create(kd_beam_march **out, const kd_beam *beam, const double *positions,
                               const kd_current *current, const kd_wave_train *waves, double radius, kd_work *work);

/* Rest position by Newton's method with `steps` load steps. KD_E_CONVERGENCE when it does not settle. */
kd_status kd_beam_march_static(kd_beam_march *self, int steps, kd_error *err);

/* One time step to a motion of the top; a step that does not settle is halved, up to six times. */
kd_status kd_beam_march_step(kd_beam_march *self, double step, const kd_beam_motion *top, kd_error *err);

/* Further forces along the string for rest and steps to come, N downwards by node; what flows inside by node, kg/m and
 * its speed from the top down, in place of the beam's. Borrowed; NULL: none, the beam's own. */
void kd_beam_march_load(kd_beam_march *self, const double *along, const double *contents, const double *flow);

const double *kd_beam_march_positions(const kd_beam_march *self);
double *kd_beam_march_speeds(kd_beam_march *self); /* may be set before the first step */
double kd_beam_march_time(const kd_beam_march *self);
double kd_beam_march_tension(const kd_beam_march *self, size_t element);
double kd_beam_march_curvature(const kd_beam_march *self, size_t node); /* 1/m */
/* Force of the string on the ship at node 0, of the last step or rest. */
void kd_beam_march_reaction(const kd_beam_march *self, double force[3]);
typedef struct kd_beam_energy {
  double kinetic, stretching, bending, potential;
} kd_beam_energy;
void kd_beam_march_energy(const kd_beam_march *self, kd_beam_energy *out);
typedef struct kd_beam_count {
  unsigned long steps, rounds, halvings;
} kd_beam_count;
kd_beam_count kd_beam_march_count(const kd_beam_march *self);

#endif
