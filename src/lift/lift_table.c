// SPDX-License-Identifier: Apache-2.0
/* Parameters, outputs and ledger lines of the lift. A row without source is assumed. */
#include <math.h>
#include <stddef.h>

#include "lift/kernels.h"
#include "lift/kernels_string.h"
#include "lift/lift_table.h"
#include "lift/string_static.h"
#include "lift/transient_tables.h"
#include "lift/vessel.h"
#include "lift/rheology.h"
#include "lift/sea.h"

#define NUMBER(name, u, value, least, most, text, from)                                                                \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_NUMBER, .unit = u, .initial = value, .low = least, .high = most, .doc = text,       \
    .source = from, .offset = offsetof(kd_lift_params, name)                                                           \
  }
#define COUNT(name, u, value, least, most, text, from)                                                                 \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_COUNT, .unit = u, .initial = value, .low = least, .high = most, .doc = text,        \
    .source = from, .offset = offsetof(kd_lift_params, name)                                                           \
  }
#define CHOICE(name, words, value, text, from)                                                                         \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_CHOICE, .initial = value, .choices = words, .doc = text, .source = from,            \
    .offset = offsetof(kd_lift_params, name)                                                                           \
  }
#define TABLE(name, wanted, value, text, from)                                                                         \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_TABLE, .initial = value, .columns = wanted, .doc = text, .source = from,            \
    .offset = offsetof(kd_lift_params, name)                                                                           \
  }

#define CHIKYU "JAMSTEC, particulars of the drillship Chikyu: 210 m, 38 m, draught 9.2 m"

