// SPDX-License-Identifier: Apache-2.0
/* The lift stage: mud from the sea floor to the deck, by a closed circuit of sea water, by pumps in the riser, or by
 * air. */
#ifndef KD_LIFT_LIFT_H
#define KD_LIFT_LIFT_H

#include "base/stage.h"
#include "base/table.h"
#include "exchange/limits.h"
#include "exchange/slurry.h"

typedef enum kd_lift_method { KD_LIFT_CLOSED_CIRCUIT, KD_LIFT_AIR_LIFT, KD_LIFT_PUMP } kd_lift_method;
typedef enum kd_conduit { KD_CONDUIT_PARALLEL, KD_CONDUIT_ANNULUS } kd_conduit;
typedef enum kd_compression { KD_COMPRESSION_POLYTROPIC, KD_COMPRESSION_ISOTHERMAL } kd_compression;

typedef struct kd_lift_params {
  int method;
  double depth; /* NaN: the depth of the ground */
  double deck_height, latitude;
  const kd_table *profile;
  double bore, outer_diameter /* NaN: bore and wall */, wall, roughness;
  int conduit;
  double conduit_bore, conduit_wall;
  double solids;
  int rheology;
  double rheology_factor;
  double starter_yield, starter_yield_growth, starter_consistency, starter_consistency_growth;
  double starter_index_slope, starter_index_floor;
  double liquid_limit, plastic_limit, stress_factor, liquidity_flow_index;
  double yield, consistency, index;
  double scaling_yield, scaling_yield_power, scaling_growth, scaling_index;
  const kd_table *rheology_table;
  int friction; /* 0 auto, then kd_friction_law + 1 */
  int transition;
  double d85, grain_size, settling_factor;
  double static_yield_ratio, gel_time, gel_exponent, rest_time;
  double deck_pressure, head_loss, head_energy;
  double pump_efficiency, motor_efficiency, rated_pressure, pump_flow;
  const kd_table *pump_curve, *grains;
  double pump_inertia;     /* NaN: a second of its power */
  int drift, gas_friction; /* kd_drift_law, kd_two_phase_law */
  double injection_depth, surface_tension, air_temperature, air_line_loss;
  int compression;
  double compressor_efficiency, compressor_stages, polytropic_exponent;
  double material_density, modulus, yield_strength, joint_length, joint_factor, head_mass, buoyancy, hook_load;
  double bulk_modulus;
  double wave_limit_lift, wave_limit_run, wave_limit_hang;
  int operability; /* 0 number, 1 table, 2 lower of both */
  const kd_table *operability_table;
  double operability_heading;
  const kd_table *string_segments, *ship_rao;
  double ship_length, ship_beam, ship_draught, string_forward;
  double stress_allowable, slack_share, head_drag_area, wall_drag, axial_damping;
} kd_lift_params;

typedef struct kd_lift_result {
  kd_limits limits;
  double dry_rate, derating; /* kg/s; over the design rate */
  double slurry_solids;      /* share lifted, not above that of the mud in place */
  double thinning;           /* share lifted over the share wanted: below 1 where the ship had to thin the slurry */
  double slurry_rate, sea_water, slurry_density, velocity;
  double yield_stress, consistency, flow_index;
  double reynolds, critical_velocity, regime, friction_law, wall_stress;
  double static_pressure, friction_up, friction_down, pump_pressure, pressure_margin;
  double foot_pressure, foot_excess, deck_pressure, sea_pressure;
  double pumps, hydraulic_power, power, energy_per_tonne, static_energy, friction_energy;
  double air_rate, air_pressure, free_air, exit_velocity;
  double settling_velocity, deposition_margin, suspended_grain;
  double static_yield, restart_pressure, restart_margin;
  double flush_time;
  double string_length, joints, string_mass, weight_air, weight_water, top_tension, top_stress, utilisation, stretch;
  double period_free, period_locked, hook_utilisation, water_hammer;
} kd_lift_result;

extern const kd_stage kd_lift_stage;

/* Runs the stage. Errors: KD_E_INFEASIBLE when the column cannot be moved by the plant, KD_E_RANGE, KD_E_NAN. */
kd_status kd_lift_run(kd_lift_result *out, const kd_lift_params *p, const kd_slurry *feed, kd_work *work);

#endif
