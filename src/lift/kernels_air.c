// SPDX-License-Identifier: Apache-2.0
/* Kernels of gas in a riser: drift flux, friction of both phases, the air-lift both ways round. */
#include <math.h>

#include "base/error.h"
#include "lift/air.h"
#include "lift/air_lift.h"
#include "lift/kernels.h"

#define PI 3.14159265358979323846

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

static kd_status eval_surface_tension(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_water_surface_tension(in[0]);
  return KD_OK;
}

static kd_status eval_drift_slug(double *out, const double *in, kd_work *work) {
  double full[6] = {in[0], 1000.0, 1.2, 1e-3, 0.072, in[1]};
  return drift(out, full, KD_DRIFT_SLUG, work);
}

static kd_status eval_drift_large(double *out, const double *in, kd_work *work) {
  return drift(out, in, KD_DRIFT_LARGE_PIPE, work);
}

static kd_status eval_void(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = in[1] / (in[2] * (in[0] + in[1]) + in[3]);
  out[1] = kd_drift_void(in[2], in[3], in[0], in[1]);
  return KD_OK;
}

/* Inputs: density, gravity, liquid_flux, distribution, drift_velocity, air_flux, temperature, bottom, top. */
static kd_status eval_frictionless(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[7] > in[8], work->err, KD_E_RANGE, "bottom_pressure %g Pa: must be above the top_pressure %g Pa", in[7],
           in[8]);
  double gas = in[5] * KD_AIR_GAS_CONSTANT * in[6];
  out[0] = kd_air_lift_frictionless(in[0], in[1], in[2], in[3], in[4], gas, in[7], in[8]);
out:
  return status;
}

/* Inputs: bore, liquid_flux, gas_flux, density, gas_density, viscosity, gas_viscosity, surface_tension, gravity,
 * roughness, drift. */
static kd_status place(kd_two_phase *at, const double *in, kd_work *work) {
  *at = (kd_two_phase){.bore = in[0],
                       .roughness = in[9],
                       .liquid_flux = in[1],
                       .gas_flux = in[2],
                       .density = in[3],
                       .gas_density = in[4],
                       .viscosity = in[5],
                       .gas_viscosity = in[6],
                       .surface_tension = in[7],
                       .gravity = in[8]};
  if (in[4] < in[3]) return KD_OK;
  return kd_error_set(work->err, KD_E_RANGE, "gas_density %g kg/m3: must be below the density %g kg/m3", in[4], in[3]);
}

/* Laws that need the fluids alone bend to C0 = 1 over a void fraction of 0.75, as the air-lift takes them. */
static double void_of(double *c0, double *vd, const kd_two_phase *at, kd_drift_law law) {
  if (law > KD_DRIFT_VIANA) return kd_two_phase_void(c0, vd, at, law);
  kd_two_phase_drift(c0, vd, at, law, 0);
  return kd_drift_void(*c0, *vd, at->liquid_flux, at->gas_flux);
}

static kd_status eval_drift_law(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_two_phase at;
  KD_TRY(place(&at, in, work));
  out[2] = void_of(&out[0], &out[1], &at, (kd_drift_law)in[10]);
  out[3] = at.gas_flux > 0 ? at.gas_flux / out[2] : out[0] * at.liquid_flux + out[1];
  out[4] = at.liquid_flux / (1.0 - out[2]);
out:
  return status;
}

static kd_status eval_two_phase(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_two_phase at;
  double c0, vd;
  KD_TRY(place(&at, in, work));
  out[2] = void_of(&c0, &vd, &at, (kd_drift_law)in[10]);
  out[0] = kd_two_phase_friction(&at, (kd_two_phase_law)in[11], out[2]);
  const double mass = at.density * at.liquid_flux + at.gas_density * at.gas_flux;
  const double all =
      4.0 / at.bore * kd_newtonian_wall_stress(at.density, at.viscosity, at.bore, at.roughness, mass / at.density);
  out[1] = all > 0 ? out[0] / all : 1.0;
out:
  return status;
}

/* A riser of water-like slurry, for both directions of the question. */
static kd_status rig(kd_air_lift *lift, kd_wall_table *wall, double bore, double density, double viscosity,
                     double drift_law, double friction_law, double temperature, double fastest) {
  kd_pipe_flow flow = {.fluid = {0, viscosity, 1.0},
                       .density = density,
                       .bore = bore,
                       .carrier_viscosity = viscosity,
                       .law = KD_FRICTION_NEWTONIAN,
                       .transition = KD_TRANSITION_METZNER_REED};
  *lift = (kd_air_lift){.bore = bore,
                        .density = density,
                        .viscosity = viscosity,
                        .surface_tension = kd_water_surface_tension(temperature),
                        .gravity = 9.80665,
                        .wall = wall,
                        .temperature = temperature,
                        .drift = (kd_drift_law)(int)drift_law,
                        .friction = (kd_two_phase_law)(int)friction_law};
  return kd_wall_table_create(wall, &flow, 1e-3 * fastest, fastest, 2);
}

