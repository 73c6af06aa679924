// SPDX-License-Identifier: Apache-2.0
/* Kernels of grains, air-lift, pumps and string. */
#include <math.h>

#include "base/error.h"
#include "lift/air.h"
#include "lift/air_lift.h"
#include "lift/circuit.h"
#include "lift/kernels.h"
#include "lift/pipe_string.h"
#include "lift/settling.h"
#include "lift/seawater.h"

#define PI 3.14159265358979323846

/* Inputs: diameter, grain_density, density, viscosity, gravity. */
static kd_status heavier(const double *in, kd_work *work) {
  if (in[1] > in[2]) return KD_OK;
  return kd_error_set(work->err, KD_E_RANGE, "grain_density %g kg/m3: must be above the density %g kg/m3 of the fluid",
                      in[1], in[2]);
}

kd_status kd_eval_ruby_zanke(double *out, const double *in, kd_work *work) {
  out[0] = kd_settling_ruby_zanke(in[0], in[1], in[2], in[3], in[4]);
  out[1] = in[2] * out[0] * in[0] / in[3];
  return heavier(in, work);
}

kd_status kd_eval_rowe(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_settling_rowe_exponent(in[0]);
  return KD_OK;
}

kd_status kd_eval_hindered(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_settling_hindered(in[0], in[1], in[2]);
  return KD_OK;
}

kd_status kd_eval_suspended(double *out, const double *in, kd_work *work) {
  out[0] = kd_settling_suspended_diameter(in[0], in[1], in[2], in[3], in[4]);
  return heavier(in, work);
}

kd_status kd_eval_durand(double *out, const double *in, kd_work *work) {
  out[0] = kd_settling_durand_velocity(in[0], in[1], in[2], in[3], in[4]);
  return heavier(in, work);
}

/* Inputs: bore, density, gas_density, viscosity, surface_tension, gravity. */
static kd_status drift(double *out, const double *in, kd_drift_law law, kd_work *work) {
  kd_air_lift lift = {
      .bore = in[0], .density = in[1], .viscosity = in[3], .surface_tension = in[4], .gravity = in[5], .drift = law};
  if (!(in[2] < in[1]))
    return kd_error_set(work->err, KD_E_RANGE, "gas_density %g kg/m3: must be below the density %g kg/m3", in[2],
                        in[1]);
  kd_drift_flux(&out[0], &out[1], &lift, in[2]);
  return KD_OK;
}

kd_status kd_eval_drift_slug(double *out, const double *in, kd_work *work) {
  double full[6] = {in[0], 1000.0, 1.2, 1e-3, 0.072, in[1]};
  return drift(out, full, KD_DRIFT_SLUG, work);
}

kd_status kd_eval_drift_large(double *out, const double *in, kd_work *work) {
  return drift(out, in, KD_DRIFT_LARGE_PIPE, work);
}

kd_status kd_eval_void(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[1] / (in[2] * (in[0] + in[1]) + in[3]);
  out[1] = kd_drift_void(in[2], in[3], in[0], in[1]);
  return KD_OK;
}

/* Inputs: density, gravity, liquid_flux, distribution, drift_velocity, air_flux, temperature, bottom, top. */
kd_status kd_eval_frictionless(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[7] > in[8], work->err, KD_E_RANGE, "bottom_pressure %g Pa: must be above the top_pressure %g Pa", in[7],
           in[8]);
  double gas = in[5] * KD_AIR_GAS_CONSTANT * in[6];
  out[0] = kd_air_lift_frictionless(in[0], in[1], in[2], in[3], in[4], gas, in[7], in[8]);
out:
  return status;
}

/* A riser of water-like slurry, for both directions of the question. */
static kd_status rig(kd_air_lift *lift, kd_wall_table *wall, double bore, double density, double viscosity,
                     double drift_law, double temperature, double fastest) {
  kd_pipe_flow flow = {.fluid = {0, viscosity, 1.0},
                       .density = density,
                       .bore = bore,
                       .carrier_viscosity = viscosity,
                       .law = KD_FRICTION_NEWTONIAN,
                       .transition = KD_TRANSITION_METZNER_REED};
  *lift = (kd_air_lift){.bore = bore,
                        .density = density,
                        .viscosity = viscosity,
                        .surface_tension = 0.072,
                        .gravity = 9.80665,
                        .wall = wall,
                        .temperature = temperature,
                        .drift = (kd_drift_law)(int)drift_law};
  return kd_wall_table_create(wall, &flow, 1e-3 * fastest, fastest, 2);
}

/* Inputs: bore, height, submergence, free_air, temperature, density, viscosity, top_pressure, drift. */
kd_status kd_eval_water_rate(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_air_lift lift;
  kd_wall_table wall;
  double area = 0.25 * PI * in[0] * in[0];
  double air = in[3] * in[7] / (KD_AIR_GAS_CONSTANT * in[4]) / area;
  KD_CHECK(rig(&lift, &wall, in[0], in[5], in[6], in[8], in[4], 10.0 + 4.0 * in[3] / area) == KD_OK, work->err,
           KD_E_MODEL, "no friction law for a bore of %g m", in[0]);
  out[0] = area * kd_air_lift_water(&lift, air, in[2] * in[1], in[1], in[7]);
  out[1] = air * area;
out:
  return status;
}

