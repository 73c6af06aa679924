// SPDX-License-Identifier: Apache-2.0
/* A chain of mixer-settlers, solved rigorously: every metal, the acid and the free extractant of every stage at once.
 */
#ifndef KD_PROCESS_CONTACTOR_H
#define KD_PROCESS_CONTACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/work.h"
#include "process/isotherm.h"

#define KD_CONTACTOR_COMPONENTS 31
#define KD_CONTACTOR_STAGES     2000

/* One stage. Stage 0 is the raffinate end; the organic goes up, the aqueous down. Flows in m3/s (any one unit). */
typedef struct kd_contact {
  double up_organic;                 /* to the next stage */
  double down_aqueous, down_organic; /* to the stage before: aqueous, and organic entrained in it */
  double out_organic, out_aqueous;   /* out of the chain */
  double strip_return; /* share of the metal in out_organic that is stripped and comes back here (reflux) */
  double entrained;    /* aqueous drops in the organic that leaves, m3 per m3 of it */
  double efficiency;   /* Murphree, of the organic with its drops; 1 ideal */
  double acid;         /* acid less base coming in from outside, mol/s */
  double extractant;   /* total in the organic, mol/m3 */
  double load;         /* level BETA: sum of the metals in the organic, mol/m3 */
  double fixed_ph;     /* pH held by titration; NaN: it follows from the acid balance */
  double volume_aqueous, volume_organic; /* holdup, m3 */
} kd_contact;

typedef struct kd_contactor {
  kd_isotherm isotherm;
  size_t stages;
  const kd_contact *stage;
  const double *feed;          /* mol/s of each component brought in from outside, [stage * components + i] */
  const double *inlet_organic; /* metals in the organic that enters stage 0, mol/m3; part of feed too; NULL: none */
  const double *stage_ln_k;    /* NULL, or ln_k for each stage, [stage * components + i] */
} kd_contactor;

/* State and results. Arrays lie in the scratch arena, or are the caller's between two solves (warm start). */
typedef struct kd_contactor_profile {
  double *organic;           /* with its drops, mol/m3 of organic, [stage * components + i] */
  double *driver;            /* z of each stage */
  double *aqueous;           /* mol/m3 */
  double *acid, *extractant; /* free, mol/m3; 0 where the level knows none */
  double *cache;             /* work space of the last solve, for a warm one of the same size */
  size_t cached;
  size_t newtons, steps; /* Newton iterations and implicit time steps taken */
  double residual;       /* worst stage balance of a component over its feed */
  double closure;        /* worst balance of a component over the whole chain, over its feed */
} kd_contactor_profile;

/* Arrays for one profile, in scratch. */
kd_status kd_contactor_profile_alloc(kd_contactor_profile *out, const kd_contactor *in, kd_work *work);

/* Steady state. warm: start from what `io` holds. Errors: KD_E_RANGE, KD_E_CONVERGENCE with the residual. */
kd_status kd_contactor_solve(kd_contactor_profile *io, const kd_contactor *in, bool warm, kd_work *work);

/* One implicit step of dt seconds from the state in io, with the real holdups. */
kd_status kd_contactor_advance(kd_contactor_profile *io, const kd_contactor *in, double dt, kd_work *work);

/* A state to start from: every stage as if filled with the feed. */
void kd_contactor_fill(kd_contactor_profile *io, const kd_contactor *in);

#endif
