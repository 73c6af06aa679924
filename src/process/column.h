// SPDX-License-Identifier: Apache-2.0
/* Fixed bed with competitive Langmuir sorption, linear driving force or second-order kinetics, axial dispersion. SI. */
#ifndef KD_PROCESS_COLUMN_H
#define KD_PROCESS_COLUMN_H

#include <stddef.h>

#include "base/work.h"

#define KD_COLUMN_SOLUTES 16

typedef enum kd_uptake { KD_UPTAKE_LDF, KD_UPTAKE_LANGMUIR } kd_uptake;

typedef struct kd_column_solute {
  double feed;     /* kg/m3 at the inlet from time 0 on */
  double initial;  /* share of the bed's loading capacity it holds at the start, at most 1 for all together */
  double affinity; /* K of q = q_max K c/(1 + sum K c), m3/kg */
  double rate;     /* LDF: 1/s; Langmuir: k_a, m3/(kg s) */
} kd_column_solute;

typedef struct kd_column_bed {
  size_t solutes;
  const kd_column_solute *solute;
  kd_uptake uptake;
  double capacity;   /* q_max, kg/kg of sorbent */
  double length;     /* m */
  double velocity;   /* interstitial, m/s */
  double porosity;   /* of the bed, share */
  double density;    /* kg sorbent per m3 of bed */
  double dispersion; /* m2/s; 0: plug flow */
  double feed_end;   /* s after which the inlet carries nothing; infinity: never */
  size_t cells;      /* along the bed */
  size_t steps;      /* in time */
  size_t first;      /* of them before feed_end; 0: in proportion */
  double rest;       /* change of the liquid, over the feed, that does not wake a cell at rest; 0: 1e-14 */
  double most;       /* cells solved in plug flow after which the run is refused; 0: none */
  double *solved;    /* NULL, or counts the cells solved in plug flow */
} kd_column_bed;

/* Outlet concentrations at steps + 1 times, equally spaced to feed_end and from there to `time`: out[k * solutes + i],
 * times[k]. Plug flow: times count from when the front leaves an unsorbing bed (time - length/velocity). loading (may
 * be NULL): mean kg/kg of each at the end. Errors: KD_E_RANGE, KD_E_MODEL (grid too coarse for the dispersion). */
kd_status kd_column_run(double *out, double *times, double *loading, const kd_column_bed *bed, double time,
                        kd_work *work);

/* The same twice, with half the grid too, and extrapolated: fourth order where the solution is smooth. Plug flow only,
 * cells and steps even. */
kd_status kd_column_run_extrapolated(double *out, double *times, double *loading, const kd_column_bed *bed, double time,
                                     kd_work *work);

/* Steps of `steps` spent before feed_end; even when steps is. */
size_t kd_column_first_steps(const kd_column_bed *bed, double time);

struct kd_table;
/* The data kernels process.column and process.contactor, in column_eval.c. */
kd_status kd_column_eval(struct kd_table **out, const struct kd_table *const *data, const double *options,
                         kd_work *work);
kd_status kd_contactor_eval(struct kd_table **out, const struct kd_table *const *data, const double *options,
                            kd_work *work);

#endif
