// SPDX-License-Identifier: Apache-2.0
/* Kernels of pipe flow: bore, velocity and fluid in, wall stress out. */
#include <math.h>

#include "base/error.h"
#include "lift/friction.h"
#include "lift/gel.h"
#include "lift/herschel_bulkley.h"
#include "lift/kernels.h"

/* Inputs that all turbulent laws share: bore, velocity, density, yield, consistency, index. */
static kd_pipe_flow flow_of(const double *in) {
  return (kd_pipe_flow){.bore = in[0],
                        .density = in[2],
                        .fluid = {.yield = in[3], .consistency = in[4], .index = in[5]},
                        .grain = (double)NAN,
                        .carrier_viscosity = 0};
}

static kd_status told(kd_status status, const kd_pipe_flow *flow, double velocity, kd_work *work) {
  if (status == KD_OK) return KD_OK;
  return kd_error_set(
      work->err, status,
      "no wall stress found for velocity %g m/s, bore %g m, yield %g Pa, consistency %g Pa s^n, index %g", velocity,
      flow->bore, flow->fluid.yield, flow->fluid.consistency, flow->fluid.index);
}

/* Wall stress, with the friction factors that belong to it. */
static void add_factors(double *out, double density, double velocity) {
  out[1] = 8.0 * out[0] / (density * velocity * velocity);
  out[2] = 0.25 * out[1];
}

static kd_status eval_hb_wall_stress(double *out, const double *in, kd_work *work) {
  kd_pipe_flow flow = {.bore = in[0], .fluid = {in[2], in[3], in[4]}};
  return told(kd_herschel_bulkley_wall_stress(out, &flow.fluid, in[0], in[1]), &flow, in[1], work);
}

static kd_status eval_hb_velocity(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_rheology fluid = {in[2], in[3], in[4]};
  out[0] = kd_herschel_bulkley_velocity(&fluid, in[0], in[1]);
  KD_CHECK(isfinite(out[0]), work->err, KD_E_RANGE, "wall_stress %g Pa: the velocity is beyond all numbers", in[1]);
out:
  return status;
}

static kd_status eval_hb_plug(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_rheology fluid = {in[2], in[3], in[4]};
  out[0] = fmin(fluid.yield / in[1], 1.0) * in[0];
  out[1] = kd_herschel_bulkley_plug_velocity(&fluid, in[0], in[1]);
  out[2] = kd_herschel_bulkley_wall_rate(&fluid, in[1]);
  KD_CHECK(isfinite(out[1]) && isfinite(out[2]), work->err, KD_E_RANGE,
           "wall_stress %g Pa: the shear rate is beyond all numbers", in[1]);
out:
  return status;
}

static kd_status eval_colebrook(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_friction_colebrook(in[0], in[1]);
  return KD_OK;
}

static kd_status eval_churchill(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_friction_churchill(in[0], in[1]);
  return KD_OK;
}

static kd_status eval_newtonian(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_newtonian_wall_stress(in[2], in[3], in[0], in[4], in[1]);
  add_factors(out, in[2], in[1]);
  out[3] = in[2] * in[1] * in[0] / in[3];
  return KD_OK;
}

typedef kd_status law_fn(double *out, const kd_pipe_flow *flow, double velocity);

static kd_status turbulent(double *out, const double *in, law_fn *law, double grain, kd_work *work) {
  kd_pipe_flow flow = flow_of(in);
  flow.grain = grain;
  kd_status status = law(out, &flow, in[1]);
  add_factors(out, in[2], in[1]);
  if (status == KD_OK && !isfinite(out[1])) status = KD_E_MODEL; /* far below turbulent flow */
  return told(status, &flow, in[1], work);
}

static kd_status eval_wilson_thomas(double *out, const double *in, kd_work *work) {
  return turbulent(out, in, kd_wilson_thomas_wall_stress, (double)NAN, work);
}

static kd_status eval_slatter(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[6] < 0.5 * in[0], work->err, KD_E_RANGE, "d85 %g m: must be below half the bore %g m", in[6], in[0]);
  KD_TRY(turbulent(out, in, kd_slatter_wall_stress, in[6], work));
out:
  return status;
}

static kd_status eval_dodge_metzner(double *out, const double *in, kd_work *work) {
  return turbulent(out, in, kd_dodge_metzner_wall_stress, (double)NAN, work);
}

