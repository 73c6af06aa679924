// SPDX-License-Identifier: Apache-2.0
/* The lift stage as an outline: sea, slurry, hydraulics, power, grains, gel, string. Each step's equations stand in its
 * own file. The dry rate is that of the mine plan, or less where the rated pressure (or the best air rate) gives less.
 *
 * Water is exact by mass: slurry water = pore water of the mud + sea water added. A share of solids above that of the
 * mud in place cannot be lifted: it is cut down to it, and the output `solids` tells.
 */
#include "lift/lift.h"

#include <math.h>

#include "lift/air.h"
#include "lift/air_lift.h"
#include "lift/circuit.h"
#include "lift/gel.h"
#include "lift/herschel_bulkley.h"
#include "lift/lift_table.h"
#include "lift/pipe_string.h"
#include "lift/seawater.h"
#include "lift/settling.h"

#define PI             3.14159265358979323846
#define THINNING       0.85  /* step of thinning a slurry that cannot be moved: assumed */
#define THINNING_STEPS 20    /* down to 4 % of the share wanted */
#define STANDARD_AIR   1.225 /* kg/m3 at 15 degC and one atmosphere: ISO 2533 */

typedef struct lift {
  const kd_lift_params *p;
  const kd_slurry *feed;
  kd_lift_result *r;
  kd_work *work;
  double depth, outer_diameter;
  kd_sea sea;
  kd_circuit circuit;
  kd_circuit_state state;
  double water_ratio; /* kg water per kg dry solid */
  double added;       /* of it sea water */
} lift;

double kd_lift_outer_diameter(const kd_lift_params *p) {
  return isnan(p->outer_diameter) ? p->bore + 2.0 * p->wall : p->outer_diameter;
}

kd_status kd_lift_rheology(kd_rheology *out, const kd_lift_params *p, double solids, double grain_density,
                           double water_density, kd_error *err) {
  kd_status status = KD_OK;
  kd_starter_law starter = {p->starter_yield,       p->starter_yield_growth,
                            p->starter_consistency, p->starter_consistency_growth,
                            p->starter_index_slope, p->starter_index_floor};
  kd_scaling_law scaling = {p->scaling_yield, p->scaling_yield_power, KD_COLD_SEAWATER_VISCOSITY, p->scaling_growth,
                            p->scaling_index};
  kd_liquidity_law liquidity = {p->liquid_limit, p->plastic_limit, p->stress_factor, p->liquidity_flow_index};
  switch ((kd_rheology_law)p->rheology) {
  case KD_RHEOLOGY_STARTER:
    kd_rheology_starter(out, &starter, solids);
    break;
  case KD_RHEOLOGY_LIQUIDITY_INDEX:
    kd_rheology_liquidity(out, &liquidity, solids, grain_density, water_density, KD_COLD_SEAWATER_VISCOSITY);
    break;
  case KD_RHEOLOGY_TABLE:
    KD_TRY(kd_rheology_from_table(out, p->rheology_table, solids, err));
    KD_TRY(kd_gel_from_table(&(kd_gel){0}, p->rheology_table, solids, err));
    break;
  case KD_RHEOLOGY_STATED:
    *out = (kd_rheology){p->yield, p->consistency, p->index};
    break;
  case KD_RHEOLOGY_SCALING:
    kd_rheology_scaling(out, &scaling, solids);
    break;
  }
  out->yield *= p->rheology_factor;
  out->consistency *= p->rheology_factor;
  KD_TRY(kd_rheology_check(out, err));
out:
  return status;
}

