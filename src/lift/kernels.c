// SPDX-License-Identifier: Apache-2.0
/* Every equation of the lift as a kernel: name, columns in, columns out, evaluation. */
#include "lift/kernels.h"

#include <assert.h>

#include "lift/air_lift.h"
#include "lift/friction.h"
#include "lift/lift_table.h"
#include "lift/rheology.h"
#include "lift/sea.h"

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
#define BORE          IN("bore", "m", NULL, "0 m exclusive", "100 m", "Bore of the pipe.")
#define VELOCITY      IN("velocity", "m/s", NULL, "0 m/s exclusive", "1000 m/s", "Mean velocity.")
#define SPEED         IN("velocity", "m/s", NULL, "0 m/s", "1000 m/s", "Mean velocity; at rest the answer is the yield stress.")
#define DENSITY       IN("density", "kg/m3", NULL, "0 kg/m3 exclusive", "30000 kg/m3", "Density of the fluid.")
#define YIELD         IN("yield", "Pa", "0 Pa", "0 Pa", "1e8 Pa", "Yield stress.")
#define CONSISTENCY   IN("consistency", "Pa.s", NULL, "0 Pa.s exclusive", "1e8 Pa.s", "Consistency, Pa s^n.")
#define INDEX         IN("index", "1", "1", "0.02", "5", "Flow index.")
#define FLUID         YIELD, CONSISTENCY, INDEX
#define VISCOSITY     IN("viscosity", "Pa.s", NULL, "0 Pa.s exclusive", "1e8 Pa.s", "Dynamic (plastic) viscosity.")
#define GRAVITY       IN("gravity", "m/s2", "9.80665 m/s2", "0 m/s2 exclusive", "100 m/s2", "Gravity.")
#define GRAIN_DENSITY IN("grain_density", "kg/m3", NULL, "0 kg/m3 exclusive", "30000 kg/m3", "Density of the grain.")
#define WALL_STRESS   OUT("wall_stress", "Pa", "Stress at the wall.")
#define STRESS_AND_FACTORS                                                                                             \
  WALL_STRESS, OUT("darcy_factor", "1", "Darcy friction factor."),                                                     \
      OUT("fanning_factor", "1", "Fanning friction factor, a quarter of Darcy's.")
#define CRITICAL          OUT("critical_velocity", "m/s", "Velocity at which laminar flow ends.")
#define ABSOLUTE_SALINITY IN("absolute_salinity", "g/kg", NULL, "0 g/kg", "120 g/kg", "Absolute salinity.")
#define IN_SITU           IN("temperature", "degC", NULL, "-3 degC", "180 degC", "In-situ temperature.")
#define SEA_PRESSURE      IN("pressure", "dbar", "0 dbar", "0 dbar", "12000 dbar", "Sea pressure, above one atmosphere.")
#define REYNOLDS          IN("reynolds", "1", NULL, "0 exclusive", "1e12", "Reynolds number.")
#define ROUGHNESS         IN("relative_roughness", "1", "0", "0", "0.5", "Roughness over bore.")
#define DRIFT             WORD("drift", KD_DRIFT_LAWS, "auto", "Drift-flux law.")
#define SOLIDS            IN("solids", "%vol", NULL, "0 %vol exclusive", "74 %vol", "Share of solids by volume.")

