// SPDX-License-Identifier: Apache-2.0
/* The lift of a scenario in time: its line is built from the parameters of the stage, its pump or air from the steady
 * answer, and an event is played on it.
 *
 *   start_up    sea water at rest; pump or air in a ramp, then the feed in ten minutes
 *   shutdown    from steady flow: the feed stops, the line is flushed, pump or air ramp down
 *   restart     full of slurry that has rested and gelled; pump or air in a ramp
 *   plug        from steady flow: ten times the coarse grains for two minutes
 *   batch       sea water flowing: solids for five minutes, and what comes up of them
 *   pump_trip   from steady flow: the motor fails, pump and column run down; air: the compressor stops
 *   surge       start_up with the ramp of a minute, seen at the separator
 *   steady      from steady flow, which goes on: what a sea does to it
 *
 *   pump   dp = s^2 p0 - k q^2 through the steady point; p0 the rated pressure (or 1.25 times the steady one); inertia
 * of one second of its power at 155 rad/s (assumed)
 *
 * Weakness  pumps in the riser stand together at the foot; the check valve is perfect; the air line has no volume.
 */
#include "lift/lift_event.h"

#include <math.h>
#include <string.h>

#include "lift/coupling_line.h"
#include "lift/lift_table.h"
#include "lift/seawater.h"
#include "lift/transient_tables.h"

#define PI            3.14159265358979323846
#define PUMP_SPEED    155.0  /* rad/s */
#define INERTIA       1.0    /* s of rated power in the wheel's energy, twice: assumed */
#define SETTLE        1800.0 /* s that a steady start is let run */
#define FEED_RAMP     600.0
#define STOPPED       900.0 /* s: the end of the half hour after a stop */
#define PLUG_FACTOR   10.0
#define PLUG_FRICTION 0.5 /* assumed */

typedef struct plan {
  kd_lift_event event;
  bool by_air, closed;
  double air, fines, coarse, pore_water; /* kg/s at full rate */
  kd_grains grains;
  double inlet_pressure, outlet_pressure;      /* Pa, absolute */
  double ramp, feed_from, stop_from, settling; /* s */
} plan;

typedef struct event_room {
  const kd_lift_params *p;
  const kd_slurry *feed;
  kd_sea sea;
  double depth, water_density, grain_density;
} event_room;

static double ramp(double time, double from, double length) {
  return fmin(fmax((time - from) / length, 0.0), 1.0);
}

/* Pump or air, feed, and grains, each 0 to 1 (or more), at a time of an event. */
static void play(double *drive, double *feed, double *grains, bool *tripped, double t, const plan *e) {
  *drive = *feed = *grains = 1, *tripped = false;
  if (t < 0 && e->event != KD_EVENT_BATCH) return; /* settling before the event */
  switch (e->event) {
  case KD_EVENT_START_UP:
  case KD_EVENT_SURGE:
    *drive = ramp(t, 0, e->ramp);
    *feed = ramp(t, e->feed_from, FEED_RAMP);
    break;
  case KD_EVENT_SHUTDOWN:
    *feed = 1 - ramp(t, 0, 60);
    *drive = 1 - ramp(t, e->stop_from, e->ramp);
    break;
  case KD_EVENT_RESTART:
    *drive = ramp(t, 0, e->ramp);
    *feed = 0;
    break;
  case KD_EVENT_PLUG:
    *grains = t < 120 ? PLUG_FACTOR : 1;
    break;
  case KD_EVENT_BATCH:
    *feed = t >= 0 && t < 300;
    break;
  case KD_EVENT_PUMP_TRIP:
    *feed = t < 10;
    *drive = t < 10;
    *tripped = t >= 10;
    break;
  case KD_EVENT_STEADY:
    break;
  }
  *grains *= *feed;
}