/* Share of solids, water added and rheology. */
static kd_status set_slurry(lift *s, double solids) {
  kd_status status = KD_OK;
  const kd_lift_params *p = s->p;
  const kd_slurry *feed = s->feed;
  kd_error *err = s->work->err;
  KD_CHECK(feed->dry_rate > 0 && isfinite(feed->dry_rate), err, KD_E_RANGE,
           "feed: dry_rate %g kg/s must be above 0; a dry pump lifts nothing", feed->dry_rate);
  KD_CHECK(feed->grain_density > 1100, err, KD_E_RANGE, "feed: grain_density %g kg/m3 must be above 1100 kg/m3",
           feed->grain_density);
  KD_CHECK(feed->pore_water >= 0, err, KD_E_RANGE, "feed: pore_water %g kg/kg must be at least 0", feed->pore_water);

  const kd_sea_node *top = &s->sea.node[0], *bottom = &s->sea.node[s->sea.count - 1];
  kd_circuit *c = &s->circuit;
  c->carrier_salinity = p->method == KD_LIFT_CLOSED_CIRCUIT ? top->salinity : bottom->salinity;
  double water0 = kd_seawater_density(c->carrier_salinity, top->conservative, 0);
  c->solids = solids;
  s->water_ratio = kd_slurry_water_ratio(c->solids, feed->grain_density, water0);
  if (s->water_ratio < feed->pore_water) {
    s->water_ratio = feed->pore_water;
    c->solids = 1.0 / (1.0 + s->water_ratio * feed->grain_density / water0);
  }
  s->added = s->water_ratio - feed->pore_water;
  c->grain_density = feed->grain_density;
  KD_TRY(kd_lift_rheology(&c->riser.fluid, p, c->solids, feed->grain_density, water0, err));
out:
  return status;
}

static kd_status set_circuit(lift *s) {
  kd_status status = KD_OK;
  const kd_lift_params *p = s->p;
  kd_circuit *c = &s->circuit;
  c->sea = &s->sea;
  c->closed = p->method == KD_LIFT_CLOSED_CIRCUIT;
  c->depth = s->depth;
  c->deck_height = p->deck_height;
  c->deck_pressure = p->deck_pressure;
  c->head_loss = p->head_loss;
  c->roughness = p->roughness;
  KD_TRY(kd_circuit_prepare(c, s->work));
  c->conduit_bore = p->conduit == KD_CONDUIT_ANNULUS ? p->conduit_bore - s->outer_diameter : p->conduit_bore;
  double inner = p->conduit == KD_CONDUIT_ANNULUS ? s->outer_diameter : 0;
  c->conduit_area = 0.25 * PI * (p->conduit_bore * p->conduit_bore - inner * inner);

  const kd_sea_node *bottom = &s->sea.node[s->sea.count - 1];
  kd_pipe_flow *flow = &c->riser;
  flow->bore = p->bore;
  flow->roughness = p->roughness;
  flow->grain = p->d85;
  flow->carrier_viscosity = kd_seawater_viscosity(c->carrier_salinity, bottom->temperature);
  flow->density = kd_circuit_slurry_density(c, 0.5 * s->depth, 0.5 * bottom->pressure);
  if (p->friction > 0)
    flow->law = (kd_friction_law)(p->friction - 1);
  else
    flow->law = isnan(p->d85) ? KD_FRICTION_WILSON_THOMAS : KD_FRICTION_SLATTER;
  flow->transition = (kd_transition_law)p->transition;
out:
  return status;
}

static kd_status solve_at(lift *s, double dry_rate) {
  kd_status status = kd_circuit_solve(&s->state, &s->circuit, dry_rate, dry_rate * s->added);
  if (status != KD_OK)
    status =
        kd_error_set(s->work->err, status,
                     "friction: no wall stress at %g m/s for yield %g Pa, consistency %g Pa s^n, index %g in a bore of "
                     "%g m; choose another friction law",
                     s->state.velocity, s->circuit.riser.fluid.yield, s->circuit.riser.fluid.consistency,
                     s->circuit.riser.fluid.index, s->p->bore);
  return status;
}

/* The dry rate whose pump pressure is the rated one: bisection in the logarithm, the pressure rises with the rate. */
static kd_status derate(lift *s, double wanted) {
  kd_status status = KD_OK;
  double low = 1e-4 * wanted, high = wanted;
  KD_TRY(solve_at(s, low));
  KD_CHECK(
      s->state.pump_pressure < s->p->rated_pressure, s->work->err, KD_E_INFEASIBLE,
      "rated_pressure %.4g MPa: the column needs %.4g MPa before it moves (yield stress %.4g Pa: %.4g MPa, weight %.4g "
      "MPa); widen bore or conduit_bore, lower solids or raise rated_pressure",
      s->p->rated_pressure * 1e-6, s->state.pump_pressure * 1e-6, s->circuit.riser.fluid.yield,
      s->state.friction_up * 1e-6, s->state.static_pressure * 1e-6);
  for (int i = 0; i < 40 && high - low > 1e-9 * high; i++) {
    double middle = i < 6 ? sqrt(low * high) : 0.5 * (low + high);
    KD_TRY(solve_at(s, middle));
    if (s->state.pump_pressure > s->p->rated_pressure)
      high = middle;
    else
      low = middle;
  }
  KD_TRY(solve_at(s, low));
  s->r->dry_rate = low;
out:
  return status;
}

