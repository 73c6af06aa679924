// SPDX-License-Identifier: Apache-2.0
/* Parameters of the campaign. A NULL source marks a planning assumption. */
#include <stddef.h>

#include "campaign/tables.h"

#define AT(field) .offset = offsetof(kd_campaign_params, field)
#define NUMBER(name, unit_, initial_, low_, high_, source_, doc_)                                                      \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_NUMBER, .unit = unit_, .initial = initial_, .low = low_, .high = high_,             \
    .doc = doc_, .source = source_, AT(name)                                                                           \
  }
#define CHOICE(name, initial_, choices_, doc_)                                                                         \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_CHOICE, .unit = "1", .initial = initial_, .choices = choices_, .doc = doc_,         \
    AT(name)                                                                                                           \
  }
#define TABLE(name, initial_, columns_, source_, doc_)                                                                 \
  {                                                                                                                    \
    .key = #name, .kind = KD_PARAM_TABLE, .unit = "1", .initial = initial_, .columns = columns_, .doc = doc_,          \
    .source = source_, AT(name)                                                                                        \
  }

#define CHIKYU   "JAMSTEC, D/V Chikyu main specification: cruising speed 10 kn"
#define GEODESIC "WGS84 geodesic from Shimizu to 24.2867 N 153.9806 E"
#define JTWC     "JTWC western North Pacific best tracks 1970-2021 (public domain), counted for 24.2867 N 153.9806 E"

