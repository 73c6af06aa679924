// SPDX-License-Identifier: Apache-2.0
/* Rows of the kernels of flow: rheology fit, horizontal legs, batch settling, transients; a part of kernels.c, whose
 * macros they use. */
#ifndef KD_LIFT_KERNELS_FLOW_H
#define KD_LIFT_KERNELS_FLOW_H

#include "lift/dhlldv.h"
#include "lift/kernels_flow_eval.h"
#include "lift/rheology_fit.h"

#define LEG_GRAIN                                                                                                      \
  BORE, IN("grain", "m", NULL, "0 m exclusive", "1 m", "Grain."),                                                      \
      IN("roughness", "m", "0.045 mm", "0 m", "0.1 m", "Roughness of the wall."), DENSITY,                             \
      IN("viscosity", "Pa.s", NULL, "0 Pa.s exclusive", "10 Pa.s", "Dynamic viscosity of the liquid."), GRAIN_DENSITY, \
      IN("solids", "%vol", NULL, "0 %vol exclusive", "60 %vol exclusive", "Concentration of solids.")
#define LEG_STATE                                                                                                      \
  OUT("gradient", "1", "Hydraulic gradient of the slurry, m of liquid per m."),                                        \
      OUT("liquid_gradient", "1", "That of the liquid alone."),                                                        \
      OUT("excess_gradient", "1", "Relative excess gradient E_rhg = (gradient - liquid_gradient)/(R_sd solids)."),     \
      OUTWORD("regime", KD_LEG_REGIMES, "Regime."),                                                                    \
      OUT("pressure_gradient", "Pa/m", "gradient density 9.80665 m/s2."),                                              \
      OUT("fixed_bed", "1", "E_rhg of a fixed bed."), OUT("sliding_bed", "1", "E_rhg of a sliding bed."),              \
      OUT("heterogeneous", "1", "E_rhg of heterogeneous flow."), OUT("homogeneous", "1", "E_rhg of homogeneous flow.")

#define SOLVER WORD("solver", "semi_implicit|explicit", "semi_implicit", "Solver; explicit: Rusanov twin.")