static kd_status run_pumps(lift *s) {
  kd_status status = KD_OK;
  const kd_lift_params *p = s->p;
  kd_lift_result *r = s->r;
  r->dry_rate = s->feed->dry_rate;
  KD_TRY(solve_at(s, r->dry_rate));
  if (s->state.pump_pressure > p->rated_pressure) KD_TRY(derate(s, s->feed->dry_rate));
  const kd_circuit_state *c = &s->state;
  double flow = p->method == KD_LIFT_CLOSED_CIRCUIT ? c->down_rate : c->slurry_rate;
  r->pumps = fmax(ceil(flow / p->pump_flow), 1.0);
  r->hydraulic_power = c->hydraulic_power;
  r->power = c->hydraulic_power / (p->pump_efficiency * p->motor_efficiency);
  r->pump_pressure = c->pump_pressure;
  r->pressure_margin = p->rated_pressure / c->pump_pressure;
  r->friction_down = c->friction_down;
  r->air_rate = r->air_pressure = r->free_air = 0;
  r->exit_velocity = c->velocity;
  kd_ledger_post(s->work->ledger, "lift.pump", r->power);
out:
  return status;
}

/* Air rate for one dry rate; KD_E_INFEASIBLE (without a message) when no air lifts it. Pressures absolute. */
static kd_status air_at(lift *s, kd_air_lift *air, kd_wall_table *wall, double dry_rate) {
  const kd_lift_params *p = s->p;
  kd_status status = solve_at(s, dry_rate);
  if (status != KD_OK) return status;
  const kd_sea_node *bottom = &s->sea.node[s->sea.count - 1];
  const kd_rheology *fluid = &s->circuit.riser.fluid;
  double injection = isnan(p->injection_depth) ? 0.5 * s->depth : p->injection_depth;
  double velocity = s->state.velocity, gravity = kd_gravity(s->sea.latitude, 0.5 * injection);
  status = kd_wall_table_create(wall, &s->circuit.riser, 0.5 * velocity, 60.0 * velocity + 30.0, 2);
  if (status != KD_OK) return kd_error_set(s->work->err, status, "friction: no wall stress for the air-lift");

  double light = kd_circuit_slurry_density(&s->circuit, 0, 0);
  double heavy = kd_circuit_slurry_density(&s->circuit, s->depth, bottom->pressure);
  double rate = 8.0 * velocity / p->bore;
  *air = (kd_air_lift){.bore = p->bore,
                       .liquid_flux = velocity,
                       .density = light,
                       .compression = (heavy - light) / bottom->pressure,
                       .viscosity = fluid->yield / rate + fluid->consistency * pow(rate, fluid->index - 1.0),
                       .surface_tension = p->surface_tension,
                       .gravity = gravity,
                       .wall = wall,
                       .sea = &s->sea,
                       .foot_depth = injection,
                       .drift = (kd_drift_law)p->drift,
                       .friction = (kd_two_phase_law)p->gas_friction};
  const double cold = s->circuit.riser.carrier_viscosity;
  const double terminal = kd_settling_ruby_zanke(p->grain_size, s->feed->grain_density, bottom->density, cold, gravity);
  air->coarse = s->circuit.solids * s->feed->coarse_share;
  air->coarse_excess = s->feed->grain_density - light;
  air->slip = kd_settling_hindered(terminal, bottom->density * terminal * p->grain_size / cold, s->circuit.solids);
  /* From the foot to the injection the slurry rises alone: weight and friction of that part of the riser. */
  double part = s->depth - injection, mean = light + air->compression * (bottom->pressure - 0.5 * part * 1e4);
  double p_foot = bottom->pressure + KD_ATMOSPHERE - p->head_loss;
  double p_in = p_foot - part * (mean * gravity + 4.0 * s->state.wall_stress / p->bore);
  double p_out = p->deck_pressure + KD_ATMOSPHERE, mass_flux = 0;
  s->r->air_pressure = p_in;
  s->r->foot_pressure = p_foot - KD_ATMOSPHERE;
  if (!(p_in > p_out)) return KD_E_INFEASIBLE;
  status = kd_air_lift_air(&mass_flux, air, p_in, p_out, injection + p->deck_height);
  if (status != KD_OK) return status;
  s->r->air_rate = mass_flux * 0.25 * PI * p->bore * p->bore;
  double z = kd_air_compressibility_fit(p_out, s->sea.node[0].temperature + KD_CELSIUS_ZERO);
  s->r->exit_velocity =
      velocity + mass_flux * z * KD_AIR_GAS_CONSTANT * (s->sea.node[0].temperature + KD_CELSIUS_ZERO) / p_out;
  return KD_OK;
}

