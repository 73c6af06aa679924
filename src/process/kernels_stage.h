// SPDX-License-Identifier: Apache-2.0
/* Least design of a cut, size of a mixer-settler, start-up in time; part of kernels.c. */
#ifndef KD_PROCESS_KERNELS_STAGE_H
#define KD_PROCESS_KERNELS_STAGE_H

#include <math.h>

#include "process/cascade_transient.h"
#include "process/kernels.h"
#include "process/kernels_cascade.h"
#include "process/kernels_circuit.h"
#include "process/least_design.h"
#include "process/settler.h"

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

static const kd_field transient_in[] = {
    KD_IN("extraction", "1", "1", "799", "stages from the raffinate end to the feed stage, that one included"),
    KD_IN("scrub", "1", "1", "799", "stages beyond the feed stage"),
    KD_IN("s", "1", "0 exclusive", NULL, "mixed extraction, mol per mol feed"),
    KD_IN("w", "1", "0 exclusive", NULL, "scrub, mol per mol feed"),
    KD_IN_OPTION("organic_holdup", "1", "1", "0 exclusive", NULL,
                 "metal held in the organic of a stage, mol per mol/h fed"),
    KD_IN_OPTION("aqueous_holdup", "1", "1", "0", NULL, "metal held in the aqueous of a stage, mol per mol/h fed"),
    KD_IN_OPTION("full_time", "h", "0 h", "0 h", NULL, "full circulation at the start: no feed, no product"),
    KD_IN_OPTION("partial_time", "h", "0 h", "0 h", NULL, "then partial circulation: products are drawn in part"),
    KD_IN_OPTION("partial_share", "1", "0.5", "0 exclusive", "1", "feed and products over normal, in that time"),
    KD_IN("time", "h", "0 h exclusive", NULL, "time to follow, from the start"),
    KD_IN_OPTION("points", "1", "50", "2", "2000", "rows of the answer"),
};
static const kd_field transient_out[] = {
    KD_OUT("time", "h", "from the start, all stages full of feed"),
    KD_OUT("phase", "1", "0 full circulation, 1 partial, 2 normal"),
    KD_OUT("raffinate", "1", "mole share in the raffinate stage's aqueous, a column for each component"),
    KD_OUT("product", "1", "mole share in the last stage's organic, a column for each component"),
};

static kd_status transient(kd_table **out, const kd_table *const *data, const double *o, kd_work *work) {
  kd_status status = KD_OK;
  const kd_column *names = kd_table_column(data[0], "component"), *beta = kd_table_column(data[0], "beta");
  const kd_column *feed = kd_table_column(data[0], "feed");
  char columns[64 + 2 * KD_CASCADE_COMPONENTS * 48];
  *out = NULL;
  KD_CHECK(names != NULL && beta != NULL && feed != NULL, work->err, KD_E_MISSING,
           "components: the columns component, beta and feed are wanted");
  size_t k = data[0]->rows, points = (size_t)o[10];
  KD_CHECK(k >= 2 && k < KD_CASCADE_COMPONENTS, work->err, KD_E_RANGE, "components: %zu rows, must be 2 to %d", k,
           KD_CASCADE_COMPONENTS - 1);
  KD_CHECK(whole(o[0]) && whole(o[1]) && whole(o[10]), work->err, KD_E_RANGE,
           "extraction, scrub and points: whole numbers are wanted");
  for (size_t i = 0; i < k; i++)
    KD_CHECK(strcspn(names->text[i], ",[] \"") == strlen(names->text[i]), work->err, KD_E_RANGE,
             "component '%s': a plain word is wanted", names->text[i]);
  kd_startup in = {.cascade = {.components = k,
                               .beta = beta->number,
                               .feed = feed->number,
                               .extraction = (size_t)o[0],
                               .scrub = (size_t)o[1],
                               .s = o[2],
                               .w = o[3]},
                   .organic_holdup = o[4] * 3600,
                   .aqueous_holdup = o[5] * 3600,
                   .full_time = o[6],
                   .partial_time = o[7],
                   .partial_share = o[8],
                   .time = o[9],
                   .points = points};
  kd_startup_row *rows;
  KD_TRY(kd_startup_run(&rows, &in, work));
  size_t used = (size_t)snprintf(columns, sizeof columns, "time [h], phase [1]");
  for (int end = 0; end < 2; end++)
    for (size_t i = 0; i < k; i++)
      used += (size_t)snprintf(columns + used, sizeof columns - used, ", %s_%.24s [1]",
                               end == 0 ? "raffinate" : "product", names->text[i]);
  KD_TRY(kd_table_create(out, work->ctx, columns, points, work->err));
  for (size_t r = 0; r < points; r++) {
    (*out)->column[0].number[r] = rows[r].time;
    (*out)->column[1].number[r] = rows[r].phase;
    for (size_t i = 0; i < k; i++) {
      (*out)->column[2 + i].number[r] = rows[r].raffinate[i];
      (*out)->column[2 + k + i].number[r] = rows[r].product[i];
    }
  }
out:
  return status;
}

#define KD_KERNELS_STAGE                                                                                               \
  KD_KERNEL("process.cascade.least_design", least,                                                                     \
            "Least whole stages of a binary cut that truly meet both purities, beside a printed design."),             \
      KD_KERNEL("process.xu.least_reflux", least_reflux, "Least mixed extraction for finite purities."),               \
      KD_KERNEL("process.settler", settler, "Size of mixer and settler of a stage, first fill of organic."),           \
      KD_KERNEL_DATA("process.cascade.start_up", transient, transient_out, cascade_data, transient_in,                 \
                     "Start-up of a cascade: full and partial circulation, then normal, on its holdups.")

#endif
