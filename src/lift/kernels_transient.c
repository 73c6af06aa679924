// SPDX-License-Identifier: Apache-2.0
/* Kernels of transients: a line from tables, and the two lines with known answers. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "lift/duct_cases.h"
#include "lift/kernels.h"
#include "lift/lift_table.h"
#include "lift/rheology.h"
#include "lift/seawater.h"
#include "lift/settling.h"
#include "lift/transient.h"
#include "lift/transient_tables.h"

#define CARRIER 1030.0 /* kg/m3, in which grains settle */

/* Places of the options of lift.transient. */
enum {
  T_UNTIL,
  T_EVERY,
  T_STEP,
  T_COURANT,
  T_SOLVER,
  T_INLET,
  T_START_FLOW,
  T_START_SOLIDS,
  T_DECK_HEIGHT,
  T_OUTLET_PRESSURE,
  T_SALINITY,
  T_TEMPERATURE,
  T_GRAVITY,
  T_SOLIDS,
  T_YIELD,
  T_YIELD_POWER,
  T_CONSISTENCY,
  T_INDEX,
  T_VISCOSITY,
  T_FRICTION,
  T_GRAIN_DENSITY,
  T_GRAIN,
  T_DRIFT,
  T_TENSION,
  T_INJECTION,
  T_FEED,
  T_PUMP_SHUT_OFF,
  T_PUMP_FLOW,
  T_PUMP_PRESSURE,
  T_PUMP_AT,
  T_PUMP_INERTIA,
  T_PUMP_SPEED,
  T_PUMP_EFFICIENCY,
  T_CHECK_VALVE,
  T_STATIC_RATIO,
  T_GEL_TIME,
  T_GEL_START,
  T_VALVE_LOSS,
  T_PLUG,
  T_TANK,
  T_DRAIN,
  T_ROUGHNESS,
  T_SLOPES,
  T_VALVE_AT,
  T_LATITUDE
};

typedef struct fluid_law {
  double solids, yield, power, consistency, index, viscosity;
} fluid_law;

/* Yield as a power of the share, ln K straight from that of water, n straight from 1; solids 0: one fluid at any share.
 */
static kd_status fluid_at(kd_rheology *out, double fines, const void *user, kd_error *err) {
  const fluid_law *law = user;
  if (!(law->solids > 0)) {
    *out = (kd_rheology){law->yield, law->consistency, law->index};
    return kd_rheology_check(out, err);
  }
  const double x = fines / law->solids;
  out->yield = law->yield * pow(x, law->power);
  out->consistency = law->viscosity * exp(x * log(law->consistency / law->viscosity));
  out->index = fmax(1.0 + x * (law->index - 1.0), 0.2);
  return kd_rheology_check(out, err);
}

/* Tables that may be left out. */
typedef struct extras {
  const kd_table *grains, *profile, *curve;
} extras;

typedef struct event_table {
  kd_grains grains;
  const kd_table *table;
  const double *time;
  size_t rows;
  double outlet_pressure;
  bool by_flow;
} event_table;

static double event(const event_table *e, const char *name, double time, double otherwise) {
  const kd_column *column = kd_table_column(e->table, name);
  if (column == NULL || e->rows == 0) return otherwise;
  size_t i = 0;
  while (i + 1 < e->rows && e->time[i + 1] <= time) i++;
  const double a = column->number[i];
  if (isnan(a)) return otherwise;
  if (i + 1 == e->rows || time <= e->time[i] || isnan(column->number[i + 1])) return a;
  return a + (column->number[i + 1] - a) * (time - e->time[i]) / (e->time[i + 1] - e->time[i]);
}

static void schedule(kd_duct_command *out, double time, const void *user) {
  const event_table *e = user;
  out->inlet_pressure = event(e, "inlet_pressure", time, KD_ATMOSPHERE);
  out->outlet_pressure = event(e, "outlet_pressure", time, e->outlet_pressure);
  out->valve = event(e, "valve", time, 1);
  out->acceleration = event(e, "acceleration", time, 0);
  const double speed = event(e, "pump", time, 1);
  out->tripped = speed < 0;
  out->pump_speed = fmax(speed, 0.0);
  out->inject[KD_GAS] = event(e, "air", time, 0);
  out->feed[KD_FINES] = event(e, "fines", time, 0);
  const double coarse = event(e, "coarse", time, 0);
  for (size_t k = 0; k < e->grains.count; k++) out->feed[KD_COARSE + k] = coarse * e->grains.share[k];
  if (e->by_flow)
    out->inlet[KD_WATER] = event(e, "water", time, 0);
  else
    out->feed[KD_WATER] = event(e, "water", time, 0);
}