static kd_status run_air(lift *s) {
  kd_status status = KD_OK;
  const kd_lift_params *p = s->p;
  kd_lift_result *r = s->r;
  kd_air_lift air;
  kd_wall_table wall;
  double injection = isnan(p->injection_depth) ? 0.5 * s->depth : p->injection_depth;
  KD_CHECK(injection <= s->depth, s->work->err, KD_E_CONTRADICTION,
           "injection_depth %g m is below the foot at %g m; inject higher", injection, s->depth);
  r->dry_rate = s->feed->dry_rate;
  status = air_at(s, &air, &wall, r->dry_rate);
  if (status == KD_E_INFEASIBLE) {
    /* The largest rate that some air lifts. */
    double low = 0, high = r->dry_rate;
    for (int i = 0; i < 24; i++) {
      double middle = low > 0 ? 0.5 * (low + high) : 0.5 * high;
      status = air_at(s, &air, &wall, middle);
      if (status == KD_OK)
        low = middle;
      else if (status == KD_E_INFEASIBLE)
        high = middle;
      else
        goto out;
    }
    KD_CHECK(
        low > 0, s->work->err, KD_E_INFEASIBLE,
        "injection_depth %g m: no air rate lifts slurry of %.4g kg/m3 and yield stress %.4g Pa through a bore of %g m; "
        "inject deeper, lower solids or change bore",
        injection, air.density, s->circuit.riser.fluid.yield, p->bore);
    r->dry_rate = low;
    status = air_at(s, &air, &wall, low);
  }
  if (status != KD_OK) goto out;
  double p_out = p->deck_pressure + KD_ATMOSPHERE, delivered = r->air_pressure + p->air_line_loss;
  double shaft = p->compression == KD_COMPRESSION_ISOTHERMAL
                     ? kd_air_isothermal_power(r->air_rate, KD_ATMOSPHERE, delivered, p->air_temperature)
                     : kd_air_polytropic_power(r->air_rate, KD_ATMOSPHERE, delivered, p->air_temperature,
                                               p->polytropic_exponent, p->compressor_stages);
  double sea_mean = 0.5 * (s->sea.node[0].temperature + s->sea.node[s->sea.count - 1].temperature) + KD_CELSIUS_ZERO;
  r->hydraulic_power = kd_air_isothermal_power(r->air_rate, p_out, r->air_pressure, fmin(sea_mean, p->air_temperature));
  r->power = shaft / (p->compressor_efficiency * p->motor_efficiency);
  r->free_air = r->air_rate / STANDARD_AIR;
  r->pump_pressure = r->friction_down = r->pumps = 0;
  r->pressure_margin = (double)NAN;
  kd_ledger_post(s->work->ledger, "lift.compressor", r->power);
out:
  return status;
}

