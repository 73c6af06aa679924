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
  {                                                                                                                    \
    .name = "lift.settling.batch_curve",                                                                               \
    .summary = "The upper interface of batch settling at a table of times (Kynch).",                                   \
    .inputs =                                                                                                          \
        (const kd_field[]){IN("height", "m", NULL, "0 m exclusive", "1e5 m", "Height of the column."),                 \
                           IN("solids", "%vol", NULL, "0 %vol exclusive", "100 %vol exclusive", "At the start."),      \
                           IN("settling_velocity", "m/s", NULL, "0 m/s", "100 m/s", "Of one grain alone."),            \
                           IN("packing", "%vol", "100 %vol", "0 %vol exclusive", "100 %vol", "Packing."),              \
                           IN("exponent", "1", "4.65", "1", "20", "Exponent.")},                                       \
    .input_count = 5,                                                                                                  \
    .outputs = (const kd_field[]){OUT("time", "s", "Time."), OUT("interface", "m", "Upper interface."),                \
                                  OUT("below", "%vol", "Share just below it.")},                                       \
    .output_count = 3,                                                                                                 \
    .data = (const kd_data_slot[]){{.name = "times", .columns = "time [s]", .doc = "Times since the start."}},         \
    .data_count = 1, .eval_table = kd_eval_batch_profile                                                               \
  }

#endif