/* clang-format off */
const kd_param kd_campaign_params_table[] = {
  CHOICE(method, "simulate", "simulate|stated", "How the calendar is found: simulated on a random sea, or production days as somebody states them."),
  {.key = "start", .kind = KD_PARAM_DATE, .unit = "s", .initial = "2027-02-01", .doc = "Day on which the ship is planned to leave port.", AT(start)},
  NUMBER(duration, "day", "90 day", "1 day", "366 day", NULL, "Planned time on site; the ship's departure from the site is planned for the start, one passage and this time later."),
  NUMBER(overrun, "day", "{triangular: [0 day, 5 day, 10 day]}", "0 day", "366 day", NULL, "Time by which the stay may be prolonged as long as no mud has come up."),
  NUMBER(test_time, "day", "none", "0 day", "366 day", NULL, "Time on the bottom after which the string comes up although the plan would allow more; none: work to the end of the plan."),
  NUMBER(least_test, "day", "1 day", "0 day", "366 day", NULL, "Time granted after the first mud even when the plan is over."),
  NUMBER(production_days, "day", "none", "0 day", "365 day", NULL, "Method stated: days of production a year, as printed."),
  NUMBER(availability, "%", "none", "0 %", "100 %", NULL, "Method stated: share of the production days in which mud comes up; none: all of them."),

  NUMBER(port_distance, "nmi", "1030 nmi", "1 nmi", "12000 nmi", GEODESIC, "Distance from the port to the site."),
  NUMBER(transit_speed, "kn", "10 kn", "1 kn", "30 kn", CHIKYU, "Speed of the ship on passage in a low sea."),
  NUMBER(slow_limit, "m", "4 m", "0.5 m", "30 m", NULL, "Significant wave height above which the ship slows down on passage."),
  NUMBER(slow_share, "%", "50 %", "5 %", "100 %", NULL, "Share of the speed kept when slowed down."),
  NUMBER(transit_limit, "m", "6 m", "0.5 m", "30 m", NULL, "Significant wave height above which the ship heaves to on passage."),
  NUMBER(departure_limit, "m", "4 m", "0.5 m", "30 m", NULL, "Significant wave height above which the ship does not leave port."),
  NUMBER(departure_delay, "h", "{triangular: [0 h, 12 h, 48 h]}", "0 h", "90 day", NULL, "Delay of departure for other reasons than weather."),

  NUMBER(preparation_time, "day", "{triangular: [1 day, 2 day, 4 day]}", "0 day", "60 day", NULL, "Time on site before the string is run: transponders, survey, rigging of the head."),
  NUMBER(joint_time, "min", "{triangular: [12 min, 15 min, 22 min]}", "0.1 min", "10 h", NULL, "Mean time to run one joint of the lift string."),
  NUMBER(joint_spread, "1", "0.4", "0", "3", NULL, "Standard deviation of the time of one joint over its mean."),
  NUMBER(pressure_test_interval, "1", "20", "0", "10000", NULL, "Joints between two pressure tests while running; 0: no tests."),
  NUMBER(pressure_test_time, "min", "60 min", "0 min", "24 h", NULL, "Time of one pressure test."),
  NUMBER(recovery_joint_time, "min", "10 min", "0.1 min", "10 h", NULL, "Mean time to recover one joint."),
  NUMBER(landing_time, "h", "12 h", "0 h", "240 h", NULL, "Time to land the mining head on the sea floor."),
  NUMBER(start_up_time, "h", "{triangular: [12 h, 24 h, 48 h]}", "0 h", "60 day", NULL, "Time from the first landing to the first mud on deck."),
  NUMBER(restart_time, "h", "2 h", "0 h", "240 h", NULL, "Time to start the flow again after any stop."),
  NUMBER(flush_volumes, "1", "1.5", "0", "10", NULL, "Riser volumes of clean water pumped before a stop."),
  NUMBER(run_window, "h", "12 h", "0 h", "240 h", NULL, "Open sea needed before running or recovering begins or resumes."),
  NUMBER(lift_window, "h", "6 h", "0 h", "240 h", NULL, "Open sea needed before lifting resumes."),
  NUMBER(recovery_margin, "1", "1.5", "1", "10", NULL, "Time kept for recovering the string at the end, over the time it takes in a calm sea."),

  NUMBER(wave_limit, "m", "none", "0.5 m", "30 m", NULL, "Significant wave height up to which mud is lifted; none: the lower of the lift's and the vessel's limit."),
  NUMBER(wave_limit_run, "m", "none", "0.5 m", "30 m", NULL, "Significant wave height up to which the string is run or recovered; none: the lower of the lift's and the vessel's limit."),
  NUMBER(wave_limit_hang, "m", "none", "0.5 m", "30 m", NULL, "Significant wave height up to which the string may hang and wait; none: the lower of the lift's and the vessel's limit."),
  NUMBER(vessel_limit_lift, "m", "{triangular: [3.5 m, 3.75 m, 4 m]}", "0.5 m", "30 m", NULL, "What the vessel itself allows while lifting."),
  NUMBER(vessel_limit_run, "m", "{triangular: [2.5 m, 2.75 m, 3 m]}", "0.5 m", "30 m", NULL, "What the vessel itself allows while running or recovering the string."),
  NUMBER(vessel_limit_hang, "m", "5 m", "0.5 m", "30 m", NULL, "What the vessel itself allows with the string hanging."),
  NUMBER(wave_limit_land, "m", "2.5 m", "0.5 m", "30 m", NULL, "Significant wave height up to which the head is landed."),

  TABLE(wave_climate, "data/campaign/wave_climate.csv", "month [1], hs_mean [m], spread [1], tp_mean [s]?, wind_mean [m/s]?", NULL, "Mean significant wave height by month and the standard deviation of its logarithm, without cyclones."),
  TABLE(wave_series, "none", "hs [m]", NULL, "Hourly significant wave height from 1 January of the first year on; replaces the random sea."),
  NUMBER(wave_level, "1", "{lognormal: [1, 1.05]}", "0.2", "5", NULL, "Factor on all mean wave heights: what is not known of the climate."),
  NUMBER(wave_persistence, "h", "40 h", "1 h", "1000 h", NULL, "E-folding time of the sea state."),

  TABLE(cyclone_rate, "data/campaign/cyclone_rate.csv", "month [1], n300 [1], n500 [1], n1000 [1]", JTWC, "Storms of at least 34 kt a year by month, whose centre comes within 300, 500 and 1,000 km."),
  NUMBER(cyclone_factor, "1", "1", "0", "10", JTWC, "Factor on all cyclone rates; 0: no cyclones."),
  NUMBER(cyclone_shape, "1", "7.2", "0", "1000", JTWC ": yearly count within 1,000 km, mean 5.29, variance 9.19", "Shape of the gamma distribution of a season's activity; 0: every season alike."),
  NUMBER(stand_off, "km", "500 km", "50 km", "1500 km", NULL, "Distance from the centre of a cyclone that the ship keeps."),
  NUMBER(cyclone_speed, "km/h", "26 km/h", "1 km/h", "150 km/h", JTWC ": median at closest approach", "Median speed of the storms over ground."),
  NUMBER(cyclone_speed_spread, "1", "1.68", "1", "5", JTWC ": P10 13, P90 49 km/h", "Geometric standard deviation of that speed."),
  NUMBER(storm_age, "h", "89 h", "0.1 h", "1000 h", JTWC ": median age on reaching 500 km", "Median age of a storm when it reaches the stand-off circle; before its birth nobody is warned."),
  NUMBER(storm_age_spread, "1", "3.48", "1", "20", JTWC ": P10 18 h", "Geometric standard deviation of that age."),
  NUMBER(forecast_error, "km/day", "100 km/day", "0 km/day", "1000 km/day", NULL, "Standard error of the forecast closest approach for each day of lead."),
  NUMBER(forecast_margin, "1", "0", "-3", "5", NULL, "Standard errors added to the stand-off distance when judging a forecast; larger: more false alarms, fewer late stand-downs."),
  NUMBER(t_time_factor, "1", "1.2", "1", "5", NULL, "Factor on the time to secure and clear that gives the moment of alert."),
  NUMBER(cyclone_sea_radius, "km", "600 km", "0 km", "1500 km", NULL, "Distance of a cyclone within which its sea stops all work."),
  CHOICE(secure, "recover", "recover|hang_off", "How the string is secured before a cyclone: brought up joint by joint, or left hanging off at a buoy."),
  NUMBER(disconnect_time, "h", "12 h", "0 h", "240 h", NULL, "Time to hang the string off at its buoy (secure hang_off)."),
  NUMBER(reconnect_time, "h", "36 h", "0 h", "480 h", NULL, "Time to take the string up again (secure hang_off)."),

  TABLE(failures, "data/campaign/failures.csv", "unit, mtbf [h], mttr [h], access, exposure, stop_share [1]", NULL, "Units that fail: mean times, where they are mended and when they are exposed."),
  NUMBER(mtbf_factor, "1", "{lognormal: [1, 1.6]}", "0.01", "1000", NULL, "Factor on all mean times between failures: what is not known of a prototype."),
  NUMBER(repair_spread, "1", "0.8", "0", "5", NULL, "Standard deviation of a repair time over its mean."),
  NUMBER(endurance, "day", "85 day", "1 day", "3650 day", "Nature 442, 964 (2006): 110,000 L of fuel a day on station; tanks of 9,301 m3 (shipstamps.co.uk, Chikyu)", "Time from port to port that fuel and stores last."),
  CHOICE(resupply, "port_call", "port_call|at_sea", "Fuel and stores: fetched in port at the end of the endurance, or brought by a supply ship."),
  NUMBER(port_time, "day", "5 day", "0 day", "365 day", NULL, "Stay in port between two trips."),

  NUMBER(fuel_harbour, "t/day", "12 t/day", "0 t/day", "1000 t/day", NULL, "Fuel in port."),
  NUMBER(fuel_transit, "t/day", "55 t/day", "0 t/day", "1000 t/day", NULL, "Fuel on passage."),
  NUMBER(fuel_calm, "t/day", "55 t/day", "0 t/day", "1000 t/day", NULL, "Fuel on station in a calm sea; calm, moderate and rough bracket the 94 t/d of 110,000 L a day (Nature 442, 964, 2006)."),
  NUMBER(fuel_moderate, "t/day", "80 t/day", "0 t/day", "1000 t/day", NULL, "Fuel on station in a moderate sea."),
  NUMBER(fuel_rough, "t/day", "110 t/day", "0 t/day", "1000 t/day", NULL, "Fuel on station in a rough sea."),
  NUMBER(calm_limit, "m", "2 m", "0.1 m", "30 m", NULL, "Significant wave height up to which the sea counts as calm for fuel."),
  NUMBER(rough_limit, "m", "4 m", "0.1 m", "30 m", NULL, "Significant wave height above which the sea counts as rough for fuel."),
  NUMBER(generator_efficiency, "%", "40 %", "5 %", "70 %", NULL, "Electric energy over the energy of the fuel."),
  NUMBER(fuel_heat, "MJ/kg", "42.7 MJ/kg", "30 MJ/kg", "50 MJ/kg", "IMO MEPC.308(73): lower calorific value of diesel and gas oil", "Lower heating value of the fuel."),
  NUMBER(carbon_factor, "1", "3.206", "0", "4", "IMO MEPC.308(73): carbon factor of diesel and gas oil", "Mass of CO2 for each mass of fuel."),
  NUMBER(support_ships, "1", "1", "0", "20", NULL, "Support ships that attend the whole campaign."),
  NUMBER(mining_crew, "1", "40", "0", "500", NULL, "Persons on board for the mining beside the ship's own crew, which its hire includes."),
  NUMBER(crew_rotation, "1", "2", "1", "4", NULL, "Persons on the payroll for each berth of the mining crew."),

  CHOICE(dewatering, "ship", "ship|island", "Where the mud is dewatered: on the ship, and cake of solids_share is carried; or on the island, and slurry of slurry_share is."),
  NUMBER(solids_share, "%wt", "60 %wt", "1 %wt", "95 %wt", NULL, "Share of dry solids in what is handed to the carriers: pressed cake about 0.6, thickened slurry 0.2 to 0.4."),
  NUMBER(slurry_share, "%wt", "30 %wt", "1 %wt", "95 %wt", NULL, "Share of dry solids in the thickened slurry that is handed to the carriers with dewatering island; assumed."),
  NUMBER(press_energy, "kWh/t", "8 kWh/t", "0 kWh/t", "200 kWh/t", NULL, "Electricity of the presses on board, per tonne dry, with dewatering ship; as process.filter_energy, assumed."),
  NUMBER(press_crew, "1", "8", "0", "500", NULL, "Those of the mining crew who work the presses; not on board with dewatering island; assumed."),
  NUMBER(return_fines, "%wt", "{triangular: [0.1 %wt, 1 %wt, 5 %wt]}", "0 %wt", "50 %wt", NULL, "Share of the lifted solids that leaves with the return water."),
  NUMBER(salt_share, "%wt", "3.5 %wt", "0 %wt", "26 %wt", NULL, "Dissolved salt in the water that stays with the mud."),
  NUMBER(carrier_distance, "nmi", "1030 nmi", "1 nmi", "12000 nmi", GEODESIC, "Distance that the carriers bring the mud or cake."),
  NUMBER(carrier_speed, "kn", "10 kn", "1 kn", "30 kn", NULL, "Speed of the carriers."),
  NUMBER(carrier_load, "t", "5000 t", "1 t", "400000 t", NULL, "Load of one carrier; a 5,000 t coaster fits the island's small quay."),
  NUMBER(carrier_port_time, "day", "2 day", "0 day", "60 day", NULL, "Loading, discharging and waiting of a carrier in one cycle."),
  CHOICE(plant_basis, "lifting_rate", "lifting_rate|year_mean", "What the plant is sized for: the mean rate over the time on the mud, or the mean over the calendar."),
};
/* clang-format on */
