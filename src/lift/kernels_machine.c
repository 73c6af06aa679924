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

static kd_status eval_ruby_zanke(double *out, const double *in, kd_work *work) {
  out[0] = kd_settling_ruby_zanke(in[0], in[1], in[2], in[3], in[4]);
  out[1] = in[2] * out[0] * in[0] / in[3];
  return heavier(in, work);
}

static kd_status eval_rowe(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_settling_rowe_exponent(in[0]);
  return KD_OK;
}

static kd_status eval_hindered(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_settling_hindered(in[0], in[1], in[2]);
  return KD_OK;
}

static kd_status eval_suspended(double *out, const double *in, kd_work *work) {
  out[0] = kd_settling_suspended_diameter(in[0], in[1], in[2], in[3], in[4]);
  return heavier(in, work);
}

static kd_status eval_durand(double *out, const double *in, kd_work *work) {
  out[0] = kd_settling_durand_velocity(in[0], in[1], in[2], in[3], in[4]);
  return heavier(in, work);
}

/* Inputs: depth, slurry_density, water_density, gravity. */
static kd_status eval_static_head(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = (in[1] - in[2]) * in[3] * in[0];
  out[1] = (in[1] - in[2]) / in[2] * in[0];
  return KD_OK;
}

/* Inputs: pressure, flow, pump_efficiency, motor_efficiency. */
static kd_status eval_pump_power(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] * in[1];
  out[1] = out[0] / in[2];
  out[2] = out[1] / in[3];
  return KD_OK;
}

/* Inputs: pressure, solids, grain_density, pump_efficiency, motor_efficiency. */
static kd_status eval_lift_energy(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[0] / (in[1] * in[2]);
  out[1] = out[0] / (in[3] * in[4]);
  return KD_OK;
}

/* Inputs: length, bore, outer_diameter, material_density, modulus, yield_strength, joint_factor, head_mass, buoyancy,
 * contents_density, water_density, gravity. */