static void schedule(kd_duct_command *out, double time, const void *user) {
  const plan *e = user;
  double drive, feed, grains;
  bool tripped;
  play(&drive, &feed, &grains, &tripped, time - e->settling, e);
  out->inlet_pressure = e->inlet_pressure;
  out->outlet_pressure = e->outlet_pressure;
  out->feed[KD_FINES] = feed * e->fines;
  for (size_t k = 0; k < e->grains.count; k++) out->feed[KD_COARSE + k] = grains * e->coarse * e->grains.share[k];
  out->feed[KD_WATER] = feed * e->pore_water;
  if (e->by_air)
    out->inject[KD_GAS] = drive * e->air;
  else
    out->pump_speed = drive, out->tripped = tripped;
}

/* Rheology of the stage at a share of fines; water alone at none. A table answers within its range only. */
static kd_status rheology_at(kd_rheology *out, double fines, const void *user, kd_error *err) {
  const event_room *r = user;
  const kd_lift_params *p = r->p;
  *out = (kd_rheology){0, KD_COLD_SEAWATER_VISCOSITY, 1};
  if (!(fines > 0)) return KD_OK;
  if (p->rheology == KD_RHEOLOGY_TABLE && p->rheology_table) {
    const kd_table *t = p->rheology_table;
    const double *c = kd_table_column(t, "solids")->number;
    fines = fmin(fmax(fines, c[0]), c[t->rows - 1]);
  }
  return kd_lift_rheology(out, p, fines, r->grain_density, r->water_density, err);
}