static const kd_param params[] = {
    CHOICE(
        method, "closed_circuit|air_lift|pump", "closed_circuit",
        "How the mud is lifted: sea water pumped down a second conduit and back up with the mud, air, or pumps in the "
        "riser.",
        "press releases on the trial of January 2026: sea water is pumped down from the ship and returns with the mud"),
    NUMBER(depth, "m", "none", "10 m", "12000 m", "Depth of the foot; none: the water depth of the ground.", NULL),
    NUMBER(deck_height, "m", "15 m", "0 m", "100 m", "Height of the separator over the sea.", NULL),
    NUMBER(latitude, "deg", "22.95 deg", "-90 deg", "90 deg", "Latitude, for gravity.", NULL),
    TABLE(profile, KD_SEA_COLUMNS, "data/lift/profile_minamitorishima.csv",
          "Sea temperature (in situ) and practical salinity by depth.", NULL),
    NUMBER(bore, "m", "0.25 m", "0 m exclusive", "2 m", "Bore of the riser.", NULL),
    NUMBER(outer_diameter, "m", "none", "0 m exclusive", "3 m",
           "Outer diameter of the riser; none: bore and twice the wall.", NULL),
    NUMBER(wall, "m", "12 mm", "0 m exclusive", "0.2 m", "Wall of the riser, where no outer diameter is given.", NULL),
    NUMBER(roughness, "m", "0.05 mm", "0 m", "10 mm", "Roughness of both pipes, for sea water.", NULL),
    CHOICE(conduit, "parallel|annulus", "parallel",
           "The way down of the closed circuit: a pipe beside the riser, or one round it.", NULL),
    NUMBER(conduit_bore, "m", "0.18 m", "0 m exclusive", "3 m",
           "Bore of the conduit; of an annulus, that of the outer pipe.", NULL),
    NUMBER(conduit_wall, "m", "9 mm", "0 m exclusive", "0.2 m", "Wall of the conduit.", NULL),
    NUMBER(solids, "%vol", "{pert: [2 %vol, 5 %vol, 12 %vol]}", "0.1 %vol", "40 %vol",
           "Share of dry grains in the slurry by volume, at the deck; cut down to that of the mud in place.", NULL),
    CHOICE(rheology, "starter|liquidity_index|table|stated|scaling", "liquidity_index",
           "Law of the slurry: exponential starter law, by liquidity index, a table of measurements, three stated "
           "numbers, or a scaling law in powers of the share.",
           NULL),
    NUMBER(rheology_factor, "1", "{lognormal: [1, 1.75], truncate: [0.2, 5]}", "0.001", "1000",
           "Factor on yield stress and consistency for what the law does not know: a factor 3 either way at two "
           "standard deviations.",
           NULL),
    NUMBER(starter_yield, "Pa", "0.02 Pa", "0 Pa", "100 Pa", "Starter law: yield stress at no solids.", NULL),
    NUMBER(starter_yield_growth, "1", "45", "0", "200",
           "Starter law: growth of the yield stress with the share of solids (45: 0.45 for each %vol).", NULL),
    NUMBER(starter_consistency, "Pa.s", "0.002 Pa.s", "1e-5 Pa.s", "100 Pa.s",
           "Starter law: consistency at no solids (Pa s^n).", NULL),
    NUMBER(starter_consistency_growth, "1", "30", "0", "200",
           "Starter law: growth of the consistency with the share of solids.", NULL),
    NUMBER(starter_index_slope, "1", "5", "0", "50", "Starter law: fall of the flow index with the share of solids.",
           NULL),
    NUMBER(starter_index_floor, "1", "0.35", "0.05", "1", "Starter law: lowest flow index.", NULL),
    NUMBER(liquid_limit, "1", "{triangular: [0.9, 1.1, 1.5]}", "0.2", "5",
           "Liquid limit of the mud, water per dry mass.", NULL),
    NUMBER(plastic_limit, "1", "{triangular: [0.4, 0.5, 0.6]}", "0.05", "3",
           "Plastic limit of the mud, water per dry mass.", NULL),
    NUMBER(stress_factor, "1", "{triangular: [1.5, 2, 2.5]}", "1.01", "100",
           "Law by liquidity index: stress at 100 1/s over the yield stress.", NULL),
    NUMBER(liquidity_flow_index, "1", "{triangular: [0.35, 0.45, 0.6]}", "0.05", "1.5",
           "Law by liquidity index: flow index.", NULL),
    NUMBER(yield, "Pa", "2 Pa", "0 Pa", "1e5 Pa", "Stated rheology: dynamic yield stress.", NULL),
    NUMBER(consistency, "Pa.s", "0.2 Pa.s", "1e-5 Pa.s", "1e4 Pa.s", "Stated rheology: consistency (Pa s^n).", NULL),
    NUMBER(index, "1", "0.5", "0.05", "2", "Stated rheology: flow index.", NULL),
    NUMBER(scaling_yield, "Pa", "12 kPa", "0 Pa", "1e9 Pa",
           "Scaling law: yield stress scaling_yield c^scaling_yield_power, extrapolated to a share of 1.", NULL),
    NUMBER(scaling_yield_power, "1", "3", "0.5", "10", "Scaling law: power of the share of solids.", NULL),
    NUMBER(scaling_growth, "1", "30", "0", "200",
           "Scaling law: growth of ln(consistency/viscosity of water) with the share of solids.", NULL),
    NUMBER(scaling_index, "1", "0.8", "0.05", "2", "Scaling law: flow index.", NULL),
    TABLE(rheology_table, KD_RHEOLOGY_COLUMNS, "none", "Measured rheology by share of solids, for `rheology: table`.",
          NULL),
    CHOICE(friction, "auto|wilson_thomas|slatter|dodge_metzner|darby_melson|newtonian", "auto",
           "Turbulent law; auto: slatter where d85 is given, else wilson_thomas.", NULL),
    CHOICE(transition, "slatter|metzner_reed|ryan_johnson|hanks|wilson_thomas", "slatter",
           "Criterion for the end of laminar flow.", "Slatter 1995, thesis, Univ. of Cape Town"),
    NUMBER(d85, "m", "none", "0.1 um", "0.1 m", "Grain size that 85 % of the mass pass, for the law of Slatter.", NULL),
    NUMBER(grain_size, "m", "1 mm", "1 um", "0.2 m", "Coarsest grain or lump that must come up.", NULL),
    NUMBER(settling_factor, "1", "3", "1", "20",
           "Velocity of the slurry over the settling velocity that keeps the riser clean.", NULL),
    TABLE(grains, KD_GRAIN_COLUMNS, "none",
          "Up to five classes of the coarse grains by share, for --transient; none: all of grain_size.", NULL),
    NUMBER(static_yield_ratio, "1", "{lognormal: [5, 2], truncate: [1, 50]}", "1", "1000",
           "Static yield stress after a long rest over the dynamic one.", NULL),
    NUMBER(gel_time, "s", "1 h", "1 s", "1000 h", "Time to half of the growth of the gel.", NULL),
    NUMBER(gel_exponent, "1", "1", "0.1", "5", "Exponent of the growth of the gel.", NULL),
    NUMBER(rest_time, "s", "12 h", "0 s", "8760 h", "Rest before the column is started again without flushing.", NULL),
    NUMBER(deck_pressure, "Pa", "0.2 MPa", "0 MPa", "5 MPa", "Pressure at the separator, above the atmosphere.", NULL),
    NUMBER(head_loss, "Pa", "0.5 MPa", "0 MPa", "20 MPa", "Loss in the head: jets, crusher, screens.", NULL),
    NUMBER(head_energy, "kWh/t", "{triangular: [1 kWh/t, 4 kWh/t, 10 kWh/t]}", "0 kWh/t", "1000 kWh/t",
           "Electric energy of the head (cutter, stirrer, jets) for each dry tonne.", NULL),
    NUMBER(pump_efficiency, "1", "{triangular: [0.5, 0.65, 0.8]}", "0.05", "1",
           "Hydraulic power over shaft power of the pumps.", NULL),
    NUMBER(motor_efficiency, "1", "0.92", "0.3", "1", "Shaft power over electric power, with drive and cable.", NULL),
    NUMBER(rated_pressure, "Pa", "32 MPa", "0.1 MPa", "150 MPa",
           "Rated pressure of the pump plant; the dry rate is cut to what it can move.", NULL),
    NUMBER(pump_flow, "m3/s", "46 L/s", "0.1 L/s", "10 m3/s", "Flow of one pump; the plant has as many as it needs.",
           NULL),
    TABLE(pump_curve, KD_PUMP_CURVE_COLUMNS, "none",
          "Curve of all pumps in series at rated speed, for --transient; none: a parabola through the steady point.",
          NULL),
    NUMBER(pump_inertia, "kg.m2", "none", "0 kg.m2", "1e6 kg.m2",
           "Inertia of pumps and motors at 155 1/s, for --transient; none: a second of their power in the wheels.",
           NULL),
    NUMBER(injection_depth, "m", "none", "10 m", "12000 m",
           "Air-lift: depth of the air injection; none: half the depth.", NULL),
    CHOICE(drift, KD_DRIFT_FLOW_LAWS, "auto", "Air-lift: drift-flux law.",
           "Kataoka and Ishii 1987, Int. J. Heat Mass Transfer 30, 1927; Bhagwat and Ghajar 2014, Int. J. Multiphase "
           "Flow 59, "
           "186; others in docs/theory/flow.md"),
    CHOICE(gas_friction, KD_TWO_PHASE_LAWS, "slurry", "Air-lift: friction of slurry and gas together.", NULL),
    NUMBER(surface_tension, "N/m", "0.075 N/m", "0.01 N/m", "0.2 N/m",
           "Air-lift: surface tension of sea water and air.", NULL),
    NUMBER(air_temperature, "degC", "25 degC", "-20 degC", "50 degC",
           "Air-lift: temperature of the air at the inlet of each compressor stage.", NULL),
    NUMBER(air_line_loss, "Pa", "1 MPa", "0 MPa", "20 MPa",
           "Air-lift: pressure lost from the compressor to the injection.", NULL),
    CHOICE(compression, "polytropic|isothermal", "polytropic",
           "Air-lift: work of the compressors, polytropic in cooled stages or isothermal.", NULL),
    NUMBER(compressor_efficiency, "1", "{triangular: [0.65, 0.75, 0.85]}", "0.1", "1",
           "Air-lift: ideal work of the compression over shaft power.", NULL),
    COUNT(compressor_stages, "1", "6", "1", "20", "Air-lift: compressor stages in series, cooled between.", NULL),
    NUMBER(polytropic_exponent, "1", "1.3", "1.01", "1.67", "Air-lift: polytropic exponent.", NULL),
    NUMBER(material_density, "kg/m3", "7850 kg/m3", "1100 kg/m3", "20000 kg/m3",
           "Density of the pipe: steel 7850, titanium 4500, aluminium 2700.", NULL),
    NUMBER(modulus, "Pa", "207 GPa", "10 GPa", "500 GPa", "Modulus of elasticity of the pipe.", NULL),
    NUMBER(yield_strength, "Pa", "758 MPa", "50 MPa", "2000 MPa", "Yield strength of the pipe (110 ksi: 758 MPa).",
           NULL),
    NUMBER(joint_length, "m", "10 m", "1 m", "60 m", "Length of one joint.", NULL),
    NUMBER(joint_factor, "1", "{triangular: [1.05, 1.07, 1.10]}", "1", "2",
           "Mass of the string with tool joints over that of plain pipe.", NULL),
    NUMBER(head_mass, "kg", "30 t", "0 t", "1000 t", "Mass of the head at the foot.", NULL),
    NUMBER(buoyancy, "kg", "0 t", "0 t", "2000 t", "Net lift of floats on the string, as mass.", NULL),
    NUMBER(hook_load, "kg", "1250 t", "1 t", "10000 t", "Rated load of the derrick, as mass.",
           "JAMSTEC, particulars of the drillship Chikyu: derrick and hoist 1,250 t"),
    NUMBER(bulk_modulus, "Pa", "2.3 GPa", "0.1 GPa", "10 GPa", "Bulk modulus of the slurry, for water hammer.", NULL),
    NUMBER(wave_limit_lift, "m", "{uniform: [3.5 m, 4.0 m]}", "0.1 m", "15 m",
           "Significant wave height up to which mud is lifted.", NULL),
    NUMBER(wave_limit_run, "m", "{uniform: [2.5 m, 3.0 m]}", "0.1 m", "15 m",
           "Significant wave height up to which the string is run or recovered.", NULL),
    NUMBER(wave_limit_hang, "m", "5.0 m", "0.1 m", "20 m",
           "Significant wave height up to which the string hangs and waits.", NULL),
    CHOICE(operability, "number|table|lower", "lower",
           "Seas in which mud is lifted: wave_limit_lift, operability_table by peak period, or the lower of both.",
           NULL),
    TABLE(
        operability_table, KD_OPERABILITY_COLUMNS, "data/lift/operability.csv",
        "Limits by peak period (and heading), as `kaidei lift --operability` writes them, for `operability: table` and "
        "`lower`; made anew for another string or ship.",
        NULL),
    NUMBER(operability_heading, "deg", "150 deg", "0 deg", "180 deg",
           "The ship keeps the waves from this heading to right ahead (180 deg); the worst of these counts.", NULL),
    TABLE(string_segments, KD_SEGMENT_COLUMNS, "none",
          "Segments of a stepped string from the top down, for --string and --operability; none: bore and wall.", NULL),
    TABLE(ship_rao, KD_RAO_COLUMNS, "none", "RAOs of the ship for --operability; none: a box hull.", NULL),
    NUMBER(ship_length, "m", "210 m", "10 m", "500 m", "Length of the ship.", CHIKYU),
    NUMBER(ship_beam, "m", "38 m", "2 m", "100 m", "Beam of the ship.", CHIKYU),
    NUMBER(ship_draught, "m", "9.2 m", "0.5 m", "40 m", "Draught of the ship.", CHIKYU),
    NUMBER(string_forward, "m", "0 m", "-250 m", "250 m", "Place of the string before midship.", NULL),
    NUMBER(stress_allowable, "1", "0.67", "0.05", "1", "Share of yield allowed in operation.", NULL),
    NUMBER(slack_share, "1", "0.9", "0.01", "2", "Share of the tension at rest that waves may take away.", NULL),
    NUMBER(head_drag_area, "m2", "10 m2", "0 m2", "1000 m2", "Drag area Cd A of the head along the string.", NULL),
    NUMBER(wall_drag, "1", "0.01", "0", "0.5", "Drag coefficient along the wall of the string.", NULL),
    NUMBER(axial_damping, "1", "0.005", "0", "0.2", "Damping of the string along its axis, share of critical.", NULL),
};

