// SPDX-License-Identifier: Apache-2.0
/* Residuals and Newton steps of contactor.c; not for others. */
#ifndef KD_PROCESS_CONTACTOR_NEWTON_H
#define KD_PROCESS_CONTACTOR_NEWTON_H

#include "process/contactor.h"

typedef struct contactor_work {
  const kd_contactor *in;
  size_t n, k, block, stride;
  bool holdups;               /* accumulate in the real holdups; else in one volume a stage */
  double residence;           /* least time scale of a stage, s */
  double rate;                /* 1/dt; 0 steady */
  double worst;               /* residual of the last evaluation, over the feed */
  double rounding;            /* the same over all that flows through its stage */
  double *gross;              /* size of the terms whose difference is the aqueous concentration */
  double *o, *z, *a;          /* the iterate */
  double *share;              /* s = D/(D + rho): of o, what is not in drops */
  double *h, *c, *ln_c_slope; /* acid, free extractant, d ln c/dc */
  double *inverse_k;          /* exp(-ln_k), [stage * k + i] */
  double *valence, *ligands, *slope;
  double *r, *y; /* right side of a block row, and its solution, [stage * stride] */
  double *x;     /* B^-1 U, [stage * block * stride] */
  double *content, *kept_o, *kept_z;
  double *scale;           /* of each component, and of the acid */
  double *held_a, *held_o; /* holdups in use */
} contactor_work;

kd_status contactor_work_alloc(contactor_work *c, kd_contactor_profile *io, const kd_contactor *in, kd_work *work);
void contactor_rate(contactor_work *c, double rate);
void contactor_keep(contactor_work *c); /* the iterate becomes the old state of the time step */
void contactor_restore(contactor_work *c);
double contactor_residual(contactor_work *c); /* of all rows, over the scales */
bool contactor_step(contactor_work *c);       /* one damped Newton step; contactor_residual must have run */
void contactor_results(contactor_work *c, kd_contactor_profile *io);

#endif
