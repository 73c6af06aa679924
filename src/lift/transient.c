// SPDX-License-Identifier: Apache-2.0
/* Histories of a line: mesh from segments, filling, the march through time with its tables.
 *
 *   separator   dV/dt = liquid in - drain min(max((V - Vmax/2)/(Vmax/4), 0), 1); what is over Vmax runs over      (1)
 *   closure     |mass now - mass before - in + out| / (in + out + mass before), the worst phase                  (2)
 *
 * Numerics  friction tables at nine shares of fines for each bore; pressure filled from the outlet inwards, cell by
 * cell. Weakness  the tank keeps its pressure; its own valves and controls are one straight line.
 */
#include "lift/transient.h"

#include <math.h>
#include <string.h>

#include "lift/seawater.h"

#define LEVELS     9
#define TABLE_LOW  2e-3 /* m/s */
#define TABLE_HIGH 60.0
#define WATER      1030.0 /* kg/m3 */
#define TENSION    0.075  /* N/m, sea water */
#define DRY_PUMP   0.5    /* share of gas: assumed */

const char *const kd_history_columns =
    "time [s], inlet_pressure [MPa], foot_pressure [MPa], outlet_pressure [MPa], largest_pressure [MPa], inlet_flow "
    "[m3/s], outlet_flow [m3/s], air_out [kg/s], water_out [kg/s], fines_out [kg/s], coarse_out [kg/s], liquid_out "
    "[m3/s], gas_held [%], fines_held [kg], coarse_held [kg], densest [%], pump_pressure [MPa], pump_speed [1], level "
    "[m3], overflow [m3], gel [1], closure [1], class_1_out [kg/s], class_2_out [kg/s], class_3_out [kg/s], "
    "class_4_out "
    "[kg/s], class_5_out [kg/s]";

/* Friction tables of one pipe over the share of fines. */
static kd_status friction(const kd_duct_wall **out, const kd_line_spec *spec, const kd_segment *s, kd_work *work) {
  kd_status status = KD_OK;
  kd_duct_wall *wall = kd_arena_alloc(work->scratch, 1, sizeof *wall);
  kd_wall_table *table = kd_arena_alloc(work->scratch, LEVELS, sizeof *table);
  KD_CHECK(wall && table, work->err, KD_E_NOMEM, "no memory for friction tables");
  const double most = fmax(spec->most_fines, 1e-3);
  *wall = (kd_duct_wall){.table = table, .levels = LEVELS, .step = most / (LEVELS - 1)};
  for (size_t k = 0; k < LEVELS; k++) {
    const double fines = (double)k * wall->step;
    kd_pipe_flow flow = {.density = 1030 + fines * (spec->fines_density - 1030),
                         .bore = s->bore,
                         .roughness = s->roughness,
                         .grain = spec->d85,
                         .carrier_viscosity = spec->carrier_viscosity,
                         .law = spec->law,
                         .transition = spec->transition};
    KD_TRY(spec->rheology(&flow.fluid, fines, spec->rheology_user, work->err));
    /* A slurry whose law has no yield stress left is compared by the criterion of Metzner and Reed. */
    if (!(flow.fluid.yield > 0) && flow.transition == KD_TRANSITION_WILSON_THOMAS)
      flow.transition = KD_TRANSITION_METZNER_REED;
    status = kd_wall_table_create(&table[k], &flow, TABLE_LOW, TABLE_HIGH, 3);
    KD_CHECK(
        status == KD_OK, work->err, status,
        "friction: no wall stress up to %g m/s for yield %g Pa, consistency %g Pa s^n, index %g in a bore of %g m; "
        "choose another friction law",
        TABLE_HIGH, flow.fluid.yield, flow.fluid.consistency, flow.fluid.index, s->bore);
  }
  *out = wall;
out:
  return status;
}

