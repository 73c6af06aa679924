// SPDX-License-Identifier: Apache-2.0
/* One line of pipes in space and time: gas, water, fines that move with the water, coarse grains that lag behind it.
 * A path from inlet to outlet, cut into cells; a way down and a riser are one path. Absolute pressures throughout. */
#ifndef KD_LIFT_DUCT_H
#define KD_LIFT_DUCT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/work.h"
#include "lift/air_lift.h"
#include "lift/friction.h"

#define KD_DUCT_BEYOND 18 /* room beyond the last cell for loops that take eight at a time */
#define KD_DUCT_COARSE 5
#define KD_DUCT_PHASES (3 + KD_DUCT_COARSE)
enum { KD_GAS, KD_WATER, KD_FINES, KD_COARSE };

/* A class of coarse grains. */
typedef struct kd_coarse {
  double density;  /* kg/m3 */
  double diameter; /* m */
  double terminal; /* settling velocity of one grain in the carrier, m/s */
  double exponent; /* of (1 - c) */
} kd_coarse;

/* State of fluids in a cell as functions of pressure only: the temperature is that outside, at its depth.
 *   water  rho = r0 + (p - p0)(r1 + r2 (p - p0))       gas  rho = p/(RT (1 + x (z0 + x (z1 + ...)))), x = p/50 MPa */
typedef struct kd_duct_fluid {
  double p0, r0, r1, r2;
  double rt; /* J/kg */
  double z[6];
} kd_duct_fluid;

/* Friction of a slurry by its share of fines: tables at 0, step, 2 step, ... of the share in water and fines. */
typedef struct kd_duct_wall {
  const kd_wall_table *table;
  size_t levels;
  double step;
} kd_duct_wall;

/* A pump at a face: dp = s^2 shut_off - k q|q|, s speed over rated speed, or s^2 P(q/s) by a curve, with -k q|q| for
 * flow back and beyond its last row; with inertia it runs down when tripped. */
typedef struct kd_duct_pump {
  size_t face;
  double shut_off;                       /* Pa at rated speed */
  double curve;                          /* k, Pa s2/m6 */
  double efficiency;                     /* of the pump */
  double rated_speed;                    /* rad/s */
  double inertia;                        /* kg m2; 0: the speed follows the command at once */
  bool check_valve;                      /* no flow back */
  const double *flow, *pressure, *share; /* curve at rated speed [m3/s, Pa, efficiency or NaN]; rows 0: none */
  size_t rows;
} kd_duct_pump;

typedef enum kd_duct_end { KD_END_PRESSURE, KD_END_FLOW, KD_END_CLOSED } kd_duct_end;

/* What is done to the line at a moment. */
typedef struct kd_duct_command {
  double inlet_pressure;         /* KD_END_PRESSURE, Pa */
  double inlet[KD_DUCT_PHASES];  /* KD_END_FLOW: kg/s of each; KD_END_PRESSURE: kg of each in a m3 that enters, the
                                    rest of it water at that pressure where water is 0 */
  double outlet_pressure;        /* Pa */
  double inject[KD_DUCT_PHASES]; /* kg/s into cell inject_cell */
  double feed[KD_DUCT_PHASES];   /* kg/s into cell feed_cell */
  double pump_speed;             /* commanded, of rated */
  bool tripped;                  /* the motor gives no torque */
  double valve;                  /* opening of the valve, 0 shut to 1 */
  double acceleration;           /* of the pipe along the path, upwards positive, m/s2 */
  /* Of a pipe that stretches (NULL: it does not): further acceleration along the path by face, and the share by which
   * the room of each cell has grown. */
  const double *face_acceleration, *swell;
} kd_duct_command;

typedef struct kd_duct {
  size_t cells, phases;
  double gravity;
  /* by cell */
  double *length, *area, *bore, *volume, *compliance /* of the wall, 1/Pa */, *p_rest;
  kd_duct_fluid *fluid;
  const kd_duct_wall **wall; /* NULL: no friction */
  double *height;            /* of the middle over the inlet, m */
  /* by face: 0 the inlet, cells the outlet */
  double *rise; /* sine of the slope */
  double *face_area, *face_length;
  double *lean; /* share of the volume beside a face that lies before it */
  double *loss; /* loss coefficient on the mean velocity */
  /* phases */
  double fines_density;
  kd_coarse coarse[KD_DUCT_COARSE];
  double packing;       /* share of coarse grains at which they lock */
  double plug_friction; /* wall friction of a locked plug over its weight in water; assumed */
  /* drift of the gas */
  kd_air_lift drift;
  /* gel */
  double static_ratio; /* static over dynamic yield stress when fully gelled */
  double gel_time;     /* s */
  double gel_break;    /* strain that halves the gel, 1/beta */
  /* ends */
  kd_duct_end inlet, outlet;
  size_t inject_cell, feed_cell;
  kd_duct_pump pump;
  bool has_pump;
  double valve_loss; /* loss coefficient of the open valve */
  size_t valve_face; /* cells: at the outlet */
  /* numerics */
  double cfl, theta; /* theta 1: fully implicit pressure; 0.5: second order in time for waves */
  bool first_order;  /* upwind without reconstruction */
} kd_duct;

