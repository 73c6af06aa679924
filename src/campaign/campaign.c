// SPDX-License-Identifier: Apache-2.0
/* One campaign: the calendar, the mass that it moves, and what it uses. With t_L the lifting time,
 *
 *   lifted     L = t_L min(design rate, lift rate)                                     (1)
 *   cut        C = L + q L,      q  share stirred up and lost at the sea floor         (2)
 *   returned   R = f L,          f  fines that leave with the return water             (3)
 *   water      W = t_L (w_pore L/t_L + w_sea);  delivered  min(W, (L - R)(1 - s)/s)     (4)
 *   moves      of the time on the mud: 1 - t_win / (t_idle + t_win + t_move), t_win = m / rate            (5)
 *
 *   s  solids share by mass of what is handed over: cake pressed on the ship, or slurry dewatered on the island
 *   m  dry solids won by one insertion [kg]
 *   t_idle  time of an insertion in which nothing comes up: what the mine plan plans less m / design rate. A lift that
 *           carries less than the design rate draws the cut out, so that L = m times the insertions at any rate.
 *
 * Source    balances. Range: one ship. Weakness: the fines lost have the grade of the mud.
 */
#include "campaign/campaign.h"

#include <math.h>

#include "campaign/calendar.h"
#include "campaign/formulas.h"

#define KD_YEAR       31536000.0 /* s of the 365 days over which stated production days are counted */
#define KD_CYCLE_CALL 2.0        /* passages in one cycle of a carrier */

kd_stream kd_campaign_stream(const kd_work *work, const char *purpose) {
  kd_stream stream;
  kd_stream_start(&stream, work->rng->seed, work->rng->stream ^ kd_stream_id(purpose), work->rng->realisation);
  return stream;
}

/* The calendar as somebody states it: days of production a year and how much of them mud really comes up. */
static kd_status state_calendar(kd_calendar *out, const kd_campaign_params *p, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(!isnan(p->production_days), err, KD_E_MISSING, "production_days: needed with method stated");
  *out = (kd_calendar){.departed = (double)NAN,
                       .arrived = (double)NAN,
                       .bottom = (double)NAN,
                       .mud = (double)NAN,
                       .returned = KD_YEAR,
                       .t_time = (double)NAN};
  const double share = isnan(p->availability) ? 1 : p->availability;
  const double days = floor(p->production_days + 0.5), lifting = floor(days * share + 0.5);
  out->hours[KD_HOURS_LIFTING] = lifting;
  out->hours[KD_HOURS_NOT_STATED] = KD_YEAR - lifting;
  out->burn[KD_BURN_MODERATE] = days;
  out->burn[KD_BURN_HARBOUR] = KD_YEAR - days;
  out->station = days;
out:
  return status;
}

/* Share of the time on the mud in which mud comes up, (5); 1 when the insertions are not known. */
static double lifting_share(const kd_slurry *feed, double rate) {
  const double won = feed->dry_per_insertion;
  if (!(won > 0) || !isfinite(won)) return 1;
  const double idle = fmax(feed->insertion_time - won / feed->dry_rate, 0);
  return kd_lifting_share(won, rate, idle + won / rate, fmax(feed->move_time, 0));
}

/* Splits the time on the mud, in whole seconds. */
static void split_moves(kd_calendar *log, double share) {
  const double all = log->hours[KD_HOURS_LIFTING];
  log->hours[KD_HOURS_LIFTING] = floor(all * share + 0.5);
  log->hours[KD_HOURS_MOVING] = all - log->hours[KD_HOURS_LIFTING];
}

static void fill_times(kd_campaign_result *out, const kd_calendar *log, const kd_campaign_params *p) {
  const double station = log->station;
  double lost_weather, lost_failure;
  for (int i = 0; i < KD_ACTIVITIES; i++) out->activity[i] = log->hours[i];
  for (int i = 0; i < KD_CAUSES; i++) out->lost[i] = log->hours[KD_ACTIVITIES + i];
  out->departure_day = log->departed;
  out->on_site_day = log->arrived;
  out->on_bottom_day = log->bottom;
  out->first_mud_day = log->mud;
  out->return_day = log->returned;
  out->on_site_date = p->start + log->arrived;
  out->on_bottom_date = p->start + log->bottom;
  out->first_mud_date = p->start + log->mud;
  out->return_date = p->start + log->returned;
  out->calendar_time = log->returned;
  out->on_station_time = station;
  out->lifting_time = log->hours[KD_HOURS_LIFTING];
  lost_weather = log->hours[KD_HOURS_WEATHER] + log->hours[KD_HOURS_CYCLONE];
  lost_failure = log->hours[KD_HOURS_FAILURE] + log->hours[KD_HOURS_REPAIR_ACCESS];
  const double worked = out->lifting_time + log->hours[KD_HOURS_MOVING];
  out->technical_availability = worked + lost_failure > 0 ? worked / (worked + lost_failure) : (double)NAN;
  out->weather_availability = log->returned > 0 ? 1 - lost_weather / log->returned : (double)NAN;
  out->operational_availability = station > 0 ? out->lifting_time / station : (double)NAN;
  out->utilisation = log->returned > 0 ? out->lifting_time / log->returned : (double)NAN;
  out->no_mud = out->lifting_time > 0 ? 0 : 1;
  out->stand_downs = log->stand_downs;
  out->false_alarms = log->false_alarms;
  out->late_stand_downs = log->late;
  out->t_time = log->t_time;
  out->alert_radius = p->stand_off + p->cyclone_speed * log->t_time;
  out->hang_exceeded = log->hang_exceeded;
  out->failures = log->failures;
  out->string_trips = log->string_trips;
  out->trips = log->trips;
}

