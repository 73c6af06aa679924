// SPDX-License-Identifier: Apache-2.0
/* Campaign: the calendar of one project year (a trial: of one campaign) on a random sea, and the mass that it moves.
 * Times and masses are SI; a date is seconds since 1970-01-01 UTC. docs/theory/campaign.md tells the model. */
#ifndef KD_CAMPAIGN_CAMPAIGN_H
#define KD_CAMPAIGN_CAMPAIGN_H

#include "base/stage.h"
#include "base/work.h"
#include "exchange/delivered.h"
#include "exchange/limits.h"
#include "exchange/released.h"
#include "exchange/slurry.h"

/* What the ship does, hour by hour. The first KD_ACTIVITIES are work; the rest is time lost, each with one cause. */
typedef enum kd_hours {
  KD_HOURS_TRANSIT,
  KD_HOURS_PREPARATION,
  KD_HOURS_RUNNING,
  KD_HOURS_LANDING,
  KD_HOURS_LIFTING,
  KD_HOURS_MOVING,
  KD_HOURS_RECOVERING,
  KD_ACTIVITIES,
  KD_HOURS_DEPARTURE = KD_ACTIVITIES,
  KD_HOURS_WEATHER,
  KD_HOURS_CYCLONE,
  KD_HOURS_FAILURE,
  KD_HOURS_REPAIR_ACCESS,
  KD_HOURS_FLUSHING,
  KD_HOURS_RESTARTING,
  KD_HOURS_PORT,
  KD_HOURS_NOT_STATED,
  KD_HOURS,
  KD_CAUSES = KD_HOURS - KD_ACTIVITIES
} kd_hours;

extern const kd_labels kd_campaign_activity_labels; /* KD_ACTIVITIES */
extern const kd_labels kd_campaign_cause_labels;    /* KD_CAUSES */

/* How the ship burns fuel. */
typedef enum kd_burn {
  KD_BURN_HARBOUR,
  KD_BURN_TRANSIT,
  KD_BURN_CALM,
  KD_BURN_MODERATE,
  KD_BURN_ROUGH,
  KD_BURNS
} kd_burn;
extern const kd_labels kd_campaign_burn_labels;

enum { KD_CAMPAIGN_SIMULATE, KD_CAMPAIGN_STATED };  /* method */
enum { KD_SECURE_RECOVER, KD_SECURE_HANG_OFF };     /* secure */
enum { KD_RESUPPLY_PORT_CALL, KD_RESUPPLY_AT_SEA }; /* resupply */
enum { KD_DEWATER_SHIP, KD_DEWATER_ISLAND };        /* dewatering */
enum { KD_PLANT_LIFTING_RATE, KD_PLANT_YEAR_MEAN }; /* plant_basis */

typedef struct kd_campaign_params {
  int method;
  double start, duration, overrun, test_time, least_test, production_days, availability;
  double port_distance, transit_speed, slow_limit, slow_share, transit_limit, departure_limit, departure_delay;
  double preparation_time, joint_time, joint_spread, pressure_test_interval, pressure_test_time, recovery_joint_time;
  double landing_time, start_up_time, restart_time, flush_volumes, run_window, lift_window, recovery_margin;
  double wave_limit, wave_limit_run, wave_limit_hang, vessel_limit_lift, vessel_limit_run, vessel_limit_hang;
  double wave_limit_land;
  const kd_table *wave_climate, *wave_series;
  double wave_level, wave_persistence;
  const kd_table *cyclone_rate;
  double cyclone_factor, cyclone_shape, stand_off, cyclone_speed, cyclone_speed_spread, storm_age, storm_age_spread;
  double forecast_error, forecast_margin, t_time_factor, cyclone_sea_radius;
  int secure;
  double disconnect_time, reconnect_time;
  const kd_table *failures;
  double mtbf_factor, repair_spread, endurance;
  int resupply;
  double port_time;
  double fuel_harbour, fuel_transit, fuel_calm, fuel_moderate, fuel_rough, calm_limit, rough_limit;
  double generator_efficiency, fuel_heat, carbon_factor;
  double support_ships, mining_crew, crew_rotation;
  int dewatering;
  double solids_share, slurry_share, press_energy, press_crew, return_fines, salt_share;
  double carrier_distance, carrier_speed, carrier_load, carrier_port_time;
  int plant_basis;
} kd_campaign_params;

typedef struct kd_campaign_result {
  double on_site_date, on_bottom_date, first_mud_date, return_date;
  double departure_day, on_site_day, on_bottom_day, first_mud_day, return_day; /* s from the start */
  double calendar_time, lifting_time, on_station_time;
  double activity[KD_ACTIVITIES], lost[KD_CAUSES];
  double technical_availability, weather_availability, operational_availability, utilisation;
  double dry_rate, mean_rate, dry_lifted, dry_delivered, dry_returned, dry_stirred, wet_delivered;
  double no_mud; /* 1: no mud came up; its mean is the probability */
  double stand_downs, false_alarms, late_stand_downs, t_time, alert_radius, hang_exceeded;
  double failures, string_trips, trips;
  double fuel, fuel_by_mode[KD_BURNS], fuel_lifting, fuel_pressing;
  double carrier_trips, carrier_time, support_ship_time;
  double lifting_limit, string_governs; /* m and share of the months; NaN where the days are stated */
  kd_delivered delivered;
  kd_released released;
} kd_campaign_result;

extern const kd_stage kd_campaign_stage;

/* Runs the campaign and posts the year's totals of mining, lifting and shipping.
 * Errors: KD_E_MISSING (stated method without its days), KD_E_MODEL (nothing to lift, sea table without a month). */
kd_status kd_campaign_run(kd_campaign_result *out, const kd_campaign_params *p, const kd_slurry *feed,
                          const kd_limits *limits, kd_work *work);

#endif
