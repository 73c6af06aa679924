// SPDX-License-Identifier: Apache-2.0
/* Axial answer of the string in the frequency domain, drag linearised in a regular heave or in a sea state. */
#ifndef KD_LIFT_STRING_FREQUENCY_H
#define KD_LIFT_STRING_FREQUENCY_H

#include "lift/string_axial.h"
#include "lift/vessel.h"
#include "lift/waves.h"

/* Linear damping by element [N s/m2] and of the head [N s/m]. */
typedef struct kd_linear_drag {
  double *wall;
  double head;
} kd_linear_drag;

/* Work of one frequency: complex displacement by node and tension by element end, per unit of heave. */
typedef struct kd_bar_response {
  double *re, *im;                 /* displacement of nodes, elements + 1 */
  double *tension_re, *tension_im; /* dynamic tension at the top of each element, and at the foot: elements + 1 */
  double *work;                    /* private */
} kd_bar_response;

kd_status kd_bar_response_create(kd_bar_response *out, const kd_bar *bar, kd_work *work);
kd_status kd_linear_drag_create(kd_linear_drag *out, const kd_bar *bar, kd_work *work);

/* Exact elements of a rod with wall damping (loss factor 2 zeta) and linear drag. */
void kd_bar_respond(kd_bar_response *out, const kd_bar *bar, double omega, const kd_linear_drag *drag);

/* First resonance [rad/s] of the bar without damping: the first top force without end in a hard hang-off, found by
 * counting sign changes of the elimination. number from 1. */
double kd_bar_frequency(const kd_bar *bar, int number, kd_work *work);

typedef struct kd_bar_amplitudes {
  double *displacement; /* amplitude (regular) or standard deviation (sea) by node, m */
  double *tension;      /* by node, N */
  double *speed;        /* m/s, standard deviation or amplitude */
  double top_tension, foot, top;
  double zero_period; /* of the top tension, s; regular: the period */
  int rounds;         /* of the linearisation */
} kd_bar_amplitudes;

kd_status kd_bar_amplitudes_create(kd_bar_amplitudes *out, const kd_bar *bar, kd_work *work);

/* Regular heave: drag by equal energy, 8/(3 pi) q V. KD_E_CONVERGENCE when the linearisation does not settle. */
kd_status kd_bar_regular(kd_bar_amplitudes *out, const kd_bar *bar, double amplitude, double omega, kd_work *work);

/* A set of frequencies for a sea: cells that cluster at the resonance. */
typedef struct kd_bar_sea {
  size_t count;
  double *omega, *width;
} kd_bar_sea;
kd_status kd_bar_sea_create(kd_bar_sea *out, double low, double high, double resonance, size_t count, kd_work *work);

/* Sea state: variance of heave in each cell given [m2]; drag by sqrt(8/pi) q sigma_v. Standard deviations out. The
 * response and the drag are the caller's, so that a sweep starts each sea from the drag of the last one. */
kd_status kd_bar_irregular(kd_bar_amplitudes *out, const kd_bar *bar, const kd_bar_sea *sea, const double *variance,
                           kd_bar_response *response, kd_linear_drag *drag, kd_error *err);

#endif