/* Inputs: bore, velocity, density, yield, viscosity. */
static kd_status eval_darby_melson(double *out, const double *in, kd_work *work) {
  double full[6] = {in[0], in[1], in[2], in[3], in[4], 1.0};
  kd_status status = turbulent(out, full, kd_darby_melson_wall_stress, (double)NAN, work);
  out[3] = in[2] * in[1] * in[0] / in[4];
  out[4] = in[2] * in[0] * in[0] * in[3] / (in[4] * in[4]);
  return status;
}

/* Inputs: bore, density, yield, consistency, index. */
static kd_status critical(double *out, const double *in, kd_transition_law law, kd_work *work) {
  kd_pipe_flow flow = {.bore = in[0], .density = in[1], .fluid = {in[2], in[3], in[4]}, .transition = law};
  kd_status status = kd_critical_velocity(out, &flow);
  if (status == KD_OK) return KD_OK;
  return kd_error_set(work->err, status, "no critical velocity for yield %g Pa, consistency %g Pa s^n, index %g", in[2],
                      in[3], in[4]);
}

static kd_status eval_critical_slatter(double *out, const double *in, kd_work *work) {
  return critical(out, in, KD_TRANSITION_SLATTER, work);
}

static kd_status eval_critical_metzner_reed(double *out, const double *in, kd_work *work) {
  return critical(out, in, KD_TRANSITION_METZNER_REED, work);
}

static kd_status eval_critical_ryan_johnson(double *out, const double *in, kd_work *work) {
  return critical(out, in, KD_TRANSITION_RYAN_JOHNSON, work);
}

/* Inputs: bore, density, yield, viscosity. */
static kd_status eval_critical_hanks(double *out, const double *in, kd_work *work) {
  double full[5] = {in[0], in[1], in[2], in[3], 1.0};
  kd_status status = critical(out, full, KD_TRANSITION_HANKS, work);
  out[1] = in[1] * out[0] * in[0] / in[3];
  return status;
}

/* Inputs: density, yield. */
static kd_status eval_critical_wilson_thomas(double *out, const double *in, kd_work *work) {
  double full[5] = {1.0, in[0], in[1], 1.0, 1.0};
  return critical(out, full, KD_TRANSITION_WILSON_THOMAS, work);
}

static kd_status eval_reynolds(double *out, const double *in, kd_work *work) {
  kd_pipe_flow flow = flow_of(in);
  double wall = 0;
  kd_status status = told(kd_herschel_bulkley_wall_stress(&wall, &flow.fluid, in[0], in[1]), &flow, in[1], work);
  out[0] = kd_reynolds_slatter(&flow, in[1], wall);
  out[1] = kd_reynolds_metzner_reed(&flow, in[1], wall);
  out[2] = kd_reynolds_ryan_johnson(&flow, in[1], wall);
  return status;
}

/* Further inputs: law, transition, d85 (0: not known), carrier viscosity, roughness. */
static kd_status eval_wall_stress(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_pipe_flow flow = flow_of(in);
  kd_regime regime = KD_REGIME_LAMINAR;
  flow.law = (kd_friction_law)in[6];
  flow.transition = (kd_transition_law)in[7];
  flow.grain = in[8] > 0 ? in[8] : (double)NAN;
  flow.carrier_viscosity = in[9];
  flow.roughness = in[10];
  KD_CHECK(flow.law != KD_FRICTION_SLATTER || (in[8] > 0 && in[8] < 0.5 * in[0]), work->err, KD_E_RANGE,
           "d85 %g m: must be above 0 m and below half the bore %g m for the law of Slatter", in[8], in[0]);
  KD_CHECK(flow.transition != KD_TRANSITION_HANKS || flow.fluid.index == 1.0, work->err, KD_E_MODEL,
           "index %g: the criterion of Hanks is for Bingham fluids, index 1", in[5]);
  KD_CHECK(flow.transition != KD_TRANSITION_WILSON_THOMAS || flow.fluid.yield > 0, work->err, KD_E_MODEL,
           "yield %g Pa: the rule of Wilson and Thomas needs a yield stress", in[3]);
  KD_TRY(told(kd_wall_stress(&out[0], &out[1], &regime, &flow, in[1]), &flow, in[1], work));
  out[2] = (double)regime;
out:
  return status;
}