static kd_status read_segments(kd_segment **out, const kd_table *table, double roughness, kd_work *work) {
  kd_status status = KD_OK;
  static const char *const names[] = {"length", "bore", "rise", "cells", "wall", "loss", "roughness", "area"};
  kd_segment *s = kd_arena_alloc(work->scratch, table->rows, sizeof *s);
  KD_CHECK(s != NULL, work->err, KD_E_NOMEM, "no memory for %zu segments", table->rows);
  for (size_t r = 0; r < table->rows; r++) {
    double v[8] = {0, 0, 0, 50, 0, 0, roughness, (double)NAN};
    for (size_t k = 0; k < 8; k++) {
      const kd_column *column = kd_table_column(table, names[k]);
      if (column && (k < 3 || !isnan(column->number[r]))) v[k] = column->number[r];
      KD_CHECK(k == 7 || isfinite(v[k]), work->err, KD_E_MISSING, "segments, row %zu: %s must be a number", r + 1,
               names[k]);
    }
    KD_CHECK(v[3] >= 1 && v[3] <= 1e5 && v[3] == floor(v[3]), work->err, KD_E_RANGE,
             "segments, row %zu: cells %g must be a whole number from 1 to 100,000", r + 1, v[3]);
    s[r] = (kd_segment){.length = v[0],
                        .bore = v[1],
                        .rise = v[2],
                        .cells = (size_t)v[3],
                        .wall = v[4],
                        .loss = v[5],
                        .roughness = v[6],
                        .area = v[7],
                        .modulus = 207e9};
  }
  *out = s;
out:
  return status;
}

static kd_status check_events(const kd_table *table, kd_error *err) {
  kd_status status = KD_OK;
  const double *t = kd_table_column(table, "time")->number;
  static const char *const positive[] = {"air",  "water", "fines", "coarse", "inlet_pressure", "outlet_pressure",
                                         "valve"};
  for (size_t r = 0; r < table->rows; r++) {
    KD_CHECK(isfinite(t[r]), err, KD_E_MISSING, "events, row %zu: time must be a number", r + 1);
    KD_CHECK(r == 0 || t[r] > t[r - 1], err, KD_E_RANGE, "events, row %zu: time %g s must be above the row before it",
             r + 1, t[r]);
    for (size_t k = 0; k < 7; k++) {
      const kd_column *column = kd_table_column(table, positive[k]);
      KD_CHECK(!column || !(column->number[r] < 0), err, KD_E_RANGE, "events, row %zu: %s %g must be at least 0", r + 1,
               positive[k], column ? column->number[r] : 0);
    }
  }
out:
  return status;
}

static kd_status set_pump(kd_duct *duct, const double *o, const kd_table *curve, kd_work *work) {
  kd_status status = KD_OK;
  kd_error *err = work->err;
  if (!(o[T_PUMP_SHUT_OFF] > 0) && curve == NULL) goto out;
  KD_CHECK(duct->inlet != KD_END_CLOSED, err, KD_E_CONTRADICTION,
           "pump: the inlet is closed, and a dry pump lifts nothing; open the inlet to a pressure");
  KD_CHECK(curve != NULL || o[T_PUMP_PRESSURE] < o[T_PUMP_SHUT_OFF], err, KD_E_RANGE,
           "pump_pressure %g Pa: must be below the pump_shut_off %g Pa", o[T_PUMP_PRESSURE], o[T_PUMP_SHUT_OFF]);
  KD_CHECK(duct->inlet == KD_END_PRESSURE || o[T_PUMP_AT] > 0, err, KD_E_CONTRADICTION,
           "pump_at 0 m: a pump at the inlet wants inlet pressure; a flow that enters needs none");
  duct->has_pump = true;
  duct->pump = (kd_duct_pump){.face = o[T_PUMP_AT] > 0 ? kd_line_cell(duct, o[T_PUMP_AT]) : 0,
                              .shut_off = o[T_PUMP_SHUT_OFF],
                              .curve = (o[T_PUMP_SHUT_OFF] - o[T_PUMP_PRESSURE]) / (o[T_PUMP_FLOW] * o[T_PUMP_FLOW]),
                              .efficiency = o[T_PUMP_EFFICIENCY],
                              .rated_speed = o[T_PUMP_SPEED],
                              .inertia = o[T_PUMP_INERTIA],
                              .check_valve = o[T_CHECK_VALVE] > 0};
  if (curve) KD_TRY(kd_pump_curve_read(&duct->pump, curve, work));
out:
  return status;
}