/* Fluids and mesh by lanes, for the explicit solver: copied from the line at its first step. */
typedef struct kd_duct_lanes {
  bool ready;
  double *p0, *r0, *r1, *r2, *rt, *z[6], *give, *rest; /* by cell */
  double *rise, *length, *short_, *volume, *around, *middle,
      *fine;           /* 1/length, 1/volume, 4/bore, g sin, 1/least length */
  double *area, *pull; /* by face; g sin */
  double faded;        /* 1: the drift fades towards gas alone */
} kd_duct_lanes;

typedef struct kd_duct_state {
  double time;
  double *pressure;                 /* Pa, by cell */
  double *mass[KD_DUCT_PHASES];     /* kg in a m3 of pipe, by cell */
  double *momentum;                 /* kg/(m2 s), by face */
  double *flux;                     /* volume flux of all, m/s, by face */
  double *gel;                      /* 0 broken to 1, by cell */
  double *velocity[KD_DUCT_PHASES]; /* by face */
  double *drag;                     /* by face, N: of the fluid on pipe and pump along the path, in the last step */
  double pump_speed;                /* of rated */
  /* totals since the start, kg: what has entered (inlet, injection, feed) and left by the outlet */
  double in[KD_DUCT_PHASES], out[KD_DUCT_PHASES];
  double pump_pressure, pump_work; /* Pa; J since the start */
  size_t steps, halved, iterations;
  double residual; /* largest misfit of volumes after the last step */
  double smallest; /* time step taken, s */
  double *scratch;
  double *lines; /* explicit: lines of drift and wall law by cell */
  kd_duct_lanes *lanes;
} kd_duct_state;

/* Room for n cells and coarse classes; everything 0. */
kd_status kd_duct_create(kd_duct *out, size_t cells, size_t coarse, kd_work *work);
/* Volumes, faces and heights from length, area and the rise of each cell (sine). */
void kd_duct_connect(kd_duct *self, const double *rise);
/* Water (and gas) of a cell from the sea at a depth, linearised about a pressure (absolute). */
void kd_duct_fluid_set(kd_duct_fluid *out, double salinity, double conservative, double temperature, double pressure);
/* Densities [kg/m3] and their slopes by the pressure. */
static inline double kd_duct_water(const kd_duct_fluid *self, double pressure, double *slope) {
  const double x = pressure - self->p0;
  *slope = self->r1 + 2.0 * x * self->r2;
  return self->r0 + x * (self->r1 + x * self->r2);
}

static inline double kd_duct_gas(const kd_duct_fluid *self, double pressure, double *slope) {
  const double x = pressure * 2e-8, *z = self->z;
  const double sum = x * (z[0] + x * (z[1] + x * (z[2] + x * (z[3] + x * (z[4] + x * z[5])))));
  const double rise =
      x * (z[0] + x * (2.0 * z[1] + x * (3.0 * z[2] + x * (4.0 * z[3] + x * (5.0 * z[4] + x * 6.0 * z[5])))));
  const double factor = 1.0 + sum, rho = pressure / (self->rt * factor);
  *slope = rho / pressure * (1.0 - rise / factor);
  return rho;
}

kd_status kd_duct_state_create(kd_duct_state *out, const kd_duct *duct, kd_work *work);
/* Fills cell i at a pressure: gas share, then share of fines and of each coarse class in the rest. */
void kd_duct_fill(kd_duct_state *self, const kd_duct *duct, size_t i, double pressure, double gas,
                  const double *shares);
/* Sets fluxes and momentum from volume fluxes at the faces. */
void kd_duct_set_flux(kd_duct_state *self, const kd_duct *duct, const double *flux);

/* Moves on by at most dt (less where the CFL number or convergence wants it); *taken: what was done. KD_E_CONVERGENCE
 * when even dt/2^20 fails. */
kd_status kd_duct_step(kd_duct_state *self, const kd_duct *duct, const kd_duct_command *command, double dt,
                       double *taken, kd_error *err);

/* The explicit twin: collocated cells, split fluxes, limited slopes, two stages; the same equations without gel, pump,
 * losses and coarse slip. Moves on by one step of its own CFL limit or dt. */
kd_status kd_duct_step_explicit(kd_duct_state *self, const kd_duct *duct, const kd_duct_command *command, double dt,
                                double *taken, kd_error *err);

/* Mass of a phase in a m3 that comes in at the inlet by its pressure, kg. */
double kd_duct_enters(const kd_duct *duct, const kd_duct_command *command, size_t phase);

/* Mass of a phase in the line, kg. */
double kd_duct_mass(const kd_duct_state *self, const kd_duct *duct, size_t phase);

/* Wall stress and its slope by the velocity, with gel and yield smoothed below 0.1 mm/s. */
double kd_duct_stress(double *slope, const kd_duct_wall *wall, double fines, double velocity, double stiffening);

/* Gas distribution and drift at a gas share, faded out towards gas alone. */
void kd_duct_slip(double *distribution, double *drift, const kd_duct *duct, double gas_density, double gas,
                  double slope);

#endif