static kd_status eval_starter(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_starter_law law = {in[1], in[2], in[3], in[4], in[5], in[6]};
  kd_rheology fluid;
  kd_rheology_starter(&fluid, &law, in[0]);
  KD_CHECK(isfinite(fluid.yield) && isfinite(fluid.consistency), work->err, KD_E_RANGE,
           "solids %g %%vol: the growth takes the law beyond all numbers", in[0] * 100);
  out[0] = fluid.yield, out[1] = fluid.consistency, out[2] = fluid.index;
out:
  return status;
}

/* Inputs: solids, grain_density, water_density, liquid_limit, plastic_limit, stress_factor, index, water_viscosity. */
static kd_status eval_liquidity_index(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_liquidity_law law = {in[3], in[4], in[5], in[6]};
  kd_rheology fluid;
  KD_CHECK(in[3] > in[4], work->err, KD_E_RANGE, "liquid_limit %g: must be above the plastic_limit %g", in[3], in[4]);
  out[0] = kd_liquidity_index(&law, in[0], in[1], in[2]);
  KD_CHECK(out[0] > 0, work->err, KD_E_MODEL,
           "solids %g %%vol: the mud is below its plastic limit (liquidity index %g)", in[0] * 100, out[0]);
  kd_rheology_liquidity(&fluid, &law, in[0], in[1], in[2], in[7]);
  out[1] = fluid.yield, out[2] = fluid.consistency, out[3] = fluid.index;
  out[4] = 1e-3 * pow(9.27 / out[0], 3.33) + in[7];
out:
  return status;
}

static kd_status eval_gel(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_gel_static_yield(in[0], in[1], in[2], in[3], in[4]);
  return KD_OK;
}

static kd_status eval_restart(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_gel_restart_pressure(in[0], in[1], in[2]) + in[3];
  return KD_OK;
}