const kd_kernel kd_lift_kernels[KD_LIFT_KERNELS] = {
    /* water and air */
    KERNEL("seawater.density", "Density of sea water, TEOS-10 75-term polynomial (Roquet et al. 2015).",
           FIELDS(ABSOLUTE_SALINITY,
                  IN("conservative_temperature", "degC", NULL, "-6 degC", "45 degC", "Conservative temperature."),
                  SEA_PRESSURE),
           FIELDS(OUT("density", "kg/m3", "In-situ density.")), kd_eval_density),
    KERNEL("seawater.absolute_salinity", "Absolute from practical salinity at reference composition.",
           FIELDS(IN("salinity", "1", NULL, "0", "120", "Practical salinity.")),
           FIELDS(OUT("absolute_salinity", "g/kg", "Absolute salinity.")), kd_eval_absolute_salinity),
    KERNEL("seawater.potential_temperature", "Potential temperature of in-situ temperature.",
           FIELDS(ABSOLUTE_SALINITY, IN_SITU, SEA_PRESSURE),
           FIELDS(OUT("potential_temperature", "degC", "Potential temperature, reference surface.")),
           kd_eval_potential_temperature),
    KERNEL("seawater.conservative_temperature", "Conservative temperature of in-situ temperature (TEOS-10).",
           FIELDS(ABSOLUTE_SALINITY, IN_SITU, SEA_PRESSURE),
           FIELDS(OUT("conservative_temperature", "degC", "Conservative temperature.")),
           kd_eval_conservative_temperature),
    KERNEL("seawater.viscosity", "Dynamic viscosity of sea water at one atmosphere (Sharqawy et al. 2010).",
           FIELDS(ABSOLUTE_SALINITY, IN_SITU), FIELDS(OUT("viscosity", "Pa.s", "Dynamic viscosity.")),
           kd_eval_seawater_viscosity),
    KERNEL("gravity", "Gravity by latitude and depth.",
           FIELDS(IN("latitude", "deg", NULL, "-90 deg", "90 deg", "Latitude."),
                  IN("depth", "m", "0 m", "-100 m", "12000 m", "Depth.")),
           FIELDS(OUT("gravity", "m/s2", "Gravity.")), kd_eval_gravity),
    {.name = "lift.sea.column",
     .summary = "Pressure and density down a profile of temperature and salinity.",
     .inputs = (const kd_field[]){IN("latitude", "deg", "22.95 deg", "-90 deg", "90 deg", "Latitude."),
                                  IN("depth", "m", "6000 m", "1 m", "12000 m", "Lowest depth."),
                                  IN("step", "m", "100 m", "0.1 m", "12000 m", "Distance of the rows.")},
     .input_count = 3,
     .outputs = (const kd_field[]){OUT("depth", "m", "Depth."), OUT("temperature", "degC", "In-situ temperature."),
                                   OUT("conservative_temperature", "degC", "Conservative temperature."),
                                   OUT("absolute_salinity", "g/kg", "Absolute salinity."),
                                   OUT("pressure", "MPa", "Sea pressure."), OUT("density", "kg/m3", "Density.")},
     .output_count = 6,
     .data =
         (const kd_data_slot[]){{"profile", KD_SEA_COLUMNS, "In-situ temperature and practical salinity by depth."}},
     .data_count = 1,
     .eval_table = kd_eval_sea_column},
    KERNEL("air.compressibility", "Compressibility factor and density of air (Lemmon et al. 2000).",
           FIELDS(IN("pressure", "MPa", NULL, "0 MPa exclusive", "200 MPa", "Absolute pressure."),
                  IN("temperature", "degC", NULL, "-73 degC", "1000 degC", "Temperature.")),
           FIELDS(OUT("compressibility", "1", "p/(rho R T)."), OUT("density", "kg/m3", "Density.")),
           kd_eval_compressibility),
    KERNEL("air.compressibility_fit", "The polynomial for the inner loops, fitted to lift.air.compressibility.",
           FIELDS(IN("pressure", "MPa", NULL, "0 MPa exclusive", "70 MPa", "Absolute pressure."),
                  IN("temperature", "degC", NULL, "-3.15 degC", "36.85 degC", "Temperature.")),
           FIELDS(OUT("compressibility", "1", "p/(rho R T).")), kd_eval_compressibility_fit),
    KERNEL(
        "air.compressor_power", "Ideal work of compression, isothermal and polytropic in cooled stages.",
        FIELDS(IN("air_rate", "kg/s", NULL, "0 kg/s", "1e4 kg/s", "Air."),
               IN("inlet_pressure", "Pa", "1 atm", "0 Pa exclusive", "100 MPa", "Absolute pressure at the inlet."),
               IN("outlet_pressure", "Pa", NULL, "0 Pa exclusive", "200 MPa", "Absolute pressure at the outlet."),
               IN("temperature", "degC", "25 degC", "-60 degC", "100 degC", "Temperature at the inlet of each stage."),
               IN("polytropic_exponent", "1", "1.3", "1.0001", "1.67", "Polytropic exponent."),
               IN("stages", "1", "6", "1", "50", "Stages in series.")),
        FIELDS(OUT("isothermal_power", "kW", "Isothermal."), OUT("polytropic_power", "kW", "Polytropic.")),
        kd_eval_compressor),
    KERNEL("slurry.density", "Density of a slurry and its water per dry mass.",
           FIELDS(SOLIDS, GRAIN_DENSITY,
                  IN("water_density", "kg/m3", NULL, "0 kg/m3 exclusive", "3000 kg/m3", "Density of the water.")),
           FIELDS(OUT("density", "kg/m3", "Density of the slurry."),
                  OUT("water_ratio", "1", "Mass of water per dry mass.")),
           kd_eval_slurry_density),
    /* pipe wall */
    KERNEL("herschel_bulkley.wall_stress", "Laminar wall stress of a Herschel-Bulkley fluid, exact.",
           FIELDS(BORE, SPEED, FLUID), FIELDS(WALL_STRESS), kd_eval_hb_wall_stress),
    KERNEL("herschel_bulkley.velocity", "Mean velocity of laminar flow for a wall stress, exact.",
           FIELDS(BORE, IN("wall_stress", "Pa", NULL, "0 Pa", "1e9 Pa", "Stress at the wall."), FLUID),
           FIELDS(OUT("velocity", "m/s", "Mean velocity; 0 up to the yield stress.")), kd_eval_hb_velocity),
    KERNEL("herschel_bulkley.plug", "Plug of laminar flow: diameter, velocity, shear rate at the wall.",
           FIELDS(BORE, IN("wall_stress", "Pa", NULL, "0 Pa exclusive", "1e9 Pa", "Stress at the wall."), FLUID),
           FIELDS(OUT("plug_diameter", "m", "Diameter of the unsheared plug."),
                  OUT("plug_velocity", "m/s", "Its velocity."), OUT("wall_rate", "Hz", "Shear rate at the wall.")),
           kd_eval_hb_plug),
    KERNEL("newtonian.colebrook", "Darcy factor of turbulent flow (Colebrook 1939).", FIELDS(REYNOLDS, ROUGHNESS),
           FIELDS(OUT("darcy_factor", "1", "Darcy friction factor.")), kd_eval_colebrook),
    KERNEL("newtonian.churchill", "Darcy factor for all Reynolds numbers (Churchill 1977).",
           FIELDS(REYNOLDS, ROUGHNESS), FIELDS(OUT("darcy_factor", "1", "Darcy friction factor.")), kd_eval_churchill),
    KERNEL("newtonian.wall_stress", "Wall stress of Newtonian flow: 64/Re, a blend from 2,000 to 4,000, Colebrook.",
           FIELDS(BORE, VELOCITY, DENSITY, VISCOSITY, IN("roughness", "m", "0 m", "0 m", "0.1 m", "Roughness.")),
           FIELDS(STRESS_AND_FACTORS, OUT("reynolds", "1", "Reynolds number.")), kd_eval_newtonian),
    KERNEL("wilson_thomas.wall_stress", "Turbulent, smooth wall (Wilson and Thomas 1985).",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID), FIELDS(STRESS_AND_FACTORS), kd_eval_wilson_thomas),
    KERNEL("slatter.wall_stress", "Turbulent, wall as rough as the grains (Slatter 1995).",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID,
                  IN("d85", "m", NULL, "0 m exclusive", "1 m", "Grain size that 85 % pass.")),
           FIELDS(STRESS_AND_FACTORS), kd_eval_slatter),
    KERNEL("dodge_metzner.wall_stress",
           "Turbulent, local index of the laminar curve at this velocity (Dodge and Metzner 1959).",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID), FIELDS(STRESS_AND_FACTORS), kd_eval_dodge_metzner),
    KERNEL(
        "darby_melson.wall_stress", "Bingham fluid, laminar and turbulent (Darby and Melson 1981).",
        FIELDS(BORE, VELOCITY, DENSITY, YIELD, VISCOSITY),
        FIELDS(STRESS_AND_FACTORS, OUT("reynolds", "1", "Reynolds number."), OUT("hedstrom", "1", "Hedstrom number.")),
        kd_eval_darby_melson),
    KERNEL("transition.slatter", "End of laminar flow, Re3 = 2,100 (Slatter 1995).", FIELDS(BORE, DENSITY, FLUID),
           FIELDS(CRITICAL), kd_eval_critical_slatter),
    KERNEL("transition.metzner_reed", "End of laminar flow, Re2 = 2,100 (Metzner and Reed 1955).",
           FIELDS(BORE, DENSITY, FLUID), FIELDS(CRITICAL), kd_eval_critical_metzner_reed),
    KERNEL("transition.ryan_johnson", "End of laminar flow, Z = 808 (Ryan and Johnson 1959).",
           FIELDS(BORE, DENSITY, FLUID), FIELDS(CRITICAL), kd_eval_critical_ryan_johnson),
    KERNEL("transition.hanks", "End of laminar flow of a Bingham fluid (Hanks 1963).",
           FIELDS(BORE, DENSITY, YIELD, VISCOSITY),
           FIELDS(CRITICAL, OUT("critical_reynolds", "1", "Reynolds number there.")), kd_eval_critical_hanks),
    KERNEL("transition.wilson_thomas", "End of laminar flow, 19 sqrt(yield/density), large pipes.",
           FIELDS(DENSITY, IN("yield", "Pa", NULL, "0 Pa exclusive", "1e8 Pa", "Yield stress.")), FIELDS(CRITICAL),
           kd_eval_critical_wilson_thomas),
    KERNEL(
        "reynolds", "Reynolds numbers of the criteria, each 2,100 where laminar flow ends.",
        FIELDS(BORE, VELOCITY, DENSITY, FLUID),
        FIELDS(OUT("slatter", "1", "Re3."), OUT("metzner_reed", "1", "Re2."), OUT("ryan_johnson", "1", "2,100 Z/808.")),
        kd_eval_reynolds),
    KERNEL("wall_stress",
           "The combined wall law: laminar exact, a named turbulent law, a smooth step over 2,100-3,000.",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID, WORD("friction", KD_FRICTION_LAWS, "wilson_thomas", "Turbulent law."),
                  WORD("transition", KD_TRANSITION_LAWS, "slatter", "Criterion."),
                  IN("d85", "m", "0 m", "0 m", "1 m", "Grain size for the law of Slatter."),
                  IN("carrier_viscosity", "Pa.s", "0 Pa.s", "0 Pa.s", "1 Pa.s",
                     "Turbulent stress never falls below that of this fluid."),
                  IN("roughness", "m", "0 m", "0 m", "0.1 m", "Roughness.")),
           FIELDS(WALL_STRESS, OUT("reynolds", "1", "Reynolds number of the criterion."),
                  OUTWORD("regime", KD_REGIMES, "Regime.")),
           kd_eval_wall_stress),
    /* rheology and gel */
    KERNEL("rheology.starter", "Starter law: exponential in the share of solids.",
           FIELDS(SOLIDS, IN("yield_at_zero", "Pa", "0.02 Pa", "0 Pa", "1e4 Pa", "Yield stress at no solids."),
                  IN("yield_growth", "1", "45", "-1000", "1000", "Growth with the share."),
                  IN("consistency_at_zero", "Pa.s", "0.002 Pa.s", "0 Pa.s", "1e4 Pa.s", "Consistency at no solids."),
                  IN("consistency_growth", "1", "30", "-1000", "1000", "Growth with the share."),
                  IN("index_slope", "1", "5", "-100", "100", "Fall of the index with the share."),
                  IN("index_floor", "1", "0.35", "0.01", "2", "Lowest index.")),
           FIELDS(OUT("yield", "Pa", "Yield stress."), OUT("consistency", "Pa.s", "Consistency."),
                  OUT("index", "1", "Flow index.")),
           kd_eval_starter),
    KERNEL("rheology.liquidity_index", "Law by liquidity index (after Locat and Demers 1988).",
           FIELDS(SOLIDS,
                  IN("grain_density", "kg/m3", "2600 kg/m3", "1000 kg/m3", "10000 kg/m3", "Density of the grains."),
                  IN("water_density", "kg/m3", "1040 kg/m3", "900 kg/m3", "1300 kg/m3", "Density of the water."),
                  IN("liquid_limit", "1", "1.1", "0.01", "10", "Liquid limit."),
                  IN("plastic_limit", "1", "0.5", "0", "9", "Plastic limit."),
                  IN("stress_factor", "1", "2", "1 exclusive", "1000", "Stress at 100 1/s over the yield stress."),
                  IN("index", "1", "0.45", "0.02", "2", "Flow index."),
                  IN("water_viscosity", "Pa.s", "1.6 mPa.s", "0 Pa.s", "0.1 Pa.s", "Viscosity of the water.")),
           FIELDS(OUT("liquidity_index", "1", "Liquidity index."), OUT("yield", "Pa", "Yield stress."),
                  OUT("consistency", "Pa.s", "Consistency."), OUT("index", "1", "Flow index."),
                  OUT("plastic_viscosity", "Pa.s", "Plastic viscosity of the Bingham form.")),
           kd_eval_liquidity_index),
    {.name = "lift.rheology.table",
     .summary = "Rheology at a share of solids from a table of measurements.",
     .inputs = (const kd_field[]){SOLIDS},
     .input_count = 1,
     .outputs = (const kd_field[]){OUT("solids", "%vol", "Share."), OUT("yield", "Pa", "Yield stress."),
                                   OUT("consistency", "Pa.s", "Consistency."), OUT("index", "1", "Flow index.")},
     .output_count = 4,
     .data = (const kd_data_slot[]){{"measurements", KD_RHEOLOGY_COLUMNS, "Measured rheology by share of solids."}},
     .data_count = 1,
     .eval_table = kd_eval_rheology_table},
    KERNEL("gel.static_yield", "Static yield stress after a rest.",
           FIELDS(IN("fresh", "Pa", NULL, "0 Pa", "1e6 Pa", "At no rest."),
                  IN("aged", "Pa", NULL, "0 Pa", "1e6 Pa", "After a long rest."),
                  IN("gel_time", "s", NULL, "0 s exclusive", "1e9 s", "Time to half of the growth."),
                  IN("gel_exponent", "1", "1", "0.01", "10", "Exponent."),
                  IN("rest", "s", NULL, "0 s", "1e10 s", "Rest.")),
           FIELDS(OUT("static_yield", "Pa", "Static yield stress.")), kd_eval_gel),
    KERNEL("gel.restart_pressure", "Pressure that breaks a gelled column, with its static part.",
           FIELDS(IN("static_yield", "Pa", NULL, "0 Pa", "1e6 Pa", "Static yield stress."),
                  IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length of the column."), BORE,
                  IN("static_pressure", "Pa", "0 Pa", "-1 GPa", "1 GPa", "Static part.")),
           FIELDS(OUT("restart_pressure", "Pa", "Restart pressure.")), kd_eval_restart),
    /* grains */
    KERNEL(
        "settling.ruby_zanke", "Terminal velocity of a natural grain.",
        FIELDS(IN("diameter", "m", NULL, "0 m exclusive", "1 m", "Grain."), GRAIN_DENSITY, DENSITY, VISCOSITY, GRAVITY),
        FIELDS(OUT("settling_velocity", "m/s", "Terminal velocity."),
               OUT("grain_reynolds", "1", "Reynolds number of the grain.")),
        kd_eval_ruby_zanke),
    KERNEL("settling.rowe_exponent", "Exponent of hindered settling (Rowe 1987).",
           FIELDS(IN("grain_reynolds", "1", NULL, "0", "1e9", "Reynolds number of the grain.")),
           FIELDS(OUT("exponent", "1", "Exponent.")), kd_eval_rowe),
    KERNEL("settling.hindered", "Settling velocity among other grains.",
           FIELDS(IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Terminal velocity."),
                  IN("grain_reynolds", "1", NULL, "0", "1e9", "Reynolds number of the grain."),
                  IN("solids", "%vol", NULL, "0 %vol", "100 %vol", "Share of solids by volume.")),
           FIELDS(OUT("hindered_velocity", "m/s", "Hindered velocity.")), kd_eval_hindered),
    KERNEL("settling.suspended_diameter", "Largest grain that a yield stress holds up at rest.",
           FIELDS(IN("yield", "Pa", NULL, "0 Pa", "1e6 Pa", "Yield stress."), GRAIN_DENSITY, DENSITY, GRAVITY),
           FIELDS(OUT("diameter", "m", "Grain.")), kd_eval_suspended),
    KERNEL(
        "settling.durand", "Velocity below which a bed forms in a horizontal leg (Durand).",
        FIELDS(BORE, GRAIN_DENSITY, DENSITY, IN("durand_factor", "1", "1.34", "0.1", "5", "Durand's factor."), GRAVITY),
        FIELDS(OUT("deposition_velocity", "m/s", "Velocity.")), kd_eval_durand),
    /* air-lift */
    KERNEL("drift_flux.slug", "Drift-flux parameters of slug flow (Nicklin 1962).", FIELDS(BORE, GRAVITY),
           FIELDS(OUT("distribution", "1", "C0."), OUT("drift_velocity", "m/s", "Drift velocity.")),
           kd_eval_drift_slug),
    KERNEL(
        "drift_flux.large_pipe", "Drift-flux parameters in wide pipes (Kataoka and Ishii 1987).",
        FIELDS(BORE, DENSITY,
               IN("gas_density", "kg/m3", NULL, "0 kg/m3 exclusive", "10000 kg/m3", "Density of the gas."), VISCOSITY,
               IN("surface_tension", "N/m", "0.072 N/m", "0 N/m exclusive", "1 N/m", "Surface tension."), GRAVITY),
        FIELDS(OUT("distribution", "1", "C0."), OUT("drift_velocity", "m/s", "Drift velocity.")), kd_eval_drift_large),
    KERNEL("drift_flux.void", "Void fraction from superficial velocities (Zuber and Findlay 1965).",
           FIELDS(IN("liquid_flux", "m/s", NULL, "0 m/s", "1000 m/s", "Superficial velocity of the liquid."),
                  IN("gas_flux", "m/s", NULL, "0 m/s", "1000 m/s", "Superficial velocity of the gas."),
                  IN("distribution", "1", "1.2", "1", "2", "C0."),
                  IN("drift_velocity", "m/s", NULL, "0 m/s exclusive", "10 m/s", "Drift velocity.")),
           FIELDS(OUT("void_fraction", "1", "Void fraction.")), kd_eval_void),
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
           FIELDS(OUT("height", "m", "Height.")), kd_eval_frictionless),
    KERNEL("air_lift.water_rate", "Water that an air-lift rig delivers, with friction, real air and acceleration.",
           FIELDS(BORE,
                  IN("height", "m", NULL, "0 m exclusive", "12000 m",
                     "Length of the riser from the injection to the outlet."),
                  IN("submergence", "1", NULL, "0 exclusive", "0.999", "Submerged share of the riser."),
                  IN("free_air", "m3/s", NULL, "0 m3/s", "1000 m3/s", "Air at the top pressure and the temperature."),
                  IN("temperature", "degC", "20 degC", "-3 degC", "36 degC", "Temperature."),
                  IN("density", "kg/m3", "998.2 kg/m3", "500 kg/m3", "3000 kg/m3", "Density of the liquid."),
                  IN("viscosity", "Pa.s", "1.002 mPa.s", "1e-5 Pa.s", "10 Pa.s", "Viscosity of the liquid."),
                  IN("top_pressure", "Pa", "1 atm", "1e4 Pa", "10 MPa", "Absolute pressure at the outlet."), DRIFT),
           FIELDS(OUT("water_rate", "m3/s", "Liquid delivered."), OUT("air_rate", "kg/s", "Air.")), kd_eval_water_rate),
    KERNEL("air_lift.air_rate", "Least air that lifts a liquid rate over a height, and its isothermal power.",
           FIELDS(BORE, IN("height", "m", NULL, "0 m exclusive", "12000 m", "From the injection to the outlet."),
                  IN("liquid_rate", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Liquid."), DENSITY, VISCOSITY,
                  IN("temperature", "degC", "5 degC", "-3 degC", "36 degC", "Temperature."),
                  IN("bottom_pressure", "Pa", NULL, "0 Pa exclusive", "70 MPa", "Absolute pressure at the injection."),
                  IN("top_pressure", "Pa", "1 atm", "1e4 Pa", "70 MPa", "Absolute pressure at the outlet."), DRIFT),
           FIELDS(OUT("air_rate", "kg/s", "Air."), OUT("isothermal_power", "kW", "Ideal isothermal work of that air.")),
           kd_eval_air_rate),
    /* pumps */
    KERNEL("static_head", "Excess pressure of a column of slurry over one of water.",
           FIELDS(IN("depth", "m", NULL, "0 m", "12000 m", "Height of both columns."),
                  IN("slurry_density", "kg/m3", NULL, "0 kg/m3 exclusive", "10000 kg/m3", "Density of the slurry."),
                  IN("water_density", "kg/m3", NULL, "0 kg/m3 exclusive", "2000 kg/m3", "Density of the water."),
                  GRAVITY),
           FIELDS(OUT("pressure", "Pa", "Excess pressure."), OUT("head", "m", "The same as a height of the water.")),
           kd_eval_static_head),
    KERNEL("pump.power", "Hydraulic, shaft and electric power.",
           FIELDS(IN("pressure", "Pa", NULL, "0 Pa", "1 GPa", "Pressure rise."),
                  IN("flow", "m3/s", NULL, "0 m3/s", "1e4 m3/s", "Flow."),
                  IN("pump_efficiency", "1", "1", "0 exclusive", "1", "Pump efficiency."),
                  IN("motor_efficiency", "1", "1", "0 exclusive", "1", "Motor efficiency.")),
           FIELDS(OUT("hydraulic_power", "kW", "Hydraulic."), OUT("shaft_power", "kW", "Shaft."),
                  OUT("power", "kW", "Electric.")),
           kd_eval_pump_power),
    KERNEL("pump.energy", "Energy for each dry mass: pressure/(solids grain_density), before and after losses.",
           FIELDS(IN("pressure", "Pa", NULL, "0 Pa", "1 GPa", "Pressure rise."), SOLIDS, GRAIN_DENSITY,
                  IN("pump_efficiency", "1", "1", "0 exclusive", "1", "Pump efficiency."),
                  IN("motor_efficiency", "1", "1", "0 exclusive", "1", "Motor efficiency.")),
           FIELDS(OUT("hydraulic_energy", "kWh/t", "Hydraulic."), OUT("energy", "kWh/t", "Electric.")),
           kd_eval_lift_energy),
    /* string */
    KERNEL("string.state", "Weights, tension, stress, stretch and first axial periods of a uniform string.",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."), BORE,
                  IN("outer_diameter", "m", NULL, "0 m exclusive", "10 m", "Outer diameter."),
                  IN("material_density", "kg/m3", "7850 kg/m3", "100 kg/m3", "25000 kg/m3", "Density of the wall."),
                  IN("modulus", "Pa", "207 GPa", "1 MPa", "1000 GPa", "Modulus of elasticity."),
                  IN("yield_strength", "Pa", "758 MPa", "1 MPa", "10 GPa", "Yield strength."),
                  IN("joint_factor", "1", "1", "1", "3", "Mass with tool joints over plain pipe."),
                  IN("head_mass", "kg", "0 t", "0 t", "1e5 t", "Head at the foot."),
                  IN("buoyancy", "kg", "0 t", "0 t", "1e5 t", "Net lift of floats."),
                  IN("contents_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "5000 kg/m3", "Density of the contents."),
                  IN("water_density", "kg/m3", "1040 kg/m3", "0 kg/m3", "2000 kg/m3", "Density of the sea."), GRAVITY),
           FIELDS(OUT("mass", "t", "Mass of the string."), OUT("weight_air", "MN", "In air, with head."),
                  OUT("weight_water", "MN", "In water, full of sea water."), OUT("top_tension", "MN", "With contents."),
                  OUT("top_stress", "MPa", "Stress at the top."), OUT("utilisation", "1", "Over yield strength."),
                  OUT("stretch", "m", "Stretch."), OUT("period_free", "s", "First axial period, contents free."),
                  OUT("period_locked", "s", "The same, contents carried along.")),
           kd_eval_string),
    KERNEL("string.axial_period", "First axial period of a bar held at the top with a mass at its foot.",
           FIELDS(IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length."),
                  IN("mass_per_length", "kg/m", NULL, "0 kg/m exclusive", "1e5 kg/m", "Mass of the bar."),
                  IN("stiffness", "N", NULL, "0 N exclusive", "1e15 N", "E A."),
                  IN("head_mass", "kg", "0 t", "0 t", "1e6 t", "Mass at the foot.")),
           FIELDS(OUT("period", "s", "Period.")), kd_eval_axial_period),
    KERNEL("transient.wave_speed", "Speed of a pressure wave in a thin elastic pipe.",
           FIELDS(DENSITY, IN("bulk_modulus", "Pa", NULL, "0 Pa exclusive", "1000 GPa", "Bulk modulus of the fluid."),
                  BORE, IN("wall", "m", NULL, "0 m exclusive", "1 m", "Wall."),
                  IN("modulus", "Pa", "207 GPa", "1 MPa", "1000 GPa", "Modulus of the pipe.")),
           FIELDS(OUT("wave_speed", "m/s", "Wave speed.")), kd_eval_wave_speed),
    KERNEL("transient.joukowsky", "Pressure of a sudden change of velocity.",
           FIELDS(DENSITY, IN("wave_speed", "m/s", NULL, "0 m/s exclusive", "1e5 m/s", "Wave speed."),
                  IN("velocity_change", "m/s", NULL, "-1000 m/s", "1000 m/s", "Change of velocity.")),
           FIELDS(OUT("pressure", "Pa", "Pressure rise.")), kd_eval_joukowsky),
};

static_assert(KD_COUNT(kd_lift_kernels) == KD_LIFT_KERNELS, "KD_LIFT_KERNELS must be the number of rows");