/* The sea beside the line, down to its lowest point. */
static kd_status sea_of(kd_sea *out, const kd_table *profile, const kd_segment *segment, size_t segments,
                        const double *o, kd_work *work) {
  double z = o[T_DECK_HEIGHT], lowest = z;
  for (size_t k = segments; k-- > 0;) z -= segment[k].rise, lowest = fmin(lowest, z);
  return kd_sea_create(out, profile, o[T_LATITUDE], fmax(-lowest, 1.0), work);
}

/* Yield stress against what drives: told before an hour of steps shows it. */
static kd_status check_yield(const kd_duct *duct, const double *o, kd_error *err) {
  kd_status status = KD_OK;
  double hold = 0;
  for (size_t i = 0; i < duct->cells; i++) {
    double slope;
    if (duct->wall[i]) /* at 1 cm/s, where the smoothed yield stress has grown whole */
      hold +=
          4.0 / duct->bore[i] * duct->length[i] * kd_duct_stress(&slope, duct->wall[i], o[T_START_SOLIDS], 1e-2, 1.0);
  }
  KD_CHECK(
      !duct->has_pump || o[T_START_SOLIDS] <= 0 || hold < duct->pump.shut_off, err, KD_E_INFEASIBLE,
      "yield %g Pa: the line full of slurry wants %.4g MPa before it moves, over the pump's %.4g MPa; widen the bore, "
      "thin the slurry or take a stronger pump",
      o[T_YIELD], hold * 1e-6, duct->pump.shut_off * 1e-6);
out:
  return status;
}