static kd_status eval_string(double *out, const double *in, kd_work *work) {
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
static kd_status eval_axial_period(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_string_axial_period(in[0], in[1], in[2], in[3]);
  return KD_OK;
}

/* Inputs: density, bulk_modulus, bore, wall, modulus. */
static kd_status eval_wave_speed(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_pressure_wave_speed(in[0], in[1], in[2], in[3], in[4]);
  return KD_OK;
}

/* Inputs: density, wave_speed, velocity_change. */
static kd_status eval_joukowsky(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_joukowsky_pressure(in[0], in[1], in[2]);
  return KD_OK;
}

/* Data kernel. Option: solids. */
static kd_status eval_rheology_table(kd_table **out, const kd_table *const *data, const double *options,
                                     kd_work *work) {
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

const kd_kernel kd_machine_kernels[] = {
    {.name = "lift.rheology.table",
     .summary = "Rheology at a share of solids from a table of measurements.",
     .inputs = (const kd_field[]){SOLIDS},
     .input_count = 1,
     .outputs = (const kd_field[]){OUT("solids", "%vol", "Share."), OUT("yield", "Pa", "Yield stress."),
                                   OUT("consistency", "Pa.s", "Consistency."), OUT("index", "1", "Flow index."),
                                   OUT("static_yield", "Pa", "Static yield stress, where the table tells it."),
                                   OUT("gel_time", "s", "Gel time, where the table tells it."),
                                   OUT("gel_exponent", "1", "Gel exponent, where the table tells it.")},
     .output_count = 7,
     .data =
         (const kd_data_slot[]){
             {.name = "measurements", .columns = KD_RHEOLOGY_COLUMNS, .doc = "Measured rheology by share of solids."}},
     .data_count = 1,
     .eval_table = eval_rheology_table},
    KERNEL(
        "settling.ruby_zanke",
        "Terminal velocity of a natural grain (Ruby 1933, Zanke 1977): 10 nu/d (sqrt(1 + R g d^3/(100 nu^2)) - 1).",
        FIELDS(IN("diameter", "m", NULL, "0 m exclusive", "1 m", "Grain."), GRAIN_DENSITY, DENSITY, VISCOSITY, GRAVITY),
        FIELDS(OUT("settling_velocity", "m/s", "Terminal velocity."),
               OUT("grain_reynolds", "1", "Reynolds number of the grain, v d/nu.")),
        eval_ruby_zanke),
    KERNEL("settling.rowe_exponent",
           "Exponent of hindered settling, (4.7 + 0.41 Re^0.75)/(1 + 0.175 Re^0.75) (Rowe 1987).",
           FIELDS(IN("grain_reynolds", "1", NULL, "0", "1e9", "Reynolds number of the grain.")),
           FIELDS(OUT("exponent", "1", "Exponent.")), eval_rowe),
    KERNEL("settling.hindered", "Settling velocity among other grains, v (1 - c)^b with the exponent of Rowe (1987).",
           FIELDS(IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Terminal velocity."),
                  IN("grain_reynolds", "1", NULL, "0", "1e9", "Reynolds number of the grain."),
                  IN("solids", "%vol", NULL, "0 %vol", "100 %vol", "Share of solids by volume.")),
           FIELDS(OUT("hindered_velocity", "m/s", "Hindered velocity.")), eval_hindered),
    KERNEL(
        "settling.suspended_diameter",
        "Largest grain that a yield stress holds up at rest: yield/(yield_number (grain_density - density) gravity).",
        FIELDS(IN("yield", "Pa", NULL, "0 Pa", "1e6 Pa", "Yield stress."), GRAIN_DENSITY, DENSITY, GRAVITY,
               IN("yield_number", "1", "0.055555555555555556", "0 exclusive", "10",
                  "Critical yield number; 0.048 to 0.061 in print, here 1/18.")),
        FIELDS(OUT("diameter", "m", "Grain.")), eval_suspended),
    KERNEL("settling.durand",
           "Velocity below which a bed forms in a horizontal leg: F sqrt(2 g D (grain_density/density - 1)) (Durand).",
           FIELDS(BORE, GRAIN_DENSITY, DENSITY,
                  IN("durand_factor", "1", "1.34", "0.1", "5", "Durand's limit factor F_L."), GRAVITY),
           FIELDS(OUT("deposition_velocity", "m/s", "Velocity.")), eval_durand),
    KERNEL("static_head",
           "Excess pressure of a column of slurry over one of water, (slurry_density - water_density) g depth.",
           FIELDS(IN("depth", "m", NULL, "0 m", "12000 m", "Height of both columns."),
                  IN("slurry_density", "kg/m3", NULL, "0 kg/m3 exclusive", "10000 kg/m3", "Density of the slurry."),
                  IN("water_density", "kg/m3", NULL, "0 kg/m3 exclusive", "2000 kg/m3", "Density of the water."),
                  GRAVITY),
           FIELDS(OUT("pressure", "Pa", "Excess pressure."),
                  OUT("head", "m", "The same as a height of water: pressure/(water_density g).")),
           eval_static_head),
    KERNEL("pump.power",
           "Hydraulic, shaft and electric power of a pump: pressure flow, over pump_efficiency, over motor_efficiency.",
           FIELDS(IN("pressure", "Pa", NULL, "0 Pa", "1 GPa", "Pressure rise."),
                  IN("flow", "m3/s", NULL, "0 m3/s", "1e4 m3/s", "Flow."),
                  IN("pump_efficiency", "1", "1", "0 exclusive", "1", "Pump efficiency."),
                  IN("motor_efficiency", "1", "1", "0 exclusive", "1", "Motor efficiency.")),
           FIELDS(OUT("hydraulic_power", "kW", "Hydraulic."), OUT("shaft_power", "kW", "Shaft."),
                  OUT("power", "kW", "Electric.")),
           eval_pump_power),
    KERNEL("pump.energy", "Energy for each dry mass: pressure/(solids grain_density), before and after losses.",
           FIELDS(IN("pressure", "Pa", NULL, "0 Pa", "1 GPa", "Pressure rise."), SOLIDS, GRAIN_DENSITY,
                  IN("pump_efficiency", "1", "1", "0 exclusive", "1", "Pump efficiency."),
                  IN("motor_efficiency", "1", "1", "0 exclusive", "1", "Motor efficiency.")),
           FIELDS(OUT("hydraulic_energy", "kWh/t", "Hydraulic."), OUT("energy", "kWh/t", "Electric.")),
           eval_lift_energy),
    KERNEL("string.state", "Weights, tension, stress, stretch and first axial periods of a uniform string.",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."), BORE,
                  IN("outer_diameter", "m", NULL, "0 m exclusive", "10 m", "Outer diameter."),
                  IN("material_density", "kg/m3", "7850 kg/m3", "100 kg/m3", "25000 kg/m3", "Density of the wall."),
                  IN("modulus", "Pa", "207 GPa", "1 MPa", "1000 GPa", "Modulus of elasticity."),
                  IN("yield_strength", "Pa", "758 MPa", "1 MPa", "10 GPa", "Yield strength."),
                  IN("joint_factor", "1", "1", "1", "3", "Mass with tool joints over plain pipe."),
                  IN("head_mass", "kg", "0 t", "0 t", "1e5 t",
                     "Head at the foot, in air; floats as the wall material does."),
                  IN("buoyancy", "kg", "0 t", "0 t", "1e5 t", "Net lift of floats in water, as a mass."),
                  IN("contents_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "5000 kg/m3", "Density of the contents."),
                  IN("water_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "2000 kg/m3", "Density of the sea."), GRAVITY),
           FIELDS(OUT("mass", "t", "Mass of the pipe with joints, without head."),
                  OUT("weight_air", "MN", "In air: pipe and head, empty."),
                  OUT("weight_water", "MN", "In water and full of it: (mass + head) g (1 - water/material) - floats."),
                  OUT("top_tension", "MN",
                      "Effective tension at the top: weight_water + (contents - water) bore area length g."),
                  OUT("top_stress", "MPa", "top_tension over the wall area."),
                  OUT("utilisation", "1", "top_stress over yield_strength."),
                  OUT("stretch", "m", "Stretch under its own weight and the head: w L^2/(2 E A) + W L/(E A)."),
                  OUT("period_free", "s", "First axial period, steel and head alone."),
                  OUT("period_locked", "s", "The same with the contents carried along.")),
           eval_string),
    KERNEL("string.axial_period",
           "First axial period of a bar held at the top with a mass at its foot: 2 pi L/(x c), x tan x = m L/M, c = "
           "sqrt(EA/m).",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."),
                  IN("mass_per_length", "kg/m", NULL, "0 kg/m exclusive", "1e5 kg/m", "Mass of the bar."),
                  IN("stiffness", "N", NULL, "0 N exclusive", "1e15 N", "Axial stiffness E A."),
                  IN("head_mass", "kg", "0 t", "0 t", "1e6 t", "Mass at the foot.")),
           FIELDS(OUT("period", "s", "Period.")), eval_axial_period),
    KERNEL("transient.wave_speed",
           "Speed of a pressure wave in a thin elastic pipe: sqrt(K/rho)/sqrt(1 + K D/(E e)), no correction for "
           "anchoring.",
           FIELDS(DENSITY, IN("bulk_modulus", "Pa", NULL, "0 Pa exclusive", "1000 GPa", "Bulk modulus of the fluid."),
                  BORE, IN("wall", "m", NULL, "0 m exclusive", "1 m", "Wall thickness e."),
                  IN("modulus", "Pa", "207 GPa", "1 MPa", "1000 GPa", "Modulus of the pipe.")),
           FIELDS(OUT("wave_speed", "m/s", "Wave speed.")), eval_wave_speed),
    KERNEL("transient.joukowsky",
           "Pressure of a sudden change of velocity: density wave_speed velocity_change (Joukowsky 1898).",
           FIELDS(DENSITY, IN("wave_speed", "m/s", NULL, "0 m/s exclusive", "1e5 m/s", "Wave speed."),
                  IN("velocity_change", "m/s", NULL, "-1000 m/s", "1000 m/s", "Change of velocity.")),
           FIELDS(OUT("pressure", "Pa", "Pressure rise, with the sign of velocity_change.")), eval_joukowsky),
    LAST_KERNEL};