#define KD_TRANSIENT_OPTIONS                                                                                           \
  IN("until", "s", "600 s", "0 s exclusive", "1e7 s", "End."),                                                         \
      IN("every", "s", "10 s", "0 s exclusive", "1e6 s", "Distance of the rows."),                                     \
      IN("step", "s", "1 s", "1e-5 s", "1e4 s", "Longest step; short ones keep pressure waves sharp."),                \
      IN("courant", "1", "0.8", "0.05", "1", "Largest Courant number of any phase."), SOLVER,                          \
      WORD("inlet", "pressure|flow|closed", "pressure", "Inlet: open to a pressure, a flow of water, or closed."),     \
      IN("start_flow", "m3/s", "0 m3/s", "-100 m3/s", "100 m3/s", "Flow at the start."),                               \
      IN("start_solids", "%vol", "0 %vol", "0 %vol", "50 %vol", "Fines in the line at the start."),                    \
      IN("deck_height", "m", "0 m", "-12000 m", "12000 m", "Height of the outlet over the sea."),                      \
      IN("outlet_pressure", "Pa", "1 atm", "1 kPa", "100 MPa",                                                         \
         "Absolute pressure at the outlet; an event replaces it."),                                                    \
      IN("absolute_salinity", "g/kg", "35 g/kg", "0 g/kg", "120 g/kg", "Salinity of the water."),                      \
      IN("temperature", "degC", "4 degC", "-3 degC", "36 degC", "Temperature of everything."), GRAVITY,                \
      IN("solids", "%vol", "5 %vol", "0 %vol", "50 %vol",                                                              \
         "Share of fines to which yield, consistency and index belong; 0: they hold at any share."),                   \
      IN("yield", "Pa", "0 Pa", "0 Pa", "1e6 Pa", "Yield stress there."),                                              \
      IN("yield_power", "1", "3", "0", "10", "Power of the share in the yield stress."),                               \
      IN("consistency", "Pa.s", "1.5 mPa.s", "1e-5 Pa.s", "1e4 Pa.s", "Consistency there."),                           \
      IN("index", "1", "1", "0.05", "2", "Flow index there."),                                                         \
      IN("viscosity", "Pa.s", "1.5 mPa.s", "1e-5 Pa.s", "1 Pa.s", "Viscosity of the water."),                          \
      WORD("friction", "wilson_thomas|dodge_metzner|darby_melson|newtonian", "wilson_thomas", "Turbulent law."),       \
      IN("grain_density", "kg/m3", "2650 kg/m3", "1100 kg/m3", "10000 kg/m3", "Density of fines and grains."),         \
      IN("grain", "m", "0 m", "0 m", "0.2 m", "Size of the coarse class; 0: none."),                                   \
      WORD("drift", KD_DRIFT_LAWS, "auto", "Drift-flux law."),                                                         \
      IN("surface_tension", "N/m", "0.075 N/m", "0.001 N/m", "1 N/m", "Surface tension."),                             \
      IN("injection", "m", "0 m", "0 m", "1e6 m", "Distance of the air injection from the inlet."),                    \
      IN("feed", "m", "0 m", "0 m", "1e6 m", "Distance of the solids' feed from the inlet."),                          \
      IN("pump_shut_off", "Pa", "0 Pa", "0 Pa", "200 MPa", "Pressure of the pump at no flow; 0: no pump."),            \
      IN("pump_flow", "m3/s", "0.05 m3/s", "1e-6 m3/s", "100 m3/s", "Rated flow."),                                    \
      IN("pump_pressure", "Pa", "0 Pa", "0 Pa", "200 MPa", "Pressure at the rated flow."),                             \
      IN("pump_at", "m", "0 m", "0 m", "1e6 m", "Distance of the pump from the inlet."),                               \
      IN("pump_inertia", "kg.m2", "5 kg.m2", "0 kg.m2", "1e6 kg.m2", "Inertia of pump and motor."),                    \
      IN("pump_speed", "1/s", "155 1/s", "1 1/s", "10000 1/s", "Rated speed, rad/s."),                                 \
      IN("pump_efficiency", "1", "0.65", "0.05", "1", "Efficiency of the pump."),                                      \
      WORD("check_valve", "no|yes", "yes", "The pump lets nothing back."),                                             \
      IN("static_ratio", "1", "1", "1", "1000", "Static over dynamic yield stress when fully gelled."),                \
      IN("gel_time", "s", "1 h", "1 s", "1e8 s", "Time of the gel."),                                                  \
      IN("gel_start", "1", "0", "0", "1", "Gel at the start: 1 fully grown."),                                         \
      IN("valve_loss", "1", "0", "0", "1e6", "Loss coefficient of the open outlet valve."),                            \
      IN("plug_friction", "1", "0", "0", "10", "Wall friction of locked grains over their weight in water; assumed."), \
      IN("tank", "m3", "0 m3", "0 m3", "1e5 m3", "Separator; 0: none."),                                               \
      IN("drain", "m3/s", "0 m3/s", "0 m3/s", "100 m3/s", "What the separator can drain."),                            \
      IN("roughness", "m", "0.05 mm", "0 m", "0.01 m", "Roughness where the segment gives none."),                     \
      WORD("slopes", "limited|none", "limited", "Reconstruction: van Leer slopes (second order) or none.")

