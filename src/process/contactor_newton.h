// SPDX-License-Identifier: Apache-2.0
/* Residuals and Newton steps of contactor.c; not for others. */
#ifndef KD_PROCESS_CONTACTOR_NEWTON_H
#define KD_PROCESS_CONTACTOR_NEWTON_H

#include "process/contactor.h"

typedef struct contactor_work {
  const kd_contactor *in;
  size_t n, k, block, stride;
  bool straight;              /* all slopes are 1 */
  bool holdups;               /* accumulate in the real holdups; else in one volume a stage */
  double residence;           /* least time scale of a stage, s */
  double rate;                /* 1/dt; 0 steady */
  double worst;               /* residual of the last evaluation, over the feed */
  double *o, *z, *a;          /* the iterate */
  double *share;              /* s = D/(D + rho): of o, what is not in drops */
  double *h, *c, *ln_c_slope; /* acid, free extractant, d ln c/dc */
  double *inverse_k;          /* exp(-ln_k), [stage * k + i] */
  double *g;                  /* da/do */
  double *valence, *ligands, *slope;
  double *r, *y;           /* right side of a block row, and its solution, [stage * stride] */
  double *x;               /* B'^-1 U, [stage * block * stride] */
  double *inverse, *lower; /* B'^-1 of the same size, and diagonal and row of L, [stage * 2 * stride] */
  double *factors;         /* kept with the work space: 1 where x, inverse and lower hold a Jacobian, and its rate */
  double *undo;            /* the iterate before a chord */
  double *content, *kept_o, *kept_z;
  double *scale; /* of each component, and of the acid */
  double *inverse_scale;
  double *held_a, *held_o; /* holdups in use */
} contactor_work;

kd_status contactor_work_alloc(contactor_work *c, kd_contactor_profile *io, const kd_contactor *in, kd_work *work);
void contactor_rate(contactor_work *c, double rate);
void contactor_keep(contactor_work *c); /* the iterate becomes the old state of the time step */
void contactor_restore(contactor_work *c);
double contactor_residual(contactor_work *c);       /* of all rows, over the scales */
double contactor_rounding(const contactor_work *c); /* the same residual over all that flows through its stage */
bool contactor_step(contactor_work *c);             /* one damped Newton step; contactor_residual must have run */
bool contactor_factored(const contactor_work *c);   /* there are factors of the present rate */
/* A whole step with the factors there are, at a third of the cost. false: not taken, it is too long. */
bool contactor_chord(contactor_work *c);
void contactor_undo(contactor_work *c); /* the chord just taken */
void contactor_results(contactor_work *c, kd_contactor_profile *io);

#endif