#define OUTPUT(name, u, text, rank)                                                                                    \
  { .key = #name, .unit = u, .doc = text, .offset = offsetof(kd_lift_result, name), .headline = rank }

static const kd_output outputs[] = {
    OUTPUT(dry_rate, "t/day", "Dry solids lifted while lifting.", 0),
    OUTPUT(derating, "%", "Dry rate over the rate wanted; below 100 % the plant cannot lift it.", 0),
    OUTPUT(slurry_solids, "%vol", "Share of dry grains in the slurry at the deck.", 0),
    OUTPUT(
        thinning, "%",
        "That share over the one wanted; below 100 % the slurry is thinned, since the pumps cannot move a thicker one.",
        0),
    OUTPUT(slurry_rate, "m3/h", "Slurry up the riser.", 0),
    OUTPUT(sea_water, "t/h", "Sea water added to the mud.", 0),
    OUTPUT(slurry_density, "kg/m3", "Mean density of the slurry in the riser.", 0),
    OUTPUT(velocity, "m/s", "Mean velocity of the slurry (below the air injection).", 0),
    OUTPUT(yield_stress, "Pa", "Dynamic yield stress of the slurry.", 0),
    OUTPUT(consistency, "Pa.s", "Consistency of the slurry (Pa s^n).", 0),
    OUTPUT(flow_index, "1", "Flow index of the slurry.", 0),
    OUTPUT(reynolds, "1", "Reynolds number of the transition criterion: laminar below 2,100, turbulent above 3,000.",
           0),
    OUTPUT(critical_velocity, "m/s", "Velocity at which laminar flow ends.", 0),
    OUTPUT(regime, "1", "Flow regime: 0 laminar, 1 transition, 2 turbulent.", 0),
    OUTPUT(friction_law, "1",
           "Turbulent law in use: 0 Wilson-Thomas, 1 Slatter, 2 Dodge-Metzner, 3 Darby-Melson, 4 Newtonian.", 0),
    OUTPUT(wall_stress, "Pa", "Wall stress in the riser (below the air injection).", 0),
    OUTPUT(static_pressure, "MPa",
           "Excess weight of the riser over the water that drives it, with the lift to the deck.", 0),
    OUTPUT(friction_up, "MPa", "Friction in the riser (of the slurry alone).", 0),
    OUTPUT(friction_down, "MPa", "Friction in the way down.", 0),
    OUTPUT(pump_pressure, "MPa", "Pressure of the pump plant.", 0),
    OUTPUT(pressure_margin, "1", "Rated pressure over pump pressure.", 0),
    OUTPUT(foot_pressure, "MPa", "Pressure in the riser at the foot, above the atmosphere.", 0),
    OUTPUT(foot_excess, "MPa", "Pressure in the riser at the foot over the sea outside.", 0),
    OUTPUT(deck_pressure, "MPa", "Pressure at the separator, above the atmosphere.", 0),
    OUTPUT(sea_pressure, "MPa", "Pressure of the sea at the foot, above the atmosphere.", 0),
    OUTPUT(pumps, "pieces", "Pumps that run side by side.", 0),
    OUTPUT(hydraulic_power, "kW", "Power delivered to the slurry.", 0),
    OUTPUT(power, "kW", "Electric power while lifting, with the head.", 0),
    OUTPUT(energy_per_tonne, "kWh/t", "Electric energy for each dry tonne lifted.", 3),
    OUTPUT(static_energy, "kWh/t", "Part of the energy against weight, before losses of pumps.", 0),
    OUTPUT(friction_energy, "kWh/t", "Part of the energy against friction, before losses of pumps.", 0),
    OUTPUT(air_rate, "kg/s", "Air injected.", 0),
    OUTPUT(air_pressure, "MPa", "Pressure at the air injection (absolute).", 0),
    OUTPUT(free_air, "m3/s", "Air injected, at 15 degC and one atmosphere.", 0),
    OUTPUT(exit_velocity, "m/s", "Velocity of slurry and air at the deck.", 0),
    OUTPUT(settling_velocity, "m/s", "Hindered settling velocity of the coarsest grain in the carrier water.", 0),
    OUTPUT(deposition_margin, "1",
           "Velocity over settling_factor times the settling velocity; below 1 coarse grains stay behind.", 0),
    OUTPUT(suspended_grain, "m", "Largest grain that the yield stress holds up at rest.", 0),
    OUTPUT(static_yield, "Pa", "Static yield stress after the rest.", 0),
    OUTPUT(restart_pressure, "MPa", "Pressure that starts a gelled column again, with its static part.", 0),
    OUTPUT(restart_margin, "1", "Rated pressure over restart pressure; below 1 the column does not restart unflushed.",
           0),
    OUTPUT(flush_time, "min", "Time to fill the riser once.", 0),
    OUTPUT(string_length, "m", "Length of the string.", 0),
    OUTPUT(joints, "pieces", "Joints in the string.", 0),
    OUTPUT(string_mass, "t", "Mass of riser and conduit.", 0),
    OUTPUT(weight_air, "MN", "Weight of string and head in air.", 0),
    OUTPUT(weight_water, "MN", "Weight in water, full of sea water, floats taken off.", 0),
    OUTPUT(top_tension, "MN", "Tension at the top, full of slurry, in still water.", 4),
    OUTPUT(top_stress, "MPa", "Stress at the top.", 0),
    OUTPUT(utilisation, "%", "Top stress over yield strength, static.", 0),
    OUTPUT(stretch, "m", "Static stretch.", 0),
    OUTPUT(period_free, "s", "First axial period, contents not carried along.", 0),
    OUTPUT(period_locked, "s", "First axial period, contents carried along.", 0),
    OUTPUT(hook_utilisation, "%", "Top tension over the rated load of the derrick.", 0),
    OUTPUT(water_hammer, "MPa", "Pressure of a sudden stop of the slurry.", 0),
};

#define EQUIPMENT(name, u, text)                                                                                       \
  { .item = name, .kind = KD_LINE_EQUIPMENT, .unit = u, .doc = text }

static const kd_line lines[] = {
    EQUIPMENT("string", "m", "Lift string, riser with its conduit."),
    EQUIPMENT("string_mass", "t", "Mass of the lift string."),
    EQUIPMENT("head", "t", "Head at the foot of the string."),
    EQUIPMENT("buoyancy", "t", "Floats, by their net lift."),
    EQUIPMENT("pump", "kW", "Lift pumps with motors, electric power."),
    EQUIPMENT("compressor", "kW", "Air compressors with motors, electric power."),
    EQUIPMENT("handling", "t", "Pipe handling and hoist, by the load on the hook."),
};

static void check(const void *params_of_stage, kd_contradiction_fn *report, void *user) {
  const kd_lift_params *p = params_of_stage;
  kd_lift_contradictions(p, p->depth, report, user);
}

static const kd_kernel *const kernel_sets[] = {kd_water_kernels,
                                               kd_wall_kernels,
                                               kd_air_lift_kernels,
                                               kd_machine_kernels,
                                               kd_form_kernels,
                                               kd_flow_kernels,
                                               kd_transient_kernels,
                                               kd_window_kernels,
                                               kd_string_kernels,
                                               kd_slack_kernels,
                                               kd_beam_kernels,
                                               kd_operability_kernels,
                                               kd_viv_kernels,
                                               kd_coupling_kernels,
                                               kd_line_kernels,
                                               kd_wave_kernels,
                                               kd_vessel_kernels,
                                               kd_fatigue_kernels,
                                               NULL};

const kd_stage kd_lift_stage = {.name = "lift",
                                .summary = "Raising the mud: hydraulics, energy, string.",
                                .params = params,
                                .param_count = KD_COUNT(params),
                                .params_size = sizeof(kd_lift_params),
                                .outputs = outputs,
                                .output_count = KD_COUNT(outputs),
                                .result_size = sizeof(kd_lift_result),
                                .lines = lines,
                                .line_count = KD_COUNT(lines),
                                .kernel_sets = kernel_sets,
                                .check = check};