#define KD_TRANSIENT_ROW                                                                                               \
  {                                                                                                                    \
    .name = "lift.transient",                                                                                          \
    .summary = "A line of pipes in time: gas, water, fines and a coarse class, one momentum, drift flux, pump, gel, "  \
               "separator; semi-implicit, or the explicit twin.",                                                      \
    .inputs = (const kd_field[]){KD_TRANSIENT_OPTIONS},                                                                \
    .input_count = KD_COUNT(((const kd_field[]){KD_TRANSIENT_OPTIONS})),                                               \
    .outputs = (const kd_field[]){OUT("time", "s", "Time."),                                                           \
                                  OUT("inlet_pressure", "MPa", "First cell, absolute."),                               \
                                  OUT("foot_pressure", "MPa", "At the foot (first cell where none is told)."),         \
                                  OUT("outlet_pressure", "MPa", "Last cell."),                                         \
                                  OUT("largest_pressure", "MPa", "Largest in the line."),                              \
                                  OUT("inlet_flow", "m3/s", "All phases."),                                            \
                                  OUT("outlet_flow", "m3/s", "All phases."),                                           \
                                  OUT("air_out", "kg/s", "Mean since the row before."),                                \
                                  OUT("water_out", "kg/s", "Likewise."),                                               \
                                  OUT("fines_out", "kg/s", "Likewise."),                                               \
                                  OUT("coarse_out", "kg/s", "Likewise."),                                              \
                                  OUT("liquid_out", "m3/s", "Water, fines and grains."),                               \
                                  OUT("gas_held", "%", "Share of the line."),                                          \
                                  OUT("fines_held", "kg", "In the line."),                                             \
                                  OUT("coarse_held", "kg", "In the line."),                                            \
                                  OUT("densest", "%", "Largest share of grains in a cell."),                           \
                                  OUT("pump_pressure", "MPa", "Pump."),                                                \
                                  OUT("pump_speed", "1", "Of rated."),                                                 \
                                  OUT("level", "m3", "In the separator."),                                             \
                                  OUT("overflow", "m3", "Run over since the start."),                                  \
                                  OUT("gel", "1", "Mean gel."),                                                        \
                                  OUT("closure", "1", "Largest relative misfit of the mass of a phase.")},             \
    .output_count = 22,                                                                                                \
    .data =                                                                                                            \
        (const kd_data_slot[]){                                                                                        \
            {"segments",                                                                                               \
             "segment?, length [m], bore [m], rise [m], cells [1]?, wall [m]?, loss [1]?, roughness [m]?, area [m2]?", \
             "Stretches of pipe from inlet to outlet; rise: height gained (down: negative); wall: thickness, for its " \
             "give under pressure; loss: coefficient where it begins.",                                                \
             false},                                                                                                   \
            {"events",                                                                                                 \
             "time [s], air [kg/s]?, water [kg/s]?, fines [kg/s]?, coarse [kg/s]?, inlet_pressure [Pa]?, "             \
             "outlet_pressure [Pa]?, valve [1]?, pump [1]?, acceleration [m/s2]?",                                     \
             "What is done, linear between the rows; pump: speed over rated, -1 tripped; valve: opening of the "       \
             "outlet; "                                                                                                \
             "acceleration: of the pipe along its path.",                                                              \
             false}},                                                                                                  \
    .data_count = 2, .eval_table = kd_eval_transient                                                                   \
  }

