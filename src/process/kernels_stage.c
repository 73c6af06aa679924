// SPDX-License-Identifier: Apache-2.0
/* Least design of a cut, size of a mixer-settler, start-up in time. */
#include <math.h>

#include "process/kernels.h"
#include "process/least_design.h"
#include "process/settler.h"
#include "process/tables.h"

static const kd_field least_in[] = {
    KD_IN("beta", "1", "1 exclusive", "1000000", "separation factor of A over B"),
    KD_IN("feed_a", "1", "0 exclusive", "1 exclusive", "mole share of A in the feed"),
    KD_IN("purity_a", "1", "0 exclusive", "1 exclusive", "mole share of A wanted in the organic product"),
    KD_IN("purity_b", "1", "0 exclusive", "1 exclusive", "mole share of B wanted in the raffinate"),
    KD_IN("s", "1", "0 exclusive", NULL, "mixed extraction, mol per mol feed"),
    KD_IN_CHOICE_OPTION("feed_phase", "aqueous|organic", "aqueous", "phase of the feed"),
    KD_IN_OPTION("printed_extraction", "1", "none", "1", "799", "stages of a printed design to hold beside it"),
    KD_IN_OPTION("printed_scrub", "1", "none", "1", "799", "its scrub stages"),
};
static const kd_field least_out[] = {
    KD_OUT("extraction", "1", "least whole design: extraction stages, feed stage included"),
    KD_OUT("scrub", "1", "its scrub stages"),
    KD_OUT("reached_a", "1", "purity it reaches at the organic end"),
    KD_OUT("reached_b", "1", "purity it reaches at the raffinate end"),
    KD_OUT("w", "1", "scrub flow, mol per mol feed"),
    KD_OUT("printed_a", "1", "purity the printed design reaches at the organic end"),
    KD_OUT("printed_b", "1", "at the raffinate end"),
};

static kd_status least(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cut_goal goal = {.beta = in[0],
                      .beta_scrub = in[0],
                      .f_a = in[1],
                      .purity_a = in[2],
                      .purity_b = in[3],
                      .feed = (kd_feed_phase)in[5]};
  kd_least_design d;
  KD_TRY(kd_least_design_find(&d, &goal, in[4], work));
  out[0] = (double)d.extraction;
  out[1] = (double)d.scrub;
  out[2] = d.purity_a;
  out[3] = d.purity_b;
  out[4] = d.w;
  out[5] = out[6] = (double)NAN;
  if (isfinite(in[6]) && isfinite(in[7])) {
    KD_CHECK(in[6] == floor(in[6]) && in[7] == floor(in[7]), work->err, KD_E_RANGE,
             "printed_extraction %g, printed_scrub %g: whole numbers are wanted", in[6], in[7]);
    KD_TRY(kd_cut_reached(&out[5], &out[6], &goal, in[4], (size_t)in[6], (size_t)in[7], work));
  }
out:
  return status;
}

static const kd_field least_reflux_in[] = {
    KD_IN("beta", "1", "1 exclusive", "1000000", "separation factor of A over B"),
    KD_IN("feed_a", "1", "0 exclusive", "1 exclusive", "mole share of A in the feed"),
    KD_IN("purity_a", "1", "0 exclusive", "1 exclusive", "mole share of A wanted in the organic product"),
    KD_IN("purity_b", "1", "0 exclusive", "1 exclusive", "mole share of B wanted in the raffinate"),
    KD_IN_CHOICE_OPTION("feed_phase", "aqueous|organic", "aqueous", "phase of the feed"),
};
static const kd_field least_reflux_out[] = {
    KD_OUT("s", "1", "least mixed extraction for these purities, mol per mol feed"),
    KD_OUT("w", "1", "scrub there"),
    KD_OUT("s_pure", "1", "least mixed extraction for pure products"),
};