/* Electricity of the presses when they stand on board, J. */
static double press_work(const kd_campaign_result *r, const kd_campaign_params *p) {
  return p->dewatering == KD_DEWATER_SHIP ? p->press_energy * (1 - p->return_fines) * r->dry_rate * r->lifting_time : 0;
}

/* Fuel in kg: the ship's own by mode, and the lift's through the generators. */
static void fill_fuel(kd_campaign_result *out, const kd_calendar *log, const kd_campaign_params *p, double power) {
  const double rate[KD_BURNS] = {p->fuel_harbour, p->fuel_transit, p->fuel_calm, p->fuel_moderate, p->fuel_rough};
  out->fuel = 0;
  for (int i = 0; i < KD_BURNS; i++) out->fuel += out->fuel_by_mode[i] = rate[i] * log->burn[i];
  out->fuel_lifting = power * out->lifting_time / (p->generator_efficiency * p->fuel_heat);
  out->fuel_pressing = press_work(out, p) / (p->generator_efficiency * p->fuel_heat);
  out->fuel += out->fuel_lifting + out->fuel_pressing;
}

/* Masses by (1) to (4), and the two hand-overs. */
static void fill_masses(kd_campaign_result *out, const kd_campaign_params *p, const kd_slurry *feed,
                        const kd_limits *limits, double *sea_water, double *return_water) {
  const double lifted = out->dry_rate * out->lifting_time;
  out->dry_lifted = lifted;
  out->dry_stirred = feed->loss_share * lifted;
  out->dry_returned = p->return_fines * lifted;
  out->dry_delivered = (1 - p->return_fines) * lifted;
  *sea_water = (limits->water_rate > 0 ? limits->water_rate : 0) * out->lifting_time;
  const double share = p->dewatering == KD_DEWATER_ISLAND ? p->slurry_share : p->solids_share;
  const double water = feed->pore_water * lifted + *sea_water, cake = (1 - share) / share;
  const double kept = water > 0 ? fmin(1, out->dry_delivered * cake / water) : 0;
  *return_water = water * (1 - kept);

  kd_delivered *d = &out->delivered;
  *d = (kd_delivered){.dry_mass = out->dry_delivered, .lifting_time = out->lifting_time};
  for (int e = 0; e < KD_ELEMENTS; e++) d->element[e] = feed->grade[e] * out->dry_delivered;
  d->coarse_mass = feed->coarse_share * out->dry_delivered;
  d->water_mass = water * kept;
  d->pressed = p->dewatering == KD_DEWATER_SHIP;
  d->salt_share = p->salt_share;
  d->grain_density = feed->grain_density;
  d->plant_rate = p->plant_basis == KD_PLANT_LIFTING_RATE ? (1 - p->return_fines) * out->mean_rate
                                                          : out->dry_delivered / fmax(out->calendar_time, 1);
  out->wet_delivered = d->dry_mass + d->water_mass;

  const double working = out->lifting_time > 0 ? out->lifting_time : (double)NAN;
  out->released = (kd_released){
      .duration = out->lifting_time, .water_depth = feed->water_depth, .grain_density = feed->grain_density};
  out->released.collector_rate = out->lifting_time > 0 ? feed->loss_share * out->dry_rate : 0;
  out->released.return_rate = out->lifting_time > 0 ? p->return_fines * out->dry_rate : 0;
  out->released.return_water = out->lifting_time > 0 ? *return_water / working / feed->pore_density : 0;
  out->released.insertions = feed->dry_per_insertion > 0 ? lifted / feed->dry_per_insertion : (double)NAN;
}

static void fill_shipping(kd_campaign_result *out, const kd_campaign_params *p) {
  out->carrier_trips = out->wet_delivered / p->carrier_load;
  out->carrier_time =
      out->carrier_trips * (KD_CYCLE_CALL * p->carrier_distance / p->carrier_speed + p->carrier_port_time);
  out->support_ship_time = p->support_ships * out->calendar_time;
}

static void post_elements(kd_ledger *ledger, const char *name, const double *grade, double mass) {
  double quantity[KD_ELEMENTS];
  for (int e = 0; e < KD_ELEMENTS; e++) quantity[e] = grade[e] * mass;
  kd_ledger_post_vector(ledger, name, quantity);
}