#define KD_FLOW_ROWS                                                                                                   \
  KERNEL("rheology.scaling", "Scaling law: yield_at_one c^yield_power, viscosity exp(growth c); c as a fraction.",     \
         FIELDS(SOLIDS,                                                                                                \
                IN("yield_at_one", "Pa", NULL, "0 Pa", "1e12 Pa", "Yield stress extrapolated to a share of 1."),       \
                IN("yield_power", "1", "3", "0", "20", "Power of the share."), VISCOSITY,                              \
                IN("growth", "1", "30", "-1000", "1000", "Growth of ln(consistency)."), INDEX),                        \
         FIELDS(OUT("yield", "Pa", "Yield stress."), OUT("consistency", "Pa.s", "Consistency."),                       \
                OUT("index", "1", "Flow index.")),                                                                     \
         kd_eval_scaling),                                                                                             \
      {.name = "lift.rheology_fit",                                                                                    \
       .summary =                                                                                                      \
           "Least-squares fit of cone-and-plate data with standard errors, covariance and 95 % limits; one row "       \
           "for each share of solids.",                                                                                \
       .inputs = (const kd_field[]){WORD("model", KD_FIT_MODELS, "herschel_bulkley",                                   \
                                         "Model: yield (1 - exp(-m g)) + K g^n, m infinite but for papanastasiou."),   \
                                    WORD("weights", "absolute|relative", "absolute",                                   \
                                         "Weights where no sigma is given: equal, or in proportion to the stress.")},  \
       .input_count = 2,                                                                                               \
       .outputs =                                                                                                      \
           (const kd_field[]){                                                                                         \
               OUT("solids", "%vol", "Share of solids of the rows, where the column is given."),                       \
               OUT("yield", "Pa", "Yield stress."),                                                                    \
               OUT("consistency", "Pa.s", "Consistency K, in Pa s^n."),                                                \
               OUT("index", "1", "Flow index n."),                                                                     \
               OUT("growth", "s", "Papanastasiou's m."),                                                               \
               OUT("yield_error", "Pa", "Standard error."),                                                            \
               OUT("consistency_error", "Pa.s", "Standard error."),                                                    \
               OUT("index_error", "1", "Standard error."),                                                             \
               OUT("growth_error", "s", "Standard error."),                                                            \
               OUT("yield_low", "Pa", "95 % limit: yield - t yield_error."),                                           \
               OUT("yield_high", "Pa", "95 % limit."),                                                                 \
               OUT("consistency_low", "Pa.s", "95 % limit."),                                                          \
               OUT("consistency_high", "Pa.s", "95 % limit."),                                                         \
               OUT("index_low", "1", "95 % limit."),                                                                   \
               OUT("index_high", "1", "95 % limit."),                                                                  \
               OUT("covariance_yield_consistency", "1", "Covariance, SI."),                                            \
               OUT("covariance_yield_index", "1", "Covariance, SI."),                                                  \
               OUT("covariance_consistency_index", "1", "Covariance, SI."),                                            \
               OUT("residual", "Pa", "sqrt(sum of squares/(points - parameters)); in units of sigma where weighted."), \
               OUT("rms", "Pa", "Root mean square of the misfits."),                                                   \
               OUT("r_squared", "1", "Share explained."),                                                              \
               OUT("points", "1", "Points.")},                                                                         \
       .output_count = 22,                                                                                             \
       .data = (const kd_data_slot[]){{.name = "cone_plate",                                                           \
                                       .columns = "shear_rate [1/s], stress [Pa], sigma [Pa]?, solids [%vol]?",        \
                                       .doc = "Rheometer points; rows of one share of solids are fitted together."}},  \
       .data_count = 1,                                                                                                \
       .eval_table = kd_eval_rheology_fit},                                                                            \
      KERNEL("wall_table",                                                                                             \
             "The combined wall law looked up in its table (2^bits cells to a doubling of the velocity), beside the "  \
             "law itself.",                                                                                            \
             FIELDS(BORE, VELOCITY, DENSITY, FLUID,                                                                    \
                    WORD("friction", "wilson_thomas|dodge_metzner|darby_melson", "wilson_thomas", "Turbulent law."),   \
                    IN("carrier_viscosity", "Pa.s", "0 Pa.s", "0 Pa.s", "1 Pa.s",                                      \
                       "Turbulent stress never falls below that of this fluid."),                                      \
                    IN("low", "m/s", "0.1 m/s", "1e-6 m/s", "100 m/s", "First node."),                                 \
                    IN("high", "m/s", "20 m/s", "1e-6 m/s", "1000 m/s", "Last node."),                                 \
                    IN("bits", "1", "4", "0", "5", "Bits of the cell number to a doubling.")),                         \
             FIELDS(WALL_STRESS, OUT("exact", "Pa", "The law itself.")), kd_eval_wall_lookup),                         \
      KERNEL(                                                                                                          \
          "dhlldv.spatial",                                                                                            \
          "Horizontal leg, concentration in the pipe given: DHLLDV framework (Miedema and Ramsdell), uniform grain.",  \
          FIELDS(VELOCITY, LEG_GRAIN), FIELDS(LEG_STATE), kd_eval_leg_spatial),                                        \
      KERNEL("dhlldv.delivered",                                                                                       \
             "Horizontal leg, delivered concentration given: DHLLDV framework with slip, uniform grain.",              \
             FIELDS(VELOCITY, LEG_GRAIN),                                                                              \
             FIELDS(LEG_STATE, OUT("slip_ratio", "1", "Slip of the solids over the velocity."),                        \
                    OUT("spatial", "%vol", "Concentration in the pipe.")),                                             \
             kd_eval_leg_delivered),                                                                                   \
      KERNEL("dhlldv.limit_deposit", "Limit deposit velocity and limit of stationary deposition (DHLLDV framework).",  \
             FIELDS(LEG_GRAIN),                                                                                        \
             FIELDS(OUT("limit_deposit_velocity", "m/s", "Above it no bed, fixed or sliding."),                        \
                    OUT("stationary_velocity", "m/s", "Below it a bed lies still."),                                   \
                    OUT("froude", "1", "limit_deposit_velocity/sqrt(2 g R_sd bore), Durand's F_L.")),                  \
             kd_eval_leg_limits),                                                                                      \
      {.name = "lift.dhlldv.graded",                                                                                   \
       .summary =                                                                                                      \
           "Horizontal leg with a grading: the finest share thickens the liquid, each further fraction flows as "      \
           "uniform grain of its middle size (DHLLDV framework).",                                                     \
       .inputs =                                                                                                       \
           (const kd_field[]){                                                                                         \
               VELOCITY, BORE, IN("roughness", "m", "0.045 mm", "0 m", "0.1 m", "Roughness of the wall."), DENSITY,    \
               IN("viscosity", "Pa.s", NULL, "0 Pa.s exclusive", "10 Pa.s", "Dynamic viscosity of the liquid."),       \
               GRAIN_DENSITY,                                                                                          \
               IN("solids", "%vol", NULL, "0 %vol exclusive", "60 %vol exclusive", "Concentration of solids."),        \
               WORD("concentration", "spatial|delivered", "spatial", "What solids means.")},                           \
       .input_count = 8,                                                                                               \
       .outputs = (const kd_field[]){OUT("gradient", "1", "Hydraulic gradient, m of liquid per m."),                   \
                                     OUT("liquid_gradient", "1", "Of the liquid alone."),                              \
                                     OUT("excess_gradient", "1", "Relative excess gradient."),                         \
                                     OUT("pressure_gradient", "Pa/m", "gradient density g."),                          \
                                     OUT("fines", "1", "Share of the solids in the liquid."),                          \
                                     OUT("thick_density", "kg/m3", "Liquid with fines."),                              \
                                     OUT("thick_viscosity", "Pa.s", "Liquid with fines (Thomas 1965).")},              \
       .output_count = 7,                                                                                              \
       .data =                                                                                                         \
           (const kd_data_slot[]){{.name = "grading",                                                                  \
                                   .columns = "passing [%], diameter [m]",                                             \
                                   .doc = "Share of the mass that passes a sieve; the first row is the bound of the "  \
                                          "fines that thicken the liquid."}},                                          \
       .data_count = 1,                                                                                                \
       .eval_table = kd_eval_leg_graded},                                                                              \
      KERNEL(                                                                                                          \
          "settling.batch",                                                                                            \
          "Batch settling of a uniform suspension, exact (Kynch 1952): flux v c (1 - c/packing)^exponent.",            \
          FIELDS(IN("height", "m", NULL, "0 m exclusive", "1e5 m", "Height of the column."),                           \
                 IN("solids", "%vol", NULL, "0 %vol exclusive", "100 %vol exclusive", "Share at the start."),          \
                 IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Of one grain alone."),                      \
                 IN("packing", "%vol", "100 %vol", "0 %vol exclusive", "100 %vol", "Share at which nothing moves."),   \
                 IN("exponent", "1", "4.65", "1", "20", "Exponent."),                                                  \
                 IN("time", "s", NULL, "0 s", "1e15 s", "Time since the start.")),                                     \
          FIELDS(OUT("interface", "m", "Height of the upper interface, clear water above it."),                        \
                 OUT("below", "%vol", "Share just below the interface."),                                              \
                 OUT("front", "m", "Height of the tangent shock (or first wave) from the bottom."),                    \
                 OUT("tangent", "%vol", "Share behind that front."),                                                   \
                 OUT("end_of_constant", "s", "When front and interface meet; none if nothing settles."),               \
                 OUT("final_height", "m", "Height of the bed at last.")),                                              \
          kd_eval_batch),                                                                                              \
      {.name = "lift.settling.batch_curve",                                                                            \
       .summary = "The upper interface of batch settling at a table of times (Kynch).",                                \
       .inputs =                                                                                                       \
           (const kd_field[]){IN("height", "m", NULL, "0 m exclusive", "1e5 m", "Height of the column."),              \
                              IN("solids", "%vol", NULL, "0 %vol exclusive", "100 %vol exclusive", "At the start."),   \
                              IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Of one grain alone."),         \
                              IN("packing", "%vol", "100 %vol", "0 %vol exclusive", "100 %vol", "Packing."),           \
                              IN("exponent", "1", "4.65", "1", "20", "Exponent.")},                                    \
       .input_count = 5,                                                                                               \
       .outputs = (const kd_field[]){OUT("time", "s", "Time."), OUT("interface", "m", "Upper interface."),             \
                                     OUT("below", "%vol", "Share just below it.")},                                    \
       .output_count = 3,                                                                                              \
       .data = (const kd_data_slot[]){{.name = "times", .columns = "time [s]", .doc = "Times since the start."}},      \
       .data_count = 1,                                                                                                \
       .eval_table = kd_eval_batch_profile},                                                                           \
      KD_TRANSIENT_ROW,                                                                                                \
      KERNEL("transient.shock_tube",                                                                                   \
             "Zuber-Findlay shock tube after 1 s (Evje and Fjelde 2002) by either solver: the two plateaus.",          \
             FIELDS(IN("cells", "1", "400", "20", "20000", "Cells on 100 m."), SOLVER,                                 \
                    WORD("slopes", "limited|none", "limited", "Reconstruction: van Leer slopes or none."),             \
                    IN("courant", "1", "0.25", "0.02", "1", "Steps of the semi-implicit solver by 25 m/s.")),          \
             FIELDS(OUT("left_pressure", "Pa", "Exact: 100002.47."), OUT("left_gas", "1", "Exact: 0.5000."),           \
                    OUT("left_velocity", "m/s", "Liquid. Exact: 8.28678."),                                            \
                    OUT("left_gas_velocity", "m/s", "Exact: 9.99877."),                                                \
                    OUT("right_pressure", "Pa", "Exact: 100503.80."), OUT("right_gas", "1", "Exact: 0.240012."),       \
                    OUT("right_velocity", "m/s", "Liquid. Exact: 8.87245."),                                           \
                    OUT("right_gas_velocity", "m/s", "Exact: 9.99877.")),                                              \
             kd_eval_shock_tube),                                                                                      \
      KERNEL(                                                                                                          \
          "transient.hammer",                                                                                          \
          "Sudden stop of a liquid by the solver: pressure rise at the valve beside Joukowsky's density a velocity.",  \
          FIELDS(IN("length", "m", "6000 m", "1 m", "1e6 m", "Length."), DENSITY,                                      \
                 IN("bulk_modulus", "Pa", "2.3 GPa", "1 MPa", "1e13 Pa", "Of the liquid."), BORE,                      \
                 IN("wall", "m", "0 m", "0 m", "1 m", "Wall thickness; 0: rigid."),                                    \
                 IN("modulus", "Pa", "207 GPa", "1 MPa", "1e13 Pa", "Of the wall."),                                   \
                 IN("velocity", "m/s", NULL, "1e-6 m/s", "50 m/s", "Velocity stopped."),                               \
                 IN("cells", "1", "200", "10", "20000", "Cells."),                                                     \
                 IN("courant", "1", "0.5", "0.05", "20", "Of the wave, semi-implicit."), SOLVER),                      \
          FIELDS(OUT("pressure_rise", "Pa", "By the solver."), OUT("joukowsky", "Pa", "density wave_speed velocity."), \
                 OUT("wave_speed", "m/s", "1/sqrt(density (1/K + D/(E e)))."),                                         \
                 OUT("return_time", "s", "There and back, 2 L/a.")),                                                   \
          kd_eval_hammer),                                                                                             \
      KERNEL("head.jet", "Jets of the head: velocity, power, nozzle and thrust.",                                      \
             FIELDS(IN("pressure", "Pa", NULL, "0 Pa exclusive", "500 MPa", "Pressure over the nozzles."),             \
                    IN("flow", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Flow of all jets."), DENSITY,            \
                    IN("velocity_coefficient", "1", "1", "0.1", "1", "Velocity over the ideal one."),                  \
                    IN("contraction", "1", "1", "0.3", "1", "Area of the jet over that of the nozzle."),               \
                    IN("nozzles", "1", "1", "1", "1000", "Number of nozzles."),                                        \
                    IN("pump_efficiency", "1", "1", "0 exclusive", "1", "Efficiency of the jet pump.")),               \
             FIELDS(OUT("velocity", "m/s", "sqrt(2 pressure/density) velocity_coefficient."),                          \
                    OUT("hydraulic_power", "kW", "pressure flow."), OUT("power", "kW", "Over pump_efficiency."),       \
                    OUT("nozzle_diameter", "m", "Of one nozzle."), OUT("thrust", "N", "density flow velocity.")),      \
             kd_eval_head_jet),                                                                                        \
      KERNEL("head.cutter", "Cutter of the head: power in proportion to the undrained strength of the mud.",           \
             FIELDS(IN("strength", "Pa", NULL, "0 Pa", "10 MPa", "Undrained strength."),                               \
                    IN("mud_rate", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Mud cut, in place."),                \
                    IN("cutting_factor", "1", "4", "0", "1000", "Specific energy over strength; by tool, assumed."),   \
                    IN("efficiency", "1", "0.8", "0 exclusive", "1", "Drive efficiency."),                             \
                    IN("dry_density", "kg/m3", "550 kg/m3", "0 kg/m3 exclusive", "5000 kg/m3",                         \
                       "Dry mass in a m3 of mud in place.")),                                                          \
             FIELDS(OUT("cutting_power", "kW", "cutting_factor strength mud_rate."), OUT("power", "kW", "Electric."),  \
                    OUT("energy", "kWh/t", "For each dry tonne.")),                                                    \
             kd_eval_head_cutter),                                                                                     \
      KERNEL("head.lumps", "Lumps broken by shear: last + (first - last) exp(-breakage_rate G^exponent time).",        \
             FIELDS(IN("first", "m", NULL, "0 m exclusive", "10 m", "Size at the start."),                             \
                    IN("last", "m", NULL, "0 m", "10 m", "Size that does not break."),                                 \
                    IN("breakage_rate", "1", NULL, "0 exclusive", "1e12", "k, in s^(m-1)."),                           \
                    IN("exponent", "1", "1", "0", "5", "Power m of the shear rate."),                                  \
                    IN("shear_rate", "1/s", NULL, "0 1/s exclusive", "1e7 1/s", "Shear rate G."),                      \
                    IN("time", "s", NULL, "0 s", "1e9 s", "Time.")),                                                   \
             FIELDS(OUT("size", "m", "Size."), OUT("half_time", "s", "Time that halves the distance to last.")),       \
             kd_eval_head_lumps),                                                                                      \
      KERNEL("head.feed", "What the head sends up: mud and water mixed.",                                              \
             FIELDS(IN("mud_rate", "m3/s", NULL, "0 m3/s exclusive", "100 m3/s", "Mud cut, in place."),                \
                    IN("mud_water", "%vol", NULL, "0 %vol", "99 %vol", "Water in the mud by volume (porosity)."),      \
                    IN("water_rate", "m3/s", NULL, "0 m3/s", "100 m3/s", "Water added."),                              \
                    IN("grain_density", "kg/m3", "2650 kg/m3", "1000 kg/m3", "10000 kg/m3", "Density of the grains."), \
                    IN("water_density", "kg/m3", "1040 kg/m3", "900 kg/m3", "1300 kg/m3", "Density of the water.")),   \
             FIELDS(OUT("solids", "%vol", "Share of dry grains."), OUT("density", "kg/m3", "Of the slurry."),          \
                    OUT("dry_rate", "kg/s", "Dry solids.")),                                                           \
             kd_eval_head_feed)

#endif