static kd_status least_reflux(double *out, const double *in, kd_work *work) {
  kd_status status = KD_OK;
  kd_cut_goal goal = {.beta = in[0],
                      .beta_scrub = in[0],
                      .f_a = in[1],
                      .purity_a = in[2],
                      .purity_b = in[3],
                      .feed = (kd_feed_phase)in[4]};
  double product_a, product_b;
  KD_TRY(kd_xu_products(&product_a, &product_b, &goal, work->err));
  KD_TRY(kd_least_reflux(&out[0], &goal, work->err));
  out[1] = out[0] + (goal.feed == KD_FEED_ORGANIC ? 1 : 0) - product_a;
  out[2] = kd_xu_s_min(goal.beta, goal.f_a, goal.feed);
out:
  return status;
}

static const kd_field settler_in[] = {
    KD_IN("organic_flow", "m3/h", "0 m3/h exclusive", NULL, "organic through the stage"),
    KD_IN("aqueous_flow", "m3/h", "0 m3/h exclusive", NULL, "aqueous through the stage"),
    KD_IN_OPTION("recycle", "1", "0", "0", NULL, "the lesser phase sent back to the mixer, over its flow"),
    KD_IN_OPTION("mixer_time", "min", "5 min", "0 min exclusive", NULL, "residence in the mixer"),
    KD_IN_OPTION("settler_flux", "m/h", "3 m/h", "0 m/h exclusive", NULL, "both phases over settler area"),
    KD_IN_OPTION("crud_share", "1", "0.1", "0", "1 exclusive", "settler area lost to crud"),
    KD_IN_OPTION("settler_depth", "m", "1 m", "0 m exclusive", NULL, "depth of the settler"),
    KD_IN_OPTION("organic_depth", "m", "0.3 m", "0 m exclusive", NULL, "depth of its organic layer"),
    KD_IN_OPTION("mixer_power", "W/m3", "1000 W/m3", "0 W/m3", NULL, "stirring power"),
    KD_IN_OPTION("stages", "1", "1", "0", NULL, "stages of the bank"),
};
static const kd_field settler_out[] = {
    KD_OUT("mixer_volume", "m3", "of one stage"),
    KD_OUT("settler_area", "m2", "of one stage"),
    KD_OUT("settler_volume", "m3", "of one stage"),
    KD_OUT("power", "kW", "of one stage"),
    KD_OUT("length", "m", "settler three times as long as wide"),
    KD_OUT("width", "m", "of the settler"),
    KD_OUT("organic_stage", "m3", "organic in one stage"),
    KD_OUT("organic_fill", "m3", "first fill of the bank"),
    KD_OUT("residence", "min", "of the organic in one stage"),
};

static kd_status settler(double *out, const double *in, kd_work *work) {
  kd_settler_input p = {.organic_flow = in[0],
                        .aqueous_flow = in[1],
                        .recycle = in[2],
                        .mixer_time = in[3],
                        .settler_flux = in[4],
                        .crud_share = in[5],
                        .settler_depth = in[6],
                        .organic_depth = in[7],
                        .mixer_power = in[8],
                        .stages = in[9]};
  kd_settler_size s;
  kd_status status = kd_settler_design(&s, &p, work->err);
  if (status != KD_OK) return status;
  const double values[] = {s.mixer_volume, s.settler_area,  s.settler_volume, s.mixer_power, s.aspect_length,
                           s.aspect_width, s.organic_stage, s.organic_fill,   s.residence};
  for (size_t i = 0; i < KD_COUNT(values); i++) out[i] = values[i];
  return KD_OK;
}

const kd_kernel kd_process_stage_kernels[] = {
    KD_KERNEL("process.cascade.least_design", least,
              "Least whole stages of a binary cut that truly meet both purities, beside a printed design."),
    KD_KERNEL("process.xu.least_reflux", least_reflux, "Least mixed extraction for finite purities."),
    KD_KERNEL("process.settler", settler, "Size of mixer and settler of a stage, first fill of organic."),
    {.name = NULL},
};