/* Inputs: bore, injection_depth, lift_height, liquid_rate, density, viscosity, temperature, bottom_pressure,
 * top_pressure, drift. */
kd_status kd_eval_air_rate(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_air_lift lift;
  kd_wall_table wall;
  double area = 0.25 * PI * in[0] * in[0], flux = in[2] / area, air = 0;
  KD_CHECK(in[6] > in[7], work->err, KD_E_RANGE, "bottom_pressure %g Pa: must be above the top_pressure %g Pa", in[6],
           in[7]);
  KD_CHECK(rig(&lift, &wall, in[0], in[3], in[4], in[8], in[5], 60.0 * flux + 30.0) == KD_OK, work->err, KD_E_MODEL,
           "no friction law for a bore of %g m", in[0]);
  lift.liquid_flux = flux;
  KD_CHECK(kd_air_lift_air(&air, &lift, in[6], in[7], in[1]) == KD_OK, work->err, KD_E_INFEASIBLE,
           "height %g m: no air rate lifts %g m3/s through a bore of %g m from %g Pa; inject deeper or widen the bore",
           in[1], in[2], in[0], in[6]);
  out[0] = air * area;
  out[1] = kd_air_isothermal_power(out[0], in[7], in[6], in[5]);
out:
  return status;
}

/* Inputs: depth, slurry_density, water_density, gravity. */
kd_status kd_eval_static_head(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (in[1] - in[2]) * in[3] * in[0];
  out[1] = (in[1] - in[2]) / in[2] * in[0];
  return KD_OK;
}

/* Inputs: pressure, flow, pump_efficiency, motor_efficiency. */
kd_status kd_eval_pump_power(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[1];
  out[1] = out[0] / in[2];
  out[2] = out[1] / in[3];
  return KD_OK;
}

/* Inputs: pressure, solids, grain_density, pump_efficiency, motor_efficiency. */
kd_status kd_eval_lift_energy(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] / (in[1] * in[2]);
  out[1] = out[0] / (in[3] * in[4]);
  return KD_OK;
}

/* Inputs: length, bore, outer_diameter, material_density, modulus, yield_strength, joint_factor, head_mass, buoyancy,
 * contents_density, water_density, gravity. */
kd_status kd_eval_string(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[2] > in[1], work->err, KD_E_RANGE, "outer_diameter %g m: must be above the bore %g m", in[2], in[1]);
  kd_string string = {.length = in[0],
                      .bore = in[1],
                      .outer_diameter = in[2],
                      .density = in[3],
                      .modulus = in[4],
                      .yield = in[5],
                      .joint_factor = in[6],
                      .end_mass = in[7],
                      .buoyancy = in[8] * in[11],
                      .contents = in[9],
                      .water = in[10],
                      .gravity = in[11]};
  kd_string_state s;
  kd_string_solve(&s, &string);
  out[0] = s.mass, out[1] = s.weight_air, out[2] = s.weight_water, out[3] = s.weight_full, out[4] = s.top_stress;
  out[5] = s.utilisation, out[6] = s.stretch, out[7] = s.period_free, out[8] = s.period_locked;
out:
  return status;
}

/* Inputs: length, mass_per_length, stiffness, end_mass. */
kd_status kd_eval_axial_period(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_string_axial_period(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

/* Inputs: density, bulk_modulus, bore, wall, modulus. */
kd_status kd_eval_wave_speed(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_pressure_wave_speed(in[0], in[1], in[2], in[3], in[4]);
  return KD_OK;
}

/* Inputs: density, wave_speed, velocity_change. */
kd_status kd_eval_joukowsky(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_joukowsky_pressure(in[0], in[1], in[2]);
  return KD_OK;
}

/* Data kernel. Option: solids. */
kd_status kd_eval_rheology_table(kd_table **out, const kd_table *const *data, const double *options, kd_work *work) {
  kd_status status = KD_OK;
  kd_rheology fluid;
  kd_gel gel;
  KD_TRY(kd_rheology_from_table(&fluid, data[0], options[0], work->err));
  KD_TRY(kd_gel_from_table(&gel, data[0], options[0], work->err));
  KD_TRY(kd_table_create(out, work->ctx,
                         "solids [%vol], yield [Pa], consistency [Pa.s], index [1], static_yield [Pa], gel_time [s], "
                         "gel_exponent [1]",
                         1, work->err));
  double row[7] = {options[0], fluid.yield, fluid.consistency, fluid.index, gel.static_yield, gel.time, gel.exponent};
  for (size_t i = 0; i < 7; i++) (*out)->column[i].number[0] = row[i];
out:
  return status;
}