static kd_status build(kd_duct *duct, kd_event_report *out, const event_room *r, const kd_event_options *o, plan *e,
                       kd_work *work) {
  kd_status status = KD_OK;
  const kd_lift_params *p = r->p;
  const double outer = kd_lift_outer_diameter(p), conduit = p->conduit == KD_CONDUIT_ANNULUS ? outer : 0;
  const double riser = r->depth + p->deck_height;
  kd_segment segment[2];
  size_t n = 0, down = e->closed ? (o->cells * 3) / 10 : 0;
  if (e->closed)
    segment[n++] = (kd_segment){.length = riser,
                                .bore = p->conduit_bore - conduit,
                                .area = 0.25 * PI * (p->conduit_bore * p->conduit_bore - conduit * conduit),
                                .rise = -riser,
                                .wall = p->conduit_wall,
                                .modulus = p->modulus,
                                .roughness = p->roughness,
                                .cells = down > 2 ? down : 2};
  segment[n++] = (kd_segment){.length = riser,
                              .bore = p->bore,
                              .area = (double)NAN,
                              .rise = riser,
                              .wall = 0.5 * (outer - p->bore),
                              .modulus = p->modulus,
                              .roughness = p->roughness,
                              .cells = o->cells > down + 2 ? o->cells - down : 2};
  const double viscosity = kd_seawater_viscosity(r->sea.node[0].salinity, r->sea.node[r->sea.count - 1].temperature);
  kd_line_spec spec = {.segment = segment,
                       .segments = n,
                       .sea = &r->sea,
                       .outlet_height = p->deck_height,
                       .fines_density = r->grain_density,
                       .carrier_viscosity = viscosity,
                       .rheology = rheology_at,
                       .rheology_user = r,
                       .most_fines = fmin(2.5 * out->steady.slurry_solids, 0.45),
                       .law = (kd_friction_law)(p->friction > 0 ? p->friction - 1
                                                : isnan(p->d85) ? KD_FRICTION_WILSON_THOMAS
                                                                : KD_FRICTION_SLATTER),
                       .transition = (kd_transition_law)p->transition,
                       .d85 = p->d85,
                       .gravity = kd_gravity(r->sea.latitude, 0.5 * r->depth)};
  if (p->grains) {
    KD_TRY(
        kd_grains_read(&e->grains, p->grains, r->grain_density, r->water_density, viscosity, spec.gravity, work->err));
  } else {
    e->grains = (kd_grains){.count = 1, .share = {1}};
    e->grains.grain[0] =
        kd_grain_class(p->grain_size, r->grain_density, (double)NAN, r->water_density, viscosity, spec.gravity);
  }
  spec.classes = e->grains.count;
  memcpy(spec.coarse, e->grains.grain, sizeof spec.coarse);
  KD_TRY(kd_line_build(duct, &spec, work));
  duct->inlet = duct->outlet = KD_END_PRESSURE;
  duct->drift =
      (kd_air_lift){.bore = p->bore,
                    .density = out->steady.slurry_density,
                    .viscosity = fmax(viscosity, out->steady.wall_stress * p->bore / (8 * out->steady.velocity)),
                    .surface_tension = p->surface_tension,
                    .gravity = spec.gravity,
                    .drift = (kd_drift_law)p->drift};
  duct->static_ratio = fmax(p->static_yield_ratio, 1.0), duct->gel_time = p->gel_time;
  duct->plug_friction = PLUG_FRICTION;
  duct->feed_cell = e->closed ? segment[0].cells : 0;
  if (e->by_air) {
    const double injection = isnan(p->injection_depth) ? 0.5 * r->depth : p->injection_depth;
    duct->inject_cell = kd_line_cell(duct, r->depth - injection);
  } else {
    const kd_lift_result *s = &out->steady;
    const double water = kd_seawater_density(r->sea.node[0].salinity, r->sea.node[0].conservative, 0);
    const double q = e->closed ? s->sea_water / water : s->slurry_rate, v = q / duct->face_area[duct->feed_cell];
    const double shut = p->rated_pressure > 1.05 * s->pump_pressure ? p->rated_pressure : 1.25 * s->pump_pressure;
    duct->loss[duct->feed_cell] = 2.0 * p->head_loss / (water * v * v);
    duct->has_pump = true;
    duct->pump = (kd_duct_pump){.shut_off = shut,
                                .curve = (shut - s->pump_pressure) / (q * q),
                                .efficiency = p->pump_efficiency,
                                .rated_speed = PUMP_SPEED,
                                .inertia = !isnan(p->pump_inertia) ? p->pump_inertia
                                                                   : 2.0 * INERTIA * s->pump_pressure * q /
                                                                         p->pump_efficiency / (PUMP_SPEED * PUMP_SPEED),
                                .check_valve = true};
    if (p->pump_curve) KD_TRY(kd_pump_curve_read(&duct->pump, p->pump_curve, work));
  }
out:
  return status;
}

/* Distances and depths of the cells. */
static kd_status places(kd_event_report *out, const kd_duct *duct, double deck_height, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = duct->cells;
  out->distance = kd_arena_alloc(work->scratch, n, sizeof(double));
  out->depth = kd_arena_alloc(work->scratch, n, sizeof(double));
  KD_CHECK(out->distance && out->depth, work->err, KD_E_NOMEM, "no memory for %zu cells", n);
  double s = 0;
  const double end = duct->height[n - 1] + 0.5 * duct->length[n - 1] * duct->rise[n];
  for (size_t i = 0; i < n; i++) {
    out->distance[i] = s + 0.5 * duct->length[i];
    out->depth[i] = end - duct->height[i] - deck_height;
    s += duct->length[i];
  }
out:
  return status;
}

