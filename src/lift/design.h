// SPDX-License-Identifier: Apache-2.0
/* Operating window of the lift over bore, solids and rate, with the limit that governs, and the best point of it. */
#ifndef KD_LIFT_DESIGN_H
#define KD_LIFT_DESIGN_H

#include "lift/lift.h"

typedef enum kd_design_limit {
  KD_DESIGN_FREE,
  KD_DESIGN_DEPOSITION, /* velocity below that which carries the coarsest grain */
  KD_DESIGN_PLUG,       /* coarse grains crowd in the riser */
  KD_DESIGN_PUMP,       /* the plant cannot move it, or only less or thinner */
  KD_DESIGN_PRESSURE,   /* restart of a gelled column, or the stress of the string */
  KD_DESIGN_SURGE,      /* a sudden stop on top of the pump pressure */
  KD_DESIGN_LIMITS
} kd_design_limit;
#define KD_DESIGN_WORDS "free|deposition|plug|pump|pressure|surge"

typedef struct kd_design_point {
  double bore, solids, dry_rate; /* m, share, kg/s */
  double velocity, pump_pressure, energy /* J/kg */, cost /* USD/kg */;
  double deposition_margin, crowding, restart_margin, surge_margin;
  kd_design_limit limit;
} kd_design_point;

typedef struct kd_design_options {
  size_t bores, shares, rates;
  double least_bore, most_bore;     /* m */
  double least_solids, most_solids; /* share */
  double least_rate, most_rate;     /* kg/s dry */
  double rheology_factor;           /* on top of the scenario's */
  double energy_price;              /* USD/J */
  double string_price, plant_price; /* USD/kg, USD/W */
  double annuity, hours;            /* 1/year; s of lifting a year */
} kd_design_options;

typedef struct kd_design {
  size_t count;
  kd_design_point *point;                           /* bore by bore, rate by rate, shares within */
  const kd_design_point *least_energy, *least_cost; /* among the free ones; NULL: none is free */
  size_t limited[KD_DESIGN_LIMITS];
} kd_design;

/* Prices and ranges that are assumed, about the scenario's own bore, solids and rate. */
void kd_design_defaults(kd_design_options *out, const kd_lift_params *p, const kd_slurry *feed);

/* Runs the stage at every point; `runs` is reset for each. Points lie in work->scratch. */
kd_status kd_lift_design(kd_design *out, const kd_design_options *o, const kd_lift_params *p, const kd_slurry *feed,
                         kd_arena *runs, kd_work *work);

#endif
