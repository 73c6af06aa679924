// SPDX-License-Identifier: Apache-2.0
/* Histories of a line: built from segments, driven by a schedule, told as time tables and profiles. */
#ifndef KD_LIFT_TRANSIENT_H
#define KD_LIFT_TRANSIENT_H

#include "base/table.h"
#include "lift/duct.h"
#include "lift/sea.h"

/* A stretch of pipe along the path. */
typedef struct kd_segment {
  double length, bore; /* m; the hydraulic diameter of an annulus */
  double area;         /* m2; NaN: of a round bore */
  double rise;         /* m over its length: positive up */
  double wall;         /* m, for the compliance; 0: rigid */
  double modulus;      /* Pa */
  double loss;         /* loss coefficient where it begins */
  double roughness;    /* m */
  size_t cells;
} kd_segment;

/* Rheology of the slurry at a share of fines in water and fines. */
typedef kd_status kd_rheology_fn(kd_rheology *out, double fines, const void *user, kd_error *err);

typedef struct kd_line_spec {
  const kd_segment *segment;
  size_t segments;
  const kd_sea *sea;    /* salinity and temperature by depth; NULL: the two below */
  double salinity;      /* absolute, kg/kg */
  double temperature;   /* degC, conservative */
  double outlet_height; /* of the outlet over the sea, m */
  double outlet_pressure;
  kd_coarse coarse[KD_DUCT_COARSE];
  size_t classes;
  double fines_density, carrier_viscosity;
  kd_rheology_fn *rheology; /* NULL: no friction */
  const void *rheology_user;
  double most_fines; /* largest share that the friction tables reach */
  kd_friction_law law;
  kd_transition_law transition;
  double d85, gravity;
} kd_line_spec;

/* Builds mesh, fluids and friction. The caller sets ends, pump, injection and gel afterwards. */
kd_status kd_line_build(kd_duct *out, const kd_line_spec *spec, kd_work *work);
/* Pressure from the outlet inwards for a volume flux [m3/s] at rest or steady, the pump's lift taken out; shares: fines
 * and coarse of each cell (phases - 2 values a cell). */
kd_status kd_line_fill(kd_duct_state *state, const kd_duct *duct, double outlet_pressure, double flow, double pump,
                       const double *shares, kd_work *work);
/* Cell at a distance from the inlet. */
size_t kd_line_cell(const kd_duct *duct, double distance);

/* A tank at the outlet: liquid leaves it by a drain that opens over its half level. */
typedef struct kd_separator {
  double volume; /* m3; 0: none */
  double drain;  /* m3/s at full level */
} kd_separator;

typedef enum kd_history_column {
  KD_H_TIME,
  KD_H_INLET_PRESSURE,
  KD_H_FOOT_PRESSURE,
  KD_H_OUTLET_PRESSURE,
  KD_H_LARGEST_PRESSURE,
  KD_H_INLET_FLOW,
  KD_H_OUTLET_FLOW,
  KD_H_AIR_OUT,
  KD_H_WATER_OUT,
  KD_H_FINES_OUT,
  KD_H_COARSE_OUT,
  KD_H_LIQUID_OUT,
  KD_H_GAS_HELD,
  KD_H_FINES_HELD,
  KD_H_COARSE_HELD,
  KD_H_DENSEST,
  KD_H_PUMP_PRESSURE,
  KD_H_PUMP_SPEED,
  KD_H_LEVEL,
  KD_H_OVERFLOW,
  KD_H_GEL,
  KD_H_CLOSURE,
  KD_H_CLASS, /* what comes out of each class of grains */
  KD_H_COLUMNS = KD_H_CLASS + KD_DUCT_COARSE
} kd_history_column;
extern const char *const kd_history_columns; /* for kd_table_create */

typedef enum kd_profile_field {
  KD_F_PRESSURE,
  KD_F_GAS,
  KD_F_FINES,
  KD_F_COARSE,
  KD_F_VELOCITY,
  KD_F_FIELDS
} kd_profile_field;

typedef struct kd_history {
  size_t rows, cells;
  double *value[KD_H_COLUMNS]; /* rows values, SI */
  double *frame[KD_F_FIELDS];  /* rows x cells, for animation; NULL when not wanted */
  double *least[KD_F_FIELDS], *mean[KD_F_FIELDS], *most[KD_F_FIELDS]; /* by cell, over all steps */
  size_t steps, halved;
  double smallest; /* step, s */
  double closure;  /* largest relative misfit of any phase */
} kd_history;

/* Command at a time. */
typedef void kd_schedule_fn(kd_duct_command *out, double time, const void *user);

/* Called before every step: may change the command and shorten the step [s]. */
typedef kd_status kd_step_fn(kd_duct_command *command, double *dt, const kd_duct_state *state, double time, void *user,
                             kd_error *err);

typedef struct kd_transient_run {
  double until, every, most; /* s: end, rows, longest step */
  bool explicit_solver, frames;
  kd_separator separator;
  size_t foot_cell;
  kd_schedule_fn *schedule;
  const void *user;
  kd_step_fn *before; /* NULL: none */
  void *before_user;
} kd_transient_run;

kd_status kd_transient_march(kd_history *out, kd_duct_state *state, const kd_duct *duct, const kd_transient_run *run,
                             kd_work *work);

/* History as a table of a caller. */
kd_status kd_history_table(kd_table **out, const kd_history *self, kd_work *work);

#endif
