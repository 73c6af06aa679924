// SPDX-License-Identifier: Apache-2.0
/* String and the liquid in it: the string's axial motion drives a compressible column, and the column loads the string.
 */
#ifndef KD_LIFT_COUPLING_H
#define KD_LIFT_COUPLING_H

#include "lift/string_axial.h"

typedef enum kd_column_end { KD_COLUMN_OPEN, KD_COLUMN_SHUT } kd_column_end;

/* The liquid column, node 0 at the deck. An open end keeps its pressure; a shut one (a positive-displacement pump, a
 * valve) keeps its flow relative to the pipe. */
typedef struct kd_column_model {
  size_t cells;
  double length, area, density, wave_speed; /* m, m2, kg/m3, m/s */
  double bore, darcy;                       /* m, friction factor */
  double flow;                              /* mean speed of the liquid down the pipe, m/s; a lift is negative */
  double poisson;                           /* stretch of the wall narrows it: 0 without */
  kd_column_end deck, foot;
} kd_column_model;

typedef struct kd_column_state kd_column_state;

/* Steps by the method of characteristics: step = length/(cells wave_speed). */
kd_status kd_column_create(kd_column_state **out, const kd_column_model *model, kd_work *work);
double kd_column_step_time(const kd_column_model *model);
/* One step with the speed of the wall at the nodes at its end [m/s], downwards. */
void kd_column_step(kd_column_state *self, const double *wall_speed);
const double *kd_column_pressure(const kd_column_state *self); /* dynamic part, Pa, by node */
const double *kd_column_speed(const kd_column_state *self);    /* of the liquid, m/s, by node, mean flow included */
double kd_column_friction(const kd_column_state *self,
                          size_t node); /* on the wall, N/m, downwards; mean part taken off */

/* Amplitude of the pressure at a shut foot of a rigid pipe that heaves under an open deck: rho a w A tan(w L/a). */
double kd_column_heave_pressure(double density, double wave_speed, double length, double omega, double amplitude);

typedef struct kd_coupled {
  size_t nodes;                          /* of the column */
  double *pressure, *relative, *tension; /* largest less smallest over two, by node: Pa, m/s (liquid less wall), N */
  double top_tension, foot, deck_flow;   /* amplitudes: N, m, m/s relative to the pipe */
  double steps;
} kd_coupled;

/* Motion of the ship at a time. */
typedef void kd_heave_fn(double *heave, double *speed, double *acceleration, double time, void *user);

/* Marches both. two_way: the column loads the string (staggered; the wave impedance of a shut foot is taken implicitly,
 * so that heavy contents on a light head stay stable). bar: contents free; its elements a multiple of the cells or any
 * number: values are taken at the nearest place. Statistics from `settle` on. */
kd_status kd_coupled_run(kd_coupled *out, kd_bar *bar, const kd_column_model *model, bool two_way, kd_heave_fn *heave,
                         void *user, double duration, double settle, double radius, double damping_period,
                         kd_work *work);

#endif
