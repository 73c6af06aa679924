// SPDX-License-Identifier: Apache-2.0
/* The string as the coupling sees it: nodes that move along it and take forces, be it an axial bar or a beam. */
#ifndef KD_LIFT_COUPLING_SIDE_H
#define KD_LIFT_COUPLING_SIDE_H

#include "lift/coupling_line.h"

typedef struct kd_string_side kd_string_side;
struct kd_string_side {
  size_t nodes;
  bool effective;       /* its loads and tensions are effective ones */
  double *arc;          /* of nodes, m from the top */
  double *weight;       /* of elements in water, full of sea water, N */
  double head_weight;   /* N in water */
  double *u, *v;        /* by node: motion and speed downwards since rest */
  double *offset;       /* across, m; NULL: none */
  double *wall_tension; /* by node: change of the wall's since rest, or the whole effective one */
  double *load;         /* forces of the step, N downwards; taken: the part of the wall alone */
  double *taken, *moved, *shown;
  double *contents, *flow;      /* by node: kg/m, and its speed downwards; NULL: not wanted */
  double rest_top, top_tension; /* N */
  /* Settles under further forces at rest, in effective tension. */
  kd_status (*rest)(kd_string_side *self, const double *force, kd_error *err);
  kd_status (*advance)(kd_string_side *self, double step, const kd_beam_motion *top, kd_error *err);
  double (*stress)(const kd_string_side *self, size_t node, double tension); /* Pa */
  double (*energy)(const kd_string_side *self);                              /* relative misfit; NaN: not counted */
  unsigned long (*halved)(const kd_string_side *self);
  void *own;
};

/* impedance: of a closed foot, N s/m, 0 without. */
kd_status kd_string_side_create(kd_string_side *out, const kd_line_coupling_spec *spec, double impedance,
                                const kd_ship_motion *ship, kd_work *work);
/* Adds the forces of Poisson's effect for p A by node now and at the start. */
void kd_string_side_poisson(kd_string_side *self, double poisson, const double *now, const double *start);

/* Standard deviation, and narrow-band damage of the stress by S-N curve D in sea water. */
typedef struct kd_string_tally {
  double sum, square, last, up, stress, stress_square;
} kd_string_tally;
void kd_string_tally_add(kd_string_tally *self, double dynamic_tension, double stress);
void kd_string_tally_read(double *sd, double *damage_year, const kd_string_tally *self, double samples,
                          double duration);

#endif
