// SPDX-License-Identifier: Apache-2.0
/* Kernels of water, wall, air, machines and flow by subject, and the columns that many of them share. Each array ends
 * with a row without name. */
#ifndef KD_LIFT_KERNELS_H
#define KD_LIFT_KERNELS_H

#include "base/kernel.h"

extern const kd_kernel kd_water_kernels[];     /* kernels_water.c: sea water, air, slurry density */
extern const kd_kernel kd_wall_kernels[];      /* kernels_wall.c: wall laws, transition, gel */
extern const kd_kernel kd_air_lift_kernels[];  /* kernels_air.c: drift flux, two-phase friction, air-lift */
extern const kd_kernel kd_machine_kernels[];   /* kernels_machine.c: grains, pumps, string in one formula */
extern const kd_kernel kd_form_kernels[];      /* kernels_forms.c: closed forms */
extern const kd_kernel kd_flow_kernels[];      /* kernels_flow.c: rheology fit, horizontal legs, batch settling, head */
extern const kd_kernel kd_window_kernels[];    /* kernels_window.c: operating window */
extern const kd_kernel kd_transient_kernels[]; /* kernels_transient.c: lines in time */

/* A column: name, unit, default (NULL: must be given), lowest and highest value, meaning. */
#define IN(n, u, value, least, most, text)                                                                             \
  { .name = n, .unit = u, .initial = value, .low = least, .high = most, .doc = text }
#define WORD(n, words, value, text)                                                                                    \
  { .name = n, .unit = "1", .initial = value, .choices = words, .doc = text }
#define OUT(n, u, text)                                                                                                \
  { .name = n, .unit = u, .doc = text }
#define OUTWORD(n, words, text)                                                                                        \
  { .name = n, .unit = "1", .choices = words, .doc = text }
#define FIELDS(...) __VA_ARGS__
#define KERNEL(n, text, ins, outs, fn)                                                                                 \
  {                                                                                                                    \
    .name = "lift." n, .summary = text, .inputs = (const kd_field[]){ins},                                             \
    .input_count = KD_COUNT(((const kd_field[]){ins})), .outputs = (const kd_field[]){outs},                           \
    .output_count = KD_COUNT(((const kd_field[]){outs})), .eval = fn                                                   \
  }

/* Columns that many kernels share. */
#define BORE          IN("bore", "m", NULL, "0 m exclusive", "100 m", "Bore: inner diameter of the pipe.")
#define VELOCITY      IN("velocity", "m/s", NULL, "0 m/s exclusive", "1000 m/s", "Mean velocity.")
#define SPEED         IN("velocity", "m/s", NULL, "0 m/s", "1000 m/s", "Mean velocity; at rest the answer is the yield stress.")
#define DENSITY       IN("density", "kg/m3", NULL, "0 kg/m3 exclusive", "30000 kg/m3", "Density of the fluid.")
#define YIELD         IN("yield", "Pa", "0 Pa", "0 Pa", "1e8 Pa", "Yield stress.")
#define CONSISTENCY   IN("consistency", "Pa.s", NULL, "0 Pa.s exclusive", "1e8 Pa.s", "Consistency K, in Pa s^n.")
#define INDEX         IN("index", "1", "1", "0.02", "5", "Flow index n.")
#define FLUID         YIELD, CONSISTENCY, INDEX
#define VISCOSITY     IN("viscosity", "Pa.s", NULL, "0 Pa.s exclusive", "1e8 Pa.s", "Dynamic (plastic) viscosity.")
#define GRAVITY       IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity.")
#define GRAIN_DENSITY IN("grain_density", "kg/m3", NULL, "0 kg/m3 exclusive", "30000 kg/m3", "Density of the grain.")
#define WALL_STRESS   OUT("wall_stress", "Pa", "Stress at the wall, f_Darcy density velocity^2/8.")
#define STRESS_AND_FACTORS                                                                                             \
  WALL_STRESS, OUT("darcy_factor", "1", "Darcy (Moody) friction factor, 8 wall_stress/(density velocity^2)."),         \
      OUT("fanning_factor", "1", "Fanning friction factor, a quarter of Darcy's.")
#define CRITICAL          OUT("critical_velocity", "m/s", "Velocity at which laminar flow ends.")
#define ABSOLUTE_SALINITY IN("absolute_salinity", "g/kg", NULL, "0 g/kg", "120 g/kg", "Absolute salinity.")
#define IN_SITU           IN("temperature", "degC", NULL, "-3 degC", "180 degC", "In-situ temperature.")
#define SEA_PRESSURE      IN("pressure", "dbar", "0 dbar", "0 dbar", "12000 dbar", "Sea pressure, above one atmosphere.")
#define REYNOLDS          IN("reynolds", "1", NULL, "0 exclusive", "1e12", "Reynolds number.")
#define ROUGHNESS         IN("relative_roughness", "1", "0", "0", "0.5", "Roughness over bore.")
#define DRIFT             WORD("drift", KD_DRIFT_LAWS, "auto", "Drift-flux law.")
#define FLOW_DRIFT        WORD("drift", KD_DRIFT_FLOW_LAWS, "auto", "Drift-flux law.")
#define TWO_PHASE         WORD("friction", KD_TWO_PHASE_LAWS, "slurry", "Friction of both phases.")
#define SOLIDS            IN("solids", "%vol", NULL, "0 %vol exclusive", "74 %vol", "Solids by volume, grains over slurry.")
#define LAST_KERNEL                                                                                                    \
  { .name = NULL }

#endif