/* Inputs: bore, height, submergence, free_air, temperature, density, viscosity, top_pressure, drift, friction. */
static kd_status eval_water_rate(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_air_lift lift;
  kd_wall_table wall;
  double area = 0.25 * PI * in[0] * in[0];
  double air = in[3] * in[7] / (KD_AIR_GAS_CONSTANT * in[4]) / area;
  KD_CHECK(rig(&lift, &wall, in[0], in[5], in[6], in[8], in[9], in[4], 10.0 + 4.0 * in[3] / area) == KD_OK, work->err,
           KD_E_MODEL, "no friction law for a bore of %g m", in[0]);
  out[0] = area * kd_air_lift_water(&lift, air, in[2] * in[1], in[1], in[7]);
  out[1] = air * area;
out:
  return status;
}

/* Inputs: bore, injection_depth, lift_height, liquid_rate, density, viscosity, temperature, bottom_pressure,
 * top_pressure, drift, friction. */
static kd_status eval_air_rate(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_air_lift lift;
  kd_wall_table wall;
  double area = 0.25 * PI * in[0] * in[0], flux = in[2] / area, air = 0;
  KD_CHECK(in[6] > in[7], work->err, KD_E_RANGE, "bottom_pressure %g Pa: must be above the top_pressure %g Pa", in[6],
           in[7]);
  KD_CHECK(rig(&lift, &wall, in[0], in[3], in[4], in[8], in[9], in[5], 60.0 * flux + 30.0) == KD_OK, work->err,
           KD_E_MODEL, "no friction law for a bore of %g m", in[0]);
  lift.liquid_flux = flux;
  KD_CHECK(kd_air_lift_air(&air, &lift, in[6], in[7], in[1]) == KD_OK, work->err, KD_E_INFEASIBLE,
           "height %g m: no air rate lifts %g m3/s through a bore of %g m from %g Pa; inject deeper or widen the bore",
           in[1], in[2], in[0], in[6]);
  out[0] = air * area;
  out[1] = kd_air_isothermal_power(out[0], in[7], in[6], in[5]);
out:
  return status;
}

#define TWO_FLUIDS                                                                                                     \
  BORE, IN("liquid_flux", "m/s", NULL, "0 m/s", "100 m/s", "Superficial velocity of the liquid."),                     \
      IN("gas_flux", "m/s", NULL, "0 m/s", "1000 m/s", "Superficial velocity of the gas."), DENSITY,                   \
      IN("gas_density", "kg/m3", "1.204 kg/m3", "0 kg/m3 exclusive", "10000 kg/m3", "Density of the gas."), VISCOSITY, \
      IN("gas_viscosity", "Pa.s", "1.81e-5 Pa.s", "0 Pa.s exclusive", "1 Pa.s", "Dynamic viscosity of the gas."),      \
      IN("surface_tension", "N/m", "0.072 N/m", "0 N/m exclusive", "1 N/m", "Surface tension."), GRAVITY,              \
      IN("roughness", "m", "0 m", "0 m", "0.1 m", "Roughness of the wall.")