/* What the two ways of lifting have in common, and the limits handed on. */
static void report_flow(lift *s) {
  const kd_lift_params *p = s->p;
  kd_lift_result *r = s->r;
  const kd_circuit_state *c = &s->state;
  const kd_rheology *fluid = &s->circuit.riser.fluid;
  bool by_air = p->method == KD_LIFT_AIR_LIFT;
  r->power += p->head_energy * r->dry_rate;
  r->derating = r->dry_rate / s->feed->dry_rate;
  r->slurry_solids = s->circuit.solids;
  r->thinning = s->circuit.solids / s->p->solids;
  r->slurry_rate = c->slurry_rate;
  r->sea_water = r->dry_rate * s->added;
  r->slurry_density = c->density;
  r->velocity = c->velocity;
  r->yield_stress = fluid->yield, r->consistency = fluid->consistency, r->flow_index = fluid->index;
  r->reynolds = c->reynolds;
  if (kd_critical_velocity(&r->critical_velocity, &s->circuit.riser) != KD_OK) r->critical_velocity = (double)NAN;
  r->regime = (double)c->regime;
  r->friction_law = (double)s->circuit.riser.law;
  r->wall_stress = c->wall_stress;
  r->sea_pressure = s->sea.node[s->sea.count - 1].pressure;
  r->deck_pressure = p->deck_pressure;
  r->friction_up = c->friction_up;
  r->static_pressure = c->static_pressure;
  if (!by_air) r->foot_pressure = c->foot_pressure;
  r->foot_excess = r->foot_pressure - r->sea_pressure;
  r->energy_per_tonne = r->power / r->dry_rate;
  r->static_energy = c->static_pressure * c->slurry_rate / r->dry_rate;
  r->friction_energy = (c->friction_up * c->slurry_rate + (by_air ? 0 : c->friction_down * c->down_rate)) / r->dry_rate;
  r->flush_time = (s->depth + p->deck_height) / c->velocity;

  const kd_sea_node *bottom = &s->sea.node[s->sea.count - 1];
  double gravity = kd_gravity(s->sea.latitude, s->depth), viscosity = s->circuit.riser.carrier_viscosity;
  double terminal = kd_settling_ruby_zanke(p->grain_size, s->feed->grain_density, bottom->density, viscosity, gravity);
  double grain_reynolds = bottom->density * terminal * p->grain_size / viscosity;
  r->settling_velocity = kd_settling_hindered(terminal, grain_reynolds, r->slurry_solids);
  r->deposition_margin = r->velocity / (p->settling_factor * r->settling_velocity);
  r->suspended_grain =
      kd_settling_suspended_diameter(fluid->yield, s->feed->grain_density, bottom->density, gravity, KD_YIELD_NUMBER);

  kd_gel gel = {(double)NAN, (double)NAN, (double)NAN};
  if (p->rheology == KD_RHEOLOGY_TABLE)
    (void)kd_gel_from_table(&gel, p->rheology_table, s->circuit.solids, s->work->err); /* checked with the rheology */
  double aged = isnan(gel.static_yield) ? fluid->yield * p->static_yield_ratio : gel.static_yield * p->rheology_factor;
  r->static_yield = kd_gel_static_yield(fluid->yield, aged, isnan(gel.time) ? p->gel_time : gel.time,
                                        isnan(gel.exponent) ? p->gel_exponent : gel.exponent, p->rest_time);
  r->restart_pressure =
      kd_gel_restart_pressure(r->static_yield, s->depth + p->deck_height, p->bore) + c->static_pressure;
  r->restart_margin = p->rated_pressure / r->restart_pressure;
  if (by_air) r->restart_margin = (double)NAN;
}