static void post_masses(const kd_campaign_result *r, const kd_slurry *feed, double sea_water, double return_water,
                        kd_ledger *ledger) {
  const double cut = r->dry_lifted * (1 + feed->loss_share);
  kd_ledger_post(ledger, "campaign.solids_cut", cut);
  kd_ledger_post(ledger, "campaign.solids_stirred", r->dry_stirred);
  kd_ledger_post(ledger, "campaign.solids_returned", r->dry_returned);
  post_elements(ledger, "campaign.elements_cut", feed->grade, cut);
  post_elements(ledger, "campaign.elements_stirred", feed->grade, r->dry_stirred);
  post_elements(ledger, "campaign.elements_returned", feed->grade, r->dry_returned);
  kd_ledger_post(ledger, "campaign.pore_water", feed->pore_water * r->dry_lifted);
  kd_ledger_post(ledger, "campaign.sea_water", sea_water);
  kd_ledger_post(ledger, "campaign.return_water", return_water);
  kd_ledger_post(ledger, "campaign.dry_capacity", r->mean_rate);
}

static void post_energy(const kd_campaign_result *r, const kd_campaign_params *p, double power, double hydraulic,
                        kd_ledger *ledger) {
  double service = 0;
  for (int i = 0; i < KD_BURNS; i++) service += r->fuel_by_mode[i];
  kd_ledger_post(ledger, "campaign.fuel", r->fuel);
  kd_ledger_post(ledger, "campaign.carbon_dioxide", r->fuel * p->carbon_factor);
  kd_ledger_post(ledger, "campaign.fuel_energy", r->fuel * p->fuel_heat);
  kd_ledger_post(ledger, "campaign.generator_loss", r->fuel * p->fuel_heat * (1 - p->generator_efficiency));
  kd_ledger_post(ledger, "campaign.ship_service", service * p->fuel_heat * p->generator_efficiency);
  kd_ledger_post(ledger, "campaign.press_work", press_work(r, p));
  kd_ledger_post(ledger, "campaign.fuel_pressing", r->fuel_pressing);
  kd_ledger_post(ledger, "campaign.presses",
                 p->dewatering == KD_DEWATER_SHIP ? (1 - p->return_fines) * r->mean_rate : 0);
  kd_ledger_post(ledger, "campaign.lift_hydraulic_work", hydraulic * r->lifting_time);
  kd_ledger_post(ledger, "campaign.lift_losses", (power - hydraulic) * r->lifting_time);
}

static void post_time(const kd_campaign_result *r, const kd_campaign_params *p, kd_ledger *ledger) {
  kd_ledger_post(ledger, "campaign.calendar_time", r->calendar_time);
  kd_ledger_post_vector(ledger, "campaign.productive_time", r->activity);
  kd_ledger_post_vector(ledger, "campaign.lost_time", r->lost);
  kd_ledger_post(ledger, "campaign.ship_time", r->calendar_time);
  kd_ledger_post(ledger, "campaign.support_ship_time", r->support_ship_time);
  kd_ledger_post(ledger, "campaign.carrier_time", r->carrier_time);
  const double crew = p->mining_crew - (p->dewatering == KD_DEWATER_SHIP ? 0 : fmin(p->press_crew, p->mining_crew));
  kd_ledger_post(ledger, "campaign.labour", crew * p->crew_rotation * r->calendar_time);
}

kd_status kd_campaign_run(kd_campaign_result *out, const kd_campaign_params *p, const kd_slurry *feed,
                          const kd_limits *limits, kd_work *work) {
  kd_status status = KD_OK;
  kd_calendar log;
  double sea_water, return_water;
  *out = (kd_campaign_result){0};
  out->dry_rate = isnan(limits->dry_rate) ? feed->dry_rate : fmin(feed->dry_rate, limits->dry_rate);
  KD_CHECK(out->dry_rate > 0 && isfinite(out->dry_rate), work->err, KD_E_MODEL,
           "rate of dry solids %g kg/s: must be above 0", out->dry_rate);
  const double power = limits->power > 0 ? limits->power : 0;
  const double hydraulic = limits->hydraulic_power > 0 ? fmin(limits->hydraulic_power, power) : 0;

  if (p->method == KD_CAMPAIGN_STATED)
    KD_TRY(state_calendar(&log, p, work->err));
  else
    KD_TRY(kd_calendar_simulate(&log, p, feed, limits, work));
  const bool simulated = p->method != KD_CAMPAIGN_STATED;
  out->lifting_limit = simulated ? log.lifting_limit : (double)NAN;
  out->string_governs = simulated ? log.string_governs : (double)NAN;
  const double share = lifting_share(feed, out->dry_rate);
  split_moves(&log, share);
  out->mean_rate = share * out->dry_rate;
  fill_times(out, &log, p);
  fill_fuel(out, &log, p, power);
  fill_masses(out, p, feed, limits, &sea_water, &return_water);
  fill_shipping(out, p);

  post_masses(out, feed, sea_water, return_water, work->ledger);
  post_energy(out, p, power, hydraulic, work->ledger);
  post_time(out, p, work->ledger);
out:
  return status;
}