const kd_kernel kd_air_lift_kernels[] = {
    KERNEL("water.surface_tension", "Surface tension of pure water (IAPWS R1-76).",
           FIELDS(IN("temperature", "degC", NULL, "-20 degC", "373.9 degC", "Temperature.")),
           FIELDS(OUT("surface_tension", "N/m", "Against its vapour or air.")), eval_surface_tension),
    KERNEL("drift_flux.slug", "Drift-flux parameters of slug flow (Nicklin 1962): C0 1.2, 0.35 sqrt(g D).",
           FIELDS(BORE, GRAVITY),
           FIELDS(OUT("distribution", "1", "C0."), OUT("drift_velocity", "m/s", "Drift velocity.")), eval_drift_slug),
    KERNEL(
        "drift_flux.law",
        "Drift-flux parameters and void fraction of gas and liquid going up together, by a published law (Zuber and "
        "Findlay 1965: void_fraction = gas_flux/(distribution (liquid_flux + gas_flux) + drift_velocity)).",
        FIELDS(TWO_FLUIDS, FLOW_DRIFT),
        FIELDS(OUT("distribution", "1", "C0."), OUT("drift_velocity", "m/s", "Drift velocity."),
               OUT("void_fraction", "1", "Void fraction; the laws of pipe and fluids alone bend to C0 = 1 over 0.75."),
               OUT("gas_velocity", "m/s", "Of the gas."), OUT("liquid_velocity", "m/s", "Of the liquid.")),
        eval_drift_law),
    KERNEL("two_phase.friction",
           "Friction of gas and liquid going up together: slurry (the liquid at its own velocity), Friedel 1979, "
           "Muller-Steinhagen and Heck 1986, Lockhart and Martinelli 1949 with Chisholm's 20, homogeneous.",
           FIELDS(TWO_FLUIDS, FLOW_DRIFT, TWO_PHASE),
           FIELDS(OUT("gradient", "Pa/m", "Friction."),
                  OUT("multiplier", "1", "Over that of all the mass flux as liquid."),
                  OUT("void_fraction", "1", "By the drift-flux law; slurry friction depends on it.")),
           eval_two_phase),
    KERNEL("drift_flux.large_pipe",
           "Drift-flux parameters of a bubbling pool in wide pipes (Kataoka and Ishii 1987), C0 = 1.2 - 0.2 "
           "sqrt(gas_density/density).",
           FIELDS(BORE, DENSITY,
                  IN("gas_density", "kg/m3", NULL, "0 kg/m3 exclusive", "10000 kg/m3", "Density of the gas."),
                  VISCOSITY, IN("surface_tension", "N/m", "0.072 N/m", "0 N/m exclusive", "1 N/m", "Surface tension."),
                  GRAVITY),
           FIELDS(OUT("distribution", "1", "C0."), OUT("drift_velocity", "m/s", "Drift velocity.")), eval_drift_large),
    KERNEL(
        "drift_flux.void",
        "Void fraction from superficial velocities: jg/(C0 (jl + jg) + vd) (Zuber and Findlay 1965).",
        FIELDS(IN("liquid_flux", "m/s", NULL, "0 m/s", "1000 m/s", "Superficial velocity of the liquid."),
               IN("gas_flux", "m/s", NULL, "0 m/s", "1000 m/s", "Superficial velocity of the gas."),
               IN("distribution", "1", "1.2", "1", "2", "C0."),
               IN("drift_velocity", "m/s", NULL, "0 m/s exclusive", "10 m/s", "Drift velocity.")),
        FIELDS(OUT("void_fraction", "1", "Void fraction."),
               OUT("bent_void_fraction", "1",
                   "The same where C0 falls linearly to 1 from a void fraction of 0.75 up, as the air-lift takes it.")),
        eval_void),
    KERNEL("air_lift.frictionless_height",
           "Height of a frictionless isothermal column of slurry and weightless ideal air, closed form.",
           FIELDS(DENSITY, GRAVITY,
                  IN("liquid_flux", "m/s", NULL, "0 m/s", "100 m/s", "Superficial velocity of the slurry."),
                  IN("distribution", "1", "1.2", "1", "2", "C0."),
                  IN("drift_velocity", "m/s", NULL, "0 m/s exclusive", "10 m/s", "Drift velocity."),
                  IN("air_flux", "kg/m2/s", NULL, "0 kg/m2/s", "1e5 kg/m2/s", "Mass flux of air."),
                  IN("temperature", "degC", "15 degC", "-50 degC", "100 degC", "Temperature."),
                  IN("bottom_pressure", "Pa", NULL, "0 Pa exclusive", "200 MPa", "Absolute pressure at the bottom."),
                  IN("top_pressure", "Pa", "1 atm", "0 Pa exclusive", "200 MPa", "Absolute pressure at the top.")),
           FIELDS(OUT("height", "m", "Height.")), eval_frictionless),
    KERNEL("air_lift.water_rate", "Water that an air-lift rig delivers, with friction, real air and acceleration.",
           FIELDS(BORE,
                  IN("height", "m", NULL, "0 m exclusive", "12000 m",
                     "Length of the riser from the injection to the outlet."),
                  IN("submergence", "1", NULL, "0 exclusive", "0.999", "Submerged share of the riser."),
                  IN("free_air", "m3/s", NULL, "0 m3/s", "1000 m3/s", "Air at the top pressure and the temperature."),
                  IN("temperature", "degC", "20 degC", "-3 degC", "36 degC", "Temperature."),
                  IN("density", "kg/m3", "998.2 kg/m3", "500 kg/m3", "3000 kg/m3", "Density of the liquid."),
                  IN("viscosity", "Pa.s", "1.002 mPa.s", "1e-5 Pa.s", "10 Pa.s", "Viscosity of the liquid."),
                  IN("top_pressure", "Pa", "1 atm", "1e4 Pa", "10 MPa", "Absolute pressure at the outlet."), FLOW_DRIFT,
                  TWO_PHASE),
           FIELDS(OUT("water_rate", "m3/s", "Liquid delivered."), OUT("air_rate", "kg/s", "Air.")), eval_water_rate),
    KERNEL("air_lift.air_rate", "Least air that lifts a liquid rate over a height, and its isothermal power.",
           FIELDS(BORE, IN("height", "m", NULL, "0 m exclusive", "12000 m", "From the injection to the outlet."),
                  IN("liquid_rate", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Liquid."), DENSITY, VISCOSITY,
                  IN("temperature", "degC", "5 degC", "-3 degC", "36 degC", "Temperature."),
                  IN("bottom_pressure", "Pa", NULL, "0 Pa exclusive", "70 MPa", "Absolute pressure at the injection."),
                  IN("top_pressure", "Pa", "1 atm", "1e4 Pa", "70 MPa", "Absolute pressure at the outlet."), FLOW_DRIFT,
                  TWO_PHASE),
           FIELDS(OUT("air_rate", "kg/s", "Air."), OUT("isothermal_power", "kW", "Ideal isothermal work of that air.")),
           eval_air_rate),
    LAST_KERNEL};
