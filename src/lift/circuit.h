// SPDX-License-Identifier: Apache-2.0
/* Steady flow of water down and slurry up, driven by pumps on deck (closed circuit) or in the riser (pump). */
#ifndef KD_LIFT_CIRCUIT_H
#define KD_LIFT_CIRCUIT_H

#include <stdbool.h>

#include "lift/friction.h"
#include "lift/sea.h"
#include "lift/seawater.h"

/* Water in the pipes at a Gauss point of a layer of the sea. */
typedef struct kd_circuit_point {
  double terms[KD_SEAWATER_TERMS]; /* of its specific volume */
  double gravity;
} kd_circuit_point;

typedef struct kd_circuit {
  const kd_sea *sea;
  bool closed;             /* sea water is pumped down a second conduit; else it enters at the foot from the sea */
  double depth;            /* of the foot, m */
  double deck_height;      /* of the separator over the sea, m */
  double deck_pressure;    /* at the separator, above the atmosphere, Pa */
  double head_loss;        /* at the foot: head, jets, screens, Pa */
  double grain_density;    /* kg/m3 */
  double solids;           /* share of solids by volume at the deck */
  double carrier_salinity; /* absolute, kg/kg */
  kd_pipe_flow riser;      /* its density is set here */
  double conduit_area;     /* m2, of the way down */
  double conduit_bore;     /* hydraulic diameter of it, m */
  double roughness;        /* m */
  const kd_circuit_point *point; /* two for each layer, then the surface: kd_circuit_prepare */
} kd_circuit;

typedef struct kd_circuit_state {
  double slurry_rate; /* m3/s at the deck */
  double down_rate;   /* m3/s at the surface, pumped down; 0 when not closed */
  double velocity;    /* of the slurry, m/s */
  double wall_stress; /* Pa */
  double reynolds;    /* critical at 2,100 */
  kd_regime regime;
  double density;         /* mean of the slurry over the riser, kg/m3 */
  double friction_up;     /* Pa */
  double friction_down;   /* Pa */
  double static_pressure; /* excess weight of the riser, with the deck, Pa */
  double pump_pressure;   /* all together, Pa */
  double foot_pressure;   /* in the riser at the foot, sea pressure, Pa */
  double foot_excess;     /* over the sea outside, Pa */
  double hydraulic_power; /* W */
} kd_circuit_state;

/* Mass of water per mass of dry solids for a share of solids by volume. */
double kd_slurry_water_ratio(double solids, double grain_density, double water_density);

/* Density of a slurry [kg/m3] whose water has a density, for a mass ratio of water to solids. */
double kd_slurry_density(double water_ratio, double grain_density, double water_density);

/* Sets the points from sea and carrier_salinity; from the scratch arena. Errors: KD_E_NOMEM. */
kd_status kd_circuit_prepare(kd_circuit *self, kd_work *work);

/* Density of the slurry in the riser at a depth and pressure: water at the temperature outside. */
double kd_circuit_slurry_density(const kd_circuit *self, double depth, double pressure);

/* State at a dry rate [kg/s] with `down` [kg/s] of water pumped down. */
kd_status kd_circuit_solve(kd_circuit_state *out, const kd_circuit *self, double dry_rate, double down);

#endif
