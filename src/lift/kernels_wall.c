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

kd_status kd_eval_hb_wall_stress(double *out, const double *in, kd_work *work) {
  kd_pipe_flow flow = {.bore = in[0], .fluid = {in[2], in[3], in[4]}};
  return told(kd_herschel_bulkley_wall_stress(out, &flow.fluid, in[0], in[1]), &flow, in[1], work);
}

kd_status kd_eval_hb_velocity(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_rheology fluid = {in[2], in[3], in[4]};
  out[0] = kd_herschel_bulkley_velocity(&fluid, in[0], in[1]);
  KD_CHECK(isfinite(out[0]), work->err, KD_E_RANGE, "wall_stress %g Pa: the velocity is beyond all numbers", in[1]);
out:
  return status;
}

kd_status kd_eval_hb_plug(double *out, const double *in, kd_work *work) {
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

kd_status kd_eval_colebrook(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_friction_colebrook(in[0], in[1]);
  return KD_OK;
}

kd_status kd_eval_churchill(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_friction_churchill(in[0], in[1]);
  return KD_OK;
}

kd_status kd_eval_newtonian(double *out, const double *in, kd_work *work) {
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

kd_status kd_eval_wilson_thomas(double *out, const double *in, kd_work *work) {
  return turbulent(out, in, kd_wilson_thomas_wall_stress, (double)NAN, work);
}

kd_status kd_eval_slatter(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  KD_CHECK(in[6] < 0.5 * in[0], work->err, KD_E_RANGE, "d85 %g m: must be below half the bore %g m", in[6], in[0]);
  KD_TRY(turbulent(out, in, kd_slatter_wall_stress, in[6], work));
out:
  return status;
}

kd_status kd_eval_dodge_metzner(double *out, const double *in, kd_work *work) {
  return turbulent(out, in, kd_dodge_metzner_wall_stress, (double)NAN, work);
}

/* Inputs: bore, velocity, density, yield, viscosity. */
kd_status kd_eval_darby_melson(double *out, const double *in, kd_work *work) {
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

kd_status kd_eval_critical_slatter(double *out, const double *in, kd_work *work) {
  return critical(out, in, KD_TRANSITION_SLATTER, work);
}

kd_status kd_eval_critical_metzner_reed(double *out, const double *in, kd_work *work) {
  return critical(out, in, KD_TRANSITION_METZNER_REED, work);
}

kd_status kd_eval_critical_ryan_johnson(double *out, const double *in, kd_work *work) {
  return critical(out, in, KD_TRANSITION_RYAN_JOHNSON, work);
}

/* Inputs: bore, density, yield, viscosity. */
kd_status kd_eval_critical_hanks(double *out, const double *in, kd_work *work) {
  double full[5] = {in[0], in[1], in[2], in[3], 1.0};
  kd_status status = critical(out, full, KD_TRANSITION_HANKS, work);
  out[1] = in[1] * out[0] * in[0] / in[3];
  return status;
}

/* Inputs: density, yield. */
kd_status kd_eval_critical_wilson_thomas(double *out, const double *in, kd_work *work) {
  double full[5] = {1.0, in[0], in[1], 1.0, 1.0};
  return critical(out, full, KD_TRANSITION_WILSON_THOMAS, work);
}

kd_status kd_eval_reynolds(double *out, const double *in, kd_work *work) {
  kd_pipe_flow flow = flow_of(in);
  double wall = 0;
  kd_status status = told(kd_herschel_bulkley_wall_stress(&wall, &flow.fluid, in[0], in[1]), &flow, in[1], work);
  out[0] = kd_reynolds_slatter(&flow, in[1], wall);
  out[1] = kd_reynolds_metzner_reed(&flow, in[1], wall);
  out[2] = kd_reynolds_ryan_johnson(&flow, in[1], wall);
  return status;
}

/* Further inputs: law, transition, d85 (0: not known), carrier viscosity, roughness. */
kd_status kd_eval_wall_stress(double *out, const double *in, kd_work *work) {
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

kd_status kd_eval_starter(double *out, const double *in, kd_work *work) {
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
kd_status kd_eval_liquidity_index(double *out, const double *in, kd_work *work) {
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

kd_status kd_eval_gel(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_gel_static_yield(in[0], in[1], in[2], in[3], in[4]);
  return KD_OK;
}

kd_status kd_eval_restart(double *out, const double *in, kd_work *work) {
  (void)work;
  out[0] = kd_gel_restart_pressure(in[0], in[1], in[2]) + in[3];
  return KD_OK;
}
