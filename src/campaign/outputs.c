// SPDX-License-Identifier: Apache-2.0
/* Outcome and ledger lines of the campaign. */
#include <stddef.h>

#include "campaign/tables.h"

static const char *const activities[] = {"transit", "preparation", "running",   "landing",
                                         "lifting", "moving",      "recovering"};
static const char *const causes[] = {"departure", "waiting_on_weather", "cyclone", "failure",   "repair_access",
                                     "flushing",  "restarting",         "port",    "not_stated"};
static const char *const burns[] = {"harbour", "transit", "calm", "moderate", "rough"};

const kd_labels kd_campaign_activity_labels = {activities, KD_COUNT(activities)};
const kd_labels kd_campaign_cause_labels = {causes, KD_COUNT(causes)};
const kd_labels kd_campaign_burn_labels = {burns, KD_COUNT(burns)};

_Static_assert(KD_COUNT(activities) == KD_ACTIVITIES, "one label for each activity");
_Static_assert(KD_COUNT(causes) == KD_CAUSES, "one label for each cause");
_Static_assert(KD_COUNT(burns) == KD_BURNS, "one label for each mode");

#define OUT(name, unit_, headline_, doc_)                                                                              \
  { .key = #name, .unit = unit_, .doc = doc_, .offset = offsetof(kd_campaign_result, name), .headline = headline_ }
#define OUT_VECTOR(name, field, unit_, labels_, doc_)                                                                  \
  { .key = name, .unit = unit_, .doc = doc_, .offset = offsetof(kd_campaign_result, field), .labels = labels_ }

/* clang-format off */
const kd_output kd_campaign_outputs[] = {
  OUT(departure_day, "day", 0, "Departure from port, counted from the planned start."),
  OUT(on_site_day, "day", 0, "Arrival on site, counted from the planned start."),
  OUT(on_bottom_day, "day", 0, "First landing on the sea floor, counted from the planned start."),
  OUT(first_mud_day, "day", 0, "First mud on deck, counted from the planned start."),
  OUT(return_day, "day", 0, "Return to port after the last trip, counted from the planned start."),
  OUT(on_site_date, "s", 0, "Arrival on site, seconds since 1970-01-01 UTC."),
  OUT(on_bottom_date, "s", 0, "First landing on the sea floor, seconds since 1970-01-01 UTC."),
  OUT(first_mud_date, "s", 0, "First mud on deck, seconds since 1970-01-01 UTC."),
  OUT(return_date, "s", 0, "Return to port after the last trip, seconds since 1970-01-01 UTC."),
  OUT(calendar_time, "day", 0, "From the planned start to the return: the time for which the ship is hired."),
  OUT(on_station_time, "day", 0, "Time on station."),
  OUT(lifting_limit, "m", 0, "Significant wave height up to which mud is lifted, mean of the twelve months."),
  OUT(string_governs, "%", 0, "Share of the months in which the string's operability by peak period is what limits lifting; else ship, crew and handling do."),
  OUT(lifting_time, "day", 2, "Time in which mud comes up."),
  OUT_VECTOR("activity", activity, "h", &kd_campaign_activity_labels, "Hours of work by activity; with the lost hours they sum to the calendar."),
  OUT_VECTOR("lost", lost, "h", &kd_campaign_cause_labels, "Lost hours by cause; with the hours of work they sum to the calendar."),
  OUT(technical_availability, "%", 0, "Time on the mud over that time and the time lost to failures and their access."),
  OUT(weather_availability, "%", 0, "Share of the calendar not lost to waves and cyclones."),
  OUT(operational_availability, "%", 3, "Lifting time over the time on station."),
  OUT(utilisation, "%", 0, "Lifting time over the calendar."),
  OUT(dry_rate, "t/day", 0, "Dry solids up the pipe while lifting."),
  OUT(mean_rate, "t/day", 0, "Dry solids up the pipe over the time on the mud, moves included."),
  OUT(dry_lifted, "t", 1, "Dry solids lifted."),
  OUT(dry_delivered, "t", 0, "Dry solids handed to the plant."),
  OUT(dry_returned, "t", 0, "Dry solids that left with the return water."),
  OUT(dry_stirred, "t", 0, "Dry solids stirred up and lost at the sea floor."),
  OUT(wet_delivered, "t", 0, "Dry solids and their water handed to the plant."),
  OUT(no_mud, "1", 0, "1 when no mud came up; the mean is the probability of it."),
  OUT(stand_downs, "1", 0, "Stand-downs for cyclones."),
  OUT(false_alarms, "1", 0, "Stand-downs for storms that passed outside the stand-off circle."),
  OUT(late_stand_downs, "1", 0, "Storms that left less time than the ship needed to secure and clear."),
  OUT(t_time, "h", 0, "Time to flush, secure the whole string and clear the stand-off distance, with its factor."),
  OUT(alert_radius, "km", 0, "Distance at which a storm of median speed must be judged."),
  OUT(hang_exceeded, "h", 0, "Hours with the string in the water in a sea above the hang-off limit."),
  OUT(failures, "1", 0, "Failures that stopped the work."),
  OUT(string_trips, "1", 0, "Times the string was run."),
  OUT(trips, "1", 0, "Trips of the ship from port and back."),
  OUT(fuel, "t", 0, "Fuel burnt by the mining ship."),
  OUT_VECTOR("fuel_by_mode", fuel_by_mode, "t", &kd_campaign_burn_labels, "Fuel of the ship's own service by mode."),
  OUT(fuel_lifting, "t", 0, "Fuel for the electricity of the lift."),
  OUT(fuel_pressing, "t", 0, "Fuel for the electricity of the presses on board; 0 when the island dewaters."),
  OUT(carrier_trips, "1", 0, "Loads of the carriers."),
  OUT(carrier_time, "day", 0, "Time of the carriers."),
  OUT(support_ship_time, "day", 0, "Time of the support ships."),
};

#define LINE(item_, kind_, unit_, account_, role_, doc_)                                                               \
  {.item = item_, .kind = kind_, .unit = unit_, .doc = doc_, .account = account_, .role = role_}
#define LINE_VECTOR(item_, kind_, unit_, account_, role_, labels_, doc_)                                               \
  {.item = item_, .kind = kind_, .unit = unit_, .doc = doc_, .account = account_, .role = role_, .labels = labels_}

const kd_line kd_campaign_lines[] = {
  LINE("solids_cut", KD_LINE_TRANSFER, "t", "solids", KD_ROLE_IN, "Dry solids cut from the sea floor."),
  LINE("solids_stirred", KD_LINE_WASTE, "t", "solids", KD_ROLE_OUT, "Dry solids stirred up and lost at the sea floor."),
  LINE("solids_returned", KD_LINE_WASTE, "t", "solids", KD_ROLE_OUT, "Dry solids lost with the return water."),
  LINE_VECTOR("elements_cut", KD_LINE_TRANSFER, "t", "element", KD_ROLE_IN, &kd_element_labels, "Elements in the solids cut."),
  LINE_VECTOR("elements_stirred", KD_LINE_WASTE, "t", "element", KD_ROLE_OUT, &kd_element_labels, "Elements in the solids stirred up."),
  LINE_VECTOR("elements_returned", KD_LINE_WASTE, "t", "element", KD_ROLE_OUT, &kd_element_labels, "Elements in the solids lost with the return water."),
  LINE("pore_water", KD_LINE_TRANSFER, "t", "water", KD_ROLE_IN, "Pore water lifted with the mud."),
  LINE("sea_water", KD_LINE_TRANSFER, "t", "water", KD_ROLE_IN, "Sea water lifted with the mud beside its pore water."),
  LINE("return_water", KD_LINE_WASTE, "t", "water", KD_ROLE_OUT, "Water returned to the sea."),
  LINE("fuel", KD_LINE_USE, "t", NULL, KD_ROLE_NONE, "Marine distillate burnt by the mining ship."),
  LINE("carbon_dioxide", KD_LINE_EMIT, "t", NULL, KD_ROLE_NONE, "CO2 from that fuel."),
  LINE("fuel_energy", KD_LINE_TRANSFER, "GJ", "energy", KD_ROLE_IN, "Energy of that fuel, lower heating value."),
  LINE("lift_hydraulic_work", KD_LINE_TRANSFER, "GJ", "energy", KD_ROLE_OUT, "Work done on the slurry."),
  LINE("lift_losses", KD_LINE_TRANSFER, "GJ", "energy", KD_ROLE_OUT, "Losses of pumps, motors and drives of the lift."),
  LINE("ship_service", KD_LINE_TRANSFER, "GJ", "energy", KD_ROLE_OUT, "Propulsion, station keeping and hotel."),
  LINE("press_work", KD_LINE_TRANSFER, "GJ", "energy", KD_ROLE_OUT, "Electricity of the presses on board."),
  LINE("fuel_pressing", KD_LINE_TRANSFER, "t", NULL, KD_ROLE_NONE, "Part of the fuel that the presses on board burn."),
  LINE("presses", KD_LINE_EQUIPMENT, "t/day", NULL, KD_ROLE_NONE, "Presses on board, dry solids; 0 when the island dewaters."),
  LINE("generator_loss", KD_LINE_TRANSFER, "GJ", "energy", KD_ROLE_OUT, "Losses of engines and generators."),
  LINE("ship_time", KD_LINE_USE, "h", NULL, KD_ROLE_NONE, "Hire of the mining ship."),
  LINE("support_ship_time", KD_LINE_USE, "h", NULL, KD_ROLE_NONE, "Hire of support ships."),
  LINE("carrier_time", KD_LINE_USE, "h", NULL, KD_ROLE_NONE, "Hire of the carriers."),
  LINE("dry_capacity", KD_LINE_EQUIPMENT, "t/day", NULL, KD_ROLE_NONE, "Dry solids a day of work on the mud, moves included: the size of the mining system."),
  LINE("labour", KD_LINE_LABOUR, "year", NULL, KD_ROLE_NONE, "Mining crew, person years; the ship's own crew is in its hire."),
  LINE("calendar_time", KD_LINE_TRANSFER, "h", "ship_time", KD_ROLE_IN, "Calendar of the mining ship."),
  LINE_VECTOR("productive_time", KD_LINE_TRANSFER, "h", "ship_time", KD_ROLE_OUT, &kd_campaign_activity_labels, "Hours of work by activity."),
  LINE_VECTOR("lost_time", KD_LINE_TRANSFER, "h", "ship_time", KD_ROLE_OUT, &kd_campaign_cause_labels, "Lost hours by cause."),
};
/* clang-format on */