/* The line at the start: sea water, or slurry in the riser; at rest or flowing. */
static kd_status start(kd_duct_state *state, const kd_duct *duct, const kd_event_report *out, const event_room *r,
                       const plan *e, kd_work *work) {
  kd_status status = KD_OK;
  const size_t kinds = duct->phases - KD_FINES, n = duct->cells;
  const bool slurry = e->event != KD_EVENT_START_UP && e->event != KD_EVENT_SURGE && e->event != KD_EVENT_BATCH;
  const bool still = !slurry || e->event == KD_EVENT_RESTART || e->by_air;
  double *shares = kd_arena_alloc(work->scratch, n * kinds, sizeof *shares);
  KD_CHECK(shares != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", n);
  KD_TRY(kd_duct_state_create(state, duct, work));
  const double coarse = r->feed->coarse_share, c = out->steady.slurry_solids, rest = r->p->rest_time / r->p->gel_time;
  for (size_t i = duct->feed_cell; i < n && slurry; i++) {
    shares[i * kinds] = c * (1 - coarse);
    for (size_t k = 0; k < e->grains.count && e->event != KD_EVENT_RESTART; k++)
      shares[i * kinds + 1 + k] = c * coarse * e->grains.share[k];
    if (e->event == KD_EVENT_RESTART) state->gel[i] = 1 - 1 / (1 + pow(rest, r->p->gel_exponent));
  }
  const double flow = still ? 0 : out->steady.slurry_rate;
  KD_TRY(kd_line_fill(state, duct, e->outlet_pressure, flow, 0, shares, work));
  state->pump_speed = 1;
out:
  return status;
}

static double half_time(const kd_history *h, double from) {
  const double *fines = h->value[KD_H_FINES_OUT], *t = h->value[KD_H_TIME];
  double most = 0;
  for (size_t r = 0; r < h->rows; r++) most = fmax(most, fines[r]);
  for (size_t r = 0; r < h->rows && most > 0; r++)
    if (t[r] > from && fines[r] >= 0.5 * most) return t[r] - from;
  return (double)NAN;
}

/* Standard deviation in time of the solids that came up, less that of an even feed of 300 s. */
static double spread_of(const kd_history *h) {
  const double *f = h->value[KD_H_FINES_OUT], *t = h->value[KD_H_TIME];
  double m0 = 0, m1 = 0, m2 = 0;
  for (size_t r = 1; r < h->rows; r++) {
    const double x = 0.5 * (t[r] + t[r - 1]), w = f[r] * (t[r] - t[r - 1]);
    m0 += w, m1 += w * x, m2 += w * x * x;
  }
  if (!(m0 > 0)) return (double)NAN;
  return sqrt(fmax(m2 / m0 - m1 * m1 / (m0 * m0) - 300.0 * 300.0 / 12.0, 0.0));
}

static void judge(kd_event_report *out, const plan *e, double length) {
  const kd_history *h = &out->history;
  const size_t last = h->rows - 1;
  out->peak_liquid = out->peak_air = out->peak_pump = out->densest = out->backflow = 0;
  out->least_pressure = (double)INFINITY, out->peak_pressure = 0;
  for (size_t r = 1; r <= last; r++) {
    out->peak_liquid = fmax(out->peak_liquid, h->value[KD_H_LIQUID_OUT][r]);
    out->peak_air = fmax(out->peak_air, h->value[KD_H_AIR_OUT][r]);
    out->peak_pump = fmax(out->peak_pump, h->value[KD_H_PUMP_PRESSURE][r]);
    out->densest = fmax(out->densest, h->value[KD_H_DENSEST][r]);
    out->backflow = fmax(out->backflow, -h->value[KD_H_INLET_FLOW][r]);
  }
  for (size_t i = 0; i < h->cells; i++) {
    out->least_pressure = fmin(out->least_pressure, h->least[KD_F_PRESSURE][i]);
    out->peak_pressure = fmax(out->peak_pressure, h->most[KD_F_PRESSURE][i]);
  }
  double sum = 0;
  /* The last quarter: some air-lifts come in gushes. A stop is judged by its last quarter of an hour. */
  size_t few = last >= 8 ? last / 4 : last;
  if (e->event == KD_EVENT_SHUTDOWN) few = (size_t)fmax(fmin((double)few, (double)last * STOPPED / length), 1.0);
  for (size_t r = last + 1 - few; r <= last; r++) sum += h->value[KD_H_LIQUID_OUT][r] / (double)few;
  out->last_liquid = sum;
  out->surge = out->peak_liquid / out->steady.slurry_rate;
  out->settled_time = (double)NAN;
  for (size_t r = last; r > 0 && h->value[KD_H_LIQUID_OUT][r] >= 0.9 * sum; r--)
    out->settled_time = h->value[KD_H_TIME][r];
  out->overflow = h->value[KD_H_OVERFLOW][last];
  out->solids_left = h->value[KD_H_FINES_HELD][last] + h->value[KD_H_COARSE_HELD][last];
  out->moves = out->last_liquid > 0.02 * out->steady.slurry_rate;
  const bool fed = e->event == KD_EVENT_START_UP || e->event == KD_EVENT_SURGE || e->event == KD_EVENT_BATCH;
  out->transit_time = fed ? half_time(h, e->event == KD_EVENT_BATCH ? 0 : e->feed_from + 0.5 * FEED_RAMP) : (double)NAN;
  out->spread = e->event == KD_EVENT_BATCH ? spread_of(h) : (double)NAN;
}

static kd_status set_plan(plan *e, kd_event_report *out, const event_room *r, const kd_event_options *o,
                          kd_work *work) {
  kd_status status = KD_OK;
  const kd_lift_params *p = r->p;
  const kd_lift_result *s = &out->steady;
  const kd_sea_node *bottom = &r->sea.node[r->sea.count - 1];
  *e = (plan){.event = o->event,
              .by_air = p->method == KD_LIFT_AIR_LIFT,
              .closed = p->method == KD_LIFT_CLOSED_CIRCUIT,
              .air = s->air_rate,
              .fines = s->dry_rate * (1 - r->feed->coarse_share),
              .coarse = s->dry_rate * r->feed->coarse_share,
              .pore_water = s->dry_rate * r->feed->pore_water,
              .outlet_pressure = p->deck_pressure + KD_ATMOSPHERE,
              .feed_from = 900};
  e->inlet_pressure = e->closed ? KD_ATMOSPHERE : bottom->pressure + KD_ATMOSPHERE - (e->by_air ? p->head_loss : 0);
  e->ramp = !isnan(o->ramp) ? o->ramp : o->event == KD_EVENT_SURGE ? 60 : e->by_air ? 300 : 120;
  e->stop_from = 1.2 * s->flush_time;
  KD_CHECK(!e->by_air || p->drift <= KD_DRIFT_VIANA, work->err, KD_E_MODEL,
           "drift: a law that looks at the flow is for the steady lift; a line in time takes one of " KD_DRIFT_LAWS);
  KD_CHECK(!e->by_air || p->gas_friction == KD_TWO_PHASE_SLURRY, work->err, KD_E_MODEL,
           "gas_friction: a line in time takes slurry");
  KD_CHECK(e->ramp > 0, work->err, KD_E_RANGE, "ramp %g s: must be above 0 s", e->ramp);
  KD_CHECK(o->cells >= 20 && o->cells <= 20000, work->err, KD_E_RANGE,
           "cells %zu: from 20 to 20,000 in the whole line; fewer are too coarse a mesh", o->cells);
  KD_CHECK(e->event != KD_EVENT_PUMP_TRIP || !e->by_air || s->air_rate > 0, work->err, KD_E_INFEASIBLE,
           "pump_trip: the air-lift needs no air at this rate, so that nothing can trip");
out:
  return status;
}

static double length_of(const plan *e, double flush) {
  switch (e->event) {
  case KD_EVENT_START_UP:
  case KD_EVENT_SURGE:
    return e->feed_from + FEED_RAMP + 2.0 * flush;
  case KD_EVENT_SHUTDOWN:
    return e->stop_from + e->ramp + 1800;
  case KD_EVENT_RESTART:
    return e->ramp + flush;
  case KD_EVENT_PLUG:
    return 1.8 * flush;
  case KD_EVENT_BATCH:
    return 2.0 * flush + 600;
  case KD_EVENT_PUMP_TRIP:
    return 600;
  case KD_EVENT_STEADY:
    return 1800;
  }
  return flush;
}

/* Couples the string: the line then takes its steps, and pressure waves are kept by the trapezium rule, nearly. */
static kd_status with_string(kd_line_coupling **coupling, kd_transient_run *run, kd_duct *duct,
                             const kd_duct_state *state, const kd_event_options *o, kd_work *work) {
  kd_status status = KD_OK;
  if (o->string == NULL) goto out;
  kd_line_coupling_spec spec = *o->string;
  spec.duct = duct, spec.step = run->most, spec.every = run->every, spec.until = run->until, spec.frames = o->frames;
  duct->theta = 0.55;
  KD_TRY(kd_line_coupling_create(coupling, &spec, state, work));
  run->before = kd_line_coupling_before, run->before_user = *coupling;
out:
  return status;
}

kd_status kd_lift_event_run(kd_event_report *out, const kd_event_options *o, const kd_lift_params *p,
                            const kd_slurry *feed, kd_work *work) {
  kd_status status = KD_OK;
  kd_duct duct;
  kd_duct_state state;
  kd_line_coupling *coupling = NULL;
  plan e;
  *out = (kd_event_report){0};
  KD_TRY(kd_lift_run(&out->steady, p, feed, work));
  event_room r = {.p = p, .feed = feed, .grain_density = feed->grain_density};
  r.depth = isnan(p->depth) ? feed->water_depth : p->depth;
  KD_TRY(kd_sea_create(&r.sea, p->profile, p->latitude, r.depth, work));
  r.water_density = r.sea.node[0].density;
  KD_TRY(set_plan(&e, out, &r, o, work));
  KD_TRY(build(&duct, out, &r, o, &e, work));
  KD_TRY(places(out, &duct, p->deck_height, work));
  KD_TRY(start(&state, &duct, out, &r, &e, work));
  const double flush = out->steady.flush_time, until = o->until > 0 ? o->until : length_of(&e, flush);
  const bool quick = e.event == KD_EVENT_PUMP_TRIP;
  kd_transient_run run = {.until = until,
                          .every = !isnan(o->every) ? o->every
                                   : quick          ? 2
                                                    : fmax(until / 400, 1),
                          .most = !isnan(o->step) ? o->step
                                  : quick         ? 0.1
                                                  : 2,
                          .frames = o->frames,
                          .foot_cell = duct.feed_cell,
                          .schedule = schedule,
                          .user = &e};
  out->tank = isnan(o->tank) ? 120 * out->steady.slurry_rate : o->tank;
  run.separator = (kd_separator){out->tank, 1.5 * out->steady.slurry_rate};
  /* Events in a flowing line are played on the line's own steady state. */
  const bool flowing = e.event == KD_EVENT_SHUTDOWN || e.event == KD_EVENT_PLUG || e.event == KD_EVENT_PUMP_TRIP ||
                       e.event == KD_EVENT_BATCH || e.event == KD_EVENT_STEADY;
  if (flowing) {
    const double settle = e.by_air || e.event == KD_EVENT_BATCH ? fmax(SETTLE, 1.2 * flush) : SETTLE;
    kd_transient_run before = run;
    before.until = settle, before.every = settle / 4, before.most = 2, before.frames = false;
    before.separator = (kd_separator){0};
    e.settling = 2 * settle; /* the event never comes */
    KD_TRY(kd_transient_march(&out->history, &state, &duct, &before, work));
    e.settling = 0;
  }
  KD_TRY(with_string(&coupling, &run, &duct, &state, o, work));
  KD_TRY(kd_transient_march(&out->history, &state, &duct, &run, work));
  if (coupling != NULL) KD_TRY(kd_line_coupling_finish(&out->string, coupling, work->err));
  judge(out, &e, until);
out:
  return status;
}