static kd_status check_segment(const kd_segment *s, size_t row, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(s->length > 0 && isfinite(s->length), err, KD_E_RANGE, "segment %zu: length %g m must be above 0 m", row,
           s->length);
  KD_CHECK(s->bore > 0 && isfinite(s->bore), err, KD_E_RANGE,
           "segment %zu: bore %g m must be above 0 m; nothing flows through no bore", row, s->bore);
  KD_CHECK(fabs(s->rise) <= s->length * (1 + 1e-12), err, KD_E_RANGE,
           "segment %zu: rise %g m is more than its length %g m", row, s->rise, s->length);
  KD_CHECK(s->cells >= 1, err, KD_E_RANGE, "segment %zu: cells %zu must be at least 1", row, s->cells);
  KD_CHECK(s->wall >= 0 && s->loss >= 0 && s->roughness >= 0, err, KD_E_RANGE,
           "segment %zu: wall, loss and roughness must be at least 0", row);
out:
  return status;
}

/* Salinity and temperatures at a depth; above the sea those of the surface. */
static void water_at(kd_sea_node *out, const kd_line_spec *spec, double depth) {
  if (spec->sea == NULL) {
    *out =
        (kd_sea_node){.salinity = spec->salinity, .conservative = spec->temperature, .temperature = spec->temperature};
    return;
  }
  kd_sea_at(out, spec->sea, fmin(fmax(depth, 0.0), spec->sea->depth));
}

