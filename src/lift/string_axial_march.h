// SPDX-License-Identifier: Apache-2.0
/* Inside the march of the bar: its state, shared by the linear step and the one in which parts are slack. */
#ifndef KD_LIFT_STRING_AXIAL_MARCH_H
#define KD_LIFT_STRING_AXIAL_MARCH_H

#include "lift/string_axial.h"

struct kd_axial_march {
  size_t nodes;                     /* that move; with a hard hang-off the top node is given */
  size_t middle;                    /* where both eliminations meet */
  double step, beta, gamma, am, af; /* of the method */
  double rayleigh;                  /* wall damping over stiffness, s */
  const kd_bar *bar;
  double *k;             /* springs: k[0] to the ship or above the first moving node, k[i] between i-1 and i */
  double *m, *q;         /* mass and drag by node */
  double *u, *v, *a;     /* state by node */
  double *x, *y;         /* work */
  double *low, *inverse; /* factors of both halves */
  double *unit;          /* answer to a unit force at the foot */
  double hold_damping;   /* N s/m */
  double ship, ship_speed, ship_acceleration;
  double top_tension;
  double head_drag, head_damping;
  const double *force; /* by moving node, or NULL */
  int hard;
  /* Tension only: tension at rest by spring, N (NULL: a bar in compression too), and what the slack system needs. */
  const double *rest;
  double *slack_k, *slack_low, *slack_inverse, *slack_unit, *speed;
  bool *slack, any_slack;
  unsigned long slack_steps, slack_rounds;
};

void kd_axial_factor(kd_axial_march *self);
void kd_axial_substitute(const kd_axial_march *self, double *restrict right);
/* Right-hand side into x, which holds the drag's velocity; ship: above node 0 at the instant of balance. */
void kd_axial_load(kd_axial_march *self, double ship);
/* Accelerations in x with the head's quadratic drag. old_foot: its velocity without the new acceleration. */
void kd_axial_solve(kd_axial_march *self, double old_foot);
/* Finds which springs are slack at the end of the step, from the linear answer in x. ship, drive: as the step uses
 * them; outer: forces beside springs, inertia and drag, by node. */
void kd_axial_slack(kd_axial_march *self, double ship, double old_foot, const double *outer);
/* Force of a spring for its stretch. */
double kd_axial_spring(const kd_axial_march *self, size_t spring, double stretch);

#endif