static void report_string(lift *s) {
  const kd_lift_params *p = s->p;
  kd_lift_result *r = s->r;
  double length = s->depth + p->deck_height, conduit = 0;
  if (p->method == KD_LIFT_CLOSED_CIRCUIT) conduit = PI * (p->conduit_bore + p->conduit_wall) * p->conduit_wall;
  kd_string string = {.length = length,
                      .bore = p->bore,
                      .outer_diameter = s->outer_diameter,
                      .density = p->material_density,
                      .modulus = p->modulus,
                      .yield = p->yield_strength,
                      .joint_factor = p->joint_factor,
                      .conduit_area = conduit,
                      .end_mass = p->head_mass,
                      .buoyancy = p->buoyancy * KD_STANDARD_GRAVITY,
                      .contents = r->slurry_density,
                      .water = kd_sea_mean_density(&s->sea),
                      .gravity = kd_gravity(s->sea.latitude, 0.5 * s->depth)};
  kd_string_state state;
  kd_string_solve(&state, &string);
  r->string_length = length;
  r->joints = ceil(length / p->joint_length);
  r->string_mass = state.mass;
  r->weight_air = state.weight_air, r->weight_water = state.weight_water, r->top_tension = state.weight_full;
  r->top_stress = state.top_stress, r->utilisation = state.utilisation, r->stretch = state.stretch;
  r->period_free = state.period_free, r->period_locked = state.period_locked;
  r->hook_utilisation = fmax(state.weight_full, 0.0) / (p->hook_load * KD_STANDARD_GRAVITY);
  double wave = kd_pressure_wave_speed(r->slurry_density, p->bulk_modulus, p->bore, 0.5 * (s->outer_diameter - p->bore),
                                       p->modulus);
  r->water_hammer = kd_joukowsky_pressure(r->slurry_density, wave, r->velocity);

  kd_ledger *ledger = s->work->ledger;
  kd_ledger_post(ledger, "lift.string", length);
  kd_ledger_post(ledger, "lift.string_mass", state.mass);
  kd_ledger_post(ledger, "lift.head", p->head_mass);
  kd_ledger_post(ledger, "lift.buoyancy", p->buoyancy);
  kd_ledger_post(ledger, "lift.handling", fmax(state.weight_full, 0.0) / KD_STANDARD_GRAVITY);
}

/* Lifts at the share of solids wanted, or at the largest that the plant can move: a crew that cannot start a column
 * adds water. In steps of THINNING; what cannot be moved even at the last step is a wrong design and fails. */
static kd_status run_thinned(lift *s) {
  kd_status status = KD_OK;
  double solids = s->p->solids;
  for (int step = 0;; step++, solids *= THINNING) {
    KD_TRY(set_slurry(s, solids));
    KD_TRY(set_circuit(s));
    status = s->p->method == KD_LIFT_AIR_LIFT ? run_air(s) : run_pumps(s);
    if (status != KD_E_INFEASIBLE || step == THINNING_STEPS) break;
  }
out:
  return status;
}

static kd_status check_result(const kd_lift_result *r, kd_error *err) {
  kd_status status = KD_OK;
  KD_CHECK(isfinite(r->power) && isfinite(r->velocity) && isfinite(r->top_tension) && isfinite(r->deposition_margin),
           err, KD_E_NAN, "lift: a result is not finite (power %g W, velocity %g m/s, top tension %g N)", r->power,
           r->velocity, r->top_tension);
out:
  return status;
}

kd_status kd_lift_run(kd_lift_result *out, const kd_lift_params *p, const kd_slurry *feed, kd_work *work) {
  kd_status status = KD_OK;
  *out = (kd_lift_result){0};
  lift s = {.p = p, .feed = feed, .r = out, .work = work};
  s.depth = isnan(p->depth) ? feed->water_depth : p->depth;
  s.outer_diameter = kd_lift_outer_diameter(p);
  KD_CHECK(s.depth >= 10 && s.depth <= 12000, work->err, KD_E_RANGE, "depth %g m: must be from 10 to 12,000 m",
           s.depth);
  KD_TRY(kd_lift_contradiction(p, s.depth, work->err));

  KD_TRY(kd_sea_create(&s.sea, p->profile, p->latitude, s.depth, work));
  KD_TRY(run_thinned(&s));
  report_flow(&s);
  report_string(&s);
  KD_TRY(check_result(out, work->err));

  out->limits = (kd_limits){.wave_limit_lift = p->wave_limit_lift,
                            .wave_limit_run = p->wave_limit_run,
                            .wave_limit_hang = p->wave_limit_hang,
                            .dry_rate = out->dry_rate,
                            .power = out->power,
                            .slurry_rate = out->slurry_rate,
                            .water_rate = out->sea_water,
                            .flush_time = out->flush_time,
                            .string_length = out->string_length,
                            .joint_length = p->joint_length,
                            .hydraulic_power = out->hydraulic_power};
  if (p->operability == 1 || (p->operability == 2 && p->operability_table != NULL))
    KD_TRY(kd_lift_period_limits(&out->limits, p, work->err));
  out->limits.period_beside = p->operability == 2;
out:
  return status;
}