kd_status kd_line_build(kd_duct *out, const kd_line_spec *spec, kd_work *work) {
  kd_status status = KD_OK;
  size_t cells = 0, i = 0;
  double climb = 0, z;
  KD_CHECK(spec->segments > 0, work->err, KD_E_MISSING, "segments: none are given");
  for (size_t k = 0; k < spec->segments; k++) {
    KD_TRY(check_segment(&spec->segment[k], k + 1, work->err));
    cells += spec->segment[k].cells, climb += spec->segment[k].rise;
  }
  KD_CHECK(cells >= 4 && cells <= 100000, work->err, KD_E_RANGE,
           "%zu cells: between 4 and 100,000 in all segments together; give more cells where the mesh is too coarse",
           cells);
  KD_TRY(kd_duct_create(out, cells, spec->classes, work));
  double *rise = kd_arena_alloc(work->scratch, cells, sizeof *rise);
  KD_CHECK(rise != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", cells);
  z = spec->outlet_height - climb;
  for (size_t k = 0; k < spec->segments; k++) {
    const kd_segment *s = &spec->segment[k];
    const kd_duct_wall *wall = NULL;
    if (spec->rheology) KD_TRY(friction(&wall, spec, s, work));
    out->loss[i] = s->loss;
    for (size_t c = 0; c < s->cells; c++, i++) {
      const double length = s->length / (double)s->cells, slope = s->rise / s->length;
      out->length[i] = length;
      out->bore[i] = s->bore;
      out->area[i] = isnan(s->area) ? 0.7853981633974483 * s->bore * s->bore : s->area;
      out->compliance[i] = s->wall > 0 ? s->bore / (s->modulus * s->wall) : 0;
      out->wall[i] = wall;
      rise[i] = slope;
      const double depth = -(z + 0.5 * length * slope);
      kd_sea_node at;
      water_at(&at, spec, depth);
      out->p_rest[i] = KD_ATMOSPHERE + 1.0e4 * fmax(depth, 0.0);
      kd_duct_fluid_set(&out->fluid[i], spec->salinity > 0 ? spec->salinity : at.salinity, at.conservative,
                        at.temperature, out->p_rest[i]);
      z += length * slope;
    }
  }
  kd_duct_connect(out, rise);
  out->gravity = spec->gravity;
  out->fines_density = spec->fines_density;
  memcpy(out->coarse, spec->coarse, sizeof out->coarse);
  out->inject_cell = out->feed_cell = cells;
  /* Air may come in by an open end, even where none is injected. */
  out->drift = (kd_air_lift){.bore = out->bore[cells - 1],
                             .density = WATER,
                             .viscosity = fmax(spec->carrier_viscosity, 1e-6),
                             .surface_tension = TENSION,
                             .gravity = spec->gravity > 0 ? spec->gravity : 9.80665};
out:
  return status;
}

size_t kd_line_cell(const kd_duct *duct, double distance) {
  size_t i = 0;
  double end = duct->length[0];
  while (i + 1 < duct->cells && distance >= end) end += duct->length[++i];
  return i;
}

/* Fills a cell and returns its density. */
static double fill(kd_duct_state *state, const kd_duct *duct, size_t i, double p, const double *shares) {
  double rho = 0;
  kd_duct_fill(state, duct, i, p, 0, shares ? shares + i * (duct->phases - KD_FINES) : NULL);
  for (size_t q = 0; q < duct->phases; q++) rho += state->mass[q][i];
  return rho;
}

kd_status kd_line_fill(kd_duct_state *state, const kd_duct *duct, double outlet_pressure, double flow, double pump,
                       const double *shares, kd_work *work) {
  kd_status status = KD_OK;
  const size_t n = duct->cells;
  double *flux = kd_arena_alloc(work->scratch, n + 1, sizeof *flux), p = outlet_pressure;
  KD_CHECK(flux != NULL, work->err, KD_E_NOMEM, "no memory for %zu cells", n);
  for (size_t i = n; i-- > 0;) {
    double slope, fines = 0, half = 0;
    const double u = flow / duct->area[i];
    if (shares) fines = shares[i * (duct->phases - KD_FINES)];
    const double rub = 4.0 / duct->bore[i] * kd_duct_stress(&slope, duct->wall[i], fines, u, 1.0);
    const double above = i + 1 < n ? 0.5 * duct->length[i + 1] : 0;
    if (duct->has_pump && duct->pump.face == i + 1) p -= pump;
    for (int pass = 0; pass < 3; pass++) { /* the mean of both densities, to rounding of the pressure */
      const double next = half > 0 ? half : p;
      double here = fill(state, duct, i, next, shares), there = here;
      if (i + 1 < n) {
        there = 0;
        for (size_t q = 0; q < duct->phases; q++) there += state->mass[q][i + 1];
      }
      half = p + duct->gravity * duct->rise[i + 1] * (0.5 * duct->length[i] * here + above * there) +
             rub * (0.5 * duct->length[i] + above);
    }
    p = fmax(half, 1e3);
    (void)fill(state, duct, i, p, shares);
  }
  for (size_t f = 0; f <= n; f++) flux[f] = flow / duct->face_area[f];
  kd_duct_set_flux(state, duct, flux);
out:
  return status;
}

static double share_of(const kd_duct_state *s, const kd_duct *duct, size_t p, size_t i) {
  double slope;
  const double m = s->mass[p][i];
  if (p == KD_GAS) return m / kd_duct_gas(&duct->fluid[i], s->pressure[i], &slope);
  return m / (p == KD_FINES ? duct->fines_density : duct->coarse[p - KD_COARSE].density);
}

static void profile(double *out, const kd_duct_state *s, const kd_duct *duct, size_t i) {
  out[KD_F_PRESSURE] = s->pressure[i];
  out[KD_F_GAS] = share_of(s, duct, KD_GAS, i);
  out[KD_F_FINES] = share_of(s, duct, KD_FINES, i);
  out[KD_F_COARSE] = 0;
  for (size_t p = KD_COARSE; p < duct->phases; p++) out[KD_F_COARSE] += share_of(s, duct, p, i);
  out[KD_F_VELOCITY] = 0.5 * (s->velocity[KD_WATER][i] + s->velocity[KD_WATER][i + 1]);
}

typedef struct marcher {
  kd_history *h;
  double start_mass[KD_DUCT_PHASES], last_out[KD_DUCT_PHASES], start_in[KD_DUCT_PHASES], start_out[KD_DUCT_PHASES];
  double last_time, level, overflow, level_out[KD_DUCT_PHASES], begun;
} marcher;

static double liquid_volume(const kd_duct *duct, const double *now, const double *before, double water) {
  double volume = (now[KD_WATER] - before[KD_WATER]) / water;
  for (size_t p = KD_FINES; p < duct->phases; p++)
    volume += (now[p] - before[p]) / (p == KD_FINES ? duct->fines_density : duct->coarse[p - KD_COARSE].density);
  return volume;
}

static void tank(marcher *m, const kd_duct_state *s, const kd_duct *duct, const kd_separator *sep, double dt) {
  double slope;
  const double water = kd_duct_water(&duct->fluid[duct->cells - 1], s->pressure[duct->cells - 1], &slope);
  const double in = liquid_volume(duct, s->out, m->level_out, water);
  memcpy(m->level_out, s->out, sizeof m->level_out);
  if (!(sep->volume > 0)) return;
  const double open = fmin(fmax((m->level - 0.5 * sep->volume) / (0.25 * sep->volume), 0.0), 1.0);
  m->level = fmax(m->level + in - sep->drain * open * dt, 0.0);
  if (m->level > sep->volume) m->overflow += m->level - sep->volume, m->level = sep->volume;
}

/* A pump that draws gas lifts nothing: half of it gas is the end of any centrifugal pump. */
static kd_status check_pump(const kd_duct_state *s, const kd_duct *duct, const kd_duct_command *command,
                            kd_error *err) {
  kd_status status = KD_OK;
  if (!duct->has_pump || !(s->pump_speed > 0) || command->tripped) goto out;
  const size_t i = duct->pump.face > 0 ? duct->pump.face - 1 : 0;
  const double gas = share_of(s, duct, KD_GAS, i);
  KD_CHECK(gas < DRY_PUMP, err, KD_E_INFEASIBLE,
           "time %g s: the pump runs dry: %.0f %% gas before it, over its %.0f %%; stop it, or keep the gas from it",
           s->time, gas * 100, DRY_PUMP * 100);
out:
  return status;
}

/* Traces below 1e-9 of all that is in the line count against that. */
static double closure_of(const marcher *m, const kd_duct_state *s, const kd_duct *duct) {
  double worst = 0, all = 0;
  for (size_t p = 0; p < duct->phases; p++) all += m->start_mass[p];
  for (size_t p = 0; p < duct->phases; p++) {
    const double in = s->in[p] - m->start_in[p], out = s->out[p] - m->start_out[p];
    const double scale = fmax(fabs(in) + fabs(out) + m->start_mass[p], 1e-9 * all);
    if (scale > 0) worst = fmax(worst, fabs(kd_duct_mass(s, duct, p) - m->start_mass[p] - in + out) / scale);
  }
  return worst;
}

static void write_row(marcher *m, size_t r, const kd_duct_state *s, const kd_duct *duct, const kd_transient_run *run) {
  kd_history *h = m->h;
  const size_t n = duct->cells;
  double *v[KD_H_COLUMNS], slope, gas = 0, volume = 0, gel = 0, coarse_out = 0, coarse = 0, top = 0, densest = 0;
  for (size_t c = 0; c < KD_H_COLUMNS; c++) v[c] = &h->value[c][r], *v[c] = 0;
  const double span = s->time - m->last_time, rate = span > 0 ? 1.0 / span : 0;
  for (size_t i = 0; i < n; i++) {
    double at[KD_F_FIELDS];
    profile(at, s, duct, i);
    gas += at[KD_F_GAS] * duct->volume[i], volume += duct->volume[i], gel += s->gel[i] * duct->volume[i];
    top = fmax(top, s->pressure[i]), densest = fmax(densest, at[KD_F_COARSE]);
    for (size_t k = 0; h->frame[0] && k < KD_F_FIELDS; k++) h->frame[k][r * n + i] = at[k];
  }
  for (size_t p = KD_COARSE; p < duct->phases; p++) {
    coarse_out += s->out[p] - m->last_out[p];
    *v[KD_H_CLASS + p - KD_COARSE] = (s->out[p] - m->last_out[p]) * rate;
    coarse += kd_duct_mass(s, duct, p);
  }
  *v[KD_H_TIME] = s->time - m->begun;
  *v[KD_H_INLET_PRESSURE] = s->pressure[0];
  *v[KD_H_FOOT_PRESSURE] = s->pressure[run->foot_cell < n ? run->foot_cell : 0];
  *v[KD_H_OUTLET_PRESSURE] = s->pressure[n - 1];
  *v[KD_H_LARGEST_PRESSURE] = top;
  *v[KD_H_INLET_FLOW] = s->flux[0] * duct->face_area[0];
  *v[KD_H_OUTLET_FLOW] = s->flux[n] * duct->face_area[n];
  *v[KD_H_AIR_OUT] = (s->out[KD_GAS] - m->last_out[KD_GAS]) * rate;
  *v[KD_H_WATER_OUT] = (s->out[KD_WATER] - m->last_out[KD_WATER]) * rate;
  *v[KD_H_FINES_OUT] = (s->out[KD_FINES] - m->last_out[KD_FINES]) * rate;
  *v[KD_H_COARSE_OUT] = coarse_out * rate;
  *v[KD_H_LIQUID_OUT] =
      liquid_volume(duct, s->out, m->last_out, kd_duct_water(&duct->fluid[n - 1], s->pressure[n - 1], &slope)) * rate;
  *v[KD_H_GAS_HELD] = gas / volume;
  *v[KD_H_FINES_HELD] = kd_duct_mass(s, duct, KD_FINES);
  *v[KD_H_COARSE_HELD] = coarse;
  *v[KD_H_DENSEST] = densest;
  *v[KD_H_PUMP_PRESSURE] = s->pump_pressure;
  *v[KD_H_PUMP_SPEED] = duct->has_pump ? s->pump_speed : 0;
  *v[KD_H_LEVEL] = m->level;
  *v[KD_H_OVERFLOW] = m->overflow;
  *v[KD_H_GEL] = gel / volume;
  *v[KD_H_CLOSURE] = closure_of(m, s, duct);
  if (r == 0) { /* nothing came before: what passes at this moment */
    const double area = duct->face_area[n];
    double liquid = 0, slope_w, grains = 0;
    for (size_t p = 0; p < duct->phases; p++) {
      const double passes = s->mass[p][n - 1] * s->velocity[p][n] * area;
      const double rho = p == KD_WATER   ? kd_duct_water(&duct->fluid[n - 1], s->pressure[n - 1], &slope_w)
                         : p == KD_FINES ? duct->fines_density
                         : p == KD_GAS   ? (double)INFINITY
                                         : duct->coarse[p - KD_COARSE].density;
      liquid += passes / rho;
      if (p >= KD_COARSE) grains += passes, *v[KD_H_CLASS + p - KD_COARSE] = passes;
      if (p < KD_COARSE) *v[KD_H_AIR_OUT + p] = passes;
    }
    *v[KD_H_COARSE_OUT] = grains, *v[KD_H_LIQUID_OUT] = liquid;
  }
  h->closure = fmax(h->closure, *v[KD_H_CLOSURE]);
  memcpy(m->last_out, s->out, sizeof m->last_out);
  m->last_time = s->time;
}

static kd_status make_room(kd_history *h, size_t rows, size_t cells, bool frames, kd_work *work) {
  kd_status status = KD_OK;
  bool room = true;
  *h = (kd_history){.rows = rows, .cells = cells, .smallest = (double)INFINITY};
  for (size_t c = 0; c < KD_H_COLUMNS; c++)
    room = (h->value[c] = kd_arena_alloc(work->scratch, rows, sizeof(double))) != NULL && room;
  for (size_t k = 0; k < KD_F_FIELDS; k++) {
    h->least[k] = kd_arena_alloc(work->scratch, cells, sizeof(double));
    h->mean[k] = kd_arena_alloc(work->scratch, cells, sizeof(double));
    h->most[k] = kd_arena_alloc(work->scratch, cells, sizeof(double));
    room = room && h->least[k] && h->mean[k] && h->most[k];
    if (frames) room = (h->frame[k] = kd_arena_alloc(work->scratch, rows * cells, sizeof(double))) != NULL && room;
  }
  KD_CHECK(room, work->err, KD_E_NOMEM, "no memory for a history of %zu rows and %zu cells", rows, cells);
out:
  return status;
}

static void envelope(kd_history *h, const kd_duct_state *s, const kd_duct *duct, double dt, bool first) {
  for (size_t i = 0; i < duct->cells; i++) {
    double at[KD_F_FIELDS];
    profile(at, s, duct, i);
    for (size_t k = 0; k < KD_F_FIELDS; k++) {
      h->least[k][i] = first ? at[k] : fmin(h->least[k][i], at[k]);
      h->most[k][i] = first ? at[k] : fmax(h->most[k][i], at[k]);
      h->mean[k][i] += at[k] * dt;
    }
  }
}

kd_status kd_transient_march(kd_history *out, kd_duct_state *state, const kd_duct *duct, const kd_transient_run *run,
                             kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(run->until > 0 && run->every > 0 && run->most > 0, work->err, KD_E_RANGE,
           "until %g s, every %g s and step %g s must all be above 0 s", run->until, run->every, run->most);
  KD_CHECK(run->until / run->every <= 1e6, work->err, KD_E_SIZE, "until %g s every %g s: more than 1,000,000 rows",
           run->until, run->every);
  const size_t rows = (size_t)ceil(run->until / run->every - 1e-9) + 1;
  KD_TRY(make_room(out, rows, duct->cells, run->frames, work));
  marcher m = {.h = out, .last_time = state->time, .level = 0.5 * run->separator.volume, .begun = state->time};
  for (size_t p = 0; p < duct->phases; p++) {
    m.start_mass[p] = kd_duct_mass(state, duct, p);
    m.start_in[p] = state->in[p], m.start_out[p] = state->out[p];
  }
  memcpy(m.last_out, state->out, sizeof m.last_out);
  memcpy(m.level_out, state->out, sizeof m.level_out);
  const size_t steps = state->steps, halved = state->halved;
  double span = 0;
  bool first = true;
  state->smallest = (double)INFINITY;
  write_row(&m, 0, state, duct, run);
  for (size_t r = 1; r < rows; r++) {
    const double target = m.begun + fmin(run->until, (double)r * run->every);
    while (state->time < target - 1e-9 * run->every) {
      kd_duct_command command = {.valve = 1, .pump_speed = 1};
      double taken = 0;
      double dt = fmin(run->most, target - state->time);
      run->schedule(&command, state->time - m.begun + 0.5 * dt, run->user);
      if (run->before) KD_TRY(run->before(&command, &dt, state, state->time - m.begun, run->before_user, work->err));
      KD_TRY(run->explicit_solver ? kd_duct_step_explicit(state, duct, &command, dt, &taken, work->err)
                                  : kd_duct_step(state, duct, &command, dt, &taken, work->err));
      KD_TRY(check_pump(state, duct, &command, work->err));
      tank(&m, state, duct, &run->separator, taken);
      span += taken;
      /* The explicit twin's steps are short: every sixteenth serves the envelope. */
      if (!run->explicit_solver || state->steps % 16 == 0 || state->time >= target - 1e-9 * run->every) {
        envelope(out, state, duct, span, first);
        first = false, span = 0;
      }
    }
    state->time = target; /* rounding of the steps */
    write_row(&m, r, state, duct, run);
  }
  for (size_t k = 0; k < KD_F_FIELDS; k++)
    for (size_t i = 0; i < duct->cells; i++) out->mean[k][i] /= state->time - m.begun;
  out->steps = state->steps - steps, out->halved = state->halved - halved, out->smallest = state->smallest;
out:
  return status;
}

kd_status kd_history_table(kd_table **out, const kd_history *self, kd_work *work) {
  kd_status status = KD_OK;
  KD_TRY(kd_table_create(out, work->ctx, kd_history_columns, self->rows, work->err));
  for (size_t c = 0; c < KD_H_COLUMNS; c++)
    memcpy((*out)->column[c].number, self->value[c], self->rows * sizeof(double));
out:
  return status;
}