const kd_kernel kd_wall_kernels[] = {
    KERNEL("herschel_bulkley.wall_stress", "Laminar wall stress of a Herschel-Bulkley fluid, exact.",
           FIELDS(BORE, SPEED, FLUID), FIELDS(WALL_STRESS), eval_hb_wall_stress),
    KERNEL("herschel_bulkley.velocity", "Mean velocity of laminar flow for a wall stress, exact.",
           FIELDS(BORE, IN("wall_stress", "Pa", NULL, "0 Pa", "1e9 Pa", "Stress at the wall."), FLUID),
           FIELDS(OUT("velocity", "m/s", "Mean velocity; 0 up to the yield stress.")), eval_hb_velocity),
    KERNEL("herschel_bulkley.plug", "Plug of laminar flow: diameter, velocity, shear rate at the wall.",
           FIELDS(BORE, IN("wall_stress", "Pa", NULL, "0 Pa exclusive", "1e9 Pa", "Stress at the wall."), FLUID),
           FIELDS(OUT("plug_diameter", "m", "Diameter of the unsheared plug."),
                  OUT("plug_velocity", "m/s", "Its velocity."),
                  OUT("wall_rate", "1/s", "Shear rate at the wall, ((wall_stress - yield)/K)^(1/n).")),
           eval_hb_plug),
    KERNEL("newtonian.colebrook",
           "Darcy factor of turbulent flow, 1/sqrt f = -2 log10(e/3.7 + 2.51/(Re sqrt f)), solved (Colebrook 1939).",
           FIELDS(REYNOLDS, ROUGHNESS), FIELDS(OUT("darcy_factor", "1", "Darcy friction factor.")), eval_colebrook),
    KERNEL("newtonian.churchill", "Darcy factor for all Reynolds numbers (Churchill 1977).",
           FIELDS(REYNOLDS, ROUGHNESS), FIELDS(OUT("darcy_factor", "1", "Darcy friction factor.")), eval_churchill),
    KERNEL("newtonian.wall_stress",
           "Wall stress of Newtonian flow: Darcy 64/Re to Re 2,000, Colebrook from 4,000, between them w^2 (3 - 2w) of "
           "the second, w = Re/2,000 - 1.",
           FIELDS(BORE, VELOCITY, DENSITY, VISCOSITY, IN("roughness", "m", "0 m", "0 m", "0.1 m", "Roughness.")),
           FIELDS(STRESS_AND_FACTORS, OUT("reynolds", "1", "Reynolds number.")), eval_newtonian),
    KERNEL("wilson_thomas.wall_stress", "Turbulent, smooth wall, Herschel-Bulkley (Wilson and Thomas 1985).",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID), FIELDS(STRESS_AND_FACTORS), eval_wilson_thomas),
    KERNEL("slatter.wall_stress", "Turbulent, wall as rough as the grains (Slatter 1995).",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID,
                  IN("d85", "m", NULL, "0 m exclusive", "1 m", "Grain size that 85 % pass.")),
           FIELDS(STRESS_AND_FACTORS), eval_slatter),
    KERNEL("dodge_metzner.wall_stress",
           "Turbulent, local index of the laminar curve at this velocity (Dodge and Metzner 1959).",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID), FIELDS(STRESS_AND_FACTORS), eval_dodge_metzner),
    KERNEL("darby_melson.wall_stress",
           "Bingham fluid, laminar and turbulent: f^m = fL^m + fT^m, fL exact, a = -1.47 (1 + 0.146 exp(-2.9e-5 He)) "
           "(Darby and Melson 1981, revised 1992).",
           FIELDS(BORE, VELOCITY, DENSITY, YIELD, VISCOSITY),
           FIELDS(STRESS_AND_FACTORS, OUT("reynolds", "1", "density velocity bore/viscosity."),
                  OUT("hedstrom", "1", "Hedstrom number, density bore^2 yield/viscosity^2.")),
           eval_darby_melson),
    KERNEL("transition.slatter",
           "End of laminar flow, Re3 = 2,100 (Slatter 1995): plug taken out of velocity and diameter.",
           FIELDS(BORE, DENSITY, FLUID), FIELDS(CRITICAL), eval_critical_slatter),
    KERNEL("transition.metzner_reed",
           "End of laminar flow, Re2 = 8 density velocity^2/wall_stress = 2,100 (Metzner and Reed 1955).",
           FIELDS(BORE, DENSITY, FLUID), FIELDS(CRITICAL), eval_critical_metzner_reed),
    KERNEL("transition.ryan_johnson",
           "End of laminar flow, Z = max(R density v |dv/dr|)/wall_stress = 808 (Ryan and Johnson 1959).",
           FIELDS(BORE, DENSITY, FLUID), FIELDS(CRITICAL), eval_critical_ryan_johnson),
    KERNEL(
        "transition.hanks",
        "End of laminar flow of a Bingham fluid: x/(1-x)^3 = He/16,800, Re = He (1 - 4x/3 + x^4/3)/(8x) (Hanks 1963).",
        FIELDS(BORE, DENSITY, YIELD, VISCOSITY),
        FIELDS(CRITICAL,
               OUT("critical_reynolds", "1", "Bingham Reynolds number there, density velocity bore/viscosity.")),
        eval_critical_hanks),
    KERNEL("transition.wilson_thomas", "End of laminar flow, 19 sqrt(yield/density), large pipes (Wilson and Thomas).",
           FIELDS(DENSITY, IN("yield", "Pa", NULL, "0 Pa exclusive", "1e8 Pa", "Yield stress.")), FIELDS(CRITICAL),
           eval_critical_wilson_thomas),
    KERNEL("reynolds", "Reynolds numbers of the criteria, each 2,100 where laminar flow ends.",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID),
           FIELDS(OUT("slatter", "1", "Re3 = 8 density Va^2/(yield + K (8 Va/Ds)^n) of the sheared annulus."),
                  OUT("metzner_reed", "1",
                      "Re2 = 8 density velocity^2/wall_stress; of a power law the Metzner-Reed number."),
                  OUT("ryan_johnson", "1", "2,100 Z/808, Z the stability parameter of Ryan and Johnson.")),
           eval_reynolds),
    KERNEL("wall_stress",
           "The combined wall law: laminar exact, a named turbulent law, a smooth step over 2,100-3,000.",
           FIELDS(BORE, VELOCITY, DENSITY, FLUID, WORD("friction", KD_FRICTION_LAWS, "wilson_thomas", "Turbulent law."),
                  WORD("transition", KD_TRANSITION_LAWS, "slatter", "Criterion."),
                  IN("d85", "m", "0 m", "0 m", "1 m", "Grain size for the law of Slatter."),
                  IN("carrier_viscosity", "Pa.s", "0 Pa.s", "0 Pa.s", "1 Pa.s",
                     "Turbulent stress never falls below that of this fluid."),
                  IN("roughness", "m", "0 m", "0 m", "0.1 m", "Roughness.")),
           FIELDS(WALL_STRESS, OUT("reynolds", "1", "Reynolds number of the criterion."),
                  OUTWORD("regime", KD_REGIMES, "Regime.")),
           eval_wall_stress),
    KERNEL("rheology.starter",
           "Starter law: yield_at_zero exp(yield_growth c), consistency likewise, index max(1 - index_slope c, "
           "index_floor); c as a fraction.",
           FIELDS(SOLIDS, IN("yield_at_zero", "Pa", "0.02 Pa", "0 Pa", "1e4 Pa", "Yield stress at no solids."),
                  IN("yield_growth", "1", "45", "-1000", "1000", "Growth with the share."),
                  IN("consistency_at_zero", "Pa.s", "0.002 Pa.s", "0 Pa.s", "1e4 Pa.s", "Consistency at no solids."),
                  IN("consistency_growth", "1", "30", "-1000", "1000", "Growth with the share."),
                  IN("index_slope", "1", "5", "-100", "100", "Fall of the index with the share."),
                  IN("index_floor", "1", "0.35", "0.01", "2", "Lowest index.")),
           FIELDS(OUT("yield", "Pa", "Yield stress."), OUT("consistency", "Pa.s", "Consistency."),
                  OUT("index", "1", "Flow index.")),
           eval_starter),
    KERNEL("rheology.liquidity_index",
           "Law by liquidity index LI = (w - PL)/(LL - PL), w = (1 - c) water_density/(c grain_density) (after Locat "
           "and Demers 1988).",
           FIELDS(SOLIDS,
                  IN("grain_density", "kg/m3", "2600 kg/m3", "1000 kg/m3", "10000 kg/m3", "Density of the grains."),
                  IN("water_density", "kg/m3", "1040 kg/m3", "900 kg/m3", "1300 kg/m3", "Density of the water."),
                  IN("liquid_limit", "1", "1.1", "0.01", "10", "Liquid limit LL, water per dry mass."),
                  IN("plastic_limit", "1", "0.5", "0", "9", "Plastic limit PL, water per dry mass."),
                  IN("stress_factor", "1", "2", "1 exclusive", "1000", "Stress at 100 1/s over the yield stress, F."),
                  IN("index", "1", "0.45", "0.02", "2", "Flow index."),
                  IN("water_viscosity", "Pa.s", "1.6 mPa.s", "0 Pa.s", "0.1 Pa.s", "Viscosity of the water.")),
           FIELDS(OUT("liquidity_index", "1", "Liquidity index."), OUT("yield", "Pa", "Yield stress, (12.05/LI)^3.13."),
                  OUT("consistency", "Pa.s", "Consistency, (F - 1) yield/100^n + water_viscosity."),
                  OUT("index", "1", "Flow index."),
                  OUT("plastic_viscosity", "Pa.s",
                      "Plastic viscosity of the Bingham form, (9.27/LI)^3.33 mPa.s + water_viscosity.")),
           eval_liquidity_index),
    KERNEL("gel.static_yield",
           "Static yield stress after a rest: aged - (aged - fresh)/(1 + (rest/gel_time)^gel_exponent).",
           FIELDS(IN("fresh", "Pa", NULL, "0 Pa", "1e6 Pa", "At no rest."),
                  IN("aged", "Pa", NULL, "0 Pa", "1e6 Pa", "After a long rest."),
                  IN("gel_time", "s", NULL, "0 s exclusive", "1e9 s", "Time to half of the growth."),
                  IN("gel_exponent", "1", "1", "0.01", "10", "Exponent."),
                  IN("rest", "s", NULL, "0 s", "1e10 s", "Rest.")),
           FIELDS(OUT("static_yield", "Pa", "Static yield stress.")), eval_gel),
    KERNEL("gel.restart_pressure",
           "Pressure that breaks a gelled column: 4 static_yield length/bore + static_pressure.",
           FIELDS(IN("static_yield", "Pa", NULL, "0 Pa", "1e6 Pa", "Static yield stress."),
                  IN("length", "m", NULL, "0 m exclusive", "20000 m", "Length of the column."), BORE,
                  IN("static_pressure", "Pa", "0 Pa", "-1 GPa", "1 GPa", "Static part.")),
           FIELDS(OUT("restart_pressure", "Pa", "Restart pressure.")), eval_restart),
    LAST_KERNEL};