static kd_status build(kd_duct *duct, kd_duct_state *state, const kd_segment *segment, size_t segments, fluid_law *law,
                       const double *o, event_table *events, const extras *more, kd_work *work) {
  kd_status status = KD_OK;
  kd_sea sea;
  kd_line_spec spec = {.segment = segment,
                       .segments = segments,
                       .salinity = o[T_SALINITY],
                       .temperature = o[T_TEMPERATURE] - KD_CELSIUS_ZERO,
                       .outlet_height = o[T_DECK_HEIGHT],
                       .outlet_pressure = o[T_OUTLET_PRESSURE],
                       .fines_density = o[T_GRAIN_DENSITY],
                       .carrier_viscosity = o[T_VISCOSITY],
                       .rheology = fluid_at,
                       .rheology_user = law,
                       .most_fines = law->solids > 0 ? fmin(3.0 * law->solids, 0.5) : 0.3,
                       .law = (kd_friction_law)(o[T_FRICTION] > 0 ? o[T_FRICTION] + 1 : 0),
                       .transition = KD_TRANSITION_SLATTER,
                       .d85 = (double)NAN,
                       .gravity = o[T_GRAVITY]};
  if (more->profile) {
    KD_TRY(sea_of(&sea, more->profile, segment, segments, o, work));
    spec.sea = &sea, spec.salinity = 0; /* that of the sea at the depth */
  }
  if (more->grains) {
    KD_TRY(kd_grains_read(&events->grains, more->grains, o[T_GRAIN_DENSITY], CARRIER, o[T_VISCOSITY], o[T_GRAVITY],
                          work->err));
  } else if (o[T_GRAIN] > 0) {
    events->grains = (kd_grains){.count = 1, .share = {1}};
    events->grains.grain[0] =
        kd_grain_class(o[T_GRAIN], o[T_GRAIN_DENSITY], (double)NAN, CARRIER, o[T_VISCOSITY], o[T_GRAVITY]);
  }
  spec.classes = events->grains.count;
  memcpy(spec.coarse, events->grains.grain, sizeof spec.coarse);
  KD_TRY(kd_line_build(duct, &spec, work));
  duct->cfl = o[T_COURANT];
  duct->first_order = o[T_SLOPES] > 0;
  duct->inlet = (kd_duct_end)o[T_INLET];
  duct->outlet = KD_END_PRESSURE;
  duct->drift = (kd_air_lift){.bore = duct->bore[duct->cells - 1],
                              .density = 1050,
                              .viscosity = o[T_VISCOSITY],
                              .surface_tension = o[T_TENSION],
                              .gravity = o[T_GRAVITY],
                              .drift = (kd_drift_law)o[T_DRIFT]};
  duct->static_ratio = o[T_STATIC_RATIO], duct->gel_time = o[T_GEL_TIME];
  if (!isnan(o[T_VALVE_AT])) duct->valve_face = kd_line_cell(duct, o[T_VALVE_AT]) + 1;
  duct->valve_loss = o[T_VALVE_LOSS], duct->plug_friction = o[T_PLUG];
  double total = 0;
  for (size_t i = 0; i < duct->cells; i++) total += duct->length[i];
  KD_CHECK(o[T_INJECTION] <= total && o[T_FEED] <= total && o[T_PUMP_AT] < total, work->err, KD_E_RANGE,
           "injection %g m, feed %g m and pump_at %g m must lie on the line of %g m", o[T_INJECTION], o[T_FEED],
           o[T_PUMP_AT], total);
  KD_CHECK(isnan(o[T_VALVE_AT]) || o[T_VALVE_AT] < total, work->err, KD_E_RANGE,
           "valve_at %g m must lie on the line of %g m", o[T_VALVE_AT], total);
  duct->inject_cell = kd_line_cell(duct, o[T_INJECTION]), duct->feed_cell = kd_line_cell(duct, o[T_FEED]);
  KD_TRY(set_pump(duct, o, more->curve, work));
  KD_TRY(check_yield(duct, o, work->err));
  KD_TRY(kd_duct_state_create(state, duct, work));
  const size_t kinds = duct->phases - KD_FINES;
  double *shares = kd_arena_alloc(work->scratch, duct->cells * kinds, sizeof *shares);
  KD_CHECK(shares != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", duct->cells);
  for (size_t i = 0; i < duct->cells; i++) {
    shares[i * kinds] = o[T_START_SOLIDS];
    state->gel[i] = o[T_GEL_START];
  }
  kd_duct_command first = {0};
  schedule(&first, 0, events);
  KD_TRY(kd_line_fill(state, duct, first.outlet_pressure, o[T_START_FLOW], 0, shares, work));
  state->pump_speed = first.tripped ? 1 : first.pump_speed;
out:
  return status;
}

static kd_status eval_transient(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  kd_segment *segment = NULL;
  kd_duct duct;
  kd_duct_state state;
  kd_history history;
  fluid_law law = {o[T_SOLIDS], o[T_YIELD], o[T_YIELD_POWER], o[T_CONSISTENCY], o[T_INDEX], o[T_VISCOSITY]};
  KD_TRY(read_segments(&segment, data[0], o[T_ROUGHNESS], work));
  KD_TRY(check_events(data[1], work->err));
  const extras more = {data[2], data[3], data[4]};
  event_table events = {.table = data[1],
                        .time = kd_table_column(data[1], "time")->number,
                        .rows = data[1]->rows,
                        .outlet_pressure = o[T_OUTLET_PRESSURE],
                        .by_flow = o[T_INLET] == (double)KD_END_FLOW};
  KD_TRY(build(&duct, &state, segment, data[0]->rows, &law, o, &events, &more, work));
  const kd_transient_run run = {.until = o[T_UNTIL],
                                .every = o[T_EVERY],
                                .most = o[T_STEP],
                                .explicit_solver = o[T_SOLVER] > 0,
                                .separator = {o[T_TANK], o[T_DRAIN]},
                                .schedule = schedule,
                                .user = &events};
  KD_CHECK(!(o[T_SOLVER] > 0 && (duct.has_pump || o[T_STATIC_RATIO] > 1 || !isnan(o[T_VALVE_AT]))), work->err,
           KD_E_MODEL, "solver explicit: has neither pump nor gel nor a valve on the way; take semi_implicit");
  KD_TRY(kd_transient_march(&history, &state, &duct, &run, work));
  KD_TRY(kd_history_table(out, &history, work));
out:
  return status;
}

/* Option: cells, solver, slopes, time, courant. Data: none. */
static kd_status eval_shock_tube(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_duct duct;
  kd_duct_state s;
  const size_t n = (size_t)in[0], left = n / 2, right = (size_t)(0.655 * (double)n);
  KD_TRY(kd_duct_shock_tube(&duct, &s, n, 1.0, in[1] > 0, in[2] > 0, in[3], work));
  const size_t at[2] = {left, right};
  for (int k = 0; k < 2; k++) {
    double slope;
    const double gas = s.mass[KD_GAS][at[k]] / kd_duct_gas(&duct.fluid[at[k]], s.pressure[at[k]], &slope);
    out[4 * k] = s.pressure[at[k]], out[4 * k + 1] = gas;
    out[4 * k + 2] = s.velocity[KD_WATER][at[k]], out[4 * k + 3] = s.velocity[KD_GAS][at[k]];
  }
out:
  return status;
}

/* Inputs: length, density, bulk_modulus, bore, wall, modulus, velocity, cells, courant, solver. */
static kd_status eval_hammer(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_duct duct;
  kd_duct_state s;
  const kd_hammer hammer = {in[0], in[1], in[2], in[3], in[4], in[5], in[6], 1e7 + in[1] * 2e3 * in[6]};
  KD_TRY(kd_hammer_start(&duct, &s, &hammer, (size_t)in[7], work));
  const size_t n = duct.cells;
  const double a = kd_hammer_speed(&hammer);
  if (in[9] > 0)
    for (size_t i = 0; i < n; i++) s.momentum[i] = in[1] * in[6];
  duct.theta = 1;
  KD_TRY(kd_hammer_run(&s, &duct, &hammer, 0.5 * in[0] / a, in[8], in[9] > 0, work->err));
  out[0] = s.pressure[n - 1] - hammer.pressure;
  out[1] = in[1] * a * in[6];
  out[2] = a;
  out[3] = 2.0 * in[0] / a;
out:
  return status;
}

#define SOLVER                                                                                                         \
  WORD("solver", "semi_implicit|explicit", "semi_implicit", "Solver; explicit: split-flux (AUSM-type) twin.")

#define TRANSIENT_OPTIONS                                                                                              \
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
      IN("valve_loss", "1", "0", "0", "1e6", "Loss coefficient of the open valve."),                                   \
      IN("plug_friction", "1", "0", "0", "10", "Wall friction of locked grains over their weight in water; assumed."), \
      IN("tank", "m3", "0 m3", "0 m3", "1e5 m3", "Separator; 0: none."),                                               \
      IN("drain", "m3/s", "0 m3/s", "0 m3/s", "100 m3/s", "What the separator can drain."),                            \
      IN("roughness", "m", "0.05 mm", "0 m", "0.01 m", "Roughness where the segment gives none."),                     \
      WORD("slopes", "limited|none", "limited", "Reconstruction: van Leer slopes (second order) or none."),            \
      IN("valve_at", "m", "none", "0 m", "1e6 m", "Distance of the valve from the inlet; none: at the outlet."),       \
      IN("latitude", "deg", "22.95 deg", "-90 deg", "90 deg", "Latitude, for the profile of the sea.")

const kd_kernel kd_transient_kernels[] = {
    {.name = "lift.transient",
     .summary = "A line of pipes in time: gas, water, fines and up to five coarse classes, one momentum, drift flux, "
                "pump, gel, "
                "separator; semi-implicit, or the explicit twin.",
     .inputs = (const kd_field[]){TRANSIENT_OPTIONS},
     .input_count = KD_COUNT(((const kd_field[]){TRANSIENT_OPTIONS})),
     .outputs = (const kd_field[]){OUT("time", "s", "Time."),
                                   OUT("inlet_pressure", "MPa", "First cell, absolute."),
                                   OUT("foot_pressure", "MPa", "At the foot (first cell where none is told)."),
                                   OUT("outlet_pressure", "MPa", "Last cell."),
                                   OUT("largest_pressure", "MPa", "Largest in the line."),
                                   OUT("inlet_flow", "m3/s", "All phases."),
                                   OUT("outlet_flow", "m3/s", "All phases."),
                                   OUT("air_out", "kg/s", "Mean since the row before."),
                                   OUT("water_out", "kg/s", "Likewise."),
                                   OUT("fines_out", "kg/s", "Likewise."),
                                   OUT("coarse_out", "kg/s", "Likewise."),
                                   OUT("liquid_out", "m3/s", "Water, fines and grains."),
                                   OUT("gas_held", "%", "Share of the line."),
                                   OUT("fines_held", "kg", "In the line."),
                                   OUT("coarse_held", "kg", "In the line."),
                                   OUT("densest", "%", "Largest share of grains in a cell."),
                                   OUT("pump_pressure", "MPa", "Pump."),
                                   OUT("pump_speed", "1", "Of rated."),
                                   OUT("level", "m3", "In the separator."),
                                   OUT("overflow", "m3", "Run over since the start."),
                                   OUT("gel", "1", "Mean gel."),
                                   OUT("closure", "1", "Largest relative misfit of the mass of a phase."),
                                   OUT("class_1_out", "kg/s", "Grains of the first class, mean since the row before."),
                                   OUT("class_2_out", "kg/s", "Likewise."),
                                   OUT("class_3_out", "kg/s", "Likewise."),
                                   OUT("class_4_out", "kg/s", "Likewise."),
                                   OUT("class_5_out", "kg/s", "Likewise.")},
     .output_count = 27,
     .data =
         (const kd_data_slot[]){
             {"segments",
              "segment?, length [m], bore [m], rise [m], cells [1]?, wall [m]?, loss [1]?, roughness [m]?, area [m2]?",
              "Stretches of pipe from inlet to outlet; rise: height gained (down: negative); wall: thickness, for its "
              "give under pressure; loss: coefficient where it begins.",
              false},
             {"events",
              "time [s], air [kg/s]?, water [kg/s]?, fines [kg/s]?, coarse [kg/s]?, inlet_pressure [Pa]?, "
              "outlet_pressure [Pa]?, valve [1]?, pump [1]?, acceleration [m/s2]?",
              "What is done, linear between the rows; pump: speed over rated, -1 tripped; valve: opening of the "
              "valve; acceleration: of the pipe along its path; coarse: grains of all classes together.",
              false},
             {"grains", KD_GRAIN_COLUMNS,
              "Up to five classes of grains in place of `grain`: size, share of the coarse mass, own density and "
              "settling velocity where known.",
              true},
             {"profile", KD_SEA_COLUMNS,
              "Sea temperature (in situ) and practical salinity by depth, TEOS-10, in place of temperature and "
              "absolute_salinity.",
              true},
             {"pump_curve", KD_PUMP_CURVE_COLUMNS,
              "Curve of the pump at rated speed in place of pump_shut_off, pump_flow and pump_pressure; other speeds "
              "by affinity.",
              true}},
     .data_count = 5,
     .eval_table = eval_transient}

    ,
    KERNEL("transient.shock_tube",
           "Zuber-Findlay shock tube after 1 s (Evje and Fjelde 2002) by either solver: the two plateaus.",
           FIELDS(IN("cells", "1", "400", "20", "20000", "Cells on 100 m."), SOLVER,
                  WORD("slopes", "limited|none", "limited", "Reconstruction: van Leer slopes or none."),
                  IN("courant", "1", "0.25", "0.02", "1", "Steps of the semi-implicit solver by 25 m/s.")),
           FIELDS(OUT("left_pressure", "Pa", "Exact: 100002.47."), OUT("left_gas", "1", "Exact: 0.5000."),
                  OUT("left_velocity", "m/s", "Liquid. Exact: 8.28678."),
                  OUT("left_gas_velocity", "m/s", "Exact: 9.99877."), OUT("right_pressure", "Pa", "Exact: 100503.80."),
                  OUT("right_gas", "1", "Exact: 0.240012."), OUT("right_velocity", "m/s", "Liquid. Exact: 8.87245."),
                  OUT("right_gas_velocity", "m/s", "Exact: 9.99877.")),
           eval_shock_tube),
    KERNEL("transient.hammer",
           "Sudden stop of a liquid by the solver: pressure rise at the valve beside Joukowsky's density a velocity.",
           FIELDS(IN("length", "m", "6000 m", "1 m", "1e6 m", "Length."), DENSITY,
                  IN("bulk_modulus", "Pa", "2.3 GPa", "1 MPa", "1e13 Pa", "Of the liquid."), BORE,
                  IN("wall", "m", "0 m", "0 m", "1 m", "Wall thickness; 0: rigid."),
                  IN("modulus", "Pa", "207 GPa", "1 MPa", "1e13 Pa", "Of the wall."),
                  IN("velocity", "m/s", NULL, "1e-6 m/s", "50 m/s", "Velocity stopped."),
                  IN("cells", "1", "200", "10", "20000", "Cells."),
                  IN("courant", "1", "0.5", "0.05", "20", "Of the wave, semi-implicit."), SOLVER),
           FIELDS(OUT("pressure_rise", "Pa", "By the solver."), OUT("joukowsky", "Pa", "density wave_speed velocity."),
                  OUT("wave_speed", "m/s", "1/sqrt(density (1/K + D/(E e)))."),
                  OUT("return_time", "s", "There and back, 2 L/a.")),
           eval_hammer),
    LAST_KERNEL};
